"""What is asked before an entry is written, in plain SQL: which figures stand already, and of which plan it is."""

import sqlite3
from collections.abc import Mapping
from datetime import date

from anju_cli.domain.choosing import LAST_FILING, LAST_QUARTER, Meant, choose, recorded_plans
from anju_cli.domain.once import StandingFigure
from anju_cli.store.entry_queries import STANDS

# A chain is of the quarter it is kept as of. What was carried to settle another entry is no figure of its own, nor is
# what was taken off (核减).
_STANDING = f"""
SELECT MAX(entry.id) AS last, SUM(entry.quantity) AS quantity
FROM entry LEFT JOIN carried ON carried.entry_id = coalesce(entry.root, entry.id)
WHERE entry.plan = :plan AND entry.item = :item AND entry.unit = :unit AND entry.project IS :project
  AND coalesce(carried.for_quarter, entry.quarter) = :quarter
  AND entry.quantity IS NOT NULL AND carried.settles IS NULL
GROUP BY coalesce(entry.root, entry.id)
HAVING {STANDS}
   AND MIN(CASE WHEN entry.root IS NULL AND entry.stated_total IS NULL THEN entry.quantity ELSE 0 END) >= 0
ORDER BY coalesce(entry.root, entry.id)
"""

_LARGEST = f"""
SELECT MAX(quantity) FROM (
    SELECT SUM(quantity) AS quantity FROM entry
    WHERE plan = :plan AND item = :item AND unit = :unit AND filing_id < :before AND quantity IS NOT NULL
      AND coalesce(root, id) <> :but
    GROUP BY coalesce(root, id) HAVING {STANDS})
"""

_FIGURE = "SELECT coalesce(SUM(quantity), 0) FROM entry WHERE id = :root OR root = :root"

_STEPS = "SELECT plan, event FROM review_event WHERE quarter = :quarter ORDER BY id"

_BOOKED_BY = "SELECT coalesce(SUM(quantity), 0) FROM entry WHERE plan = :plan AND item = :item AND unit = :unit"

_REPORTED_BY = f"""
SELECT quarter, SUM(quantity) FROM entry
WHERE plan = :plan AND item = :item AND unit = :unit AND quantity IS NOT NULL
GROUP BY quarter HAVING {STANDS} OR SUM(quantity) <> 0 ORDER BY quarter
"""


def standing_figures(
    connection: sqlite3.Connection, plan: str, item: str, unit: str, quarter: int, project: str | None
) -> list[StandingFigure]:
    """The figures of a body that stand on an item for a quarter, on one project or on what names none."""
    asked = {"plan": plan, "item": item, "unit": unit, "quarter": quarter, "project": project}
    return [StandingFigure(*row) for row in connection.execute(_STANDING, asked)]


def largest_figure(
    connection: sqlite3.Connection, plan: str, item: str, unit: str, before: int, but: int
) -> int | None:
    """The largest figure of a body on an item that stood before a filing, `but` one report; null where none does."""
    ((largest,),) = connection.execute(
        _LARGEST, {"plan": plan, "item": item, "unit": unit, "before": before, "but": but}
    )
    return largest  # type: ignore[no-any-return]


def figure_of(connection: sqlite3.Connection, root: int) -> int:
    """What a report and its corrections come to."""
    ((figure,),) = connection.execute(_FIGURE, {"root": root})
    return figure  # type: ignore[no-any-return]


def plan_meant(
    connection: sqlite3.Connection,
    spans: Mapping[str, tuple[date, date]],
    asked: str | None,
    today: date,
    meant: Meant,
    *,
    writing: bool,
) -> str:
    """The plan that a command means, of those with these spans; see `domain.choosing`. Raises Unclear."""
    steps, of_record = [], None
    if len(spans) > 1:
        steps = [(plan, step) for plan, step in connection.execute(_STEPS, {"quarter": LAST_QUARTER})]
        of_record = _plan_of_record(connection, meant)
    return choose(recorded_plans(spans, steps), asked, today, meant, writing=writing, of_record=of_record)


def _plan_of_record(connection: sqlite3.Connection, meant: Meant) -> str | None:
    """The plan of the entry or filing that is named; null where none is, or there is no such record."""
    if meant.entry is not None:
        row = connection.execute("SELECT plan FROM entry WHERE id = ?", (_number(meant.entry),)).fetchone()
    elif meant.filing == LAST_FILING:
        row = connection.execute("SELECT plan FROM filing ORDER BY id DESC LIMIT 1").fetchone()
    else:
        row = connection.execute("SELECT plan FROM filing WHERE id = ?", (_number(meant.filing),)).fetchone()
    return row[0] if row else None


def _number(text: str | None) -> int | None:
    """A number as typed; null for what is none, and is refused where it is read."""
    return int(text) if text and text.isdecimal() and len(text) < len(str(2**62)) else None


def booked_by(connection: sqlite3.Connection, plan: str, item: str, unit: str) -> int:
    """What a body has booked on an item."""
    ((booked,),) = connection.execute(_BOOKED_BY, {"plan": plan, "item": item, "unit": unit})
    return booked  # type: ignore[no-any-return]


def reported_by(connection: sqlite3.Connection, plan: str, item: str, unit: str) -> dict[int, int]:
    """The figures of a body on an item by quarter; a quarter of which none stands is not in it."""
    return dict(tuple(row) for row in connection.execute(_REPORTED_BY, {"plan": plan, "item": item, "unit": unit}))
