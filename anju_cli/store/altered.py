"""Rows that are not what was recorded: their digest, or their number, does not fit."""

import sqlite3
from collections.abc import Iterator

from anju_cli.domain.digests import (
    entry_digest,
    event_digest,
    filing_digest,
    followup_digest,
    return_digest,
    revision_digest,
)
from anju_cli.i18n import _

NUMBERED = {
    "entry": "entry",
    "filing": "filing",
    "plan_revision": "revision",
    "project_event": "project",
    "followup": "followup",
}
"""The tables whose rows are numbered from 1 without a gap, each with what a row of it is called."""


def altered(connection: sqlite3.Connection) -> Iterator[tuple[str, int | None, str]]:
    """What a row is, its number, and what is wrong with it."""
    there = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    for table, code in NUMBERED.items():
        if table in there:  # an older version has fewer
            yield from _misnumbered(connection, table, code)
    changed = _("its content is not what was recorded")
    digests: dict[int, list[str]] = {}
    for row in connection.execute("SELECT * FROM entry ORDER BY id"):
        digests.setdefault(row["filing_id"], []).append(row["digest"])
        if entry_digest(row) != row["digest"]:
            yield "entry", row["id"], changed
    for row in connection.execute("SELECT * FROM filing ORDER BY id"):
        if filing_digest(row, digests.get(row["id"], [])) != row["digest"]:
            yield "filing", row["id"], changed
    for row in connection.execute("SELECT * FROM plan_revision ORDER BY id"):
        if revision_digest(row) != row["digest"]:
            yield "revision", row["id"], changed
    if "project_event" in there:
        for row in connection.execute("SELECT * FROM project_event ORDER BY id"):
            if event_digest(row) != row["digest"]:
                yield "project", row["id"], changed
    if "return_receipt" in there:
        for row in connection.execute("SELECT * FROM return_receipt ORDER BY id"):
            if return_digest(row) != row["digest"]:
                yield "return", row["id"], changed
    if "followup" in there:
        for row in connection.execute("SELECT * FROM followup ORDER BY id"):
            if followup_digest(row) != row["digest"]:
                yield "followup", row["id"], changed


def _misnumbered(connection: sqlite3.Connection, table: str, code: str) -> Iterator[tuple[str, int, str]]:
    """The first row that breaks the count; what the digests do not cover is the number."""
    for expected, (id,) in enumerate(connection.execute(f"SELECT id FROM {table} ORDER BY id"), 1):
        if id != expected:
            yield code, id, _("number {expected} was expected here").format(expected=expected)
            return
