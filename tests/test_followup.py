"""Slips, interviews, meetings, tasks, three in place: what may follow what, what becomes overdue, what is never proposed."""

import json
import os
from datetime import date
from pathlib import Path

import pytest

from anju_cli.domain.matters import MATTERS, UNMET, Matter, allowed
from anju_cli.errors import Refused
from anju_cli.ledger import Register, opened
from anju_cli.ledger.followup.interviews import Finding, propose
from anju_cli.render.wording import record_labels
from tests.conftest import prepared


def overdue(heard_by, **variables):
    rows = heard_by("units overdue --json --reason overdue", **variables).json
    return {(row["unit"], row["item"]): row for row in rows}


def matter(heard):
    return heard.json["matters"][0]


@prepared
def met(office):
    """A meeting of 10 July that hsc, tal and one sub-district office attended."""
    office("meetings add 第二次领导小组会议 --on 2020-07-10 --chair 组长")
    office("meetings attend 1 hsc tal 龙田街道办事处 --absent fin")
    return office


def proposed(*findings, quarter=2, today="2020-07-22"):
    """Interviews proposed from typed results, as the review hands them over."""
    with opened(Path(os.environ["ANJU_DB"]), None, "tester") as book:
        book.today = date.fromisoformat(today)
        return propose(Register(book), quarter, list(findings))


def refusals():
    """Every event of every kind, in every state in which it may not come."""
    for name, kind in MATTERS.items():
        states = {move.after for move in kind.moves.values()} - {None}
        for event, move in kind.moves.items():
            for state in sorted(states - set(move.before) if move.before else ()):
                yield pytest.param(name, state, event, id=f"{name} {state} {event}")


@pytest.mark.parametrize(("kind", "state", "event"), [*refusals()])
def test_a_refused_event_says_what_stands_and_what_cannot_be_done(kind, state, event):
    day = date(2020, 7, 15)
    with pytest.raises(Refused, match=r"^[A-Z]3 is [a-z ]+ and cannot be [a-z ]+$"):
        allowed(Matter(kind, 3, state, day, {}, ()), event, day)


@pytest.mark.parametrize("kind", MATTERS)
def test_a_kind_of_follow_up_its_states_and_events_have_words(kind):
    moves = MATTERS[kind].moves
    states = {move.after for move in moves.values()} - {None}
    said = [record_labels.matter(kind)]
    said += [record_labels.matter_state(state, kind) for state in states]
    said += [record_labels.event(event, kind) for event in moves]
    assert not {kind, *states, *moves} & set(said)


def test_a_closed_slip_cannot_be_acknowledged_and_says_so_in_both_languages(office):
    office("slips issue --about 会风 --unit hsc --due 2020-07-25")
    office("slips close 1 --note 已办")
    assert "anju: S1 is closed and cannot be acknowledged\n" in office("slips acknowledge 1", code=4).err
    assert "anju: S1已办结，不能签收\n" in office("slips acknowledge 1", code=4, lang="zh").err


