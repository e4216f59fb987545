"""A page: what a person reads, before it is known whether on a screen or on paper."""

from collections.abc import Collection, Sequence
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from anju_cli.stream import Stream

NONE = "—"


class Cell(NamedTuple):
    """A text and what it means: good | warn | bad | faint | strong, or nothing in particular."""

    text: str
    tone: str = ""
    value: int | Decimal | date | None = None
    """The number or the date behind the text: a worksheet holds it as such, a table is sorted by it."""


class ColumnKind(StrEnum):
    """What the cells of a column are, and so how they stand and whether they may be folded."""

    WORDS = "words"
    """Names and prose, which may be folded where there is little room; nothing else may."""
    CODE = "code"
    """An id, a number, a quarter, a measure: short, and read whole."""
    STATE = "state"
    """One of a few official words."""
    LIGHT = "light"
    FIGURE = "figure"
    """Stands to the right."""
    DATE = "date"
    """A day, also with what it was before; a moment; from which day to which."""
    DRAWING = "drawing"
    """A bar or the like: left out of files, and where the screen has no room for it."""


class Column(NamedTuple):
    """A column of a table: its heading, and what kind of cells it has."""

    title: str
    kind: ColumnKind = ColumnKind.WORDS
    key: str = ""
    """The name by which it is found: that of the field in the shape of the rows."""
    optional: bool = False
    """Left out where the screen has no room for it; files have it always."""
    paper: float = 0
    """Its width in millimetres in an official paper; 0 where papers do without it."""

    @property
    def figure(self) -> bool:
        """Whether it stands to the right."""
        return self.kind is ColumnKind.FIGURE

    @property
    def drawing(self) -> bool:
        """Whether it is left out of files."""
        return self.kind is ColumnKind.DRAWING

    @property
    def folds(self) -> bool:
        """Whether its cells may be folded."""
        return self.kind is ColumnKind.WORDS


class Table(NamedTuple):
    """A titled table."""

    title: str
    columns: Sequence[Column]
    rows: Collection[Sequence[Cell]] | Stream[Sequence[Cell]]
    """Those of a long table come as a stream."""
    empty: str = ""
    """What is said in place of a table without rows."""
    sums: int = 0
    """How many rows at the end are sums of those above, and stay there when they are sorted."""

    def held(self) -> "Table":
        """The same with all its rows in memory, for what goes through them again and again."""
        return self._replace(rows=list(self.rows)) if isinstance(self.rows, Stream) else self

    def without(self, keys: Collection[str]) -> "Table":
        """The same table without the columns of these keys."""
        return self._only([place for place, column in enumerate(self.columns) if column.key not in keys])

    def without_blanks(self) -> "Table":
        """The same table without the columns in which no row says anything; none at all where there are no rows."""
        places = range(len(self.columns))
        return self._only([place for place in places if any(row[place].text != NONE for row in self.rows)])

    def _only(self, places: Sequence[int]) -> "Table":
        rows = [[row[place] for place in places] for row in self.rows]
        return self._replace(columns=[self.columns[place] for place in places], rows=rows)


class Page(NamedTuple):
    """Title, lines above the tables, tables, notes below them."""

    title: str = ""
    lines: Sequence[str] = ()
    tables: Sequence[Table] = ()
    notes: Sequence[str] = ()
    undo: Sequence[str] = ()
    """The commands that take back what was just recorded."""

    def held(self) -> "Page":
        """The same with all rows in memory."""
        return self._replace(tables=[table.held() for table in self.tables])


def text(value: object, tone: str = "", of: int | Decimal | date | None = None) -> Cell:
    """A text, or — for none; `of` is the number or the date that it shows."""
    return Cell(NONE, "faint") if value is None or value == "" else Cell(str(value), tone, of)


def figure(value: int | Decimal | None, tone: str = "", sign: bool = False) -> Cell:
    """A figure as it is printed, or — for none."""
    if value is None:
        return Cell(NONE, "faint")
    return Cell(f"{value:+}" if sign else f"{value}", tone, value)


def count(value: int, tone: str = "") -> Cell:
    """A count in which 0 is nothing to look at."""
    return Cell(str(value), tone if value else "faint", value)


def day(value: date | None) -> Cell:
    """A date in ISO form, or — for none."""
    return text(value.isoformat() if value else None, of=value)
