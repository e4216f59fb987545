"""A ledger into which another program put what acts on a screen: no command lets it out, in any form of any answer."""

import json
import os
import re
import sqlite3
from contextlib import closing

import pytest
from docx import Document
from openpyxl import load_workbook

from anju_cli.domain import grammar
from anju_cli.domain.digests import revision_digest
from tests.conftest import EXAMPLE, prepared, process
from tests.every_command import READS, leaves
from tests.test_injection import parts, plain

TODAY = {"today": "2020-07-20"}
STEERING = "\x1b[31mX\x1b]0;t\x07\x9b31m\x85\u202eY\u2066\u200b\ufeff\u2028Z\x00\r\n\ue000"
"""ESC and C1 sequences, bidi overrides, marks of no width, ends of lines, a zero."""
TEXTS = {
    "name", "name_en", "note", "counting", "place", "quote", "aliases", "inferred", "title", "title_en", "region",
    "region_en", "issuer", "issuer_en", "based_on", "grades",
}  # fmt: skip
"""What of a plan is words."""


def steering(value, key=""):
    """A plan as it is stored, with such characters in every text."""
    if isinstance(value, dict):
        return {name: steering(each, key if key in TEXTS else name) for name, each in value.items()}
    if isinstance(value, list):
        return [steering(each, key) for each in value]
    if (key == "measure" and value == "万元") or (key in TEXTS and isinstance(value, str) and value):
        return value + STEERING
    return value


STORY = [
    "progress add raise 600 --unit hsc -q Q2 --received 7-8 --note {x} --evidence {x} --reference {x} --by {x}",
    "progress add invest 30.5 --unit tal -q Q2 --received 7-8 --note {x}",
    "progress add survey 60 --unit hsc --on 3-20 --note {x} --by {x}",
    "progress add raise 5 --unit tal -q Q2 --received 7-8 --project {x}",
    "progress correct 1 590 --reason {x}",
    "progress import {returned} -u wat -q Q2",
    "projects add PS-01 --name {x} --homes 400 --sub-district {x} --builder {x} --type {x} --problem {x} --slow {x} "
    "--target raise=400@2020-06-30 --document {x}",
    "projects edit PS-01 --current raise=2021-03-31 --reason {x} --document {x}",
    "projects add P2\x1b[31m\x9b\u202e --name {x} --homes 5 --target raise=5@2020-06-30",
    "progress add raise 2 --unit hsc --on 7-2 --project P2\x1b[31m\x9b\u202e",
    "projects facility PS-01 water --unit wat --planned 2020-05-01 --reason {x}",
    "projects schedule PS-01 --deadline 2020-12-31 --node {x}=30",
    "slips issue survey --due 2020-07-18 --on 7-10 --requirement {x} --document {x}",
    "slips acknowledge 1 --post {x}",
    "slips issue --about {x} --unit hsc --due 2020-07-19 --on 7-10",
    "slips extend 2 --due 2020-08-20 --reason {x} --document {x}",
    "tasks assign {x} --source 会议 --unit hsc --due 2020-07-18 --on 7-10 --document {x}",
    "meetings add {x} --on 2020-07-10 --chair {x}",
    "meetings attend 1 hsc tal",
    "meetings resolve 1 {x} --unit hsc --due 2020-07-15",
    "units record hsc team --document {x} --note {x}",
    "review open Q2",
    "review lock Q2",
    "review confirm hsc --objection {x}",
    "review result hsc not-met --note {x}",
    "review result all met --note {x}",
    "interviews propose Q2",
    "interviews approve 1 --document {x}",
    "interviews hold 1 --interviewer {x} --post {x} --place {x} --explanation {x}",
    "interviews commit 1 {x} --due 2020-08-10",
    "review close Q2 --on 2020-07-20 --document {x}",
    "review bulletin Q2 --number {x} --recipients {x}",
    "progress correct 2 40 --restate --reason {x} --document {x}",
    "plan amend survey --due 2020-09-01 --document {x} --effective 2020-07-20",
    "calendar deadline Q3 2020-10-15 --document {x} --reason {x}",
    "ledger seal --by {x}",
]
READ = {**READS, "report why": "report why Q2 raise", "plan new": "plan new --from example-2020"}
MORE = ["plan show", "report unit hsc", "review show Q2 --json", "units overdue", "progress list --item invest"]


