"""Holding lists of the same things against each other by a key: what is missing where, and which values differ."""

import re
import unicodedata
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from anju_cli.domain.list_table import Listing, ListingRow
from anju_cli.domain.names import fold
from anju_cli.domain.problems import Problem, WrongFile
from anju_cli.errors import Findings, Unclear
from anju_cli.foreign import letters
from anju_cli.foreign.head_words import without_hints
from anju_cli.i18n import _
from anju_cli.lists.mapping import Mapping, SourceColumns

NAME = "项目名称"
SYNONYMS: dict[str, tuple[str, ...]] = {
    "项目编码": ("项目代码", "项目编号"),
    NAME: ("名称", "项目"),
    "所属街道": ("街道",),
    "建设单位": ("实施单位", "开发单位"),
    "筹建方式": ("建设方式", "筹集方式"),
    "住房类型": ("房源类型",),
    "计划套数": ("总套数", "项目总套数", "住房套数", "房源套数", "套数"),
    "形象进度": ("进度阶段", "工程进度"),
}
"""Fields by the other names they commonly go by."""

MOST_SOURCES = 4
MOST_SHOWN = 5
_NUMBER = re.compile(r"-?(?:0|[1-9]\d*|[1-9]\d{0,2}(?:,\d{3})+)(?:\.\d+)?", re.ASCII)
_DATE = re.compile(r"(\d{4})(?:[-/.年])(\d{1,2})(?:[-/.月])(\d{1,2})日?", re.ASCII)


class ListSource(NamedTuple):
    """One of the lists: its place among them, its name, its file, its rows, and the digest of the file."""

    number: int
    name: str
    file: str
    rows: int
    sha256: str


class Mismatch(NamedTuple):
    """One thing in which the lists do not agree: the values of the first to the fourth list.

    Where it is not about values (missing, duplicate, no_key), they are the numbers of the rows.
    """

    key: str
    name: str | None
    kind: str
    """missing | differs | blank | duplicate | no_key."""
    field: str | None
    missing_in: tuple[str, ...]
    first: str | None
    second: str | None
    third: str | None
    fourth: str | None


@dataclass(frozen=True, repr=False, eq=False)
class Reconciled:
    """`anju reconcile`: the lists, what was compared, and every difference."""

    key: str
    fields: tuple[str, ...]
    keys: int
    agreeing: int
    sources: tuple[ListSource, ...]
    differences: tuple[Mismatch, ...]

    def __bool__(self) -> bool:
        return bool(self.differences)


