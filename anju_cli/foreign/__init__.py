"""Files that others made, never trusted: workbooks and separated text, as rows of typed cells without a meaning.

`reading` reads a file whatever its kind, within `limits`; a file beyond them is refused before it is unpacked or kept.
A cell is what a person sees in it (`cells`, `formats`); `cell_grammar` is what it may mean: a figure, a day, words.
"""

from anju_cli.foreign.any_file import Source, read, source
from anju_cli.foreign.cells import (
    Cell,
    CellError,
    Formatted,
    Marked,
    NotComputed,
    PartOfDate,
    Percent,
    Picture,
    named,
    text_of,
)
from anju_cli.foreign.limits import LIST, RETURN, Limits
from anju_cli.foreign.sheet_rows import Row, Sheet, letters, merged

__all__ = [
    "LIST",
    "RETURN",
    "Cell",
    "CellError",
    "Formatted",
    "Limits",
    "Marked",
    "NotComputed",
    "PartOfDate",
    "Percent",
    "Picture",
    "Row",
    "Sheet",
    "Source",
    "letters",
    "merged",
    "named",
    "read",
    "source",
    "text_of",
]
