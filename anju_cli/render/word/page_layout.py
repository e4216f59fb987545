"""The layout of official papers, GB/T 9704-2012: A4, text block 156 by 225 mm, 22 lines of 28 characters.

Fonts are named, never carried along: the reader's machine has them.
"""

from datetime import datetime
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_COLOR_INDEX, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.section import Section
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from anju_cli.domain.grammar import printable

SONG, FANG, KAI, HEI = "方正小标宋简体", "仿宋_GB2312", "楷体_GB2312", "黑体"
NUMERALS = "宋体"
"""Of page numbers."""
BODY, TITLE, SMALL = 16.0, 22.0, 14.0
"""3号, 2号 and 4号, in points."""
PITCH = 28.95
"""Line pitch: 225 mm over 22 lines, in points."""
GRID = 579
"""The same in twentieths of a point."""
PLACEHOLDER = ("【", "】", "×")
MADE = datetime(1980, 1, 1)


class PageLayout:
    """A document that is being made."""

    def __init__(self, title: str, *, across: bool = False) -> None:
        self.document = Document()
        self._style()
        self._properties(title)
        self.document.settings.odd_and_even_pages_header_footer = True
        section = self.document.sections[0]
        _page(section, across=across)
        _page_numbers(section)
        for paragraph in list(self.document.paragraphs):
            paragraph._element.getparent().remove(paragraph._element)

    def _style(self) -> None:
        style = self.document.styles["Normal"]
        style.font.size = Pt(BODY)
        _fonts(style.element.get_or_add_rPr(), FANG)
        form = style.paragraph_format
        form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(PITCH)
        form.space_before = form.space_after = Pt(0)
        form.widow_control = False
        properties = style.element.get_or_add_pPr()
        for name in ("w:autoSpaceDE", "w:autoSpaceDN"):  # no gap between Chinese and figures: 28 characters to a line
            off = OxmlElement(name)
            off.set(qn("w:val"), "0")
            properties.insert_element_before(off, *_AFTER_SPACE)

    def _properties(self, title: str) -> None:
        about = self.document.core_properties
        about.title, about.author, about.comments = printable(title)[:255], "anju", ""
        about.created = about.modified = MADE
        about.last_modified_by, about.language = "anju", "zh-CN"

    def paragraph(
        self,
        text: str = "",
        *,
        font: str = FANG,
        size: float = BODY,
        across: str = "justify",
        indent: float = 0,
        right: float = 0,
        hanging: float = 0,
        pitch: float | None = None,
        new_page: bool = False,
        keep: bool = False,
    ) -> Paragraph:
        """A paragraph; `indent`, `right` and `hanging` are in characters of its own size."""
        made = self.document.add_paragraph()
        made.alignment = ACROSS[across]
        made.paragraph_format.page_break_before = new_page or None
        made.paragraph_format.keep_with_next = keep or None
        if pitch is not None:
            made.paragraph_format.line_spacing = Pt(pitch)
            off_the_grid(made)
        if indent or right or hanging:
            _indent(made, indent, right, hanging, size)
        if text:
            self.run(made, text, font, size)
        return made

    def run(self, paragraph: Paragraph, text: str, font: str = FANG, size: float = BODY, bold: bool = False) -> None:
        """A text in a font; where something is still to be filled in, it is marked yellow."""
        for piece, missing in _pieces(printable(text)):
            made = paragraph.add_run(piece)
            made.font.size, made.font.bold = Pt(size), bold or None
            _fonts(made._element.get_or_add_rPr(), font)
            if missing:
                made.font.highlight_color = WD_COLOR_INDEX.YELLOW

    def section(self, *, across: bool) -> None:
        """A new page from here on, upright or across."""
        _page(self.document.add_section(WD_SECTION.NEW_PAGE), across=across)

    def content(self) -> bytes:
        """The document as a file: the same paper is the same file, byte for byte."""
        made, fixed = BytesIO(), BytesIO()
        self.document.save(made)
        with ZipFile(made) as old, ZipFile(fixed, "w", ZIP_DEFLATED) as new:
            for name in old.namelist():
                new.writestr(ZipInfo(name, MADE.timetuple()[:6]), old.read(name), ZIP_DEFLATED)
        return fixed.getvalue()


_AFTER_SPACE = ("w:bidi", "w:adjustRightInd", "w:snapToGrid", "w:spacing", "w:ind", "w:jc", "w:rPr")
_AFTER_GRID = ("w:spacing", "w:ind", "w:contextualSpacing", "w:mirrorIndents", "w:suppressOverlap", "w:jc", "w:rPr")
ACROSS = {
    "justify": WD_ALIGN_PARAGRAPH.JUSTIFY,
    "left": WD_ALIGN_PARAGRAPH.LEFT,
    "center": WD_ALIGN_PARAGRAPH.CENTER,
    "right": WD_ALIGN_PARAGRAPH.RIGHT,
}


