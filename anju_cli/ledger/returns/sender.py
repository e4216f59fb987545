"""Whose return a file is, and for which quarter: what the file says, or else the command line."""

import re
from contextlib import suppress
from typing import NamedTuple

from anju_cli.domain.names import find_body
from anju_cli.domain.plan import Body, Plan
from anju_cli.domain.problems import Place, Problem, problem
from anju_cli.errors import AnjuError, Refused
from anju_cli.foreign import text_of
from anju_cli.foreign.cell_grammar import blank
from anju_cli.i18n import _
from anju_cli.ledger.returns.return_parts import Part
from anju_cli.returns import ReturnHeading, ReturnTable
from anju_cli.returns.heading import quarter_number


class NamedSender(NamedTuple):
    """What the command line says of it; null where it says nothing."""

    unit: str | None
    """As typed."""
    quarter: int | None


class Whose(NamedTuple):
    """Whose return it is, and for when."""

    bodies: dict[str, list[Part]]
    """By body, its lines; empty where it is not known whose they are."""
    quarter: int | None
    """Null where not known."""


def whose(
    plan: Plan, file: str, asked: NamedSender, ours: ReturnHeading, found: list[ReturnTable], problems: list[Problem]
) -> Whose:
    """Whose return a file is and for when: as asked, as its form says, as each sheet says of the tables below.

    Sheets that name another body or quarter than was asked for, or two quarters, are problems at their places. Where
    several bodies are named, by sheets or by a column, each has its lines.
    """
    quarter, bodies = (
        _Quarter(plan, file, asked.quarter, ours.quarter, problems),
        _Bodies(plan, file, asked, ours, problems),
    )
    for number, table in enumerate(found):
        problems += table.problems
        quarter.take(table)
        bodies.take(number, table)
    return Whose({body: list(parts.values()) for body, parts in bodies.grouped.items()}, quarter.known)


class _Quarter:
    """The quarter of a file, as its sheets are gone through."""

    def __init__(self, plan: Plan, file: str, asked: int | None, ours: str | None, problems: list[Problem]) -> None:
        self.quarters, self.file, self.problems = plan.quarters, file, problems
        form = self._parsed(ours, Place(file), certain=asked is None) if ours else None
        if asked and form and asked != form:
            problems.append(problem(Place(file), _("this return is for another quarter"), f"Q{form}", f"Q{asked}"))
        self.known = asked or form

    def take(self, table: ReturnTable) -> None:
        """Hold a table to the quarter that was asked for, or that the first named."""
        if table.quarter is None:
            return
        place = Place(self.file, table.sheet, f"A{table.quarter.row}")
        named = self._parsed(table.quarter.text, place, certain=self.known is None)
        if named and self.known and named != self.known:
            what = _("this return is for another quarter")
            self.problems.append(problem(place, what, f"Q{named}", f"Q{self.known}"))
        self.known = self.known or named

    def _parsed(self, text: str, place: Place, *, certain: bool) -> int | None:
        """What a file calls its quarter; another year is always a problem, other words if they are needed."""
        try:
            return quarter_number(text, self.quarters)
        except AnjuError as fault:
            year = re.match(r"(\d{4})年?", text)
            if certain or (year and int(year[1]) not in self.quarters.calendar_years):
                self.problems.append(problem(place, fault.what, fault.got, fault.hint))
            return None


