"""What differs between two states of a plan."""

from typing import Any

from anju_cli.domain.items import Item
from anju_cli.domain.plan import Plan, PlannedProject, Settings
from anju_cli.domain.rates import measured
from anju_cli.domain.records import names_of
from anju_cli.errors import Unclear
from anju_cli.i18n import _
from anju_cli.reports.answers.plans import Difference
from anju_cli.reports.view import View

GROUPS = ("units", "bodies", "rules")
"""What of a plan, beside its items, is compared by id."""


def plan_difference(view: View, first: str | None = None, second: str | None = None) -> list[Difference]:
    """What differs between two revisions; by default, the plan as issued and the latest."""
    numbers = [revision.revision for revision in view.revisions]

    def chosen(text: str | None, default: int) -> Plan:
        number = default if text is None else int(text) if text.isdecimal() and len(text) < 6 else -1
        if number not in numbers:
            known = ", ".join(map(str, numbers))
            raise Unclear(_("no such revision"), got=text, hint=_("the revisions are {known}").format(known=known))
        return view.revision(number)

    return difference(chosen(first, numbers[0]), chosen(second, numbers[-1]))


def difference(before: Plan, after: Plan) -> list[Difference]:
    """What differs, item by item and field by field; a whole item added or gone is one line."""
    found = []
    for id in dict.fromkeys(item.id for item in (*before.items, *after.items)):
        old, new = before.by_id.get(id), after.by_id.get(id)
        if old is None or new is None:
            found.append(Difference(after.id, id, "item", old.name if old else None, new.name if new else None))
            continue
        for name in names_of(Item):
            was, now = getattr(old, name), getattr(new, name)
            if was != now:
                found.append(Difference(after.id, id, name, _said(old, name, was), _said(new, name, now)))
    for group in GROUPS:
        olds, news = ({each.id: each for each in getattr(plan, group)} for plan in (before, after))
        for id in dict.fromkeys([*olds, *news]):
            if olds.get(id) != news.get(id):
                found.append(Difference(after.id, id, group, _plainly(olds.get(id)), _plainly(news.get(id))))
    found += _fields_changed(after.id, Settings, before.settings, after.settings)
    whole = ("id", "items", *GROUPS, "settings", "projects")
    return found + _fields_changed(after.id, Plan, before, after, without=whole) + _of_projects(before, after)


def _of_projects(before: Plan, after: Plan) -> list[Difference]:
    """What differs in the planned dates and homes of projects, project by project."""
    was, now = ({project.code: project for project in plan.projects} for plan in (before, after))

    def said(project: PlannedProject | None) -> str | None:
        steps = project.planned if project else ()
        return ", ".join(f"{step.target} {step.homes} {step.on}" for step in steps) or None

    return [
        Difference(after.id, code, "project", said(was.get(code)), said(now.get(code)))
        for code in dict.fromkeys([*was, *now])
        if was.get(code) != now.get(code)
    ]


def _fields_changed(plan: str, shape: type, before: Any, after: Any, without: tuple[str, ...] = ()) -> list[Difference]:
    names = [name for name in names_of(shape) if name not in without]
    changed = (name for name in names if getattr(before, name) != getattr(after, name))
    return [
        Difference(plan, "", name, _plainly(getattr(before, name)), _plainly(getattr(after, name))) for name in changed
    ]


def _said(item: Item, name: str, value: Any) -> str | None:
    """A field's value as a person reads it."""
    if name == "goal":
        value = measured(value, item.decimals)
    elif name == "baseline" and value is not None:
        value = f"{measured(value.value, item.decimals)} ({value.on})"
    elif name == "allocations":
        value = {body: measured(part, item.decimals) for body, part in value.items()}
    return _plainly(value)


def _plainly(value: Any) -> str | None:
    """A value in words: what is empty is none, lists and tables are listed."""
    if value is None or value == () or value == {}:
        return None
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, dict):
        return "; ".join(f"{key}: {_plainly(each)}" for key, each in value.items())
    if names := names_of(value):
        return "; ".join(filter(None, (_plainly(getattr(value, name)) for name in names)))
    if isinstance(value, (tuple, list, set, frozenset)):
        return ", ".join(str(_plainly(each)) for each in value)
    return str(value)
