"""What writers and checks ask of entries, in plain SQL: chains, moves, what is brought forward, what was carried."""

import sqlite3
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, NamedTuple

from anju_cli.domain.digests import ENTRY_CONTENT, digest
from anju_cli.domain.history import Move, move_of, stands
from anju_cli.domain.tally import Tally

ALL = 2**62
"""A filing number that no filing reaches: everything recorded."""

STANDS = "SUM(reports) > 0"
"""Of a group of entries: something was reported and not voided. `domain.history.stands` is the same of a sum."""

_CHAIN_STANDS = f"(SELECT {STANDS} FROM entry AS link WHERE link.id = {{first}} OR link.root = {{first}})"

_OWN = (
    "id, root, item, unit, project, happened_on, received_on, quantity, stated_total, reports FROM entry WHERE plan = ?"
)
_MOVES = f"SELECT {_OWN} ORDER BY id"
_MOVES_OF_ITEM = f"SELECT {_OWN} AND item = ? ORDER BY id"
_MOVES_OF_BODY = f"SELECT {_OWN} AND item = ? AND unit = ? ORDER BY id"

_FOLLOWED = """
SELECT root, SUM(reports) FROM entry WHERE plan = ? AND root IS NOT NULL AND filing_id <= ? GROUP BY root
"""

_STATED_BODIES = """
SELECT DISTINCT item, unit FROM entry WHERE plan = ? AND stated_total IS NOT NULL ORDER BY item, unit
"""

_CHAIN = f"SELECT {_CHAIN_STANDS.format(first=':entry')}"

_FILING_STANDS = f"""
SELECT EXISTS (
    SELECT 1 FROM entry WHERE filing_id = ? AND root IS NULL AND {_CHAIN_STANDS.format(first="entry.id")}
)
"""

_SUCCESSOR = "SELECT id FROM entry WHERE corrects = ?"

_BOOKED = "SELECT SUM(quantity) FROM entry WHERE plan = ? AND item = ?"

_BOOKED_OF_PROJECT = "SELECT SUM(quantity) FROM entry WHERE plan = ? AND item = ? AND project = ?"

_OF_EACH_QUARTER = (
    "SELECT quarter, SUM(quantity), SUM(reports) FROM entry WHERE plan = ? AND item = ? AND quantity IS NOT NULL"
)
_BOOKED_BY_PROJECT = """
SELECT project, SUM(quantity) FROM entry WHERE plan = ? AND item = ? AND project IS NOT NULL GROUP BY project
"""

_BY_QUARTER = f"{_OF_EACH_QUARTER} GROUP BY quarter"
_BY_QUARTER_OF_BODY = f"{_OF_EACH_QUARTER} AND unit = ? GROUP BY quarter"

_BROUGHT_FORWARD = """
SELECT item, unit, project, SUM(quantity) AS quantity
FROM entry
WHERE plan = :plan AND quarter < :quarter AND filing_id <= :upto AND quantity IS NOT NULL
  AND (:unit IS NULL OR unit = :unit)
GROUP BY item, unit, project
ORDER BY project, item
"""

_BOOKED_BEFORE = """
SELECT entry.item, entry.unit, entry.project,
       COALESCE(SUM(CASE WHEN entry.quarter < :quarter THEN entry.quantity END), 0) AS quantity,
       COALESCE(SUM(CASE WHEN entry.quarter = :quarter THEN entry.quantity END), 0) AS carried
FROM entry LEFT JOIN carried ON carried.entry_id = COALESCE(entry.root, entry.id)
WHERE entry.plan = :plan AND entry.filing_id <= :upto AND entry.quantity IS NOT NULL
  AND (entry.quarter < :quarter OR (entry.quarter = :quarter AND carried.for_quarter < :quarter))
GROUP BY entry.item, entry.unit, entry.project
ORDER BY entry.project, entry.item
"""

_OF_QUARTER = "COALESCE(carried.for_quarter, entry.quarter) = :quarter"

_SINCE = "entry.quarter >= :quarter AND carried.for_quarter < :quarter"
"""Carried out of a quarter before, and booked in this one or after it: in the cumulative all the same."""

_REPORTED = f"""
SELECT entry.item, entry.project,
       SUM(CASE WHEN {_OF_QUARTER} THEN entry.quantity END) AS quantity,
       COALESCE(SUM(CASE WHEN {_SINCE} THEN entry.quantity END), 0) AS carried
FROM entry LEFT JOIN carried ON carried.entry_id = COALESCE(entry.root, entry.id)
WHERE entry.plan = :plan AND entry.unit = :unit
  AND (entry.quarter = :quarter OR carried.for_quarter = :quarter OR ({_SINCE}))
GROUP BY entry.item, entry.project
"""

