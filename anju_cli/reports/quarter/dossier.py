"""All that the papers on one quarter are written from: the report, and what stands behind its figures.

Only a file that needs it (Word, Excel, HTML) has it made. Every figure is of the report's own scope, so that all forms
of one report say the same.
"""

from collections.abc import Collection, Iterable, Iterator
from datetime import date

from anju_cli.domain.cited import cited_by
from anju_cli.domain.directions import is_held
from anju_cli.domain.items import Item
from anju_cli.domain.overdue import REASONS, Late
from anju_cli.domain.owed import Owed
from anju_cli.domain.plan import Body, Plan
from anju_cli.domain.quarters import DAY, quarter_code
from anju_cli.domain.rates import measured, measured_fraction
from anju_cli.domain.targets import expected_of
from anju_cli.reports.answers.quarter import QuarterReport
from anju_cli.reports.answers.year import TrendPoint
from anju_cli.reports.case_duties import case_duties
from anju_cli.reports.listing import entries_of_quarter
from anju_cli.reports.quarter.material import (
    Adjustment,
    BodyReturn,
    Cases,
    Curve,
    CurvePoint,
    NextReturn,
    QuarterDossier,
    Ratio,
    Unfinished,
)
from anju_cli.reports.quarter.report import Scope, report_of
from anju_cli.reports.units import returned
from anju_cli.reports.view import View
from anju_cli.reports.year import trend_until


def quarter_dossier(scope: Scope, report: QuarterReport | None = None) -> QuarterDossier:
    """The report on a quarter with all that stands behind it."""
    figures, plan = scope.figures, scope.figures.plan
    wanted = {body.id for body in scope.bodies}
    owed = [row for row in scope.owed if row.body in wanted]
    shown = report or report_of(scope)
    items = {target.id for target in shown.targets}
    return QuarterDossier(
        report=shown,
        region=plan.region,
        issuer=plan.issuer,
        cited=cited_by(plan),
        curves=tuple(each for each in _curves(scope.view, plan, figures.targets_as_of) if each.item in items),
        late=tuple(figures.lateness(each) for each in _in_plan_order(scope, owed)),
        unfinished=tuple(_unfinished(scope)),
        returns=tuple(returned(figures, plan, row) for row in owed),
        bodies=tuple(_body_return(scope, body, [row for row in owed if row.body == body.id]) for body in scope.bodies),
        cases=_cases(scope, owed),
        entries=entries_of_quarter(scope.view, plan, scope.review.quarter, figures.targets_as_of, wanted),
        item_names={id: (item.name, item.name_en) for id, item in [*plan.by_id.items(), ("summary", plan.summary)]},
        body_names={id: (body.name, body.name_en) for id, body in plan.body_by_id.items()},
        collectives=tuple(_collectives(plan, {row.body for row in owed})),
        adjustments=tuple(_adjustments(scope.view, plan, figures.targets_as_of)),
        ratios=tuple(_ratios(scope)),
        next_return=_next_return(scope),
    )


def _collectives(plan: Plan, owing: Collection[str]) -> Iterator[tuple[str, int]]:
    """The collective units whose members owe a return, and how many of them do."""
    for unit in (unit for unit in plan.units if unit.members):
        if members := sum(member.id in owing for member in unit.members):
            yield unit.name, members


def _in_plan_order(scope: Scope, owed: list[Owed]) -> list[Late]:
    """Who is late, by kind, each in plan order: an official paper ranks nobody."""
    plan = scope.figures.plan
    bodies = [body.id for body in plan.reporting_bodies]
    items = [plan.summary.id, *plan.by_id]
    wanted = {body.id for body in scope.bodies}
    behind = [each._replace(quarter=scope.review.quarter) if each.reason == "behind" else each for each in scope.late]
    late = [each for each in behind if each.body in wanted] + scope.figures.late_reporting(owed)
    return sorted(late, key=lambda row: (REASONS.index(row.reason), bodies.index(row.body), items.index(row.item)))


def _unfinished(scope: Scope) -> Iterator[Unfinished]:
    """Items past their date and not done, each once, with all that answer for it; in plan order."""
    plan = scope.figures.plan
    late: dict[str, list[Late]] = {}
    wanted = {body.id for body in scope.bodies}
    for each in scope.late:
        if each.reason == "overdue" and each.body in wanted:
            late.setdefault(each.item, []).append(each)
    for item in plan.items:
        if not (rows := late.get(item.id)):
            continue
        first, before = rows[0], scope.view.original.by_id.get(item.id)
        yield Unfinished(
            item=item.id,
            name=item.name,
            leads=tuple(dict.fromkeys(plan.body_by_id[row.body].name for row in rows)),
            due=first.due or scope.review.end,
            due_original=before.due if before else None,
            place=item.clause.place if item.clause else None,
            days=first.days or 0,
            working_days=first.working_days,
            inferred=tuple(item.inferred),
            held=is_held(item),
        )


