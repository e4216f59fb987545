"""The second sheet of a form: homes by project (项目明细)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from anju_cli.domain.grammar import printable
from anju_cli.domain.items import HOMES
from anju_cli.domain.projects_reported import INDICATORS, indicator_of, target_of
from anju_cli.render.sheets.form_columns import PROJECTS, places
from anju_cli.render.sheets.form_sheet import HEAD, FormLooks, date_check, locked_figure, new_sheet
from anju_cli.render.wording.papers import quarter_of

if TYPE_CHECKING:
    from anju_cli.reports.returns import FormRow, ReturnForm

SPARE_PROJECTS = 30
"""Blank lines for projects not reported before."""
PROJECT_AT = places(PROJECTS)
HOMES_TYPED, DATES_TYPED = ("homes", "this", "total"), ("planned", "expected")
"""Of a project, the columns of homes and of dates that are typed."""


def project_sheet(book: Any, form: ReturnForm, looks: FormLooks) -> None:
    """The projects that a body has reported on, and room for others."""
    title = f"项目明细（{form.plan.year}年{quarter_of(form.plan.quarters, form.quarter)}，附表）"
    sheet = new_sheet(book, "项目明细", PROJECTS, looks, title, "project_name", str)
    sheet.write_string(1, 0, printable(f"填报单位：{form.body.name}"), looks.line)
    sheet.write_string(1, PROJECT_AT["homes"], "同一指标各项目本期完成之和须与“进展情况”表一致。", looks.line)
    first, last = HEAD + 1, HEAD + len(form.projects) + SPARE_PROJECTS
    typed = dict.fromkeys(PROJECT_AT, looks.words) | dict.fromkeys(("opening", "carried"), looks.figure)
    typed |= dict.fromkeys(HOMES_TYPED, looks.number) | dict.fromkeys(DATES_TYPED, looks.date)
    for at in range(first, last + 1):
        sheet.set_row(at, 22)
        sheet.write_number(at, PROJECT_AT["number"], at - HEAD, looks.centre)
        for key, place in PROJECT_AT.items():
            if key != "number":
                sheet.write_blank(at, place, None, typed[key])
    for at, project in enumerate(form.projects, first):
        sheet.write_string(at, PROJECT_AT["project"], printable(project.project), looks.words)
        sheet.write_string(at, PROJECT_AT["indicator"], printable(indicator_of(form.plan, project.item)), looks.words)
        locked_figure(sheet, at, PROJECT_AT["opening"], project.opening, looks)
        locked_figure(sheet, at, PROJECT_AT["carried"], project.carried, looks)
    streets = [member.name for unit in form.plan.units for member in unit.members]
    indicators = [name for name in INDICATORS if _reported(form, name)]
    indicators += [row.name for row in form.rows if _unnamed(form, row)]
    for key, choices, strict in (
        ("sub_district", streets, False),
        ("way", ["建设", "筹集", "配建"], True),
        ("type", ["公共租赁住房", "人才住房", "安居型商品房"], False),
        ("indicator", indicators, True),
    ):
        if choices and len(",".join(choices)) <= 255:  # what a list may be at most in Excel
            sheet.data_validation(first, PROJECT_AT[key], last, PROJECT_AT[key], _list_check(choices, strict))
    for key in HOMES_TYPED:
        sheet.data_validation(first, PROJECT_AT[key], last, PROJECT_AT[key], _homes_check(key))
    for key in DATES_TYPED:
        sheet.data_validation(first, PROJECT_AT[key], last, PROJECT_AT[key], date_check(str))
    sheet.print_area(0, 0, last, len(PROJECTS) - 1)


def _reported(form: ReturnForm, indicator: str) -> bool:
    item = target_of(form.plan, indicator)
    return item is not None and item.id in {row.item for row in form.rows}


def _unnamed(form: ReturnForm, row: FormRow) -> bool:
    """Whether a row of homes has no indicator of the usual names."""
    return row.measure == HOMES and row.kind == "quantity" and indicator_of(form.plan, row.item) == row.name


def _list_check(choices: list[str], strict: bool) -> dict[str, Any]:
    return {
        "validate": "list",
        "source": [printable(choice) for choice in choices],
        "error_title": "请从列表中选择",
        "error_message": "请从下拉列表中选择。" if strict else "不在下拉列表中，是否确认？",
        "error_type": "stop" if strict else "warning",
    }


def _homes_check(key: str) -> dict[str, Any]:
    least = -1_000_000 if key == "this" else 0
    said = "请填写整数（套）；核减填负数，并在备注注明依据。" if key == "this" else "请填写不小于0的整数（套）。"
    return {
        "validate": "integer",
        "criteria": "between",
        "minimum": least,
        "maximum": 1_000_000,
        "error_title": "填写有误",
        "error_message": said,
    }
