"""A plan's year begins on the first of any month: its quarters, and all that is counted, dated or named by them.

Five plans are played through: a district's from July, an air campaign over New Year, a borough's from April with returns
due within the quarter, a goal of five years, and four months from November. Every figure was worked out by hand.
"""

import datetime
import re
from datetime import date
from fractions import Fraction
from itertools import chain

import openpyxl
import pytest
from docx import Document
from hypothesis import given
from hypothesis import strategies as st

from anju_cli.domain.grammar import parse_quarter
from anju_cli.domain.items import Item
from anju_cli.domain.pace import expected
from anju_cli.domain.quarters import AFTER, BEFORE, quarters_of
from anju_cli.errors import Unclear
from anju_cli.plan_file import load
from anju_cli.render.word.bulletin import broken
from tests.conftest import FIXTURES, prepared
from tests.returns import table

PLANS = FIXTURES / "plans"
DAY = datetime.timedelta(days=1)


@st.composite
def years(draw):
    """Any year that a plan may have: from the first of a month, of one to twelve months."""
    year, month, months = draw(st.integers(1991, 2098)), draw(st.integers(1, 12)), draw(st.integers(1, 12))
    begins = year if month == 1 else year - draw(st.booleans())
    after = begins * 12 + month - 1 + months
    return quarters_of(year, date(begins, month, 1), date(after // 12, after % 12 + 1, 1) - DAY)


def months_of(quarters):
    """By a walk over every day: the months of the year, in order, each with its days."""
    months: dict[tuple[int, int], list[date]] = {}
    day = quarters.starts
    while day <= quarters.ends:
        months.setdefault((day.year, day.month), []).append(day)
        day += DAY
    return list(months.values())


class TestTheArithmeticOfQuarters:
    """Against a model that walks over every day, and knows nothing of months and years."""

    @given(years())
    def test_every_day_of_the_year_is_in_one_quarter_of_three_months(self, quarters):
        months = months_of(quarters)
        by_quarter = [[*chain(*months[at : at + 3])] for at in range(0, len(months), 3)]
        assert list(quarters.numbers) == list(range(1, len(by_quarter) + 1))
        for number, days in enumerate(by_quarter, 1):
            assert (quarters.start(number), quarters.end(number)) == (days[0], days[-1])
            assert {quarters.of(day) for day in days} == {number}
        assert quarters.of(quarters.starts - DAY) == BEFORE
        assert quarters.of(quarters.ends + DAY) == AFTER

    @given(years())
    def test_quarters_follow_each_other_without_a_gap(self, quarters):
        ends = [quarters.end(number) for number in quarters.numbers]
        assert [quarters.starts, *(end + DAY for end in ends)] == [
            *(quarters.start(number) for number in quarters.numbers),
            quarters.ends + DAY,
        ]

    @given(years())
    def test_what_is_even_has_its_equal_part_at_each_end_and_only_grows(self, quarters):
        count = len(quarters.numbers)
        for number in quarters.numbers:
            assert quarters.share_by(quarters.end(number)) == Fraction(number, count)
            first = quarters.share_by(quarters.start(number))
            assert Fraction(number - 1, count) < first <= Fraction(number, count)
        assert quarters.share_by(quarters.starts - DAY) == 0
        assert quarters.share_by(quarters.ends + DAY) == 1

    @given(years(), st.integers(1, 10**9))
    def test_an_even_pace_expects_the_goal_times_quarters_over_their_number(self, quarters, goal):
        item = Item("t", "target", "t", "t", goal=goal, due=quarters.ends, pace="even")
        count = len(quarters.numbers)
        for number in quarters.numbers:
            assert expected(item, goal, quarters.end(number), quarters) == Fraction(goal * number, count)
        assert expected(item, goal, quarters.starts - DAY, quarters) == 0

    @given(years(), st.integers(1, 28), st.integers(0, 2))
    def test_a_day_after_a_quarter_lies_in_the_month_that_is_counted_from_its_last(self, quarters, day, month):
        for number in quarters.numbers:
            last, found = quarters.end(number), quarters.after(number, day, month)
            assert (found.year * 12 + found.month) - (last.year * 12 + last.month) == month
            assert found.day == day


class TestHowAQuarterIsTyped:
    JULY = quarters_of(2019, date(2019, 7, 1))
    WINTER = quarters_of(2019, date(2019, 11, 1), date(2020, 2, 29))

    @pytest.mark.parametrize(
        ("text", "number"),
        [
            *(("Q1", 1), ("2019q3", 3), ("第一季度", 1), ("2019年第三季度", 3)),
            *(("7-9月", 1), ("2019年7-9月", 1), ("7月—9月", 1), ("10月至12月", 2), ("2020年1～3月", 3), ("4-6月份", 4)),
            *(("第一季度（7—9月）", 1), ("2019年第三季度（2020年1—3月）", 3), ("Q2(10-12月)", 2)),
        ],
    )
    def test_by_its_number_or_by_its_months(self, text, number):
        assert parse_quarter(text, self.JULY) == number

    @pytest.mark.parametrize(
        "text", ["11月-1月", "2019年11月—2020年1月", "11月至次年1月", "第一季度（2019年11月—2020年1月）"]
    )
    def test_over_new_year(self, text):
        assert parse_quarter(text, self.WINTER) == 1

    @pytest.mark.parametrize("text", ["2月", "2020年2月", "第二季度（2020年2月）"])
    def test_a_short_one_by_its_one_month(self, text):
        assert parse_quarter(text, self.WINTER) == 2

    @pytest.mark.parametrize(
        ("text", "said"),
        [
            pytest.param("2020Q1", "the plan is for 2019", id="another year"),
            pytest.param("2019年1-3月", "no such quarter", id="months before the plan"),
            pytest.param("8-10月", "no such quarter", id="months of two quarters"),
            pytest.param("第一季度（1—3月）", "these are not the months of the quarter", id="the calendar's months"),
            pytest.param("Q5", "no such quarter", id="a fifth"),
        ],
    )
    def test_what_is_none_is_refused(self, text, said):
        with pytest.raises(Unclear, match=said):
            parse_quarter(text, self.JULY)

    def test_only_the_quarters_there_are(self):
        with pytest.raises(Unclear) as fault:
            parse_quarter("Q3", self.WINTER)
        assert fault.value.hint == "the quarters are Q1, Q2"

    @pytest.mark.parametrize(("text", "number"), [("4-6月", 2), ("2020年10-12月", 4), ("二季度（4-6月）", 2)])
    def test_a_year_of_the_calendar_has_its_months_too(self, text, number):
        assert parse_quarter(text, quarters_of(2020)) == number


HEAD = "plan: {id: p, year: 2019, region: 某县, title: 方案, issuer: 县府办%s}\n"
REST = """\
units:
  - {id: a, name: 甲}
targets:
  - {id: t, name: 任务, lead: [a], measure: 户, goal: 8, due: %s, pace: %s}
"""


@pytest.fixture
def plan(anju, tmp_path):
    """A plan file with further keys in its head, and one target."""

    def written(keys="", due="2019-12-31", pace="none"):
        path = tmp_path / "p.yaml"
        path.write_text(HEAD % keys + REST % (due, pace), encoding="utf-8")
        return path

    return written


class TestThePlanFile:
    @pytest.mark.parametrize(
        ("keys", "problem"),
        [
            (", starts: 2019-07-02", "expected the first of a month, in 2019"),
            (", starts: 2017-07-01", "expected the first of a month, in 2019"),
            (", starts: 2020-01-01", "expected the first of a month, in 2019"),
            (", starts: 2018-01-01", "from February of the year before on"),
            (", ends: 2019-06-29", "expected the last of a month, from 2019-01-31 to 2019-12-31"),
            (", ends: 2020-01-31", "expected the last of a month, from 2019-01-31 to 2019-12-31"),
            (", starts: 2019-10-01, ends: 2019-09-30", "expected the last of a month, from 2019-10-31 to 2020-09-30"),
        ],
    )
    def test_a_year_that_cannot_be_is_a_problem(self, anju, plan, keys, problem):
        assert problem in anju(f"plan check {plan(keys)}", code=1).out

    @pytest.mark.parametrize(
        "keys", [", starts: 2019-01-01", ", ends: 2019-12-31", ", starts: 2019-01-01, ends: 2019-12-31"]
    )
    def test_the_usual_year_written_out_is_the_same_plan(self, plan, keys):
        assert load(plan(keys)).plan == load(plan()).plan

    def test_the_usual_end_of_another_start_is_the_same_plan(self, plan):
        assert load(plan(", starts: 2018-07-01, ends: 2019-06-30")).plan == load(plan(", starts: 2018-07-01")).plan

    @pytest.mark.parametrize(
        ("keys", "due", "code"),
        [
            (", starts: 2019-07-01", "2020-06-30", 0),
            (", starts: 2019-07-01", "2019-12-31", 1),
            (", starts: 2019-10-01, ends: 2020-03-31", "2020-03-31", 0),
            ("", "2019-12-31", 0),
        ],
    )
    def test_even_is_for_the_whole_year(self, anju, plan, keys, due, code):
        out = anju(f"plan check {plan(keys, due, 'even')}", code=code).out
        assert ("even is for the whole year" in out) == bool(code)

    @pytest.mark.parametrize(
        ("keys", "due", "code"),
        [
            pytest.param("", "2024-12-31", 0, id="five years on"),
            pytest.param("", "2025-01-01", 1, id="and no later"),
            pytest.param("", "2018-01-01", 0, id="the year before"),
            pytest.param("", "2017-12-31", 1, id="and no earlier"),
            pytest.param(", starts: 2019-07-01", "2025-12-31", 0, id="counted from where the year ends"),
        ],
    )
    def test_a_goal_may_be_due_in_a_later_year(self, anju, plan, keys, due, code):
        anju(f"plan check {plan(keys, due)}", code=code)

    @pytest.mark.parametrize("keys", [", starts: 2019-02-01", ", ends: 2019-11-30"])
    def test_a_revision_may_not_move_the_year(self, anju, plan, keys):
        anju(f"init --plan {plan()}", today="2019-01-02")
        refused = anju(f"plan apply {plan(keys)} --document D1 --effective 2019-03-01", code=4, today="2019-03-01")
        assert "a revision may not change when the year of its plan begins or ends" in refused.err

    def test_next_years_plan_has_the_same_months_a_year_on(self, anju, tmp_path):
        anju(f"init --plan {PLANS / 'winter_air_2020.yaml'}", today="2020-10-02")
        text = anju("plan new --from air-2020", today="2021-03-31").out
        (tmp_path / "next.yaml").write_text(text, encoding="utf-8")
        following = load(tmp_path / "next.yaml").plan
        assert following.id == "air-2021"
        assert following.title == "某市2021-2022年秋冬季大气污染综合治理攻坚行动方案"
        assert (following.quarters.starts, following.quarters.ends) == (date(2021, 10, 1), date(2022, 3, 31))
        assert following.by_id["stoves"].due == date(2022, 3, 31)

    def test_who_is_responsible_is_carried_and_a_weight_is_told(self, anju, tmp_path):
        anju(f"init --plan {PLANS / 'livelihood-2021.yaml'}", today="2021-03-05")
        text = anju("plan new --from 2021", today="2021-12-31").out
        (tmp_path / "next.yaml").write_text(text, encoding="utf-8")
        following = load(tmp_path / "next.yaml").plan.by_id
        assert {following[id].leader for id in ("seats", "park", "visits")} == {"分管副市长"}
        assert following["seats"].weight is None and "上年权重 12" in text

    def test_two_digits_of_a_year_move_with_it(self, anju, tmp_path):
        anju(f"init --plan {PLANS / 'district_2019.yaml'}", today="2019-07-02")
        text = anju("plan new --from district-2019", today="2020-06-30").out
        assert "performance contract 2020/21" in text


def prepared_of(name, today):
    @prepared
    def story(anju):
        anju(f"init --plan {PLANS / f'{name}.yaml'}", today=today)

    return story


district_of_july = prepared_of("district_2019", "2019-07-20")
campaign = prepared_of("winter_air_2020", "2020-10-02")
borough = prepared_of("borough_2019", "2019-04-02")
five_years = prepared_of("clean_air_2013", "2015-02-02")
four_months = prepared_of("four_months_2019", "2019-11-06")


def targets(heard):
    return {row["id"]: row for row in heard.json["targets"]}


class TestADistrictFromJuly:
    """A contract of 2019/20 in English: 400 ha of terraces evenly, 42.5 km of roads in two steps."""

    def test_its_calendar(self, district_of_july):
        rows = district_of_july("calendar --json", today="2019-07-21").json
        assert [(row["quarter"], row["start"], row["end"], row["return_deadline"], row["review_from"]) for row in rows] == [
            ("Q1", "2019-07-01", "2019-09-30", "2019-10-10", "2019-10-11"),
            ("Q2", "2019-10-01", "2019-12-31", "2020-01-10", "2020-01-11"),
            ("Q3", "2020-01-01", "2020-03-31", "2020-04-10", "2020-04-11"),
            ("Q4", "2020-04-01", "2020-06-30", "2020-07-10", "2020-07-11"),
        ]  # fmt: skip

    def test_a_return_for_its_first_quarter_is_of_september(self, district_of_july):
        said = district_of_july("progress add terraces 90 -u agri -q Q1", today="2019-10-08").out
        assert "2019-09-30" in said
        assert "Q1 (Jul–Sep): brought forward 0, this quarter 90, cumulative 90 ha" in said

    @pytest.mark.parametrize(
        ("on", "stored"), [("9-30", "Q1"), ("10-1", "Q2"), ("1-15", "Q3"), ("6-30", "Q4"), ("2-29", "Q3")]
    )
    def test_a_short_date_is_the_first_such_day_from_its_start(self, district_of_july, on, stored):
        booked = district_of_july(f"progress add terraces 1 -u agri --on {on} --json", today="2020-07-01").json
        assert booked["entries"][0]["quarter"] == stored
        month, day = map(int, on.split("-"))
        year = 2019 if month >= 7 else 2020
        assert booked["entries"][0]["on"] == date(year, month, day).isoformat()

    @pytest.mark.parametrize(
        ("today", "code"),
        [("2019-10-10", 4), ("2019-10-11", 0), ("2020-01-10", 4), ("2020-01-13", 0), ("2020-07-02", 4)],
    )
    def test_until_the_deadline_it_must_be_said_which_quarter_is_meant(self, district_of_july, today, code):
        district_of_july("progress add terraces 1 -u agri", today=today, code=code)

    def test_outside_its_year_a_day_needs_the_option(self, district_of_july):
        for day in ("2019-06-30", "2020-07-01"):
            refused = district_of_july(f"progress add terraces 1 -u agri --on {day}", today="2020-07-02", code=4).err
            assert "hint: the plan's year is from 2019-07-01 to 2020-06-30; add --outside-year" in refused
        district_of_july("progress add terraces 100 -u agri --on 2019-06-30 --outside-year", today="2019-08-01")
        district_of_july("progress add terraces 30 -u agri -q Q1", today="2019-10-08")
        (terraces, _roads) = district_of_july("report year --json", today="2019-10-08").json["quarterly"]
        assert (terraces["before"], terraces["quarters"], terraces["after"]) == (100, [30, 0, 0, 0], 0)

    def test_the_plan_says_when_its_year_is(self, district_of_july):
        sheet = district_of_july("plan show --json", today="2019-08-01").json
        assert (sheet["year"], sheet["starts"], sheet["ends"]) == (2019, "2019-07-01", "2020-06-30")
        assert "The year 2019: 2019-07-01 to 2020-06-30" in district_of_july("plan show", today="2019-08-01").out

    def test_even_is_a_quarter_of_the_goal_at_each_of_its_ends(self, district_of_july):
        for quarter, amount in (("Q1", 100), ("Q2", 200), ("Q3", 300), ("Q4", 400)):
            row = targets(district_of_july(f"report quarter {quarter} --json", today="2020-07-20"))["terraces"]
            assert (row["expected"], row["expected_rate"]) == (amount, 25.0 * amount / 100)

    def test_halfway_through_a_quarter_it_is_by_days(self, district_of_july):
        """15 November is the 46th of the 92 days of Q2: 100 + 100 x 46/92."""
        row = targets(district_of_july("report year --json", today="2019-11-15"))["terraces"]
        assert (row["expected"], row["expected_rate"]) == (150, 37.5)

    def test_a_report_says_its_period_and_the_quarter_its_months(self, district_of_july):
        heard = district_of_july("report quarter Q3 --json", today="2020-04-20").json
        assert heard["period"] == {"start": "2020-01-01", "end": "2020-03-31"}
        assert "Q3 (Jan–Mar 2020) 2019" in district_of_july("report quarter Q3", today="2020-04-20").out
        assert (
            "2019年第三季度（2020年1—3月）" in district_of_july("report quarter Q3 --lang zh", today="2020-04-20").out
        )

    def test_the_trend_begins_in_july(self, district_of_july):
        district_of_july("progress add terraces 90 -u agri -q Q1", today="2019-10-08")
        points = district_of_july("report trend terraces --json", today="2020-02-10").json
        assert [(point["month"], point["on"], point["cumulative"]) for point in points][:3] == [
            ("2019-07", "2019-07-31", 0), ("2019-08", "2019-08-31", 0), ("2019-09", "2019-09-30", 90),
        ]  # fmt: skip
        assert (points[-1]["month"], points[-1]["on"]) == ("2020-02", "2020-02-10")

    def test_a_template_names_its_months_and_comes_back(self, district_of_july, tmp_path):
        form = tmp_path / "agri.xlsx"
        district_of_july(f"progress template -q Q1 -u agri -o {form}", today="2019-10-02")
        texts = [str(cell.value) for row in openpyxl.load_workbook(form).active.iter_rows(max_row=2) for cell in row]
        assert "Musanze District performance contract 2019/20, Q1 (Jul–Sep): return" in texts
        assert "Quarter: Q1 (Jul–Sep)" in texts
        book = openpyxl.load_workbook(form)
        heads = {cell.value: cell.column for cell in book.active[3]}
        row = next(cell.row for cell in book.active["B"] if cell.value == "terraces")
        for head in ("This quarter", "Total"):
            book.active.cell(row, heads[head], 88)
        book.save(sheet := tmp_path / "back.xlsx")
        district_of_july(f"progress import {sheet} --received 10-9", today="2019-10-09")
        (entry,) = district_of_july("progress list --json", today="2019-10-09").json
        assert (entry["item"], entry["quarter"], entry["on"], entry["quantity"]) == ("terraces", "Q1", "2019-09-30", 88)

    @pytest.mark.parametrize("period", ["2019年7-9月", "2019年第一季度", "第一季度（7—9月）", "Q1", "7月至9月"])
    def test_a_file_says_the_quarter_by_number_or_by_months(self, district_of_july, tmp_path, period):
        rows = [
            [f"填报单位：Agriculture Unit　　考核期：{period}"],
            ["任务编号", "本期完成", "本期末累计"],
            ["terraces", 75, 75],
        ]
        district_of_july(f"progress import {table(tmp_path / 'a.csv', rows)}", today="2019-10-09")
        (entry,) = district_of_july("progress list --json", today="2019-10-09").json
        assert (entry["quarter"], entry["quantity"]) == ("Q1", 75)

    @pytest.mark.parametrize("period", ["2019年1-3月", "2020年第一季度", "第一季度（1—3月）"])
    def test_a_file_of_another_period_is_no_return_of_it(self, district_of_july, tmp_path, period):
        rows = [
            [f"填报单位：Agriculture Unit　　考核期：{period}"],
            ["任务编号", "本期完成", "本期末累计"],
            ["terraces", 75, 75],
        ]
        district_of_july(f"progress import {table(tmp_path / 'a.csv', rows)}", today="2020-04-09", code=1)
        assert district_of_july("progress list --json", today="2020-04-09").json == []

    def test_columns_named_by_its_months_are_its_figures(self, district_of_july, tmp_path):
        rows = [
            ["2019年10-12月工作进展情况表"],
            ["填报单位：Agriculture Unit"],
            ["任务编号", "10-12月完成", "7-12月累计"],
            ["terraces", 60, 60],
        ]
        district_of_july(f"progress import {table(tmp_path / 'a.csv', rows)}", today="2020-01-09")
        (entry,) = district_of_july("progress list --json", today="2020-01-09").json
        assert (entry["quarter"], entry["on"], entry["quantity"]) == ("Q2", "2019-12-31", 60)


@prepared
def reviewed_campaign(campaign):
    """Q1 of the campaign, over New Year, is closed and circulated: 3000 of 8001 stoves, all 120 sites."""
    campaign("progress add stoves 3000 -u eco -q Q1", today="2021-01-04")
    campaign("progress add sites 120 -u hou --on 11-30", today="2021-01-04")
    for line in ("open Q1", "lock Q1", "result all met", "close Q1 --on 1-6 --document D1"):
        campaign(f"review {line}", today="2021-01-06")
    campaign("review bulletin Q1 --number 环委办〔2021〕1号 --recipients 各成员单位", today="2021-01-08")


class TestACampaignOverNewYear:
    """Two quarters, October to December and January to March."""

    def test_half_of_the_goal_is_expected_at_the_end_of_the_first(self, reviewed_campaign):
        """4000.5 of 8001: a rate of 37.5 is 12.5 points short, and red."""
        row = targets(reviewed_campaign("report quarter Q1 --json", today="2021-01-08"))["stoves"]
        shown = (row["cumulative"], row["expected"], row["completion_rate"], row["expected_rate"], row["gap_points"])
        assert (*shown, row["light"]) == (3000, 4000.5, 37.5, 50.0, -12.5, "red")

    def test_within_the_second_it_is_by_days(self, reviewed_campaign):
        """14 February is the 45th of 90 days: three quarters of the goal."""
        row = targets(reviewed_campaign("report year --json", today="2021-02-14"))["stoves"]
        assert (row["expected"], row["expected_rate"]) == (6000.75, 75.0)

    def test_the_year_has_two_quarters_everywhere(self, reviewed_campaign):
        year = reviewed_campaign("report year --json", today="2021-02-14").json
        assert [row["quarters"] for row in year["quarterly"]] == [[3000, 0], [120, 0]]
        assert [row["quarter"] for row in reviewed_campaign("calendar --json", today="2021-02-14").json] == ["Q1", "Q2"]
        assert [row["quarter"] for row in reviewed_campaign("review list --json", today="2021-02-14").json] == [
            "Q1",
            "Q2",
        ]
        assert "hint: the quarters are Q1, Q2" in reviewed_campaign("report quarter Q3", today="2021-02-14", code=2).err

    def test_the_bulletin_is_recorded_of_a_quarter_of_last_calendar_year(self, reviewed_campaign):
        (first, second) = reviewed_campaign("review list --json", today="2021-02-14").json
        assert (first["state"], first["ended_on"], first["bulletin_deadline"], first["bulletin_on"]) == (
            "closed", "2021-01-06", "2021-01-20", "2021-01-08",
        )  # fmt: skip
        assert (second["review_from"], second["review_to"]) == ("2021-04-06", "2021-04-15")

    def test_a_figure_of_the_locked_quarter_is_carried_into_the_open_one(self, reviewed_campaign):
        late = "progress add stoves 10 -u eco --on 12-30"
        assert "the data of Q1 are locked" in reviewed_campaign(late, today="2021-02-01", code=4).err
        (entry,) = reviewed_campaign(f"{late} --carry --json", today="2021-02-01").json["entries"]
        assert (entry["quarter"], entry["on"], entry["carried_for"]) == ("Q2", "2021-02-01", "Q1")

    def test_once_its_last_quarter_is_locked_nothing_is_open(self, reviewed_campaign):
        for line in ("review open Q2", "review lock Q2"):
            reviewed_campaign(line, today="2021-04-06")
        late = "progress add stoves 10 -u eco --on 3-30 --carry"
        assert "no quarter of 2020 is open" in reviewed_campaign(late, today="2021-04-07", code=4).err

    def test_after_its_end_what_is_carried_is_of_its_last_day(self, reviewed_campaign):
        late = "progress add stoves 10 -u eco --on 12-30 --carry --json"
        (entry,) = reviewed_campaign(late, today="2021-04-02").json["entries"]
        assert (entry["quarter"], entry["on"]) == ("Q2", "2021-03-31")

    def test_the_bulletin_names_the_months_and_the_quarter_to_come(self, reviewed_campaign, tmp_path):
        reviewed_campaign(f"report quarter Q1 -o {tmp_path / 'x.docx'}", today="2021-01-08")
        text = "\n".join(paragraph.text for paragraph in Document(str(tmp_path / "x.docx")).paragraphs)
        assert "第一季度（10—12月）考核情况的通报" in text
        assert "第二季度（2021年1—3月）情况请于2021年4月6日前（含当日）报送" in text
        assert "2020年第一季度（10—12月）目标任务完成情况表" in text

    def test_a_sheet_to_sign_names_the_months(self, reviewed_campaign, tmp_path):
        reviewed_campaign(f"report unit eco -q Q1 -o {tmp_path / 'x.docx'}", today="2021-01-08")
        text = "\n".join(paragraph.text for paragraph in Document(str(tmp_path / "x.docx")).paragraphs)
        assert "考核期：2020年第一季度（10—12月）" in text

    def test_the_curve_is_drawn_over_its_six_months(self, reviewed_campaign, tmp_path):
        reviewed_campaign(f"report trend stoves -o {tmp_path / 'x.svg'}", today="2021-03-31")
        drawn = (tmp_path / "x.svg").read_text(encoding="utf-8")
        assert ">12-31</text>" in drawn and ">03-31</text>" in drawn and ">06-30</text>" not in drawn


class TestABoroughFromApril:
    """Returns fall due on the 20th of each quarter's last month."""

    def test_its_deadlines_lie_within_the_quarter(self, borough):
        rows = borough("calendar --json", today="2019-04-02").json
        assert [row["return_deadline"] for row in rows] == ["2019-06-20", "2019-09-20", "2019-12-20", "2020-03-20"]

    def test_a_return_in_time_is_of_the_day_it_came(self, borough):
        (entry,) = borough("progress add homes 240 -u housing -q Q1 --received 6-18 --json", today="2019-06-21").json[
            "entries"
        ]
        assert (entry["quarter"], entry["on"]) == ("Q1", "2019-06-18")
        late = borough("units overdue --json", today="2019-06-21").json
        assert [(row["reason"], row["unit"], row["due"], row["days_overdue"]) for row in late] == [
            ("unreported", "streets", "2019-06-20", 1)
        ]

    def test_what_is_new_needs_no_quarter_once_its_return_is_in(self, borough):
        """At the beginning of a quarter the return of the one before is past its deadline."""
        (entry,) = borough("progress add homes 5 -u housing --json", today="2019-07-01").json["entries"]
        assert (entry["quarter"], entry["on"]) == ("Q2", "2019-07-01")

    @pytest.mark.parametrize(("day", "code"), [("6-25", 0), ("2019-06-01", 0), ("7-5", 0), ("2019-05-31", 4)])
    def test_a_circular_moves_it_within_that_month_or_after(self, borough, day, code):
        said = borough(f"calendar deadline Q1 {day} --document D1", today="2019-05-02", code=code)
        if code:
            assert "returns are due after 2019-05-31" in said.err

    def test_two_months_after_the_quarter(self, anju, tmp_path):
        text = (PLANS / "borough_2019.yaml").read_text(encoding="utf-8").replace("month: 0", "month: 2")
        (tmp_path / "b.yaml").write_text(text, encoding="utf-8")
        anju(f"init --plan {tmp_path / 'b.yaml'}", today="2019-04-02")
        rows = anju("calendar --json", today="2019-04-02").json
        assert [row["return_deadline"] for row in rows] == ["2019-08-20", "2019-11-20", "2020-02-20", "2020-05-20"]
        anju("progress add homes 5 -u housing", today="2019-08-20", code=4)
        anju("progress add homes 5 -u housing", today="2019-08-21")

    def test_a_quarter_before_the_day_it_names_owes_nothing(self, anju, tmp_path):
        text = (PLANS / "borough_2019.yaml").read_text(encoding="utf-8")
        (tmp_path / "b.yaml").write_text(
            text.replace("issued_on: 2019-04-01", "issued_on: 2019-04-01\n  reporting_from: 2019-07-01"),
            encoding="utf-8",
        )
        anju(f"init --plan {tmp_path / 'b.yaml'}", today="2019-04-02")
        assert anju("units overdue --reason unreported --json", today="2019-08-25").json == []
        report = anju("report quarter Q1 --json", today="2019-08-25").json
        assert {(row["items_due"], row["reporting_rate"]) for row in report["units"]} == {(0, None)}
        coming = anju("due --within 100 --json", today="2019-06-15").json
        assert [(row["quarter"], row["on"]) for row in coming if row["what"] == "return_deadline"] == [
            ("Q2", "2019-09-20")
        ]
        said = anju(f"progress template -q Q1 -u housing -o {tmp_path / 'f.xlsx'}", today="2019-06-15").err
        assert "note: no return is owed for Q1: it ended before 2019-07-01" in said
        anju(f"report quarter Q1 -o {tmp_path / 'x.docx'}", today="2019-08-25")
        text = "\n".join(paragraph.text for paragraph in Document(str(tmp_path / "x.docx")).paragraphs)
        assert "Returns. None is owed for Q1 (Apr–Jun)." in text

    def test_a_chinese_bulletin_says_so_too(self, anju, tmp_path):
        text = (PLANS / "four_months_2019.yaml").read_text(encoding="utf-8")
        text = text.replace("issued_on: 2019-11-05", "issued_on: 2019-11-05\n  reporting_from: 2020-02-01")
        (tmp_path / "w.yaml").write_text(text, encoding="utf-8")
        anju(f"init --plan {tmp_path / 'w.yaml'}", today="2019-11-06")
        anju(f"report quarter Q1 -o {tmp_path / 'x.docx'}", today="2020-02-20")
        text = "\n".join(paragraph.text for paragraph in Document(str(tmp_path / "x.docx")).paragraphs)
        assert "报送情况。第一季度（2019年11月—2020年1月）不需报送。" in text and "应报送单位" not in text


class TestAGoalOfFiveYears:
    """100 万辆 from 2013 to 2017, of which 42.5 were done before the plan of 2015."""

    @pytest.fixture
    def opened(self, five_years):
        five_years("progress add cars 42.5 -u trf --on 2014-12-31 --outside-year", today="2015-04-08")
        five_years("progress add cars 6 -u trf -q Q1", today="2015-04-08")
        five_years("progress add cars 5.5 -u trf -q Q2", today="2015-07-08")
        return five_years

    def test_its_cumulative_has_the_years_before(self, opened):
        row = targets(opened("report quarter Q2 --json", today="2015-07-20"))["cars"]
        shown = (row["quarter_quantity"], row["cumulative"], row["completion_rate"], row["expected"], row["gap_points"])
        assert (*shown, row["status"], row["due"]) == (5.5, 54.0, 54.0, 40.0, 14.0, "on_pace", "2017-12-31")

    def test_the_figures_by_quarter_have_a_column_for_it_that_others_do_not(self, opened, five_years):
        (cars, boilers) = opened("report year --json", today="2015-07-20").json["quarterly"]
        assert (cars["before"], cars["quarters"]) == (42.5, [6.0, 5.5, 0.0, 0.0])
        assert (boilers["before"], boilers["quarters"]) == (0, [0, 0, 0, 0])
        assert "before the year" in opened("report year", today="2015-07-20").out

    def test_without_an_opening_figure_there_is_no_such_column(self, five_years):
        five_years("progress add cars 6 -u trf -q Q1", today="2015-04-08")
        assert "before the year" not in five_years("report year", today="2015-07-20").out

    def test_a_total_stated_later_counts_the_opening_in(self, opened):
        (entry,) = opened("progress add cars --total 60 -u trf -q Q3 --json", today="2015-10-09").json["entries"]
        assert (entry["quantity"], entry["stated_total"]) == (6.0, 60.0)

    def test_it_is_not_overdue_when_the_years_plan_ends(self, opened):
        row = targets(opened("report year --json", today="2016-01-15"))["cars"]
        assert (row["expected"], row["status"]) == (60.0, "behind")

    def test_the_bulletin_does_not_call_it_annual(self, opened, tmp_path):
        opened(f"report quarter Q2 -o {tmp_path / 'x.docx'}", today="2015-07-20")
        text = "\n".join(paragraph.text for paragraph in Document(str(tmp_path / "x.docx")).paragraphs)
        assert "淘汰老旧机动车。总目标100.0万辆（2017年12月31日前完成）" in text
        assert "燃煤锅炉改造。年度目标3200蒸吨" in text

    def test_its_goal_can_be_adjusted(self, opened):
        opened("plan amend cars --goal 110 --document D1 --effective 2015-07-01", today="2015-07-20")
        assert targets(opened("report year --json", today="2015-07-20"))["cars"]["goal"] == 110.0


class TestFourMonthsFromNovember:
    """A quarter over New Year, and a short one of February: each has half of the goal of 900."""

    def test_its_calendar(self, four_months):
        rows = four_months("calendar --json", today="2019-11-06").json
        assert [(row["quarter"], row["start"], row["end"], row["review_from"], row["review_to"]) for row in rows] == [
            ("Q1", "2019-11-01", "2020-01-31", "2020-02-11", "2020-02-20"),
            ("Q2", "2020-02-01", "2020-02-29", "2020-03-11", "2020-03-20"),
        ]

    def test_each_quarter_has_half(self, four_months):
        """15 December is the 45th of 92 days; 14 February the 14th of 29."""
        for today, amount in (
            ("2019-12-15", 220.11),
            ("2020-01-31", 450),
            ("2020-02-14", 667.24),
            ("2020-02-29", 900),
        ):
            row = targets(four_months("report year --json", today=today))["checks"]
            assert row["expected"] == amount

    def test_its_quarters_name_their_years(self, four_months):
        out = four_months("calendar --lang zh", today="2019-11-06").out
        assert "第一季度（2019年11月—2020年1月）" in out and "第二季度（2020年2月）" in out
        out = four_months("calendar", today="2019-11-06").out
        assert "Q1 (Nov 2019–Jan 2020)" in out and "Q2 (Feb 2020)" in out

    def test_its_bulletin_has_no_quarter_after_the_last(self, four_months, tmp_path):
        four_months(f"report quarter Q2 -o {tmp_path / 'x.docx'}", today="2020-03-20")
        text = "\n".join(paragraph.text for paragraph in Document(str(tmp_path / "x.docx")).paragraphs)
        assert "第二季度（2020年2月）" in text and "第三季度" not in text


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        pytest.param(
            "关于某市2020-2021年秋冬季大气污染综合治理攻坚行动第二季度（2021年1—3月）考核情况的通报",
            ["关于某市2020-2021年秋冬季大气污", "染综合治理攻坚行动", "第二季度（2021年1—3月）", "考核情况的通报"],
            id="before the quarter",
        ),
        pytest.param(
            "关于某县2019-2020年冬春火灾防控工作第一季度（2019年11月—2020年1月）考核情况的通报",
            ["关于某县2019-2020年冬春火灾防控", "工作第一季度（2019年11月—2020年1月）", "考核情况的通报"],
            id="behind its months",
        ),
    ],
)
def test_a_title_is_never_broken_within_the_months_of_a_quarter(title, lines):
    assert broken(title) == lines


