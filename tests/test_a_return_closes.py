"""A return closes: once it is adopted the ledger has its 本期末累计, each entry counted in the quarter it is kept as of."""

import pytest

from tests.conftest import prepared
from tests.returns import table

WHOLE = ["任务编号", "上期末累计", "本期完成", "本期末累计"]
TOTALS = ["任务编号", "本期末累计"]
BY_PROJECT = ["任务编号", "项目编码", "上期末累计", "本期完成", "本期末累计"]
LISTED = ["项目编码", "指标", "上期末累计", "本期完成", "本期末累计"]
CORRECT = ("--correct", "--reason", "x")
JULY, OCTOBER = {"today": "2020-07-24"}, {"today": "2020-10-09"}


def imported(office, folder, head, *rows, words=(), unit="hsc", quarter="Q2", code=0, **more):
    path = table(folder / f"{len(list(folder.iterdir()))}.csv", [head, *rows])
    return office(f"progress import --json -q {quarter} -u {unit}", str(path), *words, code=code, **more).json[0]


def problems(answer):
    found = [each for each in answer["problems"] if each["kind"] != "warning"]
    return [(each["cell"], each["found"], each["expected"]) for each in found]


def cumulative(office, unit="hsc", item="raise", project=None):
    rows = office(f"progress list --json --item {item} --unit {unit}").json
    return sum(row["quantity"] or 0 for row in rows if project is None or row["project"] == project)


@prepared
def begun(office):
    """100 homes in the first quarter: 60 of hsc, and 40 of tal on two projects."""
    office("progress add raise 60 --unit hsc -q Q1 --received 4-3")
    office("progress add raise 30 --unit tal -q Q1 --project P1 --received 4-3")
    office("progress add raise 10 --unit tal -q Q1 --project P2 --received 4-3")


class TestARow:
    @pytest.mark.parametrize(
        ("head", "row", "after"),
        [
            pytest.param(WHOLE, ["raise", 60, 5, 65], 65, id="all three"),
            pytest.param(WHOLE, ["raise", "", 5, 65], 65, id="nothing brought forward"),
            pytest.param(TOTALS, ["raise", 65], 65, id="the cumulative alone"),
            pytest.param(WHOLE, ["raise", 60, "无", "无"], 60, id="nothing was done, which states none"),
            pytest.param(WHOLE, ["raise", 60, 0, 60], 60, id="0"),
        ],
    )
    def test_that_closes_is_adopted(self, begun, tmp_path, head, row, after):
        imported(begun, tmp_path, head, row)
        assert cumulative(begun) == after and begun("ledger verify --json").json == []

    @pytest.mark.parametrize(
        ("head", "row", "found"),
        [
            pytest.param(WHOLE, ["raise", 60, 5, 66], ("D2", "66", "65"), id="another cumulative"),
            pytest.param(WHOLE, ["raise", "", 5, 5], ("D2", "5", "65"), id="the quarter for the cumulative"),
            pytest.param(WHOLE, ["raise", 0, 65, 65], ("B2", "0", "60"), id="what was before counted again"),
            pytest.param(TOTALS, ["raise", 59], ("B2", "59", "≥ 60"), id="less than before"),
        ],
    )
    def test_that_does_not_is_sent_back(self, begun, tmp_path, head, row, found):
        assert problems(imported(begun, tmp_path, head, row, code=1)) == [found]
        assert cumulative(begun) == 60


