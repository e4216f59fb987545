"""The return (工作进展情况填报表) as a workbook for a unit to fill in, in official Chinese whatever the language.

The importer knows a file by its hidden sheet, and its columns by their names: units may move what they like.
"""

from __future__ import annotations

import io
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from anju_cli.domain.grammar import printable
from anju_cli.domain.plan import HOMES
from anju_cli.domain.projects_reported import INDICATORS, indicator_of, target_of

if TYPE_CHECKING:
    from anju_cli.reports.returns import FormRow, ReturnForm

IDENTIFICATION = "标识"
"""The hidden sheet that says whose return it is."""

NUMERALS = {1: "一", 2: "二", 3: "三", 4: "四"}
ROLES = {"lead": "牵头", "joint": "共同牵头", "assist": "配合（如有填报）", "responsible": "责任"}
NIL = ("无", "零", "—")
SPARE_PROJECTS = 30
"""Blank lines for projects not reported before."""

COLUMNS = (
    ("序号", 5), ("任务编号", 14), ("工作任务", 16), ("方案依据", 7), ("职责分工\n（牵头/配合\n/责任）", 9),
    ("计量\n单位", 5), ("年度目标", 7), ("完成时限", 11), ("上期末累计", 8), ("本期完成", 8), ("本期末累计", 8),
    ("完成率\n（%）", 7), ("进展情况", 22), ("存在问题", 15), ("下一步措施", 15), ("预计完成日期", 11),
    ("佐证材料\n（名称、文号）", 13), ("责任人\n（职务）", 9), ("备注", 11), ("校验", 7),
)  # fmt: skip
PROJECT_COLUMNS = (
    ("序号", 5), ("项目编码", 13), ("项目名称", 17), ("所属街道", 11), ("建设单位", 14), ("筹建方式", 7),
    ("住房类型", 12), ("指标", 9), ("计划套数", 7), ("上期末累计", 8), ("本期完成", 8), ("本期末累计", 8),
    ("形象进度", 14), ("原计划日期", 11), ("预计日期", 11), ("滞后原因", 14), ("佐证材料", 13), ("备注", 11),
)  # fmt: skip
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
        self.date = book.add_format(typed | {"align": "center", "num_format": "yyyy-mm-dd"})
        self.good = book.add_format({"font_color": "#1B5E20"})
        self.bad = book.add_format({"font_color": "#B00020", "bold": True})
        self.missing = book.add_format({"font_color": "#8A5A00"})


def _sheet(book: Any, name: str, columns: Any, looks: _Looks, title: str, fixed: int) -> Any:
    """A sheet as both have it: title, frozen head, A4 landscape, protected."""
    sheet = book.add_worksheet(name)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(HEAD)
    sheet.center_horizontally()
    sheet.set_footer("&C第 &P 页 共 &N 页")
    sheet.freeze_panes(HEAD + 1, fixed)
    sheet.merge_range(0, 0, 0, len(columns) - 1, "", looks.title)
    sheet.write_string(0, 0, printable(title), looks.title)
    sheet.set_row(0, 30)
    sheet.set_row(1, 20)
    sheet.set_row(HEAD, 52)
    for column, (head, width) in enumerate(columns):
        sheet.set_column(column, column, width)
        sheet.write_string(HEAD, column, head, looks.head)
    sheet.protect("", {"format_rows": True, "format_columns": True, "select_locked_cells": True})
    return sheet


