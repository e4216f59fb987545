"""Returns as files: what the rows of a workbook or CSV say. Knows no database.

`columns` finds the tables; `heading` whose return it is, and for when; `cells` is the grammar of one cell.
"""

from anju_cli.returns.columns import ReturnTable, tables
from anju_cli.returns.heading import ReturnHeading, heading

__all__ = ["ReturnHeading", "ReturnTable", "heading", "tables"]
