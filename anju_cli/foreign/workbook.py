"""Workbooks (.xlsx): looked through for bombs first, then read by openpyxl as values.

What a zip promises of its size it is held to by Python: a part that unpacks to more is damaged, and refused.
"""

import io
import re
import warnings
import zipfile
from collections.abc import Iterator
from typing import Any

from anju_cli.errors import Findings
from anju_cli.foreign.limits import Limits
from anju_cli.foreign.sheets import Row, Sheet
from anju_cli.i18n import _

_CHUNK = 1 << 18
_MERGE = re.compile(rb'<(?:\w+:)?mergeCell [^>]*?ref="([A-Z]{1,3}[0-9]{1,7}:[A-Z]{1,3}[0-9]{1,7})"')
_BIG = re.compile(r"xl/(worksheets/[^/]+|sharedStrings)\.xml", re.IGNORECASE)
_READ = re.compile(r".*\.(xml|rels)", re.IGNORECASE)


def read_workbook(data: bytes, limits: Limits) -> list[Sheet]:
    """The sheets of a workbook, hidden ones too."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            formulas = _look_through(archive, limits)
        return _sheets(data, formulas, limits)
    except Findings:
        raise
    except Exception as fault:  # openpyxl raises whatever a malformed part makes it stumble over
        hint = _("open it in Excel or WPS and save it again")
        raise Findings(_("the workbook is damaged"), hint=hint) from fault


def _look_through(archive: zipfile.ZipFile, limits: Limits) -> bool:
    """Refuse what would take too much to read; whether there are formulas."""
    parts = archive.infolist()
    _at_most(len(parts), limits.parts, _("too many parts"))
    _at_most(
        sum(part.file_size for part in parts if _READ.fullmatch(part.filename)),
        limits.unpacked,
        _("too large unpacked"),
    )
    cells = rows = strings = 0
    formulas = False
    for part in parts:
        if not _READ.fullmatch(part.filename):
            continue  # pictures and the like are never unpacked
        if part.flag_bits & 1:
            raise Findings(_("the workbook is protected by a password"))
        if not _BIG.fullmatch(part.filename):
            _at_most(part.file_size, limits.other, _("too large unpacked"))
        for chunk in _chunks(archive, part, limits.run):
            cells += _tags(chunk, b"c")
            rows += _tags(chunk, b"row")
            strings += _tags(chunk, b"si")
            formulas = formulas or _tags(chunk, b"f") > 0
            _at_most(cells, limits.cells, _("too many cells"))
            _at_most(rows, limits.rows, _("too many rows"))
            _at_most(strings, limits.strings, _("too many texts"))
    return formulas


def _tags(chunk: bytes, name: bytes) -> int:
    """About how many elements of a name there are; under a prefix, ends count too. A pattern is far slower."""
    return sum(chunk.count(before + name + after) for before in (b"<", b":") for after in (b">", b" ", b"/"))


def _chunks(archive: zipfile.ZipFile, part: zipfile.ZipInfo, longest: int) -> Iterator[bytes]:
    run = 0
    with archive.open(part) as file:
        first = True
        while chunk := file.read(_CHUNK):
            if (first and b"\0" in chunk[:64]) or b"<!DOCTYPE" in chunk or b"<!ENTITY" in chunk:
                raise Findings(_("the workbook holds what no spreadsheet program writes"), got=part.filename)
            first = False
            last = chunk.rfind(b"<")
            run = run + len(chunk) if last < 0 else len(chunk) - last
            _at_most(run, longest, _("a cell is too long"))
            yield chunk


def _at_most(found: int, most: int, what: str) -> None:
    if found > most:
        raise Findings(_("the file is not read: {what}").format(what=what), got=f"> {most:,}")


def _sheets(data: bytes, formulas: bool, limits: Limits) -> list[Sheet]:
    from openpyxl import load_workbook

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of styles and extensions that openpyxl drops
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
        twin = load_workbook(io.BytesIO(data), read_only=True, keep_links=False) if formulas else None
        try:
            found = []
            for sheet in book.worksheets:
                rows = _rows(sheet, limits.columns)
                merges = _merges(data, getattr(sheet, "_worksheet_path", ""), limits.merges)
                uncached = _uncached(twin[sheet.title], rows, limits.columns) if twin is not None else frozenset()
                found.append(Sheet(sheet.title, sheet.sheet_state != "visible", rows, merges, uncached))
            return found
        finally:
            book.close()
            if twin is not None:
                twin.close()


def _rows(sheet: Any, columns: int) -> list[Row]:
    """The rows that say anything, each with its number."""
    rows = []
    sheet.reset_dimensions()
    for number, values in enumerate(sheet.iter_rows(values_only=True, max_col=None), 1):
        values = values[:columns]
        if any(value is not None for value in values):
            rows.append(Row(number, values))
    return rows


def _merges(data: bytes, path: str, most: int) -> tuple[str, ...]:
    """The merged areas of a sheet; openpyxl's read-only mode does not tell."""
    found: list[str] = []
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        name = path.lstrip("/")
        if name not in archive.namelist():
            return ()
        tail = b""
        with archive.open(name) as file:
            while chunk := file.read(_CHUNK):
                text = tail + chunk
                found += [area.decode() for area in _MERGE.findall(text)]
                cut = text.rfind(b">") + 1
                tail = text[cut:]
                _at_most(len(found), most, _("too many merged cells"))
    return tuple(dict.fromkeys(found))


def _uncached(sheet: Any, rows: list[Row], columns: int) -> frozenset[tuple[int, int]]:
    """The cells that hold a formula without its result: (row, column), both from 1."""
    known = {row.number: row.values for row in rows}
    sheet.reset_dimensions()
    found = set()
    for number, values in enumerate(sheet.iter_rows(values_only=True), 1):
        for column, value in enumerate(values[:columns]):
            if isinstance(value, str) and value.startswith("=") and _at(known.get(number, ()), column) is None:
                found.add((number, column + 1))
    return frozenset(found)


def _at(values: tuple[Any, ...], column: int) -> Any:
    return values[column] if column < len(values) else None
