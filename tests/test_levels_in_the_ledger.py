"""Levels and ceilings in the ledger, in returns, after the lock, and in papers: what is kept, refused and said."""

import re

import pytest
from docx import Document
from openpyxl import load_workbook

from tests.conftest import prepared
from tests.returns import at, filled, workbook
from tests.years import PLANS


def target(heard, id, unit=None):
    return next(row for row in heard.json["targets"] if (row["id"], row["unit"]) == (id, unit))


@prepared
def air(anju):
    """The clean-air plan, as issued, on a day of its second quarter."""
    anju(f"init --plan {PLANS / 'air-2017.yaml'}", today="2017-01-10")
    return anju


@prepared
def work(anju):
    """The plan with levels that may be below 0."""
    anju(f"init --plan {PLANS / 'work-2019.yaml'}", today="2019-03-20")
    return anju


class TestEntries:
    def test_the_latest_level_by_date_stands_whoever_reported_it_and_it_may_fall_without_a_reason(self, air):
        air("progress add pm25 82 --unit epb --on 2017-03-31", today="2017-04-06")
        filed = air("progress add pm25 66 --unit daxing --on 2017-05-20 --json", today="2017-05-21").json
        assert [(row["quantity"], row["stated_total"]) for row in filed["entries"]] == [(-16, 66)]
        assert [(row["opening"], row["quarter_quantity"], row["cumulative"]) for row in filed["figures"]] == [
            (82, 66, 66)
        ]
        row = target(air("report quarter Q2 --json", today="2017-07-05"), "pm25")
        assert (row["quarter_quantity"], row["cumulative"]) == (66, 66)

    def test_a_total_is_the_level_too(self, air):
        air("progress add pm25 --total 82 --unit epb --on 2017-03-31", today="2017-04-06")
        assert target(air("report year --json", today="2017-04-06"), "pm25")["cumulative"] == 82

    def test_a_level_of_an_earlier_day_leaves_later_ones_as_they_were(self, air):
        air("progress add pm25 66 --unit epb --on 2017-06-30", today="2017-07-01")
        air("progress add pm25 82 --unit miyun --on 2017-03-31 --received 2017-07-02", today="2017-07-02")
        assert target(air("report year --json", today="2017-07-05"), "pm25")["cumulative"] == 66
        assert target(air("report quarter Q1 --json", today="2017-07-05"), "pm25")["cumulative"] == 82
        assert air("ledger verify --json").json == []

    def test_a_correction_and_a_void_change_the_level_of_their_day_alone(self, air):
        air("progress add pm25 82 --unit epb --on 2017-03-31", today="2017-04-06")
        air("progress add pm25 66 --unit epb --on 2017-06-30", today="2017-07-01")
        air("progress correct 1 79 --reason 复核", today="2017-07-02")
        assert target(air("report quarter Q1 --json", today="2017-07-05"), "pm25")["cumulative"] == 79
        assert target(air("report quarter Q2 --json", today="2017-07-05"), "pm25")["cumulative"] == 66
        air("progress void 4 --reason 误报", today="2017-07-03")
        row = target(air("report quarter Q2 --json", today="2017-07-05"), "pm25")
        assert (row["cumulative"], row["light"]) == (79, "red")
        assert air("ledger verify --json").json == []

    def test_where_every_report_is_voided_nothing_stands_and_nothing_is_judged(self, air):
        air("progress add pm25 82 --unit epb --on 2017-03-31 --note 自动站", today="2017-04-06")
        air("progress add pm25 --unit epb --on 2017-03-31 --note 文字", today="2017-04-06")
        air("progress void 1 --reason 误报", today="2017-04-06")
        row = target(air("report quarter Q1 --json", today="2017-04-07"), "pm25")
        judged = (row["cumulative"], row["completion_rate"], row["light"], row["status"])
        assert judged == (None, None, None, None)

    def test_a_level_may_be_reported_as_often_as_it_changes_and_is_never_a_zero_report(self, air):
        for level in (82, 81, 81):
            air(f"progress add pm25 {level} --unit epb -q Q1", today="2017-04-06")
        (row,) = (
            row for row in air("report quarter Q1 --json", today="2017-04-11").json["units"] if row["unit"] == "epb"
        )
        assert (row["items_reported"], row["zero_reports"]) == (1, 0)

    def test_what_is_far_off_is_not_doubted(self, air):
        air("progress add pm25 6 --unit epb -q Q1", today="2017-04-06")
        assert "warning" not in air("progress add pm25 600 --unit epb -q Q1", today="2017-04-06").err

    @pytest.mark.parametrize(
        ("line", "code", "said"),
        [
            pytest.param(
                "progress reduce pm25 3 --unit epb --reason x -q Q1", 4, "only a counted quantity", id="reduce"
            ),
            pytest.param("progress add pm25 --done --unit epb -q Q1", 4, "--done is for milestones", id="done"),
            pytest.param("progress add pm25 -5 --unit epb -q Q1", 2, "never negative (got -5)", id="below 0"),
            pytest.param("progress add pm25 5.5 --unit epb -q Q1", 2, "takes no decimals", id="decimals"),
        ],
    )
    def test_what_a_level_does_not_take_is_refused(self, air, line, code, said):
        assert said in air(line, today="2017-04-06", code=code).err

    def test_one_that_is_signed_may_be_below_0_as_it_is_typed(self, work):
        work("progress add so2 -0.5 --unit env -q Q1", today="2019-04-05")
        work("progress add so2 --unit env --total -1.2 --on 2019-04-05", today="2019-04-05")
        work("progress correct 2 --reason 核定 -1.3", today="2019-04-05")
        assert target(work("report year --json", today="2019-04-06"), "so2")["cumulative"] == -1.3
        assert "never negative" in work("progress add jobs -5 --unit hrss -q Q1", today="2019-04-05", code=2).err

    def test_a_goal_of_nothing_is_kept_by_a_reported_0_and_not_by_silence(self, anju):
        anju(f"init --plan {PLANS / 'safety-2020.yaml'}", today="2020-01-06")
        assert target(anju("report quarter Q1 --json", today="2020-04-11"), "major")["light"] is None
        anju("progress add major 0 --unit emergency -q Q1", today="2020-04-05")
        row = target(anju("report quarter Q1 --json", today="2020-04-11"), "major")
        assert (row["light"], row["status"], row["completion_rate"]) == ("green", "on_pace", None)
        anju("progress add major 1 --unit emergency --on 2020-04-20", today="2020-04-21")
        late = [row for row in anju("units overdue --json", today="2020-04-22").json if row["item"] == "major"]
        assert [(row["reason"], row["cumulative"], row["goal"], row["light"]) for row in late] == [
            ("behind", 1, 0, "red")
        ]


