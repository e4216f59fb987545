"""The shape of a plan file: its sections, keys and the grammar of every value. The JSON Schema is generated from it."""

import re
from contextlib import suppress
from datetime import date
from decimal import Decimal
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema
from pydantic_core import PydanticCustomError

from anju_cli.domain.grammar import LONGEST_TEXT, clean
from anju_cli.domain.pace import Pace as PaceCode
from anju_cli.domain.plan import Reporting
from anju_cli.errors import Unclear
from anju_cli.i18n import _

PACES = tuple(str(pace) for pace in PaceCode if pace is not PaceCode.NODES)
"""Paces that are a word; dated nodes are a mapping."""

UNDATED = "undated"


def _expected(words: str, **where: object) -> PydanticCustomError:
    """A value that does not follow the grammar; at fault is a `key` of it, or what lies `below` it, or itself."""
    return PydanticCustomError("grammar", "{expected}", {"expected": words, **where})


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise _expected(_("a text"))
    if len(value) > LONGEST_TEXT:
        raise _expected(_("at most {n} characters").format(n=LONGEST_TEXT))
    try:
        kept = clean(value, _("the text"))
    except Unclear as fault:
        raise _expected(_("a text without control or bidi characters")) from fault
    if not kept:
        raise _expected(_("a text"))
    return kept


def _quote(value: Any) -> str:
    # A quote is verbatim: it is checked as any text, and kept untouched.
    _text(value)
    return str(value)


def _matching(pattern: str, words: str) -> BeforeValidator:
    compiled = re.compile(pattern)

    def check(value: Any) -> str:
        if not isinstance(value, str) or not compiled.fullmatch(value):
            raise _expected(_(words))
        return value

    return BeforeValidator(check)


def _whole(value: Any) -> int:
    if not isinstance(value, str) or not re.fullmatch(r"0|[1-9][0-9]{0,14}", value):
        raise _expected(_("a whole number such as 4713"))
    return int(value)


def _points(value: Any) -> Decimal:
    if not isinstance(value, str) or not re.fullmatch(r"-?(0|[1-9][0-9]?)(\.[0-9])?", value):
        raise _expected(_("points such as -10 or -2.5"))
    return Decimal(value)


def _date(value: Any) -> date:
    if isinstance(value, str) and re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
        with suppress(ValueError):
            return date.fromisoformat(value)
    raise _expected(_("a date that exists, such as 2020-06-30"))


def _due(value: Any) -> date | str:
    return UNDATED if value == UNDATED else _date(value)


def _flag(value: Any) -> bool:
    if value not in ("true", "false"):
        raise _expected(_("true or false"))
    return bool(value == "true")


def _names(value: Any) -> Any:
    if isinstance(value, dict) and len(value) == 1 and value.keys() <= {"zh", "en"}:
        (value,) = value.values()
        return {"zh": value, "en": value}
    return {"zh": value, "en": value} if isinstance(value, str) else value


def _one_of(*words: str) -> BeforeValidator:
    def check(value: Any) -> str:
        if value not in words:
            raise _expected(_("one of {words}").format(words=", ".join(words)))
        return str(value)

    return BeforeValidator(check)


