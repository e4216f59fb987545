"""The day a milestone was done (完成日期), as a row of a return says it: one day, that has come, beside 100 %."""

from anju_cli.domain.items import FULL
from anju_cli.errors import Unclear
from anju_cli.foreign import cell_grammar as cells
from anju_cli.foreign import text_of
from anju_cli.i18n import _
from anju_cli.returns.return_row import DaysOfReturn, ReturnRow


def check_day(row: ReturnRow, days: DaysOfReturn, body: str) -> None:
    """Note what is wrong with the day of completion of a milestone's row."""
    _check_either(row, days)
    day = row.done_on
    if day is None:
        return
    if row.total is None or row.total < FULL:
        what = _("a day of completion without 100 %: is it done?")
        row.wrong("done_on", what, day, _("100, or no day of completion"))
    elif day > days.last:
        row.wrong("done_on", _("this day is after the end of the quarter"), day, f"≤ {days.last}")
    elif day > days.today:
        row.wrong("done_on", _("this day is still to come"), day, f"≤ {days.today}")
    elif day > days.received_on:
        row.wrong("done_on", _("this day is after the return came"), day, f"≤ {days.received_on}")
    elif day < days.first:
        by_hand = f"anju progress add {row.item.id} --done --unit {body} --on {day} --outside-year"
        row.wrong("done_on", _("this day is before the plan's year"), day, by_hand)


def _check_either(row: ReturnRow, days: DaysOfReturn) -> None:
    """完成时间 is the due date, or else it could be the day of completion: nobody can tell."""
    value = row.line.cells.get("either_day")
    if cells.blank(value) or row.total != FULL or row.done_on is not None:
        return
    try:
        day = cells.day(value, today=days.today, not_before=days.first)
    except Unclear:
        return
    if day is not None and day != row.item.due:
        what = _("完成时间: the day it was done, or the day it is due?")
        row.wrong("either_day", what, text_of(value), _("a column 完成日期, or 完成时限"))