class TestAfterTheLock:
    @pytest.fixture
    def locked(self, air):
        air("progress add pm25 82 --unit epb -q Q1", today="2017-04-06")
        air("progress add heavy-days 17 --unit epb -q Q1", today="2017-04-06")
        air("review open Q1", today="2017-04-11")
        air("review lock Q1", today="2017-04-20")
        return air

    def test_a_level_is_restated_or_refused_and_never_carried(self, locked):
        line = "progress add pm25 80 --unit epb --on 2017-03-31 --received 2017-04-22"
        refused = locked(line, today="2017-04-22", code=4).err
        assert "locked" in refused and "--restate" in refused and "--carry" not in refused
        assert "not carried" in locked(f"{line} --carry", today="2017-04-22", code=4).err
        locked(f"{line} --restate --reason 复核 --document 环文1号", today="2017-04-22")
        why = locked("report why Q1 pm25 --json", today="2017-04-25").json
        (figure,) = why["figures"]
        assert (figure["circulated"], figure["now"], figure["change"]) == (82, 80, -2)
        assert (figure["circulated_rate"], figure["now_rate"]) == (26.7, 33.3)
        assert sum(line["change"] for line in why["lines"]) == -2
        assert locked("ledger verify --json", today="2017-04-25").json == []

    def test_what_was_circulated_is_shown_as_it_was(self, locked):
        row = target(locked("report quarter Q1 --json", today="2017-07-01"), "pm25")
        assert (row["cumulative"], row["baseline"], row["baseline_on"], row["direction"], row["level"]) == (
            82, 90, "2013-12-31", "at_most", True,
        )  # fmt: skip


