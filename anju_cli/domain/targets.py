"""Where a target stands at a date: rate, expected, gap, light, status."""

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from anju_cli.domain.codes import Code
from anju_cli.domain.directions import is_compared, is_held, may_aim_at_nothing, meets, rate_of
from anju_cli.domain.items import Item
from anju_cli.domain.pace import Pace, expected
from anju_cli.domain.plan import Plan
from anju_cli.domain.rates import Light, light
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
        """Reached so far, of a level where it stands; null for a derived target, which has no quantity of its own."""
        if self.item.derived:
            return None
        return self.until.level if self.item.level else self.until.quantity or 0

    @property
    def rated(self) -> int | None:
        """What its rates are of; null for a derived target, and where a level or a ceiling was not reported."""
        return None if is_held(self.item) and not self.until.figures else self.cumulative

    @property
    def of_quarter(self) -> int | None:
        """What the quarter brought; a level is where it stands at the quarter's end, never a difference."""
        if self.item.derived or self.item.level:
            return self.cumulative
        return self.quarter.quantity or 0


class Reached(NamedTuple):
    """What is held against a pace: so much of a whole, and whether that was reported at all."""

    part: int
    whole: int | None
    aim: Fraction | None
    """The whole, or of a derived target the part of it that is aimed at; null where nothing is."""
    reported: bool


def standings(plan: Plan, tallies: Tallies, on: date, quarter: int) -> list[Standing]:
    """Every target in plan order, each followed by its parts where it is allocated to units."""
    rows = []
    for item in plan.targets():
        rows.append(_whole(plan, item, tallies, on, quarter))
        for unit, goal in item.allocations.items():
            now, until = (tallies.of_part(plan, item, unit, span) for span in ((quarter,), range(quarter + 1)))
            rows.append(standing(plan, item, unit, goal, now, until, on))
    return rows


def _whole(plan: Plan, item: Item, tallies: Tallies, on: date, quarter: int) -> Standing:
    now, until = (tallies.of_tree(plan, item, span) for span in ((quarter,), range(quarter + 1)))
    if item.ratio_of and item.ratio_to:
        of, to = (tallies.of_tree(plan, plan.by_id[id], range(quarter + 1)) for id in (item.ratio_of, item.ratio_to))
        share, whole = Fraction(ratio_goal(item), WHOLE * 10**item.decimals), to.quantity or 0
        reached = Reached(of.quantity or 0, whole, share * whole if whole else None, of.figures > 0)
        return _judged(plan, item, None, ratio_goal(item), now, until, reached, on)
    return standing(plan, item, None, item.goal, now, until, on)


def standing(
    plan: Plan, item: Item, unit: str | None, goal: int | None, now: Tally, until: Tally, on: date
) -> Standing:
    """What was reported of a goal held against the item's pace at `on`; `done` is decided on exact numbers."""
    aim = Fraction(goal) if goal is not None and (goal or may_aim_at_nothing(item)) else None
    return _judged(plan, item, unit, goal, now, until, Reached(until.quantity or 0, goal, aim, until.figures > 0), on)


def _judged(
    plan: Plan, item: Item, unit: str | None, goal: int | None, now: Tally, until: Tally, reached: Reached, on: date
) -> Standing:
    """A target with its rate, light and status; a level or a ceiling of which nothing stands reported has none."""
    silent = is_held(item) and not reached.reported
    due = expected_of(plan, item, reached.whole, on)
    if item.derived and due is not None:
        due = reached.aim
    completed = rate_of(item, reached.whole, None if silent else reached.part)
    due_rate = rate_of(item, reached.whole, due)
    gap = None if completed is None or due_rate is None or is_compared(item) else completed - due_rate
    met = reached.aim is not None and not silent and meets(item, reached.part, reached.aim)
    done = met and (not is_held(item) or (item.due is not None and on >= item.due))
    colour = None if silent else Light.GREEN if done else _light(plan, item, reached, due, gap, met, on)
    status = None if silent else _status(item, reached.aim, done, on, colour)
    return Standing(item, unit, goal, now, until, completed, due, due_rate, gap, colour, status)


def _light(
    plan: Plan, item: Item, reached: Reached, due: Fraction | None, gap: Decimal | None, met: bool, on: date
) -> Light | None:
    """The light of a target that is not done: by the printed gap, or by the amount that it is held against."""
    if reached.aim is None:
        return None
    if is_compared(item):
        limit = reached.aim if due is None and item.at_most else due
        if limit is None:  # nothing is expected of it yet
            return Light.GREEN if met else None
        return Light.GREEN if meets(item, reached.part, limit) else Light.RED
    if item.baseline and item.pace == Pace.YEAR_END and item.due and on < item.due:
        return None
    return Light.GREEN if met and item.level else light(gap, plan.settings)


def expected_of(plan: Plan, item: Item, goal: int | None, on: date) -> Fraction | None:
    """What a target should have reached of a goal by a date under a state of the plan; null where nothing is yet."""
    return expected(item, goal, on, plan.quarters, plan.planned.get(item.id, ()))


def _status(item: Item, aim: Fraction | None, done: bool, on: date, colour: Light | None) -> TargetStatus | None:
    """Done | overdue | behind | on_pace | null: past its due date a target is overdue, no longer behind."""
    if done or aim is None:
        return TargetStatus.DONE if done else None
    if item.due and on > item.due:
        return TargetStatus.OVERDUE
    if colour is None:
        return None
    return TargetStatus.ON_PACE if colour is Light.GREEN else TargetStatus.BEHIND
