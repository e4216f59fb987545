"""Reading a file, whatever its kind: known by what it holds, not by its name."""

import sys
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from anju_cli import outlet
from anju_cli.errors import Findings, Unavailable, Unclear
from anju_cli.foreign.limits import RETURN, Limits
from anju_cli.foreign.sheets import Sheet
from anju_cli.foreign.text import read_text
from anju_cli.foreign.workbook import read_workbook
from anju_cli.i18n import _, why

STDIN = "-"
_OPEN_DOCUMENT = b"mimetypeapplication/vnd.oasis"


class Source(NamedTuple):
    """A file as it came."""

    name: str
    """As it is said in messages and kept: without the folder."""
    data: bytes
    sha256: str


def source(path: str, limits: Limits = RETURN) -> Source:
    """A file, or standard input for `-`; no more of it than may be read."""
    try:
        if path == STDIN:
            data = sys.stdin.buffer.read(limits.size + 1)
        else:
            with outlet.source(path) as file:
                data = file.read(limits.size + 1)
    except OSError as fault:
        raise Unavailable(_("the file cannot be read"), got=path, hint=why(fault)) from fault
    except ValueError as fault:
        raise Unclear(_("no file can have such a name"), got=path) from fault
    name = "-" if path == STDIN else "".join(letter if letter.isprintable() else "�" for letter in Path(path).name)
    return Source(name, data, sha256(data).hexdigest())


def read(file: Source, encoding: str | None = None, limits: Limits = RETURN) -> list[Sheet]:
    """The sheets of a file."""
    if len(file.data) > limits.size:
        raise Findings(_("the file is not read: {what}").format(what=_("too large")), got=f"> {limits.size:,}")
    if file.data.startswith(b"PK\x03\x04") and _OPEN_DOCUMENT not in file.data[:100]:
        return read_workbook(file.data, limits)
    if file.data.startswith(b"\xd0\xcf\x11\xe0"):
        hint = _("save it as .xlsx or .csv")
        raise Findings(_("an old .xls file, or a workbook with a password"), hint=hint)
    if file.data.startswith(b"PK\x03\x04"):
        raise Findings(_("this kind of file is not read"), hint=_("save it as .xlsx or .csv"))
    return read_text(file.data, encoding, limits)
