"""An open ledger: one transaction on one plan, what it knows, and the one way entries get into it."""

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

from sqlalchemy import select as columns
from sqlmodel import Session, col, func, select

from anju_cli import clock
from anju_cli.domain.choosing import choose
from anju_cli.domain.digests import ENTRY_CONTENT, digest, filing_digest, revision_digest
from anju_cli.domain.history import History, Move, move_of
from anju_cli.domain.periods import quarter_of
from anju_cli.domain.plan import Item, Plan, from_document
from anju_cli.domain.receipts import receipt
from anju_cli.errors import Unclear
from anju_cli.i18n import _
from anju_cli.ledger import locks
from anju_cli.ledger.locks import Way
from anju_cli.store.location import damaged
from anju_cli.store.tables import Entry, Filing, PlanRevision
from anju_cli.store.writing import writing
from anju_cli.workdays import WorkCalendar

MOMENT = "%Y-%m-%dT%H:%M:%S.%fZ"


@dataclass(frozen=True)
class Draft:
    """An entry about to be recorded: a report, unless it follows another in its chain."""

    item: str
    unit: str
    on: date
    received_on: date
    quantity: int | None
    stated_total: int | None = None
    project: str | None = None
    reports: int = 1
    corrects: int | None = None
    root: int | None = None
    reason: str | None = None
    note: str | None = None
    evidence: str | None = None
    carried_from: date | None = None
    """The day in a locked quarter that it is kept as of, though booked in the open one; null: it is not carried."""
    settles: int | None = None
    """Of a carried difference, the entry it corrects or voids."""


@dataclass(frozen=True)
class Manner:
    """How a filing came: who recorded it, through what channel, when it was received, under what reference."""

    who: str
    via: str | None = None
    received_on: date | None = None
    reference: str | None = None
    source: str | None = None
    source_sha256: str | None = None


@dataclass(frozen=True)
class Echo:
    """What a write did to one body's figures on one item, in smallest units."""

    item: str
    unit: str
    quarter: int
    on: date
    opening: int
    this: int
    cumulative: int


@dataclass(frozen=True)
class Filed:
    """A filing as stored, with its entries and its receipt."""

    plan: Plan
    filing: dict[str, Any]
    entries: list[dict[str, Any]]
    receipt: str
    echoes: list[Echo]
    already: bool = False
    """The same reference and content was recorded before; nothing was written now."""


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


@dataclass
class Book:
    """One plan's ledger, open for writing."""

    session: Session
    path: Path
    plan: Plan
    today: date
    notes: list[str] = field(default_factory=list)
    """What the person should know though nothing is wrong."""
    kept: dict[str, Any] = field(default_factory=dict)
    """What has been read once and holds until it is written to."""
    way: Way = field(default_factory=Way)
    """What becomes of figures of a locked quarter."""

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
        self.notes.append(_("the clock is behind the last filing ({last}); recorded just after it").format(last=last))
        return (datetime.strptime(last, MOMENT) + timedelta(microseconds=1)).strftime(MOMENT)

    def file(self, drafts: Sequence[Draft], manner: Manner) -> Filed:
        """Record one filing with its entries; refused where it would change what is locked."""
        locks.check(self, drafts)
        ends = self.ends()
        filing = Filing(
            id=ends.next_filing,
            plan=self.plan.id,
            reference=manner.reference,
            who=manner.who,
            via=manner.via,
            received_on=(manner.received_on or self.today).isoformat(),
            recorded_at=self.moment(),
            source=manner.source,
            source_sha256=manner.source_sha256,
            digest="",
        )
        rows = entry_rows(drafts, self.plan, ends.next_filing, ends.next_entry)
        filing.digest = filing_digest(filing.model_dump(), [row["digest"] for row in rows])
        self.session.add(filing)
        self.session.flush()
        # The driver's own executemany: SQLAlchemy's would halve the rate of an import.
        self.session.connection().exec_driver_sql(_INSERT, [tuple(row.values()) for row in rows])
        locks.keep(self, drafts, rows, ends.next_filing)
        return self.filed(filing, rows)

    def filed(self, filing: Filing, rows: list[dict[str, Any]], *, already: bool = False) -> Filed:
        """What was recorded, with what it did to the figures."""
        counted = {(row["item"], row["unit"]) for row in rows if row["quantity"] is not None}
        places = {(row["item"], row["unit"], row["quarter"]): row["happened_on"] for row in rows}
        sums = {pair: self._by_quarter(*pair) for pair in counted}
        echoes = [
            _echo(item, unit, quarter, date.fromisoformat(on), sums[item, unit])
            for (item, unit, quarter), on in sorted(places.items())
            if (item, unit) in counted
        ]
        return Filed(self.plan, filing.model_dump(), rows, receipt(filing.digest), echoes, already)

    def booked(self, item: str) -> int:
        """What all bodies have booked on an item by now."""
        asked = columns(func.sum(Entry.quantity)).where(col(Entry.plan) == self.plan.id, col(Entry.item) == item)
        return self.session.connection().execute(asked).scalar() or 0

    def _by_quarter(self, item: str, unit: str) -> dict[int, int]:
        """What a body has booked on an item in each quarter; of a shared milestone, what all have."""
        asked = columns(col(Entry.quarter), func.sum(Entry.quantity)).where(
            col(Entry.plan) == self.plan.id, col(Entry.item) == item
        )
        if not self.plan.by_id[item].shared:
            asked = asked.where(col(Entry.unit) == unit)
        rows = self.session.connection().execute(asked.group_by(col(Entry.quarter)))
        return {quarter: quantity or 0 for quarter, quantity in rows}