class TestSlips:
    def test_a_slip_is_numbered_laid_on_who_answers_and_shown(self, office):
        said = office(
            "slips issue ms-q1-survey --due 2020-07-25 --requirement 限期完成 --document 督〔2020〕1号 --json"
        )
        assert matter(said) == matter(said) | {
            "ref": "S1", "state": "issued", "level": "blue", "units": ["hsc"], "item": "ms-q1-survey", "basis": "一(三)",
            "on": "2020-07-15", "due": "2020-07-25", "requirement": "限期完成",
        }  # fmt: skip
        office("slips issue raise --unit tal --due 2020-07-30")
        assert [row["ref"] for row in office("slips list --json").json] == ["S1", "S2"]
        assert [row["ref"] for row in office("slips list --json --unit tal").json] == ["S2"]
        assert "Reminder" in office("slips list").out and "督〔2020〕1号" in office("slips show 1").out

    def test_numbers_are_per_kind(self, office):
        office("slips issue ms-q1-survey --due 2020-07-25")
        office("tasks assign 报方案 --source 批示 --unit hsc --due 2020-07-25")
        assert office("tasks list --json").json[0]["ref"] == "T1"

    def test_each_level_follows_the_one_before_only_once_it_has_lapsed(self, office):
        office("slips issue ms-q1-survey --due 2020-07-25")
        assert "has not lapsed" in office("slips issue ms-q1-survey --level orange --due 2020-07-30", code=4).err
        assert (
            "has not lapsed"
            in office("slips issue --after 1 --level orange --due 2020-07-30", code=4, today="2020-07-25").err
        )
        office("slips issue ms-q1-survey --level orange --due 2020-07-31", today="2020-07-26")
        office("slips issue --after S2 --level red --due 2020-08-20", today="2020-08-01")
        rows = {row["ref"]: row for row in office("slips list --json", today="2020-08-01").json}
        assert [(row["level"], row["state"], row["parent"]) for row in rows.values()] == [
            ("blue", "escalated", None), ("orange", "escalated", "S1"), ("red", "issued", "S2"),
        ]  # fmt: skip

    @pytest.mark.parametrize("level", ["orange", "red"])
    def test_no_level_is_skipped(self, office, level):
        assert (
            "a slip of the level before"
            in office(f"slips issue ms-q1-survey --level {level} --due 2020-07-25", code=4).err
        )
        office("slips issue raise --unit hsc --due 2020-07-17")
        refused = office("slips issue raise --unit hsc --level red --due 2020-07-25", code=4, today="2020-07-20")
        assert "a slip of the level before" in refused.err and "S1" in refused.err
        office("slips close 1 --note done", today="2020-07-20")
        ended = office("slips issue --after S1 --level orange --due 2020-08-25", code=4, today="2020-07-21")
        assert "no longer open" in ended.err

    def test_levels_may_be_named_in_the_official_words(self, office):
        office("slips issue ms-q1-survey --level 蓝色 --due 2020-07-25")
        office("slips issue raise --unit hsc --level 责令 --due 2020-07-25 --direct --reason 批示")
        assert [row["level"] for row in office("slips list --json").json] == ["blue", "red"]

    def test_a_leader_may_order_any_level_with_a_reason(self, office):
        assert (
            "--reason is missing"
            in office("slips issue ms-q1-survey --level red --due 2020-07-25 --direct", code=2).err
        )
        office("slips issue ms-q1-survey --level red --due 2020-07-25 --direct --reason 区长批示")
        row = office("slips list --json").json[0]
        assert (row["level"], row["direct"], row["reason"]) == ("red", True, "区长批示")
        assert "(direct)" in office("slips list").out

    def test_an_extension_is_an_accepted_reason_and_keeps_the_first_date(self, office):
        office("slips issue ms-q1-survey --due 2020-07-20")
        office("slips extend 1 --due 2020-07-31 --reason 汛期停工 --document 复〔2020〕2号")
        assert (
            "has not lapsed"
            in office("slips issue --after 1 --level orange --due 2020-08-30", code=4, today="2020-07-25").err
        )
        row = office("slips list --json").json[0]
        assert (row["due"], row["due_original"], row["late"]) == ("2020-07-31", "2020-07-20", False)
        assert "2020-07-31 (was 2020-07-20)" in office("slips list").out
        late = office("slips list --json --as-of 2020-08-03").json[0]
        assert (late["late"], late["days_overdue"], late["working_days_overdue"]) == (True, 3, 1)
        for earlier in ("2020-07-31", "2020-07-30"):
            assert "later date" in office(f"slips extend 1 --due {earlier} --reason x", code=4).err

    def test_only_one_slip_is_open_on_one_matter_and_unit(self, office):
        office("slips issue ms-q1-survey --due 2020-07-25")
        assert "S1" in office("slips issue ms-q1-survey --due 2020-07-26", code=4).err
        office("slips acknowledge 1 --post 综合科科长 --on 2020-07-15")
        office("slips close 1 --note 已完成调查", today="2020-07-28")
        office("slips issue ms-q1-survey --due 2020-08-26", today="2020-07-29")
        first = office("slips list --json", today="2020-07-29").json[0]
        assert (first["state"], first["closed_on"], first["late"], first["days_overdue"]) == (
            "closed",
            "2020-07-28",
            True,
            3,
        )
        assert office("slips list --open --json", today="2020-07-29").json[0]["ref"] == "S2"
        assert office("slips list --open --exit-code", today="2020-07-29", code=1).out

    @pytest.mark.parametrize(
        ("line", "code", "said"),
        [
            ("slips issue --due 2020-07-25", 2, "about one thing"),
            ("slips issue raise --about x --due 2020-07-25", 2, "about one thing"),
            ("slips issue three-duty --due 2020-07-25", 2, "--unit is missing"),
            ("slips issue --about 会风 --due 2020-07-25", 2, "--unit is missing"),
            ("slips issue --about 会风 --unit lg --due 2020-07-25", 4, "not a member unit"),
            ("slips issue raise --level green --due 2020-07-25", 2, "blue (蓝色), orange (橙色), red (红色)"),
            ("slips issue raise --unit hsc --due 2020-07-15", 4, "must come after"),
            ("slips issue raise --unit hsc --due 2020-07-30 --on 2020-07-16", 4, "not happened yet"),
            ("slips issue nothing-like-it --due 2020-07-25", 2, "no such item"),
            ("slips acknowledge 7", 2, "no such number"),
            ("slips acknowledge T1", 2, "written S1"),
            ("slips close 1 --note done", 2, "the last are"),
            ("slips issue --about 找13812345678联系 --unit hsc --due 2020-07-25", 4, "personal data"),
            ("slips issue --about 身份证440301199001011234 --unit hsc --due 2020-07-25", 4, "personal data"),
        ],
    )
    def test_what_cannot_be_issued_is_said(self, office, line, code, said):
        assert said in office(line, code=code).err
        assert office("slips list --json").json == []

    def test_a_state_allows_only_what_follows(self, office):
        office("slips issue ms-q1-survey --due 2020-07-25")
        office("slips acknowledge 1")
        assert "what may come now: extend, close, cancel" in office("slips acknowledge 1", code=4).err
        office("slips cancel 1 --reason 发错单位")
        assert "nothing more may come" in office("slips close 1 --note x", code=4).err
        events = office("slips show 1 --json").json["events"]
        assert [each["event"] for each in events] == ["issue", "acknowledge", "cancel"]

    def test_events_come_in_the_order_of_their_dates(self, office):
        office("slips issue ms-q1-survey --due 2020-07-25 --on 2020-07-10")
        office("slips acknowledge 1 --on 2020-07-13")
        assert "cannot be earlier" in office("slips close 1 --note x --on 2020-07-12", code=4).err

    def test_a_slip_may_be_about_a_task_a_resolution_or_anything(self, met):
        met("tasks assign 报方案 --source 文件 --unit wat --due 2020-07-13 --on 2020-07-10")
        met("slips issue --matter T1 --due 2020-07-25")
        met("meetings resolve 1 落实用地 --unit pnr --unit hsc --due 2020-07-12")
        assert "--unit is missing" in met("slips issue --matter R1 --due 2020-07-25", code=2).err
        met("slips issue --matter R1 --unit pnr --due 2020-07-25")
        met("slips issue --about 会风会纪 --unit tal --due 2020-07-25")
        rows = met("slips list --json").json
        assert [(row["about"], row["units"]) for row in rows] == [
            ("报方案", ["wat"]),
            ("落实用地", ["pnr"]),
            ("会风会纪", ["tal"]),
        ]


