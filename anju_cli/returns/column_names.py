"""What a column of a return means, by its name: one row of a head or several, Chinese or English, in any order."""

import re
import unicodedata
from collections.abc import Sequence
from typing import NamedTuple

from anju_cli.domain.quarters import Quarters

_NAMES = {
    "number": "序号 no no. #",
    "code": "任务编号 编号 任务代码 item id itemid code taskid taskcode",
    "item": "工作任务 任务 任务名称 任务事项 工作事项 事项 指标名称 task taskname itemname",
    "body": "填报单位 报送单位 报送主体 成员单位 单位名称 body reportingbody reportedby",
    "either": "单位 unit",
    "measure": "计量单位 measure",
    "goal": "目标 年度目标 年度目标任务 计划数 任务数 年度计划 年度任务 目标任务 目标数 goal annualgoal",
    "due": "完成时限 时限 due duedate",
    "opening": "上期末累计 上期累计 上季末累计 截至上季末累计 截至上期末累计 上季度末累计 "
    "broughtforward opening openingtotal",
    "this": "本期 本季 本季度 本期完成 本季完成 本季度完成 本期数 本季数 本期完成数 本季完成数 本季度完成数 本季度数 "
    "本期新增 本季新增 本季度新增 thisquarter quantity quarterquantity",
    "total": "累计 本期末累计 累计完成 累计完成数 年初至今 年初至今累计 "
    "截至本季末累计 截至本期末累计 本季末累计 本季度末累计 "
    "本年累计 累计数 cumulative total yeartodate",
    "rate": "完成率 完成比例 完成进度 completion completionrate rate",
    "words": "进展情况 进展 工作进展 工作进展情况 完成情况 progress note words",
    "problems": "存在问题 问题 存在的问题 problems issues",
    "next": "下一步措施 下一步 下一步工作 下一步工作措施 整改措施 措施 nextsteps",
    "expected": "预计完成日期 预计完成时间 预计日期 预计完成 expecteddate",
    "done_on": "完成日期 实际完成日期 实际完成时间 办结日期 doneon dateofcompletion",
    "either_day": "完成时间",
    "evidence": "佐证材料 证明材料 佐证 evidence",
    "person": "责任人 责任人员 personresponsible",
    "remarks": "备注 说明 remarks",
    "project": "项目编码 项目编号 项目代码 project projectcode projectid",
    "project_name": "项目名称 项目 projectname",
    "indicator": "指标 指标类别 indicator",
    "stage": "形象进度 stage",
    "reason": "滞后原因 原因 delayreason",
}
NAMES = {synonym: name for name, synonyms in _NAMES.items() for synonym in synonyms.split()}

FIGURES = ("opening", "this", "total")
ONCE = frozenset(_NAMES) - {"number", "goal", "measure", "due", "rate", "either", "either_day"}
"""What only one column may mean: what is booked or kept."""

_ANOTHER = re.compile(
    r"上年|去年|同期|上一年|前年|往年|同比|环比|增长|增幅|计划|目标|任务数|比例|占比|预计|应完成|序时|上季|上期|上月|核定前"
)
"""What makes a name another figure than the one of this period."""
_PLANNED = re.compile(r"计划|预计|要求|原定|应|目标|时限|预期|拟")
"""What makes a day of completion one that is still to come."""
_OF_WORK = re.compile(r"完成情况|进展|落实|执行|推进")
_YEAR = re.compile(r"(\d{4})年?度?")
_QUARTER = re.compile(r"第?([一二三四1-4])季度")
_BRACKETS = re.compile(r"\(([^()]*)\)|\[([^\[\]]*)\]|〔([^〔〕]*)〕|【([^【】]*)】")
_PERIODS = {"累计": "total", "年初至今": "total", "本年累计": "total", "本年": "total", "本期末": "total"}
_PERIODS |= dict.fromkeys(("本期", "本季", "本季度", "当期", "当季"), "this")
_HINTS = re.compile(
    r"必填|选填|填报|填写|填数字|数字|整数|含.*|截至.*|单位|盖章|如有|可为负|核减.*|以.*计|不含.*|\d{1,2}|[a-z]|[①-⑳]"
)
_MEASURES = re.compile(
    r"[万亿千百]*(?:套|户|件|个|项|元|平方米|㎡|m2|平米|间|栋|人|家|次|宗|处|亩|公顷)(?:数)?|%|百分比|homes"
)
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
    plain: list[str] = []
    for part in parts:
        text = unicodedata.normalize("NFKC", part).casefold()
        inside += [_bare(next(filter(None, match.groups()), "")) for match in _BRACKETS.finditer(text)]
        plain.append(_bare(_BRACKETS.sub("", text)))
    measures = [part for part in plain if _MEASURES.fullmatch(part)]  # a row of the head with 套 alone
    plain = [part for part in plain if part and part not in measures]
    name, rest = _named(plain, quarters, quarter)
    if name is None or _another(name, [*rest, *inside], quarters, quarter):
        return Title(None)
    if name not in (*FIGURES, "goal"):
        return Title(name)
    return _bracketed(name, [*inside, *measures])


