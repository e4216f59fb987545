"""Quarters in words: those of a year that does not begin in January say their months, lest they pass for others."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date

from anju_cli.domain.quarters import Quarters, quarter_code
from anju_cli.i18n import _, language, pgettext
from anju_cli.render.page import Page

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")

_spoken: Quarters | None = None


@contextmanager
def speaking_of(quarters: Quarters | None) -> Iterator[None]:
    """Name the quarters of a plan's year for a while: a page, a paper or a table is of one plan."""
    global _spoken
    before, _spoken = _spoken, quarters
    try:
        yield
    finally:
        _spoken = before


def of_plan(quarters: Quarters, page: Callable[[], Page]) -> Page:
    """A page that names the quarters of this year."""
    with speaking_of(quarters):
        return page()


def spoken() -> Quarters | None:
    """The plan's year that is spoken of; null where none is."""
    return _spoken


def quarter(code: str | None) -> str:
    """A quarter in words: Q1, or 第三季度（7—9月） of a year that does not begin in January."""
    words = {
        "Q1": pgettext("quarter", "Q1"),
        "Q2": pgettext("quarter", "Q2"),
        "Q3": pgettext("quarter", "Q3"),
        "Q4": pgettext("quarter", "Q4"),
        "before": _("before the year"),
        "after": _("after the year"),
    }.get(code or "", "—")
    if _spoken is None or _spoken.of_calendar:
        return words
    known = {quarter_code(number): number for number in _spoken.numbers}
    return f"{words}{_months(_spoken, known[code])}" if code in known else words


def quarters() -> list[str]:
    """The codes of the quarters of the plan's year that is spoken of, in order."""
    return [quarter_code(number) for number in (_spoken.numbers if _spoken else range(1, 5))]


def _months(of: Quarters, number: int) -> str:
    """The months of a quarter, with their year where it is not what the plan calls its year."""
    first, last = of.start(number), of.end(number)
    within = first.year == last.year == of.year
    if language() == "zh":
        return f"（{_chinese(first, last, within)}）"
    return f" ({_english(first, last, within)})"


def _chinese(first: date, last: date, within: bool) -> str:
    if first.year != last.year:
        return f"{first.year}年{first.month}月—{last.year}年{last.month}月"
    months = f"{last.month}月" if first.month == last.month else f"{first.month}—{last.month}月"
    return months if within else f"{first.year}年{months}"


def _english(first: date, last: date, within: bool) -> str:
    begins, ends = _MONTHS[first.month - 1], _MONTHS[last.month - 1]
    if first.year != last.year:
        return f"{begins} {first.year}–{ends} {last.year}"
    months = ends if first.month == last.month else f"{begins}–{ends}"
    return months if within else f"{months} {first.year}"
