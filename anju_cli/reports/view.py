"""What a report may see: one plan, as recorded by a moment, in one consistent state of the database."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date
from functools import cached_property
from pathlib import Path
from typing import Any, TypeAlias

from anju_cli import clock
from anju_cli.domain.choosing import NOTHING_NAMED, Meant
from anju_cli.domain.dating import short_date
from anju_cli.domain.grammar import parse_date, parse_moment
from anju_cli.domain.periods import Review, review
from anju_cli.domain.plan import Plan
from anju_cli.domain.quarters import Quarters
from anju_cli.domain.receipts import receipt
from anju_cli.domain.returned import Receipts
from anju_cli.domain.reviews import ReviewStep, deadlines
from anju_cli.domain.tally import Tallies
from anju_cli.errors import Unclear
from anju_cli.i18n import _
from anju_cli.reports.answers.heads import Ledger, Period, ReportSettings
from anju_cli.store import figure_queries, queries, receipt_queries, review_queries
from anju_cli.store.entry_queries import ALL
from anju_cli.store.queries import Revision
from anju_cli.store.reading import reading, release
from anju_cli.workdays import WorkCalendar

Levels: TypeAlias = dict[str, list[tuple[date, int]]]


@dataclass
class View:
    """One plan as known at a moment; the date a report is as of is the report's to choose."""

    connection: sqlite3.Connection
    id: str
    revisions: list[Revision]
    """Those recorded by then, in order; the first is the plan as issued."""
    upto: int
    """The last filing that was recorded by then."""
    known_at: str | None
    today: date
    asked_as_of: str | None
    notes: list[str] = field(default_factory=list)
    made: dict[tuple[object, ...], object] = field(default_factory=dict)
    """Figures of an answer that were made once, and are asked for again."""
    _plans: dict[int, Plan] = field(default_factory=dict)
    _levels: dict[tuple[str, date], Levels] = field(default_factory=dict)
    _tallies: dict[date, Tallies] = field(default_factory=dict)

    @cached_property
    def receipts(self) -> Receipts:
        """The returns that were received by the moment of the view."""
        return receipt_queries.receipts(self.connection, self.id, self.known_at)

    def tallies(self, until: date) -> Tallies:
        """The sums by item, body and quarter of what happened until a date."""
        if until not in self._tallies:
            self._tallies[until] = queries.tallies(self.connection, self.id, until=until, upto=self.upto)
        return self._tallies[until]

    def levels(self, milestone: str, as_of: date) -> Levels:
        """For each body, the dated changes of its level on a milestone, in order of date."""
        asked = milestone, as_of
        if asked not in self._levels:
            self._levels[asked] = queries.steps(self.connection, self.id, milestone, as_of=as_of, upto=self.upto)
        return self._levels[asked]

    @cached_property
    def review_steps(self) -> list[ReviewStep]:
        """What was recorded of the reviews of the plan by the moment of the view."""
        return review_queries.events(self.connection, self.id, self.known_at)

    @cached_property
    def quarters(self) -> Quarters:
        """The plan's year in quarters, which no revision changes."""
        return self.revisions[0].span.quarters

    def as_of(self, default: date, not_before: date | None = None) -> date:
        """The date asked for, or a report's own default; `1-15` is the first such day from the year's start on.

        Of a report on one quarter it is the first `not_before` that began.
        """
        if self.asked_as_of is None:
            return default
        day = parse_date(self.asked_as_of, today=self.today, not_before=not_before or self.quarters.starts)
        self.notes += [note for note in short_date(self.asked_as_of, day) if note not in self.notes]
        return day

    def revision_at(self, day: date) -> Revision:
        """The latest revision that is in effect on a day; the plan as issued holds from the beginning."""
        later = (each for each in self.revisions[1:] if each.effective_on is None or each.effective_on <= day)
        return max(later, key=lambda each: each.revision, default=self.revisions[0])

    def plan_at(self, day: date) -> Plan:
        """The plan in effect on a day."""
        return self.revision(self.revision_at(day).revision)

    @property
    def original(self) -> Plan:
        """The plan as issued."""
        return self.revision(self.revisions[0].revision)

    @property
    def latest(self) -> Plan:
        """The last state of the plan that was recorded: every item that has entries is in it."""
        return self.revision(self.revisions[-1].revision)

    def loaded(self) -> list[Plan]:
        """The states of the plan that were read so far."""
        return list(self._plans.values())

    def revision(self, revision: int) -> Plan:
        """One recorded state of the plan."""
        if revision not in self._plans:
            self._plans[revision] = queries.plan_document(self.connection, self.id, revision)
        return self._plans[revision]

    def release(self) -> None:
        """Let others write from here on; rows that are still to be read are as they were."""
        release(self.connection)

    def ledger(self) -> Ledger:
        """How far this plan's ledger had come."""
        last = queries.last_filing(self.connection, self.id, self.upto)
        seal, sealed = review_queries.last_seal(self.connection, self.known_at)
        return Ledger(
            last.id if last else None,
            receipt(last.digest) if last else None,
            receipt(seal) if seal else None,
            sealed,
        )


