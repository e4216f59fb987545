"""Entries, corrections, voids, reductions, totals and undos: what may be written, and what it does to the figures."""

import pytest

from tests.conftest import prepared


def cumulative(heard_by, item="raise", **options):
    rows = heard_by("report year --json --as-of 2020-12-31").json["targets"]
    return next(row["cumulative"] for row in rows if row["id"] == item and row["unit"] is None)


def last(heard_by):
    return heard_by("progress list --json").json[-1]


class TestReports:
    def test_a_write_echoes_date_quarter_and_the_three_figures_and_says_how_to_undo_it(self, office):
        office("progress add raise 100 --unit hsc --on 2020-02-01")
        said = office("progress add raise 600 --unit hsc --quarter Q2").out
        assert "2020-06-30" in said and "brought forward 100, this quarter 600, cumulative 700" in said
        assert "anju progress undo 2" in said and "Receipt" in said

    def test_the_receipt_names_the_filing_wherever_it_is_shown(self, office):
        filed = office("progress add raise 600 --unit hsc -q Q2 --json").json
        assert office("progress list --json").json[0]["receipt"] == filed["receipt"]
        assert office("report quarter Q2 --json").json["ledger"]["receipt"] == filed["receipt"]
        assert filed["filing"]["digest"].startswith(filed["receipt"].replace("-", ""))

    def test_what_was_said_is_kept_whole(self, office):
        office(
            "progress add raise 600 --unit hsc -q Q2 --received 2020-07-08 --via wechat --by 李四 --reference R1",
            *("--note", "首批 三个项目", "--evidence", "坪住保〔2020〕3号", "--project", "P-01"),
        )
        row = last(office)
        assert row == row | {
            "id": 1, "filing": 1, "item": "raise", "unit": "hsc", "project": "P-01", "quarter": "Q2", "on": "2020-06-30",
            "received_on": "2020-07-08", "by": "李四", "via": "wechat", "quantity": 600, "stated_total": None,
            "kind": "report", "corrects": None, "reason": None, "note": "首批 三个项目", "evidence": "坪住保〔2020〕3号",
            "reference": "R1",
        }  # fmt: skip

    @pytest.mark.parametrize(
        ("typed", "kept"),
        [("600", 600), ("６００", 600), ("4,713", 4713), ("0", 0), ("  12 ", 12), ("007", 7)],
    )
    def test_quantities_are_integers_full_width_digits_and_thousands(self, office, typed, kept):
        office("progress add raise --unit hsc -q Q2", typed)
        assert last(office)["quantity"] == kept

    def test_decimals_are_kept_exactly_where_the_measure_has_them(self, district):
        district("progress add invest 0.1 --unit tal --on 2020-02-01")
        district("progress add invest 0.2 --unit tal --on 2020-02-02")
        assert cumulative(district, "invest") == 0.3
        assert "no decimals" in district("progress add raise 1.5 --unit tal --on 2020-02-01", code=2).err
        assert "1 decimals" in district("progress add invest 1.55 --unit tal --on 2020-02-01", code=2).err

    def test_words_alone_report_and_count_nothing(self, office):
        office("progress add wat-river --unit wat -q Q2 --note none-this-quarter")
        assert last(office)["quantity"] is None
        assert "words alone" in office("progress add summary --unit wat -q Q2 --note fine").out

    def test_a_standing_duty_takes_words_and_any_of_them_meets_the_shared_row(self, office):
        assert "takes words" in office("progress add edu-standard 5 --unit edu -q Q2", code=4).err
        office("progress add edu-standard --unit edu -q Q2 --note issued --received 2020-07-08")
        assert office("units overdue --json --unit edu --quarter Q2").json == []

    def test_an_entry_before_the_year_counts_in_every_cumulative(self, office):
        assert "outside the plan year" in office("progress add raise 40 --unit hsc --on 2019-12-20", code=4).err
        office("progress add raise 40 --unit hsc --on 2019-12-20 --outside-year")
        assert last(office)["quarter"] == "before"
        first = office("report quarter Q1 --json").json["targets"][0]
        assert (first["quarter_quantity"], first["cumulative"]) == (0, 40)

    def test_an_entry_after_the_year_counts_only_at_an_as_of_after_it(self, office):
        office("progress add raise 40 --unit hsc --on 2021-01-05 --outside-year", today="2021-01-20")
        assert cumulative(office) == 0
        rows = office("report year --json --as-of 2021-01-06").json["targets"]
        assert rows[0]["cumulative"] == 40

    def test_a_receipt_after_today_is_taken_with_a_warning(self, office):
        said = office("progress add raise 1 --unit hsc --on 2020-07-15 --received 2020-08-01").err
        assert said == "warning: the day of receipt 2020-08-01 is after today\n"

    @pytest.mark.parametrize(
        "option",
        [
            pytest.param("--on 2020-07-16", id="said"),
            pytest.param("--on 2021-01-05 --outside-year", id="after the year"),
            pytest.param("-q Q3 --received 2020-09-10", id="of a quarter, by the day of receipt"),
            pytest.param("-q Q3 --received 2020-10-05", id="of a quarter, by its last day"),
        ],
    )
    def test_work_that_is_still_to_come_is_not_reported(self, office, option):
        refused = office(f"progress add raise 1 --unit hsc {option}", code=4)
        assert "is after today, 2020-07-15" in refused.err
        assert office("progress list --json").json == []


