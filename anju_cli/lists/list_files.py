"""Lists that others keep, from CSV and Excel files."""

from collections.abc import Collection, Iterator
from pathlib import Path

from anju_cli.domain.list_table import NO_FAULTS, Listing, ListingRow
from anju_cli.domain.names import fold
from anju_cli.errors import Findings, Unclear
from anju_cli.foreign import (
    LIST,
    Cell,
    Marked,
    Picture,
    Row,
    Sheet,
    cell_grammar,
    letters,
    merged,
    named,
    read,
    source,
    text_of,
)
from anju_cli.foreign.passed_over import is_numbering, passed_over
from anju_cli.i18n import _

_MOST_NOTES = 50
_DEEPEST_HEAD = 20
"""The head stands within so many rows: titles may stand above it."""


def read_list(path: Path, wanted: Collection[str]) -> Listing:
    """The first table of a file that has one of the wanted columns; titles above its head are passed over."""
    file = source(str(path), LIST)
    folded = {fold(each) for each in wanted}
    if (nothing := file.says_nothing) is not None:
        raise Findings(_("no column of this name was found"), got=path, hint=nothing)
    try:
        sheets = read(file, limits=LIST, is_head=lambda text: fold(text) in folded)
    except Findings as fault:
        raise Findings(f"{file.name}: {fault.what}", got=fault.got, hint=fault.hint) from fault
    for sheet in sheets:
        if not sheet.hidden and (listing := _with_head(file.name, sheet, folded, file.sha256)):
            return listing
    raise Findings(_("no column of this name was found"), got=path, hint=" | ".join(dict.fromkeys(wanted)))


def _with_head(file: str, sheet: Sheet, wanted: set[str], digest: str) -> Listing | None:
    for place, row in enumerate(sheet.rows):
        if row.number > _DEEPEST_HEAD:
            return None
        head = _trimmed([text_of(value) for value in row.values])
        keys = [at for at, title in enumerate(head) if title and fold(title) in wanted]
        if keys:
            return _ListReading(file, sheet, head, keys).listing(sheet.rows[place + 1 :], digest)
    return None


class _ListReading:
    """One reading of a table, with what is met on the way."""

    def __init__(self, file: str, sheet: Sheet, head: tuple[str, ...], keys: list[int]) -> None:
        self.file, self.sheet, self.head, self.keys = file, sheet, head, keys
        self.merged = merged(sheet)
        self.hidden: list[int] = []
        self.notes: list[str] = []

    def listing(self, rows: list[Row], digest: str) -> Listing:
        """The rows that say anything of their own."""
        kept = tuple(self._rows(rows))
        if self.hidden:
            shown = ", ".join(map(str, self.hidden[:20])) + (" …" if len(self.hidden) > 20 else "")
            self.notes.append(f"{self.file}: " + _("hidden rows were taken: {rows}").format(rows=shown))
        return Listing(self.file, self.head, kept, digest, tuple(self.notes))

    def _rows(self, rows: list[Row]) -> Iterator[ListingRow]:
        told = tuple(at for at in range(len(self.head)) if at not in self.keys)
        for place, row in enumerate(rows):
            if passed_over(row.values, tuple(self.keys), told) or (place < 2 and is_numbering(row.values)):
                continue
            values = self._with_merged(row) if self.merged else row.values
            cells, faults = self._cells(row.number, values)
            if not cells or cells == self.head:  # blank, or the head again on the next page
                continue
            if row.hidden:
                self.hidden.append(row.number)
            yield ListingRow(row.number, cells, faults or NO_FAULTS)

    def _with_merged(self, row: Row) -> tuple[Cell, ...]:
        """The cells of a row; a merged one gives its value to each row that it covers."""
        width = max(len(row.values), len(self.head))
        values = (*row.values, *[None] * (width - len(row.values)))
        return tuple(self.merged.get((row.number, at)) if value is None else value for at, value in enumerate(values))

    def _cells(self, number: int, values: tuple[Cell, ...]) -> tuple[tuple[str, ...], dict[int, str]]:
        """The cells of a row as text; empty ones at its end are left out; and what is wrong with any."""
        faults: dict[int, str] = {}
        texts = []
        for at, value in enumerate(values):
            text = text_of(value)
            if value.__class__ is not str or at in self.keys:
                text = self._checked(number, at, value, text, faults)
            texts.append(text)
        return _trimmed(texts), faults

    def _checked(self, number: int, at: int, value: Cell, text: str, faults: dict[int, str]) -> str:
        try:
            if isinstance(value, Marked):
                dropped = ", ".join(named(letter) for letter in value.dropped)
                self._note(number, at, f"{_('characters that nobody sees were taken out')}: {dropped}")
            elif isinstance(value, Picture):
                self._note(number, at, _("a picture in a cell is not read; name it in words"))
            cell_grammar.check_result(value)
            return cell_grammar.code(value) if at in self.keys and not isinstance(value, Picture) else text
        except Unclear as fault:
            got = _("{what} (got {got})").format(what=fault.what, got=fault.got) if fault.got else fault.what
            faults[at] = f"{got}: {fault.hint}" if fault.hint else got
            return text

    def _note(self, number: int, at: int, said: str) -> None:
        if len(self.notes) < _MOST_NOTES:
            self.notes.append(f"{self.file}:{letters(at)}{number}: {said}")


def _trimmed(texts: list[str]) -> tuple[str, ...]:
    while texts and not texts[-1]:
        texts.pop()
    return tuple(texts)
