"""The shapes of the lists: entries, units, items, plans, dates; as JSON has them."""

from datetime import date
from typing import NamedTuple

from anju_cli.reports.heads import Quantity, ReportSettings
from anju_cli.reports.matters import InPlace


class CalendarQuarter(NamedTuple):
    """The dates of one quarter's assessment."""

    plan: str
    quarter: str
    start: date
    end: date
    return_deadline: date
    return_deadline_known: bool
    deadline_inferred: bool
    deadline_document: str | None
    """The circular that set it for this quarter alone."""
    review_from: date
    review_to: date
    bulletin_deadline: date | None
    bulletin_provisional: bool
    bulletin_working_days: int
    working_days: int | None


class EntryRow(NamedTuple):
    """An entry of the ledger."""

    plan: str
    id: int
    filing: int
    item: str
    item_name: str
    item_name_en: str
    unit: str
    unit_name: str
    unit_name_en: str
    project: str | None
    quarter: str
    on: date
    received_on: date
    recorded_at: str
    by: str
    via: str | None
    quantity: Quantity
    stated_total: Quantity
    kind: str
    """report | correction | void."""
    corrects: int | None
    corrected_by: int | None
    reason: str | None
    note: str | None
    evidence: str | None
    reference: str | None
    receipt: str
    carried_for: str | None
    """The locked quarter it is kept as of, though booked in a later one (补报)."""
    restated_by: str | None
    """The document that orders what was circulated to be changed."""


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
    """Duties and milestones that the plan lays on it by name."""


class ItemLine(NamedTuple):
    """An item of the plan."""

    plan: str
    id: str
    kind: str
    name: str
    name_en: str
    aliases: tuple[str, ...]
    lead: tuple[str, ...]
    lead_names: tuple[str, ...]
    lead_names_en: tuple[str, ...]
    assist: tuple[str, ...]
    assist_names: tuple[str, ...]
    assist_names_en: tuple[str, ...]
    everyone: bool
    """`lead: all`: laid on every unit alike."""
    each: bool
    reporting: str
    due: date | None
    measure: str
    decimals: int
    goal: Quantity
    pace: str
    nodes: tuple[tuple[date, str], ...]
    counting: str
    parent: str | None
    within: str | None
    allocations: dict[str, Quantity]
    ratio_of: str | None
    ratio_to: str | None
    through: str | None
    note: str
    inferred: dict[str, str]
    clause: str | None
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


class FacilityLine(NamedTuple):
    """A facility of a project."""

    plan: str
    project: str
    project_name: str
    kind: str
    required: bool
    """Whether it must be in use when people move in."""
    unit: str | None
    unit_name: str | None
    unit_name_en: str | None
    planned: date | None
    current: date | None
    actual: date | None
    status: str
    """in_use | overdue | late | open | undated | not_needed."""
    due: date | None
    days_overdue: int | None
    working_days_overdue: int | None


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


class PlanLine(NamedTuple):
    """A plan, or a revision of one, as recorded."""

    plan: str
    revision: int
    document: str | None
    effective_on: date | None
    recorded_at: str
    by: str
    digest: str


class PlanSheet(NamedTuple):
    """`anju plan show`: the plan in force, with all its items."""

    plan: str
    revision: int
    document: str | None
    effective_on: date | None
    title: str
    title_en: str
    region: str
    region_en: str
    issuer: str
    issuer_en: str
    based_on: tuple[str, ...]
    issued_on: date | None
    year: int
    units: int
    bodies: int
    settings: ReportSettings
    items: tuple[ItemLine, ...]
    projects: tuple["PlannedLine", ...] = ()


class PlannedLine(NamedTuple):
    """What the plan has a project bring to a target (原计划)."""

    project: str
    name: str
    target: str
    homes: int
    planned: date


class Difference(NamedTuple):
    """One thing that differs between two states of a plan."""

    plan: str
    item: str
    field: str
    before: str | None
    after: str | None


class Asked(NamedTuple):
    """What a list of who is late was asked for."""

    title: str
    title_en: str
    as_of: date
    reason: str | None
    unit: str | None
    unit_name: str
    unit_name_en: str
    quarter: str | None
    deadline_inferred: bool
    """The return deadlines are the office's own (暂定)."""
