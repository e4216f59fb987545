"""Tables described by their columns, each column once: its key, head, kind, tone, and how its cell is made of a row.

The screen, every kind of file, the chart of the workbook and the annexes of papers are made from these descriptions.
They are built inside functions, so that heads are in the language in use and nothing is loaded early.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from decimal import Decimal
from functools import partial
from operator import attrgetter
from typing import Generic, NamedTuple, TypeVar

from anju_cli.render import page
from anju_cli.render.page import Cell, Column, ColumnKind, Table
from anju_cli.stream import Stream

Row = TypeVar("Row")
Value = TypeVar("Value")
Tone = str | Callable[[Row], str]
"""good | warn | bad | faint | strong, or nothing in particular; of all rows alike, or of each."""
Words = Callable[[Row], object] | None
"""How the text of a cell is read from a row, or the cell itself; without it, by the key."""
Amount = Callable[[Row], int | Decimal | Cell | None] | None
Day = Callable[[Row], date | Cell | None] | None


class ColumnOf(NamedTuple, Generic[Row]):
    """A column of rows of one shape, and the cell that it makes of a row."""

    column: Column
    cell: Callable[[Row], Cell]


def table(title: str, described: Sequence[ColumnOf[Row]], rows: Iterable[Row], empty: str = "") -> Table:
    """A table of rows of one shape; `empty` is what is said in place of none."""
    made: Callable[[Row], list[Cell]] = partial(cells, described)
    of_rows = rows.each(made) if isinstance(rows, Stream) else list(map(made, rows))
    return Table(title, [column.column for column in described], of_rows, empty)


def facts(said: Iterable[tuple[str, object]], what: str = "", told: str = "") -> Table:
    """What is said of one thing, a line for each: a table of labels and texts, without heads or with these."""
    both = [Column(what, ColumnKind.WORDS, "what"), Column(told, ColumnKind.WORDS, "told")]
    return Table("", both, [[page.text(label, "faint"), page.text(value)] for label, value in said])


def cells(described: Sequence[ColumnOf[Row]], row: Row) -> list[Cell]:
    """The cells of one row."""
    return [column.cell(row) for column in described]


def heads(described: Sequence[ColumnOf[Row]]) -> dict[str, str]:
    """The heads of columns, by their keys."""
    return {column.key: column.title for column, _cell in described}


def after(key: str, described: Sequence[ColumnOf[Row]], column: ColumnOf[Row]) -> list[ColumnOf[Row]]:
    """Columns with one more, behind that of a key."""
    place = next(place for place, other in enumerate(described, 1) if other.column.key == key)
    return [*described[:place], column, *described[place:]]


def words(
    key: str, head: str, value: Words[Row] = None, tone: Tone[Row] = "", *, optional: bool = False, paper: float = 0
) -> ColumnOf[Row]:
    """Names and prose: the only cells that may be folded."""
    return _told(Column(head, ColumnKind.WORDS, key, optional, paper), value, tone)


def code(
    key: str, head: str, value: Words[Row] = None, tone: Tone[Row] = "", *, optional: bool = False, paper: float = 0
) -> ColumnOf[Row]:
    """Ids, numbers, quarters, measures."""
    return _told(Column(head, ColumnKind.CODE, key, optional, paper), value, tone)


def state(key: str, head: str, value: Words[Row] = None, tone: Tone[Row] = "", *, paper: float = 0) -> ColumnOf[Row]:
    """One of a few official words."""
    return _told(Column(head, ColumnKind.STATE, key, False, paper), value, tone)


def light(key: str, head: str, value: Words[Row] = None, tone: Tone[Row] = "", *, paper: float = 0) -> ColumnOf[Row]:
    """A light in words."""
    return _told(Column(head, ColumnKind.LIGHT, key, False, paper), value, tone)


def drawing(value: Words[Row], tone: Tone[Row] = "") -> ColumnOf[Row]:
    """A bar or the like, for the screen alone: it draws what other columns say, and has no key of its own."""
    return _told(Column("", ColumnKind.DRAWING), value, tone)


def figure(
    key: str,
    head: str,
    value: Amount[Row] = None,
    tone: Tone[Row] = "",
    *,
    sign: bool = False,
    optional: bool = False,
    paper: float = 0,
) -> ColumnOf[Row]:
    """Figures as they are printed; with a sign where they are differences."""
    made = Column(head, ColumnKind.FIGURE, key, optional, paper)
    return ColumnOf(made, _maker(key, value, tone, _signed if sign else page.figure))


def count(key: str, head: str, *, tone: Tone[Row] = "", optional: bool = False, paper: float = 0) -> ColumnOf[Row]:
    """Counts in which 0 is nothing to look at."""
    return ColumnOf(Column(head, ColumnKind.FIGURE, key, optional, paper), _maker(key, None, tone, page.count))


def day(key: str, head: str, value: Day[Row] = None, *, optional: bool = False, paper: float = 0) -> ColumnOf[Row]:
    """Dates in ISO form."""
    return ColumnOf(Column(head, ColumnKind.DATE, key, optional, paper), _maker(key, value, "", _day))


def when(key: str, head: str, value: Words[Row]) -> ColumnOf[Row]:
    """Moments of recording, and from which day to which."""
    return _told(Column(head, ColumnKind.DATE, key), value, "")


def _told(column: Column, value: Words[Row], tone: Tone[Row]) -> ColumnOf[Row]:
    return ColumnOf(column, _maker(column.key, value, tone, page.text))


def _maker(
    key: str, value: Callable[[Row], Value | Cell] | None, tone: Tone[Row], cell: Callable[[Value, str], Cell]
) -> Callable[[Row], Cell]:
    """How a cell is made of a row: its value under the key, or as told, which may be the cell itself."""
    read: Callable[[Row], Value | Cell] = attrgetter(key) if value is None else value

    def made(row: Row) -> Cell:
        got = read(row)
        if isinstance(got, Cell):
            return got
        return cell(got, tone(row) if callable(tone) else tone)

    return made


def _signed(value: int | Decimal | None, tone: str) -> Cell:
    return page.figure(value, tone, sign=True)


def _day(value: date | None, _tone: str) -> Cell:
    return page.day(value)
