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


class Page(NamedTuple):
    """Title, lines above the tables, tables, notes below them."""

    title: str = ""
    lines: Sequence[str] = ()
    tables: Sequence[Table] = ()
    notes: Sequence[str] = ()


def text(value: object, tone: str = "") -> Cell:
    """A text, or — for none."""
    return Cell(NONE, "faint") if value is None or value == "" else Cell(str(value), tone)


def figure(value: int | Decimal | None, tone: str = "", sign: bool = False) -> Cell:
    """A figure as it is printed, or — for none."""
    if value is None:
        return Cell(NONE, "faint")
    return Cell(f"{value:+}" if sign else f"{value}", tone)


def count(value: int, tone: str = "") -> Cell:
    """A count in which 0 is nothing to look at."""
    return Cell(str(value), tone if value else "faint")


def day(value: date | None) -> Cell:
    """A date in ISO form, or — for none."""
    return text(value.isoformat() if value else None)


def figures(*titles: str, optional: bool = False) -> list[Column]:
    """Columns of figures."""
    return [Column(title, figure=True, optional=optional) for title in titles]
