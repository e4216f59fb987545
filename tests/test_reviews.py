"""The assessment of a quarter: its states, the lock, what may come after it, the deadline of the bulletin."""

import json
import os
import sqlite3

import pytest
from docx import Document

from tests.conftest import ROOT, prepared, process
from tests.processes import at_once

CLOSE = "--on 2020-07-20 --document 坪安居办〔2020〕9号"
RESTATE = "--restate --reason found-by-audit --document 坪安居办〔2020〕12号"


def locked_q2(office):
    """Q2 with 2400 of 4713 homes raised, its data locked on 15 July."""
    office("progress add raise 2064 --unit hsc -q Q2 --received 7-8")
    office("progress add raise 336 --unit tal -q Q2 --received 7-9")
    office("review open Q2")
    office("review lock Q2")
    return office


@prepared
def locked(office):
    return locked_q2(office)


@prepared
def closed(locked):
    locked("review result all met", today="2020-07-20")
    locked(f"review close Q2 {CLOSE}", today="2020-07-20")
    return locked


def raised(heard, quarter="Q2", *options, **variables):
    row = heard(f"report quarter {quarter} --json", *options, **variables).json["targets"][0]
    return row["quarter_quantity"], row["cumulative"], row["completion_rate"]


class TestStates:
    """Open, locked, closed; each step in its place, and what comes first is named."""

    @pytest.mark.parametrize(
        ("before", "line", "said"),
        [
            ([], "review lock Q2", "review open Q2"),
            ([], "review reopen Q2 --reason x --document d", "review open Q2"),
            ([], "review close Q2 --on 7-14 --document d", "review open Q2"),
            ([], "review result hsc met", "no quarter is locked"),
            (["review open Q2"], "review open Q2", "open already"),
            (["review open Q2"], "review close Q2 --on 7-14 --document d", "review lock Q2"),
            (["review open Q2"], "review result hsc met -q Q2", "not locked"),
            (["review open Q2"], "review bulletin Q2 --number n --recipients r", "review lock Q2"),
            (["review open Q3"], "review lock Q3", "not over before 2020-09-30"),
            (["review open Q2", "review lock Q2"], "review lock Q2", "review reopen Q2"),
            (["review open Q2", "review lock Q2"], "review open Q2", "review reopen Q2"),
            (["review open Q2", "review lock Q2"], "review bulletin Q2 --number n --recipients r", "review close Q2"),
            (
                ["review open Q2", "review lock Q2"],
                "review close Q2 --on 7-15 --document d",
                "units without a result: 18",
            ),
            (
                ["review open Q2", "review lock Q2", "review result all met"],
                "review result all met",
                "every unit has a result",
            ),
            (
                ["review open Q2", "review lock Q2", "review result all met"],
                "review close Q2 --on 6-30 --document d",
                "before its quarter did",
            ),
            (
                ["review open Q2", "review lock Q2", "review result all met"],
                "review close Q2 --on 7-16 --document d",
                "after today",
            ),
        ],
    )
    def test_a_step_out_of_its_place_is_refused_and_what_comes_first_is_named(self, office, before, line, said):
        for each in before:
            office(each)
        events = [row["what"] for row in office("ledger log --json").json]
        assert said in "".join((heard := office(line, code=4)).err + heard.out)
        assert [row["what"] for row in office("ledger log --json").json] == events

    def test_a_closed_review_takes_neither_results_nor_another_close(self, closed):
        assert "closed" in closed("review result hsc met -q Q2", code=4).err
        assert "closed" in closed("review close Q2 --on 7-14 --document d", code=4).err
        assert "closed" in closed("review confirm hsc -q Q2", code=4).err

    def test_a_dry_run_writes_nothing(self, office):
        office("review open Q2")
        assert "Dry run" in office("review lock Q2 --dry-run").out
        assert office("review list --json").json[1]["state"] == "open"
        assert office("report quarter Q2 --json").json["ledger"]["seal"] is None

    def test_blank_words_are_refused(self, closed):
        assert "--document" in closed("review reopen Q2 --reason x --document", " ", code=2).err
        assert "--number" in closed("review bulletin Q2 --recipients x --number", " ", code=2, today="2020-07-20").err


