"""A plan as every other part sees it: resolved (defaults filled in, `all` expanded, integers in smallest units)."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import NamedTuple

from anju_cli.domain.grammar import is_chinese
from anju_cli.domain.items import RECEIVED, SUMMARY, Clause, Item
from anju_cli.domain.quarters import Quarters, quarters_of


class Body(NamedTuple):
    """Anything that can be named on an item: a single unit, a member of a collective, an organ, an outside body."""

    id: str
    name: str
    name_en: str
    aliases: tuple[str, ...] = ()
    unit: str | None = None
    """For a unit or a member, the id of the unit that is assessed; null for bodies that are never assessed."""

    @property
    def member(self) -> str | None:
        """Its own id where it is a member of a collective, else null."""
        return self.id if self.unit not in (None, self.id) else None


class Unit(NamedTuple):
    """One of the bodies that answer for items (成员单位); a collective one has members."""

    id: str
    name: str
    name_en: str
    aliases: tuple[str, ...] = ()
    members: tuple[Body, ...] = ()


class Settings(NamedTuple):
    """How the office runs the year. Where the plan is silent, the reason stands in `inferred`."""

    return_day: int = 10
    return_month: int = 1
    """Of which month, counted from the quarter's last one (0)."""
    review_from: int = 11
    review_to: int = 20
    bulletin_working_days: int = 10
    grades: tuple[str, ...] = ()
    """Results beside 完成任务进度 and 未完成任务进度 that a review may give, in the official words."""
    yellow_below: Decimal = Decimal(0)
    red_below: Decimal = Decimal(-10)
    days_off: tuple[date, ...] = ()
    work_days: tuple[date, ...] = ()
    inferred: dict[str, str] = {}  # noqa: RUF012 - never changed


class Rule(NamedTuple):
    """A passage that binds or explains but on which no progress is reported."""

    id: str
    name: str
    name_en: str
    clause: Clause


class Planned(NamedTuple):
    """What a project is to bring to a target: so many homes, on a day."""

    target: str
    homes: int
    on: date


class PlannedProject(NamedTuple):
    """A project as the plan has it (原计划): the baseline that `pace: projects` rests on. Its register is elsewhere."""

    code: str
    name: str
    planned: tuple[Planned, ...]


