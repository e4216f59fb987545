"""How much a file may be, counted on what it unpacks to. One beyond is refused before it is kept in memory."""

from typing import NamedTuple

LAST_ROW = 1_048_576
LAST_COLUMN = 16_384
"""The last row and the last column of a sheet; no spreadsheet program has more."""


class Limits(NamedTuple):
    """The limits of one kind of file."""

    size: int
    """Bytes, of a file as it comes."""
    unpacked: int
    """Bytes, of a workbook's sheets and strings, unpacked."""
    other: int
    """Bytes, of any other part of a workbook that is read (styles, names, relations), unpacked."""
    rows: int
    """Rows that hold anything, of all sheets together; blank ones may reach to the last row of a sheet."""
    cells: int
    """Cells that hold anything, of all sheets together."""
    elements: int
    """Elements of any kind, of all sheets together."""
    texts: int
    """Elements of the table of texts."""
    names: int = 400_000
    """Elements of any other part: styles, names, relations."""
    parts: int = 500
    """PackedParts of a workbook."""
    run: int = 1_000_000
    """Bytes between two tags: no cell of Excel's is longer than 32,767 characters."""
    merges: int = 20_000
    columns: int = 200
    """Columns that are looked at."""


RETURN = Limits(
    size=32_000_000, unpacked=240_000_000, other=4_000_000,
    rows=150_000, cells=2_500_000, elements=11_000_000, texts=4_000_000,
)  # fmt: skip
"""A return: 100,000 rows of projects are some 100 MB unpacked."""

LIST = Limits(
    size=5_000_000,
    unpacked=60_000_000,
    other=1_000_000,
    rows=25_000,
    cells=500_000,
    elements=4_000_000,
    texts=2_000_000,
)
"""A list that another office keeps, of projects or homes: 20,000 of them, with heads and notes."""
