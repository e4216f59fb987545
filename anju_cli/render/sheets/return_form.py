"""The return (工作进展情况填报表) as a workbook for a unit to fill in, in official Chinese whatever the language.

The importer knows a file by its hidden sheet, and its columns by their names: units may move what they like.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from anju_cli.domain.grammar import printable
from anju_cli.domain.items import HOMES
from anju_cli.domain.projects_reported import INDICATORS, indicator_of, target_of
from anju_cli.render.sheets.form_columns import PROGRESS, PROJECTS, FormColumn, letters, places

if TYPE_CHECKING:
    from anju_cli.reports.returns import FormRow, ReturnForm

IDENTIFICATION = "标识"
"""The hidden sheet that says whose return it is."""

NUMERALS = {1: "一", 2: "二", 3: "三", 4: "四"}
ROLES = {"lead": "牵头", "joint": "共同牵头", "assist": "配合（如有填报）", "responsible": "责任"}
NIL = ("无", "零", "—")
SPARE_PROJECTS = 30
"""Blank lines for projects not reported before."""

AT, LETTERS = places(PROGRESS), letters(PROGRESS)
PROJECT_AT = places(PROJECTS)
TYPED = {
    "quantity": ("this", "total"),
    "closed": ("this", "total"),
    "received": ("this",),
    "level": ("total",),
    "summary": (),
}
"""The columns of figures that are typed, by the kind of a row."""
HOMES_TYPED, DATES_TYPED = ("homes", "this", "total"), ("planned", "expected")
"""Of a project, the columns of homes and of dates that are typed."""
NOTES = (
    "注：本期末累计=上期末累计+本期完成；无进展填“0”，无此类事项填“无”，空白视为未报；核减的本期完成填负数并在备注注明依据；"
    "住房数量须与附表一致；请勿填写补贴家庭姓名等个人信息。"
)
HEAD = 2
"""The row of the table's head, counted from 0."""


def form_book(form: ReturnForm) -> bytes:
    """The workbook of one return."""
    from xlsxwriter import Workbook

    content = io.BytesIO()
    plain = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = Workbook(content, plain)
    title = f"{form.plan.region}{form.plan.year}年度安居工程第{NUMERALS[form.quarter]}季度工作进展情况填报表"
    book.set_properties({"title": printable(title), "author": printable(form.plan.issuer)})
    looks = _Looks(book)
    _progress(book, form, looks, title)
    if form.homes:
        _projects(book, form, looks)
    _identify(book, form)
    book.close()
    return content.getvalue()


def file_name(form: ReturnForm) -> str:
    """A name for the file, in any folder of any system: nothing of a name but its letters and digits is kept."""
    name = "".join(letter for letter in form.body.name if letter.isalnum())
    return f"{form.plan.year}Q{form.quarter}_{form.body.id}_{name[:40]}.xlsx"


class _Looks:
    """The formats of a form: what is typed is white, what is locked grey."""

    def __init__(self, book: Any) -> None:
        base = {"font_name": "宋体", "font_size": 11, "valign": "vcenter", "text_wrap": True}
        grid = base | {"border": 1}
        locked, typed = grid | {"bg_color": "#F2F2F2"}, grid | {"locked": False}
        self.title = book.add_format(base | {"font_name": "黑体", "font_size": 16, "align": "center"})
        self.line = book.add_format(base | {"text_wrap": False})
        self.fill = book.add_format(base | {"text_wrap": False, "locked": False})
        self.notes = book.add_format(base | {"valign": "top"})
        self.head = book.add_format(locked | {"font_name": "黑体", "align": "center", "bg_color": "#D9E2EC"})
        self.locked = book.add_format(locked)
        self.centre = book.add_format(locked | {"align": "center"})
        self.figure = book.add_format(locked | {"align": "right", "num_format": "General"})
        self.rate = book.add_format(locked | {"align": "right", "num_format": "0.0"})
        self.day = book.add_format(locked | {"align": "center", "num_format": "yyyy-mm-dd"})
        self.words = book.add_format(typed)
        self.number = book.add_format(typed | {"align": "right", "num_format": "General"})
        self.level = book.add_format(typed | {"align": "right", "num_format": '0"%"'})  # a typed 100% is seen to be 1 %
        self.date = book.add_format(typed | {"align": "center", "num_format": "yyyy-mm-dd"})
        self.good = book.add_format({"font_color": "#1B5E20"})
        self.bad = book.add_format({"font_color": "#B00020", "bold": True})
        self.missing = book.add_format({"font_color": "#8A5A00"})


