"""Workbooks as other programs write them: XML by hand, cell by cell, so that a test shows what stands in the file."""

import zipfile
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import NamedTuple
from xml.sax.saxutils import escape, quoteattr

from tests.conftest import Heard

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
STRICT = {
    MAIN: "http://purl.oclc.org/ooxml/spreadsheetml/main",
    RELATIONS: "http://purl.oclc.org/ooxml/officeDocument/relationships",
}
"""The namespaces of Strict Open XML, by those that most programs write."""


class Raw(NamedTuple):
    """A cell as XML; `@` stands for where it is."""

    xml: str


class Shown(NamedTuple):
    """A number in a number format."""

    number: object
    code: str


def formula(text: str = "1+1", result: object = None, of: str = "") -> Raw:
    """A formula, with its result, or without."""
    kind = ' t="str"' if isinstance(result, str) else ""
    value = "" if result is None else f"<v>{escape(str(result))}</v>"
    return Raw(f'<c r="@"{kind}><f{of}>{escape(text)}</f>{value}</c>')


ERROR = Raw('<c r="@" t="e"><v>#N/A</v></c>')
PICTURES = {
    "DISPIMG as text": '=DISPIMG("ID_0",1)',
    "DISPIMG": Raw('<c r="@" t="str"><f>_xlfn.DISPIMG("ID_0",1)</f><v>=DISPIMG("ID_0",1)</v></c>'),
    "a rich value": Raw('<c r="@" t="e" vm="1"><v>#VALUE!</v></c>'),
}


class Page(NamedTuple):
    """A sheet: its rows, or its rows as XML."""

    rows: Sequence[Sequence[object]] | str
    name: str = "Sheet1"
    state: str = "visible"
    merge: tuple[str, ...] = ()
    before: str = ""
    after: str = ""
    row: dict[int, str] = {}  # noqa: RUF012 - never changed
    """By number, the attributes of a row."""