@prepared
def edited(district, monkeypatch, tmp_path):
    """The words are recorded by a program that lets everything in, so that every digest fits."""
    with closing(sqlite3.connect(os.environ["ANJU_DB"])) as connection:
        connection.row_factory = sqlite3.Row
        triggers = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for name, _sql in triggers:
            connection.execute(f"DROP TRIGGER {name}")
        (row,) = connection.execute("SELECT * FROM plan_revision").fetchall()
        document = json.dumps(steering(json.loads(row["document"])))
        connection.execute("UPDATE plan_revision SET document = ?, who = ?", (document, STEERING))
        (row,) = connection.execute("SELECT * FROM plan_revision").fetchall()
        connection.execute("UPDATE plan_revision SET digest = ?", (revision_digest(row),))
        for _name, sql in triggers:
            connection.execute(sql)
        connection.commit()
    returned = tmp_path / "r\x1b[31m\x9b\u202e.csv"
    returned.write_text(f"任务编号,本期完成\nwhat{STEERING.strip()[:9]},x\n", encoding="utf-8")
    with monkeypatch.context() as patched:
        patched.setattr(grammar, "_unsafe", lambda _letter: False)
        for number, line in enumerate(STORY):
            words = [word.format(x=f"x{number}{STEERING}", returned=returned) for word in line.split()]
            code = 1 if line.startswith("progress import") else 0
            district("", *words, code=code, **TODAY)
    return district


def lines(folder):
    """Every read, with the files that it takes."""
    files = {"folder": folder, "projects": folder / "p.csv", "plan": EXAMPLE}
    files["projects"].write_text("项目编码,项目名称,总套数\nX,x,5\n", encoding="utf-8")
    return [line.format(**files) for line in (*READ.values(), *MORE)]


def test_what_is_edited_fits_its_digests_and_is_the_ledgers_own(edited):
    assert edited("ledger verify", **TODAY).out == ""


def test_every_command_that_reads_is_tried():
    assert set(READ) == {path for path, _parameters in leaves() if path in READS} | {"status"}


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_nothing_of_it_reaches_a_screen(edited, tmp_path, lang):
    for line in lines(tmp_path):
        heard = edited(line, code=None, lang=lang, **TODAY)
        assert heard.code in (0, 1), heard
        assert plain(heard.out) == [] and plain(heard.err) == [], line


def test_nothing_of_it_reaches_a_coloured_screen(edited, tmp_path):
    for line in lines(tmp_path):
        out = edited(line, code=None, FORCE_COLOR="1", **TODAY).out
        assert plain(re.sub(r"\x1b\[[0-9;]*m", "", out)) == [], line


def test_nothing_of_it_is_in_json_or_csv(edited, tmp_path):
    """JSON may have it as an escape, which acts on nothing."""
    for line in lines(tmp_path):
        for form in ("--json", "--csv"):
            if " --json" in line or line.startswith(WITHOUT_ROWS):
                continue
            heard = edited(f"{line} {form}", code=None, **TODAY)
            assert heard.code in (0, 1), heard
            assert plain(heard.out) == [] and plain(heard.err) == [], (line, form)
            assert form == "--csv" or json.loads(heard.out) is not None


WITHOUT_ROWS = (
    "progress template", "plan new", "plan check", "plan schema", "ledger export", "completion", "report why Q2 -o",
)  # fmt: skip
"""What is a file, or a text, by itself."""


def test_nothing_of_it_is_in_a_file(edited, tmp_path):
    for number, line in enumerate(lines(tmp_path)):
        if " --json" in line or line.startswith(WITHOUT_ROWS):
            continue
        for form in ("md", "html", "csv", "json"):
            file = tmp_path / f"{number}.{form}"
            edited(f"{line} -o {file}", code=None, **TODAY)
            assert plain(file.read_text(encoding="utf-8-sig")) == [], (line, form)
        file = tmp_path / f"{number}.xlsx"
        edited(f"{line} -o {file}", code=None, **TODAY)
        shown = "".join(
            cell.value for sheet in load_workbook(file) for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str)
        )  # fmt: skip
        assert plain(shown) == [], line
        assert plain("".join(parts(file).values()).replace("\r\n", "\n").replace("\r", "")) == [], line


