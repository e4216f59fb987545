"""The project register: lists, one project with its history, facilities, and what they say of two milestones."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from anju_cli.domain import facilities as supporting
from anju_cli.domain.list_table import Listing, ListingRow
from anju_cli.domain.milestones import progress
from anju_cli.domain.names import find_body, find_project
from anju_cli.domain.overdue import Late, Otherwise, Reason, late_otherwise
from anju_cli.domain.periods import Calendar, working_days_after
from anju_cli.domain.plan import Plan
from anju_cli.domain.projects import Change, Delay, Project, count_of, delays, fold
from anju_cli.errors import Refused
from anju_cli.i18n import _
from anju_cli.reports.answers.projects import (
    ChangeLine,
    CourseLine,
    FacilityLevel,
    FacilityLine,
    NodeLine,
    ProjectLine,
    ProjectSheet,
)
from anju_cli.reports.view import View, calendar_of
from anju_cli.store import project_queries as register
from anju_cli.store import queries


@dataclass
class Known:
    """The register as it stood on a day, as recorded by a moment."""

    view: View
    plan: Plan
    on: date
    """The day on which something is overdue or not."""
    until: date
    """The last day of which changes are taken: all of them, unless an as-of date was asked for."""

    @cached_property
    def changes(self) -> list[Change]:
        return register.changes(self.view.connection, self.plan.id, self.view.known_at)

    @cached_property
    def projects(self) -> dict[str, Project]:
        return fold(self.changes, self.until)

    @cached_property
    def sums(self) -> dict[tuple[str, str], int]:
        connection, upto = self.view.connection, self.view.upto
        return register.project_sums(connection, self.plan.id, until=self.until.isoformat(), upto=upto)

    @cached_property
    def calendar(self) -> Calendar:
        return calendar_of(self.plan)

    def counted(self, project: Project, target: str) -> int:
        """The homes of a project that count on a target, of those that are booked."""
        return count_of(self.plan, self.sums, project, target)


def known(view: View) -> Known:
    """The register as at the as-of date; without one, with all that is recorded."""
    on = view.as_of(view.today)
    return Known(view, view.plan_at(on), on, view.as_of(date.max))


def project_list(
    view: View, *, sub_district: str | None = None, slipped: bool = False, problem: bool = False
) -> list[ProjectLine]:
    """The projects in the order they were recorded in."""
    at = known(view)
    lines = [_line(at, project) for project in at.projects.values()]
    return [
        line
        for line in lines
        if (sub_district is None or sub_district in (line.sub_district or ""))
        and (not slipped or line.days_slipped)
        and (not problem or line.problem)
    ]


def _line(at: Known, project: Project) -> ProjectLine:
    later = [delay.days for delay in delays(at.plan, [project], at.on, at.sums) if delay.days and delay.days > 0]
    own = {name: getattr(project, name) for name in ProjectLine._fields if name in Project._fields}
    return ProjectLine(
        plan=at.plan.id,
        **own,
        supplied_on=project.supplied_on,
        days_slipped=max(later, default=None),
        facilities_overdue=sum(each.status == "overdue" for each in supporting.standings(project, at.on)),
    )


def project_names(view: View) -> dict[str, str]:
    """The projects' names by code."""
    return {code: each.name for code, each in known(view).projects.items()}


def found(at: Known, text: str) -> Project:
    """The project that `text` names."""
    if not at.projects:
        raise Refused(_("the project register is empty"), hint=_("anju projects add or anju projects import"))
    return at.projects[find_project({code: each.name for code, each in at.projects.items()}, text)]


def project_sheet(view: View, project: str) -> ProjectSheet:
    """One project: what it brings, its facilities, its schedule, and every change with what was known before."""
    at = known(view)
    one = found(at, project)
    return ProjectSheet(
        project=_line(at, one),
        deadline=one.deadline,
        courses=tuple(_course(at, delay) for delay in delays(at.plan, [one], at.on, at.sums)),
        facilities=tuple(_facility(at, each) for each in supporting.standings(one, at.on)),
        nodes=tuple(_nodes(at, one)),
        history=tuple(_history(at, one.code)),
    )


def _course(at: Known, delay: Delay) -> CourseLine:
    project, course = delay.project, delay.course
    item = at.plan.by_id.get(course.target)
    return CourseLine(
        plan=at.plan.id,
        project=project.code,
        name=project.name,
        target=course.target,
        target_name=item.name if item else course.target,
        target_name_en=item.name_en if item else course.target,
        homes=course.homes,
        planned=delay.planned,
        baseline=delay.baseline,
        current=course.current or course.planned,
        actual=course.actual,
        days=delay.days,
        earlier=course.earlier,
        booked=at.sums.get((project.code, course.target), 0),
        counted=at.counted(project, course.target),
    )


def _nodes(at: Known, project: Project) -> Iterable[NodeLine]:
    for node in project.nodes:
        begins = date.fromordinal(node.planned.toordinal() - node.days) if node.planned else None
        yield NodeLine(at.plan.id, project.code, node.name, node.days, begins, node.planned, node.actual, node.variance)


