"""The shape of a plan file: its sections and keys. The JSON Schema is generated from it."""

from decimal import Decimal
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema

from anju_cli.domain.directions import Direction
from anju_cli.domain.items import Reporting
from anju_cli.plan_file.values import (
    Aim,
    Date,
    Due,
    Flag,
    Goal,
    Id,
    Leads,
    Number,
    Pace,
    PlanId,
    Points,
    Quote,
    Text,
    Weight,
    names,
    one_of,
    whole_number,
)


class Shape(BaseModel):
    """A mapping that takes only the keys it declares."""

    model_config = ConfigDict(extra="forbid")


class NamePair(Shape):
    """A name in two languages."""

    zh: Text
    en: Text


Names = Annotated[
    NamePair,
    BeforeValidator(names),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "string"},
                {
                    **{"type": "object", "minProperties": 1, "additionalProperties": False},
                    "properties": {"zh": {"type": "string"}, "en": {"type": "string"}},
                },
            ]
        }
    ),
]
"""A name in two languages, or in one, which then serves both."""


class ClauseShape(Shape):
    """A passage of the source document (方案依据)."""

    id: Id
    place: Text
    quote: Quote


class PlanShape(Shape):
    """What the plan is, and what it rests on."""

    id: PlanId
    year: Annotated[int, BeforeValidator(whole_number), Field(ge=1990, le=2099)]
    region: Names
    title: Names
    issuer: Names
    based_on: list[Text] = []
    issued_on: Date | None = None
    reporting_from: Date | None = None
    starts: Date | None = None
    ends: Date | None = None


class ReturnDeadline(Shape):
    """By when returns are due: a day of a month, counted from the quarter's last one (0), by default the one after."""

    day: Annotated[int, BeforeValidator(whole_number), Field(ge=1, le=28)] = 10
    month: Annotated[int, BeforeValidator(whole_number), Field(ge=0, le=2)] = 1
    inferred: Text | None = None


class ReviewWindow(Shape):
    """The days of that month on which the quarter is assessed, and how soon the bulletin must follow."""

    from_day: Annotated[int, BeforeValidator(whole_number), Field(ge=1, le=28)] = 11
    to_day: Annotated[int, BeforeValidator(whole_number), Field(ge=1, le=28)] = 20
    bulletin_working_days: Annotated[int, BeforeValidator(whole_number), Field(ge=1, le=60)] = 10
    grades: list[Text] = []
    inferred: Text | None = None


class Lights(Shape):
    """The bounds of the lights, in percentage points of gap."""

    yellow_below: Points = Decimal(0)
    red_below: Points = Decimal(-10)
    inferred: Text | None = None


class SettingsShape(Shape):
    """How the office runs the year."""

    return_deadline: ReturnDeadline = ReturnDeadline()
    review: ReviewWindow = ReviewWindow()
    lights: Lights = Lights()
    days_off: list[Date] = []
    work_days: list[Date] = []


class BodyShape(Shape):
    """A body that can be named on an item."""

    id: Id
    name: Names
    aliases: list[Text] = []


class UnitShape(BodyShape):
    """A body that is assessed (成员单位); a collective one has members."""

    members: list[BodyShape] = []


class ItemShape(Shape):
    """What every item has."""

    id: Id
    name: Names
    aliases: list[Text] = []
    clause: ClauseShape | None = None
    lead: Leads = []
    assist: Leads = []
    measure: Text | None = None
    due: Due | None = None
    counting: Text | None = None
    note: Text | None = None
    leader: Names | None = None
    weight: Weight | None = None
    inferred: dict[str, Text] = {}
    reporting: Annotated[str, one_of(*Reporting), WithJsonSchema({"enum": [*map(str, Reporting)]})] | None = None


class RatioShape(Shape):
    """A derived target: one item's quantity as a share of another's."""

    of: Id
    to: Id


def _on_in_yaml_1_1(schema: dict[str, Any]) -> None:
    """An editor that reads YAML as it was in 2005 takes the bare word `on` for true: the schema lets it."""
    schema["properties"]["True"] = schema["properties"]["on"] | {"title": "On"}
    schema["required"] = ["value"]
    schema["anyOf"] = [{"required": ["on"]}, {"required": ["True"]}]


class BaselineShape(Shape):
    """Where a level stood when the way to its goal began, and the day it was measured (基数)."""

    model_config = ConfigDict(extra="forbid", json_schema_extra=_on_in_yaml_1_1)

    value: Number
    on: Date


class TargetShape(ItemShape):
    """An item with a numeric goal, or a part of one."""

    goal: Aim | None = None
    direction: Annotated[str, one_of(*Direction), WithJsonSchema({"enum": [*map(str, Direction)]})] | None = None
    level: Flag = False
    signed: Flag = False
    baseline: BaselineShape | None = None
    decimals: Annotated[int, BeforeValidator(whole_number), Field(ge=0, le=4)] | None = None
    pace: Pace = None
    parent: Id | None = None
    within: Id | None = None
    allocations: dict[str, Goal] = {}
    ratio: RatioShape | None = None
    reported_by: Annotated[str, one_of("each", "lead"), WithJsonSchema({"enum": ["each", "lead"]})] = "each"


class MilestoneShape(ItemShape):
    """An item finished once."""

    each: Flag = False


class DutyShape(ItemShape):
    """A standing or case-type duty."""

    each: Flag = False
    decimals: Annotated[int, BeforeValidator(whole_number), Field(ge=0, le=4)] | None = None
    through: Id | None = None


class RuleShape(Shape):
    """A passage that binds or explains, on which no progress is reported."""

    id: Id
    name: Names | None = None
    clause: ClauseShape
