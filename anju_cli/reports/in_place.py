"""三个到位 (clause 五(二)): whether teams, named posts and schemes are there, unit by unit."""

from datetime import date

from anju_cli.domain.plan import Item, Plan, Unit
from anju_cli.reports.followup import matters
from anju_cli.reports.matters import InPlace, InPlaceTotals
from anju_cli.reports.view import View

TEAM = "three-team"
"""The id of the item that says who must set up a project team; where a plan has none, nobody must."""


def in_place(view: View, plan: Plan, as_of: date) -> list[InPlace]:
    """Each unit's records, in plan order. A record of a member counts for its collective."""
    found: dict[str, dict[str, set[str | None]]] = {}
    for matter in matters(view, as_of):
        if matter.kind == "record" and matter.state == "filed":
            for body in matter.units:
                unit = plan.body_by_id[body].unit if body in plan.body_by_id else None
                records = found.setdefault(unit or body, {})
                records.setdefault(matter.content["record"], set()).add(matter.content.get("item"))
    asked = plan.by_id.get(TEAM)
    return [_of_unit(plan, unit, found.get(unit.id, {}), asked) for unit in plan.units]


def _of_unit(plan: Plan, unit: Unit, found: dict[str, set[str | None]], team: Item | None) -> InPlace:
    led = {item.id for item in plan.items if _named(item, unit)}
    return InPlace(
        unit=unit.id,
        name=unit.name,
        name_en=unit.name_en,
        team_due=team is not None and unit.id in team.lead,
        team="team" in found,
        items=len(led),
        posts=len(led & found.get("post", set())),
        scheme="scheme" in found,
    )


def _named(item: Item, unit: Unit) -> bool:
    """Led by the unit, or by a member of it; what is laid on all alike, or kept by the office, is not counted."""
    bodies = {unit.id, *(member.id for member in unit.members)}
    return bool(bodies & {*item.lead, *item.allocations}) and not item.everyone and item.reporting != "register"


def in_place_totals(rows: list[InPlace]) -> InPlaceTotals:
    """The sums over all units."""
    return InPlaceTotals(
        units=len(rows),
        teams_due=sum(row.team_due for row in rows),
        teams=sum(row.team for row in rows),
        items=sum(row.items for row in rows),
        posts=sum(row.posts for row in rows),
        schemes=sum(row.scheme for row in rows),
    )
