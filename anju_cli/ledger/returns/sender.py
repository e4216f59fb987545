"""Whose return a file is, and for which quarter: what the file says, or else the command line."""

from contextlib import suppress
from typing import NamedTuple

from anju_cli.domain.grammar import parse_quarter
from anju_cli.domain.names import find_body
from anju_cli.domain.plan import Body
from anju_cli.domain.problems import Place, Problem, problem
from anju_cli.errors import AnjuError, Refused
from anju_cli.i18n import _
from anju_cli.ledger.book import Book
from anju_cli.ledger.returns.rows import Part
from anju_cli.returns import ReturnHeading, ReturnTable
from anju_cli.returns.checking import cell_text


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
    book: Book, file: str, asked: NamedSender, said: ReturnHeading, found: list[ReturnTable], problems: list[Problem]
) -> Whose:
    """Whose return a file is and for when. The file and the command line must not disagree: that is a problem of it.

    Where a column names the bodies, each has its lines; else all of it is one body's.
    """
    place = Place(file)
    bodies = _by_body(book, file, found, problems) if any("body" in table.columns for table in found) else {}
    wanted = reporting_body(book, asked.unit) if asked.unit else None
    named = None
    if said.body and not bodies:
        try:
            named = reporting_body(book, said.body)
        except AnjuError as fault:
            if wanted is None:
                problems.append(problem(place, fault.what, fault.got, fault.hint))
    if wanted and named and wanted.id != named.id:
        problems.append(problem(place, _("this is another body's return"), named.name, wanted.name))
    if wanted and bodies and set(bodies) != {wanted.id}:
        others = "、".join(book.plan.body_by_id[body].name for body in bodies if body != wanted.id)
        problems.append(problem(place, _("this is another body's return"), others, wanted.name))
    if not bodies and (body := wanted or named):
        bodies = {body.id: [Part(table, table.lines) for table in found]}
    return Whose(bodies, _quarter(book, place, asked.quarter, said.quarter, problems))


def _quarter(book: Book, place: Place, asked: int | None, said: str | None, problems: list[Problem]) -> int | None:
    named = None
    if said:
        try:
            named = parse_quarter(said, book.plan.year)
        except AnjuError as fault:
            if asked is None:
                problems.append(problem(place, fault.what, fault.got, fault.hint))
    if asked and named and asked != named:
        problems.append(problem(place, _("this return is for another quarter"), f"Q{named}", f"Q{asked}"))
    return asked or named


def _by_body(book: Book, file: str, found: list[ReturnTable], problems: list[Problem]) -> dict[str, list[Part]]:
    """The lines of each body, where a column names them."""
    known: dict[str, str | None] = {}
    grouped: dict[str, dict[int, Part]] = {}
    for number, table in enumerate(found):
        for line in table.lines:
            text = cell_text(line.cells.get("body"))
            if not text:
                if any(line.cells.get(name) is not None for name in ("this", "total")):
                    place = Place(file, table.sheet, table.cell(line.number, "body"))
                    problems.append(problem(place, _("the row does not say whose it is")))
                continue
            if text not in known:
                known[text] = _body_id(book, text)
            if (body := known[text]) is None:
                place = Place(file, table.sheet, table.cell(line.number, "body"))
                problems.append(problem(place, _("no such body"), text))
                continue
            grouped.setdefault(body, {}).setdefault(number, Part(table, [])).lines.append(line)
    return {body: list(parts.values()) for body, parts in grouped.items()}


def _body_id(book: Book, text: str) -> str | None:
    with suppress(AnjuError):
        return reporting_body(book, text).id
    return None


def is_body(book: Book, text: str) -> bool:
    """Whether a text names a reporting body."""
    return _body_id(book, text) is not None


def reporting_body(book: Book, text: str) -> Body:
    """The reporting body that a file names.

    Raises Unclear where it names none or several, Refused where the body sends no return.
    """
    body = find_body(book.plan, text)
    if body not in book.plan.reporting_bodies:
        members = ", ".join(
            f"{id} ({book.plan.body_by_id[id].name})" for id in book.plan.reporting(body.id) if id != body.id
        )
        raise Refused(_("this body owes no return"), got=text, hint=members or None)
    return body