class TestWhoMayReport:
    @pytest.mark.parametrize(
        ("item", "unit", "said"),
        [
            pytest.param("wat-river", "edu", "these may: wat", id="not named on the item"),
            pytest.param("sub-support", "sub", "sub-pingshan", id="a collective, naming its members"),
            pytest.param("subsidy-coverage", "hsc", "computed from subsidy and subsidy-eligible", id="derived"),
            pytest.param("hsc-raise", "hsc", "anju progress add raise", id="through a target"),
        ],
    )
    def test_anyone_else_is_refused_naming_who_may(self, office, item, unit, said):
        assert said in office(f"progress add {item} 5 --unit {unit} -q Q2 --note x", code=4).err
        assert office("progress list --json").json == []

    def test_a_parent_is_refused_naming_its_children(self, district):
        assert "reno-north, reno-south" in district("progress add reno 5 --unit hsc -q Q2", code=4).err

    def test_assists_and_members_may(self, office):
        office("progress add raise 5 --unit tal -q Q2")
        office("progress add sub-support --unit sub-longtian -q Q2 --note helped")
        office("progress add subsidy-eligible 2 --unit civ -q Q2")

    def test_of_an_allocated_target_the_units_with_a_part(self, district):
        district("progress add raise 5 --unit tal -q Q2")
        assert "these may: hsc, tal" in district("progress add raise 5 --unit wat -q Q2", code=4).err

    def test_with_reported_by_lead_the_lead_alone(self, anju, tmp_path):
        from tests.conftest import ROOT

        text = (ROOT / "data" / "plan_2020.yaml").read_text(encoding="utf-8")
        plan = tmp_path / "lead.yaml"
        plan.write_text(text.replace("    goal: 4713\n", "    goal: 4713\n    reported_by: lead\n"), encoding="utf-8")
        anju(f"init --plan {plan}")
        anju("progress add raise 1200 --unit hsc -q Q2")
        assert "these may: hsc" in anju("progress add raise 300 --unit tal -q Q2", code=4).err
        assert cumulative(anju) == 1200