class TestResults:
    """People type them; nothing is computed."""

    @pytest.mark.parametrize(("typed", "kept"), [
        ("met", "met"), ("完成任务进度", "met"), ("not-met", "not_met"), ("NOT_MET", "not_met"), ("未完成任务进度", "not_met"),
    ])  # fmt: skip
    def test_a_result_is_typed_as_a_code_or_in_the_official_words(self, locked, typed, kept):
        assert locked(f"review result hsc {typed} --json").json["events"][0]["result"] == kept

    def test_no_result_stands_before_it_is_typed_and_the_last_one_counts(self, locked):
        assert {row["result"] for row in locked("review show Q2 --json").json["results"]} == {None}
        locked("review result hsc not-met --note behind")
        locked("review result hsc met")
        results = {row["unit"]: row["result"] for row in locked("review show Q2 --json").json["results"]}
        assert results.pop("hsc") == "met" and set(results.values()) == {None}

    @pytest.mark.parametrize(("line", "code", "said"), [
        ("review result hsc good", 2, "no such result"),
        ("review result sub-longtian met", 4, "assessed as part of sub"),
        ("review result lgo met", 4, "not a member unit"),
        ("review result nobody met", 2, "nobody"),
    ])  # fmt: skip
    def test_results_are_of_the_eighteen_units_and_in_known_words(self, locked, line, code, said):
        assert said in locked(line, code=code).err

    def test_with_several_quarters_locked_it_must_be_said_which(self, locked):
        locked("review open Q1")
        locked("review lock Q1")
        assert "several quarters" in locked("review result hsc met", code=2).err
        locked("review result hsc met -q Q1")
        assert [row["met"] for row in locked("review list --json").json] == [1, 0, 0, 0]

    def test_the_evidence_of_a_unit_is_frozen_with_its_result(self, office):
        locked_q2(office)
        office("review result all met")
        rows = {row["unit"]: row for row in office("review show Q2 --json").json["results"]}
        assert (rows["hsc"]["overdue"], rows["hsc"]["late_return"]) == (2, 0) and rows["hsc"]["behind"] == 2
        with sqlite3.connect(os.environ["ANJU_DB"]) as raw:
            (kept,) = raw.execute(
                "SELECT evidence FROM review_event WHERE unit = 'hsc' AND event = 'result'"
            ).fetchone()
        assert {"overdue", "behind"} <= {row["reason"] for row in json.loads(kept)}

    def test_confirmations_and_objections_are_kept(self, locked):
        locked("review confirm hsc")
        locked("review confirm tal --objection", "36 homes missing")
        assert locked("review list --json").json[1]["objections"] == 1
        facts = locked("review facts tal --json").json
        assert [row["words"] for row in facts if row["kind"] == "objection"] == ["36 homes missing"]

    def test_facts_are_gathered_and_nothing_is_concluded_of_them(self, closed):
        rows = closed("review facts hsc --json").json
        assert {row["kind"] for row in rows} <= {
            "result",
            "objection",
            "overdue",
            "behind",
            "unreported",
            "late_return",
        }
        assert [row["result"] for row in rows if row["kind"] == "result"] == ["met"]
        assert all(row["frozen"] for row in rows if row["quarter"] == "Q2")
        assert not any(row["frozen"] for row in rows if row["quarter"] == "Q1")
        assert "not weighed" in closed("review facts hsc").out
        assert "not a member unit" in closed("review facts lgo", code=4).err


