"""Quarters of a plan year, and the dates that follow from them (clause 四(二)).

A quarter is a number: 1 to 4 within the plan year, 0 before it, 5 after it.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import NamedTuple, Protocol

from anju_cli.domain.plan import Plan

BEFORE, AFTER = 0, 5
QUARTERS = (1, 2, 3, 4)
DAY = timedelta(days=1)


class Calendar(Protocol):
    """What the rules need to know of working days; `workdays.WorkCalendar` is the real one."""

    def is_working(self, day: date) -> bool | None:
        """Whether `day` is a working day; null where the year's arrangement is not known."""


class Review(NamedTuple):
    """The dates of one quarter's assessment. Null where the working-day arrangement is not yet published."""

    quarter: int
    start: date
    end: date
    return_deadline: date
    return_deadline_known: bool
    review_from: date
    review_to: date
    bulletin_deadline: date | None
    """Counted from the last day of the review window: provisional until the assessment has ended."""
    ordered_by: str | None = None
    """The circular that set this quarter's return deadline; null: the plan's own."""


def quarter_of(day: date, year: int) -> int:
    """The quarter of the plan year that `day` falls in; 0 before the year, 5 after it."""
    if day.year != year:
        return BEFORE if day.year < year else AFTER
    return (day.month + 2) // 3


def nearest_quarter(day: date, year: int) -> int:
    """The quarter that `day` falls in; the first or the last where it is outside the plan year."""
    return min(max(quarter_of(day, year), QUARTERS[0]), QUARTERS[-1])


def quarter_code(quarter: int) -> str:
    """`Q1` to `Q4`, or `before` and `after` the plan year."""
    return {BEFORE: "before", AFTER: "after"}.get(quarter, f"Q{quarter}")


def quarter_start(year: int, quarter: int) -> date:
    """The first day of a quarter."""
    return date(year, 3 * quarter - 2, 1)


def quarter_end(year: int, quarter: int) -> date:
    """The last day of a quarter."""
    return date(year + quarter // 4, 3 * quarter % 12 + 1, 1) - DAY


def after_quarter(year: int, quarter: int, day: int, month: int = 1) -> date:
    """Day `day` of a month counted from a quarter's last one (0); by default of the month that follows it."""
    last = quarter_end(year, quarter).replace(day=1)
    months = last.month - 1 + month
    return date(last.year + months // 12, months % 12 + 1, day)


Ordered = Mapping[int, tuple[date, str]]
"""The return deadlines that circulars set for single quarters, with the circular."""


def review(plan: Plan, quarter: int, calendar: Calendar, ordered: Ordered) -> Review:
    """The dates of a quarter's assessment: return deadline, review window, provisional bulletin deadline."""
    settings = plan.settings
    due = after_quarter(plan.year, quarter, settings.return_day, settings.return_month)
    deadline, circular = ordered.get(quarter, (next_working_day(due, calendar), None))
    window_end = after_quarter(plan.year, quarter, settings.review_to)
    return Review(
        quarter=quarter,
        start=quarter_start(plan.year, quarter),
        end=quarter_end(plan.year, quarter),
        return_deadline=deadline or due,
        return_deadline_known=deadline is not None,
        review_from=after_quarter(plan.year, quarter, settings.review_from),
        review_to=window_end,
        bulletin_deadline=add_working_days(window_end, settings.bulletin_working_days, calendar),
        ordered_by=circular,
    )


def next_working_day(day: date, calendar: Calendar) -> date | None:
    """`day` itself if it is a working day, else the next one; null where that is not known."""
    while (working := calendar.is_working(day)) is False:
        day += DAY
    return day if working else None


def add_working_days(day: date, count: int, calendar: Calendar) -> date | None:
    """The last of `count` working days after `day`, that day not counted; null where that is not known."""
    while count:
        day += DAY
        working = calendar.is_working(day)
        if working is None:
            return None
        count -= working
    return day


def working_days_after(due: date, day: date, calendar: Calendar) -> int | None:
    """Working days from the day after `due` to `day`, both counted; null where any is not known."""
    count = 0
    while due < day:
        due += DAY
        working = calendar.is_working(due)
        if working is None:
            return None
        count += working
    return count


def span(plan: Plan) -> tuple[date, date]:
    """A plan's span: its year, to the end of its last review window."""
    return date(plan.year, 1, 1), after_quarter(plan.year, 4, plan.settings.review_to)
