"""What is wrong in a file that someone wrote, and where: a plan, a return, a list; and how it is said in one line."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from anju_cli.domain.grammar import printable
from anju_cli.errors import Findings
from anju_cli.i18n import _, pgettext

LONGEST_SHOWN = 60
"""How many characters of a file are repeated in a line about them."""


class Place(NamedTuple):
    """A cell of a file, or a whole file where there is no cell to name."""

    file: str
    sheet: str | None = None
    """Null in a file without sheets."""
    cell: str | None = None


class Problem(NamedTuple):
    """One thing wrong in a file. Problems of one file sort by their places."""

    file: str
    line: int | None = None
    """Of a text, or the row of a list."""
    column: int | None = None
    at: str = ""
    """The key or the column that the place belongs to, where it has a name."""
    found: str | None = None
    expected: str | None = None
    kind: str = "problem"
    """problem: it is sent back | conflict: the office decides, as something else is recorded or the quarter is locked |
    warning: it is taken all the same."""
    what: str = ""
    """What is wrong, where what was found and expected does not say it alone."""
    sheet: str | None = None
    cell: str | None = None
    recorded: bool = False
    """Whether what was expected is what the ledger holds."""

    def __str__(self) -> str:
        inside = "!".join(filter(None, (self.sheet, self.cell)))
        steps = (self.file, inside or None, self.line, self.column)
        place = ":".join(str(step) for step in steps if step is not None)
        return _harmless(": ".join(filter(None, (place, brief(self.at), self._said()))))

    def _said(self) -> str:
        if not self.what:
            found = brief(self.found or "")
            return _("found {found}, expected {expected}").format(found=found, expected=self.expected)
        told = [_("found {value}").format(value=self.found)] if self.found is not None else []
        expected = pgettext("ledger", "expected {value}") if self.recorded else _("expected {value}")
        told += [expected.format(value=self.expected)] if self.expected is not None else []
        return self.what + (_(" ({found})").format(found=_(", ").join(told)) if told else "")


class WrongFile(Findings):
    """A file that is not right: every problem at once, in order of place; nothing was written."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        once = dict.fromkeys(problems)
        super().__init__(_("{n} problems in the file; nothing was written").format(n=len(once)))
        self.problems: Sequence[Problem] = sorted(once, key=lambda problem: (problem.file, problem.line or 0))


def problem(
    place: Place,
    what: str,
    found: object = None,
    expected: object = None,
    *,
    kind: str = "problem",
    recorded: bool = False,
) -> Problem:
    """What is wrong in a cell; what was found there is kept on one line, as far as it is shown."""
    return Problem(
        place.file,
        found=None if found is None else brief(" ".join(str(found).split())),
        expected=None if expected is None else str(expected),
        kind=kind,
        what=what,
        sheet=place.sheet,
        cell=place.cell,
        recorded=recorded,
    )


def brief(text: str) -> str:
    """A text as it is shown in a line about it."""
    return text if len(text) <= LONGEST_SHOWN else text[: LONGEST_SHOWN - 1] + "…"


def _harmless(text: str) -> str:
    """What a file holds may not steer the terminal that its problems are shown on: such characters are spelt out."""
    if text.isprintable():
        return text
    return "".join(letter if printable(letter) else ascii(letter)[1:-1] for letter in text)
