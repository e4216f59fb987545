"""What a command that records something answers."""

from datetime import date
from decimal import Decimal
from typing import NamedTuple, TypeAlias

Quantity: TypeAlias = int | Decimal | None
"""A quantity in its measure; null for words alone."""


class FilingRecorded(NamedTuple):
    """A filing as stored."""

    id: int
    reference: str | None
    via: str | None
    received_on: date
    recorded_at: str
    source: str | None
    """The file it came in."""
    source_sha256: str | None
    digest: str
    by: str


class EntryRecorded(NamedTuple):
    """An entry of a filing, as stored."""

    id: int
    filing: int
    item: str
    unit: str
    project: str | None
    quarter: str
    on: date
    received_on: date
    recorded_at: str
    by: str
    quantity: Quantity
    stated_total: Quantity
    kind: str
    """report | correction | void."""
    carried_for: str | None
    """The locked quarter that it is kept as of, though booked in the open one."""
    corrects: int | None
    reason: str | None
    note: str | None
    evidence: str | None
    digest: str


class FigureRecorded(NamedTuple):
    """What a filing did to one body's figures on one item."""

    item: str
    unit: str
    quarter: str
    opening: Quantity
    """Brought forward into the quarter; of a level, where it stood before."""
    quarter_quantity: Quantity
    cumulative: Quantity


class ProgressRecorded(NamedTuple):
    """What a command that reports, corrects or voids progress recorded."""

    plan: str
    dry_run: bool
    already: bool
    """The same reference and content was recorded before; nothing was written now."""
    filing: FilingRecorded
    entries: tuple[EntryRecorded, ...]
    figures: tuple[FigureRecorded, ...]
    receipt: str


class ReturnRowTaken(NamedTuple):
    """What becomes of one row of a return."""

    item: str
    project: str | None
    action: str
    """add | skip | words | conflict | correct | reduce."""
    quantity: Quantity
    recorded: Quantity
    """What the ledger already has."""


class ReturnProblem(NamedTuple):
    """One thing found in a return."""

    file: str
    sheet: str | None
    """Null in a file without sheets."""
    cell: str | None
    kind: str
    """problem: it is sent back | conflict: the office decides | warning: it is accepted all the same."""
    what: str
    found: str | None
    expected: str | None


class ReturnTaken(NamedTuple):
    """What became of one body's return in a file that was imported."""

    plan: str
    dry_run: bool
    file: str
    unit: str | None
    """Null where it could not be known whose return it is."""
    quarter: str | None
    state: str
    """adopted | returned | received (waits for a decision of the office) | already | unknown."""
    received_on: date
    first_received: date | None
    deadline: date | None
    on_time: bool | None
    times_returned: int
    filing: int | None
    receipt: str | None
    entries: int
    rows: tuple[ReturnRowTaken, ...]
    blank: tuple[str, ...]
    """The tasks it owes and left blank."""
    problems: tuple[ReturnProblem, ...]


class PlanRecorded(NamedTuple):
    """A plan or a revision as recorded."""

    plan: str
    dry_run: bool
    revision: int
    document: str | None
    effective_on: date | None
    digest: str
    db: str
    """The database it is in."""
    document_digest: str
    """Of what the plan says alone."""


class ProjectChanged(NamedTuple):
    """A field of a project that was changed."""

    id: int
    project: str
    part: str
    subject: str | None
    field: str
    before: str | None
    after: str | None


class ProjectSlipped(NamedTuple):
    """A project that now brings homes to a target earlier or later than planned."""

    project: str
    name: str
    target: str
    homes: int | None
    planned: date | None
    current: date | None
    days: int | None


class ProjectsRecorded(NamedTuple):
    """What was recorded in the project register."""

    plan: str
    dry_run: bool
    act: str
    on: date
    reason: str | None
    document: str | None
    source: str | None
    by: str
    recorded_at: str | None
    unchanged: int
    changes: tuple[ProjectChanged, ...]
    slipped: tuple[ProjectSlipped, ...]


class MatterEventRecorded(NamedTuple):
    """An event of a follow-up matter, as recorded."""

    kind: str
    number: int
    event: str
    on: date
    reason: str | None
    document: str | None
    by: str
    recorded_at: str
    digest: str


class ReviewEventRecorded(NamedTuple):
    """A step of the assessment of a quarter, as recorded."""

    id: int
    event: str
    recorded_at: str
    digest: str
    unit: str | None
    result: str | None
    aspect: str | None
    number: str | None
    recipients: str | None
    note: str | None
    reason: str | None
    document: str | None
    on: date
    by: str


class ReviewRecorded(NamedTuple):
    """What was recorded of a review, and where it stands now."""

    plan: str
    dry_run: bool
    quarter: str
    state: str
    ended_on: date | None
    bulletin_deadline: date | None
    bulletin_provisional: bool
    events: tuple[ReviewEventRecorded, ...]
    seal: str | None


class SealRecorded(NamedTuple):
    """A seal as recorded, or the one that stands where nothing was recorded since."""

    seal: str
    """Its short form, as reports print it."""
    dry_run: bool
    already: bool
    id: int
    previous: str | None
    filings: int
    occasion: str
    recorded_at: str
    digest: str
    by: str
