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
    other_elements: int = 400_000
    """Elements of any other part (styles, names, relations); in a sheet, those from one row or cell to the next."""
    letters: int = 25_000_000
    """Characters of all texts that differ."""
    cell_letters: int = 100_000
    """Characters of one cell; no cell of Excel's has more than 32,767."""
    run: int = 300_000
    """Bytes between two tags, and of one tag."""
    depth: int = 2_000
    """Elements in one another."""
    names: int = 10_000
    """Names of elements and attributes that differ."""
    formats: int = 2_000
    """Number formats of a workbook's own; no workbook of Excel's has more than 250."""
    parts: int = 500
    """Packed files, and sheets."""
    merges: int = 20_000
    """Merged areas of a sheet."""
    areas: int = 200_000
    """Cells of merged areas, and of formulas that fill an area and were never computed."""
    columns: int = 200
    """Columns that are looked at; there may be more."""


RETURN = Limits(
    size=32_000_000, unpacked=240_000_000, other=4_000_000,
    rows=150_000, cells=2_500_000, elements=9_900_000, texts=3_900_000,
)  # fmt: skip
"""A return: 100,000 rows of projects are some 100 MB unpacked."""

LIST = Limits(
    size=5_000_000, unpacked=60_000_000, other=1_000_000,
    rows=25_000, cells=500_000, elements=4_000_000, texts=2_000_000,
)  # fmt: skip
"""A list that another office keeps, of projects or homes: 20,000 of them, with heads and notes."""
