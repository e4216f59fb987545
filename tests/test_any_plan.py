"""What plans of other places set: names in one language, when returns fall due and from when, what a ratio aims at."""

import json
import re

import pytest
from docx import Document
from openpyxl import load_workbook

from anju_cli.plan_file import load
from tests.conftest import FIXTURES

ONE_LANGUAGE = """\
plan: {id: county-2021, year: 2021, region: {zh: 某县}, title: {zh: 某县2021年民生实事}, issuer: 县政府办, issued_on: 2021-05-10}
units:
  - {id: hou, name: {zh: 住建局}}
  - {id: edu, name: {zh: 教育局}}
targets:
  - {id: start, name: {zh: 开工}, lead: [hou], goal: 400, measure: 套, due: 2021-12-31, pace: even}
  - {id: paid, name: {zh: 已发放}, lead: [hou], measure: 户, due: undated}
  - {id: coverage, name: {zh: 覆盖率}, lead: [hou], ratio: {of: paid, to: eligible}, goal: 90%, due: 2021-12-31, pace: year_end}
duties:
  - {id: eligible, name: {zh: 符合条件}, lead: [hou], measure: 户, reporting: quantity}
  - {id: places, name: {en: School places}, lead: [edu], reporting: summary}
"""


@pytest.fixture
def county(anju, tmp_path):
    """`anju` with a plan that says each name once."""

    def begun(text=ONE_LANGUAGE, today="2021-07-15"):
        (tmp_path / "county.yaml").write_text(text, encoding="utf-8")
        anju("init --plan", str(tmp_path / "county.yaml"), today=today)
        return lambda line, *more, **how: anju(line, *more, **{"today": today} | how)

    return begun


class TestOneLanguage:
    """A name in one language is whole: it serves both, and output in the other falls back to it."""

    @pytest.mark.parametrize("name", ["开工", "{zh: 开工}", "{en: 开工}", "{zh: 开工, en: 开工}"])
    def test_four_ways_of_writing_a_name_state_one_plan(self, tmp_path, name):
        path = tmp_path / "plan.yaml"
        path.write_text(ONE_LANGUAGE.replace("{zh: 开工}", name), encoding="utf-8")
        (start, *_others) = load(path).plan.items
        assert (start.name, start.name_en) == ("开工", "开工")

    @pytest.mark.parametrize("lang", ["zh", "en"])
    def test_both_languages_show_the_name_there_is(self, county, lang):
        out = county()(f"plan show --lang {lang}").out
        assert "开工" in out and "School places" in out

    def test_the_other_name_is_a_text_in_json(self, county):
        (hou, _edu) = county()("units list --json").json
        assert (hou["name"], hou["name_en"]) == ("住建局", "住建局")

    def test_a_name_said_once_is_found_as_any_other(self, county):
        said = county()("progress add 开工 100 --unit 住建局 --quarter Q2 --received 7-9 --json").json
        assert (said["entries"][0]["item"], said["entries"][0]["unit"]) == ("start", "hou")

    def test_the_schema_takes_either_language(self, anju):
        schema = json.loads(anju("plan schema").out)
        assert '"required": ["zh", "en"]' not in json.dumps(schema)


