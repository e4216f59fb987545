"""What a unit is asked to confirm of one quarter: what the ledger holds of its own reports."""

from collections.abc import Iterator
from datetime import date

from anju_cli.domain.items import RECEIVED, SUMMARY, Item
from anju_cli.domain.milestones import done_on, merged
from anju_cli.domain.names import find_body
from anju_cli.domain.owed import Owed
from anju_cli.domain.plan import Body
from anju_cli.domain.quarters import quarter_code
from anju_cli.domain.rates import measured
from anju_cli.domain.reviews import check_over
from anju_cli.errors import Unclear
from anju_cli.i18n import _
from anju_cli.reports.answers.units import UnitReport
from anju_cli.reports.figures import Figures, at_today
from anju_cli.reports.listing import entries_of_quarter
from anju_cli.reports.quarter.material import Ours, UnitDossier
from anju_cli.reports.units import returned
from anju_cli.reports.view import View


def unit_dossier(view: View, report: UnitReport, unit: str, quarter: int | None) -> UnitDossier:
    """The rows of one quarter that a unit is asked to confirm, and the entries behind them."""
    if quarter is None:
        raise Unclear(_("a sheet to sign is for one quarter"), hint="--quarter Q2")
    plan = at_today(view).plan
    check_over(quarter_code(quarter), plan.quarters.end(quarter), report.as_of)
    until = min(report.as_of, plan.quarters.end(quarter))
    figures = Figures(view, plan, report.as_of, until, quarter)
    bodies = [plan.body_by_id[each] for each in plan.reporting(find_body(plan, unit).id)]
    owed = figures.owed([quarter])
    return UnitDossier(
        report=report,
        region=plan.region,
        issuer=plan.issuer,
        quarter=quarter_code(quarter),
        until=until,
        rows=tuple(row for body in bodies for row in _rows(figures, body, owed)),
        entries=entries_of_quarter(view, plan, quarter, until, {body.id for body in bodies}),
        item_names={id: (item.name, item.name_en) for id, item in [*plan.by_id.items(), (SUMMARY, plan.summary)]},
    )


def _rows(figures: Figures, body: Body, owed: list[Owed]) -> Iterator[Ours]:
    """What the body owes, and whatever else it has reported figures on by the quarter's end; in plan order."""
    mine = {row.item: row for row in owed if row.body == body.id}
    for item in (SUMMARY, *figures.plan.by_id):
        spoken = figures.tallies.total(item, bodies=[body.id], quarters=range(figures.quarter + 1))
        owed_as = item.removesuffix(RECEIVED)  # the two numbers of a case duty are owed as one row
        if owed_as in mine or spoken.quantity is not None:
            yield _row(figures, body, item, mine.get(owed_as))


def _row(figures: Figures, body: Body, id: str, owed: Owed | None) -> Ours:
    item, number = figures.item(id), figures.quarter
    before, now = (figures.tallies.total(id, bodies=[body.id], quarters=span) for span in (range(number), (number,)))
    opening: int | None = before.quantity or 0
    quantity: int | None = now.quantity or 0
    cumulative = (before + now).quantity
    if item.level:  # one for all, whoever reported it
        opening, cumulative = figures.tallies.level(item, number - 1), figures.tallies.level(item, number)
        quantity = cumulative
    known = returned(figures, figures.plan, owed) if owed else None
    first: date | None = known.first_received if known else None
    return Ours(
        body=body.id,
        body_name=body.name,
        item=id,
        name=item.name,
        place=item.clause.place if item.clause else None,
        measure="%" if item.kind == "milestone" else item.measure,
        opening=None if cumulative is None else measured(opening, item.decimals),
        quantity=None if cumulative is None else measured(quantity, item.decimals),
        cumulative=measured(cumulative, item.decimals),
        owed=owed is not None,
        state=known.state if known else None,
        first_received=first,
        entries=known.entries if known else now.entries,
        done_on=_done_on(figures, body, item),
    )


def _done_on(figures: Figures, body: Body, item: Item) -> date | None:
    """Since when a milestone stands at 100 by the quarter's end: the body's own, where each has its own."""
    if item.kind != "milestone":
        return None
    steps = figures.view.levels(item.id, figures.targets_as_of)
    return done_on(steps.get(body.id, ()) if item.each else merged(steps.values()))
