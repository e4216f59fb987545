"""Files that no unit should send: each is refused soon, in little memory, and by name; its receipt is kept all the same."""

import os
import zipfile

import openpyxl
import pytest

from anju_cli.cli import main
from tests.processes import within
from tests.returns import HEAD, SHEET, cells_bomb, raw_workbook, table, workbook

LAUGHS = '<!DOCTYPE x [<!ENTITY a "ha">' + "".join(
    f'<!ENTITY {chr(98 + n)} "{("&" + chr(97 + n) + ";") * 10}">' for n in range(9)
) + "]>"  # fmt: skip


def long_cell():
    start, end = SHEET.split("{}")
    yield start + '<row r="1"><c t="inlineStr"><is><t>'
    for _turn in range(200):
        yield "x" * 1_000_000
    yield "</t></is></c></row>" + end


def rows_bomb():
    start, end = SHEET.split("{}")
    yield start
    for _turn in range(1000):
        yield "<row><c><v>1</v></c></row>" * 1000
    yield end


def prefixed_bomb():
    for piece in cells_bomb():
        yield piece.replace("<c>", "<x:c>").replace("</c>", "</x:c>").replace("xmlns=", "xmlns:x=")


def strings_bomb(path):
    strings = (
        '<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">' + "<si><t>a</t></si>" * 3_000_000
    )
    return raw_workbook(path, SHEET.format(""), **{"xl/sharedStrings.xml": strings + "</sst>"})


def styles_bomb(path):
    return raw_workbook(
        path, SHEET.format(""), **{"xl/styles.xml": "<styleSheet>" + "<xf/>" * 2_000_000 + "</styleSheet>"}
    )


def many_parts(path):
    return raw_workbook(path, SHEET.format(""), **{f"xl/media/{n}.xml": "" for n in range(2000)})


def damaged(path):
    raw_workbook(path, SHEET.format("<row><c>"))
    path.write_bytes(path.read_bytes()[:-200])
    return path


def unclosed(path):
    return raw_workbook(
        path, '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row>'
    )


def too_large(path):
    with path.open("wb") as file:
        file.truncate(40_000_000)
    return path


def written(content):
    def make(path):
        path.write_bytes(content)
        return path

    return make


def zipped(path):
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("../../etc/passwd", "x")
    return path


HOSTILE = {
    "ten million cells": (lambda path: raw_workbook(path, cells_bomb()), "too many cells"),
    "a million rows": (lambda path: raw_workbook(path, rows_bomb()), "too many rows"),
    "cells under a prefix": (lambda path: raw_workbook(path, prefixed_bomb()), "too many cells"),
    "a cell of 200 MB": (lambda path: raw_workbook(path, long_cell()), "too long"),
    "three million texts": (strings_bomb, "too many texts"),
    "two million formats": (styles_bomb, "too large unpacked"),
    "two thousand parts": (many_parts, "too many parts"),
    "a billion laughs": (lambda path: raw_workbook(path, LAUGHS + SHEET.format("<row><c><v>&j;</v></c></row>")), "no spreadsheet"),
    "laughs in UTF-16": (
        lambda path: raw_workbook(path, "", **{"xl/workbook.xml": (LAUGHS + "<x>&j;</x>").encode("utf-16").decode("latin-1")}),
        "no spreadsheet",
    ),
    "a damaged zip": (damaged, "damaged"),
    "a sheet that is not closed": (unclosed, "damaged"),
    "a zip of something else": (zipped, "a packed folder (zip)"),
    "more than may be read": (too_large, "too large"),
    "an old workbook": (written(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600), "old .xls"),
    "neither text nor workbook": (written(b"\xff\xff\x00\x80" * 500), "neither UTF-8 nor GB18030"),
    "an open quotation": (written('任务编号,本期完成\n"raise,1\n'.encode()), "not well-formed CSV"),
    "a cell beyond measure": (written(b'"' + b"x" * 2_000_000 + b'"'), "not well-formed CSV"),
    "two hundred thousand lines": (written(b"a,b\n" * 200_000), "too many rows"),
}  # fmt: skip

MEGABYTES, SECONDS = 300, 2
"""What anju may take of the memory, and of the processor for each of them."""


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory):
    """What came of each: the answer, and the database. One child reads them all, held to its measure of resources."""
    folder = tmp_path_factory.mktemp("hostile")
    files, databases = ([folder / f"{number}{ending}" for number in range(len(HOSTILE))] for ending in (".xlsx", ".db"))
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("ANJU_TODAY", "2020-07-15")
        patched.setenv("ANJU_BY", "tester")
        patched.setenv("LANG", "en_US.UTF-8")
        for (make, _said), file, database in zip(HOSTILE.values(), files, databases, strict=True):
            make(file)
            assert main(["init", "--db", str(database)]) == 0
        line = ["progress", "import", "-u", "hsc", "-q", "Q2", "--received", "2020-07-09"]
        heard = within(
            MEGABYTES, SECONDS,
            [[*line, str(file), "--db", str(database)] for file, database in zip(files, databases, strict=True)],
        )  # fmt: skip
    return dict(zip(HOSTILE, zip(heard, databases, strict=True), strict=True))


