"""One sheet of a workbook, element by element: its rows, its merged areas, its hidden columns."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from anju_cli.errors import Findings
from anju_cli.foreign.cells import Cell, CellError, Formatted, NotComputed, Picture, seen
from anju_cli.foreign.formats import Styles
from anju_cli.foreign.limits import LAST_COLUMN, LAST_ROW, Limits
from anju_cli.foreign.packed import PackedParts, at_most
from anju_cli.foreign.sheet_rows import Row, area, column_of
from anju_cli.i18n import _

_YES = ("1", "true")
_PICTURE = re.compile(r"\b(?:DISPIMG|IMAGE)\(", re.IGNORECASE)
_NUMERAL = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?", re.ASCII)
_REMEMBERED = 300_000
"""Texts and numbers that are kept to be used again, as most stand in many cells."""


class _Read(NamedTuple):
    rows: list[Row]
    merges: tuple[str, ...]
    hidden_columns: frozenset[int]


@dataclass
class Budget:
    """What may still be read of a workbook."""

    rows: int
    cells: int
    letters: int

    def read(self, text: str, limits: Limits) -> None:
        """A text was read that differs from those before."""
        at_most(len(text), limits.cell_letters, _("a cell is too long"))
        self.letters -= len(text)
        if self.letters < 0:
            at_most(1, 0, _("too much text"))


def read_rows(parts: PackedParts, place: str, texts: Sequence[Cell], styles: Styles, budget: Budget) -> _Read:
    """A sheet's rows in order of their numbers."""
    part = _SheetPart(parts, texts, styles, budget)
    start, end, text = part.handlers()
    parts.parse(place, start, end, text, weighed=True)
    return part.read()


