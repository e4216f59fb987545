"""A sheet as it was read: rows of cells, with their numbers."""

import re
from typing import NamedTuple

from anju_cli.foreign.cells import Cell
from anju_cli.foreign.limits import LAST_COLUMN, LAST_ROW, RETURN


class Row(NamedTuple):
    """One row that says anything."""

    number: int
    """From 1, as a spreadsheet shows it."""
    values: tuple[Cell, ...]
    hidden: bool = False
    """Hidden by hand or by a filter."""


class Sheet(NamedTuple):
    """One sheet of a workbook, or a CSV file."""

    name: str | None
    """Null for a CSV file."""
    hidden: bool
    rows: list[Row]
    merges: tuple[str, ...] = ()
    """Merged areas, such as `A3:A7`."""
    hidden_columns: frozenset[int] = frozenset()
    """Counted from 0."""


def letters(column: int) -> str:
    """The letters of a column, counted from 0."""
    text = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(65 + rest) + text
    return text


def column_of(text: str) -> int:
    """The column of letters, counted from 0."""
    number = 0
    for letter in text:
        number = 26 * number + ord(letter) - 64
    return number - 1


def area(text: str) -> tuple[int, int, int, int] | None:
    """An area as first row, first column, last row, last column; rows from 1, columns from 0; null if there is none."""
    match = re.fullmatch(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})(?::\$?([A-Z]{1,3})\$?([0-9]{1,7}))?", text, re.ASCII)
    if match is None:
        return None
    left, top, right, bottom = match.groups()
    found = int(top), column_of(left), int(bottom or top), column_of(right or left)
    return found if found[2] <= LAST_ROW and found[3] < LAST_COLUMN else None


def merged(sheet: Sheet, most: int = RETURN.areas) -> dict[tuple[int, int], Cell]:
    """By (row, column), the value of the merged area a cell is in; of the first areas, up to so many cells."""
    values = {row.number: row.values for row in sheet.rows}
    found: dict[tuple[int, int], Cell] = {}
    for text in sheet.merges:
        corner = area(text)
        if corner is None or most <= 0:
            continue
        top, left, bottom, right = corner
        row = values.get(top, ())
        if left >= len(row) or row[left] is None:
            continue
        lines, columns = range(top, min(bottom, top + 2000) + 1), range(left, min(right, left + 50) + 1)
        most -= len(lines) * len(columns)
        found |= {(line, column): row[left] for line in lines for column in columns}
    return found
