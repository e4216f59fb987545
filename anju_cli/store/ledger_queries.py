"""What writers ask of the ledger as a whole, in plain SQL: where it ends, which plans and bodies it names."""

import json
import sqlite3
from datetime import date
from typing import NamedTuple

from anju_cli.domain.choosing import Span
from anju_cli.store.queries import YEAR

_ENDS = """
SELECT coalesce((SELECT MAX(id) FROM filing), 0) + 1,
       coalesce((SELECT MAX(id) FROM entry), 0) + 1,
       coalesce((SELECT MAX(id) FROM plan_revision), 0) + 1,
       max(coalesce((SELECT recorded_at FROM filing ORDER BY id DESC LIMIT 1), ''),
           coalesce((SELECT recorded_at FROM plan_revision ORDER BY id DESC LIMIT 1), ''),
           coalesce((SELECT recorded_at FROM project_event ORDER BY id DESC LIMIT 1), ''),
           coalesce((SELECT recorded_at FROM followup ORDER BY id DESC LIMIT 1), ''),
           coalesce((SELECT recorded_at FROM return_receipt ORDER BY id DESC LIMIT 1), ''),
           coalesce((SELECT recorded_at FROM review_event ORDER BY id DESC LIMIT 1), ''),
           coalesce((SELECT recorded_at FROM seal ORDER BY id DESC LIMIT 1), ''))
"""

_SPANS = f"SELECT plan, {YEAR}, spans_from, spans_to FROM plan_revision ORDER BY id"

_BODIES = """
SELECT unit FROM entry WHERE plan = :plan
UNION SELECT unit FROM return_receipt WHERE plan = :plan
UNION SELECT unit FROM review_event WHERE plan = :plan AND unit IS NOT NULL
UNION SELECT value FROM project_event WHERE plan = :plan AND field = 'unit' AND value IS NOT NULL
"""

_FOLLOWED = "SELECT content FROM followup WHERE plan = :plan"

_LAST_NUMBER = {
    table: f"SELECT coalesce(MAX(id), 0) + 1 FROM {table}"
    for table in ("followup", "project_event", "publication", "return_receipt", "review_event")
}


class Ends(NamedTuple):
    """Where the ledger ends: what comes next, and when the last was recorded (empty where there is nothing yet)."""

    next_filing: int
    next_entry: int
    next_revision: int
    recorded_at: str


def ends(connection: sqlite3.Connection) -> Ends:
    """How far the ledger has come."""
    return Ends(*connection.execute(_ENDS).fetchone())


def next_number(connection: sqlite3.Connection, table: str) -> int:
    """The number of the next row of a table that is counted from 1."""
    (number,) = connection.execute(_LAST_NUMBER[table]).fetchone()
    return int(number)


def spans(connection: sqlite3.Connection) -> dict[str, Span]:
    """Every plan with the time for which it holds."""
    return {
        plan: Span(year, date.fromisoformat(first), date.fromisoformat(last))
        for plan, year, first, last in connection.execute(_SPANS).fetchall()
    }


def filings(connection: sqlite3.Connection) -> int:
    """How many filings there are, of all plans."""
    (count,) = connection.execute("SELECT COUNT(*) FROM filing").fetchone()
    return int(count)


def bodies_named(connection: sqlite3.Connection, plan: str) -> set[str]:
    """The bodies that entries, returns, reviews, facilities or follow-up of a plan name."""
    bodies = {body for (body,) in connection.execute(_BODIES, {"plan": plan})}
    for (content,) in connection.execute(_FOLLOWED, {"plan": plan}):
        stated = json.loads(content)
        bodies.update(body for name in ("units", "present", "absent") for body in stated.get(name, ()))
    return bodies
