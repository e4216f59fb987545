"""A plan as the JSON document that a revision stores, and back."""

from dataclasses import fields
from datetime import date
from decimal import Decimal
from typing import Any

from anju_cli.domain.plan import Body, Clause, Item, Plan, Planned, PlannedProject, Rule, Settings, Unit


def to_document(plan: Plan) -> dict[str, Any]:
    """The plan as the JSON document a revision stores."""
    return {each.name: _plain(getattr(plan, each.name)) for each in fields(plan)}


def from_document(document: dict[str, Any]) -> Plan:
    """The plan a revision's JSON document states; the inverse of `to_document`."""
    return Plan(
        **document
        | {
            "based_on": tuple(document["based_on"]),
            "issued_on": _date(document["issued_on"]),
            "reporting_from": _date(document.get("reporting_from")),
            "settings": _settings(document["settings"]),
            "units": tuple(
                Unit(**row | {"aliases": tuple(row["aliases"]), "members": tuple(map(_body, row["members"]))})
                for row in document["units"]
            ),
            "bodies": tuple(map(_body, document["bodies"])),
            "items": tuple(map(_item, document["items"])),
            "rules": tuple(Rule(**row | {"clause": Clause(**row["clause"])}) for row in document["rules"]),
            "projects": tuple(map(_project, document.get("projects", ()))),
        }
    )


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    if names := getattr(value, "_fields", None) or getattr(value, "__dataclass_fields__", None):
        return {name: _plain(getattr(value, name)) for name in names}
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    return value


def _date(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _settings(row: dict[str, Any]) -> Settings:
    exact = {name: Decimal(row[name]) for name in ("yellow_below", "red_below")}
    days = {name: tuple(map(date.fromisoformat, row[name])) for name in ("days_off", "work_days")}
    return Settings(**row | exact | days | {"grades": tuple(row.get("grades", ()))})


def _body(row: dict[str, Any]) -> Body:
    return Body(**row | {"aliases": tuple(row["aliases"])})


def _project(row: dict[str, Any]) -> PlannedProject:
    steps = (Planned(**step | {"on": date.fromisoformat(step["on"])}) for step in row["planned"])
    return PlannedProject(row["code"], row["name"], tuple(steps))


def _item(row: dict[str, Any]) -> Item:
    return Item(
        **row
        | {
            "clause": Clause(**row["clause"]) if row["clause"] else None,
            "aliases": tuple(row["aliases"]),
            "lead": tuple(row["lead"]),
            "assist": tuple(row["assist"]),
            "due": _date(row["due"]),
            "nodes": tuple((date.fromisoformat(day), expected) for day, expected in row["nodes"]),
        }
    )
