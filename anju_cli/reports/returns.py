"""What a body's return for a quarter asks: the rows it owes, what is brought forward, what is due."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import NamedTuple

from anju_cli.domain.items import SUMMARY, Item
from anju_cli.domain.names import find_body
from anju_cli.domain.periods import Review
from anju_cli.domain.plan import Body, Plan
from anju_cli.domain.projects_reported import reports_homes
from anju_cli.domain.rates import measured
from anju_cli.errors import Refused
from anju_cli.i18n import _
from anju_cli.reports.answers.heads import Quantity
from anju_cli.reports.figures import Figures
from anju_cli.reports.view import View
from anju_cli.store import entry_queries
from anju_cli.store.entry_queries import BroughtForward


class FormRow(NamedTuple):
    """One row of a return: a task, and what its body has to fill in."""

    item: str
    name: str
    kind: str
    """summary | quantity | level | received | closed: what is asked."""
    role: str
    """lead | joint | assist | responsible."""
    owed: bool
    """Whether a blank row counts as unreported; a body that assists may leave its row blank."""
    place: str | None
    measure: str
    decimals: int
    goal: Quantity
    due: date | None
    opening: Quantity
    """The body's cumulative at the end of the quarter before; of a milestone, the level."""


class FormProject(NamedTuple):
    """What a body has reported on one project before the quarter."""

    item: str
    project: str
    opening: Quantity


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
            elif item.reporting == "case":
                yield self._row(item, body, "received", mine)
                yield self._row(item, body, "closed", mine)
            else:
                yield self._row(item, body, "quantity", mine)

    def _row(self, item: Item, body: Body, kind: str, owed: bool) -> FormRow:
        counted = kind in ("quantity", "level", "closed")
        goal = item.allocations.get(self.plan.part_of(item, body.id) or "", item.goal)
        return FormRow(
            item=item.id,
            name=item.name,
            kind=kind,
            role=_role(item, body),
            owed=owed,
            place=item.clause.place if item.clause else None,
            measure="%" if kind == "level" else item.measure,
            decimals=item.decimals,
            goal=measured(goal, item.decimals) if counted else None,
            due=item.due,
            opening=self._opening(item, body) if counted else None,
        )

    @cached_property
    def _brought_forward(self) -> dict[str, list[BroughtForward]]:
        """By item, what was booked before the quarter: asked once, however many bodies get their return."""
        by_item: dict[str, list[BroughtForward]] = {}
        view = self.view
        for row in entry_queries.brought_forward(view.connection, self.plan.id, self.quarter, upto=view.upto):
            by_item.setdefault(row.item, []).append(row)
        return by_item

    def _opening(self, item: Item, body: Body) -> Quantity:
        booked = self._brought_forward.get(item.id, ())
        return measured(sum(row.quantity for row in booked if item.shared or row.unit == body.id), item.decimals)

    def projects(self, body: Body) -> Iterator[FormProject]:
        """The projects that the body has reported on before."""
        counted = {item.id: item.decimals for item in self.plan.items if item.counts_homes}
        named = [
            (row.project, row.item, row.quantity)
            for item in counted
            for row in self._brought_forward.get(item, ())
            if row.unit == body.id and row.project is not None
        ]
        for project, item, quantity in sorted(named):
            yield FormProject(item, project, measured(quantity, counted[item]))


def _role(item: Item, body: Body) -> str:
    named = {body.id, body.unit}
    if item.kind == "duty":
        return "responsible"
    if not named & {*item.lead, *item.allocations}:
        return "assist"
    return "joint" if len(item.lead) > 1 and not item.each else "lead"
