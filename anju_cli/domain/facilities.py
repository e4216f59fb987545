"""Supporting facilities (配套设施): which must be in use when people move in, and what the register says of the plan's
two milestones on them.
"""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from anju_cli.domain.codes import Code
from anju_cli.domain.projects import Facility, Project


class FacilityKind(Code):
    """A supporting facility (clause 一(三)): the first five are required at move-in, the others come by and by."""

    WATER = "water", "供水", "水"
    POWER = "power", "供电", "电"
    GAS = "gas", "燃气", "供气", "气"
    ROAD = "road", "道路", "路"
    BUS = "bus", "公交"
    EDUCATION = "education", "教育"
    CULTURE = "culture", "文体", "文化体育"
    HEALTH = "health", "卫生", "医疗", "医疗卫生"
    COMMERCE = "commerce", "商业"


MUST = tuple(FacilityKind)[:5]
"""Required at move-in (入住必备配套)."""

KINDS = tuple(FacilityKind)
"""In the fixed order; what is not required at move-in is brought up to standard by and by (逐步完善配套)."""


class FacilityStatus(Code):
    """Where a facility stands on a day."""

    IN_USE = "in_use"
    OVERDUE = "overdue"
    LATE = "late"
    OPEN = "open"
    UNDATED = "undated"
    NOT_NEEDED = "not_needed"


SURVEY, SYNCPLAN = "ms-q1-survey", "ms-q1-syncplan"
"""The milestones of clause 一(三) that the register can speak of."""


class FacilityStanding(NamedTuple):
    """Where a facility stands on a day."""

    project: Project
    facility: Facility
    status: FacilityStatus
    """in_use | overdue (homes supplied without it) | late (past its own date) | open | undated | not_needed."""
    due: date | None
    """For one that is required: the day on which the homes were supplied; else its own planned date."""
    days: int | None
    """Days from `due` until it was in use, or until the day asked for; null where it is not late."""


def standing(project: Project, facility: Facility, on: date) -> FacilityStanding:
    """Where a facility stands on a day."""
    if not facility.needed:
        return FacilityStanding(project, facility, FacilityStatus.NOT_NEEDED, None, None)
    supplied = project.supplied_on if facility.kind in MUST else None
    must = supplied is not None and supplied <= on
    due = supplied if must else facility.current or facility.planned
    in_use = facility.actual is not None and facility.actual <= on
    reached = facility.actual if in_use and facility.actual else on
    # On the day people move in it must be there: it is overdue that very day. A date of its own may pass.
    missed = due is not None and (reached > due or (must and not in_use and reached == due))
    days = (reached - due).days if due and missed else None
    if in_use:
        return FacilityStanding(project, facility, FacilityStatus.IN_USE, due, days)
    if due is None:
        status = FacilityStatus.UNDATED
    else:
        late = FacilityStatus.OVERDUE if must else FacilityStatus.LATE
        status = late if missed else FacilityStatus.OPEN
    return FacilityStanding(project, facility, status, due, days)


def standings(project: Project, on: date) -> list[FacilityStanding]:
    """Every facility of a project, in the fixed order; of those that are required at move-in, the unrecorded too."""
    known = {facility.kind: facility for facility in project.facilities}
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
        known = {facility.kind: facility for facility in project.facilities}
        surveyed += len(known)
        for kind in MUST:
            each = known.get(kind, Facility(kind))
            required += each.needed
            planned += each.needed and _in_time(project, each)
    return [Level(SURVEY, surveyed, count), Level(SYNCPLAN, planned, required)]


def _in_time(project: Project, facility: Facility) -> bool:
    day, homes = facility.coming, project.supplied_on or project.course("supply").coming
    return bool(facility.unit and day and (homes is None or day <= homes))
