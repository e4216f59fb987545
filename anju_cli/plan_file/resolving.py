"""What binds a plan's entries together: references, sums, shares, paces. Out comes the resolved plan."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction
from math import ceil
from typing import Any

from anju_cli.domain.names import fold
from anju_cli.domain.pace import node_quantity
from anju_cli.domain.plan import SUMMARY, Body, Clause, Item, Plan, Rule, Settings, Unit
from anju_cli.domain.rates import measured
from anju_cli.i18n import _
from anju_cli.plan_file.shape import (
    UNDATED,
    BodyShape,
    DutyShape,
    ItemShape,
    MilestoneShape,
    PlanShape,
    SettingsShape,
    Shape,
    TargetShape,
    UnitShape,
)
from anju_cli.plan_file.strict import Path

Found = Callable[[Path, str, str], None]
ITEM_SECTIONS = ("targets", "milestones", "duties")
_CASE_MEASURE = "件"


@dataclass
class Parts:
    """The entries of a file that have their right shape, with their places; and the ids of those that have not."""

    plan: PlanShape | None = None
    settings: SettingsShape | None = None
    entries: dict[str, list[tuple[Path, Any]]] = field(default_factory=dict)
    mistaken: set[str] = field(default_factory=set)

    def declare(self, section: str, number: int, raw: Any, shape: Shape | None) -> None:
        """Take in one entry; of a mistaken one only the id, so that those who name it are not blamed."""
        if shape is not None:
            self.entries.setdefault(section, []).append(((section, number), shape))
        elif isinstance(raw, dict) and isinstance(raw.get("id"), str):
            self.mistaken.add(raw["id"])
            self.mistaken.update(
                each["id"] for each in raw.get("members") or [] if isinstance(each, dict) and "id" in each
            )

    def items(self) -> Iterator[tuple[Path, ItemShape]]:
        """The items of all kinds, with their places."""
        for section in ITEM_SECTIONS:
            yield from self.entries.get(section, [])


def resolve(parts: Parts, found: Found) -> Plan | None:
    """The plan, with defaults filled in, `all` expanded and quantities in smallest units; problems go to `found`."""
    return _Resolver(parts, found).plan()


class _Resolver:
    def __init__(self, parts: Parts, found: Found) -> None:
        self.parts = parts
        self.found = found
        self.units = [shape for _, shape in parts.entries.get("units", [])]
        self.items = {shape.id: (at, shape) for at, shape in parts.items()}
        self.resolved: dict[str, Item] = {}
        self.resolving: set[str] = set()

    def plan(self) -> Plan | None:
        self._check_ids()
        self._check_settings()
        if self.parts.plan is None or self.parts.settings is None:
            return None
        year = self.parts.plan.year
        for id in self.items:
            self._item(id, year)
        self._check_whole(year)
        if not self.units:
            self.found(("units",), _("no unit"), _("at least one"))
        head = self.parts.plan
        return Plan(
            id=head.id,
            year=year,
            region=head.region.zh,
            region_en=head.region.en,
            title=head.title.zh,
            title_en=head.title.en,
            issuer=head.issuer.zh,
            issuer_en=head.issuer.en,
            based_on=tuple(head.based_on),
            issued_on=head.issued_on,
            settings=_settings(self.parts.settings),
            units=tuple(map(_unit, self.units)),
            bodies=tuple(_body(shape, None) for _, shape in self.parts.entries.get("bodies", [])),
            items=tuple(self.resolved[shape.id] for _, shape in self.parts.items()),
            rules=tuple(
                Rule(
                    shape.id,
                    shape.name.zh if shape.name else shape.clause.quote,
                    shape.name.en if shape.name else shape.clause.quote,
                    Clause(**shape.clause.model_dump()),
                )
                for _, shape in self.parts.entries.get("rules", [])
            ),
        )

    # -- names ---------------------------------------------------------------------------------------------------

    def _bodies(self) -> Iterator[tuple[Path, BodyShape]]:
        for at, unit in self.parts.entries.get("units", []):
            yield at, unit
            for number, member in enumerate(unit.members):
                yield (*at, "members", number), member
        yield from self.parts.entries.get("bodies", [])

    def _check_ids(self) -> None:
        """An id, a name or an alias names one thing."""
        items = [*self.parts.items(), *self.parts.entries.get("rules", [])]
        for things, what in ((list(self._bodies()), _("body")), (items, _("item"))):
            seen: dict[str, str] = {}
            for at, shape in things:
                names = [shape.name.zh, shape.name.en, *getattr(shape, "aliases", ())] if shape.name else []
                for label, name in [("id", shape.id), *(("name", each) for each in names)]:
                    if seen.setdefault(fold(name), shape.id) != shape.id or (
                        label == "id" and self._twice(things, name)
                    ):
                        taken = _("a name of its own; {id} has it").format(id=seen[fold(name)])
                        self.found((*at, label), repr(name), taken)
        for at, shape in self.parts.items():
            if shape.id == SUMMARY:
                self.found((*at, "id"), SUMMARY, _("another id; this one is the shared row of standing duties"))
        clauses: dict[str, str] = {}
        for at, shape in items:
            if shape.clause and clauses.setdefault(shape.clause.id, shape.clause.quote) != shape.clause.quote:
                self.found(
                    (*at, "clause", "quote"),
                    repr(shape.clause.quote),
                    _("the same quote wherever this clause is named"),
                )

    @staticmethod
    def _twice(things: list[tuple[Path, Any]], id: str) -> bool:
        return Counter(shape.id for _, shape in things)[id] > 1

    def _check_settings(self) -> None:
        settings = self.parts.settings
        if settings is None:
            return
        if settings.review.from_day > settings.review.to_day:
            self.found(("settings", "review", "to_day"), str(settings.review.to_day), _("a day not before from_day"))
        if settings.lights.red_below > settings.lights.yellow_below:
            self.found(("settings", "lights", "red_below"), str(settings.lights.red_below), _("not above yellow_below"))
        for day in set(settings.days_off) & set(settings.work_days):
            self.found(("settings", "work_days"), str(day), _("a day that is not in days_off"))

    # -- items ---------------------------------------------------------------------------------------------------

    def _item(self, id: str, year: int) -> Item:
        """One item, resolved after those it takes its measure, due date and pace from."""
        if id in self.resolved:
            return self.resolved[id]
        at, shape = self.items[id]
        self.resolving.add(id)
        above = self._above(at, shape, year)
        common = self._common(at, shape, year, above)
        if isinstance(shape, TargetShape):
            item = self._target(at, shape, common, above, year)
        elif isinstance(shape, MilestoneShape):
            item = Item(kind="milestone", each=shape.each, **{"reporting": "quantity", **common})
            if shape.reporting in ("case", "summary"):
                self.found(
                    (*at, "reporting"), shape.reporting, _("one of {words}").format(words="quantity, register, none")
                )
        else:
            assert isinstance(shape, DutyShape)
            item = self._duty(at, shape, common)
        self.resolving.discard(id)
        self.resolved[id] = item
        return item

    def _above(self, at: Path, shape: ItemShape, year: int) -> Item | None:
        """The parent, or the target that this is a sub-quota of."""
        for key in ("parent", "within"):
            id = getattr(shape, key, None)
            if id is None:
                continue
            if id in self.resolving:
                self.found((*at, key), id, _("an item that is not part of this one"))
            elif self._refers((*at, key), id, TargetShape, _("a target")):
                return self._item(id, year)
        return None

    def _common(self, at: Path, shape: ItemShape, year: int, above: Item | None) -> dict[str, Any]:
        for name in shape.inferred:
            if name not in type(shape).model_fields:
                self.found((*at, "inferred", name), name, _("a key of this item"))
        due = above.due if shape.due is None and above else None if shape.due == UNDATED else shape.due
        if isinstance(due, date) and not year - 1 <= due.year <= year + 1:
            self.found((*at, "due"), due.isoformat(), _("a date in or beside the plan year {year}").format(year=year))
        inferred = dict(shape.inferred)
        if above:
            inferred = {
                **{
                    name: why
                    for name, why in above.inferred.items()
                    if name in ("due", "pace") and getattr(shape, name) is None
                },
                **inferred,
            }
        common = {
            "id": shape.id,
            "name": shape.name.zh,
            "name_en": shape.name.en,
            "aliases": tuple(shape.aliases),
            "clause": Clause(**shape.clause.model_dump()) if shape.clause else None,
            "lead": self._leads((*at, "lead"), shape.lead),
            "assist": self._leads((*at, "assist"), shape.assist),
            "everyone": shape.lead == ["all"],
            "due": due,
            "measure": shape.measure or (above.measure if above else ""),
            "counting": shape.counting or "",
            "note": shape.note or "",
            "inferred": inferred,
        }
        return common | ({"reporting": shape.reporting} if shape.reporting else {})

    def _leads(self, at: Path, leads: list[str]) -> tuple[str, ...]:
        if leads == ["all"]:
            return tuple(unit.id for unit in self.units)
        for number, lead in enumerate(leads):
            self._known_body((*at, number), lead)
        if len(set(leads)) < len(leads):
            self.found(at, ", ".join(leads), _("each body once"))
        return tuple(leads)

    def _target(self, at: Path, shape: TargetShape, common: dict[str, Any], above: Item | None, year: int) -> Item:
        decimals = shape.decimals if shape.decimals is not None else above.decimals if above else 0
        common["reporting"] = shape.reporting or ("none" if shape.ratio or self._children(shape.id) else "quantity")
        if common["reporting"] in ("case", "summary"):
            self.found(
                (*at, "reporting"), str(shape.reporting), _("one of {words}").format(words="quantity, register, none")
            )
        goal = self._goal(at, shape, decimals, above)
        allocations = {
            unit: self._quantity((*at, "allocations", unit), part, decimals) or 0
            for unit, part in shape.allocations.items()
        }
        pace, nodes = self._pace(at, shape, above, decimals)
        item = Item(
            kind="target",
            decimals=decimals,
            goal=goal,
            pace=pace,
            nodes=nodes,
            parent=shape.parent,
            within=shape.within,
            allocations=allocations,
            ratio_of=shape.ratio.of if shape.ratio else None,
            ratio_to=shape.ratio.to if shape.ratio else None,
            reported_by=shape.reported_by,
            **common | ({"measure": "%"} if shape.ratio else {}),
        )
        self._check_target(at, shape, item, above, year)
        return item

    def _duty(self, at: Path, shape: DutyShape, common: dict[str, Any]) -> Item:
        reporting = shape.reporting or "none"
        if shape.through:
            self._refers((*at, "through"), shape.through, TargetShape, _("a target"))
            if shape.reporting not in (None, "none"):
                self.found((*at, "reporting"), shape.reporting, _("none: its quantities are the target's"))
        elif not shape.reporting:
            self.found(
                at, _("no reporting"), _("one of {words}").format(words="quantity, case, summary, register, none")
            )
        if reporting == "case" and shape.measure != _CASE_MEASURE:
            self.found((*at, "measure"), repr(shape.measure or ""), _("件: cases are counted"))
        if reporting == "quantity" and not shape.measure:
            self.found(at, _("no measure"), _("one: a quantity is counted in something"))
        return Item(
            kind="duty",
            each=shape.each,
            through=shape.through,
            decimals=shape.decimals or 0,
            **common | {"reporting": reporting},
        )

    # -- quantities ----------------------------------------------------------------------------------------------

    def _children(self, id: str) -> list[str]:
        return [shape.id for _, shape in self.parts.entries.get("targets", []) if shape.parent == id]

    def _quantity(self, at: Path, text: str, decimals: int) -> int | None:
        """A quantity in smallest units; more decimals than the measure has are a problem."""
        if text.endswith("%"):
            self.found(at, text, _("a quantity; a share is taken where there is a whole"))
            return None
        scaled = Decimal(text).scaleb(decimals)
        if scaled != scaled.to_integral_value():
            self.found(at, text, _("at most {n} decimals; see decimals").format(n=decimals))
            return None
        return int(scaled)

    def _goal(self, at: Path, shape: TargetShape, decimals: int, above: Item | None) -> int | None:
        if children := self._children(shape.id):
            return self._goal_of_parent(at, shape, decimals, children)
        if shape.goal is None:
            return None
        if shape.goal.endswith("%") and shape.within and above:
            share = Fraction(shape.goal.rstrip("%")) / 100
            return ceil(share * above.goal) if above.goal is not None else None
        return self._quantity((*at, "goal"), shape.goal, decimals)

    def _goal_of_parent(self, at: Path, shape: TargetShape, decimals: int, children: list[str]) -> int | None:
        """A parent's goal is the sum of its children's; one that it states must be exactly that."""
        goals = []
        for id in children:
            child = self.items[id][1]
            assert isinstance(child, TargetShape)
            places = child.decimals if child.decimals is not None else decimals
            goals.append(
                self._goal_of_parent(self.items[id][0], child, places, grandchildren)
                if (grandchildren := [each for each in self._children(id) if each != shape.id])
                else int(Decimal(child.goal).scaleb(places))
                if child.goal and not child.goal.endswith("%")
                else None
            )
        total = sum(goal for goal in goals if goal is not None) if any(goal is not None for goal in goals) else None
        stated = self._quantity((*at, "goal"), shape.goal, decimals) if shape.goal is not None else None
        if stated is not None and stated != total:
            expected = _("{n}, the sum of its children, or no goal").format(n=measured(total, decimals))
            self.found((*at, "goal"), str(shape.goal), expected)
        return total

    def _pace(
        self, at: Path, shape: TargetShape, above: Item | None, decimals: int
    ) -> tuple[str, tuple[tuple[date, str | int], ...]]:
        if shape.pace is None:
            return (above.pace, above.nodes) if above else ("none", ())
        if isinstance(shape.pace, str):
            return shape.pace, ()
        steps: list[tuple[date, str | int]] = []
        for day, amount in shape.pace.items():
            share = amount.endswith("%")
            quantity = None if share else self._quantity((*at, "pace", day.isoformat()), amount, decimals)
            steps.append((day, amount if share else quantity or 0))
        return "nodes", tuple(steps)

    # -- checks --------------------------------------------------------------------------------------------------

    def _check_target(self, at: Path, shape: TargetShape, item: Item, above: Item | None, year: int) -> None:
        if item.goal is not None and not item.measure:
            self.found(at, _("no measure"), _("one: a goal is counted in something"))
        if (item.goal is not None or item.derived) and shape.pace is None and above is None:
            self.found(at, _("no pace"), _("one of {words}, or dated steps").format(words="even, year_end, none"))
        if shape.due is None and above is None:
            self.found(at, _("no due"), _("a date, or undated"))
        if shape.ratio:
            self._check_ratio(at, shape, item)
        if item.pace == "even" and item.due != date(year, 12, 31):
            end = f"{year}-12-31"
            self.found(
                (*at, "pace"), "even", _("another pace, or due {end}: even is for the whole year").format(end=end)
            )
        if item.pace == "nodes" and shape.pace is not None:
            self._check_nodes(at, item)
        if above and shape.parent:
            if (item.measure, item.decimals) != (above.measure, above.decimals):
                self.found(
                    (*at, "measure"), repr(item.measure), _("{measure}, as its parent").format(measure=above.measure)
                )
            if above.nodes and shape.pace is None and any(isinstance(amount, int) for _, amount in above.nodes):
                self.found(at, _("the parent's steps in quantities"), _("steps of its own"))
        if above and shape.within and item.goal is not None and above.goal is not None and item.goal > above.goal:
            at_most = _("at most {n}, the goal of {item}").format(n=measured(above.goal, above.decimals), item=above.id)
            self.found((*at, "goal"), str(shape.goal), at_most)
        if item.allocations:
            self._check_allocations(at, item)

    def _check_ratio(self, at: Path, shape: TargetShape, item: Item) -> None:
        assert shape.ratio
        measures = set()
        for key in ("of", "to"):
            id = getattr(shape.ratio, key)
            if self._refers((*at, "ratio", key), id, ItemShape, _("an item with quantities")) and id != shape.id:
                measures.add(self.items[id][1].measure)
            elif id == shape.id:
                self.found((*at, "ratio", key), id, _("another item"))
        if len(measures) > 1:
            self.found((*at, "ratio"), ", ".join(map(str, sorted(map(str, measures)))), _("two items of one measure"))
        if shape.goal is not None or item.pace not in ("year_end", "none"):
            self.found(
                at, _("a goal or a pace through the year"), _("none: a ratio aims at the whole, at its due date")
            )

    def _check_nodes(self, at: Path, item: Item) -> None:
        days = [day for day, _ in item.nodes]
        if days != sorted(days):
            self.found((*at, "pace"), ", ".join(map(str, days)), _("steps in order of date"))
        if item.goal is None:
            return
        reached = [node_quantity(amount, item.goal) for _, amount in item.nodes]
        if reached != sorted(reached):
            self.found((*at, "pace"), _("a step below the one before"), _("steps that never fall"))
        if reached[-1] != item.goal:
            self.found((*at, "pace"), str(item.nodes[-1][1]), _("the whole goal at the last step"))
        if item.due and days[-1] > item.due:
            self.found((*at, "pace"), days[-1].isoformat(), _("the last step on or before {due}").format(due=item.due))

    def _check_allocations(self, at: Path, item: Item) -> None:
        total = sum(item.allocations.values())
        if total != item.goal:
            parts, goal = measured(total, item.decimals), measured(item.goal, item.decimals)
            self.found((*at, "allocations"), str(parts), _("parts that add up to {goal}").format(goal=goal))
        members = {member.id: unit.id for unit in self.units for member in unit.members}
        for body in item.allocations:
            self._known_body((*at, "allocations", body), body, assessed=True)
            if members.get(body) in item.allocations:
                self.found((*at, "allocations", body), body, _("a collective or its members, not both"))

    def _check_whole(self, year: int) -> None:
        """What can be seen only when all items are there."""
        for at, shape in self.parts.items():
            if shape.id in self.resolved and self._children(shape.id) and isinstance(shape, TargetShape):
                item = self.resolved[shape.id]
                if item.allocations or item.derived:
                    self.found(at, shape.id, _("either children, or parts, or a ratio"))

    def _known_body(self, at: Path, id: str, *, assessed: bool = False) -> None:
        known = {shape.id for path, shape in self._bodies() if not assessed or path[0] == "units"}
        if id not in known | self.parts.mistaken:
            self.found(at, id, _("a member unit") if assessed else _("a body that is declared"))

    def _refers(self, at: Path, id: str, shape: type[Shape], expected: str) -> bool:
        if id in self.items and isinstance(self.items[id][1], shape):
            return True
        if id not in self.parts.mistaken:
            self.found(at, id, expected)
        return False


def _settings(shape: SettingsShape) -> Settings:
    reasons = {"return_deadline": shape.return_deadline, "review": shape.review, "lights": shape.lights}
    return Settings(
        return_day=shape.return_deadline.day,
        review_from=shape.review.from_day,
        review_to=shape.review.to_day,
        bulletin_working_days=shape.review.bulletin_working_days,
        yellow_below=shape.lights.yellow_below,
        red_below=shape.lights.red_below,
        days_off=tuple(shape.days_off),
        work_days=tuple(shape.work_days),
        inferred={name: part.inferred for name, part in reasons.items() if part.inferred},
    )


def _unit(shape: UnitShape) -> Unit:
    members = tuple(_body(member, shape.id) for member in shape.members)
    return Unit(shape.id, shape.name.zh, shape.name.en, tuple(shape.aliases), members)


def _body(shape: BodyShape, unit: str | None) -> Body:
    return Body(shape.id, shape.name.zh, shape.name.en, tuple(shape.aliases), unit)
