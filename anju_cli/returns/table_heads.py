"""Heads of tables: one row or several, joined by the columns that each word stands over."""

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from anju_cli.domain.quarters import Quarters
from anju_cli.foreign import Cell, CellError, Formatted, NotComputed, PartOfDate, Row, Sheet, text_of
from anju_cli.returns.column_names import Title, title
from anju_cli.returns.heading import is_label

_DEEPEST = 3
"""Rows that a head has at most."""
_KEYS = ("number", "code", "item", "project", "project_name", "indicator")
"""The columns that say what a row is on."""
_NUMERAL = re.compile(r"\s*[-+]?[\d,.]+\s*[%％]?\s*")
_LONGEST = 40
"""Letters of the longest name of a column."""


class AskedPeriod(NamedTuple):
    """The year of the plan, and the quarter that was asked for, null where none was."""

    quarters: Quarters
    quarter: int | None


class Head(NamedTuple):
    """A head of one row or several."""

    rows: int
    titles: dict[int, Title]
    """By column, what it means; only of those that mean something."""
    others: dict[int, str] = {}  # noqa: RUF012 - never changed
    """By column, how it is called; of those that mean nothing here."""

    @property
    def names(self) -> set[str]:
        return {of.name for of in self.titles.values() if of.name}

    @property
    def is_one(self) -> bool:
        """Whether it names what rows are on, and what they say of it."""
        return bool(self.names & {"code", "item", "project", "indicator"} and self.names & {"this", "total", "words"})


class Heads:
    """Where the heads of a sheet are."""

    def __init__(self, sheet: Sheet, merged: Mapping[tuple[int, int], Cell], period: AskedPeriod) -> None:
        self.rows, self.merged, self.period = sheet.rows, merged, period

    def at(self, place: int) -> Head | None:
        """The head that begins in a row, with the rows that continue it."""
        best: Head | None = None
        for depth in range(1, _DEEPEST + 1):
            rows = self.rows[place : place + depth]
            if len(rows) < depth or rows[-1].number - rows[0].number >= _DEEPEST or not _all_words(rows[-1]):
                break
            if depth > 1 and best is None and _is_title(rows[0]):
                break
            if best is not None and not self._continues(rows[-1], best):
                break
            head = Head(depth, *self._titles(rows))
            if head.is_one and self._begins(head, rows):
                best = head
        return best

    def _begins(self, head: Head, rows: Sequence[Row]) -> bool:
        """Whether what rows are on is named in these rows: not in one above, merged with them."""
        named = [at for at, of in head.titles.items() if of.name in _KEYS]
        return any(row.values[at] is not None for row in rows for at in named if at < len(row.values))

    def _continues(self, row: Row, head: Head) -> bool:
        """Whether a row below a head is more of it: words, but none in the columns that say what a row is on."""
        named = [at for at, of in head.titles.items() if of.name in _KEYS]
        said = [at for at, value in enumerate(row.values) if value is not None]
        return bool(said) and said != [0] and not any(at in said for at in named)  # [0]: a section

    def _titles(self, rows: Sequence[Row]) -> tuple[dict[int, Title], dict[int, str]]:
        width = max(len(row.values) for row in rows)
        parts = [self._spread(row, rows[-1], width) for row in rows[:-1]]
        parts.append([self._value(rows[-1], at) for at in range(width)])
        found, others = {}, {}
        for at in range(width):
            texts = [text for text in dict.fromkeys(_worded(part[at]) for part in parts) if 0 < len(text) <= _LONGEST]
            if not texts:
                continue
            of = title(texts, self.period.quarters, self.period.quarter)
            if of.name:
                found[at] = of
            else:
                others[at] = "".join(texts)
        return found, others

    def _value(self, row: Row, at: int) -> Cell:
        value = row.values[at] if at < len(row.values) else None
        return self.merged.get((row.number, at)) if value is None else value

    def _spread(self, row: Row, lowest: Row, width: int) -> list[Cell]:
        """An upper row of a head, each word over the columns that it is of: as merged, or up to the next word."""
        found: list[Cell] = []
        last: Cell = None
        for at in range(width):
            value = self._value(row, at)
            below = lowest.values[at] if at < len(lowest.values) else None
            if value is not None:  # a word with nothing below it is of its own column alone
                last = value if below is not None and (row.number, at) not in self.merged else None
            elif below is None:
                last = None
            found.append(value if value is not None else last)
        return found


def _is_title(row: Row) -> bool:
    """Whether a row stands above a head, and is no part of it: a title, or what the table is of."""
    said = {value for value in row.values if isinstance(value, str)}
    first = row.values[0] if row.values else None
    return (
        is_label(row)
        or any(":" in text or "：" in text for text in said)
        or (len(said) == 1 and (first in said or len(min(said)) > 12))
    )


def _all_words(row: Row) -> bool:
    """Whether nothing in a row is a figure: as in a head, where a formula may have come to nothing."""
    return all(
        value is None
        or isinstance(value, (NotComputed, CellError))
        or (isinstance(value, str) and not _NUMERAL.fullmatch(value))
        for value in row.values
    )


def _worded(value: Cell) -> str:
    """A cell of a head as words: a number may be a year."""
    if isinstance(value, str):
        return value
    if type(value) is int and 1990 <= value <= 2100:
        return f"{value}年"
    return text_of(value) if isinstance(value, (Formatted, PartOfDate)) else ""
