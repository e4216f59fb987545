"""What falls due in the coming days: returns, reviews, bulletins, items of the plan, slips, tasks, commitments."""

from collections.abc import Iterator
from datetime import date, timedelta

from anju_cli.domain.matters import DATED
from anju_cli.domain.plan import Plan
from anju_cli.domain.reviews import Assessment
from anju_cli.reports.answers.dates import Coming
from anju_cli.reports.figures import Figures, at_today
from anju_cli.reports.matters import matters
from anju_cli.reports.quarter.frozen import assessments_of
from anju_cli.reports.status import dates_of
from anju_cli.reports.view import View

PENDING = ("bulletin_due", "slip", *DATED)
"""What is listed after its date too, until it is done; what the plan lays down is in `units overdue` then."""


def coming(view: View, within: int) -> list[Coming]:
    """What falls due within so many days and is not done, and what of the follow-up is late; in order of date."""
    figures = at_today(view)
    last = figures.as_of + timedelta(days=within)
    return sorted(
        (each for each in _all(figures) if each.on <= last and (each.on >= figures.as_of or each.what in PENDING)),
        key=lambda each: (each.on, each.what, each.ref or "", each.quarter or ""),
    )


def _all(figures: Figures) -> Iterator[Coming]:
    plan, as_of = figures.plan, figures.as_of
    assessed = assessments_of(figures.view)
    for quarter, review in figures.reviews.items():
        for what, day in dates_of(figures, assessed.get(quarter, Assessment(quarter)), review):
            if day is not None:
                bodies = tuple(body.id for body in plan.reporting_bodies) if what == "return_deadline" else ()
                yield _coming(plan, as_of, day, what, quarter=f"Q{quarter}", units=bodies)
    for standing in figures.standings:
        item = standing.item
        if item.due and standing.unit is None and standing.status != "done":
            yield _coming(plan, as_of, item.due, "target", item.id, item.name, item.name_en, plan.answering(item))
    for progress in figures.milestones:
        item = progress.item
        if item.due and not progress.done_on:
            yield _coming(plan, as_of, item.due, "milestone", item.id, item.name, item.name_en, progress.open_bodies)
    for matter in matters(figures.view, as_of):
        if matter.kind in ("slip", *DATED) and matter.is_open and matter.due:
            of = plan.by_id.get(matter.content.get("item", ""))
            name_en = of.name_en if of and matter.about == of.name else matter.about
            yield _coming(plan, as_of, matter.due, matter.kind, matter.ref, matter.about, name_en, matter.units)


def _coming(
    plan: Plan,
    as_of: date,
    on: date,
    what: str,
    ref: str | None = None,
    name: str | None = None,
    name_en: str | None = None,
    units: tuple[str, ...] = (),
    quarter: str | None = None,
) -> Coming:
    bodies = [plan.body_by_id[unit] for unit in units if unit in plan.body_by_id]
    named = tuple(body.name for body in bodies), tuple(body.name_en for body in bodies)
    return Coming(plan.id, on, (on - as_of).days, what, quarter, ref, name, name_en, units, *named)
