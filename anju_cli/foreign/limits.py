"""How much a file may be. One beyond is refused before it is unpacked, read or kept in memory."""

from typing import NamedTuple


class Limits(NamedTuple):
    """The limits of one kind of file."""

    size: int
    """Bytes, of a file as it comes."""
    unpacked: int
    """Bytes, of a workbook's sheets and strings, unpacked."""
    other: int
    """Bytes, of any other part of a workbook that is read (styles, names, relations), unpacked."""
    rows: int
    cells: int
    strings: int
    """Different texts of a workbook."""
    parts: int = 500
    """Parts of a workbook."""
    run: int = 1_000_000
    """Bytes between two tags: no cell of Excel's is longer than 32,767 characters."""
    merges: int = 20_000
    columns: int = 200
    """Columns that are looked at."""


RETURN = Limits(
    size=32_000_000, unpacked=240_000_000, other=4_000_000, rows=150_000, cells=2_500_000, strings=1_000_000
)
"""A return: 100,000 rows of projects are some 100 MB unpacked."""

LIST = Limits(size=5_000_000, unpacked=30_000_000, other=1_000_000, rows=20_000, cells=500_000, strings=500_000)
"""A list that another office keeps, of projects or homes."""