class TestWhenReturnsAreOwed:
    """A quarter that ended before the plan was issued, or before the day it names, owes nothing."""

    @pytest.mark.parametrize(
        ("head", "owed"),
        [
            pytest.param("issued_on: 2021-05-10", ["Q2"], id="from the day of issue"),
            pytest.param("issued_on: 2021-03-31", ["Q1", "Q2"], id="issued on a quarter's last day"),
            pytest.param("issued_on: null", ["Q1", "Q2"], id="undated: from the year's start"),
            pytest.param("issued_on: 2021-05-10, reporting_from: 2021-01-01", ["Q1", "Q2"], id="as the plan says"),
            pytest.param("issued_on: null, reporting_from: 2021-07-01", [], id="later than both"),
        ],
    )
    def test_only_quarters_since_then_are_asked_for(self, county, head, owed):
        anju = county(ONE_LANGUAGE.replace("issued_on: 2021-05-10", head))
        late = anju("units overdue --reason unreported --json").json
        assert sorted({row["quarter"] for row in late}) == owed

    @pytest.mark.parametrize(
        ("deadline", "days"),
        [
            pytest.param("{day: 10}", ["2021-04-12", "2021-07-12", "2021-10-11", None], id="the month after"),
            pytest.param("{day: 22, month: 0}", ["2021-03-22", "2021-06-22", "2021-09-22", "2021-12-22"], id="within"),
            pytest.param("{day: 20, month: 2}", ["2021-05-20", "2021-08-20", "2021-11-22", None], id="two months on"),
        ],
    )
    def test_the_deadline_is_a_day_of_a_month_counted_from_the_quarters_last(self, county, deadline, days):
        text = ONE_LANGUAGE.replace("units:", f"settings: {{return_deadline: {deadline}}}\nunits:", 1)
        quarters = county(text)("calendar --json").json
        known = [row["return_deadline"] for row in quarters]
        assert [day for day, wanted in zip(known, days, strict=True) if wanted] == [day for day in days if day]

    def test_a_return_within_the_quarter_is_on_time_or_late_by_that_day(self, county):
        text = ONE_LANGUAGE.replace("units:", "settings: {return_deadline: {day: 22, month: 0}}\nunits:", 1)
        anju = county(text, today="2021-06-25")
        anju("progress add start 100 --unit hou --quarter Q2 --received 6-22")
        anju("progress add summary --unit edu --quarter Q2 --received 6-23 --note 推进")
        late = anju("units overdue --quarter Q2 --json").json
        assert [(row["unit"], row["days_overdue"]) for row in late if row["reason"] == "late_return"] == [("edu", 1)]


class TestRatios:
    """A ratio aims at the percentage it states: 90 of 100 is done where the goal is 90 %."""

    @pytest.mark.parametrize(
        ("paid", "eligible", "as_of", "rate", "gap", "light", "status"),
        [
            (89, 100, "2021-12-31", 89.0, -1.0, "yellow", "behind"),
            (90, 100, "2021-12-31", 90.0, 0.0, "green", "done"),
            (92, 100, "2021-07-15", 92.0, None, "green", "done"),
            (70, 100, "2021-12-31", 70.0, -20.0, "red", "behind"),
            (70, 100, "2022-01-01", 70.0, -20.0, "red", "overdue"),
            (70, 100, "2021-07-15", 70.0, None, None, None),
            (0, 0, "2021-12-31", None, None, None, None),
        ],
    )
    def test_it_is_judged_by_its_own_goal(self, county, paid, eligible, as_of, rate, gap, light, status):
        anju = county(today="2022-01-15")
        anju(f"progress add paid {paid} --unit hou --on 2021-06-30")
        anju(f"progress add eligible {eligible} --unit hou --on 2021-06-30")
        row = anju(f"report year --json --as-of {as_of}").json["targets"][2]
        shown = (row["goal"], row["completion_rate"], row["gap_points"], row["light"], row["status"])
        assert shown == (90, rate, gap, light, status)

    def test_without_a_goal_it_aims_at_the_whole(self, county):
        anju = county(ONE_LANGUAGE.replace(", goal: 90%", ""), today="2022-01-15")
        anju("progress add paid 92 --unit hou --on 2021-06-30")
        anju("progress add eligible 100 --unit hou --on 2021-06-30")
        row = anju("report year --json --as-of 2021-12-31").json["targets"][2]
        assert (row["goal"], row["completion_rate"], row["status"]) == (100, 92.0, "behind")


def test_a_date_on_a_duty_is_refused_with_the_way_to_say_it(anju, tmp_path):
    (tmp_path / "plan.yaml").write_text(
        ONE_LANGUAGE.replace("reporting: summary", "reporting: summary, due: 2021-06-30")
    )
    (problem,) = anju("plan check", str(tmp_path / "plan.yaml"), code=1).out.splitlines()
    assert problem.endswith(": found 2021-06-30, expected no due: what has a date is a milestone, under milestones")


AIR = """\
plan:
  id: air-2021
  year: 2021
  region: {zh: 某县}
  title: {zh: 某县2021年度秋冬季大气污染防治攻坚行动方案}
  issuer: ISSUER
  issued_on: 2021-01-10
units:
  - {id: hou, name: {zh: 住建局}}
  - {id: edu, name: {zh: 教育局}}
  - id: towns
    name: {zh: 各乡镇}
    members: [{id: t-a, name: 甲镇}, {id: t-b, name: 乙镇}]
targets:
  - {id: heat, name: 清洁取暖改造, lead: [hou], goal: 400, measure: 户, due: 2021-12-31, pace: even, leader: 分管副县长, weight: 12.5}
  - {id: tidy, name: 清理, lead: [t-a], goal: 40, measure: 处, due: 2021-12-31, pace: even}
milestones:
  - {id: scheme, name: 印发方案, lead: [edu], due: 2021-03-31, leader: {zh: 县长, en: County mayor}}
"""


