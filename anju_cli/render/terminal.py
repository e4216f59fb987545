"""Pages on a terminal, or as plain text where there is none: then nothing is wrapped, truncated or coloured."""

import os
import sys

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table as Grid
from rich.text import Text

from anju_cli.domain.grammar import printable
from anju_cli.render.page import Page, Table

_UNBOUNDED = 100_000
_STYLES = {"good": "green", "warn": "yellow", "bad": "red", "faint": "dim", "strong": "bold", "": ""}


def show_page(page: Page) -> None:
    """Print a page to standard output."""
    console = _console()
    if page.title:
        console.print(Text(printable(page.title), style="bold"))
    for line in page.lines:
        console.print(Text(printable(line)))
    for table in page.tables:
        _show_table(console, table)
    for note in page.notes:
        console.print(Text(printable(note), style="dim"))


def _show_table(console: Console, table: Table) -> None:
    if table.title:
        console.print()
        console.print(Text(printable(table.title), style="bold"))
    if not table.rows:
        console.print(Text(table.empty))
        return
    grid = Grid(box=SIMPLE_HEAD, pad_edge=False, header_style="")
    for column in table.columns:
        grid.add_column(Text(column.title), justify="right" if column.figure else "left", overflow="fold")
    for row in table.rows:
        grid.add_row(*(Text(printable(cell.text), style=_STYLES[cell.tone]) for cell in row))
    console.print(grid)


def _console() -> Console:
    on_terminal = sys.stdout.isatty()
    forced = os.environ.get("FORCE_COLOR", "") not in ("", "0")
    plain = bool(os.environ.get("NO_COLOR")) or os.environ.get("TERM") == "dumb"
    coloured = forced or (on_terminal and not plain)
    return Console(
        file=sys.stdout,
        color_system=("truecolor" if forced and not on_terminal else "auto") if coloured else None,
        force_terminal=coloured,
        no_color=not coloured,
        width=None if on_terminal else _UNBOUNDED,
        markup=False,
        emoji=False,
        highlight=False,
        soft_wrap=not on_terminal,
    )
