"""Rows that are not what was recorded: their digest, or their number, does not fit."""

import sqlite3
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from anju_cli.domain import digests, reviews
from anju_cli.domain.digests import digest
from anju_cli.i18n import _
from anju_cli.store.sealed import every_table

CALLED = {
    **{"plan_revision": "revision", "project_event": "project", "return_receipt": "return"},
    **{"review_event": "review", "publication": "circulated"},
}
"""What a row of a table is called, where not as the table."""

ITS_DIGEST: dict[str, Callable[[Mapping[str, Any]], str]] = {
    "entry": digests.entry_digest,
    "plan_revision": digests.revision_digest,
    "project_event": digests.event_digest,
    "followup": digests.followup_digest,
    "return_receipt": digests.return_digest,
    "review_event": lambda row: digest(row[name] for name in reviews.EVENT_CONTENT),
    "publication": lambda row: digest(row[name] for name in reviews.PUBLICATION_CONTENT),
    "carried": lambda row: digest(row[name] for name in reviews.CARRIED_CONTENT),
    "restatement": lambda row: digest(row[name] for name in reviews.RESTATEMENT_CONTENT),
}
"""How the rows of each table are held against their digests; filings cover their entries, seals whole spans of rows."""


def altered(connection: sqlite3.Connection) -> Iterator[tuple[str, int | None, str]]:
    """What a row is, its number, and what is wrong with it."""
    there = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    tables = [table for table in every_table() if table in there]  # an older version has fewer
    for table in tables:
        yield from _misnumbered(connection, table)
    for table in tables:
        yield from _changed(connection, table)
    yield from _out_of_order(connection)
    yield from _unlike_their_entries(connection)
    if "publication" in there:
        for row in connection.execute("SELECT id, document, document_digest FROM publication ORDER BY id"):
            if digest([row["document"]]) != row["document_digest"]:
                yield "circulated", row["id"], _changed_words()


def _changed_words() -> str:
    return _("its content is not what was recorded")


def _changed(connection: sqlite3.Connection, table: str) -> Iterator[tuple[str, int, str]]:
    """Rows that their own digests do not fit."""
    if made := ITS_DIGEST.get(table):
        for row in connection.execute(f"SELECT * FROM {table} ORDER BY id"):
            if made(row) != row["digest"]:
                yield CALLED.get(table, table), row["id"], _changed_words()


def _out_of_order(connection: sqlite3.Connection) -> Iterator[tuple[str, int, str]]:
    """Entries whose numbers were exchanged: no digest covers them, yet corrections and carried entries go by them.

    Filings and keys rise as the numbers do, and a filing's digest covers its entries in order: that leaves each entry
    one number alone.
    """
    filing, key = 0, ""
    for row in connection.execute("SELECT id, filing_id, key FROM entry ORDER BY id"):
        if not isinstance(row["filing_id"], int) or not isinstance(row["key"], str):
            yield "entry", row["id"], _changed_words()
            continue
        if row["filing_id"] < filing or row["key"] <= key:
            yield "entry", row["id"], _("its number is not the one it was recorded under")
        filing, key = row["filing_id"], row["key"]


def _unlike_their_entries(connection: sqlite3.Connection) -> Iterator[tuple[str, int, str]]:
    """Filings whose digests do not fit what they and their entries say."""
    of_filing = "SELECT digest FROM entry WHERE filing_id = ? ORDER BY id"
    for row in connection.execute("SELECT * FROM filing ORDER BY id"):
        entries = [entry["digest"] for entry in connection.execute(of_filing, (row["id"],))]
        if digests.filing_digest(row, entries) != row["digest"]:
            yield "filing", row["id"], _changed_words()


def _misnumbered(connection: sqlite3.Connection, table: str) -> Iterator[tuple[str, int, str]]:
    """The first row that breaks the count from 1; what the digests do not cover is the number."""
    for expected, (id,) in enumerate(connection.execute(f"SELECT id FROM {table} ORDER BY id"), 1):
        if id != expected:
            called = CALLED.get(table, table)
            yield called, id, _("it does not follow row {before}").format(before=expected - 1)
            return
