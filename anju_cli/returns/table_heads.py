"""Heads of tables: one row or several, joined by the columns that each word stands over."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from anju_cli.domain.quarters import Quarters
from anju_cli.foreign import Cell, Row, Sheet
from anju_cli.foreign.head_rows import DEEPEST, all_words, is_title, stacked
from anju_cli.returns.column_names import Title, title
from anju_cli.returns.heading import is_label

_KEYS = ("number", "code", "item", "project", "project_name", "indicator")
"""The columns that say what a row is on."""
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
        self._known: dict[tuple[int, int | None], Head | None] = {}

    def at(self, place: int) -> Head | None:
        """The head that begins in a row, with the rows that continue it; looked for once, however often it is asked."""
        asked = place, self.period.quarter
        if asked not in self._known:
            self._known[asked] = self._found(place)
        return self._known[asked]

    def _found(self, place: int) -> Head | None:
        best: Head | None = None
        for depth in range(1, DEEPEST + 1):
            rows = self.rows[place : place + depth]
            if len(rows) < depth or rows[-1].number - rows[0].number >= DEEPEST or not all_words(rows[-1]):
                break
            if depth > 1 and best is None and (is_label(rows[0]) or is_title(rows[0])):
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
        return said not in ([], [0]) and not any(at in said for at in named)  # [0]: a section

    def _titles(self, rows: Sequence[Row]) -> tuple[dict[int, Title], dict[int, str]]:
        found, others = {}, {}
        for at, words in enumerate(stacked(rows, self.merged)):
            texts = [text for text in words if len(text) <= _LONGEST]
            if not texts:
                continue
            of = title(texts, self.period.quarters, self.period.quarter)
            if of.name:
                found[at] = of
            else:
                others[at] = "".join(texts)
        return found, others
