"""Which of many plans in one file is meant: the one that holds, by the quarter or the day that a command names."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import date
from typing import NamedTuple

from anju_cli.domain.dating import of_the_year
from anju_cli.domain.grammar import named_quarter
from anju_cli.domain.periods import QUARTERS, quarter_start
from anju_cli.errors import AnjuError, Unclear
from anju_cli.i18n import _

LATEST = (3, 31)
"""Month and day of the next year past which no plan holds, however long its last review takes."""

LAST_FILING = "last"
"""In place of a filing's number: the one that was recorded last."""

LAST_QUARTER = QUARTERS[-1]
"""The quarter whose review keeps a plan in force."""

_STEPS = {"open": True, "reopen": True, "bulletin": False}
"""What begins the last review of a year, and what ends it; a bulletin is recorded of a closed review alone."""


class RecordedPlan(NamedTuple):
    """A plan of the file, as far as it matters for which is meant."""

    id: str
    starts: date
    ends: date
    """The end of its last review window."""
    in_review: bool = False
    """Its last review was opened and is not closed, or its bulletin is not recorded."""

    @property
    def year(self) -> int:
        """The plan year."""
        return self.starts.year

    def holds(self, day: date) -> bool:
        """Whether the plan holds on a day."""
        last = max(self.ends, date(self.year + 1, *LATEST)) if self.in_review else self.ends
        return self.starts <= day <= last


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


def recorded_plans(
    spans: Mapping[str, tuple[date, date]], steps_of_last_reviews: Sequence[tuple[str, str]]
) -> list[RecordedPlan]:
    """The plans by their spans, and by the steps (plan, step) of the reviews of their last quarters, in order."""
    reviews = {plan: _STEPS[step] for plan, step in steps_of_last_reviews if step in _STEPS}
    return [RecordedPlan(plan, *span, reviews.get(plan, False)) for plan, span in spans.items()]


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
    where no plan fits; of two plans of one year a write is Unclear, while a read takes the first.

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
        several = _("several plans of {year}; say which with --plan ID").format(year=fitting[0].year)
        raise Unclear(
            several, hint=_("the plans here are {plans}").format(plans=", ".join(plan.id for plan in fitting))
        )
    return fitting[0].id


def _fitting(
    plans: Sequence[RecordedPlan], today: date, meant: Meant, of_record: str | None, known: str
) -> list[RecordedPlan]:
    """The plans of the year that is meant, in order; at least one."""
    plans = sorted(plans, key=lambda plan: (plan.starts, plan.ends, plan.id))
    if year := _named_year(plans, meant, of_record):
        fitting = [plan for plan in plans if plan.year == year]
        if not fitting:
            raise Unclear(_("no plan here is for {year}").format(year=year), got=meant.quarter, hint=known)
        return fitting
    holding = [plan for plan in plans if plan.holds(today)]
    if not holding:
        raise Unclear(_("several plans, and none holds today; say which with --plan ID"), got=today, hint=known)
    year = _year_meant(holding, today, meant)
    return [plan for plan in holding if plan.year == year]


def _named_year(plans: Sequence[RecordedPlan], meant: Meant, of_record: str | None) -> int | None:
    """The year that is written out, or that of the entry or filing that is named."""
    if of_record:
        return next((plan.year for plan in plans if plan.id == of_record), None)
    if meant.quarter is not None:
        with suppress(AnjuError):  # what cannot be read is refused where it is read
            return named_quarter(meant.quarter)[0]
    return None


def _year_meant(holding: Sequence[RecordedPlan], today: date, meant: Meant) -> int:
    """Of the years of plans that hold at once: that in which the quarter has begun, or in which the day lies."""
    latest_first = sorted({plan.year for plan in holding}, reverse=True)
    with suppress(AnjuError):  # what cannot be read is refused where it is read
        if meant.quarter is not None:
            number = named_quarter(meant.quarter)[1]
            return next((year for year in latest_first if quarter_start(year, number) <= today), latest_first[-1])
        if meant.day is not None:
            days = [(year, of_the_year(meant.day, today=today, year=year)) for year in latest_first]
            of_years = [(year, day) for year, day in days if day.year == year]
            return next((year for year, day in of_years if day <= today), (of_years or days)[-1][0])
    over = all(plan.ends < today for plan in holding if plan.year == latest_first[-1])
    return latest_first[0] if meant.entries and over else latest_first[-1]
