"""Units: who they are, and what they answer for."""

from collections.abc import Iterator, Sequence

from anju_cli.domain.items import RECEIVED, Item
from anju_cli.domain.names import find_body
from anju_cli.domain.overdue import OF_RETURNS, worst_first
from anju_cli.domain.owed import Owed
from anju_cli.domain.plan import Body, Plan
from anju_cli.domain.quarters import quarter_code
from anju_cli.domain.rates import measured
from anju_cli.domain.returned import resubmitted_on, times_returned, until
from anju_cli.domain.tally import Tally
from anju_cli.reports.answers.units import OwnFigure, Return, RoleLine, UnitLine, UnitReport, UnitSheet
from anju_cli.reports.figures import Figures, at_end_of, at_review_of, at_today, concerns
from anju_cli.reports.in_place import in_place
from anju_cli.reports.late import late_records
from anju_cli.reports.projects.door import facilities_of
from anju_cli.reports.view import View, heading, settings


def unit_list(view: View) -> list[UnitLine]:
    """The member units in plan order."""
    plan = view.plan_at(view.as_of(view.today))
    own = [item for item in plan.items if not item.everyone]
    return [
        UnitLine(
            plan=plan.id,
            id=unit.id,
            name=unit.name,
            name_en=unit.name_en,
            aliases=unit.aliases,
            members=tuple(member.id for member in unit.members),
            leads=sum(unit.id in item.lead for item in own),
            duties=sum(_is_own_duty(item, unit.id) for item in own),
        )
        for unit in plan.units
    ]


def _is_own_duty(item: Item, unit: str) -> bool:
    """A duty or a milestone that the plan itself gives to this unit alone, and that units report on."""
    stated = item.lead == (unit,) and "lead" not in item.inferred
    return stated and item.kind != "target" and item.reporting != "register"


def unit_sheet(view: View, unit: str) -> UnitSheet:
    """One unit, and every item that it leads or assists with."""
    plan = view.plan_at(view.as_of(view.today))
    body = find_body(plan, unit)
    known = plan.unit_by_id.get(body.id)
    return UnitSheet(
        plan=plan.id,
        id=body.id,
        name=body.name,
        name_en=body.name_en,
        aliases=body.aliases,
        members=tuple(member.id for member in known.members) if known else (),
        in_place=next((row for row in in_place(view, plan, view.as_of(view.today)) if row.unit == body.unit), None),
        items=tuple(_role_line(item, _role(item, body)) for item in plan.items if concerns(plan, item, body)),
        facilities=facilities_of(view, body.id),
    )


def _role(item: Item, body: Body) -> str:
    """Lead | joint | assist; a member has the role of its collective."""
    if not {body.id, body.unit} & {*item.lead, *item.allocations}:
        return "assist"
    return "joint" if len(item.lead) > 1 and not item.each else "lead"


def _role_line(item: Item, role: str) -> RoleLine:
    return RoleLine(
        item=item.id,
        name=item.name,
        name_en=item.name_en,
        kind=item.kind,
        role=role,
        reporting=item.reporting,
        due=item.due,
        inferred=tuple(item.inferred),
        place=item.clause.place if item.clause else None,
        quote=item.clause.quote if item.clause else None,
    )


def unit_report(view: View, unit: str, quarter: int | None = None) -> UnitReport:
    """Everything one unit answers for: targets, milestones, returns, and what it is late with.

    As at today; of a quarter, its targets are as at its end, milestones and late work as in the report on the quarter.
    Targets that the unit reported on are among them, whoever leads them.
    """
    figures = at_today(view) if quarter is None else at_end_of(view, quarter)
    then = figures if quarter is None else at_review_of(figures, quarter)
    plan, as_of = figures.plan, figures.as_of
    body = find_body(plan, unit)
    mine = plan.reporting(body.id)
    begun = (number for number in plan.quarters.numbers if figures.reviews[number].start <= as_of)
    quarters = [quarter] if quarter else list(begun)
    owed = figures.owed(quarters)
    work = [row._replace(quarter=figures.quarter) if row.reason == "behind" else row for row in then.late_work()]
    late = worst_first(work + then.late_matters() + late_records(then) + figures.late_reporting(owed))
    return UnitReport(
        **heading(view, figures.targets_as_of, as_of),
        targets_as_of=figures.targets_as_of,
        unit=body.id,
        name=body.name,
        name_en=body.name_en,
        settings=settings(plan, figures.reviews[quarters[-1] if quarters else 1]),
        targets=tuple(
            figures.target(each)
            for each in figures.standings
            if each.unit in (None, body.id, body.unit)
            and (concerns(plan, each.item, body) or figures.tallies.of_tree(plan, each.item, range(5), mine).entries)
        ),
        milestones=tuple(
            then.milestone(milestone) for milestone in then.milestones if concerns(plan, milestone.item, body)
        ),
        returns=tuple(returned(figures, plan, row) for row in owed if row.body in mine),
        late=tuple(
            (figures if each.reason in OF_RETURNS else then).lateness(each) for each in late if each.body in mine
        ),
        ledger=view.ledger(),
        milestones_as_of=then.as_of,
        own=tuple(_own_figures(figures, mine)),
    )


def _own_figures(figures: Figures, mine: Sequence[str]) -> Iterator[OwnFigure]:
    """What these bodies have reported on each target that has entries of its own; a level is nobody's own."""
    for item in (item for item in figures.plan.targets() if not item.level):
        now, so_far = (
            figures.tallies.total(item.id, bodies=mine, quarters=span).quantity
            for span in ((figures.quarter,), range(figures.quarter + 1))
        )
        if so_far is not None:
            both = (measured(quantity or 0, item.decimals) for quantity in (now, so_far))
            yield OwnFigure(item.id, item.name, item.name_en, item.measure, *both)


def _reported(figures: Figures, item: Item, row: Owed, tally: Tally) -> int | None:
    """What a body reported for the quarter of an owed row; of a level, where it stood at the quarter's end."""
    if item.level:
        return figures.tallies.level(item, row.quarter) if tally.figures > 0 else None
    return tally.quantity


def returned(figures: Figures, plan: Plan, row: Owed) -> Return:
    """An owed row, and what became of it."""
    item, body = figures.item(row.item), figures.body(row.body)
    tally = figures.tallies.of_row(plan, row.body, row.item, row.quarter)
    taken_in = figures.tallies.total(row.item + RECEIVED, bodies=[row.body], quarters=[row.quarter])
    came = until(figures.receipts.get((row.body, row.quarter), ()), figures.as_of)
    return Return(
        unit=body.unit or body.id,
        member=body.member,
        name=body.name,
        name_en=body.name_en,
        quarter=quarter_code(row.quarter),
        item=row.item,
        item_name=item.name,
        item_name_en=item.name_en,
        deadline=row.deadline,
        state=row.state,
        first_received=row.first_received,
        entries=tally.entries,
        quantity=measured(_reported(figures, item, row, tally), item.decimals),
        measure=item.measure,
        times_returned=times_returned(came),
        resubmitted_on=resubmitted_on(came),
        received=measured(taken_in.quantity, item.decimals),
    )
