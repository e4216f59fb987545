"""What a target's direction, level and baseline ask of the rest of it, and of the targets around it."""

import re
from datetime import date

from anju_cli.domain.directions import Direction, may_aim_at_nothing
from anju_cli.domain.items import Item
from anju_cli.domain.rates import measured
from anju_cli.i18n import _
from anju_cli.plan_file.parts import Parts
from anju_cli.plan_file.shape import ItemShape, TargetShape
from anju_cli.plan_file.strict import Path

_CEILING = re.compile(
    r"不高于|不超过|控制在|以内|(?<!不)低于|(?<!不)下降|\bat most\b|(?<!not )\bbelow\b",
    re.IGNORECASE,
)
"""What a name says of a goal that is not to be exceeded; 不低于 says the opposite."""


def check_direction(parts: Parts, at: Path, shape: TargetShape, item: Item, around: dict[str, Item]) -> None:
    """A ceiling, a level and a baseline have what they need; `around` is what it is part of or made of, by the key."""
    _goal_of_nothing(parts, at, shape, item)
    _ceiling(parts, at, shape, item)
    if shape.signed and not item.level:
        parts.found((*at, "signed"), "true", _("level: true as well; a sum is never below 0"))
    if item.level:
        _level(parts, at, shape, item)
    _baseline(parts, at, shape, item)
    for key, other in around.items():
        if other.level:
            parts.found(
                (*at, *key.split(".")), other.id, _("a target whose quantities are summed; this one is a level")
            )
        elif _has_goal(shape, item) and _aims(parts, other) and other.direction != item.direction:
            same = _("{measure}, as {item} has").format(measure=other.direction, item=other.id)
            parts.found((*at, "direction") if shape.direction else at, item.direction, same)


def _has_goal(shape: TargetShape, item: Item) -> bool:
    return item.goal is not None or shape.ratio is not None


def _aims(parts: Parts, other: Item) -> bool:
    """Whether a target has a direction to speak of."""
    return other.kind == "target" and (other.goal is not None or other.id in parts.children)


def _goal_of_nothing(parts: Parts, at: Path, shape: TargetShape, item: Item) -> None:
    stated = shape.goal is not None and item.goal == 0
    if stated and not may_aim_at_nothing(item) and not (item.derived and item.at_most):
        more = _("more than 0; where nothing is to happen, direction: at_most")
        parts.found((*at, "goal"), str(shape.goal), more)


def _ceiling(parts: Parts, at: Path, shape: TargetShape, item: Item) -> None:
    if item.at_most and item.baseline is None and item.pace in ("even", "projects"):
        place = (*at, "pace") if shape.pace else at
        parts.found(place, item.pace, _("dated steps, year_end or none: a ceiling is not used up evenly"))


def _level(parts: Parts, at: Path, shape: TargetShape, item: Item) -> None:
    """A level stands alone: what is summed, shared out or divided is a sum."""
    alone = _("no {key}: a level is not summed")
    for key in ("parent", "within", "ratio"):
        if getattr(shape, key) is not None:
            parts.found((*at, key), str(getattr(shape, key)) if key != "ratio" else key, alone.format(key=key))
    if shape.allocations:
        parts.found((*at, "allocations"), "allocations", alone.format(key="allocations"))
    if shape.id in parts.children:
        parts.found((*at, "level"), "true", _("no children: a level is not summed"))
    if item.pace == "projects":
        parts.found((*at, "pace"), "projects", _("another pace: a level is not made of projects"))


def _baseline(parts: Parts, at: Path, shape: TargetShape, item: Item) -> None:
    """It is of a level, on the worse side of the goal, and measured before the goal is due."""
    if shape.baseline is None:
        return
    if not item.level:
        parts.found((*at, "baseline"), shape.baseline.value, _("level: true as well; a sum begins at nothing"))
        return
    if item.goal is None:
        parts.found((*at, "baseline"), shape.baseline.value, _("a goal, to which the way leads from there"))
    elif item.baseline is not None and not _is_worse(item, item.baseline.value, item.goal):
        worse = _("more than the goal, {goal}") if item.at_most else _("less than the goal, {goal}")
        goal = measured(item.goal, item.decimals)
        parts.found((*at, "baseline", "value"), shape.baseline.value, worse.format(goal=goal))
    if isinstance(shape.due, date) and shape.baseline.on >= shape.due:
        before = _("a day before {due}").format(due=shape.due)
        parts.found((*at, "baseline", "on"), shape.baseline.on.isoformat(), before)


def _is_worse(item: Item, value: int, goal: int) -> bool:
    return value > goal if item.at_most else value < goal


def doubt_direction(parts: Parts, at: Path, shape: ItemShape, item: Item) -> None:
    """Warn of a name that speaks of a ceiling or a decline where the plan sets no direction."""
    if not isinstance(shape, TargetShape) or item.at_most or shape.direction or not _has_goal(shape, item):
        return
    for name in dict.fromkeys((shape.name.zh, shape.name.en)):
        if said := _CEILING.search(name):
            unset = _("direction: {at_most}, or {at_least} where it is meant so").format(
                at_most=Direction.AT_MOST, at_least=Direction.AT_LEAST
            )
            parts.warned((*at, "name"), said[0], unset)
            return
