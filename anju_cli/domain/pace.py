"""Pace (序时进度): the cumulative quantity a target should have reached by a date, by its declared rule."""

from collections.abc import Callable, Sequence
from datetime import date
from fractions import Fraction

from anju_cli.domain.periods import quarter_end, quarter_of, quarter_start
from anju_cli.domain.plan import Item, Planned

PACES = ("even", "nodes", "projects", "year_end", "none")


def expected(item: Item, goal: int | None, on: date, year: int, planned: Sequence[Planned] = ()) -> Fraction | None:
    """What should have been reached of `goal` by `on`, exactly, in smallest units; null where nothing is expected yet.

    From its due date on, the whole goal is expected of every target that has a pace. `planned` is what the plan
    revision in force has projects bring to the target.
    """
    if not goal or item.pace == "none":
        return None
    if item.due and on >= item.due:
        return Fraction(goal)
    if item.pace == "projects":
        return _projects(goal, on, planned)
    return _RULES[item.pace](item, goal, on, year)


def _even(item: Item, goal: int, on: date, year: int) -> Fraction:
    """25/50/75/100 % at the quarters' ends; within a quarter by days elapsed, both ends counted."""
    if on.year != year:
        return Fraction(0 if on.year < year else goal)
    quarter = quarter_of(on, year)
    first, last = quarter_start(year, quarter), quarter_end(year, quarter)
    elapsed = Fraction((on - first).days + 1, (last - first).days + 1)
    return Fraction(goal) * (quarter - 1 + elapsed) / 4


def _nodes(item: Item, goal: int, on: date, year: int) -> Fraction:
    """The last step whose date has come; nothing before the first."""
    reached = [node_quantity(amount, goal) for day, amount in item.nodes if day <= on]
    return reached[-1] if reached else Fraction(0)


def _projects(goal: int, on: date, planned: Sequence[Planned]) -> Fraction | None:
    """The homes of the projects whose planned date has come, never more than the goal; null while none is planned."""
    due = sum(step.homes for step in planned if step.on <= on)
    return Fraction(min(due, goal)) if planned else None


def _year_end(item: Item, goal: int, on: date, year: int) -> None:
    """Nothing before the due date."""


def node_quantity(amount: str | int, goal: int) -> Fraction:
    """A step's quantity: itself, or its share of the goal."""
    return Fraction(amount) if isinstance(amount, int) else goal * Fraction(amount.rstrip("%")) / 100


_RULES: dict[str, Callable[[Item, int, date, int], Fraction | None]] = {
    "even": _even,
    "nodes": _nodes,
    "year_end": _year_end,
}
