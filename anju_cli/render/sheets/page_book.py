"""A workbook, and any page as one: a sheet for each table.

Every text goes through `write_string`: XlsxWriter's own `write` would run `{=1+1}` as a formula whatever its options.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from itertools import islice
from math import ceil
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from anju_cli.domain.grammar import printable
from anju_cli.errors import Refused
from anju_cli.i18n import _
from anju_cli.render.page import Cell, Column, Page, Table
from anju_cli.render.width import display_width
from anju_cli.stream import Stream

INERT = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
MADE = datetime(1980, 1, 1)
"""Written as the date of making, so that the same answer is the same file, byte for byte."""
FONT = "Microsoft YaHei"
A4 = 9
NARROWEST, WIDEST = 9, 48
LINE = 16.5
"""The height of a line of text, in points."""
MOST_ROWS = 1_048_500
"""A sheet ends at row 1,048,576; titles and what is said below have their room."""
TONES = {"good": "#00613F", "warn": "#7A4B00", "bad": "#A32A00", "faint": "#767676"}
_FORBIDDEN = re.compile(r"[\[\]:*?/\\]")
_ACROSS: dict[str, dict[str, Any]] = {
    "right": {"align": "right"},
    "left": {"align": "left", "indent": 1},
    "wrapped": {"align": "left", "indent": 1, "text_wrap": True},
}
_EXACT = 10**15
"""Excel keeps fifteen digits of a number: a longer one stays a text."""


class PageBook:
    """A workbook that is being made, in a folder of its own that is gone afterwards."""

    def __init__(self, title: str) -> None:
        self._folder = TemporaryDirectory(prefix="anju-")
        self._made = Path(self._folder.name, "made.xlsx")
        self.workbook = Workbook(str(self._made), INERT | {"tmpdir": self._folder.name})
        self.workbook.set_properties({"title": printable(title), "created": MADE, "author": "anju"})
        self.workbook.set_calc_mode("auto")
        self.workbook.use_zip64()  # as far as a file needs it
        self._formats: dict[tuple[tuple[str, Any], ...], Any] = {}
        self._names: set[str] = set()

    def __enter__(self) -> "PageBook":
        return self

    def __exit__(self, *fault: object) -> None:
        for worksheet in self.workbook.worksheets():
            if worksheet.row_data_fh is not None:  # of a book that was given up, the rows are still open
                worksheet.row_data_fh.close()
        self._folder.cleanup()

    def sheet(self, name: str, *, streamed: bool = False) -> "BookSheet":
        """A new sheet, set up for A4 paper across; where it is `streamed`, a row is kept until the next is begun."""
        self.workbook.constant_memory = streamed
        return BookSheet(self, self.workbook.add_worksheet(self._free(name)))

    def _free(self, name: str) -> str:
        """A name that Excel takes and that no other sheet has."""
        plain = " ".join(_FORBIDDEN.sub(" ", printable(name)).split()).strip(" '") or _("Table")
        plain = plain[:31].rstrip(" '")
        number, free = 2, plain
        while free.lower() in self._names:
            free = f"{plain[:27]} {number}"
            number += 1
        self._names.add(free.lower())
        return free

    def format(self, **properties: Any) -> Any:
        """A cell format, made once for all cells that have it."""
        key = tuple(sorted(properties.items()))
        if key not in self._formats:
            base = {"font_name": FONT, "font_size": 10, "valign": "vcenter"}
            self._formats[key] = self.workbook.add_format(base | properties)
        return self._formats[key]

    def content(self) -> Iterator[bytes]:
        """The finished workbook as a file, in pieces."""
        self.workbook.constant_memory = False  # so it was of some sheets, whose files are closed by now
        self.workbook.close()
        with self._made.open("rb") as file:
            while piece := file.read(1 << 20):
                yield piece


class Written(NamedTuple):
    """Where a table stands on its sheet: its first and last row of cells, and each column by its key."""

    first: int
    last: int
    places: dict[str, int]


class BookSheet:
    """A sheet that is written from top to bottom."""

    def __init__(self, book: PageBook, worksheet: Worksheet) -> None:
        self.book, self.worksheet = book, worksheet
        self.row = 0
        self._widths: list[int] = []
        self._looks: dict[tuple[str, str, str], Any] = {}
        worksheet.set_paper(A4)
        worksheet.set_landscape()
        worksheet.fit_to_pages(1, 0)
        worksheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.6)
        worksheet.set_footer("&C&P / &N")
        worksheet.hide_gridlines(2)

    @property
    def name(self) -> str:
        """Its name, as references have it."""
        name: str = self.worksheet.get_name()
        return name

    def title(self, text: str, size: int = 14) -> None:
        """A title on a row of its own."""
        if text:
            self._string(self.row, 0, text, self.book.format(bold=True, font_size=size))
            self.worksheet.set_row(self.row, LINE * size / 10 + 4)
            self.row += 1

    def lines(self, lines: Sequence[str], columns: int) -> None:
        """Lines of prose, each across the columns of the table and as high as it needs."""
        room = max(sum(self._widths), 60) - 2
        for line in lines:
            wrapped = self.book.format(text_wrap=True, valign="top", font_color="#444444")
            if columns > 1:
                self.worksheet.merge_range(self.row, 0, self.row, columns - 1, "", wrapped)
            self._string(self.row, 0, line, wrapped)
            self.worksheet.set_row(self.row, LINE * max(1, ceil(display_width(line) * 1.05 / room)))
            self.row += 1

    def fit(self, tables: Sequence[Table]) -> int:
        """Make the columns as wide as what these tables hold; the number of columns."""
        kept = [_kept(table) for table in tables]
        self._widths = [0] * max((len(columns) for columns in kept), default=0)
        for table, columns in zip(tables, kept, strict=True):
            looked_at = list(islice(table.rows, 5000))
            for place, column in enumerate(columns):
                texts = [display_width(row[column].text) for row in looked_at]
                head = ceil(display_width(table.columns[column].title) / 2) + 2
                self._widths[place] = (
                    max(self._widths[place], head, *texts) if texts else max(self._widths[place], head)
                )
        self._widths = [min(max(width + 3, NARROWEST), WIDEST) for width in self._widths]
        for place, width in enumerate(self._widths):
            self.worksheet.set_column(place, place, width)
        return len(self._widths)

    def table(self, table: Table, *, only: bool = True) -> Written:
        """A table: head and rows; where it stands.

        The only table of a sheet has its head frozen, repeated on every printed page, and filters.
        """
        columns = _kept(table)
        places = {table.columns[column].key: place for place, column in enumerate(columns)}
        head = self.row
        if not table.rows:
            self._string(self.row, 0, table.empty or "—", self.book.format(font_color=TONES["faint"]))
            self.row += 1
            return Written(head, head, places)
        for place, column in enumerate(columns):
            self._string(head, place, table.columns[column].title, self._head(table.columns[column]))
        self.worksheet.set_row(head, LINE * 2 + 3)
        sums_after = MOST_ROWS if isinstance(table.rows, Stream) else len(table.rows) - table.sums
        for number, row in enumerate(table.rows, 1):
            self.row += 1
            high = 1
            if number > MOST_ROWS:
                raise Refused(_("more rows than a worksheet holds"), got=number, hint=_("write it as .csv"))
            if number > sums_after:
                row = [cell._replace(tone=cell.tone or "strong") for cell in row]
            for place, column in enumerate(columns):
                self.cell(self.row, place, row[column], table.columns[column].figure)
                if 2 * len(row[column].text) > self._widths[place] - 3:  # it may need more than a line
                    high = max(high, ceil(display_width(row[column].text) / (self._widths[place] - 1)))
            if high > 1:
                self.worksheet.set_row(self.row, LINE * high)
            if self.worksheet.constant_memory:
                # Heights that are written would be kept to the end, a million of them.
                getattr(self.worksheet, "row_info", {}).pop(self.row - 1, None)
        if only:
            self.worksheet.freeze_panes(head + 1, 1)
            self.worksheet.repeat_rows(head)
            self.worksheet.autofilter(head, 0, self.row - table.sums, len(columns) - 1)
        self.row += 1
        return Written(head + 1, self.row - 1, places)

    def cell(self, row: int, place: int, cell: Cell, figure: bool) -> None:
        """A cell: a number, a date or a text."""
        value = cell.value
        if value is None:
            self._string(row, place, cell.text, self._look("", "right" if figure else "wrapped", cell.tone))
        elif isinstance(value, date):
            after = _said_after(cell.text, value.isoformat())
            self.worksheet.write_datetime(row, place, value, self._look("yyyy-mm-dd" + after, "left", cell.tone))
        elif -_EXACT < value < _EXACT:
            look = self._look(_number_format(cell.text, value), "right", cell.tone)
            self.worksheet.write_number(row, place, value, look)
        else:
            self._string(row, place, cell.text, self._look("", "right", cell.tone))

    def _look(self, number: str, across: str, tone: str) -> Any:
        """The format of a cell; looked up by what differs, for there may be a million cells."""
        key = (number, across, tone)
        if key not in self._looks:
            made: dict[str, Any] = {"border": 1, "border_color": "#BFBFBF"} | _ACROSS[across]
            if tone in TONES:
                made["font_color"] = TONES[tone]
            if tone == "strong":
                made["bold"] = True
            if number:
                made["num_format"] = number
            self._looks[key] = self.book.format(**made)
        return self._looks[key]

    def _head(self, column: Column) -> Any:
        across = "right" if column.figure else "left"
        indent = {} if column.figure else {"indent": 1}
        look = indent | {"bold": True, "text_wrap": True, "align": across, "bg_color": "#E8EDF2", "border": 1}
        return self.book.format(**look, border_color="#BFBFBF")

    def _string(self, row: int, place: int, text: str, look: Any) -> None:
        if self.worksheet.write_string(row, place, printable(text), look):
            raise Refused(_("a text is longer than a cell holds"), got=len(text), hint=_("write it as .json"))


def _kept(table: Table) -> list[int]:
    """The columns that a file shows: no drawings."""
    return [place for place, column in enumerate(table.columns) if not column.drawing]


def _number_format(text: str, value: int | Decimal) -> str:
    """The format in which a number reads as it does in print: its decimals, its sign, and what is said after it."""
    places = -int(value.as_tuple().exponent) if isinstance(value, Decimal) else 0
    plain = "0." + "0" * places if places > 0 else "0"
    before, _value, rest = text.partition(str(value))
    if before == "≤ ":
        after = _said_after(str(value) + rest, str(value))
        return f'"{before}"{plain}{after};"{before}"-{plain}{after}'
    after = _said_after(text.lstrip("+"), str(value))
    return f"+{plain}{after};-{plain}{after};{plain}{after}" if text.startswith("+") else plain + after


def _said_after(text: str, value: str) -> str:
    """What a text says after its value, such as a mark, as part of a format; nothing where it cannot be part of one."""
    if text == value or not text.startswith(value):
        return ""
    after = printable(text.removeprefix(value))
    return f'"{after}"' if after and '"' not in after and len(after) < 40 else ""


def page_book(page: Page) -> Iterator[bytes]:
    """Any page as a workbook: a sheet for each table; what is said above and below stands with the first and last."""
    with PageBook(page.title) as book:
        tables = page.tables or [Table("", [], [])]
        for number, table in enumerate(tables):
            sheet = book.sheet(table.title or page.title, streamed=isinstance(table.rows, Stream))
            columns = sheet.fit([table])
            sheet.title(page.title if number == 0 else "")
            sheet.lines(page.lines if number == 0 else [], columns)
            if table.title != page.title:
                sheet.title(table.title, 11 if page.title else 14)
            if table.columns or not page.lines:
                sheet.table(table)
            if number == len(tables) - 1:
                sheet.row += 1
                sheet.lines(page.notes, columns)
        yield from book.content()
