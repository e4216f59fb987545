"""Where do we stand: bare `anju`, and the year's dates."""

from collections import Counter
from collections.abc import Iterator
from datetime import date

from anju_cli.domain.periods import Review, working_days_after
from anju_cli.domain.quarters import DAY, quarter_code
from anju_cli.domain.reviews import Assessment
from anju_cli.reports.answers.dates import CalendarQuarter, NextDate, Status
from anju_cli.reports.figures import Figures, at_today
from anju_cli.reports.late import all_late
from anju_cli.reports.quarter.frozen import assessments_of
from anju_cli.reports.reviews.sheets import deadline_of
from anju_cli.reports.view import View, calendar_of, heading, reviews_of, settings

NEXT_DATES = 4
"""How many dates ahead bare `anju` names."""


def status(view: View) -> Status:
    """The quarter, the rates, how many are late in each of four ways, and what comes next."""
    figures = at_today(view)
    plan, as_of = figures.plan, figures.as_of
    late = Counter(each.reason for each in all_late(figures))
    return Status(
        **heading(view, as_of, as_of),
        quarter=quarter_code(plan.quarters.nearest(as_of)),
        settings=settings(plan, figures.reviews[plan.quarters.nearest(as_of)]),
        targets=tuple(figures.target(each) for each in figures.standings if not each.unit and not each.item.within),
        overdue=late["overdue"],
        behind=late["behind"],
        unreported=late["unreported"],
        late_return=late["late_return"],
        next=tuple(sorted(_ahead(figures), key=lambda each: each.on)[:NEXT_DATES]),
        ledger=view.ledger(),
    )


def _ahead(figures: Figures) -> Iterator[NextDate]:
    """The dates from the as-of date on: of the assessments, and of dated milestones that are open."""
    assessed = assessments_of(figures.view)
    for quarter, review in figures.reviews.items():
        for what, day in dates_of(figures, assessed.get(quarter, Assessment(quarter)), review):
            if day and (day >= figures.as_of or what == "bulletin_due"):  # a bulletin that is late is still to come
                yield NextDate(day, what, quarter_code(quarter), None, None, None, (day - figures.as_of).days)
    for milestone in figures.milestones:
        item = milestone.item
        if item.due and item.due >= figures.as_of and not milestone.done_on:
            yield NextDate(item.due, "due", None, item.id, item.name, item.name_en, (item.due - figures.as_of).days)


def dates_of(figures: Figures, assessment: Assessment, review: Review) -> list[tuple[str, date | None]]:
    """What an assessment has before it, each date with what it is: nothing more once its bulletin is out."""
    owing = figures.plan_of(review.quarter).asks_for_returns(review.end)
    dates: list[tuple[str, date | None]] = [("return_deadline", review.return_deadline)] if owing else []
    if not assessment.ended_on:
        dates += [("review_from", review.review_from), ("review_to", review.review_to)]
    if not assessment.last("bulletin"):
        due = deadline_of(figures.view, assessment, review)
        dates.append(("bulletin_deadline" if due.provisional else "bulletin_due", due.on))
    return dates


def calendar(view: View, quarter: int | None = None) -> list[CalendarQuarter]:
    """The dates of each quarter, or of one; the bulletin's deadline is provisional until the review is closed."""
    as_of = view.as_of(view.today)
    plan = view.plan_at(as_of)
    known, assessed = calendar_of(plan), assessments_of(view)
    deadlines = {
        number: deadline_of(view, assessed.get(number, Assessment(number)), review)
        for number, review in reviews_of(view, as_of).items()
    }
    wanted = [quarter] if quarter else plan.quarters.numbers
    return [
        CalendarQuarter(
            plan=plan.id,
            quarter=quarter_code(number),
            start=review.start,
            end=review.end,
            return_deadline=review.return_deadline,
            return_deadline_known=review.return_deadline_known,
            deadline_inferred=review.ordered_by is None and "return_deadline" in plan.settings.inferred,
            deadline_document=review.ordered_by,
            review_from=review.review_from,
            review_to=review.review_to,
            bulletin_deadline=deadlines[number].on,
            bulletin_provisional=deadlines[number].provisional,
            bulletin_working_days=plan.settings.bulletin_working_days,
            working_days=working_days_after(review.start - DAY, review.end, known),
        )
        for number, review in reviews_of(view, as_of).items()
        if number in wanted
    ]
