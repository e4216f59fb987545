"""A list of projects or homes that came in a file, and what may be wrong with it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from anju_cli.domain.grammar import printable
from anju_cli.errors import Findings
from anju_cli.i18n import _

_LONGEST_SHOWN = 60


class ListingRow(NamedTuple):
    """One row: its number in the file, and its cells as text, empty where they are."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Listing:
    """A list: its head and its rows."""

    file: str
    head: tuple[str, ...]
    rows: tuple[ListingRow, ...]
    sha256: str = ""

    def cell(self, row: ListingRow, column: int) -> str:
        """A cell; empty where the row is shorter."""
        return row.cells[column] if column < len(row.cells) else ""


class Trouble(NamedTuple):
    """One thing wrong with a table: where, and what."""

    file: str
    row: int
    column: str
    said: str

    def __str__(self) -> str:
        # What a file holds may not steer the terminal that its problems are shown on.
        return printable(f"{self.file}:{self.row}: " + (f"{self.column}: " if self.column else "") + self.said)


def expected(found: str, wanted: str) -> str:
    """What was found, and what was expected in its place."""
    shown = repr(brief(found)) if found else _("nothing")
    return _("found {found}, expected {expected}").format(found=shown, expected=wanted)


class Troubled(Findings):
    """A table that is not right: every problem at once."""

    def __init__(self, troubles: Sequence[Trouble]) -> None:
        super().__init__(_("{n} problems in the file; nothing was written").format(n=len(set(troubles))))
        self.problems: Sequence[Trouble] = sorted(dict.fromkeys(troubles), key=lambda trouble: trouble[:2])


def brief(text: str) -> str:
    """A text as it is shown in a line about it."""
    return text if len(text) <= _LONGEST_SHOWN else text[: _LONGEST_SHOWN - 1] + "…"