def _sheet(book: Any, name: str, columns: Sequence[FormColumn], looks: _Looks, title: str, names: str) -> Any:
    """A sheet as both have it: title, frozen up to the head and its names, A4 landscape, protected."""
    sheet = book.add_worksheet(name)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(HEAD)
    sheet.center_horizontally()
    sheet.set_footer("&C第 &P 页 共 &N 页")
    sheet.freeze_panes(HEAD + 1, places(columns)[names] + 1)
    sheet.merge_range(0, 0, 0, len(columns) - 1, "", looks.title)
    sheet.write_string(0, 0, printable(title), looks.title)
    sheet.set_row(0, 30)
    sheet.set_row(1, 20)
    sheet.set_row(HEAD, 52)
    for place, column in enumerate(columns):
        sheet.set_column(place, place, column.width)
        sheet.write_string(HEAD, place, column.head, looks.head)
    sheet.protect("", {"format_rows": True, "format_columns": True, "select_locked_cells": True})
    return sheet


def _progress(book: Any, form: ReturnForm, looks: _Looks, title: str) -> None:
    sheet = _sheet(book, "进展情况", PROGRESS, looks, title, "item")
    deadline = form.review.return_deadline
    sheet.write_string(1, 0, printable(f"填报单位（盖章）：{form.body.name}"), looks.line)
    sheet.write_string(1, AT["due"], f"考核期：{form.plan.year}年第{NUMERALS[form.quarter]}季度", looks.line)
    sheet.write_string(1, AT["rate"], f"报送截止：{_long(deadline)}（含当日）", looks.line)
    sheet.write_string(1, AT["expected"], "填报日期：", looks.fill)
    for number, row in enumerate(form.rows, 1):
        _progress_row(sheet, HEAD + number, number, row, looks)
    last = HEAD + len(form.rows)
    for words, look in (("一致", looks.good), ("不一致", looks.bad), ("未填", looks.missing)):
        rule = {"type": "cell", "criteria": "==", "value": f'"{words}"', "format": look}
        sheet.conditional_format(HEAD + 1, AT["check"], max(last, HEAD + 1), AT["check"], rule)
    foot = last + 2
    for key, words in (("number", "单位负责人（签字）："), ("due", "填报人："), ("words", "联系电话：")):
        sheet.write_string(foot, AT[key], words, looks.fill)
    sheet.merge_range(foot + 1, 0, foot + 1, len(PROGRESS) - 1, "", looks.notes)
    sheet.write_string(foot + 1, 0, NOTES, looks.notes)
    sheet.set_row(foot + 1, 34)
    sheet.print_area(0, 0, foot + 1, len(PROGRESS) - 1)


def _progress_row(sheet: Any, at: int, number: int, row: FormRow, looks: _Looks) -> None:
    suffix = {"received": "受理", "closed": "办结"}.get(row.kind)
    sheet.write_number(at, AT["number"], number, looks.centre)
    sheet.write_string(at, AT["code"], f"{row.item}.{suffix}" if suffix else row.item, looks.locked)
    sheet.write_string(at, AT["item"], printable(f"{row.name}（{suffix}）" if suffix else row.name), looks.locked)
    sheet.write_string(at, AT["place"], printable(row.place or "—"), looks.centre)
    sheet.write_string(at, AT["role"], ROLES[row.role], looks.centre)
    sheet.write_string(at, AT["measure"], printable(row.measure or "—"), looks.centre)
    _locked_figure(sheet, at, AT["goal"], row.goal, looks)
    if row.due:
        sheet.write_datetime(at, AT["due"], row.due, looks.day)
    else:
        sheet.write_string(at, AT["due"], "—" if row.kind != "level" else "未明确时限", looks.centre)
    _locked_figure(sheet, at, AT["opening"], row.opening, looks)
    for key in ("this", "total"):
        if key in TYPED[row.kind]:
            sheet.write_blank(at, AT[key], None, looks.number)
            sheet.data_validation(at, AT[key], at, AT[key], _number_check(at, key, row))
        else:
            sheet.write_string(at, AT[key], "—", looks.centre)
    formula, check = _formulas(at + 1, row)
    if formula:
        sheet.write_formula(at, AT["rate"], formula, looks.rate, "")
    else:
        sheet.write_string(at, AT["rate"], "—", looks.centre)
    for key in ("words", "problems", "next", "evidence", "person", "remarks"):
        sheet.write_blank(at, AT[key], None, looks.words)
    sheet.write_blank(at, AT["expected"], None, looks.date)
    sheet.data_validation(at, AT["expected"], at, AT["expected"], _date_check())
    sheet.write_formula(at, AT["check"], check, looks.centre, "未填")
    sheet.set_row(at, 44)