class TestCorrections:
    @prepared
    def reported(self, office):
        office("progress add raise 600 --unit hsc -q Q2 --received 2020-07-08")
        office("progress add raise 70 --unit tal -q Q2 --received 2020-07-08")
        return office

    def test_a_correction_states_the_right_value_and_stores_the_difference(self, reported):
        reported("progress correct 1 620 --reason typo")
        row = last(reported)
        assert (row["quantity"], row["kind"], row["corrects"], row["on"], row["received_on"]) == (
            20, "correction", 1, "2020-06-30", "2020-07-08",
        )  # fmt: skip
        assert cumulative(reported) == 690

    def test_an_entry_is_corrected_once_and_its_successor_named_after_that(self, reported):
        reported("progress correct 1 620 --reason typo")
        refused = reported("progress correct 1 630 --reason again", code=4)
        assert "entry 3" in refused.err
        reported("progress correct 3 630 --reason again")
        assert cumulative(reported) == 700

    def test_a_void_takes_the_whole_chain_out_and_ends_it(self, reported):
        reported("progress correct 1 620 --reason typo")
        reported("progress void 3 --reason wrong-unit")
        assert last(reported)["quantity"] == -620
        assert cumulative(reported) == 70
        assert "ends a chain" in reported("progress correct 4 5 --reason x", code=4).err
        assert "ends a chain" in reported("progress void 4 --reason x", code=4).err

    def test_voided_entries_stay_in_the_list_with_the_reason(self, reported):
        reported("progress void 1 --reason wrong-unit")
        rows = reported("progress list --json").json
        assert [row["kind"] for row in rows] == ["report", "report", "void"]
        assert (rows[0]["corrected_by"], rows[2]["reason"]) == (3, "wrong-unit")
        assert [row["id"] for row in reported("progress show 3 --json").json] == [1, 3]

    def test_a_voided_report_is_no_report(self, reported):
        reported("progress void 1 --reason wrong-unit")
        unit = next(row for row in reported("report quarter Q2 --json").json["units"] if row["unit"] == "hsc")
        assert unit["items_reported"] == 0

    def test_a_corrected_figure_is_marked_restated(self, reported):
        assert reported("report quarter Q2 --json").json["targets"][0]["restated"] is False
        reported("progress correct 1 620 --reason typo")
        assert reported("report quarter Q2 --json").json["targets"][0]["restated"] is True

    def test_words_alone_are_voided_and_added_again_not_corrected(self, office):
        office("progress add summary --unit edu -q Q2 --note fine")
        assert "void it" in office("progress correct 1 5 --reason x", code=4).err
        office("progress void 1 --reason x")
        assert last(office)["quantity"] is None

    @pytest.mark.parametrize(
        ("line", "code"),
        [
            ("progress correct 9 5 --reason x", 2),
            ("progress void 9 --reason x", 2),
            ("progress void x --reason x", 2),
            ("progress void 1", 2),
            ("progress correct 1 5", 2),
            ("progress correct 1 --reason x", 2),
            ("progress correct 1 5 --total 5 --reason x", 2),
            ("progress correct 1 600 --reason same", 4),
            ("progress correct 1 --total 600 --reason same", 4),
        ],
    )
    def test_what_names_nothing_or_says_nothing_is_refused(self, reported, line, code):
        reported(line, code=code)
        assert len(reported("progress list --json").json) == 2

    def test_a_level_is_corrected_as_a_level(self, office):
        office("progress add ms-q1-survey 60 --unit hsc --on 2020-02-20")
        office("progress add ms-q1-survey 100 --unit hsc --on 2020-03-30")
        office("progress correct 1 40 --reason misread")
        levels = [row["quantity"] for row in office("progress list --json").json]
        assert levels == [60, 40, -20, 20]
        assert "at most 100" in office("progress correct 3 140 --reason x", code=4).err


