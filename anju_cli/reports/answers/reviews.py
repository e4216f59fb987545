"""Reviews: each quarter's, with its steps and results; the facts of one unit."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from anju_cli.reports.answers.heads import Quantity


class ReviewLine(NamedTuple):
    """One quarter's assessment, and where it stands."""

    plan: str
    quarter: str
    state: str
    """none | open | locked | closed."""
    review_from: date
    review_to: date
    locked_at: str | None
    ended_on: date | None
    bulletin_deadline: date | None
    """Null where the working days of that year are not yet published."""
    bulletin_provisional: bool
    """Counted from the last day of the review window, since the assessment has not ended."""
    bulletin: str | None
    bulletin_on: date | None
    bulletin_overdue: bool
    """Not out by its deadline, or out after it; a provisional deadline is never overdue."""
    met: int
    not_met: int
    no_result: int
    objections: int


class ReviewEventRow(NamedTuple):
    """A step of an assessment as recorded."""

    event: str
    on: date
    unit: str | None
    result: str | None
    aspect: str | None
    number: str | None
    recipients: str | None
    note: str | None
    reason: str | None
    document: str | None
    by: str
    recorded_at: str


class ResultRow(NamedTuple):
    """A unit, the result that people typed, and how many lines of evidence stand under it."""

    unit: str
    name: str
    name_en: str
    result: str | None
    aspect: str | None
    """land | funds | quality | outcome: the heading of clause 四(三) that a finding falls under."""
    note: str | None
    by: str | None
    overdue: int
    behind: int
    unreported: int
    late_return: int
    inferred: int
    """Of these, how many rest on a lead, date or pace that the plan does not state."""


@dataclass(frozen=True, repr=False, eq=False)
class ReviewSheet:
    """`anju review show`: one assessment with its results and everything that was recorded of it."""

    plan: str
    quarter: str
    state: str
    as_of: date
    """Of the evidence: as frozen at the lock, else as it stands."""
    review: ReviewLine
    results: tuple[ResultRow, ...]
    events: tuple[ReviewEventRow, ...]


class Fact(NamedTuple):
    """Something recorded about a unit, with what it rests on."""

    plan: str
    unit: str
    quarter: str
    kind: str
    """result | objection | overdue | behind | unreported | late_return, or what followed: slip | interview | commitment
    | resolution | task."""
    member: str | None
    item: str | None
    item_name: str | None
    item_name_en: str | None
    clause: str | None
    due: date | None
    days: int | None
    cumulative: Quantity
    goal: Quantity
    gap_points: Decimal | None
    result: str | None
    words: str | None
    """What was typed with it; of what followed, its state."""
    inferred: tuple[str, ...]
    frozen: bool
    """As frozen at the lock; else as it stands."""
