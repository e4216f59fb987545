"""Everything that is asked of the database, in plain SQL with named parameters. SQL only sums; rules are Python."""

import json
import sqlite3
from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple

from anju_cli.domain.plan import Plan, from_document
from anju_cli.domain.tally import Tallies, Tally
from anju_cli.errors import Unavailable
from anju_cli.i18n import _
from anju_cli.store.review_queries import keep_carried

_TALLIES = """
SELECT item, unit, quarter, quantity, entries, reports,
       (SELECT received_on FROM entry AS each
        WHERE each.plan = :plan AND each.item = summed.item AND each.unit = summed.unit
          AND each.quarter = summed.quarter AND happened_on <= :until AND filing_id <= :upto
        GROUP BY received_on HAVING SUM(reports) > 0 ORDER BY received_on LIMIT 1) AS first_received
FROM (SELECT item, unit, quarter, SUM(quantity) AS quantity, COUNT(*) AS entries, SUM(reports) AS reports
      FROM entry
      WHERE plan = :plan AND happened_on <= :until AND filing_id <= :upto
      GROUP BY item, unit, quarter) AS summed
"""

# What is asked most is asked of everything recorded; a tenth of the time goes into comparing filing numbers.
_TALLIES_OF_ALL = _TALLIES.replace(" AND filing_id <= :upto", "")

_STEPS = """
SELECT unit, happened_on, SUM(quantity) AS change
FROM entry
WHERE plan = :plan AND item = :item AND happened_on <= :as_of AND filing_id <= :upto AND quantity IS NOT NULL
GROUP BY unit, happened_on
ORDER BY happened_on
"""

_MONTHS = """
SELECT item, substr(happened_on, 1, 7) AS month, SUM(quantity) AS quantity
FROM entry
WHERE plan = :plan AND happened_on <= :as_of AND filing_id <= :upto AND quantity IS NOT NULL
GROUP BY item, substr(happened_on, 1, 7)
"""

_REVISIONS = """
SELECT id, plan, revision, document_number, effective_on, spans_from, spans_to, who,
       recorded_at, digest
FROM plan_revision
ORDER BY plan, revision
"""

_DOCUMENT = "SELECT document FROM plan_revision WHERE plan = :plan AND revision = :revision"

_LAST_FILING = """
SELECT id, recorded_at, digest
FROM filing
WHERE plan = :plan AND id <= :upto
ORDER BY id DESC
LIMIT 1
"""

_KNOWN_AT = "SELECT MAX(id) FROM filing WHERE recorded_at <= :moment"

_RECORDED_AT = "SELECT recorded_at FROM filing WHERE id = :filing"

_ENTRIES = """
SELECT entry.id, entry.filing_id AS filing, carried.for_quarter, restatement.document,
       entry.item, entry.unit, entry.project, entry.quarter, entry.happened_on,
       entry.received_on, filing.recorded_at, filing.who, filing.via, filing.reference, filing.digest AS filing_digest,
       entry.quantity, entry.stated_total, entry.reports, entry.corrects, entry.reason, entry.note, entry.evidence,
       (SELECT later.id FROM entry AS later WHERE later.corrects = entry.id AND later.filing_id <= :upto)
           AS corrected_by
FROM entry JOIN filing ON filing.id = entry.filing_id
LEFT JOIN carried ON carried.entry_id = entry.id
LEFT JOIN restatement ON restatement.filing_id = filing.id
WHERE entry.plan = :plan AND entry.filing_id <= :upto AND entry.happened_on <= :as_of
  AND (:item IS NULL OR entry.item = :item)
  AND (:unit IS NULL OR entry.unit = :unit)
  AND (:quarter IS NULL OR entry.quarter = :quarter)
  AND (:filing IS NULL OR entry.filing_id = :filing)
  AND (:entry IS NULL OR entry.id = :entry OR entry.root = :entry
       OR entry.id = (SELECT root FROM entry WHERE id = :entry)
       OR entry.root = (SELECT root FROM entry WHERE id = :entry))
ORDER BY entry.id
"""

_MOVES = """
SELECT id, root, item, unit, project, happened_on, received_on, quantity, stated_total, reports
FROM entry
WHERE plan = :plan
ORDER BY id
"""

ALL = 2**62
"""A filing number that no filing reaches: everything recorded."""


class Revision(NamedTuple):
    """A recorded state of a plan, without its document."""

    id: int
    plan: str
    revision: int
    document_number: str | None
    effective_on: date | None
    spans_from: date
    spans_to: date
    who: str
    recorded_at: str
    digest: str


