"""Pages on a terminal, or as plain text where there is none: then nothing is wrapped, truncated or coloured."""

import os
import sys

from rich.box import SIMPLE_HEAD
from rich.cells import cell_len
from rich.console import Console
from rich.table import Table as Grid
from rich.text import Text

from anju_cli.domain.grammar import printable
from anju_cli.render.page import Page, Table

_UNBOUNDED = 100_000
_NAME = 8
"""Columns of text are not folded narrower than this."""
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
    grid = _grid(table, roomy=True)
    if console.measure(grid, options=console.options.update(width=_UNBOUNDED)).maximum > console.width:
        grid = _grid(table, roomy=False)
    console.print(grid)


def _grid(table: Table, *, roomy: bool) -> Grid:
    """A table for the screen; without room its columns close up, drawings go, and headings and names are folded."""
    grid = Grid(box=SIMPLE_HEAD, pad_edge=False, padding=(0, 1) if roomy else (0, 0), header_style="")
    kept = [place for place, column in enumerate(table.columns) if roomy or not column.drawing]
    for place in kept:
        column = table.columns[place]
        widest = max(cell_len(row[place].text) for row in table.rows)
        grid.add_column(
            Text(column.title if roomy else _broken(column.title)),
            justify="right" if column.figure else "left",
            overflow="fold",
            min_width=max(_longest_word(column.title), widest if column.figure else min(widest, _NAME)),
        )
    for row in table.rows:
        grid.add_row(*(Text(printable(row[place].text), style=_STYLES[row[place].tone]) for place in kept))
    return grid


def _longest_word(title: str) -> int:
    """A heading is folded between words; Chinese anywhere, but not to single letters."""
    return max((len(word) if word.isascii() else min(cell_len(word), 6) for word in title.split()), default=0)


def _broken(title: str) -> str:
    """A heading that may be folded before its brackets."""
    return title.replace("（", "\n（").replace(" (", "\n(")


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
