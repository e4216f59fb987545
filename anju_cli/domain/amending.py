"""A plan with one item adjusted: what follows from the change, and what it may not break."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import NamedTuple

from anju_cli.domain.directions import may_aim_at_nothing, meets
from anju_cli.domain.grammar import parse_date, parse_quantity
from anju_cli.domain.items import Item
from anju_cli.domain.names import find_body, find_task
from anju_cli.domain.pace import faults_of_steps
from anju_cli.domain.plan import Plan
from anju_cli.domain.rates import measured, share_of
from anju_cli.errors import Refused, Unclear
from anju_cli.i18n import _

UNDATED = "undated"
"""In place of a date: none is set."""


@dataclass(frozen=True)
class Amendment:
    """What is to change of an item; null: it stays. Quantities are in smallest units."""

    goal: int | None = None
    parts: Mapping[str, int] = field(default_factory=dict)
    """New parts of an allocated goal, by body; those not named stay."""
    due: date | None = None
    undated: bool = False
    lead: tuple[str, ...] = ()
    confirm: tuple[str, ...] = ()
    """Fields that were inferred and that a document now states."""


def amended(plan: Plan, item: Item, wanted: Amendment) -> Plan:
    """The plan after an adjustment of one item; its parts and its whole follow where they must.

    Raises Unclear where a field to be confirmed is not inferred, Refused where the item takes no such change.
    """
    changed = item
    if wanted.goal is not None or wanted.parts:
        changed = _with_goal(plan, changed, wanted)
    if wanted.due is not None and item.kind == "duty":
        milestone = _("what has a date is a milestone, under milestones: anju plan apply FILE")
        raise Refused(_("a duty has no due date"), got=item.id, hint=milestone)
    if wanted.due is not None or wanted.undated:
        changed = replace(changed, due=wanted.due, inferred=_without(changed, "due"))
    if wanted.lead:
        assist = tuple(body for body in changed.assist if body not in wanted.lead)
        led = {"lead": wanted.lead, "assist": assist, "everyone": False, "inferred": _without(changed, "lead")}
        changed = replace(changed, **led)  # type: ignore[arg-type]
    for name in wanted.confirm:
        if name not in changed.inferred:
            known = ", ".join(changed.inferred) or "—"
            raise Unclear(
                _("this field is not inferred"), got=name, hint=_("inferred are: {known}").format(known=known)
            )
        changed = replace(changed, inferred=_without(changed, name))
    items = {each.id: each for each in plan.items} | {item.id: changed}
    _below(items, item, changed)
    _above(items, changed)
    after = replace(plan, items=tuple(items[each.id] for each in plan.items))
    for each in after.items:
        if each != plan.by_id[each.id]:
            _check(after, each)
    return after


def _without(item: Item, name: str) -> dict[str, str]:
    return {key: reason for key, reason in item.inferred.items() if key != name}


def _with_goal(plan: Plan, item: Item, wanted: Amendment) -> Item:
    if item.kind != "target" or item.derived:
        raise Refused(_("only a target has a goal of its own"), got=item.id)
    if item.id in plan.children:
        parts = ", ".join(child.id for child in plan.children[item.id])
        raise Refused(
            _("its goal is the sum of its children's"), got=item.id, hint=_("amend {items}").format(items=parts)
        )
    if item.allocations:
        return _with_parts(item, wanted)
    if wanted.parts:
        raise Refused(_("its goal is not given in parts"), got=item.id)
    return replace(item, goal=wanted.goal, share=None, inferred=_without(item, "goal"))


def _with_parts(item: Item, wanted: Amendment) -> Item:
    if strangers := [body for body in wanted.parts if body not in item.allocations]:
        raise Refused(_("this unit has no part of it"), got=", ".join(strangers))
    parts = item.allocations | dict(wanted.parts)
    total = sum(parts.values())
    if wanted.goal not in (None, total):
        shown = measured(total, item.decimals)
        hint = _("--part BODY=N for each part that changes")
        raise Refused(_("the parts add up to {total}, not to the goal").format(total=shown), got=wanted.goal, hint=hint)
    return replace(item, goal=total, allocations=parts, inferred=_without(item, "goal"))


def _below(items: dict[str, Item], before: Item, after: Item) -> None:
    """Parts and sub-quotas keep the date of their whole, the reason for it, and the share of it that they are."""
    gone = {name: reason for name, reason in before.inferred.items() if name not in after.inferred}
    for each in [item for item in items.values() if before.id in (item.parent, item.within)]:
        kept = {name: reason for name, reason in each.inferred.items() if gone.get(name) != reason}
        due = after.due if each.due == before.due else each.due
        goal = share_of(each.share, after.goal) if each.share and after.goal is not None else each.goal
        changed = replace(each, due=due, goal=goal, inferred=kept)
        if changed != each:
            items[each.id] = changed
            _below(items, each, changed)


def _above(items: dict[str, Item], changed: Item) -> None:
    """A parent's goal is the sum of its children's."""
    while changed.parent:
        parent = items[changed.parent]
        goals = [item.goal for item in items.values() if item.parent == parent.id]
        if parent.goal is None or None in goals:
            return
        changed = replace(parent, goal=sum(goal for goal in goals if goal is not None))
        items[parent.id] = changed


def _check(plan: Plan, item: Item) -> None:
    """What binds an item's goal, date and pace to each other, and to the items around it."""
    if item.goal == 0 and not may_aim_at_nothing(item) and not item.derived:
        raise Refused(_("a goal of 0 is a ceiling, or of a level that may be below 0"), got=item.id)
    if item.baseline and item.goal is not None and meets(item, item.baseline.value, item.goal):
        base = measured(item.baseline.value, item.decimals)
        raise Refused(_("the way from the baseline, {base}, would not lead to the goal").format(base=base), got=item.id)
    first, last = plan.quarters.dues
    if item.due is not None and not first <= item.due <= last:
        raise Refused(_("a date in or beside the plan year {year}").format(year=plan.year), got=item.due)
    if item.pace == "even" and item.due != plan.quarters.ends:
        other = _("an even pace is for the whole year; another pace needs plan apply")
        raise Refused(_("its pace is even by quarter"), got=f"{item.id}: {item.due}", hint=other)
    if item.pace == "nodes" and item.nodes:
        for _day, found, expected in faults_of_steps(item):
            hint = _("expected {expected}; new steps need plan apply").format(expected=expected)
            raise Refused(_("its steps would no longer fit"), got=f"{item.id}: {found}", hint=hint)
    for whole, part in _wholes(plan.items, item):
        if whole.goal is not None and part.goal is not None and part.goal > whole.goal:
            at_most = measured(whole.goal, whole.decimals)
            raise Refused(_("a sub-quota would be more than its whole"), got=part.id, hint=f"{whole.id}: {at_most}")
    for body in item.lead:
        if body not in plan.body_by_id:
            raise Unclear(_("no such body"), got=body)


