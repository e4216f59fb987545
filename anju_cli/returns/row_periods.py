"""Columns that say of each row for when it is: what a row says of another quarter or year is no part of this return."""

import re

from anju_cli.domain.problems import Place, problem
from anju_cli.errors import Unclear
from anju_cli.foreign import text_of
from anju_cli.foreign.cell_grammar import blank, nil
from anju_cli.i18n import _
from anju_cli.returns.column_names import FIGURES
from anju_cli.returns.heading import Said, quarter_if_any, quarter_number
from anju_cli.returns.return_table import ReturnLine, ReturnTable
from anju_cli.returns.table_heads import AskedPeriod

_YEAR = re.compile(r"\d{4}")
_TOLD = (*FIGURES, "words")


def is_of_period(table: ReturnTable, line: ReturnLine, period: AskedPeriod) -> bool:
    """Whether a row is to be taken; one of another period that says anything is a problem at its cell."""
    for name in ("period", "year"):
        text = text_of(line.cells.get(name))
        if not text or nil(text) or _is_ours(table, line, name, text, period):
            continue
        if all(blank(line.cells.get(told)) for told in _TOLD):
            return False
        return _refuse(table, line, name, text, period)
    return True


def _is_ours(table: ReturnTable, line: ReturnLine, name: str, text: str, period: AskedPeriod) -> bool:
    if name == "year":
        found = _YEAR.search(text)
        return found is None or int(found[0]) in period.quarters.calendar_years
    known = period.quarter or (quarter_if_any(table.quarter.text, period.quarters) if table.quarter else None)
    named = quarter_if_any(text, period.quarters)
    if known is None and named is not None:
        table.quarter = Said(text, line.number)  # the first row that says so says it of the table
        return True
    return named is not None and named == known


def _refuse(table: ReturnTable, line: ReturnLine, name: str, text: str, period: AskedPeriod) -> bool:
    place = Place(table.file, table.sheet, table.cell(line.number, name))
    what, hint = _("this return is for another quarter"), None
    try:
        if name == "period":
            quarter_number(text, period.quarters)
    except Unclear as fault:
        what, hint = fault.what, fault.hint
    table.problems.append(problem(place, what, text, hint))
    return True