class TestReductions:
    def test_a_reduction_is_a_decrease_in_the_present(self, office):
        office("progress add raise 600 --unit hsc -q Q2")
        office("progress reduce raise 36 --unit hsc --on 2020-07-14 --reason not-accepted")
        row = last(office)
        assert (row["quantity"], row["quarter"], row["kind"], row["reason"]) == (-36, "Q3", "report", "not-accepted")
        assert office("report quarter Q2 --json").json["targets"][0]["cumulative"] == 600

    @pytest.mark.parametrize(
        ("line", "code"),
        [
            pytest.param("progress reduce raise 601 --unit hsc --on 2020-07-14 --reason x", 4, id="below 0"),
            pytest.param("progress reduce raise 6 --unit hsc --on 2020-02-14 --reason x", 4, id="before it was there"),
            pytest.param("progress reduce raise 6 --unit tal --on 2020-07-14 --reason x", 4, id="of another's"),
            pytest.param("progress reduce raise 0 --unit hsc --on 2020-07-14 --reason x", 4, id="of nothing"),
            pytest.param("progress reduce ms-q1-survey 5 --unit hsc --on 2020-07-14 --reason x", 4, id="of a level"),
            pytest.param("progress reduce edu-standard 5 --unit edu --on 2020-07-14 --reason x", 4, id="of words"),
            pytest.param("progress reduce raise 6 --unit hsc --on 2020-07-14", 2, id="without a reason"),
        ],
    )
    def test_a_cumulative_never_falls_below_0(self, office, line, code):
        office("progress add raise 600 --unit hsc -q Q2")
        office(line, code=code)
        assert len(office("progress list --json").json) == 1

    def test_a_void_or_correction_that_would_take_it_below_0_is_refused_too(self, office):
        office("progress add raise 600 --unit hsc -q Q2")
        office("progress reduce raise 36 --unit hsc --on 2020-07-14 --reason x")
        assert "below 0" in office("progress void 1 --reason x", code=4).err
        assert "below 0" in office("progress correct 1 30 --reason x", code=4).err


class TestTotals:
    def test_a_total_books_what_is_missing_and_keeps_what_was_stated(self, office):
        office("progress add raise 100 --unit hsc --on 2020-02-01")
        office("progress add raise 50 --unit tal --on 2020-02-01")
        office("progress add raise --total 700 --unit hsc -q Q2")
        assert (last(office)["quantity"], last(office)["stated_total"]) == (600, 700)
        assert cumulative(office) == 750

    def test_a_total_of_a_project_is_that_projects(self, office):
        office("progress add raise 100 --unit hsc --on 2020-02-01 --project A")
        office("progress add raise 50 --unit hsc --on 2020-02-01 --project B")
        office("progress add raise --total 120 --unit hsc -q Q2 --project A")
        assert last(office)["quantity"] == 20

    def test_a_total_below_the_sum_needs_a_reason(self, office):
        office("progress add raise 100 --unit hsc --on 2020-02-01")
        assert "--reason" in office("progress add raise --total 90 --unit hsc -q Q2", code=4).err
        office("progress add raise --total 90 --unit hsc -q Q2 --reason recount")
        assert cumulative(office) == 90

    @prepared
    def stated(self, office):
        """500 stated for the end of June, 800 for 10 July."""
        office("progress add raise --total 500 --unit hsc -q Q2")
        office("progress add raise --total 800 --unit hsc --on 2020-07-10")
        return office

    def test_a_write_into_the_past_that_moves_a_later_total_asks(self, stated):
        refused = stated("progress add raise 40 --unit hsc --on 2020-05-01", code=4)
        assert "2020-06-30 500" in refused.err and "--keep-later" in refused.err and "--shift-later" in refused.err
        assert len(stated("progress list --json").json) == 2

    def test_keep_later_corrects_the_next_stated_entry_by_the_opposite_in_the_same_filing(self, stated):
        filed = stated("progress add raise 40 --unit hsc --on 2020-05-01 --keep-later --json").json
        assert [(row["quantity"], row["kind"], row["stated_total"]) for row in filed["entries"]] == [
            (40, "report", None),
            (-40, "correction", 500),
        ]
        assert cumulative(stated) == 800
        assert stated("ledger verify").out == ""

    def test_shift_later_lets_them_move_and_verify_lists_those_that_no_longer_hold(self, stated):
        heard = stated("progress add raise 40 --unit hsc --on 2020-05-01 --shift-later")
        assert "no longer holds" in heard.err
        assert cumulative(stated) == 840
        faults = stated("ledger verify --json", code=1).json
        assert [(row["check"], row["row"]) for row in faults] == [("stated_total", 1), ("stated_total", 2)]
        assert "500 was stated, 540 stands" in faults[0]["found"]

    @pytest.mark.parametrize(
        "line",
        [
            "progress void 3 --reason x",
            "progress correct 3 90 --reason x",
            "progress undo 3",
        ],
    )
    def test_every_kind_of_write_asks(self, office, line):
        office("progress add raise --total 500 --unit hsc -q Q2")
        office("progress void 1 --reason x")
        office("progress add raise 100 --unit hsc --on 2020-05-01")
        office("progress add raise --total 500 --unit hsc -q Q2")
        assert "--keep-later" in office(line, code=4).err
        office(f"{line} --keep-later")
        assert cumulative(office) == 500

    def test_an_entry_on_the_same_day_leaves_the_earlier_total_alone(self, stated):
        stated("progress add raise 40 --unit hsc -q Q2 --additional --keep-later")
        assert stated("ledger verify").out == ""

    def test_another_units_entries_move_nothing(self, stated):
        stated("progress add raise 40 --unit tal --on 2020-05-01")
        assert cumulative(stated) == 840

    def test_keep_and_shift_exclude_each_other(self, stated):
        stated("progress add raise 40 --unit hsc --on 2020-05-01 --keep-later --shift-later", code=2)

    def test_the_total_of_a_stated_entry_is_corrected_as_a_total(self, stated):
        stated("progress correct 2 --total 820 --reason misread")
        assert (last(stated)["quantity"], last(stated)["stated_total"]) == (20, 820)
        assert stated("ledger verify").out == ""