class TestMeetings:
    def test_topics_need_the_leaders_approval_before_they_are_resolved_on(self, office):
        office("meetings add 第二次会议 --on 2020-07-20")
        office("meetings topics 1 研究用地 --unit pnr")
        office("meetings topics 1 研究资金 --unit fin")
        office("meetings topics 1 --approve P1 --document 坪安居办签〔2020〕3号")
        assert "--reason is missing" in office("meetings topics 1 --reject P2", code=2).err
        office("meetings topics 1 --reject P2 --reason 条件不成熟")
        office("meetings attend 1 pnr hsc", today="2020-07-20")
        refused = office(
            "meetings resolve 1 拨付资金 --unit fin --due 2020-08-01 --topic P2", code=4, today="2020-07-20"
        )
        assert "has not approved" in refused.err
        office("meetings resolve 1 落实用地 --unit pnr --due 2020-08-01 --topic P1", today="2020-07-20")
        sheet = office("meetings show 1 --json", today="2020-07-20").json
        assert [(row["ref"], row["state"]) for row in sheet["under"]] == [
            ("P1", "approved"),
            ("P2", "rejected"),
            ("R1", "open"),
        ]

    @pytest.mark.parametrize(
        ("line", "code", "said"),
        [
            ("meetings resolve 1 x --unit hsc --due 2020-08-01", 4, "has not been held"),
            ("meetings attend 1 hsc", 4, "not happened yet"),
            ("meetings attend 1 hsc --on 2020-07-15", 4, "the meeting is on 2020-07-20"),
            ("meetings attend 1", 2, "BODY is missing"),
            ("meetings attend 1 hsc --absent hsc", 2, "both present and absent"),
            ("meetings topics 1 x", 2, "either a topic"),
            ("meetings topics 1", 2, "either a topic"),
            ("meetings topics 2 x --unit hsc", 2, "no such number"),
            ("meetings minutes 1", 2, "--agreed is missing"),
            ("meetings minutes 1 --agreed hsc", 4, "did not attend"),
        ],
    )
    def test_a_meeting_to_come_takes_topics_and_nothing_else(self, office, line, code, said):
        office("meetings add 第二次会议 --on 2020-07-20")
        assert said in office(line, code=code).err

    def test_a_topic_belongs_to_one_meeting_and_is_collected_before_it(self, met):
        met("meetings add 第三次会议 --on 2020-08-20")
        met("meetings topics 2 研究用地 --unit pnr")
        assert "another meeting" in met("meetings topics 1 --approve P1", code=4).err
        assert "before a meeting is held" in met("meetings topics 1 x --unit pnr", code=4).err
        met("meetings cancel 2 --reason 与下次会议合并")
        assert [row["state"] for row in met("meetings list --json").json] == ["held", "cancelled"]

    def test_minutes_are_issued_only_once_all_that_attended_agree(self, met):
        met("meetings minutes 1 --agreed hsc --agreed tal")
        refused = met("meetings minutes 1 --document 坪安居纪〔2020〕2号", code=4).err
        assert "sub-longtian" in refused and "hsc" not in refused.split("hint")[0]
        assert "did not attend" in met("meetings minutes 1 --agreed wat", code=4).err
        assert met("meetings show 1 --json").json["matter"]["missing"] == ["sub-longtian"]
        assert "sub-longtian" in met("meetings show 1").out
        met("meetings minutes 1 --agreed all --document 坪安居纪〔2020〕2号")
        row = met("meetings list --json").json[0]
        assert (row["state"], row["document"], row["missing"]) == ("minuted", "坪安居纪〔2020〕2号", [])

    def test_attendance_is_set_right_by_a_later_word(self, met):
        met("meetings attend 1 fin --absent tal")
        assert sorted(met("meetings list --json").json[0]["units"]) == ["fin", "hsc", "sub-longtian"]


