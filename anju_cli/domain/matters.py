"""Follow-up matters: slips (督办单), interviews (约谈), meetings (会议), tasks (交办事项), and what they lead to.

A matter is what its events make of it. MATTERS says of each kind all that sets it apart.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, NamedTuple

from anju_cli.errors import Refused, Unclear
from anju_cli.i18n import _, pgettext

UNMET = "未完成任务进度"
"""The result of a review that may lead to an interview; people type it, nothing computes it."""


class Transition(NamedTuple):
    """An event that a matter may take: in which states, and the state it leads to; null: it stays as it is."""

    before: tuple[str, ...]
    after: str | None


class KindOfMatter(NamedTuple):
    """All that sets one kind of follow-up apart from the others."""

    letter: str
    """Its numbers are led by it: `R2` is the second resolution."""
    moves: Mapping[str, Transition]
    """What may happen to it; the first opens it."""
    dated: bool = False
    """Whether it is overdue once its date has passed and it is not closed."""
    leads_to: tuple[str, ...] = ()
    """The kinds that name it as their parent, or as the one that they follow."""
    withdrawn: tuple[str, str] | None = None
    """The noun and the verb of the command that takes it back; the verb is one of its moves."""


_OPEN = ("open",)
_CLOSING = {
    "extend": Transition(_OPEN, None),
    "close": Transition(_OPEN, "closed"),
    "cancel": Transition(_OPEN, "cancelled"),
}
_STANDING = ("issued", "acknowledged")

MATTERS: dict[str, KindOfMatter] = {
    "slip": KindOfMatter(
        "S",
        {
            "issue": Transition((), "issued"),
            "acknowledge": Transition(("issued",), "acknowledged"),
            "extend": Transition(_STANDING, None),
            "escalate": Transition(_STANDING, "escalated"),
            "close": Transition(_STANDING, "closed"),
            "cancel": Transition(_STANDING, "cancelled"),
        },
        leads_to=("slip",),
        withdrawn=("slips", "cancel"),
    ),
    "interview": KindOfMatter(
        "I",
        {
            "propose": Transition((), "proposed"),
            "approve": Transition(("proposed",), "approved"),
            "drop": Transition(("proposed", "approved"), "dropped"),
            "hold": Transition(("approved",), "held"),
            "commit": Transition(("held", "rectifying"), "rectifying"),
            "close": Transition(("held", "rectifying"), "closed"),
        },
        leads_to=("commitment",),
        withdrawn=("interviews", "drop"),
    ),
    "meeting": KindOfMatter(
        "M",
        {
            "add": Transition((), "planned"),
            "attend": Transition(("planned", "held"), "held"),
            "agree": Transition(("held",), None),
            "issue": Transition(("held",), "minuted"),
            "cancel": Transition(("planned",), "cancelled"),
        },
        leads_to=("topic", "resolution"),
        withdrawn=("meetings", "cancel"),
    ),
    "topic": KindOfMatter(
        "P",
        {
            "collect": Transition((), "collected"),
            "approve": Transition(("collected",), "approved"),
            "reject": Transition(("collected",), "rejected"),
        },
    ),
    "resolution": KindOfMatter(
        "R",
        {"resolve": Transition((), "open"), **_CLOSING},
        dated=True,
        withdrawn=("tasks", "cancel"),
    ),
    "task": KindOfMatter(
        "T",
        {"assign": Transition((), "open"), **_CLOSING},
        dated=True,
        withdrawn=("tasks", "cancel"),
    ),
    "commitment": KindOfMatter(
        "C",
        {"make": Transition((), "open"), **_CLOSING},
        dated=True,
        withdrawn=("interviews", "cancel"),
    ),
    "record": KindOfMatter(
        "F",
        {"file": Transition((), "filed"), "cancel": Transition(("filed",), "cancelled")},
    ),
}
"""The kinds of follow-up, in the order in which they are listed."""

DATED = tuple(name for name, kind in MATTERS.items() if kind.dated)
"""What is overdue once its date has passed and it is not closed."""

OPEN = frozenset(("issued", "acknowledged", "open", "proposed", "approved", "held", "rectifying"))
"""States in which a slip, an interview or a dated matter still asks for something."""

ENDED = ("closed", "cancelled", "dropped", "rejected")
"""States that a matter does not leave, and whose day is kept as the day it ended."""


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
        return f"{MATTERS[self.kind].letter}{self.number}"

    @property
    def units(self) -> tuple[str, ...]:
        """The bodies it is addressed to."""
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
    """The matter after one more event; raises Refused where its state does not allow it."""
    move = allowed(matter, event.event, event.on)
    return replace(
        matter,
        state=move.after or matter.state,
        content={**matter.content, **_gathered(matter, event)},
        events=(*matter.events, event),
        due=_due(event) or matter.due,
        closed_on=event.on if move.after in ENDED else None,
    )


def allowed(matter: Matter, event: str, on: date) -> Transition:
    """The move that an event makes; raises Refused where the matter's state or the order of dates forbids it."""
    move = MATTERS[matter.kind].moves[event]
    if matter.state not in move.before:
        what = _("{ref} is {state} and cannot be {changed}")
        said = what.format(ref=matter.ref, state=_standing(matter.state), changed=_changed(event))
        raise Refused(said, hint=_next(matter))
    if on < matter.events[-1].on:
        before = _("its last event was on {day}; this one cannot be earlier").format(day=matter.events[-1].on)
        raise Refused(before, got=on)
    return move


