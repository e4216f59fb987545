"""The grammar of every value of a plan file, each with its part of the JSON Schema."""

import re
from contextlib import suppress
from datetime import date
from decimal import Decimal
from typing import Annotated, Any

from pydantic import BeforeValidator, WithJsonSchema
from pydantic_core import PydanticCustomError

from anju_cli.domain.grammar import LONGEST_TEXT, clean
from anju_cli.domain.pace import Pace as PaceCode
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


def whole_number(value: Any) -> int:
    """A whole number of up to 15 digits. Raises PydanticCustomError where it is none."""
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


def names(value: Any) -> Any:
    """A name in one language as one that serves both."""
    if isinstance(value, dict) and len(value) == 1 and value.keys() <= {"zh", "en"}:
        (value,) = value.values()
        return {"zh": value, "en": value}
    return {"zh": value, "en": value} if isinstance(value, str) else value


def one_of(*words: str) -> BeforeValidator:
    """A check that a value is one of some words."""

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


def _amount(value: Any) -> str:
    """A goal or a step, which may be below 0 where the target is a signed level."""
    if isinstance(value, str) and value.startswith("-") and not value.endswith("%"):
        return "-" + _goal(value[1:])
    return _goal(value)


def _number(value: Any) -> str:
    if not isinstance(value, str) or not re.fullmatch(r"-?(0|[1-9][0-9]{0,14})(\.[0-9]{1,4})?", value):
        raise _expected(_("a number such as 55.2"))
    return value


def _weight(value: Any) -> Decimal:
    number = Decimal(_number(value))
    if number.is_signed():
        raise _expected(_("a number such as 55.2"))
    return number


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
            steps[on] = _amount(amount)
        except PydanticCustomError as fault:
            raise _expected(str((fault.context or {})["expected"]), below=(day,)) from fault
    return steps


_ID = r"[a-z][a-z0-9]*(-[a-z0-9]+)*"
Text = Annotated[str, BeforeValidator(_text)]
Quote = Annotated[str, BeforeValidator(_quote)]
Id = Annotated[str, _matching(_ID, "an id such as ms-q1-survey")]
PlanId = Annotated[str, _matching(r"[a-z0-9]+(-[a-z0-9]+)*", "an id such as pingshan-2020")]
Whole = Annotated[int, BeforeValidator(whole_number)]
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
Aim = Annotated[
    str,
    BeforeValidator(_amount),
    WithJsonSchema({"anyOf": [{"type": "number"}, {"type": "string", "pattern": "%$"}]}),
]
"""A goal; below 0 where the target is a signed level."""
Weight = Annotated[Decimal, BeforeValidator(_weight), WithJsonSchema({"type": "number", "minimum": 0})]
Number = Annotated[str, BeforeValidator(_number), WithJsonSchema({"type": "number"})]
Pace = Annotated[
    Any,
    BeforeValidator(_pace),
    WithJsonSchema(
        {"anyOf": [{"enum": list(PACES)}, {"type": "object", "additionalProperties": {"type": ["number", "string"]}}]}
    ),
]