class TestOverdue:
    def test_resolutions_tasks_and_commitments_past_their_date_are_overdue_for_every_unit_named(self, met):
        met("meetings resolve 1 落实用地 --unit pnr --unit hsc --due 2020-07-12")
        met("tasks assign 报方案 --source 批示 --unit sub-longtian --due 2020-07-14 --on 2020-07-10 --item raise")
        rows = overdue(met)
        assert rows["pnr", "R1"] == rows["pnr", "R1"] | {
            "kind": "resolution", "reason": "overdue", "item_name": "落实用地", "due": "2020-07-12", "quarter": "Q3",
            "days_overdue": 3, "working_days_overdue": 3, "member": None, "clause": "M1", "goal": None,
        }  # fmt: skip
        assert ("hsc", "R1") in rows and rows["sub", "T1"]["member"] == "sub-longtian"
        assert rows["hsc", "ms-q1-survey"]["kind"] == "milestone"
        assert "落实用地" in met("units overdue --detail").out
        assert "落实用地" in met("report unit pnr").out

    def test_bare_anju_counts_what_the_list_shows(self, met):
        before = met("status --json").json["overdue"]
        met("meetings resolve 1 落实用地 --unit pnr --unit hsc --due 2020-07-12")
        assert met("status --json").json["overdue"] == before + 2 == len(overdue(met))

    def test_an_extended_date_is_shown_beside_the_first_and_counts(self, met):
        met("meetings resolve 1 落实用地 --unit pnr --due 2020-07-12")
        met("tasks extend R1 --due 2020-07-20 --reason 等待批复 --document 复〔2020〕9号")
        assert ("pnr", "R1") not in overdue(met)
        row = overdue(met, today="2020-07-22")["pnr", "R1"]
        assert (row["due"], row["due_original"], row["days_overdue"]) == ("2020-07-20", "2020-07-12", 2)
        assert "2020-07-20 (was 2020-07-12)" in met("units overdue --detail", today="2020-07-22").out

    def test_what_is_done_late_is_done_with_its_lateness(self, met):
        met("meetings resolve 1 落实用地 --unit pnr --due 2020-07-12")
        assert "--note" in met("tasks close R1", code=2).err
        met("tasks close R1 --note 已落实 --on 2020-07-15")
        assert ("pnr", "R1") not in overdue(met)
        assert overdue(met, today="2020-07-14")  # as at the day before, it was open
        row = met("tasks list --json").json[0]
        assert (row["state"], row["days_overdue"]) == ("closed", 3)

    def test_what_was_known_then_is_reproduced(self, met):
        met("progress add raise 5 --unit hsc -q Q2")
        met("meetings resolve 1 落实用地 --unit pnr --due 2020-07-12")
        assert ("pnr", "R1") in overdue(met)
        rows = met("units overdue --json --known-at 1").json
        assert "R1" not in {row["item"] for row in rows}
        assert met("tasks list --json --known-at 1").json == []
        met("tasks close R1 --note 已落实")
        assert ("pnr", "R1") in {
            (row["unit"], row["item"]) for row in met("units overdue --json --as-of 2020-07-14").json
        }

    def test_a_task_names_its_source(self, office):
        for source, code in (("批示", "instruction"), ("会议", "meeting"), ("document", "document")):
            office(f"tasks assign 报{source} --source {source} --unit hsc --due 2020-07-25")
            assert office("tasks list --json").json[-1]["source"] == code
        assert (
            "instruction (批示), meeting (会议), document (文件)"
            in office("tasks assign x --source 电话 --unit hsc --due 2020-07-25", code=2).err
        )
        office("tasks cancel T1 --reason 重复登记")
        assert [row["ref"] for row in office("tasks list --open --json").json] == ["T2", "T3"]
        assert "Leader's instruction" in office("tasks list").out and "重复登记" in office("tasks show T1").out


