"""The bulletin and the confirmation sheet: their words, held against sentences written by hand; their layout; as printed."""

import re
import zipfile
from dataclasses import fields
from datetime import date
from pathlib import Path

import pytest
from docx import Document
from docx.oxml.ns import qn
from openpyxl import load_workbook

from anju_cli.render.templating import LONGEST, MEGABYTES, SECONDS
from anju_cli.render.word.bulletin_text import LARGEST, BulletinWords
from anju_cli.render.wording.speech import CHINESE
from tests.conftest import EXAMPLE, ROOT, prepared
from tests.papers import as_pdf, pages, pdf_text, told

PREAMBLE = (
    "根据《坪山区2020年度安居工程任务分解方案》（以下简称《方案》）关于建立季度考核机制的要求，2020年7月11日至7月20日，"
    "坪山区房屋委员会暨保障性安居工程领导小组（以下简称“领导小组”）对各成员单位第二季度工作落实、任务推进情况进行考核。"
    "任务完成数据截至2020年6月30日，报送情况截至2020年7月15日。【待领导小组同意】现将考核情况通报如下："
)
SENTENCES = [
    "一、目标任务完成情况",
    "（一）建设筹集。年度目标4713套，第二季度完成1230套，累计完成2090套，完成率44.3%，低于序时进度5.7个百分点。",
    "（二）基本建成（含竣工）。年度目标714套，第二季度完成60套，累计完成240套（其中竣工20套），完成率33.6%，低于序时进度16.4个百分点。",
    "（三）供应。年度目标2285套，第二季度完成1200套，累计完成1200套，完成率52.5%，高于序时进度2.5个百分点。",
    "（四）住房货币补贴。累计向6户坪山户籍低保（低保边缘）家庭发放住房货币补贴，完成率40.0%（年度目标不低于15户）。"
    "截至2020年6月30日，经审核符合条件的家庭8户，已发放6户，尚有2户未发放，发放比例75.0%。",
    "二、节点任务和职责落实情况",
    "（一）节点任务。截至2020年7月15日，应完成节点任务2项，按期完成1项，逾期完成0项，逾期未完成1项。另有未明确时限的节点任务12项，已完成0项，不计逾期。",
    "（二）职责落实。各成员单位报告办理审查、审核等事项3件；本季度无此类事项的单位1个。",
    "（三）报送情况。应报送单位18个（含6个街道办事处，报送主体共23个），按时报送4个，迟报1个，未报送18个（以上按报送主体统计）。"
    "迟报：教育局。未报送：发展和改革局（统计局）、民政局、财政局、住房和建设局、卫生健康局、城市更新和土地整备局、建筑工务署、"
    "交通轨道管理中心、重点片区规划发展中心、坪山街道办事处、马峦街道办事处、碧岭街道办事处、石井街道办事处、坑梓街道办事处、"
    "龙田街道办事处、市规划和自然资源局坪山管理局、市生态环境局坪山管理局、市交通运输局坪山管理局。"
    "已报送但部分事项未报：水务局、住房保障中心、深圳市坪山人才安居有限公司。",
    "三、存在问题",
    "（一）住房保障中心※牵头的“配套设施同步交付使用计划”应于3月31日※前完成（《方案》一（三）），截至7月15日尚未完成，逾期106天（73个工作日）。",
    "（二）建设筹集累计完成2090套，低于序时进度5.7个百分点。",
    "（三）基本建成（含竣工）累计完成240套，低于序时进度16.4个百分点。",
    "四、下一步工作要求",
    "（一）请住房保障中心※于【×月×日】前完成“配套设施同步交付使用计划”，并将完成情况报领导小组办公室。",
    "（二）请未报送和部分事项未报的单位于【×月×日】前补报；第三季度情况请于2020年10月10日前（含当日）报送。",
    "标“※”的责任单位、时限为推定，《方案》未载明。",
    "附件：1．第二季度目标任务完成情况表",
    "2．成员单位工作落实及报送情况表",
    "3．节点任务完成情况表",
    "坪山区房屋委员会暨保障性安居工程领导小组办公室",
    "2020年×月×日",
]


