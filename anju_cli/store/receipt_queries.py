"""What is asked of the returns that came as files: all of a plan, or those of one body for one quarter."""

import sqlite3
from datetime import date
from typing import NamedTuple

from anju_cli.domain.returned import Receipt, Receipts

_RECEIVED = """
SELECT received_on, state FROM return_receipt
WHERE plan = ? AND unit = ? AND quarter = ?
ORDER BY received_on, id
"""

_ADOPTED = """
SELECT filing_id FROM return_receipt
WHERE plan = ? AND unit = ? AND quarter = ? AND state = 'adopted' AND content_sha256 = ?
ORDER BY id DESC
LIMIT 1
"""

_LAST = """
SELECT source_sha256, state, received_on, problems FROM return_receipt
WHERE plan = ? AND unit = ? AND quarter = ?
ORDER BY id DESC
LIMIT 1
"""

_RECEIPTS = """
SELECT unit, quarter, received_on, state, recorded_at, who, source, filing_id AS filing
FROM return_receipt
WHERE plan = :plan AND (:moment IS NULL OR recorded_at <= :moment)
ORDER BY received_on, id
"""


class ReceivedReturn(NamedTuple):
    """A return that came as a file: whose, for which quarter, when, and what became of it."""

    unit: str
    quarter: int
    received_on: date
    state: str
    recorded_at: str
    who: str
    source: str
    filing: int | None


class ReturnKey(NamedTuple):
    """Whose return it is, and for which quarter."""

    plan: str
    unit: str
    quarter: int


class AdoptedReturn(NamedTuple):
    """A return that was adopted, with the filing it became; null where it brought nothing new."""

    filing: int | None


class LastReturn(NamedTuple):
    """What tells the last return from the next."""

    source_sha256: str
    state: str
    received_on: date
    problems: int


def received(connection: sqlite3.Connection, whose: ReturnKey) -> list[tuple[date, str]]:
    """The day and the state of each return, in order of receipt."""
    return [(date.fromisoformat(day), state) for day, state in connection.execute(_RECEIVED, whose)]


def adopted(connection: sqlite3.Connection, whose: ReturnKey, content: str) -> AdoptedReturn | None:
    """The last return of this content that was adopted, whether or not it was undone since."""
    row = connection.execute(_ADOPTED, (*whose, content)).fetchone()
    return AdoptedReturn(row[0]) if row else None


def last_return(connection: sqlite3.Connection, whose: ReturnKey) -> LastReturn | None:
    """The last return that was received; null where none was."""
    row = connection.execute(_LAST, whose).fetchone()
    return LastReturn(row[0], row[1], date.fromisoformat(row[2]), row[3]) if row else None


def receipts(connection: sqlite3.Connection, plan: str, moment: str | None) -> Receipts:
    """The returns that were received, as far as recorded by a moment."""
    found: dict[tuple[str, int], list[Receipt]] = {}
    for row in return_receipts(connection, plan, moment):
        found.setdefault((row.unit, row.quarter), []).append(Receipt(row.received_on, row.state))
    return found


def return_receipts(connection: sqlite3.Connection, plan: str, moment: str | None) -> list[ReceivedReturn]:
    """The returns that came as files, in order of receipt: whose, for which quarter, when, what became of each."""
    rows = connection.execute(_RECEIPTS, {"plan": plan, "moment": moment})
    return [ReceivedReturn._make([*row[:2], date.fromisoformat(row[2]), *row[3:]]) for row in map(tuple, rows)]