class TestDeadline:
    """Ten working days after the day the assessment ended, that day not counted; before, provisional from the 20th."""

    def test_it_is_provisional_until_the_assessment_has_ended(self, locked):
        row = locked("review list --json").json[1]
        assert (row["bulletin_deadline"], row["bulletin_provisional"]) == ("2020-08-03", True)
        assert "(provisional)" in locked("review show Q2").out

    def test_it_is_counted_from_the_day_the_assessment_ended(self, locked):
        locked("review result all met", today="2020-07-24")
        said = locked("review close Q2 --on 2020-07-17 --document d", today="2020-07-24").out
        assert "Bulletin by 2020-07-31" in said
        row = locked("calendar Q2 --json", today="2020-07-24").json[0]
        assert (row["bulletin_deadline"], row["bulletin_provisional"]) == ("2020-07-31", False)
        dates = {each["what"]: each["on"] for each in locked("status --json", today="2020-07-24").json["next"]}
        assert dates["bulletin_due"] == "2020-07-31"

    def test_the_make_up_days_of_the_national_holiday_count(self, office):
        """Ended 24 September 2020: 25, 27 (a working Sunday), 28, 29, 30; 1-8 October off; 9, 10 (a working Saturday), 12, 13, 14."""
        office("review open Q2")
        office("review lock Q2")
        office("review result all met", today="2020-09-24")
        assert "Bulletin by 2020-10-14" in office("review close Q2 --on 9-24 --document d", today="2020-09-24").out

    def test_a_bulletin_is_overdue_when_late_or_missing(self, closed):
        def overdue(today):
            return closed("review list --json", today=today).json[1]["bulletin_overdue"]

        assert not overdue("2020-08-03") and overdue("2020-08-04")
        assert "Overdue" in closed("review list", today="2020-08-04").out
        assert "before the assessment ended" in closed(
            "review bulletin Q2 --number 坪安居办〔2020〕10号 --recipients 各成员单位 --on 7-17", today="2020-08-03", code=4
        ).err  # fmt: skip
        closed("review bulletin Q2 --number 坪安居办〔2020〕10号 --recipients 各成员单位 --on 8-3", today="2020-08-06")
        assert not overdue("2020-09-01")
        row = closed("review list --json").json[1]
        assert (row["bulletin"], row["bulletin_on"]) == ("坪安居办〔2020〕10号", "2020-08-03")
        assert "坪安居办〔2020〕10号" in closed("report quarter Q2").out
        second = "review bulletin Q2 --number 坪安居办〔2020〕11号 --recipients 各成员单位 --on 8-4"
        assert "already" in closed(second, today="2020-08-06", code=4).err

    def test_a_bulletin_after_its_deadline_stays_overdue(self, closed):
        closed("review bulletin Q2 --number 坪安居办〔2020〕11号 --recipients 各成员单位 --on 8-4", today="2020-08-06")
        assert closed("review list --json", today="2020-09-01").json[1]["bulletin_overdue"]

    def test_a_year_not_yet_published_has_no_deadline(self, anju, tmp_path):
        text = (ROOT / "data" / "plan_2020.yaml").read_text(encoding="utf-8")
        plan = tmp_path / "far.yaml"
        plan.write_text(text.replace("2020", "2090"), encoding="utf-8")
        anju(f"init --plan {plan}", today="2090-07-15")
        assert anju("review list --json", today="2090-07-15").json[1]["bulletin_deadline"] is None


