"""Importing returns: a file is received, judged, and booked whole or not at all. The receipt is kept in any case."""

import json
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256
from typing import Any, NamedTuple

from anju_cli.domain.dating import happened, received, to_come
from anju_cli.domain.grammar import parse_quarter
from anju_cli.domain.periods import review
from anju_cli.domain.plan import SUMMARY, Body
from anju_cli.errors import AnjuError, Unclear
from anju_cli.i18n import _
from anju_cli.ledger.book import Book, Filed, Manner
from anju_cli.ledger.judging import NO_WAYS, Decision, Judge, Ways
from anju_cli.ledger.receiving import Desk
from anju_cli.ledger.recorded import Recorded
from anju_cli.ledger.return_rows import Part, Reader, Rows, reporting_body
from anju_cli.returns import Heading, Problem, Source, Table, heading, read, tables
from anju_cli.returns.checking import Said, cell_text
from anju_cli.returns.problems import Place, problem
from anju_cli.returns.reading import source

__all__ = ["Imported", "Ways", "Wish", "import_return", "source"]


@dataclass(frozen=True)
class Wish:
    """What the person said about the files, as typed."""

    unit: str | None = None
    quarter: str | None = None
    received: str | None = None
    encoding: str | None = None
    ways: Ways = NO_WAYS


@dataclass(frozen=True)
class Imported:
    """What became of one body's return in one file."""

    file: str
    unit: str | None
    """Null where it could not be known whose return it is; then there is no receipt."""
    quarter: int | None
    state: str
    """adopted | returned | received (waits for --correct or --additional) | already | unknown."""
    received_on: date
    first_received: date | None
    deadline: date | None
    times_returned: int
    filed: Filed | None
    decisions: tuple[Decision, ...]
    blank: tuple[str, ...]
    """The tasks it owes and left blank: unreported."""
    problems: tuple[Problem, ...]


class _Whose(NamedTuple):
    """Whose return it is, for when; null where not known."""

    bodies: dict[str, list[Part]]
    body: Body | None
    quarter: int | None


def import_return(
    book: Book, source: Source, wish: Wish, manner: Manner, tick: Callable[[str], None]
) -> list[Imported]:
    """Receive one file: one return, or, where a column names the bodies, one of each."""
    day = _received(book, wish, wish.quarter)
    manner = replace(manner, received_on=day, source=source.name, source_sha256=source.sha256)
    tick(_("reading {file}").format(file=source.name))
    try:
        sheets = read(source, wish.encoding)
        found = tables(sheets, lambda text: _is_body(book, text))
        said = heading(sheets, found)
    except Unclear:
        raise
    except AnjuError as fault:
        return [_unread(book, source, wish, manner, fault)]
    problems: list[Problem] = []
    whose = _whose(book, source, wish, said, found, problems)
    if not found:
        expected = _("a table with the columns 任务编号 or 工作任务, 本期完成, 本期末累计")
        problems.append(problem(Place(source.name), _("no table was found"), None, expected))
    if said.plan is not None and said.plan != book.plan.id:
        problems.append(problem(Place(source.name), _("made for another plan"), said.plan, book.plan.id))
    if whose.quarter is None or (not whose.bodies and whose.body is None):
        return [_of_nobody(source, day, problems)]
    manner = replace(manner, received_on=_received(book, wish, f"Q{whose.quarter}"))
    bodies = whose.bodies or {whose.body.id: []} if whose.body else whose.bodies
    tick(_("checking {file}").format(file=source.name))
    works = [
        _Work(book, source, book.plan.body_by_id[body], whose.quarter, parts, wish.ways, manner)
        for body, parts in bodies.items()
    ]
    for work in works:
        work.judge(problems)
    tick(_("recording {file}").format(file=source.name))
    sound = not any(work.refused for work in works)
    return [work.settle(sound) for work in works]


