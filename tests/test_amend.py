"""Adjusting one task without a file, and next year's plan begun from this year's."""

import os
import sqlite3
from pathlib import Path

import pytest

from anju_cli.domain.plan import Plan
from anju_cli.plan_file import load

ORDER = "--document 坪安居办〔2020〕12号 --effective 2020-08-01"


def target(heard_by, id="raise", **options):
    rows = heard_by("report quarter Q3 --json", **{"today": "2020-10-15"} | options).json["targets"]
    return next(row for row in rows if row["id"] == id and row["unit"] is None)


def changes(heard):
    return {
        (row["item"], row["field"]): (row["original"], row["before"], row["after"]) for row in heard.json["changes"]
    }


class TestAmend:
    def test_a_goal_is_adjusted_and_the_first_stays_beside_it(self, office):
        office("progress add raise 2400 --unit hsc --on 2020-06-30")
        said = office(f"plan amend raise --goal 5200 {ORDER} --json")
        assert changes(said) == {("raise", "goal"): (4713, 4713, 5200)}
        assert (said.json["revision"], said.json["document"], said.json["effective_on"]) == (
            1,
            "坪安居办〔2020〕12号",
            "2020-08-01",
        )
        row = target(office)
        assert (row["goal"], row["goal_original"], row["completion_rate"], row["completion_rate_original"]) == (
            5200,
            4713,
            46.2,
            50.9,
        )
        page = office("report quarter Q3", today="2020-10-15").out
        assert "5200 (was 4713)" in page and "46.2 (was 50.9)" in page

    def test_a_second_adjustment_shows_issued_before_and_now(self, office):
        office(f"plan amend raise --goal 5200 {ORDER}")
        said = office("plan amend raise --goal 5000 --document D2 --effective 2020-09-01 --json")
        assert changes(said) == {("raise", "goal"): (4713, 5200, 5000)}
        assert target(office, today="2020-08-15")["goal"] == 5200 and target(office)["goal"] == 5000
        assert [row["revision"] for row in office("plan list --json").json] == [0, 1, 2]

    def test_a_quarter_before_the_adjustment_keeps_its_goal(self, office):
        office(f"plan amend raise --goal 5200 {ORDER}")
        rows = office("report quarter Q2 --json", today="2020-10-15").json["targets"]
        assert rows[0]["goal"] == 4713

    def test_a_date_that_is_laid_down_is_inferred_no_more_and_the_first_is_kept(self, office):
        said = office("plan amend ms-q1-survey --due 2020-05-31 --document D1 --effective 2020-03-20")
        assert "2020-03-31" in said.out and "2020-05-31" in said.out
        rows = office("units overdue --json --reason overdue --unit hsc").json
        row = next(row for row in rows if row["item"] == "ms-q1-survey")
        assert (row["due"], row["due_original"], row["days_overdue"]) == ("2020-05-31", "2020-03-31", 45)
        assert "due" not in row["inferred"] and "lead" in row["inferred"]

    def test_a_lead_is_named_and_no_longer_assists(self, office):
        before = office("plan show ms-q1-survey --json").json
        assist = before["assist"][0]
        office(f"plan amend ms-q1-survey --lead {assist} --lead hsc {ORDER}")
        after = office("plan show ms-q1-survey --json", today="2020-08-02").json
        assert after["lead"] == [assist, "hsc"] and assist not in after["assist"] and "lead" not in after["inferred"]

    def test_what_was_inferred_is_confirmed_by_a_document(self, office):
        assert "pace" in target(office)["inferred"]
        office(f"plan amend raise --confirm pace --confirm lead {ORDER}")
        assert not {"pace", "lead"} & set(target(office)["inferred"])
        assert "inferred are" in office(f"plan amend raise --confirm goal {ORDER}", code=2).err

    def test_a_date_may_be_taken_away(self, office):
        office(f"plan amend ms-q1-survey --due undated {ORDER}")
        assert office("plan show ms-q1-survey --json", today="2020-08-02").json["due"] is None

    def test_parts_of_a_goal_are_adjusted_one_by_one(self, district):
        said = district(f"plan amend raise --part tal=500 {ORDER} --json")
        assert changes(said)["raise", "goal"] == (1000, 1000, 1100)
        assert changes(said)["raise", "allocations"][2] == {"hsc": 600, "tal": 500}
        assert "hsc: 600" in district("plan amend raise --part tal=450 --document D --effective 2020-09-01").out

    def test_a_parents_goal_and_its_childrens_stay_in_step(self, district):
        said = district(f"plan amend reno-north --goal 1000 {ORDER} --json")
        assert changes(said) == {("reno", "goal"): (1500, 1500, 1600), ("reno-north", "goal"): (900, 900, 1000)}
        moved = district("plan amend reno --due 2020-11-30 --document D --effective 2020-09-01 --json")
        assert {item for item, field in changes(moved) if field == "due"} == {"reno", "reno-north", "reno-south"}

    def test_decimals_are_those_of_the_measure(self, district):
        assert changes(district(f"plan amend invest --goal 13000.5 {ORDER} --json"))["invest", "goal"][2] == 13000.5

    @pytest.mark.parametrize(
        ("line", "code", "said"),
        [
            ("raise", 2, "nothing is to change"),
            ("raise --goal 4713", 4, "nothing to record"),
            ("raise --goal -5", 2, "never negative"),
            ("raise --due 2020-10-31", 4, "even by quarter"),
            ("raise --due undated", 4, "even by quarter"),
            ("raise --lead nobody-here", 2, "no such body"),
            ("raise --part hsc=5", 4, "not given in parts"),
            ("subsidy-coverage --goal 5", 4, "goal of its own"),
            ("ms-q1-survey --goal 5", 4, "goal of its own"),
            ("ms-q1-survey --due 2026-01-01", 4, "beside the plan year"),
            ("fin-audit --due 2020-09-30", 4, "what has a date is a milestone"),
            ("summary --goal 5", 4, "not of the plan"),
            ("nothing-like-it --goal 5", 2, "no such item"),
        ],
    )
    def test_what_cannot_be_adjusted_is_said_and_nothing_is_recorded(self, office, line, code, said):
        assert said in office(f"plan amend {line} {ORDER}", code=code).err
        assert len(office("plan list --json").json) == 1

    @pytest.mark.parametrize(
        ("line", "code", "said"),
        [
            ("raise --goal 1200", 4, "the parts add up to 1000"),
            ("raise --part wat=5", 4, "has no part"),
            ("raise --part tal", 2, "BODY=N"),
            ("raise-new --goal 1200", 4, "more than its whole"),
            ("reno --goal 2000", 4, "the sum of its children's"),
            ("reno --due 2020-09-30", 4, "steps would no longer fit"),
        ],
    )
    def test_what_binds_parts_wholes_and_steps_is_kept(self, district, line, code, said):
        assert said in district(f"plan amend {line} {ORDER}", code=code).err

    def test_a_share_of_a_whole_follows_it_until_a_quantity_is_laid_down(self, district):
        done = district(f"plan amend raise --part hsc=1200 --part tal=800 {ORDER} --json")
        assert changes(done)["raise-new", "goal"] == (700, 700, 1400)
        district("plan amend raise-new --goal 1300 --document D2 --effective 2020-08-02")
        district("plan amend raise --part hsc=1100 --document D3 --effective 2020-08-03")
        assert district("plan show raise-new --json", today="2020-08-04").json["goal"] == 1300

    def test_a_whole_may_not_fall_below_its_part(self, office):
        before = office("plan amend complete-final --goal 700 --document D --effective 2020-08-01 --json")
        assert changes(before)["complete-final", "goal"] == (None, None, 700)
        assert (
            "more than its whole"
            in office("plan amend complete --goal 600 --document D2 --effective 2020-08-02", code=4).err
        )

    def test_a_document_and_a_date_are_needed(self, office):
        assert "needs the document" in office("plan amend raise --goal 5200", code=2).err
        assert "needs the document" in office("plan amend raise --goal 5200 --document D", code=2).err

    def test_a_dry_run_records_nothing(self, office):
        assert "nothing was written" in office(f"plan amend raise --goal 5200 {ORDER} --dry-run").out
        assert len(office("plan list --json").json) == 1

    def test_a_goal_changed_behind_its_back_is_never_built_on(self, office):
        with sqlite3.connect(os.environ["ANJU_DB"]) as connection:
            (trigger,) = connection.execute(
                "SELECT sql FROM sqlite_master WHERE name = 'plan_revision_no_update'"
            ).fetchone()
            connection.execute("DROP TRIGGER plan_revision_no_update")
            connection.execute("UPDATE plan_revision SET document = replace(document, '4713', '4714')")
            connection.execute(trigger)
        for line in (
            "report quarter Q2",
            "plan show",
            f"plan amend raise --goal 5200 {ORDER}",
            "progress add raise 5 --unit hsc -q Q2",
        ):
            refused = office(line, code=3)
            assert "not what was recorded" in refused.err and refused.out == ""
        assert office("ledger verify --json", code=1).json[0]["check"] == "revision"

    def test_quantity_steps_need_a_file(self, anju, tmp_path):
        example = Path("anju_cli/plan_file/example.yaml").read_text(encoding="utf-8")
        own = example.replace(
            "    pace: even\n\n  - id: subsidy", "    pace: {2020-06-30: 5000, 2020-12-31: 12345.5}\n\n  - id: subsidy"
        )
        assert own != example
        (tmp_path / "plan.yaml").write_text(own, encoding="utf-8")
        anju(f"init --plan {tmp_path / 'plan.yaml'}")
        for goal in (13000, 4000):
            assert "steps would no longer fit" in anju(f"plan amend invest --goal {goal} {ORDER}", code=4).err

    def test_a_step_in_the_middle_may_not_be_more_than_the_new_goal(self, anju, tmp_path):
        example = Path("anju_cli/plan_file/example.yaml").read_text(encoding="utf-8")
        own = example.replace(
            "    pace: even\n\n  - id: subsidy", "    pace: {2020-06-30: 8000, 2020-12-31: 100%}\n\n  - id: subsidy"
        )
        (tmp_path / "plan.yaml").write_text(own, encoding="utf-8")
        anju(f"init --plan {tmp_path / 'plan.yaml'}")
        assert "no less than the step before" in anju(f"plan amend invest --goal 5000 {ORDER}", code=4).err

    def test_the_date_it_holds_from_is_read_in_the_plan_year(self, office):
        done = office("plan amend raise --goal 5200 --document D --effective 12-1 --json", today="2021-01-05")
        assert done.json["effective_on"] == "2020-12-01"

    def test_a_clock_that_is_behind_is_told_here_too(self, office, monkeypatch):
        from datetime import UTC, datetime

        from anju_cli import clock

        monkeypatch.setattr(clock, "now", lambda: datetime(2001, 1, 1, tzinfo=UTC))
        assert "the clock is behind" in office(f"plan amend raise --goal 5200 {ORDER}").err