def _next(matter: Matter) -> str:
    """The events that the matter's state allows, as a hint."""
    ways = [
        name for name, move in MATTERS[matter.kind].moves.items() if matter.state in move.before and name != "escalate"
    ]
    return _("what may come now: {ways}").format(ways=", ".join(ways)) if ways else _("nothing more may come")


def _standing(state: str) -> str:
    """A state as a refusal says it."""
    return {
        "acknowledged": pgettext("matter", "acknowledged"),
        "approved": pgettext("matter", "approved"),
        "cancelled": pgettext("matter", "cancelled"),
        "closed": pgettext("matter", "closed"),
        "collected": pgettext("matter", "collected"),
        "dropped": pgettext("matter", "dropped"),
        "escalated": pgettext("matter", "followed by the next level"),
        "filed": pgettext("matter", "filed"),
        "held": pgettext("matter", "held"),
        "issued": pgettext("matter", "issued"),
        "minuted": pgettext("matter", "closed with its minutes"),
        "open": pgettext("matter", "open"),
        "planned": pgettext("matter", "planned"),
        "proposed": pgettext("matter", "proposed"),
        "rectifying": pgettext("matter", "followed by commitments"),
        "rejected": pgettext("matter", "rejected"),
    }[state]


def _changed(event: str) -> str:
    """An event as a refusal says it, after `cannot be`."""
    return {
        "acknowledge": pgettext("change", "acknowledged"),
        "agree": pgettext("change", "agreed to"),
        "approve": pgettext("change", "approved"),
        "attend": pgettext("change", "attended"),
        "cancel": pgettext("change", "cancelled"),
        "close": pgettext("change", "closed"),
        "commit": pgettext("change", "followed by a commitment"),
        "drop": pgettext("change", "dropped"),
        "escalate": pgettext("change", "followed by the next level"),
        "extend": pgettext("change", "extended"),
        "hold": pgettext("change", "held"),
        "issue": pgettext("change", "closed with its minutes"),
        "reject": pgettext("change", "rejected"),
    }[event]


def folded(events: Iterable[MatterEvent]) -> dict[tuple[str, int], Matter]:
    """Every matter, from all events in order of recording."""
    found: dict[tuple[str, int], Matter] = {}
    for event in events:
        key = (event.kind, event.number)
        found[key] = after(found[key], event) if key in found else begin(event)
    return found


def _opening(event: MatterEvent) -> str:
    return MATTERS[event.kind].moves[event.event].after or ""


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


_REF = re.compile(r"([A-Za-z])?([1-9][0-9]{0,8})号?", re.ASCII)


def parse_ref(text: str, *kinds: str) -> tuple[str, int]:
    """The kind and number that a person names: `3`, `S3`, `3号`; a number alone is of the first of `kinds`.

    Raises Unclear where it names none of these kinds.
    """
    match = _REF.fullmatch(text.strip())
    letters = {MATTERS[kind].letter: kind for kind in kinds}
    letter = (match[1] or MATTERS[kinds[0]].letter).upper() if match else ""
    if match is None or letter not in letters:
        known = ", ".join(f"{letter}1" for letter in letters)
        raise Unclear(_("no such number"), got=text, hint=_("they are written {known}").format(known=known))
    return letters[letter], int(match[2])
