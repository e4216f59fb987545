"""A list of projects or homes that came in a file."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import NamedTuple

NO_FAULTS: Mapping[int, str] = MappingProxyType({})


class ListingRow(NamedTuple):
    """One row: its number in the file, and its cells as text, empty where they are."""

    number: int
    cells: tuple[str, ...]
    faults: Mapping[int, str] = NO_FAULTS
    """By column, what is wrong with a cell: an error, a formula that was never computed, a code that lost digits."""
    figures: Mapping[int, str] = NO_FAULTS
    """By column, the number that a cell holds, where its format shows the same in another way: 400套."""
    unclear: Mapping[int, str] = NO_FAULTS
    """By column, why what a cell shows may not be taken for a figure."""


@dataclass(frozen=True)
class Listing:
    """A list: its head and its rows."""

    file: str
    head: tuple[str, ...]
    rows: tuple[ListingRow, ...]
    sha256: str = ""
    notes: tuple[str, ...] = ()
    """What the person should know of how it was read."""
    measure: str | None = None
    """What a line above says that its figures are counted in."""

    def cell(self, row: ListingRow, column: int) -> str:
        """A cell; empty where the row is shorter."""
        return row.cells[column] if column < len(row.cells) else ""
