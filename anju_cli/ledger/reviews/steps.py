"""The assessment of a quarter as it is written: each step one event, checked against the state it comes in."""

import json
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from anju_cli.domain import reviews
from anju_cli.domain.digests import digest
from anju_cli.domain.grammar import parse_date, words
from anju_cli.domain.names import find_body
from anju_cli.domain.periods import Review
from anju_cli.domain.plan import Plan, Unit
from anju_cli.domain.quarters import DAY, quarter_code
from anju_cli.domain.reviews import EVENT_CONTENT, PUBLICATION_CONTENT, Assessment, BulletinDeadline, FrozenReport
from anju_cli.errors import Refused, Unclear
from anju_cli.i18n import _
from anju_cli.ledger.book import Book
from anju_cli.ledger.reviews.seals import Sealed, seal
from anju_cli.store import review_queries
from anju_cli.store.ledger_queries import next_number
from anju_cli.store.review_tables import Publication, ReviewEvent

ALL = "all"
"""In place of a unit: every unit that has no result yet."""

MakePaper = Callable[[sqlite3.Connection, str, int, str], FrozenReport]
"""Makes the paper to be frozen: from the writing transaction, of a plan and a quarter, as known at the lock."""


@dataclass(frozen=True)
class Reviewed:
    """What was recorded of a review, and where it stands now."""

    plan: Plan
    events: list[dict[str, Any]]
    assessment: Assessment
    review: Review
    deadline: BulletinDeadline
    seal: Sealed | None = None


def set_deadline(book: Book, quarter: int, day: str, document: str, reason: str | None) -> Reviewed:
    """Set the return deadline of one quarter, as a circular orders; not of a quarter whose data are locked.

    Raises Refused where the day is not after the quarter, or before the month in which the plan has returns due within
    it, or its data are locked.
    """
    quarters, within = book.plan.quarters, not book.plan.settings.return_month
    end = quarters.after(quarter, 1, 0) - DAY if within else quarters.end(quarter)
    on = parse_date(day, today=book.today, not_before=end)
    if on <= end:
        after = _("returns are due after the quarter has ended, on {end}")
        raise Refused((_("returns are due after {end}") if within else after).format(end=end), got=on)
    why = words(reason, "--reason") if reason is not None else None
    ordered = words(document, "--document")
    return _recorded(book, _assessment(book, quarter), "deadline", on=on, document=ordered, reason=why)


def open_review(book: Book, quarter: int) -> Reviewed:
    """Begin the assessment of a quarter.

    Raises Refused where it is open already, or has been locked.
    """
    return _recorded(book, _assessment(book, quarter), "open")


def lock(book: Book, quarter: int, make_paper: MakePaper) -> Reviewed:
    """Freeze a quarter's figures and lines of evidence (数据锁定), and seal the ledger.

    Raises Refused where it is not open, or the quarter is not over.
    """
    assessment = _assessment(book, quarter)
    reviews.check_next(assessment, "lock")
    reviews.check_over(quarter_code(quarter), book.plan.quarters.end(quarter), book.today)
    reviewed = _recorded(book, assessment, "lock", sealing=False)
    _freeze(book, reviewed.events[0], make_paper)
    return Reviewed(**vars(reviewed) | {"seal": seal(book, "lock")})


def confirm(book: Book, body: str, quarter: int | None, objection: str | None) -> Reviewed:
    """Note that a body has confirmed its figures, or what it objects to.

    Raises Unclear where it is not clear which quarter is meant, Refused where none is locked.
    """
    assessment = _locked(book, quarter)
    note = words(objection, "--objection") if objection is not None else None
    return _recorded(book, assessment, "confirm", unit=find_body(book.plan, body).id, note=note)


