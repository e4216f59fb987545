"""Files that others made, never trusted: workbooks and separated text, as rows of values without a meaning.

`reading` reads a file whatever its kind, within `limits`; a file beyond them is refused before it is unpacked or kept.
"""

from anju_cli.foreign.limits import LIST, RETURN, Limits
from anju_cli.foreign.reading import Source, read, source
from anju_cli.foreign.sheets import Row, Sheet, area, letters

__all__ = ["LIST", "RETURN", "Limits", "Row", "Sheet", "Source", "area", "letters", "read", "source"]
