"""The documents say what is so: generated pages do not drift, commands of the README work, every text has its Chinese."""

import re
import shlex
import subprocess
import sys
from importlib import import_module

import pytest

from tests.conftest import ROOT

READMES = ["README.md", "README.zh-CN.md"]


def shell_commands(name):
    text = (ROOT / name).read_text(encoding="utf-8")
    return re.findall(r"^```sh\n(.+?)\n```$", text, re.M | re.S)


def tour(name):
    text = (ROOT / name).read_text(encoding="utf-8")
    for block in re.findall(r"^```console\n(.+?)\n```$", text, re.M | re.S):
        yield from (line.removeprefix("$ ") for line in block.splitlines())


def test_what_is_generated_has_not_drifted():
    done = subprocess.run([sys.executable, "docs/build.py", "--check"], capture_output=True, text=True, cwd=ROOT)
    assert (done.returncode, done.stdout) == (0, ""), done.stdout + done.stderr


@pytest.mark.parametrize("name", READMES)
def test_the_readme_holds_two_set_up_commands_of_one_line(name):
    commands = shell_commands(name)
    assert len(commands) == 2 and all("\n" not in command for command in commands)
    assert "anju demo" in commands[0] and "pytest" in commands[1]


def test_both_readmes_hold_the_same_two():
    assert shell_commands("README.md") == shell_commands("README.zh-CN.md")


@pytest.mark.parametrize("name", READMES)
def test_every_command_of_the_tour_works_in_order(anju, name, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    ran = 0
    for line in tour(name):
        if line.startswith("export "):
            for word in line.split()[1:]:
                monkeypatch.setenv(*word.split("=", 1))
            continue
        line, _, file = line.partition(" > ")
        heard = anju("", *shlex.split(line)[1:])
        if file:
            (tmp_path / file).write_text(heard.out, encoding="utf-8")
        ran += 1
    assert ran > 15


RECIPES = {
    "A new report": 5,
    "A new column": 2,
    "A new pace": 4,
    "A new format": 3,
    "A new kind of follow-up": 6,
}
"""The recipes for contributors, and how many modules each may ask to be edited."""


def recipe(title):
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    return re.search(rf"^## {title}\n(.+?)(?=^## |\Z)", text, re.M | re.S)[1]


@pytest.mark.parametrize("title", RECIPES)
def test_a_recipe_names_few_modules_that_are_there(title):
    steps = re.findall(r"^\d\. `(.+?)`(, new)?", recipe(title), re.M)
    assert 1 < len(steps) <= RECIPES[title]
    assert {path: (ROOT / "anju_cli" / path).is_file() for path, _new in steps} == {
        path: not new for path, new in steps
    }


@pytest.mark.parametrize("title", RECIPES)
def test_the_diff_of_a_recipe_is_of_files_that_it_names(title):
    diff = re.search(r"^```diff\n(.+?)^```$", recipe(title), re.M | re.S)[1]
    changed = re.findall(r"^# (.+)$", diff, re.M)
    named = re.findall(r"`([a-z_/]+\.py)`", recipe(title))
    assert changed and set(changed) <= set(named)


@pytest.mark.parametrize("title", RECIPES)
def test_what_a_diff_leaves_as_it_is_stands_in_the_code(title):
    """Lines without a sign are the surroundings, lines with a minus what is replaced: both are found where they are said to be."""
    diff = re.search(r"^```diff\n(.+?)^```$", recipe(title), re.M | re.S)[1]
    code = ""
    for line in diff.splitlines():
        if line.startswith("# "):
            path = ROOT / "anju_cli" / line[2:]
            code = path.read_text(encoding="utf-8") if path.is_file() else ""
        elif line[:1] in (" ", "-"):
            assert line[1:].strip() in code, line


@pytest.fixture(scope="module")
def messages():
    from docs.build import catalogue

    return catalogue()


def test_every_text_has_its_chinese(messages):
    untranslated = [message.id for message in messages if message.id and not message.string]
    assert untranslated == []


def test_every_chinese_text_has_the_placeholders_of_the_english(messages):
    for message in messages:
        if message.id:
            holes = [set(re.findall(r"{\w*[^}]*}", text)) for text in (message.id, message.string)]
            assert holes[0] == holes[1], message.id


LABELS = {
    "Completion (%)": "完成率（%）",
    "Expected": "序时应完成量",
    "Expected (%)": "序时进度（%）",
    "vs expected (points)": "较序时进度（百分点）",
    "Cumulative": "累计完成",
    "This quarter": "本季度完成",
    "Green": "绿灯",
    "On pace": "达到序时进度",
    "Done on time": "按期完成",
    "Done late": "逾期完成",
    "No date set": "未明确时限",
    "Reporting rate (%)": "报送率（%）",
    "Not reported": "未报",
    "Zero report": "零报告",
    "Member unit": "成员单位",
    "Return deadline": "报送截止日期",
}


@pytest.mark.parametrize("english", LABELS)
def test_labels_have_their_official_wording(messages, english):
    assert messages.get(english).string == LABELS[english]


def test_every_answer_is_described():
    """Every shape that a command answers with is in docs/json.md, with every field."""
    from anju_cli.domain.records import names_of

    text = (ROOT / "docs" / "json.md").read_text(encoding="utf-8")
    lists = set(
        re.findall(
            r'rows="(\w+):(\w+)"', "".join(path.read_text() for path in (ROOT / "anju_cli" / "cli").glob("*.py"))
        )
    )
    assert {("rows", "Lateness"), ("ledger", "EntryRow")} <= lists
    for module, name in {*lists, ("quarter", "QuarterReport"), ("rows", "Target"), ("rows", "Milestone")}:
        shape = getattr(import_module(f"anju_cli.reports.answers.{module}"), name)
        section = text.split(f"## {name}\n")[1].split("\n## ")[0]
        assert all(f"`{field}`" in section for field in names_of(shape))


def test_the_project_speaks_of_itself_alone():
    """No path of a machine and no registry host in anything that is shipped."""
    listed = subprocess.run(["git", "ls-files"], capture_output=True, text=True, cwd=ROOT).stdout.split()
    assert listed
    for name in listed:
        if not name.endswith((".svg", ".mo", ".db")):
            text = (ROOT / name).read_text(encoding="utf-8", errors="replace")
            assert "/ro" + "ot/" not in text and "/wo" + "rk/" not in text and "py" + "pi.org" not in text, name
