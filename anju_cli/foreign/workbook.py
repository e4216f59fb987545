"""Workbooks (.xlsx, Strict Open XML too): their sheets as rows of typed cells, each as a person sees it."""

import io
import posixpath
import zipfile
from collections import Counter
from typing import NamedTuple

from anju_cli.errors import Findings
from anju_cli.foreign.cells import Cell, seen
from anju_cli.foreign.formats import Styles
from anju_cli.foreign.kinds import packed_kind
from anju_cli.foreign.limits import Limits
from anju_cli.foreign.packed import PackedParts, at_most, check_count
from anju_cli.foreign.sheet_part import Budget, read_rows
from anju_cli.foreign.sheet_rows import Sheet
from anju_cli.i18n import _


class _Named(NamedTuple):
    """A sheet as the workbook lists it."""

    name: str
    hidden: bool
    link: str


def read_workbook(data: bytes, limits: Limits) -> list[Sheet]:
    """The sheets of a workbook, hidden ones too."""
    try:
        check_count(data, limits)
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            packed_kind(archive.namelist())
            return _sheets(PackedParts(archive, limits))
    except Findings:
        raise
    except Exception as fault:  # zipfile, zlib and expat raise whatever a malformed part makes them stumble over
        hint = _("open it in Excel or WPS and save it again")
        raise Findings(_("the workbook is damaged"), hint=hint) from fault


def _sheets(parts: PackedParts) -> list[Sheet]:
    book = next(iter(_links(parts, "").get("officeDocument", {}).values()), "xl/workbook.xml")
    named, since_1904 = _named(parts, book)
    links = _links(parts, book)
    of_sheets = links.get("worksheet", {})
    listed = [(sheet, of_sheets[sheet.link]) for sheet in named if of_sheets.get(sheet.link, "") in parts]
    if named and not links:
        raise LookupError(book)  # nothing says where its sheets are
    at_most(len(listed), parts.limits.parts, _("too many sheets"))
    for place, times in Counter(place for _sheet, place in listed).items():
        parts.weigh(place, times=times)
    strings = _one(parts, links, "sharedStrings")
    styles = _one(parts, links, "styles")
    budget = Budget(parts.limits.rows, parts.limits.cells, parts.limits.letters)
    texts = _texts(parts, strings, budget) if strings else []
    formats = _styles(parts, styles, since_1904) if styles else Styles(since_1904=since_1904)
    return [
        Sheet(sheet.name, sheet.hidden, *read_rows(parts, place, texts, formats, budget)) for sheet, place in listed
    ]


def _one(parts: PackedParts, links: dict[str, dict[str, str]], kind: str) -> str | None:
    """The part of which there is one at most; under its usual name, where nothing points to it."""
    places = (*links.get(kind, {}).values(), f"xl/{kind}.xml")
    return next((place for place in places if place in parts), None)


def local(name: str) -> str:
    """The name of an element without its prefix."""
    return name.rpartition(":")[2]


def _links(parts: PackedParts, of: str) -> dict[str, dict[str, str]]:
    """The parts that one is related to: by kind, by id, their names."""
    folder, file = posixpath.split(of)
    place = posixpath.join(folder, "_rels", f"{file}.rels")
    found: dict[str, dict[str, str]] = {}

    def start(name: str, given: dict[str, str]) -> None:
        if local(name) == "Relationship" and given.get("TargetMode") != "External":
            target = given.get("Target", "").replace("\\", "/")
            full = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
            kind = given.get("Type", "").rpartition("/")[2]
            found.setdefault(kind, {})[given.get("Id", "")] = full

    if place in parts:
        parts.parse(place, start)
    return found


def _named(parts: PackedParts, book: str) -> tuple[list[_Named], bool]:
    sheets: list[_Named] = []
    since_1904 = False

    def start(name: str, given: dict[str, str]) -> None:
        nonlocal since_1904
        if local(name) == "workbookPr":
            since_1904 = given.get("date1904") in ("1", "true")
        elif local(name) == "sheet":
            link = next((value for key, value in given.items() if local(key) == "id"), "")
            sheets.append(_Named(given.get("name", ""), given.get("state", "visible") != "visible", link))

    parts.parse(book, start)
    return sheets, since_1904


def _texts(parts: PackedParts, place: str, budget: Budget) -> list[Cell]:
    """The table of texts that cells point into; readings of characters (rPh) are no part of a text."""
    parts.weigh(place, texts=True)
    found: list[Cell] = []
    said: list[str] = []
    run: list[str] = []
    reading = False

    def start(name: str, _given: dict[str, str]) -> None:
        nonlocal reading
        name = local(name)
        if name == "t":
            run.clear()
        elif name == "si":
            said.clear()
        elif name == "rPh":
            reading = True

    def end(name: str) -> None:
        nonlocal reading
        name = local(name)
        if name == "t":
            if not reading:
                said.extend(run)
                at_most(len(said), parts.limits.cell_letters, _("a cell is too long"))
        elif name == "si":
            text = "".join(said)
            budget.read(text, parts.limits)
            found.append(seen(text))
        elif name == "rPh":
            reading = False

    parts.parse(place, start, end, run.append, weighed=True)
    return found


def _styles(parts: PackedParts, place: str, since_1904: bool) -> Styles:
    styles = Styles(since_1904=since_1904)
    of_cells = False

    def start(name: str, given: dict[str, str]) -> None:
        nonlocal of_cells
        name = local(name)
        if name == "cellXfs":
            of_cells = True
        elif name == "numFmt" and given.get("numFmtId", "").isdecimal():
            at_most(len(styles.codes), parts.limits.formats, _("too many formats"))
            styles.codes.setdefault(int(given["numFmtId"]), given.get("formatCode", "")[:255])
        elif name == "xf" and of_cells:
            styles.add(int(given.get("numFmtId", 0)))

    def end(name: str) -> None:
        nonlocal of_cells
        of_cells = of_cells and local(name) != "cellXfs"

    parts.parse(place, start, end)
    return styles
