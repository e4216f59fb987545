"""The return (工作进展情况填报表) as a workbook for a unit to fill in, in official Chinese whatever the language.

The importer knows a file by its hidden sheet, and its columns by their names: units may move what they like.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from anju_cli.domain.grammar import printable
from anju_cli.domain.items import FULL
from anju_cli.render.sheets.form_columns import PROGRESS, letters, places, widened
from anju_cli.render.sheets.form_sheet import HEAD, HEADING, FormLooks, date_check, locked_figure, new_sheet
from anju_cli.render.sheets.project_form import project_sheet
from anju_cli.render.wording.papers import full, quarter_of, subject

if TYPE_CHECKING:
    from anju_cli.domain.quarters import Quarters
    from anju_cli.reports.returns import FormRow, ReturnForm

IDENTIFICATION = "标识"
"""The hidden sheet that says whose return it is."""

ROLES = {"lead": "牵头", "joint": "共同牵头", "assist": "配合（如有填报）", "responsible": "责任"}
NIL = ("无", "零", "—")

AT, LETTERS = places(PROGRESS), letters(PROGRESS)
TYPED = {
    "quantity": ("this", "total"),
    "closed": ("this", "total"),
    "received": ("this", "total"),
    "level": ("total",),
    "reading": ("total",),
    "summary": (),
}
"""The columns of figures that are typed, by the kind of a row."""
NORMAL = {"font_name": "Arial", "font_size": 10}
"""By whose digits the widths of columns are measured: as wide on every system, also where it has another name."""
LOWEST, HIGHEST = 62, 80
"""Between which a row is high, in points: four lines or more."""
FOOT = 76
"""The height of what stands below the table."""
PAGES = (590, 630)
"""How much of a sheet stands on a page, in points, as programs shrink it."""
NOTES = (
    "注：本期末累计=上期末累计+本期完成，上期末累计含其中补报；无进展填“0”，无此类事项填“无”，空白视为未报；"
    "节点任务全部完成的填100，并填完成日期，否则按考核期末计；核减的本期完成填负数并在备注注明依据；"
    "住房数量须与附表一致；请勿填写补贴家庭姓名等个人信息。"
)


def form_book(form: ReturnForm) -> bytes:
    """The workbook of one return."""
    from xlsxwriter import Workbook

    content = io.BytesIO()
    plain = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = Workbook(content, plain | {"default_format_properties": NORMAL})
    quarter = quarter_of(form.plan.quarters, form.quarter)
    title = f"{subject(form.plan.title)}{quarter}工作进展情况填报表"
    book.set_properties({"title": printable(title), "author": printable(form.plan.issuer)})
    looks = FormLooks(book)
    _progress(book, form, looks, title)
    if form.homes:
        project_sheet(book, form, looks)
    _identify(book, form)
    book.close()
    return content.getvalue()


def file_name(form: ReturnForm) -> str:
    """A name for the file, in any folder of any system: nothing of a name but its letters and digits is kept."""
    name = "".join(letter for letter in form.body.name if letter.isalnum())
    return f"{form.plan.year}Q{form.quarter}_{form.body.id}_{name[:40]}.xlsx"


def _progress(book: Any, form: ReturnForm, looks: FormLooks, title: str) -> None:
    figures = [figure for row in form.rows for figure in (row.goal, row.opening) if figure is not None]
    columns = widened(PROGRESS, max((len(str(figure)) for figure in figures), default=0))
    sheet = new_sheet(book, "进展情况", columns, looks, title, "item")
    deadline = form.review.return_deadline
    sheet.write_string(1, 0, printable(f"填报单位（盖章）：{form.body.name}"), looks.line)
    quarter = quarter_of(form.plan.quarters, form.quarter)
    sheet.write_string(1, AT["opening"], f"考核期：{form.plan.year}年{quarter}", looks.line)
    # A quarter with its months takes more room.
    until, day = ("words", "done_on") if form.plan.quarters.of_calendar else ("problems", "evidence")
    sheet.write_string(1, AT[until], f"报送截止：{full(deadline)}（含当日）", looks.line)
    sheet.write_string(1, AT[day], "填报日期：", looks.fill)
    height = _row_height(len(form.rows))
    for number, row in enumerate(form.rows, 1):
        _progress_row(sheet, HEAD + number, number, row, form, looks)
        sheet.set_row(HEAD + number, height)
    last = HEAD + len(form.rows)
    for words, look in (("一致", looks.good), ("不一致", looks.bad), ("未填", looks.missing)):
        rule = {"type": "cell", "criteria": "==", "value": f'"{words}"', "format": look}
        sheet.conditional_format(HEAD + 1, AT["check"], max(last, HEAD + 1), AT["check"], rule)
    foot = last + 2
    for key, words in (("number", "单位负责人（签字）："), ("opening", "填报人："), ("words", "联系电话：")):
        sheet.write_string(foot, AT[key], words, looks.fill)
    sheet.merge_range(foot + 1, 0, foot + 1, len(PROGRESS) - 1, "", looks.notes)
    sheet.write_string(foot + 1, 0, NOTES, looks.notes)
    sheet.set_row(foot + 1, 34)
    sheet.print_area(0, 0, foot + 1, len(PROGRESS) - 1)


def _progress_row(sheet: Any, at: int, number: int, row: FormRow, form: ReturnForm, looks: FormLooks) -> None:
    suffix = {"received": "受理", "closed": "办结"}.get(row.kind)
    sheet.write_number(at, AT["number"], number, looks.centre)
    sheet.write_string(at, AT["code"], f"{row.item}.{suffix}" if suffix else row.item, looks.locked)
    sheet.write_string(at, AT["item"], printable(f"{row.name}（{suffix}）" if suffix else row.name), looks.locked)
    sheet.write_string(at, AT["basis"], "\n".join(map(printable, _basis(row, form.plan.quarters))), looks.centre)
    sheet.write_string(at, AT["measure"], printable(row.measure or "—"), looks.centre)
    for key, figure in (("goal", row.goal), ("opening", row.opening), ("carried", row.carried)):
        locked_figure(sheet, at, AT[key], figure, looks)
    for key in ("this", "total"):
        if key in TYPED[row.kind]:
            sheet.write_blank(at, AT[key], None, looks.level if row.kind == "level" else looks.number)
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
    if row.kind == "level":
        _done_on(sheet, at, form, looks)
    else:
        sheet.write_string(at, AT["done_on"], "—", looks.centre)
    sheet.write_blank(at, AT["expected"], None, looks.date)
    sheet.data_validation(at, AT["expected"], at, AT["expected"], date_check())
    sheet.write_formula(at, AT["check"], check, looks.centre, "未填")


def _row_height(rows: int) -> int:
    """As high as rows have to be for the signatures not to fall alone on a page."""
    heights = range(LOWEST, HIGHEST)
    return next((height for height in heights if all(_together(rows, height, page) for page in PAGES)), LOWEST)


def _together(rows: int, height: int, page: int) -> bool:
    """Whether the last row and what stands below the table come onto one page."""
    room = page - sum(HEADING)
    while rows * height > room:
        rows -= room // height
        room = page - HEADING[HEAD]
    return rows * height + FOOT <= room


def _basis(row: FormRow, quarters: Quarters) -> list[str]:
    """Where in the plan a task stands, what the body has to do with it, and by when."""
    due = "未明确时限" if row.kind == "level" else ""
    if row.due is not None:
        due = f"{row.due.month}月{row.due.day}日" if quarters.of(row.due) in quarters.numbers else row.due.isoformat()
    leader = f"责任领导：{row.leader}" if row.leader else ""
    weight = "" if row.weight is None else f"权重{row.weight}"
    ceiling = "不高于年度目标" if row.direction == "at_most" and row.goal is not None else ""
    return list(filter(None, [row.place, ROLES[row.role], due, ceiling, leader, weight]))


def _done_on(sheet: Any, at: int, form: ReturnForm, looks: FormLooks) -> None:
    """The day of completion of a milestone: one of the plan's year up to the end of the quarter."""
    check = date_check(form.plan.quarters.starts, form.review.end)
    sheet.write_blank(at, AT["done_on"], None, looks.date)
    sheet.data_validation(at, AT["done_on"], at, AT["done_on"], check)