def words(file: Path) -> list[str]:
    return [paragraph.text for paragraph in Document(str(file)).paragraphs if paragraph.text.strip()]


def cells(table) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in table.rows]


@prepared
def story(anju):
    return told(anju)


@pytest.fixture
def paper(story, tmp_path):
    """Make the bulletin with these arguments; its paragraphs."""

    def made(line: str = "", *more: str, quarter: str = "Q2", **variables: str) -> list[str]:
        file = tmp_path / "paper.docx"
        story(f"report quarter {quarter} -o {file} --force {line}", *more, **variables)
        return words(file)

    return made


class TestText:
    def test_the_bulletin_says_what_the_ledger_holds(self, paper):
        said = paper()
        assert said[:6] == [
            "坪××〔2020〕×号", "关于坪山区2020年度安居工程", "第二季度考核情况的通报", "（征求意见稿）", "【主送单位】：", PREAMBLE,
        ]  # fmt: skip
        assert said[6 : 6 + len(SENTENCES)] == SENTENCES

    def test_it_is_chinese_whatever_the_language(self, paper):
        assert paper(lang="zh") == paper(lang="en")

    def test_number_recipients_approval_and_dates_come_from_arguments_alone(self, paper, tmp_path):
        said = paper(
            "--number 坪安居办〔2020〕5号 --to 各成员单位： --copy-to 区委办公室，区政府办公室 --approved --issued 7-28 --remedy-by 8-10"
        )
        assert said[0] == "坪安居办〔2020〕5号" and "各成员单位：" in said
        assert any(each.endswith("经领导小组同意，现将考核情况通报如下：") for each in said)
        assert "（一）请住房保障中心※于8月10日前完成“配套设施同步交付使用计划”，并将完成情况报领导小组办公室。" in said
        assert "2020年7月28日" in said and not any("【" in each or "×" in each for each in said)
        imprint = Document(str(tmp_path / "paper.docx")).tables[-1]
        assert [row[0] for row in cells(imprint)] == ["抄送：区委办公室，区政府办公室。", "领导小组办公室"]
        assert cells(imprint)[1][1] == "2020年7月28日印发"

    def test_a_report_upwards_commands_nobody(self, paper):
        said = paper("--form 报告 --to 区委、区政府")
        assert "第二季度考核情况的报告" in said and "区委、区政府：" in said and "特此报告。" in said
        assert any(each.endswith("现将考核情况报告如下：") for each in said)
        assert "四、下一步工作安排" in said and not any(re.search("）请|，请", each) for each in said)
        assert (
            "（一）督促住房保障中心※于【×月×日】前完成“配套设施同步交付使用计划”，并将完成情况报领导小组办公室。"
            in said
        )
        assert not any(each.startswith("抄送") for each in said)

    def test_before_the_deadline_nobody_is_called_late(self, paper):
        said = "".join(paper("--as-of 2020-07-09"))
        assert "截至2020年7月9日已报送4个，尚未报送19个（报送截止日期为2020年7月10日）。" in said
        assert "迟报" not in said and "未报送：" not in said and "补报" not in said

    def test_a_return_that_was_sent_back_is_neither_reported_nor_missing(self, paper, story, tmp_path):
        (tmp_path / "fin.csv").write_text("任务编号,本期完成\nraise,x\n", encoding="utf-8")
        story(f"progress import {tmp_path / 'fin.csv'} -u fin -q Q2 --received 2020-07-09", code=1)
        said = "".join(paper("--as-of 2020-07-09"))
        assert "已报送4个，已退回待补正1个，尚未报送18个" in said
        said = "".join(paper("--as-of 2020-07-15"))
        assert "按时报送4个，迟报1个，已退回待补正1个，未报送17个（以上按报送主体统计）。已退回待补正：财政局。" in said
        story(f"report unit fin --quarter Q2 -o {tmp_path / 'fin.docx'}")
        assert "已退回" in [row[7] for row in cells(Document(str(tmp_path / "fin.docx")).tables[0])]
        story(f"report quarter Q2 -o {tmp_path / 'q2.xlsx'}")
        told = [
            [cell.value for cell in row] for row in load_workbook(tmp_path / "q2.xlsx")["Late or not reported"].rows
        ]
        assert any(row[:2] == ["Returned", 1] for row in told)

    def test_the_fourth_quarter_asks_for_no_further_return(self, paper):
        said = "".join(paper(quarter="Q4", today="2021-01-15"))
        assert "2021年1月11日至1月20日" in said and "逾期290天" in said and "截至2021年1月15日尚未完成" in said
        assert "第五季度" not in said and "情况请于" not in said

    def test_all_in_order_is_said_in_one_sentence(self, anju, tmp_path):
        anju("init")
        for line in ("raise 4713", "complete 714", "supply 2285", "ms-q1-survey 100", "ms-q1-syncplan 100"):
            anju(f"progress add {line} --unit hsc --on 2020-03-30 --received 2020-04-09")
        anju(f"report quarter Q1 -o {tmp_path / 'x.docx'} --as-of 2020-04-20")
        said = words(tmp_path / "x.docx")
        assert said[said.index("三、存在问题") + 1] == "第一季度无逾期未完成的节点任务，各项目标均达到序时进度。"
        assert any("达到序时进度" not in each and "高于序时进度75.0个百分点" in each for each in said)

    def test_exactly_on_pace_is_neither_above_nor_below(self, district, tmp_path):
        district("progress add reno-north 750 --unit hsc -q Q2 --received 2020-07-09")
        district(f"report quarter Q2 -o {tmp_path / 'x.docx'}")
        assert any("完成率50.0%，达到序时进度。" in each for each in words(tmp_path / "x.docx"))

    def test_parts_and_children_of_a_target_are_named(self, district, tmp_path):
        district("progress add raise 100 --unit hsc -q Q2 --received 2020-07-09")
        district("progress add raise 300 --unit tal -q Q2 --received 2020-07-09")
        district("progress add raise-new 40 --unit hsc -q Q2 --received 2020-07-09")
        district("progress add reno-north 800 --unit hsc -q Q2 --received 2020-07-09")
        district(f"report quarter Q2 -o {tmp_path / 'x.docx'} --as-of 2020-07-15")
        said = words(tmp_path / "x.docx")
        assert (
            "（一）建设筹集。年度目标1000套，第二季度完成400套，累计完成400套（其中新建40套），完成率40.0%，低于序时进度10.0个百分点。"
            in said
        )
        assert (
            "（二）改造。年度目标1500户，第二季度完成800户，累计完成800户（其中北片改造800户、南片改造0户），完成率53.3%，高于序时进度3.3个百分点。"
            in said
        )
        assert (
            "（二）建设筹集累计完成400套，低于序时进度10.0个百分点。其中住房保障中心分解目标600套，完成100套，完成率16.7%。"
            in said
        )
        assert "（三）建设筹集中新建累计完成40套，低于序时进度44.3个百分点。" in said

    def test_only_a_part_behind_is_told_of_that_part_alone(self, district, tmp_path):
        district("progress add raise 400 --unit tal -q Q2 --received 2020-07-09")
        district("progress add raise 150 --unit hsc -q Q2 --received 2020-07-09")
        district(f"report quarter Q2 -o {tmp_path / 'x.docx'} --as-of 2020-07-15")
        slow = "建设筹集总体未滞后，其中住房保障中心分解目标600套，完成150套，完成率25.0%，低于序时进度25.0个百分点。"
        assert f"（二）{slow}" in words(tmp_path / "x.docx")

    def test_an_adjusted_goal_is_told_with_both_rates(self, story, tmp_path):
        plan = Path(__file__).parents[1] / "data" / "plan_2020.yaml"
        changed = tmp_path / "changed.yaml"
        changed.write_text(plan.read_text(encoding="utf-8").replace("goal: 4713", "goal: 5200"), encoding="utf-8")
        story(f"plan apply {changed} --document 坪安居〔2020〕9号 --effective 2020-08-01")
        story(f"report quarter Q3 -o {tmp_path / 'x.docx'} --as-of 2020-10-15")
        wanted = "其中，建设筹集目标自2020年8月1日起由4713套调整为5200套（坪安居〔2020〕9号），按原目标计算完成率为44.3%，按调整后目标计算完成率为40.2%。"
        assert wanted in words(tmp_path / "x.docx")
        story(f"report quarter Q2 -o {tmp_path / 'y.docx'} --as-of 2020-10-15")
        assert not any("调整为" in each for each in words(tmp_path / "y.docx"))

    def test_later_parts_appear_where_there_is_something_to_tell(self, story):
        """Results, corrections, resolutions and interviews are filled in from what is recorded of them."""
        from dataclasses import replace
        from types import SimpleNamespace as Row

        from anju_cli.render.paper import Paper
        from anju_cli.render.word.bulletin_text import paragraphs
        from anju_cli.reports.quarter.dossier import quarter_dossier
        from anju_cli.reports.quarter.report import scope
        from anju_cli.reports.view import opened
        from anju_cli.store.location import locate

        with opened(locate(None)) as view:
            dossier = quarter_dossier(scope(view, 2))
        edu, hsc = Row(name="教育局", unit="edu"), Row(name="住房保障中心", unit="hsc")
        correction = Row(quarter="Q1", number="坪安居办〔2020〕3号", name="建设筹集", published=900, now=860, measure="套", reason="重复计算", document="坪安居办〔2020〕4号")  # fmt: skip
        slipped = Row(name="甲项目", planned=date(2020, 9, 30), current=date(2021, 3, 31), days=182, target="基本建成", homes=400)  # fmt: skip
        closed = replace(
            dossier,
            closed=True,
            review_period=(date(2020, 7, 13), date(2020, 7, 17)),
            results=Row(met=[edu], not_met=[hsc], graded=()),
            restatements=[correction],
            resolutions=Row(due=3, done=2, overdue=1),
            interviews=[hsc],
            slipped=[slipped],
        )
        said = [each.text for each in paragraphs(closed, Paper())]
        assert "（征求意见稿）" not in said
        assert any("2020年7月13日至7月17日" in each and "进行了考核" in each for each in said)
        assert any(each.endswith("现将考核情况和考核结果通报如下：") for each in said)
        for each in (
            "（五）已通报数据更正。第一季度通报（坪安居办〔2020〕3号）中建设筹集累计完成900套更正为860套，减少40套，原因是重复计算（依据：坪安居办〔2020〕4号）。",
            "（四）议定事项。截至2020年7月15日，领导小组会议议定事项应办结3项，已办结2项，逾期未办结1项。",
            "（四）甲项目原计划2020年9月30日完成，现预计2021年3月31日完成，推迟182天，影响基本建成400套。",
            "四、考核结果",
            "完成任务进度的单位1个：教育局。未完成任务进度的单位1个：住房保障中心。",
            "五、下一步工作要求",
            "（二）根据《方案》关于完善考评机制的规定，经领导小组批准，对住房保障中心主要负责人进行约谈，具体安排另行通知。",
            "2．成员单位考核结果及报送情况表",
            "3．节点任务及议定事项落实情况表",
        ):
            assert each in said
        nobody = replace(closed, results=Row(met=[edu, hsc], not_met=[], graded=()))
        said = [each.text for each in paragraphs(nobody, Paper())]
        assert "完成任务进度的单位2个：教育局、住房保障中心。未完成任务进度的单位：无。" in said


