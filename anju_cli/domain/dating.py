"""When a write happened: the date and quarter of an entry, and when a write must say which it means."""

from collections.abc import Callable
from datetime import date

from anju_cli.domain.grammar import parse_date
from anju_cli.domain.plan import Plan
from anju_cli.domain.quarters import AFTER, BEFORE, Quarters, quarters_of
from anju_cli.errors import Refused, Unclear
from anju_cli.i18n import _


def of_the_year(text: str, *, today: date, quarters: Quarters) -> date:
    """A date that cannot precede the plan's year: `6-30` is the first such day in it.

    Raises Unclear where it is no date.
    """
    return parse_date(text, today=today, not_before=quarters.starts)


def short_date(typed: str | None, day: date | None) -> list[str]:
    """What is said of a day that was typed without its year: which day it was taken for."""
    if typed is None or day is None or str(day.year) in typed:
        return []
    return [_("{typed} is {day}").format(typed=typed, day=day)]


def happened(
    plan: Plan,
    *,
    deadline: Callable[[int], date],
    quarter: int | None,
    on: str | None,
    received_on: date,
    today: date,
    outside_year: bool,
) -> date:
    """The date an entry is of (`on`).

    `--quarter` is the quarter's last day, or the day of receipt if that is earlier. With neither, it is today, unless
    today could mean two quarters or none: until the return `deadline` of a quarter, its return may be meant.

    Raises Unclear where both are given, Refused where the date is unclear or outside the plan year.
    """
    if quarter is not None and on is not None:
        raise Unclear(_("--quarter and --on exclude each other"))
    if quarter is not None:
        return day_of_return(plan.quarters, quarter, received_on, today)
    if on is not None:
        day = of_the_year(on, today=today, quarters=plan.quarters)
    else:
        day = _plainly_today(plan, deadline, today)
    if plan.quarters.of(day) in (BEFORE, AFTER) and not outside_year:
        raise Refused(
            _("the date is outside the plan year {year}").format(year=plan.year), got=day, hint=_bounds(plan.quarters)
        )
    return _has_come(day, today)


def _bounds(year: Quarters) -> str:
    """The way to book a day outside the year, and where the year lies if that is not plain."""
    option = _("add --outside-year to book it all the same")
    if year == quarters_of(year.year):
        return option
    lies = _("the plan's year is from {first} to {last}; {option}")
    return lies.format(first=year.starts, last=year.ends, option=option)


def _has_come(day: date, today: date) -> date:
    """A day of work, refused where it is still to come: what is reported has happened."""
    if day > today:
        raise Refused(_("what is reported has happened: its date is after today, {today}").format(today=today), got=day)
    return day


def day_of_return(quarters: Quarters, quarter: int, received_on: date, today: date) -> date:
    """The date of what a return for a quarter reports: its last day, or the day of receipt if that is earlier.

    Refused where the quarter had not begun on that day, or where it is still to come.
    """
    if received_on < quarters.start(quarter):
        not_begun = _("Q{quarter} had not begun on {day}").format(quarter=quarter, day=received_on)
        raise Refused(not_begun, hint=_("--received DATE says when the return came, --on DATE when it happened"))
    return _has_come(min(quarters.end(quarter), received_on), today)


def _plainly_today(plan: Plan, deadline: Callable[[int], date], today: date) -> date:
    """Today, where no return of an earlier quarter can be meant."""
    quarter = plan.quarters.of(today)
    earlier = {AFTER: plan.quarters.last, BEFORE: 1}.get(quarter, quarter - 1)
    outside = quarter in (BEFORE, AFTER)
    if outside or (earlier in plan.quarters.numbers and today <= deadline(earlier)):
        raise Refused(
            _("it is not clear which quarter is meant on {today}").format(today=today),
            hint=_("--quarter Q{quarter} for the return, --on DATE for new work").format(quarter=earlier),
        )
    return today


def received(plan: Plan, text: str | None, *, on: str | None, quarter: int | None, today: date) -> date:
    """The day a return reached the office, today unless said; a day to come is taken too (see `to_come`).

    `6-30` is the first such day from the entry's `on`, or from the first day of the quarter it is for.
    """
    if text is None:
        return today
    start = plan.quarters.starts
    if on is not None:
        start = of_the_year(on, today=today, quarters=plan.quarters)
    elif quarter is not None:
        start = plan.quarters.start(quarter)
    return parse_date(text, today=today, not_before=start)


def to_come(what: str, day: date, today: date) -> list[str]:
    """What is said of a date after today, which is taken all the same; of any other date, nothing."""
    return [_("{what} {day} is after today").format(what=what, day=day)] if day > today else []
