"""Which of many plans in one file is meant: the one that holds, by the quarter or the day that a command names."""

import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import date
from typing import NamedTuple

from anju_cli.domain.grammar import named_quarter, parse_date, parse_quarter
from anju_cli.domain.quarters import DAY, Quarters, month_after, quarters_of
from anju_cli.errors import AnjuError, Unclear
from anju_cli.i18n import _

LATEST = 3
"""How many months after its year no plan holds any more, however long its last review takes."""

LAST_FILING = "last"
"""In place of a filing's number: the one that was recorded last."""

_STEPS = {"open": True, "reopen": True, "bulletin": False}
"""What begins the last review of a year, and what ends it; a bulletin is recorded of a closed review alone."""


class Span(NamedTuple):
    """When a plan holds, as its revisions store it."""

    year: int
    """What the plan calls its year."""
    starts: date
    ends: date
    """The end of its last review window, in the month after its year."""

    @property
    def quarters(self) -> Quarters:
        """The plan's year in quarters."""
        return quarters_of(self.year, self.starts, month_after(self.ends, 0) - DAY)


class RecordedPlan(NamedTuple):
    """A plan of the file, as far as it matters for which is meant."""

    id: str
    span: Span
    in_review: bool = False
    """Its last review was opened and is not closed, or its bulletin is not recorded."""

    @property
    def year(self) -> int:
        """What the plan calls its year."""
        return self.span.year

    @property
    def quarters(self) -> Quarters:
        """The plan's year in quarters."""
        return self.span.quarters

    def holds(self, day: date) -> bool:
        """Whether the plan holds on a day."""
        last = self.span.ends
        if self.in_review:
            last = max(last, month_after(self.quarters.ends, LATEST + 1) - DAY)
        return self.span.starts <= day <= last

    def overlaps(self, other: "RecordedPlan") -> bool:
        """Whether the years of two plans have a day in common."""
        mine, others = self.quarters, other.quarters
        return mine.starts <= others.ends and others.starts <= mine.ends


class Meant(NamedTuple):
    """What a command names that says which plan is meant, as typed."""

    quarter: str | None = None
    day: str | None = None
    entry: str | None = None
    """The number of an entry: its plan is meant."""
    filing: str | None = None
    """The number of a filing, or `last`."""
    entries: bool = False
    """Whether entries are booked: without a quarter or a day they are of today."""


NOTHING_NAMED = Meant()


def recorded_plans(spans: Mapping[str, Span], steps_of_reviews: Sequence[tuple[str, int, str]]) -> list[RecordedPlan]:
    """The plans by their spans, and by the steps (plan, quarter, step) of their reviews, in order of recording."""
    plans = {id: RecordedPlan(id, span) for id, span in spans.items()}
    for id, quarter, step in steps_of_reviews:
        if step in _STEPS and quarter == plans[id].quarters.last:
            plans[id] = plans[id]._replace(in_review=_STEPS[step])
    return list(plans.values())


def choose(
    plans: Sequence[RecordedPlan],
    asked: str | None,
    today: date,
    meant: Meant = NOTHING_NAMED,
    *,
    writing: bool,
    of_record: str | None = None,
) -> str:
    """The plan asked for, else the only one, else the one that holds and that a quarter or a day means.

    A quarter with its year (`2021Q1`) means a plan of that year, and so does a record of the plan `of_record`. Unclear
    where no plan fits; of plans whose years overlap a write is Unclear, while a read takes the first.

    Raises Unclear where there is no such plan, or several of which none is meant.
    """
    known = _("the plans here are {plans}").format(plans=", ".join(sorted(plan.id for plan in plans)))
    if asked:
        if any(plan.id == asked for plan in plans):
            return asked
        raise Unclear(_("no such plan"), got=asked, hint=known)
    if len(plans) == 1:
        return plans[0].id
    fitting = _fitting(plans, today, meant, of_record, known)
    if writing and len(fitting) > 1:
        raise Unclear(
            _several(fitting), hint=_("the plans here are {plans}").format(plans=", ".join(plan.id for plan in fitting))
        )
    return fitting[0].id


def _several(fitting: Sequence[RecordedPlan]) -> str:
    if len({plan.year for plan in fitting}) == 1:
        return _("several plans of {year}; say which with --plan ID").format(year=fitting[0].year)
    return _("several plans hold at once; say which with --plan ID")


def _fitting(
    plans: Sequence[RecordedPlan], today: date, meant: Meant, of_record: str | None, known: str
) -> list[RecordedPlan]:
    """The plan that is meant, and those that may be meant as well; at least one."""
    plans = sorted(plans, key=lambda plan: (plan.span.starts, plan.span.ends, plan.id))
    if recorded := next((plan for plan in plans if plan.id == of_record), None):
        beside = (plan for plan in plans if plan.year == recorded.year and plan is not recorded)
        return [recorded, *(plan for plan in beside if plan.overlaps(recorded))]
    if year := _named_year(meant):
        fitting = [plan for plan in plans if plan.year == year]
        if not fitting:
            raise Unclear(_("no plan here is for {year}").format(year=year), got=meant.quarter, hint=known)
        return fitting
    if fitting := _of_dated_months(plans, meant):
        return fitting
    holding = [plan for plan in plans if plan.holds(today)]
    if not holding:
        raise Unclear(_("several plans, and none holds today; say which with --plan ID"), got=today, hint=known)
    chosen = _of_consecutive(holding, today, meant)
    return [chosen, *(plan for plan in holding if plan is not chosen and plan.overlaps(chosen))]


def _named_year(meant: Meant) -> int | None:
    """The year that is written out."""
    if meant.quarter is not None:
        with suppress(AnjuError):  # what cannot be read is refused where it is read
            return named_quarter(meant.quarter)[0]
    return None


def _of_dated_months(plans: Sequence[RecordedPlan], meant: Meant) -> list[RecordedPlan]:
    """The plans that have a quarter of the months that are named with their year: 2020年1-3月."""
    if meant.quarter is None or not re.search(r"\d{4}", meant.quarter):
        return []
    return [plan for plan in plans if _begins(plan, meant.quarter, date.max)]


def _of_consecutive(holding: Sequence[RecordedPlan], today: date, meant: Meant) -> RecordedPlan:
    """Of plans that hold at once: that in which the quarter has begun, or in which the day lies."""
    latest_first = sorted(holding, key=lambda plan: plan.span.starts, reverse=True)
    oldest = holding[0]
    if meant.quarter is not None:
        begun = [plan for plan in latest_first if _begins(plan, meant.quarter, today)]
        return begun[0] if begun else oldest
    if meant.day is not None:
        with suppress(AnjuError):  # what cannot be read is refused where it is read
            days = [(plan, parse_date(meant.day, today=today, not_before=plan.span.starts)) for plan in latest_first]
            within = [(plan, day) for plan, day in days if day <= plan.quarters.ends and day >= plan.span.starts]
            return next((plan for plan, day in within if day <= today), (within or days)[-1][0])
    over = all(plan.span.ends < today for plan in holding if plan.span.starts == oldest.span.starts)
    return latest_first[0] if meant.entries and over else oldest


def _begins(plan: RecordedPlan, quarter: str, today: date) -> bool:
    """Whether a plan has a quarter of this name that has begun."""
    with suppress(AnjuError):
        return plan.quarters.start(parse_quarter(quarter, plan.quarters)) <= today
    return False
