"""What is asked of the project register: every change recorded of a plan's projects, and what entries say of each."""

import sqlite3
from collections.abc import Sequence
from typing import Any

from anju_cli.domain.digests import EVENT_CONTENT
from anju_cli.domain.projects import Change, change_of

_CHANGES = """
SELECT id, project, part, subject, field, value, act, happened_on, reason, document, source, who, recorded_at
FROM project_event
WHERE plan = :plan AND (:known_at IS NULL OR recorded_at <= :known_at)
ORDER BY id
"""

_SUMS = """
SELECT project, item, SUM(quantity) AS quantity
FROM entry
WHERE plan = :plan AND project IS NOT NULL AND happened_on <= :until AND filing_id <= :upto
GROUP BY project, item
"""

COLUMNS = ("id", *EVENT_CONTENT, "digest")
"""The columns of a change to the register, in the order of the table."""

_INSERT = f"INSERT INTO project_event ({', '.join(COLUMNS)}) VALUES ({', '.join('?' * len(COLUMNS))})"


def changes(connection: sqlite3.Connection, plan: str, known_at: str | None = None) -> list[Change]:
    """The register of a plan as it was recorded by a moment, change by change, in order."""
    return [change_of(row) for row in connection.execute(_CHANGES, {"plan": plan, "known_at": known_at})]


def project_sums(connection: sqlite3.Connection, plan: str, *, until: str, upto: int) -> dict[tuple[str, str], int]:
    """By project and item, the sum of the entries that name the project."""
    rows = connection.execute(_SUMS, {"plan": plan, "until": until, "upto": upto})
    return {(project, item): quantity or 0 for project, item, quantity in rows}


def add_changes(connection: sqlite3.Connection, rows: Sequence[tuple[Any, ...]]) -> None:
    """Store changes, each given by the values of `COLUMNS`; many at once: a register of thousands comes in one file."""
    connection.executemany(_INSERT, rows)
