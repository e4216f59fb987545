"""What an import says: of a file that is sent back nothing is added, each problem is told once, in figures of both sides."""

import pytest

from tests.conftest import prepared
from tests.returns import HEAD, table

GOOD = ["complete", "", 0, 40, 40, "好"]


def imported(office, folder, rows, *words, code=0, lang="zh"):
    path = table(folder / f"{len(list(folder.iterdir()))}.csv", [HEAD, *rows])
    return office("progress import -u hsc -q Q2", str(path), *words, code=code, lang=lang).out


@prepared
def phoned(office):
    """36 homes by hsc."""
    office("progress add raise 36 --unit hsc -q Q2 --received 7-3")


@pytest.mark.parametrize("words", [[], ["--dry-run"]], ids=["in earnest", "tried out"])
@pytest.mark.parametrize(
    ("row", "code"),
    [
        pytest.param(["raise", "", 0, "x", 5, "好"], 1, id="sent back"),
        pytest.param(["raise", "", 0, 336, 336, "好"], 4, id="to be decided"),
    ],
)
def test_of_a_file_that_is_not_adopted_nothing_is_said_to_be_added(phoned, tmp_path, row, code, words):
    said = imported(phoned, tmp_path, [GOOD, row], *words, code=code)
    assert "新增" not in said
    assert "Add" not in imported(phoned, tmp_path, [GOOD, row], *words, code=code, lang="en")


def test_of_one_that_is_adopted_it_is_said(phoned, tmp_path):
    assert "新增 1" in imported(phoned, tmp_path, [GOOD])


@pytest.mark.parametrize(
    ("row", "words", "code", "said"),
    [
        pytest.param(["raise", "", 0, 336, 336, "好"], [], 4, "表内336，台账已登记36", id="a figure that stands"),
        pytest.param(["raise", "", 5, 36, 41, "好"], ["--correct", "--reason", "x"], 1, "表内5，台账已登记0", id="brought forward"),
        pytest.param(["raise", "", 0, 4, 4, "好"], ["--additional"], 1, "表内4，应为40", id="what does not add up"),
    ],
)  # fmt: skip
def test_both_figures_are_told(phoned, tmp_path, row, words, code, said):
    assert said in imported(phoned, tmp_path, [row], *words, code=code)


def test_each_problem_is_told_once(office, tmp_path):
    rows = [
        ["填报单位", "任务编号", "本期完成"],
        ["hsc", "raise", "x"],
        ["tal", "raise", "y"],
        ["tal", "raise", "y"],
        ["火星局", "raise", 1],
    ]
    path = table(tmp_path / "f.csv", [["考核期：三季度"], *rows])
    heard = office("progress import -q Q2", str(path), "--errors-to", str(tmp_path / "errors.txt"), code=1)
    at_places = [line for line in heard.out.splitlines() if line.startswith("f.csv")]
    problems = [line for line in at_places if "Q2 ·" not in line]
    assert len(problems) == len(set(problems)) >= 4
    told = (tmp_path / "errors.txt").read_text(encoding="utf-8").splitlines()
    assert sorted(told) == sorted(problems)