def result(
    book: Book, unit: str, said: str, quarter: int | None, note: str | None, aspect: str | None = None
) -> Reviewed:
    """Type the result of a unit, or of all that have none yet; the lines of evidence under it are kept with it.

    Raises Unclear where there is no such result or heading, Refused where the data are not locked.
    """
    assessment = _locked(book, quarter)
    reviews.check_next(assessment, "result")
    heading = _aspect(aspect) if aspect is not None else None
    code, kept = _result(book.plan, said), words(note, "--note") if note is not None else None
    units = [each.id for each in book.plan.units if each.id not in assessment.results]
    if unit != ALL:
        units = [_assessed(book.plan, unit).id]
    elif not units:
        raise Refused(_("every unit has a result"), got=ALL)
    evidence = _evidence(book, assessment.quarter)
    events = [
        _event(
            book,
            assessment,
            "result",
            unit=each,
            result=code,
            aspect=heading,
            note=kept,
            evidence=evidence.get(each),
        )
        for each in units
    ]
    return _after(book, assessment.quarter, events)


def close(book: Book, quarter: int, on: str, document: str) -> Reviewed:
    """End the assessment (考核结束): the working days to the bulletin begin, that day not counted.

    Raises Refused where a unit has no result, or the day is before the end of the quarter.
    """
    assessment = _assessment(book, quarter)
    reviews.check_next(assessment, "close")
    day = _day(book, on, book.plan.quarters.end(quarter))
    units = [unit.id for unit in book.plan.units]
    reviews.check_ready_to_close(assessment, units, day, book.plan.quarters.end(quarter))
    order = words(document, "--document")
    for body, step in assessment.confirmations.items():
        if step.note:
            book.warnings.append(_("{body} objects to its figures: {words}").format(body=body, words=step.note))
    return _recorded(book, assessment, "close", on=day, document=order, sealing=True)


def bulletin(book: Book, quarter: int, number: str, recipients: str, on: str | None) -> Reviewed:
    """Record the bulletin that went out: its number, its date, to whom.

    Raises Refused where the assessment has not ended by then, or a bulletin is recorded already.
    """
    assessment = _assessment(book, quarter)
    reviews.check_next(assessment, "bulletin")
    day = _day(book, on, book.plan.quarters.end(quarter)) if on is not None else book.today
    if assessment.ended_on and day < assessment.ended_on:
        raise Refused(_("the bulletin is dated before the assessment ended"), got=day)
    known, to = words(number, "--number"), words(recipients, "--recipients")
    if before := assessment.last("bulletin"):
        hint = f"anju review reopen {quarter_code(quarter)} --reason TEXT --document NUMBER"
        said = _("the bulletin is recorded already, as {number}").format(number=before.number)
        raise Refused(said, got=known, hint=hint)
    return _recorded(book, assessment, "bulletin", on=day, sealing=True, number=known, recipients=to)


def reopen(book: Book, quarter: int, reason: str, document: str) -> Reviewed:
    """Take back the lock, with the reason and the document that orders it; results are typed anew after the next.

    Raises Refused where nothing is locked, or a later quarter is.
    """
    known = book.assessments()
    assessment = known.get(quarter, Assessment(quarter))
    reviews.check_next(assessment, "reopen")
    reviews.check_ready_to_reopen(quarter, [each.quarter for each in known.values() if each.locked])
    said, order = words(reason, "--reason"), words(document, "--document")
    return _recorded(book, assessment, "reopen", reason=said, document=order)


def _assessment(book: Book, quarter: int) -> Assessment:
    return book.assessments().get(quarter, Assessment(quarter))


def _locked(book: Book, quarter: int | None) -> Assessment:
    """The assessment named, or the only one that is locked and has not ended."""
    if quarter is not None:
        assessment = _assessment(book, quarter)
        reviews.check_next(assessment, "result")
        return assessment
    known = [each for each in book.assessments().values() if each.state == "locked"]
    if len(known) == 1:
        return known[0]
    codes = ", ".join(quarter_code(each.quarter) for each in known)
    if known:
        raise Unclear(_("several quarters are locked"), got=codes, hint="--quarter")
    raise Refused(_("no quarter is locked and not yet closed"), hint="anju review lock QUARTER")


