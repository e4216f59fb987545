"""The rows of a return's tables as what they say of items and projects; whose they are."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from hashlib import sha256
from typing import NamedTuple

from anju_cli.domain.items import RECEIVED, SUMMARY, Item
from anju_cli.domain.names import MOST_SUGGESTED, NoSuchName, find_item, fold, names_of
from anju_cli.domain.plan import Body, Plan
from anju_cli.domain.problems import Place, Problem, problem
from anju_cli.domain.projects_reported import target_of
from anju_cli.errors import AnjuError, Unclear
from anju_cli.foreign import cell_grammar as cells
from anju_cli.foreign import text_of
from anju_cli.i18n import _
from anju_cli.ledger.basis import Basis
from anju_cli.ledger.entries.adding import check_may_report, takes_quantities
from anju_cli.returns.done_day import check_day
from anju_cli.returns.return_row import DaysOfReturn, ReturnRow, check, said
from anju_cli.returns.return_table import ReturnLine, ReturnTable

_CLOSED = re.compile(r"[.]办结$|[（(]办结[)）]$")
"""What stands behind a case duty's code or name in the row of the cases closed, which are the duty's own quantity."""
_TAKEN_IN = re.compile(r"受理[)）]?$")


class Part(NamedTuple):
    """The lines of one table that are one body's."""

    table: ReturnTable
    lines: list[ReturnLine]


class Rows(NamedTuple):
    """Everything a body's return says."""

    items: list[ReturnRow]
    projects: dict[str, list[ReturnRow]]
    """By item."""
    problems: list[Problem]
    """Of lines that could not be read as rows."""
    listed: bool = False
    """Whether the file lists projects."""

    def every(self) -> Iterator[ReturnRow]:
        """The rows, those of projects last."""
        yield from self.items
        for parts in self.projects.values():
            yield from parts

    def all_problems(self) -> list[Problem]:
        """Those of the rows too, each once."""
        return list(dict.fromkeys([*self.problems, *(found for row in self.every() for found in row.problems)]))

    def content(self) -> str:
        """The hash of what a return says, however it was saved."""
        said = [
            [
                *key,
                row.this,
                row.total if row.item.is_level or row.total_alone else None,
                None,  # cases taken in stood here: what was adopted before they had rows is known by it
                row.note,
                row.evidence,
                *([row.done_on.isoformat()] if row.done_on else []),
            ]
            for key, row in sorted(
                (((row.item.id, row.project or ""), row) for row in self.every() if not row.blank),
                key=lambda keyed: keyed[0],
            )
        ]
        return sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()