class TestRefusals:
    @pytest.mark.parametrize(
        ("line", "code", "said"),
        [
            ("--form 请示 -o {dir}/x.docx", 2, "no such form"),
            ("--number 5号", 2, "for a .docx file"),
            ("--approved -o {dir}/x.md", 2, "--approved"),
            ("--unit hsc -o {dir}/x.docx", 4, "report unit hsc"),
            ("--to \u202e -o {dir}/x.docx", 2, "U+202E"),
            ("--template {dir}/none.j2 -o {dir}/x.docx", 3, "cannot be read"),
        ],
    )
    def test_what_cannot_be_is_said_in_a_line(self, story, tmp_path, line, code, said):
        heard = story(f"report quarter Q2 {line.format(dir=tmp_path)}", code=code)
        assert said in heard.err and len(heard.err.splitlines()) <= 2
        assert not list(tmp_path.glob("x.*"))

    def test_a_sheet_to_sign_is_of_one_quarter(self, story, tmp_path):
        assert "--quarter Q2" in story(f"report unit hsc -o {tmp_path / 'x.docx'}", code=2).err


class TestTemplate:
    def written(self, tmp_path, text, encoding="utf-8"):
        file = tmp_path / "own.j2"
        file.write_bytes(text.encode(encoding))
        return file

    def test_an_office_can_replace_the_text(self, story, tmp_path):
        own = self.written(
            tmp_path, "[标题] {{ subject }}简报\n\n{{ points() }}共{{ report.targets|length }}项。\n[署名] 本办\n"
        )
        story(f"report quarter Q2 -o {tmp_path / 'x.docx'} --template {own}")
        assert words(tmp_path / "x.docx")[:3] == ["坪山区2020年度安居工程简报", "（一）共6项。", "本办"]

    @pytest.mark.parametrize(
        ("text", "said"),
        [
            ("一\n{{ nothing }}", "own.j2:2"),
            ("一\n\n{{ report.nothing }}", "own.j2:3"),
            ("{% if %}", "own.j2:1"),
            ("{{ 1 / 0 }}", "own.j2:1"),
            ("{{ report.__class__ }}", "own.j2:1"),
            ("{{ points.__self__.__init__.__globals__ }}", "own.j2:1"),
            ("{{ ''.__class__.__mro__[1].__subclasses__() }}", "own.j2:1"),
            ("{% include '/etc/passwd' %}", "own.j2:1"),
            ("{% for i in range(10**9) %}{% endfor %}", "own.j2:1"),
            ("{{ 'x'|full }}", "own.j2:1"),
        ],
    )
    def test_a_mistake_in_it_is_said_in_a_line_with_its_place(self, story, tmp_path, text, said):
        own = self.written(tmp_path, text)
        heard = story(f"report quarter Q2 -o {tmp_path / 'x.docx'} --template {own}", code=2)
        place = int(said.removeprefix("own.j2:"))
        first, hint = heard.err.splitlines()
        assert said in first and hint == f"hint: {text.splitlines()[place - 1]}"
        assert not (tmp_path / "x.docx").exists()

    @pytest.mark.parametrize(
        "text",
        [
            pytest.param("{{ 10**(10**8) }}", id="a power"),
            pytest.param("{{ 9**(9**9) }}", id="a higher power"),
            pytest.param("{{ 'x' * 10**8 }}", id="100 MB of text"),
            pytest.param("{% for i in range(10**5) %}{{ 'x' * 100 }}\n{% endfor %}", id="10 MB of text, line by line"),
            pytest.param("{{ 'x' * 10**10 }}", id="10 GB of memory"),
            pytest.param("{{ ([0] * 10**9)|length }}", id="a list of 8 GB"),
            pytest.param("{% for i in range(10**5) %}{% for j in range(10**5) %}{% endfor %}{% endfor %}", id="loops"),
            pytest.param("{% set n = namespace(x='x') %}{% for i in range(99) %}{% set n.x = n.x + n.x %}{% endfor %}", id="doubling"),
            pytest.param("{{ '%999999999d'|format(1) }}", id="a format"),
        ],
    )  # fmt: skip
    def test_a_template_is_bounded_in_time_memory_and_text(self, story, tmp_path, text):
        own = tmp_path / "own.j2"
        own.write_text(text, encoding="utf-8")
        heard = story(f"report quarter Q2 -o {tmp_path / 'x.docx'} --template {own}", code=2)
        assert "takes too long, too much memory, or makes too much text" in heard.err
        assert not (tmp_path / "x.docx").exists()

    def test_what_is_within_the_bounds_is_printed(self, story, tmp_path):
        own = self.written(tmp_path, "{% for i in range(1000) %}第{{ i }}段\n{% endfor %}{{ d.entries|list|length }}条")
        story(f"report quarter Q2 -o {tmp_path / 'x.docx'} --template {own}")
        said = words(tmp_path / "x.docx")
        assert said[999] == "第999段" and said[1000] == f"{len(story('progress list -q Q2 --json').json)}条"

    @pytest.mark.parametrize(
        "text",
        [
            "{{ report.__class__.__mro__ }}", "{{ report|attr('__class__') }}", "{{ d.report.__init__.__globals__ }}",
            "{{ sections.__globals__ }}", "{{ count.__code__ }}", "{{ points.__self__ }}", "{{ lipsum.__globals__ }}",
            "{{ cycler.__init__.__globals__.os }}", "{{ '{0.__class__}'.format(report) }}", "{{ ''.__class__.__base__ }}",
            "{{ report._replace(year=1) }}", "{{ open('/etc/passwd') }}", "{{ __import__('os') }}",
            "{% import 'os' as os %}", "{% extends '/etc/passwd' %}", "{% include '/etc/passwd' %}", "{{ self.__init__ }}",
            "{{ owing.append(1) }}", "{{ inside.clear() }}", "{{ rates.update(x=1) }}", "{% set report.year = 1 %}",
            "{{ namespace.__init__ }}", "{{ (1).__class__ }}", "{{ config }}", "{{ request }}", "{% do owing.clear() %}",
        ],
    )  # fmt: skip
    def test_a_template_reaches_nothing_and_changes_nothing(self, story, tmp_path, text):
        own = self.written(tmp_path, text)
        assert "own.j2:1" in story(f"report quarter Q2 -o {tmp_path / 'x.docx'} --template {own}", code=2).err
        assert not (tmp_path / "x.docx").exists()

    def test_the_names_that_are_documented_are_those_that_there_are(self, story, tmp_path):
        text = (ROOT / "docs" / "template.md").read_text(encoding="utf-8")
        names = re.findall(r"^\| `(\w+)` \|", text.partition("## Names")[2].partition("\n## ")[0], re.M)
        assert names == [field.name for field in fields(BulletinWords)]
        filters = re.findall(r"^\| `(\w+)` \|", text.partition("## Filters")[2].partition("\n## ")[0], re.M)
        assert filters == list(CHINESE.filters)
        own = self.written(tmp_path, "".join(f"{name} {{{{ {name} is defined }}}}\n" for name in [*names, "nothing"]))
        story(f"report quarter Q2 -o {tmp_path / 'x.docx'} --template {own}")
        assert words(tmp_path / "x.docx")[: len(names) + 1] == [*(f"{name} True" for name in names), "nothing False"]

    def test_its_bounds_are_documented(self):
        text = " ".join((ROOT / "docs" / "template.md").read_text(encoding="utf-8").split())
        assert f"{SECONDS} seconds of the processor and {MEGABYTES} MB of memory" in text
        assert f"at most {LONGEST // 10**6} MB of text; the file itself has at most {LARGEST // 10**6} MB" in text

    @pytest.mark.parametrize(("content", "said"), [(b"\xff\xfe\x00x", "UTF-8"), (b"x" * 1_000_001, "too large")])
    def test_what_is_no_template_is_refused(self, story, tmp_path, content, said):
        own = tmp_path / "own.j2"
        own.write_bytes(content)
        assert said in story(f"report quarter Q2 -o {tmp_path / 'x.docx'} --template {own}", code=2).err


