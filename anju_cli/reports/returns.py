"""What a body's return for a quarter asks: the rows it owes, what is brought forward, what is due."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import NamedTuple

from anju_cli.domain.items import SUMMARY, Item
from anju_cli.domain.names import find_body
from anju_cli.domain.periods import Review
from anju_cli.domain.plan import Body, Plan
from anju_cli.domain.projects_reported import reports_homes
from anju_cli.domain.quarters import quarter_code
from anju_cli.domain.rates import measured
from anju_cli.errors import Refused
from anju_cli.i18n import _
from anju_cli.reports.answers.heads import Quantity
from anju_cli.reports.figures import Figures
from anju_cli.reports.view import View
from anju_cli.store import entry_queries
from anju_cli.store.entry_queries import BookedBefore


class FormRow(NamedTuple):
    """One row of a return: a task, and what its body has to fill in."""

    item: str
    name: str
    kind: str
    """summary | quantity | level (of a milestone) | reading (where a target stands) | received | closed."""
    role: str
    """lead | joint | assist | responsible."""
    owed: bool
    """Whether a blank row counts as unreported; a body that assists may leave its row blank."""
    place: str | None
    measure: str
    decimals: int
    goal: Quantity
    """The body's own part where it has one, else the whole."""
    part: Quantity
    """The body's own part: what its rate is against; null where there is none."""
    due: date | None
    opening: Quantity
    """The body's cumulative when the quarter begins, with what was carried into it; of a level, where it stood."""
    carried: Quantity
    """What of it was booked in the quarter, and is kept as of an earlier one (其中补报)."""
    leader: str
    weight: Decimal | None
    direction: str
    """at_least | at_most: the side of the goal on which it is met."""
    signed: bool
    """Whether its level may be below 0."""


class FormProject(NamedTuple):
    """What a body has reported on one project before the quarter, or had carried into it."""

    item: str
    project: str
    opening: Quantity
    carried: Quantity


@dataclass(frozen=True)
class ReturnForm:
    """A body's return for a quarter, as it is sent out."""

    plan: Plan
    revision: int
    body: Body
    quarter: int
    review: Review
    rows: tuple[FormRow, ...]
    homes: bool
    """Whether it reports homes, which are to be listed by project."""
    projects: tuple[FormProject, ...]


def form(view: View, unit: str, quarter: int) -> ReturnForm:
    """The return of one body."""
    return next(_forms(view, quarter, unit))


def all_forms(view: View, quarter: int) -> list[ReturnForm]:
    """The returns of all bodies, in plan order."""
    return list(_forms(view, quarter))


def _forms(view: View, quarter: int, unit: str | None = None) -> Iterator[ReturnForm]:
    plan = view.plan_at(min(view.as_of(view.today), view.quarters.end(quarter)))
    wanted = [_reporting(plan, unit)] if unit else plan.reporting_bodies
    before = _Before(view, plan, quarter)
    if not plan.asks_for_returns(before.review.end):
        none = _("no return is owed for {quarter}: it ended before {day}")
        since = plan.reporting_from or plan.issued_on
        view.notes.append(none.format(quarter=quarter_code(quarter), day=since))
    for body in wanted:
        rows = tuple(before.rows(body))
        homes = any(reports_homes(plan, plan.by_id[row.item], body.id) for row in rows if row.item in plan.by_id)
        revision = view.revision_at(before.figures.targets_as_of).revision
        projects = tuple(before.projects(body)) if homes else ()
        yield ReturnForm(plan, revision, body, quarter, before.review, rows, homes, projects)


def _reporting(plan: Plan, text: str) -> Body:
    body = find_body(plan, text)
    if body in plan.reporting_bodies:
        return body
    members = ", ".join(
        f"{member.id} ({member.name})" for member in map(plan.body_by_id.get, plan.reporting(body.id)) if member
    )
    raise Refused(_("this body owes no return"), got=body.id, hint=members if body.id in plan.unit_by_id else None)


