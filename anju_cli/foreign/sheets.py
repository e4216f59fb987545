"""A sheet as it was read: rows of values, with their numbers."""

import re
from typing import Any, NamedTuple


class Row(NamedTuple):
    """One row that says anything."""

    number: int
    """From 1, as a spreadsheet shows it."""
    values: tuple[Any, ...]


class Sheet(NamedTuple):
    """One sheet of a workbook, or a CSV file."""

    name: str | None
    """Null for a CSV file."""
    hidden: bool
    rows: list[Row]
    merges: tuple[str, ...] = ()
    """Merged areas, such as `A3:A7`."""
    uncached: frozenset[tuple[int, int]] = frozenset()
    """Cells, by row and column from 1, with a formula that was never computed."""


def letters(column: int) -> str:
    """The letters of a column, counted from 0."""
    text = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(65 + rest) + text
    return text


def area(text: str) -> tuple[int, int, int, int]:
    """A merged area as first row, first column, last row, last column; rows from 1, columns from 0."""
    first, last = (re.fullmatch(r"([A-Z]+)([0-9]+)", part) for part in text.split(":"))
    assert first and last
    return int(first[2]), _column(first[1]), int(last[2]), _column(last[1])


def _column(text: str) -> int:
    number = 0
    for letter in text:
        number = 26 * number + ord(letter) - 64
    return number - 1
