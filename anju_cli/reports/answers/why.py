"""The shapes of `anju report why`: figures as circulated and now, and the causes between."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from anju_cli.reports.answers.heads import Quantity

Key = tuple[str, str | None]
"""An item, and the unit whose part of it is meant."""


class Figure(NamedTuple):
    """What a report shows of a target or milestone, as far as it is explained."""

    quantity: Quantity
    """Cumulative; of a milestone, its level; null for a derived target."""
    rate: Decimal | None
    expected_rate: Decimal | None
    goal: Quantity


class WhyRow(NamedTuple):
    """A figure as circulated and now. Of a milestone the quantity is its level in percent."""

    plan: str
    quarter: str
    item: str
    unit: str | None
    name: str
    name_en: str
    measure: str
    circulated: Quantity
    now: Quantity
    change: Quantity
    circulated_rate: Decimal | None
    now_rate: Decimal | None
    rate_change: Decimal
    circulated_goal: Quantity
    now_goal: Quantity
    expected_change: Decimal
    """Points by which the expected rate has moved."""


class WhyLine(NamedTuple):
    """One cause, and what it did to one figure."""

    item: str
    unit: str | None
    cause: str
    """correction | void | reduction | late_report | carried | goal_changed | rule_changed |
    as_of_changed."""
    change: Quantity
    rate_change: Decimal
    expected_change: Decimal
    carried: Quantity
    """Of a late report booked in a later quarter, how many: they change nothing here."""
    booked_in: str | None
    entry: int | None
    filing: int | None
    body: str | None
    on: date | None
    document: str | None
    reason: str | None
    by: str | None
    recorded_at: str | None


@dataclass(frozen=True, repr=False, eq=False)
class Why:
    """`anju report why`: what was circulated, what stands now, and every cause between."""

    plan: str
    quarter: str
    frozen_at: str
    bulletin: str | None
    circulated_as_of: date
    now_as_of: date
    known_at: str | None
    figures: tuple[WhyRow, ...]
    lines: tuple[WhyLine, ...]