def revisions(connection: sqlite3.Connection) -> list[Revision]:
    """Every plan's revisions, in order."""
    return [_revision(row) for row in connection.execute(_REVISIONS)]


def _revision(row: sqlite3.Row) -> Revision:
    try:
        return Revision(**dict(row) | {name: _day(row[name]) for name in ("effective_on", "spans_from", "spans_to")})
    except (ValueError, TypeError) as fault:
        raise _damaged("plan_revision", row["id"]) from fault


def _damaged(table: str, id: object) -> Unavailable:
    hint = _("restore a backup")
    return Unavailable(_("the database is damaged: {table} {id}").format(table=table, id=id), hint=hint)


def plan_document(connection: sqlite3.Connection, plan: str, revision: int) -> Plan:
    """The resolved plan of one revision."""
    (document,) = connection.execute(_DOCUMENT, {"plan": plan, "revision": revision}).fetchone()
    try:
        return from_document(json.loads(document))
    except (ValueError, TypeError, KeyError, AttributeError) as fault:
        raise _damaged("plan_revision", f"{plan} {revision}") from fault


def tallies(connection: sqlite3.Connection, plan: str, *, until: date, upto: int) -> Tallies:
    """The sums by item, body and quarter of what happened until a date: one scan over one index."""
    asked = {"plan": plan, "until": until.isoformat(), "upto": upto}
    found: dict[str, dict[str, dict[int, Tally]]] = {}
    rows = connection.execute(_TALLIES_OF_ALL if upto == ALL else _TALLIES, asked)
    for item, unit, quarter, quantity, entries, reports, first in rows:
        found.setdefault(item, {}).setdefault(unit, {})[quarter] = Tally(quantity, entries, reports, _day(first))
    keep_carried(connection, found, plan, until=until, upto=upto)
    return Tallies(found)


def steps(
    connection: sqlite3.Connection, plan: str, item: str, *, as_of: date, upto: int
) -> dict[str, list[tuple[date, int]]]:
    """For each body, the dated changes of its level on a milestone, in order of date."""
    asked = {"plan": plan, "item": item, "as_of": as_of.isoformat(), "upto": upto}
    found: dict[str, list[tuple[date, int]]] = {}
    for unit, day, change in connection.execute(_STEPS, asked):
        found.setdefault(unit, []).append((date.fromisoformat(day), change))
    return found


def months(connection: sqlite3.Connection, plan: str, *, as_of: date, upto: int) -> dict[str, dict[str, int]]:
    """For each item, the quantity of each month, `2020-06`."""
    found: dict[str, dict[str, int]] = {}
    for item, month, quantity in connection.execute(_MONTHS, {"plan": plan, "as_of": as_of.isoformat(), "upto": upto}):
        found.setdefault(item, {})[month] = quantity
    return found


def last_filing(connection: sqlite3.Connection, plan: str, upto: int) -> sqlite3.Row | None:
    """A plan's last filing known by then: id, recorded_at, digest."""
    return connection.execute(_LAST_FILING, {"plan": plan, "upto": upto}).fetchone()  # type: ignore[no-any-return]


def filing_known_at(connection: sqlite3.Connection, moment: str) -> int:
    """The last filing recorded by a moment; 0 where there was none."""
    (filing,) = connection.execute(_KNOWN_AT, {"moment": moment}).fetchone()
    return filing or 0


def filing_recorded_at(connection: sqlite3.Connection, filing: int) -> str | None:
    """When a filing was recorded; null where there is no such filing."""
    row = connection.execute(_RECORDED_AT, {"filing": filing}).fetchone()
    return row[0] if row else None


def entries(
    connection: sqlite3.Connection,
    plan: str,
    *,
    as_of: date,
    upto: int,
    item: str | None = None,
    unit: str | None = None,
    quarter: int | None = None,
    filing: int | None = None,
    entry: int | None = None,
) -> list[dict[str, Any]]:
    """Entries with their filings, in order; `entry` stands for the whole chain it is in."""
    asked = {"plan": plan, "as_of": as_of.isoformat(), "upto": upto, "item": item, "unit": unit}
    rows = connection.execute(_ENTRIES, asked | {"quarter": quarter, "filing": filing, "entry": entry})
    return [dict(row) for row in rows]


def moves(connection: sqlite3.Connection, plan: str) -> Iterator[sqlite3.Row]:
    """All of a plan's entries, as far as sums are concerned, in order."""
    return connection.execute(_MOVES, {"plan": plan})


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
