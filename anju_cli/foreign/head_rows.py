"""Heads of several rows: which row is a part of one, and over which columns each of its words stands."""

import re
from collections.abc import Mapping, Sequence
from datetime import date

from anju_cli.foreign.cells import Cell, CellError, NotComputed, Percent, text_of
from anju_cli.foreign.sheet_rows import Row

DEEPEST = 3
"""Rows that a head has at most."""
_SHORT = 12
"""Letters of a word above a head that may be a part of it."""
_YEAR = re.compile(r"(?:19|20)\d\d")
_NUMERAL = re.compile(r"\s*[-+]?[\d,.]+\s*[%％]?\s*")


def worded(value: Cell) -> str:
    """A cell of a head as words, a year among them; empty for a figure."""
    text = value if isinstance(value, str) else text_of(value)
    if _YEAR.fullmatch(text):
        return f"{text}年"
    return "" if _NUMERAL.fullmatch(text) or isinstance(value, (date, Percent)) else text


def all_words(row: Row) -> bool:
    """Whether nothing in a row is a figure: as in a head, where a formula may have come to nothing."""
    return all(value is None or isinstance(value, (NotComputed, CellError)) or worded(value) for value in row.values)


def is_title(row: Row) -> bool:
    """Whether a row stands above a head, and is no part of it: a title, or what the table is of."""
    said = {value for value in row.values if value is not None}
    words = [value for value in said if isinstance(value, str)]
    if any(":" in text or "：" in text for text in words):
        return True
    return len(said) == len(words) == 1 and (row.values[0] in said or len(words[0]) > _SHORT)


def stacked(rows: Sequence[Row], merged: Mapping[tuple[int, int], Cell]) -> list[list[str]]:
    """By column, the words that stand over each other, from the upper to the lower, each once."""
    width = max(len(row.values) for row in rows)
    parts = [_spread(row, rows[-1], width, merged) for row in rows[:-1]]
    parts.append([_value(rows[-1], at, merged) for at in range(width)])
    return [[text for text in dict.fromkeys(worded(part[at]) for part in parts) if text] for at in range(width)]


def _value(row: Row, at: int, merged: Mapping[tuple[int, int], Cell]) -> Cell:
    value = row.values[at] if at < len(row.values) else None
    return merged.get((row.number, at)) if value is None else value


def _spread(row: Row, lowest: Row, width: int, merged: Mapping[tuple[int, int], Cell]) -> list[Cell]:
    """An upper row of a head, each word over the columns that it is of: as merged, or up to the next word."""
    found: list[Cell] = []
    last: Cell = None
    for at in range(width):
        value = _value(row, at, merged)
        below = lowest.values[at] if at < len(lowest.values) else None
        if value is not None:  # a word with nothing below it is of its own column alone
            last = value if below is not None and (row.number, at) not in merged else None
        elif below is None:
            last = None
        found.append(value if value is not None else last)
    return found