class TestTables:
    def test_the_tables_are_those_of_the_report(self, story, tmp_path):
        story(f"report quarter Q2 -o {tmp_path / 'x.docx'}")
        as_json = story("report quarter Q2 --json").json
        targets, units, milestones, _imprint = map(cells, Document(str(tmp_path / "x.docx")).tables)
        by_name = {row[1].strip(): row for row in targets[1:]}
        for row in as_json["targets"]:
            shown = by_name[row["name"]]
            assert shown[3] == ("—" if row["goal"] is None else str(row["goal"]))
            assert shown[5].rstrip("＊") == ("—" if row["cumulative"] is None else str(row["cumulative"]))
            assert shown[5].endswith("＊") == row["restated"]
            assert shown[6] == ("—" if row["completion_rate"] is None else f"{row['completion_rate']:.1f}")
            assert shown[9] == ("—" if row["gap_points"] is None else f"{row['gap_points']:+.1f}")
            assert shown[10] == {"green": "绿灯", "yellow": "黄灯", "red": "红灯", None: "—"}[row["light"]]
        assert [row[1].strip() for row in units[1:-1]] == [row["name"] for row in as_json["units"]]
        names = ("items_due", "items_reported", "reporting_rate", "late_returns", "zero_reports", "unreported", "overdue", "behind")  # fmt: skip
        for shown, row in zip(units[1:], [*as_json["units"], as_json["totals"]], strict=True):
            assert shown[2:] == [str(row[name]) for name in names]
        assert [row[1] for row in milestones[1:]] == [row["name"] for row in as_json["milestones"]]

    def test_the_notes_say_pace_lights_counting_and_receipt(self, story, tmp_path):
        story(f"report quarter Q2 -o {tmp_path / 'x.docx'}")
        said, receipt = words(tmp_path / "x.docx"), story("report quarter Q2 --json").json["ledger"]["receipt"]
        pace = next(each for each in said if each.startswith("注：1．"))
        assert pace.endswith(
            "亮灯：达到序时进度为绿灯，低于10个百分点以内（含）为黄灯，低于10个百分点以上为红灯（亮灯标准由本办暂定）。"
        )
        assert "建设筹集、基本建成（含竣工）、供应按季均摊，本办暂定，未经领导小组审定" in pace
        assert any("统计口径：建设筹集：" in each and each.endswith("以上为上报数。") for each in said)
        assert any(f"回执码{receipt}。" in each for each in said)

    def test_other_bounds_of_the_lights_are_printed(self):
        from anju_cli.render.word.annexes import lights

        assert lights(-2, -12) == "较序时进度不低于-2个百分点为绿灯，不低于-12个百分点为黄灯，低于-12个百分点为红灯"

    def test_an_empty_ledger_makes_a_paper_too(self, anju, tmp_path):
        anju(f"init --plan {EXAMPLE}")
        anju(f"report quarter Q1 -o {tmp_path / 'x.docx'} --as-of 2020-04-20")
        said = words(tmp_path / "x.docx")
        assert any("台账尚无报送件。" in each for each in said)
        assert any("迟报0个，未报送5个" in each for each in said)