class TestInterviews:
    def test_before_results_there_is_a_working_list_for_study_and_nothing_is_written(self, office):
        said = office("interviews propose Q2").out
        assert said.startswith("For study, not a list for interviews") and "※" in said
        rows = office("interviews propose Q2 --json").json
        assert [row["unit"] for row in rows] == ["hsc"] and rows[0]["result"] is None and rows[0]["only_inferred"]
        assert any(
            "“配套设施建设情况调查”应于2020年3月31日前完成（《方案》一(三)）" in line for line in rows[0]["evidence"]
        )
        assert any("低于序时进度50.0个百分点" in line for line in rows[0]["evidence"])
        assert office("interviews list --json").json == []

    def test_missing_and_late_returns_are_no_evidence(self, office):
        office("progress add summary --unit wat -q Q2 --note late --received 2020-07-15")
        assert {row["unit"] for row in office("interviews propose Q2 --json", today="2020-07-20").json} == {"hsc"}
        assert "unreported" in {row["reason"] for row in office("units overdue --json").json}

    def test_evidence_that_the_plan_states_carries_no_mark(self, met):
        met("meetings resolve 1 落实用地 --unit pnr --unit sub-longtian --due 2020-07-12", today="2020-07-10")
        rows = {row["unit"]: row for row in met("interviews propose Q3 --json", today="2020-07-15").json}
        assert rows["pnr"]["evidence"] == [
            "“落实用地”应于2020年7月12日前完成（R1），截至2020年7月15日尚未完成，逾期3天（3个工作日）"
        ]
        assert not rows["pnr"]["inferred"] and rows["sub"]["evidence"][0].startswith("龙田街道办事处：")

    def test_of_a_locked_quarter_the_evidence_is_what_was_frozen(self, office):
        """Restated and amended since: the unit is summoned over what was circulated, with the words of the result."""
        office("progress add raise 2400 --unit hsc -q Q2 --received 7-8")
        office("review open Q2")
        office("review lock Q2")
        office("progress add raise 5 --unit hsc -q Q2 --additional --restate --reason audit --document D1")
        office("plan amend supply --goal 100 --document D2 --effective 2020-06-01")
        office("review result hsc not-met --aspect outcome --note 配套滞后")
        office("review result wat not-met --note 报送不全")
        said = office("interviews propose Q2 --json", today="2020-08-30").json["matters"]
        first, second = (next(row for row in said if row["units"] == [unit]) for unit in ("hsc", "wat"))
        assert first["evidence"][0] == "考核意见：保结果，配套滞后" and second["evidence"] == ["考核意见：报送不全"]
        assert any("供应累计完成0套" in line and "低于序时进度50.0个百分点" in line for line in first["evidence"])
        assert any("截至2020年7月15日尚未完成，逾期106天" in line for line in first["evidence"])
        assert not any("建设筹集" in line for line in first["evidence"])

    def test_only_an_unmet_result_is_proposed_and_only_once(self, office):
        found = [Finding("hsc", UNMET, ("依据一",), True), Finding("tal", "完成任务进度", (), False)]
        assert [each.ref for each in proposed(*found).matters] == ["I1"]
        assert proposed(*found).matters == []
        assert [each.ref for each in proposed(*found, quarter=3).matters] == ["I2"]
        office("interviews drop 1 --reason 情况已说明", today="2020-07-22")
        assert [each.ref for each in proposed(*found).matters] == ["I3"]
        row = office("interviews list --json", today="2020-07-22").json[0]
        assert (row["quarter"], row["state"], row["evidence"], row["inferred"]) == ("Q2", "dropped", ["依据一"], True)
        assert "※" in office("interviews show 1", today="2020-07-22").out

    def test_the_command_proposes_once_results_are_there(self, office):
        office("review open Q2")
        office("review lock Q2")
        office("review result hsc not-met")
        office("review result tal met")
        assert "nothing was written" in office("interviews propose Q2 --dry-run").out
        said = office("interviews propose Q2 --json").json
        assert [(row["ref"], row["units"], row["inferred"]) for row in said["matters"]] == [("I1", ["hsc"], True)]
        assert "Nothing new to record" in office("interviews propose Q2").out
        assert office("interviews propose Q1").out.startswith("For study")

    def test_from_proposal_to_striking_off(self, office):
        proposed(Finding("hsc", UNMET, ("依据一",), False))
        day = {"today": "2020-07-22"}
        assert "what may come now: approve, drop" in office("interviews hold 1", code=4, **day).err
        assert "--document is missing" in office("interviews approve 1", code=2, **day).err
        office("interviews approve 1 --document 坪安居〔2020〕8号", **day)
        office(
            "interviews hold 1 --interviewer 副组长 --post 主要负责人 --place 区会议室 --explanation 征地滞后", **day
        )
        office("interviews commit 1 八月底完成调查 --due 2020-08-31 --item ms-q1-survey", **day)
        office("interviews commit 1 九月底补报 --due 2020-09-30", **day)
        later = {"today": "2020-09-10"}
        row = overdue(office, **later)["hsc", "C1"]
        assert (row["kind"], row["days_overdue"], row["clause"]) == ("commitment", 10, "I1")
        assert "C1, C2" in office("interviews close 1 --note x", code=4, **later).err
        office("interviews extend C2 --due 2020-10-31 --reason 等待竣工验收", **later)
        office("interviews close C1 --note 已完成", **later)
        office("interviews cancel C2 --reason 与C1重复", **later)
        office("interviews close 1 --note 整改到位", **later)
        sheet = office("interviews show I1 --json", **later).json
        assert sheet["matter"]["state"] == "closed"
        assert [(row["ref"], row["state"]) for row in sheet["under"]] == [("C1", "closed"), ("C2", "cancelled")]
        assert [each["event"] for each in sheet["events"]] == [
            "propose",
            "approve",
            "hold",
            "commit",
            "commit",
            "close",
        ]

    def test_an_interview_has_no_date_to_extend(self, office):
        proposed(Finding("hsc", UNMET, (), False))
        assert "C1" in office("interviews extend I1 --due 2020-10-31 --reason x", code=2).err


