"""Follow-up: slips, interviews, meetings, tasks, and the records of 三个到位."""

from datetime import date
from typing import NamedTuple

from anju_cli.domain.cited import Cited


class MatterLine(NamedTuple):
    """A slip, an interview, a commitment, a meeting, a topic, a resolution, a task or a record."""

    plan: str
    as_of: date
    ref: str
    """Its letter and number: `S3`."""
    kind: str
    number: int
    state: str
    units: tuple[str, ...]
    """The bodies that are to do it, the first leading; of a meeting, those that attended."""
    unit_names: tuple[str, ...]
    unit_names_en: tuple[str, ...]
    absent_names: tuple[str, ...]
    """Of a meeting, those that were excused (请假)."""
    about: str
    item: str | None
    item_name: str | None
    item_name_en: str | None
    level: str | None
    source: str | None
    quarter: str | None
    parent: str | None
    """The meeting of a resolution or topic, the interview of a commitment, the slip before a slip."""
    on: date
    """The day it was issued, proposed, assigned or resolved; of a meeting, the day it is held."""
    due: date | None
    due_original: date | None
    closed_on: date | None
    late: bool
    """Open after its date, or closed after it."""
    days_overdue: int | None
    working_days_overdue: int | None
    direct: bool
    """A slip issued out of turn, by a leader's instruction."""
    inferred: bool
    """Whether the evidence rests on a responsibility that the plan does not state."""
    evidence: tuple[str, ...]
    missing: tuple[str, ...]
    """Of a meeting, the attending units that have not agreed to the minutes."""
    document: str | None
    reason: str | None


class EventLine(NamedTuple):
    """One thing that happened to a matter."""

    event: str
    on: date
    content: dict[str, object]
    reason: str | None
    document: str | None
    by: str
    recorded_at: str
    digest: str


class MatterSheet(NamedTuple):
    """A matter, all that happened to it, and what it led to."""

    matter: MatterLine
    events: tuple[EventLine, ...]
    under: tuple[MatterLine, ...]
    cited: Cited
    """What in the plan its papers rest on."""


class Candidate(NamedTuple):
    """A unit, what a review would show of it, and the result that was typed, if any: for study, no list of names."""

    plan: str
    quarter: str
    as_of: date
    unit: str
    unit_name: str
    unit_name_en: str
    result: str | None
    """As people typed it; null before the results are in."""
    evidence: tuple[str, ...]
    inferred: bool
    """※: some of it rests on a responsibility that the plan does not state."""
    only_inferred: bool
    """All of it does: by itself it proposes nothing."""