_NOTES = f"""
SELECT entry.item, entry.project, entry.note
FROM entry LEFT JOIN carried ON carried.entry_id = entry.id
WHERE entry.plan = :plan AND entry.unit = :unit AND {_OF_QUARTER} AND entry.note IS NOT NULL AND entry.root IS NULL
  AND {_CHAIN_STANDS.format(first="entry.id")}
"""

_CARRIED = "SELECT entry_id, for_quarter FROM carried WHERE plan = ?"

_CARRIED_DAY = "SELECT for_day FROM carried WHERE entry_id = ?"

_SETTLED_BY = f"""
SELECT entry_id FROM carried WHERE settles = ? AND {_CHAIN_STANDS.format(first="carried.entry_id")}
"""

_USED = "SELECT DISTINCT item, unit FROM entry WHERE plan = ?"

_FIRST_OF = "SELECT MIN(id) FROM entry WHERE plan = ? AND item = ? AND unit = ?"


class StoredEntry(NamedTuple):
    """A row of `entry`, by its columns: there may be very many, and the database takes them as they are."""

    id: int
    filing_id: int
    key: str
    plan: str
    item: str
    unit: str
    project: str | None
    quarter: int
    happened_on: str
    received_on: str
    quantity: int | None
    stated_total: int | None
    reports: int
    corrects: int | None
    root: int | None
    reason: str | None
    note: str | None
    evidence: str | None
    digest: str


COLUMNS = StoredEntry._fields
assert ("id", "filing_id", *ENTRY_CONTENT, "digest") == COLUMNS

_INSERT = f"INSERT INTO entry ({', '.join(COLUMNS)}) VALUES ({', '.join('?' * len(COLUMNS))})"


class BroughtForward(NamedTuple):
    """What one body had booked before a quarter on an item, or on one project of it, in smallest units."""

    item: str
    unit: str
    project: str | None
    quantity: int


class BookedBefore(NamedTuple):
    """What one body had booked before a quarter on an item or a project, and what it had carried into the quarter."""

    item: str
    unit: str
    project: str | None
    quantity: int
    carried: int
    """Kept as of an earlier quarter, and booked in this one or a later one."""


class Reported(NamedTuple):
    """What one body reported for a quarter on an item, or on one project of it; what is carried is of its own."""

    item: str
    project: str | None
    quantity: int | None
    """In smallest units; null where there are only words."""
    carried: int
    """Kept as of an earlier quarter, and booked in this one or a later one."""


class StandingNote(NamedTuple):
    """Words that were reported and still stand."""

    item: str
    project: str | None
    note: str


def moves(connection: sqlite3.Connection, plan: str) -> Iterator[tuple[str, Move]]:
    """All of a plan's entries with their items, as far as sums are concerned, in order."""
    return ((row["item"], move_of(row)) for row in connection.execute(_MOVES, (plan,)))


def voided(connection: sqlite3.Connection, plan: str, upto: int) -> set[int]:
    """The reports of a plan that did not stand any more after a filing."""
    return {root for root, followed in connection.execute(_FOLLOWED, (plan, upto)) if not stands(1 + followed)}


def bodies_that_stated(connection: sqlite3.Connection, plan: str) -> list[tuple[str, str]]:
    """The items, and the bodies, of which a total was stated."""
    return [(row["item"], row["unit"]) for row in connection.execute(_STATED_BODIES, (plan,))]


def moves_of(connection: sqlite3.Connection, plan: str, item: str, unit: str | None) -> tuple[Move, ...]:
    """The entries on one item, of one body or (null) of all, as far as sums are concerned, in order."""
    if unit is None:
        rows = connection.execute(_MOVES_OF_ITEM, (plan, item))
    else:
        rows = connection.execute(_MOVES_OF_BODY, (plan, item, unit))
    return tuple(move_of(row) for row in rows)


def chain_stands(connection: sqlite3.Connection, entry: int) -> bool:
    """Whether what an entry reported, the first of its chain, was not voided."""
    return bool(connection.execute(_CHAIN, {"entry": entry}).fetchone()[0])


def filing_stands(connection: sqlite3.Connection, filing: int) -> bool:
    """Whether anything that was reported in a filing still stands."""
    return bool(connection.execute(_FILING_STANDS, (filing,)).fetchone()[0])


def successor(connection: sqlite3.Connection, entry: int) -> int | None:
    """The entry that corrects or voids another; null where none does."""
    return _first(connection, _SUCCESSOR, entry)


def booked(connection: sqlite3.Connection, plan: str, item: str, project: str | None = None) -> int:
    """What all bodies have booked on an item, or on one project of it, in smallest units."""
    if project is None:
        return _first(connection, _BOOKED, plan, item) or 0
    return _first(connection, _BOOKED_OF_PROJECT, plan, item, project) or 0


