"""Everything that is asked of the database, in plain SQL with named parameters. SQL only sums; rules are Python."""

import json
import sqlite3
from datetime import date
from typing import Any, NamedTuple

from anju_cli.domain.choosing import Span
from anju_cli.domain.digests import filing_digest, followup_digest, revision_digest
from anju_cli.domain.matters import MatterEvent
from anju_cli.domain.plan import Plan
from anju_cli.domain.plan_documents import plan_of_document
from anju_cli.domain.tally import Tallies, Tally
from anju_cli.i18n import _
from anju_cli.store.entry_queries import ALL, STANDS
from anju_cli.store.location import damaged
from anju_cli.store.review_queries import keep_carried

_TALLIES = f"""
SELECT item, unit, quarter, quantity, entries, reports, figures,
       (SELECT received_on FROM entry AS each
        WHERE each.plan = :plan AND each.item = summed.item AND each.unit = summed.unit
          AND each.quarter = summed.quarter AND happened_on <= :until AND filing_id <= :upto
        GROUP BY received_on HAVING {STANDS} ORDER BY received_on LIMIT 1) AS first_received
FROM (SELECT item, unit, quarter, SUM(quantity) AS quantity, COUNT(*) AS entries, SUM(reports) AS reports,
             SUM(CASE WHEN quantity IS NULL THEN 0 ELSE reports END) AS figures
      FROM entry
      WHERE plan = :plan AND happened_on <= :until AND filing_id <= :upto
      GROUP BY item, unit, quarter) AS summed
"""

# What is asked most is asked of everything recorded; a tenth of the time goes into comparing filing numbers.
_TALLIES_OF_ALL = _TALLIES.replace(" AND filing_id <= :upto", "")

_STEPS = """
SELECT entry.unit, COALESCE(carried.for_day, entry.happened_on) AS day, SUM(entry.quantity) AS change
FROM entry LEFT JOIN carried ON carried.entry_id = COALESCE(entry.root, entry.id)
WHERE entry.plan = :plan AND entry.item = :item AND entry.happened_on <= :as_of AND entry.filing_id <= :upto
  AND entry.quantity IS NOT NULL
GROUP BY entry.unit, day
ORDER BY day
"""

_MONTHS = """
SELECT item, substr(happened_on, 1, 7) AS month, SUM(quantity) AS quantity, SUM(reports) AS figures
FROM entry
WHERE plan = :plan AND happened_on <= :as_of AND filing_id <= :upto AND quantity IS NOT NULL
GROUP BY item, substr(happened_on, 1, 7)
"""

# A plan that starts in January is of the year in which it does; any other says which it calls its year, unless its
# document is damaged, which is found where it is read.
YEAR = """COALESCE(CASE WHEN spans_from NOT LIKE '%-01-01' AND json_valid(document)
                  THEN json_extract(document, '$.year') END, CAST(substr(spans_from, 1, 4) AS INTEGER))"""

_REVISIONS = f"""
SELECT id, plan, revision, document_number, effective_on, {YEAR} AS year, spans_from, spans_to, who,
       recorded_at, digest
FROM plan_revision
ORDER BY plan, revision
"""

_DOCUMENT = "SELECT document FROM plan_revision WHERE plan = :plan AND revision = :revision"

_LAST_FILING = """
SELECT *
FROM filing
WHERE plan = :plan AND id <= :upto
ORDER BY id DESC
LIMIT 1
"""

_KNOWN_AT = "SELECT MAX(id) FROM filing WHERE recorded_at <= :moment"

_RECORDED_AT = "SELECT recorded_at FROM filing WHERE id = :filing"

_PROJECTS = "SELECT EXISTS (SELECT 1 FROM project_event WHERE plan = :plan)"

_FOLLOWUP = """
SELECT *
FROM followup
WHERE plan = :plan AND happened_on <= :as_of AND (:moment IS NULL OR recorded_at <= :moment)
ORDER BY id
"""


class Revision(NamedTuple):
    """A recorded state of a plan, without its document."""

    id: int
    plan: str
    revision: int
    document_number: str | None
    effective_on: date | None
    year: int
    spans_from: date
    spans_to: date
    who: str
    recorded_at: str
    digest: str

    @property
    def span(self) -> Span:
        """When its plan holds."""
        return Span(self.year, self.spans_from, self.spans_to)


class LastFiling(NamedTuple):
    """How far a plan's ledger had come."""

    id: int
    digest: str


def revisions(connection: sqlite3.Connection) -> list[Revision]:
    """Every plan's revisions, in order."""
    return [_revision(row) for row in connection.execute(_REVISIONS)]


def _revision(row: sqlite3.Row) -> Revision:
    try:
        return Revision(**dict(row) | {name: _day(row[name]) for name in ("effective_on", "spans_from", "spans_to")})
    except (ValueError, TypeError) as fault:
        raise damaged(f"plan_revision {row['id']}") from fault


