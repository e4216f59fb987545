"""Every undo line is a command that runs as printed, after which the ledger's figures are as they were before."""

import os
import shlex

import pytest

from tests.conftest import EXAMPLE, prepared
from tests.every_command import FIGURE, LOCKED, PROJECT, READS, SLIP, WRITES, leaves

TODAY = {"today": "2020-07-20"}
RESTATE = "--restate --reason r --document d"


@prepared
def standing(office):
    """A figure stands, and the reports of the project's homes."""
    office("progress add raise 600 --unit hsc -q Q2 --received 7-8")
    office("progress add raise 40 --unit tal -q Q2 --received 7-8")
    return office


@pytest.fixture
def files(tmp_path):
    """Files that commands read or write."""
    names = {
        "folder": tmp_path,
        "return": tmp_path / "r.csv",
        "projects": tmp_path / "p.csv",
        "plan": tmp_path / "p.yaml",
    }
    names["return"].write_text("任务编号,本期完成,进展情况\nwat-river,2,x\nwat-works,0,x\n", encoding="utf-8")
    names["projects"].write_text("项目编码,项目名称,总套数\nX,x,5\n", encoding="utf-8")
    names["plan"].write_text(EXAMPLE.read_text(encoding="utf-8"), encoding="utf-8")
    return names


def figures(anju, *where):
    """All that reports show of figures, who is late, and the projects."""
    found = []
    for quarter in ("Q1", "Q2", "Q3", "Q4"):
        report = anju(f"report quarter {quarter} --json", *where, **TODAY).json
        found += [report[part] for part in ("targets", "milestones", "units", "totals", "revision")]
    lines = ("units overdue --json", "projects list --json", "projects facilities --json", "due --within 100 --json")
    found += [anju(line, *where, **TODAY).json for line in lines]
    return [without_counts(part) for part in found]


def without_counts(part):
    """A part of an answer without how often something was recorded on it."""
    if isinstance(part, list):
        return [without_counts(row) for row in part]
    if isinstance(part, dict):
        return {name: without_counts(value) for name, value in part.items() if name not in ("entries", "restated")}
    return part


def told(anju, files, lines, *where):
    """What the last of some lines says; `{last}` is the entry that was recorded last."""
    out = ""
    for line in lines:
        last = anju("progress list --json", *where, **TODAY).json if "{last}" in line else [{"id": 0}]
        out = anju(line.format(**files, last=last[-1]["id"]), *where, **TODAY).out
    return out


def undo_lines(out):
    return [line.removeprefix("Undo: anju ") for line in out.splitlines() if line.startswith("Undo: ")]


def check_undone(anju, files, lines, *where):
    """The last of some lines prints undo lines that do undo it."""
    told(anju, files, lines[:-1], *where)
    before = figures(anju, *where)
    undo = undo_lines(told(anju, files, lines[-1:], *where))
    for line in undo:
        anju("", *shlex.split(line), **TODAY)
    assert figures(anju, *where) == before
    return undo


UNDONE = [
    "progress add", "progress correct", "progress reduce", "progress import", "review lock", "review close", "review confirm", "slips issue",
    "tasks assign", "meetings add", "meetings resolve", "interviews propose", "interviews commit", "projects add",
    "projects import", "projects edit",
]  # fmt: skip


def test_every_command_has_its_place_in_a_table():
    assert {path for path, _parameters in leaves()} | {"status"} == set(WRITES) | set(READS)


@pytest.mark.parametrize("command", UNDONE)
def test_what_a_command_records_is_undone_as_printed(standing, files, command):
    assert check_undone(standing, files, WRITES[command])


@pytest.mark.parametrize("command", sorted(set(WRITES) - set(UNDONE)))
def test_a_command_that_cannot_be_undone_so_prints_no_undo_line(standing, files, command):
    assert undo_lines(told(standing, files, WRITES[command])) == []


