"""What a cell of a foreign file holds, each kind a type of its own, and what a person sees in it.

Text, numbers and days are Python's own; a blank cell is None. What needs care has a type here.
"""

import re
import unicodedata
from datetime import date, datetime, time
from decimal import Decimal
from typing import NamedTuple

from anju_cli.i18n import _

_ERROR = re.compile(r"#(?:N/A|DIV/0!|GETTING_DATA|[A-Z_]+[!?]|#{2,})|Err:\d+", re.IGNORECASE)
_PICTURE = re.compile(r"=\s*(?:_xlfn\.)*DISPIMG\(", re.IGNORECASE)
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_UNSEEN = frozenset(
    map(chr, (0x34F, 0x115F, 0x1160, 0x17B4, 0x17B5, *range(0x180B, 0x180F), 0x3164, 0xFFA0, *range(0xFE00, 0xFE10)))
) | frozenset(map(chr, range(0xE0100, 0xE01F0)))
"""What nobody sees either, though it counts as a letter or a mark."""
_BREAKS = frozenset("\x0b\x0c\x85\u2028\u2029")
"""Characters that stand for a new line; a bullet of the private use begins one too."""

_TURNING = frozenset("\u202d\u202e")
"""What makes a person see other words than are there: left in, so that the cell is refused."""


class Percent(NamedTuple):
    """A number shown as a percentage: 1 shown as 100 %."""

    held: Decimal
    """What the cell holds, times a hundred."""
    shown: Decimal
    """What a person sees, to the decimals of the format."""


class Formatted(NamedTuple):
    """A number whose format shows more than its digits, such as 001 or 6万."""

    held: int | float
    text: str


class PartOfDate(NamedTuple):
    """A date whose format leaves out part of it: 9月30日, 2020年9月."""

    held: datetime
    text: str


class CellError(NamedTuple):
    """An error such as `#N/A`."""

    text: str


class NotComputed(NamedTuple):
    """A formula whose result is not in the file."""


class Picture(NamedTuple):
    """A picture, or another thing without text, in the cell itself."""


class Marked(str):
    """Text out of which characters were taken that nobody sees; `dropped` are those."""

    __slots__ = ("dropped",)
    dropped: tuple[str, ...]


Cell = (
    None
    | str
    | bool
    | int
    | float
    | date
    | datetime
    | Percent
    | Formatted
    | PartOfDate
    | CellError
    | NotComputed
    | Picture
)
"""One cell."""


def seen(text: str) -> Cell:
    """A text as a person sees it: without what is invisible, with an error or a picture known as such."""
    if text.isprintable() and "_x" not in text and _UNSEEN.isdisjoint(text):
        return _plain(text)
    return _cleaned(_ESCAPED.sub(lambda match: chr(int(match[1], 16)), text), escaped="_x" in text)


def _plain(text: str) -> Cell:
    start = text[:2].lstrip()[:1]
    if start and start in "#E=":
        bare = text.strip()
        if _ERROR.fullmatch(bare):
            return CellError(bare)
        if _PICTURE.match(bare):
            return Picture()
    return text if text and not text.isspace() else None


def _cleaned(text: str, *, escaped: bool) -> Cell:
    if escaped:  # two halves of one character are escaped each by itself
        text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    kept, dropped = [], []
    for letter in text:
        category = unicodedata.category(letter)
        if letter in _BREAKS or category == "Co" or (letter == "\r" and escaped):
            kept.append("\n")
            dropped.append(letter)
        elif (category == "Cf" and letter not in _TURNING) or letter in _UNSEEN:
            dropped.append(letter)
        else:
            kept.append(letter)
    whole = "".join(kept)
    found = _plain(whole)
    if not dropped or isinstance(found, (CellError, Picture)):
        return found
    marked = Marked(whole)
    marked.dropped = tuple(dict.fromkeys(dropped))
    return marked


def named(letter: str) -> str:
    """A character by its number, since it cannot be seen, and by its name where it is a common one."""
    names = {
        "\r": _("carriage return"),
        "\u00ad": _("soft hyphen"),
        "\u200b": _("zero-width space"),
        "\u200c": _("zero-width non-joiner"),
        "\u200d": _("zero-width joiner"),
        "\u200e": _("left-to-right mark"),
        "\u200f": _("right-to-left mark"),
        "\u2028": _("line separator"),
        "\u2029": _("paragraph separator"),
        "\u2060": _("word joiner"),
        "\ufeff": _("byte order mark"),
        "\ufe0f": _("variation selector"),
    }
    name = _("private-use character") if unicodedata.category(letter) == "Co" else names.get(letter)
    return f"U+{ord(letter):04X}" + (f" {name}" if name else "")


def text_of(cell: Cell) -> str:
    """What a person sees in a cell, on one line; nothing of a picture or of what was never computed."""
    if type(cell) is str or type(cell) is Marked:
        return " ".join(cell.split())
    if cell is None or isinstance(cell, (Picture, NotComputed)):
        return ""
    if isinstance(cell, (Formatted, PartOfDate, CellError)):
        return cell.text
    if isinstance(cell, Percent):
        return f"{cell.shown:f}%"
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        return number_text(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(" ", "seconds")
    return cell.isoformat() if isinstance(cell, date) else str(cell)


def number_text(number: float) -> str:
    """A number to the fifteen digits that spreadsheets show: 299.99999999999994 is 300."""
    return f"{Decimal(f'{number:.15g}').normalize():f}" if abs(number) < 1e15 else f"{number:.15g}"