class TestMilestones:
    def test_done_is_a_level_of_100(self, office):
        office("progress add ms-q1-survey --done --unit hsc --on 2020-03-30")
        assert (last(office)["quantity"], last(office)["stated_total"]) == (100, 100)

    @pytest.mark.parametrize(
        "line", ["ms-q1-survey 101", "raise --done", "ms-q1-survey 60 --done", "raise 5 --total 5"]
    )
    def test_above_100_or_done_where_it_means_nothing_is_refused(self, office, line):
        assert office(f"progress add {line} --unit hsc --on 2020-03-30", code=None).code in (2, 4)
        assert office("progress list --json").json == []

    def test_a_level_in_the_past_leaves_later_levels_as_they_were(self, office):
        office("progress add ms-q1-survey 100 --unit hsc --on 2020-03-30")
        office("progress add ms-q1-survey 60 --unit hsc --on 2020-02-20")
        (row,) = [row for row in office("report quarter Q1 --json").json["milestones"] if row["id"] == "ms-q1-survey"]
        assert (row["completion_rate"], row["done_on"]) == (100.0, "2020-03-30")

    def test_done_on_is_the_first_date_from_which_it_stays_at_100(self, office):
        office("progress add ms-q1-survey 100 --unit hsc --on 2020-03-20")
        office("progress add ms-q1-survey 80 --unit hsc --on 2020-03-25 --reason reopened")
        office("progress add ms-q1-survey 100 --unit hsc --on 2020-04-02")
        (row,) = [
            row
            for row in office("report quarter Q1 --json --as-of 2020-04-20").json["milestones"]
            if row["id"] == "ms-q1-survey"
        ]
        assert (row["status"], row["done_on"], row["days_overdue"], row["working_days_overdue"]) == (
            "done_late",
            "2020-04-02",
            2,
            2,
        )
        (row,) = [
            row
            for row in office("report quarter Q1 --json --as-of 2020-04-01").json["milestones"]
            if row["id"] == "ms-q1-survey"
        ]
        assert (row["status"], row["days_overdue"]) == ("overdue", 1)

    def test_one_that_is_laid_on_each_is_done_when_every_body_is(self, district):
        for unit in ("hsc", "tal", "wat", "sub-east"):
            district(f"progress add three-duty 100 --unit {unit} --on 2020-03-01")
        row = next(row for row in district("report year --json").json["milestones"] if row["id"] == "three-duty")
        assert (row["status"], row["completion_rate"], row["done_on"]) == ("undated", 80.0, None)
        district("progress add three-duty 100 --unit sub-west --on 2020-05-04")
        row = next(row for row in district("report year --json").json["milestones"] if row["id"] == "three-duty")
        assert (row["status"], row["completion_rate"], row["done_on"]) == ("done", 100.0, "2020-05-04")

    def test_it_is_owed_until_the_quarter_in_which_it_is_done(self, office):
        def due(quarter):
            units = office(f"report quarter {quarter} --json --as-of 2020-12-31").json["units"]
            return next(row["items_due"] for row in units if row["unit"] == "drc")

        assert [due(quarter) for quarter in ("Q1", "Q2", "Q3")] == [3, 3, 3]
        office("progress add drc-invest-draft --done --unit drc --on 2020-05-01")
        assert [due(quarter) for quarter in ("Q1", "Q2", "Q3")] == [3, 3, 2]


