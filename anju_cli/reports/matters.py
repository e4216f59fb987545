"""Follow-up as it is asked for: lists of slips, interviews, meetings, tasks; one of them with all that happened."""

from collections.abc import Sequence
from datetime import date

from anju_cli.domain.cited import cited_by
from anju_cli.domain.matter_rules import missing_agreement
from anju_cli.domain.matters import MATTERS, Matter, folded, parse_ref
from anju_cli.domain.names import find_body
from anju_cli.domain.periods import Calendar, working_days_after
from anju_cli.domain.plan import Plan
from anju_cli.errors import Unclear
from anju_cli.i18n import _
from anju_cli.reports.answers.matters import EventLine, MatterLine, MatterSheet
from anju_cli.reports.view import View, calendar_of
from anju_cli.store import queries


def matters(view: View, as_of: date) -> list[Matter]:
    """Every follow-up matter as it stood on a day, as known by the view's moment; in order of first recording."""
    events = queries.followup(view.connection, view.id, as_of=as_of, moment=view.known_at)
    return list(folded(events).values())


def listing(view: View, *kinds: str, unit: str | None = None, is_open: bool = False) -> list[MatterLine]:
    """The matters of some kinds, in order of kind and number; of one unit, or the open ones alone."""
    as_of = view.as_of(view.today)
    plan = view.plan_at(as_of)
    body = find_body(plan, unit) if unit else None
    mine = {*plan.reporting(body.id), body.id, body.unit} if body else set()
    chosen = [
        each
        for kind in kinds
        for each in matters(view, as_of)
        if each.kind == kind and (body is None or mine & set(_named(each))) and (each.is_open or not is_open)
    ]
    return lines(plan, chosen, as_of, calendar_of(plan))


def sheet(view: View, text: str, *kinds: str) -> MatterSheet:
    """One matter, all that happened to it, and what it led to."""
    as_of = view.as_of(view.today)
    plan, known = view.plan_at(as_of), matters(view, as_of)
    wanted = parse_ref(text, *kinds)
    found = next((each for each in known if (each.kind, each.number) == wanted), None)
    if found is None:
        last = ", ".join([each.ref for each in known if each.kind in kinds][-5:])
        raise Unclear(_("no such number"), got=text, hint=_("the last are {known}").format(known=last or "—"))
    under = [
        each
        for each in known
        if each.kind in MATTERS[found.kind].leads_to
        and found.ref in (each.content.get("parent"), each.content.get("follows"))
    ]
    line, *rest = lines(plan, [found, *under], as_of, calendar_of(plan))
    events = tuple(
        EventLine(e.event, e.on, dict(e.content), e.reason, e.document, e.who, e.recorded_at, e.digest)
        for e in found.events
    )
    return MatterSheet(line, events, tuple(rest), cited_by(plan))


def lines(plan: Plan, found: Sequence[Matter], as_of: date, calendar: Calendar) -> list[MatterLine]:
    """Matters as lists show them."""
    return [_line(plan, each, as_of, calendar) for each in found]


def _named(matter: Matter) -> tuple[str, ...]:
    return tuple(matter.content.get("present", ())) if matter.kind == "meeting" else matter.units


def _line(plan: Plan, matter: Matter, as_of: date, calendar: Calendar) -> MatterLine:
    stated, item = matter.content, plan.by_id.get(matter.content.get("item", ""))
    until = matter.late_until(as_of)
    late = matter.due is not None and until is not None
    bodies = [plan.body_by_id[body] for body in _named(matter) if body in plan.body_by_id]
    held = stated.get("held_on")
    documents = [event.document for event in matter.events if event.document]
    reasons = [event.reason for event in matter.events if event.reason]
    return MatterLine(
        plan=plan.id,
        as_of=as_of,
        ref=matter.ref,
        kind=matter.kind,
        number=matter.number,
        state=matter.state,
        units=_named(matter),
        unit_names=tuple(body.name for body in bodies),
        unit_names_en=tuple(body.name_en for body in bodies),
        absent_names=tuple(plan.body_by_id[body].name for body in stated.get("absent", ()) if body in plan.body_by_id),
        about=matter.about,
        item=stated.get("item"),
        item_name=item.name if item else None,
        item_name_en=item.name_en if item else None,
        level=stated.get("level"),
        source=stated.get("source"),
        quarter=stated.get("quarter"),
        parent=stated.get("parent") or stated.get("follows"),
        on=date.fromisoformat(held) if held else matter.opened_on,
        due=matter.due,
        due_original=matter.due_original,
        closed_on=matter.closed_on,
        late=late,
        days_overdue=(until - matter.due).days if matter.due and until else None,
        working_days_overdue=working_days_after(matter.due, until, calendar) if matter.due and until else None,
        direct=bool(stated.get("direct")),
        inferred=bool(stated.get("inferred")),
        evidence=tuple(stated.get("evidence", ())),
        missing=tuple(missing_agreement(matter)) if matter.kind == "meeting" else (),
        document=documents[-1] if documents else None,
        reason=reasons[-1] if reasons else None,
    )