def _wholes(items: Iterable[Item], item: Item) -> list[tuple[Item, Item]]:
    known = {each.id: each for each in items}
    pairs = [(known[item.within], item)] if item.within else []
    return pairs + [(item, each) for each in known.values() if each.within == item.id]


# -- what a person typed -------------------------------------------------------------------------------------------


class Typed(NamedTuple):
    """An amendment as typed."""

    item: str
    goal: str | None
    parts: list[str]
    due: str | None
    lead: list[str]
    confirm: list[str]


def amend_plan(plan: Plan, since: date, *, typed: Typed, today: date) -> Plan:
    """The plan after an amendment as typed, which holds `since` a day: a new date cannot precede it.

    Raises Unclear where nothing is named or a value cannot be read, Refused where the item has no such thing.
    """
    item = find_task(plan, typed.item)
    if item.id not in plan.by_id:
        raise Refused(_("this row is not of the plan"), got=item.id)
    parts = {}
    for text in typed.parts:
        body, equals, amount = text.partition("=")
        if not equals:
            raise Unclear(_("a part is written BODY=N"), got=text)
        parts[find_body(plan, body).id] = parse_quantity(amount, item.decimals)
    undated = typed.due == UNDATED
    wanted = Amendment(
        goal=parse_quantity(typed.goal, item.decimals, signed=item.signed) if typed.goal is not None else None,
        parts=parts,
        due=parse_date(typed.due, today=today, not_before=since) if typed.due and not undated else None,
        undated=undated,
        lead=tuple(dict.fromkeys(find_body(plan, name).id for name in typed.lead)),
        confirm=tuple(typed.confirm),
    )
    if wanted == Amendment():
        raise Unclear(
            _("nothing is to change"), hint="--goal N | --part BODY=N | --due DATE | --lead UNIT | --confirm FIELD"
        )
    return amended(plan, item, wanted)