def booked_by_project(connection: sqlite3.Connection, plan: str, item: str) -> dict[str, int]:
    """What all bodies have booked on every project of an item, in smallest units."""
    return {project: quantity or 0 for project, quantity in connection.execute(_BOOKED_BY_PROJECT, (plan, item))}


def by_quarter(connection: sqlite3.Connection, plan: str, item: str, unit: str | None) -> dict[int, Tally]:
    """What one body, or (null) all, booked on an item in each quarter: the sum, and how many figures stand."""
    if unit is None:
        rows = connection.execute(_BY_QUARTER, (plan, item))
    else:
        rows = connection.execute(_BY_QUARTER_OF_BODY, (plan, item, unit))
    return {quarter: Tally(quantity, figures=figures) for quarter, quantity, figures in rows}


def brought_forward(
    connection: sqlite3.Connection, plan: str, quarter: int, *, unit: str | None = None, upto: int = ALL
) -> list[BroughtForward]:
    """What was booked before a quarter, by all bodies or one, on every item and project; in order of project."""
    asked = {"plan": plan, "quarter": quarter, "unit": unit, "upto": upto}
    return [BroughtForward(*row) for row in connection.execute(_BROUGHT_FORWARD, asked)]


def booked_before(connection: sqlite3.Connection, plan: str, quarter: int, *, upto: int) -> list[BookedBefore]:
    """What stands before anything of a quarter itself is reported, of all bodies; in order of project."""
    asked = {"plan": plan, "quarter": quarter, "upto": upto}
    return [BookedBefore(*row) for row in connection.execute(_BOOKED_BEFORE, asked)]


def reported(connection: sqlite3.Connection, plan: str, unit: str, quarter: int) -> list[Reported]:
    """What a body reported for a quarter, by item and project."""
    asked = {"plan": plan, "unit": unit, "quarter": quarter}
    return [Reported(*row) for row in connection.execute(_REPORTED, asked)]


def notes(connection: sqlite3.Connection, plan: str, unit: str, quarter: int) -> list[StandingNote]:
    """The words of a body's reports for a quarter that still stand."""
    asked = {"plan": plan, "unit": unit, "quarter": quarter}
    return [StandingNote(*row) for row in connection.execute(_NOTES, asked)]


def carried(connection: sqlite3.Connection, plan: str) -> dict[int, int]:
    """By carried entry, the quarter it is kept as of."""
    return dict(tuple(row) for row in connection.execute(_CARRIED, (plan,)))


def carried_day(connection: sqlite3.Connection, entry: int) -> date | None:
    """The day a carried entry is kept as of; null for any other entry."""
    row = connection.execute(_CARRIED_DAY, (entry,)).fetchone()
    return date.fromisoformat(row[0]) if row else None


def settled_by(connection: sqlite3.Connection, entry: int) -> int | None:
    """The carried entry that corrects or voids this one beside its chain, while that stands."""
    return _first(connection, _SETTLED_BY, entry)


def items_used(connection: sqlite3.Connection, plan: str) -> list[tuple[str, str]]:
    """Every item that has entries, with each body that has entries on it."""
    return [(item, unit) for item, unit in connection.execute(_USED, (plan,))]


def first_entry(connection: sqlite3.Connection, plan: str, item: str, unit: str) -> int | None:
    """The first entry of a body on an item; null where it has none."""
    return _first(connection, _FIRST_OF, plan, item, unit)


def add_entries(connection: sqlite3.Connection, rows: Sequence[StoredEntry]) -> None:
    """Store entries; many at once, as an import of thousands needs."""
    connection.executemany(_INSERT, rows)


def add_carried(
    connection: sqlite3.Connection, plan: str, entry: int, quarter: int, day: date, settles: int | None
) -> None:
    """Keep that an entry, booked in the open quarter, is of a day in an earlier one."""
    _add(connection, "carried", (entry, plan, quarter, day.isoformat(), settles))


def add_restatement(
    connection: sqlite3.Connection, plan: str, filing: int, quarter: int, reason: str, document: str
) -> None:
    """Keep that a filing restates what was circulated from a quarter on, why, and by which document."""
    _add(connection, "restatement", (filing, plan, quarter, reason, document))


def _add(connection: sqlite3.Connection, table: str, values: tuple[Any, ...]) -> None:
    """Store a row under the next number, with its digest."""
    number = (_first(connection, f"SELECT MAX(id) FROM {table}") or 0) + 1
    content = (number, *values)
    marks = ", ".join("?" * (len(content) + 1))
    connection.execute(f"INSERT INTO {table} VALUES ({marks})", (*content, digest(content)))


def _first(connection: sqlite3.Connection, query: str, *asked: object) -> int | None:
    """The first column of the first row; null where there is none."""
    row = connection.execute(query, asked).fetchone()
    return row[0] if row else None
