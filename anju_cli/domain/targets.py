"""Where a target stands at a date: rate, expected, gap, light, status."""

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from anju_cli.domain.codes import Code
from anju_cli.domain.pace import expected
from anju_cli.domain.plan import Item, Plan
from anju_cli.domain.rates import Light, light, rate
from anju_cli.domain.tally import Tallies, Tally

WHOLE = 100
"""What a derived target aims at unless it states another percentage."""


def ratio_goal(item: Item) -> int:
    """The percentage that a derived target aims at, in smallest units."""
    return WHOLE * 10**item.decimals if item.goal is None else item.goal


class TargetStatus(Code):
    """Where a target stands by its pace; past its due date it is overdue, no longer behind."""

    DONE = "done"
    ON_PACE = "on_pace"
    BEHIND = "behind"
    OVERDUE = "overdue"


class Standing(NamedTuple):
    """A target, or one unit's part of it, at a date. Quantities in smallest units, rates in percent."""

    item: Item
    unit: str | None
    goal: int | None
    quarter: Tally
    until: Tally
    completion_rate: Decimal | None
    expected: Fraction | None
    expected_rate: Decimal | None
    gap_points: Decimal | None
    light: Light | None
    status: TargetStatus | None

    @property
    def cumulative(self) -> int | None:
        """Reached so far; null for a derived target, which has no quantity of its own."""
        return None if self.item.derived else self.until.quantity or 0


def standings(plan: Plan, tallies: Tallies, on: date, quarter: int) -> list[Standing]:
    """Every target in plan order, each followed by its parts where it is allocated to units."""
    rows = []
    for item in plan.targets():
        rows.append(_whole(plan, item, tallies, on, quarter))
        for unit, goal in item.allocations.items():
            now, until = (tallies.of_part(plan, item, unit, span) for span in ((quarter,), range(quarter + 1)))
            rows.append(standing(plan, item, unit, goal, now, until, until.quantity or 0, goal, on))
    return rows


def _whole(plan: Plan, item: Item, tallies: Tallies, on: date, quarter: int) -> Standing:
    now, until = (tallies.of_tree(plan, item, span) for span in ((quarter,), range(quarter + 1)))
    if item.ratio_of and item.ratio_to:
        of, to = (tallies.of_tree(plan, plan.by_id[id], range(quarter + 1)) for id in (item.ratio_of, item.ratio_to))
        aim = ratio_goal(item)
        return standing(plan, item, None, aim, now, until, of.quantity or 0, to.quantity or 0, on)
    return standing(plan, item, None, item.goal, now, until, until.quantity or 0, item.goal, on)


def standing(
    plan: Plan,
    item: Item,
    unit: str | None,
    goal: int | None,
    now: Tally,
    until: Tally,
    part: int,
    whole: int | None,
    on: date,
) -> Standing:
    """`part` of `whole` held against the item's pace at `on`; `done` is decided on exact numbers.

    A derived target aims at a percentage of its whole; any other at the whole itself.
    """
    aim = Fraction(goal or 0, WHOLE * 10**item.decimals) if item.derived else Fraction(1)
    due_quantity = expected_of(plan, item, whole, on)
    reached, due_rate = rate(part, whole), None if due_quantity is None else rate(due_quantity * aim, whole)
    done = bool(whole) and part >= (whole or 0) * aim
    gap = None if reached is None or due_rate is None else reached - due_rate
    colour = Light.GREEN if done else light(gap, plan.settings)
    return Standing(
        item,
        unit,
        goal,
        now,
        until,
        reached,
        due_quantity,
        due_rate,
        gap,
        colour,
        _status(item, whole, done, on, colour),
    )


def expected_of(plan: Plan, item: Item, goal: int | None, on: date) -> Fraction | None:
    """What a target should have reached of a goal by a date under a state of the plan; null where nothing is yet."""
    return expected(item, goal, on, plan.quarters, plan.planned.get(item.id, ()))


def _status(item: Item, whole: int | None, done: bool, on: date, colour: Light | None) -> TargetStatus | None:
    """Done | overdue | behind | on_pace | null: past its due date a target is overdue, no longer behind."""
    if done or not whole:
        return TargetStatus.DONE if done else None
    if item.due and on > item.due:
        return TargetStatus.OVERDUE
    if colour is None:
        return None
    return TargetStatus.ON_PACE if colour is Light.GREEN else TargetStatus.BEHIND
