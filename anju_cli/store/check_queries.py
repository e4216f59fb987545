"""What checks ask of the file as a whole, in plain SQL: pages, references, digests, counts."""

import sqlite3
from collections.abc import Iterator
from typing import NamedTuple

from anju_cli.store.location import disagreement

_DIGESTS = {"filing": "SELECT digest FROM filing", "seal": "SELECT digest FROM seal"}


class Lost(NamedTuple):
    """A row that names another which is not there."""

    table: str
    row: int | None
    parent: str


class Contents(NamedTuple):
    """How much a database holds."""

    plans: int
    filings: int
    entries: int
    last_digest: str | None
    """Of the last filing; null where nothing was filed."""


def pages(connection: sqlite3.Connection) -> Iterator[str]:
    """What SQLite itself finds wrong with the pages and indexes, in our words."""
    for (finding,) in connection.execute("PRAGMA integrity_check"):
        if finding != "ok":
            yield disagreement(finding)


def lost_references(connection: sqlite3.Connection) -> Iterator[Lost]:
    """Rows that name another which is not there."""
    for table, row, parent, _key in connection.execute("PRAGMA foreign_key_check"):
        yield Lost(table, row, parent)


def digests_of(connection: sqlite3.Connection, table: str) -> Iterator[str]:
    """The digest of every filing, or of every seal."""
    return (digest for (digest,) in connection.execute(_DIGESTS[table]))


def read_any_text(connection: sqlite3.Connection) -> None:
    """Read texts whose bytes are no text any more: their rows are to be named all the same."""
    connection.text_factory = lambda text: text.decode("utf-8", "replace")


def contents(connection: sqlite3.Connection) -> Contents:
    """How much a database holds, over all plans."""
    counted = "SELECT (SELECT COUNT(DISTINCT plan) FROM plan_revision), (SELECT COUNT(*) FROM filing), "
    row = connection.execute(counted + "(SELECT COUNT(*) FROM entry)").fetchone()
    last = connection.execute("SELECT digest FROM filing ORDER BY id DESC LIMIT 1").fetchone()
    return Contents(row[0], row[1], row[2], last[0] if last else None)


def journal_mode(connection: sqlite3.Connection) -> str:
    """How SQLite keeps the journal of this file."""
    (mode,) = connection.execute("PRAGMA journal_mode").fetchone()
    return str(mode)


def last_recorded_at(connection: sqlite3.Connection) -> str | None:
    """When the last filing was recorded; null where there is none."""
    row = connection.execute("SELECT recorded_at FROM filing ORDER BY id DESC LIMIT 1").fetchone()
    return row[0] if row else None


def what_copies_precede(connection: sqlite3.Connection) -> tuple[int, int]:
    """What a copy is kept before: the version of the database, and how many reviews were closed in it."""
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'review_event'").fetchone() is None:
        return version, 0
    (closed,) = connection.execute("SELECT COUNT(*) FROM review_event WHERE event = 'close'").fetchone()
    return version, closed
