"""From the entries of a file to the plan: defaults filled in, `all` expanded, quantities in smallest units."""

from datetime import date
from decimal import Decimal
from typing import Any

from anju_cli.domain.directions import Direction
from anju_cli.domain.items import Baseline, Clause, Item
from anju_cli.domain.plan import Body, Plan, Rule, Settings, Unit
from anju_cli.domain.rates import share_of
from anju_cli.i18n import _
from anju_cli.plan_file.checking import check_clauses, check_items, check_names, check_settings
from anju_cli.plan_file.parts import ALL, Parts
from anju_cli.plan_file.plan_year import plan_year
from anju_cli.plan_file.projects import resolve_projects
from anju_cli.plan_file.shape import (
    BodyShape,
    DutyShape,
    ItemShape,
    Lights,
    MilestoneShape,
    ReturnDeadline,
    ReviewWindow,
    SettingsShape,
    TargetShape,
    UnitShape,
)
from anju_cli.plan_file.strict import Path
from anju_cli.plan_file.values import UNDATED

DEEPEST_TREE = 10
"""Levels of parts within parts."""


def resolve(parts: Parts) -> Plan | None:
    """The plan; null where the file does not say what plan it is. Every problem is noted on the way."""
    check_names(parts)
    check_clauses(parts)
    check_settings(parts)
    resolved = _Resolver(parts).items()
    head = parts.plan
    quarters = plan_year(parts)
    check_items(parts, resolved, quarters)
    projects = resolve_projects(parts, resolved)
    if head is None or quarters is None or parts.settings is None:
        return None
    return Plan(
        id=head.id,
        year=head.year,
        region=head.region.zh,
        region_en=head.region.en,
        title=head.title.zh,
        title_en=head.title.en,
        issuer=head.issuer.zh,
        issuer_en=head.issuer.en,
        based_on=tuple(head.based_on),
        issued_on=head.issued_on,
        reporting_from=head.reporting_from,
        starts=quarters.own_start,
        ends=quarters.own_end,
        settings=_settings(parts.settings),
        units=tuple(map(_unit, parts.units)),
        bodies=tuple(_body(shape, None) for _at, shape in parts.entries.get("bodies", [])),
        items=tuple(resolved[shape.id] for _at, shape in parts.items()),
        rules=tuple(
            Rule(
                shape.id,
                shape.name.zh if shape.name else shape.clause.quote,
                shape.name.en if shape.name else shape.clause.quote,
                Clause(**shape.clause.model_dump()),
            )
            for _at, shape in parts.entries.get("rules", [])
        ),
        projects=projects,
    )


