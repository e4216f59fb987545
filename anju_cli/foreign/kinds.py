"""What a file is, by what it holds: whatever is no table of ours is called what it is, with what to do."""

import re
from collections.abc import Sequence

from anju_cli.errors import Findings
from anju_cli.i18n import _

_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\0", b"MM\0*")
_FEW = 4096
"""Bytes that may be blank and nothing else."""
_OLE = b"\xd0\xcf\x11\xe0"


def stub(name: str, data: bytes) -> str | None:
    """What a file is that says nothing at all: empty, or what a program leaves beside an open file; else null."""
    if name.startswith(("~$", ".~")):
        return _("it marks a file as open in another program: is it still open there?")
    empty = len(data) < _FEW and not data.strip(b"\0 \t\r\n\xef\xbb\xbf\xff\xfe")
    return _("the file is empty") if empty else None


def check_kind(data: bytes) -> None:
    """Refuse what is neither a workbook nor separated text."""
    start = data[:4096].lstrip(b"\xef\xbb\xbf \t\r\n")
    lower = start.lower()
    if data.startswith(_OLE):
        _refuse_old(data)
    if data.startswith(b"PK\x03\x04") and b"mimetypeapplication/vnd.oasis" in data[:100]:
        _refuse(_("a file of LibreOffice or the like (.ods, .odt)"), _saved())
    if data.startswith(b"%PDF"):
        _refuse(_("a PDF"), _typed())
    if data.startswith(_PICTURES) or data[8:12] == b"WEBP" or data[4:8] == b"ftyp":
        _refuse(_("a picture"), _typed())
    if data.startswith((b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"BZh", b"\xfd7zXZ")):
        _refuse(_("a packed folder (rar, 7z or the like)"), _unpacked())
    if lower.startswith((b"{\\rtf", b'<?mso-application progid="word')):
        _refuse(_("a Word document"), _typed())
    if data.startswith(b"SQLite format 3"):
        _refuse(_("a database"), _typed())
    if data.startswith((b"\x09\x08", b"\x09\x04", b"\x09\x02", b"\x09\0\x04\0")):
        _refuse(_("an old .xls or .et file, or a workbook with a password"), _saved())
    if lower.startswith(b"<?xml") and b"office:spreadsheet" in lower:
        _refuse(_("a spreadsheet in the XML of 2003"), _saved())
    if lower.startswith(b"<?xml") and b"wordml" in lower:
        _refuse(_("a Word document"), _typed())
    if (
        re.match(rb"<(?:!doctype html|html|head|meta|table|body|style|div|!--)|mime-version:", lower)
        or b"<html" in lower
    ):
        _refuse(_("a web page, whatever its name says"), _saved())


def packed_kind(names: Sequence[str]) -> None:
    """Refuse a packed file that is no workbook, by the names of its parts."""
    folders = {name.replace("\\", "/").lower().partition("/")[0] for name in names}
    plain = [name.replace("\\", "/").lower() for name in names]
    if any(re.fullmatch(r"xl/workbook\w*\.bin", name) for name in plain):
        _refuse(_("a binary workbook (.xlsb)"), _saved())
    if "[content_types].xml" in plain and "word" in folders:
        _refuse(_("a Word document"), _typed())
    if "[content_types].xml" in plain and "ppt" in folders:
        _refuse(_("a slide show"), _typed())
    if "mimetype" in plain and "content.xml" in plain:
        _refuse(_("a file of LibreOffice or the like (.ods, .odt)"), _saved())
    if "[content_types].xml" not in plain and not any(name.endswith("workbook.xml") for name in plain):
        _refuse(_("a packed folder (zip)"), _unpacked())


def _refuse_old(data: bytes) -> None:
    """The container of Office before 2007, and of what has a password: its streams are named in it."""
    if _stream("EncryptedPackage") in data or _stream("EncryptionInfo") in data:
        _refuse(_("the workbook is protected by a password"), _("take the password off, and save it"))
    if _stream("WordDocument") in data:
        _refuse(_("a Word document"), _typed())
    if _stream("PowerPoint Document") in data:
        _refuse(_("a slide show"), _typed())
    _refuse(_("an old .xls or .et file, or a workbook with a password"), _saved())


def _stream(name: str) -> bytes:
    return name.encode("utf-16-le")


def _refuse(what: str, hint: str) -> None:
    raise Findings(what, hint=hint)


def _saved() -> str:
    return _("save it as .xlsx or .csv")


def _typed() -> str:
    return _("put the table into an .xlsx or .csv file")


def _unpacked() -> str:
    return _("unpack it, and import what is in it")