class TestThreeInPlace:
    def test_teams_posts_and_schemes_are_counted(self, office):
        empty = office("units show hsc --json").json["in_place"]
        assert (empty["team_due"], empty["team"], empty["posts"], empty["scheme"]) == (True, False, 0, False)
        office("units record hsc team --document 坪住保〔2020〕5号")
        office("units record hsc 责任到位 --item raise --item supply --post 分管副主任")
        office("units record hsc post --item raise --post 主任")
        office("units record hsc scheme --document 坪住保〔2020〕6号")
        full = office("units show hsc --json").json["in_place"]
        assert (full["team"], full["posts"], full["items"], full["scheme"]) == (True, 2, empty["items"], True)
        totals = office("report quarter Q2 --json").json["in_place"]
        assert (totals["units"], totals["teams_due"], totals["teams"], totals["posts"], totals["schemes"]) == (
            18,
            4,
            1,
            2,
            1,
        )
        assert "project teams 1 of 4; named posts 2 of" in office("report quarter Q2").out
        assert "named posts 2 of" in office("units show hsc").out

    def test_a_member_counts_for_its_collective(self, office):
        office("units record 龙田街道办事处 scheme --document 龙〔2020〕1号")
        assert office("units show sub --json").json["in_place"]["scheme"]
        assert office("units show lg --json").json["in_place"] is None

    @pytest.mark.parametrize(
        ("line", "code", "said"),
        [
            ("units record hsc office", 2, "team (组织), post (责任), scheme (措施)"),
            ("units record hsc team", 2, "--document or --note is missing"),
            ("units record hsc scheme --note x", 2, "--document is missing"),
            ("units record hsc post --post 主任", 2, "with --item"),
            ("units record hsc team --note x --item raise", 2, "with --item"),
            ("units record wat post --item raise --post 局长", 4, "not a task of wat"),
            ("units record hsc post --item raise --post 主任13812345678", 4, "personal data"),
        ],
    )
    def test_what_cannot_be_recorded_is_said(self, office, line, code, said):
        assert said in office(line, code=code).err