class _Before:
    """What stood before a quarter."""

    def __init__(self, view: View, plan: Plan, quarter: int) -> None:
        last = view.quarters.end(quarter)
        self.figures = Figures(view, plan, last, last, quarter)
        self.plan, self.quarter, self.view = plan, quarter, view
        self.review = self.figures.reviews[quarter]
        self.owed = self.figures.owed([quarter])

    def rows(self, body: Body) -> Iterator[FormRow]:
        """The summary first, then what is owed in plan order, then homes that the body helps with."""
        owed = {row.item for row in self.owed if row.body == body.id}
        if SUMMARY in owed:
            yield self._row(self.plan.summary, body, "summary", True)
        for item in self.plan.items:
            mine = item.id in owed
            if not mine and not reports_homes(self.plan, item, body.id):
                continue
            if item.kind == "milestone":
                yield self._row(item, body, "level", mine)
            elif item.level:
                yield self._row(item, body, "reading", mine)
            elif item.reporting == "case":
                yield self._row(item, body, "received", mine)
                yield self._row(item, body, "closed", mine)
            else:
                yield self._row(item, body, "quantity", mine)

    def _row(self, item: Item, body: Body, kind: str, owed: bool) -> FormRow:
        counted = kind != "summary"
        counted_on = self.plan.companions[item.id] if kind == "received" else item
        part = self._part(item, body)
        booked = self._booked.get(counted_on.id, ()) if counted else ()
        own = [row for row in booked if item.shared or row.unit == body.id]
        carried = sum(row.carried for row in own)
        return FormRow(
            item=item.id,
            name=item.name,
            kind=kind,
            role=_role(item, body),
            owed=owed,
            place=item.clause.place if item.clause else None,
            measure="%" if kind == "level" else item.measure,
            decimals=item.decimals,
            goal=measured(item.goal if part is None else part, item.decimals) if counted else None,
            part=measured(part, item.decimals) if counted else None,
            due=item.due,
            leader=item.leader,
            weight=item.weight,
            opening=self._opening(item, own, carried) if counted else None,
            carried=measured(carried, item.decimals) if counted and not item.level else None,
            direction=item.direction,
            signed=item.signed,
        )

    def _opening(self, item: Item, own: Sequence[BookedBefore], carried: int) -> Quantity:
        """What is brought forward into the quarter; of a level, where it stood, whoever reported it."""
        if item.level:
            return measured(self.figures.tallies.level(item, self.quarter - 1), item.decimals)
        return measured(sum(row.quantity for row in own) + carried, item.decimals)

    def _part(self, item: Item, body: Body) -> int | None:
        """A body's own part of a goal: its allocation, or all of it where nobody else reports on the item."""
        alone = self.plan.may_report(item) == (body.id,)
        return item.allocations.get(body.id, item.goal if alone else None)

    @cached_property
    def _booked(self) -> dict[str, list[BookedBefore]]:
        """By item, what was booked before the quarter or carried into it: asked once, however many get their return."""
        by_item: dict[str, list[BookedBefore]] = {}
        view = self.view
        for row in entry_queries.booked_before(view.connection, self.plan.id, self.quarter, upto=view.upto):
            by_item.setdefault(row.item, []).append(row)
        return by_item

    def projects(self, body: Body) -> Iterator[FormProject]:
        """The projects that the body has reported on before."""
        counted = {item.id: item.decimals for item in self.plan.items if item.counts_homes}
        own = [row for item in counted for row in self._booked.get(item, ()) if row.unit == body.id and row.project]
        for row in sorted(own, key=lambda row: (row.project or "", row.item)):
            opening, carried = (
                measured(count, counted[row.item]) for count in (row.quantity + row.carried, row.carried)
            )
            yield FormProject(row.item, row.project or "", opening, carried)


def _role(item: Item, body: Body) -> str:
    named = {body.id, body.unit}
    if item.kind == "duty":
        return "responsible"
    if not named & {*item.lead, *item.allocations}:
        return "assist"
    return "joint" if len(item.lead) > 1 and not item.each else "lead"