def _progress(book: Any, form: ReturnForm, looks: _Looks, title: str) -> None:
    sheet = _sheet(book, "进展情况", COLUMNS, looks, title, 3)
    deadline = form.review.return_deadline
    sheet.write_string(1, 0, printable(f"填报单位（盖章）：{form.body.name}"), looks.line)
    sheet.write_string(1, 7, f"考核期：{form.plan.year}年第{NUMERALS[form.quarter]}季度", looks.line)
    sheet.write_string(1, 11, f"报送截止：{_long(deadline)}（含当日）", looks.line)
    sheet.write_string(1, 15, "填报日期：", looks.fill)
    for number, row in enumerate(form.rows, 1):
        _progress_row(sheet, HEAD + number, number, row, looks)
    last = HEAD + len(form.rows)
    for words, look in (("一致", looks.good), ("不一致", looks.bad), ("未填", looks.missing)):
        rule = {"type": "cell", "criteria": "==", "value": f'"{words}"', "format": look}
        sheet.conditional_format(HEAD + 1, 19, max(last, HEAD + 1), 19, rule)
    foot = last + 2
    for column, words in ((0, "单位负责人（签字）："), (7, "填报人："), (12, "联系电话：")):
        sheet.write_string(foot, column, words, looks.fill)
    sheet.merge_range(foot + 1, 0, foot + 1, len(COLUMNS) - 1, "", looks.notes)
    sheet.write_string(foot + 1, 0, NOTES, looks.notes)
    sheet.set_row(foot + 1, 34)
    sheet.print_area(0, 0, foot + 1, len(COLUMNS) - 1)


def _progress_row(sheet: Any, at: int, number: int, row: FormRow, looks: _Looks) -> None:
    suffix = {"received": "受理", "closed": "办结"}.get(row.kind)
    sheet.write_number(at, 0, number, looks.centre)
    sheet.write_string(at, 1, f"{row.item}.{suffix}" if suffix else row.item, looks.locked)
    sheet.write_string(at, 2, printable(f"{row.name}（{suffix}）" if suffix else row.name), looks.locked)
    sheet.write_string(at, 3, printable(row.place or "—"), looks.centre)
    sheet.write_string(at, 4, ROLES[row.role], looks.centre)
    sheet.write_string(at, 5, printable(row.measure or "—"), looks.centre)
    _locked_figure(sheet, at, 6, row.goal, looks)
    if row.due:
        sheet.write_datetime(at, 7, row.due, looks.day)
    else:
        sheet.write_string(at, 7, "—" if row.kind != "level" else "未明确时限", looks.centre)
    _locked_figure(sheet, at, 8, row.opening, looks)
    typed = {"quantity": (9, 10), "closed": (9, 10), "received": (9,), "level": (10,), "summary": ()}[row.kind]
    for column in (9, 10):
        if column in typed:
            sheet.write_blank(at, column, None, looks.number)
            sheet.data_validation(at, column, at, column, _number_check(at, column, row))
        else:
            sheet.write_string(at, column, "—", looks.centre)
    formula, check = _formulas(at + 1, row)
    if formula:
        sheet.write_formula(at, 11, formula, looks.rate, "")
    else:
        sheet.write_string(at, 11, "—", looks.centre)
    for column in (12, 13, 14, 16, 17, 18):
        sheet.write_blank(at, column, None, looks.words)
    sheet.write_blank(at, 15, None, looks.date)
    sheet.data_validation(at, 15, at, 15, _date_check())
    sheet.write_formula(at, 19, check, looks.centre, "未填")
    sheet.set_row(at, 44)


def _locked_figure(sheet: Any, at: int, column: int, value: int | Decimal | None, looks: _Looks) -> None:
    if value is None:
        sheet.write_string(at, column, "—", looks.centre)
    else:
        sheet.write_number(at, column, value, looks.figure)


def _formulas(line: int, row: FormRow) -> tuple[str | None, str]:
    """The formulas of the rate and of the check. `N()` takes 无 and the like for 0."""
    opening, this, total, goal = f"I{line}", f"J{line}", f"K{line}", f"G{line}"
    if row.kind == "summary":
        return None, f'=IF(M{line}="","未填","一致")'
    if row.kind == "received":
        return None, f'=IF({this}="","未填","一致")'
    if row.kind == "level":
        return f'=IF({total}="","",N({total}))', f'=IF({total}="","未填",IF(N({total})<N({opening}),"不一致","一致"))'
    check = f'=IF(OR({this}="",{total}=""),"未填",IF(ROUND(N({opening})+N({this})-N({total}),2)=0,"一致","不一致"))'
    if not row.goal:
        return None, check
    rate = f"ROUND(N({total})/{goal}*100,1)"  # never 100.0 below the goal
    return f'=IF({total}="","",IF(AND({rate}>=100,N({total})<{goal}),99.9,{rate}))', check


