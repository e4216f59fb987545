"""What is asked before an entry is written, in plain SQL: which figures stand already, and of which plan it is."""

import sqlite3
from collections.abc import Mapping
from datetime import date

from anju_cli.domain.choosing import LAST_FILING, Meant, Span, choose, recorded_plans
from anju_cli.domain.once import StandingFigure
from anju_cli.store.entry_queries import STANDS

# A chain is of the quarter it is kept as of. What was carried to settle another entry is no figure of its own, nor is
# what was taken off (核减).
_CHAINS = f"""
SELECT entry.item, entry.project, MAX(entry.id) AS last, SUM(entry.quantity) AS quantity,
       MIN(CASE WHEN entry.root IS NULL AND entry.stated_total IS NULL THEN entry.quantity ELSE 0 END) < 0 AS taken_off
FROM entry LEFT JOIN carried ON carried.entry_id = coalesce(entry.root, entry.id)
WHERE entry.plan = :plan AND entry.unit = :unit {{narrower}}
  AND coalesce(carried.for_quarter, entry.quarter) = :quarter
  AND entry.quantity IS NOT NULL AND carried.settles IS NULL
GROUP BY coalesce(entry.root, entry.id)
HAVING {STANDS}
ORDER BY coalesce(entry.root, entry.id)
"""
_OF_BODY = _CHAINS.format(narrower="")
_OF_ITEM = _CHAINS.format(narrower="AND entry.item = :item AND entry.project IS :project")

_LARGEST = f"""
SELECT MAX(quantity) FROM (
    SELECT SUM(quantity) AS quantity FROM entry
    WHERE plan = :plan AND item = :item AND unit = :unit AND filing_id < :before AND quantity IS NOT NULL
      AND coalesce(root, id) <> :but
    GROUP BY coalesce(root, id) HAVING {STANDS})
"""

_FIGURE = "SELECT coalesce(SUM(quantity), 0) FROM entry WHERE id = :root OR root = :root"

_STEPS = "SELECT plan, quarter, event FROM review_event ORDER BY id"

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
    return [figure for figure in _standing(connection, _OF_ITEM, asked) if not figure.taken_off]


def figures_of_body(connection: sqlite3.Connection, plan: str, unit: str, quarter: int) -> list[StandingFigure]:
    """All that a body's figures for a quarter come to, on every item and project, with what was taken off."""
    return _standing(connection, _OF_BODY, {"plan": plan, "unit": unit, "quarter": quarter})


def _standing(connection: sqlite3.Connection, query: str, asked: Mapping[str, object]) -> list[StandingFigure]:
    return [
        StandingFigure(last, quantity, item, project, bool(taken_off))
        for item, project, last, quantity, taken_off in connection.execute(query, asked)
    ]


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
    spans: Mapping[str, Span],
    asked: str | None,
    today: date,
    meant: Meant,
    *,
    writing: bool,
) -> str:
    """The plan that a command means, of those with these spans; see `domain.choosing`. Raises Unclear."""
    steps: list[tuple[str, int, str]] = []
    of_record = None
    if len(spans) > 1:
        steps = [(plan, quarter, step) for plan, quarter, step in connection.execute(_STEPS)]
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
