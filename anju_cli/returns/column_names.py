"""What a column of a return means, by its name: one row of a head or several, Chinese or English, in any order."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from anju_cli.domain.quarters import Quarters
from anju_cli.foreign.head_words import ANOTHER, NEUTRAL, PART, is_hint, is_measure, measure_in, parted, with_measure

_NAMES = {
    "number": "序号 no no. #",
    "code": "任务编号 编号 任务代码 item id itemid code taskid taskcode",
    "item": "工作任务 任务 任务名称 任务事项 工作事项 事项 指标名称 task taskname itemname",
    "body": "填报单位 报送单位 报送主体 成员单位 单位名称 body reportingbody reportedby",
    "either": "单位 unit",
    "measure": "计量单位 measure",
    "period": "季度 考核期 报告期 填报季度 所属季度 考核季度 period",
    "year": "年度 年份 所属年度 year",
    "goal": "目标 年度目标 年度目标任务 计划数 任务数 年度计划 年度任务 目标任务 目标数 goal annualgoal",
    "due": "完成时限 时限 due duedate",
    "opening": "上期末累计 上期累计 上季末累计 截至上季末累计 截至上期末累计 上季度末累计 "
    "broughtforward opening openingtotal",
    "this": "本期 本季 本季度 本期完成 本季完成 本季度完成 本期数 本季数 本期完成数 本季完成数 本季度完成数 本季度数 "
    "本期新增 本季新增 本季度新增 thisquarter quantity quarterquantity",
    "total": "累计 本期末累计 累计完成 累计完成数 年初至今 年初至今累计 "
    "截至本季末累计 截至本期末累计 本季末累计 本季度末累计 "
    "本年累计 本年累计完成 本年度累计 本年度累计完成 当年累计 当年累计完成 年初至今完成 年初至今累计完成 累计数 "
    "cumulative total yeartodate",
    "rate": "完成率 完成比例 完成进度 completion completionrate rate",
    "words": "进展情况 进展 工作进展 工作进展情况 完成情况 progress note words",
    "problems": "存在问题 问题 存在的问题 problems issues",
    "next": "下一步措施 下一步 下一步工作 下一步工作措施 整改措施 措施 nextsteps",
    "expected": "预计完成日期 预计完成时间 预计日期 预计完成 expecteddate",
    "done_on": "完成日期 实际完成日期 实际完成时间 办结日期 doneon dateofcompletion",
    "either_day": "完成时间",
    "evidence": "佐证材料 证明材料 佐证 evidence",
    "person": "责任人 责任人员 personresponsible post",
    "remarks": "备注 说明 remarks",
    "project": "项目编码 项目编号 项目代码 project projectcode projectid",
    "project_name": "项目名称 项目 projectname",
    "indicator": "指标 指标类别 indicator",
    "stage": "形象进度 stage",
    "reason": "滞后原因 原因 delayreason",
}
NAMES = {synonym: name for name, synonyms in _NAMES.items() for synonym in synonyms.split()}

FIGURES = ("opening", "this", "total")
ONCE = frozenset(_NAMES) - {"number", "period", "year", "goal", "measure", "due", "rate", "either", "either_day"}
"""What only one column may mean: what is booked or kept."""

_PLANNED = re.compile(r"计划|预计|要求|原定|应|目标|时限|预期|拟")
"""What makes a day of completion one that is still to come."""
_OF_WORK = re.compile(r"完成情况|进展|落实|执行|推进")
_YEAR = re.compile(r"(\d{4})年?度?")
_QUARTER = re.compile(r"第?([一二三四1-4])季度")
_PERIODS = {"累计": "total", "年初至今": "total", "本年累计": "total", "本年": "total", "本期末": "total"}
_PERIODS |= dict.fromkeys(("本期", "本季", "本季度", "当期", "当季", "当季度"), "this")
_SINCE = {2: "上半年", 3: "前三季度", 4: "全年"}
"""By quarter of a calendar year, what its months from January on are called."""
LIKE_A_FIGURE = re.compile(r"完成|累计|本期|本季|季度|新增|套|户|件|数|\d{4}年")
"""What a column of figures is called, though it may be unknown here."""
_DIGITS = {"一": 1, "二": 2, "三": 3, "四": 4}


class Title(NamedTuple):
    """What a column's name comes to."""

    name: str | None
    """Null where it means nothing here."""
    measure: str | None = None
    """What the name says that it is counted in."""
    unclear: str | None = None
    """What is in brackets and could change the meaning; null where all is known."""


