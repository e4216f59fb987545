"""Returns as files: what the rows of a workbook or CSV say. Knows no database.

`columns` is what a column's name means; `tables` finds the tables; `heading` whose return it is, and for when.
"""

from anju_cli.returns.columns import is_head
from anju_cli.returns.heading import ReturnHeading, identification
from anju_cli.returns.table_heads import AskedPeriod
from anju_cli.returns.tables import ReturnTable, tables

__all__ = ["AskedPeriod", "ReturnHeading", "ReturnTable", "identification", "is_head", "tables"]
