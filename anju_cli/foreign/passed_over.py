"""Rows of a table that say nothing of their own: totals, titles of sections, notes, signatures, numbers of columns."""

import re
import unicodedata

from anju_cli.foreign.cell_grammar import blank
from anju_cli.foreign.cells import Cell

_TOTALS = re.compile(r"(?:合|总|小|共)\s*计.*|.*(?:小计|合计|总计)|total|sum|subtotal|grandtotal")
_FOOT = re.compile(
    r"(?:注|备注|说明|填表说明|单位负责人|负责人|填报人|填表人|审核人|联系人|联系电话|填报日期|填报单位|制表人?|note)s?"
    r"(?:[(:].*|\d*[.、].*|$)"
)
_SECTION = re.compile(
    r"(?:[一二三四五六七八九十]{1,3}[、.]|第[一二三四五六七八九十]+部分|[一二三四五六七八九十]{1,3}$).*"
)
_NUMBERING = re.compile(r"\(?(?:\d{1,2}|[甲乙丙丁戊己庚])\)?|\d{1,2}=[\d+\-/%×*]+|[①-⑳]")

_BEGINNINGS = (["1", "2"], ["甲", "乙"], ["(1)", "(2)"], ["甲", "1"])


def is_numbering(values: tuple[Cell, ...]) -> bool:
    """Whether a row numbers the columns of its head: 1, 2, 3=1+2, 甲, 乙."""
    if not values or values[0] is None:
        return False
    said = [unicodedata.normalize("NFKC", str(value)).strip() for value in values if value is not None]
    return len(said) > 2 and said[:2] in _BEGINNINGS and all(map(_NUMBERING.fullmatch, said))


def passed_over(values: tuple[Cell, ...], named: tuple[int, ...], told: tuple[int, ...]) -> bool:
    """Whether a row is a total, the title of a section, or a note below the table."""
    for at in (0, *named):
        value = values[at] if at < len(values) else None
        if value.__class__ is not str:
            continue
        first = at in (0, *named[:1])
        if first or "计" in value or value.isalpha():
            plain = _folded(value)
            if _TOTALS.fullmatch(plain) or (first and _FOOT.match(plain)):
                return True
            if first and _SECTION.match(plain) and all(at >= len(values) or blank(values[at]) for at in told):
                return True
    for value in values:
        if value is not None:
            return value.__class__ is str and _FOOT.match(_folded(value)) is not None
    return False


def _folded(value: str) -> str:
    """A word as it is compared."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", value[:80])).casefold()
