"""What the reviews of a plan say to whoever writes: which quarters are locked, until when returns may come."""

from __future__ import annotations

from typing import TYPE_CHECKING

from anju_cli.domain.periods import Review, review
from anju_cli.domain.reviews import Assessment, Event, assessments, deadlines, event_of

if TYPE_CHECKING:
    from anju_cli.ledger.book import Book

_EVENTS = "SELECT * FROM review_event WHERE plan = ? ORDER BY id"


def _events(book: Book) -> list[Event]:
    """Asked inside the writing transaction each time: nobody can lock a quarter between the question and the commit."""
    return [event_of(row) for row in book.session.connection().exec_driver_sql(_EVENTS, (book.plan.id,)).mappings()]


def assessed(book: Book) -> dict[int, Assessment]:
    """The assessments of the plan as recorded by now."""
    return assessments(_events(book))


def locked_quarters(book: Book) -> list[int]:
    """The quarters whose data are locked now, in order."""
    return sorted(quarter for quarter, each in assessed(book).items() if each.locked)


def review_of(book: Book, quarter: int) -> Review:
    """The dates of a quarter's assessment, a circular's deadline included."""
    return review(book.plan, quarter, book.calendar, deadlines(_events(book)))