class _List:
    """One list as it is compared: which column is which field, and its rows by key."""

    def __init__(self, sheet: Listing, key: str, mapping: Mapping, own: SourceColumns) -> None:
        self.sheet = sheet
        self.name = own.name or sheet.file
        self.key = key
        self.head = tuple(map(without_hints, sheet.head))
        columns = self._columns(key, mapping, own)
        if key not in columns:
            titles = " | ".join(filter(None, sheet.head))
            raise Findings(_("{source} has no column {key}").format(source=self.name, key=key), hint=titles)
        self.key_column = columns.pop(key)
        self.columns = columns
        self.by_key: dict[str, list[ListingRow]] = {}
        self.keyless: list[ListingRow] = []
        for row in sheet.rows:
            text = sheet.cell(row, self.key_column)
            if text:
                self.by_key.setdefault(_key(text), []).append(row)
            else:
                self.keyless.append(row)

    def _columns(self, key: str, mapping: Mapping, own: SourceColumns) -> dict[str, int]:
        """By field, the column: as the mapping says of this file, by the field's own name, or by another it goes by."""
        titles = {fold(title): place for place, title in reversed(list(enumerate(self.head))) if title}
        said = own.fields | ({key: own.key} if own.key else {})
        found: dict[str, int] = {}
        for field, title in said.items():
            title = title if fold(title) in titles else without_hints(title)
            if fold(title) not in titles:
                known = " | ".join(filter(None, self.sheet.head))
                raise Findings(_("{source} has no column {key}").format(source=self.name, key=title), hint=known)
            found[field] = titles.pop(fold(title))
        names = SYNONYMS | {field: (*more, *SYNONYMS.get(field, ())) for field, more in mapping.fields.items()}
        for field in dict.fromkeys([key, *mapping.fields, *names]):
            goes_by = dict.fromkeys(map(fold, (field, *names.get(field, ()))))
            matching = [name for name in goes_by if name in titles]
            if field in found or not matching:
                continue
            if len(matching) > 1 and matching[0] != fold(field):
                both = ", ".join(self.sheet.head[titles[name]] for name in matching)
                raise Findings(
                    _("{source}: several columns may be {field}: {columns}").format(
                        source=self.name, field=field, columns=both
                    ),
                    hint=_("say which in a --mapping file, under sources"),
                )
            found[field] = titles.pop(matching[0])
        return found | {self.head[place]: place for place in titles.values() if self.head[place] not in found}

    def check_once(self, fields: Collection[str]) -> None:
        """Refuse two columns of one name where it is compared.

        Raises Findings, which names both.
        """
        for field, at in {**self.columns, self.key: self.key_column}.items():
            alike = [place for place, title in enumerate(self.head) if fold(title) == fold(self.head[at])]
            if len(alike) > 1 and (field in fields or field == self.key):
                both = ", ".join(f"{letters(place)} {self.sheet.head[place]}" for place in alike)
                raise Findings(
                    _("{source}: several columns may be {field}: {columns}").format(
                        source=self.name, field=field, columns=both
                    ),
                    hint=_("leave one of them, or give them different names"),
                )

    def value(self, row: ListingRow | None, field: str) -> str | None:
        """A value as it is written; null where there is none."""
        if row is None or field not in self.columns:
            return None
        return self.sheet.cell(row, self.columns[field]) or None

    def compared(self, row: ListingRow | None, field: str) -> str | None:
        """A value as it is compared: a number in whatever format; null where there is none."""
        value = self.value(row, field)
        if row is None or value is None:
            return None
        return _plain(row.figures.get(self.columns[field], value))


def key_names(key: str, mapping: Mapping, place: int) -> list[str]:
    """What the key's column may be called in the file at a place: by that, its head is found."""
    own = mapping.sources[place].key if place < len(mapping.sources) else None
    return [own] if own else list(dict.fromkeys([key, *SYNONYMS.get(key, ()), *mapping.fields.get(key, ())]))


def reconcile(sheets: Sequence[Listing], key: str, mapping: Mapping) -> Reconciled:
    """Hold lists against each other."""
    if not 2 <= len(sheets) <= MOST_SOURCES:
        raise Unclear(_("two to {n} lists are compared").format(n=MOST_SOURCES), got=len(sheets))
    if len(mapping.sources) > len(sheets):
        raise Unclear(_("the mapping has more sources than there are files"), got=len(mapping.sources))
    owns = [*mapping.sources, *(SourceColumns() for _each in sheets[len(mapping.sources) :])]
    lists = [_List(sheet, key, mapping, own) for sheet, own in zip(sheets, owns, strict=True)]
    names = [each.name for each in lists]
    for number, each in enumerate(lists, 1):  # files of one name in two folders
        each.name += f" [{number}]" * (names.count(each.name) > 1)
    shared = [
        field
        for field in dict.fromkeys(field for each in lists for field in each.columns)
        if sum(field in each.columns for each in lists) > 1
    ]
    for each in lists:
        each.check_once(shared)
    if faults := list(_faults(lists, shared)):
        raise WrongFile(faults)
    keys = list(dict.fromkeys(code for each in lists for code in each.by_key))
    by_key = {code: list(_mismatches(lists, code, shared)) for code in keys}
    differences = [each for found in by_key.values() for each in found]
    differences += [each for one in range(len(lists)) for each in _keyless(lists, one)]
    return Reconciled(
        key=key,
        fields=tuple(shared),
        keys=len(keys),
        agreeing=sum(not found for found in by_key.values()),
        sources=tuple(
            ListSource(number, each.name, each.sheet.file, len(each.sheet.rows), each.sheet.sha256)
            for number, each in enumerate(lists, 1)
        ),
        differences=tuple(differences),
    )


