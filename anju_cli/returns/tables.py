"""Finding the tables of a return: heads of one row or of several wherever they stand, and the rows that say anything."""

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from anju_cli.domain.grammar import parse_quarter
from anju_cli.domain.problems import Place, Problem, problem
from anju_cli.errors import Unclear
from anju_cli.foreign import Cell, NotComputed, Row, Sheet, letters, merged
from anju_cli.foreign.grammar import blank
from anju_cli.i18n import _
from anju_cli.returns.columns import FIGURES, NAMES, ONCE, Title, is_measure, measure_of_all, title
from anju_cli.returns.heading import Said, body_above, is_label, quarter_above

_HEAD_WITHIN = 30
"""Rows above which a head is looked for."""
_DEEPEST = 3
"""Rows that a head has at most."""
_LONGEST = 40
"""Letters of the longest name of a column."""
_TOTALS = re.compile(r"(?:合|总|小|共)\s*计.*|.*(?:小计|合计|总计)|total|sum|subtotal|grandtotal")
_FOOT = re.compile(
    r"(?:注|备注|说明|填表说明|单位负责人|负责人|填报人|填表人|审核人|联系人|联系电话|填报日期|填报单位|制表人?|note)s?"
    r"(?:[(:].*|\d*[.、].*|$)"
)
_SECTION = re.compile(
    r"(?:[一二三四五六七八九十]{1,3}[、.]|第[一二三四五六七八九十]+部分|[一二三四五六七八九十]{1,3}$).*"
)
_NUMBERING = re.compile(r"\(?(?:\d{1,2}|[甲乙丙丁戊己庚])\)?|\d{1,2}=[\d+\-/%×*]+|[①-⑳]")


class ReturnLine(NamedTuple):
    """One row of a table, by the names of its columns."""

    number: int
    cells: dict[str, Cell]


@dataclass
class ReturnTable:
    """A table found in a sheet."""

    file: str
    sheet: str | None
    columns: dict[str, int]
    """By name, the column it stands in, counted from 0."""
    head: int
    """The last row of its head, from 1."""
    lines: list[ReturnLine] = field(default_factory=list)
    body: Said | None = None
    """Whose the sheet says it is."""
    quarter: Said | None = None
    """For when the sheet says it is."""
    measures: dict[str, str] = field(default_factory=dict)
    """What the head says that a column is counted in."""
    problems: list[Problem] = field(default_factory=list)
    """Of its head, and of rows that may not be what they seem."""

    @property
    def of_projects(self) -> bool:
        """Whether it lists projects under their indicators."""
        return "indicator" in self.columns and "project" in self.columns

    def cell(self, line: int, name: str) -> str | None:
        """The name of a cell, such as `K7`; of a row where it has no such column."""
        return f"{letters(self.columns[name])}{line}" if name in self.columns else f"A{line}"


class Period(NamedTuple):
    """The year of the plan, and the quarter that was asked for, null where none was."""

    year: int
    quarter: int | None


def tables(file: str, sheets: list[Sheet], period: Period, is_body: Callable[[str], bool]) -> list[ReturnTable]:
    """The tables of a file; sheets without a head, and hidden ones, are no part of the return."""
    return [
        table for sheet in sheets if not sheet.hidden for table in _SheetTables(file, sheet, period, is_body).found()
    ]


class _Head(NamedTuple):
    """A head of one row or several."""

    rows: int
    titles: dict[int, Title]
    """By column, what it means; only of those that mean something."""

    @property
    def names(self) -> set[str]:
        return {of.name for of in self.titles.values() if of.name}


