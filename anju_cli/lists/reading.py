"""Lists that others keep, from CSV and Excel files."""

from collections.abc import Collection
from datetime import date, datetime
from pathlib import Path

from anju_cli.domain.listing import Listing, ListingRow
from anju_cli.domain.names import fold
from anju_cli.errors import Findings
from anju_cli.foreign import LIST, Row, Sheet, read, source
from anju_cli.i18n import _

_DEEPEST_HEAD = 20
"""The head stands within so many rows: titles may stand above it."""


def read_list(path: Path, wanted: Collection[str]) -> Listing:
    """The first table of a file that has one of the wanted columns; titles above its head are passed over."""
    file = source(str(path), LIST)
    try:
        sheets = read(file, limits=LIST)
    except Findings as fault:
        raise Findings(f"{file.name}: {fault.what}", got=fault.got, hint=fault.hint) from fault
    folded = {fold(each) for each in wanted}
    for sheet in sheets:
        if not sheet.hidden and (listing := _with_head(file.name, sheet, folded, file.sha256)):
            return listing
    raise Findings(_("no column of this name was found"), got=path, hint=" | ".join(dict.fromkeys(wanted)))


def _with_head(file: str, sheet: Sheet, wanted: set[str], digest: str) -> Listing | None:
    for place, row in enumerate(sheet.rows):
        if row.number > _DEEPEST_HEAD:
            return None
        if wanted & {fold(cell) for cell in _texts(row) if cell}:
            rows = (ListingRow(each.number, _texts(each)) for each in sheet.rows[place + 1 :])
            return Listing(file, _texts(row), tuple(each for each in rows if each.cells), digest)
    return None


def _texts(row: Row) -> tuple[str, ...]:
    """The cells of a row as text; empty ones at its end are left out."""
    cells = [_text(value).strip() for value in row.values]
    while cells and not cells[-1]:
        cells.pop()
    return tuple(cells)


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