class TestReturns:
    @pytest.fixture
    def form(self, air, tmp_path):
        """The form of the bureau for the second quarter, and what becomes of it filled in."""
        air("progress add pm25 82 --unit epb -q Q1", today="2017-04-06")
        air("progress template -q Q2 --unit epb -o", str(tmp_path / "epb.xlsx"), today="2017-07-01")
        return tmp_path / "epb.xlsx"

    def sent(self, air, form, cells, code=0):
        back = filled(form, form.with_name("back.xlsx"), cells)
        return air("progress import --json --received 2017-07-05", str(back), today="2017-07-05", code=code).json

    def test_the_form_shows_the_level_before_and_takes_the_level_alone(self, form):
        sheet = load_workbook(form)["进展情况"]
        lines = {sheet.cell(line, 2).value: line for line in range(4, sheet.max_row + 1)}
        level, silent = lines["pm25"], lines["pm10"]
        assert [at(sheet, letter, level).value for letter in "GIJ"] == [60, 82, "—"]
        assert at(sheet, "J", level).protection.locked and not at(sheet, "K", level).protection.locked
        assert at(sheet, "I", silent).value == "—"

    def test_what_comes_back_is_the_level(self, air, form):
        cells = {
            "pm25": {"K": 66, "M": "持续下降"},
            "pm10": {"K": 95, "M": "平稳"},
            "share-good": {"K": "51.4%", "M": "好转"},
        }
        self.sent(air, form, cells)
        report = air("report quarter Q2 --json", today="2017-07-06")
        assert [target(report, id)["cumulative"] for id in ("pm25", "pm10", "share-good")] == [66, 95, 51.4]
        assert self.sent(air, form, cells)[0]["state"] == "already"

    @pytest.mark.parametrize(
        ("cells", "said"),
        [
            pytest.param({"K": "无"}, "a level is a figure", id="none"),
            pytest.param({"K": "—"}, "a level is a figure", id="a dash"),
            pytest.param({"J": "无"}, "a level is a figure", id="none of the quarter"),
            pytest.param({"J": 0}, "stated in the cumulative alone", id="nothing added"),
            pytest.param({"K": -5}, "never below 0", id="below 0"),
            pytest.param({"J": -16, "K": 66}, "stated in the cumulative alone", id="a difference beside it"),
        ],
    )
    def test_what_says_no_level_is_sent_back_at_its_cell(self, air, form, cells, said):
        heard = self.sent(air, form, {"pm25": cells | {"M": "见附件"}}, code=1)
        assert any(said in problem["what"] for problem in heard[0]["problems"])

    def test_a_table_that_has_the_quarter_alone_states_the_level_there(self, air, tmp_path):
        table = workbook(tmp_path / "t.xlsx", [["任务编号", "本期完成", "进展情况"], ["pm25", 66, "下降"]])
        air("progress import --unit epb -q Q2 --received 2017-07-05", str(table), today="2017-07-05")
        assert target(air("report quarter Q2 --json", today="2017-07-06"), "pm25")["cumulative"] == 66

    def test_a_printed_rate_is_that_of_the_way_from_the_baseline(self, air, tmp_path):
        rows = [["任务编号", "本期末累计", "完成率", "进展情况"], ["pm25", 66, "80%", "下降"]]
        air(
            "progress import --unit epb -q Q2 --received 2017-07-05",
            str(workbook(tmp_path / "t.xlsx", rows)),
            today="2017-07-05",
        )
        rows[1][1:3] = [63, "110%"]
        wrong = workbook(tmp_path / "w.xlsx", rows)
        heard = air("progress import --unit epb -q Q2 --received 2017-07-05", str(wrong), today="2017-07-05", code=1)
        assert "90.0%" in heard.err + heard.out