def _locked_figure(sheet: Any, at: int, column: int, value: int | Decimal | None, looks: _Looks) -> None:
    if value is None:
        sheet.write_string(at, column, "—", looks.centre)
    else:
        sheet.write_number(at, column, value, looks.figure)


def _formulas(line: int, row: FormRow) -> tuple[str | None, str]:
    """The formulas of the rate and of the check. `N()` takes 无 and the like for 0."""
    opening, this, total, goal, words = (
        f"{LETTERS[key]}{line}" for key in ("opening", "this", "total", "goal", "words")
    )
    if row.kind == "summary":
        return None, f'=IF({words}="","未填","一致")'
    if row.kind == "received":
        return None, f'=IF({this}="","未填","一致")'
    if row.kind == "level":
        return f'=IF({total}="","",N({total}))', f'=IF({total}="","未填",IF(N({total})<N({opening}),"不一致","一致"))'
    check = f'=IF(OR({this}="",{total}=""),"未填",IF(ROUND(N({opening})+N({this})-N({total}),2)=0,"一致","不一致"))'
    if not row.goal:
        return None, check
    rate = f"ROUND(N({total})/{goal}*100,1)"  # never 100.0 below the goal
    return f'=IF({total}="","",IF(AND({rate}>=100,N({total})<{goal}),99.9,{rate}))', check


def _number_check(at: int, key: str, row: FormRow) -> dict[str, Any]:
    """What may be typed into a cell of figures, and what is said of anything else."""
    cell = f"{LETTERS[key]}{at + 1}"
    scaled = cell if not row.decimals else f"{cell}*{10**row.decimals}"
    nil = ",".join(f'{cell}="{word}"' for word in NIL)
    digits = "整数" if not row.decimals else f"不超过{row.decimals}位小数的数字"
    if row.kind == "level":
        rule = f"=AND(ISNUMBER({cell}),N({cell})>=0,N({cell})<=100,INT(N({cell}))=N({cell}))"
        said = "请填写0至100之间的整数（完成百分比）。"
        hint = "填写截至本期末的完成百分比（0—100的整数）；全部完成填100。"
    else:
        low = f",N({cell})>=0" if key == "total" or row.kind != "quantity" else ""
        number = (
            f"AND(ISNUMBER({cell}),ROUND(N({scaled.replace(cell, f'N({cell})')}),0)=N({cell})*{10**row.decimals}{low})"
        )
        rule = f"=OR({number},{nil})"
        said = f"请填写{digits}；无进展填“0”，无此类事项填“无”。"
        hint = said if key == "this" else "本期末累计=上期末累计+本期完成。"
        if key == "this" and row.kind == "quantity":
            said += "核减填负数，并在备注注明依据。"
            hint = said
    return {
        "validate": "custom",
        "value": rule,
        "ignore_blank": True,
        "input_title": "填报提示",
        "input_message": hint,
        "error_title": "填写有误",
        "error_message": said,
        "error_type": "stop",
    }


def _date_check() -> dict[str, Any]:
    return {
        "validate": "date",
        "criteria": "between",
        "minimum": date(2000, 1, 1),
        "maximum": date(2099, 12, 31),
        "error_title": "日期有误",
        "error_message": "请填写日期，如2020-06-30。",
    }


def _projects(book: Any, form: ReturnForm, looks: _Looks) -> None:
    title = f"项目明细（{form.plan.year}年第{NUMERALS[form.quarter]}季度，附表）"
    sheet = _sheet(book, "项目明细", PROJECTS, looks, title, "project_name")
    sheet.write_string(1, 0, printable(f"填报单位：{form.body.name}"), looks.line)
    sheet.write_string(1, PROJECT_AT["homes"], "同一指标各项目本期完成之和须与“进展情况”表一致。", looks.line)
    first, last = HEAD + 1, HEAD + len(form.projects) + SPARE_PROJECTS
    typed = dict.fromkeys(PROJECT_AT, looks.words) | {"opening": looks.figure}
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
        _locked_figure(sheet, at, PROJECT_AT["opening"], project.opening, looks)
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
        sheet.data_validation(first, PROJECT_AT[key], last, PROJECT_AT[key], _date_check())
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


def _identify(book: Any, form: ReturnForm) -> None:
    """The hidden sheet by which an import knows the return."""
    sheet = book.add_worksheet(IDENTIFICATION)
    sheet.very_hidden()
    said = {"plan": form.plan.id, "revision": str(form.revision), "body": form.body.id, "quarter": f"Q{form.quarter}"}
    for at, (name, value) in enumerate(said.items()):
        sheet.write_string(at, 0, name)
        sheet.write_string(at, 1, value)
    sheet.protect()


def _long(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