class _SheetPart:
    """What was read so far."""

    def __init__(self, parts: PackedParts, texts: Sequence[Cell], styles: Styles, budget: Budget) -> None:
        self.limits, self.texts, self.formats, self.budget = parts.limits, texts, styles.by_style, budget
        self.rows: dict[int, dict[int, Cell]] = {}
        self.hidden_rows: set[int] = set()
        self.hidden_columns: set[int] = set()
        self.zeros_hidden = False
        self.merges: list[str] = []
        self.computed_together: list[tuple[int, int, int, int]] = []
        """Areas of array formulas and data tables, whose results stand in cells without a formula."""
        self._columns: dict[str, int] = {}
        self._all_rows = self._all_columns = 0
        self._numbers: dict[str, int | float | CellError] = {}
        self._formatted: dict[tuple[str, str], Cell] = {}
        self._seen: dict[str, Cell] = {}

    def handlers(self) -> tuple[Callable[[str, dict[str, str]], None], Callable[[str], None], Callable[[str], None]]:
        """What is to be done at the start and the end of an element, and with text: closures, for speed."""
        row_number = next_column = column = 0
        kept: dict[int, Cell] = {}
        kind = ref = style = ""
        picture = formula = valued = reading = False
        besides = 0
        value = ""
        buffer: list[str] = []
        runs: list[str] = []
        prefix = "?"
        most_columns, most_between = self.limits.columns, self.limits.other_elements
        between = 0

        def start(name: str, given: dict[str, str]) -> None:
            nonlocal row_number, next_column, column, kind, ref, style, picture, formula, valued, value, prefix, reading
            nonlocal besides, between
            between += 1
            if between > most_between:
                at_most(between, most_between, _("too many elements"))
            if besides:
                besides += 1
                return
            if prefix == "?":  # the first element is the sheet itself
                prefix = name[: name.rfind(":") + 1]
            if prefix:
                name = name.removeprefix(prefix)
            if name == "c":
                between = 0
                ref = given.get("r", "")
                column = self._column(ref) if ref else next_column
                next_column = column + 1
                kind, style = given.get("t", "n"), given.get("s", "")
                picture = "vm" in given
                formula = valued = False
                value = ""
                runs.clear()
            elif name == "v" or name == "t":
                buffer.clear()
            elif name == "row":
                between = 0
                row_number = self._row(given, row_number)
                next_column = 0
                kept.clear()
            elif name == "f":
                buffer.clear()
                formula = True
                if given.get("t") in ("array", "dataTable") and (of := area(given.get("ref", ""))):
                    self.computed_together.append(of)
            elif name == "rPh":
                reading = True
            elif name == "sheetView":
                self.zeros_hidden = given.get("showZeros") in ("0", "false")
            elif name == "mergeCell":
                self.merges.append(given.get("ref", ""))
                at_most(len(self.merges), self.limits.merges, _("too many merged cells"))
            elif name == "col":
                self._col(given)
            elif name == "extLst" or name.endswith(":Fallback"):
                besides = 1  # for programs that know more, or less: no part of a sheet as it is seen here

        def end(name: str) -> None:
            nonlocal value, valued, formula, reading, picture, besides
            if besides:
                besides -= 1
                return
            if prefix:
                name = name.removeprefix(prefix)
            if name == "v":
                value = buffer[0] if len(buffer) == 1 else "".join(buffer)
                valued = True
            elif name == "c":
                if column < most_columns and (valued or formula or runs):
                    cell = self._cell(kind, value, style, runs, formula, valued, picture)
                    if cell is not None:
                        kept[column] = cell
            elif name == "row":
                if kept:
                    self._keep(row_number, kept)
            elif name == "t":
                if not reading:
                    runs.extend(buffer)
            elif name == "rPh":
                reading = False
            elif name == "f":
                picture = picture or _PICTURE.search("".join(buffer)) is not None

        return start, end, buffer.append

    def _col(self, given: dict[str, str]) -> None:
        self._all_columns += 1
        at_most(self._all_columns, LAST_COLUMN, _("too many elements"))
        if given.get("hidden") in _YES or given.get("width") == "0":
            first, last = int(given.get("min", 1)), int(given.get("max", 1))
            self.hidden_columns.update(range(max(first, 1) - 1, min(last, self.limits.columns)))

    def _column(self, ref: str) -> int:
        text = ref.rstrip("0123456789")
        found = self._columns.get(text)
        if found is None:
            if not text.isalpha() or not text.isascii() or len(text) > 3 or column_of(text.upper()) >= LAST_COLUMN:
                raise Findings(
                    _("the file is not read: {what}").format(what=_("no sheet has such a cell")), got=ref[:20]
                )
            found = self._columns[text] = column_of(text.upper())
        return found

    def _row(self, given: dict[str, str], last: int) -> int:
        text = given.get("r")
        number = last + 1 if text is None else int(text) if text.isdecimal() and len(text) < 20 else 0
        if not 1 <= number <= LAST_ROW:
            raise Findings(
                _("the file is not read: {what}").format(what=_("no sheet has such a row")), got=str(text)[:20]
            )
        self._all_rows += 1
        if self._all_rows > LAST_ROW:
            at_most(self._all_rows, LAST_ROW, _("too many rows"))
        if given.get("hidden") in _YES or given.get("ht") == "0":
            self.hidden_rows.add(number)
        return number

    def _keep(self, number: int, cells: dict[int, Cell]) -> None:
        if number in self.rows:
            self.rows[number].update(cells)
        else:
            self.budget.rows -= 1
            at_most(self.limits.rows - self.budget.rows, self.limits.rows, _("too many rows"))
            self.rows[number] = cells.copy()
        self.budget.cells -= len(cells)
        at_most(self.limits.cells - self.budget.cells, self.limits.cells, _("too many cells"))

    def _cell(
        self, kind: str, value: str, style: str, runs: list[str], formula: bool, valued: bool, picture: bool
    ) -> Cell:
        """What a cell holds, as a person sees it."""
        if kind == "s":
            return self.texts[int(value)] if value.isdigit() else self._of_table(value)
        if formula and (not valued or (not value and kind != "str")):
            return Picture() if picture else NotComputed()
        if picture and (kind == "e" or formula):
            return Picture()
        if kind == "n" and not runs:
            if not value:
                return None
            shown = self._shown(value, style)
            return Formatted(0, "") if self.zeros_hidden and shown == 0 else shown
        if kind == "b":
            return value.strip() in _YES
        if kind == "e":
            return CellError(value.strip()[:40])
        if kind == "d":
            return _day(value.strip())
        return self._text("".join(runs) or value)

    def _shown(self, value: str, style: str) -> Cell:
        """A number as its format shows it."""
        number = self._number(value)
        form = self.formats.get(style)
        if form is None or isinstance(number, CellError):
            return number
        if (value, style) not in self._formatted:
            if len(self._formatted) > _REMEMBERED:
                return form.shown(number)
            self._formatted[value, style] = form.shown(number)
        return self._formatted[value, style]

    def _of_table(self, value: str) -> Cell:
        """A text of the table that all sheets share; a cell that points nowhere is damaged."""
        if value.strip().isdigit():
            return self.texts[int(value)]
        if value.strip():
            raise ValueError(value)
        return None

    def _number(self, text: str) -> int | float | CellError:
        known = self._numbers.get(text)
        if known is None:
            self.budget.read(text, self.limits)
            known = _numeral(text.strip())
            if len(self._numbers) < _REMEMBERED:
                self._numbers[text] = known
        return known

    def _text(self, text: str) -> Cell:
        if text in self._seen:
            return self._seen[text]
        self.budget.read(text, self.limits)
        found = seen(text)
        if len(self._seen) < _REMEMBERED:
            self._seen[text] = found
        return found

    def read(self) -> _Read:
        """The rows in order; what an area of one formula leaves blank was never computed."""
        filled = 0
        for top, left, bottom, right in self.computed_together:
            first = self.rows.get(top, {}).get(left)
            if isinstance(first, NotComputed):
                lines, columns = range(top, min(bottom, top + 2000) + 1), range(left, min(right, left + 50) + 1)
                filled += len(lines) * len(columns)
                at_most(filled, self.limits.areas, _("too many cells"))
                for number in lines:
                    for column in columns:
                        self.rows.setdefault(number, {}).setdefault(column, first)
        rows = [
            Row(number, tuple(map(cells.get, range(max(cells) + 1))), number in self.hidden_rows)
            for number, cells in sorted(self.rows.items())
        ]
        return _Read(rows, tuple(dict.fromkeys(self.merges)), frozenset(self.hidden_columns))


def _numeral(text: str) -> int | float | CellError:
    """A number as files write it; what is none is an error of its cell."""
    digits = text.removeprefix("-")
    if digits.isascii() and digits.isdigit():
        return int(text) if len(digits) < 40 else float(text)
    if _NUMERAL.fullmatch(text) is None:
        return CellError(text[:40])
    number = float(text)
    if number in (float("inf"), float("-inf")):
        return CellError(text[:40])
    return int(number) if number.is_integer() and abs(number) < 1e15 else number


def _day(text: str) -> Cell:
    """A day as Strict Open XML may write it."""
    try:
        return datetime.fromisoformat(text).replace(tzinfo=None)
    except ValueError:
        return CellError(text[:40])
