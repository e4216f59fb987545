"""Finding the tables of a return: heads of one row or several, wherever they stand, and rows that say anything."""

from collections.abc import Callable, Iterator, Sequence

from anju_cli.domain.problems import Place, Problem, problem
from anju_cli.errors import Unclear
from anju_cli.foreign import Cell, Formatted, NotComputed, Percent, Row, Sheet, letters, merged
from anju_cli.foreign.cell_grammar import blank, check_result
from anju_cli.foreign.head_words import ANOTHER, is_measure, measure_of_all, of_money
from anju_cli.foreign.passed_over import is_numbering, passed_over
from anju_cli.i18n import _
from anju_cli.returns.column_names import FIGURES, LIKE_A_FIGURE, NAMES, ONCE
from anju_cli.returns.heading import Said, body_above, is_label, quarter_above, quarter_if_any, quarter_of_name
from anju_cli.returns.return_table import ReturnLine, ReturnTable
from anju_cli.returns.row_periods import is_of_period
from anju_cli.returns.table_heads import AskedPeriod, Head, Heads

_HEAD_WITHIN = 30
"""Rows above which a head is looked for."""
_ENDS_OF_BODIES = ("局", "中心", "办", "办公室", "办事处", "公司", "委", "署", "街道", "院", "处", "队", "站", "集团")
"""How a sheet's name ends that may be a body's: 住房保障 alone is a matter, and no body."""


def tables(file: str, sheets: list[Sheet], period: AskedPeriod, is_body: Callable[[str], bool]) -> list[ReturnTable]:
    """The tables of a file; sheets without a head, and hidden ones, are no part of the return."""
    return [
        table for sheet in sheets if not sheet.hidden for table in _SheetTables(file, sheet, period, is_body).found()
    ]


