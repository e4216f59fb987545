"""Plans in the database: the first state of one, and the recorded adjustments that follow."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from sqlmodel import Session, col, func, select

from anju_cli import clock
from anju_cli.domain.digests import revision_digest
from anju_cli.domain.grammar import parse_date, words
from anju_cli.domain.periods import span
from anju_cli.domain.plan import Plan, Planned, PlannedProject, to_document
from anju_cli.domain.projects import Project
from anju_cli.errors import Refused, Unclear
from anju_cli.i18n import _
from anju_cli.ledger.book import Book, latest_plan, opened, plan_recorded
from anju_cli.ledger.registering import register_of
from anju_cli.store.tables import Entry, PlanRevision
from anju_cli.store.writing import create, writing

FIXED = ("kind", "measure", "decimals", "each", "parent", "within", "ratio_of", "ratio_to", "through")
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


@dataclass(frozen=True)
class Amended:
    """An adjustment as recorded: the plan now, as it was issued, and as it was before."""

    applied: Applied
    original: Plan
    before: Plan


def initialise(path: Path, plan: Plan, who: str) -> Applied:
    """Make a new database that holds one plan as issued."""
    applied = []
    create(path, lambda session: applied.append(_record(session, plan, 0, None, None, who, path)))
    return applied[0]


def apply(
    path: Path, plan: Plan, who: str, *, document: str | None, effective: date | None, dry_run: bool = False
) -> Applied:
    """Record a plan: a new one as issued, or, with a document number and a date, a new revision of one that is here."""
    with writing(path, dry_run=dry_run) as session:
        last = _newest(session, plan.id)
        if last is None:
            return _record(session, plan, 0, document, effective, who, path)
        return _adjust(session, last, plan, document, effective, who, path)


def amend(
    path: Path,
    asked: str | None,
    wanted: Callable[[Plan], Plan],
    who: str,
    *,
    document: str | None,
    effective: date | None,
    dry_run: bool = False,
) -> Amended:
    """Record a new revision of a plan that is here: its latest state, changed by `wanted`."""
    with writing(path, dry_run=dry_run) as session:
        today = clock.today()
        before, _others = latest_plan(session, asked, today)
        last = _newest(session, before.id)
        assert last is not None
        first = select(PlanRevision).where(PlanRevision.plan == before.id, PlanRevision.revision == 0)
        original = plan_recorded(session.exec(first).one())
        applied = _adjust(session, last, wanted(before), document, effective, who, path)
        return Amended(applied, original, before)


def _newest(session: Session, plan: str) -> PlanRevision | None:
    newest = select(PlanRevision).where(PlanRevision.plan == plan).order_by(col(PlanRevision.revision).desc())
    return session.exec(newest.limit(1)).one_or_none()


def _adjust(
    session: Session,
    last: PlanRevision,
    plan: Plan,
    document: str | None,
    effective: date | None,
    who: str,
    path: Path,
) -> Applied:
    """Record an adjustment of the plan whose latest state is `last`."""
    if not document or not effective:
        hint = "--document NUMBER --effective DATE"
        raise Unclear(_("an adjustment needs the document that orders it and the date from which it holds"), hint=hint)
    before = plan_recorded(last)
    if not plan.projects:  # a file that is silent on projects leaves their planned dates as they are
        plan = replace(plan, projects=before.projects)
    if before == plan:
        raise Refused(_("the plan is as it was; there is nothing to record"), got=plan.id)
    _check_entries_keep_their_meaning(session, before, plan)
    return _record(session, plan, last.revision + 1, document, effective, who, path)


def baseline(
    path: Path, asked: str | None, who: str, *, document: str, effective: str, dry_run: bool = False
) -> Applied:
    """Record a plan revision whose projects (原计划) are those of the register, with their dates as now planned.

    Before it, edits of a project's date change nothing that is expected of a target.
    """
    with opened(path, asked, dry_run=dry_run) as book:
        before = book.plan
        day = parse_date(effective, today=book.today, year=before.year)
        projects = tuple(
            PlannedProject(project.code, project.name, planned)
            for project in register_of(book).projects.values()
            if (planned := tuple(_planned(before, project)))
        )
        if not projects:
            hint = _("anju projects add CODE --target TARGET=HOMES@DATE")
            raise Refused(_("no project in the register has homes and a date for a target"), hint=hint)
        plan = replace(before, projects=projects)
        if plan == before:
            raise Refused(_("the plan is as it was; there is nothing to record"), got=plan.id)
        newest = select(func.max(PlanRevision.revision)).where(PlanRevision.plan == plan.id)
        number = (book.session.exec(newest).one() or 0) + 1
        return _record(book.session, plan, number, words(document, "--document"), day, who, path)


def _planned(plan: Plan, project: Project) -> Iterator[Planned]:
    """What a project is planned to bring as things stand, to targets that the plan has."""
    for course in project.courses:
        if course.homes is not None and course.coming and course.target in plan.by_id:
            yield Planned(course.target, course.homes, course.current or course.planned or course.coming)


def _check_entries_keep_their_meaning(session: Session, before: Plan, after: Plan) -> None:
    if before.year != after.year:
        raise Refused(_("a revision may not change the year of its plan"), got=after.year)
    used = session.exec(select(Entry.item, Entry.unit).where(Entry.plan == before.id).distinct())
    for item, unit in used:
        if unit not in after.body_by_id:
            raise Refused(_("a body with entries may not be removed"), got=unit)
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
    session: Session, plan: Plan, revision: int, document: str | None, effective: date | None, who: str, path: Path
) -> Applied:
    """Store one state of a plan."""
    starts, ends = span(plan)
    book = Book(session, plan, clock.today())
    row = PlanRevision(
        id=book.ends().next_revision,
        plan=plan.id,
        revision=revision,
        document_number=document,
        effective_on=effective.isoformat() if effective else None,
        spans_from=starts.isoformat(),
        spans_to=ends.isoformat(),
        who=who,
        recorded_at=book.moment(),
        document=json.dumps(to_document(plan), ensure_ascii=False, separators=(",", ":")),
        digest="",
    )
    row.digest = revision_digest(row.model_dump())
    session.add(row)
    session.flush()
    return Applied(plan, revision, document, effective, row.digest, path)