class TestRecords:
    def test_nothing_is_written_on_a_dry_run(self, office):
        assert "nothing was written" in office("slips issue ms-q1-survey --due 2020-07-25 --dry-run").out
        assert office("slips list --json").json == []

    def test_every_event_says_who_when_and_why_and_has_a_digest(self, office):
        office("slips issue ms-q1-survey --due 2020-07-25 --by 李四 --reason 逾期 --document D1")
        event = office("slips show 1 --json").json["events"][0]
        assert (event["by"], event["reason"], event["document"]) == ("李四", "逾期", "D1")
        assert len(event["digest"]) == 64 and event["recorded_at"].endswith("Z")

    @pytest.mark.parametrize(
        "change", ["reason = 'x'", "content = '{}'", "happened_on = '2020-07-01'", "who = 'x'", "event = 'close'"]
    )
    def test_a_change_behind_its_back_is_found_and_nothing_is_printed_from_it(self, office, change):
        import sqlite3

        office("slips issue ms-q1-survey --due 2020-07-25")
        with sqlite3.connect(os.environ["ANJU_DB"]) as connection:
            (trigger,) = connection.execute(
                "SELECT sql FROM sqlite_master WHERE name = 'followup_no_update'"
            ).fetchone()
            connection.execute("DROP TRIGGER followup_no_update")
            connection.execute(f"UPDATE followup SET {change}")
            connection.execute(trigger)
        assert [row["check"] for row in office("ledger verify --json", code=1).json] == ["followup"]
        for line in ("slips list", "units overdue", "report quarter Q2", "slips acknowledge 1"):
            refused = office(line, code=3)
            assert "damaged" in refused.err and refused.out == ""

    def test_times_of_recording_increase_over_all_tables(self, office):
        office("slips issue ms-q1-survey --due 2020-07-25")
        office("progress add raise 5 --unit hsc -q Q2")
        office("slips acknowledge 1")
        events = office("slips show 1 --json").json["events"]
        filing = office("progress list --json").json[0]["recorded_at"]
        assert events[0]["recorded_at"] < filing < events[1]["recorded_at"]

    @pytest.mark.parametrize("noun", ["slips", "interviews", "meetings", "tasks"])
    def test_an_empty_list_is_done_and_has_its_columns(self, office, noun):
        assert json.loads(office(f"{noun} list --json").out) == []
        assert office(f"{noun} list --csv").out.startswith("plan,as_of,ref,kind,number,state")
        assert "None." in office(f"{noun} list").out
        assert "no such number" in office(f"{noun} show 1", code=2).err


