"""An open ledger: one transaction on one plan, what it knows, and the one way entries get into it."""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import Any

from sqlmodel import Session

from anju_cli import clock
from anju_cli.domain.choosing import NOTHING_NAMED, Meant
from anju_cli.domain.digests import revision_digest
from anju_cli.domain.history import History, Move
from anju_cli.domain.items import Item
from anju_cli.domain.periods import Review, review
from anju_cli.domain.plan import Plan
from anju_cli.domain.plan_documents import plan_of_document
from anju_cli.domain.reviews import Assessment, assessments, deadlines
from anju_cli.errors import Unavailable, Unclear
from anju_cli.i18n import _
from anju_cli.ledger.basis import Basis, check
from anju_cli.ledger.drafts import Draft, Later, Way
from anju_cli.store import entry_queries, figure_queries, ledger_queries, review_queries, whole_rows
from anju_cli.store.ledger_queries import Ends
from anju_cli.store.location import damaged
from anju_cli.store.tables import Entry, PlanRevision
from anju_cli.store.writing import connection_of, writing
from anju_cli.workdays import WorkCalendar

MOMENT = "%Y-%m-%dT%H:%M:%S.%fZ"


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

    @property
    def connection(self) -> sqlite3.Connection:
        """The writing transaction, for what is asked in plain SQL."""
        return connection_of(self.session)

    def ends(self) -> Ends:
        """How far the ledger has come; writers take turns, so nothing can come between."""
        return ledger_queries.ends(self.connection)

    def history(self, item: Item, unit: str) -> History:
        """The body's moves on an item; for a milestone that is one thing for all, those of all bodies."""
        return History(entry_queries.moves_of(self.connection, self.plan.id, item.id, None if item.shared else unit))

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
        """The moment of recording: from the clock, or just after the last one where the clock has stepped back.

        A clock long after the last filing is said. Raises Unavailable where it cannot be right.
        """
        last = self.ends().recorded_at
        moment = clock.now()
        clock.check_year(moment.year, moment.date())
        now = moment.strftime(MOMENT)
        before = datetime.fromisoformat(last) if last else moment
        if now > last:
            if moment - before > clock.LONG:
                ahead = _("the clock is {n} days after the last filing ({last}): is it right?")
                self._warn_once(ahead.format(n=(moment - before).days, last=last))
            return now
        self._warn_once(_("the clock is behind the last filing ({last}); recorded just after it").format(last=last))
        try:
            return (before + timedelta(microseconds=1)).strftime(MOMENT)
        except OverflowError:
            hint = _("anju restore puts a backup in its place")
            raise Unavailable(_("nothing can come after the last filing"), got=last, hint=hint) from None

    def _warn_once(self, said: str) -> None:
        if said not in self.warnings:
            self.warnings.append(said)

    def assessments(self) -> dict[int, Assessment]:
        """The reviews of the plan as recorded by now: asked anew each time, inside the writing transaction."""
        return assessments(review_queries.events(self.connection, self.plan.id))

    def review(self, quarter: int) -> Review:
        """The dates of a quarter's assessment, a circular's deadline included."""
        return review(
            self.plan, quarter, self.calendar, deadlines(review_queries.events(self.connection, self.plan.id))
        )

    def booked(self, item: str) -> int:
        """What all bodies have booked on an item by now."""
        return entry_queries.booked(self.connection, self.plan.id, item)


@contextmanager
def opened(
    path: Path,
    plan: str | None,
    who: str,
    *,
    dry_run: bool = False,
    meant: Meant = NOTHING_NAMED,
    basis: Basis | None = None,
) -> Iterator[Book]:
    """The ledger of one plan, in one transaction that is committed at the end, or undone.

    Raises Outdated where it is no longer as a file was read by.
    """
    today = clock.today()
    with writing(path, dry_run=dry_run) as session:
        chosen, others = latest_plan(session, plan, today, meant, basis)
        notes = [_("plan {plan}; --plan names another").format(plan=chosen.id)] if others and not plan else []
        yield Book(session, path, chosen, today, who, notes, several=others)


def latest_plan(
    session: Session, asked: str | None, today: date, meant: Meant, basis: Basis | None
) -> tuple[Plan, bool]:
    """The latest recorded state of the plan asked for, and whether there are others; what was read is not read anew."""
    connection = connection_of(session)
    spans = ledger_queries.spans(connection)
    chosen = figure_queries.plan_meant(connection, spans, asked, today, meant, writing=True)
    newest = whole_rows.newest_revision(session, chosen)
    assert newest is not None
    if basis is not None:
        changes = ledger_queries.next_number(connection, "project_event") - 1
        check(basis, chosen, newest.digest, changes)
        return basis.plan, len(spans) > 1
    return plan_recorded(newest), len(spans) > 1


def plan_recorded(row: PlanRevision) -> Plan:
    """The plan that a revision states; refused where it is not what was recorded."""
    if revision_digest(row.model_dump()) != row.digest:
        raise damaged(_("the plan, revision {n}, is not what was recorded").format(n=row.revision))
    return plan_of_document(row.document)


def entry_of(book: Book, entry: int) -> Entry:
    """An entry of this plan by its number.

    Raises Unclear where the plan has no such entry.
    """
    found = whole_rows.entry(book.session, book.plan.id, entry)
    if found is None:
        raise Unclear(_("no such entry"), got=entry, hint=_("anju progress list shows their numbers"))
    return found
