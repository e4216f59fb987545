"""Small workbooks that would expand beyond measure: each is refused in one line, soon, and in little memory.

Counted is what a file unpacks to, of every kind; docs/limits.md has the limits.
"""

import os
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from anju_cli.cli import main
from anju_cli.foreign.limits import LAST_ROW
from anju_cli.stream import Stream
from tests.processes import within
from tests.returns import _PARTS as PARTS
from tests.returns import SHEET, raw_workbook

MEGABYTES, SECONDS = 300, 2
"""What anju may take of memory, and of the processor, for each of them."""

START, END = SHEET.split("{}")
GOOD = (
    '<row r="1"><c t="inlineStr"><is><t>任务编号</t></is></c><c t="inlineStr"><is><t>本期完成</t></is></c></row>'
    '<row r="2"><c t="inlineStr"><is><t>raise</t></is></c><c><v>5</v></c></row>'
)
MILLION = 1_000_000
SST = "<sst>{}</sst>"
STYLES = '<styleSheet><numFmts>{}</numFmts><cellXfs><xf/><xf numFmtId="200"/></cellXfs></styleSheet>'
XFS = "<styleSheet><cellXfs>{}</cellXfs></styleSheet>"
BOOK = PARTS["xl/workbook.xml"]
LINKS = PARTS["xl/_rels/workbook.xml.rels"]


def numbered(form: str, count: int) -> Stream[str]:
    """So many pieces, each with its number in the place of #."""
    return Stream(lambda: (form.replace("#", str(number)) for number in range(3, count + 3)))


