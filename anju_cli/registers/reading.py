"""Tables from CSV and Excel files that others made: with limits, by openpyxl in its read-only mode, never trusted."""

import csv
import io
import warnings
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any
from zipfile import BadZipFile, ZipFile

from anju_cli.domain.names import fold
from anju_cli.domain.sheets import Row, Sheet
from anju_cli.errors import Findings, Unavailable, Unclear
from anju_cli.i18n import _, why

LARGEST_FILE = 5_000_000
LARGEST_UNPACKED = 30_000_000
"""Bytes, of a file and of what a workbook unpacks to."""
LARGEST_STRINGS = 10_000_000
LARGEST_PART = 1_000_000
"""Bytes, of the strings that all sheets share and of any other part that is read whole (styles, names, relations)."""
MOST_PARTS = 1000
MOST_ROWS = 20_000
MOST_COLUMNS = 256
MOST_CELLS = 500_000
LONGEST_CELL = 2_000
_DEEPEST_HEAD = 20
"""The head stands within so many rows: titles may stand above it."""


def read_sheet(path: Path, wanted: Collection[str]) -> Sheet:
    """The first table of a file that has one of the wanted columns; titles above its head are passed over."""
    content = _content(path)
    if content[:4] == b"PK\x03\x04":
        tables: Iterable[Iterator[Row]] = _workbook(path, content)
    elif path.suffix.lower() in (".xls", ".et", ".ods"):
        raise Unclear(_("this kind of file is not read"), got=path, hint=_("save it as .xlsx or .csv"))
    else:
        tables = [_lines(path, content)]
    folded = {fold(each) for each in wanted}
    for rows in tables:
        if sheet := _with_head(path, rows, folded, sha256(content).hexdigest()):
            return sheet
    columns = " | ".join(dict.fromkeys(wanted))
    raise Findings(_("no column of this name was found"), got=path, hint=columns)


def _content(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST_FILE + 1)
    except OSError as fault:
        raise Unavailable(_("the file cannot be read"), got=path, hint=why(fault)) from fault
    if len(content) > LARGEST_FILE:
        raise Findings(_("the file is larger than {n} bytes").format(n=LARGEST_FILE), got=path)
    return content


def _with_head(path: Path, rows: Iterator[Row], wanted: set[str], digest: str) -> Sheet | None:
    for place, row in enumerate(rows):
        if place >= _DEEPEST_HEAD:
            return None
        if wanted & {fold(cell) for cell in row.cells if cell}:
            kept = tuple(each for each in rows if any(each.cells))
            return Sheet(path.name, row.cells, kept, digest)
    return None


def _lines(path: Path, content: bytes) -> Iterator[Row]:
    reader = csv.reader(io.StringIO(_decoded(path, content), newline=""), strict=True)
    try:
        for line, cells in enumerate(reader, 1):
            yield _row(path, line, cells)
    except csv.Error as fault:
        what = _("line {n} is not well-formed CSV").format(n=reader.line_num)
        raise Findings(what, got=path, hint=str(fault)) from None


def _decoded(path: Path, content: bytes) -> str:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise Findings(_("the file is neither UTF-8 nor GB 18030 text"), got=path, hint=_("save it as .xlsx or .csv"))


def _workbook(path: Path, content: bytes) -> Iterator[Iterator[Row]]:
    _check_unpacked(path, content)
    from openpyxl import load_workbook

    # What it has to say of styles and extensions it does not know is no concern of whoever reads a list.
    warnings.filterwarnings("ignore", category=UserWarning, module="openpyxl")
    with _readable(path):
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        sheets = [each for each in map(book.__getitem__, book.sheetnames) if hasattr(each, "iter_rows")]
    for sheet in sheets:
        sheet.reset_dimensions()  # what a file says of its own size is not believed
        yield _cells(path, sheet)


@contextmanager
def _readable(path: Path) -> Iterator[None]:
    """What a broken workbook makes its reader raise has no one kind."""
    try:
        yield
    except Findings:
        raise
    except Exception as fault:
        raise Findings(_("the workbook cannot be read"), got=path, hint=type(fault).__name__) from fault


def _check_unpacked(path: Path, content: bytes) -> None:
    try:
        with ZipFile(io.BytesIO(content)) as packed:
            parts = packed.infolist()
    except BadZipFile as fault:
        raise Findings(_("the workbook cannot be read"), got=path, hint=str(fault)) from None
    size = sum(part.file_size for part in parts)
    if size > LARGEST_UNPACKED or len(parts) > MOST_PARTS:
        raise Findings(_("the workbook unpacks to more than {n} bytes").format(n=LARGEST_UNPACKED), got=path)
    for part in parts:
        name = part.filename.lower()
        if name.endswith((".xml", ".rels")) and not name.startswith("xl/worksheets/sheet"):
            most = LARGEST_STRINGS if name.endswith("sharedstrings.xml") else LARGEST_PART
            if part.file_size > most:
                raise Findings(_("a part of the workbook is larger than {n} bytes").format(n=most), got=path, hint=name)


def _cells(path: Path, sheet: Any) -> Iterator[Row]:
    with _readable(path):
        count = 0
        for number, values in enumerate(sheet.iter_rows(values_only=True), 1):
            count += len(values)
            if count > MOST_CELLS:
                raise Findings(_("the file has more than {n} cells").format(n=MOST_CELLS), got=path)
            yield _row(path, number, map(_text, values))


def _row(path: Path, number: int, cells: Iterable[str]) -> Row:
    if number > MOST_ROWS:
        raise Findings(_("the file has more than {n} rows").format(n=MOST_ROWS), got=path)
    kept = [cell.strip() for cell in cells]
    while kept and not kept[-1]:
        kept.pop()
    if len(kept) > MOST_COLUMNS or any(len(cell) > LONGEST_CELL for cell in kept):
        what = _("row {n} has more than {columns} columns or a cell of more than {letters} characters")
        raise Findings(what.format(n=number, columns=MOST_COLUMNS, letters=LONGEST_CELL), got=path)
    return Row(number, tuple(kept))


def _text(value: object) -> str:
    """A cell as text: dates in ISO form, whole numbers without a decimal point."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat() if not (value.hour or value.minute or value.second) else value.isoformat(" ")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