def _mismatches(lists: Sequence[_List], code: str, fields: Sequence[str]) -> Iterator[Mismatch]:
    found = [each.by_key.get(code, []) for each in lists]
    rows = [each[0] if each else None for each in found]
    named = [each.value(row, NAME) for each, row in zip(lists, rows, strict=True)]
    name = next(filter(None, named), None)
    key = next(each.sheet.cell(row, each.key_column) for each, row in zip(lists, rows, strict=True) if row)
    absent = tuple(each.name for each, row in zip(lists, rows, strict=True) if row is None)

    def mismatch(kind: str, field: str | None, values: Sequence[str | None]) -> Mismatch:
        return Mismatch(key, name, kind, field, absent, *values, *[None] * (MOST_SOURCES - len(values)))

    if absent:
        yield mismatch("missing", None, [_where(each) if each else None for each in found])
    if any(len(each) > 1 for each in found):
        yield mismatch("duplicate", None, [_where(each) if len(each) > 1 else None for each in found])
    written = not any(row.figures for row in rows if row)  # no number is shown in another way than it is held
    for field in fields:
        values = [each.value(row, field) for each, row in zip(lists, rows, strict=True)]
        if written and len(set(values)) == 1:  # as nearly all
            continue
        having = [each for each, row in zip(lists, rows, strict=True) if row is not None and field in each.columns]
        compared = {each.compared(row, field) for each, row in zip(lists, rows, strict=True)} - {None}
        if len(compared) > 1:
            yield mismatch("differs", field, values)
        elif 0 < sum(value is not None for value in values) < len(having):
            yield mismatch("blank", field, values)


def _keyless(lists: Sequence[_List], one: int) -> Iterator[Mismatch]:
    """Rows that cannot be compared, for they have no key."""
    if rows := lists[one].keyless:
        values = [_where(rows) if place == one else None for place in range(MOST_SOURCES)]
        yield Mismatch("", None, "no_key", None, (), *values)


def _where(rows: Sequence[ListingRow]) -> str:
    """The numbers of rows, the first few of many."""
    shown = " ".join(str(row.number) for row in rows[:MOST_SHOWN])
    return shown + (" …" if len(rows) > MOST_SHOWN else "")


def _key(text: str) -> str:
    """A key as it is compared: as text, in which width, case and spaces alone do not count; 1.1 is not 1.10."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)).casefold()


def _faults(lists: Sequence[_List], fields: Sequence[str]) -> Iterator[Problem]:
    """The cells of the compared columns that hold nothing which could be compared."""
    for each in lists:
        columns = {each.key_column, *(each.columns[field] for field in fields if field in each.columns)}
        for row in each.sheet.rows:
            for column in sorted(columns & row.faults.keys()):
                yield Problem(each.sheet.file, row.number, at=each.sheet.head[column], what=row.faults[column])


@lru_cache(maxsize=65_536)
def _plain(text: str) -> str:
    """A value as it is compared: 1,200 is 1200.0, 2020/6/30 is 2020年6月30日; width, case and spaces do not count."""
    plain = re.sub(r"^-?[¥￥]-?", lambda match: "-" * ("-" in match[0]), _key(text).replace("−", "-"))
    number = plain.removesuffix("%")
    if _NUMBER.fullmatch(number):
        figure = Decimal(f"{Decimal(number.replace(',', '')):.15g}")  # to the digits that spreadsheets show
        return f"{figure.normalize():f}{plain[len(number) :]}"
    if match := _DATE.fullmatch(re.sub(r"(?<=\d)0{1,2}:00(?::00)?$", "", plain) if ":" in plain else plain):
        try:
            return date(*map(int, match.groups())).isoformat()
        except ValueError:
            return plain
    return plain
