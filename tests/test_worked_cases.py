"""The worked cases on the 2020 plan that the office agreed on: each figure here was computed by hand."""

import pytest

from tests.conftest import prepared


def target(heard, id):
    """A target's whole row of a report."""
    return next(row for row in heard.json["targets"] if row["id"] == id and row["unit"] is None)


def milestone(heard, id):
    return next(row for row in heard.json["milestones"] if row["id"] == id)


@pytest.mark.parametrize(
    ("item", "on", "expected", "rate"),
    [
        ("raise", "2020-03-31", 1178.25, 25.0),
        ("raise", "2020-06-30", 2356.5, 50.0),
        ("raise", "2020-09-30", 3534.75, 75.0),
        ("raise", "2020-12-31", 4713, 100.0),
        ("complete", "2020-03-31", 178.5, 25.0),
        ("complete", "2020-06-30", 357, 50.0),
        ("complete", "2020-09-30", 535.5, 75.0),
        ("supply", "2020-03-31", 571.25, 25.0),
        ("supply", "2020-06-30", 1142.5, 50.0),
        ("supply", "2020-09-30", 1713.75, 75.0),
        pytest.param("raise", "2020-05-15", 1760.9, 37.4, id="day 45 of the 91 of the second quarter"),
        pytest.param("raise", "2020-01-01", 12.95, 0.3, id="the first day counts"),
    ],
)
def test_even_pace_expects_a_quarter_of_the_goal_at_each_quarters_end(office, item, on, expected, rate):
    row = target(office(f"report year --json --as-of {on}"), item)
    assert (row["expected"], row["expected_rate"]) == (expected, rate)


@pytest.mark.parametrize(
    ("reached", "on", "rate", "light", "status"),
    [
        pytest.param(4712, "2020-12-31", 99.9, "yellow", "behind", id="one short on the last day"),
        pytest.param(4712, "2021-01-01", 99.9, "yellow", "overdue", id="one short the day after"),
        pytest.param(4713, "2020-12-31", 100.0, "green", "done", id="reached"),
        pytest.param(4760, "2020-12-31", 101.0, "green", "done", id="over, and not capped"),
    ],
)
def test_a_target_is_done_on_exact_integers(office, reached, on, rate, light, status):
    office(f"progress add raise {reached} --unit hsc --on 2020-12-30", today="2020-12-30")
    row = target(office(f"report year --json --as-of {on}"), "raise")
    assert (row["completion_rate"], row["light"], row["status"]) == (rate, light, status)


def test_an_unfinished_target_past_its_due_date_is_listed_once_as_overdue_and_not_also_as_behind(office):
    office("progress add raise 4712 --unit hsc --on 2020-12-30", today="2020-12-30")
    rows = [row for row in office("units overdue --json --as-of 2021-01-01").json if row["item"] == "raise"]
    late = [row for row in rows if row["reason"] in ("overdue", "behind")]
    assert [(row["reason"], row["days_overdue"], row["due"]) for row in late] == [("overdue", 1, "2020-12-31")]


def test_a_milestones_quantity_is_its_level_so_60_then_100_is_100(office):
    office("progress add ms-q1-survey 60 --unit hsc --on 2020-02-20")
    office("progress add ms-q1-survey 100 --unit hsc --on 2020-03-30")
    row = milestone(office("report quarter Q1 --json"), "ms-q1-survey")
    assert (row["completion_rate"], row["done_on"], row["status"]) == (100.0, "2020-03-30", "done")


def test_a_lower_level_without_a_reason_is_refused(office):
    office("progress add ms-q1-survey 60 --unit hsc --on 2020-02-20")
    refused = office("progress add ms-q1-survey 40 --unit hsc --on 2020-03-01", code=4)
    assert "40 < 60" in refused.err and "--reason" in refused.err
    office("progress add ms-q1-survey 40 --unit hsc --on 2020-03-01 --reason recount")
    assert milestone(office("report quarter Q1 --json"), "ms-q1-survey")["completion_rate"] == 40.0


