"""Supporting facilities (配套设施): which must be in use when people move in, and what the register says of the plan's
two milestones on them.
"""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from anju_cli.domain.projects import Facility, Project

MUST = ("water", "power", "gas", "road", "bus")
"""Required at move-in (入住必备配套)."""

GRADUAL = ("education", "culture", "health", "commerce")
"""Brought up to standard by and by (逐步完善配套)."""

KINDS = (*MUST, *GRADUAL)

SURVEY, SYNCPLAN = "ms-q1-survey", "ms-q1-syncplan"
"""The milestones of clause 一(三) that the register can speak of."""


class FacilityStanding(NamedTuple):
    """Where a facility stands on a day."""

    project: Project
    facility: Facility
    status: str
    """in_use | overdue (homes supplied without it) | late (past its own date) | open | undated | not_needed."""
    due: date | None
    """For one that is required: the day on which the homes were supplied; else its own planned date."""
    days: int | None
    """Days from `due` until it was in use, or until the day asked for; null where it is not late."""


def standing(project: Project, facility: Facility, on: date) -> FacilityStanding:
    """Where a facility stands on a day."""
    if not facility.needed:
        return FacilityStanding(project, facility, "not_needed", None, None)
    supplied = project.supplied_on if facility.kind in MUST else None
    must = supplied is not None and supplied <= on
    due = supplied if must else facility.current or facility.planned
    in_use = facility.actual is not None and facility.actual <= on
    reached = facility.actual if in_use and facility.actual else on
    # On the day people move in it must be there: it is overdue that very day. A date of its own may pass.
    missed = due is not None and (reached > due or (must and not in_use and reached == due))
    days = (reached - due).days if due and missed else None
    if in_use:
        return FacilityStanding(project, facility, "in_use", due, days)
    status = "undated" if due is None else "open" if not missed else "overdue" if must else "late"
    return FacilityStanding(project, facility, status, due, days)


def standings(project: Project, on: date) -> list[FacilityStanding]:
    """Every facility of a project, in the fixed order; of those that are required at move-in, the unrecorded too."""
    known = {each.kind: each for each in project.facilities}
    wanted = [kind for kind in KINDS if kind in known or (kind in MUST and project.supplied_on)]
    return [standing(project, known.get(kind, Facility(kind)), on) for kind in wanted]


class Level(NamedTuple):
    """What the register says of a milestone: so many of so many."""

    milestone: str
    done: int
    of: int

    @property
    def level(self) -> int | None:
        """In whole percent, rounded down: 100 is everything. Null where there is nothing to look at."""
        return self.done * 100 // self.of if self.of else None


def levels(projects: Iterable[Project]) -> list[Level]:
    """The two milestones as the register has them.

    Survey: every kind of facility of every project is recorded, be it as not needed. Plan of simultaneous delivery:
    every one that is required at move-in has a responsible unit and a date, not after that of the homes where one is
    known.
    """
    surveyed = planned = required = count = 0
    for project in projects:
        count += len(KINDS)
        known = {each.kind: each for each in project.facilities}
        surveyed += len(known)
        for kind in MUST:
            each = known.get(kind, Facility(kind))
            required += each.needed
            planned += each.needed and _in_time(project, each)
    return [Level(SURVEY, surveyed, count), Level(SYNCPLAN, planned, required)]


def _in_time(project: Project, facility: Facility) -> bool:
    day, homes = facility.coming, project.supplied_on or project.course("supply").coming
    return bool(facility.unit and day and (homes is None or day <= homes))
