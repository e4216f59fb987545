"""Lists that others keep, from CSV and Excel files."""

import re
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

from anju_cli.domain.list_table import NO_FAULTS, Listing, ListingRow
from anju_cli.domain.names import fold
from anju_cli.errors import Findings, Unclear
from anju_cli.foreign import (
    LIST,
    Cell,
    Formatted,
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
from anju_cli.foreign.cells import number_text
from anju_cli.foreign.head_rows import DEEPEST, all_words, is_title, stacked
from anju_cli.foreign.head_words import ANOTHER, measure_of_all, of_money
from anju_cli.foreign.passed_over import is_numbering, passed_over
from anju_cli.i18n import _

HOMES = "套"
"""What the figures of a list are counted in, if in anything."""
_YEAR = re.compile(r"(?:19|20)\d\d年?")
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
    covered = merged(sheet)
    for place, row in enumerate(sheet.rows):
        if row.number > _DEEPEST_HEAD:
            return None
        if not any(fold(text_of(value)) in wanted for value in row.values if value is not None):
            continue
        first, last = _extent(sheet.rows, place, covered, wanted)
        head = _names(stacked(sheet.rows[first:last], covered))
        keys = [at for at, title in enumerate(head) if title and fold(title) in wanted]
        if keys:
            measure = next(
                filter(None, map(_measure, (value for row in sheet.rows[:first] for value in row.values))), None
            )
            reading = _ListReading(file, sheet, head, keys, covered)
            return reading.listing(sheet.rows[last:], digest, measure)
    return None


def _extent(rows: list[Row], place: int, covered: Mapping[tuple[int, int], Cell], wanted: set[str]) -> tuple[int, int]:
    """The first row of a head, and the row behind its last: a word of one may stand over several of the next."""
    first, last = place, place + 1
    while first > 0 and place - first < DEEPEST - 1 and _stands_over(rows[first - 1], rows[first], covered):
        first -= 1
    keys = [at for at, value in enumerate(rows[place].values) if value is not None and fold(text_of(value)) in wanted]
    while last < len(rows) and last - first < DEEPEST and _stands_over(rows[last - 1], rows[last], covered):
        if any(at < len(rows[last].values) and rows[last].values[at] is not None for at in keys):
            break
        last += 1
    return first, last


def _stands_over(upper: Row, lower: Row, covered: Mapping[tuple[int, int], Cell]) -> bool:
    """Whether a row is the upper one of a head: one of its words stands over several of the row below."""
    if lower.number - upper.number != 1 or not all_words(upper) or not all_words(lower) or is_title(upper):
        return False
    own = [at < len(upper.values) and upper.values[at] is not None for at in range(len(lower.values))]
    words = stacked([upper, lower], covered)
    return any(len(words[at]) > 1 and not own[at] for at, value in enumerate(lower.values) if value is not None)


def _names(columns: list[list[str]]) -> tuple[str, ...]:
    """What columns are called: by the lowest word, with those above it where they alone tell it from another figure."""
    texts = [[text_of(word) for word in words] for words in columns]
    lowest = [words[-1] if words else "" for words in texts]
    joined = [
        "".join(words) if len(words) > 1 and (lowest.count(words[-1]) > 1 or _tells(words[:-1])) else name
        for words, name in zip(texts, lowest, strict=True)
    ]
    return _trimmed(joined)


def _tells(upper: list[str]) -> bool:
    return any(ANOTHER.search(word) or _YEAR.search(word) for word in upper)


def _measure(value: Cell) -> str | None:
    return measure_of_all(value) if isinstance(value, str) and not of_money(value) else None


class _ListReading:
    """One reading of a table, with what is met on the way."""

    def __init__(
        self, file: str, sheet: Sheet, head: tuple[str, ...], keys: list[int], covered: Mapping[tuple[int, int], Cell]
    ) -> None:
        self.file, self.sheet, self.head, self.keys = file, sheet, head, keys
        self.merged = covered
        self.hidden: list[int] = []
        self.notes: list[str] = []

    def listing(self, rows: list[Row], digest: str, measure: str | None) -> Listing:
        """The rows that say anything of their own."""
        kept = tuple(self._rows(rows))
        if self.hidden:
            shown = ", ".join(map(str, self.hidden[:20])) + (" …" if len(self.hidden) > 20 else "")
            self.notes.append(f"{self.file}: " + _("hidden rows were taken: {rows}").format(rows=shown))
        return Listing(self.file, self.head, kept, digest, tuple(self.notes), measure)

    def _rows(self, rows: list[Row]) -> Iterator[ListingRow]:
        told = tuple(at for at in range(1, len(self.head)) if at not in self.keys)
        for place, row in enumerate(rows):
            if passed_over(row.values, tuple(self.keys), told) or (place < 2 and is_numbering(row.values)):
                continue
            values = self._with_merged(row) if self.merged else row.values
            cells, faults = self._cells(row.number, values)
            if not cells or _same(cells, self.head):  # blank, or the head again on the next page
                continue
            if row.hidden:
                self.hidden.append(row.number)
            figures, unclear = self._figures(row, values)
            yield ListingRow(row.number, cells, faults or NO_FAULTS, figures or NO_FAULTS, unclear or NO_FAULTS)

    def _figures(self, row: Row, values: tuple[Cell, ...]) -> tuple[dict[int, str], dict[int, str]]:
        """By column, numbers that are shown in another way, and what may not be taken for a figure at all."""
        figures, unclear = {}, {}
        for at, value in enumerate(values):
            if isinstance(value, Formatted):
                held = number_text(value.held)
                if cell_grammar.same_as_shown(value, HOMES):
                    figures[at] = held
                else:
                    what = _("the cell shows something else than it holds")
                    unclear[at] = _("{what} (got {got})").format(what=what, got=f"{value.text} / {held}")
            covered = (row.number - 1, at) in self.merged and row.values[at : at + 1] in ((), (None,))
            if value is not None and covered and not any((row.number, key) in self.merged for key in self.keys):
                unclear[at] = _("one figure for several rows: what is each row's?")
        return figures, unclear

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
            elif isinstance(value, Picture) and at not in self.keys:
                self._note(number, at, _("a picture in a cell is not read; name it in words"))
            cell_grammar.check_result(value)
            return cell_grammar.code(value) if at in self.keys else text
        except Unclear as fault:
            got = _("{what} (got {got})").format(what=fault.what, got=fault.got) if fault.got else fault.what
            faults[at] = f"{got}: {fault.hint}" if fault.hint else got
            return text

    def _note(self, number: int, at: int, said: str) -> None:
        if len(self.notes) < _MOST_NOTES:
            self.notes.append(f"{self.file}:{letters(at)}{number}: {said}")


def _same(cells: tuple[str, ...], head: tuple[str, ...]) -> bool:
    both = zip(cells, head, strict=False)
    return len(cells) == len(head) and all("".join(one.split()) == "".join(other.split()) for one, other in both)


def _trimmed(texts: list[str]) -> tuple[str, ...]:
    while texts and not texts[-1]:
        texts.pop()
    return tuple(texts)