class _Resolver:
    """Resolves each item after the one it takes its measure, due date and pace from."""

    def __init__(self, parts: Parts) -> None:
        self.parts = parts
        self.found = parts.found
        self.sums = self._sums()
        self.resolved: dict[str, Item] = {}
        self.resolving: list[str] = []

    def items(self) -> dict[str, Item]:
        for id in self.parts.by_id:
            self._item(id)
        return self.resolved

    def _item(self, id: str) -> Item:
        if id in self.resolved:
            return self.resolved[id]
        at, shape = self.parts.by_id[id]
        self.resolving.append(id)
        above = self._above(at, shape)
        common = self._common(at, shape, above)
        if isinstance(shape, TargetShape):
            item = self._target(at, shape, common, above)
        elif isinstance(shape, MilestoneShape):
            item = Item(kind="milestone", each=shape.each, **{"reporting": "quantity", **common})
        else:
            assert isinstance(shape, DutyShape)
            item = Item(
                kind="duty", each=shape.each, through=shape.through, decimals=shape.decimals or 0,
                **{"reporting": "none", **common},
            )  # fmt: skip
        self.resolving.remove(id)
        self.resolved[id] = item
        return item

    def _above(self, at: Path, shape: ItemShape) -> Item | None:
        """The parent, or the target that this is a sub-quota of."""
        for key in ("parent", "within"):
            id = getattr(shape, key, None)
            if id is None:
                continue
            if id in self.resolving:
                self.found((*at, key), id, _("a target that is not part of this one"))
            elif self.parts.check_item((*at, key), id, TargetShape, _("a target")):
                if len(self.resolving) < DEEPEST_TREE:
                    return self._item(id)
                deepest = _("at most {n} levels of parts").format(n=DEEPEST_TREE)
                self.found((*at, key), id, deepest)
        return None

    def _common(self, at: Path, shape: ItemShape, above: Item | None) -> dict[str, Any]:
        inferred = dict(shape.inferred)
        if above:
            passed_on = (name for name in ("due", "pace") if name in above.inferred and getattr(shape, name) is None)
            inferred = {name: above.inferred[name] for name in passed_on} | inferred
        common = {
            "id": shape.id,
            "name": shape.name.zh,
            "name_en": shape.name.en,
            "aliases": tuple(shape.aliases),
            "clause": Clause(**shape.clause.model_dump()) if shape.clause else None,
            "lead": self._leads((*at, "lead"), shape.lead),
            "assist": self._leads((*at, "assist"), shape.assist),
            "everyone": shape.lead == [ALL],
            "due": above.due if shape.due is None and above else None if shape.due == UNDATED else shape.due,
            "measure": shape.measure or (above.measure if above else ""),
            "counting": shape.counting or "",
            "note": shape.note or "",
            "leader": shape.leader.zh if shape.leader else "",
            "leader_en": shape.leader.en if shape.leader else "",
            "weight": shape.weight,
            "inferred": inferred,
        }
        return common | ({"reporting": shape.reporting} if shape.reporting else {})

    def _leads(self, at: Path, leads: list[str]) -> tuple[str, ...]:
        if leads == [ALL]:
            return tuple(unit.id for unit in self.parts.units)
        for number, lead in enumerate(leads):
            if lead in leads[:number]:
                self.found((*at, number), lead, _("each body once"))
            else:
                self.parts.check_body((*at, number), lead)
        return tuple(leads)

    def _target(self, at: Path, shape: TargetShape, common: dict[str, Any], above: Item | None) -> Item:
        decimals = shape.decimals if shape.decimals is not None else above.decimals if above else 0
        allocations = {
            unit: quantity
            for unit, part in shape.allocations.items()
            if (quantity := self._quantity((*at, "allocations", unit), part, decimals)) is not None
        }
        pace, nodes = self._pace(at, shape, above, decimals)
        baseline = None
        if shape.baseline:
            value = self._quantity((*at, "baseline", "value"), shape.baseline.value, decimals, signed=shape.signed)
            baseline = Baseline(value, shape.baseline.on) if value is not None else None
        asked = "none" if shape.ratio or shape.id in self.parts.children else "quantity"
        return Item(
            kind="target",
            decimals=decimals,
            goal=self._goal(at, shape, decimals, above),
            share=shape.goal if shape.within and (shape.goal or "").endswith("%") else None,
            pace=pace,
            nodes=nodes,
            parent=shape.parent,
            within=shape.within,
            allocations=allocations,
            ratio_of=shape.ratio.of if shape.ratio else None,
            ratio_to=shape.ratio.to if shape.ratio else None,
            reported_by=shape.reported_by,
            direction=shape.direction or (above.direction if above else Direction.AT_LEAST.value),
            level=shape.level,
            signed=shape.signed,
            baseline=baseline,
            **{"reporting": asked, **common} | ({"measure": "%"} if shape.ratio else {}),
        )

    # -- quantities ----------------------------------------------------------------------------------------------

    def _quantity(self, at: Path, text: str, decimals: int, *, signed: bool = False) -> int | None:
        """A quantity in smallest units; too many decimals are a problem, and what is below 0 and may not be."""
        if text.startswith("-") and not signed:
            self.found(at, repr(text), _("a quantity such as 4713 or 12345.5, or a share such as 70%"))
            return None
        if text.endswith("%"):
            self.found(at, text, _("a quantity; a share is taken where there is a whole"))
            return None
        scaled = Decimal(text).scaleb(decimals)
        if scaled != scaled.to_integral_value():
            self.found(at, text, _("at most {n} decimals; see decimals").format(n=decimals))
            return None
        return int(scaled)

    def _goal(self, at: Path, shape: TargetShape, decimals: int, above: Item | None) -> int | None:
        """The goal stated, a share of the whole (rounded up), or the sum of the children's."""
        if shape.id in self.parts.children:
            return self.sums.get(shape.id)
        if shape.goal is None:
            return None
        if shape.ratio:
            return self._quantity((*at, "goal"), shape.goal.removesuffix("%"), decimals)
        if shape.goal.endswith("%") and shape.within:
            whole = above.goal if above else None
            return share_of(shape.goal, whole) if whole is not None else None
        return self._quantity((*at, "goal"), shape.goal, decimals, signed=shape.signed)

    def _sums(self) -> dict[str, int]:
        """For each parent, the sum of the goals of the targets below it that are no parents themselves."""
        sums: dict[str, int] = {}
        for _at, shape in self.parts.entries.get("targets", []):
            if shape.goal is None or shape.goal.endswith("%") or shape.id in self.parts.children:
                continue
            line = self._line_above(shape)
            stated = (each.decimals for each in (shape, *line) if each.decimals is not None)
            goal = int(Decimal(shape.goal).scaleb(next(stated, 0)))
            for parent in line:
                sums[parent.id] = sums.get(parent.id, 0) + goal
        return sums

    def _line_above(self, shape: TargetShape) -> list[TargetShape]:
        """Its parent, the parent of that, and so on."""
        line: list[TargetShape] = []
        while shape.parent and len(line) < DEEPEST_TREE:
            above = self.parts.by_id[shape.parent][1] if shape.parent in self.parts.by_id else None
            if not isinstance(above, TargetShape) or above in line:
                break
            line.append(above)
            shape = above
        return line

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
            step = (*at, "pace", day.isoformat())
            quantity = None if share else self._quantity(step, amount, decimals, signed=shape.signed)
            steps.append((day, amount if share else quantity or 0))
        return "nodes", tuple(steps)


def _settings(shape: SettingsShape) -> Settings:
    reasons: dict[str, ReturnDeadline | ReviewWindow | Lights] = {
        "return_deadline": shape.return_deadline,
        "review": shape.review,
        "lights": shape.lights,
    }
    return Settings(
        return_day=shape.return_deadline.day,
        return_month=shape.return_deadline.month,
        review_from=shape.review.from_day,
        review_to=shape.review.to_day,
        bulletin_working_days=shape.review.bulletin_working_days,
        grades=tuple(shape.review.grades),
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
