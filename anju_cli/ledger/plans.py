"""Plans in the database: the first state of one, and the recorded adjustments that follow."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from sqlmodel import Session

from anju_cli import clock
from anju_cli.domain.digests import revision_digest
from anju_cli.domain.grammar import parse_date, words
from anju_cli.domain.periods import span
from anju_cli.domain.plan import Plan, Planned, PlannedProject
from anju_cli.domain.plan_documents import document_of
from anju_cli.domain.projects import Project
from anju_cli.errors import Refused, Unclear
from anju_cli.i18n import _
from anju_cli.ledger.book import Book, plan_recorded
from anju_cli.ledger.projects.register import register_of
from anju_cli.store import entry_queries, whole_rows
from anju_cli.store.ledger_queries import bodies_named
from anju_cli.store.tables import PlanRevision
from anju_cli.store.writing import create, writing

FIXED = ("kind", "measure", "decimals", "each", "level", "parent", "within", "ratio_of", "ratio_to", "through")
"""What a revision may not change of an item that has entries: the entries would mean something else."""


@dataclass(frozen=True)
class Applied:
    """A plan as recorded."""

    plan: Plan
    revision: int
    document_number: str | None
    effective_on: date | None
    digest: str
    path: Path
    notes: tuple[str, ...] = ()
    """What the person should know though nothing is wrong."""
    warnings: tuple[str, ...] = ()
    """What was done all the same, and may well be wrong."""


@dataclass(frozen=True)
class Amended:
    """An adjustment as recorded: the plan now, as it was issued, and as it was before."""

    applied: Applied
    original: Plan
    before: Plan


def initialise(path: Path, plan: Plan, who: str) -> Applied:
    """Make a new database that holds one plan as issued."""
    applied: list[Applied] = []
    create(path, lambda session: applied.append(issue(session, path, plan, who)))
    return applied[0]


def issue(session: Session, path: Path, plan: Plan, who: str) -> Applied:
    """Record a plan as issued."""
    return _record(Book(session, path, plan, clock.today(), who), plan, 0)


def apply(
    path: Path, plan: Plan, who: str, *, document: str | None, effective: date | None, dry_run: bool = False
) -> Applied:
    """Record a plan: a new one as issued, or, with a document number and a date, a new revision of one that is here.

    Raises Unclear where an adjustment names no document or date, Refused where what is recorded would lose its meaning.
    """
    with writing(path, dry_run=dry_run) as session:
        book = Book(session, path, plan, clock.today(), who)
        last = whole_rows.newest_revision(book.session, book.plan.id)
        if last is None:
            return _record(book, plan, 0, document, effective)
        before = plan_recorded(last)
        if not plan.projects:  # a file that is silent on projects leaves their planned dates as they are
            plan = replace(plan, projects=before.projects)
        return _adjust(book, before, plan, document, effective)


def amend(book: Book, wanted: Callable[[Plan, date], Plan], *, document: str | None, effective: str | None) -> Amended:
    """Record a new revision of a plan that is here: its latest state, changed by `wanted`, which is told since when.

    Raises Unclear where a word cannot be read, Refused where what is recorded would lose its meaning.
    """
    before = book.plan
    day = _effective(book, effective) if effective else None
    number = words(document, "--document") if document is not None else None
    _check_after_the_last(book, day)
    original = plan_recorded(whole_rows.first_revision(book.session, before.id))
    return Amended(_adjust(book, before, wanted(before, day or book.today), number, day), original, before)


def baseline(book: Book, *, document: str, effective: str) -> Applied:
    """Record a plan revision whose projects (原计划) are those of the register, with their dates as now planned.

    Before it, edits of a project's date change nothing that is expected of a target.

    Raises Refused where no project has homes and a date, or a later revision stands.
    """
    before = book.plan
    projects = tuple(
        PlannedProject(project.code, project.name, planned)
        for project in register_of(book).projects.values()
        if (planned := tuple(_planned(before, project)))
    )
    if not projects:
        hint = _("anju projects add CODE --target TARGET=HOMES@DATE")
        raise Refused(_("no project in the register has homes and a date for a target"), hint=hint)
    day = _effective(book, effective)
    _check_after_the_last(book, day)
    after = replace(before, projects=projects)
    if not any(item.pace == "projects" for item in after.targets()):
        book.warnings.append(_("no target of the plan has the pace projects: nothing rests on these dates yet"))
    return _adjust(book, before, after, words(document, "--document"), day)


def _planned(plan: Plan, project: Project) -> Iterator[Planned]:
    """What a project is planned to bring as things stand, to targets that the plan has."""
    for course in project.courses:
        if course.homes is not None and course.coming and course.target in plan.by_id:
            yield Planned(course.target, course.homes, course.current or course.planned or course.coming)


def _effective(book: Book, text: str) -> date:
    """The day from which an adjustment of the latest state holds: not before that state itself does."""
    since = _last_holds_from(book) or book.plan.quarters.starts
    return parse_date(text, today=book.today, not_before=since)


def _last_holds_from(book: Book) -> date | None:
    last = whole_rows.newest_revision(book.session, book.plan.id)
    return date.fromisoformat(last.effective_on) if last and last.effective_on else None


def _check_after_the_last(book: Book, effective: date | None) -> None:
    """Refuse to build on the latest state for a time in which it does not hold yet: its goals would come too early."""
    held = _last_holds_from(book)
    if effective and held and effective < held:
        hint = _("state the whole plan as it is from then on: anju plan apply FILE")
        raise Refused(_("the last adjustment holds from {day} only").format(day=held), got=effective, hint=hint)


def _adjust(book: Book, before: Plan, after: Plan, document: str | None, effective: date | None) -> Applied:
    """Record an adjustment of a plan whose latest state is `before`."""
    if not document or not effective:
        hint = "--document NUMBER --effective DATE"
        raise Unclear(_("an adjustment needs the document that orders it and the date from which it holds"), hint=hint)
    if before == after:
        raise Refused(_("the plan is as it was; there is nothing to record"), got=after.id)
    _check_what_is_recorded_keeps_its_meaning(book, before, after)
    _warn_of_late_comers(book, before, after)
    last = whole_rows.newest_revision(book.session, book.plan.id)
    return _record(book, after, last.revision + 1 if last else 0, document, effective)


def _warn_of_late_comers(book: Book, before: Plan, after: Plan) -> None:
    """Say so where a target that was not there at first is expected evenly from the beginning of the year."""
    for item in after.targets():
        if item.id not in before.by_id and item.pace == "even" and item.goal is not None:
            even = _("{item} comes with this adjustment, and even is reckoned from {start} on: give it dated steps")
            book.warnings.append(even.format(item=item.id, start=after.quarters.starts))


def _check_what_is_recorded_keeps_its_meaning(book: Book, before: Plan, after: Plan) -> None:
    if before.year != after.year:
        raise Refused(_("a revision may not change the year of its plan"), got=after.year)
    if before.quarters != after.quarters:
        got = f"{after.quarters.starts} - {after.quarters.ends}"
        raise Refused(_("a revision may not change when the year of its plan begins or ends"), got=got)
    if gone := (set(before.body_by_id) - set(after.body_by_id)) & bodies_named(book.connection, before.id):
        raise Refused(_("a body that something recorded names may not be removed"), got=", ".join(sorted(gone)))
    for item, unit in entry_queries.items_used(book.connection, before.id):
        if item in before.by_id and (lost := _lost(before, after, item, unit)):
            raise Refused(_("an item with entries may not be removed or change its nature"), got=f"{item}: {lost}")


def _lost(before: Plan, after: Plan, id: str, unit: str) -> str:
    """What of an item a body has entries on would no longer be as it was."""
    old, new = before.by_id[id], after.by_id.get(id)
    if new is None:
        return _("removed")
    lost = [name for name in FIXED if getattr(old, name) != getattr(new, name)]
    lost += ["children"] if after.children.get(id) and not before.children.get(id) else []
    lost += ["allocations"] if unit in old.allocations and new.allocations and unit not in new.allocations else []
    return ", ".join(lost)


def _record(
    book: Book, plan: Plan, revision: int, document: str | None = None, effective: date | None = None
) -> Applied:
    """Store one state of a plan."""
    starts, ends = span(plan)
    row = PlanRevision(
        id=book.ends().next_revision,
        plan=plan.id,
        revision=revision,
        document_number=document,
        effective_on=effective.isoformat() if effective else None,
        spans_from=starts.isoformat(),
        spans_to=ends.isoformat(),
        who=book.who,
        recorded_at=book.moment(),
        document=document_of(plan),
        digest="",
    )
    row.digest = revision_digest(row.model_dump())
    book.session.add(row)
    book.session.flush()
    return Applied(
        plan, revision, document, effective, row.digest, book.path, tuple(book.notes), tuple(book.warnings)
    )  # fmt: skip