class TestAfterTheLock:
    """The worked case `After closing`: plain is refused; carried it counts in Q3; restated it changes what was circulated."""

    LINE = "progress add raise 36 --unit tal --on 2020-06-28"

    def test_figures_of_a_locked_quarter_are_refused_with_the_two_ways_on(self, closed):
        heard = closed(self.LINE, today="2020-07-23", code=4)
        assert "--carry" in heard.err and "--restate --reason TEXT --document NUMBER" in heard.err
        assert raised(closed, today="2020-07-23") == (2400, 2400, 50.9)

    def test_carried_it_counts_in_the_open_quarter_and_is_kept_as_of_the_locked_one(self, closed):
        assert (
            closed(f"{self.LINE} --carry --dry-run --json", today="2020-07-23").json["entries"][0]["carried_for"]
            == "Q2"
        )
        assert "kept as for Q2" in closed(f"{self.LINE} --carry", today="2020-07-23").err
        assert "late report of Q2" in closed("progress list").out
        assert raised(closed, today="2020-07-23") == (2400, 2400, 50.9)
        assert raised(closed, "Q2", "--now", today="2020-07-23") == (2400, 2400, 50.9)
        assert raised(closed, "Q3", today="2020-07-23")[:2] == (36, 2436)
        row = closed("progress list --json").json[-1]
        assert (row["quarter"], row["on"], row["carried_for"], row["restated_by"]) == ("Q3", "2020-07-23", "Q2", None)

    def test_restated_the_circulated_version_stays_and_says_so(self, closed):
        closed(f"{self.LINE} {RESTATE}", today="2020-07-23")
        assert raised(closed, today="2020-07-23") == (2400, 2400, 50.9)
        assert raised(closed, "Q2", "--now", today="2020-07-23") == (2436, 2436, 51.7)
        assert "Restated since, filings: 1" in closed("report quarter Q2", today="2020-07-23").out
        assert closed("progress list --json").json[-1]["restated_by"] == "坪安居办〔2020〕12号"
        assert closed("report quarter Q2 --json").json["circulated"]["restated"] == 1
        assert closed("report quarter Q2 --json --now").json["circulated"] is None

    def test_known_at_the_lock_it_is_the_circulated_version_again(self, closed):
        frozen = closed("report quarter Q2 --json", today="2020-07-23").json
        closed(f"{self.LINE} {RESTATE}", today="2020-07-23")
        closed("progress correct 1 2000 --reason typo --restate --document d", today="2020-07-23")
        at = frozen["circulated"]["frozen_at"]
        again = closed(f"report quarter Q2 --json --known-at {at}", today="2020-12-01").json
        # The seal of the lock covers the version itself: the page names it, the moment before did not know it.
        later = {"circulated": None, "ledger": None}
        assert again | later == frozen | later
        assert again["ledger"]["receipt"] == frozen["ledger"]["receipt"]
        assert raised(closed, "Q2", "--known-at", at)[1] == 2400
        assert closed("ledger verify").out == ""

    def test_words_alone_are_a_late_return_and_change_nothing(self, closed):
        closed("progress add wat-river --unit wat -q Q2 --note none --received 7-18", today="2020-07-23")
        assert raised(closed, "Q2", "--now")[1] == 2400
        late = closed("units overdue --json --unit wat --quarter Q2", today="2020-07-23").json
        assert [row["reason"] for row in late if row["item"] == "wat-river"] == ["late_return"]

    @pytest.mark.parametrize(
        "line",
        [
            "progress correct 1 2000 --reason x", "progress void 1 --reason x", "progress undo 1",
            "progress add raise 5 --unit hsc -q Q2", "progress add raise 0 --unit hsc -q Q2",
            "progress add raise 5 --unit hsc -q Q1", "progress add raise 2100 --total 2100 --unit hsc -q Q2",
            "progress reduce raise 5 --unit hsc --on 6-30 --reason x", "progress add raise 5 --unit hsc --on 2019-12-20 --outside-year",
            "progress add drc-invest-draft --done --unit drc --on 6-20",
        ],
    )  # fmt: skip
    def test_every_write_that_would_change_a_locked_figure_is_refused(self, closed, line):
        line = line.replace("2100 --total 2100", "--total 2100")
        before = len(closed("progress list --json").json)
        assert "locked" in closed(line, today="2020-07-23", code=4).err
        assert len(closed("progress list --json").json) == before

    def test_the_void_of_a_return_in_words_is_refused_too(self, office):
        office("progress add wat-river --unit wat -q Q2 --note none --received 7-8")
        locked_q2(office)
        assert "locked" in office("progress void 1 --reason x", code=4).err
        assert "no figure to carry" in office("progress void 1 --reason x --carry", code=4).err
        office("progress void 1 --reason x --restate --document d")

    @pytest.mark.parametrize(
        ("options", "code", "said"),
        [
            ("--carry --restate --reason x --document d", 2, "exclude each other"),
            ("--restate", 2, "needs --reason and --document"),
            ("--restate --reason x", 2, "needs --reason and --document"),
            ("--document d", 2, "goes with --carry or --restate"),
        ],
    )
    def test_the_two_ways_are_asked_for_whole(self, closed, options, code, said):
        assert said in closed(f"{self.LINE} {options}", today="2020-07-23", code=code).err

    @pytest.mark.parametrize("option", ["--carry", "--restate --reason x --document d"])
    def test_what_is_not_locked_is_neither_carried_nor_restated(self, closed, option):
        assert "nothing here is of a locked quarter" in closed(
            f"progress add raise 5 --unit hsc --on 7-22 {option}", today="2020-07-23", code=4
        ).err  # fmt: skip

    def test_a_carried_return_is_late_in_its_quarter_and_no_return_of_the_next(self, office):
        office("review open Q2")
        office("review lock Q2")
        office("progress add raise 36 --unit hsc --on 6-28 --carry", today="2020-07-17")
        late = office("units overdue --json --unit hsc", today="2020-10-20").json
        said = {(row["quarter"], row["reason"]) for row in late if row["item"] == "raise" and row["reason"] != "behind"}
        assert {("Q2", "late_return"), ("Q3", "unreported")} <= said
        office("progress add raise 40 --unit hsc -q Q3 --received 10-9", today="2020-10-09")
        late = office("units overdue --json --unit hsc", today="2020-10-20").json
        assert ("Q3", "unreported") not in {(row["quarter"], row["reason"]) for row in late if row["item"] == "raise"}
        assert raised(office, "Q3", today="2020-10-20")[:2] == (76, 76)

    def test_a_correction_is_carried_as_a_difference_and_only_once(self, closed):
        closed("progress correct 1 2100 --reason typo --carry", today="2020-07-23")
        assert raised(closed, "Q2", "--now")[1] == 2400
        assert raised(closed, "Q3", today="2020-07-23")[:2] == (36, 2436)
        again = closed("progress correct 1 2200 --reason typo --carry", today="2020-07-23", code=4).err
        assert "entry 3" in again
        assert (
            "entry 3"
            in closed(
                f"progress correct 1 2200 {RESTATE.replace('found-by-audit', 'x')}", today="2020-07-23", code=4
            ).err
        )
        closed("progress void 3 --reason wrong", today="2020-07-23")
        closed("progress correct 1 2200 --reason typo --carry", today="2020-07-23")
        assert raised(closed, "Q3", today="2020-07-23")[:2] == (136, 2536)
        assert closed("ledger verify").out == ""

    def test_a_void_and_an_undo_are_carried_too(self, closed):
        closed("progress void 2 --reason wrong --carry", today="2020-07-23")
        assert raised(closed, "Q3", today="2020-07-23")[:2] == (-336, 2064)
        closed("progress undo 1 --carry", today="2020-07-23")
        assert raised(closed, "Q3", today="2020-07-23")[:2] == (-2400, 0)
        assert raised(closed, "Q2", "--now")[1] == 2400

    def test_an_undo_may_restate(self, closed):
        closed(f"progress undo 2 {RESTATE}", today="2020-07-23")
        assert raised(closed, "Q2", "--now")[1] == 2064

    def test_a_milestones_level_is_carried_as_the_level_reached_on_the_day_it_is_of(self, locked):
        locked("progress add ura-plan 40 --unit ura --on 6-20 --carry", today="2020-07-23")
        locked("progress add ura-plan --done --unit ura --on 6-28 --carry", today="2020-07-24")
        row = next(
            row
            for row in locked("report year --json", today="2020-07-24").json["milestones"]
            if row["id"] == "ura-plan"
        )
        assert (row["completion_rate"], row["done_on"]) == (100.0, "2020-06-28")

    def test_a_total_of_a_locked_quarter_is_not_carried(self, closed):
        assert (
            "state the increment"
            in closed("progress add raise --total 400 --unit tal --on 6-28 --carry", today="2020-07-23", code=4).err
        )
        closed(f"progress add raise --total 400 --unit tal --on 6-30 {RESTATE}", today="2020-07-23")
        assert raised(closed, "Q2", "--now")[1] == 2464

    def test_a_reduction_is_carried(self, closed):
        closed("progress reduce raise 36 --unit tal --on 6-28 --reason x --carry", today="2020-07-23")
        assert raised(closed, "Q3", today="2020-07-23")[:2] == (-36, 2364)

    def test_a_retry_of_a_carried_report_doubles_nothing(self, closed):
        closed(f"{self.LINE} --carry --reference R", today="2020-07-23")
        assert "Already recorded" in closed(f"{self.LINE} --carry --reference R", today="2020-07-29").out
        assert raised(closed, "Q3", today="2020-07-29")[:2] == (36, 2436)

    def test_nothing_is_carried_where_no_quarter_of_the_year_is_open(self, office):
        office("review open Q4", today="2021-01-15")
        office("review lock Q4", today="2021-01-15")
        line = "progress add raise 5 --unit hsc -q Q4"
        assert "no quarter of 2020 is open" in office(f"{line} --carry", today="2021-01-18", code=4).err
        assert "--carry" not in office(line, today="2021-01-18", code=4).err
        office(f"{line} {RESTATE}", today="2021-01-18")

    def test_a_locked_quarter_locks_those_that_count_in_it(self, office):
        locked_q2(office)
        assert "Q2 are locked" in office("progress add raise 5 --unit hsc -q Q1", code=4).err
        office("review open Q1")
        office("review lock Q1")
        assert "Q2, which is locked too" in office("review reopen Q1 --reason x --document d", code=4).err

    def test_a_reopened_quarter_takes_figures_and_freezes_anew(self, closed):
        closed("review reopen Q2 --reason audit --document 坪审〔2020〕3号", today="2020-07-23")
        closed(self.LINE, today="2020-07-23")
        assert raised(closed, today="2020-07-23")[1] == 2436
        assert {row["result"] for row in closed("review show Q2 --json", today="2020-07-23").json["results"]} == {None}
        closed("review lock Q2", today="2020-07-23")
        assert raised(closed, today="2020-07-24")[1] == 2436
        assert closed("report quarter Q2 --json", today="2020-07-24").json["circulated"]["restated"] == 0

    def test_one_units_part_of_the_circulated_version(self, closed):
        closed(f"{self.LINE} {RESTATE}", today="2020-07-23")
        whole = closed("report quarter Q2 --json", today="2020-07-23").json
        part = closed("report quarter Q2 --unit hsc --json", today="2020-07-23").json
        assert part["targets"][0]["cumulative"] == 2400 and part["totals"]["bodies"] == 1
        assert part["units"] == [row for row in whole["units"] if row["unit"] == "hsc"]
        assert len(part["milestones"]) < len(whole["milestones"])

    def test_as_of_another_day_it_is_made_anew(self, closed):
        closed(f"{self.LINE} {RESTATE}", today="2020-07-23")
        assert raised(closed, "Q2", "--as-of", "2020-07-20")[1] == 2436
        assert "not the version that was frozen" in closed("report quarter Q2 --as-of 2020-07-20").err
        assert closed("report quarter Q2 --now").err == ""


