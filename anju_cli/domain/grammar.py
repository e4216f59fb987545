"""The strict grammar of what a person types: quarters, dates, moments and quantities. Nothing is guessed."""

import re
import unicodedata
from contextlib import suppress
from datetime import UTC, date, datetime, time, timedelta

from anju_cli.domain.quarters import Quarters, quarter_code
from anju_cli.errors import Unclear
from anju_cli.i18n import _

_NUMERALS = {"一": 1, "二": 2, "三": 3, "四": 4}
_QUARTER = re.compile(r"(?:(\d{4})(?:年|-)?)?(?:q([1-4])|第?([一二三四1-4])季度?|([1-4]))", re.ASCII)
_MONTHS = re.compile(r"(?:(\d{4})年?)?(\d{1,2})月?(?:-(?:(\d{4})年|次年)?(\d{1,2}))?月份?", re.ASCII)
_NAMED = re.compile(r"([^()]*季度|[^()月]*)(?:\(([^()]*)\)|(.*月份?))?")
_DASHES = str.maketrans(dict.fromkeys("—–~至到", "-"))
_FULL_DATE = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})|(\d{4})年(\d{1,2})月(\d{1,2})日", re.ASCII)
_SHORT_DATE = re.compile(r"(\d{1,2})-(\d{1,2})|(\d{1,2})月(\d{1,2})日", re.ASCII)
_DAY = re.compile(r"\d{4}-\d\d-\d\d|\d{8}", re.ASCII)
_DAYS_AGO = re.compile(r"-(\d{1,4})d", re.ASCII)
_QUANTITY = re.compile(r"(\d{1,15}|\d{1,3}(?:,\d{3}){1,4})(?:\.(\d+))?", re.ASCII)
MINUS = "−"
"""The sign that is no hyphen, so that no word which begins with it can be an option."""
_UNSAFE = {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}
LONGEST_TEXT = 2000
"""The longest text any field takes, in characters."""


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip()


def named_quarter(text: str) -> tuple[int | None, int]:
    """A quarter as it is named, with its year where that is said: `Q2 q2 2020Q2 2020-Q2 2 二季度 第二季度`.

    Raises Unclear where it names no quarter.
    """
    match = _QUARTER.fullmatch(_plain(text).lower().replace(" ", ""))
    if not match:
        raise Unclear(_("no such quarter"), got=text)
    named_year, *digits = match.groups()
    digit = next(filter(None, digits))
    return int(named_year) if named_year else None, _NUMERALS.get(digit) or int(digit)


def parse_quarter(text: str, quarters: Quarters) -> int:
    """The number of a quarter of a plan's year: `Q2`, `2020Q2`, `二季度`; by its months `7-9月`; or `二季度（4-6月）`.

    Raises Unclear where the year has no such quarter, another year is meant, or the months are not those of it.
    """
    plain = _plain(text).lower().replace(" ", "").translate(_DASHES)
    match = _NAMED.fullmatch(plain)
    named, beside, months = match.groups() if match else (plain, None, None)
    try:
        if months is not None and (number := _of_months(plain, quarters)):
            return number
        named_year, number = named_quarter(named)
    except Unclear as fault:
        fault.got, fault.hint = text, _("the quarters are {quarters}").format(quarters=_codes(quarters))
        raise
    if named_year not in (None, quarters.year):
        raise Unclear(
            _("the plan is for {year}, not for the year of this quarter").format(year=quarters.year), got=text
        )
    if number not in quarters.numbers:
        raise Unclear(
            _("no such quarter"), got=text, hint=_("the quarters are {quarters}").format(quarters=_codes(quarters))
        )
    if beside is not None and _of_months(beside, quarters) != number:
        first, last = quarters.start(number), quarters.end(number)
        spans = _("{quarter} is from {first} to {last}").format(quarter=quarter_code(number), first=first, last=last)
        raise Unclear(_("these are not the months of the quarter"), got=text, hint=spans)
    return number


def _of_months(text: str, quarters: Quarters) -> int | None:
    """The quarter that has these months, and this year where one is said; null where none has."""
    match = _MONTHS.fullmatch(text)
    if not match:
        return None
    year, first, last_year, last = (int(part) if part else None for part in match.groups())
    for number in quarters.numbers:
        start, end = quarters.start(number), quarters.end(number)
        if (start.month, end.month) == (first, last or first) and year in (None, start.year):
            return number if last_year in (None, end.year) else None
    return None


def _codes(quarters: Quarters) -> str:
    return ", ".join(map(quarter_code, quarters.numbers))


