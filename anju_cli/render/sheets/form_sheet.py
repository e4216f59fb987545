"""What both sheets of a form have: how cells look, the frame of a sheet, and what is said of a wrong date."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from anju_cli.domain.grammar import printable
from anju_cli.render.sheets.form_columns import FONT, MARGIN, FormColumn, places
from anju_cli.render.sheets.form_words import Say

HEAD = 2
"""The row of the table's head, counted from 0."""
HEADING = (30, 20, 52)
"""The heights of the title, the line below it and the head, in points."""


class FormLooks:
    """The formats of a form: what is typed is white, what is locked grey."""

    def __init__(self, book: Any, *, english: bool = False) -> None:
        song, hei = ("Arial", "Arial") if english else ("宋体", "黑体")
        base = {"font_name": song, "font_size": FONT, "valign": "vcenter", "text_wrap": True}
        grid = base | {"border": 1}
        locked, typed = grid | {"bg_color": "#F2F2F2"}, grid | {"locked": False}
        self.title = book.add_format(base | {"font_name": hei, "font_size": 16, "align": "center"})
        self.line = book.add_format(base | {"text_wrap": False})
        self.fill = book.add_format(base | {"text_wrap": False, "locked": False})
        self.notes = book.add_format(base | {"valign": "top"})
        self.head = book.add_format(locked | {"font_name": hei, "align": "center", "bg_color": "#D9E2EC"})
        self.locked = book.add_format(locked)
        self.centre = book.add_format(locked | {"align": "center"})
        whole = {"align": "right", "text_wrap": False, "shrink": True}  # a long figure is never shown as ###
        self.figure = book.add_format(locked | whole | {"num_format": "General"})
        self.rate = book.add_format(locked | whole | {"num_format": "0.0"})
        self.day = book.add_format(locked | {"align": "center", "num_format": "yyyy-mm-dd"})
        self.words = book.add_format(typed)
        self.number = book.add_format(typed | whole | {"num_format": "General"})
        self.level = book.add_format(typed | whole | {"num_format": '0"%"'})  # a typed 100% is seen to be 1 %
        self.date = book.add_format(typed | {"align": "center", "num_format": "yyyy-mm-dd"})
        self.good = book.add_format({"font_color": "#1B5E20"})
        self.bad = book.add_format({"font_color": "#B00020", "bold": True})
        self.missing = book.add_format({"font_color": "#8A5A00"})


def new_sheet(
    book: Any, name: str, columns: Sequence[FormColumn], looks: FormLooks, title: str, names: str, say: Say
) -> Any:
    """A sheet as both have it: title, frozen up to the head and its names, A4 landscape, protected."""
    sheet = book.add_worksheet(name)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.set_margins(left=MARGIN, right=MARGIN, top=0.5, bottom=0.6)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(HEAD)
    sheet.center_horizontally()
    sheet.set_footer(f"&C&{FONT}{say('第 &P 页 共 &N 页')}")
    sheet.freeze_panes(HEAD + 1, places(columns)[names] + 1)
    sheet.merge_range(0, 0, 0, len(columns) - 1, "", looks.title)
    sheet.write_string(0, 0, printable(title), looks.title)
    for at, height in enumerate(HEADING):
        sheet.set_row(at, height)
    for place, column in enumerate(columns):
        sheet.set_column(place, place, column.width)
        sheet.write_string(HEAD, place, say(column.head), looks.head)
    sheet.protect("", {"format_rows": True, "format_columns": True, "select_locked_cells": True})
    return sheet


def locked_figure(sheet: Any, at: int, column: int, value: int | Decimal | None, looks: FormLooks) -> None:
    """A figure that is not typed; a dash where there is none."""
    if value is None:
        sheet.write_string(at, column, "—", looks.centre)
    else:
        sheet.write_number(at, column, value, looks.figure)


def date_check(say: Say, first: date = date(2000, 1, 1), last: date = date(2099, 12, 31)) -> dict[str, Any]:
    """What may be typed where a day is due."""
    return {
        "validate": "date",
        "criteria": "between",
        "minimum": first,
        "maximum": last,
        "error_title": say("日期有误"),
        "error_message": say("请填写日期，如2020-06-30。"),
    }
