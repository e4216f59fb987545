"""Returns as files: reading workbooks and CSV into plain rows. Knows no database.

`reading` reads a file whatever its kind; `columns` finds the tables in it; `cells` is the grammar of one cell.
"""

from anju_cli.returns.columns import Table, tables
from anju_cli.returns.heading import Heading, heading
from anju_cli.returns.problems import Problem
from anju_cli.returns.reading import Source, read
from anju_cli.returns.sheets import Sheet

__all__ = ["Heading", "Problem", "Sheet", "Source", "Table", "heading", "read", "tables"]
