"""Pages laid out as lines: tables aligned by their cells, CJK two wide."""

from collections.abc import Iterator

from anju_cli.domain.grammar import printable
from anju_cli.render.page import Cell, Page, Table
from anju_cli.render.width import display_width

BETWEEN = "   "


def page_lines(page: Page) -> Iterator[list[Cell]]:
    """A page as lines of pieces, tables as wide as they are.

    Tables are gone through before anything is shown: of rows that make no sense nothing is.
    """
    widths = [_widths(table) for table in page.tables]
    if page.title:
        yield [Cell(printable(page.title), "strong")]
    yield from ([Cell(printable(line))] for line in page.lines)
    for table, known in zip(page.tables, widths, strict=True):
        yield from table_heading(table)
        yield from table_lines(table, known)
    yield from ([Cell(printable(note), "faint")] for note in page.notes)


def table_heading(table: Table) -> Iterator[list[Cell]]:
    """The title of a table, and what is said where it has no rows."""
    if table.title:
        yield []
        yield [Cell(printable(table.title), "strong")]
    if not table.rows:
        yield [Cell(table.empty)]


def _widths(table: Table) -> list[int]:
    widths = [display_width(column.title) for column in table.columns]
    for row in table.rows:
        widths = [max(width, display_width(printable(cell.text))) for width, cell in zip(widths, row, strict=True)]
    return widths


def table_lines(table: Table, widths: list[int] | None = None) -> Iterator[list[Cell]]:
    """A table as aligned lines: head, rule, rows."""
    if not table.rows:
        return
    widths = _widths(table) if widths is None else widths
    yield _aligned(table, [Cell(column.title) for column in table.columns], widths)
    yield [Cell("─" * (sum(widths) + len(BETWEEN) * (len(widths) - 1)))]
    for row in table.rows:
        yield _aligned(table, [Cell(printable(cell.text), cell.tone) for cell in row], widths)
    yield []


def _aligned(table: Table, row: list[Cell], widths: list[int]) -> list[Cell]:
    pieces = []
    for place, (column, cell, width) in enumerate(zip(table.columns, row, widths, strict=True)):
        room = " " * (width - display_width(cell.text))
        last = place == len(widths) - 1
        text = room + cell.text if column.figure else cell.text + ("" if last else room)
        pieces += [Cell(text, cell.tone), Cell("" if last else BETWEEN)]
    return pieces
