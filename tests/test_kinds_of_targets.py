"""Every kind of target has sentences of its own, on every paper and page, in both languages."""

import re

import pytest
from docx import Document

from tests.conftest import EXAMPLE, prepared

KINDS = """
  - {id: k-whole, name: {zh: 总量, en: The whole}, lead: [hsc], measure: 套, due: 2020-12-31, pace: even}
  - {id: k-new, name: {zh: 新建, en: New homes}, parent: k-whole, goal: 100, lead: [hsc]}
  - {id: k-old, name: {zh: 改建, en: Converted homes}, parent: k-whole, goal: 60, lead: [tal]}
  - {id: k-small, name: {zh: '其中：小户型', en: of which small}, within: k-whole, goal: 50%, lead: [hsc]}
  - {id: k-open, name: {zh: 不设目标, en: Without a goal}, lead: [hsc], measure: 户, due: undated, pace: none}
  - {id: k-unpaced, name: {zh: 不设进度, en: Without a pace}, lead: [hsc], goal: 9, measure: 户, due: undated, pace: none}
  - {id: k-parts, name: {zh: 分解指标, en: Shared out}, lead: [hsc], goal: 90, measure: 户, due: 2020-12-31, pace: even,
     allocations: {hsc: 60, sub: 30}}
  - {id: k-money, name: {zh: 投入资金, en: Money put in}, lead: [wat], goal: 120.5, measure: 万元, decimals: 2, due: 2020-12-31,
     pace: {2020-06-30: 50%, 2020-12-31: 100%}}
  - {id: k-asked, name: {zh: 申请, en: Applied}, lead: [hsc], measure: 户, due: undated, pace: none}
  - {id: k-served, name: {zh: 应享尽享, en: All served}, ratio: {of: k-open, to: k-asked}, lead: [hsc], due: 2020-12-31,
     pace: year_end}
  - {id: k-most, name: {zh: 多数享有, en: Most served}, ratio: {of: k-open, to: k-asked}, goal: 90%, lead: [hsc],
     due: 2020-06-30, pace: year_end}
  - {id: k-never, name: {zh: 无人申请, en: None applied}, ratio: {of: k-unpaced, to: k-nobody}, lead: [hsc],
     due: 2020-12-31, pace: year_end}
  - {id: k-cap, name: {zh: 支出控制, en: Spending}, lead: [wat], goal: 100, measure: 万元, direction: at_most, due: 2020-12-31,
     pace: none}
  - {id: k-air, name: {zh: 空气优良率, en: Clean air}, lead: [wat], goal: 90, measure: "%", level: true, due: 2020-12-31,
     pace: year_end}
  - {id: k-unsaid, name: {zh: 浓度, en: Concentration}, lead: [wat], goal: 30, measure: 微克, level: true, due: 2020-12-31,
     direction: at_most, baseline: {value: 50, on: 2019-12-31}, pace: even}
  - {id: k-nobody, name: {zh: 无人, en: Nobody}, lead: [hsc], measure: 户, due: undated, pace: none}
"""
REPORTED = (
    "k-new 20 --unit hsc", "k-old 9 --unit tal", "k-small 4 --unit hsc", "k-open 8 --unit hsc", "k-asked 10 --unit hsc",
    "k-unpaced 1 --unit hsc", "k-parts 12 --unit hsc", "k-parts 2 --unit sub-east", "k-money 12.5 --unit wat",
    "k-cap 120 --unit wat", "k-air 80 --unit wat",
)  # fmt: skip
LOCK = (
    "review open Q2",
    "review lock Q2",
    "review result all met",
    "review result hsc not-met",
    "review close Q2 --on 7-20 --document D1",
)


@prepared
def kinds(anju, tmp_path):
    """A plan with a target of every kind, most of them behind."""
    text = EXAMPLE.read_text(encoding="utf-8")
    head, rest = text.split("\ntargets:\n", 1)
    end = re.search(r"^\S", rest, re.MULTILINE).start()
    path = tmp_path / "plan.yaml"
    path.write_text(f"{head}\ntargets:\n{rest[:end].rstrip()}\n{KINDS}\n{rest[end:]}", encoding="utf-8")
    anju(f"init --plan {path}")
    for line in REPORTED:
        anju(f"progress add {line} -q Q2 --received 7-9")


