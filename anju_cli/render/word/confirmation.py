"""核对单: what the ledger holds of a unit's reports for a quarter, on a sheet that the unit checks and signs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from anju_cli.domain.history import EntryKind, takes_off
from anju_cli.render import columns
from anju_cli.render.columns import ColumnOf
from anju_cli.render.page import Cell
from anju_cli.render.word.english_confirmation import english_confirmation
from anju_cli.render.word.entry_cells import quantity_cell
from anju_cli.render.word.page_layout import FANG, HEI, SMALL, SONG, TITLE, PageLayout
from anju_cli.render.word.paper_tables import NUMBER, numbered, paper_cells, paper_columns, table
from anju_cli.render.wording import labels
from anju_cli.render.wording import papers as wording
from anju_cli.render.wording.speech import ENGLISH, speech_of

if TYPE_CHECKING:
    from anju_cli.reports.answers.ledger import EntryRow
    from anju_cli.reports.quarter.material import Ours, UnitDossier

PITCH = 24
NOTES = 10.5


def confirmation(dossier: UnitDossier) -> bytes:
    """The sheet as a Word file, in the language of the plan."""
    if speech_of(dossier.report.title) is ENGLISH:
        return english_confirmation(dossier)
    report = dossier.report
    quarter = wording.official(labels.quarter, dossier.quarter)
    subject = wording.subject(report.title)
    sheet = PageLayout(f"{subject}{quarter}工作进展数据核对单", across=True)
    sheet.paragraph(f"{subject}{quarter}工作进展数据核对单", font=SONG, size=TITLE - 2, across="center", pitch=34)
    _line(
        sheet,
        f"核对单位：{report.name}　　考核期：{report.year}年{quarter}　　数据截至：{wording.full(dossier.until)}"
        f"　　报送情况截至：{wording.full(report.as_of)}",
    )
    _line(
        sheet,
        f"以下为{wording.office(wording.group(dossier.issuer))}根据你单位报送材料登记的数据，请逐项核对，在“核对意见”栏填写“一致”或者“不一致，应为……”，"
        "签字盖章后退回。尚未报送的，请一并补报。",
    )
    _heading(sheet, "一、登记数据")
    several = len({row.body for row in dossier.rows}) > 1
    rows = _row_columns(several)
    table(sheet, [NUMBER, *paper_columns(rows)], numbered(paper_cells(rows, row) for row in dossier.rows))
    _heading(sheet, "二、进度记录")
    entries = _entry_columns(dossier)
    table(sheet, paper_columns(entries), [paper_cells(entries, row) for row in dossier.entries])
    ledger = report.ledger
    held = (
        "台账尚无报送件。"
        if ledger.last_filing is None
        else (f"台账登记至第{ledger.last_filing}号报送件，回执码{ledger.receipt}。")
    )
    sheet.paragraph(
        f"注：1．本期末累计=上期末累计+本期完成，均为你单位自身报送数。2．更正、核减、作废单列，原记录保留。3．{held}",
        size=NOTES,
        pitch=NOTES * 1.5,
    )
    _heading(sheet, "三、核对结论")
    _line(sheet, "□ 以上数据与我单位实际一致。　　□ 有不一致之处，已在表中注明，并附说明及佐证材料。", keep=True)
    sheet.paragraph(pitch=PITCH / 2, keep=True)
    _line(sheet, "单位负责人（签字）：　　　　　　　　填表人：　　　　　　　　联系电话：", keep=True)
    sheet.paragraph("单位（盖章）　　　　　　", size=SMALL, across="right", pitch=PITCH, keep=True)
    sheet.paragraph("年　　月　　日　　", size=SMALL, across="right", pitch=PITCH)
    return sheet.content()


def _line(sheet: PageLayout, text: str, *, keep: bool = False) -> None:
    sheet.paragraph(text, font=FANG, size=SMALL, across="left", pitch=PITCH, keep=keep)


def _heading(sheet: PageLayout, text: str) -> None:
    sheet.paragraph(text, font=HEI, size=SMALL, across="left", pitch=PITCH + 6, keep=True)


def _row_columns(several: bool) -> list[ColumnOf[Ours]]:
    """The columns of what is held of a unit's tasks; of several bodies, each names its own."""
    return [
        columns.words("name", "工作任务", lambda row: _task(row, several), paper=45),
        columns.code("place", "方案依据", lambda row: wording.wide(row.place) if row.place else None, paper=22),
        columns.code("measure", "计量单位", lambda row: Cell(row.measure), paper=12),
        columns.figure("opening", "上期末累计", paper=20),
        columns.figure("quantity", "本期完成", paper=18),
        columns.figure("cumulative", "本期末累计", paper=20),
        columns.state(
            "state",
            "报送情况",
            lambda row: wording.official(labels.state, row.state) if row.state else "非应报",
            paper=22,
        ),
        columns.day("first_received", "收到日期", paper=22),
        columns.words("entries", "核对意见", lambda _row: Cell(""), paper=34),
    ]


def _task(row: Ours, several: bool) -> str:
    """A task's name, after whose it is where several bodies confirm; of a milestone that is done, since when."""
    whose = f"{row.body_name}：" if several else ""
    return whose + row.name + (f"（{wording.full(row.done_on)}完成）" if row.done_on else "")


def _entry_columns(dossier: UnitDossier) -> list[ColumnOf[EntryRow]]:
    """The columns of the entries that stand behind them; of a level, where it stood."""
    levels = {row.id for row in dossier.report.targets if row.level}
    return [
        columns.code("id", "记录号", paper=14),
        columns.words(
            "item", "工作任务", lambda row: dossier.item_names.get(row.item, (row.item, row.item))[0], paper=42
        ),
        columns.day("on", "发生日期", paper=21),
        columns.day("received_on", "收到日期", paper=21),
        columns.figure("quantity", "数量", lambda row: quantity_cell(row, levels, "文字"), sign=True, paper=18),
        columns.state("kind", "类别", _kind, paper=14),
        columns.words("note", "说明", _words, paper=60),
        columns.words("evidence", "佐证材料", paper=35),
    ]


def _kind(row: EntryRow) -> str:
    falls = row.kind == "report" and takes_off(row.quantity, row.stated_total)
    return "核减" if falls else EntryKind(row.kind).words[0]


def _words(row: EntryRow) -> Cell:
    corrected = f"更正第{row.corrects}号：" if row.corrects else ""
    followed = f"（由第{row.corrected_by}号更正）" if row.corrected_by else ""
    return Cell(corrected + "；".join(filter(None, [row.note, row.reason])) + followed)