def _history(at: Known, code: str) -> Iterable[ChangeLine]:
    before: dict[object, str | None] = {}
    for change in at.changes:
        if change.project != code or change.on > at.until:
            continue
        same = {name: getattr(change, name) for name in ChangeLine._fields if name in Change._fields}
        yield ChangeLine(plan=at.plan.id, **same, before=before.get(change.key), by=change.who)
        before[change.key] = change.value


# -- facilities ------------------------------------------------------------------------------------------


def facility_list(
    view: View, project: str | None = None, *, unit: str | None = None, overdue: bool = False
) -> list[FacilityLine]:
    """Facilities, of one project, of one unit, or overdue ones alone; in the order of projects and kinds."""
    at = known(view)
    chosen = [found(at, project)] if project else list(at.projects.values())
    wanted = find_body(at.plan, unit) if unit else None
    bodies = {wanted.id, *at.plan.reporting(wanted.id)} if wanted else None
    return [
        _facility(at, each)
        for one in chosen
        for each in supporting.standings(one, at.on)
        if (bodies is None or each.facility.unit in bodies) and (not overdue or each.status in ("overdue", "late"))
    ]


def _facility(at: Known, standing: supporting.FacilityStanding) -> FacilityLine:
    facility, body = standing.facility, at.plan.body_by_id.get(standing.facility.unit or "")
    late = standing.due is not None and standing.days is not None
    until = facility.actual if standing.status == "in_use" and facility.actual else at.on
    return FacilityLine(
        plan=at.plan.id,
        project=standing.project.code,
        project_name=standing.project.name,
        kind=facility.kind,
        required=facility.kind in supporting.MUST,
        unit=facility.unit,
        unit_name=body.name if body else None,
        unit_name_en=body.name_en if body else None,
        planned=facility.planned,
        current=facility.current or facility.planned,
        actual=facility.actual,
        status=standing.status,
        due=standing.due,
        days_overdue=standing.days,
        working_days_overdue=working_days_after(standing.due, until, at.calendar) if standing.due and late else None,
    )


def late_facilities(view: View, plan: Plan, on: date, calendar: Calendar) -> list[Late]:
    """The facilities that should be in use on a day and are not, for the unit that answers for each."""
    basis = plan.by_id.get(supporting.SYNCPLAN)
    place = basis.clause.place if basis and basis.clause else None
    return [
        late_otherwise(plan, each.facility.unit, Reason.FACILITY_OVERDUE, _late(each, place), each.due, on, calendar)
        for project in Known(view, plan, on, view.as_of(date.max)).projects.values()
        for each in supporting.standings(project, on)
        if each.status in ("overdue", "late") and each.due and each.facility.unit in plan.body_by_id
    ]


def _late(each: supporting.FacilityStanding, place: str | None) -> Otherwise:
    project, kind = each.project, supporting.FacilityKind(each.facility.kind)
    ref = f"{project.code}.{kind}"
    names = f"{project.name}·{kind.words[0]}", f"{project.name}: {kind}"
    return Otherwise("facility", ref, *names, each.facility.planned, place)


def facility_levels(view: View) -> list[FacilityLevel]:
    """The milestones on facilities: what the register says, beside what was reported. Nothing is booked by it."""
    at = known(view)
    lines = []
    for level in supporting.levels(at.projects.values()):
        item = at.plan.by_id.get(level.milestone)
        if item is None or item.kind != "milestone":
            continue
        steps = queries.steps(view.connection, at.plan.id, item.id, as_of=at.on, upto=view.upto)
        booked = int(progress(at.plan, item, steps, at.on, at.calendar).completion_rate)
        lines.append(
            FacilityLevel(
                at.plan.id, item.id, item.name, item.name_en, level.done, level.of, level.level, booked, item.due
            )
        )
    return lines


# -- the register as a list among others ----------------------------------------------------------------------

REGISTER = "register"
"""What the register is called among files."""

_COLUMNS = {
    "项目编码": "code",
    "项目名称": "name",
    "所属街道": "sub_district",
    "建设单位": "builder",
    "筹建方式": "way",
    "住房类型": "type",
    "计划套数": "homes",
    "形象进度": "stage",
}
_WORDS = {
    **{"build": "建设", "acquire": "筹集", "inclusionary": "配建", "not_started": "未开工", "site_ready": "三通一平"},
    **{"foundation": "基础施工", "structure": "主体施工", "topped_out": "封顶", "basic": "基本建成", "final": "竣工"},
}


def register_sheet(view: View) -> Listing:
    """The register as a table, under the headings and in the words that units use."""
    at = known(view)
    rows = [
        ListingRow(
            number,
            tuple(
                "" if value is None else _WORDS.get(value, str(value)) if name in ("way", "stage") else str(value)
                for name in _COLUMNS.values()
                for value in [getattr(project, name)]
            ),
        )
        for number, project in enumerate(at.projects.values(), 1)
    ]
    used = [
        place for place, name in enumerate(_COLUMNS.values()) if name == "code" or any(row.cells[place] for row in rows)
    ]
    heads = tuple(_COLUMNS)
    return Listing(
        REGISTER,
        tuple(heads[place] for place in used),
        tuple(ListingRow(row.number, tuple(row.cells[place] for place in used)) for row in rows),
    )