def said(file):
    document = Document(str(file))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return [*(paragraph.text for paragraph in document.paragraphs), *cells]


WRONG = re.compile(
    r"None(?! applied|[.]$)|—%|—个百分点|—[套户万]|(?:完成|目标)[套户万]|Decimal|nan\b|，，|。。|，。|；。|（）|[{}]"
)
"""A figure that is not there, or what is left of a sentence without it."""


PAPERS = {
    "the bulletin": "report quarter Q2 -o {file}",
    "the report upwards": "report quarter Q2 --form 报告 -o {file}",
    "of one unit": "report quarter Q2 --unit tal -o {file}.md",
    "the confirmation": "report unit hsc -q Q2 -o {file}",
    "the confirmation of a part": "report unit sub -q Q2 -o {file}",
}
PAGES = (
    "", "report quarter Q2", "report year", "report unit hsc", "report unit sub -q Q2", "report trend", "units overdue",
    "units overdue --detail", "interviews propose Q2", "report why Q2", "review list", "due",
)  # fmt: skip


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize(
    "after", [None, "2020-12-31", "2021-01-05"], ids=["in the year", "on its last day", "after it"]
)
def test_no_page_prints_what_is_not_there(kinds, lang, after):
    day = {"today": after} if after else {}
    if after:
        for line in ("k-open 1 --unit hsc -q Q4", "k-money 3 --unit wat -q Q4"):
            kinds(f"progress add {line}", today="2021-01-05")
    for line in PAGES:
        if "why" not in line:
            heard = kinds(line, lang=lang, code=None, **day)
            assert [text for text in heard.out.splitlines() if WRONG.search(text)] == [], line


@pytest.mark.parametrize("state", ["a draft", "closed"])
@pytest.mark.parametrize("paper", PAPERS)
def test_no_paper_prints_what_is_not_there(kinds, tmp_path, paper, state):
    for line in LOCK if state == "closed" else ():
        kinds(line, today="2020-07-20")
    file = tmp_path / "paper.docx"
    line = PAPERS[paper].format(file=file)
    kinds(line, today="2020-07-21")
    texts = (tmp_path / "paper.docx.md").read_text(encoding="utf-8").splitlines() if ".md" in line else said(file)
    assert [text for text in texts if WRONG.search(text)] == []


RESTATE = "--restate --reason 漏报 --document 文1"
SENTENCES = [
    pytest.param("k-new 5 --unit hsc --on 6-20", "总量累计完成29套更正为34套，增加5套", id="a parent"),
    pytest.param("k-new 5 --unit hsc --on 6-20", "新建累计完成20套更正为25套，增加5套", id="one of its children"),
    pytest.param("k-small 2 --unit hsc --on 6-20", "总量中小户型累计完成4套更正为6套，增加2套", id="a part within it"),
    pytest.param("k-open 1 --unit hsc --on 6-20", "不设目标累计完成8户更正为9户，增加1户", id="without a goal"),
    pytest.param("k-unpaced 1 --unit hsc --on 6-20", "不设进度累计完成1户更正为2户，增加1户", id="without a pace"),
    pytest.param("k-parts 3 --unit sub-east --on 6-20", "分解指标累计完成14户更正为17户，增加3户", id="shared out"),
    pytest.param(
        "k-parts 3 --unit sub-east --on 6-20",
        "分解指标（各街道办事处分解目标）累计完成2户更正为5户，增加3户",
        id="one's part",
    ),
    pytest.param(
        "k-money 0.25 --unit wat --on 6-20", "投入资金累计完成12.50万元更正为12.75万元，增加0.25万元", id="decimals"
    ),
    pytest.param("k-open 1 --unit hsc --on 6-20", "应享尽享完成率80.0%更正为90.0%，提高10.0个百分点", id="a ratio"),
    pytest.param(
        "k-asked 6 --unit hsc --on 6-20", "多数享有完成率80.0%更正为50.0%，降低30.0个百分点", id="a ratio that falls"
    ),
    pytest.param(
        "k-nobody 4 --unit hsc --on 6-20",
        "无人申请完成率由暂无可计算的数据更正为25.0%，原因",
        id="a ratio there was not",
    ),
]