class RowReader:
    """Reads the lines of one body's return, by what the ledger was before the turn to write."""

    def __init__(self, basis: Basis, file: str, body: Body, quarter: int, received_on: date) -> None:
        self.basis, self.plan, self.file, self.body = basis, basis.plan, file, body
        quarters = self.plan.quarters
        self.days = DaysOfReturn(quarters.starts, quarters.end(quarter), received_on, basis.today)
        self._items_named: dict[tuple[str, str], Item | AnjuError] = {}
        self._projects_named: dict[str, str | AnjuError | None] = {}
        self._targets: dict[str, Item | None] = {}
        self._suggested = 0
        self.problems: list[Problem] = []

    def rows(self, parts: list[Part]) -> Rows:
        """The rows, checked each by itself; the lines are dropped as they are read."""
        items = self._joined([row for part in parts if not part.table.of_projects for row in self._items(part)])
        listed = [row for part in parts if part.table.of_projects for row in self._listed(part)]
        items, listed = ([self._checked(row) for row in rows] for rows in (items, listed))
        wholes = [row for row in items if not _of_a_project(row)]
        projects = self._by_project(listed, [row for row in items if _of_a_project(row)])
        for row in (*items, *listed):
            row.drop_cells()
        return Rows(wholes, projects, self.problems, any(part.table.of_projects for part in parts))

    # -- rows of items -------------------------------------------------------------------------------------------

    def _items(self, part: Part) -> Iterator[ReturnRow]:
        for line in _taken(part.lines):
            code, name = self._code(part.table, line, "code"), self._code(part.table, line, "item")
            if code is None or name is None:
                continue
            if not code and not name:
                if any(not cells.blank(line.cells.get(column)) for column in ("this", "total")):
                    self._wrong(part.table, line, "item", _("the row does not say which task it is on"))
                continue
            item = self._item(code, name)
            if isinstance(item, AnjuError):
                self._wrong(part.table, line, "code" if code else "item", item.what, item.got, item.hint)
                continue
            yield self._said(part.table, line, item, self._code(part.table, line, "project") or "")

    def _code(self, table: ReturnTable, line: ReturnLine, column: str) -> str | None:
        """A cell as a code or a name; null where it cannot be one, which is noted."""
        try:
            return cells.code(line.cells.get(column))
        except AnjuError as fault:
            self._wrong(table, line, column, fault.what, fault.got, fault.hint)
            return None

    def _item(self, code: str, name: str) -> Item | AnjuError:
        """The item of a row, which the body may report on; or why not."""
        key = code, name
        if key not in self._items_named:
            try:
                item = _item_of(self.plan, code, name)
                check_may_report(self.plan, item, self.body)
                self._items_named[key] = item
            except AnjuError as fault:
                self._items_named[key] = self._unknown(fault)
        return self._items_named[key]

    def _unknown(self, fault: AnjuError) -> AnjuError:
        """Why a name is not known; what may be meant is said of the first of many."""
        if isinstance(fault, NoSuchName):
            self._suggested += 1
            if self._suggested > MOST_SUGGESTED:
                fault.without_hint()
        return fault

    def _said(self, table: ReturnTable, line: ReturnLine, item: Item, of_project: str) -> ReturnRow:
        words_alone, project = item.id == SUMMARY or not takes_quantities(item), self._project(of_project)
        fault = project if isinstance(project, AnjuError) else None
        code = of_project if isinstance(project, AnjuError) else project
        row = said(self.file, table, line, item, code, words_alone=words_alone, days=self.days)
        if fault is not None:
            first = _("register it first: anju projects add") if isinstance(fault, NoSuchName) else None
            row.wrong("project", fault.what, fault.got, "; ".join(filter(None, (fault.hint, first))) or None)
        return row

    def _project(self, text: str) -> str | AnjuError | None:
        """The code of the project that a cell names: one of the register, where there is one; or why it is none."""
        if text not in self._projects_named:
            try:
                named = cells.words(text, _("the cell")) if text else None
                self._projects_named[text] = self.basis.project(named) if named else None
            except AnjuError as fault:
                self._projects_named[text] = self._unknown(fault)
        return self._projects_named[text]

    def _joined(self, rows: list[ReturnRow]) -> list[ReturnRow]:
        """Rows of one item (or project of it) each; any second is a problem."""
        found: dict[tuple[str, str | None], ReturnRow] = {}
        for row in rows:
            of = row.item.id, None if row.item.is_level else row.project
            if found.setdefault(of, row) is not row:
                row.wrong("item", _("this task stands in the file twice"), row.item.id)
                self.problems += row.problems
        return [_without_cases(row, found) for row in found.values()]

    def _checked(self, row: ReturnRow) -> ReturnRow:
        """A row beside its plan; the goal is that of the whole, and no project's."""
        item = row.item
        if row.project:
            return check(row, None, False)
        part = self.plan.part_of(item, self.body.id)
        goal = item.allocations.get(part, item.goal) if part else item.goal
        row = check(row, goal, item.due is not None and item.due < self.days.received_on)
        if item.kind == "milestone":
            check_day(row, self.days, self.body.id)
        return row

    # -- rows of projects ----------------------------------------------------------------------------------------

    def _listed(self, part: Part) -> Iterator[ReturnRow]:
        """The rows of a list of projects, by indicator."""
        for line in _taken(part.lines):
            if all(cells.blank(line.cells.get(column)) for column in ("this", "total")):
                continue
            code, name = self._code(part.table, line, "project"), self._code(part.table, line, "indicator")
            if code is None or name is None:
                continue
            if not code or not name:
                missing = "project" if not code else "indicator"
                self._wrong(part.table, line, missing, _("the row does not say its project and its indicator"))
                continue
            if name not in self._targets:
                self._targets[name] = target_of(self.plan, name)
            item = self._targets[name]
            if item is None:
                known = "建设筹集、基本建成、竣工、配租、配售"
                self._wrong(part.table, line, "indicator", _("no such indicator"), name, known)
                continue
            allowed = self._item(item.id, "")
            if isinstance(allowed, AnjuError):
                self._wrong(part.table, line, "indicator", allowed.what, allowed.got, allowed.hint)
                continue
            yield self._said(part.table, line, item, code)

    def _by_project(self, listed: list[ReturnRow], rows: list[ReturnRow]) -> dict[str, list[ReturnRow]]:
        """By item, one row for each project: 配租 and 配售 of one project count on one target."""
        found: dict[str, dict[str | None, ReturnRow]] = {}
        seen: set[tuple[str, str, str | None]] = set()
        for row in (*listed, *rows):
            if row.blank:  # nothing is reported of this project
                self.problems += row.problems
                continue
            indicator = text_of(row.line.cells.get("indicator"))
            key = row.item.id, indicator, row.project
            projects = found.setdefault(row.item.id, {})
            first = projects.setdefault(row.project, row)
            if first is not row and (key in seen or not row.table.of_projects):
                twice = f"{row.project} {indicator or row.item.id}"
                row.wrong("project", _("this project stands in the file twice"), twice)
                self.problems += row.problems
            elif first is not row:
                projects[row.project] = _added(first, row)
            seen.add(key)
        return {item: list(parts.values()) for item, parts in found.items()}

    def _wrong(
        self,
        table: ReturnTable,
        line: ReturnLine,
        column: str,
        what: str,
        found: object = None,
        expected: object = None,
    ) -> None:
        place = Place(self.file, table.sheet, table.cell(line.number, column))
        self.problems.append(problem(place, what, found, expected))


