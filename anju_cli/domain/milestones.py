"""Milestones (节点任务): finished once, at a level of 0 to 100 %."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from itertools import groupby
from typing import NamedTuple, TypeAlias

from anju_cli.domain.codes import Code
from anju_cli.domain.items import FULL, Item
from anju_cli.domain.periods import Calendar, working_days_after
from anju_cli.domain.plan import Plan
from anju_cli.domain.rates import rate
from anju_cli.i18n import _

Steps: TypeAlias = Sequence[tuple[date, int]]
"""Dated changes of a level, in order of date."""


class MilestoneStatus(Code):
    """Where a milestone stands by its date."""

    DONE = "done"
    DONE_LATE = "done_late"
    OPEN = "open"
    OVERDUE = "overdue"
    UNDATED = "undated"


class Progress(NamedTuple):
    """Where a milestone stands at a date, over all the bodies that answer for it."""

    item: Item
    status: MilestoneStatus
    completion_rate: Decimal
    done_on: date | None
    days_overdue: int | None
    """Calendar days from the day after `due`, to the day it was done or to the date asked for; null where not late."""
    working_days_overdue: int | None
    open_bodies: tuple[str, ...]
    """The bodies that answer for it and have not finished: all of them, or with `each` those not at 100."""


def done_on(steps: Steps) -> date | None:
    """The first date from which the level stays at 100; null while it is below."""
    level, since = 0, None
    for day, change in steps:
        level += change
        since = (since or day) if level >= FULL else None
    return since


def overdue_on(item: Item, day: date) -> bool:
    """Whether a milestone that is done on this day is late."""
    return item.kind == "milestone" and item.due is not None and day > item.due


def undated(item: Item, day: date) -> str:
    """What is said where a milestone is done and nobody says on which day: what follows from the day that is taken."""
    if item.due is not None and overdue_on(item, day):
        late = _("{item}: no day of completion is given; {day} is taken, {n} days after its due date {due}")
        return late.format(item=item.id, day=day, n=(day - item.due).days, due=item.due)
    return _("{item}: no day of completion is given; {day} is taken").format(item=item.id, day=day)


def progress(plan: Plan, item: Item, steps: Mapping[str, Steps], on: date, calendar: Calendar) -> Progress:
    """A milestone at `on`, from the steps of each body that reported on it."""
    # One that only bodies outside the assessment lead is late with them; who assists is never late for them.
    answering = plan.answering(item) or (item.lead if item.each else item.lead[:1])
    paths = [(body, steps.get(body, ())) for body in answering] if item.each else [("", merged(steps.values()))]
    levels = [sum(change for _day, change in path) for _body, path in paths]
    finished = [done_on(path) for _, path in paths]
    done = max(filter(None, finished)) if all(finished) and finished else None
    behind = [body for (body, _), day in zip(paths, finished, strict=True) if day is None]
    late_until = done or on
    late = item.due is not None and late_until > item.due
    return Progress(
        item=item,
        status=_status(item, done, late),
        completion_rate=rate(sum(levels), FULL * len(paths)) or Decimal("0.0"),
        done_on=done,
        days_overdue=(late_until - item.due).days if item.due and late else None,
        working_days_overdue=working_days_after(item.due, late_until, calendar) if item.due and late else None,
        open_bodies=tuple(behind) if item.each else () if done else answering,
    )


def finished(plan: Plan, item: Item, steps: Mapping[str, Steps]) -> dict[str, date]:
    """For each body that answers for a milestone and has finished it, since when."""
    shared = done_on(merged(steps.values()))
    days = ((body, done_on(steps.get(body, ())) if item.each else shared) for body in plan.answering(item))
    return {body: day for body, day in days if day}


def merged(paths: Iterable[Steps]) -> Steps:
    """The steps of several bodies on one shared level, in order of date."""
    steps = sorted(step for path in paths for step in path)
    return [(day, sum(change for _, change in changes)) for day, changes in groupby(steps, key=lambda step: step[0])]


def _status(item: Item, done: date | None, late: bool) -> MilestoneStatus:
    if done:
        return MilestoneStatus.DONE_LATE if late else MilestoneStatus.DONE
    if item.due is None:
        return MilestoneStatus.UNDATED
    return MilestoneStatus.OVERDUE if late else MilestoneStatus.OPEN
