"""What a file is, by what it holds: whatever is no table of ours is called what it is, with what to do."""

import codecs
import re
from collections.abc import Sequence
from contextlib import suppress

from anju_cli.errors import Findings
from anju_cli.i18n import _

_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\0", b"MM\0*")
_PHOTOS = (b"ftypheic", b"ftypheix", b"ftypmif1", b"ftypmsf1", b"ftypavif")
_PACKED = (b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"BZh", b"\xfd7zXZ", b"\x28\xb5\x2f\xfd", b"MSCF")
_OLE = b"\xd0\xcf\x11\xe0"
_BLANK = 1 << 20
"""Bytes that may be blank and nothing else."""
_LOOKED_AT = 4096
_OF_A_SYSTEM = frozenset(("thumbs.db", "desktop.ini", ".ds_store"))
_LETTER = re.compile(rb"^(?:from|to|cc|subject|date|received|return-path|message-id|mime-version|x-[a-z-]+): ", re.M)
_PAGE = re.compile(rb"<(?:!doctype html|html|head|meta|table|tr|body|style|div|script|!--)|mime-version:")


def stub(name: str, data: bytes) -> str | None:
    """What a file is that says nothing at all: empty, or what a program leaves beside another file; else null."""
    if name.startswith(("~$", ".~")):
        return _("it marks a file as open in another program: is it still open there?")
    if name.lower() in _OF_A_SYSTEM or data.startswith(b"\0\x05\x16\x07"):
        return _("a system leaves such a file in a folder: it holds no table")
    empty = len(data) <= _BLANK and not data.strip(b"\0 \t\r\n\xef\xbb\xbf\xff\xfe")
    return _("the file is empty") if empty else None


def check_kind(data: bytes) -> None:
    """Refuse what is neither a workbook nor separated text."""
    if data.startswith(_OLE):
        _refuse_old(data)
    if data.startswith(b"PK"):
        if b"mimetypeapplication/vnd.oasis" in data[:100]:
            _refuse_office()
        return
    _check_binary(data)
    start = _start(data)
    if start.startswith(b"<") or _PAGE.match(start) or b"<html" in start:
        _refuse_marked_up(start)
    if start.startswith(b"{\\rtf"):
        _refuse(_("a Word document"), _typed())
    if len(_LETTER.findall(start)) > 2:
        if b"multipart/related" in start:
            _refuse(_("a web page, whatever its name says"), _saved())
        _refuse(_("an e-mail"), _attached())


def _check_binary(data: bytes) -> None:
    if b"%PDF-" in data[:1024]:
        _refuse(_("a PDF"), _typed())
    if data.startswith(_PICTURES) or data[8:12] == b"WEBP" or data[4:12] in _PHOTOS:
        _refuse(_("a picture"), _typed())
    if data.startswith(_PACKED) or data[257:262] == b"ustar":
        _refuse(_("a packed folder (rar, 7z or the like)"), _unpacked())
    if data.startswith(b"SQLite format 3"):
        _refuse(_("a database"), _typed())
    if data.startswith((b"\x09\x08", b"\x09\x04", b"\x09\x02", b"\x09\0\x04\0")):
        _refuse_old_workbook()
    if data.startswith((b"MZ\x90", b"\x7fELF", b"ID3", b"L\0\0\0\x01\x14\x02\0", b"RIFF", b"OggS", b"fLaC")) or (
        data[4:8] == b"ftyp"
    ):
        _refuse(_("a program, sound or film"), _typed())


def _start(data: bytes) -> bytes:
    """The beginning of a text in small letters; of one in UTF-16, as UTF-8."""
    start = data[:_LOOKED_AT]
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        with suppress(UnicodeError):
            start = start[: len(start) // 2 * 2].decode("utf-16", "replace").encode()
    return start.lstrip(b"\xef\xbb\xbf \t\r\n").lower()


def _refuse_marked_up(start: bytes) -> None:
    """Refuse what is written in tags."""
    if b"office:spreadsheet" in start or b'progid="excel' in start:
        _refuse(_("a spreadsheet in the XML of 2003"), _saved())
    if b"wordml" in start or b'progid="word' in start or b"wordprocessingml" in start:
        _refuse(_("a Word document"), _typed())
    if b"opendocument" in start:
        _refuse_office()
    if _PAGE.match(start) or b"<html" in start or b"<table" in start:
        _refuse(_("a web page, whatever its name says"), _saved())
    if start.startswith((b"<?xml", b"<svg")):
        _refuse(_("an XML file, and no workbook"), _typed())


def packed_kind(names: Sequence[str]) -> None:
    """Refuse a packed file that is no workbook, by the names of its parts."""
    plain = [name.replace("\\", "/").lower() for name in names]
    folders = {name.partition("/")[0] for name in plain}
    if any(re.fullmatch(r"xl/workbook\w*\.bin", name) for name in plain):
        _refuse(_("a binary workbook (.xlsb)"), _saved())
    if "[content_types].xml" in plain and "word" in folders:
        _refuse(_("a Word document"), _typed())
    if "[content_types].xml" in plain and "ppt" in folders:
        _refuse(_("a slide show"), _typed())
    if "mimetype" in plain and "content.xml" in plain:
        _refuse_office()
    if "ofd.xml" in plain:
        _refuse(_("an OFD document"), _typed())
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
    if _stream("__substg1.0_") in data or _stream("__properties_version1.0") in data:
        _refuse(_("an e-mail"), _attached())
    _refuse_old_workbook()


def _stream(name: str) -> bytes:
    return name.encode("utf-16-le")


def _refuse_old_workbook() -> None:
    _refuse(_("an old .xls or .et file, or a workbook with a password"), _saved())


def _refuse_office() -> None:
    _refuse(_("a file of LibreOffice or the like (.ods, .odt)"), _saved())


def _refuse(what: str, hint: str) -> None:
    raise Findings(what, hint=hint)


def _saved() -> str:
    return _("save it as .xlsx or .csv")


def _typed() -> str:
    return _("put the table into an .xlsx or .csv file")


def _unpacked() -> str:
    return _("unpack it, and import what is in it")


def _attached() -> str:
    return _("save what is attached to it, and import that")
