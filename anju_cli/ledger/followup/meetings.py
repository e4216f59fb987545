"""Meetings (会议) of the leading group: topics its leader approves, who came, what was resolved, agreed minutes."""

from datetime import date

from anju_cli.domain.matter_rules import missing_agreement
from anju_cli.domain.matters import Matter
from anju_cli.errors import Refused, Unclear
from anju_cli.i18n import _
from anju_cli.ledger.followup.matters import Noted, Register, needed, words

EVERYONE = "all"
"""In place of units: all that attended."""


def add(register: Register, on: str, title: str, chair: str | None = None, document: str | None = None) -> Noted:
    """Enter a meeting: one that was held, or one arranged for a day to come."""
    held_on = register.day(on)
    content = {
        "about": needed(title, _("the title")),
        "held_on": held_on.isoformat(),
        "chair": words(chair, "--chair"),
    }
    register.open("meeting", "add", min(held_on, register.book.today), content, document=words(document, "--document"))
    return register.noted()


def collect(register: Register, number: str, text: str, unit: str, on: str | None = None) -> Noted:
    """Collect a topic that a unit proposes (拟上会议题); it needs the group leader's approval.

    Raises Refused where the meeting has been held.
    """
    meeting = register.find(number, "meeting")
    if meeting.state != "planned":
        raise Refused(_("topics are collected before a meeting is held"), got=f"{meeting.ref} {meeting.state}")
    content = {"about": needed(text, _("the topic")), "units": register.bodies([unit]), "parent": meeting.ref}
    register.open("topic", "collect", register.day(on), content)
    return register.noted()


def decide(
    register: Register,
    number: str,
    approved: list[str],
    rejected: list[str],
    *,
    on: str | None = None,
    reason: str | None = None,
    document: str | None = None,
) -> Noted:
    """Record which topics the group leader has approved and which not (经组长审定)."""
    meeting = register.find(number, "meeting")
    day = register.day(on, meeting)
    if rejected:
        reason = needed(reason, "--reason")
    for event, topics in (("approve", approved), ("reject", rejected)):
        for text in topics:
            register.follow(_topic(register, meeting, text), event, day, reason=reason, document=document)
    return register.noted()


def _topic(register: Register, meeting: Matter, text: str) -> Matter:
    topic = register.find(text, "topic")
    if topic.content["parent"] != meeting.ref:
        raise Refused(_("this topic is of another meeting"), got=f"{topic.ref}, {topic.content['parent']}")
    return topic


def attend(register: Register, number: str, present: list[str], absent: list[str], on: str | None = None) -> Noted:
    """Who came to a meeting, and who did not.

    Raises Unclear where nobody is named, or somebody as both, Refused where it is not the day of the meeting.
    """
    meeting = register.find(number, "meeting")
    here, away = register.bodies(present), register.bodies(absent)
    if not here and not away:
        raise Unclear(_("{name} is missing").format(name="BODY"))
    if both := set(here) & set(away):
        raise Unclear(_("both present and absent"), got=", ".join(sorted(both)))
    day = register.day(on, meeting) if on else max(_held_on(meeting), meeting.events[-1].on)
    if day < _held_on(meeting):
        raise Refused(_("the meeting is on {day}").format(day=_held_on(meeting)), got=day)
    register.follow(meeting, "attend", day, {"present": here, "absent": away})
    return register.noted()


def _held_on(meeting: Matter) -> date:
    return date.fromisoformat(meeting.content["held_on"])


def resolve(
    register: Register,
    number: str,
    text: str,
    units: list[str],
    due: str,
    *,
    topic: str | None = None,
    item: str | None = None,
) -> Noted:
    """Enter what a meeting resolved (议定事项): who does what by when; the first unit named leads it.

    Raises Refused where the meeting was not held, its minutes are issued, or the topic is not approved.
    """
    meeting = register.find(number, "meeting")
    if meeting.state == "minuted":
        hint = _("let a later meeting resolve what is new")
        raise Refused(_("the minutes are issued; nothing can be added to them"), got=meeting.ref, hint=hint)
    if meeting.state != "held":
        hint = _("anju meetings attend says who came")
        raise Refused(_("the meeting has not been held"), got=f"{meeting.ref} {meeting.state}", hint=hint)
    under = _topic(register, meeting, topic) if topic else None
    if under is not None and under.state != "approved":
        hint = _("anju meetings topics --approve records the group leader's approval")
        raise Refused(_("the group leader has not approved this topic"), got=f"{under.ref} {under.state}", hint=hint)
    day = _held_on(meeting)
    content = {
        "about": needed(text, _("the resolution")),
        "units": register.bodies(units),
        "parent": meeting.ref,
        "topic": under.ref if under else None,
        "item": register.item(item),
        "due": register.due(due, day),
    }
    register.open("resolution", "resolve", day, content)
    return register.noted()


def minutes(
    register: Register, number: str, agreed: list[str], *, on: str | None = None, document: str | None = None
) -> Noted:
    """The attending units agree to the minutes; with a document number they are issued, once all have agreed.

    Raises Unclear where nothing is said of them, Refused where a unit did not attend or has not agreed.
    """
    meeting = register.find(number, "meeting")
    day = register.day(on, meeting)
    if not agreed and not document:
        raise Unclear(_("{name} is missing").format(name="--agreed"), hint="--agreed BODY, --document NUMBER")
    present = list(meeting.content.get("present", ()))
    if agreed:
        named = present if agreed == [EVERYONE] else register.bodies(agreed)
        if strangers := [body for body in named if body not in present]:
            raise Refused(_("this unit did not attend"), got=", ".join(strangers))
        meeting = register.follow(meeting, "agree", day, {"agreed": named})
    if document:
        if missing := missing_agreement(meeting):
            hint = _("clause 四(一): issued with the agreement of the units that attended")
            raise Refused(_("attending units have not agreed to the minutes"), got=", ".join(missing), hint=hint)
        register.follow(meeting, "issue", day, document=document)
    return register.noted()
