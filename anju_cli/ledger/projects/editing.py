"""Projects: adding one, editing one, its facilities, its schedule."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from anju_cli.domain import register_fields as fields
from anju_cli.domain.dating import of_the_year
from anju_cli.domain.facilities import FacilityKind
from anju_cli.domain.grammar import clean, parse_date, words
from anju_cli.domain.items import Item
from anju_cli.domain.names import find_body, find_item, fold
from anju_cli.domain.plan import Plan
from anju_cli.domain.projects import Project, scheduled
from anju_cli.domain.register_fields import Days
from anju_cli.errors import Refused, Unclear
from anju_cli.i18n import _
from anju_cli.ledger.basis import Basis
from anju_cli.ledger.book import Book
from anju_cli.ledger.projects.register import Edit, Grounds, ProjectRegister, Registered, record, register_of
from anju_cli.store import entry_queries

_MOST_DAYS = 3660


@dataclass(frozen=True)
class ProjectStatement:
    """What a person says of a project, as typed: its own fields, and by target what it brings to it."""

    own: Mapping[str, str | None] = field(default_factory=dict)
    targets: Sequence[str] = ()
    """`complete=400@2020-09-30`: target, homes, planned date."""
    current: Sequence[str] = ()
    """`complete=2021-03-31`: target, date as now planned."""
    actual: Sequence[str] = ()
    assigned: Sequence[str] = ()
    """`field=value` or `target.field=value`."""


@dataclass(frozen=True)
class StatedGrounds:
    """On what grounds it is said, as typed."""

    on: str | None = None
    reason: str | None = None
    document: str | None = None
    source: str | None = None

    def day(self, of: Book | Basis) -> date:
        """The day from which what is stated holds."""
        return of_the_year(self.on, today=of.today, quarters=of.plan.quarters) if self.on else of.today

    def days(self, of: Book | Basis) -> Days:
        """What the dates that are stated are read by."""
        return Days(of.today, self.day(of), of.plan.quarters)

    def grounds(self, book: Book, act: str) -> Grounds:
        """The grounds as they are kept."""
        on = self.day(book)
        reason = words(self.reason, "--reason") if self.reason is not None else None
        document = words(self.document, "--document") if self.document is not None else None
        return Grounds(act, book.who, on, reason, document, self.source)


def add(book: Book, code: str, said: ProjectStatement, why: StatedGrounds) -> Registered:
    """Record a project that is not in the register yet.

    Raises Unclear where a field is missing or cannot be read, Refused where a rule forbids it.
    """
    register, known = register_of(book), fields.code(code)
    check_new(register, known)
    edits = edits_of(book, register, known, said, why.days(book))
    stated = {edit.field: edit.value for edit in edits if edit.part == "project"}
    for name in ("name", "homes"):
        if not stated.get(name):
            raise Unclear(_("a project needs its {field}").format(field=name), got=code)
    return record(book, register, edits, why.grounds(book, "add"))


def check_new(register: ProjectRegister, code: str) -> None:
    """Refuse a code that a project has already, be it in other letters."""
    taken = next((each for each in register.projects if fold(each) == fold(code)), None)
    if taken is not None:
        hint = _("anju projects edit {code} changes it").format(code=taken)
        raise Refused(_("there is a project with this code"), got=taken, hint=hint)


def edit(book: Book, project: str, said: ProjectStatement, why: StatedGrounds) -> Registered:
    """Change what is known of a project. The dates first planned stand: 现计划 alone changes.

    Raises Unclear where nothing is to change or a field cannot be read, Refused where a rule forbids it.
    """
    register = register_of(book)
    code = register.find(project).code
    edits = edits_of(book, register, code, said, why.days(book))
    if not edits:
        raise Unclear(_("nothing is said of the project"), got=code, hint="--set FIELD=VALUE, --current TARGET=DATE …")
    return record(book, register, edits, why.grounds(book, "edit"))


def withdraw(book: Book, project: str, why: StatedGrounds) -> Registered:
    """Take a project that was recorded wrongly out of the register; what was recorded of it is kept in its history.

    Raises Refused where homes are booked on it.
    """
    register = register_of(book)
    code = register.find(project).code
    for item in book.plan.home_targets():
        if booked := entry_queries.booked(book.connection, book.plan.id, item.id, code):
            hint = _("void or correct its entries first: anju progress list")
            counts = _("{n} homes of {project} are booked on {item}")
            raise Refused(counts.format(n=booked, project=code, item=item.id), hint=hint)
    edits = [Edit(*key, None) for key, last in register.last.items() if key[0] == code and last.value is not None]
    return record(book, register, edits, why.grounds(book, "edit"))


def edits_of(book: Book, register: ProjectRegister, code: str, said: ProjectStatement, days: Days) -> list[Edit]:
    """What was said of a project as changes of its fields."""
    edits = [
        Edit(code, "project", None, name, fields.read(fields.PROJECT, name, text, days))
        for name, text in said.own.items()
        if text is not None
    ]
    for text in said.targets:
        target, value = _pair(text, "TARGET=HOMES@DATE")
        homes, _at, on = unicodedata.normalize("NFKC", value).partition("@")
        stated = {"homes": homes, "planned": on}
        edits += course_edits(
            target_of(book.plan, target), code, {name: each for name, each in stated.items() if each}, days
        )
    for name, pairs in (("current", said.current), ("actual", said.actual)):
        for text in pairs:
            target, value = _pair(text, "TARGET=DATE")
            edits += course_edits(target_of(book.plan, target), code, {name: value}, days)
    for text in said.assigned:
        name, value = _pair(text, "FIELD=VALUE")
        target, dot, of_target = name.rpartition(".")
        if dot:
            edits += course_edits(target_of(book.plan, target), code, {of_target: value}, days)
        else:
            field_name = name.strip().lower().replace("-", "_")
            edits.append(Edit(code, "project", None, field_name, fields.read(fields.PROJECT, name, value, days)))
    _check_baseline(register, edits)
    _check_once(edits)
    return edits


def course_edits(item: Item, code: str, stated: Mapping[str, str], days: Days) -> list[Edit]:
    """What is stated of a project under one target."""
    return [
        Edit(code, "target", item.id, name.strip().lower(), fields.read(fields.TARGET, name, text, days))
        for name, text in stated.items()
    ]


def target_of(plan: Plan, text: str) -> Item:
    """A target that homes of a project can count on.

    Raises Refused where the item is no such target.
    """
    item = find_item(plan, text)
    if item not in plan.home_targets():
        can = ", ".join(each.id for each in plan.home_targets())
        raise Refused(_("projects bring homes to targets counted in homes"), got=item.id, hint=can)
    return item


def _pair(text: str, form: str) -> tuple[str, str]:
    name, equals, value = text.replace("＝", "=").partition("=")
    if not equals or not name.strip():
        raise Unclear(_("not of the form {form}").format(form=form), got=text)
    return name.strip(), value.strip()


def _check_once(edits: Sequence[Edit]) -> None:
    seen: dict[tuple[str | None, ...], Edit] = {}
    for each in edits:
        if seen.setdefault(each[:4], each).value != each.value:
            raise Unclear(_("a field is stated twice"), got=".".join(filter(None, each[2:4])))


def _check_baseline(register: ProjectRegister, edits: Sequence[Edit]) -> None:
    """The date first planned (原计划) stands; what changes is 现计划."""
    for each in edits:
        last = register.last.get(each[:4])
        if each.field == "planned" and last and last.value and last.value != each.value:
            options = {"target": f"--current {each.subject}={each.value}", "facility": f"--current {each.value}"}
            raise Refused(
                _("the date first planned stands: {day}").format(day=last.value),
                got=each.value,
                hint=options.get(each.part),
            )


# -- facilities -----------------------------------------------------------------------------------------------------


def facility(book: Book, project: str, kind: str, stated: Mapping[str, str | None], why: StatedGrounds) -> Registered:
    """Record what is known of a facility of a project.

    Raises Unclear where nothing is said of it, or a field cannot be read.
    """
    register, days = register_of(book), why.days(book)
    code = register.find(project).code
    chosen = facility_kind(kind)
    edits = []
    for name, text in stated.items():
        if text is not None:
            value = fields.read(fields.FACILITY, name, text, days)
            value = find_body(book.plan, value).id if name == "unit" and value else value
            edits.append(Edit(code, "facility", chosen, name, value))
    if not edits:
        hint = "--unit BODY, --planned DATE, --current DATE, --in-use DATE, --not-needed"
        raise Unclear(_("nothing is said of the facility"), got=chosen, hint=hint)
    _check_baseline(register, edits)
    return record(book, register, edits, why.grounds(book, "facility"))


def facility_kind(text: str) -> str:
    """A kind of facility by its code or its name.

    Raises Unclear where there is no such kind.
    """
    return FacilityKind.read(text, _("no such kind of facility")).value


# -- schedules ------------------------------------------------------------------------------------------------------


def schedule(
    book: Book, project: str, deadline: str | None, nodes: Sequence[str], done: Sequence[str], why: StatedGrounds
) -> Registered:
    """Date a project's nodes backwards from a deadline, or record when nodes were finished.

    Raises Unclear where nothing is said of it, or nodes are given without a deadline.
    """
    register = register_of(book)
    known = register.find(project)
    grounds = why.grounds(book, "schedule")
    edits: list[Edit] = []
    if deadline is not None:
        day = parse_date(deadline, today=book.today, not_before=grounds.on)
        steps = [_step(text) for text in nodes] or [(node.name, node.days) for node in known.nodes]
        edits += _dated(book, known, day, steps)
    elif nodes:
        raise Unclear(_("nodes are dated backwards from a deadline"), hint="--deadline DATE")
    names = list(dict.fromkeys([edit.subject or "" for edit in edits if edit.field == "place" and edit.value]))
    names = names or [node.name for node in known.nodes]
    for text in done:
        name, value = _pair(text, "NODE=DATE")
        node = _node_named(names, name)
        finished = fields.day(value, why.days(book)) if value else None
        edits.append(Edit(known.code, "node", node, "actual", finished))
    if not edits:
        raise Unclear(_("nothing is said of the schedule"), hint="--deadline DATE --node NAME=DAYS …, --done NODE=DATE")
    return record(book, register, edits, grounds)


def _step(text: str) -> tuple[str, int]:
    name, value = _pair(text, "NAME=DAYS")
    plain = unicodedata.normalize("NFKC", value).removesuffix("天")
    if not re.fullmatch(r"[0-9]{1,4}", plain) or not int(plain) <= _MOST_DAYS:
        raise Unclear(_("not a number of days"), got=text, hint="--node 主体施工=180")
    return clean(name, "--node"), int(plain)


def _dated(book: Book, project: Project, deadline: date, steps: Sequence[tuple[str, int]]) -> list[Edit]:
    """The nodes as they are to be; those of an earlier schedule that are no more, without a place."""
    if not steps:
        hint = _("--node NAME=DAYS for each, from the first to the last")
        raise Unclear(_("the project has no nodes yet"), got=project.code, hint=hint)
    names = [name for name, _days in steps]
    if twice := next((name for name in names if names.count(name) > 1), None):
        raise Unclear(_("a node is named twice"), got=twice)
    try:
        nodes = scheduled(deadline, steps)
    except (ValueError, OverflowError):
        raise Unclear(_("the days reach back too far"), got=sum(days for _name, days in steps)) from None
    first = nodes[0]
    begins = date.fromordinal((first.planned or deadline).toordinal() - first.days)
    if begins < book.today and not first.actual and first.name not in {node.name for node in project.nodes}:
        late = _("the first node should have begun on {day}, {n} days ago")
        book.warnings.append(late.format(day=begins, n=(book.today - begins).days))
    edits = [Edit(project.code, "project", None, "deadline", deadline.isoformat())]
    for place, node in enumerate(nodes, 1):
        planned = node.planned.isoformat() if node.planned else None
        for name, value in (("place", str(place)), ("days", str(node.days)), ("planned", planned)):
            edits.append(Edit(project.code, "node", node.name, name, value))
    gone = (node.name for node in project.nodes if node.name not in names)
    return edits + [Edit(project.code, "node", name, "place", None) for name in gone]


def _node_named(names: Sequence[str], text: str) -> str:
    matches = [name for name in names if name == text] or [name for name in names if fold(text) in fold(name)]
    if len(matches) != 1:
        raise Unclear(_("no such node") if not matches else _("several nodes match"), got=text, hint=", ".join(names))
    return matches[0]
