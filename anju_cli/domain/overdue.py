"""The kinds of lateness, never mixed: overdue 逾期, behind 滞后, unreported 未报, sent back 已退回, late 迟报.

Then come slips that have lapsed, and facilities that should be in use.
"""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from anju_cli.domain.codes import Code
from anju_cli.domain.matters import DATED, Matter
from anju_cli.domain.milestones import Progress
from anju_cli.domain.owed import Owed
from anju_cli.domain.periods import Calendar, working_days_after
from anju_cli.domain.plan import Plan
from anju_cli.domain.targets import Standing


class Reason(Code):
    """How a body is late, in the order of the working list."""

    OVERDUE = "overdue", "逾期未完成", "逾期"
    BEHIND = "behind", "滞后"
    UNREPORTED = "unreported", "未报"
    RETURNED = "returned", "已退回待补正", "已退回"
    LATE_RETURN = "late_return", "迟报"
    SLIP_OVERDUE = "slip_overdue", "督办单逾期"
    FACILITY_OVERDUE = "facility_overdue", "配套设施逾期"


REASONS = tuple(Reason)
MAY_BE_MISSING = (Reason.SLIP_OVERDUE, Reason.FACILITY_OVERDUE)
"""Those that are told where there are any; of the others it is said that there are none."""
OF_RETURNS = (Reason.UNREPORTED, Reason.RETURNED, Reason.LATE_RETURN)
"""Those that are about returns, not about work."""


class Otherwise(NamedTuple):
    """What is late and is no item of the plan: a resolution, task, commitment, slip or facility."""

    kind: str
    ref: str
    name: str
    name_en: str
    due_original: date | None
    rests_on: str | None
    """What it was laid down by: another matter, or a place in the plan."""


class Late(NamedTuple):
    """One body late in one way with one item."""

    body: str
    reason: str
    quarter: int | None
    item: str
    due: date | None
    days: int | None
    """Calendar days, from the day after `due`."""
    working_days: int | None
    standing: Standing | None = None
    otherwise: Otherwise | None = None
    """What is late, where it is no item of the plan."""


def late_work(
    plan: Plan, standings: Iterable[Standing], milestones: Iterable[Progress], on: date, calendar: Calendar
) -> list[Late]:
    """Items overdue or behind at `on`, one row for each body that answers for them."""
    rows = []
    for standing in standings:
        item = standing.item
        if standing.status == "overdue" and item.due:
            for body in _answering(plan, standing):
                rows.append(_overdue(plan, body, item.id, item.due, on, calendar, standing))
        elif standing.status == "behind":
            quarter = plan.quarters.of(on)
            rows.extend(
                Late(body, "behind", quarter, item.id, None, None, None, standing)
                for body in _answering(plan, standing)
            )
    for progress in milestones:
        if progress.status == "overdue" and progress.item.due:
            for body in progress.open_bodies:
                rows.append(_overdue(plan, body, progress.item.id, progress.item.due, on, calendar))
    return rows


def late_matters(plan: Plan, matters: Iterable[Matter], on: date, calendar: Calendar) -> list[Late]:
    """Resolutions, tasks and commitments past their date and not closed, one row for each body that is to do them."""
    return [
        late_otherwise(plan, body, Reason.OVERDUE, _matter(matter), matter.due, on, calendar)
        for matter in matters
        if matter.kind in DATED and matter.due and matter.lapsed(on)
        for body in matter.units
    ]


def late_slips(plan: Plan, matters: Iterable[Matter], on: date, calendar: Calendar) -> list[Late]:
    """Slips past their date and not closed, one row for each unit they went to."""
    return [
        late_otherwise(plan, unit, Reason.SLIP_OVERDUE, _matter(slip), slip.due, on, calendar)
        for slip in matters
        if slip.kind == "slip" and slip.due and slip.lapsed(on)
        for unit in slip.units
    ]


def _matter(matter: Matter) -> Otherwise:
    stated = matter.content
    rests_on = stated.get("parent") or stated.get("basis")
    return Otherwise(matter.kind, matter.ref, matter.about, matter.about, matter.due_original, rests_on)


def late_otherwise(
    plan: Plan, body: str, reason: Reason, what: Otherwise, due: date, on: date, calendar: Calendar
) -> Late:
    """What is no item of the plan and past its date, for one body."""
    return _overdue(plan, body, what.ref, due, on, calendar)._replace(reason=reason, otherwise=what)


def _overdue(
    plan: Plan, body: str, item: str, due: date, on: date, calendar: Calendar, standing: Standing | None = None
) -> Late:
    working = working_days_after(due, on, calendar)
    return Late(body, "overdue", plan.quarters.of(due), item, due, (on - due).days, working, standing)


def _answering(plan: Plan, standing: Standing) -> tuple[str, ...]:
    """Who is named: the units of the parts where a target is allocated, never its lead for them."""
    if standing.unit:
        return plan.reporting(standing.unit)
    return () if standing.item.allocations else plan.answering(standing.item)


def late_reporting(rows: Iterable[Owed], as_of: date, calendar: Calendar) -> list[Late]:
    """Rows not reported, or sent back and not mended, though the deadline has passed, and rows reported after it."""
    late = []
    for row in rows:
        to_mend = row.sent_back and as_of > row.deadline
        if row.late or row.unreported or to_mend:
            reached = row.first_received or as_of
            working = working_days_after(row.deadline, reached, calendar)
            reason = "late_return" if row.late else "returned" if to_mend else "unreported"
            days = (reached - row.deadline).days
            late.append(Late(row.body, reason, row.quarter, row.item, row.deadline, days, working))
    return late


def worst_first(rows: Iterable[Late]) -> list[Late]:
    """By reason in the fixed order, then days descending, then ids."""
    return sorted(
        rows, key=lambda row: (REASONS.index(row.reason), -(row.days or 0), row.body, row.item, row.quarter or 0)
    )