@pytest.mark.parametrize("name", HOSTILE)
def test_it_is_refused_soon_and_in_little_memory_and_its_receipt_is_kept(anju, outcomes, name):
    heard, database = outcomes[name]
    assert heard.code == 1 and HOSTILE[name][1] in heard.out, heard
    assert anju("progress list --json", db=str(database)).json == []
    returns = anju("report unit hsc -q Q2 --json", db=str(database)).json["returns"]
    assert {row["state"] for row in returns} == {"returned"}


def test_a_cell_far_out_does_no_harm(office, tmp_path):
    rows = (
        '<row r="1"><c r="A1" t="inlineStr"><is><t>任务编号</t></is></c><c r="B1" t="inlineStr"><is><t>本期完成</t></is></c>'
        '</row><row r="2"><c r="A2" t="inlineStr"><is><t>raise</t></is></c><c r="B2"><v>5</v></c></row>'
        '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    )
    path = raw_workbook(tmp_path / "f.xlsx", SHEET.format(rows))
    assert office("progress import --json -u hsc -q Q2", str(path)).json[0]["state"] == "adopted"


def test_a_formula_that_was_never_computed_is_not_taken_for_a_blank(office, tmp_path):
    path = workbook(tmp_path / "f.xlsx", [HEAD, ["raise", "", 0, "=2+3", 5, "x"]])
    refused = office("progress import -u hsc -q Q2", str(path), code=1)
    assert "f.xlsx:Sheet1!D2: the formula was never computed" in refused.out


@pytest.mark.parametrize("error", ["#REF!", "#N/A", "#DIV/0!", "Err:502"])
def test_an_error_in_a_cell_is_named(office, tmp_path, error):
    path = table(tmp_path / "f.csv", [HEAD, ["raise", "", 0, error, 5, "x"]])
    refused = office("progress import -u hsc -q Q2", str(path), code=1)
    assert f"f.csv:D2: the cell holds an error (found {error}" in refused.out


INJECTED = ['=HYPERLINK("http://x")', "+1", "-1+cmd|' /C calc'!A0", "@SUM(1)", "<script>alert(1)</script>", "[red]x[/]"]


@pytest.mark.parametrize("text", INJECTED)
def test_words_stay_words_on_the_way_in_and_out(office, tmp_path, text):
    path = table(tmp_path / "f.csv", [["项目编码", "指标", "本期完成", "备注"], [text, "建设筹集", 3, text]])
    office("progress import -u tal -q Q1 --received 4-5", str(path))
    assert office("progress list --json").json[0]["project"] == text
    assert text in office("progress list").out
    form = tmp_path / "t.xlsx"
    office("progress template -q Q2 -u tal -o", str(form))
    cell = openpyxl.load_workbook(form)["项目明细"]["B4"]
    assert (cell.value, cell.data_type, cell.hyperlink) == (text, "s", None)
    with zipfile.ZipFile(form) as archive:
        sheet = archive.read("xl/worksheets/sheet2.xml").decode()
    assert "<f>" not in sheet and "hyperlink" not in sheet


@pytest.mark.parametrize("letter", ["\x1b", "\u202e", "\x07", "\x9b"])
def test_characters_that_act_on_a_screen_are_refused_and_never_printed(office, tmp_path, letter):
    path = table(tmp_path / "f.csv", [HEAD, ["raise", "", 0, f"5{letter}", 5, f"a{letter}b"]])
    refused = office("progress import -u hsc -q Q2", str(path), code=1)
    assert letter not in refused.out and letter not in refused.err


def test_a_name_of_a_file_is_printed_without_what_acts_on_a_screen(office, tmp_path):
    path = table(tmp_path / "a\x1b[31m\u202e.csv", [HEAD, ["raise", "", 0, "x", 5, "y"]])
    refused = office("progress import -u hsc -q Q2", str(path), code=1)
    assert "\x1b" not in refused.out and "\u202e" not in refused.out and "D2" in refused.out


@pytest.mark.parametrize("name", ["nosuch.xlsx", "."])
def test_a_file_that_cannot_be_read_is_a_matter_of_the_surroundings(office, name):
    office("progress import", name, code=3)


NEVER_ENDING = {
    "a return": "progress import {}",
    "a list": "reconcile {}",
    "projects": "projects import {}",
    "a mapping": "reconcile {good} --mapping {}",
    "a plan": "plan check {}",
    "a plan to begin with": "init --plan {} --db {new}",
    "an exported ledger": "init --from {} --db {new}",
    "a template": "report quarter Q2 -o {new}.docx --template {}",
}


@pytest.mark.parametrize("line", NEVER_ENDING.values(), ids=NEVER_ENDING)
def test_what_might_never_end_is_refused_and_not_waited_for(office, tmp_path, line):
    """A pipe into which nobody writes, and a device."""
    pipe, good = tmp_path / "pipe", tmp_path / "good.csv"
    os.mkfifo(pipe)
    good.write_text("项目编码,套数\nP-1,5\n", encoding="utf-8")
    for path in (pipe, "/dev/zero"):
        refused = office(line.format(path, good=good, new=tmp_path / "new"), code=3)
        assert "this is no plain file" in refused.err and not (tmp_path / "new").exists()
