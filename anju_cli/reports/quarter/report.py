"""The report on one quarter: the same paper whenever it is run."""

from typing import NamedTuple

from anju_cli.domain.milestones import Progress
from anju_cli.domain.names import find_body
from anju_cli.domain.overdue import Late
from anju_cli.domain.owed import Owed
from anju_cli.domain.periods import Review
from anju_cli.domain.plan import Body, Plan
from anju_cli.domain.quarters import quarter_code
from anju_cli.reports.answers.heads import Period
from anju_cli.reports.answers.quarter import QuarterReport
from anju_cli.reports.case_duties import case_duties
from anju_cli.reports.figures import Figures, concerns
from anju_cli.reports.in_place import in_place, in_place_totals
from anju_cli.reports.projects.door import project_part
from anju_cli.reports.unit_rows import totals, unit_rows
from anju_cli.reports.view import View, heading, reviews_of, settings


class Scope(NamedTuple):
    """What a report on one quarter is made of: its figures, and what of them is asked for."""

    figures: Figures
    review: Review
    body: Body | None
    """The one unit or office that was named."""
    bodies: list[Body]
    milestones: list[Progress]
    owed: list[Owed]
    late: list[Late]
    """Work that is late; not late returns."""

    @property
    def view(self) -> View:
        """The view that the figures come from."""
        return self.figures.view


def quarter_report(view: View, quarter: int, unit: str | None = None) -> QuarterReport:
    """Targets at the quarter's end, milestones and returns as of the review's; of one unit where it is named.

    Without an as-of date it is as at the earlier of today and the last day of the quarter's review window.
    """
    return report_of(scope(view, quarter, unit))


def scope(view: View, quarter: int, unit: str | None = None) -> Scope:
    """The figures of one quarter, of one unit where it is named: made once of a view, for the report and its papers.

    Raises Unclear where there is no such unit.
    """
    asked = ("quarter", quarter, unit, view.asked_as_of)
    known = view.made.get(asked)
    if not isinstance(known, Scope):
        known = view.made[asked] = _scope(view, quarter, unit)
    return known


def _scope(view: View, quarter: int, unit: str | None) -> Scope:
    start = view.quarters.start(quarter)
    review = reviews_of(view, view.as_of(view.today, start))[quarter]
    as_of = view.as_of(min(view.today, review.review_to), start)
    until = min(as_of, review.end)
    plan = view.plan_at(until)
    figures = Figures(view, plan, as_of, until, quarter)
    body = find_body(plan, unit) if unit else None
    milestones = [milestone for milestone in figures.milestones if _belongs(milestone, review)]
    bodies = [each for each in plan.reporting_bodies if _shown(plan, each, body)]
    late = figures.late_work(milestones)
    return Scope(figures, figures.reviews[quarter], body, bodies, milestones, figures.owed([quarter]), late)


def report_of(scope: Scope) -> QuarterReport:
    """The report on a quarter, of its figures."""
    figures, review, body, bodies, milestones, owed, late = scope
    plan = figures.plan
    units = unit_rows(owed, late, bodies)
    return QuarterReport(
        **heading(scope.view, figures.targets_as_of, figures.as_of),
        quarter=quarter_code(review.quarter),
        unit=body.id if body else None,
        unit_name=body.name if body else None,
        unit_name_en=body.name_en if body else None,
        targets_as_of=figures.targets_as_of,
        period=Period(review.start, review.end),
        settings=settings(plan, review),
        targets=tuple(
            figures.target(each)
            for each in figures.standings
            if concerns(plan, each.item, body) and (body is None or each.unit in (None, body.id, body.unit))
        ),
        milestones=tuple(
            figures.milestone(milestone) for milestone in milestones if concerns(plan, milestone.item, body)
        ),
        units=tuple(units),
        totals=totals(units),
        in_place=in_place_totals(in_place(scope.view, plan, figures.as_of)),
        ledger=scope.view.ledger(),
        cases=tuple(case_duties(plan, figures.tallies, [review.quarter], {each.id for each in bodies})),
        **project_part(scope.view, plan, figures.tallies, until=figures.targets_as_of, as_of=figures.as_of, body=body),
    )


def _belongs(milestone: Progress, review: Review) -> bool:
    """Due by the quarter's end, done in it, or undated."""
    due, done = milestone.item.due, milestone.done_on
    done_in = done is not None and review.start <= done <= review.end
    return due is None or due <= review.end or done_in


def _shown(plan: Plan, each: Body, wanted: Body | None) -> bool:
    return wanted is None or each.id in plan.reporting(wanted.id)
