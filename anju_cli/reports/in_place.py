"""三个到位: whether teams, named posts and schemes are there, unit by unit."""

from datetime import date

from anju_cli.domain.cited import cited_by
from anju_cli.domain.items import Item
from anju_cli.domain.plan import Plan, Unit
from anju_cli.reports.answers.in_place import InPlace, InPlaceTotals
from anju_cli.reports.matters import matters
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
    led, asked, place = _led(plan), plan.by_id.get(TEAM), cited_by(plan).in_place
    rows = (_of_unit(unit, led.get(unit.id, set()), found.get(unit.id, {}), asked) for unit in plan.units)
    return [row._replace(place=place) for row in rows]


def _of_unit(unit: Unit, led: set[str], found: dict[str, set[str | None]], team: Item | None) -> InPlace:
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


def _led(plan: Plan) -> dict[str, set[str]]:
    """What each unit leads, or a member of it; what all units have alike, or the office keeps, is not counted."""
    found: dict[str, set[str]] = {}
    for item in plan.items:
        if not item.everyone and item.reporting != "register":
            for body in {*item.lead, *item.allocations}:
                found.setdefault(plan.body_by_id[body].unit or body, set()).add(item.id)
    return found


def in_place_totals(rows: list[InPlace]) -> InPlaceTotals:
    """The sums over all units."""
    return InPlaceTotals(
        units=len(rows),
        teams_due=sum(row.team_due for row in rows),
        teams=sum(row.team and row.team_due for row in rows),
        items=sum(row.items for row in rows),
        posts=sum(row.posts for row in rows),
        schemes=sum(row.scheme for row in rows),
        place=next((row.place for row in rows), None),
    )
