"""Homes are reported project by project: which indicator counts on which target, and who reports homes at all."""

from anju_cli.domain.items import Item
from anju_cli.domain.names import fold
from anju_cli.domain.plan import Plan

INDICATORS = {
    "建设筹集": ("raise", "筹集"),
    "基本建成": ("complete", "建成"),
    "竣工": ("complete-final", "竣工"),
    "配租": ("supply", "供应"),
    "配售": ("supply", "供应"),
}
"""An indicator of the list of projects (指标): the id of its target, and, in plans of other ids, a part of its name."""


def target_of(plan: Plan, indicator: str) -> Item | None:
    """The target that an indicator counts on; null where the plan has none, or several that it could be."""
    wanted = fold(indicator)
    for name, (id, part) in INDICATORS.items():
        if wanted == name:
            known = plan.by_id.get(id)
            return known if known and known.counts_homes else _named(plan, part)
    exact = [item for item in plan.home_targets() if wanted in (item.id, fold(item.name))]
    return exact[0] if len(exact) == 1 else None


def _named(plan: Plan, part: str) -> Item | None:
    """The one target of homes with this in its name; one that is not a part of another before one that is."""
    found = sorted(
        (item for item in plan.home_targets() if part in item.name), key=lambda item: item.within is not None
    )
    return found[0] if found and (len(found) == 1 or found[1].within) else None


def indicator_of(plan: Plan, item: str) -> str:
    """The indicator by which a target is written into the list of projects; its name where it has none."""
    return next(
        (name for name in INDICATORS if (known := target_of(plan, name)) and known.id == item), plan.by_id[item].name
    )


def reports_homes(plan: Plan, item: Item, body: str) -> bool:
    """Whether a body may report homes on an item: as its lead, or as one that helps."""
    return item in plan.home_targets() and body in plan.may_report(item)