def off_the_grid(paragraph: Paragraph) -> None:
    """Let a paragraph have a line pitch of its own: on the grid, small letters would stand 29 points apart."""
    grid = OxmlElement("w:snapToGrid")
    grid.set(qn("w:val"), "0")
    paragraph._element.get_or_add_pPr().insert_element_before(grid, *_AFTER_GRID)


def _fonts(properties: BaseOxmlElement, name: str) -> None:
    """Name a font for Chinese and for everything else: Word looks them up apart."""
    fonts = properties.find(qn("w:rFonts"))
    if fonts is None:
        fonts = OxmlElement("w:rFonts")
        properties.insert(0, fonts)
    for kind in ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"):
        fonts.set(qn(kind), name)
    for kind in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
        fonts.attrib.pop(qn(kind), None)


def _indent(paragraph: Paragraph, indent: float, right: float, hanging: float, size: float) -> None:
    """Indents in characters, as Word counts them, and in points for programs that do not."""
    kind = paragraph._element.get_or_add_pPr().get_or_add_ind()
    if hanging:
        _both(kind, "left", indent + hanging, size)
        _both(kind, "hanging", hanging, size)
    elif indent:
        _both(kind, "firstLine", indent, size)
    if right:
        _both(kind, "right", right, size)


def _both(kind: BaseOxmlElement, name: str, characters: float, size: float) -> None:
    kind.set(qn(f"w:{name}Chars"), str(round(characters * 100)))
    kind.set(qn(f"w:{name}"), str(round(characters * size * 20)))


def _pieces(text: str) -> list[tuple[str, bool]]:
    """A text in pieces, and which of them are places still to be filled in: 【…】 and words with ×."""
    opening, closing, blank = PLACEHOLDER
    pieces: list[tuple[str, bool]] = []
    rest = text
    while rest:
        start = rest.find(opening)
        end = rest.find(closing, start)
        if start < 0 or end < 0:
            pieces.append((rest, False))
            break
        pieces += [(rest[:start], False), (rest[start : end + 1], True)]
        rest = rest[end + 1 :]
    if len(pieces) == 1 and blank in text:
        pieces = [(text, True)] if len(text) < 24 else pieces
    return [piece for piece in pieces if piece[0]]


def _page(section: Section, *, across: bool) -> None:
    """A4 with the margins of the standard; across, the head of the page lies towards the binding."""
    upright = {"top": 37, "bottom": 35, "left": 28, "right": 26}
    turned = {"top": 28, "bottom": 26, "left": 37, "right": 35}
    section.orientation = WD_ORIENT.LANDSCAPE if across else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = (Mm(297), Mm(210)) if across else (Mm(210), Mm(297))
    for side, width in (turned if across else upright).items():
        setattr(section, f"{side}_margin", Mm(width))
    section.header_distance = Mm(15)
    section.footer_distance = Mm(12 if across else 22)
    properties = section._sectPr
    for old in properties.findall(qn("w:docGrid")):
        properties.remove(old)
    grid = OxmlElement("w:docGrid")
    grid.set(qn("w:type"), "lines")
    grid.set(qn("w:linePitch"), str(GRID))
    properties.append(grid)


def _page_numbers(section: Section) -> None:
    """— 1 —, outside: to the right on odd pages, to the left on even ones, one character in."""
    for footer, across in ((section.footer, "right"), (section.even_page_footer, "left")):
        paragraph = footer.paragraphs[0]
        paragraph.alignment = ACROSS[across]
        kind = paragraph._element.get_or_add_pPr().get_or_add_ind()
        _both(kind, across, 1, SMALL)
        for text, field in (("— ", ""), ("", "PAGE"), (" —", "")):
            run = paragraph.add_run(text)
            run.font.size = Pt(SMALL)
            _fonts(run._element.get_or_add_rPr(), NUMERALS)
            if field:
                _field(run, field)


def _field(run: Run, code: str) -> None:
    for kind, text in (("begin", ""), ("", code), ("separate", ""), ("text", "1"), ("end", "")):
        if kind == "text":
            made = OxmlElement("w:t")
            made.text = text
        elif kind:
            made = OxmlElement("w:fldChar")
            made.set(qn("w:fldCharType"), kind)
        else:
            made = OxmlElement("w:instrText")
            made.text = text
        run._element.append(made)