SECOND = ("plan: {id: p, year: 2019,", "plan: {id: q, year: 2020,")


class TestWhichOfSeveralPlans:
    @pytest.fixture
    def following(self, anju, plan, tmp_path):
        """Two years from July, the second after the first."""

        def both(first=", starts: 2018-07-01", second=", starts: 2019-07-01"):
            anju(f"init --plan {plan(first)}", today="2018-07-01")
            later = tmp_path / "q.yaml"
            later.write_text((HEAD.replace(*SECOND) % second) + REST % ("2020-06-30", "none"), encoding="utf-8")
            anju(f"plan apply {later}", today="2019-06-30")
            return anju

        return both

    @pytest.mark.parametrize(
        ("line", "today", "meant"),
        [
            pytest.param("report quarter Q4 --json", "2019-07-05", "p", id="the quarter that is over"),
            pytest.param("report quarter Q1 --json", "2019-07-05", "q", id="the quarter that has begun"),
            pytest.param("report quarter 4-6月 --json", "2019-07-05", "p", id="by its months"),
            pytest.param("report quarter 2020Q4 --json", "2019-07-05", "q", id="by its year"),
            pytest.param("report quarter 2018年10-12月 --json", "2020-03-05", "p", id="by its months and their year"),
            pytest.param("report year --as-of 7-2 --json", "2019-07-05", "q", id="a day of the new year"),
            pytest.param("report year --as-of 6-28 --json", "2019-07-05", "p", id="a day of the old one"),
            pytest.param(
                "progress add t 1 -u a --on 6-28 --dry-run --json", "2019-07-05", "p", id="a write of the old year"
            ),
            pytest.param("progress add t 1 -u a -q Q4 --dry-run --json", "2019-07-05", "p", id="its return"),
            pytest.param("report year --json", "2019-07-20", "p", id="to the end of the last window"),
            pytest.param("report year --json", "2019-07-21", "q", id="and no longer"),
        ],
    )
    def test_of_consecutive_years_the_quarter_or_the_day_decides(self, following, line, today, meant):
        assert following()(line, today=today).json["plan"] == meant

    @pytest.mark.parametrize(("today", "meant"), [("2019-09-30", "p"), ("2019-10-01", "q")])
    def test_a_review_keeps_it_for_three_months_after_its_end(self, following, today, meant):
        anju = following()
        anju("review open Q4", today="2019-07-12")
        assert anju("report quarter Q4 --json", today=today).json["plan"] == meant

    def test_the_review_of_its_own_last_quarter_keeps_it(self, following):
        """A half-year's last quarter is its second."""
        anju = following(", starts: 2019-01-01, ends: 2019-06-30", ", starts: 2019-07-01")
        anju("review open Q2", today="2019-07-12")
        assert anju("report quarter Q2 --json", today="2019-08-20").json["plan"] == "p"
        assert anju("report quarter Q2 --json", today="2019-10-20").json["plan"] == "q"

    def test_where_years_overlap_a_write_says_which(self, following):
        anju = following(", starts: 2019-01-01", ", starts: 2019-10-01, ends: 2020-06-30")
        for line in ("progress add t 1 -u a --on 10-5", "progress add t 1 -u a -q Q1", "review open Q1"):
            refused = anju(line, today="2019-11-05", code=2).err
            assert "several plans hold at once" in refused and "--plan ID" in refused
        anju("progress add t 1 -u a --on 10-5 --plan p", today="2019-11-05")
        assert "note: plan" in anju("report year", today="2019-11-05").err

    def test_before_the_overlap_the_one_that_holds_is_meant(self, following):
        anju = following(", starts: 2019-01-01", ", starts: 2019-10-01, ends: 2020-06-30")
        assert anju("progress add t 1 -u a --on 8-5 --json", today="2019-08-06").json["plan"] == "p"

    def test_two_halves_of_one_year_are_consecutive(self, anju, plan, tmp_path):
        anju(f"init --plan {plan(', ends: 2019-06-30')}", today="2019-01-02")
        later = tmp_path / "q.yaml"
        head = HEAD.replace("id: p", "id: q") % ", starts: 2019-07-01, ends: 2019-12-31"
        later.write_text(head + REST % ("2019-12-31", "even"), encoding="utf-8")
        anju(f"plan apply {later}", today="2019-06-30")
        booked = anju("progress add t 1 -u a -q Q2 --json", today="2019-07-05").json
        assert (booked["plan"], booked["entries"][0]["on"]) == ("p", "2019-06-30")
        assert anju("progress add t 1 -u a --on 7-2 --json", today="2019-07-05").json["plan"] == "q"

    def test_a_record_of_one_half_is_corrected_and_shown_in_it(self, anju, plan, tmp_path):
        anju(f"init --plan {plan(', ends: 2019-06-30')}", today="2019-01-02")
        later = tmp_path / "q.yaml"
        head = HEAD.replace("id: p", "id: q") % ", starts: 2019-07-01, ends: 2019-12-31"
        later.write_text(head + REST % ("2019-12-31", "even"), encoding="utf-8")
        anju(f"plan apply {later}", today="2019-06-30")
        anju("progress add t 1 -u a --on 7-2", today="2019-07-05")
        anju("progress correct 1 2 --reason misread", today="2019-07-05")
        assert [row["plan"] for row in anju("progress show 1 --json", today="2019-07-05").json] == ["q", "q"]

    def test_a_return_says_which_where_years_overlap(self, following, tmp_path):
        anju = following(", starts: 2019-01-01", ", starts: 2019-10-01, ends: 2020-06-30")
        rows = [["填报单位：甲　　考核期：2019年第四季度"], ["任务编号", "本期完成", "本期末累计"], ["t", 2, 2]]
        file = table(tmp_path / "a.csv", rows)
        assert "several plans hold at once" in anju(f"progress import {file}", today="2020-01-09", code=2).err
        anju(f"progress import {file} --plan p", today="2020-01-09")


