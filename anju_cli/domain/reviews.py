"""The assessment of a quarter (考核): its states, what may follow what, results as people typed them, its deadline.

Nothing here decides a result: 完成任务进度 and 未完成任务进度 are typed, 一票否决 is never computed.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from anju_cli.domain.codes import Code
from anju_cli.domain.history import Columns
from anju_cli.domain.periods import Calendar, Review, add_working_days
from anju_cli.domain.quarters import quarter_code
from anju_cli.errors import Refused
from anju_cli.i18n import _


class Result(Code):
    """What a person may type of a unit."""

    MET = "met", "完成任务进度"
    NOT_MET = "not_met", "未完成任务进度"

    @classmethod
    def known(cls) -> str:
        """As people type it, with a hyphen."""
        return super().known().replace("_", "-")


class Aspect(Code):
    """The four headings of clause 四(三), under one of which a finding falls."""

    LAND = "land", "保用地"
    FUNDS = "funds", "保资金"
    QUALITY = "quality", "保质量"
    OUTCOME = "outcome", "保结果"


class ReviewState(Code):
    """Where an assessment stands."""

    NONE = "none"
    OPEN = "open"
    LOCKED = "locked"
    CLOSED = "closed"


NEXT = {
    "none": ("open", "deadline"),
    "open": ("lock", "deadline"),
    "locked": ("confirm", "result", "close", "reopen"),
    "closed": ("bulletin", "reopen"),
}
"""In which state which event may come."""

STATE_AFTER = {"open": "open", "lock": "locked", "close": "closed", "reopen": "open"}
"""The state that an event leads to; any other leaves it as it was."""

EVENT_CONTENT = (
    *("id", "plan", "quarter", "event", "happened_on", "unit", "result", "aspect", "number", "recipients"),
    *("note", "evidence", "reason", "document", "who", "recorded_at"),
)
"""The columns of a review event that its digest covers, in order."""

PUBLICATION_CONTENT = (
    *("id", "event_id", "plan", "quarter", "filing", "revision", "as_of", "recorded_at", "document_digest"),
)
"""The columns of a publication that its digest covers, in order."""

CARRIED_CONTENT = ("id", "entry_id", "plan", "for_quarter", "for_day", "settles")
"""The columns of a carried entry that its digest covers, in order."""

RESTATEMENT_CONTENT = ("id", "filing_id", "plan", "quarter", "reason", "document")
"""The columns of a restatement that its digest covers, in order."""

SEAL_CONTENT = ("id", "previous", "covers", "filings", "occasion", "who", "recorded_at")
"""The columns of a seal that its digest covers, in order, before the digests of what it seals."""


class ReviewStep(NamedTuple):
    """A step of a quarter's assessment, as recorded."""

    id: int
    quarter: int
    event: str
    on: date
    unit: str | None
    result: str | None
    aspect: str | None
    number: str | None
    recipients: str | None
    note: str | None
    evidence: str | None
    reason: str | None
    document: str | None
    who: str
    recorded_at: str


class FrozenReport(NamedTuple):
    """The report on a quarter and its lines of evidence, as they are frozen at the lock."""

    document: str
    """JSON; decimals as text, so that nothing is lost."""
    revision: int
    as_of: date


def event_of(row: Columns) -> ReviewStep:
    """A row of `review_event` as an event."""
    kept = {name: row[name] for name in ReviewStep._fields if name != "on"}
    return ReviewStep(**kept, on=date.fromisoformat(row["happened_on"]))


@dataclass(frozen=True)
class Assessment:
    """One quarter's assessment: everything that was recorded of it, in order."""

    quarter: int
    events: tuple[ReviewStep, ...] = ()

    @property
    def state(self) -> str:
        """None | open | locked | closed."""
        states = [STATE_AFTER[event.event] for event in self.events if event.event in STATE_AFTER]
        return states[-1] if states else "none"

    @property
    def round(self) -> tuple[ReviewStep, ...]:
        """The events that count now: those since it was last opened or reopened."""
        places = [place for place, each in enumerate(self.events) if each.event in ("open", "reopen")]
        return self.events[places[-1] :] if places else ()

    def last(self, event: str) -> ReviewStep | None:
        """The last event of a kind that counts now."""
        return next((each for each in reversed(self.round) if each.event == event), None)

    @property
    def results(self) -> dict[str, ReviewStep]:
        """The last result that was typed for each unit."""
        return {each.unit: each for each in self.round if each.event == "result" and each.unit}

    @property
    def confirmations(self) -> dict[str, ReviewStep]:
        """The last confirmation of its figures by each body, an objection noted where there is one."""
        return {each.unit: each for each in self.round if each.event == "confirm" and each.unit}

    @property
    def ended_on(self) -> date | None:
        """The day the assessment ended; null while it has not."""
        closed = self.last("close")
        return closed.on if closed else None

    @property
    def locked(self) -> bool:
        """Whether its data are locked, whether or not it has ended."""
        return self.state in ("locked", "closed")


