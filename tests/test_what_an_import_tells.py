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


@pytest.mark.parametrize(
    ("figures", "told"),
    [
        pytest.param(["", ""], "空白，视为未报：供应", id="a blank row"),
        pytest.param(["六百", "六百"], None, id="figures that cannot be read"),
    ],
)
def test_a_row_is_called_blank_only_where_nothing_stands_in_it(office, tmp_path, figures, told):
    rows = [GOOD, ["supply", "", 0, *figures, ""], ["raise", "", 0, "x", 5, "好"]]
    said = imported(office, tmp_path, rows, code=1)
    assert (told in said) if told else ("空白，视为未报" not in said)


def test_words_that_cannot_be_kept_are_not_called_missing_too(office, tmp_path):
    said = imported(office, tmp_path, [["raise", "", 0, 5, 5, "推\x1b进"]], code=1)
    assert "U+001B" in said and said.count("F2") == 1
    assert "未填进展情况" not in said


def test_a_corrected_figure_keeps_the_words_that_came_with_it(office, tmp_path):
    path = table(tmp_path / "again.csv", [[*HEAD, "佐证材料"], ["raise", "", 0, 36, 36, "补报三号地块", "协议1号"]])
    office("progress add raise 30 --unit hsc -q Q2 --note 二号地块")
    office("progress import -u hsc -q Q2 --correct --reason 漏报", str(path))
    entries = office("progress list --json --item raise").json
    assert [(row["quantity"], row["note"], row["evidence"]) for row in entries] == [
        (30, "二号地块", None),
        (6, "补报三号地块", "协议1号"),
    ]
    assert office("ledger verify --json").json == []