def _received(book: Book, wish: Wish, quarter: str | None) -> date:
    day = received(book.plan, wish.received, on=None, quarter=quarter, today=book.today)
    said = to_come(_("the day of receipt"), day, book.today)
    book.notes += [each for each in said if each not in book.notes]  # once, however many files
    return day


class _Work:
    """One body's return being judged."""

    def __init__(
        self, book: Book, source: Source, body: Body, quarter: int, parts: list[Part], ways: Ways, manner: Manner
    ) -> None:
        self.book, self.source, self.body, self.quarter = book, source, body, quarter
        self.parts, self.ways, self.manner = parts, ways, manner
        self.desk = Desk(book, body.id, quarter)
        self.rows = Rows([], {}, [])
        self.verdict_decisions: list[Decision] = []
        self.drafts: list[Any] = []
        self.problems: list[Problem] = []
        self.content = source.sha256

    @property
    def refused(self) -> bool:
        """Whether it is not to be booked."""
        return any(each.kind != "warning" for each in self.problems)

    def judge(self, of_file: list[Problem]) -> None:
        """Read its rows and match them; nothing is written."""
        self.problems = list(of_file)
        day = self.manner.received_on or self.book.today
        recorded = Recorded(self.book, self.body.id, self.quarter)
        reader = Reader(self.book, self.source.name, self.body, recorded, day)
        self.rows = reader.rows(self.parts)
        self.content = _content(self.rows)
        if self.desk.adopted(self.content):
            return
        try:
            on = happened(
                self.book.plan, self.book.calendar, quarter=f"Q{self.quarter}", on=None, received_on=day,
                today=self.book.today, outside_year=False,
            )  # fmt: skip
        except AnjuError as fault:
            self.problems.append(problem(Place(self.source.name), fault.what, fault.got, fault.hint))
            return
        if not any(not row.blank for row in self.rows.items) and not self.rows.projects and not self.rows.problems:
            self.problems.append(problem(Place(self.source.name), _("nothing is reported in it"), None, _("0 or 无")))
        verdict = Judge(self.book, recorded, self.ways, on, day).judge(self.rows.items, self.rows.projects)
        self.verdict_decisions, self.drafts = verdict.decisions, verdict.drafts
        self.problems += self.rows.all_problems()

    def settle(self, sound: bool) -> Imported:
        """Book it if the whole file is sound; keep the receipt in any case."""
        if self.desk.adopted(self.content) and not self.refused:
            return self._answer("already", self.desk.filing_of(self.content))
        filed = None
        if sound:
            state = "adopted"
            if self.drafts:
                reference = self.desk.reference(self.content)
                filed = self.book.file(self.drafts, replace(self.manner, reference=reference))
        else:
            state = "returned" if any(each.kind == "problem" for each in self.problems) else "received"
        count = sum(each.kind == "problem" for each in self.problems)
        self.desk.receive(self.manner, state, count, self.content, filed)
        return self._answer(state, filed)

    def _answer(self, state: str, filed: Filed | None) -> Imported:
        receipts = self.desk.receipts()
        return Imported(
            file=self.source.name,
            unit=self.body.id,
            quarter=self.quarter,
            state=state,
            received_on=self.manner.received_on or self.book.today,
            first_received=min((each.received_on for each in receipts), default=None),
            deadline=review(self.book.plan, self.quarter, self.book.calendar).return_deadline,
            times_returned=sum(each.state == "returned" for each in receipts),
            filed=filed,
            decisions=tuple(self.verdict_decisions),
            blank=tuple(self._blank()),
            problems=tuple(self.problems),
        )

    def _blank(self) -> list[str]:
        """The owed tasks of its rows that say nothing."""
        plan = self.book.plan
        listed = self.rows.projects.keys()
        owed = (row for row in self.rows.items if row.blank and not row.project and row.item.id not in listed)
        return [row.item.id for row in owed if row.item.id == SUMMARY or self.body.id in plan.answering(row.item)]