class _Bodies:
    """The lines of each body, as the tables of a file are gone through."""

    def __init__(self, plan: Plan, file: str, asked: NamedSender, ours: ReturnHeading, problems: list[Problem]) -> None:
        self.plan, self.file, self.problems = plan, file, problems
        self.grouped: dict[str, dict[int, Part]] = {}
        self._known: dict[str, str | None] = {}
        self.wanted = reporting_body(plan, asked.unit) if asked.unit else None
        form = self._named(Place(file), ours.body) if ours.body else None
        if self.wanted and form and self.wanted.id != form.id:
            what = _("this is another body's return")
            problems.append(problem(Place(file), what, form.name, self.wanted.name))
        self.wanted = self.wanted or form
        self._last: Body | None = None

    def take(self, number: int, table: ReturnTable) -> None:
        """Give a table's lines to whom they are of."""
        named = None
        if table.body is not None:
            place = Place(self.file, table.sheet, f"A{table.body.row}")
            named = self._named(place, table.body.text)
            if named and self.wanted and named.id != self.wanted.id:
                self.problems.append(problem(place, _("this is another body's return"), named.name, self.wanted.name))
        of = self.wanted or named or self._last
        self._last = named or self._last
        if "body" in table.columns:
            self._by_column(number, table)
        elif of is not None:
            self.grouped.setdefault(of.id, {})[number] = Part(table, table.lines)
        elif self.grouped and table.lines:
            place = Place(self.file, table.sheet, table.cell(table.lines[0].number, "body"))
            self.problems.append(problem(place, _("the row does not say whose it is")))

    def _named(self, place: Place, text: str) -> Body | None:
        """A body that a file names; unknown, it is a problem only where nothing else says whose the file is."""
        try:
            return named_body(self.plan, text)
        except AnjuError as fault:
            if self.wanted is None:
                self.problems.append(problem(place, fault.what, fault.got, fault.hint))
            return None

    def _by_column(self, number: int, table: ReturnTable) -> None:
        """The lines of each body, where a column names them."""
        others: set[str] = set()
        for line in table.lines:
            place = Place(self.file, table.sheet, table.cell(line.number, "body"))
            text = text_of(line.cells.get("body"))
            if not text:
                if any(not blank(line.cells.get(name)) for name in ("this", "total")):
                    self.problems.append(problem(place, _("the row does not say whose it is")))
                continue
            if text not in self._known:
                self._known[text] = _body_id(self.plan, text)
            if (body := self._known[text]) is None:
                self.problems.append(problem(place, _("no such body"), text))
                continue
            if self.wanted and body != self.wanted.id and body not in others:
                others.add(body)
                what, name = _("this is another body's return"), self.plan.body_by_id[body].name
                self.problems.append(problem(place, what, name, self.wanted.name))
            self.grouped.setdefault(body, {}).setdefault(number, Part(table, [])).lines.append(line)
        table.lines.clear()  # each body has its own


def _body_id(plan: Plan, text: str) -> str | None:
    with suppress(AnjuError):
        return named_body(plan, text).id
    return None


_BESIDE = re.compile(r"[（(](?:盖章|公章|签章|章|加盖公章|单位公章)[)）]|(?:填报人|填表人|联系人|联系电话|负责人).*")
"""What stands beside a body's name, and is no part of it."""


def named_body(plan: Plan, text: str) -> Body:
    """The reporting body that a file names: without its stamp, and without whoever is named beside it."""
    plain = _BESIDE.sub("", text).strip(" ,，;；:：")
    try:
        return reporting_body(plan, plain)
    except Refused:
        raise
    except AnjuError:
        first = plain.split()[:1]
        if len(plain.split()) > 1 and len(first[0]) > 1:
            with suppress(AnjuError):
                return reporting_body(plan, first[0])
        raise


def is_body(plan: Plan, text: str) -> bool:
    """Whether a text names a body of the plan."""
    try:
        find_body(plan, _BESIDE.sub("", text).strip())
    except AnjuError:
        return False
    return True


def reporting_body(plan: Plan, text: str) -> Body:
    """The reporting body that a file names.

    Raises Unclear where it names none or several, Refused where the body sends no return.
    """
    body = find_body(plan, text)
    if body not in plan.reporting_bodies:
        members = ", ".join(f"{id} ({plan.body_by_id[id].name})" for id in plan.reporting(body.id) if id != body.id)
        raise Refused(_("this body owes no return"), got=text, hint=members or None)
    return body
