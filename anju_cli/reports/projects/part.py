"""What a report on a quarter says of projects: delays, plans that fall short of a goal, homes that count otherwise."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from anju_cli.domain.items import Item
from anju_cli.domain.plan import Body, Plan, Planned
from anju_cli.domain.projects import Course, Delay, Project, count_of, delays, earlier_of, fold
from anju_cli.domain.tally import Tallies
from anju_cli.reports.answers.project_part import ProjectCheck, ProjectCount, ProjectPlan, Slipped
from anju_cli.reports.figures import concerns
from anju_cli.reports.view import View
from anju_cli.store import project_queries as register


def project_part(
    view: View, plan: Plan, tallies: Tallies, *, until: date, as_of: date, body: Body | None = None
) -> dict[str, Any]:
    """The fields of a report that projects fill: entries until one date, the register as it stood on another.

    Without a register there is one query, and no check was made.
    """
    projects = fold(register.changes(view.connection, plan.id, view.known_at), as_of)
    wanted = {item.id: item for item in plan.targets() if concerns(plan, item, body)}
    begun = plan.quarters.start(plan.quarters.nearest(until))  # what came late before is no news
    checks: list[ProjectCheck] = []
    counts: list[ProjectCount] = []
    sums: dict[tuple[str, str], int] = {}
    if projects:
        sums = register.project_sums(view.connection, plan.id, until=until.isoformat(), upto=view.upto)
        counts = [each for each in _counts(plan, projects, sums) if each.target in wanted]
        checks = list(_checks(wanted, tallies, counts))
    return {
        "projects_checked": bool(projects),
        "project_plans": tuple(_plan(plan, item) for item in wanted.values() if _rests_on_projects(plan, item)),
        "slipped": tuple(
            row
            for row in _slipped(view, plan, projects, until, sums)
            if row.target in wanted and (row.actual is None or row.actual >= begun)
        ),
        "project_checks": tuple(checks),
        "project_counts": tuple(count for count in counts if count.counted != count.booked or count.name is None),
    }


def _rests_on_projects(plan: Plan, item: Item) -> bool:
    return not item.derived and (item.pace == "projects" or item.id in plan.planned)


def _plan(plan: Plan, item: Item) -> ProjectPlan:
    """What the projects add up to by the target's due date."""
    last = item.due or plan.quarters.ends
    steps = plan.planned.get(item.id, ())
    planned = sum(step.homes for step in steps if step.on <= last)
    short = max(0, (item.goal or 0) - planned)
    return ProjectPlan(item.id, item.name, item.name_en, item.goal, len(steps), planned, short)


def _slipped(
    view: View, plan: Plan, projects: dict[str, Project], until: date, sums: Mapping[tuple[str, str], int]
) -> Iterator[Slipped]:
    """Projects that come later than planned, and those whose planned date a revision has moved or dropped."""
    in_plan = [_as_planned(each.code, each.name) for each in plan.projects if each.code not in projects]
    original = _first_planned(view, until)
    document = view.revision_at(until).document_number
    for delay in delays(plan, [*projects.values(), *in_plan], until, sums):
        first = original.pop((delay.project.code, delay.course.target), None)
        yield from _moved(plan, delay, first, document)
    now = {(project.code, step.target): (project.name, step) for project in plan.projects for step in project.planned}
    for (code, target), first in original.items():
        name, step = now.get((code, target), (None, None))
        project = projects.get(code) or _as_planned(code, name or first[0])
        course = Course(target, step.homes if step else first[1].homes)
        delay = Delay(project, course, step.on if step else None, "plan" if step else None, until)
        yield from _moved(plan, delay, first, document)


def _as_planned(code: str, name: str) -> Project:
    """A project that is in the plan and not in the register."""
    return Project(code, name)


def _first_planned(view: View, until: date) -> dict[tuple[str, str], tuple[str, Planned]]:
    """By project and target, the name and the first date that a revision up to the one in force had."""
    found: dict[tuple[str, str], tuple[str, Planned]] = {}
    in_force = view.revision_at(until).revision
    for revision in view.revisions:
        if revision.revision <= in_force:
            for project in view.revision(revision.revision).projects:
                for step in project.planned:
                    found.setdefault((project.code, step.target), (project.name, step))
    return found


def _moved(plan: Plan, delay: Delay, first: tuple[str, Planned] | None, document: str | None) -> Iterator[Slipped]:
    first_day = first[1].on if first else delay.planned
    rebased = first_day != delay.planned
    item = plan.by_id.get(delay.course.target)
    if item and (rebased or (delay.days or 0) > 0):
        yield Slipped(
            project=delay.project.code,
            name=delay.project.name,
            target=item.id,
            target_name=item.name,
            target_name_en=item.name_en,
            homes=delay.course.homes if delay.course.homes is not None else first[1].homes if first else None,
            planned=delay.planned,
            planned_original=first_day,
            current=delay.course.current or delay.course.planned,
            actual=delay.course.actual,
            days=delay.days,
            days_original=delay._replace(planned=first_day).days,
            document=document if rebased else None,
            lapsed=delay.lapsed,
        )


def _counts(plan: Plan, projects: dict[str, Project], sums: dict[tuple[str, str], int]) -> Iterator[ProjectCount]:
    """What is booked of each project on each target counted in homes, and what of it counts."""
    by_target = {(code, item) for code, item in sums}
    by_target |= {(code, whole) for code, item in sums if (whole := getattr(plan.by_id.get(item), "within", None))}
    for code, target in sorted(by_target):
        item = plan.by_id.get(target)
        if item is None or not item.counts_homes:
            continue
        booked, project = sums.get((code, target), 0), projects.get(code)
        if project is None:
            yield ProjectCount(code, None, target, None, 0, booked, booked)
        else:
            count = count_of(plan, sums, project, target)
            earlier = earlier_of(plan, project, item)
            yield ProjectCount(code, project.name, target, project.homes, earlier, booked, count)


def _checks(items: dict[str, Item], tallies: Tallies, counts: list[ProjectCount]) -> Iterator[ProjectCheck]:
    for item in items.values():
        mine = [count for count in counts if count.target == item.id]
        booked = tallies.total(item.id, quarters=range(6)).quantity or 0
        if item.counts_homes and (booked or mine):
            by_project = sum(each.booked for each in mine)
            yield ProjectCheck(
                target=item.id,
                name=item.name,
                name_en=item.name_en,
                booked=booked,
                by_project=by_project,
                counted=sum(each.counted for each in mine),
                unnamed=booked - by_project,
            )