def _is_body(book: Book, text: str) -> bool:
    with suppress(AnjuError):
        reporting_body(book, text)
        return True
    return False


def _whose(
    book: Book, source: Source, wish: Wish, said: Heading, found: list[Table], problems: list[Problem]
) -> _Whose:
    """Whose return it is and for when: what the file says, or else the command line; they must not disagree."""
    place = Place(source.name)
    bodies = _by_body(book, source.name, found, problems) if any("body" in table.columns for table in found) else {}
    asked = reporting_body(book, wish.unit) if wish.unit else None
    named = None
    if said.body and not bodies:
        try:
            named = reporting_body(book, said.body)
        except AnjuError as fault:
            if asked is None:
                problems.append(problem(place, fault.what, fault.got, fault.hint))
    if asked and named and asked.id != named.id:
        problems.append(problem(place, _("this is another body's return"), named.name, asked.name))
    if asked and bodies and set(bodies) != {asked.id}:
        others = "、".join(book.plan.body_by_id[body].name for body in bodies if body != asked.id)
        problems.append(problem(place, _("this is another body's return"), others, asked.name))
    body = asked or named
    if body and not bodies:
        bodies = {body.id: [Part(table, table.lines) for table in found]}
    return _Whose(bodies, body, _quarter(book, place, wish, said, problems))


def _quarter(book: Book, place: Place, wish: Wish, said: Heading, problems: list[Problem]) -> int | None:
    asked = parse_quarter(wish.quarter, book.plan.year) if wish.quarter else None
    named = None
    if said.quarter:
        try:
            named = parse_quarter(said.quarter, book.plan.year)
        except AnjuError as fault:
            if asked is None:
                problems.append(problem(place, fault.what, fault.got, fault.hint))
    if asked and named and asked != named:
        problems.append(problem(place, _("this return is for another quarter"), f"Q{named}", f"Q{asked}"))
    return asked or named


def _by_body(book: Book, file: str, found: list[Table], problems: list[Problem]) -> dict[str, list[Part]]:
    """The lines of each body, where a column names them."""
    known: dict[str, str | None] = {}
    grouped: dict[str, dict[int, Part]] = {}
    for number, table in enumerate(found):
        for line in table.lines:
            text = cell_text(line.cells.get("body"))
            if not text:
                if any(line.cells.get(name) is not None for name in ("this", "total")):
                    place = Place(file, table.sheet, table.cell(line.number, "body"))
                    problems.append(problem(place, _("whose row is this?")))
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


def _content(rows: Rows) -> str:
    """The hash of what a return says, however it was saved."""
    every = [*rows.items, *(row for parts in rows.projects.values() for row in parts)]
    said = [
        [
            *_key(row),
            row.this,
            row.total if row.item.kind == "milestone" else None,
            row.received,
            row.note,
            row.evidence,
        ]
        for row in sorted(every, key=_key)
        if not row.blank
    ]
    return sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()


def _key(row: Said) -> tuple[str, str]:
    return row.item.id, row.project or ""


def _unread(book: Book, source: Source, wish: Wish, manner: Manner, fault: AnjuError) -> Imported:
    """A file that cannot be read is received all the same, where it is said whose it is."""
    trouble = problem(Place(source.name), fault.what, fault.got, fault.hint)
    if wish.unit is None or wish.quarter is None:
        return _of_nobody(source, manner.received_on or book.today, [trouble])
    quarter = parse_quarter(wish.quarter, book.plan.year)
    work = _Work(book, source, reporting_body(book, wish.unit), quarter, [], wish.ways, manner)
    work.problems = [trouble]
    return work.settle(False)


def _of_nobody(source: Source, day: date, problems: list[Problem]) -> Imported:
    what = _("it is not said whose return this is, or for which quarter")
    trouble = problem(Place(source.name), what, None, "--unit BODY --quarter Q")
    return Imported(source.name, None, None, "unknown", day, None, None, 0, None, (), (), (*problems, trouble))
