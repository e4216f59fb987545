"""Rows of a table that say nothing of their own: totals, titles of sections, notes, signatures, numbers of columns."""

import re
import unicodedata
from functools import lru_cache

from anju_cli.foreign.cell_grammar import blank
from anju_cli.foreign.cells import Cell

_TOTALS = re.compile(
    r"(?:合|总|小|共)\s*计.*|.{0,20}(?:小计|合计|总计)(?:\(.*\))?:?|(?:累计|汇总|其中):?|(?:total|sum|subtotal|grandtotal):?"
)
_FOOT = re.compile(
    r"(?:注|备注|说明|填表说明|填报说明|填报要求|数据来源|附件?|附表|单位负责人|主要负责人|分管领导|负责人|经办人?|填报人|填表人|审核人?|复核人?"
    r"|审批|签字|签名|签章|盖章|单位盖章|公章|联系人|联系电话|联系方式|电话|手机|日期|填报日期|填表日期|填报时间|填报单位|制表人?|制表日期|单位|note)s?"
    r"(?:\d{0,2}[.、(:].*|$)"
    r"|\(.{0,6}(?:章|以下无正文|以下空白).{0,6}\)$|以下(?:空白|无正文)|\d{4}年\d{1,2}月(?:\d{1,2}日)?$"
)
_SECTION = re.compile(
    r"(?:[一二三四五六七八九十]{1,3}[、.]|\([一二三四五六七八九十]{1,3}\)|第[一二三四五六七八九十]+部分|[★☆●■◆▲►※]"
    r"|[一二三四五六七八九十]{1,3}$).*"
)
_BEGIN_SECTIONS = frozenset("一二三四五六七八九十(（第★☆●■◆▲►※")
_NUMBERING = re.compile(r"\(?(?:\d{1,2}|[甲乙丙丁戊己庚])\)?|\d{1,2}=[\d+\-/%×*]+|[①-⑳]")

_BEGINNINGS = (["1", "2"], ["甲", "乙"], ["(1)", "(2)"], ["甲", "1"])


def is_numbering(values: tuple[Cell, ...]) -> bool:
    """Whether a row numbers the columns of its head: 1, 2, 3=1+2, 甲, 乙."""
    if not values or values[0] is None:
        return False
    said = [unicodedata.normalize("NFKC", str(value)).strip() for value in values if value is not None]
    if said[0] in ("栏次", "列次", "行次"):
        return len(said) > 2 and all(map(_NUMBERING.fullmatch, said[1:]))
    return len(said) > 2 and said[:2] in _BEGINNINGS and all(map(_NUMBERING.fullmatch, said))


def passed_over(values: tuple[Cell, ...], named: tuple[int, ...], told: tuple[int, ...]) -> bool:
    """Whether a row is a total, the title of a section, or a note below the table."""
    for at in (0, *named):
        value = values[at] if at < len(values) else None
        if not isinstance(value, str):
            continue
        first = at in (0, *named[:1])
        if first or "计" in value or value.isalpha() or value[:1] in _BEGIN_SECTIONS:
            plain = _folded(value)
            if _TOTALS.fullmatch(plain) or (first and _FOOT.match(plain)):
                return True
            if _SECTION.match(plain) and all(at >= len(values) or blank(values[at]) for at in told):
                return True
    for value in values:
        if value is not None:
            plain = _folded(value) if isinstance(value, str) else ""
            return _TOTALS.fullmatch(plain) is not None or _FOOT.match(plain) is not None
    return False


@lru_cache(maxsize=1024)
def _folded(value: str) -> str:
    """A word as it is compared."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", value[:80])).casefold()