class _SheetTables:
    """One reading of a sheet."""

    def __init__(self, file: str, sheet: Sheet, period: AskedPeriod, is_body: Callable[[str], bool]) -> None:
        self.file, self.sheet, self.period, self.is_body = file, sheet, period, is_body
        self.merged = merged(sheet)
        self.heads = Heads(sheet, self.merged, period)
        self.head_words: set[str] = set(NAMES)

    def found(self) -> list[ReturnTable]:
        """Its tables, each with the rows below its head up to the next head or the next body's name."""
        rows, tables = self.sheet.rows, []
        place, head = self._first_head()
        if head is None:
            return []
        above = rows[:place]
        body, quarter = body_above(above) or self._named_body(place), quarter_above(above) or self._named_quarter(place)
        table = self._table(head, place, body, quarter)
        self._measure_above(table, above)
        tables.append(table)
        start = place = place + head.rows
        skipped: set[int] = set()
        while place < len(rows):
            row = rows[place]
            if is_label(row) or self._is_title(place):
                self._fill(table, rows[start:place], skipped)
                at, further = self._head_after(place + 1)
                said = rows[place : at if further else place + 1]
                body, quarter = body_above(said) or body, quarter_above(said) or quarter
                if further is None and not _any_named(rows[place + 1 :], table):
                    table.body = table.body or body  # a signature at the foot
                    start = place + 1
                    break
                table = self._table(further or head, at if further else place, body, quarter, repeated=further is None)
                self._measure_above(table, said)
                tables.append(table)
                head = further or head
                start = place = at + further.rows if further else place + 1
                continue
            if self._may_be_head(row, table) and (again := self.heads.at(place)) is not None:
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

    def _first_head(self) -> tuple[int, Head | None]:
        best: tuple[int, Head | None] = (0, None)
        quarter = self.period.quarter
        for place in range(min(len(self.sheet.rows), _HEAD_WITHIN)):
            said = quarter_above(self.sheet.rows[:place]) or self._named_quarter(place)
            if said is not None:  # which quarter's columns are meant is said above them
                with_quarter = quarter_if_any(said.text, self.period.quarters)
                self.heads.period = self.period = self.period._replace(quarter=with_quarter or quarter)
            head = self.heads.at(place)
            if head is not None and (best[1] is None or len(head.names) > len(best[1].names)):
                best = place, head
            if best[1] is not None and place >= best[0] + best[1].rows:
                break
        return best

    def _named_quarter(self, place: int) -> Said | None:
        """The quarter that the sheet is called by: 一季度; or another year: 2019年."""
        text = quarter_of_name(self.sheet.name or "", self.period.quarters)
        return Said(text, self.sheet.rows[place].number) if text else None

    def _named_body(self, place: int) -> Said | None:
        """The body that the sheet is called by."""
        name = self.sheet.name or ""
        if not name.endswith(_ENDS_OF_BODIES) or not self.is_body(name):
            return None
        return Said(name, self.sheet.rows[place].number)

    def _is_title(self, place: int) -> bool:
        """Whether a row in the midst of a table is the title of what follows: one text alone, and a head below it."""
        values = self.sheet.rows[place].values
        if len(values) - values.count(None) != 1 or not isinstance(values[-1], str):
            return False
        return self._head_after(place + 1)[1] is not None

    def _head_after(self, start: int) -> tuple[int, Head | None]:
        """The next head, where nothing but titles stands before it."""
        for place in range(start, min(start + 5, len(self.sheet.rows))):
            if (head := self.heads.at(place)) is not None:
                return place, head
            row = self.sheet.rows[place]
            if len(row.values) - row.values.count(None) != 1 and not is_label(row):
                break
        return start, None

    def _may_be_head(self, row: Row, table: ReturnTable) -> bool:
        words, values = self.head_words, row.values
        at = table.columns.get("code", table.columns.get("item", -1))
        value = values[at] if 0 <= at < len(values) else None
        if isinstance(value, str) and "".join(value.split()) in words:
            return True
        return sum(1 for value in values if value.__class__ is str and value in words) > 1

    # -- tables --------------------------------------------------------------------------------------------------

    def _table(
        self, head: Head, place: int, body: Said | None, quarter: Said | None, *, repeated: bool = False
    ) -> ReturnTable:
        rows = self.sheet.rows[place : place + (1 if repeated else head.rows)]
        table = ReturnTable(self.file, self.sheet.name, {}, rows[-1].number, body=body, quarter=quarter)
        table.others = head.others
        self.head_words |= {"".join(value.split()) for row in rows for value in row.values if isinstance(value, str)}
        self._check_computed(table, rows)
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
            if at in self.sheet.hidden_columns and of.name in ONCE and first == at:
                what = _("this column is hidden, and was taken")
                table.problems.append(self._problem(table, at, what, self._said(rows, at), kind="warning"))
        return table

    def _check_computed(self, table: ReturnTable, rows: Sequence[Row]) -> None:
        """A formula in a head that was never computed, or came to an error, could be the name of any column."""
        for row in rows:
            for at, value in enumerate(row.values):
                try:
                    check_result(value)
                except Unclear as fault:
                    place = Place(self.file, self.sheet.name, f"{letters(at)}{row.number}")
                    table.problems.append(problem(place, fault.what, fault.got, fault.hint))

    def _check_figures(self, table: ReturnTable, rows: Sequence[Row]) -> None:
        """A table without a known column of figures, but with figures in one that may be meant, is not clear."""
        if {"this", "total"} & table.columns.keys():
            return
        for at, text in table.others.items():
            if (
                LIKE_A_FIGURE.search(text)
                and not ANOTHER.search(text)
                and any(_is_number(row.values[at : at + 1]) for row in rows[:2000])
            ):
                what = _("no column of this quarter's figures is known: is it this one?")
                table.problems.append(self._problem(table, at, what, text, "本期完成 | 本期末累计"))
                return

    def _measure_above(self, table: ReturnTable, above: Sequence[Row]) -> None:
        """What a line above the table says that all of it is counted in: 单位：万套."""
        for value in (value for row in above for value in row.values):
            if not isinstance(value, str) or not (of := measure_of_all(value)) or "measure" in table.columns:
                continue
            for name in ("money",) if of_money(value) else FIGURES:
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
        self._check_figures(table, rows)
        numbers = {self.sheet.rows[place].number for place in skipped}
        rows = [row for row in rows if row.number not in numbers]
        table.columns = self._settled(table.columns, rows)
        hidden: list[int] = []
        for line, of in self._lines(table, rows):
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
        of = "body" if any(not is_measure(value) and self.is_body(value) for value in values) else "measure"
        columns = {of: at} | columns
        return {name: place for name, place in columns.items() if name != "either"}

    def _lines(self, table: ReturnTable, rows: list[Row]) -> Iterator[tuple[ReturnLine, Row]]:
        items = tuple(table.columns.items())
        columns = table.columns
        named = tuple(
            columns[name] for name in ("number", "code", "item", "project", "project_name") if name in columns
        )
        told = tuple(columns[name] for name in (*FIGURES, "words") if name in columns)
        dated = "period" in columns or "year" in columns
        for place, row in enumerate(rows):
            values = row.values
            width = len(values)
            if passed_over(values, named, told) or (place < 2 and is_numbering(values)):
                continue
            cells = {name: values[at] if at < width else None for name, at in items}
            if self.merged:
                self._take_merged(table, row, cells)
            line = ReturnLine(row.number, cells)
            if not dated or is_of_period(table, line, self.period):
                yield line, row

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


def _any_named(rows: Sequence[Row], table: ReturnTable) -> bool:
    """Whether rows below hold any figure of a table's columns."""
    at = [table.columns[name] for name in ("this", "total") if name in table.columns]
    return any(
        place < len(row.values) and not blank(row.values[place]) and not isinstance(row.values[place], NotComputed)
        for row in rows[:2000] for place in at
    )  # fmt: skip


def _is_number(values: Sequence[Cell]) -> bool:
    return any(isinstance(value, (int, float, Formatted, Percent)) and not isinstance(value, bool) for value in values)
