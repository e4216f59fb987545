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
    changed = _("its content is not what was recorded")
    of_filing: dict[int, list[str]] = {}
    for table in tables:
        if table not in ITS_DIGEST:
            continue
        for row in connection.execute(f"SELECT * FROM {table} ORDER BY id"):
            if table == "entry":
                of_filing.setdefault(row["filing_id"], []).append(row["digest"])
            if ITS_DIGEST[table](row) != row["digest"]:
                yield CALLED.get(table, table), row["id"], changed
    for row in connection.execute("SELECT * FROM filing ORDER BY id"):
        if digests.filing_digest(row, of_filing.get(row["id"], [])) != row["digest"]:
            yield "filing", row["id"], changed
    if "publication" in there:
        for row in connection.execute("SELECT id, document, document_digest FROM publication ORDER BY id"):
            if digest([row["document"]]) != row["document_digest"]:
                yield "circulated", row["id"], changed


def _misnumbered(connection: sqlite3.Connection, table: str) -> Iterator[tuple[str, int, str]]:
    """The first row that breaks the count from 1; what the digests do not cover is the number."""
    for expected, (id,) in enumerate(connection.execute(f"SELECT id FROM {table} ORDER BY id"), 1):
        if id != expected:
            called = CALLED.get(table, table)
            yield called, id, _("it does not follow row {before}").format(before=expected - 1)
            return
