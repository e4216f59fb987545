"""What is asked of entries while one is written, in plain SQL. What stands was reported and not voided."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeAlias

from anju_cli.domain.once import StandingFigure

Ask: TypeAlias = Callable[[str, Mapping[str, Any]], Sequence[Any]]
"""Runs a query with named parameters and gives its rows: either door has one."""

LAST = "last"
"""In place of a filing's number: the one that was recorded last."""

# A chain is of the quarter it is kept as of. What was carried to settle another entry is no figure of its own, nor is
# what was taken off (核减).
_STANDING = """
SELECT MAX(entry.id) AS last, SUM(entry.quantity) AS quantity
FROM entry LEFT JOIN carried ON carried.entry_id = coalesce(entry.root, entry.id)
WHERE entry.plan = :plan AND entry.item = :item AND entry.unit = :unit AND entry.project IS :project
  AND coalesce(carried.for_quarter, entry.quarter) = :quarter
  AND entry.quantity IS NOT NULL AND carried.settles IS NULL
GROUP BY coalesce(entry.root, entry.id)
HAVING SUM(entry.reports) > 0
   AND MIN(CASE WHEN entry.root IS NULL AND entry.stated_total IS NULL THEN entry.quantity ELSE 0 END) >= 0
ORDER BY coalesce(entry.root, entry.id)
"""

_LARGEST = """
SELECT MAX(quantity) FROM (
    SELECT SUM(quantity) AS quantity FROM entry
    WHERE plan = :plan AND item = :item AND unit = :unit AND filing_id < :before AND quantity IS NOT NULL
      AND coalesce(root, id) <> :but
    GROUP BY coalesce(root, id) HAVING SUM(reports) > 0)
"""

_FIGURE = "SELECT coalesce(SUM(quantity), 0) FROM entry WHERE id = :root OR root = :root"

_BOOKED_BY = "SELECT coalesce(SUM(quantity), 0) FROM entry WHERE plan = :plan AND item = :item AND unit = :unit"


def standing_figures(
    ask: Ask, plan: str, item: str, unit: str, quarter: int, project: str | None
) -> list[StandingFigure]:
    """The figures of a body that stand on an item for a quarter, on one project or on what names none."""
    asked = {"plan": plan, "item": item, "unit": unit, "quarter": quarter, "project": project}
    return [StandingFigure(*row) for row in ask(_STANDING, asked)]


def largest_figure(ask: Ask, plan: str, item: str, unit: str, before: int, but: int) -> int | None:
    """The largest figure of a body on an item that stood before a filing, `but` one report; null where none does."""
    ((largest,),) = ask(_LARGEST, {"plan": plan, "item": item, "unit": unit, "before": before, "but": but})
    return largest  # type: ignore[no-any-return]


def figure_of(ask: Ask, root: int) -> int:
    """What a report and its corrections come to."""
    ((figure,),) = ask(_FIGURE, {"root": root})
    return figure  # type: ignore[no-any-return]


def plan_of_record(ask: Ask, *, entry: str | None, filing: str | None) -> str | None:
    """The plan of an entry, or of a filing by its number or the `last`; null where there is no such record."""
    if entry is not None:
        found = ask("SELECT plan FROM entry WHERE id = :id", {"id": _number(entry)})
    elif filing == LAST:
        found = ask("SELECT plan FROM filing ORDER BY id DESC LIMIT 1", {})
    elif filing is not None:
        found = ask("SELECT plan FROM filing WHERE id = :id", {"id": _number(filing)})
    else:
        return None
    return found[0][0] if found else None


def _number(text: str) -> int | None:
    """A number as typed; null for what is none, and is refused where it is read."""
    return int(text) if text.isdecimal() and len(text) < len(str(2**62)) else None


def booked_by(ask: Ask, plan: str, item: str, unit: str) -> int:
    """What a body has booked on an item."""
    ((booked,),) = ask(_BOOKED_BY, {"plan": plan, "item": item, "unit": unit})
    return booked  # type: ignore[no-any-return]
