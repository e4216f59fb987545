"""The project register (项目库): what is known of each project is the fold of what was recorded of it."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from anju_cli.domain.codes import Code
from anju_cli.domain.history import Columns
from anju_cli.domain.items import Item
from anju_cli.domain.plan import Plan


class ProjectWay(Code):
    """How homes come about (筹建方式)."""

    BUILD = "build", "建设", "新建"
    ACQUIRE = "acquire", "筹集"
    INCLUSIONARY = "inclusionary", "配建"


class Stage(Code):
    """How far the building is (形象进度)."""

    NOT_STARTED = "not_started", "未开工"
    SITE_READY = "site_ready", "三通一平"
    FOUNDATION = "foundation", "基础施工"
    STRUCTURE = "structure", "主体施工"
    TOPPED_OUT = "topped_out", "封顶"
    BASIC = "basic", "基本建成"
    FINAL = "final", "竣工"


PARTS = ("project", "target", "facility", "node")
"""What of a project a recorded field belongs to."""

SUPPLY = "supply"
"""The target whose actual date is the day on which a project is supplied; a plan without it has `supplied` alone."""


class Change(NamedTuple):
    """One field of a project as it was stated or changed, by whom and why. `value` is text; null: no longer known."""

    id: int
    project: str
    part: str
    subject: str | None
    field: str
    value: str | None
    act: str
    on: date
    reason: str | None
    document: str | None
    source: str | None
    who: str
    recorded_at: str

    @property
    def key(self) -> tuple[str, str, str | None, str]:
        """What it changes: which field of what of which project."""
        return self.project, self.part, self.subject, self.field


def change_of(row: Columns) -> Change:
    """A row of `project_event` as a change."""
    same = {name: row[name] for name in Change._fields if name != "on"}
    return Change(**same, on=date.fromisoformat(row["happened_on"]))


class Course(NamedTuple):
    """What a project brings to one target: how many homes and when, as planned at first, as planned now, in fact."""

    target: str
    homes: int | None = None
    planned: date | None = None
    """原计划, as it was first recorded; the baseline that counts is the plan's, where it has one."""
    current: date | None = None
    """现计划; null where it is still as planned."""
    actual: date | None = None
    earlier: int = 0
    """Homes that were counted in an earlier year, and count no more."""

    @property
    def coming(self) -> date | None:
        """When it came, or is to come as things stand."""
        return self.actual or self.current or self.planned


class Facility(NamedTuple):
    """A supporting facility (配套设施) of a project."""

    kind: str
    needed: bool = True
    unit: str | None = None
    planned: date | None = None
    current: date | None = None
    actual: date | None = None
    """The day it came into use."""

    @property
    def coming(self) -> date | None:
        """When it came into use, or is to, as things stand."""
        return self.actual or self.current or self.planned


class ScheduleNode(NamedTuple):
    """A step of a project's schedule, dated backwards from the deadline (倒排工期)."""

    name: str
    days: int
    planned: date | None = None
    """By when it is to be finished."""
    actual: date | None = None

    @property
    def variance(self) -> int | None:
        """Days by which it was finished later than planned; negative: earlier."""
        return (self.actual - self.planned).days if self.actual and self.planned else None


class Project(NamedTuple):
    """A project (项目) as it is known."""

    code: str
    name: str
    sub_district: str | None = None
    builder: str | None = None
    way: str | None = None
    type: str | None = None
    homes: int | None = None
    stage: str | None = None
    carried_from: int | None = None
    """The year it was carried over from; null: of this year."""
    slow: str | None = None
    """Why it is slow."""
    problem: str | None = None
    """What its problem is (存在问题项目); null: none."""
    supplied: date | None = None
    deadline: date | None = None
    courses: tuple[Course, ...] = ()
    facilities: tuple[Facility, ...] = ()
    nodes: tuple[ScheduleNode, ...] = ()

    @property
    def supplied_on(self) -> date | None:
        """The day from which people may move in."""
        return self.supplied or next((course.actual for course in self.courses if course.target == SUPPLY), None)

    def course(self, target: str) -> Course:
        """What it brings to a target."""
        return next((course for course in self.courses if course.target == target), Course(target))


def fold(changes: Iterable[Change], until: date = date.max) -> dict[str, Project]:
    """The projects by code, in the order they were recorded in, as they stood on a day."""
    known: dict[str, dict[tuple[str, str | None], dict[str, str]]] = {}
    for change in changes:
        if change.on > until:
            continue
        fields = known.setdefault(change.project, {}).setdefault((change.part, change.subject), {})
        if change.value is None:
            fields.pop(change.field, None)
        else:
            fields[change.field] = change.value
    return {code: _project(code, parts) for code, parts in known.items() if "name" in parts.get(("project", None), {})}


