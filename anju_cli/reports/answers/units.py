"""Units: the list, one unit with its items, the report on one."""

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from anju_cli.reports.answers.heads import Heading, Ledger, Quantity, ReportSettings
from anju_cli.reports.answers.in_place import InPlace
from anju_cli.reports.answers.projects import FacilityLine
from anju_cli.reports.answers.rows import Lateness, Milestone, Target


class UnitLine(NamedTuple):
    """One of the member units."""

    plan: str
    id: str
    name: str
    name_en: str
    aliases: tuple[str, ...]
    members: tuple[str, ...]
    leads: int
    """Items it leads by name, stated or inferred."""
    duties: int
    """Duties and milestones that the plan gives to it by name."""


class RoleLine(NamedTuple):
    """An item and a unit's role on it: lead | joint | assist."""

    item: str
    name: str
    name_en: str
    kind: str
    role: str
    reporting: str
    due: date | None
    inferred: tuple[str, ...]
    place: str | None
    quote: str | None


class UnitSheet(NamedTuple):
    """`anju units show`: a unit and the items it answers for or assists with."""

    plan: str
    id: str
    name: str
    name_en: str
    aliases: tuple[str, ...]
    members: tuple[str, ...]
    in_place: InPlace | None
    """三个到位; null for a body that is not assessed."""
    items: tuple["RoleLine", ...]
    facilities: tuple["FacilityLine", ...] = ()
    """Facilities of projects that it answers for."""


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
    received: Quantity = None
    """Of a case duty, the cases taken in (受理) in the quarter; `quantity` are those closed (办结)."""


class OwnFigure(NamedTuple):
    """What a unit has reported itself on a target, whoever leads it."""

    item: str
    name: str
    name_en: str
    measure: str
    quarter_quantity: Quantity
    cumulative: Quantity


@dataclass(frozen=True, repr=False, eq=False)
class UnitReport(Heading):
    """`anju report unit`: everything that one body answers for."""

    unit: str
    name: str
    name_en: str
    targets_as_of: date
    """The day that the targets are shown at: of a quarter that is over, its last."""
    settings: ReportSettings
    targets: tuple[Target, ...]
    milestones: tuple[Milestone, ...]
    returns: tuple[Return, ...]
    late: tuple[Lateness, ...]
    ledger: Ledger
    milestones_as_of: date
    """The day that milestones and late work are shown at: of a quarter, the last day of its review at the latest."""
    own: tuple[OwnFigure, ...]
    """Its own figures on targets."""
