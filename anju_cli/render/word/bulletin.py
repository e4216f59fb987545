"""The bulletin (通报) on a quarter, or the report (报告) upwards: text by template, three tables."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from anju_cli.errors import Refused
from anju_cli.i18n import _
from anju_cli.render.pages.common import in_order
from anju_cli.render.word import wording
from anju_cli.render.word.layout import ACROSS, FANG, HEI, KAI, SMALL, SONG, TITLE, Sheet, off_the_grid
from anju_cli.render.word.tables import Column, table
from anju_cli.render.word.text import Paragraph, annexes, paragraphs
from anju_cli.render.word.wording import MARK, STAR

if TYPE_CHECKING:
    from anju_cli.render.paper import Paper
    from anju_cli.reports.answers.rows import Milestone, Target, Totals, UnitRow
    from anju_cli.reports.papers import QuarterDossier

NOTES = 10.5
IMPRINT = ("抄送", "印发")
KEPT = 9
"""How many paragraphs at the end of the text stay on one page: the standard wants no signature alone on its page."""


def bulletin(source: tuple[QuarterDossier, Paper]) -> bytes:
    """The paper as a Word file."""
    dossier, paper = source
    if (unit := dossier.report.unit) is not None:
        hint = _("for one unit: anju report unit {unit} --quarter Q2 -o FILE.docx").format(unit=unit)
        raise Refused(_("a bulletin is on all units"), got=unit, hint=hint)
    text = paragraphs(dossier, paper)
    title = next((each.text for each in text if each.kind == "标题"), dossier.report.title)
    sheet = Sheet(title)
    imprint = [each for each in text if each.kind in IMPRINT]
    attached = False
    for each in text:
        if each.kind == "附件":
            _attachment(sheet, each.text, first=not attached)
            attached = True
        elif each.kind not in IMPRINT:
            WRITERS.get(each.kind, _body)(sheet, each.text)
    _keep_signature(sheet)
    _annexes(sheet, dossier)
    _imprint(sheet, imprint)
    return sheet.content()


def _number(sheet: Sheet, text: str) -> None:
    sheet.paragraph(text, across="center")
    sheet.paragraph()


def _title(sheet: Sheet, text: str) -> None:
    sheet.paragraph()
    for line in broken(text):
        sheet.paragraph(line, font=SONG, size=TITLE, across="center", pitch=36)


def broken(title: str, longest: int = 20) -> list[str]:
    """A title in lines that are not too long and nearly equal, broken before a word such as 考核 where it can be."""
    if len(title) <= longest:
        return [title]
    places = [title.find(word) for word in ("第", "考核", "工作") if title.find(word) > 0]
    middle = len(title) / 2
    fitting = [place for place in places if max(place, len(title) - place) <= longest]
    place = min(fitting, key=lambda each: abs(each - middle), default=min(longest, -(-len(title) // 2)))
    return [title[:place], *broken(title[place:], longest)]


def _draft(sheet: Sheet, text: str) -> None:
    sheet.paragraph(text, font=KAI, across="center", pitch=36)


def _recipients(sheet: Sheet, text: str) -> None:
    sheet.paragraph()
    sheet.paragraph(text, across="left")


def _section(sheet: Sheet, text: str) -> None:
    sheet.paragraph(text, font=HEI, indent=2, keep=True)


def _body(sheet: Sheet, text: str) -> None:
    """A paragraph of the body; the heading of a point is in another hand."""
    made = sheet.paragraph(indent=2)
    head, stop, rest = text.partition("。")
    if text.startswith("（") and "）" in head[:4] and stop and len(head) <= 14 and rest:
        sheet.run(made, head + stop, KAI)
        sheet.run(made, rest)
    else:
        sheet.run(made, text)


def _attachment(sheet: Sheet, text: str, *, first: bool) -> None:
    if first:
        sheet.paragraph()
        sheet.paragraph(f"附件：{text}", across="left", indent=2, hanging=5)
    else:
        sheet.paragraph(text, across="left", indent=5, hanging=2)


def _signed(sheet: Sheet, text: str) -> None:
    sheet.paragraph()
    sheet.paragraph()
    sheet.paragraph(text, across="right", right=2, keep=True)


def _dated(sheet: Sheet, text: str) -> None:
    sheet.paragraph(text, across="right", right=4)


def _keep_signature(sheet: Sheet) -> None:
    for paragraph in sheet.document.paragraphs[-KEPT:-1]:
        paragraph.paragraph_format.keep_with_next = True


WRITERS: dict[str, Callable[[Sheet, str], None]] = {
    "文号": _number,
    "标题": _title,
    "稿别": _draft,
    "主送": _recipients,
    "一级": _section,
    "署名": _signed,
    "日期": _dated,
}


def _imprint(sheet: Sheet, imprint: list[Paragraph]) -> None:
    """版记: copies and printing, ruled above and below, at the foot of the last page."""
    if not imprint:
        return
    made = sheet.document.add_table(rows=0, cols=2)
    made.autofit = False
    for each in imprint:
        left, _bar, right = each.text.partition("|")
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


def _at_the_foot(made: Any) -> None:
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


# -- the three tables --------------------------------------------------------------------------------------------


def _annexes(sheet: Sheet, dossier: QuarterDossier) -> None:
    report = dossier.report
    first, second, third = annexes(dossier)
    sheet.section(across=True)
    _annex_head(sheet, 1, dossier, first)
    table(sheet, TARGET_COLUMNS, [_target(number, row) for number, row in enumerate(in_order(report.targets), 1)])
    for note in target_notes(dossier):
        sheet.paragraph(note, size=NOTES, pitch=NOTES * 1.5)
    sheet.section(across=False)
    _annex_head(sheet, 2, dossier, second)
    units = [_unit(number, row) for number, row in enumerate(report.units, 1)]
    whole = f"合计（单位{report.totals.units}个，报送主体{report.totals.bodies}个）"
    table(sheet, UNIT_COLUMNS, [*units, ["", whole, *_counts(report.totals)]])
    sheet.paragraph(
        f"注：报送情况截至{wording.full(report.as_of)}；按方案顺序排列，不作排名。", size=NOTES, pitch=NOTES * 1.5
    )
    sheet.section(across=False)
    _annex_head(sheet, 3, dossier, third)
    table(
        sheet, MILESTONE_COLUMNS, [_milestone(number, row) for number, row in enumerate(report.milestones, 1)], size=10
    )
    starred = any({"lead", "due"} & set(row.inferred) for row in report.milestones)
    said = f"注：完成情况截至{wording.full(report.as_of)}" + (
        f"；标“{MARK}”的为推定，《方案》未载明。" if starred else "。"
    )
    sheet.paragraph(said, size=NOTES, pitch=NOTES * 1.5)


def _annex_head(sheet: Sheet, number: int, dossier: QuarterDossier, title: str) -> None:
    quarter = wording.QUARTERS[dossier.report.quarter]
    sheet.paragraph(f"附件{number}", font=HEI, across="left")
    named = f"{dossier.report.year}年{quarter}{title.removeprefix(quarter)}"
    sheet.paragraph(named, font=SONG, size=TITLE - 4, across="center", pitch=36)


TARGET_COLUMNS = [
    Column("序号", 10),
    Column("目标任务", 40, "left"),
    Column("计量单位", 13),
    Column("年度目标", 22, "right"),
    Column("本季度完成", 19, "right"),
    Column("累计完成", 19, "right"),
    Column("完成率（%）", 17, "right"),
    Column("序时应完成量", 21, "right"),
    Column("序时进度（%）", 17, "right"),
    Column("较序时进度（百分点）", 19, "right"),
    Column("亮灯", 12),
    Column("状态", 16),
]


def _target(number: int, row: Target) -> list[object]:
    name = f"　{row.unit_name}" if row.unit_name else ("　" if row.within or row.parent else "") + row.name
    goal = row.goal if row.goal_original in (None, row.goal) else f"{row.goal}（原{row.goal_original}）"
    return [
        number,
        name,
        row.measure + (MARK if "measure" in row.inferred else ""),
        goal,
        row.quarter_quantity,
        None if row.cumulative is None else f"{row.cumulative}{STAR if row.restated else ''}",
        row.completion_rate,
        row.expected,
        row.expected_rate,
        wording.signed(row.gap_points),
        wording.LIGHTS.get(row.light or ""),
        wording.TARGETS.get(row.status or ""),
    ]


def target_notes(dossier: QuarterDossier) -> list[str]:
    """The notes under the first table: pace, lights, counting, marks, and how far the ledger had come."""
    report = dossier.report
    settings, ledger = report.settings, report.ledger
    whole = [row for row in report.targets if row.unit is None]
    paces: dict[str, list[str]] = {}
    for row in whole:
        if row.goal is not None:
            ours = "，本办暂定，未经领导小组审定" if "pace" in row.inferred else ""
            paces.setdefault(wording.PACES[row.pace] + ours, []).append(row.name)
    pace = "；".join(f"{'、'.join(names)}{said}" for said, names in paces.items())
    ours = "（亮灯标准由本办暂定）" if "lights" in settings.inferred else ""
    notes = [
        f"序时进度：{pace}。亮灯：{lights(settings.yellow_below, settings.red_below)}{ours}。",
    ]
    counting = "；".join(
        f"{row.name}：{row.counting}{MARK if 'counting' in row.inferred else ''}" for row in whole if row.counting
    )
    notes.append(f"统计口径：{counting}。以上为上报数。" if counting else "以上为上报数。")
    if any({"lead", "due", "measure", "counting"} & set(row.inferred) for row in whole):
        notes.append(f"标“{MARK}”的为推定，《方案》未载明。")
    if any(row.restated for row in whole):
        notes.append(f"标“{STAR}”的数据经更正、核减或作废。")
    if ledger.last_filing is None:
        notes.append("台账尚无报送件。")
    else:
        seal = f"校验码：{ledger.seal.replace('-', '')[:8]}" if ledger.seal else "尚未封存"
        notes.append(f"{seal}；台账登记至第{ledger.last_filing}号报送件，回执码{ledger.receipt}。")
    return [f"{'注：' if number == 1 else '　　'}{number}．{note}" for number, note in enumerate(notes, 1)]


def lights(yellow: Any, red: Any) -> str:
    """The rule of the lights; in the words of labels where the bounds are the usual ones."""
    if yellow == 0:
        below = f"{abs(red)}个百分点"
        return f"达到序时进度为绿灯，低于{below}以内（含）为黄灯，低于{below}以上为红灯"
    return f"较序时进度不低于{yellow}个百分点为绿灯，不低于{red}个百分点为黄灯，低于{red}个百分点为红灯"


UNIT_COLUMNS = [
    Column("序号", 10),
    Column("成员单位", 53, "left"),
    Column("应报事项", 11, "right"),
    Column("已报事项", 11, "right"),
    Column("报送率（%）", 15, "right"),
    Column("迟报（次）", 13, "right"),
    Column("零报告", 11, "right"),
    Column("未报", 10, "right"),
    Column("逾期未完成", 12, "right"),
    Column("滞后", 10, "right"),
]


def _unit(number: int, row: UnitRow) -> list[object]:
    return [number, ("　" if row.member else "") + row.name, *_counts(row)]


def _counts(row: UnitRow | Totals) -> list[object]:
    return [
        row.items_due,
        row.items_reported,
        row.reporting_rate,
        row.late_returns,
        row.zero_reports,
        row.unreported,
        row.overdue,
        row.behind,
    ]


MILESTONE_COLUMNS = [
    Column("序号", 10),
    Column("节点任务", 35, "left"),
    Column("牵头单位", 31, "left"),
    Column("完成时限", 25),
    Column("完成情况", 24),
    Column("完成日期", 21),
    Column("逾期天数", 10, "right"),
]


def _milestone(number: int, row: Milestone) -> list[object]:
    due = None if row.due is None else f"{row.due}{MARK if 'due' in row.inferred else ''}"
    if row.due and row.due_original and row.due_original != row.due:
        due = f"{due}（原{row.due_original}）"
    lead = "各成员单位" if row.everyone else "、".join(row.lead_names)
    mark = MARK if "lead" in row.inferred and row.lead_names else ""
    return [
        number,
        row.name,
        lead + mark,
        due,
        "已完成" if row.status == "done" and row.due is None else wording.MILESTONES[row.status],
        row.done_on,
        row.days_overdue,
    ]