@pytest.mark.kills
class TestTwoAtOnce:
    """Real processes: a filing never slips past a lock, and one entry is corrected once."""

    def test_a_filing_that_races_a_lock_is_in_the_frozen_version_or_refused(self, office):
        office("progress add raise 100 --unit hsc -q Q2")
        counted = 100
        for _each in range(10):
            office("review open Q2") if _each == 0 else office("review reopen Q2 --reason x --document d")
            filing, lock = at_once(
                [line.split() for line in ("progress add raise 1 --unit hsc -q Q2", "review lock Q2")]
            )
            assert lock.code == 0 and filing.code in (0, 4), (filing, lock)
            counted += filing.code == 0
            assert raised(office)[1] == raised(office, "Q2", "--now")[1] == counted

    def test_of_sixteen_corrections_of_one_entry_exactly_one_wins(self, office):
        office("progress add raise 600 --unit hsc -q Q2")
        lines = [f"progress correct 1 {value} --reason x" for value in range(16)]
        codes = sorted(heard.code for heard in at_once([line.split() for line in lines]))
        assert codes == [0] + [4] * 15
        assert len(office("progress list --json").json) == 2

    def test_of_two_carried_corrections_of_one_entry_one_wins(self, office):
        locked_q2(office)
        lines = [f"progress correct 1 {2100 + value} --reason x --carry" for value in range(4)]
        assert sorted(heard.code for heard in at_once([line.split() for line in lines])) == [0, 4, 4, 4]


