"""Which of several plans in one file is meant: the quarter or the day decides, or the person is asked."""

import pytest

from tests.conftest import EXAMPLE, prepared

JANUARY = {"today": "2021-01-15"}
FEBRUARY = {"today": "2021-02-20"}
OLD, NEW = "pingshan-2020", "pingshan-2021"


@prepared
def two_years(office, tmp_path):
    """The plan of 2020, and that of 2021, which was made of it."""
    path = tmp_path / "next.yaml"
    path.write_text(office("plan new --from 2020", today="2020-12-31").out, encoding="utf-8")
    office(f"plan apply {path}", today="2020-12-31")


@prepared
def late_review(two_years):
    """2020 Q4 is locked and not closed."""
    two_years("review open Q4", **JANUARY)
    two_years("review lock Q4", **JANUARY)


@prepared
def two_of_a_year(office):
    """Two plans of 2020 in one file."""
    office(f"plan apply {EXAMPLE}")


@pytest.mark.parametrize(
    ("line", "plan"),
    [
        pytest.param("report quarter Q4 --json", OLD, id="the quarter that is over"),
        pytest.param("report quarter Q1 --json", NEW, id="the quarter that has begun"),
        pytest.param("report quarter Q2 --json", OLD, id="the quarter that has been"),
        pytest.param("report quarter 2020Q1 --json", OLD, id="a quarter with its year"),
        pytest.param("report quarter 2021Q3 --json", NEW, id="a quarter of the year to come"),
        pytest.param("progress add raise 1 --unit hsc -q Q4 --received 1-8 --dry-run --json", OLD, id="a return"),
        pytest.param("progress add raise 1 --unit hsc --on 12-28 --dry-run --json", OLD, id="a day of last year"),
        pytest.param("progress add raise 1 --unit hsc --on 1-5 --dry-run --json", NEW, id="a day of this year"),
        pytest.param("progress add raise 1 --unit hsc --on 2021-01-05 --dry-run --json", NEW, id="a whole date"),
        pytest.param("report year --as-of 2020-12-31 --json", OLD, id="as of a day of last year"),
        pytest.param("report year --as-of 2021-01-14 --json", NEW, id="as of a day of this year"),
        pytest.param("report year --json", OLD, id="neither: the plan that is still assessed"),
    ],
)
def test_in_january_the_quarter_or_the_day_decides(two_years, line, plan):
    assert two_years(line, **JANUARY).json["plan"] == plan


def test_in_january_a_write_with_neither_is_refused(two_years):
    assert "--quarter Q4" in two_years("progress add raise 1 --unit hsc", code=4, today="2021-01-08").err


def test_an_entry_that_is_named_is_found_in_its_own_plan(two_years):
    two_years("progress add raise 5 --unit hsc --on 1-5", **JANUARY)
    two_years("progress correct 1 6 --reason misread", **JANUARY)
    assert two_years("progress show 1 --json", **JANUARY).json[0]["quantity"] == 5
    assert two_years("progress undo --json", **JANUARY).json["plan"] == NEW


@pytest.mark.parametrize(
    ("line", "today", "plan"),
    [
        pytest.param("report quarter Q4 --json", "2021-01-28", OLD, id="its window is over, its review is not"),
        pytest.param("report quarter Q4 --json", "2021-03-31", OLD, id="to the last of March"),
        pytest.param("report quarter Q4 --json", "2021-04-01", NEW, id="and no longer"),
        pytest.param("report quarter Q1 --json", "2021-02-20", NEW, id="the new year runs beside it"),
        pytest.param("progress add raise 1 --unit hsc --dry-run --json", "2021-02-20", NEW, id="what is new is new"),
    ],
)
def test_a_plan_holds_until_its_last_review_is_closed_and_circulated(late_review, line, today, plan):
    assert late_review(line, today=today).json["plan"] == plan


def test_once_the_bulletin_is_recorded_it_holds_no_more(late_review):
    late_review("review result all met", **FEBRUARY)
    late_review("review close Q4 --on 2021-02-18 --document D1", **FEBRUARY)
    assert late_review("report quarter Q4 --json", **FEBRUARY).json["plan"] == OLD
    late_review("review bulletin Q4 --number D2 --recipients 各成员单位", **FEBRUARY)
    assert late_review("report quarter Q4 --json", **FEBRUARY).json["plan"] == NEW
    assert late_review("report quarter 2020Q4 --json", **FEBRUARY).json["plan"] == OLD


def test_without_a_review_it_ends_with_the_window(two_years):
    assert two_years("report quarter Q4 --json", today="2021-01-20").json["plan"] == OLD
    assert two_years("report quarter Q4 --json", today="2021-01-21").json["plan"] == NEW


def test_a_year_without_a_plan_is_named(two_years):
    refused = two_years("report quarter 2019Q4", code=2).err
    assert "2019" in refused and f"{OLD}, {NEW}" in refused


class TestTwoPlansOfOneYear:
    def test_a_write_says_which(self, two_of_a_year):
        refused = two_of_a_year("progress add raise 5 --unit hsc -q Q2", code=2).err
        assert "example-2020, pingshan-2020" in refused and "--plan" in refused
        assert two_of_a_year("progress list --json --plan pingshan-2020").json == []

    def test_a_read_says_which_it_took(self, two_of_a_year):
        assert two_of_a_year("report year").err == "note: plan example-2020; --plan names another\n"

    def test_a_receipt_names_its_plan_and_its_undo_runs_as_printed(self, two_of_a_year):
        out = two_of_a_year("progress add raise 5 --unit hsc -q Q2 --plan pingshan-2020").out
        assert "(pingshan-2020)" in out
        undo = next(line.removeprefix("Undo: anju ") for line in out.splitlines() if line.startswith("Undo: "))
        two_of_a_year(undo)


@pytest.mark.parametrize(
    "line",
    [
        "progress add raise 5 --unit hsc -q Q2",
        "review open Q2",
        "slips issue raise --unit hsc --due 2020-07-30",
        "projects add PS-01 --name 坪山一期 --homes 400",
        "tasks assign list --source 会议 --unit hcb --due 2020-08-10",
    ],
)
def test_every_receipt_names_its_plan(office, line):
    assert "(pingshan-2020)" in office(line).out


@pytest.mark.parametrize("line", ["", "report quarter Q2", "report year", "report unit hsc", "units overdue"])
def test_every_head_names_its_plan(office, line):
    assert "(pingshan-2020)" in office(line).out


class TestPapersOfARunningQuarter:
    @pytest.mark.parametrize(
        "line", ["report quarter Q3", "report unit hsc -q Q3", "report quarter Q2 --as-of 2020-05-15"]
    )
    def test_a_paper_on_a_quarter_that_has_not_ended_is_refused(self, office, tmp_path, line):
        paper = tmp_path / "paper.docx"
        assert "is not over" in office(f"{line} -o {paper}", code=4).err
        assert not paper.exists()

    def test_its_tables_go_on(self, office):
        assert office("report quarter Q3 --json").json["quarter"] == "Q3"
