"""How goals are read: ceilings, levels, baselines, parts that do not add up; as cells, and as notes below a table."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

from anju_cli.i18n import _, named
from anju_cli.render.page import Cell, text
from anju_cli.render.wording import labels

if TYPE_CHECKING:
    from anju_cli.reports.answers.heads import Quantity
    from anju_cli.reports.answers.rows import Target


class Aimed(Protocol):
    """A row with a goal, and the side of it on which it is met."""

    @property
    def goal(self) -> Quantity:
        """In the measure; null where there is none."""

    @property
    def direction(self) -> str:
        """at_least | at_most."""


def plain_goal(row: Aimed) -> Cell:
    """A goal; a ceiling has its sign."""
    return text(None if row.goal is None else f"{labels.ceiling(row.direction)}{row.goal}", of=row.goal)


def goal(row: Target) -> Cell:
    """A goal, and what it was before it was adjusted."""
    if row.goal_original in (None, row.goal):
        return plain_goal(row)
    was = _("{goal} (was {original})").format(goal=row.goal, original=row.goal_original)
    return text(labels.ceiling(row.direction) + was, of=row.goal)


def status(row: Target) -> str:
    """Where a target stands, in words: what is held against a ceiling is within it or above."""
    if row.direction == "at_most" and row.baseline is None:
        held = {"on_pace": _("Within the ceiling"), "behind": _("Above the ceiling")}
        return held.get(row.status or "") or labels.target_status(row.status)
    return labels.target_status(row.status)


def baselines(rows: Sequence[Target]) -> list[str]:
    """Where the way to each goal began, and when that was measured: the rate is the part of it that lies behind."""
    said = [
        labels.pair(named(row.name, row.name_en), labels.aside(f"{row.baseline} {row.measure}", str(row.baseline_on)))
        for row in rows
        if row.baseline is not None
    ]
    rule = _("Baselines, from which completion is the part of the way to the goal: {said}.")
    return [rule.format(said=labels.clauses(said))] if said else []


def levels_rule(rows: Sequence[Target]) -> list[str]:
    """What is read otherwise of levels and ceilings, where there are any."""
    levels = [named(row.name, row.name_en) for row in rows if row.level]
    rule = _("Where it stands at the end of the period, never added up: {names}.")
    said = [rule.format(names=labels.listed(levels))] if levels else []
    if any(row.direction == "at_most" and row.unit is None and row.baseline is None for row in rows):
        said.append(_("≤ is a ceiling: green at or below it, red above it; the rate of a sum is what is used of it."))
    return said


def remainders(rows: Sequence[Target]) -> list[str]:
    """What the parts of a goal leave over, or have too much, where the plan says why they do not add up to it."""
    said = _("{name}: the parts add up to {parts} of {goal}; remainder {rest}")
    notes = []
    for whole in (row for row in rows if row.unit is None and row.goal is not None):
        parts = [row.goal or 0 for row in rows if row.id == whole.id and row.unit]
        if parts and sum(parts) != whole.goal:
            name, rest = named(whole.name, whole.name_en), (whole.goal or 0) - sum(parts)
            notes.append(said.format(name=name, parts=sum(parts), goal=whole.goal, rest=rest))
    return notes