def test_chinese_words_are_taken_from_a_real_command_line(office):
    locked_q2(office)
    heard = process("review", "result", "all", "完成任务进度", "--json")
    assert heard.returncode == 0, heard.stderr
    assert len(json.loads(heard.stdout)["events"]) == 18


def test_the_bulletin_is_recorded_and_written_with_its_number_results_and_no_draft_mark(office, tmp_path):
    from docx import Document

    locked_q2(office)
    office("review result hsc not-met --note behind", today="2020-07-20")
    office("review result all met", today="2020-07-20")
    office("review close Q2 --on 2020-07-20 --document d", today="2020-07-20")
    file = tmp_path / "b.docx"
    said = office(
        f"review bulletin Q2 --number 坪安居办〔2020〕10号 --recipients 各成员单位 --approved -o {file}",
        today="2020-07-28",
    )
    assert "10号" in said.out
    text = "\n".join(paragraph.text for paragraph in Document(str(file)).paragraphs)
    assert "坪安居办〔2020〕10号" in text and "经领导小组同意" in text and "征求意见稿" not in text
    assert "未完成任务进度的单位1个：住房保障中心" in text and "完成任务进度的单位17个" in text
    assert "2020年7月28日" in text
    (row,) = [row for row in office("review list --json", today="2020-07-29").json if row["quarter"] == "Q2"]
    assert row["bulletin"] == "坪安居办〔2020〕10号"


