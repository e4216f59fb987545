"""A circular sets the return deadline of one quarter: from then on that quarter is judged by it, and no other."""

import pytest

from tests.test_reviews import locked_q2

ORDER = "calendar deadline Q2 2020-07-15 --document 坪安居办〔2020〕15号"


def dates(heard, *options):
    return {row["quarter"]: row for row in heard("calendar --json", *options).json}


def test_the_calendar_shows_the_new_date_and_the_circular_that_ordered_it(office):
    before = dates(office)
    assert "坪安居办〔2020〕15号" in office(ORDER).out
    after = dates(office)
    assert (before["Q2"]["return_deadline"], before["Q2"]["deadline_inferred"]) == ("2020-07-10", True)
    assert (after["Q2"]["return_deadline"], after["Q2"]["deadline_inferred"]) == ("2020-07-15", False)
    assert after["Q2"]["deadline_document"] == "坪安居办〔2020〕15号"
    assert {code: row for code, row in after.items() if code != "Q2"} == {c: r for c, r in before.items() if c != "Q2"}


def test_returns_of_that_quarter_are_judged_by_it_and_those_of_others_are_not(office):
    office("progress add raise 5 --unit hsc -q Q2 --received 7-14")
    office("progress add raise 5 --unit hsc --on 2020-03-30 --received 4-14")

    def late():
        rows = office("units overdue --json --reason late_return --unit hsc", today="2020-07-20").json
        return [(row["quarter"], row["days_overdue"]) for row in rows]

    assert late() == [("Q1", 4), ("Q2", 4)]
    office(ORDER)
    assert late() == [("Q1", 4)]
    office("calendar deadline Q2 2020-07-13 --document 坪安居办〔2020〕16号")
    assert late() == [("Q1", 4), ("Q2", 1)]


def test_until_then_a_write_that_names_no_quarter_is_refused_since_the_return_may_be_meant(office):
    office("progress add raise 5 --unit hsc", today="2020-07-15")
    office(ORDER.replace("07-15", "07-20"))
    assert "which quarter is meant" in office("progress add raise 5 --unit hsc", today="2020-07-16", code=4).err
    office("progress add raise 5 --unit hsc", today="2020-07-21")


def test_the_answer_to_an_imported_return_goes_by_it_too(office, tmp_path):
    (tmp_path / "r.csv").write_text("任务编号,本期完成,本期末累计,进展情况\nraise,5,5,好\n", encoding="utf-8")
    line = f"progress import {tmp_path / 'r.csv'} -u hsc -q Q2 --received 7-14 --dry-run --lang zh"
    assert "迟报" in office(line).out
    office(ORDER)
    assert "迟报" not in office(line).out


def test_known_at_an_earlier_moment_the_earlier_date_stands(office):
    at = office("progress add raise 5 --unit hsc -q Q2 --received 7-14 --json").json["filing"]["recorded_at"]
    office(ORDER)
    assert dates(office, "--known-at", at)["Q2"]["return_deadline"] == "2020-07-10"
    assert office("report quarter Q2 --json").json["settings"]["return_deadline"] == "2020-07-15"


@pytest.mark.parametrize(
    ("line", "code", "said"),
    [
        ("calendar deadline Q2 2020-06-30 --document d", 4, "after the quarter has ended"),
        ("calendar deadline Q2 2020-07-32 --document d", 2, "has no day 32"),
        ("calendar deadline Q5 2020-07-15 --document d", 2, "Q1, Q2, Q3, Q4"),
        ("calendar deadline Q2 2020-07-15", 2, "--document is missing"),
    ],
)
def test_a_date_that_cannot_be_meant_is_refused(office, line, code, said):
    assert said in (heard := office(line, code=code)).err, heard.err
    assert dates(office)["Q2"]["return_deadline"] == "2020-07-10"


def test_a_locked_quarter_keeps_its_date(office):
    locked_q2(office)
    office(ORDER, today="2020-07-20", code=4)


def test_the_dates_are_still_shown_without_a_verb(office):
    assert office("calendar").out == office("calendar dates").out
    assert [row["quarter"] for row in office("calendar Q2 --json").json] == ["Q2"]
    assert "deadline" in office("calendar --help").out
    assert office("ledger verify").out == ""