class _SheetTables:
    """One reading of a sheet."""

    def __init__(self, file: str, sheet: Sheet, period: Period, is_body: Callable[[str], bool]) -> None:
        self.file, self.sheet, self.period, self.is_body = file, sheet, period, is_body
        self.merged = merged(sheet)
        self.head_words: set[str] = set(NAMES)

    def found(self) -> list[ReturnTable]:
        """Its tables, each with the rows below its head up to the next head or the next body's name."""
        rows, tables = self.sheet.rows, []
        place, head = self._first_head()
        if head is None:
            return []
        above = rows[:place]
        body, quarter = body_above(above), quarter_above(above)
        table = self._table(head, place, body, quarter)
        self._measure_above(table, above)
        tables.append(table)
        start = place = place + head.rows
        skipped: set[int] = set()
        while place < len(rows):
            row = rows[place]
            if is_label(row):
                self._fill(table, rows[start:place], skipped)
                body, quarter = body_above([row]) or body, quarter_above([row]) or quarter
                at, further = self._head_after(place + 1)
                if further is None and not _any_named(rows[place + 1 :], table):
                    table.body = table.body or body  # a signature at the foot
                    start = place + 1
                    break
                table = self._table(further or head, at if further else place, body, quarter, repeated=further is None)
                tables.append(table)
                head = further or head
                start = place = at + further.rows if further else place + 1
                continue
            if self._may_be_head(row) and (again := self._head_at(place)) is not None:
                if again.titles == head.titles:
                    skipped.update(range(place, place + again.rows))
                else:
                    self._fill(table, rows[start:place], skipped)
                    head = again
                    table = self._table(head, place, body, quarter)
                    tables.append(table)
                    start = place + head.rows
                place += again.rows
                continue
            place += 1
        self._fill(table, rows[start:], skipped)
        return [each for each in tables if each.lines or each.problems or len(tables) == 1]

    # -- heads ---------------------------------------------------------------------------------------------------

    def _first_head(self) -> tuple[int, _Head | None]:
        best: tuple[int, _Head | None] = (0, None)
        quarter = self.period.quarter
        for place in range(min(len(self.sheet.rows), _HEAD_WITHIN)):
            said = quarter_above(self.sheet.rows[:place])
            if said is not None:  # which quarter's columns are meant is said above them
                with_quarter = _quarter_of(said.text, self.period.year)
                self.period = self.period._replace(quarter=with_quarter or quarter)
            head = self._head_at(place)
            if head is not None and (best[1] is None or len(head.names) > len(best[1].names)):
                best = place, head
            if best[1] is not None and place >= best[0] + best[1].rows:
                break
        return best

    def _head_after(self, start: int) -> tuple[int, _Head | None]:
        for place in range(start, min(start + 5, len(self.sheet.rows))):
            if (head := self._head_at(place)) is not None:
                return place, head
        return start, None

    def _may_be_head(self, row: Row) -> bool:
        words = self.head_words
        return sum(1 for value in row.values if value.__class__ is str and value in words) > 1

    def _head_at(self, place: int) -> _Head | None:
        """The head that begins in a row: of as many rows as mean the most, the fewest of them."""
        best: _Head | None = None
        for depth in range(1, _DEEPEST + 1):
            rows = self.sheet.rows[place : place + depth]
            if len(rows) < depth or rows[-1].number - rows[0].number >= _DEEPEST or not _all_words(rows[-1]):
                break
            if depth > 1 and _is_title(rows[0]):
                break
            titles = self._titles(rows)
            names = {of.name for of in titles.values() if of.name}
            if names & {"code", "item", "project", "indicator"} and names & {"this", "total", "words"}:
                known = sum(of.name is not None for of in titles.values())
                if best is None or known > sum(of.name is not None for of in best.titles.values()) or (
                    len(rows) > best.rows and self._refines(rows[-1])
                ):  # fmt: skip
                    best = _Head(depth, titles)
        return best

    def _refines(self, row: Row) -> bool:
        """Whether a row below a head says more of its columns: its words are names, or measures, and none is blank."""
        said = [value for value in row.values if value is not None]
        named = [title([value], self.period.year, self.period.quarter) for value in said if isinstance(value, str)]
        known = sum(1 for of in named if of.name in (*FIGURES, "goal", "rate"))
        known += sum(isinstance(value, str) and is_measure(value) for value in said)
        return bool(said) and known * 2 >= len(said)

    def _titles(self, rows: Sequence[Row]) -> dict[int, Title]:
        width = max(len(row.values) for row in rows)
        parts = [self._spread(row, rows[-1], width) for row in rows[:-1]]
        parts.append([self._value(rows[-1], at) for at in range(width)])
        found = {}
        for at in range(width):
            stacked = [part[at] for part in parts]
            texts = [text for text in dict.fromkeys(stacked) if isinstance(text, str) and len(text) <= _LONGEST]
            if texts and (of := title(texts, self.period.year, self.period.quarter)) and of.name:
                found[at] = of
        return found

    def _value(self, row: Row, at: int) -> Cell:
        value = row.values[at] if at < len(row.values) else None
        return self.merged.get((row.number, at)) if value is None else value

    def _spread(self, row: Row, lowest: Row, width: int) -> list[Cell]:
        """An upper row of a head, each word over the columns that it is of: as merged, or up to the next word."""
        found: list[Cell] = []
        last: Cell = None
        for at in range(width):
            value = self._value(row, at)
            below = lowest.values[at] if at < len(lowest.values) else None
            if value is not None:  # a word with nothing below it is of its own column alone
                last = value if below is not None and (row.number, at) not in self.merged else None
            elif below is None:
                last = None
            found.append(value if value is not None else last)
        return found

    # -- tables --------------------------------------------------------------------------------------------------

    def _table(
        self, head: _Head, place: int, body: Said | None, quarter: Said | None, *, repeated: bool = False
    ) -> ReturnTable:
        rows = self.sheet.rows[place : place + (1 if repeated else head.rows)]
        table = ReturnTable(self.file, self.sheet.name, {}, rows[-1].number, body=body, quarter=quarter)
        self.head_words |= {value for row in rows for value in row.values if isinstance(value, str)}
        for at, of in head.titles.items():
            if of.name is None:
                continue
            if (first := table.columns.setdefault(of.name, at)) != at and of.name in ONCE and not repeated:
                both = f"{letters(first)}{table.head}, {letters(at)}{table.head}"
                what = _("two columns of one meaning: {cells}").format(cells=both)
                table.problems.append(self._problem(table, at, what, self._said(rows, at), _("one of them")))
            if of.unclear is not None and first == at and not repeated:
                what = _("what stands in brackets in this head is not known here")
                table.problems.append(self._problem(table, at, what, of.unclear))
            if of.measure is not None and first == at:
                table.measures[of.name] = of.measure
            if at in self.sheet.hidden_columns and of.name in (*FIGURES, "code", "item") and first == at:
                what = _("this column is hidden, and was taken")
                table.problems.append(self._problem(table, at, what, self._said(rows, at), kind="warning"))
        return table

    def _measure_above(self, table: ReturnTable, above: Sequence[Row]) -> None:
        """What a line above the table says that all of it is counted in: 单位：万套."""
        for row in above:
            for value in row.values:
                if isinstance(value, str) and (of := measure_of_all(value)) and "measure" not in table.columns:
                    for name in FIGURES:
                        table.measures.setdefault(name, of)

    def _said(self, rows: Sequence[Row], at: int) -> str | None:
        said = [row.values[at] for row in rows if at < len(row.values) and row.values[at] is not None]
        return str(said[-1]) if said else None

    def _problem(
        self, table: ReturnTable, at: int, what: str, found: str | None = None, wanted: str | None = None,
        kind: str = "problem",
    ) -> Problem:  # fmt: skip
        return problem(Place(self.file, self.sheet.name, f"{letters(at)}{table.head}"), what, found, wanted, kind=kind)

    def _fill(self, table: ReturnTable, rows: list[Row], skipped: set[int]) -> None:
        numbers = {self.sheet.rows[place].number for place in skipped}
        table.columns = self._settled(table.columns, rows)
        hidden: list[int] = []
        for line, of in self._lines(table, [row for row in rows if row.number not in numbers]):
            table.lines.append(line)
            if of.hidden:
                hidden.append(line.number)
        if hidden:
            shown = ", ".join(map(str, hidden[:20])) + (" …" if len(hidden) > 20 else "")
            place = Place(self.file, self.sheet.name, f"A{hidden[0]}")
            what = _("hidden rows were taken: {rows}").format(rows=shown)
            table.problems.append(problem(place, what, kind="warning"))

    def _settled(self, columns: dict[str, int], rows: list[Row]) -> dict[str, int]:
        """单位 is the measure or the body that reports: whichever its cells are."""
        if "either" not in columns:
            return columns
        at = columns["either"]
        values = {
            str(row.values[at]).strip() for row in rows[:200] if at < len(row.values) and row.values[at] is not None
        }
        of = "body" if any(self.is_body(value) for value in values) else "measure"
        columns = {of: at} | columns
        return {name: place for name, place in columns.items() if name != "either"}

    def _lines(self, table: ReturnTable, rows: list[Row]) -> Iterator[tuple[ReturnLine, Row]]:
        items = tuple(table.columns.items())
        columns = table.columns
        named = tuple(
            columns[name] for name in ("number", "code", "item", "project", "project_name") if name in columns
        )
        told = tuple(columns[name] for name in (*FIGURES, "words") if name in columns)
        for place, row in enumerate(rows):
            values = row.values
            width = len(values)
            if _skipped(values, named, told) or (place < 2 and _is_numbering(values)):
                continue
            cells = {name: values[at] if at < width else None for name, at in items}
            if self.merged:
                self._take_merged(table, row, cells)
            yield ReturnLine(row.number, cells), row

    def _take_merged(self, table: ReturnTable, row: Row, cells: dict[str, Cell]) -> None:
        """A merged cell gives its value to each row that it covers; a figure over several rows is not clear."""
        for name, at in table.columns.items():
            if cells[name] is not None or name == "number" or (row.number, at) not in self.merged:
                continue
            value = self.merged[row.number, at]
            if name not in FIGURES:
                cells[name] = value
            elif (row.number - 1, at) in self.merged and not blank(cells.get("code") or cells.get("item")):
                what = _("one figure for several rows: what is each row's?")
                place = Place(self.file, self.sheet.name, f"{letters(at)}{row.number}")
                table.problems.append(problem(place, what, str(value)))