class TestLayout:
    @pytest.fixture
    def file(self, story, tmp_path):
        file = tmp_path / "通报.docx"
        story(f"report quarter Q2 -o {file}")
        return file

    def test_page_and_lines_are_those_of_the_standard(self, file):
        sections = Document(str(file)).sections
        assert [round(getattr(sections[0], f"{side}_margin").mm) for side in ("top", "bottom", "left", "right")] == [
            37,
            35,
            28,
            26,
        ]
        for section in sections:
            grid = section._sectPr.find(qn("w:docGrid"))
            assert (grid.get(qn("w:type")), grid.get(qn("w:linePitch"))) == ("lines", "579")
        assert [section.orientation for section in sections] == [0, 1, 0, 0]
        normal = Document(str(file)).styles["Normal"]
        assert (normal.font.size.pt, normal.paragraph_format.line_spacing.pt) == (16.0, 28.95)

    def test_every_run_names_its_font_for_chinese_too(self, file):
        document = Document(str(file))
        fonts = {
            run.find(qn("w:rPr")).find(qn("w:rFonts")).get(qn("w:eastAsia")) for run in document.element.iter(qn("w:r"))
        }
        assert fonts == {"仿宋_GB2312", "黑体", "楷体_GB2312", "方正小标宋简体"}
        by_text = {paragraph.text: paragraph for paragraph in document.paragraphs}
        section = by_text["一、目标任务完成情况"]
        assert section.runs[0].font.name == "黑体"
        assert section._element.pPr.find(qn("w:ind")).get(qn("w:firstLineChars")) == "200"
        point = by_text[SENTENCES[1]]
        assert [run.font.name for run in point.runs] == ["楷体_GB2312", "仿宋_GB2312"] and point.runs[
            0
        ].text == "（一）建设筹集。"
        assert by_text["第二季度考核情况的通报"].runs[0].font.size.pt == 22.0

    def test_page_numbers_stand_outside(self, file):
        document = Document(str(file))
        assert document.settings.odd_and_even_pages_header_footer
        odd, even = document.sections[0].footer, document.sections[0].even_page_footer
        for footer, across in ((odd, 2), (even, 0)):
            assert footer.paragraphs[0].alignment == across
            assert [each.text for each in footer._element.iter(qn("w:instrText"))] == ["PAGE"]

    def test_heads_of_tables_repeat_and_rows_are_not_broken(self, file):
        for table in Document(str(file)).tables[:3]:
            assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
            assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows)

    def test_what_is_still_missing_is_marked(self, file):
        marked = {
            run.text
            for paragraph in Document(str(file)).paragraphs
            for run in paragraph.runs
            if run.font.highlight_color
        }
        assert marked == {"坪××〔2020〕×号", "【主送单位】", "【待领导小组同意】", "【×月×日】", "2020年×月×日"}

    def test_the_same_paper_is_the_same_file(self, story, file, tmp_path):
        story(f"report quarter Q2 -o {tmp_path / 'again.docx'}")
        assert (tmp_path / "again.docx").read_bytes() == file.read_bytes()
        assert {each.date_time for each in zipfile.ZipFile(file).infolist()} == {(1980, 1, 1, 0, 0, 0)}

    @pytest.mark.office
    def test_it_prints_as_it_should(self, file):
        printed = as_pdf(file)
        text = pdf_text(printed)
        assert 6 <= pages(printed) <= 8
        for sentence in (PREAMBLE, *SENTENCES):
            assert re.sub(r"\s", "", sentence) in re.sub(r"—\d+—", "", text), sentence
        assert "—1—" in text and "附件1" in text and "附件3" in text

    @pytest.mark.parametrize(
        ("title", "lines"),
        [
            ("短题", ["短题"]),
            (
                "关于坪山区2020年度安居工程第一季度考核情况的通报",
                ["关于坪山区2020年度安居工程", "第一季度考核情况的通报"],
            ),
            ("一" * 30, ["一" * 15, "一" * 15]),
            ("一" * 50, ["一" * 20, "一" * 15, "一" * 15]),
        ],
    )
    def test_a_long_title_is_broken_between_words(self, title, lines):
        from anju_cli.render.word.bulletin import broken

        assert broken(title) == lines


