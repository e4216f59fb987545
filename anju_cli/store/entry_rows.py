"""Entries with what their filings say of them, as lists and the log show them: read piece by piece, never all held."""

import sqlite3
from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple

from anju_cli.stream import Stream

PIECE = 2_000
"""Rows that are read at once."""

_ROWS = """
SELECT entry.id, entry.filing_id AS filing, carried.for_quarter, restatement.document,
       entry.item, entry.unit, entry.project, entry.quarter, entry.happened_on,
       entry.received_on, filing.recorded_at, filing.who, filing.via, filing.reference, filing.digest AS filing_digest,
       entry.quantity, entry.stated_total, entry.reports, entry.corrects, entry.reason, entry.note, entry.evidence,
       (SELECT later.id FROM entry AS later WHERE later.corrects = entry.id AND later.filing_id <= :upto)
           AS corrected_by
FROM entry {reached} JOIN filing ON filing.id = entry.filing_id
LEFT JOIN carried ON carried.entry_id = entry.id
LEFT JOIN restatement ON restatement.filing_id = filing.id
WHERE entry.plan = :plan AND entry.filing_id <= :upto
"""

# An index would be faster for few rows, but all rows would have to be sorted again for each piece.
_PIECE = f"""
{_ROWS.format(reached="NOT INDEXED")}
  AND entry.id > :after AND entry.happened_on <= :as_of
  AND (:item IS NULL OR entry.item = :item)
  AND (:quarter IS NULL OR entry.quarter = :quarter)
  AND (:filing IS NULL OR entry.filing_id = :filing)
ORDER BY entry.id
LIMIT :most
"""

_CHAIN = f"""
{_ROWS.format(reached="")}
  AND (entry.id = :entry OR entry.root = :entry
       OR entry.id = (SELECT root FROM entry WHERE id = :entry)
       OR entry.root = (SELECT root FROM entry WHERE id = :entry))
ORDER BY entry.id
"""

_LAST_FILING = "SELECT coalesce(MAX(id), 0) FROM filing"


class EntryRecord(NamedTuple):
    """An entry with what its filing says of it."""

    id: int
    filing: int
    for_quarter: int | None
    """The quarter it is kept as of, where it is carried."""
    document: str | None
    """Of the restatement that it is part of."""
    item: str
    unit: str
    project: str | None
    quarter: int
    on: date
    received_on: date
    recorded_at: str
    who: str
    via: str | None
    reference: str | None
    filing_digest: str
    quantity: int | None
    stated_total: int | None
    reports: int
    corrects: int | None
    reason: str | None
    note: str | None
    evidence: str | None
    corrected_by: int | None


def entries(
    connection: sqlite3.Connection,
    plan: str,
    *,
    as_of: date,
    upto: int,
    item: str | None = None,
    quarter: int | None = None,
    filing: int | None = None,
) -> Stream[EntryRecord]:
    """The entries of a plan in order, as far as they are recorded now.

    Each piece is a short question of its own, so that outside a transaction nobody who writes waits for whoever reads.
    """
    (last,) = connection.execute(_LAST_FILING).fetchone()
    asked = {"plan": plan, "as_of": as_of.isoformat(), "upto": min(upto, last)}
    asked |= {"item": item, "quarter": quarter, "filing": filing}
    return Stream(lambda: _piece_by_piece(connection, asked))


def _piece_by_piece(connection: sqlite3.Connection, asked: dict[str, Any]) -> Iterator[EntryRecord]:
    after = 0
    while rows := connection.execute(_PIECE, asked | {"after": after, "most": PIECE}).fetchall():
        yield from map(_record, rows)
        after = rows[-1]["id"]


def chain(connection: sqlite3.Connection, plan: str, entry: int, *, upto: int) -> list[EntryRecord]:
    """An entry and all that it corrects or that corrects it, in order; none where there is no such entry."""
    return list(map(_record, connection.execute(_CHAIN, {"plan": plan, "upto": upto, "entry": entry})))


def _record(row: sqlite3.Row) -> EntryRecord:
    values = tuple(row)
    days = (date.fromisoformat(day) for day in values[8:10])
    return EntryRecord._make((*values[:8], *days, *values[10:]))