def _body_return(scope: Scope, body: Body, rows: list[Owed]) -> BodyReturn:
    """What became of one body's return: late where any of its rows first came late, unreported where nothing came.

    A body that sent figures on something it did not owe, and none of what it owed, has reported, with rows missing.
    """
    received = [row.first_received for row in rows if row.first_received] or _other_receipts(scope, body)
    if not rows:
        state = "none"
    elif not received:
        states = {row.state for row in rows}
        state = next(each for each in ("returned", "unreported", "open") if each in states)
    else:
        state = "late_return" if max(received) > scope.review.return_deadline else "reported"
    return BodyReturn(
        unit=body.unit or body.id,
        member=body.member,
        name=body.name,
        name_en=body.name_en,
        items_due=len(rows),
        items_reported=sum(row.reported for row in rows),
        missing=sum(row.unreported for row in rows),
        state=state,
    )


def _other_receipts(scope: Scope, body: Body) -> list[date]:
    """When anything else of a body's on the quarter first came, at the earliest."""
    quarter = [scope.review.quarter]
    tallies = (
        scope.figures.tallies.total(item, bodies=[body.id], quarters=quarter) for item in scope.figures.plan.by_id
    )
    first = min((each.first_received for each in tallies if each.first_received), default=None)
    return [first] if first and first <= scope.figures.as_of else []


def _cases(scope: Scope, owed: list[Owed]) -> Cases:
    """What the case duties of these bodies came to in the quarter; and who reported that there was none."""
    plan, tallies = scope.figures.plan, scope.figures.tallies
    rows = [row for row in owed if row.item in plan.companions]
    duties = case_duties(plan, tallies, [scope.review.quarter], {row.body for row in rows})
    having = dict.fromkeys(row.body for row in rows)
    none = [body for body in having if all(row.zero for row in rows if row.body == body)]
    return Cases(
        received=sum(said) if (said := [duty.received for duty in duties if duty.received is not None]) else None,
        closed=sum(duty.quantity or 0 for duty in duties) if rows else None,
        unsaid=sum(duty.quantity or 0 for duty in duties if duty.received is None),
        measure=duties[0].measure if rows else "",
        none=tuple(plan.body_by_id[body].name for body in none),
    )


def _adjustments(view: View, plan: Plan, until: date) -> Iterator[Adjustment]:
    """Every change of a target's goal in effect by a date, in order."""
    in_effect = [each for each in view.revisions[1:] if each.effective_on is None or each.effective_on <= until]
    before = view.original
    for revision in sorted(in_effect, key=lambda each: each.revision):
        after = view.revision(revision.revision)
        for item in after.targets():
            known = before.by_id.get(item.id)
            if known is not None and known.goal != item.goal and item.id in plan.by_id:
                yield Adjustment(
                    item=item.id,
                    name=item.name,
                    measure=item.measure,
                    before=measured(known.goal, known.decimals),
                    after=measured(item.goal, item.decimals),
                    on=revision.effective_on,
                    document=revision.document_number,
                )
        before = after


def _ratios(scope: Scope) -> Iterator[Ratio]:
    """The quantities behind each derived target."""
    plan, tallies, quarters = scope.figures.plan, scope.figures.tallies, range(scope.figures.quarter + 1)
    for item in plan.targets():
        if item.ratio_of and item.ratio_to:
            of, to = plan.by_id[item.ratio_of], plan.by_id[item.ratio_to]
            part, whole = (tallies.of_tree(plan, each, quarters).quantity or 0 for each in (of, to))
            yield Ratio(item.id, of.id, to.id, to.name, to.measure, part, whole)


def _next_return(scope: Scope) -> NextReturn | None:
    """When the next quarter's return is due; none after the last."""
    following = scope.review.quarter + 1
    if following not in scope.view.quarters.numbers:
        return None
    return NextReturn(quarter_code(following), scope.figures.reviews[following].return_deadline)


# -- curves ------------------------------------------------------------------------------------------------------


def _curves(view: View, plan: Plan, until: date) -> Iterator[Curve]:
    """Each target over the year: reached, at the end of each month until a day; expected, to the year's end."""
    reached: dict[str, list[TrendPoint]] = {}
    for point in trend_until(view, None, until):
        reached.setdefault(point.item, []).append(point)
    for item in plan.targets():
        if item.derived:
            continue
        days = {point.on: point for point in reached.get(item.id, [])}
        points = []
        for day in sorted({*days, *_days(plan, item, until)}):
            in_force = view.plan_at(min(day, until))
            then = in_force.by_id.get(item.id, item)
            points.append(
                CurvePoint(
                    on=day,
                    cumulative=days[day].cumulative if day in days else None,
                    expected=measured_fraction(expected_of(in_force, then, then.goal, day), then.decimals),
                )
            )
        yield Curve(
            item=item.id,
            name=item.name,
            name_en=item.name_en,
            measure=item.measure,
            goal=measured(item.goal, item.decimals),
            points=tuple(points),
        )


def _days(plan: Plan, item: Item, until: date) -> Iterable[date]:
    """The days at which the line of what is expected bends: ends of quarters, and both sides of a step."""
    first, last = plan.quarters.starts, plan.quarters.ends
    stepped = item.pace not in ("even", "none")
    steps = [day for day, _amount in item.nodes] + ([item.due] if item.due and stepped else [])
    steps += [step.on for step in plan.planned.get(item.id, ())] if item.pace == "projects" else []
    bends = [first, last, until, *(plan.quarters.end(quarter) for quarter in plan.quarters.numbers)]
    bends += [day for step in steps for day in (step - DAY, step)]
    return [day for day in bends if first <= day <= last]
