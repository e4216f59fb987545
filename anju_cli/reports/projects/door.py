"""The door to the project register for reports on something else: where there is none, nothing of it is loaded."""

from datetime import date
from typing import Any

from anju_cli.domain.overdue import Late
from anju_cli.domain.periods import Calendar
from anju_cli.domain.plan import Body, Plan
from anju_cli.domain.tally import Tallies
from anju_cli.reports.answers.projects import FacilityLine
from anju_cli.reports.view import View
from anju_cli.store.queries import has_projects

NOTHING: dict[str, Any] = {
    "projects_checked": False,
    "project_plans": (),
    "slipped": (),
    "project_checks": (),
    "project_counts": (),
}


def project_part(
    view: View, plan: Plan, tallies: Tallies, *, until: date, as_of: date, body: Body | None = None
) -> dict[str, Any]:
    """What a report on a quarter says of projects."""
    in_plan = plan.projects or any(item.pace == "projects" for item in plan.targets())
    if not in_plan and not has_projects(view.connection, plan.id):
        return NOTHING
    from anju_cli.reports.projects.part import project_part as filled

    return filled(view, plan, tallies, until=until, as_of=as_of, body=body)


def facilities_of(view: View, unit: str) -> tuple[FacilityLine, ...]:
    """The facilities that a unit answers for."""
    if not has_projects(view.connection, view.id):
        return ()
    from anju_cli.reports.projects.lists import facility_list

    return tuple(facility_list(view, unit=unit))


def late_facilities(view: View, plan: Plan, on: date, calendar: Calendar) -> list[Late]:
    """The facilities that should be in use on a day and are not, of units that answer for them."""
    if not has_projects(view.connection, view.id):
        return []
    from anju_cli.reports.projects.lists import late_facilities as found

    return found(view, plan, on, calendar)
