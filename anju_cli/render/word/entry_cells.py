"""Cells of the entries on a sheet to confirm, in either language."""

from __future__ import annotations

from collections.abc import Collection
from decimal import Decimal
from typing import TYPE_CHECKING

from anju_cli.render.page import Cell

if TYPE_CHECKING:
    from anju_cli.reports.answers.ledger import EntryRow


def quantity_cell(row: EntryRow, levels: Collection[str], words: str) -> int | Decimal | Cell:
    """What an entry brought; of a level, where it stood; of words alone, that it is these."""
    if row.item in levels and row.stated_total is not None:
        return Cell(str(row.stated_total), value=row.stated_total)
    return Cell(words) if row.quantity is None else row.quantity