def _number_check(at: int, column: int, row: FormRow) -> dict[str, Any]:
    """What may be typed into a cell of figures, and what is said of anything else."""
    cell = f"{'ABCDEFGHIJKLMNOPQRST'[column]}{at + 1}"
    scaled = cell if not row.decimals else f"{cell}*{10**row.decimals}"
    nil = ",".join(f'{cell}="{word}"' for word in NIL)
    digits = "整数" if not row.decimals else f"不超过{row.decimals}位小数的数字"
    if row.kind == "level":
        rule = f"=AND(ISNUMBER({cell}),N({cell})>=0,N({cell})<=100,INT(N({cell}))=N({cell}))"
        said, hint = (
            "请填写0至100之间的整数（完成百分比）。",
            "填写截至本期末的完成百分比（0—100的整数）；全部完成填100。",
        )
    else:
        low = f",N({cell})>=0" if column == 10 or row.kind != "quantity" else ""
        number = (
            f"AND(ISNUMBER({cell}),ROUND(N({scaled.replace(cell, f'N({cell})')}),0)=N({cell})*{10**row.decimals}{low})"
        )
        rule = f"=OR({number},{nil})"
        said = f"请填写{digits}；无进展填“0”，无此类事项填“无”。"
        hint = said if column == 9 else "本期末累计=上期末累计+本期完成。"
        if column == 9 and row.kind == "quantity":
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
    sheet = _sheet(book, "项目明细", PROJECT_COLUMNS, looks, title, 3)
    sheet.write_string(1, 0, printable(f"填报单位：{form.body.name}"), looks.line)
    sheet.write_string(1, 8, "同一指标各项目本期完成之和须与“进展情况”表一致。", looks.line)
    first, last = HEAD + 1, HEAD + len(form.projects) + SPARE_PROJECTS
    typed = [looks.words] * len(PROJECT_COLUMNS)
    typed[0] = looks.centre
    typed[9] = looks.figure
    for column in (8, 10, 11):
        typed[column] = looks.number
    for column in (13, 14):
        typed[column] = looks.date
    for at in range(first, last + 1):
        sheet.set_row(at, 22)
        sheet.write_number(at, 0, at - HEAD, looks.centre)
        for column, look in enumerate(typed[1:], 1):
            sheet.write_blank(at, column, None, look)
    for at, project in enumerate(form.projects, first):
        sheet.write_string(at, 1, printable(project.project), looks.words)
        sheet.write_string(at, 7, printable(indicator_of(form.plan, project.item)), looks.words)
        _locked_figure(sheet, at, 9, project.opening, looks)
    streets = [member.name for unit in form.plan.units for member in unit.members]
    indicators = [name for name in INDICATORS if _reported(form, name)]
    indicators += [row.name for row in form.rows if _unnamed(form, row)]
    for column, choices, strict in (
        (3, streets, False),
        (5, ["建设", "筹集", "配建"], True),
        (6, ["公共租赁住房", "人才住房", "安居型商品房"], False),
        (7, indicators, True),
    ):
        if choices and len(",".join(choices)) <= 255:  # what a list may be at most in Excel
            sheet.data_validation(first, column, last, column, _list_check(choices, strict))
    for column in (8, 10, 11):
        sheet.data_validation(first, column, last, column, _homes_check(column))
    for column in (13, 14):
        sheet.data_validation(first, column, last, column, _date_check())
    sheet.print_area(0, 0, last, len(PROJECT_COLUMNS) - 1)


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


def _homes_check(column: int) -> dict[str, Any]:
    least = -1_000_000 if column == 10 else 0
    said = "请填写整数（套）；核减填负数，并在备注注明依据。" if column == 10 else "请填写不小于0的整数（套）。"
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
