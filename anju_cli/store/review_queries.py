"""What is asked of reviews, of what was circulated, of what came after the lock, and of seals, in plain SQL."""

import sqlite3
from datetime import date
from typing import Any, NamedTuple

from anju_cli.domain.history import stands
from anju_cli.domain.reviews import ReviewStep, changes_what_is_shown, event_of
from anju_cli.domain.tally import NOTHING, Tally
from anju_cli.store.entry_queries import STANDS

LATEST = "9999"
"""A moment that no recording reaches: everything recorded."""

_EVENTS = """
SELECT * FROM review_event
WHERE plan = :plan AND recorded_at <= :moment
ORDER BY id
"""

_PUBLICATION = """
SELECT quarter, filing, revision, as_of, recorded_at, document_digest, document FROM publication
WHERE plan = :plan AND quarter = :quarter AND recorded_at <= :moment
ORDER BY id DESC
LIMIT 1
"""

_PUBLICATIONS = "SELECT * FROM publication WHERE plan = :plan ORDER BY id"

_LAST_WHOLE_SEAL = "SELECT * FROM seal ORDER BY id DESC LIMIT 1"

_SEALS = "SELECT * FROM seal WHERE recorded_at <= :moment ORDER BY id"

_LAST_SEAL = """
SELECT digest, filings FROM seal
WHERE recorded_at <= :moment
ORDER BY id DESC
LIMIT 1
"""

_SEAL_OF = """
SELECT digest, filings FROM seal
WHERE recorded_at >= :moment
ORDER BY id
LIMIT 1
"""

_UNEXPLAINED = """
SELECT id, quantity, stated_total, reports FROM entry
WHERE plan = :plan AND filing_id > :after AND quarter <= :quarter
  AND filing_id NOT IN (SELECT filing_id FROM restatement WHERE plan = :plan)
  AND coalesce(root, id) NOT IN (SELECT entry_id FROM carried WHERE plan = :plan)
ORDER BY id
"""

_RESTATED_ITEMS = """
SELECT DISTINCT entry.item, entry.unit
FROM restatement JOIN entry ON entry.filing_id = restatement.filing_id
WHERE restatement.plan = :plan AND entry.happened_on <= :until AND entry.filing_id <= :upto
  AND entry.quantity IS NOT NULL
"""

_RESTATED = """
SELECT COUNT(*) FROM restatement
WHERE plan = :plan AND quarter <= :quarter AND filing_id > :after
"""

_CARRIED = """
SELECT carried.entry_id, carried.for_quarter, booked.item, booked.unit, booked.quarter, booked.received_on,
       carried.for_day <= :until AS kept, booked.happened_on <= :until AS counted,
       (SELECT COUNT(*) FROM entry AS each WHERE (each.id = booked.id OR each.root = booked.id)
           AND each.filing_id <= :upto) AS entries,
       (SELECT SUM(reports) FROM entry AS each WHERE (each.id = booked.id OR each.root = booked.id)
           AND each.filing_id <= :upto) AS reports
FROM carried JOIN entry AS booked ON booked.id = carried.entry_id
WHERE carried.plan = :plan AND booked.filing_id <= :upto
ORDER BY carried.id
"""

_FIRST_WITHOUT_CARRIED = f"""
SELECT received_on FROM entry
WHERE plan = :plan AND item = :item AND unit = :unit AND quarter = :quarter
  AND happened_on <= :until AND filing_id <= :upto
  AND coalesce(root, id) NOT IN (SELECT entry_id FROM carried WHERE plan = :plan)
GROUP BY received_on HAVING {STANDS}
ORDER BY received_on
LIMIT 1
"""

_CHANGES = """
SELECT entry.id, entry.filing_id, entry.item, entry.unit, entry.quarter, entry.happened_on, entry.quantity,
       entry.stated_total, entry.reports, entry.reason, entry.evidence, filing.who, filing.recorded_at,
       restatement.document, restatement.reason AS restated_because,
       carried.for_quarter, carried.for_day
FROM entry JOIN filing ON filing.id = entry.filing_id
LEFT JOIN restatement ON restatement.filing_id = entry.filing_id
LEFT JOIN carried ON carried.entry_id = coalesce(entry.root, entry.id)
WHERE entry.plan = :plan AND entry.filing_id > :after AND entry.filing_id <= :upto AND entry.quantity IS NOT NULL
ORDER BY entry.id
"""


class PublicationRow(NamedTuple):
    """The report on a quarter as it was frozen."""

    quarter: int
    filing: int
    revision: int
    as_of: date
    recorded_at: str
    document_digest: str
    document: str


class LaterEntry(NamedTuple):
    """An entry with a figure that came after a lock, with what is known of why."""

    id: int
    filing: int
    item: str
    unit: str
    quarter: int
    on: date
    quantity: int
    stated_total: int | None
    reports: int
    reason: str | None
    evidence: str | None
    who: str
    recorded_at: str
    document: str | None
    """Of the restatement that it is part of."""
    restated_because: str | None
    for_quarter: int | None
    for_day: date | None
    """The day it is kept as of, where its chain is carried."""


class SealRow(NamedTuple):
    """A seal as stored."""

    id: int
    previous: str | None
    covers: str
    """JSON: of each table the last number that is sealed."""
    filings: int
    occasion: str
    who: str
    recorded_at: str
    digest: str