def _item_of(plan: Plan, code: str, name: str) -> Item:
    """The item of a row: of cases closed the duty, of those taken in its companion, whichever of the two says so.

    Raises Unclear where the code is one task's and the name another's.
    """
    item = find_item(plan, _CLOSED.sub("", code or name))
    if code and name and fold(name) not in names_of(item):
        other = next((known for known in plan.items if fold(name) in names_of(known)), None)
        if other is not None and other.id != plan.companions.get(item.id, item).id:
            raise Unclear(_("the code is of one task, the name of another"), got=name, hint=f"{item.id} {item.name}")
    return plan.companions.get(item.id, item) if _TAKEN_IN.search(name) else item


def _without_cases(row: ReturnRow, rows: Mapping[tuple[str, str | None], ReturnRow]) -> ReturnRow:
    """A row; of cases closed and left blank where none was taken in (无此类事项), one that says 0."""
    taken_in = rows.get((row.item.id + RECEIVED, row.project))
    return replace(row, this=0) if taken_in and taken_in.this == 0 and row.blank else row


def _sum(first: int | None, second: int | None) -> int | None:
    return None if first is None or second is None else first + second


def _added(first: ReturnRow, row: ReturnRow) -> ReturnRow:
    """A further row of the same project counted with the first, as far as both say the same things."""
    note = "；".join(filter(None, (first.note, row.note))) or None
    this, total = _sum(first.this, row.this), _sum(first.total, row.total)
    openings = [opening for opening in (first.opening, row.opening) if opening is not None]
    if this is None and total is None:
        row.wrong("this", _("another row of this project states its figure otherwise: state 本期完成 in both"))
    return replace(
        first,
        opening=sum(openings) if openings else None,
        this=this,
        total=total,
        total_alone=this is None,
        note=note,
        rate=None,
        problems=[*first.problems, *row.problems],
    )


def _taken(lines: list[ReturnLine]) -> Iterator[ReturnLine]:
    """The lines of a table in order, each dropped when the next is asked for: there may be very many."""
    lines.reverse()
    while lines:
        yield lines.pop()


def _of_a_project(row: ReturnRow) -> bool:
    """Whether a row has a figure of one project: a level and words are of the whole."""
    return row.project is not None and not row.item.is_level and not row.words_alone
