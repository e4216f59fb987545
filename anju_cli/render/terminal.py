"""Pages on a terminal, or as plain text where there is none: then nothing is wrapped, truncated or coloured.

What fits is printed as it is laid out. Rich is loaded for colour, and for folding what does not
fit: it would take longer to load than a whole report takes to compute.
"""

import os
import sys

from anju_cli.render.layout import page_lines
from anju_cli.render.page import Page


def show_page(page: Page) -> None:
    """Print a page to standard output."""
    if sys.stdout.isatty() or _forced():
        from anju_cli.render.colour import show_on_terminal

        show_on_terminal(page.held(), coloured=_forced() or not _plain(), folding=sys.stdout.isatty())
    else:
        for line in page_lines(page):
            print("".join(cell.text for cell in line))


def _forced() -> bool:
    return os.environ.get("FORCE_COLOR", "") not in ("", "0")


def _plain() -> bool:
    return bool(os.environ.get("NO_COLOR")) or os.environ.get("TERM") == "dumb"
