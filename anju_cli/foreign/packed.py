"""The parts of a packed workbook: what each would unpack to is weighed first, then parsed element by element.

What a zip promises of its size it is held to by Python: a part that unpacks to more is damaged, and refused.
"""

import zipfile
from collections.abc import Callable, Iterator
from typing import Any
from xml.parsers import expat

from anju_cli.errors import Findings
from anju_cli.foreign.limits import Limits
from anju_cli.i18n import _

_CHUNK = 1 << 18


def at_most(found: int, most: int, what: str) -> None:
    """Refuse a file that is beyond a limit."""
    if found > most:
        raise Findings(_("the file is not read: {what}").format(what=what), got=f"> {most:,}")


_ENTRY = b"PK\x01\x02"
"""How the directory of a zip begins what it says of each packed file."""


def check_count(data: bytes, limits: Limits) -> None:
    """Refuse a zip of too many packed files before its directory is read."""
    at_most(data.count(_ENTRY), limits.parts, _("too many parts"))


class PackedParts:
    """A workbook's parts, by name; names differ by more than their case, and by which way their strokes lean."""

    def __init__(self, archive: zipfile.ZipFile, limits: Limits) -> None:
        self.archive, self.limits = archive, limits
        self._infos = {_plain(info.filename): info for info in archive.infolist()}
        self._unpacked = 0
        self._elements = 0
        self._values = 0

    def __contains__(self, name: str) -> bool:
        return _plain(name) in self._infos

    def weigh(self, name: str, *, times: int = 1, texts: bool = False) -> None:
        """Refuse a sheet, or the table of texts, that would take too much to read; one may be read several times."""
        info = self._infos[_plain(name)]
        self._unpacked += info.file_size
        at_most(self._unpacked, self.limits.unpacked, _("too large unpacked"))
        before, most = (0, self.limits.texts) if texts else (self._elements, self.limits.elements)
        tags = ends = alone = values = 0
        for chunk in self._chunks(name):
            tags += chunk.count(b"<")
            ends += chunk.count(b"</")
            alone += chunk.count(b"/>")
            values += chunk.count(b"v>") + chunk.count(b"is>") if not texts else 0
            at_most((times * values + self._values) // 2, self.limits.cells, _("too many cells"))
            at_most(before + times * (tags - ends), most, _("too many texts") if texts else _("too many elements"))
            at_most(tags - 2 * ends - alone, self.limits.depth, _("elements too deep in one another"))
        if not texts:
            self._elements += times * (tags - ends)
            self._values += times * values

    def parse(
        self,
        name: str,
        start: Callable[[str, dict[str, str]], Any],
        end: Callable[[str], Any] | None = None,
        text: Callable[[str], Any] | None = None,
        *,
        weighed: bool = False,
    ) -> None:
        """Parse a part; one that was not weighed must be small."""
        if not weighed:
            at_most(self._infos[_plain(name)].file_size, self.limits.other, _("too large unpacked"))
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler = start if weighed else _counted(start, self.limits.other_elements)
        parser.EndElementHandler = end
        parser.CharacterDataHandler = text
        parser.StartDoctypeDeclHandler = lambda *_declared: _strange(name)
        parser.EntityDeclHandler = lambda *_declared: _strange(name)
        for chunk in self._chunks(name):
            parser.Parse(chunk)
            at_most(len(parser.intern), self.limits.names, _("too many names of elements"))
        parser.Parse(b"", True)

    def _chunks(self, name: str) -> Iterator[bytes]:
        info = self._infos[_plain(name)]
        if info.flag_bits & 1:
            raise Findings(_("the workbook is protected by a password"), hint=_("take the password off, and save it"))
        run, first = 0, True
        with self.archive.open(info) as file:
            while chunk := file.read(_CHUNK):
                if first and b"\0" in chunk[:64]:
                    _strange(name)
                first = False
                last = chunk.rfind(b"<")
                run = run + len(chunk) if last < 0 else len(chunk) - last
                at_most(run, self.limits.run, _("a cell is too long"))
                yield chunk


def _plain(name: str) -> str:
    return name.replace("\\", "/").lower()


def _counted(start: Callable[[str, dict[str, str]], Any], most: int) -> Callable[[str, dict[str, str]], None]:
    count = 0

    def counting(name: str, given: dict[str, str]) -> None:
        nonlocal count
        count += 1
        at_most(count, most, _("too many elements"))
        start(name, given)

    return counting


def _strange(name: str) -> None:
    raise Findings(_("the workbook holds what no spreadsheet program writes"), got=name)