def words_of(path):
    """What a Word file says, with its tables."""
    document = Document(path)
    rows = (cell.text for table in document.tables for row in table.rows for cell in row.cells)
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *rows])


class TestNothingOfAnotherPlan:
    """Papers say what their own plan says: its subject, its issuer, its places; no housing, no clause of another."""

    @pytest.mark.parametrize(
        ("issuer", "group", "signed"),
        [
            ("某县生态环境局", "待某县生态环境局同意", "\n某县生态环境局\n"),
            ("某县大气污染防治工作领导小组", "待领导小组同意", "\n某县大气污染防治工作领导小组办公室\n"),
            ("某县政府办公室", "待某县政府办公室同意", "\n某县政府办公室\n"),
            ("某县攻坚指挥部", "待指挥部同意", "\n某县攻坚指挥部办公室\n"),
        ],
    )
    def test_a_bulletin_is_signed_by_who_issues_the_plan(self, county, tmp_path, issuer, group, signed):
        say = county(AIR.replace("ISSUER", issuer), today="2021-04-21")
        say(f"report quarter Q1 -o {tmp_path}/q1.docx")
        text = words_of(tmp_path / "q1.docx")
        assert group in text and signed in text
        assert "关于某县2021年度秋冬季大气污染" in text
        for foreign in ("安居", "季度考核机制", "办公室办公室", "四（", "五("):
            assert foreign not in text, foreign

    def test_members_are_counted_as_they_owe(self, county, tmp_path):
        say = county(AIR.replace("ISSUER", "县政府办"), today="2021-04-21")
        say(f"report quarter Q1 -o {tmp_path}/q1.docx")
        assert "应报送单位3个（含1个乡镇，报送主体共3个）" in words_of(tmp_path / "q1.docx")

    def test_a_bulletin_of_january_is_of_the_new_year(self, county, tmp_path):
        say = county(AIR.replace("ISSUER", "县政府办"), today="2022-01-25")
        say(f"report quarter 2021Q4 -o {tmp_path}/q4.docx")
        text = words_of(tmp_path / "q4.docx")
        assert "某××〔2022〕×号" in text and "2022年×月×日" in text

    @pytest.mark.parametrize("line", ["report quarter Q1", "report year", "units overdue", "report unit hou", ""])
    @pytest.mark.parametrize("lang", ["zh", "en"])
    def test_no_page_speaks_of_what_only_the_shipped_plan_has(self, county, line, lang):
        out = county(AIR.replace("ISSUER", "县政府办"), today="2021-04-21")(f"{line} --lang {lang}").out
        for foreign in ("安居", "Housing", "三个到位", "In place", "五(二)"):
            assert foreign not in out, foreign

    @pytest.mark.parametrize(
        ("title", "about"),
        [
            ("坪山区2020年度安居工程任务分解方案", "2021年第一季度安居工程任务完成情况表"),
            ("某市2021年十大民生实事工作方案", "2021年第一季度十大民生实事任务完成情况表"),
            ("某市2020—2021年秋冬季攻坚行动计划", "2021年第一季度秋冬季攻坚行动任务完成情况表"),
            ("高质量发展计划", "2021年第一季度高质量发展任务完成情况表"),
            ("2021年度方案", "2021年第一季度任务完成情况表"),
        ],
    )
    def test_a_table_is_titled_by_what_its_plan_is_about(self, county, title, about):
        text = AIR.replace("ISSUER", "县政府办").replace("某县2021年度秋冬季大气污染防治攻坚行动方案", title)
        assert county(text)("report quarter Q1 --lang zh").out.splitlines()[0].strip() == about


