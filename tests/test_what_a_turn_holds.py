"""While a command holds the turn to write, others wait: it loads no module then, and reads nothing that others made.

Every write command runs in a fork of a fresh interpreter that has loaded the command line and the libraries alone.
"""

import json
import os
import shlex
import subprocess
import sys

import pytest

from tests.conftest import ROOT
from tests.every_command import leaves
from tests.returns import HEAD, table, workbook

WATCHED = r"""
import contextlib, io, json, os, sys
import sqlmodel
from anju_cli.cli import main

def watch(line, today):
    from sqlalchemy import event
    from sqlalchemy.engine import Engine
    held, loaded, opened, read, turns = [], [], [], set(), []

    def heard(name, given):
        if held and name == "import" and given[0] not in sys.modules:
            loaded.append(given[0])
        elif held and name == "open" and isinstance(given[0], str):
            opened.append(given[0])

    def called(frame, what, _given):
        if held and what == "call" and ("/anju_cli/foreign/" in frame.f_code.co_filename
                                        or frame.f_code.co_filename.endswith(("/found_tables.py", "/list_files.py"))
                                        and frame.f_code.co_name not in ("cell",)):
            read.add(frame.f_code.co_qualname)

    def begin(_connection):
        held.append(True)
        turns.append(True)

    def end(_connection):
        held.clear()

    sys.addaudithook(heard)
    event.listen(Engine, "begin", begin)
    event.listen(Engine, "commit", end)
    event.listen(Engine, "rollback", end)
    os.environ["ANJU_TODAY"] = today
    out, err = io.StringIO(), io.StringIO()
    sys.setprofile(called)
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = main(line)
    sys.setprofile(None)
    return code, len(turns), loaded, opened, sorted(read), err.getvalue()

for line, today in map(json.loads, sys.stdin):
    reader, writer = os.pipe()
    child = os.fork()
    if not child:
        with open(writer, "w") as answer:
            json.dump(watch(line, today), answer)
        os._exit(0)
    os.close(writer)
    with open(reader) as answer:
        print(answer.read(), flush=True)
    os.waitpid(child, 0)
"""

YEAR = """
progress add raise 600 --unit hsc --quarter Q2 --received 7-8
progress add raise 5 --unit tal --quarter Q2 --project PS-00
progress add raise 7 --unit tal --on 5-20 --additional
progress correct 1 620 --reason x
progress void 3 --reason x
progress reduce raise 5 --unit hsc --on 7-1 --reason x
progress undo
progress import {returns} --received 7-9
progress import {table} -q Q2 -u pwb
units record hsc team --document x
projects import {projects}
projects add PS-02 --name x --homes 400 --target complete=400@2020-09-30
projects edit PS-02 --homes 410 --reason x
projects schedule PS-02 --deadline 2020-12-31 --node 主体施工=150
projects facility PS-02 water --unit wat --planned 2020-08-31
projects baseline --document x --effective 2020-08-01
projects withdraw PS-03 --reason x
plan amend raise --goal 5200 --document x --effective 2020-08-01
calendar deadline Q3 2020-10-15 --document x
slips issue ms-q1-survey --due 7-30
slips acknowledge 1
slips extend 1 --due 8-5 --reason x
slips close 1 --note x
slips issue ms-q1-survey --due 7-31
slips cancel 2 --reason x
meetings add 会 --on 7-20
meetings topics 1 议 --unit hsc
meetings attend 1 hsc tal --absent fin @2020-07-20
meetings resolve 1 定 --unit hsc --due 9-30 @2020-07-20
meetings minutes 1 --agreed all --document x @2020-07-20
meetings add 又会 --on 8-20
meetings cancel 2 --reason x
tasks assign 事 --source 批示 --unit hsc --due 9-30
tasks extend 1 --due 10-15 --reason x
tasks close 1 --note x
tasks assign 又 --source 批示 --unit hsc --due 9-30
tasks cancel 2 --reason x
review open Q2
review lock Q2
review confirm tal
review result hsc not-met --note x
review result tal not-met --note x
review result all met
interviews propose Q2
interviews approve 1 --document x
interviews hold 1 --on 7-15 --explanation x
interviews commit 1 诺 --due 9-30
interviews extend C1 --due 10-15 --reason x
interviews close C1 --note x
interviews commit 1 又诺 --due 9-30
interviews cancel C2 --reason x
interviews drop 2 --reason x
review close Q2 --on 2020-07-20 --document x @2020-07-20
review bulletin Q2 --number x --recipients 各成员单位 @2020-07-21
review reopen Q2 --reason x --document y @2020-07-21
ledger seal
plan apply {plan}
"""


