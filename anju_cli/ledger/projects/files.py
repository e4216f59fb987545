"""A file of projects into the register: every problem at once, and nothing written unless all is right."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from anju_cli.domain import register_fields as fields
from anju_cli.domain.items import Item
from anju_cli.domain.list_table import Listing, ListingRow
from anju_cli.domain.names import MOST_SUGGESTED, NoSuchName, fold
from anju_cli.domain.plan import Plan
from anju_cli.domain.problems import Problem, WrongFile, brief
from anju_cli.domain.register_fields import Days
from anju_cli.errors import AnjuError
from anju_cli.foreign.cell_grammar import day_text, whole_text
from anju_cli.foreign.head_words import among, is_hint, measure_in, parted
from anju_cli.i18n import _
from anju_cli.ledger.basis import Basis
from anju_cli.ledger.book import Book
from anju_cli.ledger.projects.editing import StatedGrounds, course_edits, target_of
from anju_cli.ledger.projects.register import Edit, ProjectRegister, Registered, field_name, record, register_of

COLUMNS: dict[str, tuple[str, ...]] = {
    "code": ("项目编码", "项目代码", "项目编号", "编码", "code"),
    "name": ("项目名称", "名称", "name"),
    "sub_district": ("所属街道", "街道", "sub-district", "sub_district"),
    "builder": ("建设单位", "实施单位", "builder"),
    "way": ("筹建方式", "建设方式", "way"),
    "type": ("住房类型", "type"),
    "homes": ("总套数", "项目总套数", "住房套数", "房源套数", "homes"),
    "stage": ("形象进度", "进度阶段", "stage"),
    "carried_from": ("结转年度", "往年结转", "carried_from"),
    "slow": ("滞后原因", "缓慢原因", "slow"),
    "problem": ("存在问题", "问题项目", "problem"),
    "supplied": ("交付入住日期", "入住日期", "supplied"),
    "target": ("指标", "目标任务", "target"),
    "target_homes": ("计划套数", "指标套数", "target_homes"),
    "planned": ("原计划日期", "原计划", "计划日期", "planned"),
    "current": ("预计日期", "现计划日期", "现计划", "current"),
    "actual": ("实际日期", "实际完成日期", "actual"),
    "earlier": ("以前年度已计", "往年已计套数", "earlier"),
}
"""The columns of a file of projects, by the names they go by. One row for each project and target (指标)."""

INDICATORS = {"竣工": "complete-final"}
"""Short names of targets in the return's list of projects that are part of another target's name too."""

_COUNTED = {"homes", "target_homes", "earlier"}
_HOMES = "套"
_DATED = {"supplied", "planned", "current", "actual"}


@dataclass
class _Draft:
    """What the rows of one project say."""

    row: int
    own: dict[str, str] = field(default_factory=dict)
    courses: dict[str, tuple[int, dict[str, str]]] = field(default_factory=dict)


@dataclass(frozen=True)
class ReadProjects:
    """A file of projects as it was read, before the turn to write."""

    reading: "_ProjectReading"
    edits: Mapping[str, Sequence[Edit]]
    """By code, what the file says of a project's fields."""


def read_projects(basis: Basis, sheet: Listing, why: StatedGrounds) -> ReadProjects:
    """What the rows of a file say, by what the plan was then; what is wrong is told when they are recorded."""
    reading = _ProjectReading(basis.plan, sheet, why.days(basis))
    return ReadProjects(reading, {code: reading.edits(code, draft) for code, draft in reading.drafts.items()})


def import_projects(book: Book, read: ReadProjects, why: StatedGrounds, *, update: bool) -> Registered:
    """Add the projects of a file; those that are in the register are changed only where that is asked for.

    Raises WrongFile, with every problem and its cell, where anything in the file is wrong.
    """
    register, reading = register_of(book), read.reading
    book.notes += reading.sheet.notes
    book.warnings += reading.warnings
    edits: list[Edit] = []
    unchanged = 0
    for code, draft in reading.drafts.items():
        known = code in register.projects
        news = [edit for edit in read.edits[code] if _recorded(register, edit) != edit.value]
        if known and news and not update:
            reading.found(draft.row, "", code, _("what is recorded: {differences}; or --update --reason WHY").format(
                differences=", ".join(f"{field_name(edit)} {_recorded(register, edit) or '—'}" for edit in news)
            ))  # fmt: skip
        if not known:
            reading.check_new(register, code, draft)
        for edit in news:
            if edit.field == "planned" and (first := _recorded(register, edit)):
                stands = _("{day}: the date first planned stands; a new one is 预计日期").format(day=first)
                reading.found(draft.row, "planned", edit.value or "", stands)
        unchanged += known and not news
        edits += news
    if reading.problems:
        raise WrongFile(reading.problems)
    return record(book, register, edits, why.grounds(book, "edit" if update else "add"), unchanged)