class TestLeadersAndWeights:
    """Who is in charge (责任领导) and what an item weighs is carried and shown; nothing is computed of it."""

    def test_reports_show_them_where_the_plan_says_them(self, county):
        say = county(AIR.replace("ISSUER", "县政府办"), today="2021-04-21")
        report = say("report quarter Q1 --json").json
        assert [(row["leader"], row["weight"]) for row in report["targets"]] == [("分管副县长", 12.5), ("", None)]
        assert [(row["leader"], row["leader_en"]) for row in report["milestones"]] == [("县长", "County mayor")]
        for line in ("report quarter Q1", "report year", "plan show", "plan show heat"):
            out = say(f"{line} --lang zh").out
            assert "责任领导" in out and "分管副县长" in out and "12.5" in out, line

    def test_a_plan_that_names_nobody_has_no_column_for_it(self, county):
        assert "责任领导" not in county()("report quarter Q2 --lang zh").out

    def test_annexes_and_the_form_show_them(self, county, tmp_path):
        say = county(AIR.replace("ISSUER", "县政府办"), today="2021-04-21")
        say(f"report quarter Q1 -o {tmp_path}/q1.docx")
        say(f"progress template --unit hou --quarter Q1 -o {tmp_path}/form.xlsx")
        text = words_of(tmp_path / "q1.docx")
        assert "责任领导" in text and "分管副县长" in text and "权重" in text
        cells = [str(cell.value) for row in load_workbook(tmp_path / "form.xlsx").worksheets[0] for cell in row]
        assert any("责任领导：分管副县长\n权重12.5" in cell for cell in cells)

    @pytest.mark.parametrize("weight", ["heavy", "-1", "10%"])
    def test_a_weight_is_a_number(self, anju, tmp_path, weight):
        (tmp_path / "plan.yaml").write_text(AIR.replace("weight: 12.5", f"weight: {weight}"), encoding="utf-8")
        out = anju(f"plan check {tmp_path}/plan.yaml", code=1).out
        assert f"targets[0].weight: found {weight!r}, expected a number such as 55.2" in out


CHINESE = re.compile("[一-鿿]")


class TestEnglishPapers:
    """A plan that is written in English gives English papers, whatever language the screen speaks."""

    @pytest.fixture
    def district(self, anju, tmp_path):
        """The English plan from July on, its first quarter assessed; papers go to `tmp_path`."""
        anju(f"init --plan {FIXTURES}/plans/district_2019.yaml", today="2019-10-05")
        say = lambda line, today="2019-10-25": anju(f"{line} --lang zh", today=today)  # noqa: E731
        say("progress add terraces 60 --unit agri -q Q1 --received 10-8 --note terraced", "2019-10-09")
        say("slips issue terraces --level blue --due 11-20 --requirement catch-up", "2019-10-12")
        say("meetings add Committee --on 10-15 --chair Mayor", "2019-10-15")
        say("meetings attend 1 agri infra", "2019-10-15")
        say("meetings resolve 1 Survey --unit infra --due 11-30", "2019-10-15")
        say("review open Q1", "2019-10-11")
        say("review lock Q1")
        say("review result agri not-met -q Q1")
        say("interviews propose Q1")
        return say

    @pytest.mark.parametrize(
        ("line", "said"),
        [
            ("report quarter Q1", "Bulletin on the assessment of Musanze"),
            ("report quarter Q1", "Radical terraces. Goal: 400 ha. Q1 (Jul–Sep): 60 ha; cumulative: 60 ha"),
            ("report quarter Q1", "15.0 %, 10.0 points behind the pace"),
            ("report unit agri -q Q1", "figures to confirm"),
            ("slips show 1", "Supervision slip"),
            ("interviews show 1", "Notice of an interview"),
            ("meetings show 1", "Committee, 15 October 2019, chaired by Mayor"),
        ],
    )
    def test_each_paper_is_in_english(self, district, tmp_path, line, said):
        district(f"{line} -o {tmp_path}/paper.docx")
        text = words_of(tmp_path / "paper.docx")
        assert said in text
        assert not CHINESE.search(text), CHINESE.findall(text)

    def test_cases_are_counted_in_the_words_of_the_plan(self, anju, tmp_path):
        plan = tmp_path / "plan.yaml"
        plan.write_text(
            "plan: {id: north-2021, year: 2021, region: North, title: North plan 2021, issuer: Council}\n"
            "units: [{id: hea, name: Health Office}]\n"
            "duties: [{id: complaints, name: Complaints, lead: [hea], reporting: case, measure: cases}]\n",
            encoding="utf-8",
        )
        anju(f"init --plan {plan}", today="2021-04-02")
        anju("progress add complaints 3 --unit hea -q Q1", today="2021-04-02")
        anju("progress add complaints.received 4 --unit hea -q Q1", today="2021-04-02")
        anju(f"report quarter Q1 -o {tmp_path}/paper.docx", today="2021-04-12")
        text = words_of(tmp_path / "paper.docx")
        assert "Cases taken in: 4 cases; closed: 3 cases" in text
        assert not CHINESE.search(text), CHINESE.findall(text)
