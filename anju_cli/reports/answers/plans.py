"""Plans, their revisions and their items."""

from datetime import date
from decimal import Decimal
from typing import NamedTuple

from anju_cli.reports.answers.heads import Quantity, ReportSettings


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
    """`lead: all`: every unit has it alike."""
    each: bool
    reporting: str
    due: date | None
    measure: str
    decimals: int
    goal: Quantity
    direction: str
    level: bool
    signed: bool
    baseline: Quantity
    """Where the way to the goal began; null where it is none."""
    baseline_on: date | None
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
    leader: str = ""
    """The person in charge by office (责任领导), as the plan names it; empty where it names none."""
    leader_en: str = ""
    weight: Decimal | None = None
    """What the plan lets it weigh; nothing is computed of it."""


class PlanLine(NamedTuple):
    """A plan, or a revision of one, as recorded."""

    plan: str
    revision: int
    document: str | None
    effective_on: date | None
    recorded_at: str
    by: str
    digest: str
    document_digest: str
    """Of what the plan says, whoever recorded it and when: the same for two files that say the same."""


class PlannedLine(NamedTuple):
    """What the plan has a project bring to a target (原计划)."""

    project: str
    name: str
    target: str
    homes: int
    planned: date


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
    document_digest: str = ""
    starts: date | None = None
    """The first day of its year."""
    ends: date | None = None


class Difference(NamedTuple):
    """One thing that differs between two states of a plan."""

    plan: str
    item: str
    field: str
    before: str | None
    after: str | None
