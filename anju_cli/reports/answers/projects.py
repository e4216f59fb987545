"""What is said of projects. Homes are whole numbers; null means: not known, or none."""

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple


class FacilityLine(NamedTuple):
    """A facility of a project."""

    plan: str
    project: str
    project_name: str
    kind: str
    required: bool
    """Whether it must be in use when people move in."""
    unit: str | None
    unit_name: str | None
    unit_name_en: str | None
    planned: date | None
    current: date | None
    actual: date | None
    status: str
    """in_use | overdue | late | open | undated | not_needed."""
    due: date | None
    days_overdue: int | None
    working_days_overdue: int | None


class ProjectLine(NamedTuple):
    """`anju projects list`: one project."""

    plan: str
    code: str
    name: str
    sub_district: str | None
    builder: str | None
    way: str | None
    """build | acquire | inclusionary."""
    type: str | None
    homes: int | None
    stage: str | None
    """not_started | site_ready | foundation | structure | topped_out | basic | final."""
    carried_from: int | None
    """The year it was carried over from."""
    slow: str | None
    problem: str | None
    """What its problem is; null: no problem project."""
    supplied_on: date | None
    days_slipped: int | None
    """推迟 N 天: of the target that has moved most against the baseline; null where none has moved back."""
    facilities_overdue: int


class CourseLine(NamedTuple):
    """What a project brings to one target."""

    plan: str
    project: str
    name: str
    target: str
    target_name: str
    target_name_en: str
    homes: int | None
    planned: date | None
    """原计划: of the plan revision in force, else as the register first had it."""
    baseline: str | None
    """plan | register: whose date that is."""
    current: date | None
    """现计划: as things stand."""
    actual: date | None
    days: int | None
    """Days later than planned; negative: earlier."""
    earlier: int
    """Homes counted in an earlier year."""
    booked: int
    """Homes that entries of the ledger have booked on the target for the project."""
    counted: int
    """Of these, those that count by the rule."""


class NodeLine(NamedTuple):
    """A step of a project's schedule, dated backwards from its deadline."""

    plan: str
    project: str
    node: str
    days: int
    begins: date | None
    planned: date | None
    actual: date | None
    variance: int | None
    """Days by which it was finished later than planned; negative: earlier."""


class ChangeLine(NamedTuple):
    """One field of a project as it was stated or changed."""

    plan: str
    project: str
    id: int
    act: str
    """add | edit | facility | schedule."""
    part: str
    subject: str | None
    field: str
    before: str | None
    value: str | None
    on: date
    reason: str | None
    document: str | None
    source: str | None
    by: str
    recorded_at: str


@dataclass(frozen=True, repr=False, eq=False)
class ProjectSheet:
    """`anju projects show`: everything that is known of one project."""

    project: ProjectLine
    deadline: date | None
    courses: tuple[CourseLine, ...]
    facilities: tuple[FacilityLine, ...]
    nodes: tuple[NodeLine, ...]
    history: tuple[ChangeLine, ...]


class FacilityLevel(NamedTuple):
    """What the register says of a milestone on facilities, beside what was reported."""

    plan: str
    milestone: str
    name: str
    name_en: str
    done: int
    of: int
    register_level: int | None
    """In whole percent, rounded down. It is shown, never booked."""
    booked_level: int
    due: date | None
