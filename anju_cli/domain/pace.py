"""Pace (序时进度): the cumulative quantity a target should have reached by a date, by its declared rule."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from fractions import Fraction
from itertools import pairwise

from anju_cli.domain.codes import Code
from anju_cli.domain.directions import is_compared, may_aim_at_nothing, start_of
from anju_cli.domain.items import Item
from anju_cli.domain.plan import Planned
from anju_cli.domain.quarters import Quarters
from anju_cli.domain.rates import measured
from anju_cli.i18n import _


class Pace(Code):
    """The declared rule by which a target's expected quantity is known; `nodes` are dated steps."""

    EVEN = "even", "按季均摊"
    NODES = "nodes", "按时间节点"
    PROJECTS = "projects", "按项目计划"
    YEAR_END = "year_end", "年底一次考核"
    NONE = "none", "未设序时进度"


def expected(
    item: Item, goal: int | None, on: date, quarters: Quarters, planned: Sequence[Planned] = ()
) -> Fraction | None:
    """What should have been reached of `goal` by `on`, exactly, in smallest units; null where nothing is expected yet.

    From its due date on, the whole goal is expected of every target that has a pace. `planned` is what the plan
    revision in force has projects bring to the target. Of a level with a baseline it is where it should stand on the
    way from there; of a ceiling, the step that holds.
    """
    if goal is None or (not goal and not may_aim_at_nothing(item)) or item.pace == "none":
        return None
    if item.due and on >= item.due:
        return Fraction(goal)
    if item.pace == "projects":
        return _projects(goal, on, planned)
    return _RULES[item.pace](item, goal, on, quarters)


def _even(item: Item, goal: int, on: date, quarters: Quarters) -> Fraction:
    """Equal parts of the way at the quarters' ends, 25/50/75/100 % of four; within one by days, both ends counted."""
    return _on_the_way(item, goal, quarters.share_by(on))


def _nodes(item: Item, goal: int, on: date, quarters: Quarters) -> Fraction | None:
    """The last step whose date has come; before the first it stands where it began, and no ceiling is set."""
    reached = [node_quantity(item, amount, goal) for day, amount in item.nodes if day <= on]
    if reached:
        return reached[-1]
    return None if is_compared(item) else Fraction(start_of(item))


def _projects(goal: int, on: date, planned: Sequence[Planned]) -> Fraction | None:
    """The homes of the projects whose planned date has come, never more than the goal; null while none is planned."""
    due = sum(step.homes for step in planned if step.on <= on)
    return Fraction(min(due, goal)) if planned else None


def _year_end(item: Item, goal: int, on: date, quarters: Quarters) -> None:
    """Nothing before the due date."""


def node_quantity(item: Item, amount: str | int, goal: int) -> Fraction:
    """A step's quantity: itself, or its share of the way to the goal."""
    if isinstance(amount, int):
        return Fraction(amount)
    return _on_the_way(item, goal, Fraction(amount.rstrip("%")) / 100)


def _on_the_way(item: Item, goal: int, share: Fraction) -> Fraction:
    start = start_of(item)
    return start + share * (goal - start)


def faults_of_steps(item: Item) -> Iterator[tuple[date, str, str]]:
    """What is wrong with dated steps: the day of the step, what stands there, what is expected instead.

    They come in order and never turn back from the goal; the last is the goal, on or before the due date. Ceilings of a
    level may be any, one after the other.
    """
    goal, (last_day, last) = item.goal, item.nodes[-1]
    for (before, _amount), (day, _next) in pairwise(item.nodes):
        if day < before:
            yield day, day.isoformat(), _("steps in order of date")
            return
    if item.due and last_day > item.due:
        yield last_day, last_day.isoformat(), _("the last step on or before {due}").format(due=item.due)
    if goal is None:
        return
    falling = goal < start_of(item)
    for (_day, least), (day, amount) in pairwise(item.nodes):
        step = node_quantity(item, amount, goal) - node_quantity(item, least, goal)
        if (step > 0 if falling else step < 0) and not (item.level and is_compared(item)):
            turned = _("no more than the step before") if falling else _("no less than the step before")
            yield day, _amount_of(amount, item), turned
    if node_quantity(item, last, goal) != goal:
        yield last_day, _amount_of(last, item), _("the whole goal at the last step")


def _amount_of(amount: str | int, item: Item) -> str:
    return amount if isinstance(amount, str) else str(measured(amount, item.decimals))


_RULES: dict[str, Callable[[Item, int, date, Quarters], Fraction | None]] = {
    "even": _even,
    "nodes": _nodes,
    "year_end": _year_end,
}