def _echo(item: str, unit: str, quarter: int, on: date, by_quarter: dict[int, int]) -> Echo:
    opening = sum(quantity for each, quantity in by_quarter.items() if each < quarter)
    this = by_quarter.get(quarter, 0)
    return Echo(item, unit, quarter, on, opening, this, opening + this)


def entry_rows(drafts: Sequence[Draft], plan: Plan, filing: int, first: int) -> list[dict[str, Any]]:
    """Drafts as rows of `entry`, numbered, keyed and digested. The bulk path: kept lean."""
    rows = []
    for line, draft in enumerate(drafts):
        content = (
            f"{filing:09}-{line:06}",
            plan.id,
            draft.item,
            draft.unit,
            draft.project,
            quarter_of(draft.on, plan.year),
            draft.on.isoformat(),
            draft.received_on.isoformat(),
            draft.quantity,
            draft.stated_total,
            draft.reports,
            draft.corrects,
            draft.root,
            draft.reason,
            draft.note,
            draft.evidence,
        )
        rows.append(dict(zip(_COLUMNS, (first + line, filing, *content, digest(content)), strict=True)))
    return rows


_COLUMNS = ("id", "filing_id", *ENTRY_CONTENT, "digest")
_INSERT = f"INSERT INTO entry ({', '.join(_COLUMNS)}) VALUES ({', '.join('?' * len(_COLUMNS))})"


@contextmanager
def opened(path: Path, plan: str | None, *, dry_run: bool = False) -> Iterator[Book]:
    """The ledger of one plan, in one transaction that is committed at the end, or undone."""
    today = clock.today()
    with writing(path, dry_run=dry_run) as session:
        chosen, others = latest_plan(session, plan, today)
        notes = [_("plan {plan}; --plan names another").format(plan=chosen.id)] if others and not plan else []
        yield Book(session, path, chosen, today, notes)


def latest_plan(session: Session, asked: str | None, today: date) -> tuple[Plan, bool]:
    """The latest recorded state of the plan asked for, and whether there are others."""
    spans = {
        row[0]: (date.fromisoformat(row[1]), date.fromisoformat(row[2]))
        for row in session.exec(select(PlanRevision.plan, PlanRevision.spans_from, PlanRevision.spans_to))
    }
    chosen = choose(spans, asked, today)
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


def follow(entry: Entry, quantity: int | None, reason: str, **changes: Any) -> Draft:
    """A draft that follows `entry` in its chain: same item, body, project, date and receipt."""
    draft = Draft(
        item=entry.item,
        unit=entry.unit,
        on=date.fromisoformat(entry.happened_on),
        received_on=date.fromisoformat(entry.received_on),
        quantity=quantity,
        project=entry.project,
        reports=0,
        corrects=entry.id,
        root=entry.root or entry.id,
        reason=reason,
    )
    return replace(draft, **changes)
