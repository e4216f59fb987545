"""What the fields of the register take, as a person types them, and how each is kept: as text, one way."""

import re
from collections.abc import Callable
from datetime import date
from difflib import get_close_matches
from typing import NamedTuple

from anju_cli.domain.codes import Code
from anju_cli.domain.dating import of_the_year
from anju_cli.domain.grammar import clean, parse_date, parse_quantity
from anju_cli.domain.projects import ProjectWay, Stage
from anju_cli.domain.quarters import Quarters
from anju_cli.errors import Unclear
from anju_cli.i18n import _

LONGEST_CODE = 60


class Answer(Code):
    """Whether something is needed."""

    YES = "yes", "是", "需要"
    NO = "no", "否", "不需要"


class Days(NamedTuple):
    """What a date is read by."""

    today: date
    since: date
    """The day from which what is stated holds: what is planned now cannot precede it."""
    quarters: Quarters


def code(text: str) -> str:
    """A project's code: one word, kept as it is written.

    Raises Unclear where it is not one word.
    """
    kept = clean(text, _("the project code"))
    if not kept or re.search(r"\s", kept) or len(kept) > LONGEST_CODE:
        hint = _("one word of at most {n} characters").format(n=LONGEST_CODE)
        raise Unclear(_("not a project code"), got=text, hint=hint)
    return kept


def _words(text: str, days: Days) -> str:
    return clean(text, _("the text"))


def _homes(text: str, days: Days) -> str:
    return str(parse_quantity(text))


def day(text: str, days: Days) -> str:
    """A day that was planned at first, or has come: not before the plan's year."""
    return of_the_year(text, today=days.today, quarters=days.quarters).isoformat()


def _to_come(text: str, days: Days) -> str:
    """A day as it is planned now: not before this is said."""
    return parse_date(text, today=days.today, not_before=days.since).isoformat()


def _year(text: str, days: Days) -> str:
    plain = text.strip().removesuffix("年")
    if not re.fullmatch(r"(19|20)\d\d", plain, re.ASCII) or int(plain) >= days.quarters.year:
        earlier = _("a year before {year}, such as 2018").format(year=days.quarters.year)
        raise Unclear(_("not an earlier year"), got=text, hint=earlier)
    return plain


def _code(codes: type[Code]) -> Callable[[str, Days], str]:
    def check(text: str, days: Days) -> str:
        return codes.read(text, _("no such word here")).value

    return check


PROJECT: dict[str, Callable[[str, Days], str]] = {
    "name": _words,
    "sub_district": _words,
    "builder": _words,
    "way": _code(ProjectWay),
    "type": _words,
    "homes": _homes,
    "stage": _code(Stage),
    "carried_from": _year,
    "slow": _words,
    "problem": _words,
    "supplied": day,
}
"""The fields of a project itself."""

TARGET: dict[str, Callable[[str, Days], str]] = {
    "homes": _homes,
    "planned": day,
    "current": _to_come,
    "actual": day,
    "earlier": _homes,
}
"""The fields of what a project brings to a target."""

FACILITY: dict[str, Callable[[str, Days], str]] = {
    "needed": _code(Answer),
    "unit": _words,
    "planned": day,
    "current": _to_come,
    "actual": day,
}
"""The fields of a facility; `unit` is a body of the plan."""


def read(fields: dict[str, Callable[[str, Days], str]], name: str, text: str, days: Days) -> str | None:
    """A value as it is kept; null where the text is empty. An unknown field is refused with what may be meant."""
    field = name.strip().lower().replace("-", "_")
    if field not in fields:
        near = get_close_matches(field, fields, n=1)
        hint = _("did you mean {candidates}?").format(candidates=near[0]) if near else ", ".join(fields)
        raise Unclear(_("no such field"), got=name, hint=hint)
    if not text.strip():
        return None
    try:
        return fields[field](text, days)
    except Unclear as fault:
        raise Unclear(f"{field}: {fault.what}", got=fault.got, hint=fault.hint) from None
