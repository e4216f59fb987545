"""Follow-up matters: slips (督办单), interviews (约谈), meetings (会议), tasks (交办事项), and what they lead to.

A matter is what its events make of it. Each kind has its own states, and each event says in which states it may come.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, NamedTuple

from anju_cli.domain.codes import Code
from anju_cli.errors import Refused, Unclear
from anju_cli.i18n import _

LETTERS = {
    "slip": "S",
    "interview": "I",
    "commitment": "C",
    "meeting": "M",
    "topic": "P",
    "resolution": "R",
    "task": "T",
    "record": "F",
}
"""The kinds, each with the letter that its numbers are led by: `R2` is the second resolution."""


class SlipLevel(Code):
    """The levels of a slip: reminder, warning, final; each follows the one before."""

    BLUE = "blue", "蓝色", "蓝", "提醒"
    ORANGE = "orange", "橙色", "橙", "警示"
    RED = "red", "红色", "红", "责令"


LEVELS = tuple(SlipLevel)


class TaskSource(Code):
    """Where a task comes from."""

    INSTRUCTION = "instruction", "批示"
    MEETING = "meeting", "会议"
    DOCUMENT = "document", "文件"


class InPlaceRecord(Code):
    """三个到位 (clause 五(二)): a project team, a named post for an item, a scheme filed."""

    TEAM = "team", "组织", "组织到位"
    POST = "post", "责任", "责任到位"
    SCHEME = "scheme", "措施", "措施到位"


DATED = ("resolution", "task", "commitment")
"""What is overdue once its date has passed and it is not closed."""

UNMET = "未完成任务进度"
"""The result of a review that may lead to an interview; people type it, nothing computes it."""


class Transition(NamedTuple):
    """An event that a matter may take: in which states, and the state it leads to; null: it stays as it is."""

    before: tuple[str, ...]
    after: str | None


_CLOSING = ("open",)
_DEADLINE = {
    "extend": Transition(_CLOSING, None),
    "close": Transition(_CLOSING, "closed"),
    "cancel": Transition(_CLOSING, "cancelled"),
}

MOVES: dict[str, dict[str, Transition]] = {
    "slip": {
        "issue": Transition((), "issued"),
        "acknowledge": Transition(("issued",), "acknowledged"),
        "extend": Transition(("issued", "acknowledged"), None),
        "escalate": Transition(("issued", "acknowledged"), "escalated"),
        "close": Transition(("issued", "acknowledged"), "closed"),
        "cancel": Transition(("issued", "acknowledged"), "cancelled"),
    },
    "interview": {
        "propose": Transition((), "proposed"),
        "approve": Transition(("proposed",), "approved"),
        "drop": Transition(("proposed", "approved"), "dropped"),
        "hold": Transition(("approved",), "held"),
        "commit": Transition(("held", "rectifying"), "rectifying"),
        "close": Transition(("held", "rectifying"), "closed"),
    },
    "commitment": {"make": Transition((), "open"), **_DEADLINE},
    "meeting": {
        "add": Transition((), "planned"),
        "attend": Transition(("planned", "held"), "held"),
        "agree": Transition(("held",), None),
        "issue": Transition(("held",), "minuted"),
        "cancel": Transition(("planned",), "cancelled"),
    },
    "topic": {
        "collect": Transition((), "collected"),
        "approve": Transition(("collected",), "approved"),
        "reject": Transition(("collected",), "rejected"),
    },
    "resolution": {"resolve": Transition((), "open"), **_DEADLINE},
    "task": {"assign": Transition((), "open"), **_DEADLINE},
    "record": {"file": Transition((), "filed"), "cancel": Transition(("filed",), "cancelled")},
}
"""The state machine of each kind."""

OPEN = frozenset(("issued", "acknowledged", "open", "proposed", "approved", "held", "rectifying"))
"""States in which a slip, an interview or a dated matter still asks for something."""


class MatterEvent(NamedTuple):
    """One thing that happened to a matter, as recorded."""

    id: int
    kind: str
    number: int
    step: int
    event: str
    on: date
    content: Mapping[str, Any]
    reason: str | None
    document: str | None
    who: str
    recorded_at: str
    digest: str


@dataclass(frozen=True)
class Matter:
    """A slip, an interview, a commitment, a meeting, a topic, a resolution, a task or a record, after its events."""

    kind: str
    number: int
    state: str
    opened_on: date
    content: Mapping[str, Any]
    """What its events stated; of what several stated, the last."""
    events: tuple[MatterEvent, ...]
    due: date | None = None
    due_original: date | None = None
    """As first set; an extension changes `due` alone."""
    closed_on: date | None = None

    @property
    def ref(self) -> str:
        """Its letter and number: `S3`."""
        return f"{LETTERS[self.kind]}{self.number}"

    @property
    def units(self) -> tuple[str, ...]:
        """The bodies it is laid on."""
        return tuple(self.content.get("units", ()))

    @property
    def about(self) -> str:
        """What it is about, in words."""
        return str(self.content.get("about", ""))

    @property
    def is_open(self) -> bool:
        """Whether it still asks for something."""
        return self.state in OPEN

    def late_until(self, on: date) -> date | None:
        """The day to which its lateness counts: its closing, or `on` while it is open; null where it is not late."""
        until = self.closed_on if self.state == "closed" else on if self.is_open else None
        return until if self.due is not None and until is not None and until > self.due else None

    def lapsed(self, on: date) -> bool:
        """Open, and its date (as extended) has passed: an accepted reason would have moved the date."""
        return self.is_open and self.due is not None and self.due < on


def begin(event: MatterEvent) -> Matter:
    """The matter that its first event opens."""
    due = _due(event)
    return Matter(
        event.kind, event.number, _opening(event), event.on, dict(event.content), (event,), due=due, due_original=due
    )


def after(matter: Matter, event: MatterEvent) -> Matter:
    """The matter after one more event; refused where its state does not allow it."""
    move = allowed(matter, event.event, event.on)
    closing = move.after in ("closed", "cancelled", "dropped", "rejected")
    return replace(
        matter,
        state=move.after or matter.state,
        content={**matter.content, **_gathered(matter, event)},
        events=(*matter.events, event),
        due=_due(event) or matter.due,
        closed_on=event.on if closing else None,
    )


def allowed(matter: Matter, event: str, on: date) -> Transition:
    """The move that an event makes; refused where the matter's state or the order of dates does not allow it."""
    move = MOVES[matter.kind][event]
    if matter.state not in move.before:
        raise Refused(_("it is not in a state for that"), got=f"{matter.ref} {matter.state}", hint=_next(matter))
    if on < matter.events[-1].on:
        before = _("its last event was on {day}; this one cannot be earlier").format(day=matter.events[-1].on)
        raise Refused(before, got=on)
    return move