def check_recorded(connection: sqlite3.Connection, plan: str) -> None:
    """Refuse a plan of which any revision is not what was recorded: dates decide which of them is in effect."""
    for row in connection.execute("SELECT * FROM plan_revision WHERE plan = :plan", {"plan": plan}):
        if revision_digest(row) != row["digest"]:
            what = _("the plan, revision {n}, is not what was recorded")
            raise damaged(what.format(n=row["revision"]))


def plan_document(connection: sqlite3.Connection, plan: str, revision: int) -> Plan:
    """The resolved plan of one revision.

    Raises Unavailable where what is stored is no plan.
    """
    (document,) = connection.execute(_DOCUMENT, {"plan": plan, "revision": revision}).fetchone()
    try:
        return plan_of_document(document)
    except (ValueError, TypeError, KeyError, AttributeError) as fault:
        raise damaged(f"plan_revision {plan} {revision}") from fault


def tallies(connection: sqlite3.Connection, plan: str, *, until: date, upto: int) -> Tallies:
    """The sums by item, body and quarter of what happened until a date: one scan over one index."""
    asked = {"plan": plan, "until": until.isoformat(), "upto": upto}
    found: dict[str, dict[str, dict[int, Tally]]] = {}
    rows = connection.execute(_TALLIES_OF_ALL if upto == ALL else _TALLIES, asked)
    for item, unit, quarter, quantity, entries, reports, figures, first in rows:
        tally = Tally(quantity, entries, reports, _day(first), figures)
        found.setdefault(item, {}).setdefault(unit, {})[quarter] = tally
    keep_carried(connection, found, plan, until=until, upto=upto)
    return Tallies(found)


def steps(
    connection: sqlite3.Connection, plan: str, item: str, *, as_of: date, upto: int
) -> dict[str, list[tuple[date, int]]]:
    """For each body, the changes of its level on a milestone by day; what was carried is of the day it is kept for."""
    asked = {"plan": plan, "item": item, "as_of": as_of.isoformat(), "upto": upto}
    found: dict[str, list[tuple[date, int]]] = {}
    for unit, day, change in connection.execute(_STEPS, asked):
        found.setdefault(unit, []).append((date.fromisoformat(day), change))
    return found


def months(connection: sqlite3.Connection, plan: str, *, as_of: date, upto: int) -> dict[str, dict[str, Tally]]:
    """For each item, the figures of each month, `2020-06`: their sum, and how many stand."""
    asked = {"plan": plan, "as_of": as_of.isoformat(), "upto": upto}
    found: dict[str, dict[str, Tally]] = {}
    for item, month, quantity, figures in connection.execute(_MONTHS, asked):
        found.setdefault(item, {})[month] = Tally(quantity, figures=figures)
    return found


def last_filing(connection: sqlite3.Connection, plan: str, upto: int) -> LastFiling | None:
    """A plan's last filing known by then; refused where it is not what was recorded, for reports print its receipt."""
    row = connection.execute(_LAST_FILING, {"plan": plan, "upto": upto}).fetchone()
    if row is not None:
        rows = connection.execute("SELECT digest FROM entry WHERE filing_id = :id ORDER BY id", {"id": row["id"]})
        if filing_digest(dict(row), [digest for (digest,) in rows]) != row["digest"]:
            raise damaged(_("filing {n} is not what was recorded").format(n=row["id"]))
    return LastFiling(row["id"], row["digest"]) if row is not None else None


def filing_known_at(connection: sqlite3.Connection, moment: str) -> int:
    """The last filing recorded by a moment; 0 where there was none."""
    (filing,) = connection.execute(_KNOWN_AT, {"moment": moment}).fetchone()
    return filing or 0


def filing_recorded_at(connection: sqlite3.Connection, filing: int) -> str | None:
    """When a filing was recorded; null where there is no such filing."""
    row = connection.execute(_RECORDED_AT, {"filing": filing}).fetchone()
    return row[0] if row else None


def has_projects(connection: sqlite3.Connection, plan: str) -> bool:
    """Whether anything is recorded in a plan's project register."""
    return bool(connection.execute(_PROJECTS, {"plan": plan}).fetchone()[0])


def followup(
    connection: sqlite3.Connection, plan: str, *, as_of: date = date.max, moment: str | None = None
) -> list[MatterEvent]:
    """The events of a plan's follow-up matters by a date, in order of recording; known by a moment."""
    rows = connection.execute(_FOLLOWUP, {"plan": plan, "as_of": as_of.isoformat(), "moment": moment})
    return [recorded(row) for row in rows]


def recorded(row: Any) -> MatterEvent:
    """A stored event of a follow-up matter; refused where it is not what was recorded."""
    if followup_digest(row) != row["digest"]:
        what = _("the follow-up event {n} is not what was recorded")
        raise damaged(what.format(n=row["id"]))
    return event_of(row)


def event_of(row: Any) -> MatterEvent:
    """A stored event of a follow-up matter."""
    return MatterEvent(
        id=row["id"],
        kind=row["kind"],
        number=row["number"],
        step=row["step"],
        event=row["event"],
        on=date.fromisoformat(row["happened_on"]),
        content=json.loads(row["content"]),
        reason=row["reason"],
        document=row["document"],
        who=row["who"],
        recorded_at=row["recorded_at"],
        digest=row["digest"],
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
