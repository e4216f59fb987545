"""A page: what a person reads, before it is known whether on a screen or on paper."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

NONE = "—"


class Cell(NamedTuple):
    """A text and what it means: good | warn | bad | faint | strong, or nothing in particular."""

    text: str
    tone: str = ""
    value: int | Decimal | date | None = None
    """The number or the date behind the text: a worksheet holds it as such, a table is sorted by it."""


class Column(NamedTuple):
    """A column's heading; figures stand to the right."""

    title: str
    figure: bool = False
    drawing: bool = False
    """A bar or the like: left out of files, and where the screen has no room for it."""
    optional: bool = False
    """Left out where the screen has no room for it; files have it always."""


DRAWING = Column("", drawing=True)


class Table(NamedTuple):
    """A titled table."""

    title: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Cell]]
    empty: str = ""
    """What is said in place of a table without rows."""
    sums: int = 0
    """How many rows at the end are sums of those above, and stay there when they are sorted."""


class Page(NamedTuple):
    """Title, lines above the tables, tables, notes below them."""

    title: str = ""
    lines: Sequence[str] = ()
    tables: Sequence[Table] = ()
    notes: Sequence[str] = ()
    undo: Sequence[str] = ()
    """The commands that take back what was just recorded."""


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


def figures(*titles: str, optional: bool = False) -> list[Column]:
    """Columns of figures."""
    return [Column(title, figure=True, optional=optional) for title in titles]
