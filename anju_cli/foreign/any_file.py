"""Reading a file, whatever its kind: known by what it holds, not by its name."""

import sys
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from anju_cli import outlet
from anju_cli.errors import Findings, Unavailable, Unclear
from anju_cli.foreign.kinds import check_kind, stub
from anju_cli.foreign.limits import RETURN, Limits
from anju_cli.foreign.sheet_rows import Sheet
from anju_cli.foreign.text import read_text
from anju_cli.foreign.workbook import read_workbook
from anju_cli.i18n import _, why

STDIN = "-"


class Source(NamedTuple):
    """A file as it came."""

    name: str
    """As it is said in messages and kept: without the folder."""
    data: bytes
    sha256: str

    @property
    def says_nothing(self) -> str | None:
        """Why it says nothing at all: it is empty, or marks another as open; null where it may say something."""
        return stub(self.name, self.data)


def source(path: str, limits: Limits = RETURN) -> Source:
    """A file, or standard input for `-`; no more of it than may be read."""
    try:
        if path == STDIN:
            data = sys.stdin.buffer.read(limits.size + 1)
        else:
            with outlet.source(path, instead=_("- reads from a pipe")) as file:
                data = file.read(limits.size + 1)
    except OSError as fault:
        raise Unavailable(_("the file cannot be read"), got=path, hint=why(fault)) from fault
    except ValueError as fault:
        raise Unclear(_("no file can have such a name"), got=path) from fault
    name = "-" if path == STDIN else "".join(letter if letter.isprintable() else "�" for letter in Path(path).name)
    return Source(name, data, sha256(data).hexdigest())


def read(
    file: Source,
    encoding: str | None = None,
    limits: Limits = RETURN,
    is_head: Callable[[str], bool] = lambda _text: False,
) -> list[Sheet]:
    """The sheets of a file; `is_head` knows the names of columns, by which the separator of a text is found."""
    if len(file.data) > limits.size:
        raise Findings(_("the file is not read: {what}").format(what=_("too large")), got=f"> {limits.size:,}")
    if nothing := file.says_nothing:
        raise Findings(nothing)
    check_kind(file.data)
    if file.data.startswith(b"PK"):
        return read_workbook(file.data, limits)
    return read_text(file.data, encoding, limits, is_head)
