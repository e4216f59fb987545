"""A file full of names that nobody knows: each is told of at its cell, soon, and nobody else waits for it."""

import pytest

from anju_cli.cli import main
from anju_cli.domain import names
from tests.conftest import prepared
from tests.processes import within
from tests.returns import table

MANY = 12_000
MEGABYTES, SECONDS = 300, 8
"""What anju may take of the memory, and of the processor for each of them."""

FILES = {
    "tasks": [["任务编号", "工作任务", "本期完成"], *[["", f"没有这项任务{n}", 5] for n in range(MANY)]],
    "one task": [["任务编号", "工作任务", "本期完成"], *[["", "没有这项任务", 5]] * MANY],
    "projects": [["任务编号", "项目编码", "本期完成"], *[["raise", f"没有{n}", 5] for n in range(MANY)]],
    "indicators": [["项目编码", "指标", "本期完成"], *[[f"P{n}", f"飞行{n}", 5] for n in range(MANY)]],
    "bodies": [["填报单位", "任务编号", "本期完成"], *[[f"没有局{n}", "raise", 5] for n in range(MANY)]],
}
REGISTER = [
    ["项目编码", "项目名称", "总套数", "指标", "计划套数"],
    *[[f"P{n}", f"甲{n}", 9, f"飞行{n}", 5] for n in range(MANY)],
]


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    """By file: what was said, and what was written into --errors-to. One child reads them all, held to its measure."""
    folder = tmp_path_factory.mktemp("unknown")
    database, lines = str(folder / "anju.db"), []
    with pytest.MonkeyPatch.context() as patched:
        for name, value in {"ANJU_TODAY": "2020-07-15", "ANJU_BY": "tester", "LANG": "en_US.UTF-8"}.items():
            patched.setenv(name, value)
        assert main(["init", "--db", database]) == 0
        assert main(["projects", "add", "PS-01", "--name", "一", "--homes", "400", "--db", database]) == 0
        for name, rows in FILES.items():
            path = table(folder / f"{name}.csv", rows)
            lines.append(["progress", "import", str(path), "-q", "Q2", "--db", database, "--errors-to", f"{path}.txt"])
            lines[-1] += [] if name == "bodies" else ["-u", "tal"]
        lines.append(["projects", "import", str(table(folder / "register.csv", REGISTER)), "--db", database])
        heard = within(MEGABYTES, SECONDS, lines)
    errors = [(folder / f"{name}.csv.txt").read_text(encoding="utf-8").splitlines() for name in FILES]
    return dict(zip(FILES, zip(heard, errors, strict=False), strict=False)), heard[-1]


@pytest.mark.parametrize("name", FILES)
def test_each_is_told_of_once_at_its_cell_and_the_screen_shows_the_first(told, name):
    heard, errors = told[0][name]
    assert heard.code == 1, heard
    at_cells = [line for line in errors if f"{name}.csv:" in line and ": no such " in line]
    assert len(at_cells) == len(set(at_cells)) == MANY
    assert len(heard.out.splitlines()) < 250
    unshown = len(errors) - 200
    assert f"… and {unshown:} more; --errors-to FILE has them all" in heard.out


def test_a_register_of_unknown_targets_is_refused_as_soon(told):
    assert told[1].code == 1 and f"{MANY} problems in the file" in told[1].err


@pytest.fixture
def looked_up(monkeypatch):
    """The names that something like was looked for."""
    asked, like = [], names.alike

    def alike(wanted, known):
        asked.append(wanted)
        return like(wanted, known)

    monkeypatch.setattr(names, "alike", alike)
    return asked


@prepared
def registered(office):
    """One project is registered."""
    office("projects add PS-01 --name 坪山一号 --homes 400")


class TestWhatMayBeMeant:
    def test_it_is_looked_up_once_for_each_name(self, registered, tmp_path, looked_up):
        rows = [["raize", "", 5], ["complxte", "", 5], ["raise", "PS-O1", 5]] * 40
        path = table(tmp_path / "f.csv", [["任务编号", "项目编码", "本期完成"], *rows])
        said = registered("progress import -u tal -q Q2", str(path), code=1).out
        assert sorted(looked_up) == ["complxte", "ps-o1", "raize"]
        assert said.count("did you mean raise ") == 40 and said.count("did you mean PS-01 ") == 40

    def test_it_is_looked_up_for_the_first_of_very_many_names(self, registered, tmp_path, looked_up):
        rows = [[f"raize{n}", "", 5] for n in range(300)]
        path = table(tmp_path / "f.csv", [["任务编号", "项目编码", "本期完成"], *rows])
        registered("progress import -u tal -q Q2", str(path), code=1)
        assert len(looked_up) == names.MOST_SUGGESTED

    def test_a_file_of_projects_keeps_to_it_too(self, registered, tmp_path, looked_up):
        head = ["项目编码", "项目名称", "总套数", "指标", "计划套数"]
        rows = [[f"N{n}", f"甲{n}", 9, f"raize{n % 100}", 5] for n in range(300)]
        registered("projects import", str(table(tmp_path / "f.csv", [head, *rows])), code=1)
        assert len(looked_up) == len(set(looked_up)) == names.MOST_SUGGESTED


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_an_unknown_project_is_to_be_registered_first(registered, tmp_path, lang):
    path = table(tmp_path / "f.csv", [["任务编号", "项目编码", "本期完成"], ["raise", "九十九号", 5]])
    said = registered("progress import -u tal -q Q2", str(path), code=1, lang=lang).out
    assert {"en": "register it first: anju projects add", "zh": "请先登记项目：anju projects add"}[lang] in said
