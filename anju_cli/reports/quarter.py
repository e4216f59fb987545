"""The report on one quarter: the same paper whenever it is run."""

from anju_cli.domain.grammar import parse_quarter
from anju_cli.domain.milestones import Progress
from anju_cli.domain.names import find_body
from anju_cli.domain.periods import Review, quarter_code, quarter_of
from anju_cli.domain.plan import Body, Plan
from anju_cli.reports.figures import Figures, concerns, totals
from anju_cli.reports.heads import Period
from anju_cli.reports.in_place import in_place, in_place_totals
from anju_cli.reports.rows import QuarterReport
from anju_cli.reports.view import View, heading, reviews_of, settings


def quarter_report(view: View, quarter: str, unit: str | None = None) -> QuarterReport:
    """Targets at the quarter's end, milestones and returns as of the review's; of one unit where it is named.

    Without an as-of date it is as at the earlier of today and the last day of the quarter's review window.
    """
    number = parse_quarter(quarter, view.year)
    review = reviews_of(view.plan_at(view.today))[number]
    as_of = view.as_of(min(view.today, review.review_to))
    until = min(as_of, review.end)
    plan = view.plan_at(until)
    figures = Figures(view, plan, as_of, until, number)
    body = find_body(plan, unit) if unit else None
    milestones = [each for each in figures.milestones if _belongs(each, review)]
    owed = figures.owed([number])
    late = figures.late_work(milestones)
    bodies = [each for each in plan.reporting_bodies if _shown(plan, each, body)]
    units = figures.units(owed, late, bodies)
    return QuarterReport(
        **heading(view, until, as_of),
        quarter=quarter_code(number),
        targets_as_of=until,
        period=Period(review.start, review.end),
        settings=settings(plan, figures.reviews[number]),
        targets=tuple(
            figures.target(each)
            for each in figures.standings
            if concerns(plan, each.item, body) and (body is None or each.unit in (None, body.id, body.unit))
        ),
        milestones=tuple(figures.milestone(each) for each in milestones if concerns(plan, each.item, body)),
        units=tuple(units),
        totals=totals(units),
        in_place=in_place_totals(in_place(view, plan, as_of)),
        ledger=view.ledger(),
    )


def _belongs(milestone: Progress, review: Review) -> bool:
    """Due by the quarter's end, done in it, or undated."""
    due, done = milestone.item.due, milestone.done_on
    done_in = done is not None and quarter_of(done, review.end.year) == review.quarter
    return due is None or due <= review.end or done_in


def _shown(plan: Plan, each: Body, wanted: Body | None) -> bool:
    return wanted is None or each.id in plan.reporting(wanted.id)