@pytest.fixture(scope="module")
def seen(tmp_path_factory):
    """By line: the exit code, how many turns it took, and what was loaded, opened and read in them."""
    folder = tmp_path_factory.mktemp("turns")
    plan = folder / "plan.yaml"
    plan.write_text((ROOT / "anju_cli/plan_file/example.yaml").read_text(encoding="utf-8"), encoding="utf-8")
    wrong = [HEAD, ["raise", "", 0, 5, 5, "好"], ["nosuch", "", 0, 5, 5, "好"], ["raise", "", "x", 5, "5%", "好"]]
    listed = [["项目编码", "项目名称", "总套数", "指标", "计划套数", "原计划日期"],
              ["PS-03", "三", 40, "建设筹集", 40, "2020/9/30"]]  # fmt: skip
    files = {
        "returns": workbook(folder / "r.xlsx", [["填报单位：住保中心", None, "考核期：二季度"], HEAD,
                                                ["complete", "", 0, 9, 9, "好"]]),
        "table": table(folder / "t.csv", wrong),
        "projects": workbook(folder / "p.xlsx", listed),
        "plan": plan,
    }  # fmt: skip
    lines = []
    for line in YEAR.format(**files).strip().splitlines():
        words, _at, day = line.partition(" @")
        lines.append((words, day or "2020-07-15"))
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("ANJU_", "LC_", "LANG"))}
    environment |= {"ANJU_DB": str(folder / "anju.db"), "ANJU_BY": "tester", "LANG": "en_US.UTF-8"}
    subprocess.run([sys.executable, "-m", "anju_cli", "init"], env=environment, cwd=ROOT, check=True,
                   stdout=subprocess.DEVNULL)  # fmt: skip
    done = subprocess.run(
        [sys.executable, "-c", WATCHED], env=environment, cwd=ROOT, capture_output=True, text=True,
        input="".join(json.dumps([shlex.split(words), day]) + "\n" for words, day in lines),
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    answers = [json.loads(answer) for answer in done.stdout.splitlines()]
    return dict(zip((words for words, _day in lines), answers, strict=True)), files


def test_every_write_command_has_its_place_in_the_year():
    writing = {name for name, params in leaves() if any(param.name == "dry_run" for param in params)}
    named = {name for name in writing if any(line.startswith(name) for line in YEAR.splitlines())}
    assert writing - named == set()


def test_each_has_its_turn(seen):
    done = {line: (code, turns, err) for line, (code, turns, *_rest, err) in seen[0].items()}
    expected = {line: 1 if "t.csv" in line else 0 for line in done}  # that file is wrong, which is told in its turn
    assert {line: said for line, said in done.items() if said[:2] != (expected[line], 1)} == {}


def test_no_module_is_loaded_in_a_turn(seen):
    assert {line: loaded for line, (_code, _turns, loaded, *_rest) in seen[0].items() if loaded} == {}


def test_no_file_of_others_is_opened_in_a_turn(seen):
    theirs = {str(path) for path in seen[1].values()}
    assert [line for line, (_code, _turns, _loaded, opened, *_rest) in seen[0].items() if theirs & set(opened)] == []


def test_no_cell_of_others_is_read_in_a_turn(seen):
    assert {line: read for line, (*_head, read, _err) in seen[0].items() if read} == {}


class TestWhatOthersChangedMeanwhile:
    """Between the reading of a file and the turn to write another desk may change the plan, or the register."""

    @pytest.fixture
    def meanwhile(self, office):
        """Have another desk do something when the next command has read its file, so many times."""
        from sqlalchemy import event
        from sqlalchemy.engine import Engine

        from tests.conftest import process

        waiting = []

        def connected(_connection, _record):
            if waiting:
                assert process(*shlex.split(waiting.pop())).returncode == 0

        event.listen(Engine, "connect", connected)
        yield waiting
        event.remove(Engine, "connect", connected)

    AMEND = "plan amend raise --goal {} --document x --effective 2020-01-01"

    def test_the_file_is_understood_by_the_plan_as_it_is_now(self, office, meanwhile, tmp_path):
        meanwhile += [self.AMEND.format(6000)]
        path = table(tmp_path / "f.csv", [[*HEAD, "完成率"], ["raise", "", 0, 600, 600, "好", "10.0%"]])
        office("progress import -u hsc -q Q2", str(path))
        assert meanwhile == []
        assert office("progress list --json").json[0]["quantity"] == 600

    def test_a_project_that_was_registered_meanwhile_is_known(self, office, meanwhile, tmp_path):
        office("projects add PS-01 --name 一 --homes 400")
        meanwhile += ["projects add PS-02 --name 二 --homes 400"]
        path = table(tmp_path / "f.csv", [["任务编号", "项目编码", "本期完成"], ["raise", "二", 5]])
        office("progress import -u hsc -q Q2", str(path))
        assert office("progress list --json").json[0]["project"] == "PS-02"

    def test_projects_are_held_against_the_register_as_it_is_now(self, office, meanwhile, tmp_path):
        meanwhile += ["projects add PS-02 --name 二 --homes 400"]
        path = table(tmp_path / "f.csv", [["项目编码", "项目名称", "总套数"], ["PS-02", "贰", 400]])
        refused = office("projects import", str(path), code=1)
        assert "what is recorded: name 二" in refused.err

    def test_it_is_tried_twice_and_no_more(self, office, meanwhile, tmp_path):
        meanwhile += [self.AMEND.format(goal) for goal in (6000, 7000)]
        path = table(tmp_path / "f.csv", [HEAD, ["raise", "", 0, 600, 600, "好"]])
        refused = office("progress import -u hsc -q Q2", str(path), code=3)
        assert "was changed while the files were read" in refused.err and "enter it again" in refused.err
        assert office("progress list --json").json == []

    def test_figures_that_came_meanwhile_stand(self, office, meanwhile, tmp_path):
        meanwhile += ["progress add raise 600 --unit hsc -q Q2"]
        path = table(tmp_path / "f.csv", [HEAD, ["raise", "", 0, 600, 600, "好"]])
        assert "entry #1" in office("progress import -u hsc -q Q2", str(path), code=4).out
        assert [row["quantity"] for row in office("progress list --json").json] == [600]
