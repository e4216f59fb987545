"""The shapes of the answers, as JSON has them. Quantities are numbers in the measure; rates are percent, one decimal.

Dates are ISO. `name` is in the plan's own language, `name_en` in English. Null means: there is none.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TypeAlias

Quantity: TypeAlias = int | Decimal | None


@dataclass(frozen=True)
class Ledger:
    """How far the ledger had come: copies of a report held by others are its witnesses."""

    last_filing: int | None
    receipt: str | None
    seal: str | None
    sealed_filings: int


@dataclass(frozen=True)
class Period:
    """First and last day, both counted."""

    start: date
    end: date


@dataclass(frozen=True)
class ReportSettings:
    """The plan settings that a report rests on."""

    return_deadline: date
    deadline_inferred: bool
    yellow_below: Decimal
    red_below: Decimal
    review_window: Period
    inferred: dict[str, str]


@dataclass(frozen=True)
class Target:
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


@dataclass(frozen=True)
class Milestone:
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
    """`lead: all`: laid on every unit alike."""
    inferred: tuple[str, ...]


@dataclass(frozen=True)
class UnitRow:
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


@dataclass(frozen=True)
class Totals:
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


@dataclass(frozen=True)
class Lateness:
    """One body late in one way with one item."""

    plan: str
    as_of: date
    unit: str
    member: str | None
    unit_name: str
    unit_name_en: str
    reason: str
    quarter: str | None
    item: str
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


@dataclass(frozen=True)
class Heading:
    """What every report says first: the plan in which state, as of when, and as known when."""

    plan: str
    revision: int
    document: str | None
    title: str
    title_en: str
    year: int
    as_of: date
    known_at: str | None


@dataclass(frozen=True)
class QuarterReport(Heading):
    """`anju report quarter`: targets, milestones and units of one quarter."""

    quarter: str
    targets_as_of: date
    period: Period
    settings: ReportSettings
    targets: tuple[Target, ...]
    milestones: tuple[Milestone, ...]
    units: tuple[UnitRow, ...]
    totals: Totals
    ledger: Ledger


@dataclass(frozen=True)
class YearTarget(Target):
    """A target over the year: what each quarter brought."""

    quarters: tuple[Quantity, ...]


@dataclass(frozen=True)
class YearReport(Heading):
    """`anju report year`: the same over the whole year, as at today."""

    settings: ReportSettings
    targets: tuple[YearTarget, ...]
    milestones: tuple[Milestone, ...]
    units: tuple[UnitRow, ...]
    totals: Totals
    ledger: Ledger


@dataclass(frozen=True)
class Return:
    """One row that a body owes for a quarter, and what became of it."""

    unit: str
    member: str | None
    quarter: str
    item: str
    item_name: str
    item_name_en: str
    deadline: date
    state: str
    """open | reported | zero_report | late_return | unreported."""
    first_received: date | None
    entries: int
    quantity: Quantity
    measure: str


@dataclass(frozen=True)
class UnitReport(Heading):
    """`anju report unit`: everything that one body answers for."""

    unit: str
    name: str
    name_en: str
    settings: ReportSettings
    targets: tuple[Target, ...]
    milestones: tuple[Milestone, ...]
    returns: tuple[Return, ...]
    late: tuple[Lateness, ...]
    ledger: Ledger


@dataclass(frozen=True)
class TrendPoint:
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


@dataclass(frozen=True)
class NextDate:
    """A date that comes next."""

    on: date
    what: str
    """return_deadline | review_from | review_to | bulletin_deadline | due."""
    quarter: str | None
    item: str | None
    item_name: str | None
    item_name_en: str | None
    days: int


@dataclass(frozen=True)
class Status(Heading):
    """Bare `anju`: where do we stand."""

    quarter: str
    settings: ReportSettings
    targets: tuple[Target, ...]
    overdue: int
    behind: int
    unreported: int
    late_return: int
    next: tuple[NextDate, ...]
    ledger: Ledger
