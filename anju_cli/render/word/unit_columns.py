"""The columns of units on paper: what a table of units has only where there is something to say."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from anju_cli.i18n import _
from anju_cli.render import columns
from anju_cli.render.columns import ColumnOf
from anju_cli.render.page import Cell
from anju_cli.render.pages.common import SENT_BACK

RESULT = 19
"""The width of the column of results, in millimetres."""
Row = TypeVar("Row")


def of_units(described: Sequence[ColumnOf[Row]], sent_back: bool) -> list[ColumnOf[Row]]:
    """The columns of units; where rows were sent back, with the column of these, for which the name gives the room."""
    return _narrowed(described, SENT_BACK) if sent_back else [one for one in described if one.column.key != "returned"]


def with_results(described: Sequence[ColumnOf[Row]], result: Callable[[Row], str]) -> list[ColumnOf[Row]]:
    """The columns of units with the result behind the name, which gives it the room."""
    made: ColumnOf[Row] = columns.state("result", _("Result"), lambda row: Cell(result(row)), paper=RESULT)
    return columns.after("name", _narrowed(described, RESULT), made)


def _narrowed(described: Sequence[ColumnOf[Row]], room: float) -> list[ColumnOf[Row]]:
    """The columns with so many millimetres taken from the name."""
    return [
        one._replace(column=one.column._replace(paper=one.column.paper - room * (one.column.key == "name")))
        for one in described
    ]
