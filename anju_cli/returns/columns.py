"""Finding the tables of a return: the head wherever it stands, its columns by name in any order, Chinese or English."""

import re
import unicodedata
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from anju_cli.foreign import Row, Sheet, area, letters

_NAMES = {
    "number": "序号 no no. #",
    "code": "任务编号 编号 任务代码 item id itemid code taskid taskcode",
    "item": "工作任务 任务 任务名称 任务事项 工作事项 事项 指标名称 task taskname itemname",
    "body": "填报单位 报送单位 报送主体 成员单位 单位名称 body reportingbody reportedby",
    "either": "单位 unit",
    "measure": "计量单位 measure",
    "goal": "目标 年度目标 年度目标任务 计划数 任务数 年度计划 年度任务 目标任务 目标数 goal annualgoal",
    "due": "完成时限 时限 due duedate",
    "opening": "上期末累计 上期累计 上季末累计 截至上季末累计 截至上期末累计 上季度末累计 "
    "broughtforward opening openingtotal",
    "this": "本期 本季 本季度 本期完成 本季完成 本季度完成 本期数 本季数 本期完成数 本季完成数 本季度完成数 本季度数 "
    "本期新增 本季新增 本季度新增 thisquarter quantity quarterquantity",
    "total": "累计 本期末累计 累计完成 累计完成数 年初至今 年初至今累计 "
    "截至本季末累计 截至本期末累计 本季末累计 本季度末累计 "
    "本年累计 累计数 cumulative total yeartodate",
    "rate": "完成率 完成比例 完成进度 completion completionrate rate",
    "words": "进展情况 进展 工作进展 工作进展情况 完成情况 progress note words",
    "problems": "存在问题 问题 存在的问题 problems issues",
    "next": "下一步措施 下一步 下一步工作 下一步工作措施 整改措施 措施 nextsteps",
    "expected": "预计完成日期 预计完成时间 预计日期 预计完成 expecteddate",
    "evidence": "佐证材料 证明材料 佐证 evidence",
    "person": "责任人 责任人员 personresponsible",
    "remarks": "备注 说明 remarks",
    "project": "项目编码 项目编号 项目代码 project projectcode projectid",
    "project_name": "项目名称 项目 projectname",
    "indicator": "指标 指标类别 indicator",
    "stage": "形象进度 stage",
    "reason": "滞后原因 原因 delayreason",
}
NAMES = {synonym: name for name, synonyms in _NAMES.items() for synonym in synonyms.split()}

_HEAD_WITHIN = 30
"""Rows above which a head is looked for."""
_TOTALS = re.compile(r"(?:合|总|小|共)\s*计.*|.*(?:小计|合计)|total|sum|subtotal|grandtotal")
_FOOT = re.compile(
    r"(?:注|备注|说明|填表说明|单位负责人|负责人|填报人|填表人|审核人|联系人|联系电话|填报日期|填报单位|note)s?(?:[(:].*|\d*[.、].*|$)"
)


class ReturnLine(NamedTuple):
    """One row of a table, by the names of its columns."""

    number: int
    cells: dict[str, Any]


class ReturnTable(NamedTuple):
    """A table found in a sheet."""

    sheet: str | None
    columns: dict[str, int]
    """By name, the column it stands in, counted from 0."""
    head: int
    """The row of its head, from 1."""
    lines: list[ReturnLine]
    above: list[Row]
    """What stands above the head: the title, whose it is, for when."""
    uncached: frozenset[tuple[int, int]]

    @property
    def of_projects(self) -> bool:
        """Whether it lists projects under their indicators."""
        return "indicator" in self.columns and "project" in self.columns

    def cell(self, line: int, name: str) -> str | None:
        """The name of a cell, such as `K7`; of a row where it has no such column."""
        return f"{letters(self.columns[name])}{line}" if name in self.columns else f"A{line}"


def tables(sheets: list[Sheet], is_body: Callable[[str], bool]) -> list[ReturnTable]:
    """The tables of a file, one a sheet at most; sheets without a head, and hidden ones, are no part of the return."""
    found = (_table(sheet, is_body) for sheet in sheets if not sheet.hidden)
    return [table for table in found if table]