@pytest.mark.parametrize(("line", "sentence"), SENTENCES)
def test_what_was_restated_after_closing_is_told_in_its_own_sentence(kinds, tmp_path, line, sentence):
    for step in LOCK:
        kinds(f"{step}", today="2020-07-20")
    assert (
        "warning: the bulletin of Q2 has not gone out"
        in kinds(f"progress add {line} {RESTATE}", today="2020-07-21").err
    )
    kinds(f"report quarter Q2 -o {tmp_path / 'a.docx'}", today="2020-07-21")
    told = [text for text in said(tmp_path / "a.docx") if "更正" in text]
    assert any(sentence in text and "原因是漏报（依据：文1）" in text for text in told), told
    assert [text for text in told if WRONG.search(text)] == []


def test_a_ratio_whose_parts_were_restated_is_restated(kinds):
    def restated():
        rows = kinds("report quarter Q2 --now --json", today="2020-07-21").json["targets"]
        return {row["id"] for row in rows if row["restated"]}

    assert restated() == set()
    for step in LOCK:
        kinds(step, today="2020-07-20")
    kinds(f"progress add k-open 1 --unit hsc --on 6-20 {RESTATE}", today="2020-07-21")
    assert restated() == {"k-open", "k-served", "k-most"}
    kinds(f"progress add k-new 1 --unit hsc --on 6-20 {RESTATE}", today="2020-07-21")
    assert restated() == {"k-open", "k-served", "k-most", "k-new", "k-whole"}


def test_a_part_of_a_ratio_that_is_corrected_marks_the_ratio(kinds):
    entry = next(row["id"] for row in kinds("progress list --json").json if row["item"] == "k-asked")
    kinds(f"progress correct {entry} 16 --reason misread")
    rows = kinds("report quarter Q2 --json").json["targets"]
    assert {row["id"] for row in rows if row["restated"]} == {"k-asked", "k-served", "k-most"}


@pytest.mark.parametrize(
    ("unit", "line"),
    [
        pytest.param("wat", "投入资金累计完成12.50万元，完成率10.4%，低于序时进度39.6个百分点", id="decimals"),
        pytest.param(
            "hsc", "总量中小户型累计完成4套，完成率5.0%，低于序时进度45.0个百分点", id="a part within a whole"
        ),
        pytest.param(
            "hsc", "分解指标分解目标60户，累计完成12户，完成率20.0%，低于序时进度30.0个百分点", id="one's part"
        ),
        pytest.param(
            "sub",
            "东街道办事处：分解指标分解目标30户，累计完成2户，完成率6.7%，低于序时进度43.3个百分点",
            id="a collective's",
        ),
        pytest.param("hsc", "多数享有完成率80.0%，低于序时进度10.0个百分点", id="a ratio"),
        pytest.param("tal", "改建累计完成9套，完成率15.0%，低于序时进度35.0个百分点", id="a child"),
    ],
)
@pytest.mark.parametrize("state", ["open", "locked"])
def test_a_line_of_evidence_is_of_the_figure_that_the_unit_answers_for(kinds, state, unit, line):
    for step in LOCK[:2] if state == "locked" else ():
        kinds(step, today="2020-07-20")
    rows = {row["unit"]: row["evidence"] for row in kinds("interviews propose Q2 --json").json}
    assert line in [text.removeprefix("※") for text in rows[unit]]


def test_a_notice_quotes_the_lines_as_they_are(kinds, tmp_path):
    for step in LOCK:
        kinds(step, today="2020-07-20")
    kinds("interviews propose Q2", today="2020-07-21")
    kinds(f"interviews show 1 -o {tmp_path / 'n.docx'}", today="2020-07-21")
    texts = said(tmp_path / "n.docx")
    assert any("多数享有完成率80.0%，低于序时进度10.0个百分点" in text for text in texts)
    assert [text for text in texts if WRONG.search(text)] == []
