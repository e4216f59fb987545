"""What is wrong in a return, and where: `file:sheet!cell: what (found, expected)`."""

from typing import NamedTuple

from anju_cli.i18n import _


class Place(NamedTuple):
    """A cell of a file, or a whole one where there is no cell to name."""

    file: str
    sheet: str | None = None
    """Null in a CSV file, which has no sheets."""
    cell: str | None = None

    def __str__(self) -> str:
        inside = "!".join(filter(None, (self.sheet, self.cell)))
        return f"{self.file}:{inside}" if inside else self.file


class Problem(NamedTuple):
    """One thing found in a return."""

    file: str
    sheet: str | None
    cell: str | None
    kind: str
    """problem: it is sent back | conflict: the office decides, as something else is recorded or the quarter is locked |
    warning: it is taken all the same."""
    what: str
    found: str | None
    expected: str | None

    def __str__(self) -> str:
        said = [_("found {value}").format(value=self.found)] if self.found is not None else []
        said += [_("expected {value}").format(value=self.expected)] if self.expected is not None else []
        inside = _(" ({found})").format(found=_(", ").join(said)) if said else ""
        return f"{Place(self.file, self.sheet, self.cell)}: {self.what}{inside}"


SHOWN = 60
"""How much of a cell is repeated in what is said of it."""


def problem(
    place: Place, what: str, found: object = None, expected: object = None, *, kind: str = "problem"
) -> Problem:
    """A problem, with as much of what was found as fits on a line."""
    return Problem(*place, kind, what, _short(found), None if expected is None else str(expected))


def _short(found: object) -> str | None:
    if found is None:
        return None
    text = " ".join(str(found).split())
    return text if len(text) <= SHOWN else text[:SHOWN] + "…"
