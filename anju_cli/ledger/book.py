"""An open ledger: one transaction on one plan, what it knows, and the one way entries get into it."""

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cached_property, partial
from pathlib import Path
from typing import Any, NamedTuple

from sqlalchemy import select as columns
from sqlmodel import Session, col, func, select

from anju_cli import clock
from anju_cli.domain.choosing import LAST_QUARTER, NOTHING_NAMED, Meant, choose, recorded_plans
from anju_cli.domain.digests import revision_digest
from anju_cli.domain.history import History, Move, move_of
from anju_cli.domain.periods import Review, review
from anju_cli.domain.plan import Item, Plan
from anju_cli.domain.plan_document import from_document
from anju_cli.domain.reviews import Assessment, ReviewStep, assessments, deadlines, event_of
from anju_cli.errors import Unclear
from anju_cli.i18n import _
from anju_cli.ledger.drafts import Draft, Later, Way
from anju_cli.store import entry_queries, review_queries
from anju_cli.store.location import damaged
from anju_cli.store.tables import Entry, PlanRevision
from anju_cli.store.writing import writing
from anju_cli.workdays import WorkCalendar

MOMENT = "%Y-%m-%dT%H:%M:%S.%fZ"


class Ends(NamedTuple):
    """Where the ledger ends: what comes next, and when the last was recorded (empty where there is nothing yet)."""

    next_filing: int
    next_entry: int
    next_revision: int
    recorded_at: str


_ENDS = """
SELECT coalesce((SELECT MAX(id) FROM filing), 0) + 1,
       coalesce((SELECT MAX(id) FROM entry), 0) + 1,
       coalesce((SELECT MAX(id) FROM plan_revision), 0) + 1,
       max(coalesce((SELECT recorded_at FROM filing ORDER BY id DESC LIMIT 1), ''),
           coalesce((SELECT recorded_at FROM plan_revision ORDER BY id DESC LIMIT 1), ''),
           coalesce((SELECT recorded_at FROM project_event ORDER BY id DESC LIMIT 1), ''),
           coalesce((SELECT recorded_at FROM followup ORDER BY id DESC LIMIT 1), ''),
           coalesce((SELECT recorded_at FROM return_receipt ORDER BY id DESC LIMIT 1), ''),
           coalesce((SELECT recorded_at FROM review_event ORDER BY id DESC LIMIT 1), ''),
           coalesce((SELECT recorded_at FROM seal ORDER BY id DESC LIMIT 1), ''))
"""


_REVIEW_EVENTS = "SELECT * FROM review_event WHERE plan = ? ORDER BY id"


