"""The bulletin (通报) on a quarter, or the report (报告) upwards: text by template, three tables."""

from __future__ import annotations

import textwrap
from collections.abc import Callable
from typing import TYPE_CHECKING

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.table import Table

from anju_cli.domain.grammar import is_chinese
from anju_cli.domain.reviews import check_over
from anju_cli.errors import Refused
from anju_cli.i18n import _
from anju_cli.render.word.annexes import add_annexes
from anju_cli.render.word.bulletin_text import Paragraph, paragraphs
from anju_cli.render.word.page_layout import ACROSS, FANG, HEI, KAI, SMALL, SONG, TITLE, PageLayout, off_the_grid

if TYPE_CHECKING:
    from anju_cli.render.paper import Paper
    from anju_cli.reports.quarter.material import QuarterDossier

IMPRINT = ("抄送", "印发")
SHORTEST = 4
"""How many characters a line of the title has at least where it is broken before a quarter."""
KEPT = 9
"""How many paragraphs at the end of the text stay on one page: the standard wants no signature alone on its page."""


def bulletin(source: tuple[QuarterDossier, Paper]) -> bytes:
    """The paper as a Word file."""
    dossier, paper = source
    if (unit := dossier.report.unit) is not None:
        hint = _("for one unit: anju report unit {unit} --quarter Q2 -o FILE.docx").format(unit=unit)
        raise Refused(_("a bulletin is on all units"), got=unit, hint=hint)
    check_over(dossier.report.quarter, dossier.report.period.end, dossier.report.as_of)
    text = paragraphs(dossier, paper)
    title = next((paragraph.text for paragraph in text if paragraph.kind == "标题"), dossier.report.title)
    sheet = PageLayout(title)
    imprint = [paragraph for paragraph in text if paragraph.kind in IMPRINT]
    attached = False
    for paragraph in text:
        if paragraph.kind == "附件":
            _attachment(sheet, paragraph.text, first=not attached)
            attached = True
        elif paragraph.kind not in IMPRINT:
            WRITERS.get(paragraph.kind, _body)(sheet, paragraph.text)
    _keep_signature(sheet)
    add_annexes(sheet, dossier)
    _imprint(sheet, imprint)
    return sheet.content()


def _number(sheet: PageLayout, text: str) -> None:
    sheet.paragraph(text, across="center")
    sheet.paragraph()


def _title(sheet: PageLayout, text: str) -> None:
    sheet.paragraph()
    for line in broken(text):
        sheet.paragraph(line, font=SONG, size=TITLE, across="center", pitch=36)


def broken(title: str, longest: int = 20) -> list[str]:
    """A title in lines that are not too long and nearly equal, broken before a word such as 考核 where it can be."""
    if not is_chinese(title):
        return textwrap.wrap(title, 2 * longest)
    if len(title) <= longest:
        return [title]
    places = [title.find(word) for word in ("第", "考核", "工作") if title.find(word) > 0]
    middle = len(title) / 2
    fitting = [place for place in places if max(place, len(title) - place) <= longest]
    place = min(fitting, key=lambda at: abs(at - middle), default=min(longest, -(-len(title) // 2)))
    place = _outside_brackets(title, place)
    return [title[:place], *broken(title[place:], longest)]


def _outside_brackets(title: str, place: int) -> int:
    """Where a title is broken so that the months of a quarter are not: before the quarter, or behind its months."""
    opens, closes = title.rfind("季度（", 0, place), title.find("）", place)
    if opens < 0 or not 0 < closes < len(title) - 1 or "）" in title[opens:place]:
        return place
    quarter = title.rfind("第", 0, opens)
    return quarter if quarter > SHORTEST else closes + 1


def _draft(sheet: PageLayout, text: str) -> None:
    sheet.paragraph(text, font=KAI, across="center", pitch=36)


def _recipients(sheet: PageLayout, text: str) -> None:
    sheet.paragraph()
    sheet.paragraph(text, across="left")


def _section(sheet: PageLayout, text: str) -> None:
    sheet.paragraph(text, font=HEI, indent=2, keep=True)


def _body(sheet: PageLayout, text: str) -> None:
    """A paragraph of the body; the heading of a point is in another hand."""
    made = sheet.paragraph(indent=2)
    head, stop, rest = text.partition("。")
    if text.startswith("（") and "）" in head[:4] and stop and len(head) <= 14 and rest:
        sheet.run(made, head + stop, KAI)
        sheet.run(made, rest)
    else:
        sheet.run(made, text)


def _attachment(sheet: PageLayout, text: str, *, first: bool) -> None:
    if first:
        sheet.paragraph()
        head = "附件：" if is_chinese(text) else "Annexes: "
        sheet.paragraph(head + text, across="left", indent=2, hanging=5)
    else:
        sheet.paragraph(text, across="left", indent=5, hanging=2)


def _signed(sheet: PageLayout, text: str) -> None:
    sheet.paragraph()
    sheet.paragraph()
    sheet.paragraph(text, across="right", right=2, keep=True)


def _dated(sheet: PageLayout, text: str) -> None:
    sheet.paragraph(text, across="right", right=4)


def _keep_signature(sheet: PageLayout) -> None:
    for paragraph in sheet.document.paragraphs[-KEPT:-1]:
        paragraph.paragraph_format.keep_with_next = True


WRITERS: dict[str, Callable[[PageLayout, str], None]] = {
    "文号": _number,
    "标题": _title,
    "稿别": _draft,
    "主送": _recipients,
    "一级": _section,
    "署名": _signed,
    "日期": _dated,
}


def _imprint(sheet: PageLayout, imprint: list[Paragraph]) -> None:
    """版记: copies and printing, ruled above and below, at the foot of the last page."""
    if not imprint:
        return
    made = sheet.document.add_table(rows=0, cols=2)
    made.autofit = False
    for line in imprint:
        left, _bar, right = line.text.partition("|")
        cells = made.add_row().cells
        cells[0].width, cells[1].width = Mm(96), Mm(60)
        if not right:
            cells[0].merge(cells[1])
        for cell, text, across in ((cells[0], left, "left"), (cells[1], right, "right")):
            if text:
                paragraph = cell.paragraphs[0]
                paragraph.alignment = ACROSS[across]
                paragraph.paragraph_format.line_spacing = Pt(24)
                off_the_grid(paragraph)
                sheet.run(paragraph, text, FANG, SMALL)
    _at_the_foot(made)
    sheet.paragraph(pitch=1)


def _at_the_foot(made: Table) -> None:
    """Float at the lower edge of the text block, with lines above, between and below."""
    properties = made._tbl.tblPr
    place = OxmlElement("w:tblpPr")
    for name, value in (
        ("vertAnchor", "margin"),
        ("horzAnchor", "margin"),
        ("tblpXSpec", "left"),
        ("tblpYSpec", "bottom"),
    ):
        place.set(qn(f"w:{name}"), value)
    borders = OxmlElement("w:tblBorders")
    for side, weight in (("top", "8"), ("bottom", "8"), ("insideH", "6")):
        border = OxmlElement(f"w:{side}")
        for name, value in (("val", "single"), ("sz", weight), ("space", "0"), ("color", "000000")):
            border.set(qn(f"w:{name}"), value)
        borders.append(border)
    properties.insert_element_before(place, "w:tblOverlap", "w:tblW", "w:jc", "w:tblLayout", "w:tblLook")
    properties.insert_element_before(borders, "w:shd", "w:tblLayout", "w:tblCellMar", "w:tblLook")
