"""The sheet that a unit checks and signs, on a plan that is written in English."""

from __future__ import annotations

from typing import TYPE_CHECKING

from anju_cli.domain.history import EntryKind, takes_off
from anju_cli.i18n import speaking
from anju_cli.render import columns
from anju_cli.render.columns import ColumnOf
from anju_cli.render.page import Cell
from anju_cli.render.word.entry_cells import quantity_cell
from anju_cli.render.word.page_layout import FANG, HEI, SMALL, SONG, TITLE, PageLayout
from anju_cli.render.word.paper_tables import PaperColumn, numbered, paper_cells, paper_columns, table
from anju_cli.render.wording import english as wording
from anju_cli.render.wording import labels
from anju_cli.render.wording.quarters import quarter as named_quarter

if TYPE_CHECKING:
    from anju_cli.reports.answers.ledger import EntryRow
    from anju_cli.reports.quarter.material import Ours, UnitDossier

NUMBER = PaperColumn("No.", 10)
PITCH = 24
NOTES = 10.5


def english_confirmation(dossier: UnitDossier) -> bytes:
    """The sheet as a Word file."""
    with speaking("en"):
        return _made(dossier)


def _made(dossier: UnitDossier) -> bytes:
    report, quarter = dossier.report, named_quarter(dossier.quarter)
    title = f"{wording.subject(report.title)}, {quarter}: figures to confirm"
    sheet = PageLayout(title, across=True)
    sheet.paragraph(title, font=SONG, size=TITLE - 4, across="center", pitch=34)
    _line(
        sheet,
        f"Unit: {report.name}   Figures as of {wording.full(dossier.until)}   "
        f"Returns as of {wording.full(report.as_of)}",
    )
    _line(
        sheet,
        f"Below is what {dossier.issuer} has recorded of your reports. Please check each line, write “agreed” or "
        "“not agreed, should be …” in the last column, sign, and send the sheet back. What is missing, please report.",
    )
    _heading(sheet, "1. Figures recorded")
    rows = _row_columns(several=len({row.body for row in dossier.rows}) > 1)
    cells = numbered(paper_cells(rows, row) for row in dossier.rows)
    table(sheet, [NUMBER, *paper_columns(rows)], cells, empty="none")
    _heading(sheet, "2. Entries")
    entries = _entry_columns(dossier)
    table(sheet, paper_columns(entries), [paper_cells(entries, row) for row in dossier.entries], empty="none")
    ledger = report.ledger
    held = (
        "nothing is filed yet"
        if ledger.last_filing is None
        else f"the ledger had come to filing {ledger.last_filing}, receipt {ledger.receipt}"
    )
    notes = (
        "Notes: 1. Cumulative = brought forward + this quarter, of your own reports alone. 2. Corrections, reductions "
        f"and voids stand by themselves; what was recorded is kept. 3. When this was printed {held}."
    )
    sheet.paragraph(notes, size=NOTES, pitch=NOTES * 1.5)
    _heading(sheet, "3. Conclusion")
    _line(sheet, "□ The figures are as we have them.   □ Some are not: see the last column, with evidence.", keep=True)
    sheet.paragraph(pitch=PITCH / 2, keep=True)
    _line(sheet, "Head of the unit (signature):                    Filled in by:                    Phone:", keep=True)
    sheet.paragraph("Stamp and date:                    ", size=SMALL, across="right", pitch=PITCH)
    return sheet.content()


def _line(sheet: PageLayout, text: str, *, keep: bool = False) -> None:
    sheet.paragraph(text, font=FANG, size=SMALL - 2, across="left", pitch=PITCH, keep=keep)


def _heading(sheet: PageLayout, text: str) -> None:
    sheet.paragraph(text, font=HEI, size=SMALL, across="left", pitch=PITCH + 6, keep=True)


def _row_columns(*, several: bool) -> list[ColumnOf[Ours]]:
    return [
        columns.words("name", "Task", lambda row: _task(row, several), paper=51),
        columns.code("place", "Basis", paper=20),
        columns.code("measure", "Measure", lambda row: Cell(row.measure), paper=17),
        columns.figure("opening", "Brought forward", paper=20),
        columns.figure("quantity", "This quarter", paper=18),
        columns.figure("cumulative", "Cumulative", paper=22),
        columns.state("state", "Return", lambda row: labels.state(row.state) if row.state else "not owed", paper=22),
        columns.day("first_received", "Received", paper=22),
        columns.words("entries", "Agreed?", lambda _row: Cell(""), paper=32),
    ]


def _task(row: Ours, several: bool) -> str:
    whose = f"{row.body_name}: " if several else ""
    return whose + row.name + (f" (done {wording.full(row.done_on)})" if row.done_on else "")


def _entry_columns(dossier: UnitDossier) -> list[ColumnOf[EntryRow]]:
    levels = {row.id for row in dossier.report.targets if row.level}
    return [
        columns.code("id", "Entry", paper=14),
        columns.words("item", "Task", lambda row: dossier.item_names.get(row.item, (row.item, row.item))[1], paper=42),
        columns.day("on", "Happened", paper=22),
        columns.day("received_on", "Received", paper=22),
        columns.figure("quantity", "Quantity", lambda row: quantity_cell(row, levels, "words"), sign=True, paper=18),
        columns.state("kind", "Kind", _kind, paper=20),
        columns.words("note", "Words", _words, paper=56),
        columns.words("evidence", "Evidence", paper=33),
    ]


def _kind(row: EntryRow) -> str:
    falls = row.kind == "report" and takes_off(row.quantity, row.stated_total)
    return "reduction" if falls else EntryKind(row.kind).value


def _words(row: EntryRow) -> Cell:
    corrected = f"corrects entry {row.corrects}: " if row.corrects else ""
    followed = f" (corrected by entry {row.corrected_by})" if row.corrected_by else ""
    return Cell(corrected + "; ".join(filter(None, [row.note, row.reason])) + followed)