class TestBetween:
    """What happened between the form and its coming back."""

    def test_a_correction_of_the_quarter_before_is_seen(self, begun, tmp_path):
        begun("progress correct 1 50 --reason x")
        assert problems(imported(begun, tmp_path, WHOLE, ["raise", "", 5, 65], code=1)) == [("D2", "65", "55")]
        imported(begun, tmp_path, WHOLE, ["raise", 50, 5, 55])
        assert cumulative(begun) == 55

    def test_a_decrease_in_the_quarter_is_seen(self, begun, tmp_path):
        begun("progress reduce raise 10 --unit hsc --on 5-1 --reason x")
        assert problems(imported(begun, tmp_path, WHOLE, ["raise", 60, 5, 65], code=1)) == [("D2", "65", "55")]
        imported(begun, tmp_path, WHOLE, ["raise", 60, 5, 55])
        assert cumulative(begun) == 55

    @pytest.mark.parametrize(
        ("words", "row", "found", "code", "after"),
        [
            pytest.param(CORRECT, [-15, 45], [], 0, 45, id="put in its place"),
            pytest.param(CORRECT, [-15, 35], [("D2", "35", "45")], 1, 50, id="put in its place, of both"),
            pytest.param((), [-15, 45], [("C2", "-15", "-10")], 4, 50, id="to be decided"),
            pytest.param(("--additional",), [-5, 45], [], 0, 45, id="in addition"),
        ],
    )
    def test_another_decrease_of_the_quarter_closes_as_it_is_booked(
        self, begun, tmp_path, words, row, found, code, after
    ):
        grounds = [*WHOLE, "备注"]
        imported(begun, tmp_path, grounds, ["raise", 60, -10, 50, "核减"])
        assert (
            problems(imported(begun, tmp_path, grounds, ["raise", 60, *row, "核减"], words=words, code=code)) == found
        )
        assert cumulative(begun) == after

    def test_a_figure_is_corrected_to_a_decrease(self, begun, tmp_path):
        begun("progress add raise 7 --unit hsc -q Q2")
        imported(begun, tmp_path, [*WHOLE, "备注"], ["raise", 60, -5, 55, "核减"], words=CORRECT)
        assert cumulative(begun) == 55

    def test_a_cumulative_alone_takes_a_decrease_into_account(self, begun, tmp_path):
        begun("progress reduce raise 10 --unit hsc --on 5-1 --reason x")
        imported(begun, tmp_path, TOTALS, ["raise", 58])
        assert cumulative(begun) == 58

    def test_what_comes_in_addition_closes_with_the_whole(self, begun, tmp_path):
        begun("progress add raise 7 --unit hsc -q Q2")
        answer = imported(begun, tmp_path, WHOLE, ["raise", 60, 5, 65], words=["--additional"], code=1)
        assert problems(answer) == [("D2", "65", "72")]
        imported(begun, tmp_path, WHOLE, ["raise", 60, 5, 72], words=["--additional"])
        assert cumulative(begun) == 72

    def test_a_figure_put_in_the_place_of_another_closes_without_it(self, begun, tmp_path):
        begun("progress add raise 7 --unit hsc -q Q2")
        imported(begun, tmp_path, WHOLE, ["raise", 60, 5, 65], words=CORRECT)
        assert cumulative(begun) == 65

    def test_a_total_that_is_kept_within_the_quarter_takes_back_what_was_added(self, begun, tmp_path):
        begun("progress add raise --total 160 --unit hsc --on 6-25")
        words = ["--additional", "--keep-later", "--received", "6-20"]
        answer = imported(begun, tmp_path, WHOLE, ["raise", 60, 5, 165], words=words, code=1)
        assert problems(answer) == [("D2", "165", "160")]
        assert cumulative(begun) == 160


class TestProjects:
    @pytest.mark.parametrize(
        ("rows", "found"),
        [
            pytest.param([["raise", "P1", 30, 5, 35], ["raise", "P2", 10, 0, 10]], [], id="each closes"),
            pytest.param([["raise", "P1", 30, 5, 45], ["raise", "P2", 10, 0, 10]], [("E2", "45", "35")], id="of the whole"),
            pytest.param([["raise", "P1", 40, 5, 45]], [("C2", "40", "30")], id="brought forward of the whole"),
            pytest.param([["raise", "P3", 0, 5, 45]], [("E2", "45", "5")], id="of a new one"),
            pytest.param([["raise", "", 40, 5, 45], ["raise", "P1", 30, 5, 35]], [], id="the whole beside one"),
            pytest.param([["raise", "", 40, 5, 35], ["raise", "P1", 30, 5, 35]], [("E2", "35", "45")], id="the whole as one"),
        ],
    )  # fmt: skip
    def test_each_closes_by_itself_and_the_whole_with_all(self, begun, tmp_path, rows, found):
        answer = imported(begun, tmp_path, BY_PROJECT, *rows, unit="tal", code=1 if found else 0)
        assert problems(answer) == found
        assert cumulative(begun, "tal") == (40 if found else 45)

    def test_two_rows_of_one_project_close_together(self, begun, tmp_path):
        rows = [["P1", "配租", 0, 3, 3], ["P1", "配售", "", 4, 4]]
        imported(begun, tmp_path, LISTED, *rows, unit="tal")
        more = [["P1", "配租", 3, 2, 5], ["P1", "配售", 4, 1, 5]]
        imported(begun, tmp_path, LISTED, *more, unit="tal", quarter="Q3", **OCTOBER)
        assert cumulative(begun, "tal", "supply", "P1") == 10
        assert begun("ledger verify --json").json == []

    def test_two_rows_of_one_project_that_do_not_close_are_sent_back(self, begun, tmp_path):
        rows = [["P1", "配租", 0, 3, 3], ["P1", "配售", "", 4, 5]]
        assert problems(imported(begun, tmp_path, LISTED, *rows, unit="tal", code=1)) == [("E2", "8", "7")]

    def test_two_rows_of_one_project_state_the_same_things(self, begun, tmp_path):
        rows = [["P1", "配租", "", 3, ""], ["P1", "配售", "", "", 4]]
        ((cell, *_rest),) = problems(imported(begun, tmp_path, LISTED, *rows, unit="tal", code=1))
        assert cell == "D3"


