"""A file is called what it is by its content, whatever its name says, with what to do; what says nothing is no receipt."""

import pytest

from anju_cli.foreign import LIST, RETURN
from tests.conftest import ROOT, needed
from tests.foreign import HEAD, STRICT, Page, came_of, figure, of, packed, parts, xlsx
from tests.returns import soffice, table, workbook

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
TYPES = {"[Content_Types].xml": "<Types/>"}
SHEET_2003 = '<?xml version="1.0"{}?>\n<?mso-application progid="Excel.Sheet"?>\n<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">'
WORD_2003 = '<?xml version="1.0"?><w:wordDocument xmlns:w="http://schemas.microsoft.com/office/word/2003/wordml">'
LETTER = "From: a@b.cn\r\nTo: c@d.cn\r\nSubject: x\r\n\r\n"


def stream(name):
    return OLE + name.encode("utf-16-le") + b"\0" * 100


SAVE, TYPE, UNPACK = "save it as .xlsx or .csv", "put the table into", "unpack it"
KINDS = {
    "Word": (TYPES | {"word/document.xml": "<w/>"}, "a Word document", TYPE),
    "Word of 2003": (stream("WordDocument"), "a Word document", TYPE),
    "Word as XML": (WORD_2003.encode(), "a Word document", TYPE),
    "rich text": (b"{\\rtf1\\ansi", "a Word document", TYPE),
    "slides": (TYPES | {"ppt/presentation.xml": "<p/>"}, "a slide show", TYPE),
    "slides of 2003": (stream("PowerPoint Document"), "a slide show", TYPE),
    "HTML": (b"<html><table><tr><td>1</td></tr></table></html>", "a web page", SAVE),
    "HTML of a system": (b"\xef\xbb\xbf\r\n <TABLE border=1><tr><td>", "a web page", SAVE),
    "HTML with a declaration": (b'<?xml version="1.0"?><!DOCTYPE html><html>', "a web page", SAVE),
    "HTML in UTF-16": ("<html><table>".encode("utf-16"), "a web page", SAVE),
    "a web archive": (b"MIME-Version: 1.0\r\nContent-Type: multipart/related", "a web page", SAVE),
    "a web archive of WPS": (
        b"From: <Saved by WPS>\r\nSubject: x\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related\r\n", "a web page", SAVE
    ),
    "2003 XML": (SHEET_2003.format("").encode(), "the XML of 2003", SAVE),
    "2003 XML in UTF-16": (SHEET_2003.format(' encoding="UTF-16"').encode("utf-16"), "the XML of 2003", SAVE),
    "XML": (b'<?xml version="1.0"?><data/>', "an XML file", TYPE),
    "PDF": (b"%PDF-1.7\n" + b" " * 99, "a PDF", TYPE),
    "PDF after a blank line": (b"\n\n%PDF-1.4\n", "a PDF", TYPE),
    "OFD": ({"OFD.xml": "<x/>", "Doc_0/Document.xml": "<x/>"}, "an OFD document", TYPE),
    "PNG": (b"\x89PNG\r\n\x1a\n" + b"\0" * 99, "a picture", TYPE),
    "JPEG": (b"\xff\xd8\xff\xe0" + b"\0" * 99, "a picture", TYPE),
    "GIF": (b"GIF89a" + b"\0" * 99, "a picture", TYPE),
    "WebP": (b"RIFF\0\0\0\0WEBPVP8 ", "a picture", TYPE),
    "a phone's photograph": (b"\0\0\0\x18ftypheic" + b"\0" * 9, "a picture", TYPE),
    "TIFF": (b"II*\0" + b"\0" * 99, "a picture", TYPE),
    "BMP": (b"BM\x36\0\0\0\0\0" + b"\0" * 99, "a picture", TYPE),
    "a film": (b"\0\0\0\x20ftypisom" + b"\0" * 9, "a program, sound or film", TYPE),
    "a program": (b"MZ\x90\0" + b"\0" * 99, "a program, sound or film", TYPE),
    "zip": ({"住保中心.xlsx": b"PK"}, "a packed folder (zip)", UNPACK),
    "an empty zip": (b"PK\5\6" + b"\0" * 18, "a packed folder (zip)", UNPACK),
    "rar": (b"Rar!\x1a\x07\x01\0" + b"\0" * 9, "a packed folder (rar", UNPACK),
    "7z": (b"7z\xbc\xaf\x27\x1c" + b"\0" * 9, "a packed folder (rar", UNPACK),
    "gzip": (b"\x1f\x8b\x08" + b"\0" * 9, "a packed folder (rar", UNPACK),
    "tar": (b"a.xlsx".ljust(257, b"\0") + b"ustar\x0000" + b"\0" * 50, "a packed folder (rar", UNPACK),
    "xls": (stream("Workbook"), "an old .xls or .et file", SAVE),
    "xls of 1995": (b"\x09\x08\x08\0\0\x05" + b"\0" * 99, "an old .xls or .et file", SAVE),
    "xlsb": (TYPES | {"xl/workbook.bin": "x"}, "a binary workbook (.xlsb)", SAVE),
    "ods": ({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": "<x/>"}, "(.ods, .odt)", SAVE),
    "flat ods": (
        b'<?xml version="1.0"?><office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0">', "(.ods, .odt)", SAVE
    ),
    "with a password": (stream("EncryptedPackage"), "protected by a password", "take the password off"),
    "an e-mail": (LETTER.encode(), "an e-mail", "save what is attached"),
    "an e-mail of Outlook": (stream("__substg1.0_0037001F"), "an e-mail", "save what is attached"),
    "a database": (b"SQLite format 3\0" + b"\0" * 99, "a database", TYPE),
    "neither": (b"\xff\xff\x00\x80" * 500, "neither UTF-8 nor GB18030", "--encoding"),
    "half a workbook": (b"PK\3\4" + b"\0" * 300, "damaged", "save it again"),
}  # fmt: skip
"""By name: the content, what it is called, and what to do."""


def written(path, content):
    if isinstance(content, dict):
        return packed(path, content)
    path.write_bytes(content)
    return path


@pytest.mark.parametrize("kind", KINDS)
def test_a_file_is_called_what_it_is_with_what_to_do(anju, shared, tmp_path, kind):
    content, called, advice = KINDS[kind]
    came = came_of(anju, shared, written(tmp_path / "上报.xlsx", content), "-u", "hsc", "-q", "Q2")
    assert (came.code, came.states, list(came.refused)) == (1, ("returned",), [None])
    assert called in came.refused[None] and advice in came.refused[None]


@pytest.mark.parametrize("kind", ["Word", "HTML", "2003 XML", "PDF", "xls", "xlsb", "ods", "with a password"])
def test_every_importer_calls_it_so(anju, shared, tmp_path, kind):
    content, called, _advice = KINDS[kind]
    path = written(tmp_path / "list.xlsx", content)
    assert called in anju(f"projects import {path} --dry-run --db {shared}", code=1).err
    assert called in anju(f"reconcile {path} {path} --key 编号", code=1).err


@pytest.mark.parametrize("ending", ["xlsx", "csv", "xls", "et", "doc", "XLSX", "xlsx.bak"])
def test_the_name_says_nothing_of_what_it_is(anju, shared, tmp_path, ending):
    assert came_of(anju, shared, xlsx(tmp_path / f"f.{ending}", figure(600))).booked == {"raise": 600}


# -- what says nothing -------------------------------------------------------------------------------------------------

NOTHING = {
    "~$住保中心.xlsx": (b"\x06tester" + b" " * 48, "is it still open there"),
    ".~住保中心.et": (b"x", "is it still open there"),
    ".~lock.住保中心.xlsx#": (b",user,host,09.07.2020 10:00,file:///home;", "is it still open there"),
    "empty.xlsx": (b"", "empty"),
    "empty.csv": (b"\xef\xbb\xbf\r\n", "empty"),
    "blank.txt": (b" \n\t\n", "empty"),
    "lost.xlsx": (b"\0" * 20_000, "empty"),
    "._住保中心.xlsx": (b"\0\x05\x16\x07\0\2\0\0Mac OS X", "leaves such a file"),
    "Thumbs.db": (OLE, "leaves such a file"),
    "notes.csv": ("联系人,电话\n甲,1\n".encode(), "no table was found"),
}


@pytest.mark.parametrize("name", NOTHING)
def test_what_says_nothing_is_no_receipt(office, tmp_path, name):
    content, said = NOTHING[name]
    (tmp_path / name).write_bytes(content)
    alone = office("progress import -u hsc -q Q2 --received 7-9", str(tmp_path / name), code=1)
    assert said in alone.out + alone.err
    real = table(tmp_path / "f.csv", [HEAD, ["raise", "", 600, 600, "x"]])
    beside = office("progress import -u hsc -q Q2 --received 7-14", str(tmp_path / name), str(real))
    assert name in beside.err and said in beside.err
    received = {row["item"]: row["first_received"] for row in office("report unit hsc -q Q2 --json").json["returns"]}
    assert received["raise"] == "2020-07-14"


# -- what is read ------------------------------------------------------------------------------------------------------


def test_strict_open_xml_is_read(anju, shared, tmp_path):
    strict = parts(figure(600))
    for usual, other in STRICT.items():
        strict = {name: text.replace(usual, other) for name, text in strict.items()}
    assert came_of(anju, shared, packed(tmp_path / "f.xlsx", strict)).booked == {"raise": 600}


@pytest.fixture(scope="module")
def saved(tmp_path_factory):
    """The same return as LibreOffice saves it, by ending."""
    needed("soffice")
    folder = tmp_path_factory.mktemp("saved")
    rows = [of(), HEAD, ["raise", None, 600, 600, "第一行\n第二行"], ["supply", None, "=100+200", 300, "甲, 乙; 丙"]]
    made = workbook(folder / "住保中心.xlsx", rows)
    forms = ("xlsx", "xls", "csv:Text - txt - csv (StarCalc):44,34,76", "ods", "fods", "html", "pdf")
    return {(ending := form.partition(":")[0]): soffice(made, form, folder / ending) for form in forms}


@pytest.mark.office
@pytest.mark.parametrize("ending", ["xlsx", "csv"])
def test_what_libreoffice_saves_is_read(anju, shared, saved, ending):
    assert came_of(anju, shared, saved[ending]).booked == {"raise": 600, "supply": 300}


@pytest.mark.office
@pytest.mark.parametrize(
    ("ending", "called"),
    [("xls", "an old .xls"), ("ods", ".ods"), ("fods", ".ods"), ("html", "a web page"), ("pdf", "a PDF")],
)
def test_what_libreoffice_saves_otherwise_is_called_what_it_is(anju, shared, saved, ending, called):
    assert called in came_of(anju, shared, saved[ending], "-u", "hsc", "-q", "Q2").refused[None]


@pytest.mark.parametrize(
    "fill", ["<fill/>", "<fill></fill>", "<fill><gradientFill/></fill>", "<fill><patternFill/></fill>"]
)
def test_nothing_readable_is_called_damaged(anju, shared, tmp_path, fill):
    made = parts(Page([of(), HEAD, ["raise", None, 600, None, "x"]], before='<dimension ref="A1:XFD1048576"/>'))
    made["xl/styles.xml"] = made["xl/styles.xml"].replace("<fill/>", fill)
    assert came_of(anju, shared, packed(tmp_path / "f.xlsx", made)).booked == {"raise": 600}


def test_the_limits_that_the_documents_state_are_those_that_hold():
    said = (ROOT / "docs" / "files.md").read_text(encoding="utf-8")
    millions = [f"{number // 1_000_000} million" for number in (RETURN.size, LIST.size, RETURN.unpacked, LIST.unpacked)]
    assert f"| bytes of the file | {millions[0]} | {millions[1]} |" in said
    assert f"| bytes unpacked | {millions[2]} | {millions[3]} |" in said
    assert f"| {RETURN.rows:,}; {RETURN.cells:,} | {LIST.rows:,}; {LIST.cells:,} |" in said
    assert f"of {RETURN.columns} columns" in said
