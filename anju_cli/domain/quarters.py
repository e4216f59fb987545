"""A plan's year in quarters: the one place that knows when each begins and ends.

A quarter is a number: from 1 within the plan's year, 0 before it, 5 after it. The year begins on the first of any
month and has at most twelve; each quarter has three of them, the last may be short.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

BEFORE, AFTER = 0, 5
DAY = timedelta(days=1)
MONTHS = 3
"""How many months a quarter has."""
LONGEST = 12
"""How many months a plan's year has at most."""


@dataclass(frozen=True)
class Quarters:
    """The quarters of a plan's year, numbered from its first day on."""

    year: int
    """What the plan calls its year: the year of `2019Q1`."""
    starts: date
    ends: date

    @property
    def numbers(self) -> range:
        """The quarters that there are, in order: four, or as many as the year has months for."""
        return range(1, months_between(self.starts, self.ends) // MONTHS + 2)

    @property
    def last(self) -> int:
        """The last quarter."""
        return self.numbers[-1]

    @property
    def of_calendar(self) -> bool:
        """Whether its quarters are those of the calendar year."""
        return (self.starts.month, self.starts.day, self.starts.year) == (1, 1, self.year)

    @property
    def own_start(self) -> date | None:
        """Its first day; null where it is the usual one, 1 January."""
        return None if self.of_calendar else self.starts

    @property
    def own_end(self) -> date | None:
        """Its last day; null where it is the usual one, twelve months after the first."""
        return None if self.ends == quarters_of(self.year, self.starts).ends else self.ends

    @property
    def calendar_years(self) -> set[int]:
        """The years of its days, and what it calls its year."""
        return {self.year, self.starts.year, self.ends.year}

    @property
    def dues(self) -> tuple[date, date]:
        """The first and the last day on which an item may be due: beside the year, or up to five years on."""
        return date(self.starts.year - 1, 1, 1), date(self.ends.year + 5, 12, 31)

    def of(self, day: date) -> int:
        """The quarter that a day falls in; 0 before the plan's year, 5 after it."""
        if day < self.starts:
            return BEFORE
        return AFTER if day > self.ends else months_between(self.starts, day) // MONTHS + 1

    def nearest(self, day: date) -> int:
        """The quarter that a day falls in; the first or the last where it is outside the plan's year."""
        return min(max(self.of(day), 1), self.last)

    def start(self, quarter: int) -> date:
        """The first day of a quarter."""
        return month_after(self.starts, MONTHS * (quarter - 1))

    def end(self, quarter: int) -> date:
        """The last day of a quarter."""
        return min(month_after(self.starts, MONTHS * quarter) - DAY, self.ends)

    def after(self, quarter: int, day: int, month: int = 1) -> date:
        """Day `day` of a month counted from a quarter's last one (0); by default of the month that follows it."""
        return month_after(self.end(quarter), month).replace(day=day)

    def share_by(self, day: date) -> Fraction:
        """The part of the year that is over at the end of a day: each quarter counts alike, within it by days."""
        if (quarter := self.of(day)) in (BEFORE, AFTER):
            return Fraction(quarter == AFTER)
        first, last = self.start(quarter), self.end(quarter)
        within = Fraction((day - first).days + 1, (last - first).days + 1)
        return (quarter - 1 + within) / self.last


def quarters_of(year: int, starts: date | None = None, ends: date | None = None) -> Quarters:
    """The quarters of a plan's year: from 1 January, unless it starts otherwise, for twelve months, unless it ends."""
    first = starts or date(year, 1, 1)
    return Quarters(year, first, ends or month_after(first, LONGEST) - DAY)


def quarter_code(quarter: int) -> str:
    """`Q1` to `Q4`, or `before` and `after` the plan's year."""
    return {BEFORE: "before", AFTER: "after"}.get(quarter, f"Q{quarter}")


def months_between(first: date, last: date) -> int:
    """How many months the month of `last` is after that of `first`."""
    return (last.year - first.year) * 12 + last.month - first.month


def month_after(day: date, months: int) -> date:
    """The first day of the month so many months after that of `day`."""
    month = day.month - 1 + months
    return date(day.year + month // 12, month % 12 + 1, 1)
