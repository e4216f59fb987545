"""Tables in official papers: heads repeat on every page, rows are not broken, cells do not follow the grid of lines."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple, TypeVar

from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.table import Table, _Cell, _Row

from anju_cli.render.columns import ColumnOf
from anju_cli.render.page import ColumnKind
from anju_cli.render.word.page_layout import ACROSS, FANG, HEI, PageLayout, off_the_grid
from anju_cli.render.wording.papers import said

SIZE = 10.5
"""5号, in points."""


class PaperColumn(NamedTuple):
    """A column: its head, its width in millimetres, and how its cells stand."""

    title: str
    width: float
    across: str = "center"


NUMBER = PaperColumn("序号", 10)
Row = TypeVar("Row")
_STANDS = {ColumnKind.WORDS: "left", ColumnKind.FIGURE: "right"}


def paper_columns(described: Sequence[ColumnOf[Row]], own: Mapping[str, str] | None = None) -> list[PaperColumn]:
    """Of the columns of a table, those that a paper shows; heads that it words otherwise are its `own`, by key."""
    shown = [column for column, _cell in described if column.paper]
    return [
        PaperColumn((own or {}).get(column.key, column.title), column.paper, _STANDS.get(column.kind, "center"))
        for column in shown
    ]


def paper_cells(
    described: Sequence[ColumnOf[Row]], row: Row, own: Mapping[str, Callable[[Row], object]] | None = None
) -> list[object]:
    """The cells of a row as a paper shows them; those that it words otherwise are its `own`, by key."""
    others = own or {}
    shown = [column for column in described if column.column.paper]
    return [others[column.key](row) if column.key in others else cell(row).text for column, cell in shown]


def numbered(rows: Iterable[list[object]]) -> list[list[object]]:
    """Rows with their numbers in front."""
    return [[number, *row] for number, row in enumerate(rows, 1)]


def table(
    sheet: PageLayout,
    columns: Sequence[PaperColumn],
    rows: Sequence[Sequence[object]],
    size: float = SIZE,
    empty: str = "无",
) -> None:
    """A table with its head; without rows it says so."""
    made = sheet.document.add_table(rows=1, cols=len(columns), style="Table Grid")
    made.alignment = WD_TABLE_ALIGNMENT.CENTER
    made.autofit = False
    _inside(made)
    for place, column in enumerate(columns):
        made.columns[place].width = Mm(column.width)
        _cell(sheet, made.rows[0].cells[place], column, column.title, size, HEI, across="center")
    _flag(made.rows[0], "w:tblHeader")
    _flag(made.rows[0], "w:cantSplit")
    for row in rows or [[empty, *[""] * (len(columns) - 1)]]:
        cells = made.add_row()
        _flag(cells, "w:cantSplit")
        for cell, column, value in zip(cells.cells, columns, row, strict=True):
            text = "" if value == "" else said(value)
            _cell(sheet, cell, column, text, size, FANG, across=column.across)


def _cell(
    sheet: PageLayout, cell: _Cell, column: PaperColumn, text: str, size: float, font: str, *, across: str
) -> None:
    cell.width = Mm(column.width)
    cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
    paragraph = cell.paragraphs[0]
    paragraph.alignment = ACROSS[across]
    form = paragraph.paragraph_format
    form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(size * 1.4)
    off_the_grid(paragraph)
    if text:
        sheet.run(paragraph, text, font, size)


def _inside(made: Table) -> None:
    """Narrow margins in the cells: there is little room for many columns."""
    properties = made._tbl.tblPr
    margins = OxmlElement("w:tblCellMar")
    for side, width in (("top", 30), ("left", 50), ("bottom", 30), ("right", 50)):
        margin = OxmlElement(f"w:{side}")
        margin.set(qn("w:w"), str(width))
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    look = properties.find(qn("w:tblLook"))
    if look is None:
        properties.append(margins)
    else:
        look.addprevious(margins)


def _flag(row: _Row, name: str) -> None:
    flag = OxmlElement(name)
    flag.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(flag)