class TestDue:
    def test_what_falls_due_within_some_days_in_order_of_date(self, met):
        met("tasks assign 报方案 --source 批示 --unit wat --due 2020-07-29")
        met("slips issue ms-q1-survey --due 2020-07-20")
        rows = met("due --json").json
        assert [(row["on"], row["what"], row["ref"] or row["quarter"]) for row in rows] == [
            ("2020-07-20", "review_to", "Q2"), ("2020-07-20", "slip", "S1"), ("2020-07-29", "task", "T1"),
        ]  # fmt: skip
        assert (rows[2]["days"], rows[2]["units"]) == (14, ["wat"])
        assert [row["what"] for row in met("due --json --within 5").json] == ["review_to", "slip"]
        assert "报方案" in met("due").out and "水务局" in met("due", lang="zh").out
        late = [row["days"] for row in met("due --json --within 1", today="2020-08-03").json]
        assert late == [-14, -5, 0]
        met("tasks close T1 --note 已报")
        assert "T1" not in met("due --csv").out
        assert "T1" not in met("due --csv", today="2020-08-03").out

    def test_a_year_ahead_names_targets_milestones_and_returns(self, office):
        whats = {row["what"] for row in office("due --json --within 400 --as-of 2020-01-01").json}
        assert whats == {"return_deadline", "review_from", "review_to", "bulletin_deadline", "target", "milestone"}
        assert "all member units" in office("due --within 400 --as-of 2020-01-01").out

    def test_nothing_due_is_said(self, office):
        assert "Nothing falls due." in office("due --within 2").out
        assert "not a number of days" in office("due --within soon", code=2).err


@pytest.mark.parametrize(
    ("line", "undo"),
    [
        ("slips issue ms-q1-survey --due 2020-08-01", "anju slips cancel S1 --reason TEXT"),
        ("tasks assign look --source 会议 --unit hsc --due 2020-08-20", "anju tasks cancel T1 --reason TEXT"),
        ("meetings add 会 --on 8-20 --chair 组长", "anju meetings cancel M1 --reason TEXT"),
    ],
)
def test_how_a_matter_is_taken_back_is_said_and_so_it_is(office, line, undo):
    assert f"Undo: {undo}" in office(line).out
    assert "Undo" not in office(undo.removeprefix("anju ")).out