class TestPapers:
    @pytest.fixture
    def told(self, air):
        for line in (
            "pm25 82 --unit epb -q Q1",
            "heavy-days 17 --unit epb -q Q1",
            "pm10 96 --unit epb -q Q2",
            "pm25 66 --unit epb -q Q2",
            "heavy-days 3 --unit epb -q Q2",
            "coal 310 --unit daxing -q Q2",
        ):
            air(f"progress add {line} --received 2017-07-05", today="2017-07-05")
        return air

    @pytest.fixture
    def bulletin(self, told, tmp_path):
        told(f"report quarter Q2 -o {tmp_path / 'b.docx'}", today="2017-07-21", lang="zh")
        return [paragraph.text for paragraph in Document(tmp_path / "b.docx").paragraphs]

    @pytest.mark.parametrize(
        "sentence",
        [
            "（一）细颗粒物年均浓度控制在60微克/立方米左右。年度目标不高于60微克/立方米，第二季度末为66微克/立方米"
            "（基数90微克/立方米，2013年12月31日），完成率80.0%，高于序时进度30.0个百分点。",
            "（二）可吸入颗粒物年均浓度。年度目标不高于70微克/立方米，第二季度末为96微克/立方米，超过现阶段控制数95微克/立方米。",
            "（四）重污染天数。年度目标不高于35天，第二季度3天，累计20天，为控制目标的57.1%，超过现阶段控制数17.5天。",
            "（五）优良天数比率。年度目标60.0%，尚无数据。",
            "（六）煤炭消费总量。年度目标不高于700万吨，第二季度310万吨，累计310万吨，为控制目标的44.3%，未超过控制目标700万吨。",
            "（一）可吸入颗粒物年均浓度为96微克/立方米，超过现阶段控制数95微克/立方米。",
            "（三）煤炭消费总量总体未滞后，其中大兴区分解控制数300万吨，累计310万吨，为控制目标的103.3%，超过控制目标300万吨。",
        ],
    )
    def test_the_bulletin_says_of_each_what_it_is(self, bulletin, sentence):
        assert sentence in bulletin

    def test_an_english_plan_has_its_bulletin_in_english(self, anju, tmp_path):
        anju(f"init --plan {PLANS / 'borough-2019.yaml'}", today="2019-01-02")
        for line in ("voids 31", "shelter 2425", "satisfied -12"):
            anju(f"progress add {line} --unit housing -q Q1", today="2019-04-03")
        anju(f"report quarter Q1 -o {tmp_path / 'b.docx'}", today="2019-04-21")
        said = [paragraph.text for paragraph in Document(tmp_path / "b.docx").paragraphs]
        assert (
            "(2) Days to let an empty home. Goal: at most 25 days. At the end of Q1 it stands at 31 days, above the "
            "limit of 25 days." in said
        )
        assert "(5) Plans made within 20 weeks. Goal: 60%. It has no figure yet." in said
        assert any("Households in temporary accommodation: 2400 households (2018-12-31)" in text for text in said)

    def test_no_level_is_said_to_be_completed(self, bulletin):
        assert not [text for text in bulletin if "累计完成" in text and "浓度" in text]

    def test_the_annex_reads_ceilings_levels_and_baselines(self, told, tmp_path):
        told(f"report quarter Q2 -o {tmp_path / 'b.docx'}", today="2017-07-21")
        paper = Document(tmp_path / "b.docx")
        row = next(row for row in paper.tables[0].rows if "可吸入" in row.cells[1].text)
        assert row.cells[3].text == "≤70"
        notes = "".join(paragraph.text for paragraph in paper.paragraphs)
        assert (
            "为期末数值，不累加" in notes
            and "基数：细颗粒物年均浓度控制在60微克/立方米左右90微克/立方米（2013-12-31）" in notes
        )

    @pytest.mark.parametrize("lang", ["zh", "en"])
    @pytest.mark.parametrize(
        "line",
        [
            "report quarter Q2", "report year", "report trend", "report unit epb", "report unit epb -q Q2", "units overdue --detail",
            "", "plan show", "plan show pm25", "units show epb", "due", "progress list", "calendar",
        ],
    )  # fmt: skip
    def test_every_page_can_be_read(self, told, line, lang):
        assert not re.search(r"\bNone\b(?!\.)", told(line, today="2017-07-21", lang=lang).out)

    @pytest.mark.parametrize("ending", ["html", "xlsx", "md", "csv"])
    @pytest.mark.parametrize("line", ["report quarter Q2", "report year", "report trend", "report unit epb"])
    def test_every_file_can_be_made(self, told, tmp_path, line, ending):
        told(f"{line} -o {tmp_path / f'x.{ending}'}", today="2017-07-21")
        assert (tmp_path / f"x.{ending}").stat().st_size > 100

    def test_the_screen_names_ceilings_levels_and_baselines(self, told):
        said = told("report quarter Q2", today="2017-07-21").out
        assert "≤ 60" in said and "never added up: Yearly mean of fine particles" in said
        assert "Yearly mean of fine particles: 90 微克/立方米 (2013-12-31)" in said

    def test_a_worksheet_holds_a_ceiling_as_a_number(self, work, tmp_path):
        work(f"report quarter Q1 -o {tmp_path / 'x.xlsx'}", today="2019-04-11")
        cells = [cell for row in load_workbook(tmp_path / "x.xlsx").worksheets[1].iter_rows() for cell in row]
        goals = {cell.value: cell.number_format for cell in cells if "≤" in str(cell.number_format)}
        assert goals == {4.5: '"≤ "0.00;"≤ "-0.00', -3: '"≤ "0.0;"≤ "-0.0'}

    def test_a_curve_below_nothing_is_drawn(self, work, tmp_path):
        work("progress add so2 -0.5 --unit env -q Q1", today="2019-04-05")
        work(f"report trend so2 -o {tmp_path / 't.svg'}", today="2019-04-11")
        text = (tmp_path / "t.svg").read_text(encoding="utf-8")
        assert "-0.5" in text and "-3.0" in text

    def test_the_sheet_to_sign_has_the_level_before_and_now(self, told, tmp_path):
        told(f"report unit epb -q Q2 -o {tmp_path / 's.docx'}", today="2017-07-21", lang="zh")
        rows = [
            [cell.text for cell in row.cells] for table in Document(tmp_path / "s.docx").tables for row in table.rows
        ]
        (row,) = (row for row in rows if any("细颗粒物" in cell for cell in row) and "82" in row)
        assert row.count("66") == 2
        entries = [row for row in rows if "细颗粒物年均浓度控制在60微克/立方米左右" in row and "报送" in row]
        assert [row[4] for row in entries] == ["66"], "an entry shows the level, though it fell, and is no 核减"