def letters(column: int) -> str:
    """The letters of a column, counted from 0."""
    return (letters(column // 26 - 1) if column > 25 else "") + chr(65 + column % 26)


class _Styles:
    def __init__(self) -> None:
        self.codes: dict[str, int] = {}

    def number(self, code: str) -> int:
        return self.codes.setdefault(code, len(self.codes) + 1)

    def xml(self) -> str:
        made = "".join(f'<numFmt numFmtId="{163 + n}" formatCode={quoteattr(c)}/>' for c, n in self.codes.items())
        cells = "".join(f'<xf numFmtId="{163 + n}" applyNumberFormat="1"/>' for n in self.codes.values())
        return (
            f'<styleSheet xmlns="{MAIN}"><numFmts>{made}</numFmts><fonts count="1"><font/></fonts><fills count="1"><fill/>'
            f'</fills><borders count="1"><border/></borders><cellXfs><xf numFmtId="0"/>{cells}</cellXfs></styleSheet>'
        )


def _cell(at: str, value: object, styles: _Styles) -> str:
    if isinstance(value, Raw):
        return value.xml.replace("@", at)
    if isinstance(value, Shown):
        return f'<c r="{at}" s="{styles.number(value.code)}"><v>{value.number}</v></c>'
    if isinstance(value, (int, float)):
        return f'<c r="{at}"><v>{value!r}</v></c>'
    return f'<c r="{at}" t="inlineStr"><is><t xml:space="preserve">{escape(str(value))}</t></is></c>'


def rows_xml(
    rows: Iterable[Sequence[object]], styles: _Styles | None = None, given: dict[int, str] | None = None
) -> str:
    """Rows as XML, from the first on."""
    styles = styles or _Styles()
    return "".join(
        f'<row r="{number}" {(given or {}).get(number, "")}>'
        + "".join(_cell(f"{letters(at)}{number}", value, styles) for at, value in enumerate(row) if value is not None)
        + "</row>"
        for number, row in enumerate(rows, 1)
    )


def _sheet(page: Page, styles: _Styles) -> str:
    rows = page.rows if isinstance(page.rows, str) else rows_xml(page.rows, styles, page.row)
    merged = "".join(f'<mergeCell ref="{area}"/>' for area in page.merge)
    after = (f"<mergeCells>{merged}</mergeCells>" if merged else "") + page.after
    return (
        f'<worksheet xmlns="{MAIN}" xmlns:r="{RELATIONS}">{page.before}<sheetData>{rows}</sheetData>{after}</worksheet>'
    )


def parts(*pages: Page, book: str = "") -> dict[str, str]:
    """The parts of a workbook, by name; `book` stands before its list of sheets."""
    styles = _Styles()
    numbered = list(enumerate(pages, 1))
    sheets = {f"xl/worksheets/sheet{n}.xml": _sheet(page, styles) for n, page in numbered}
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    listed = "".join(
        f'<sheet name={quoteattr(page.name)} sheetId="{n}" state="{page.state}" r:id="rId{n}"/>' for n, page in numbered
    )
    links = "".join(
        f'<Relationship Id="rId{n}" Type="{RELATIONS}/worksheet" Target="worksheets/sheet{n}.xml"/>'
        for n, _page in numbered
    )
    return {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" ContentType='
        f'"application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{kind}.sheet.main+xml"/>'
        + "".join(f'<Override PartName="/{name}" ContentType="{kind}.worksheet+xml"/>' for name in sheets)
        + "</Types>",
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="r" Type="{RELATIONS}/officeDocument" '
        'Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}">{book}<sheets>{listed}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">{links}<Relationship Id="s" '
        f'Type="{RELATIONS}/styles" Target="styles.xml"/></Relationships>',
        **sheets,
        "xl/styles.xml": styles.xml(),
    }


def packed(path: Path, files: dict[str, str | bytes]) -> Path:
    """Parts in a zip."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return path


def xlsx(path: Path, *pages: Page, book: str = "", **more: str) -> Path:
    """A workbook."""
    return packed(path, parts(*pages, book=book) | more)


HEAD = ("任务编号", "工作任务", "本期完成", "本期末累计", "进展情况")


def of(body: str = "住房保障中心", quarter: str = "二") -> list[str | None]:
    """The row above a table that says whose it is."""
    return [f"填报单位：{body}", None, f"考核期：2020年第{quarter}季度"]


def figure(value: object) -> Page:
    """A return of one figure, in C3."""
    return Page([of(), HEAD, ["raise", None, value, None, "x"]])


class Came(NamedTuple):
    """What would come of a return."""

    code: int
    states: tuple[str, ...]
    booked: dict[str, int | None]
    """By body, item and project, where the body is not hsc; nothing unless it is adopted."""
    refused: dict[str | None, str]
    """By cell, what is wrong and what was found; in a sheet with a name of its own, with that."""
    warned: dict[str | None, str]
    told: str
    """On standard error."""


def came_of(anju: Callable[..., Heard], db: Path, path: Path, *more: str) -> Came:
    """What would come of a return, with nothing written."""
    heard = anju(f"progress import --received 7-9 --dry-run --json --db {db}", str(path), *more, code=None)
    answers = heard.json
    wrong: dict[str, dict[str | None, str]] = {"problem": {}, "conflict": {}, "warning": {}}
    for answer in answers:
        for problem in answer["problems"]:
            sheet = "" if problem["sheet"] in (None, "Sheet1") else f"{problem['sheet']}!"
            place = f"{sheet}{problem['cell']}" if problem["cell"] else None
            said = " | ".join(filter(None, (problem["what"], problem["found"], problem["expected"])))
            wrong[problem["kind"]][place] = "; ".join(filter(None, (wrong[problem["kind"]].get(place), said)))
    booked = {
        "/".join(filter(None, ("" if answer["unit"] == "hsc" else answer["unit"], row["item"], row["project"]))): row[
            "quantity"
        ]
        for answer in answers if answer["state"] == "adopted" for row in answer["rows"]
    }  # fmt: skip
    states = tuple(answer["state"] for answer in answers)
    return Came(heard.code, states, booked, wrong["problem"] | wrong["conflict"], wrong["warning"], heard.err)