def parse_date(text: str, *, today: date, not_before: date) -> date:
    """A date: `2020-06-30 2020年6月30日 today 今天 -3d`; `6-30` is the first such day from `not_before` on.

    `not_before` is the day that what is dated cannot precede; a date with its year is taken as it stands all the same.

    Raises Unclear where it is no date, or one that does not exist.
    """
    plain = _plain(text).lower()
    if plain in ("today", "今天"):
        return today
    if match := _DAYS_AGO.fullmatch(plain):
        try:
            return today - timedelta(days=int(match[1]))
        except OverflowError:
            raise Unclear(_("no such date"), got=text) from None
    if match := _FULL_DATE.fullmatch(plain):
        return _real(text, *(int(part) for part in match.groups() if part))
    if match := _SHORT_DATE.fullmatch(plain):
        month, day = (int(part) for part in match.groups() if part)
        with suppress(Unclear):  # 29 February, of a year that has none
            if (first := _real(text, not_before.year, month, day)) >= not_before:
                return first
        in_this_year = (month, day) >= (not_before.month, not_before.day)
        return _real(text, not_before.year + (not in_this_year), month, day)
    raise Unclear(_("no such date"), got=text, hint=_("write it as 2020-06-30, 2020年6月30日, 6-30, today or -3d"))


def _real(text: str, year: int, month: int, day: int) -> date:
    """The date, or a word on which part of it does not exist."""
    if not 1 <= month <= 12:
        raise Unclear(_("there is no month {month}").format(month=month), got=text)
    try:
        return date(year, month, day)
    except ValueError:
        raise Unclear(
            _("month {month} of {year} has no day {day}").format(year=year, month=month, day=day), got=text
        ) from None


def parse_moment(text: str) -> datetime:
    """A moment, in UTC: `2020-07-20T18:00`, with a zone or in local time; a date alone is the end of that day.

    Raises Unclear where it is no moment.
    """
    plain = _plain(text).replace("z", "Z")
    try:
        if _DAY.fullmatch(plain):
            return datetime.combine(date.fromisoformat(plain), time.max).astimezone(UTC)
        return datetime.fromisoformat(plain).astimezone(UTC)
    except (ValueError, OverflowError):
        hint = _("write it as 2020-07-20T18:00, 2020-07-20, or the number of a filing")
        raise Unclear(_("no such moment"), got=text, hint=hint) from None


def parse_quantity(text: str, decimals: int = 0, *, signed: bool = False) -> int:
    """A quantity of 0 or more, in smallest units: integers, full-width digits and `4,713`; decimals as the measure has.

    Signs, exponents, units and underscores are refused: a figure is never guessed. A `signed` one may be below 0.
    """
    plain = _plain(text)
    if re.fullmatch(r"[-−]\d.*", plain):
        if not signed:
            raise negative_quantity(text)
        return -parse_quantity(plain[1:], decimals)
    match = _QUANTITY.fullmatch(plain)
    if not match:
        raise Unclear(_("not a quantity"), got=text, hint=_("write digits only, such as 4713 or 4,713"))
    whole, part = match[1].replace(",", ""), match[2] or ""
    if len(part) > decimals:
        raise Unclear(
            _("this measure takes no decimals")
            if not decimals
            else _("this measure takes {n} decimals").format(n=decimals),
            got=text,
        )
    return int(whole + part.ljust(decimals, "0"))


def negative_quantity(text: str) -> Unclear:
    """What is said of a quantity such as `-5`, which the command line takes for an option."""
    hint = _("a decrease is booked with: anju progress reduce ITEM N --reason WHY")
    return Unclear(_("a quantity is never negative"), got=text.replace(MINUS, "-"), hint=hint)


def parse_number(text: str, what: str) -> int:
    """The number of an entry or a filing.

    Raises Unclear, with `what`, where it is no number above 0.
    """
    plain = _plain(text)
    if not re.fullmatch(r"[1-9][0-9]{0,17}", plain):
        raise Unclear(what, got=text)
    return int(plain)


def clean(text: str, what: str) -> str:
    """A text as it may be kept: NFC, one line, no control, bidi, zero-width or surrogate characters, not too long.

    Raises Unclear where it has such a character or is too long.
    """
    kept = unicodedata.normalize("NFC", text).strip()
    bad = next((letter for letter in kept if _unsafe(letter)), None)
    if bad is not None:
        raise Unclear(_("{what} has a character that may not be kept").format(what=what), got=f"U+{ord(bad):04X}")
    if len(kept) > LONGEST_TEXT:
        longest = _("{what} is longer than {n} characters").format(what=what, n=LONGEST_TEXT)
        raise Unclear(longest, got=len(kept))
    return kept


def words(text: str, what: str) -> str:
    """A text that must say something, as it may be kept.

    Raises Unclear where it says nothing or may not be kept.
    """
    kept = clean(text, what)
    if not kept:
        raise Unclear(_("{what} is empty").format(what=what))
    return kept


def is_chinese(text: str) -> bool:
    """Whether a text has Chinese characters."""
    return any("\u4e00" <= letter <= "\u9fff" for letter in text)


def printable(text: str) -> str:
    """A text as it may be shown: what `clean` refuses is dropped, for a file may have been edited by others."""
    if text.isprintable():
        return text
    return "".join(letter for letter in text if not _unsafe(letter))


def _unsafe(letter: str) -> bool:
    """Control, bidi, zero-width, surrogate, private; and U+FFFE and its like, with which no XML file can be read."""
    point = ord(letter)
    return unicodedata.category(letter) in _UNSAFE or point & 0xFFFE == 0xFFFE or 0xFDD0 <= point <= 0xFDEF
