"""The projects of a plan file: each code once, each bringing homes to targets that are counted in homes."""

from collections.abc import Mapping

from anju_cli.domain.items import Item
from anju_cli.domain.names import fold
from anju_cli.domain.plan import Planned, PlannedProject
from anju_cli.i18n import _
from anju_cli.plan_file.parts import Parts
from anju_cli.plan_file.sections import ProjectShape
from anju_cli.plan_file.shape import TargetShape
from anju_cli.plan_file.strict import Path, dotted


def resolve_projects(parts: Parts, items: Mapping[str, Item]) -> tuple[PlannedProject, ...]:
    """The projects as planned; every problem is noted on the way."""
    taken: dict[str, Path] = {}
    resolved = []
    for at, shape in parts.entries.get("projects", []):
        owner = taken.setdefault(fold(shape.code), at)
        if owner != at:
            other = _("one of its own; {place} has it").format(place=dotted(owner))
            parts.found((*at, "code"), repr(shape.code), other)
        if not shape.planned:
            parts.found((*at, "planned"), _("nothing"), _("at least one target, with homes and a date"))
        resolved.append(PlannedProject(shape.code, shape.name, tuple(_planned(parts, at, shape, items))))
    return tuple(resolved)


def _planned(parts: Parts, at: Path, shape: ProjectShape, items: Mapping[str, Item]) -> list[Planned]:
    named: list[str] = []
    for number, step in enumerate(shape.planned):
        place = (*at, "planned", number, "target")
        if step.target in named:
            parts.found(place, step.target, _("each target once"))
        elif parts.check_item(place, step.target, TargetShape, _("a target")):
            item = items[step.target]
            if item.derived or item.decimals or item.level or step.target in parts.children:
                parts.found(place, step.target, _("a target that is counted in whole homes, with entries of its own"))
        named.append(step.target)
    return [Planned(step.target, step.homes, step.date) for step in shape.planned]
