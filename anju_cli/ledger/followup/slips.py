"""Slips (督办单) and tasks (交办事项): issued or assigned, acknowledged, extended, closed, withdrawn."""

from datetime import date
from typing import Any

from anju_cli.domain.matter_rules import SlipLevel, TaskSource, check_extension, check_level
from anju_cli.domain.matters import Matter
from anju_cli.domain.names import find_task
from anju_cli.errors import Unclear
from anju_cli.i18n import _
from anju_cli.ledger.followup.matters import Noted, Register, needed, words

LAID_DOWN = ("task", "resolution", "commitment")
"""What else than an item of the plan a slip may be about."""

SUBJECT = ("units", "item", "matter", "about", "basis")
"""What a slip is about and which unit it goes to: the same in every slip of a chain."""


def issue(
    register: Register,
    item: str | None,
    unit: str | None,
    level: str,
    due: str,
    *,
    on: str | None = None,
    about: str | None = None,
    matter: str | None = None,
    requirement: str | None = None,
    following: str | None = None,
    direct: bool = False,
    reason: str | None = None,
    document: str | None = None,
) -> Noted:
    """Issue a slip of a level; the one before it on the same matter is closed into it.

    Raises Unclear where the level or the matter is not known, Refused where a rule of the levels forbids it.
    """
    level = SlipLevel.read(level, _("no such level")).value
    if direct and not reason:
        raise Unclear(_("{name} is missing").format(name="--reason"), hint=_("the leader's instruction"))
    day = register.day(on)
    before = register.find(following, "slip") if following else None
    if before is not None:
        subject = {name: before.content[name] for name in SUBJECT if name in before.content}
    else:
        subject = _subject(register, item, unit, about, matter)
        before = _open_on(register, subject)
    check_level(level, before, day, direct=direct)
    content = {
        **subject,
        "level": level,
        "due": register.due(due, day),
        "requirement": words(requirement, "--requirement"),
        "direct": direct,
        "follows": before.ref if before else None,
    }
    slip = register.open("slip", "issue", day, content, reason=reason, document=document)
    if before is not None and before.is_open:
        register.follow(before, "escalate", day, {"by": slip.ref})
    return register.noted()


def _subject(
    register: Register, item: str | None, unit: str | None, about: str | None, matter: str | None
) -> dict[str, Any]:
    """What a slip is about, and which unit it goes to."""
    if sum(each is not None for each in (item, matter, about)) != 1:
        raise Unclear(_("a slip is about one thing"), hint=_("ITEM, --matter T1 or R1 or C1, or --about TEXT"))
    plan = register.book.plan
    if item is not None:
        found = find_task(plan, item)
        clause = found.clause.place if found.clause else None
        leads = [body for body in plan.answering(found) if plan.body_by_id[body].unit]
        named = register.bodies([unit]) if unit else leads if len(leads) == 1 else []
        subject: dict[str, Any] = {"item": found.id, "about": found.name, "basis": clause}
    elif matter is not None:
        laid = register.find(matter, *LAID_DOWN)
        named = register.bodies([unit]) if unit else list(laid.units) if len(laid.units) == 1 else []
        subject = {"matter": laid.ref, "about": laid.about, "item": laid.content.get("item")}
    else:
        named = register.bodies([unit]) if unit else []
        subject = {"about": needed(about, "--about")}
    if not named:
        raise Unclear(_("{name} is missing").format(name="--unit"), hint=_("a slip goes to one unit"))
    return {name: value for name, value in {**subject, "units": named}.items() if value}


def _open_on(register: Register, subject: dict[str, Any]) -> Matter | None:
    """The last open slip on the same matter and unit."""
    for slip in reversed(register.of("slip")):
        if slip.is_open and all(slip.content.get(name) == subject.get(name) for name in SUBJECT):
            return slip
    return None


def acknowledge(register: Register, number: str, on: str | None = None, post: str | None = None) -> Noted:
    """Record that the unit has signed for a slip (签收)."""
    register.follow(
        found := register.find(number, "slip"), "acknowledge", register.day(on, found), {"post": words(post, "--post")}
    )
    return register.noted()


def assign(
    register: Register,
    text: str,
    source: str,
    units: list[str],
    due: str,
    *,
    item: str | None = None,
    on: str | None = None,
    document: str | None = None,
) -> Noted:
    """Assign a task that an instruction, a meeting or a document asks for; the first unit named leads it.

    Raises Unclear where what it rests on is of no known kind.
    """
    code = TaskSource.read(source, _("no such source")).value
    day = register.day(on)
    content = {
        "about": needed(text, _("the task")),
        "source": code,
        "units": register.bodies(units),
        "item": register.item(item),
        "due": register.due(due, day),
    }
    register.open("task", "assign", day, content, document=document)
    return register.noted()


def extend(
    register: Register,
    matter: Matter,
    due: str,
    reason: str,
    *,
    on: str | None = None,
    document: str | None = None,
) -> Noted:
    """Move the date of a slip, a task, a resolution or a commitment; the first date stays beside it."""
    day = register.day(on, matter)
    later = register.due(due, day)
    check_extension(matter, date.fromisoformat(later))
    register.follow(matter, "extend", day, {"due": later}, reason=needed(reason, "--reason"), document=document)
    return register.noted()


def close(
    register: Register, matter: Matter, *, on: str | None = None, note: str | None = None, document: str | None = None
) -> Noted:
    """Close what is done (办结, 销号)."""
    register.follow(matter, "close", register.day(on, matter), {"note": needed(note, "--note")}, document=document)
    return register.noted()


def cancel(register: Register, matter: Matter, reason: str, *, on: str | None = None) -> Noted:
    """Withdraw what should not have been issued; it stays in the list, with the reason."""
    register.follow(matter, "cancel", register.day(on, matter), reason=needed(reason, "--reason"))
    return register.noted()