class TestNextYear:
    def made(self, heard_by, tmp_path, line="plan new --from 2020", **options) -> Plan:
        text = heard_by(line, **options).out
        path = tmp_path / "next.yaml"
        path.write_text(text, encoding="utf-8")
        loaded = load(path)
        assert loaded.problems == [] and loaded.plan
        return loaded.plan

    def test_units_duties_and_rules_are_carried_and_the_file_checks(self, office, tmp_path):
        plan = self.made(office, tmp_path, today="2020-12-31")
        with_old = load(Path("data/plan_2020.yaml")).plan
        assert (plan.id, plan.year, plan.title) == ("pingshan-2021", 2021, "坪山区2021年度安居工程任务分解方案")
        assert (plan.units, plan.bodies, plan.rules, plan.settings) == (
            with_old.units,
            with_old.bodies,
            with_old.rules,
            with_old.settings,
        )
        duties = [item for item in plan.items if item.kind == "duty"]
        assert duties == [item for item in with_old.items if item.kind == "duty"]

    def test_goals_and_dates_are_left_to_the_new_document(self, office, tmp_path):
        plan = self.made(office, tmp_path, today="2020-12-31")
        assert all(item.goal is None for item in plan.targets())
        assert str(plan.by_id["raise"].due) == "2021-12-31" and plan.by_id["raise"].pace == "even"
        assert "上年目标 4713，待新方案明确" in office("plan new --from pingshan-2020").out

    def test_finished_milestones_stay_behind_and_open_ones_come_along_undated(self, office, tmp_path):
        office("progress add ms-q1-survey --done --unit hsc --on 2020-03-30")
        plan = self.made(office, tmp_path, today="2020-12-31")
        assert "ms-q1-survey" not in plan.by_id
        assert plan.by_id["ms-q1-syncplan"].due is None
        assert "2020年未完成，原定2020-03-31" in office("plan new --from 2020").out

    def test_what_is_open_comes_along_under_its_date(self, office, tmp_path):
        office("meetings add 会议 --on 2020-07-10")
        office("meetings attend 1 hsc pnr")
        office("meetings resolve 1 落实“用地” --unit pnr --unit hsc --due 2020-07-12")
        office("meetings resolve 1 已办 --unit pnr --due 2020-07-13")
        office("tasks close R2 --note 已办")
        office("tasks assign 报方案 --source 批示 --unit 龙田街道办事处 --due 2021-03-31")
        office("slips issue raise --unit tal --due 2020-07-30")
        plan = self.made(office, tmp_path, today="2020-12-31")
        carried = {id: item for id, item in plan.by_id.items() if id.startswith("carried-")}
        assert set(carried) == {"carried-2020-r1", "carried-2020-t1", "carried-2020-s1"}
        resolved = carried["carried-2020-r1"]
        assert (resolved.name, resolved.lead, str(resolved.due)) == (
            "结转2020年议定事项R1：落实“用地”",
            ("pnr", "hsc"),
            "2020-07-12",
        )
        assert carried["carried-2020-t1"].lead == ("sub-longtian",)

    def test_the_awkward_cases_are_carried_too(self, district, tmp_path):
        plan = self.made(district, tmp_path)
        assert plan.by_id["reno-north"].parent == "reno" and plan.by_id["raise-new"].within == "raise"
        assert plan.by_id["invest"].decimals == 1 and plan.by_id["subsidy"].reported_by == "lead"
        assert plan.by_id["subsidy-coverage"].ratio_to == "subsidy-eligible"
        assert plan.by_id["survey"].lead == ("hsc",) and plan.by_id["three-duty"].everyone
        assert [len(unit.members) for unit in plan.units] == [0, 0, 0, 2]

    def test_it_can_be_applied_beside_the_old_one(self, office, tmp_path):
        self.made(office, tmp_path, today="2020-12-31")
        office(f"plan apply {tmp_path / 'next.yaml'}")
        assert {row["plan"] for row in office("plan list --json").json} == {"pingshan-2020", "pingshan-2021"}
        assert "no such plan" in office("plan new --from 2019", code=2).err

    def test_without_a_plan_it_is_the_example(self, anju):
        assert "example-2020" in anju("plan new").out


