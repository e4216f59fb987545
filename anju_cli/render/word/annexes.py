"""The three tables annexed to a bulletin (附件): targets, units, milestones, each with its notes."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from anju_cli.render.pages.common import in_order
from anju_cli.render.word.layout import HEI, SONG, TITLE, PageLayout
from anju_cli.render.word.tables import PaperColumn, table
from anju_cli.render.word.text import annexes
from anju_cli.render.wording import papers as wording
from anju_cli.render.wording.papers import MARK, STAR

if TYPE_CHECKING:
    from anju_cli.reports.answers.rows import Milestone, Target, Totals, UnitRow
    from anju_cli.reports.quarter.material import QuarterDossier, Results

NOTES = 10.5
"""Points, of the notes under a table."""


def add_annexes(sheet: PageLayout, dossier: QuarterDossier) -> None:
    """The tables on pages of their own: the first across, for it is wide."""
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
    columns, rows = UNIT_COLUMNS, [*units, ["", whole, *_counts(report.totals)]]
    if dossier.results:
        given = _given(dossier.results)
        columns = [PaperColumn("序号", 10), PaperColumn("成员单位", 34, "left"), RESULT, *UNIT_COLUMNS[2:]]
        results = [*(given.get(row.unit, "—") for row in report.units), ""]
        rows = [[*row[:2], result, *row[2:]] for row, result in zip(rows, results, strict=True)]
    table(sheet, columns, rows)
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


def _annex_head(sheet: PageLayout, number: int, dossier: QuarterDossier, title: str) -> None:
    quarter = wording.QUARTERS[dossier.report.quarter]
    sheet.paragraph(f"附件{number}", font=HEI, across="left")
    named = f"{dossier.report.year}年{quarter}{title.removeprefix(quarter)}"
    sheet.paragraph(named, font=SONG, size=TITLE - 4, across="center", pitch=36)


TARGET_COLUMNS = [
    PaperColumn("序号", 10),
    PaperColumn("目标任务", 34, "left"),
    PaperColumn("计量单位", 13),
    PaperColumn("年度目标", 20, "right"),
    PaperColumn("本季度完成", 18, "right"),
    PaperColumn("累计完成", 18, "right"),
    PaperColumn("完成率（%）", 16, "right"),
    PaperColumn("序时应完成量", 20, "right"),
    PaperColumn("序时进度（%）", 16, "right"),
    PaperColumn("较序时进度（百分点）", 18, "right"),
    PaperColumn("亮灯", 12),
    PaperColumn("状态", 30),
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


def lights(yellow: Decimal, red: Decimal) -> str:
    """The rule of the lights; in the words of labels where the bounds are the usual ones."""
    if yellow == 0:
        below = f"{abs(red)}个百分点"
        return f"达到序时进度为绿灯，低于{below}以内（含）为黄灯，低于{below}以上为红灯"
    return f"较序时进度不低于{yellow}个百分点为绿灯，不低于{red}个百分点为黄灯，低于{red}个百分点为红灯"


UNIT_COLUMNS = [
    PaperColumn("序号", 10),
    PaperColumn("成员单位", 53, "left"),
    PaperColumn("应报事项", 11, "right"),
    PaperColumn("已报事项", 11, "right"),
    PaperColumn("报送率（%）", 15, "right"),
    PaperColumn("迟报（次）", 13, "right"),
    PaperColumn("零报告", 11, "right"),
    PaperColumn("未报", 10, "right"),
    PaperColumn("逾期未完成", 12, "right"),
    PaperColumn("滞后", 10, "right"),
]


RESULT = PaperColumn("考核结果", 19)


def _given(results: Results) -> dict[str, str]:
    """The result of each unit, in the official words."""
    every = {"完成任务进度": results.met, "未完成任务进度": results.not_met, **dict(results.graded)}
    return {unit.unit: result for result, units in every.items() for unit in units}


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
    PaperColumn("序号", 10),
    PaperColumn("节点任务", 35, "left"),
    PaperColumn("牵头单位", 31, "left"),
    PaperColumn("完成时限", 25),
    PaperColumn("完成情况", 24),
    PaperColumn("完成日期", 21),
    PaperColumn("逾期天数", 10, "right"),
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