def times(piece: str, count: int) -> Stream[str]:
    """One piece so many times, a thousand at a time."""
    return Stream(lambda: (piece * 1_000 for _turn in range(count // 1_000)))


class Sheet:
    """A workbook whose sheet has, behind a good table, so many pieces."""

    def __init__(self, pieces: Iterable[str], before: str = "", after: str = "", behind: str = "") -> None:
        self.pieces, self.before, self.after, self.behind = pieces, before, after, behind

    def __call__(self, path: Path) -> None:
        def made() -> Iterator[str]:
            start = START.replace("<sheetData>", self.behind or "<sheetData>")
            yield start + ("" if self.behind else GOOD) + self.before
            yield from self.pieces
            yield self.after + ("</worksheet>" if self.behind else END)

        raw_workbook(path, made())


def in_a_cell(pieces: Iterable[str], kind: str = "inlineStr", inside: str = "is") -> Sheet:
    return Sheet(pieces, f'<row r="3"><c r="A3" t="{kind}"><{inside}>', f"</{inside}></c></row>")


def with_part(name: str, around: str, pieces: Iterable[str] = ()):
    """A workbook with a good table, and a part that has pieces in the place of {} in what is around them."""
    return lambda path: raw_workbook(path, SHEET.format(GOOD), **{name: around.replace("{}", "".join(pieces))})


def sheets_of_one_part(count: int, rows: Iterable[str]):
    named = "".join(f'<sheet name="S{number}" r:id="r1"/>' for number in range(count))
    book = BOOK.partition("<sheets>")[0] + f"<sheets>{named}</sheets></workbook>"
    return lambda path: raw_workbook(path, SHEET.format("".join(rows)), **{"xl/workbook.xml": book})


def many_files(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        for name in (*PARTS, *(f"x{number}" for number in range(50_000))):
            archive.writestr(name, PARTS.get(name, ""))


NO_ROW, NO_CELL = "no sheet has such a row", "no sheet has such a cell"
ELEMENTS, ROWS, CELLS = "too many elements", "too many rows", "too many cells"
UNPACKED, LONG, DEEP = "too large unpacked", "a cell is too long", "too deep in one another"
NAMES, TEXTS, FORMATS = "too many names of elements", "too many texts", "too many formats"

HOSTILE = {
    "a row beyond any sheet": (Sheet(['<row r="100000000000"><c><v>1</v></c></row>']), NO_ROW),
    "a row before the first": (Sheet(['<row r="-5"><c><v>1</v></c></row>']), NO_ROW),
    "a row of a hundred thousand digits": (Sheet([f'<row r="{"9" * 100_000}"/>']), NO_ROW),
    "cells in column ZZZ": (Sheet(['<row r="3"><c r="ZZZ3"><v>1</v></c></row>']), NO_CELL),
    "a column of a hundred thousand letters": (Sheet([f'<row r="3"><c r="{"Z" * 100_000}3"/></row>']), NO_CELL),
    "400 sheets of one part": (sheets_of_one_part(400, numbered('<row r="#"><c><v>1</v></c></row>', 20_000)), CELLS),
    "100,000 sheets of one part": (sheets_of_one_part(100_000, GOOD), "too many sheets"),
    "80,000 sheets of an empty part": (sheets_of_one_part(80_000, ""), "too many sheets"),
    "ten million rows without a number": (Sheet(times("<row/>", 10 * MILLION)), ELEMENTS),
    "two million rows of one number": (Sheet(times('<row r="3"/>', 2 * MILLION)), ROWS),
    "ten million blank cells": (Sheet(times("<row>" + "<c/>" * 9_999 + "</row>", 1_000)), ELEMENTS),
    "ten million cells of one place": (Sheet(times('<c r="A3"/>', 10 * MILLION), '<row r="3">', "</row>"), ELEMENTS),
    "ten million runs in one text": (in_a_cell(times("<r/>", 10 * MILLION)), ELEMENTS),
    "three million runs in one text": (in_a_cell(times("a<r/>", 3 * MILLION), inside="t"), ELEMENTS),
    "two million texts in one cell": (in_a_cell(times("<t>ab</t>", 2 * MILLION)), ELEMENTS),
    "two million values in one cell": (in_a_cell(times("<v/>", 2 * MILLION), "n", "x"), ELEMENTS),
    "two million formulas in one cell": (in_a_cell(times("<f/>", 2 * MILLION), "n", "x"), ELEMENTS),
    "two million readings in one cell": (in_a_cell(times("<rPh/>", 2 * MILLION)), ELEMENTS),
    "ten million comments": (Sheet(times("<!-- -->", 10 * MILLION)), "too"),
    "ten million instructions": (Sheet(times("<?a b?>", 10 * MILLION)), "too"),
    "five million marked texts in one cell": (in_a_cell(times("<![CDATA[ab]]>", 5 * MILLION), "str", "v"), "too"),
    "a million elements in one another": (Sheet(Stream(lambda: iter(["<a>" * MILLION, "</a>" * MILLION]))), DEEP),
    "a million elements in one another, in the texts": (
        with_part("xl/sharedStrings.xml", SST, Stream(lambda: iter(["<a>" * MILLION, "</a>" * MILLION]))), DEEP,
    ),
    "half a million names of elements": (Sheet(numbered("<a#/>", 300_000)), NAMES),
    "a million names of attributes": (Sheet(numbered('<c a#="" b#=""/>', 300_000), '<row r="3">', "</row>"), NAMES),
    "an attribute of 100 MB": (Sheet(times("x" * 1_000, 100_000), '<row r="3" spans="', '"/>'), LONG),
    "many attributes of 900 KB": (Sheet(numbered(f'<row r="#" x="{"y" * 900_000}"/>', 100)), LONG),
    "90,000 attributes": (Sheet(numbered('a#="" ', 90_000), '<row r="3" ', "/>"), "too"),
    "a value of 250,000 digits": (Sheet([f'<row r="3"><c><v>{"9" * 250_000}</v></c></row>']), LONG),
    "900 cells of 250,000 line ends": (Sheet(numbered("<row><c t='str'><v>" + "\n" * 250_000 + "</v></c></row>", 900)), LONG),
    "200 MB of text in cells that differ": (
        Sheet(numbered(f'<row r="#"><c t="str"><v>😀#{"a" * 90_000}</v></c></row>', 2_000)), "too much text",
    ),
    "200 MB of text in texts that differ": (
        with_part("xl/sharedStrings.xml", SST, numbered(f"<si><t>😀#{'a' * 90_000}</t></si>", 2_000)),
        "too much text",
    ),
    "ten million texts": (with_part("xl/sharedStrings.xml", SST, times("<si/>", 10 * MILLION)), TEXTS),
    "three million pieces of one text": (
        with_part("xl/sharedStrings.xml", SST.format("<si>{}</si>"), times("<t>ab</t>", 3 * MILLION)), LONG,
    ),
    "780,000 formats": (with_part("xl/styles.xml", XFS, times("<xf/>", 780_000)), ELEMENTS),
    "10,000 number formats": (
        with_part("xl/styles.xml", STYLES, numbered(f'<numFmt numFmtId="#" formatCode="{"[" * 250}"/>', 10_000)),
        FORMATS,
    ),
    "100 MB of styles": (with_part("xl/styles.xml", XFS, times(" ", 100 * MILLION)), UNPACKED),
    "100 MB of relations": (with_part("_rels/.rels", "<R>{}</R>", times(" ", 100 * MILLION)), UNPACKED),
    "a sheet of 300 MB": (Sheet(times(" " * 1_000, 300_000)), UNPACKED),
    "a million defined names": (
        with_part("xl/workbook.xml", BOOK.replace("</workbook>", "{}</workbook>"), times("<definedName>x</definedName>", MILLION)),
        UNPACKED,
    ),
    "a million external relations": (
        with_part(
            "xl/_rels/workbook.xml.rels",
            LINKS.replace("</Relationships>", "{}</Relationships>"), times('<Relationship Id="a" TargetMode="External"/>', MILLION),
        ),
        UNPACKED,
    ),
    "a million merged areas": (
        Sheet(numbered('<mergeCell ref="A#:B#"/>', MILLION), behind=f"<sheetData>{GOOD}</sheetData>"), "too many merged cells",
    ),
    "a million columns": (Sheet(times('<col min="1" max="16384" hidden="1"/>', MILLION), behind="<sheetData/>"), ELEMENTS),
    "formulas that fill the same area": (
        Sheet(times('<f t="array" ref="A3:AX2003"/>', 100_000), '<row r="3"><c r="A3">', "</c></row>"), CELLS,
    ),
    "formulas whose areas overlap": (
        Sheet(numbered('<row r="#"><c r="A#"><f t="array" ref="A#:AX2003"/></c></row>', 50_000)), CELLS,
    ),
    "50,000 packed files": (many_files, "too many parts"),
    "the sheet is outside the workbook": (
        with_part("xl/_rels/workbook.xml.rels", LINKS.replace('Target="worksheets/sheet1.xml"', 'Target="/etc/passwd" TargetMode="External"')),
        "no",
    ),
}  # fmt: skip

HARMLESS = {
    "blank formatted rows to the last": Sheet(numbered('<row r="#" s="1" customFormat="1"/>', LAST_ROW - 2)),
    "overlapping merged areas": Sheet(
        numbered('<mergeCell ref="A1:AX2#"/>', 19_000), behind=f"<sheetData>{GOOD}</sheetData>"
    ),
    "columns before the first": Sheet(['<col min="-900000000" max="0" hidden="1"/>'], behind=f"<sheetData>{GOOD}</sheetData>"),
    "a count of texts that is not true": with_part(
        "xl/sharedStrings.xml", '<sst count="4294967295" uniqueCount="99999999999999"><si><t>a</t></si></sst>'
    ),
    "formats that are not there": with_part("xl/styles.xml", XFS, numbered('<xf numFmtId="#"/>', 100_000)),
    "a packed film of 100 MB beside the sheet": with_part("xl/media/film.bin", "{}", times("\0", 100 * MILLION)),
    "relations that lead in a circle": with_part(
        "xl/_rels/workbook.xml.rels",
        LINKS.replace("</Relationships>", '<Relationship Id="s" Type="x/sharedStrings" Target="workbook.xml"/></Relationships>'),
    ),
}  # fmt: skip
"""Strange, yet nothing of it takes long: the good table in it is read."""


def heard_of(cases, folder: Path) -> dict[str, object]:
    """What is said of each, by one child that is held to its measure of resources; nothing is recorded."""
    database = folder / "anju.db"
    with pytest.MonkeyPatch.context() as patched:
        for name, value in {
            "ANJU_TODAY": "2020-07-15",
            "ANJU_BY": "tester",
            "LANG": "en_US.UTF-8",
            "ANJU_DB": str(database),
        }.items():
            patched.setenv(name, value)
        assert main(["init"]) == 0
        lines = []
        for number, make in enumerate(cases.values()):
            path = folder / f"{number}.xlsx"
            make(path)
            lines.append(
                ["progress", "import", str(path), "-u", "hsc", "-q", "Q2", "--received", "2020-07-09", "--dry-run"]
            )
        before = database.read_bytes()
        heard = within(MEGABYTES, SECONDS, lines)
        assert database.read_bytes() == before and set(os.listdir(folder)) == {
            "anju.db",
            *(f"{n}.xlsx" for n in range(len(cases))),
        }
    return dict(zip(cases, heard, strict=True))


@pytest.fixture(scope="module")
def refused(tmp_path_factory):
    return heard_of({name: make for name, (make, _said) in HOSTILE.items()}, tmp_path_factory.mktemp("hostile"))


@pytest.mark.parametrize("name", HOSTILE)
def test_it_is_refused_in_one_line_soon_and_in_little_memory(refused, name):
    heard = refused[name]
    assert heard.code == 1, heard
    assert HOSTILE[name][1] in heard.out and len(heard.out.splitlines()) < 8, heard.out


@pytest.fixture(scope="module")
def read(tmp_path_factory):
    return heard_of(HARMLESS, tmp_path_factory.mktemp("harmless"))


@pytest.mark.parametrize("name", HARMLESS)
def test_what_is_strange_and_harmless_is_read_as_soon(read, name):
    assert read[name].code == 0 and "raise" in read[name].out + read[name].err, read[name]
