"""The three tables annexed to a bulletin (附件): targets, units, milestones, each with its notes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, TypeVar

from anju_cli.i18n import speaking
from anju_cli.render.page import NONE
from anju_cli.render.pages.common import in_order, milestone_columns, target_columns, unit_columns
from anju_cli.render.word.bulletin_text import annexes
from anju_cli.render.word.english_annexes import add_english_annexes
from anju_cli.render.word.page_layout import HEI, SONG, TITLE, PageLayout
from anju_cli.render.word.paper_tables import NUMBER, numbered, paper_cells, paper_columns, table
from anju_cli.render.word.unit_columns import of_units, with_results
from anju_cli.render.wording import labels
from anju_cli.render.wording import papers as wording
from anju_cli.render.wording.papers import MARK, STAR
from anju_cli.render.wording.quotas import larger_than_whole
from anju_cli.render.wording.speech import ENGLISH, speech_of

if TYPE_CHECKING:
    from anju_cli.reports.answers.rows import Milestone, Target, Totals, UnitRow
    from anju_cli.reports.quarter.material import QuarterDossier, Results

NOTES = 10.5
"""Points, of the notes under a table."""
Row = TypeVar("Row")


def add_annexes(sheet: PageLayout, dossier: QuarterDossier) -> None:
    """The tables on pages of their own, in the language of the plan; the first across, for it is wide."""
    speech = speech_of(dossier.report.title)
    with speaking(speech.language):
        titles = annexes(dossier)
        if speech is ENGLISH:
            add_english_annexes(sheet, dossier, titles)
        else:
            _add_chinese_annexes(sheet, dossier, titles)


def _add_chinese_annexes(sheet: PageLayout, dossier: QuarterDossier, titles: Sequence[str]) -> None:
    _targets(sheet, dossier, titles[0])
    _units(sheet, dossier, titles[1])
    _milestones(sheet, dossier, titles[2])


def _targets(sheet: PageLayout, dossier: QuarterDossier, title: str) -> None:
    sheet.section(across=True)
    _annex_head(sheet, 1, dossier, title)
    described = target_columns(dossier.report.targets)
    own = {"name": _target_name, "goal": _goal, "completion_rate": lambda row: row.completion_rate}
    rows = [paper_cells(described, row, own) for row in in_order(dossier.report.targets)]
    table(sheet, [NUMBER, *paper_columns(described, {"status": "状态"})], numbered(rows))
    for note in target_notes(dossier):
        sheet.paragraph(note, size=NOTES, pitch=NOTES * 1.5)


def _units(sheet: PageLayout, dossier: QuarterDossier, title: str) -> None:
    sheet.section(across=False)
    _annex_head(sheet, 2, dossier, title)
    report = dossier.report
    sent_back = any(row.returned for row in report.units)
    described, whole = of_units(unit_columns(_unit_name), sent_back), of_units(unit_columns(_all_units), sent_back)
    if dossier.results:
        given = _given(dossier.results)
        described = with_results(described, lambda row: given.get(row.unit, NONE))
        whole = with_results(whole, lambda _totals: "")
    rows = [paper_cells(described, row) for row in report.units]
    summed = ["", *paper_cells(whole, report.totals)]
    table(sheet, [NUMBER, *paper_columns(described)], [*numbered(rows), summed])
    until = f"注：报送情况截至{wording.full(report.as_of)}；按方案顺序排列，不作排名。"
    sheet.paragraph(until, size=NOTES, pitch=NOTES * 1.5)


def _milestones(sheet: PageLayout, dossier: QuarterDossier, title: str) -> None:
    sheet.section(across=False)
    _annex_head(sheet, 3, dossier, title)
    report = dossier.report
    described = milestone_columns(report.milestones)
    own = {"lead_names": _leads, "due": _due}
    rows = [paper_cells(described, row, own) for row in report.milestones]
    table(sheet, [NUMBER, *paper_columns(described)], numbered(rows), size=10)
    starred = any({"lead", "due"} & set(row.inferred) for row in report.milestones)
    marked = f"；标“{MARK}”的为推定，《方案》未载明。" if starred else "。"
    sheet.paragraph(f"注：完成情况截至{wording.full(report.as_of)}{marked}", size=NOTES, pitch=NOTES * 1.5)


def _annex_head(sheet: PageLayout, number: int, dossier: QuarterDossier, title: str) -> None:
    quarter = wording.official(labels.quarter, dossier.report.quarter)
    sheet.paragraph(f"附件{number}", font=HEI, across="left")
    named = f"{dossier.report.year}年{quarter}{title.removeprefix(quarter)}"
    sheet.paragraph(named, font=SONG, size=TITLE - 4, across="center", pitch=36)


def _target_name(row: Target) -> str:
    return f"　{row.unit_name}" if row.unit_name else ("　" if row.within or row.parent else "") + row.name


def _goal(row: Target) -> object:
    sign = labels.ceiling(row.direction).strip()
    if row.goal_original in (None, row.goal):
        return f"{sign}{row.goal}" if sign and row.goal is not None else row.goal
    return f"{sign}{row.goal}（原{row.goal_original}）"


def target_notes(dossier: QuarterDossier) -> list[str]:
    """The notes under the first table: pace, lights, counting, marks, and how far the ledger had come."""
    report = dossier.report
    settings, ledger = report.settings, report.ledger
    whole = [row for row in report.targets if row.unit is None]
    paces: dict[str, list[str]] = {}
    for row in whole:
        if row.goal is not None:
            unapproved = f"，本办暂定，未经{wording.group(dossier.issuer)}审定"
            ours = unapproved if "pace" in row.inferred else ""
            paces.setdefault(wording.official(labels.pace, row.pace) + ours, []).append(row.name)
    pace = "；".join(f"{'、'.join(names)}{said}" for said, names in paces.items())
    ours = "（亮灯标准由本办暂定）" if "lights" in settings.inferred else ""
    notes = [
        f"序时进度：{pace}。亮灯：{lights(settings.yellow_below, settings.red_below)}{ours}。",
    ]
    notes += list(_held_notes(whole))
    counting = "；".join(
        f"{row.name}：{row.counting}{MARK if 'counting' in row.inferred else ''}" for row in whole if row.counting
    )
    notes.append(f"统计口径：{counting}。以上为上报数。" if counting else "以上为上报数。")
    if any({"lead", "due", "measure", "counting"} & set(row.inferred) for row in whole):
        notes.append(f"标“{MARK}”的为推定，《方案》未载明。")
    if any(row.restated for row in whole):
        notes.append(f"标“{STAR}”的数据经更正、核减或作废。")
    notes += [
        f"{wording.own(part.name)}{part.cumulative}{part.measure}多于{whole.name}{whole.cumulative}{whole.measure}，"
        "两数须有一数更正。"
        for part, whole in larger_than_whole(report.targets)
    ]
    if ledger.last_filing is None:
        notes.append("台账尚无报送件。")
    else:
        seal = f"校验码：{ledger.seal.replace('-', '')}" if ledger.seal else "尚未封存"
        notes.append(f"{seal}；台账登记至第{ledger.last_filing}号报送件，回执码{ledger.receipt}。")
    return [f"{'注：' if number == 1 else '　　'}{number}．{note}" for number, note in enumerate(notes, 1)]


def _held_notes(rows: Sequence[Target]) -> Iterator[str]:
    """What is read otherwise of levels, ceilings and baselines, where there are any."""
    if levels := [row.name for row in rows if row.level]:
        yield f"{'、'.join(levels)}为期末数值，不累加。"
    if any(row.direction == "at_most" for row in rows):
        yield "“≤”为控制目标：不高于的为绿灯，高于的为红灯；累计数的完成率为已占的比例；有基数的按序时进度亮灯。"
    if based := [f"{row.name}{row.baseline}{row.measure}（{row.baseline_on}）" for row in rows if row.baseline_on]:
        yield f"基数：{'、'.join(based)}，完成率为由基数到目标的完成比例。"


def lights(yellow: Decimal, red: Decimal) -> str:
    """The rule of the lights; in the words of labels where the bounds are the usual ones."""
    if yellow == 0:
        below = f"{abs(red)}个百分点"
        return f"达到序时进度为绿灯，低于{below}以内（含）为黄灯，低于{below}以上为红灯"
    return f"较序时进度不低于{yellow}个百分点为绿灯，不低于{red}个百分点为黄灯，低于{red}个百分点为红灯"


def _given(results: Results) -> dict[str, str]:
    """The result of each unit, in the official words."""
    every = {"完成任务进度": results.met, "未完成任务进度": results.not_met, **dict(results.graded)}
    return {unit.unit: result for result, units in every.items() for unit in units}


def _unit_name(row: UnitRow) -> str:
    return ("　" if row.member else "") + row.name


def _all_units(totals: Totals) -> str:
    return f"合计（单位{totals.units}个，报送主体{totals.bodies}个）"


def _leads(row: Milestone) -> str:
    lead = "各成员单位" if row.everyone else "、".join(row.lead_names)
    return lead + (MARK if "lead" in row.inferred and row.lead_names else "")


def _due(row: Milestone) -> str | None:
    due = None if row.due is None else f"{row.due}{MARK if 'due' in row.inferred else ''}"
    if row.due and row.due_original and row.due_original != row.due:
        return f"{due}（原{row.due_original}）"
    return due
