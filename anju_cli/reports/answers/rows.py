"""Rows that several reports share."""

from datetime import date
from decimal import Decimal
from typing import NamedTuple

from anju_cli.reports.answers.heads import Quantity


class Target(NamedTuple):
    """A target at a date, or one unit's part of it (`unit`)."""

    id: str
    name: str
    name_en: str
    measure: str
    decimals: int
    goal: Quantity
    goal_original: Quantity
    due: date | None
    due_original: date | None
    quarter_quantity: Quantity
    cumulative: Quantity
    completion_rate: Decimal | None
    completion_rate_original: Decimal | None
    expected: Decimal | None
    expected_rate: Decimal | None
    gap_points: Decimal | None
    light: str | None
    status: str | None
    pace: str
    entries: int
    lead: tuple[str, ...]
    lead_names: tuple[str, ...]
    lead_names_en: tuple[str, ...]
    parent: str | None
    within: str | None
    unit: str | None
    unit_name: str | None
    unit_name_en: str | None
    inferred: tuple[str, ...]
    restated: bool
    """Whether a correction or a void stands behind the figure."""
    counting: str
    leader: str = ""
    """The person in charge by office (责任领导), as the plan names it; empty where it names none."""
    leader_en: str = ""
    weight: Decimal | None = None
    """What the plan lets it weigh; nothing is computed of it."""
    direction: str = "at_least"
    """at_least | at_most: the side of its goal on which it is met."""
    level: bool = False
    """Whether its figures are where it stands, and not sums."""
    baseline: Quantity = None
    """Where the way to the goal began; its rate is the part of it that lies behind."""
    baseline_on: date | None = None


class Milestone(NamedTuple):
    """A milestone at a date."""

    id: str
    name: str
    name_en: str
    due: date | None
    due_original: date | None
    status: str
    completion_rate: Decimal
    done_on: date | None
    days_overdue: int | None
    working_days_overdue: int | None
    lead: tuple[str, ...]
    lead_names: tuple[str, ...]
    lead_names_en: tuple[str, ...]
    everyone: bool
    """`lead: all`: every unit has it alike."""
    inferred: tuple[str, ...]
    leader: str = ""
    """The person in charge by office (责任领导), as the plan names it; empty where it names none."""
    leader_en: str = ""
    weight: Decimal | None = None
    """What the plan lets it weigh; nothing is computed of it."""


class CaseDuty(NamedTuple):
    """One body's case duty in a quarter, or in a year: cases taken in (受理) and closed (办结)."""

    id: str
    name: str
    name_en: str
    unit: str
    member: str | None
    unit_name: str
    unit_name_en: str
    measure: str
    received: Quantity
    """Taken in; null where nothing was said of it."""
    quantity: Quantity
    """Closed; null where nothing was said of it."""
    received_cumulative: Quantity
    cumulative: Quantity
    """Closed in the year so far."""


class UnitRow(NamedTuple):
    """One reporting body: how it reported, and what it is late with."""

    unit: str
    member: str | None
    name: str
    name_en: str
    items_due: int
    items_reported: int
    reporting_rate: Decimal | None
    late_returns: int
    zero_reports: int
    overdue: int
    behind: int
    unreported: int
    returned: int = 0
    """Rows of a return that was sent back, or waits."""


class Totals(NamedTuple):
    """The sums over all units."""

    units: int
    bodies: int
    items_due: int
    items_reported: int
    reporting_rate: Decimal | None
    late_returns: int
    zero_reports: int
    overdue: int
    behind: int
    unreported: int
    returned: int = 0
    """Rows of a return that was sent back, or waits."""


class Lateness(NamedTuple):
    """One body late in one way with one item."""

    plan: str
    as_of: date
    unit: str
    member: str | None
    unit_name: str
    unit_name_en: str
    reason: str
    kind: str
    """target | milestone | duty, or resolution | task | commitment | slip | facility."""
    quarter: str | None
    item: str
    """An item's id; of a matter, such as a slip, its letter and number; of a facility its project and kind."""
    item_name: str
    item_name_en: str
    due: date | None
    due_original: date | None
    days_overdue: int | None
    working_days_overdue: int | None
    cumulative: Quantity
    expected: Decimal | None
    goal: Quantity
    gap_points: Decimal | None
    light: str | None
    inferred: tuple[str, ...]
    clause: str | None
    direction: str = "at_least"
    """at_least | at_most: the side of its goal on which it is met."""
