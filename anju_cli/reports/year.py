"""The report on the whole year, and the trend month by month."""

from datetime import date

from anju_cli.domain.names import find_item
from anju_cli.domain.periods import DAY, QUARTERS, nearest_quarter, quarter_end, quarter_start
from anju_cli.domain.plan import Item
from anju_cli.domain.rates import measured, measured_fraction
from anju_cli.domain.tally import NOTHING, Tally
from anju_cli.domain.targets import standing
from anju_cli.errors import Refused
from anju_cli.i18n import _
from anju_cli.reports.answers.year import QuarterlyTarget, TrendPoint, YearReport
from anju_cli.reports.figures import Figures, at_today, totals
from anju_cli.reports.view import View, heading, settings
from anju_cli.store import queries


def year_report(view: View) -> YearReport:
    """Targets, milestones and units over the year, as at today; returns of the quarters that have ended."""
    figures = at_today(view)
    plan, as_of = figures.plan, figures.as_of
    ended = [quarter for quarter in QUARTERS if quarter_end(plan.year, quarter) < as_of]
    units = figures.units(figures.owed(ended), figures.late_work(), plan.reporting_bodies)
    return YearReport(
        **heading(view, as_of, as_of),
        settings=settings(plan, figures.reviews[nearest_quarter(as_of, plan.year)]),
        targets=tuple(map(figures.target, figures.standings)),
        quarterly=tuple(_quarterly(figures, item) for item in plan.targets() if not item.derived),
        milestones=tuple(map(figures.milestone, figures.milestones)),
        units=tuple(units),
        totals=totals(units),
        ledger=view.ledger(),
    )


def _quarterly(figures: Figures, item: Item) -> QuarterlyTarget:
    """What each quarter brought to a target; of a level, where it stood at the quarter's end."""
    by_quarter = (_of_quarter(figures, item, quarter) for quarter in QUARTERS)
    quarters = tuple(measured(quantity, item.decimals) for quantity in by_quarter)
    return QuarterlyTarget(item.id, item.name, item.name_en, item.measure, item.within, quarters)


def _of_quarter(figures: Figures, item: Item, quarter: int) -> int | None:
    if not item.level:
        return figures.tallies.of_tree(figures.plan, item, [quarter]).quantity or 0
    if quarter_start(figures.plan.year, quarter) > figures.as_of:
        return None
    return figures.tallies.level(item, quarter)


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
    for month in range(1, 13):
        start = date(view.year, month, 1)
        if start > as_of:
            break
        on = min(_month_end(start), as_of)
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
            )
        )
    return points


def _month_end(start: date) -> date:
    return date(start.year + start.month // 12, start.month % 12 + 1, 1) - DAY