def test_unfinished_projects_are_carried_with_what_they_have_still_to_bring(office, tmp_path):
    """400 homes, 150 of them booked; due in the next year as things stand. One without a date of that year is remarked."""
    office(
        "projects add PS-01 --name 坪山一期 --homes 400 --way build --target complete=400@2020-09-30 --on 2020-01-01"
    )
    office("projects edit PS-01 --current complete=2021-03-31 --reason rain --on 2020-07-01")
    office("projects add PS-02 --name 旧项目 --homes 80 --way build --target complete=80@2020-06-30 --on 2020-01-01")
    office("progress add complete 150 --unit hsc -q Q2 --project PS-01")
    made = office("plan new --from 2020").out
    assert "{target: complete, homes: 250, date: 2021-03-31}" in made
    assert "PS-02 旧项目：complete尚余80套" in made
    path = tmp_path / "next.yaml"
    path.write_text(made, encoding="utf-8")
    assert office(f"plan check {path}").out == ""


def test_the_trend_of_a_parent_counts_a_child_that_an_adjustment_adds(district, tmp_path):
    text = Path("anju_cli/plan_file/example.yaml").read_text(encoding="utf-8")
    child = "  - {id: reno-north,"
    east = "  - {id: reno-east, name: {zh: 东片改造, en: Renovation east}, parent: reno, goal: 100, lead: [hsc]}\n"
    (tmp_path / "more.yaml").write_text(text.replace(child, east + child), encoding="utf-8")
    district(f"plan apply {tmp_path / 'more.yaml'} --document D --effective 2020-04-01")
    district("progress add reno-north 10 --unit hsc --on 2020-03-10 --received 2020-04-08")
    district("progress add reno-east 7 --unit hsc --on 2020-05-10 --received 2020-07-08")
    months = {row["month"]: row["cumulative"] for row in district("report trend reno --json").json}
    assert (months["2020-03"], months["2020-05"]) == (10, 17)


def test_an_adjustment_is_not_built_on_one_that_holds_only_later(office):
    """Else the later goal would stand in quarters in which it does not hold yet."""
    office("plan amend raise --goal 5200 --document D1 --effective 2020-09-01")
    refused = office("plan amend ms-q1-syncplan --lead ura --document D2 --effective 2020-06-01", code=4).err
    assert "2020-09-01" in refused and "plan apply" in refused
    office("plan amend ms-q1-syncplan --lead ura --document D2 --effective 2020-09-01")
    assert office("report quarter Q2 --json").json["targets"][0]["goal"] == 4713
