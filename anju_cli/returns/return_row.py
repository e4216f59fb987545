"""One row of a return: what it says, and whether it adds up (勾稽). Every problem at once, each with its cell."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from anju_cli.domain.directions import meets, rate_of
from anju_cli.domain.items import FULL, Item
from anju_cli.domain.problems import Place, Problem, problem
from anju_cli.domain.rates import measured
from anju_cli.errors import Unclear
from anju_cli.foreign import Cell, Formatted, Marked, NotComputed, Percent, named, text_of
from anju_cli.foreign import cell_grammar as cells
from anju_cli.foreign.head_words import among, same_measure, states_measure
from anju_cli.i18n import _
from anju_cli.returns.return_table import ReturnLine, ReturnTable

ROUNDING = Decimal("0.1")
"""By how many points a printed percentage may differ from the computed one and be a matter of rounding."""

_NAMED = ("code", "item", "project", "project_name", "indicator", "measure", "expected", "done_on")
"""Columns in which a mark that nobody sees is taken out with a warning, as in figures and words."""
_ASIDES = {
    "problems": "问题",
    "next": "措施",
    "stage": "形象进度",
    "reason": "滞后原因",
    "person": "责任人",
    "either_day": "完成时间",
}

_DASHES = ("—", "-", "――", "——", "–", "－")
"""What a locked cell shows."""

_DAYS = {"done_on": "完成日期", "expected": "预计完成"}
_DONE = re.compile(
    r"完成|完工|办结|竣工|结束|建成|结案|销号|达标|已.{0,12}?(?:印发|出台|落实|验收|交付|通过|使用)|[√✓✔☑]|(?<!\d)100\s*[%％]"
    r"|\b(?:done|completed?|finished)\b",
    re.IGNORECASE,
)
_NOT_DONE = re.compile(
    r"(?:未|没有|没|待|拟|将|预计|(?<!按)计划|不能|无法|部分|尽快|加快|力争|推进|确保|争取)[^，。；,;已]{0,12}?"
    r"(?:完成|完工|办结|竣工|结束|建成|结案|销号|达标)|完成率|not (?:yet )?(?:done|complete|finished)"
)
_ONE_PERCENT = re.compile(r"(?<![\d.])1\s*[%％]")


class DaysOfReturn(NamedTuple):
    """The days between which what a return says has happened."""

    first: date
    """Of the plan's year."""
    last: date
    """Of the quarter."""
    received_on: date
    today: date

    @property
    def earliest(self) -> dict[str, date]:
        """By column, the day that its dates cannot precede: what is expected has not come when the return reports."""
        return {"done_on": self.first, "expected": min(self.last, self.received_on)}


@dataclass(frozen=True, slots=True)
class ReturnRow:
    """What one row of a return says; read, joined and checked are each a new one. Quantities in smallest units.

    Once it is checked by itself its cells are dropped: what is still to be held against the ledger needs none.
    """

    file: str
    table: ReturnTable
    line: ReturnLine
    item: Item
    words_alone: bool = False
    """A standing duty: words, no figures."""
    project: str | None = None
    opening: int | None = None
    this: int | None = None
    total: int | None = None
    note: str | None = None
    evidence: str | None = None
    remarks: str | None = None
    done_on: date | None = None
    """Of a milestone, the day it was done (完成日期)."""
    total_alone: bool = False
    """It states its cumulative, and leaves the quarter's figure to be reckoned."""
    rate: Problem | None = None
    """What is wrong with its printed percentage, where nothing else is wrong with its figures."""
    problems: list[Problem] = field(default_factory=list)
    """What is wrong with it, as it is found: the one thing that grows, through every state of the row."""

    @property
    def blank(self) -> bool:
        """Whether it reports nothing."""
        return self.note is None if self.words_alone else self.this is None and self.total is None

    @property
    def faulty(self) -> bool:
        """Whether something in it has to be put right."""
        return any(noted.kind == "problem" for noted in self.problems)

    def drop_cells(self) -> None:
        """Keep no cell: nothing more is read of it, and there may be very many rows."""
        self.line.cells.clear()

    def place(self, name: str) -> Place:
        """The cell of a column."""
        return Place(self.file, self.table.sheet, self.table.cell(self.line.number, name))

    def wrong(
        self,
        name: str,
        what: str,
        found: object = None,
        expected: object = None,
        kind: str = "problem",
        *,
        recorded: bool = False,
    ) -> None:
        """Note what is wrong with the cell of a column."""
        self.problems.append(problem(self.place(name), what, found, expected, kind=kind, recorded=recorded))

    def shown(self, quantity: int | None) -> str:
        """A quantity as it is said."""
        return str(measured(quantity, self.item.decimals)) if quantity is not None else ""