class TestConfirmation:
    def test_a_unit_confirms_what_the_ledger_holds_of_its_own(self, story, tmp_path):
        file = tmp_path / "核对单.docx"
        story(f"report unit 人才安居 --quarter Q2 -o {file}")
        rows, entries = map(cells, Document(str(file)).tables)
        assert rows[1:] == [
            ["1", "综合情况", "—", "", "—", "—", "—", "未报", "—", ""],
            ["2", "建设筹集", "一（一）", "套", "0", "330", "330", "非应报", "—", ""],
        ]
        assert [(row[4], row[5]) for row in entries[1:]] == [("+340", "报送"), ("-10", "更正")]
        assert "重复计算10套" in entries[2][6]
        said = words(file)
        assert said[0] == "坪山区2020年度安居工程第二季度工作进展数据核对单"
        assert any("单位负责人（签字）" in each for each in said)

    def test_offices_of_a_collective_are_told_apart(self, story, tmp_path):
        story("progress reduce supply 5 --unit hsc --on 2020-06-30 --received 2020-07-09 --reason 未予认定")
        for unit in ("sub", "hsc"):
            story(f"report unit {unit} --quarter Q2 -o {tmp_path / unit}.docx")
        rows = cells(Document(str(tmp_path / "sub.docx")).tables[0])
        assert [row[1] for row in rows[1:3]] == ["坪山街道办事处：综合情况", "马峦街道办事处：综合情况"]
        assert ["-5", "核减"] in [row[4:6] for row in cells(Document(str(tmp_path / "hsc.docx")).tables[1])]

    @pytest.mark.office
    def test_it_prints(self, story, tmp_path):
        story(f"report unit hsc --quarter Q2 -o {tmp_path / 'x.docx'}")
        printed = as_pdf(tmp_path / "x.docx")
        assert 2 <= pages(printed) <= 3 and "单位（盖章）" in pdf_text(printed)
