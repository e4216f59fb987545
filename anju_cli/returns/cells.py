"""The grammar of one cell. Nothing is guessed: what is not a figure, a date or words is said to be so."""

import re
import unicodedata
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from math import isfinite
from typing import Any

from anju_cli.domain.grammar import clean, parse_date, parse_quantity
from anju_cli.errors import Unclear
from anju_cli.i18n import _

NIL = frozenset({"0", "零", "〇", "无", "—", "——", "-", "–", "－", "―", "none", "nil", "n/a", "无此类事项"})
"""What says that there was nothing: a zero report."""

ERRORS = re.compile(r"#(?:REF!|N/A|NAME\?|VALUE!|DIV/0!|NULL!|NUM!|SPILL!|CALC!|GETTING_DATA)|Err:\d+", re.IGNORECASE)
LARGEST = 10**15


def blank(value: Any) -> bool:
    """Whether a cell says nothing."""
    return value is None or (isinstance(value, str) and not value.strip())


def nil(value: Any) -> bool:
    """Whether a cell says that there was nothing, in a word."""
    return isinstance(value, str) and unicodedata.normalize("NFKC", value).strip().casefold() in _NIL_FOLDED


_NIL_FOLDED = frozenset(unicodedata.normalize("NFKC", word).casefold() for word in NIL)


def figure(value: Any, decimals: int = 0) -> int | None:
    """A figure in smallest units, which may be negative; null for a blank cell."""
    if type(value) is int and not decimals and -LARGEST < value < LARGEST:
        return value
    if blank(value):
        return None
    if isinstance(value, (bool, date, datetime)):
        raise Unclear(_("not a quantity"), got=value, hint=_("digits only, such as 4713"))
    if isinstance(value, (int, float)) and isfinite(value):
        return _number(value, decimals)
    text = unicodedata.normalize("NFKC", str(value)).strip()
    if ERRORS.fullmatch(text):
        raise Unclear(_("the cell holds an error"), got=text, hint=_("a figure"))
    if nil(text):
        return 0
    sign, digits = (-1, text[1:].strip()) if text[0] in "-−" else (1, text)
    try:
        return sign * parse_quantity(digits, decimals)
    except Unclear as fault:
        raise Unclear(fault.what, got=value, hint=_("digits only, such as 4713")) from None


def _number(value: float, decimals: int) -> int:
    try:
        scaled = Decimal(repr(value)).scaleb(decimals)
        # What a spreadsheet computes carries the noise of binary fractions in its last digits.
        whole = scaled.quantize(Decimal(1))
    except InvalidOperation:
        raise Unclear(_("not a quantity"), got=value, hint=_("digits only, such as 4713")) from None
    if abs(scaled - whole) > Decimal("1e-6") or abs(whole) >= LARGEST:
        expected = _("a whole number") if not decimals else _("at most {n} decimals").format(n=decimals)
        raise Unclear(_("not a quantity of this measure"), got=value, hint=expected)
    return int(whole)


def rate(value: Any) -> tuple[Decimal, bool] | None:
    """A printed percentage, and whether it was written with a sign; null where there is none."""
    if blank(value) or nil(value) or isinstance(value, (bool, date, datetime)):
        return None
    text = unicodedata.normalize("NFKC", str(value)).strip()
    try:
        number = Decimal(text.rstrip("%").strip())
    except InvalidOperation:
        return None
    return (number, text.endswith("%")) if number.is_finite() and abs(number) < LARGEST else None


def day(value: Any, *, today: date, year: int) -> date | None:
    """A date; null for a blank cell or one that says there is none."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if blank(value) or nil(value):
        return None
    text = unicodedata.normalize("NFKC", str(value)).strip().replace("/", "-").replace(".", "-")
    return parse_date(text, today=today, year=year)


def words(value: Any, what: str) -> str | None:
    """Words on one line, as they may be kept; null for a blank cell."""
    if blank(value):
        return None
    if isinstance(value, datetime) and not (value.hour or value.minute or value.second):
        value = value.date()
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return clean(" ".join(str(value).split()), what) or None
