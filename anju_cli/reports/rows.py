"""The shapes of the answers, as JSON has them. Quantities are numbers in the measure; rates are percent, one decimal.

Rows are named tuples, which are made five times as fast as dataclasses: dozens are made at every start.

Dates are ISO. `name` is in the plan's own language, `name_en` in English. Null means: there is none.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from anju_cli.reports.heads import Heading, Ledger, Period, Quantity, ReportSettings
from anju_cli.reports.matters import InPlaceTotals
from anju_cli.reports.project_rows import ProjectCheck, ProjectCount, ProjectPlan, Slipped


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
    """`lead: all`: laid on every unit alike."""
    inferred: tuple[str, ...]


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
    """target | milestone | duty, or resolution | task | commitment."""
    quarter: str | None
    item: str
    """An item's id; of a resolution, task or commitment its letter and number."""
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


class Circulated(NamedTuple):
    """That a report is the version frozen at the lock, and what became of it."""

    frozen_at: str
    state: str
    """locked | closed."""
    bulletin: str | None
    """The number of the bulletin it went out with; null while there is none."""
    bulletin_on: date | None
    restated: int
    """Filings that have changed its figures since."""


@dataclass(frozen=True, repr=False, eq=False)
class QuarterReport(Heading):
    """`anju report quarter`: targets, milestones and units of one quarter."""

    quarter: str
    unit: str | None
    """The one unit or office that the report is of, where it was named."""
    unit_name: str | None
    unit_name_en: str | None
    targets_as_of: date
    period: Period
    settings: ReportSettings
    targets: tuple[Target, ...]
    milestones: tuple[Milestone, ...]
    units: tuple[UnitRow, ...]
    totals: Totals
    in_place: InPlaceTotals
    ledger: Ledger
    projects_checked: bool
    """Whether homes were checked by project: there is a register."""
    project_plans: tuple[ProjectPlan, ...]
    slipped: tuple[Slipped, ...]
    project_checks: tuple[ProjectCheck, ...]
    project_counts: tuple[ProjectCount, ...]
    circulated: Circulated | None = None
    """Null where these are the figures of now, or of the moment asked for."""


class QuarterlyTarget(NamedTuple):
    """What each quarter of the year brought to a target."""

    id: str
    name: str
    name_en: str
    measure: str
    within: str | None
    quarters: tuple[Quantity, ...]


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


class Return(NamedTuple):
    """One row that a body owes for a quarter, and what became of it."""

    unit: str
    member: str | None
    name: str
    name_en: str
    quarter: str
    item: str
    item_name: str
    item_name_en: str
    deadline: date
    state: str
    """open | reported | zero_report | late_return | returned | unreported."""
    first_received: date | None
    entries: int
    quantity: Quantity
    measure: str
    times_returned: int = 0
    """How often a return for the quarter was sent back (退回N次)."""
    resubmitted_on: date | None = None
    """When one that had been sent back was put right (补正)."""


@dataclass(frozen=True, repr=False, eq=False)
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


class NextDate(NamedTuple):
    """A date that comes next."""

    on: date
    what: str
    """return_deadline | review_from | review_to | bulletin_deadline (provisional) | bulletin_due | due."""
    quarter: str | None
    item: str | None
    item_name: str | None
    item_name_en: str | None
    days: int


@dataclass(frozen=True, repr=False, eq=False)
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
