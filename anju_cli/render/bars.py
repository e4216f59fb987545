"""Bars and sparklines, for people who look rather than read."""

from collections.abc import Sequence
from decimal import Decimal

WIDTH = 12
_EIGHTHS = " ▁▂▃▄▅▆▇█"


def bar(rate: Decimal | None, expected: Decimal | None) -> str:
    """A rate as a bar, with a mark where it should be by now: `█████│······`."""
    if rate is None:
        return ""
    filled = max(0, min(WIDTH, int(rate * WIDTH / 100)))
    cells = ["█"] * filled + ["·"] * (WIDTH - filled)
    if expected is not None:
        cells[max(0, min(WIDTH - 1, int(expected * WIDTH / 100)))] = "│"
    return "".join(cells)


def sparkline(values: Sequence[int | Decimal | None], top: int | Decimal | None) -> str:
    """Values over time as one line of blocks, up to `top` or the largest of them."""
    known = [value or 0 for value in values]
    height = max([top or 0, *known]) or 1
    return "".join(_EIGHTHS[max(0, min(8, int(value * 8 / height)))] if value else "▁" for value in known)
