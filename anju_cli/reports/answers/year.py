"""The report on a year, and the trend."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from anju_cli.reports.answers.heads import Heading, Ledger, Quantity, ReportSettings
from anju_cli.reports.answers.rows import CaseDuty, Milestone, Target, Totals, UnitRow


class QuarterlyTarget(NamedTuple):
    """What each quarter of the year brought to a target."""

    id: str
    name: str
    name_en: str
    measure: str
    within: str | None
    quarters: tuple[Quantity, ...]
    before: Quantity
    """What stood before the plan's year began: the opening figure of a goal over several years."""
    after: Quantity


@dataclass(frozen=True, repr=False, eq=False)
class YearReport(Heading):
    """`anju report year`: the same over the whole year, as at today."""

    settings: ReportSettings
    targets: tuple[Target, ...]
    quarterly: tuple[QuarterlyTarget, ...]
    milestones: tuple[Milestone, ...]
    units: tuple[UnitRow, ...]
    totals: Totals
    ledger: Ledger
    cases: tuple[CaseDuty, ...] = ()
    """The case duties over the year."""


class TrendPoint(NamedTuple):
    """A target at the end of a month, or at the as-of date within the last one."""

    plan: str
    item: str
    name: str
    name_en: str
    measure: str
    month: str
    on: date
    quantity: Quantity
    cumulative: Quantity
    goal: Quantity
    completion_rate: Decimal | None
    expected: Decimal | None
    expected_rate: Decimal | None
    light: str | None
    direction: str
    """at_least | at_most: the side of the goal on which it is met."""
