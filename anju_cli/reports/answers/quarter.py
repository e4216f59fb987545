"""The report on one quarter."""

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from anju_cli.reports.answers.heads import Heading, Ledger, Period, ReportSettings
from anju_cli.reports.answers.in_place import InPlaceTotals
from anju_cli.reports.answers.project_part import ProjectCheck, ProjectCount, ProjectPlan, Slipped
from anju_cli.reports.answers.rows import CaseDuty, Milestone, Target, Totals, UnitRow


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
    in_place: InPlaceTotals | None
    """三个到位; null in a report that an early version froze."""
    ledger: Ledger
    projects_checked: bool
    """Whether homes were checked by project: there is a register."""
    project_plans: tuple[ProjectPlan, ...]
    slipped: tuple[Slipped, ...]
    project_checks: tuple[ProjectCheck, ...]
    project_counts: tuple[ProjectCount, ...]
    circulated: Circulated | None = None
    """Null where these are the figures of now, or of the moment asked for."""
    cases: tuple[CaseDuty, ...] | None = None
    """The case duties of its bodies; null in a report that an early version froze."""
