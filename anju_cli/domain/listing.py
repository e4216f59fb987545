"""A list of projects or homes that came in a file."""

from dataclasses import dataclass
from typing import NamedTuple


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