def test_a_bulletin_before_closing_is_refused_and_writes_no_file(office, tmp_path):
    locked_q2(office)
    office(f"review bulletin Q2 --number n --recipients r -o {tmp_path / 'b.docx'}", today="2020-07-28", code=4)
    assert not (tmp_path / "b.docx").exists()


def test_the_facts_of_a_unit_tell_what_followed_too(office):
    office("tasks assign 清查闲置房源 --source 会议 --unit hcb --due 2020-07-10", today="2020-07-01")
    (fact,) = [row for row in office("review facts hcb --json", today="2020-07-15").json if row["kind"] == "task"]
    assert (fact["item_name"], fact["due"], fact["days"], fact["words"]) == ("清查闲置房源", "2020-07-10", 5, "open")
    assert "Assigned task" in office("review facts hcb", today="2020-07-15").out
    assert [row for row in office("review facts edu --json", today="2020-07-15").json if row["kind"] == "task"] == []


@pytest.mark.parametrize("typed", ["保资金", "funds"])
def test_a_finding_falls_under_one_of_the_four_headings(office, typed):
    locked_q2(office)
    said = office(f"review result fin not-met --aspect {typed} --note late", today="2020-07-20", lang="zh").out
    assert "保资金" in said
    (row,) = [
        row for row in office("review show Q2 --json", today="2020-07-20").json["results"] if row["unit"] == "fin"
    ]
    assert (row["result"], row["aspect"]) == ("not_met", "funds")
    assert "保资金" in office("review show Q2", today="2020-07-20", lang="zh").out
    assert "保用地" in office("review result fin not-met --aspect 保人情", today="2020-07-20", code=2).err
    assert office("ledger verify").out == ""