def _result(plan: Plan, said: str) -> str:
    """The code of a result, typed as a code or in the official words; a further grade of the plan is its own code."""
    if said.strip() in plan.settings.grades:
        return said.strip()
    try:
        return reviews.Result.read(said, _("no such result")).value
    except Unclear as fault:
        fault.hint = ", ".join([reviews.Result.known(), *plan.settings.grades])
        raise


def _aspect(said: str) -> str:
    """The code of a heading of findings, typed as a code or in the official words."""
    return reviews.Aspect.read(said, _("no such heading")).value


def _assessed(plan: Plan, text: str) -> Unit:
    """A unit as it is assessed: reporting is counted in bodies, assessment in units."""
    body = find_body(plan, text)
    if body.unit is None:
        raise Refused(_("{body} is not a member unit").format(body=body.id))
    if body.member:
        hint = _("name {unit}").format(unit=body.unit)
        raise Refused(_("{body} is assessed as part of {unit}").format(body=body.id, unit=body.unit), hint=hint)
    return plan.unit_by_id[body.unit]


def _day(book: Book, text: str, not_before: date) -> date:
    """A day that has come; `1-29` is the first such day from the one it cannot precede."""
    day = parse_date(text, today=book.today, not_before=not_before)
    if day > book.today:
        raise Refused(_("the date is after today"), got=day)
    return day


def _freeze(book: Book, event: dict[str, Any], make_paper: MakePaper) -> None:
    """Keep the report and its evidence as they are at the moment of the lock."""
    paper = make_paper(book.connection, book.plan.id, event["quarter"], event["recorded_at"])
    row = Publication(
        id=next_number(book.connection, "publication"),
        event_id=event["id"],
        plan=book.plan.id,
        quarter=event["quarter"],
        filing=book.ends().next_filing - 1,
        revision=paper.revision,
        as_of=paper.as_of.isoformat(),
        recorded_at=event["recorded_at"],
        document_digest=digest([paper.document]),
        digest="",
        document=paper.document,
    )
    content = row.model_dump()
    row.digest = digest(content[name] for name in PUBLICATION_CONTENT)
    book.session.add(row)
    book.session.flush()


def _evidence(book: Book, quarter: int) -> dict[str, str]:
    """The lines of evidence under each unit in what was frozen at the lock."""
    frozen = review_queries.publication(book.connection, book.plan.id, quarter)
    assert frozen is not None
    by_unit: dict[str, list[Any]] = {}
    for row in json.loads(frozen.document)["evidence"]:
        kept = ("reason", "member", "item", "due", "days_overdue", "gap_points", "inferred")
        by_unit.setdefault(row["unit"], []).append({name: row[name] for name in kept})
    return {unit: json.dumps(rows, ensure_ascii=False, separators=(",", ":")) for unit, rows in by_unit.items()}


def _recorded(book: Book, assessment: Assessment, event: str, *, sealing: bool = False, **content: Any) -> Reviewed:
    reviews.check_next(assessment, event)
    row = _event(book, assessment, event, **content)
    return _after(book, assessment.quarter, [row], seal(book, event) if sealing else None)


def _event(book: Book, assessment: Assessment, event: str, *, on: date | None = None, **content: Any) -> dict[str, Any]:
    """Store one event."""
    row = ReviewEvent(
        id=next_number(book.connection, "review_event"),
        plan=book.plan.id,
        quarter=assessment.quarter,
        event=event,
        happened_on=(on or book.today).isoformat(),
        who=book.who,
        recorded_at=book.moment(),
        digest="",
        **content,
    )
    stored = row.model_dump()
    row.digest = digest(stored[name] for name in EVENT_CONTENT)
    book.session.add(row)
    book.session.flush()
    return row.model_dump()


def _after(book: Book, quarter: int, events: list[dict[str, Any]], sealed: Sealed | None = None) -> Reviewed:
    dates = book.review(quarter)
    assessment = _assessment(book, quarter)
    count = book.plan.settings.bulletin_working_days
    deadline = reviews.bulletin_deadline(dates, assessment, count, book.calendar)
    return Reviewed(book.plan, events, assessment, dates, deadline, sealed)
