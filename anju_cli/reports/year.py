"""The report on the whole year, and the trend month by month."""

from datetime import date

from anju_cli.domain.items import Item
from anju_cli.domain.names import find_item
from anju_cli.domain.quarters import AFTER, BEFORE, DAY, month_after, months_between
from anju_cli.domain.rates import measured, measured_fraction
from anju_cli.domain.tally import NOTHING, Tally
from anju_cli.domain.targets import standing
from anju_cli.errors import Refused
from anju_cli.i18n import _
from anju_cli.reports.answers.heads import Quantity
from anju_cli.reports.answers.year import QuarterlyTarget, TrendPoint, YearReport
from anju_cli.reports.case_duties import case_duties
from anju_cli.reports.figures import Figures, at_today
from anju_cli.reports.unit_rows import totals, unit_rows
from anju_cli.reports.view import View, heading, settings
from anju_cli.store import queries


def year_report(view: View) -> YearReport:
    """Targets, milestones and units over the year, as at today; returns of the quarters that have ended."""
    figures = at_today(view)
    plan, as_of = figures.plan, figures.as_of
    ended = [quarter for quarter in plan.quarters.numbers if plan.quarters.end(quarter) < as_of]
    units = unit_rows(figures.owed(ended), figures.late_work(), plan.reporting_bodies)
    return YearReport(
        **heading(view, as_of, as_of),
        settings=settings(plan, figures.reviews[plan.quarters.nearest(as_of)]),
        targets=tuple(map(figures.target, figures.standings)),
        quarterly=tuple(_quarterly(figures, item) for item in plan.targets() if not item.derived),
        milestones=tuple(map(figures.milestone, figures.milestones)),
        units=tuple(units),
        totals=totals(units),
        ledger=view.ledger(),
        cases=tuple(case_duties(plan, figures.tallies, range(BEFORE, AFTER + 1), plan.body_by_id)),
    )


def _quarterly(figures: Figures, item: Item) -> QuarterlyTarget:
    """What each quarter brought to a target; of a level, where it stood at the quarter's end."""
    of_quarter = _level if item.level else _sum
    quarters = tuple(of_quarter(figures, item, quarter) for quarter in figures.plan.quarters.numbers)
    outside = of_quarter(figures, item, BEFORE), of_quarter(figures, item, AFTER)
    return QuarterlyTarget(item.id, item.name, item.name_en, item.measure, item.within, quarters, *outside)


def _sum(figures: Figures, item: Item, quarter: int) -> Quantity:
    return measured(figures.tallies.of_tree(figures.plan, item, [quarter]).quantity or 0, item.decimals)


def _level(figures: Figures, item: Item, quarter: int) -> Quantity:
    """Where a level stood; null for a quarter not begun, and after the year where nothing more was reported."""
    if quarter == AFTER:
        known = figures.tallies.total(item.id, quarters=[AFTER]).figures > 0
    else:
        known = figures.plan.quarters.start(quarter) <= figures.as_of
    return measured(figures.tallies.level(item, quarter), item.decimals) if known else None


def trend(view: View, item: str | None = None) -> list[TrendPoint]:
    """Each target at the end of every month so far, and at the as-of date within the last one."""
    as_of = view.as_of(view.today)
    return trend_until(view, item, as_of)


def trend_until(view: View, item: str | None, as_of: date) -> list[TrendPoint]:
    """The same, until a day of the caller's."""
    plan = view.plan_at(as_of)
    chosen = find_item(plan, item) if item else None
    if chosen and (chosen.kind != "target" or chosen.derived):
        raise Refused(_("a trend is of a target with quantities"), got=chosen.id)
    wanted = [chosen] if chosen else [target for target in plan.targets() if not target.derived]
    by_month = queries.months(view.connection, plan.id, as_of=as_of, upto=view.upto)
    return [point for each in wanted for point in _points(view, each, by_month, as_of)]


def _points(view: View, item: Item, by_month: dict[str, dict[str, Tally]], as_of: date) -> list[TrendPoint]:
    points = []
    first, last = view.quarters.starts, view.quarters.ends
    for month in range(months_between(first, last) + 1):
        start = month_after(first, month)
        if start > as_of:
            break
        on = min(month_after(start, 1) - DAY, as_of)
        plan = view.plan_at(on)
        now = plan.by_id.get(item.id, item)
        code = start.isoformat()[:7]
        changes = [by_month.get(leaf.id, {}) for leaf in plan.leaves(now)]  # a parent's are those of its children
        in_month = sum((change.get(code, NOTHING) for change in changes), start=NOTHING)
        until = sum((tally for change in changes for key, tally in change.items() if key <= code), start=NOTHING)
        at = standing(plan, now, None, now.goal, in_month, until, on)
        points.append(
            TrendPoint(
                plan=plan.id,
                item=now.id,
                name=now.name,
                name_en=now.name_en,
                measure=now.measure,
                month=code,
                on=on,
                quantity=measured(at.of_quarter, now.decimals),
                cumulative=measured(at.cumulative, now.decimals),
                goal=measured(now.goal, now.decimals),
                completion_rate=at.completion_rate,
                expected=measured_fraction(at.expected, now.decimals),
                expected_rate=at.expected_rate,
                light=at.light,
                direction=now.direction,
            )
        )
    return points