def events(connection: sqlite3.Connection, plan: str, moment: str | None = None) -> list[ReviewStep]:
    """The events of a plan's reviews, in order, recorded by a moment."""
    rows = connection.execute(_EVENTS, {"plan": plan, "moment": moment or LATEST})
    return [event_of(row) for row in rows]


def restated_items(connection: sqlite3.Connection, plan: str, *, until: date, upto: int) -> set[tuple[str, str]]:
    """The items, and the bodies, whose figures were restated after a lock, of what happened until a day."""
    asked = {"plan": plan, "until": until.isoformat(), "upto": upto}
    return {(item, unit) for item, unit in connection.execute(_RESTATED_ITEMS, asked)}


def publication(
    connection: sqlite3.Connection, plan: str, quarter: int, moment: str | None = None
) -> PublicationRow | None:
    """What was last frozen of a quarter, by a moment; null where nothing was."""
    asked = {"plan": plan, "quarter": quarter, "moment": moment or LATEST}
    row = connection.execute(_PUBLICATION, asked).fetchone()
    return PublicationRow(**dict(row) | {"as_of": _day(row["as_of"])}) if row else None


def publications(connection: sqlite3.Connection, plan: str) -> list[tuple[int, PublicationRow]]:
    """Everything that was frozen of a plan, in order, with its number."""
    rows = connection.execute(_PUBLICATIONS, {"plan": plan}).fetchall()
    return [
        (row["id"], PublicationRow(*(row[name] for name in PublicationRow._fields))._replace(as_of=_day(row["as_of"])))
        for row in rows
    ]


def seals(connection: sqlite3.Connection, moment: str | None = None) -> list[SealRow]:
    """The seals as stored, in order, by a moment."""
    return [SealRow(**dict(row)) for row in connection.execute(_SEALS, {"moment": moment or LATEST})]


def standing_seal(connection: sqlite3.Connection) -> SealRow | None:
    """The last seal as stored; null where there is none."""
    row = connection.execute(_LAST_WHOLE_SEAL).fetchone()
    return SealRow(**dict(row)) if row else None


def seal_of(connection: sqlite3.Connection, moment: str) -> tuple[str | None, int]:
    """The first seal made at a moment or after it, and how many filings it covers."""
    row = connection.execute(_SEAL_OF, {"moment": moment}).fetchone()
    return (row[0], row[1]) if row else (None, 0)


def unexplained(connection: sqlite3.Connection, plan: str, quarter: int, after: int) -> list[int]:
    """Entries that came into a locked quarter after its figures were frozen, neither restated nor carried."""
    rows = connection.execute(_UNEXPLAINED, {"plan": plan, "quarter": quarter, "after": after})
    return [id for id, *what in rows if changes_what_is_shown(*what)]


def last_seal(connection: sqlite3.Connection, moment: str | None = None) -> tuple[str | None, int]:
    """The digest of the last seal by a moment, and how many filings are sealed."""
    row = connection.execute(_LAST_SEAL, {"moment": moment or LATEST}).fetchone()
    return (row[0], row[1]) if row else (None, 0)


def restated(connection: sqlite3.Connection, plan: str, quarter: int, after: int) -> int:
    """How many filings have restated figures of a quarter, or of one before it, since a filing."""
    (count,) = connection.execute(_RESTATED, {"plan": plan, "quarter": quarter, "after": after}).fetchone()
    return count  # type: ignore[no-any-return]


def changes(connection: sqlite3.Connection, plan: str, *, after: int, upto: int) -> list[LaterEntry]:
    """Entries with figures that were filed after a filing, with what is known of why."""
    rows = map(tuple, connection.execute(_CHANGES, {"plan": plan, "after": after, "upto": upto}))
    return [LaterEntry._make([*row[:5], _day(row[5]), *row[6:-1], _day(row[-1]) if row[-1] else None]) for row in rows]


def keep_carried(
    connection: sqlite3.Connection,
    found: dict[str, dict[str, dict[int, Tally]]],
    plan: str,
    *,
    until: date,
    upto: int,
) -> None:
    """Count a carried entry's report in the quarter it is kept as of; its quantity stays where it is booked.

    So a late return of the second quarter neither changes its figures nor passes for the return of the third.
    """
    asked: dict[str, Any] = {"plan": plan, "until": until.isoformat(), "upto": upto}
    for row in connection.execute(_CARRIED, asked).fetchall():
        quarters = found.setdefault(row["item"], {}).setdefault(row["unit"], {})
        if row["counted"]:
            booked = quarters[row["quarter"]]
            place = asked | {name: row[name] for name in ("item", "unit", "quarter")}
            first = connection.execute(_FIRST_WITHOUT_CARRIED, place).fetchone()
            quarters[row["quarter"]] = booked._replace(
                entries=booked.entries - row["entries"],
                reports=booked.reports - row["reports"],
                first_received=date.fromisoformat(first[0]) if first else None,
            )
        if row["kept"] and stands(row["reports"]):
            day = date.fromisoformat(row["received_on"])
            report = Tally(None, row["entries"], row["reports"], day)
            quarters[row["for_quarter"]] = quarters.get(row["for_quarter"], NOTHING) + report


def _day(text: str) -> date:
    return date.fromisoformat(text)