class TestPlans:
    def test_a_target_that_comes_with_an_adjustment_and_is_even_is_warned_of(self, air, tmp_path):
        text = (PLANS / "air-2017.yaml").read_text(encoding="utf-8")
        text += (
            "  - {id: boilers, name: 燃煤锅炉淘汰, lead: [epb], goal: 400, measure: 台, due: 2017-12-31, pace: even}\n"
        )
        (tmp_path / "two.yaml").write_text(text, encoding="utf-8")
        heard = air(f"plan apply {tmp_path / 'two.yaml'} --document 环文2号 --effective 2017-07-01", today="2017-07-01")
        assert heard.err.startswith("warning:") and "boilers" in heard.err and "dated steps" in heard.err

    def test_the_difference_of_two_states_names_direction_and_baseline(self, air, tmp_path):
        text = (PLANS / "air-2017.yaml").read_text(encoding="utf-8")
        text = text.replace("baseline: {value: 90, on: 2013-12-31}", "baseline: {value: 95.0, on: 2012-12-31}", 1)
        text = text.replace("value: 95.0", "value: 95")
        (tmp_path / "two.yaml").write_text(text, encoding="utf-8")
        air(f"plan apply {tmp_path / 'two.yaml'} --document 环文2号 --effective 2017-07-01", today="2017-07-01")
        (row,) = air("plan diff --json", today="2017-07-02").json
        assert (row["item"], row["field"], row["before"], row["after"]) == (
            "pm25", "baseline", "90 (2013-12-31)", "95 (2012-12-31)",
        )  # fmt: skip

    def test_a_level_with_entries_stays_one(self, air, tmp_path):
        air("progress add pm25 82 --unit epb -q Q1", today="2017-04-06")
        text = (PLANS / "air-2017.yaml").read_text(encoding="utf-8")
        text = text.replace(
            "    level: true\n    baseline: {value: 90, on: 2013-12-31}\n    due: 2017-12-31\n    pace: even",
            "    due: 2017-12-31\n    pace: none",
            1,
        )
        (tmp_path / "two.yaml").write_text(text, encoding="utf-8")
        line = f"plan apply {tmp_path / 'two.yaml'} --document 环文2号 --effective 2017-07-01"
        assert "pm25: level" in air(line, today="2017-07-01", code=4).err

    def test_a_ceiling_is_amended_and_never_below_nothing_or_beyond_its_baseline(self, air):
        way = "--document 环文2号 --effective 2017-07-01"
        air(f"plan amend pm25 --goal 58 {way}", today="2017-07-01")
        assert "would not lead" in air(f"plan amend pm25 --goal 90 {way}", today="2017-07-01", code=4).err
        assert "a goal of 0" in air(f"plan amend good-days --goal 0 {way}", today="2017-07-01", code=4).err
        row = target(air("report year --json", today="2017-07-02"), "pm25")
        assert (row["goal"], row["goal_original"]) == (58, 60)

    def test_next_years_draft_keeps_what_a_target_is(self, air, tmp_path):
        (tmp_path / "next.yaml").write_text(air("plan new --from 2017", today="2017-12-31").out, encoding="utf-8")
        assert air(f"plan check {tmp_path / 'next.yaml'}").out == ""
        text = (tmp_path / "next.yaml").read_text(encoding="utf-8")
        assert text.count("level: true") == 3 and text.count("direction: at_most") == 4 and "上年基数 90" in text

    def test_the_plan_shows_direction_level_and_baseline(self, air):
        row = air("plan show pm25 --json").json
        assert (row["direction"], row["level"], row["signed"]) == ("at_most", True, False)
        assert (row["baseline"], row["baseline_on"]) == (90, "2013-12-31")
        assert "≤ 60" in air("plan show pm25").out and "90 (2013-12-31)" in air("plan show pm25").out
