"""Heads of tables: one row or several, joined by the columns that each word stands over."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from anju_cli.domain.quarters import Quarters
from anju_cli.foreign import Cell, Row, Sheet
from anju_cli.returns.column_names import FIGURES, Title, is_measure, title

_DEEPEST = 3
"""Rows that a head has at most."""
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

    @property
    def names(self) -> set[str]:
        return {of.name for of in self.titles.values() if of.name}


class Heads:
    """Where the heads of a sheet are."""

    def __init__(self, sheet: Sheet, merged: Mapping[tuple[int, int], Cell], period: AskedPeriod) -> None:
        self.rows, self.merged, self.period = sheet.rows, merged, period

    def at(self, place: int) -> Head | None:
        """The head that begins in a row: of as many rows as mean the most, the fewest of them."""
        best: Head | None = None
        for depth in range(1, _DEEPEST + 1):
            rows = self.rows[place : place + depth]
            if len(rows) < depth or rows[-1].number - rows[0].number >= _DEEPEST or not _all_words(rows[-1]):
                break
            if depth > 1 and _is_title(rows[0]):
                break
            titles = self._titles(rows)
            names = {of.name for of in titles.values() if of.name}
            if names & {"code", "item", "project", "indicator"} and names & {"this", "total", "words"}:
                known = sum(of.name is not None for of in titles.values())
                if best is None or known > sum(of.name is not None for of in best.titles.values()) or (
                    len(rows) > best.rows and self._refines(rows[-1])
                ):  # fmt: skip
                    best = Head(depth, titles)
        return best

    def _refines(self, row: Row) -> bool:
        """Whether a row below a head says more of its columns: its words are names, or measures, and none is blank."""
        said = [value for value in row.values if value is not None]
        named = [title([value], self.period.quarters, self.period.quarter) for value in said if isinstance(value, str)]
        known = sum(1 for of in named if of.name in (*FIGURES, "goal", "rate"))
        known += sum(isinstance(value, str) and is_measure(value) for value in said)
        return bool(said) and known * 2 >= len(said)

    def _titles(self, rows: Sequence[Row]) -> dict[int, Title]:
        width = max(len(row.values) for row in rows)
        parts = [self._spread(row, rows[-1], width) for row in rows[:-1]]
        parts.append([self._value(rows[-1], at) for at in range(width)])
        found = {}
        for at in range(width):
            stacked = [part[at] for part in parts]
            texts = [text for text in dict.fromkeys(stacked) if isinstance(text, str) and len(text) <= _LONGEST]
            if texts and (of := title(texts, self.period.quarters, self.period.quarter)) and of.name:
                found[at] = of
        return found

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
    return any(":" in text or "：" in text for text in said) or (
        len(said) == 1 and (first in said or len(min(said)) > 12)
    )


def _all_words(row: Row) -> bool:
    """Whether nothing in a row is a figure: as in a head."""
    return all(value is None or isinstance(value, str) for value in row.values)