def _is_title(row: Row) -> bool:
    """Whether a row stands above a head, and is no part of it: a title, or what the table is of."""
    said = {value for value in row.values if isinstance(value, str)}
    first = row.values[0] if row.values else None
    return any(":" in text or "：" in text for text in said) or (
        len(said) == 1 and (first in said or len(min(said)) > 12)
    )


def _all_words(row: Row) -> bool:
    """Whether nothing in a row is a figure: as in a head."""
    return all(value is None or isinstance(value, str) for value in row.values)


def _any_named(rows: Sequence[Row], table: ReturnTable) -> bool:
    """Whether rows below hold any figure of a table's columns."""
    at = [table.columns[name] for name in ("this", "total") if name in table.columns]
    return any(
        place < len(row.values) and not blank(row.values[place]) and not isinstance(row.values[place], NotComputed)
        for row in rows[:2000] for place in at
    )  # fmt: skip


def _quarter_of(text: str, year: int) -> int | None:
    try:
        return parse_quarter(text, year)
    except Unclear:
        return None


def _is_numbering(values: tuple[Cell, ...]) -> bool:
    """Whether a row numbers the columns of its head: 1, 2, 3=1+2, 甲, 乙."""
    said = [str(value).strip() for value in values if value is not None]
    return len(said) > 2 and all(_NUMBERING.fullmatch(unicodedata.normalize("NFKC", text)) for text in said) and (
        said[:2] in (["1", "2"], ["甲", "乙"], ["①", "②"], ["(1)", "(2)"], ["甲", "1"], ["0", "1"])
    )  # fmt: skip


def _skipped(values: tuple[Cell, ...], named: tuple[int, ...], told: tuple[int, ...]) -> bool:
    """Whether a row is a total, the title of a section, or a note below the table."""
    for at in (0, *named):
        value = values[at] if at < len(values) else None
        if value.__class__ is not str:
            continue
        first = at in (0, *named[:1])
        if first or "计" in value or value.isalpha():
            plain = folded_word(value)
            if _TOTALS.fullmatch(plain) or (first and _FOOT.match(plain)):
                return True
            if first and _SECTION.match(plain) and all(at >= len(values) or blank(values[at]) for at in told):
                return True
    for value in values:
        if value is not None:
            return value.__class__ is str and _FOOT.match(folded_word(value)) is not None
    return False


def folded_word(value: str) -> str:
    """A word as it is compared."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", value[:80])).casefold()