def title(parts: Sequence[str], quarters: Quarters, quarter: int | None) -> Title:
    """What a column means, by the rows of its head from the upper to the lower."""
    inside: list[str] = []
    said: list[str] = []
    for part in parts:
        text, brackets = parted(part)
        inside += brackets
        said.append(text)
    measures = [text for text in said if is_measure(text)]  # a row of the head with 套 alone
    said = [text for text in said if text and text not in measures]
    said = [text for text in said if text not in NEUTRAL and not is_hint(text)] or said
    name, measure, rest = _named(said, quarters, quarter)
    if name is None:
        return Title(None)
    part_of = next(filter(PART.fullmatch, inside), None) if name in ("this", "total") else None
    if part_of is None and _another(name, [*rest, *inside], quarters, quarter):
        return Title(None)
    if name == "words" and any(map(measure_in, [*inside, *measures])):
        return Title(None)  # 完成情况（套） is of figures, and does not say of when
    if name not in (*FIGURES, "goal"):
        return Title(name)
    inside = [_of_period(text, quarters, quarter) for text in inside]
    return _bracketed(name, [*inside, *measures, *([measure] if measure else [])])


def _named(said: Sequence[str], quarters: Quarters, quarter: int | None) -> tuple[str | None, str | None, list[str]]:
    """The name of joined rows, its measure, the rows that were no part of it; the longest that is known is meant."""
    for first in range(len(said)):
        name, measure = _known("".join(said[first:]), quarters, quarter)
        if name:
            return name, measure, list(said[:first])
    if len(said) > 1:
        name, measure = _known(said[0] + said[-1], quarters, quarter)
        return name, measure, list(said[1:-1])
    return None, None, []


def _known(text: str, quarters: Quarters, quarter: int | None) -> tuple[str | None, str | None]:
    """What a name means, and the measure at its end: 本期完成套数 is 本期完成 in 套."""
    for name in (text, _of_period(text, quarters, quarter)):
        if name in NAMES:
            return NAMES[name], None
        shorter, measure = with_measure(name)
        if measure and NAMES.get(shorter) in FIGURES:
            return NAMES[shorter], measure
    return None, None


def _of_period(text: str, quarters: Quarters, quarter: int | None) -> str:
    """A name without this year and this quarter: 2020年第二季度完成 is 本季度完成."""
    for year in _years(quarters, quarter):
        text = re.sub(rf"{year}(?:年度?|(?!\d))", "", text)
    text = re.sub(r"当(?=期|季)", "本", text)
    text = re.sub(r"实际(?=完成|数)", "", text)
    if quarter is None:
        return re.sub(r"^截至.*[月日底末]$", "", text)
    start, end = quarters.start(quarter), quarters.end(quarter)
    since, to = rf"(?<!\d){quarters.starts.month}月?[-—–~至]", rf"{end.month}月"
    text = re.sub(rf"(?:截至)?{since}{to}(?:份|底|末)?累计", "累计", text)
    text = re.sub(rf"截至{to}(?:底|末|30日|31日|{end.day}日)?", "", text)
    text = re.sub(rf"(?<!\d){start.month}月?[-—–~至]{to}份?", "本季度", text)
    text = re.sub(rf"{since}{to}份?", "累计", text)
    if quarters.of_calendar and quarter in _SINCE:
        text = re.sub(rf"{_SINCE[quarter]}(?:累计)?", "累计", text)
    return _QUARTER.sub(lambda match: "本季度" if _number(match[1]) == quarter else match[0], text)


def _years(quarters: Quarters, quarter: int | None) -> set[int]:
    """The years that a name may have without being another period's: the plan's, and those that it runs through."""
    until = quarters.ends if quarter is None else quarters.end(quarter)
    return {quarters.year, quarters.starts.year, until.year}


def _another(name: str, others: Sequence[str], quarters: Quarters, quarter: int | None) -> bool:
    """Whether what stands over a name, or in brackets after it, makes it another period's, or a plan's."""
    for text in others:
        if any(int(found) not in _years(quarters, quarter) for found in _YEAR.findall(text) if found):
            return True
        if quarter is not None and any(_number(found) != quarter for found in _QUARTER.findall(text)):
            return True
        if name == "done_on" and _PLANNED.search(text):
            return True
        if name in ("this", "total", "words", "rate") and ANOTHER.search(text) and not _OF_WORK.search(text):
            return True
    return False


def _bracketed(name: str, inside: Sequence[str]) -> Title:
    """A name with what stands in brackets, each of which must be known."""
    measure = None
    for text in filter(None, inside):
        if own := measure_in(text):
            if measure not in (None, own):
                return Title(name, None, text)
            measure = own
        elif (of := _PERIODS.get(text)) is not None:
            if name in ("this", "total") and of != name:
                return Title(name, None, text)
        elif not is_hint(text):
            return Title(name, None, text)
    return Title(name, measure)


def folded(head: str) -> str:
    """A heading as it is compared: without what is in brackets, without spaces, width or case."""
    return parted(head)[0]


def is_head(text: str) -> bool:
    """Whether a text is the name of a column."""
    return len(text) <= 40 and folded(text) in NAMES


def _number(text: str) -> int:
    return _DIGITS.get(text) or int(text)