def _table(sheet: Sheet, is_body: Callable[[str], bool]) -> ReturnTable | None:
    merged = _merged(sheet)
    best: tuple[int, dict[str, int]] = (0, {})
    for place, row in enumerate(sheet.rows[:_HEAD_WITHIN]):
        columns = _columns(row, merged)
        if _is_head(columns) and len(columns) > len(best[1]):
            best = (place, columns)
    place, columns = best
    if not columns:
        return None
    head, above = sheet.rows[place], sheet.rows[:place]
    if above:  # a head of two rows: what spans several columns stands in the upper one
        taken = set(columns.values())
        upper = {
            name: at for name, at in _columns(above[-1], merged).items() if at not in taken and name not in columns
        }
        columns |= upper
    columns = _settled(columns, sheet.rows[place + 1 :], is_body)
    lines = list(_lines(sheet.rows[place + 1 :], columns, merged))
    return ReturnTable(sheet.name, columns, head.number, lines, above, sheet.uncached)


def _is_head(columns: dict[str, int]) -> bool:
    named = {"code", "item", "project", "indicator"} & columns.keys()
    said = {"this", "total", "words"} & columns.keys()
    return bool(named and said)


def _columns(row: Row, merged: dict[tuple[int, int], Any]) -> dict[str, int]:
    """The columns that a row names; the first of two of the same name."""
    found: dict[str, int] = {}
    for at, value in enumerate(row.values):
        value = merged.get((row.number, at), value) if value is None else value
        if isinstance(value, str) and len(value) <= 40 and (name := NAMES.get(folded(value))):
            found.setdefault(name, at)
    return found


def folded(head: str) -> str:
    """A heading as it is compared: without what is in brackets, without spaces, width or case."""
    plain = unicodedata.normalize("NFKC", head).casefold()
    plain = re.sub(r"\([^)]*\)|\[[^]]*\]", "", plain)
    return re.sub(r"[\s_*:：]+", "", plain)


def _settled(columns: dict[str, int], rows: list[Row], is_body: Callable[[str], bool]) -> dict[str, int]:
    """单位 is the measure or the body that reports: whichever its cells are."""
    if "either" not in columns:
        return columns
    at = columns["either"]
    values = {str(row.values[at]).strip() for row in rows[:200] if at < len(row.values) and row.values[at] is not None}
    bodies = [value for value in values if is_body(value)]
    if bodies and "body" not in columns:
        columns = {**columns, "body": at}
    return {name: place for name, place in columns.items() if name != "either"}


def _merged(sheet: Sheet) -> dict[tuple[int, int], Any]:
    """By (row, column), the value of the merged area a cell is in; only of areas that are read."""
    values = {row.number: row.values for row in sheet.rows}
    found: dict[tuple[int, int], Any] = {}
    for text in sheet.merges:
        top, left, bottom, right = area(text)
        row = values.get(top, ())
        if left >= len(row) or row[left] is None or len(found) > 200_000:
            continue
        for line in range(top, min(bottom, top + 2000) + 1):
            for column in range(left, min(right, left + 50) + 1):
                found[line, column] = row[left]
    return found


_DOWNWARDS = ("body", "code", "item", "project", "project_name", "indicator")
"""Columns of which a merged cell stands for all its rows; a figure stands for one alone."""


def _lines(rows: list[Row], columns: dict[str, int], merged: dict[tuple[int, int], Any]) -> Iterator[ReturnLine]:
    items = tuple(columns.items())
    named = tuple(columns[name] for name in ("number", "code", "item", "project", "project_name") if name in columns)
    for row in rows:
        values = row.values
        width = len(values)
        if _skipped(values, named):
            continue
        cells = {name: values[at] if at < width else None for name, at in items}
        if merged:
            for name in _DOWNWARDS:
                if name in columns and cells[name] is None:
                    cells[name] = merged.get((row.number, columns[name]))
        yield ReturnLine(row.number, cells)


def _skipped(values: tuple[Any, ...], named: tuple[int, ...]) -> bool:
    """Whether a row is a total, or a note below the table."""
    for at in (0, *named):
        value = values[at] if at < len(values) else None
        if not isinstance(value, str):
            continue
        first = at in (0, *named[:1])
        if not first and "计" not in value and not value.isalpha():
            continue  # most cells: nothing of a total's name in it
        plain = folded_word(value)
        if _TOTALS.fullmatch(plain) or (first and _FOOT.match(plain)):
            return True
    return False


def folded_word(value: str) -> str:
    """A word as it is compared."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", value[:80])).casefold()
