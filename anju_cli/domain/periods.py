"""The dates that follow from the quarters of a plan's year, and its working days (clause 四(二))."""

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple, Protocol

from anju_cli.domain.plan import Plan
from anju_cli.domain.quarters import DAY


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


Ordered = Mapping[int, tuple[date, str]]
"""The return deadlines that circulars set for single quarters, with the circular."""


def review(plan: Plan, quarter: int, calendar: Calendar, ordered: Ordered) -> Review:
    """The dates of a quarter's assessment: return deadline, review window, provisional bulletin deadline."""
    settings = plan.settings
    of = plan.quarters
    due = of.after(quarter, settings.return_day, settings.return_month)
    deadline, circular = ordered.get(quarter, (next_working_day(due, calendar), None))
    window_end = of.after(quarter, settings.review_to)
    return Review(
        quarter=quarter,
        start=of.start(quarter),
        end=of.end(quarter),
        return_deadline=deadline or due,
        return_deadline_known=deadline is not None,
        review_from=of.after(quarter, settings.review_from),
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
    return plan.quarters.starts, plan.quarters.after(plan.quarters.last, plan.settings.review_to)