def _named(plain: Sequence[str], quarters: Quarters, quarter: int | None) -> tuple[str | None, list[str]]:
    """The name of joined rows, and the rows that were no part of it; the longest that is known is meant."""
    for first in range(len(plain)):
        joined = "".join(plain[first:])
        if name := NAMES.get(joined) or NAMES.get(_of_period(joined, quarters, quarter)):
            return name, list(plain[:first])
    if len(plain) > 1 and (name := NAMES.get(_of_period(plain[0] + plain[-1], quarters, quarter))):
        return name, list(plain[1:-1])
    return None, []


def _of_period(text: str, quarters: Quarters, quarter: int | None) -> str:
    """A name without this year and this quarter: 2020年第二季度完成 is 本季度完成."""
    for year in _years(quarters, quarter):
        text = re.sub(rf"{year}年?度?(?!\d)", "", text)
    if quarter is not None:
        start, end = quarters.start(quarter), quarters.end(quarter)
        since, to = rf"(?<!\d){quarters.starts.month}月?[-—–~至]", rf"{end.month}月"
        text = re.sub(rf"(?:截至)?{since}{to}(?:份|底|末)?累计", "累计", text)
        text = re.sub(rf"截至{to}(?:底|末|30日|31日|{end.day}日)", "", text)
        text = re.sub(rf"(?<!\d){start.month}月?[-—–~至]{to}份?", "本季度", text)
        text = _QUARTER.sub(lambda match: "本季度" if _number(match[1]) == quarter else match[0], text)
    return text


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
        if name in ("this", "total", "words", "rate") and _ANOTHER.search(text) and not _OF_WORK.search(text):
            return True
    return False


def _bracketed(name: str, inside: Sequence[str]) -> Title:
    measure = None
    for text in filter(None, inside):
        if _MEASURES.fullmatch(text):
            if measure not in (None, text):
                return Title(name, None, text)
            measure = text
        elif (of := _PERIODS.get(text)) is not None:
            if name in ("this", "total") and of != name:
                return Title(name, None, text)
        elif (part := re.sub(r"^(?:单位|计量单位):?", "", text)) and _MEASURES.fullmatch(part):
            measure = part
        elif not _HINTS.fullmatch(text):
            return Title(name, None, text)
    return Title(name, measure)


def is_measure(text: str) -> bool:
    """Whether a text names a measure, with or without brackets."""
    return _MEASURES.fullmatch(_bare(unicodedata.normalize("NFKC", text).casefold()).strip("()[]")) is not None


def measure_of_all(text: str) -> str | None:
    """The measure that a line above a table gives to all of it: 单位：套."""
    match = re.fullmatch(r"\(?(?:计量)?单位:(.+?)\)?", _spaceless(text))
    return match[1] if match and _MEASURES.fullmatch(match[1]) else None


def _spaceless(text: str) -> str:
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text).casefold())


def same_measure(one: str, other: str) -> bool:
    """Whether two names are of one measure."""
    return _measure(one) == _measure(other)


def _measure(text: str) -> str:
    plain = _bare(unicodedata.normalize("NFKC", text).casefold()).removesuffix("数")
    return {"㎡": "平方米", "m2": "平方米", "平米": "平方米", "homes": "套", "百分比": "%"}.get(plain, plain)


def folded(head: str) -> str:
    """A heading as it is compared: without what is in brackets, without spaces, width or case."""
    return _bare(_BRACKETS.sub("", unicodedata.normalize("NFKC", head).casefold()))


def _bare(text: str) -> str:
    return re.sub(r"[\s_*:：]+", "", text)


def is_head(text: str) -> bool:
    """Whether a text is the name of a column."""
    return len(text) <= 40 and folded(text) in NAMES


def _number(text: str) -> int:
    return _DIGITS.get(text) or int(text)