def _recorded(register: ProjectRegister, edit: Edit) -> str | None:
    last = register.last.get(edit[:4])
    return last.value if last else None


class _ProjectReading:
    """One reading of a file of projects, with the problems met on the way."""

    def __init__(self, plan: Plan, sheet: Listing, days: Days) -> None:
        self.plan, self.sheet, self.days = plan, sheet, days
        self.problems: list[Problem] = []
        self.warnings: list[str] = []
        self._targets: dict[str, Item | AnjuError] = {}
        self.columns = self._columns()
        self.drafts: dict[str, _Draft] = {}
        self._codes: dict[str, list[str]] = {}
        self._faulty: set[tuple[int, str]] = set()
        """Rows and columns of cells that cannot be read, which was noted."""
        if "code" in self.columns and "name" in self.columns:
            for row in sheet.rows:
                self._take(row)

    def found(self, row: int, column: str, what: str, wanted: str) -> None:
        """Note that something else was expected."""
        shown = repr(what) if what else _("nothing")
        self.problems.append(Problem(self.sheet.file, row, at=self._title(column), found=shown, expected=wanted))

    def failed(self, row: int, column: str, what: str, fault: AnjuError) -> None:
        """Note that a value was refused."""
        got = _("{what} (got {got})").format(what=fault.what, got=repr(brief(what)))
        said = f"{got}: {fault.hint}" if fault.hint else got
        self.problems.append(Problem(self.sheet.file, row, at=self._title(column), what=said))

    def _title(self, column: str) -> str:
        """The head of a column as the file writes it; empty where the file lacks the column."""
        place = self.columns.get("target_homes" if column == "homes" and "homes" not in self.columns else column)
        return self.sheet.head[place] if place is not None else ""

    def _columns(self) -> dict[str, int]:
        known = {fold(name): column for column, names in COLUMNS.items() for name in names}
        found: dict[str, int] = {}
        ignored = []
        for place, title in enumerate(self.sheet.head):
            name, inside = parted(title)
            column = (known.get(fold(title)) or known.get(fold(name))) if title else None
            if column is None:
                ignored += [title] if title else []
            elif column in found:
                once = _("one column for this; {other} is one too").format(other=self.sheet.head[found[column]])
                self.problems.append(Problem(self.sheet.file, at=title, what=once))
            else:
                found[column] = place
                if column in _COUNTED:
                    self._check_measure(title, [] if fold(title) in known else inside)
        for column in ("code", "name"):
            if column not in found:
                missing = _("no column {names}").format(names=" | ".join(COLUMNS[column]))
                self.problems.append(Problem(self.sheet.file, what=missing))
        if ignored:
            self.warnings.append(_("columns not taken: {columns}").format(columns=", ".join(ignored)))
        return found

    def _check_measure(self, title: str, inside: list[str]) -> None:
        """What stands in brackets in a head of homes, or in a line above, must be homes too."""
        for text in inside:
            if not is_hint(text) and not among(measure_in(text) or "", _HOMES):
                unknown = _("what stands in brackets in this head is not known here")
                what = _("the head counts in another measure than the task") if measure_in(text) else unknown
                self.problems.append(Problem(self.sheet.file, at=title, what=what))
        if self.sheet.measure is not None and not among(self.sheet.measure, _HOMES):
            what = _("the head counts in another measure than the task")
            self.problems.append(Problem(self.sheet.file, at=title, what=f"{what} ({self.sheet.measure})"))

    def _take(self, row: ListingRow) -> None:
        """Take in one row: the project's own fields must agree in all its rows, a target stands in one of them."""
        cells = {column: self.sheet.cell(row, place) for column, place in self.columns.items()}
        for column, place in self.columns.items():
            if place in row.faults:
                self.problems.append(
                    Problem(self.sheet.file, row.number, at=self.sheet.head[place], what=row.faults[place])
                )
                cells[column] = ""
                self._faulty.add((row.number, column))
        if not cells["code"] and self.columns["code"] in row.faults:
            return
        for column in _COUNTED & cells.keys():
            place = self.columns[column]
            cells[column] = whole_text(row.figures.get(place, cells[column]))
            if place in row.unclear:
                self.problems.append(
                    Problem(self.sheet.file, row.number, at=self.sheet.head[place], what=row.unclear[place])
                )
        try:
            code = fields.code(cells["code"])
        except AnjuError as fault:
            self.failed(row.number, "code", cells["code"], fault)
            return
        draft = self.drafts.setdefault(code, _Draft(row.number))
        for name in fields.PROJECT:
            value = cells.get(name)
            if value and draft.own.setdefault(name, value) != value:
                same = _("{value}, as in row {row}").format(value=draft.own[name], row=draft.row)
                self.found(row.number, name, value, same)
        stated = {"homes": cells.get("target_homes", "")}
        stated |= {name: cells.get(name, "") for name in ("planned", "current", "actual", "earlier")}
        stated = {name: value for name, value in stated.items() if value}
        target = cells.get("target", "")
        target = INDICATORS[target] if INDICATORS.get(target) in self.plan.by_id else target
        if not target:
            dated = [name for name in stated if name != "homes"]
            if dated:
                self.found(row.number, "target", "", _("the target that the dates are of"))
        elif target in draft.courses:
            once = _("each target of a project once; row {row} has it").format(row=draft.courses[target][0])
            self.found(row.number, "target", target, once)
        else:
            draft.courses[target] = row.number, stated
        if "homes" not in self.columns and (homes := stated.get("homes")):
            draft.own["homes"] = _larger(draft.own.get("homes"), homes)

    def edits(self, code: str, draft: _Draft) -> list[Edit]:
        """What a project's rows say as changes of its fields; what cannot be read is noted."""
        edits = []
        for name, value in draft.own.items():
            try:
                kept = fields.read(fields.PROJECT, name, _plain(name, value), self.days)
                edits.append(Edit(code, "project", None, name, kept))
            except AnjuError as fault:
                self.failed(draft.row, name, value, fault)
        for target, (row, stated) in draft.courses.items():
            item = self._target(target)
            if isinstance(item, AnjuError):
                self.failed(row, "target", target, item)
                continue
            for name, value in stated.items():
                try:
                    edits += course_edits(item, code, {name: _plain(name, value)}, self.days)
                except AnjuError as fault:
                    self.failed(row, name, value, fault)
        return [edit for edit in edits if edit.value is not None]

    def _target(self, text: str) -> Item | AnjuError:
        """The target that a cell names, or why it names none: looked up once, however often it stands in the file."""
        if text not in self._targets:
            try:
                self._targets[text] = target_of(self.plan, text)
            except AnjuError as fault:
                if isinstance(fault, NoSuchName) and len(self._targets) >= MOST_SUGGESTED:
                    fault.without_hint()
                self._targets[text] = fault
        return self._targets[text]

    def check_new(self, register: ProjectRegister, code: str, draft: _Draft) -> None:
        """A new project has a name, homes, and a code that no other has in other letters."""
        for name in ("name", "homes"):
            if not draft.own.get(name) and (draft.row, name) not in self._faulty:
                self.found(draft.row, name, "", _("a value: a project needs its {field}").format(field=name))
        if taken := next((each for each in self._alike(register)[fold(code)] if each != code), None):
            self.found(draft.row, "code", code, _("a new code, or exactly {other}").format(other=taken))

    def _alike(self, register: ProjectRegister) -> dict[str, list[str]]:
        """All codes, of the register and of the file, by what they are compared as."""
        if not self._codes:
            for each in (*register.projects, *self.drafts):
                self._codes.setdefault(fold(each), []).append(each)
        return self._codes


def _larger(one: str | None, other: str) -> str:
    return other if one is None or not one.isdecimal() or (other.isdecimal() and int(other) > int(one)) else one


def _plain(name: str, value: str) -> str:
    """A value as spreadsheets write it, as it is read here: a date may be 2020/6/30."""
    return day_text(value) if name in _DATED else value