@dataclass(frozen=True)
class Plan:
    """One year's plan of one place: the resolved state that a revision records."""

    id: str
    year: int
    region: str
    region_en: str
    title: str
    title_en: str
    issuer: str
    issuer_en: str
    based_on: tuple[str, ...]
    issued_on: date | None
    settings: Settings
    units: tuple[Unit, ...]
    bodies: tuple[Body, ...]
    items: tuple[Item, ...]
    rules: tuple[Rule, ...]
    projects: tuple[PlannedProject, ...] = ()
    reporting_from: date | None = None
    """From when returns are owed, where the plan says so; else from its day of issue."""

    starts: date | None = None
    """The first day of its year, where that is not 1 January."""
    ends: date | None = None
    """The last day of its year, where that is not twelve months after the first."""

    @property
    def is_english(self) -> bool:
        """Whether it is written in English, by its title: its papers are, too."""
        return not is_chinese(self.title)

    @cached_property
    def quarters(self) -> Quarters:
        """Its year, in quarters."""
        return quarters_of(self.year, self.starts, self.ends)

    def asks_for_returns(self, quarter_end: date) -> bool:
        """Whether a quarter that ends on this day owes returns: one that ended before the plan was there owes none."""
        since = self.reporting_from or self.issued_on
        return since is None or quarter_end >= since

    @cached_property
    def by_id(self) -> dict[str, Item]:
        """Items by id, the companion of a case duty before it."""
        pairs = ((self.companions.get(item.id), item) for item in self.items)
        return {item.id: item for pair in pairs for item in pair if item}

    @cached_property
    def companions(self) -> dict[str, Item]:
        """By case duty, what counts the cases taken in (受理): owed with it as one row, and in no plan file."""
        found: dict[str, Item] = {}
        for item in (item for item in self.items if item.reporting == "case"):
            names = f"{item.name}·受理", f"{item.name_en}, received"
            found[item.id] = replace(item, id=item.id + RECEIVED, name=names[0], name_en=names[1], aliases=())
        return found

    def home_targets(self) -> tuple[Item, ...]:
        """The targets that homes of a project can count on: counted in homes, with entries of their own."""
        own = (item for item in self.targets() if item.counts_homes and not item.derived)
        return tuple(item for item in own if item.id not in self.children)

    def line(self, item: Item) -> tuple[Item, ...]:
        """An item, what it is part of (其中), what that is part of, and so on."""
        whole = self.by_id.get(item.within or "")
        return (item, *(self.line(whole) if whole else ()))

    def leaves(self, item: Item) -> tuple[Item, ...]:
        """What has entries of its own: an item, or those that a parent sums."""
        children = self.children.get(item.id)
        return tuple(leaf for child in children for leaf in self.leaves(child)) if children else (item,)

    @cached_property
    def unit_by_id(self) -> dict[str, Unit]:
        """The assessed units by id."""
        return {unit.id: unit for unit in self.units}

    @cached_property
    def body_by_id(self) -> dict[str, Body]:
        """Every body that can be named: units, their members, organs and outside bodies."""
        found: dict[str, Body] = {}
        for unit in self.units:
            found[unit.id] = Body(unit.id, unit.name, unit.name_en, unit.aliases, unit.id)
            found.update((member.id, member) for member in unit.members)
        return found | {body.id: body for body in self.bodies}

    @cached_property
    def reporting_bodies(self) -> tuple[Body, ...]:
        """The bodies that owe returns (报送主体), in plan order: single units, and members in place of a collective."""
        return tuple(self.body_by_id[body] for unit in self.units for body in self.reporting(unit.id))

    @cached_property
    def children(self) -> dict[str, tuple[Item, ...]]:
        """For each parent item, the items it sums."""
        found: dict[str, tuple[Item, ...]] = {}
        for item in self.items:
            if item.parent:
                found[item.parent] = (*found.get(item.parent, ()), item)
        return found

    @cached_property
    def planned(self) -> dict[str, tuple[Planned, ...]]:
        """For each target, what projects are to bring to it; a parent's is what they bring to its children."""
        found: dict[str, tuple[Planned, ...]] = {}
        for step in (step for project in self.projects for step in project.planned):
            id: str | None = step.target
            while id:
                found[id] = (*found.get(id, ()), step)
                id = self.by_id[id].parent if id in self.by_id else None
        return found

    @cached_property
    def standing(self) -> tuple[str, ...]:
        """The ids under which a body may speak of its standing duties: the shared row, and each of them."""
        return (SUMMARY, *(item.id for item in self.items if item.reporting == SUMMARY))

    @cached_property
    def summary(self) -> Item:
        """The row that all standing duties of a body share; not declared by any plan, known to all."""
        everyone = tuple(unit.id for unit in self.units)
        return Item(SUMMARY, "duty", "综合情况", "Summary", lead=everyone, everyone=True, each=True, reporting=SUMMARY)

    def reporting(self, body: str) -> tuple[str, ...]:
        """The reporting bodies that `body` stands for: the members of a collective, else itself."""
        unit = self.unit_by_id.get(body)
        return tuple(member.id for member in unit.members) if unit and unit.members else (body,)

    def answering(self, item: Item) -> tuple[str, ...]:
        """The reporting bodies that answer for an item: every lead where `each`, the parts' units, else the first lead.

        Bodies that are never assessed (领导小组 and the like) answer for nothing.
        """
        named = item.lead if item.each else tuple(item.allocations) or item.lead[:1]
        return tuple(body for lead in named for body in self.reporting(lead) if self.body_by_id[body].unit)

    def may_report(self, item: Item) -> tuple[str, ...]:
        """Who may file on an item: leads and assists or their members, the parts' units, or the lead alone."""
        if item.allocations:
            named = tuple(item.allocations)
        elif item.reported_by == "lead":
            named = item.lead[:1]
        else:
            named = (*item.lead, *item.assist)
        return tuple(dict.fromkeys(body for lead in named for body in self.reporting(lead)))

    def part_of(self, item: Item, body: str) -> str | None:
        """Whose part of an allocated item a body's entries count in: its own, or its collective's."""
        if body in item.allocations:
            return body
        unit = self.body_by_id[body].unit if body in self.body_by_id else None
        return unit if unit in item.allocations else None

    def targets(self) -> Iterator[Item]:
        """The targets in plan order."""
        return (item for item in self.items if item.kind == "target")

    def milestones(self) -> Iterator[Item]:
        """The milestones in plan order."""
        return (item for item in self.items if item.kind == "milestone")