def changes_what_is_shown(quantity: int | None, stated_total: int | None, reports: int) -> bool:
    """Whether an entry changes what a locked quarter shows: a figure, or a return that would no longer stand."""
    return quantity is not None or stated_total is not None or reports < 0


class BulletinDeadline(NamedTuple):
    """By when the bulletin must go out; null where the working days of that year are not yet published."""

    on: date | None
    provisional: bool
    """Counted from the last day of the review window, since the assessment has not ended."""


def assessments(events: Iterable[ReviewStep]) -> dict[int, Assessment]:
    """The assessments of the quarters that events were recorded of."""
    found: dict[int, list[ReviewStep]] = {}
    for event in events:
        if event.event != "deadline":  # a date that was set is no step of an assessment
            found.setdefault(event.quarter, []).append(event)
    return {quarter: Assessment(quarter, tuple(of_quarter)) for quarter, of_quarter in found.items()}


def deadlines(events: Iterable[ReviewStep]) -> dict[int, tuple[date, str]]:
    """The return deadlines that circulars set for single quarters, the last for each, with the circular."""
    return {event.quarter: (event.on, event.document or "") for event in events if event.event == "deadline"}


def bulletin_deadline(review: Review, assessment: Assessment, count: int, calendar: Calendar) -> BulletinDeadline:
    """`count` working days after the day the assessment ended, that day not counted; before, a provisional date."""
    if assessment.ended_on is None:
        return BulletinDeadline(review.bulletin_deadline, True)
    return BulletinDeadline(add_working_days(assessment.ended_on, count, calendar), False)


def check_next(assessment: Assessment, event: str) -> None:
    """Refuse an event that may not come in the state the assessment is in."""
    state, quarter = assessment.state, quarter_code(assessment.quarter)
    if event in NEXT[state]:
        return
    said = {
        "none": _("the review of {quarter} has not been opened"),
        "open": _("the data of {quarter} are not locked"),
        "locked": _("the data of {quarter} are locked"),
        "closed": _("the review of {quarter} is closed"),
    }
    if state == "open" and event == "open":
        raise Refused(_("the review of {quarter} is open already").format(quarter=quarter))
    raise Refused(said[state].format(quarter=quarter), hint=_hint(state, event, quarter))


def _hint(state: str, event: str, quarter: str) -> str:
    """The command that comes first."""
    if state == "none":
        return f"anju review open {quarter}"
    if state == "open":
        return f"anju review lock {quarter}"
    if state == "locked" and event == "bulletin":
        return f"anju review close {quarter} --on DATE --document NUMBER"
    return f"anju review reopen {quarter} --reason TEXT --document NUMBER"


def check_over(quarter: str, end: date, today: date) -> None:
    """Refuse what is done of a quarter that is over, such as locking it or a paper on it, before it is."""
    if today <= end:
        not_over = _("{quarter} is not over before {end}").format(quarter=quarter, end=end)
        raise Refused(not_over, got=today)


def check_ready_to_close(assessment: Assessment, units: Sequence[str], on: date, end: date) -> None:
    """Refuse to end an assessment in which a unit has no result, or on a day on which the quarter was not over."""
    missing = [unit for unit in units if unit not in assessment.results]
    if missing:
        hint = "anju review result UNIT met|not-met"
        raise Refused(_("units without a result: {n}").format(n=len(missing)), got=", ".join(missing), hint=hint)
    if on <= end:
        before = _("an assessment cannot have ended before its quarter did, on {end}").format(end=end)
        raise Refused(before, got=on)


def check_ready_to_reopen(quarter: int, locked: Iterable[int]) -> None:
    """Refuse to reopen a quarter whose figures stand in those of a later one that is locked."""
    later = max(locked, default=quarter)
    if later > quarter:
        stands = _("{quarter} counts in {later}, which is locked too")
        hint = f"anju review reopen {quarter_code(later)} --reason TEXT --document NUMBER"
        raise Refused(stands.format(quarter=quarter_code(quarter), later=quarter_code(later)), hint=hint)