@pytest.mark.parametrize(
    "line",
    [
        "report quarter Q2", "report quarter Q2 --now", "report unit hsc -q Q2", "slips show 1", "slips show 2",
        "interviews show 1", "meetings show 1",
    ],
)  # fmt: skip
def test_nothing_of_it_is_on_paper(edited, tmp_path, line):
    paper = tmp_path / "paper.docx"
    edited(f"{line} -o {paper}", **TODAY)
    parts(paper)
    document = Document(str(paper))
    shown = [paragraph.text for paragraph in document.paragraphs]
    shown += [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    shown += [document.core_properties.title, document.core_properties.author]
    assert plain("".join(shown)) == []


@pytest.mark.parametrize("form", ["form.xlsx", "forms"])
def test_nothing_of_it_is_in_a_form(edited, tmp_path, form):
    edited(f"progress template -q Q3 {'-u hsc -o' if '.' in form else '--all'} {tmp_path / form}", **TODAY)
    for file in [tmp_path / form] if "." in form else sorted((tmp_path / form).iterdir()):
        assert plain(file.name) == []
        assert plain("".join(parts(file).values()).replace("\r", "")) == []


def test_nothing_of_it_is_in_the_graph_of_a_target(edited, tmp_path):
    edited(f"report trend -o {tmp_path / 'x.svg'}", **TODAY)
    assert plain((tmp_path / "x.svg").read_text(encoding="utf-8")) == []


def test_nothing_of_it_is_in_the_draft_of_next_years_plan(edited, tmp_path):
    file = tmp_path / "next.yaml"
    file.write_text(edited("plan new --from example-2020", **TODAY).out, encoding="utf-8")
    assert edited(f"plan check {file}").out == ""


WRITTEN = [
    "progress add raise 5 --unit hsc --on 7-18", "progress void 3 --reason r", "review reopen Q2 --reason r --document d",
    "slips acknowledge 2", "slips close 2 --note n", "tasks cancel 1 --reason r", "meetings cancel 9 --reason r",
    "interviews close C1 --note n", "projects edit PS-01 --stage 封顶 --reason r", "projects edit PS-01 --name x",
    "plan amend platform --due 2020-12-01 --document d --effective 2020-07-20", "calendar deadline Q3 2020-10-16 --document d",
    "progress add 河道 5 --unit hsc", "progress add raise 5 --unit 街道", "slips issue platform --unit nobody --due 8-1",
    "progress correct 1 7 --reason r", "projects show nothing", "progress list --item nothing", "units show x",
    "report quarter Q9", "ledger verify --receipt 0000-0000-0000-0000", "review result hsc nothing",
]  # fmt: skip


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("line", WRITTEN)
def test_nothing_of_it_is_in_what_a_write_or_an_error_says(edited, line, lang):
    heard = edited(line, code=None, lang=lang, **TODAY)
    assert heard.code != 70 and plain(heard.out) == [] and plain(heard.err) == []


@pytest.mark.parametrize(
    "word", ["progress add ", "units show ", "progress add raise 5 --unit ", "projects show ", "report trend "]
)
def test_nothing_of_it_is_in_what_the_shell_is_offered(edited, word):
    offered = process(
        *word.split(), ANJU_DB=os.environ["ANJU_DB"], _ANJU_COMPLETE="complete_zsh", _TYPER_COMPLETE_ARGS=f"anju {word}",
    )  # fmt: skip
    assert offered.stdout and plain(offered.stdout) == []


@pytest.mark.parametrize(
    "part", ['CREATE VIEW "v{x}" AS SELECT 1', 'CREATE TABLE "t{x}" (a)', 'CREATE INDEX "i{x}" ON entry (note)']
)
def test_nothing_of_it_is_in_what_is_said_of_parts_of_the_database(district, part):
    with closing(sqlite3.connect(os.environ["ANJU_DB"])) as connection:
        connection.execute(part.format(x=STEERING.replace("\x00", "")))
        connection.commit()
    for line in ("doctor", "report quarter Q2", "ledger verify", "progress add raise 5 --unit hsc --on 7-18"):
        heard = district(line, code=None, **TODAY)
        assert heard.code != 70 and plain(heard.out) == [] and plain(heard.err) == [], line
