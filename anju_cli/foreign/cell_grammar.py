"""The grammar of one cell. Nothing is guessed: what is not a figure, a date, words or a code is said to be so."""

import re
import unicodedata
from contextlib import suppress
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from math import isfinite

from anju_cli.domain.grammar import clean, parse_date, parse_quantity
from anju_cli.errors import Unclear
from anju_cli.foreign.cells import (
    Cell,
    CellError,
    Formatted,
    NotComputed,
    PartOfDate,
    Percent,
    Picture,
    number_text,
    text_of,
)
from anju_cli.i18n import _

NIL = frozenset({"0", "零", "〇", "无", "—", "——", "-", "–", "－", "―", "none", "nil", "n/a", "无此类事项"})
"""What says that there was nothing: a zero report."""

LARGEST = 10**15
_NOISE = Decimal("1e-6")
_FULL = Decimal(100)
_SCIENTIFIC = re.compile(r"[-+]?\d+(?:\.\d+)?[eE][-+]?\d+")
_FULL_DAY = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})", re.ASCII)
_RELATIVE = re.compile(r"today|今天|-\d+d", re.ASCII)
_MIDNIGHT = re.compile(r"[ T]+0{1,2}:00(?::00(?:\.0+)?)?$")


class NoWords(Unclear):
    """A cell that should hold words holds an error or a picture: nothing of it is kept."""


def blank(value: Cell) -> bool:
    """Whether a cell says nothing."""
    return value is None or (isinstance(value, str) and not value.strip())


def nil(value: Cell) -> bool:
    """Whether a cell says that there was nothing, in a word."""
    return isinstance(value, str) and unicodedata.normalize("NFKC", value).strip().casefold() in _NIL_FOLDED


_NIL_FOLDED = frozenset(unicodedata.normalize("NFKC", word).casefold() for word in NIL)


def check_result(value: Cell) -> None:
    """Refuse a formula that was never computed, and an error."""
    if isinstance(value, NotComputed):
        raise Unclear(_("the formula was never computed"), hint=_("open the file, save it, send it again"))
    if isinstance(value, CellError):
        raise Unclear(_("the cell holds an error"), got=value.text, hint=_("what is meant"))


def figure(value: Cell, decimals: int = 0, measure: str = "") -> int | None:
    """A figure in smallest units, which may be negative; null for a blank cell. Its measure may be shown with it."""
    if type(value) is int and not decimals and -LARGEST < value < LARGEST:
        return value
    if value is None:
        return None
    check_result(value)
    if isinstance(value, Percent):
        hint = _("a figure, in {measure}").format(measure=measure) if measure else _("a figure")
        raise Unclear(_("a percentage, where a quantity is due"), got=text_of(value), hint=hint)
    if isinstance(value, Formatted):
        return _as_shown(value, decimals, measure)
    if isinstance(value, (bool, date, PartOfDate, Picture)):
        raise Unclear(_("not a quantity"), got=text_of(value) or None, hint=_("digits only, such as 4713"))
    if isinstance(value, (int, float)):
        if not isfinite(value):
            raise Unclear(_("not a quantity"), got=value, hint=_("digits only, such as 4713"))
        return _number(Decimal(repr(value)), decimals)
    return _typed(str(value), decimals)


def _typed(value: str, decimals: int) -> int | None:
    text = unicodedata.normalize("NFKC", value).strip()
    if not text:
        return None
    if nil(text):
        return 0
    sign, digits = (-1, text[1:].strip()) if text[0] in "-−" else (1, text)
    try:
        if re.fullmatch(r"\d{1,15}\.\d{7,}", digits, re.ASCII):
            return sign * _number(Decimal(digits), decimals)  # what a spreadsheet computed
        whole, _point, rest = digits.partition(".")
        if rest.isdigit() and rest.isascii():
            rest = rest[:decimals] + rest[decimals:].rstrip("0")
            digits = f"{whole}.{rest}" if rest else whole
        return sign * parse_quantity(digits, decimals)
    except Unclear as fault:
        raise Unclear(fault.what, got=value, hint=_("digits only, such as 4713")) from None


def _as_shown(value: Formatted, decimals: int, measure: str) -> int | None:
    """A number shown in a format of its own: what is shown must be what is held, or — for 0."""
    shown = _shown(value, measure)
    held = Decimal(number_text(value.held)) if abs(value.held) < LARGEST else None
    if held == 0 and nil(value.text):
        return 0
    if held is None or shown is None or abs(shown - held) > _NOISE:
        raise _otherwise(f"{value.text} / {number_text(value.held)}", _("digits only, such as 4713"))
    return _number(held, decimals)


def _shown(value: Formatted, measure: str) -> Decimal | None:
    """The number that a person reads in a cell, in brackets where it is below 0; null where none can be read."""
    text = value.text.removesuffix(measure).strip() if measure else value.text.strip()
    below = text.startswith("(") and text.endswith(")")
    digits = text.strip("()").strip().lstrip("¥￥").strip().replace(",", "")
    try:
        number = Decimal(digits.replace("-¥", "-").replace("-￥", "-"))
    except InvalidOperation:
        return None
    return -number if below else number


def same_as_shown(value: Formatted, measure: str = "") -> bool:
    """Whether a cell holds the number that a person reads in it."""
    shown = _shown(value, measure)
    return shown is not None and abs(shown - Decimal(number_text(value.held))) <= _NOISE