def _next(matter: Matter) -> str:
    """What may come now."""
    ways = [name for name, move in MOVES[matter.kind].items() if matter.state in move.before and name != "escalate"]
    return _("what may come now: {ways}").format(ways=", ".join(ways)) if ways else _("nothing more may come")


def folded(events: Iterable[MatterEvent]) -> dict[tuple[str, int], Matter]:
    """Every matter, from all events in order of recording."""
    found: dict[tuple[str, int], Matter] = {}
    for event in events:
        key = (event.kind, event.number)
        found[key] = after(found[key], event) if key in found else begin(event)
    return found


def _opening(event: MatterEvent) -> str:
    return MOVES[event.kind][event.event].after or ""


def _due(event: MatterEvent) -> date | None:
    text = event.content.get("due")
    return date.fromisoformat(text) if text else None


def _gathered(matter: Matter, event: MatterEvent) -> dict[str, Any]:
    """What an event states; attendance and agreement add up, a later word on a body standing for the earlier."""
    stated = dict(event.content)
    if event.event == "attend":
        said = {*stated.get("present", ()), *stated.get("absent", ())}
        for name in ("present", "absent"):
            before = (body for body in matter.content.get(name, ()) if body not in said)
            stated[name] = [*before, *stated.get(name, ())]
    if event.event == "agree":
        stated["agreed"] = list(dict.fromkeys([*matter.content.get("agreed", ()), *stated["agreed"]]))
    return stated


# -- rules ---------------------------------------------------------------------------------------------------------


def check_level(level: str, before: Matter | None, on: date, *, direct: bool) -> None:
    """A slip follows the one before: orange a blue that has lapsed, red an orange; `direct` by a leader's instruction.

    `before` is the last open slip on the same matter and unit.
    """
    if direct:
        return
    needed = LEVELS[LEVELS.index(level) - 1] if level != LEVELS[0] else None
    if needed is None:
        if before is not None:
            more = _("close or extend it, or let the next level follow once it has lapsed")
            raise Refused(_("there is an open slip on this"), got=before.ref, hint=more)
        return
    way = _("--direct --reason WHY, by a leader's instruction")
    if before is None or before.content["level"] != needed:
        missing = _("a slip of the level before, which has lapsed, is needed for this one")
        raise Refused(missing, got=before.ref if before else None, hint=way)
    if not before.is_open:
        ended = _("the slip before it is no longer open")
        raise Refused(ended, got=before.ref, hint=way)
    if not before.lapsed(on):
        running = _("the slip before it has until {due}; it has not lapsed").format(due=before.due)
        raise Refused(running, got=before.ref, hint=way)


def check_extension(matter: Matter, due: date) -> None:
    """An extension leads to a later date."""
    if matter.due is not None and due <= matter.due:
        raise Refused(_("an extension leads to a later date than {due}").format(due=matter.due), got=due)


def missing_agreement(meeting: Matter) -> list[str]:
    """The attending bodies that have not agreed to the minutes (clause 四(一): 经与会单位同意后印发)."""
    agreed = set(meeting.content.get("agreed", ()))
    return [body for body in meeting.content.get("present", ()) if body not in agreed]


def check_impersonal(text: str) -> str:
    """Posts, never persons' numbers: a text with a telephone or identity number is refused."""
    if re.search(r"(?<!\d)(1[3-9]\d{9}|\d{17}[\dXx])(?!\d)", text):
        raise Refused(
            _("personal data is not kept here"), got="…", hint=_("name the post, leave numbers of persons out")
        )
    return text


_REF = re.compile(r"([A-Za-z])?([1-9][0-9]{0,8})号?", re.ASCII)


def parse_ref(text: str, *kinds: str) -> tuple[str, int]:
    """The kind and number that a person names: `3`, `S3`, `3号`; a number alone is of the first of `kinds`."""
    match = _REF.fullmatch(text.strip())
    letters = {LETTERS[kind]: kind for kind in kinds}
    letter = (match[1] or LETTERS[kinds[0]]).upper() if match else ""
    if match is None or letter not in letters:
        known = ", ".join(f"{letter}1" for letter in letters)
        raise Unclear(_("no such number"), got=text, hint=_("they are written {known}").format(known=known))
    return letters[letter], int(match[2])