def said(
    file: str, table: ReturnTable, line: ReturnLine, item: Item, project: str | None, *, words_alone: bool,
    days: DaysOfReturn,
) -> ReturnRow:  # fmt: skip
    """A row, read cell by cell."""
    row = ReturnRow(file, table, line, item, words_alone, project)
    opening = this = total = None
    for name in _NAMED:
        _tell_dropped(row, name, line.cells.get(name))
    if not words_alone:
        opening, this, total = (_figure(row, name) for name in ("opening", "this", "total"))
        if this is not None and cells.nil(line.cells.get("total")) and str(line.cells["total"]).strip() != "0":
            total = None  # 无 in both: nothing was done, whatever was done before
    evidence, remarks = _words(row, "evidence"), _words(row, "remarks")
    shown = {column: _day(row, column, days) for column in _DAYS if line.cells.get(column) is not None}
    done_on = shown.pop("done_on", None) if item.kind == "milestone" else None
    note, total_alone = _note(row, remarks, shown), total is not None and this is None and not item.is_level
    return ReturnRow(
        file, table, line, item, words_alone, project, opening, this, total, note, evidence, remarks, done_on,
        total_alone, problems=row.problems,
    )  # fmt: skip


def _day(row: ReturnRow, column: str, days: DaysOfReturn) -> date | None:
    try:
        return cells.day(row.line.cells.get(column), today=days.today, not_before=days.earliest[column])
    except Unclear as fault:
        row.wrong(column, fault.what, fault.got, _("a date such as 2020-06-30"))
        return None


def _figure(row: ReturnRow, name: str) -> int | None:
    value = row.line.cells.get(name)
    if value is None or (row.item.companion_of and name != "this" and str(value).strip() in _DASHES):
        return None  # forms sent out earlier have these two cells of cases taken in locked
    _tell_dropped(row, name, value)
    if name == "opening" and isinstance(value, Formatted):
        value = value.held  # of our own form, which shows what was carried beside it
    if row.item.level and name != "total" and str(value).strip() in _DASHES:
        return None
    if row.item.kind == "milestone" and name == "this" and cells.nil(value):
        return None
    try:
        figure = _amount(value, row.item)
    except Unclear as fault:
        row.wrong(name, fault.what, fault.got, fault.hint)
        return None
    measure = row.table.measures.get(name) or (row.table.measures.get("money") if "元" in row.item.measure else None)
    if figure and measure and not among(measure, row.item.measure):
        row.wrong(name, _("the head counts in another measure than the task"), measure, row.item.measure)
        return None
    return figure


def _amount(value: Cell, item: Item) -> int | None:
    """A figure as its task counts, in smallest units. A level may be 0; 无 and a dash say nothing of it."""
    if item.level and cells.nil(value) and not str(value).strip().isdecimal():
        raise Unclear(_("a level is a figure, and may be 0"), got=str(value), hint=_("leave the cell empty, or say 0"))
    if item.kind == "milestone" or (item.level and item.measure == "%"):
        return cells.level(value, item.decimals)
    return cells.figure(value, item.decimals, item.measure)


def _tell_dropped(row: ReturnRow, name: str, value: Cell) -> None:
    """Warn of what was taken out of a cell since nobody sees it."""
    if isinstance(value, Marked):
        letters = ", ".join(named(letter) for letter in value.dropped)
        row.wrong(name, _("characters that nobody sees were taken out"), letters, kind="warning")


def _words(row: ReturnRow, name: str) -> str | None:
    value = row.line.cells.get(name)
    if value is None:
        return None
    _tell_dropped(row, name, value)
    try:
        return cells.words(value, _("the cell"))
    except cells.NoWords as fault:
        row.wrong(name, fault.what, fault.got, kind="warning")
    except Unclear as fault:
        row.wrong(name, fault.what, fault.got, fault.hint)
    return None


def _note(row: ReturnRow, remarks: str | None, days: Mapping[str, date | None]) -> str | None:
    """All that a row says in words, in one line, each part named but the progress itself."""
    given = row.line.cells
    progress = _words(row, "words")
    if row.words_alone and progress is None and any(cells.nil(given.get(name)) for name in ("this", "total")):
        progress = next(str(given[name]).strip() for name in ("this", "total") if cells.nil(given.get(name)))
        progress = None if progress in _DASHES else progress
    parts = [f"{name}：{words}" for column, name in _ASIDES.items() if (words := _words(row, column))]
    parts += [f"{_DAYS[column]}：{day}" for column, day in days.items() if day]
    parts += [f"备注：{remarks}"] if remarks else []
    if row.words_alone and progress is None:
        return None
    note = "；".join(filter(None, (progress, *parts))) or None
    if note and len(note) > 2000:
        row.wrong("words", _("the words of this row are too long together"), len(note), "≤ 2000")
        return None
    return note