@contextmanager
def opened(
    path: Path,
    *,
    plan: str | None = None,
    as_of: str | None = None,
    known_at: str | None = None,
    whole: bool = True,
    meant: Meant = NOTHING_NAMED,
) -> Iterator[View]:
    """A view of one plan: the one asked for, or the one that holds today."""
    with reading(path, whole=whole) as connection:
        view = view_on(connection, plan=plan, as_of=as_of, known_at=known_at, meant=meant)
        if whole:
            queries.check_recorded(connection, view.id)
        yield view


def view_on(
    connection: sqlite3.Connection,
    *,
    plan: str | None = None,
    as_of: str | None = None,
    known_at: str | None = None,
    meant: Meant = NOTHING_NAMED,
) -> View:
    """A view of one plan through an open connection, which has to give rows by name."""
    today = clock.today()
    known = queries.revisions(connection)
    spans = {each.plan: each.span for each in known}
    chosen = figure_queries.plan_meant(connection, spans, plan, today, meant, writing=False)
    of_plan = [each for each in known if each.plan == chosen]
    upto, moment = _known(connection, known_at)
    recorded = [each for each in of_plan if moment is None or each.recorded_at <= moment]
    if not recorded:
        raise Unclear(_("the plan was not yet recorded then"), got=known_at, hint=of_plan[0].recorded_at)
    view = View(connection, chosen, recorded, upto, moment, today, as_of)
    if len(spans) > 1 and not plan:
        view.notes.append(_("plan {plan}; --plan names another").format(plan=chosen))
    return view


def _known(connection: sqlite3.Connection, known_at: str | None) -> tuple[int, str | None]:
    """The last filing, and the moment, that `--known-at` names: a moment, or the number of a filing."""
    if known_at is None:
        return ALL, None
    if known_at.isdecimal() and len(known_at) < len("20200720"):
        moment = queries.filing_recorded_at(connection, int(known_at))
        if moment is None:
            raise Unclear(_("no such filing"), got=known_at, hint=_("anju progress list shows their numbers"))
        return int(known_at), moment
    moment = parse_moment(known_at).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    return queries.filing_known_at(connection, moment), moment


def calendar_of(plan: Plan) -> WorkCalendar:
    """The plan's working days."""
    return WorkCalendar(plan.settings)


def heading(view: View, in_effect: date, as_of: date) -> dict[str, Any]:
    """What a report says first, of the plan in effect on a day."""
    plan, revision = view.plan_at(in_effect), view.revision_at(in_effect)
    return {
        "plan": plan.id,
        "revision": revision.revision,
        "document": revision.document_number,
        "title": plan.title,
        "title_en": plan.title_en,
        "year": plan.year,
        "as_of": as_of,
        "known_at": view.known_at,
    }


def settings(plan: Plan, review: Review) -> ReportSettings:
    """The settings that a report on one quarter rests on."""
    return ReportSettings(
        return_deadline=review.return_deadline,
        deadline_inferred=review.ordered_by is None and "return_deadline" in plan.settings.inferred,
        yellow_below=plan.settings.yellow_below,
        red_below=plan.settings.red_below,
        review_window=Period(review.review_from, review.review_to),
        inferred=plan.settings.inferred,
    )


def reviews_of(view: View, as_of: date) -> dict[int, Review]:
    """The dates of the four assessments, each by the plan in effect at its quarter's end, or as of a date before."""
    found = {}
    ordered = deadlines(view.review_steps)
    for quarter in view.quarters.numbers:
        plan = view.plan_at(min(as_of, view.quarters.end(quarter)))
        found[quarter] = review(plan, quarter, calendar_of(plan), ordered)
    return found