class TestCarried:
    @prepared
    def locked(self, begun):
        """Q1 and Q2 are locked, Q2 without a figure of hsc."""
        for quarter, today in (("Q1", "2020-07-22"), ("Q2", "2020-07-23")):
            begun(f"review open {quarter}", today=today)
            begun(f"review lock {quarter}", today=today)

    def test_a_late_return_closes_in_its_own_quarter(self, locked, tmp_path):
        imported(locked, tmp_path, WHOLE, ["raise", 60, 5, 65], words=["--carry"], **JULY)
        assert cumulative(locked) == 65 and locked("ledger verify --json").json == []

    def test_what_was_carried_is_not_counted_again(self, locked, tmp_path):
        imported(locked, tmp_path, WHOLE, ["raise", 60, 36, 96], words=["--carry"], **JULY)
        twice = imported(locked, tmp_path, WHOLE, ["raise", 60, 436, 496], quarter="Q3", code=1, **OCTOBER)
        assert problems(twice) == [("D2", "496", "532")]
        imported(locked, tmp_path, WHOLE, ["raise", 60, 400, 496], quarter="Q3", **OCTOBER)
        assert cumulative(locked) == 496

    @pytest.mark.parametrize("opening", [60, 64, ""], ids=["as the form has it", "with what was carried", "not stated"])
    def test_a_late_return_counts_what_was_carried_out_of_the_quarter_before(self, locked, tmp_path, opening):
        imported(locked, tmp_path, WHOLE, ["raise", 0, 4, 64], words=["--carry", "--additional"], quarter="Q1", **JULY)
        imported(locked, tmp_path, WHOLE, ["raise", opening, 5, 69], words=["--carry"], **JULY)
        assert cumulative(locked) == 69
        imported(locked, tmp_path, WHOLE, ["raise", 60, 1, 70], quarter="Q3", **OCTOBER)
        assert cumulative(locked) == 70 and locked("ledger verify --json").json == []

    def test_a_late_return_that_leaves_it_out_is_sent_back(self, locked, tmp_path):
        imported(locked, tmp_path, WHOLE, ["raise", 0, 4, 64], words=["--carry", "--additional"], quarter="Q1", **JULY)
        answer = imported(locked, tmp_path, WHOLE, ["raise", 60, 5, 65], words=["--carry"], code=1, **JULY)
        assert problems(answer) == [("D2", "65", "69")]

    def test_a_carried_figure_that_is_put_right_closes(self, locked, tmp_path):
        imported(locked, tmp_path, WHOLE, ["raise", 60, 5, 65], words=["--carry"], **JULY)
        imported(locked, tmp_path, WHOLE, ["raise", 60, 8, 68], words=CORRECT, **JULY)
        assert cumulative(locked) == 68 and locked("ledger verify --json").json == []

    def test_a_difference_to_what_is_locked_closes(self, locked, tmp_path):
        row = ["raise", 0, 62, 62]
        imported(locked, tmp_path, WHOLE, row, words=["--carry", *CORRECT], quarter="Q1", **JULY)
        imported(locked, tmp_path, WHOLE, ["raise", 62, 5, 67], words=["--carry"], **JULY)
        assert cumulative(locked) == 67
