"""Returns as files: what the rows of a workbook or CSV say. Knows no database.

`column_names` is what a column is called; `found_tables` finds the tables; `heading` whose return it is, and for when.
"""

from anju_cli.returns.column_names import is_head
from anju_cli.returns.found_tables import tables
from anju_cli.returns.heading import ReturnHeading, identification
from anju_cli.returns.return_table import ReturnTable
from anju_cli.returns.table_heads import AskedPeriod

__all__ = ["AskedPeriod", "ReturnHeading", "ReturnTable", "identification", "is_head", "tables"]