class TestQuarterOfAReturn:
    """In the days between a quarter's end and its return deadline, a write must say which quarter it means."""

    def test_a_return_in_july_for_the_second_quarter_counts_there(self, office):
        filed = office("progress add raise 600 --unit hsc --quarter Q2 --json", today="2020-07-09").json
        assert (filed["entries"][0]["on"], filed["entries"][0]["quarter"]) == ("2020-06-30", "Q2")
        assert target(office("report quarter Q2 --json"), "raise")["quarter_quantity"] == 600
        assert target(office("report quarter Q3 --json"), "raise")["quarter_quantity"] == 0

    @pytest.mark.parametrize(
        "today", ["2020-07-01", "2020-07-09", "2020-07-10", "2021-01-08", "2021-03-01", "2019-12-31"]
    )
    def test_without_a_quarter_it_is_refused(self, office, today):
        refused = office("progress add raise 600 --unit hsc", code=4, today=today)
        assert "--quarter Q" in refused.err and "--on" in refused.err
        assert office("progress list --json").json == []

    @pytest.mark.parametrize("today", ["2020-02-03", "2020-07-11", "2020-12-31"])
    def test_on_other_days_of_the_year_it_is_today(self, office, today):
        assert office("progress add raise 6 --unit hsc --json", today=today).json["entries"][0]["on"] == today

    def test_in_january_the_fourth_quarter_is_dated_on_the_years_last_day(self, office):
        filed = office("progress add raise 600 --unit hsc --quarter Q4 --json", today="2021-01-08").json
        assert filed["entries"][0]["on"] == "2020-12-31"

    def test_a_return_before_the_quarters_end_is_dated_on_the_day_it_came(self, office):
        filed = office("progress add raise 600 --unit hsc --quarter Q2 --received 2020-06-20 --json").json
        assert filed["entries"][0]["on"] == "2020-06-20"

    def test_a_quarter_that_has_not_begun_is_refused(self, office):
        assert "not begun" in office("progress add raise 6 --unit hsc -q Q4", code=4).err

    def test_a_report_on_the_fourth_quarter_in_january_means_the_plan_whose_review_is_open(self, office, tmp_path):
        next_year = tmp_path / "2021.yaml"
        from tests.conftest import ROOT

        text = (ROOT / "data" / "plan_2020.yaml").read_text(encoding="utf-8")
        text = text.replace("id: pingshan-2020", "id: pingshan-2021").replace("year: 2020", "year: 2021")
        text = text.replace("2020-12-31", "2021-12-31").replace("2020-03-31", "2021-03-31")
        next_year.write_text(text, encoding="utf-8")
        office(f"plan apply {next_year}")
        heard = office("report quarter Q4 --json", today="2021-01-15")
        assert heard.json["year"] == 2020
        assert "pingshan-2020" in heard.err
        assert office("report quarter Q1 --json", today="2021-01-21").json["year"] == 2021


class TestTwoDoorsTwoUnits:
    """A home is counted once, whoever reports it and however often."""

    def test_the_same_total_by_phone_and_by_return_counts_once(self, office):
        office("progress add raise 300 --unit tal -q Q2 --received 2020-07-03 --via phone --reference tal-q2")
        again = office("progress add raise 300 --unit tal -q Q2 --received 2020-07-08 --reference tal-q2")
        assert "Already recorded" in again.out
        assert target(office("report quarter Q2 --json --unit tal"), "raise")["cumulative"] == 300

    def test_a_total_counts_what_is_not_yet_there(self, office):
        office("progress add raise 300 --unit tal -q Q2 --received 2020-07-03 --via phone")
        filed = office("progress add raise --total 300 --unit tal -q Q2 --received 2020-07-08 --json").json
        assert filed["entries"][0]["quantity"] == 0
        assert target(office("report quarter Q2 --json"), "raise")["cumulative"] == 300

    def test_each_sends_its_own_so_the_lead_leaves_out_what_another_reports(self, office):
        office("progress add raise 300 --unit tal -q Q2")
        office("progress add raise 900 --unit hsc -q Q2")
        assert target(office("report quarter Q2 --json"), "raise")["cumulative"] == 1200

    def test_a_quantity_on_a_duty_that_is_counted_through_a_target_is_refused_with_the_way_to_do_it(self, office):
        refused = office("progress add tal-raise 300 --unit tal -q Q2", code=4)
        assert "anju progress add raise --unit tal" in refused.err