def test_a_plan_may_give_further_grades_and_the_bulletin_names_them(anju, tmp_path):
    from docx import Document

    from tests.test_plan_file import PLAN_2020, written

    text = PLAN_2020.read_text(encoding="utf-8")
    graded = text.replace("bulletin_working_days: 10,", "bulletin_working_days: 10, grades: [基本完成任务进度],")
    assert graded != text
    anju("init --plan", str(written(tmp_path, graded, "graded.yaml")))
    locked_q2(anju)
    assert "基本完成任务进度" in anju("review result fin 差一点", today="2020-07-20", code=2).err
    anju("review result fin 基本完成任务进度", today="2020-07-20")
    anju("review result hsc not-met", today="2020-07-20")
    anju("review result all met", today="2020-07-20")
    (row,) = [row for row in anju("review show Q2 --json", today="2020-07-20").json["results"] if row["unit"] == "fin"]
    assert row["result"] == "基本完成任务进度" and "基本完成任务进度" in anju("review show Q2", today="2020-07-20").out
    anju("review close Q2 --on 2020-07-20 --document d", today="2020-07-20")
    anju(f"report quarter Q2 -o {tmp_path / 'b.docx'}", today="2020-07-21")
    said = "\n".join(paragraph.text for paragraph in Document(str(tmp_path / "b.docx")).paragraphs)
    assert "完成任务进度的单位16个" in said and "基本完成任务进度的单位1个：财政局" in said
    anju("interviews propose Q2", today="2020-07-21")
    assert [row["units"] for row in anju("interviews list --json", today="2020-07-21").json] == [["hsc"]]
    assert "grades: [基本完成任务进度]" in anju("plan new --from 2020", today="2020-07-21").out.replace('"', "")


class TestNextBulletin:
    """What was circulated and stands otherwise since is told in the next bulletin, with its reason and document."""

    def test_a_restated_figure_is_told_with_its_reason_and_document(self, closed, tmp_path):
        closed("review bulletin Q2 --number 坪安居办〔2020〕11号 --recipients 各成员单位", today="2020-07-28")
        closed(
            "progress add raise 36 --unit tal --on 2020-06-28 --restate --reason 漏报 --document 坪审〔2020〕3号",
            today="2020-08-03",
        )
        closed("progress add raise 5 --unit tal --on 2020-08-03", today="2020-08-03")
        closed(f"report quarter Q3 -o {tmp_path / 'q3.docx'}", today="2020-10-15")
        said = [each.text for each in Document(str(tmp_path / "q3.docx")).paragraphs]
        (told,) = (each for each in said if "已通报数据更正" in each)
        assert told.endswith(
            "第二季度通报（坪安居办〔2020〕11号）中建设筹集累计完成2400套更正为2436套，增加36套，原因是漏报（依据：坪审〔2020〕3号）。"
        )
        (note,) = (each for each in said if "校验码：" in each)
        digits = note.split("校验码：")[1][:8]
        closed(f"ledger verify --against {digits}", today="2020-10-15")

    def test_the_same_number_is_not_recorded_twice(self, closed):
        line = "review bulletin Q2 --number 坪安居办〔2020〕11号 --recipients 各成员单位"
        closed(line, today="2020-07-28")
        assert "already" in closed(line, today="2020-07-29", code=4).err

    def test_the_second_annex_has_the_result_of_each_unit(self, closed, tmp_path):
        closed(f"report quarter Q2 -o {tmp_path / 'q2.docx'}", today="2020-07-21")
        table = Document(str(tmp_path / "q2.docx")).tables[1]
        assert [cell.text for cell in table.columns[2].cells[:2]] == ["考核结果", "完成任务进度"]
        assert {cell.text for cell in table.columns[2].cells[1:-1]} == {"完成任务进度"}

    def test_a_dry_run_writes_neither_the_record_nor_the_paper(self, closed, tmp_path):
        line = f"review bulletin Q2 --number 11号 --recipients x -o {tmp_path / 'b.docx'} --dry-run"
        assert "nothing was written" in closed(line, today="2020-07-28").out
        assert not (tmp_path / "b.docx").exists() and closed("review list --json").json[1]["bulletin"] is None


def test_a_figure_carried_in_january_is_booked_on_the_last_day_of_the_year(locked):
    locked("progress add raise 9 --unit tal --on 2020-06-10 --carry", today="2021-01-12")
    row = locked("progress list --json", today="2021-01-12").json[-1]
    assert (row["on"], row["quarter"], row["carried_for"]) == ("2020-12-31", "Q4", "Q2")


def test_a_carried_correction_may_name_its_document(locked):
    locked("progress correct 1 2000 --reason 复核 --carry --document 坪审〔2020〕8号", today="2020-07-23")
    (line,) = locked("report why Q2 raise --json", today="2020-07-23").json["lines"]
    assert (line["cause"], line["document"]) == ("carried", "坪审〔2020〕8号")