def _project(code: str, parts: Mapping[tuple[str, str | None], Mapping[str, str]]) -> Project:
    own = parts["project", None]
    of_part: dict[str, list[tuple[str, Mapping[str, str]]]] = {part: [] for part in PARTS}
    for (part, subject), fields in parts.items():
        if fields:
            of_part[part].append((subject or "", fields))
    nodes = sorted(of_part["node"], key=lambda node: int(node[1].get("place", 0)))
    return Project(
        code,
        own["name"],
        sub_district=own.get("sub_district"),
        builder=own.get("builder"),
        way=own.get("way"),
        type=own.get("type"),
        homes=_number(own.get("homes")),
        stage=own.get("stage"),
        carried_from=_number(own.get("carried_from")),
        slow=own.get("slow"),
        problem=own.get("problem"),
        supplied=_day(own.get("supplied")),
        deadline=_day(own.get("deadline")),
        courses=tuple(
            Course(target, _number(each.get("homes")), *_days(each), earlier=_number(each.get("earlier")) or 0)
            for target, each in of_part["target"]
        ),
        facilities=tuple(
            Facility(kind, each.get("needed") != "no", each.get("unit"), *_days(each))
            for kind, each in of_part["facility"]
        ),
        nodes=tuple(
            ScheduleNode(name, _number(each.get("days")) or 0, _day(each.get("planned")), _day(each.get("actual")))
            for name, each in nodes
            if "place" in each
        ),
    )


def _days(fields: Mapping[str, str]) -> tuple[date | None, date | None, date | None]:
    return _day(fields.get("planned")), _day(fields.get("current")), _day(fields.get("actual"))


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _number(text: str | None) -> int | None:
    return int(text) if text else None


class Delay(NamedTuple):
    """How a project's date on a target has moved against the baseline."""

    project: Project
    course: Course
    planned: date | None
    """The baseline (原计划): of the plan revision in force, else as first recorded."""
    baseline: str | None
    """Plan | register: whose date that is."""
    on: date | None = None
    """The day it is looked at; null where only the dates that were stated are compared."""

    @property
    def lapsed(self) -> bool:
        """Whether the day it was to come has passed, and nobody has said that it came."""
        coming = self.course.coming
        return self.course.actual is None and coming is not None and self.on is not None and coming < self.on

    @property
    def days(self) -> int | None:
        """推迟 N 天: days later than the baseline, to this day where it lapsed; negative: earlier; null: not known."""
        coming = self.on if self.lapsed else self.course.coming
        return (coming - self.planned).days if coming and self.planned else None


def delays(
    plan: Plan, projects: Iterable[Project], on: date | None = None, sums: Mapping[tuple[str, str], int] | None = None
) -> list[Delay]:
    """Every project's course on every target, held against the baseline.

    On a day, what is past its date without an actual one has slipped to that day, unless all its homes are counted: by
    `sums`, what is booked of each project on each target.
    """
    planned = {(project.code, step.target): step.on for project in plan.projects for step in project.planned}
    found = []
    for project in projects:
        for course in project.courses:
            day = planned.get((project.code, course.target))
            baseline = "plan" if day else "register" if course.planned else None
            finished = sums is not None and _all_counted(plan, sums, project, course)
            found.append(Delay(project, course, day or course.planned, baseline, None if finished else on))
    return found


def _all_counted(plan: Plan, sums: Mapping[tuple[str, str], int], project: Project, course: Course) -> bool:
    """Whether all homes that a project brings to a target are counted on it."""
    if not course.homes or course.target not in plan.by_id:
        return False
    return count_of(plan, sums, project, course.target) + course.earlier >= course.homes


def counted(homes: int | None, earlier: int, reported: Sequence[int]) -> int:
    """The homes of a project that count on a target (统计口径).

    The larger of what was reported on the target and on its sub-quotas (基本建成, 其中竣工), never more than the
    project's homes; homes counted in an earlier year count 0.
    """
    largest = max((0, *reported))
    return largest if homes is None else max(0, min(largest, homes - earlier))


def count_of(plan: Plan, sums: Mapping[tuple[str, str], int], project: Project, target: str) -> int:
    """The homes of a project that count on a target: the larger of what is booked on it and on its sub-quotas."""
    named = [item.id for item in plan.targets() if target in [of.id for of in plan.line(item)]]
    reported = [sums.get((project.code, each), 0) for each in named]
    return counted(project.homes, earlier_of(plan, project, plan.by_id[target]), reported)


def earlier_of(plan: Plan, project: Project, item: Item) -> int:
    """A project's homes counted in an earlier year on a target, or on what that is part of: they count on neither."""
    return max(project.course(of.id).earlier for of in plan.line(item))


def scheduled(deadline: date, steps: Sequence[tuple[str, int]]) -> list[ScheduleNode]:
    """Steps dated backwards: the last is finished on the deadline, each other when the next begins."""
    nodes: list[ScheduleNode] = []
    day = deadline
    for name, days in reversed(steps):
        nodes.append(ScheduleNode(name, days, day))
        day = date.fromordinal(day.toordinal() - days)
    return nodes[::-1]
