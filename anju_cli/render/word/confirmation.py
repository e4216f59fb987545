"""核对单: what the ledger holds of a unit's reports for a quarter, on a sheet that the unit checks and signs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from anju_cli.render.word.layout import FANG, HEI, SMALL, SONG, TITLE, PageLayout
from anju_cli.render.word.tables import PaperColumn, table
from anju_cli.render.wording import labels
from anju_cli.render.wording import papers as wording

if TYPE_CHECKING:
    from anju_cli.reports.answers.ledger import EntryRow
    from anju_cli.reports.quarter.material import Ours, UnitDossier

PITCH = 24
NOTES = 10.5
ROWS = [
    PaperColumn("序号", 10),
    PaperColumn("工作任务", 45, "left"),
    PaperColumn("方案依据", 22),
    PaperColumn("计量单位", 12),
    PaperColumn("上期末累计", 20, "right"),
    PaperColumn("本期完成", 18, "right"),
    PaperColumn("本期末累计", 20, "right"),
    PaperColumn("报送情况", 22),
    PaperColumn("收到日期", 22),
    PaperColumn("核对意见", 34, "left"),
]
ENTRIES = [
    PaperColumn("记录号", 14),
    PaperColumn("工作任务", 42, "left"),
    PaperColumn("发生日期", 21),
    PaperColumn("收到日期", 21),
    PaperColumn("数量", 18, "right"),
    PaperColumn("类别", 14),
    PaperColumn("说明", 60, "left"),
    PaperColumn("佐证材料", 35, "left"),
]
KINDS = {"report": "报送", "correction": "更正", "void": "作废"}


def confirmation(dossier: UnitDossier) -> bytes:
    """The sheet as a Word file."""
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
        "以下为领导小组办公室根据你单位报送材料登记的数据，请逐项核对，在“核对意见”栏填写“一致”或者“不一致，应为……”，"
        "签字盖章后退回。尚未报送的，请一并补报。",
    )
    _heading(sheet, "一、登记数据")
    table(sheet, ROWS, [_row(number, row, dossier) for number, row in enumerate(dossier.rows, 1)])
    _heading(sheet, "二、进度记录")
    table(sheet, ENTRIES, [_entry(row, dossier) for row in dossier.entries])
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


def _row(number: int, row: Ours, dossier: UnitDossier) -> list[object]:
    several = len({each.body for each in dossier.rows}) > 1
    return [
        number,
        f"{row.body_name}：{row.name}" if several else row.name,
        wording.wide(row.place) if row.place else None,
        row.measure,
        row.opening,
        row.quantity,
        row.cumulative,
        wording.official(labels.state, row.state) if row.state else "非应报",
        row.first_received,
        "",
    ]


def _entry(row: EntryRow, dossier: UnitDossier) -> list[object]:
    kind = KINDS[row.kind]
    if row.kind == "report" and row.quantity is not None and row.quantity < 0:
        kind = "核减"
    followed = f"（由第{row.corrected_by}号更正）" if row.corrected_by else ""
    corrected = f"更正第{row.corrects}号：" if row.corrects else ""
    name = dossier.item_names.get(row.item, (row.item, row.item))[0]
    words = "；".join(filter(None, [row.note, row.reason]))
    return [
        row.id,
        name,
        row.on,
        row.received_on,
        "文字" if row.quantity is None else wording.signed(row.quantity),
        kind,
        f"{corrected}{words}{followed}",
        row.evidence,
    ]
