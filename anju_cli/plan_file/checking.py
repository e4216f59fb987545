"""What binds the items of a plan: who answers, measures, sums, shares, parts, ratios, paces, names and clauses."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from anju_cli.domain.items import SUMMARY, Item
from anju_cli.domain.names import fold
from anju_cli.domain.pace import faults_of_steps
from anju_cli.domain.quarters import Quarters
from anju_cli.domain.rates import measured
from anju_cli.i18n import _
from anju_cli.plan_file.aims import check_direction, doubt_direction
from anju_cli.plan_file.parts import ALL, Parts
from anju_cli.plan_file.shape import DutyShape, ItemShape, MilestoneShape, TargetShape
from anju_cli.plan_file.strict import Path, dotted

_CASE_MEASURES = ("件", "cases")
"""What cases are counted in, in either language."""
_TARGET_REPORTING = ("quantity", "register", "none")


def check_items(parts: Parts, resolved: Mapping[str, Item], quarters: Quarters | None) -> None:
    """Every item by itself and against those it names; the year is null where the file does not tell it."""
    checks = _Checks(parts, resolved, quarters)
    for id, (at, shape) in parts.by_id.items():
        item = resolved[id]
        checks.item(at, shape, item)
        doubt_direction(parts, at, shape, item)
        if isinstance(shape, TargetShape):
            checks.target(at, shape, item)
        elif isinstance(shape, MilestoneShape):
            checks.milestone(at, shape)
        elif isinstance(shape, DutyShape):
            checks.duty(at, shape)


class _Checks:
    def __init__(self, parts: Parts, resolved: Mapping[str, Item], quarters: Quarters | None) -> None:
        self.parts = parts
        self.resolved = resolved
        self.quarters = quarters
        self.found = parts.found

    def item(self, at: Path, shape: ItemShape, item: Item) -> None:
        if not shape.lead:
            self.found(at, _("no lead"), _("a body that answers for it, or all"))
        for name in shape.inferred:
            if name not in type(shape).model_fields:
                self.found((*at, "inferred", name), name, _("a key of this item"), key=True)
        if self.quarters and isinstance(shape.due, date):
            first, last = self.quarters.dues
            if not first <= shape.due <= last:
                near = _("a date in or beside the plan year {year}").format(year=self.quarters.year)
                self.found((*at, "due"), shape.due.isoformat(), near)

    def milestone(self, at: Path, shape: MilestoneShape) -> None:
        if shape.due is None:
            self.found(at, _("no due"), _("a date, or undated"))
        self._reporting(at, shape, _TARGET_REPORTING)

    def duty(self, at: Path, shape: DutyShape) -> None:
        if isinstance(shape.due, date):
            milestone = _("no due: what has a date is a milestone, under milestones")
            self.found((*at, "due"), shape.due.isoformat(), milestone)
        if shape.through:
            place = (*at, "through")
            if self.parts.check_item(place, shape.through, TargetShape, _("a target")) and (
                self.resolved[shape.through].level
            ):
                self.found(place, shape.through, _("a target whose quantities are summed; this one is a level"))
            if shape.reporting not in (None, "none"):
                self.found((*at, "reporting"), shape.reporting, _("none: its quantities are the target's"))
        elif not shape.reporting:
            words = "quantity, case, summary, register, none"
            self.found(at, _("no reporting"), _("one of {words}").format(words=words))
        if shape.reporting == "case" and shape.measure not in _CASE_MEASURES:
            self.found((*at, "measure"), repr(shape.measure or ""), _("件: cases are counted"))
        if shape.reporting == "quantity" and not shape.measure and not shape.through:
            self.found(at, _("no measure"), _("one: a quantity is counted in something"))

    def target(self, at: Path, shape: TargetShape, item: Item) -> None:
        above = self.resolved.get(shape.parent or shape.within or "")
        inherits = bool(shape.parent or shape.within)
        if item.goal is not None and not item.measure and not inherits:
            self.found(at, _("no measure"), _("one: a goal is counted in something"))
        if (item.goal is not None or shape.ratio) and shape.pace is None and not inherits:
            self.found(
                at, _("no pace"), _("one of {words}, or dated steps").format(words="even, projects, year_end, none")
            )
        if shape.due is None and not inherits:
            self.found(at, _("no due"), _("a date, or undated"))
        if shape.parent and shape.within:
            self.found((*at, "within"), shape.within, _("either a parent or a whole, not both"))
        kinds = [shape.id in self.parts.children, bool(shape.allocations), bool(shape.ratio)]
        if sum(kinds) > 1:
            self.found(at, shape.id, _("either children, or parts, or a ratio"))
        elif shape.ratio:
            self._ratio(at, shape)
        elif shape.allocations:
            self._allocations(at, shape, item)
        owes_nothing = shape.ratio or shape.id in self.parts.children
        self._reporting(at, shape, ("none",) if owes_nothing else _TARGET_REPORTING)
        if above:
            self._above(at, shape, item, above)
        if shape.id in self.parts.children:
            self._children(at, shape, item)
        self._pace(at, shape, item, above)
        check_direction(self.parts, at, shape, item, self._around(shape))

    def _around(self, shape: TargetShape) -> dict[str, Item]:
        """The items that a target is part of or computed from, by the key that names them."""
        named = {"parent": shape.parent, "within": shape.within}
        if shape.ratio:
            named |= {"ratio.of": shape.ratio.of, "ratio.to": shape.ratio.to}
        return {key: self.resolved[id] for key, id in named.items() if id and id in self.resolved and id != shape.id}

    def _reporting(self, at: Path, shape: ItemShape, words: tuple[str, ...]) -> None:
        if shape.reporting and shape.reporting not in words:
            expected = _("one of {words}").format(words=", ".join(words)) if len(words) > 1 else words[0]
            self.found((*at, "reporting"), shape.reporting, expected)

    # -- wholes and their parts ----------------------------------------------------------------------------------

    def _above(self, at: Path, shape: TargetShape, item: Item, above: Item) -> None:
        """A part is counted as its whole is, and a sub-quota is no more than it."""
        key = "parent" if shape.parent else "within"
        if above.derived:
            self.found((*at, key), above.id, _("a target with quantities of its own"))
            return
        if shape.measure and above.measure and shape.measure != above.measure:
            same = _("{measure}, as {item} has").format(measure=above.measure, item=above.id)
            self.found((*at, "measure"), repr(shape.measure), same)
        elif item.decimals != above.decimals:
            same = _("{measure}, as {item} has").format(measure=above.decimals, item=above.id)
            self.found((*at, "decimals"), str(item.decimals), same)
        elif shape.within and shape.goal:
            if above.goal is None and shape.goal.endswith("%"):
                self.found((*at, "goal"), shape.goal, _("a quantity; {item} has no goal").format(item=above.id))
            elif item.goal is not None and above.goal is not None and item.goal > above.goal:
                whole = measured(above.goal, above.decimals)
                at_most = _("at most {n}, the goal of {item}").format(n=whole, item=above.id)
                self.found((*at, "goal"), shape.goal, at_most)

    def _children(self, at: Path, shape: TargetShape, item: Item) -> None:
        """A parent's goal is the sum of its children's; one that it states must be exactly that."""
        if shape.id in self.parts.incomplete:
            return
        children = [self.resolved[child.id] for child in self.parts.children[shape.id]]
        if item.goal is not None:
            for child in children:
                if child.goal is None and child.id not in self.parts.incomplete:
                    one = _("one, as the other children of {item} have").format(item=shape.id)
                    self.found(self.parts.by_id[child.id][0], _("no goal"), one)
        if shape.goal is None or len({child.goal is None or child.decimals != item.decimals for child in children}) > 1:
            return
        if item.goal is None:
            self.found((*at, "goal"), shape.goal, _("children with goals that add up to it, or no goal"))
        elif shape.goal.endswith("%") or measured(item.goal, item.decimals) != Decimal(shape.goal):
            whole = measured(item.goal, item.decimals)
            self.found((*at, "goal"), shape.goal, _("{n}, the sum of its children, or no goal").format(n=whole))

    def _allocations(self, at: Path, shape: TargetShape, item: Item) -> None:
        """Parts of one goal add up to it, or the plan says why not; they are of units or of members, not of both."""
        if shape.reported_by == "lead":
            self.found((*at, "reported_by"), "lead", _("each: every unit reports its own part"))
        total, read = sum(item.allocations.values()), len(item.allocations) == len(shape.allocations)
        if item.goal is None:
            self.found(at, _("no goal"), _("one that the parts add up to"))
        elif total != item.goal and read and "allocations" not in item.inferred:
            parts, goal = measured(total, item.decimals), measured(item.goal, item.decimals)
            self.found((*at, "allocations"), str(parts), _("parts that add up to {goal}").format(goal=goal))
        members = {member.id: unit.id for unit in self.parts.units for member in unit.members}
        for body in shape.allocations:
            self.parts.check_body((*at, "allocations", body), body, assessed=True, key=True)
            if members.get(body) in shape.allocations:
                both = _("a collective or its members, not both")
                self.found((*at, "allocations", body), body, both, key=True)

    def _ratio(self, at: Path, shape: TargetShape) -> None:
        """A derived target: two other items of one measure, and no goal, measure or course of its own."""
        assert shape.ratio
        measures = []
        for key in ("of", "to"):
            id = getattr(shape.ratio, key)
            if id == shape.id:
                self.found((*at, "ratio", key), id, _("another item"))
            elif self.parts.check_item((*at, "ratio", key), id, ItemShape, _("an item with quantities")):
                other = self.resolved[id]
                if other.kind == "milestone" or other.derived or not other.measure:
                    self.found((*at, "ratio", key), id, _("an item with quantities"))
                else:
                    measures.append((other.measure, other.decimals))
        if len(set(measures)) > 1:
            said = ", ".join(measure for measure, _decimals in measures)
            self.found((*at, "ratio"), said, _("two items of one measure"))
        if shape.measure not in (None, "%"):
            self.found((*at, "measure"), repr(shape.measure), _("%, or no measure: a ratio is a percentage"))
        if shape.goal is not None and not shape.goal.endswith("%"):
            self.found((*at, "goal"), shape.goal, _("a percentage such as 90%, or no goal: the whole"))
        if shape.pace not in (None, "year_end", "none"):
            self.found((*at, "pace"), _("a pace through the year"), _("one of {words}").format(words="year_end, none"))

    # -- pace ----------------------------------------------------------------------------------------------------

    def _pace(self, at: Path, shape: TargetShape, item: Item, above: Item | None) -> None:
        states = shape.due is not None or (shape.pace is not None and above is not None)
        if item.pace == "even" and states and self.quarters and item.due != self.quarters.ends:
            end = _("another pace, or due {end}: even is for the whole year").format(end=self.quarters.ends)
            self.found((*at, "pace"), "even", end)
        if item.pace == "projects" and shape.pace == "projects" and (item.allocations or item.decimals):
            whole = _("another pace: projects bring whole homes, and are not divided among units")
            self.found((*at, "pace"), "projects", whole)
        if item.pace != "nodes" or shape.ratio:
            return
        quantities = [day for day, amount in item.nodes if isinstance(amount, int)]
        if shape.pace is None:
            if above and quantities:
                self.found(at, _("the steps of {item} in quantities").format(item=above.id), _("steps of its own"))
            return
        if item.allocations and quantities:
            step = (*at, "pace", quantities[0].isoformat())
            self.found(step, str(dict(item.nodes)[quantities[0]]), _("a share: each part has the same steps"))
        for day, found, expected in faults_of_steps(item):
            self.found((*at, "pace", day.isoformat()), found, expected, key=found == day.isoformat())


# -- what may be said only once or only in one way ---------------------------------------------------------------


def check_names(parts: Parts) -> None:
    """An id, a name or an alias names one thing."""
    items = [*parts.items(), *parts.entries.get("rules", [])]
    for things in (list(parts.bodies()), items):
        taken: dict[str, Path] = {}
        for at, shape in things:
            own = set()
            for label, name in _names(shape):
                folded = fold(name)
                owner = taken.setdefault(folded, at)
                if owner != at and folded not in own:
                    other = _("one of its own; {place} has it").format(place=dotted(owner))
                    parts.found((*at, *label), repr(name), other)
                own.add(folded)
    for at, shape in items:
        for label, name in _names(shape):
            if fold(name) == SUMMARY:
                parts.found((*at, *label), repr(name), _("another one; this is the shared row of standing duties"))
                break
    for at, body in parts.bodies():
        if body.id == ALL:
            parts.found((*at, "id"), repr(ALL), _("another id; this one means every member unit"))


def _names(shape: object) -> list[tuple[Path, str]]:
    """Everything an entry is called, and where it says so."""
    name = getattr(shape, "name", None)
    named: list[tuple[Path, str]] = [(("id",), getattr(shape, "id", ""))]
    if name:
        named += [(("name", "zh"), name.zh), (("name", "en"), name.en)]
    return named + [(("aliases", number), alias) for number, alias in enumerate(getattr(shape, "aliases", ()))]


def check_clauses(parts: Parts) -> None:
    """A clause that several items rest on reads the same in all of them."""
    first: dict[str, tuple[Path, dict[str, str]]] = {}
    for at, shape in [*parts.items(), *parts.entries.get("rules", [])]:
        if not shape.clause:
            continue
        here = {"quote": shape.clause.quote, "place": shape.clause.place}
        where, there = first.setdefault(shape.clause.id, (at, here))
        for name, text in here.items():
            if text != there[name]:
                same = _("the same as in {place}: it is one clause").format(place=dotted((*where, "clause")))
                parts.found((*at, "clause", name), repr(text), same)


def check_settings(parts: Parts) -> None:
    """The windows, bounds and days that must not contradict each other."""
    settings, found = parts.settings, parts.found
    if settings is None:
        return
    if settings.review.from_day > settings.review.to_day:
        found(("settings", "review", "to_day"), str(settings.review.to_day), _("a day not before from_day"))
    if settings.lights.red_below > settings.lights.yellow_below:
        found(("settings", "lights", "red_below"), str(settings.lights.red_below), _("not above yellow_below"))
    for number, day in enumerate(settings.work_days):
        if day in settings.days_off:
            found(("settings", "work_days", number), str(day), _("a day that is not in days_off"))
