"""On which side of its goal a target is met, and what it has reached of it: directions, levels, baselines."""

from decimal import Decimal
from fractions import Fraction

from anju_cli.domain.codes import Code
from anju_cli.domain.items import Item
from anju_cli.domain.rates import rate


class Direction(Code):
    """The side of its goal on which a target is met."""

    AT_LEAST = "at_least", "不低于"
    AT_MOST = "at_most", "不高于"


def meets(item: Item, figure: Fraction | int, aim: Fraction | int) -> bool:
    """Whether a figure is on the good side of an amount, or on it; decided on exact numbers."""
    return figure <= aim if item.at_most else figure >= aim


def may_aim_at_nothing(item: Item) -> bool:
    """Whether a goal of 0 means something: as a ceiling (零事故), or among levels that may be below 0."""
    return (item.at_most or item.signed) and not item.derived


def is_held(item: Item) -> bool:
    """Whether meeting the goal is not yet done: what stands may still rise above a ceiling, or a level change."""
    return item.at_most or item.level


def is_compared(item: Item) -> bool:
    """Whether a target is held against an amount alone, for it has no rate that could be short of an expected one."""
    return item.baseline is None and (item.at_most or (item.level and item.signed))


def rate_of(item: Item, goal: int | None, figure: Fraction | int | None) -> Decimal | None:
    """A figure as a rate of the goal, as it is printed; null where there is no figure, no goal, or no rate of it.

    With a baseline it is the part of the way from there to the goal, below 0 and above 100 as it is. Of a sum it is the
    part of the goal that is reached, or of a ceiling that is used. A ceiling of a level has none, nor has a level that
    may be below 0.
    """
    if figure is None or goal is None:
        return None
    if item.baseline is not None:
        return rate(figure - item.baseline.value, goal - item.baseline.value)
    if item.level and is_compared(item):
        return None
    return rate(figure, goal, ceiling=item.at_most)


def start_of(item: Item) -> int:
    """Where the way to the goal begins: at the baseline, else at nothing."""
    return item.baseline.value if item.baseline else 0