TOTAL = "progress add raise --total 700 --unit hsc --on 7-18"
ODD = {
    "a total": [TOTAL],
    "a correction of a total": [TOTAL, "progress correct {last} --total 710 --reason r"],
    "a level, and one before it": ["progress add ms-q1-survey 60 --unit hsc --on 7-18", "progress add ms-q1-survey 30 --unit hsc --on 7-10"],
    "words": ["progress add summary --unit wat -q Q2 --note 宣传"],
    "no homes": ["progress add raise 0 --unit hsc --on 7-18"],
    "under a later total, which stays true": [TOTAL, "progress add raise 5 --unit hsc --on 7-10 --keep-later"],
    "under a later total, which moves": [TOTAL, "progress add raise 5 --unit hsc --on 7-10 --shift-later"],
    "into a locked quarter, carried": [*LOCKED, "progress add raise 5 --unit hsc --on 6-20 --carry"],
    "into a locked quarter, restating it": [*LOCKED, f"progress add raise 5 --unit hsc --on 6-20 {RESTATE}"],
    "a correction that restates": [*LOCKED, f"progress correct 1 610 {RESTATE}"],
    "a correction that is carried": [*LOCKED, "progress correct 1 610 --carry --reason r"],
    "a return that restates": [*LOCKED, f"progress import {{return}} -u wat -q Q2 {RESTATE}"],
    "an undone correction": [FIGURE, "progress correct {last} 9 --reason r", "progress undo"],
    "a figure of a project": [PROJECT, "progress add complete 7 --unit hsc --on 7-18 --project PS-01"],
    "a project from a day to come": ["projects add X --name x --homes 5 --on 8-1"],
    "a project from a day that was": ["projects add X --name x --homes 5 --on 6-1"],
    "an edit from a day that was": [PROJECT.replace("PS-01", "X --on 6-1"), "projects edit X --stage 封顶 --reason r --on 6-20"],
    "an edit of what was blank": [PROJECT, "projects edit PS-01 --stage 封顶 --problem 无 --reason r"],
    "an edit of a file": ["projects import {projects}", "projects import {edited} --update --reason r"],
}  # fmt: skip


@pytest.mark.parametrize("lines", ODD.values(), ids=ODD)
def test_what_is_recorded_in_a_special_way_is_undone_as_printed(standing, files, lines):
    files["edited"] = files["folder"] / "e.csv"
    files["edited"].write_text("项目编码,项目名称,总套数,所属街道\nX,'x y',6,坪山\n", encoding="utf-8")
    assert check_undone(standing, files, lines)


def test_a_database_that_is_named_is_named_by_the_undo_line(standing, files):
    other = files["folder"] / "an other.db"
    standing("backup", str(other))
    assert check_undone(standing, files, [FIGURE], "--db", str(other)) == [f"progress undo 3 --db '{other}'"]
    assert check_undone(standing, files, [FIGURE], "--db", os.environ["ANJU_DB"]) == ["progress undo 3"]


def test_a_plan_beside_which_there_is_another_is_named_by_the_undo_line(standing, files):
    standing(f"plan apply {EXAMPLE}")
    for line in (FIGURE, SLIP, PROJECT, LOCKED[0] + " --dry-run"):
        check_undone(standing, files, [line], "--plan", "pingshan-2020")


@pytest.mark.parametrize(
    "lines",
    [
        pytest.param([FIGURE + " --dry-run"], id="a dry run"),
        pytest.param([FIGURE + " --reference R", FIGURE + " --reference R"], id="a retry"),
        pytest.param([FIGURE, "progress undo"], id="an undone report, whose chain has ended"),
        pytest.param([SLIP, "slips extend 1 --due 2020-08-15 --reason r"], id="a later event of a matter"),
        pytest.param([*LOCKED, "review confirm hsc"], id="a confirmation without an objection"),
    ],
)
def test_where_nothing_can_be_taken_back_no_undo_line_is_printed(standing, files, lines):
    assert undo_lines(told(standing, files, lines)) == []


@pytest.mark.parametrize("command", sorted(set(WRITES) - {"backup", "restore", "init", "demo", "plan apply"}))
def test_every_receipt_names_its_plan(standing, files, command):
    assert "(pingshan-2020)" in told(standing, files, WRITES[command])
