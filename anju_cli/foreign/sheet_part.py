"""One sheet of a workbook, element by element: its rows, its merged areas, its hidden columns."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import NamedTuple

from anju_cli.errors import Findings
from anju_cli.foreign.cells import Cell, CellError, NotComputed, Picture, seen
from anju_cli.foreign.formats import Styles
from anju_cli.foreign.limits import LAST_COLUMN, LAST_ROW
from anju_cli.foreign.packed import PackedParts, at_most
from anju_cli.foreign.sheet_rows import Row, area, column_of
from anju_cli.i18n import _

_YES = ("1", "true")
_REMEMBERED = 300_000
"""Texts and numbers that are kept to be used again, as most stand in many cells."""


class _Read(NamedTuple):
    rows: list[Row]
    merges: tuple[str, ...]
    hidden_columns: frozenset[int]


def read_rows(parts: PackedParts, place: str, texts: Sequence[Cell], styles: Styles, budget: list[int]) -> _Read:
    """A sheet's rows in order of their numbers; `budget` is how many rows and cells may still be read."""
    part = _SheetPart(parts, texts, styles, budget)
    start, end, text = part.handlers()
    parts.parse(place, start, end, text, weighed=True)
    return part.read()


class _SheetPart:
    """What was read so far."""

    def __init__(self, parts: PackedParts, texts: Sequence[Cell], styles: Styles, budget: list[int]) -> None:
        self.limits, self.texts, self.formats, self.budget = parts.limits, texts, styles.of_cells, budget
        self.rows: dict[int, dict[int, Cell]] = {}
        self.hidden_rows: set[int] = set()
        self.hidden_columns: set[int] = set()
        self.merges: list[str] = []
        self.computed_together: list[tuple[int, int, int, int]] = []
        """Areas of array formulas and data tables, whose results stand in cells without a formula."""
        self._columns: dict[str, int] = {}
        self._numbers: dict[str, int | float | CellError] = {}
        self._seen: dict[str, Cell] = {}

    def handlers(self) -> tuple[Callable[[str, dict[str, str]], None], Callable[[str], None], Callable[[str], None]]:
        """What is to be done at the start and the end of an element, and with text: closures, for speed."""
        row_number = next_column = column = 0
        kept: dict[int, Cell] = {}
        kind = ref = style = ""
        picture = formula = valued = reading = False
        value = ""
        buffer: list[str] = []
        runs: list[str] = []
        prefix = "?"
        most_columns = self.limits.columns

        def start(name: str, given: dict[str, str]) -> None:
            nonlocal row_number, next_column, column, kind, ref, style, picture, formula, valued, value, prefix, reading
            if prefix == "?":  # the first element is the sheet itself
                prefix = name[: name.rfind(":") + 1]
            if prefix:
                name = name.removeprefix(prefix)
            if name == "c":
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
            elif name == "mergeCell":
                self.merges.append(given.get("ref", ""))
                at_most(len(self.merges), self.limits.merges, _("too many merged cells"))
            elif name == "col" and given.get("hidden") in _YES:
                first, last = int(given.get("min", 1)), int(given.get("max", 1))
                self.hidden_columns.update(range(first - 1, min(last, most_columns)))

        def end(name: str) -> None:
            nonlocal value, valued, formula, reading, picture
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
                picture = picture or "DISPIMG" in "".join(buffer)

        return start, end, buffer.append

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
        if given.get("hidden") in _YES or given.get("ht") == "0":
            self.hidden_rows.add(number)
        return number

    def _keep(self, number: int, cells: dict[int, Cell]) -> None:
        if number in self.rows:
            self.rows[number].update(cells)
        else:
            self.budget[0] -= 1
            at_most(-self.budget[0], 0, _("too many rows"))
            self.rows[number] = cells.copy()
        self.budget[1] -= len(cells)
        at_most(-self.budget[1], 0, _("too many cells"))

    def _cell(
        self, kind: str, value: str, style: str, runs: list[str], formula: bool, valued: bool, picture: bool
    ) -> Cell:
        """What a cell holds, as a person sees it."""
        if kind == "s":
            return self.texts[int(value)]
        if formula and (not valued or (not value and kind != "str")):
            return Picture() if picture else NotComputed()
        if kind == "n":
            if not value:
                return None
            number = self._number(value)
            form = self.formats[int(style)] if style and int(style) < len(self.formats) else None
            return number if form is None or isinstance(number, CellError) else form.shown(number)
        if picture and (kind == "e" or formula):
            return Picture()
        if kind == "inlineStr" or kind == "str":
            return self._text("".join(runs) if kind == "inlineStr" or runs else value)
        if kind == "b":
            return value.strip() in _YES
        if kind == "e":
            return CellError(value.strip()[:40])
        if kind == "d":
            return datetime.fromisoformat(value.strip()).replace(tzinfo=None)
        return self._text(value)

    def _number(self, text: str) -> int | float | CellError:
        known = self._numbers.get(text)
        if known is None:
            plain = text.strip()
            digits = plain.removeprefix("-")
            if digits.isascii() and digits.isdigit():
                known = int(plain) if len(digits) < 40 else float(plain)
            elif "_" in plain:
                raise ValueError(plain)
            else:
                known = float(plain)
                if known != known or known in (float("inf"), float("-inf")):
                    known = CellError(plain[:40])
                elif known.is_integer() and abs(known) < 1e15:
                    known = int(known)
            if len(self._numbers) < _REMEMBERED:
                self._numbers[text] = known
        return known

    def _text(self, text: str) -> Cell:
        if text in self._seen:
            return self._seen[text]
        found = seen(text)
        if len(self._seen) < _REMEMBERED:
            self._seen[text] = found
        return found

    def read(self) -> _Read:
        """The rows in order; what an area of one formula leaves blank was never computed."""
        for top, left, bottom, right in self.computed_together:
            first = self.rows.get(top, {}).get(left)
            if isinstance(first, NotComputed):
                for number in range(top, min(bottom, top + 2000) + 1):
                    for column in range(left, min(right, left + 50) + 1):
                        self.rows.setdefault(number, {}).setdefault(column, first)
        rows = [
            Row(number, tuple(map(cells.get, range(max(cells) + 1))), number in self.hidden_rows)
            for number, cells in sorted(self.rows.items())
        ]
        return _Read(rows, tuple(dict.fromkeys(self.merges)), frozenset(self.hidden_columns))
