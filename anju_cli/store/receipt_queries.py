"""What is asked of the returns that one body sent for one quarter."""

import sqlite3
from datetime import date
from typing import NamedTuple

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


class ReturnKey(NamedTuple):
    """ReturnKey return it is, and for which quarter."""

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