def check(row: ReturnRow, goal: int | None, overdue: bool) -> ReturnRow:
    """The row as it stands by itself: what its measure, percentage, goal and words are, beside its plan's."""
    if row.blank or row.words_alone:
        if row.note and not row.words_alone and not row.problems:
            what = _("words without a figure are not accepted; 0 or 无 says that nothing was done")
            row.wrong("this", what, kind="warning")
        return row
    if row.item.kind == "milestone":
        row = _check_level(row)
    elif row.item.level:
        row = _check_standing(row)
    _check_computed(row)
    _check_measure(row)
    row = replace(row, rate=_wrong_rate(row, goal))
    _check_goal(row, goal)
    told = any(noted.cell == row.place("words").cell for noted in row.problems)
    if not row.note and "words" in row.table.columns and not told:
        row.wrong("words", _("the progress is not described"), kind="warning")
    if overdue and "expected" in row.table.columns and cells.blank(row.line.cells.get("expected")):
        whole = FULL if row.item.kind == "milestone" else goal
        if whole is None or row.total is None or not meets(row.item, row.total, whole):
            row.wrong("expected", _("past its due date, and no expected date is given"), kind="warning")
    return row


def _check_level(row: ReturnRow) -> ReturnRow:
    name = "total" if row.total is not None else "this"
    row = replace(row, total=row.this if row.total is None else row.total, this=None)
    if row.total is not None and not 0 <= row.total <= FULL:
        row.wrong(name, _("a milestone's level is from 0 to 100 %"), row.total, "0–100")
    shown, words = row.line.cells.get(name), text_of(row.line.cells.get("words"))
    unclear = row.total == 1 and not isinstance(shown, Percent) and "%" not in str(shown)
    if unclear and not _ONE_PERCENT.search(words) and _DONE.search(_NOT_DONE.sub("", words)):
        row.wrong(name, _("1 beside words that say it is done: 1 % or 100 %?"), row.total, "100 | 1%")
    return row


def _check_standing(row: ReturnRow) -> ReturnRow:
    """A level is stated once: as 本期末累计, or, in a file that has no such column, as what is said of the quarter."""
    name = "total" if row.total is not None else "this"
    level = row.this if row.total is None else row.total
    if row.this is not None and row.total != row.this and "total" in row.table.columns:
        row.wrong("this", _("where it stands is stated in the cumulative alone"), row.shown(row.this), "—")
    if level is not None and level < 0 and not row.item.signed:
        row.wrong(name, _("a cumulative is never below 0"), row.shown(level))
    return replace(row, total=level, this=None)


def _check_measure(row: ReturnRow) -> None:
    """计量单位 of a row is its task's."""
    value = row.line.cells.get("measure")
    if not isinstance(value, str) or cells.blank(value) or cells.nil(value) or row.item.kind == "milestone":
        return
    if row.item.measure and not same_measure(value, row.item.measure) and states_measure(value):
        row.wrong("measure", _("the task is counted in another measure"), value, row.item.measure)


def _check_computed(row: ReturnRow) -> None:
    """What is only compared must have come to something too; but for the rate, which a form reckons itself."""
    for name in ("goal", "rate", "measure"):
        value = row.line.cells.get(name)
        try:
            cells.check_result(None if name == "rate" and isinstance(value, NotComputed) else value)
        except Unclear as fault:
            row.wrong(name, fault.what, fault.got, fault.hint)


def _wrong_rate(row: ReturnRow, goal: int | None) -> Problem | None:
    printed = cells.rate(row.line.cells.get("rate"))
    if printed is None or row.total is None or row.problems:
        return None
    expected = Decimal(row.total) if row.item.kind == "milestone" else rate_of(row.item, goal, row.total)
    if expected is None:
        return None
    number, signed = printed
    # One without a sign may be the fraction itself. Nearest is meant.
    choices = [number] if signed else [number, number * 100]
    off = min(abs(choice - expected) for choice in choices)
    if not off:
        return None
    kind = "warning" if off <= ROUNDING else "problem"
    what = _("the percentage differs by rounding") if kind == "warning" else _("the percentage is not right")
    shown = min(choices, key=lambda choice: abs(choice - expected))
    return problem(row.place("rate"), what, f"{shown.normalize():f}%", f"{expected}%", kind=kind)


def _check_goal(row: ReturnRow, goal: int | None) -> None:
    value = row.line.cells.get("goal")
    if goal is None or cells.blank(value) or cells.nil(value):
        return
    try:
        stated = _amount(value, row.item)
    except Unclear:
        return
    if stated != goal:
        row.wrong("goal", _("not the goal of the plan"), row.shown(stated), row.shown(goal), "warning")
