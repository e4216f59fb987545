"""The one way changes get into the project register, and what entries may say of the projects in it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from anju_cli.domain.digests import EVENT_CONTENT, digest
from anju_cli.domain.items import Item
from anju_cli.domain.names import find_project
from anju_cli.domain.plan import Plan
from anju_cli.domain.projects import Change, Delay, Project, change_of, delays, earlier_of, fold
from anju_cli.errors import Refused
from anju_cli.i18n import _
from anju_cli.ledger.book import Book
from anju_cli.ledger.drafts import Draft
from anju_cli.store import entry_queries, project_queries
from anju_cli.store.ledger_queries import next_number


class Edit(NamedTuple):
    """One field as it is to be from now on; a null value: no longer known."""

    project: str
    part: str
    subject: str | None
    field: str
    value: str | None


@dataclass(frozen=True)
class Grounds:
    """On what a change rests: who records it, from when it is so, why, by which document, from which file."""

    act: str
    who: str
    on: date
    reason: str | None = None
    document: str | None = None
    source: str | None = None


class Changed(NamedTuple):
    """A change as recorded, with what was known before."""

    id: int
    project: str
    name: str
    part: str
    subject: str | None
    field: str
    before: str | None
    after: str | None


@dataclass(frozen=True)
class Registered:
    """What was recorded in the register: the changes, and the projects as they stand now."""

    plan: Plan
    grounds: Grounds
    changes: list[Changed]
    delays: list[Delay]
    """Of the dates that were changed."""
    unchanged: int = 0
    """Projects of a file that are in the register as they are in the file."""
    recorded_at: str | None = None
    dated: bool = False
    """It holds from another day than today."""


class ProjectRegister:
    """A plan's register, read once within a transaction."""

    def __init__(self, book: Book) -> None:
        self.changes = project_queries.changes(book.connection, book.plan.id)
        self.projects = fold(self.changes)
        self.last = {change.key: change for change in self.changes}

    def find(self, text: str) -> Project:
        """The project that `text` names.

        Raises Refused where the register is empty, Unclear where it names none or several.
        """
        if not self.projects:
            raise Refused(_("the project register is empty"), hint=_("anju projects add or anju projects import"))
        return self.projects[find_project({code: each.name for code, each in self.projects.items()}, text)]


def register_of(book: Book) -> ProjectRegister:
    """The plan's register, read once until something is recorded in it: a file may name projects in every row."""
    if "register" not in book.kept:
        book.kept["register"] = ProjectRegister(book)
    register: ProjectRegister = book.kept["register"]
    return register


def record(
    book: Book, register: ProjectRegister, edits: Sequence[Edit], grounds: Grounds, unchanged: int = 0
) -> Registered:
    """Record what is not so already; what changes something known needs a reason.

    Raises Refused where nothing changes, a reason is missing, or a target would have too many homes.
    """
    news = [edit for edit in edits if _value(register, edit) != edit.value]
    if not news and not unchanged:
        raise Refused(_("this is recorded already; there is nothing to change"))
    for edit in news:
        _check_order(register, edit, grounds)
    moment, first = book.moment() if news else None, next_number(book.connection, "project_event")
    rows = [dict(zip(EVENT_CONTENT, (book.plan.id, *edit, *_said(grounds), moment), strict=True)) for edit in news]
    full = [{"id": id} | row | {"digest": digest(row.values())} for id, row in enumerate(rows, first)]
    book.kept.pop("register", None)
    if full:
        project_queries.add_changes(book.connection, [tuple(row.values()) for row in full])
    after = fold([*register.changes, *(change_of(row) for row in full)])
    _check_homes(after[code] for code in {edit.project for edit in news} if code in after)
    _warn_of_homes_counted_twice(book, after, news)
    named = register.projects | after  # one that is withdrawn is known by what it was
    changed = [
        Changed(id, edit.project, named[edit.project].name, *edit[1:4], _value(register, edit), edit.value)
        for id, edit in enumerate(news, first)
    ]
    moved, dated = _moved(book.plan, named, news), grounds.on != book.today
    return Registered(book.plan, grounds, changed, moved, unchanged, moment, dated)


def _said(grounds: Grounds) -> tuple[Any, ...]:
    on = grounds.on.isoformat()
    return grounds.act, on, grounds.reason, grounds.document, grounds.source, grounds.who


def _value(register: ProjectRegister, edit: Edit) -> str | None:
    last = register.last.get(edit[:4])
    return last.value if last else None


def _check_order(register: ProjectRegister, edit: Edit, grounds: Grounds) -> None:
    """A change replaces what was known, for a reason, and never lies before what it replaces."""
    last: Change | None = register.last.get(edit[:4])
    # A date as now planned stands in for the one first planned.
    stands = last or (register.last.get((*edit[:3], "planned")) if edit.field == "current" else None)
    if stands is None:
        return
    if stands.value not in (None, edit.value) and not grounds.reason:
        known = _("{project}: {field} is recorded as {value}").format(
            project=edit.project, field=field_name(edit), value=stands.value
        )
        raise Refused(known, got=edit.value, hint=_("say why with --reason"))
    if last and grounds.on < last.on:
        later = _("{field} was changed on {day} already").format(field=field_name(edit), day=last.on)
        raise Refused(later, got=grounds.on, hint=_("give a later --on"))