def _formulas(line: int, row: FormRow) -> tuple[str | None, str]:
    """The formulas of the rate and of the check. `N()` takes 无 and the like for 0."""
    opening, this, total, goal, words, done = (
        f"{LETTERS[key]}{line}" for key in ("opening", "this", "total", "goal", "words", "done_on")
    )
    if row.kind == "summary":
        return None, f'=IF({words}="","未填","一致")'
    if row.kind == "reading":
        return None, f'=IF({total}="","未填","一致")'
    if row.kind == "level":
        wrong = f'OR(N({total})<N({opening}),AND(N({total})<{FULL},{done}<>""))'
        missing = f'OR({total}="",AND(N({total})={FULL},{done}=""))'
        return f'=IF({total}="","",N({total}))', f'=IF({missing},"未填",IF({wrong},"不一致","一致"))'
    check = f'=IF(OR({this}="",{total}=""),"未填",IF(ROUND(N({opening})+N({this})-N({total}),2)=0,"一致","不一致"))'
    if not row.part:
        return None, check
    rate = f"ROUND(N({total})/{goal}*100,1)"
    # never 100.0 where the goal is missed: below it, or above one that is a ceiling
    missed, printed = (f"N({total})>{goal}", "100.1") if row.direction == "at_most" else (f"N({total})<{goal}", "99.9")
    return f'=IF({total}="","",IF(AND({rate}=100,{missed}),{printed},{rate}))', check


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
    elif row.kind == "reading":
        low = "" if row.signed else f",N({cell})>=0"
        rule = f"=AND(ISNUMBER({cell}),ROUND(N({cell})*{10**row.decimals},0)=N({cell})*{10**row.decimals}{low})"
        said = f"请填写本期末达到的数值（{digits}）。"
        hint = "填写截至本期末的数值，不填增减量；没有数值的留空。"
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


def _identify(book: Any, form: ReturnForm) -> None:
    """The hidden sheet by which an import knows the return."""
    sheet = book.add_worksheet(IDENTIFICATION)
    sheet.very_hidden()
    said = {"plan": form.plan.id, "revision": str(form.revision), "body": form.body.id, "quarter": f"Q{form.quarter}"}
    for at, (name, value) in enumerate(said.items()):
        sheet.write_string(at, 0, name)
        sheet.write_string(at, 1, value)
    sheet.protect()