def _otherwise(got: str, hint: str) -> Unclear:
    return Unclear(_("the cell shows something else than it holds"), got=got, hint=hint)


def _number(number: Decimal, decimals: int) -> int:
    try:
        scaled = number.scaleb(decimals)
        # What a spreadsheet computes carries the noise of binary fractions in its last digits.
        whole = scaled.quantize(Decimal(1))
    except InvalidOperation:
        raise Unclear(_("not a quantity"), got=number, hint=_("digits only, such as 4713")) from None
    if abs(scaled - whole) > _NOISE or abs(whole) >= LARGEST:
        expected = _("a whole number") if not decimals else _("at most {n} decimals").format(n=decimals)
        raise Unclear(_("not a quantity of this measure"), got=f"{number:f}", hint=expected)
    return int(whole)


def level(value: Cell, decimals: int = 0) -> int | None:
    """A level in percent, in smallest units; null for a blank cell. One shown as 100 % that is less is not clear."""
    if isinstance(value, Percent):
        if value.shown >= _FULL > value.held + _NOISE:
            raise _otherwise(f"{value.shown:f}% / {value.held.normalize():f}%", "100")
        return _number(value.shown, decimals)
    if isinstance(value, Formatted) and value.text.endswith("%"):
        return _as_shown(value, decimals, "%")
    if isinstance(value, str):
        text = unicodedata.normalize("NFKC", value).strip()
        return figure(text[:-1].strip() if text.endswith("%") else value, decimals)
    return figure(value, decimals)


def rate(value: Cell) -> tuple[Decimal, bool] | None:
    """A printed percentage, and whether it has its sign; null where there is none."""
    if isinstance(value, Percent):
        return value.held, True
    if value is None or isinstance(value, (bool, date, PartOfDate, CellError, NotComputed, Picture)) or nil(value):
        return None
    shown = number_text(value.held) if isinstance(value, Formatted) else text_of(value)
    text = unicodedata.normalize("NFKC", shown).strip()
    try:
        number = Decimal(text.rstrip("%").strip())
    except InvalidOperation:
        return None
    return (number, text.endswith("%")) if number.is_finite() and abs(number) < LARGEST else None


def day(value: Cell, *, today: date, not_before: date) -> date | None:
    """A date; null for a blank cell or one that says there is none. A number is none, be it 9.3 or 44012.

    One without its year is the first such day from `not_before` on.
    """
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if blank(value) or nil(value):
        return None
    check_result(value)
    if isinstance(value, PartOfDate):
        return _whole_day(value, day(value.text, today=today, not_before=not_before))
    if not isinstance(value, str):
        hint = _("a date such as 2020-06-30")
        raise Unclear(_("a number is no date"), got=text_of(value) or None, hint=hint)
    return parse_date(day_text(value), today=today, not_before=not_before)


def _whole_day(value: PartOfDate, shown: date | None) -> date | None:
    """A date that is shown without its year: it must be the one that is held."""
    if shown != value.held.date():
        raise _otherwise(f"{value.text} / {value.held.date()}", _("a date such as 2020-06-30"))
    return shown


def day_text(text: str) -> str:
    """A day as spreadsheets write it, 2020/6/30 or 2020-06-30 00:00:00, as people write it; 9.3 is none.

    Raises Unclear for a word such as 今天, whose day depends on when it was written.
    """
    plain = _MIDNIGHT.sub("", unicodedata.normalize("NFKC", text).strip())
    if _RELATIVE.fullmatch(plain.lower()):
        raise Unclear(_("no such date"), got=text, hint=_("a date such as 2020-06-30"))
    if match := _FULL_DAY.fullmatch(plain):
        return "-".join(match.groups())
    return plain.replace("/", "-")


def whole_text(text: str) -> str:
    """A figure as spreadsheets write it, 600.0 or 299.99999999999994, as people write it: 600, 300."""
    if re.fullmatch(r"[\d,]{1,18}\.\d+", text, re.ASCII):
        with suppress(Unclear):
            return str(figure(text))
    return text


def words(value: Cell, what: str) -> str | None:
    """Words on one line, as they may be kept; null for a blank cell."""
    if value is None:
        return None
    if isinstance(value, CellError):
        raise NoWords(_("an error is not kept as words"), got=value.text)
    if isinstance(value, Picture):
        raise NoWords(_("a picture in a cell is not read; name it in words"))
    check_result(value)
    if isinstance(value, (int, float)) and abs(value) >= LARGEST:
        return _lost(text_of(value))
    return clean(text_of(value), what) or None


def code(value: Cell) -> str:
    """A cell as the code or the name of something; empty for a blank one. A number must be one that it can be."""
    if type(value) is str:
        return " ".join(value.split()) if not value[:1].isdigit() or not _SCIENTIFIC.fullmatch(value) else _lost(value)
    if value is None:
        return ""
    check_result(value)
    if isinstance(value, Picture):
        raise Unclear(_("a picture in a cell is not read; name it in words"))
    text = text_of(value)
    if isinstance(value, (date, PartOfDate)):
        raise Unclear(_("a date, where a code or a name is due"), got=text, hint=_("make the cell text"))
    number = value.held if isinstance(value, Formatted) else value
    if (isinstance(number, (int, float)) and abs(number) >= LARGEST) or _SCIENTIFIC.fullmatch(text):
        return _lost(text)
    return text


def _lost(text: str) -> str:
    raise Unclear(
        _("a number of more than 15 digits has lost its last ones"), got=text, hint=_("make the cell text, and type it")
    )