class TestUndo:
    def test_undo_takes_back_the_last_filing_in_a_new_one(self, office):
        office("progress add raise 100 --unit hsc --on 2020-02-01")
        office("progress add raise 600 --unit hsc -q Q2")
        office("progress undo")
        rows = office("progress list --json").json
        assert [(row["filing"], row["quantity"], row["kind"]) for row in rows] == [
            (1, 100, "report"), (2, 600, "report"), (3, -600, "void"),
        ]  # fmt: skip
        assert cumulative(office) == 100

    def test_undo_reverses_a_correction(self, office):
        office("progress add raise 100 --unit hsc --on 2020-02-01")
        office("progress correct 1 90 --reason x")
        office("progress undo 2")
        assert cumulative(office) == 100
        office("progress correct 3 80 --reason y")
        assert cumulative(office) == 80

    def test_undo_of_a_filing_with_a_kept_total_restores_both(self, office):
        office("progress add raise --total 500 --unit hsc -q Q2")
        office("progress add raise 40 --unit hsc --on 2020-05-01 --keep-later")
        office("progress undo")
        assert cumulative(office) == 500
        assert office("ledger verify").out == ""
        assert office("report quarter Q1 --json").json["targets"][0]["cumulative"] == 0

    @pytest.mark.parametrize(
        ("line", "code", "said"),
        [
            pytest.param("progress undo 1", 4, "entry 2", id="what was corrected since"),
            pytest.param("progress undo 9", 2, "no such filing", id="what is not there"),
            pytest.param("progress undo x", 2, "no such filing", id="what is no number"),
        ],
    )
    def test_undo_refuses(self, office, line, code, said):
        office("progress add raise 100 --unit hsc --on 2020-02-01")
        office("progress correct 1 90 --reason x")
        assert said in office(line, code=code).err

    def test_an_undo_is_not_undone_but_added_again(self, office):
        office("progress add raise 100 --unit hsc --on 2020-02-01")
        office("progress undo")
        assert "add the entry again" in office("progress undo", code=4).err

    def test_with_nothing_filed_there_is_nothing_to_undo(self, office):
        office("progress undo", code=2)