@dataclass
class Book:
    """One plan's ledger, open for writing."""

    session: Session
    path: Path
    plan: Plan
    today: date
    who: str
    """Who records."""
    notes: list[str] = field(default_factory=list)
    """What the person should know though nothing is wrong."""
    several: bool = False
    """Whether the file has other plans, so that a command to come has to name this one."""
    warnings: list[str] = field(default_factory=list)
    """What was done all the same, and may well be wrong."""
    kept: dict[str, Any] = field(default_factory=dict)
    """What has been read once and holds until it is written to."""
    way: Way = field(default_factory=Way)
    """What becomes of figures of a locked quarter."""
    later: Later = Later.ASK
    """What becomes of totals stated for later dates."""

    @cached_property
    def calendar(self) -> WorkCalendar:
        """The plan's working days."""
        return WorkCalendar(self.plan.settings)

    def ends(self) -> "Ends":
        """How far the ledger has come; writers take turns, so nothing can come between."""
        return Ends(*self.session.connection().exec_driver_sql(_ENDS).one())

    def history(self, item: Item, unit: str) -> History:
        """The body's moves on an item; for a milestone that is one thing for all, those of all bodies."""
        names = (Entry.id, Entry.root, Entry.unit, Entry.project, Entry.happened_on, Entry.received_on)
        figures = (Entry.quantity, Entry.stated_total, Entry.reports)
        asked = columns(*map(col, (*names, *figures))).where(
            col(Entry.plan) == self.plan.id, col(Entry.item) == item.id
        )
        if not item.shared:
            asked = asked.where(col(Entry.unit) == unit)
        rows = self.session.connection().execute(asked.order_by(col(Entry.id)))
        return History(tuple(move_of(row) for row in rows.mappings()))

    def as_moves(self, drafts: Sequence[Draft]) -> list[Move]:
        """Drafts as the moves they will be."""
        return [
            Move(
                id,
                draft.root or id,
                draft.unit,
                draft.project,
                draft.on,
                draft.received_on,
                draft.quantity,
                draft.stated_total,
                draft.reports,
            )
            for id, draft in enumerate(drafts, self.ends().next_entry)
        ]

    def moment(self) -> str:
        """The moment of recording: from the clock, or just after the last one where the clock has stepped back."""
        last = self.ends().recorded_at
        now = clock.now().strftime(MOMENT)
        if now > last:
            return now
        self.warnings.append(
            _("the clock is behind the last filing ({last}); recorded just after it").format(last=last)
        )
        return (datetime.strptime(last, MOMENT) + timedelta(microseconds=1)).strftime(MOMENT)

    def assessments(self) -> dict[int, Assessment]:
        """The reviews of the plan as recorded by now: asked anew each time, inside the writing transaction."""
        return assessments(self._review_events())

    def review(self, quarter: int) -> Review:
        """The dates of a quarter's assessment, a circular's deadline included."""
        return review(self.plan, quarter, self.calendar, deadlines(self._review_events()))

    def _review_events(self) -> list[ReviewStep]:
        rows = self.session.connection().exec_driver_sql(_REVIEW_EVENTS, (self.plan.id,)).mappings()
        return [event_of(row) for row in rows]

    def ask(self, query: str, asked: Mapping[str, Any]) -> Sequence[Any]:
        """The rows of a query of the store with named parameters, inside the writing transaction."""
        return _asked(self.session, query, asked)

    def booked(self, item: str) -> int:
        """What all bodies have booked on an item by now."""
        asked = columns(func.sum(Entry.quantity)).where(col(Entry.plan) == self.plan.id, col(Entry.item) == item)
        return self.session.connection().execute(asked).scalar() or 0


def _asked(session: Session, query: str, asked: Mapping[str, Any]) -> Sequence[Any]:
    return session.connection().exec_driver_sql(query, dict(asked)).all()


@contextmanager
def opened(
    path: Path, plan: str | None, who: str, *, dry_run: bool = False, meant: Meant = NOTHING_NAMED
) -> Iterator[Book]:
    """The ledger of one plan, in one transaction that is committed at the end, or undone."""
    today = clock.today()
    with writing(path, dry_run=dry_run) as session:
        chosen, others = latest_plan(session, plan, today, meant)
        notes = [_("plan {plan}; --plan names another").format(plan=chosen.id)] if others and not plan else []
        yield Book(session, path, chosen, today, who, notes, several=others)


def latest_plan(session: Session, asked: str | None, today: date, meant: Meant) -> tuple[Plan, bool]:
    """The latest recorded state of the plan asked for, and whether there are others."""
    spans = {
        row[0]: (date.fromisoformat(row[1]), date.fromisoformat(row[2]))
        for row in session.exec(select(PlanRevision.plan, PlanRevision.spans_from, PlanRevision.spans_to))
    }
    ask = partial(_asked, session)
    steps = review_queries.steps_of_reviews(ask, LAST_QUARTER) if len(spans) > 1 else []
    of_record = entry_queries.plan_of_record(ask, entry=meant.entry, filing=meant.filing) if len(spans) > 1 else None
    chosen = choose(recorded_plans(spans, steps), asked, today, meant, writing=True, of_record=of_record)
    newest = select(PlanRevision).where(PlanRevision.plan == chosen).order_by(col(PlanRevision.revision).desc())
    return plan_recorded(session.exec(newest.limit(1)).one()), len(spans) > 1


def plan_recorded(row: PlanRevision) -> Plan:
    """The plan that a revision states; refused where it is not what was recorded."""
    if revision_digest(row.model_dump()) != row.digest:
        raise damaged(_("the plan, revision {n}, is not what was recorded").format(n=row.revision))
    return from_document(json.loads(row.document))


def entry_of(book: Book, entry: int) -> Entry:
    """An entry of this plan by its number."""
    found = book.session.exec(select(Entry).where(Entry.id == entry, Entry.plan == book.plan.id)).one_or_none()
    if found is None:
        raise Unclear(_("no such entry"), got=entry, hint=_("anju progress list shows their numbers"))
    return found
