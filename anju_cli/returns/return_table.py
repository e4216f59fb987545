"""A table found in a sheet of a return: its columns by their meaning, and its rows."""

from dataclasses import dataclass, field
from typing import NamedTuple

from anju_cli.domain.problems import Problem
from anju_cli.foreign import Cell, letters
from anju_cli.returns.heading import Said


class ReturnLine(NamedTuple):
    """One row of a table, by the names of its columns."""

    number: int
    cells: dict[str, Cell]


@dataclass
class ReturnTable:
    """A table found in a sheet."""

    file: str
    sheet: str | None
    columns: dict[str, int]
    """By name, the column it stands in, counted from 0."""
    head: int
    """The last row of its head, from 1."""
    lines: list[ReturnLine] = field(default_factory=list)
    body: Said | None = None
    """Whose the sheet says it is."""
    quarter: Said | None = None
    """For when the sheet says it is."""
    measures: dict[str, str] = field(default_factory=dict)
    """What the head says that a column is counted in; what a line above says of amounts of money stands under money."""
    others: dict[int, str] = field(default_factory=dict)
    """By column, how it is called; of those that mean nothing here."""
    problems: list[Problem] = field(default_factory=list)
    """Of its head, and of rows that may not be what they seem."""

    @property
    def of_projects(self) -> bool:
        """Whether it lists projects under their indicators."""
        return "indicator" in self.columns and "project" in self.columns

    def cell(self, line: int, name: str) -> str | None:
        """The name of a cell, such as `K7`; of a row where it has no such column."""
        return f"{letters(self.columns[name])}{line}" if name in self.columns else f"A{line}"