def test_a_ledger_of_another_year_is_sound_and_made_anew_from_its_export(reviewed_campaign, tmp_path):
    assert reviewed_campaign("ledger verify", today="2021-02-14").out == ""
    reviewed_campaign(f"ledger export -o {tmp_path / 'all.jsonl'}", today="2021-02-14")
    reviewed_campaign(f"init --from {tmp_path / 'all.jsonl'}", db=str(tmp_path / "anew.db"), today="2021-02-14")
    first, again = (
        reviewed_campaign("report quarter Q1 --json", today="2021-02-14", **where).json
        for where in ({}, {"db": str(tmp_path / "anew.db")})
    )
    assert first == again


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize(
    ("line", "zh", "en"),
    [
        ("", "第二季度（2021年1—3月）", "Q2 (Jan–Mar 2021)"),
        ("calendar", "第一季度（10—12月）", "Q1 (Oct–Dec)"),
        ("report year", "第一季度（10—12月）", "Q1 (Oct–Dec)"),
        ("report why Q1", "第一季度（10—12月）", "Q1 (Oct–Dec)"),
        ("review list", "第二季度（2021年1—3月）", "Q2 (Jan–Mar 2021)"),
        ("review show Q1", "第一季度（10—12月）", "Q1 (Oct–Dec)"),
        ("progress list", "第一季度（10—12月）", "Q1 (Oct–Dec)"),
        ("units overdue --detail", "第二季度（2021年1—3月）", "Q2 (Jan–Mar 2021)"),
        ("report unit eco", "第一季度（10—12月）", "Q1 (Oct–Dec)"),
        ("due --within 99", "第二季度（2021年1—3月）", "Q2 (Jan–Mar 2021)"),
        ("ledger log", "第一季度（10—12月）", "Q1 (Oct–Dec)"),
        ("interviews propose Q1", None, None),
    ],
)
def test_every_page_names_the_months_of_a_quarter(reviewed_campaign, line, zh, en, lang):
    out = reviewed_campaign(f"{line} --lang {lang}" if line else "", today="2021-02-14", lang=lang).out
    if zh is not None:
        assert (zh if lang == "zh" else en) in out
    assert not re.search(r"第[一二三四]季度(?!（)", out)