def _leads(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


def _goal(value: Any) -> str:
    if not isinstance(value, str) or not re.fullmatch(
        r"(0|[1-9][0-9]{0,14})(\.[0-9]{1,4})?|[1-9]?[0-9](\.[0-9]{1,4})?%|100%", value
    ):
        raise _expected(_("a quantity such as 4713 or 12345.5, or a share such as 70%"))
    return value


def _pace(value: Any) -> Any:
    if value in PACES:
        return value
    if not isinstance(value, dict) or not value:
        words = _("one of {words}, or dated steps such as {steps}")
        raise _expected(words.format(words=", ".join(PACES), steps="{2020-06-30: 50%}"))
    steps = {}
    for day, amount in value.items():
        try:
            on = _date(day)
        except PydanticCustomError as fault:
            raise _expected(str((fault.context or {})["expected"]), key=day) from fault
        try:
            steps[on] = _goal(amount)
        except PydanticCustomError as fault:
            raise _expected(str((fault.context or {})["expected"]), below=(day,)) from fault
    return steps


_ID = r"[a-z][a-z0-9]*(-[a-z0-9]+)*"
Text = Annotated[str, BeforeValidator(_text)]
Quote = Annotated[str, BeforeValidator(_quote)]
Id = Annotated[str, _matching(_ID, "an id such as ms-q1-survey")]
PlanId = Annotated[str, _matching(r"[a-z0-9]+(-[a-z0-9]+)*", "an id such as pingshan-2020")]
Whole = Annotated[int, BeforeValidator(_whole)]
Points = Annotated[Decimal, BeforeValidator(_points), WithJsonSchema({"type": "number"})]
Date = Annotated[date, BeforeValidator(_date)]
Due = Annotated[
    date | str,
    BeforeValidator(_due),
    WithJsonSchema({"anyOf": [{"type": "string", "format": "date"}, {"const": UNDATED}]}),
]
Flag = Annotated[bool, BeforeValidator(_flag)]
Leads = Annotated[
    list[Id],
    BeforeValidator(_leads),
    WithJsonSchema({"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]}),
]
Goal = Annotated[
    str,
    BeforeValidator(_goal),
    WithJsonSchema({"anyOf": [{"type": "number", "minimum": 0}, {"type": "string", "pattern": "%$"}]}),
]
Pace = Annotated[
    Any,
    BeforeValidator(_pace),
    WithJsonSchema(
        {"anyOf": [{"enum": list(PACES)}, {"type": "object", "additionalProperties": {"type": ["number", "string"]}}]}
    ),
]


class Shape(BaseModel):
    """A mapping that takes only the keys it declares."""

    model_config = ConfigDict(extra="forbid")


class NamePair(Shape):
    """A name in two languages."""

    zh: Text
    en: Text


Names = Annotated[
    NamePair,
    BeforeValidator(_names),
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
    year: Annotated[int, BeforeValidator(_whole), Field(ge=1990, le=2099)]
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

    day: Annotated[int, BeforeValidator(_whole), Field(ge=1, le=28)] = 10
    month: Annotated[int, BeforeValidator(_whole), Field(ge=0, le=2)] = 1
    inferred: Text | None = None


class ReviewWindow(Shape):
    """The days of that month on which the quarter is assessed, and how soon the bulletin must follow."""

    from_day: Annotated[int, BeforeValidator(_whole), Field(ge=1, le=28)] = 11
    to_day: Annotated[int, BeforeValidator(_whole), Field(ge=1, le=28)] = 20
    bulletin_working_days: Annotated[int, BeforeValidator(_whole), Field(ge=1, le=60)] = 10
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
    inferred: dict[str, Text] = {}
    reporting: Annotated[str, _one_of(*Reporting), WithJsonSchema({"enum": [*map(str, Reporting)]})] | None = None


class RatioShape(Shape):
    """A derived target: one item's quantity as a share of another's."""

    of: Id
    to: Id


class TargetShape(ItemShape):
    """An item with a numeric goal, or a part of one."""

    goal: Goal | None = None
    decimals: Annotated[int, BeforeValidator(_whole), Field(ge=0, le=4)] | None = None
    pace: Pace = None
    parent: Id | None = None
    within: Id | None = None
    allocations: dict[str, Goal] = {}
    ratio: RatioShape | None = None
    reported_by: Annotated[str, _one_of("each", "lead"), WithJsonSchema({"enum": ["each", "lead"]})] = "each"


class MilestoneShape(ItemShape):
    """An item finished once."""

    each: Flag = False


class DutyShape(ItemShape):
    """A standing or case-type duty."""

    each: Flag = False
    decimals: Annotated[int, BeforeValidator(_whole), Field(ge=0, le=4)] | None = None
    through: Id | None = None


class RuleShape(Shape):
    """A passage that binds or explains, on which no progress is reported."""

    id: Id
    name: Names | None = None
    clause: ClauseShape
