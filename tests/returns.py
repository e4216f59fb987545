"""Returns as units send them: the template filled in, tables of their own making, and hostile files."""

import csv
import io
import re
import subprocess
import zipfile
from pathlib import Path

import openpyxl

from tests.conftest import needed

HEAD = ["任务编号", "工作任务", "上期末累计", "本期完成", "本期末累计", "进展情况"]


OFFICIAL = {
    "A": "序号", "B": "任务编号", "C": "工作任务", "F": "计量单位", "G": "年度目标", "I": "上期末累计", "J": "本期完成",
    "K": "本期末累计", "L": "完成率", "M": "进展情况", "N": "存在问题", "O": "下一步措施", "P": "预计完成日期",
    "P2": "完成日期", "Q": "佐证材料", "R": "责任人", "S": "备注", "T": "校验",
}  # fmt: skip
"""The columns of the form as the office numbers them; where each stands is told by its head."""
OF_PROJECTS = {"B": "项目编码", "C": "项目名称", "H": "指标", "J": "上期末累计", "K": "本期完成", "L": "本期末累计"}
"""Those of its list of projects."""


def columns_of(sheet) -> dict[str, str]:
    """By the head of a column of a form, without its brackets, the letter by which formulas call it."""
    return {re.sub(r"\s|[(（].*", "", cell.value): cell.column_letter for cell in sheet[3] if cell.value}


def at(sheet, official: str, line: int):
    """The cell of a form that stands in one of the office's columns."""
    heads = OF_PROJECTS if sheet.title == "项目明细" else OFFICIAL
    return sheet[f"{columns_of(sheet)[heads[official]]}{line}"]


def filled(form: Path, into: Path, rows: dict[str, dict[str, object]], projects: list[dict[str, object]] = ()) -> Path:
    """A template as a clerk fills it in: by task and by the office's letter of a column."""
    book = openpyxl.load_workbook(form)
    sheet = book["进展情况"]
    found = {sheet.cell(line, 2).value: line for line in range(4, sheet.max_row + 1)}
    for item, cells in rows.items():
        for letter, value in cells.items():
            cell = at(sheet, letter, found[item])
            cell.value = value
            if isinstance(value, str):
                cell.data_type = "s"
    for line, cells in enumerate(projects, 4):
        for letter, value in cells.items():
            at(book["项目明细"], letter, line).value = value
    book.save(into)
    return into


def workbook(path: Path, rows: list[list[object]], *, merge: tuple[str, ...] = (), sheet: str = "Sheet1") -> Path:
    """A table of a unit's own making."""
    book = openpyxl.Workbook()
    page = book.active
    page.title = sheet
    for row in rows:
        page.append(row)
    for area in merge:
        page.merge_cells(area)
    book.save(path)
    return path


def table(path: Path, rows: list[list[object]], encoding: str = "utf-8") -> Path:
    """The same as CSV."""
    path.write_bytes(csv_text(rows).encode(encoding))
    return path


def csv_text(rows: list[list[object]]) -> str:
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    return out.getvalue()


SHEET = (
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{}</sheetData></worksheet>'
)
_PARTS = {
    "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override '
    'PartName="/xl/worksheets/sheet1.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>',
    "_rels/.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship '
    'Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
    'Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="A" sheetId="1" '
    'r:id="r1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" '
    'Target="worksheets/sheet1.xml"/></Relationships>',
}


def raw_workbook(path: Path, sheet: object, **parts: str) -> Path:
    """A workbook of the fewest parts, with a sheet as given: text, or pieces of it to be written one after another."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in (_PARTS | parts).items():
            archive.writestr(name, text)
        with archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as file:
            for piece in [sheet] if isinstance(sheet, str) else sheet:
                file.write(piece.encode())
    return path


def cells_bomb():
    """Ten million cells in a few kilobytes."""
    start, end = SHEET.split("{}")
    yield start
    row = "<row>" + "<c><v>1</v></c>" * 1000 + "</row>"
    for _turn in range(10_000):
        yield row
    yield end


def soffice(path: Path, form: str, into: Path) -> Path:
    """A file as LibreOffice saves it; skipped, visibly, where there is none, unless everything is required."""
    program = needed("soffice")
    into.mkdir(exist_ok=True)
    profile = f"-env:UserInstallation={(into / 'profile').as_uri()}"
    done = subprocess.run(
        [program, "--headless", profile, "--convert-to", form, "--outdir", str(into), str(path)],
        capture_output=True,
    )  # fmt: skip
    made = into / f"{path.stem}.{form.partition(':')[0]}"
    assert made.exists(), done.stderr
    return made
