"""Words in heads that are alike in every table: measures, what stands in brackets, what makes a figure another one."""

import re
import unicodedata

_BRACKETS = re.compile(r"\(([^()]*)\)|\[([^\[\]]*)\]|〔([^〔〕]*)〕|【([^【】]*)】")
_ONE = r"[万亿千百十]*(?:套|户|件|个|项|元|平方米|㎡|m2|平米|间|栋|人|家|次|宗|处|亩|公顷)数?|%|百分比|homes"
_MEASURES = re.compile(_ONE)
_SEVERAL = re.compile(rf"(?:{_ONE})(?:[、,/和及(](?:{_ONE})\)?)*")
_OF_ALL = re.compile(rf"\(?(?:计量|数量|统计|金额|货币)?单位:({_SEVERAL.pattern})\)?")
_AT_END = re.compile(rf"(.+?)[/、,(\[]?({_ONE})[)\]]?")
_HINTS = re.compile(
    r"必填|选填|填报|填写|填数字|数字|整数|取整|单位|盖章|如有|可为负|核减.{0,8}|请.{0,8}|\d{1,2}|[a-z]|[①-⑳]|[\da-z]+=[\da-z+\-]+|[甲乙丙丁]"
)
NEUTRAL = frozenset(("数量", "合计", "总数", "总计", "小计", "实际", "实际数", "实际完成", "个数", "数"))
"""What stands below a name in a head and leaves it what it is."""

ANOTHER = re.compile(
    r"上年|去年|同期|上一年|前年|往年|同比|环比|增长|增幅|计划|目标|任务数|比例|占比|预计|应完成|序时|上季|上期|上月|核定前|其中"
)
"""What makes a name another figure than the one of this period, or a part of it."""
PART = re.compile(r"(?:不?含|其中|包括|扣除|除).*")
"""What says in brackets that a figure is of more, or of less, than its name."""


def plain(text: str) -> str:
    """A text as heads are compared: without spaces, width or case."""
    return bare(unicodedata.normalize("NFKC", text).casefold())


def bare(text: str) -> str:
    """A text without spaces, colons and marks."""
    return re.sub(r"[\s_*:：]+", "", text)


def parted(text: str) -> tuple[str, list[str]]:
    """A head without what is in brackets, and what is in them."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    inside = [bare(next(filter(None, match.groups()), "")) for match in _BRACKETS.finditer(folded)]
    return bare(_BRACKETS.sub("", folded)), list(filter(None, inside))


def without_hints(head: str) -> str:
    """A head of a list without brackets that change nothing: 总套数（套）, 街道（必填）; homes are counted in 套."""
    _name, inside = parted(head)
    known = inside and all(is_hint(text) or measure_in(text) == "套" for text in inside)
    return re.sub(r"[(（\[【〔][^)）\]】〕]*[)）\]】〕]", "", head).strip() if known else head


def is_hint(text: str) -> bool:
    """Whether a text tells the one who fills in, and changes nothing."""
    return _HINTS.fullmatch(text) is not None


def is_measure(text: str) -> bool:
    """Whether a text names a measure, with or without brackets."""
    return _MEASURES.fullmatch(plain(text).strip("()[]")) is not None


def measure_in(text: str) -> str | None:
    """The measure that stands in brackets: 套, 单位:套; null where it is none."""
    name = re.sub(r"^(?:计量)?单位:?", "", text)
    return name if _MEASURES.fullmatch(name) else None


def with_measure(name: str) -> tuple[str, str | None]:
    """A name and the measure at its end: 本期完成套数, 本期完成/万套; null where it has none."""
    match = _AT_END.fullmatch(name)
    return (match[1], match[2]) if match else (name, None)


def states_measure(text: str) -> bool:
    """Whether a cell names a measure, or several: 套, 套/户, 住房(套), 10套."""
    name = re.sub(r"^\d+|^.{0,6}\(|\)$", "", plain(text))
    return _SEVERAL.fullmatch(plain(text)) is not None or _MEASURES.fullmatch(name) is not None


def measure_of_all(text: str) -> str | None:
    """What a line above a table says that it is counted in: 单位：套, or several, 套、件; null where it does not."""
    match = _OF_ALL.fullmatch(re.sub(r"\s+", "", unicodedata.normalize("NFKC", text).casefold()))
    return match[1] if match else None


def of_money(text: str) -> bool:
    """Whether a line above a table speaks of its amounts of money alone: 金额单位：万元."""
    return re.match(r"\(?(?:金额|货币)", plain(text)) is not None


def same_measure(one: str, other: str) -> bool:
    """Whether two names are of one measure; one may stand in brackets: 住房(套)."""
    return _measure(one) == _measure(other)


def among(several: str, measure: str) -> bool:
    """Whether a measure is one of several that a line names."""
    return any(same_measure(one, measure) for one in re.split(r"[、,/和及()]", several) if one)


def _measure(text: str) -> str:
    name = re.sub(r"^[^(]*\(|\)$", "", plain(text)) if _SEVERAL.fullmatch(plain(text)) is None else plain(text)
    name = name.removesuffix("数")
    return {"㎡": "平方米", "m2": "平方米", "平米": "平方米", "homes": "套", "百分比": "%"}.get(name, name)