def field_name(edit: Edit | Changed) -> str:
    """A field as a person names it: `homes`, `complete.current`."""
    return f"{edit.subject}.{edit.field}" if edit.subject else edit.field


def _check_homes(projects: Iterable[Project]) -> None:
    """No target has more of a project's homes than the project has."""
    for project in projects:
        for course in project.courses:
            most = max(course.homes or 0, course.earlier)
            if project.homes is not None and most > project.homes:
                more = _("{project} has {n} homes; {target} cannot have more").format(
                    project=project.code, n=project.homes, target=course.target
                )
                raise Refused(more, got=most)


def _moved(plan: Plan, projects: Mapping[str, Project], edits: Sequence[Edit]) -> list[Delay]:
    """Where the dates that were changed stand against the baseline."""
    dated = {(edit.project, edit.subject) for edit in edits if edit.part == "target" and edit.field != "planned"}
    return [
        delay
        for delay in delays(plan, [projects[code] for code in dict.fromkeys(edit.project for edit in edits)])
        if delay.days and (delay.project.code, delay.course.target) in dated
    ]


# -- entries that name a project ----------------------------------------------------------------------------------


def project_of(book: Book, text: str | None) -> str | None:
    """The code of the project that an entry names; without a register, what was typed.

    Raises Unclear where it names none or several.
    """
    if text is None:
        return None
    register = register_of(book)
    return register.find(text).code if register.projects else text


def check_counted(book: Book, item: Item, drafts: Sequence[Draft]) -> None:
    """Refuse what would count a project's homes twice on a target, or more of them than it has.

    Homes that were counted in an earlier year count 0. What follows from a decrease is never refused.
    """
    named = {draft.project for draft in drafts if draft.project} if item.counts_homes else set()
    projects = register_of(book).projects if named else {}
    for code in named & set(projects):
        project = projects[code]
        change = sum(draft.quantity or 0 for draft in drafts if draft.project == code)
        booked = _booked(book, item, code)
        earlier = earlier_of(book.plan, project, item)
        if project.homes is None:
            book.warnings.append(_("the homes of {project} are not recorded; not checked").format(project=code))
        elif change > 0 and booked + change > project.homes - earlier:
            said = _("{project} has {homes} homes: {booked} are booked on {item}, {earlier} counted in earlier years")
            raise Refused(
                said.format(project=code, homes=project.homes, booked=booked, item=item.id, earlier=earlier),
                got=change,
                hint=_no_home_twice(book.plan, project, item, max(0, project.homes - earlier - booked)),
            )
        if item.within and booked + change > (whole := _booked(book, book.plan.by_id[item.within], code)):
            said = _("{project}: {part} is {n}, {whole} only {m}; what is completed counts there too")
            book.warnings.append(said.format(project=code, part=item.id, n=booked + change, whole=item.within, m=whole))


def know_booked(book: Book, item: Item) -> None:
    """Ask once what is booked on every project of a target: of a long list of projects each would be asked for."""
    book.kept.setdefault("booked", {})[item.id] = entry_queries.booked_by_project(
        book.connection, book.plan.id, item.id
    )


def _no_home_twice(plan: Plan, project: Project, item: Item, rest: int) -> str:
    """Why no more homes of a project count on a target: where those of an earlier year count."""
    most = max(plan.line(item), key=lambda of: project.course(of.id).earlier)
    if most.id == item.id or not project.course(most.id).earlier:
        return _("no home counts twice; {rest} remain").format(rest=rest)
    return _("they count on {whole} of an earlier year, and so does what is part of it").format(whole=most.id)


def _warn_of_homes_counted_twice(book: Book, projects: Mapping[str, Project], news: Sequence[Edit]) -> None:
    """Say so where homes that count in an earlier year by now are booked in this one, on the target or on its parts."""
    for edit in (edit for edit in news if edit.field in ("earlier", "homes") and edit.project in projects):
        project = projects[edit.project]
        for item in book.plan.home_targets():
            booked, earlier = _booked(book, item, project.code), earlier_of(book.plan, project, item)
            if project.homes is not None and earlier and booked > project.homes - earlier:
                said = _(
                    "{project} has {homes} homes: {booked} are booked on {item}, {earlier} counted in earlier years"
                )
                figures = {"homes": project.homes, "booked": booked, "earlier": earlier}
                warning = said.format(project=project.code, item=item.id, **figures)
                book.warnings += [warning] if warning not in book.warnings else []


def _booked(book: Book, item: Item, project: str) -> int:
    """What all bodies have booked on a target for a project."""
    known: dict[str, int] | None = book.kept.get("booked", {}).get(item.id)
    if known is not None:
        return known.get(project, 0)
    return entry_queries.booked(book.connection, book.plan.id, item.id, project)