class TestReferences:
    def test_the_same_reference_and_content_is_answered_with_what_was_recorded(self, office):
        first = office("progress add raise 5 --unit hsc -q Q2 --reference R --json").json
        again = office("progress add raise 5 --unit hsc -q Q2 --reference R --json", today="2020-07-16").json
        assert (again["already"], again["receipt"], again["filing"]["id"]) == (True, first["receipt"], 1)
        assert len(office("progress list --json").json) == 1

    @pytest.mark.parametrize(
        "line",
        [
            "raise 6 --unit hsc -q Q2",
            "raise 5 --unit tal -q Q2",
            "raise --total 5 --unit hsc -q Q2",
            "raise 5 --unit hsc -q Q2 --note n",
        ],
    )
    def test_another_content_is_refused_showing_both(self, office, line):
        office("progress add raise 5 --unit hsc -q Q2 --reference R")
        refused = office(f"progress add {line} --reference R", code=4)
        assert "recorded: raise hsc" in refused.err and "now: raise" in refused.err
        assert len(office("progress list --json").json) == 1

    def test_a_total_is_retried_as_a_total(self, office):
        for _ in range(2):
            office("progress add raise --total 5 --unit hsc -q Q2 --reference R")
        assert cumulative(office) == 5

    def test_a_reduction_is_retried_once_too(self, office):
        office("progress add raise 5 --unit hsc -q Q2")
        for _ in range(2):
            office("progress reduce raise 2 --unit hsc --on 2020-07-14 --reason x --reference R")
        assert cumulative(office) == 3


class TestDryRun:
    @pytest.mark.parametrize(
        "line",
        [
            "progress add raise 5 --unit hsc -q Q2",
            "progress correct 1 90 --reason x",
            "progress void 1 --reason x",
            "progress reduce raise 5 --unit hsc --on 2020-07-14 --reason x",
            "progress undo",
        ],
    )
    def test_it_goes_through_the_whole_write_and_writes_nothing(self, office, line):
        office("progress add raise 100 --unit hsc --on 2020-02-01")
        before = office("progress list --json").json
        heard = office(f"{line} --dry-run")
        assert "nothing was written" in heard.out and "undo" not in heard.out.lower().replace("progress undo", "")
        assert office("progress list --json").json == before

    def test_it_refuses_what_the_write_would_refuse(self, office):
        office("progress add wat-river 5 --unit edu -q Q2 --dry-run", code=4)


class TestKnownAt:
    def test_an_earlier_state_is_reproduced_by_filing_and_by_moment(self, office):
        office("progress add raise 100 --unit hsc --on 2020-02-01")
        office("progress add raise 50 --unit hsc --on 2020-02-01")
        rows = office("progress list --json").json

        def known(at):
            report = office(f"report quarter Q1 --json --known-at {at}").json
            return report["targets"][0]["cumulative"], report["ledger"]["last_filing"]

        assert known("1") == (100, 1)
        assert known(rows[0]["recorded_at"]) == (100, 1)
        assert known(rows[1]["recorded_at"]) == (150, 2)
        assert known("2099-01-01") == (150, 2)

    @pytest.mark.parametrize(
        ("at", "said"), [("9", "no such filing"), ("yesterday", "no such moment"), ("1999-01-01", "not yet recorded")]
    )
    def test_a_moment_that_cannot_be_read_or_is_too_early_is_refused(self, office, at, said):
        assert said in office(f"report quarter Q1 --known-at {at}", code=2).err

    def test_a_clock_that_steps_back_leaves_the_order_and_is_said(self, office, monkeypatch):
        from datetime import UTC, datetime

        from anju_cli import clock

        office("progress add raise 100 --unit hsc --on 2020-02-01")
        monkeypatch.setattr(clock, "now", lambda: datetime(2001, 1, 1, tzinfo=UTC))
        assert "clock" in office("progress add raise 50 --unit hsc --on 2020-02-01").err
        first, second = (row["recorded_at"] for row in office("progress list --json").json)
        assert second > first


def test_a_quota_above_its_whole_is_told_of_whatever_files_it(office, tmp_path):
    told = "complete-final now counts 50, more than complete, which it is part of: 10"
    office("progress add complete 10 --unit hsc -q Q2")
    assert told not in office("progress add complete-final 5 --unit hsc -q Q2").err
    assert told in office("progress correct 2 50 --reason typo").err
    office("progress undo")
    (tmp_path / "r.csv").write_text("任务编号,本期完成,进展情况\ncomplete-final,45,好\n", encoding="utf-8")
    assert told in office(f"progress import {tmp_path / 'r.csv'} -u hsc -q Q2 --additional").err