class TestSubsidy:
    """18 paid of 20 eligible: the floor of 15 is done, covering everyone is not."""

    @prepared
    def paid(self, office):
        office("progress add subsidy 18 --unit hsc --on 2020-06-01")
        office("progress add subsidy-eligible 20 --unit hsc --on 2020-06-01")
        return office

    def test_the_floor_is_done_and_the_coverage_is_not(self, paid):
        heard = paid("report quarter Q2 --json")
        assert (target(heard, "subsidy")["completion_rate"], target(heard, "subsidy")["status"]) == (120.0, "done")
        coverage = target(heard, "subsidy-coverage")
        assert (coverage["completion_rate"], coverage["status"], coverage["light"]) == (90.0, None, None)

    def test_the_coverage_is_overdue_when_the_year_is_over(self, paid):
        rows = paid("units overdue --json --as-of 2021-01-01 --reason overdue").json
        assert "subsidy-coverage" in {row["item"] for row in rows}
        assert "subsidy" not in {row["item"] for row in rows}

    def test_a_family_that_leaves_is_taken_off_and_improves_the_coverage(self, paid):
        paid("progress reduce subsidy-eligible 1 --unit hsc --on 2020-06-20 --reason moved-away")
        assert target(paid("report quarter Q2 --json"), "subsidy-coverage")["completion_rate"] == 94.7

    def test_with_nobody_eligible_there_is_no_rate(self, office):
        assert target(office("report quarter Q2 --json"), "subsidy-coverage")["completion_rate"] is None
        assert target(office("report quarter Q4 --json --as-of 2021-01-15"), "subsidy-coverage")["status"] is None

    def test_before_it_is_done_there_is_no_light_in_the_year(self, office):
        office("progress add subsidy 3 --unit hsc --on 2020-03-01")
        for id in ("subsidy", "subsidy-coverage"):
            row = target(office("report quarter Q3 --json --as-of 2020-10-15"), id)
            assert (row["pace"], row["light"], row["expected"]) == ("year_end", None, None)

    def test_on_its_due_date_the_whole_is_expected(self, office):
        office("progress add subsidy 14 --unit hsc --on 2020-12-01", today="2020-12-01")
        row = target(office("report quarter Q4 --json --as-of 2021-01-15"), "subsidy")
        assert (row["expected"], row["completion_rate"], row["gap_points"], row["light"]) == (15, 93.3, -6.7, "yellow")


def test_there_is_no_headline_sum_of_homes_and_households(office):
    heard = office("report quarter Q2 --json")
    assert "7712" not in heard.out and "7727" not in heard.out
    assert {row["measure"] for row in heard.json["targets"]} == {"套", "户", "%"}
    assert "measure" in target(heard, "complete")["inferred"]


def test_the_targets_are_always_these_in_this_order(office):
    ids = [row["id"] for row in office("report quarter Q1 --json").json["targets"]]
    assert ids == ["raise", "complete", "supply", "subsidy", "subsidy-coverage", "complete-final"]


@pytest.mark.parametrize(
    ("received", "late", "unreported", "as_of"),
    [
        pytest.param("2020-07-10", 0, 0, "2020-07-20", id="received on the deadline day is on time"),
        pytest.param("2020-07-11", 1, 0, "2020-07-20", id="a day after is late"),
        pytest.param("2020-07-14", 0, 1, "2020-07-13", id="not received by then is unreported"),
        pytest.param("2020-07-14", 0, 0, "2020-07-10", id="on the deadline day nothing is yet unreported"),
    ],
)
def test_on_time_late_and_unreported_are_judged_by_the_day_of_receipt(office, received, late, unreported, as_of):
    office(f"progress add summary --unit edu -q Q2 --received {received} --note done")
    units = office(f"report quarter Q2 --json --as-of {as_of}").json["units"]
    row = next(row for row in units if row["unit"] == "edu")
    assert (row["items_due"], row["late_returns"], row["unreported"]) == (1, late, unreported)


def test_a_late_return_is_judged_by_the_earliest_receipt_that_was_not_voided(office):
    office("progress add summary --unit edu -q Q2 --received 2020-07-08 --note early")
    office("progress add summary --unit edu -q Q2 --received 2020-07-13 --note again")
    assert office("units overdue --json --unit edu --reason late_return").json == []
    office("progress void 1 --reason mistaken")
    (row,) = office("units overdue --json --unit edu --reason late_return").json
    assert (row["days_overdue"], row["working_days_overdue"], row["due"]) == (3, 1, "2020-07-10")


def test_a_zero_report_is_a_report(office):
    office("progress add wat-river 0 --unit wat -q Q2 --received 2020-07-08")
    row = next(row for row in office("report quarter Q2 --json").json["units"] if row["unit"] == "wat")
    assert (row["items_reported"], row["zero_reports"]) == (1, 1)
    late = office("units overdue --json --unit wat --quarter Q2").json
    assert "wat-river" not in {row["item"] for row in late} and len(late) == 4
