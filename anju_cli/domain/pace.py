"""Pace (序时进度): the cumulative quantity a target should have reached by a date, by its declared rule."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from fractions import Fraction
from itertools import pairwise

from anju_cli.domain.codes import Code
from anju_cli.domain.plan import Item, Planned
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
    revision in force has projects bring to the target.
    """
    if not goal or item.pace == "none":
        return None
    if item.due and on >= item.due:
        return Fraction(goal)
    if item.pace == "projects":
        return _projects(goal, on, planned)
    return _RULES[item.pace](item, goal, on, quarters)


def _even(item: Item, goal: int, on: date, quarters: Quarters) -> Fraction:
    """Equal parts at the ends of the quarters, 25/50/75/100 % of four; within one by days, both ends counted."""
    return goal * quarters.share_by(on)


def _nodes(item: Item, goal: int, on: date, quarters: Quarters) -> Fraction:
    """The last step whose date has come; nothing before the first."""
    reached = [node_quantity(amount, goal) for day, amount in item.nodes if day <= on]
    return reached[-1] if reached else Fraction(0)


def _projects(goal: int, on: date, planned: Sequence[Planned]) -> Fraction | None:
    """The homes of the projects whose planned date has come, never more than the goal; null while none is planned."""
    due = sum(step.homes for step in planned if step.on <= on)
    return Fraction(min(due, goal)) if planned else None


def _year_end(item: Item, goal: int, on: date, quarters: Quarters) -> None:
    """Nothing before the due date."""


def node_quantity(amount: str | int, goal: int) -> Fraction:
    """A step's quantity: itself, or its share of the goal."""
    return Fraction(amount) if isinstance(amount, int) else goal * Fraction(amount.rstrip("%")) / 100


def faults_of_steps(item: Item) -> Iterator[tuple[date, str, str]]:
    """What is wrong with dated steps: the day of the step, what stands there, what is expected instead.

    They come in order and never fall; the last is the goal, on or before the due date.
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
    for (_day, least), (day, amount) in pairwise(item.nodes):
        if node_quantity(amount, goal) < node_quantity(least, goal):
            yield day, _amount_of(amount, item), _("no less than the step before")
    if node_quantity(last, goal) != goal:
        yield last_day, _amount_of(last, item), _("the whole goal at the last step")


def _amount_of(amount: str | int, item: Item) -> str:
    return amount if isinstance(amount, str) else str(measured(amount, item.decimals))


_RULES: dict[str, Callable[[Item, int, date, Quarters], Fraction | None]] = {
    "even": _even,
    "nodes": _nodes,
    "year_end": _year_end,
}
