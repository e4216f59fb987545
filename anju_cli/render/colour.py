"""Pages on a real terminal: in colour, and tables that are too wide folded, by Rich."""

import re
import sys

from rich.box import SIMPLE_HEAD
from rich.cells import cell_len
from rich.console import Console
from rich.table import Table as Grid
from rich.text import Text

from anju_cli.domain.grammar import printable
from anju_cli.render.layout import table_heading, table_lines
from anju_cli.render.page import Cell, Page, Table

STYLES = {"good": "green", "warn": "yellow", "bad": "red", "faint": "dim", "strong": "bold", "": ""}
_WORDS = re.compile(r"[!-~]+[※＊]?|[^ -~]+")
LONGEST_WHOLE = 12
"""A longer word may be broken to fold it."""
NARROWEST = 8
"""Columns of text are not folded narrower than this."""


def show_on_terminal(page: Page, *, coloured: bool, folding: bool) -> None:
    """Print a page to standard output, in colour or not; tables are folded to the width where there is one."""
    show_with(console(coloured), page, folding=folding)


def console(coloured: bool) -> Console:
    """Rich, told to interpret nothing of what it prints."""
    return Console(
        file=sys.stdout,
        color_system=("auto" if sys.stdout.isatty() else "truecolor") if coloured else None,
        force_terminal=coloured,
        no_color=not coloured,
        width=None if sys.stdout.isatty() else 100_000,
        markup=False,
        emoji=False,
        highlight=False,
    )


def show_with(screen: Console, page: Page, *, folding: bool) -> None:
    """Print a page on a given screen."""
    if page.title:
        screen.print(Text(printable(page.title), style="bold"))
    for said in page.lines:
        screen.print(Text(printable(said)))
    for table in page.tables:
        for heading in table_heading(table):
            screen.print(_line(heading))
        lines = list(table_lines(table))
        if folding and lines and max(cell_len("".join(cell.text for cell in line)) for line in lines) > screen.width:
            screen.print(_folded(table, screen.width))
        else:
            for line in lines:
                screen.print(_line(line), soft_wrap=True)
    for note in page.notes:
        screen.print(Text(printable(note), style="dim"))


def _line(cells: list[Cell]) -> Text:
    return Text.assemble(*((cell.text, STYLES[cell.tone]) for cell in cells))


def _folded(table: Table, room: int) -> Grid:
    """A table that closes up, folds names, and leaves out drawings and what else there is no room for."""
    kept = [place for place, column in enumerate(table.columns) if not column.drawing]
    widths = {place: _least(table, place) for place in kept}
    for place in reversed([place for place in kept if table.columns[place].optional]):
        if sum(widths.values()) + len(widths) + 1 > room:
            del widths[place]
    spare = room - sum(widths.values()) - len(widths) - 1
    for place in sorted(widths, key=lambda place: table.columns[place].figure):  # names have the room that is left
        more = max(0, min(spare, _widest(table, place) - widths[place]))
        widths[place] += more
        spare -= more
    grid = Grid(box=SIMPLE_HEAD, pad_edge=False, padding=(0, 0), header_style="")
    for place, width in sorted(widths.items()):
        column = table.columns[place]
        grid.add_column(
            Text(_broken(column.title)), justify="right" if column.figure else "left", overflow="fold", width=width
        )
    for row in table.rows:
        grid.add_row(*(Text(printable(row[place].text), style=STYLES[row[place].tone]) for place in sorted(widths)))
    return grid


def _widest(table: Table, place: int) -> int:
    """How wide a column is unfolded."""
    heading = max(map(cell_len, _broken(table.columns[place].title).split("\n")))
    return max(heading, *(cell_len(row[place].text) for row in table.rows))


def _least(table: Table, place: int) -> int:
    """How narrow a column may be: figures, dates and words are never broken, unless they are very long."""
    column, texts = table.columns[place], [row[place].text for row in table.rows]
    if column.figure:
        return max(_longest_word(column.title), *map(cell_len, texts))
    words = (min(_longest_word(text), LONGEST_WHOLE) for text in texts)
    return max(_longest_word(column.title), min(max(map(cell_len, texts)), NARROWEST), *words)


def _longest_word(title: str) -> int:
    """A text is folded between words; Chinese anywhere, but not to single letters."""
    return max(
        (cell_len(word) if word[0].isascii() else min(cell_len(word), 6) for word in _WORDS.findall(title)), default=0
    )


def _broken(title: str) -> str:
    """A heading that may be folded before its brackets."""
    return title.replace("（", "\n（").replace(" (", "\n(")
