"""Reviews, what stands for and against a unit, and seals."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from anju_cli.domain.quarters import quarter_code
from anju_cli.i18n import _, named, pgettext
from anju_cli.render import columns
from anju_cli.render.columns import ColumnOf
from anju_cli.render.page import Cell, Page, text
from anju_cli.render.pages.common import MARK
from anju_cli.render.recorded import ReviewEventRecorded, ReviewRecorded, SealRecorded
from anju_cli.render.wording import labels, record_labels

if TYPE_CHECKING:
    from anju_cli.ledger.reviews.seals import Sealed
    from anju_cli.ledger.reviews.steps import Reviewed
    from anju_cli.reports.answers.reviews import Fact, ResultRow, ReviewEventRow, ReviewLine, ReviewSheet


# -- what was recorded ---------------------------------------------------------------------------------------------


def reviewed_record(reviewed: Reviewed, dry_run: bool) -> ReviewRecorded:
    """What was recorded of a review, as JSON has it."""
    assessment = reviewed.assessment
    return ReviewRecorded(
        plan=reviewed.plan.id,
        dry_run=dry_run,
        quarter=quarter_code(assessment.quarter),
        state=assessment.state,
        ended_on=assessment.ended_on,
        bulletin_deadline=reviewed.deadline.on,
        bulletin_provisional=reviewed.deadline.provisional,
        events=tuple(_event_record(row) for row in reviewed.events),
        seal=reviewed.seal.code if reviewed.seal else None,
    )


def _event_record(row: Mapping[str, Any]) -> ReviewEventRecorded:
    same = {name: row[name] for name in ReviewEventRecorded._fields if name in row}
    return ReviewEventRecorded(**same, on=date.fromisoformat(row["happened_on"]), by=row["who"])


def reviewed_page(reviewed: Reviewed, dry_run: bool) -> Page:
    """What was recorded of a review, where it stands, and what comes next."""
    assessment = reviewed.assessment
    head = labels.pair(labels.quarter(quarter_code(assessment.quarter)), labels.review_state(assessment.state))
    lines = [_("Dry run, nothing was written: ") + head if dry_run else head]
    lines += [_recorded(reviewed, row) for row in reviewed.events]
    if assessment.locked:
        lines.append(_deadline(reviewed.deadline.on, reviewed.deadline.provisional))
    if reviewed.seal:
        lines.append(_("Sealed: {code}").format(code=reviewed.seal.code))
    quarter, event = quarter_code(assessment.quarter), reviewed.events[-1]["event"]
    undone = event in _TAKING_BACK and not dry_run and (event != "confirm" or reviewed.events[-1]["note"])
    undo = [_TAKING_BACK[event].format(quarter=quarter, unit=reviewed.events[-1]["unit"])] if undone else []
    return Page("", lines, undo=undo)


_TAKING_BACK = {
    "lock": "anju review reopen {quarter} --reason TEXT --document NUMBER",
    "close": "anju review reopen {quarter} --reason TEXT --document NUMBER",
    "confirm": "anju review confirm {unit} -q {quarter}",
}
"""The command by which a step of a review is taken back, or an objection is: the last word of a body counts."""


def _recorded(reviewed: Reviewed, row: dict[str, Any]) -> str:
    objected = row["event"] == "confirm" and row["note"]
    said = [_("Objection") if objected else labels.review_event(row["event"]), row["happened_on"]]
    if row["unit"]:
        body = reviewed.plan.body_by_id[row["unit"]]
        said.append(named(body.name, body.name_en))
    said += [labels.result(row["result"])] if row["result"] else []
    said += [labels.aspect(row["aspect"]) or ""] if row["aspect"] else []
    said += [row[name] for name in ("number", "recipients", "note", "reason", "document") if row[name]]
    return " · ".join(said)


def _deadline(on: object, provisional: bool) -> str:
    if on is None:
        return _("Bulletin deadline: not known until the State Council publishes the working days of that year")
    said = _("Bulletin by {on} (provisional)") if provisional else _("Bulletin by {on}")
    return said.format(on=on)


def sealed_record(sealed: Sealed, dry_run: bool) -> SealRecorded:
    """A seal, as JSON has it."""
    kept = {name: sealed.seal[name] for name in ("id", "previous", "filings", "occasion", "recorded_at", "digest")}
    return SealRecorded(seal=sealed.code, dry_run=dry_run, already=sealed.already, by=sealed.seal["who"], **kept)


def sealed_page(sealed: Sealed, dry_run: bool) -> Page:
    """A seal, and what to do with it."""
    head = _("Dry run, nothing was written: this would be seal {n}") if dry_run else _("Seal {n}")
    if sealed.already:
        head = _("Already sealed: seal {n}, nothing was recorded since")
    lines = [
        head.format(n=sealed.seal["id"]),
        _("{code} · filings: {filings}").format(code=sealed.code, filings=sealed.seal["filings"]),
    ]
    check = _("Whoever holds it can check the ledger: anju ledger verify --against {code}").format(code=sealed.code)
    return Page("", lines, [], [] if dry_run else [check])


# -- what is asked -------------------------------------------------------------------------------------------------


def list_page(rows: list[ReviewLine]) -> Page:
    """The assessments of a year."""
    return Page("", [], [columns.table(_("Reviews"), _review_columns(), rows)])


def _review_columns() -> list[ColumnOf[ReviewLine]]:
    return [
        columns.code("quarter", _("Quarter"), lambda row: labels.quarter(row.quarter)),
        columns.state("state", pgettext("review", "State"), lambda row: labels.review_state(row.state)),
        columns.when("review_from", _("Review"), lambda row: f"{row.review_from} – {row.review_to}"),
        columns.day("ended_on", _("Ended")),
        columns.day("bulletin_deadline", _("Bulletin by"), _bulletin_by),
        columns.words("bulletin", _("Bulletin"), _bulletin, lambda row: "bad" if row.bulletin_overdue else ""),
        columns.count("met", _("Met")),
        columns.count("not_met", _("Not met"), tone="bad"),
        columns.count("no_result", _("No result")),
        columns.count("objections", _("Objections"), tone="warn"),
    ]


def _bulletin_by(row: ReviewLine) -> Cell:
    due = row.bulletin_deadline.isoformat() if row.bulletin_deadline else None
    return text(due + _(" (provisional)") if due and row.bulletin_provisional else due)


def _bulletin(row: ReviewLine) -> str | None:
    sent = labels.aside(row.bulletin, row.bulletin_on) if row.bulletin else None
    if row.bulletin_overdue:
        return labels.aside(sent or _("none"), _("Done late") if sent else _("Overdue"))
    return sent


def sheet_page(sheet: ReviewSheet) -> Page:
    """One assessment: results and evidence of each unit, then the steps."""
    frozen = sheet.state in ("locked", "closed")
    words = _("Evidence as frozen, as of {as_of}") if frozen else _("Evidence as it stands, as of {as_of}")
    lines = [
        labels.review_state(sheet.state),
        words.format(as_of=labels.long_date(sheet.as_of)),
        _deadline(sheet.review.bulletin_deadline, sheet.review.bulletin_provisional),
    ]
    notes = [
        _("People decide the results; none is computed."),
        _("An inferred lead or pace, and a missing or late return, never by themselves propose an interview."),
    ]
    title = _("Review of {quarter}").format(quarter=labels.quarter(sheet.quarter))
    results = columns.table(_("Results"), _result_columns(), sheet.results)
    steps = columns.table(_("Steps"), _step_columns(), sheet.events, _("Nothing was recorded yet."))
    return Page(title, lines, [results, steps], notes)


def _result_columns() -> list[ColumnOf[ResultRow]]:
    return [
        columns.words("name", _("Member unit"), lambda row: named(row.name, row.name_en)),
        columns.state(
            "result",
            _("Result"),
            lambda row: labels.result(row.result) if row.result else None,
            lambda row: "bad" if row.result == "not_met" else "",
        ),
        columns.count("overdue", _("Overdue"), tone="bad"),
        columns.count("behind", _("Behind"), tone="warn"),
        columns.count("unreported", _("Not reported"), tone="bad"),
        columns.count("late_return", _("Late returns"), tone="warn"),
        columns.count("inferred", _("Inferred")),
        columns.words("note", _("Note"), lambda row: _joined(labels.aspect(row.aspect), row.note)),
        columns.words("by", _("By"), optional=True),
    ]


def _step_columns() -> list[ColumnOf[ReviewEventRow]]:
    return [
        columns.when("recorded_at", _("Recorded"), lambda row: labels.moment(row.recorded_at)),
        columns.state("event", _("Step"), lambda row: labels.review_event(row.event)),
        columns.day("on", _("Date")),
        columns.code("unit", _("Body")),
        columns.words("note", _("Words"), _step_words),
        columns.code("document", _("Document"), lambda row: row.number or row.document),
        columns.words("by", _("By")),
    ]


def _step_words(row: ReviewEventRow) -> str:
    return _joined(labels.result(row.result) if row.result else None, row.recipients, row.note, row.reason)


def _joined(*words: str | None) -> str:
    return " · ".join(filter(None, words))


def facts_page(rows: list[Fact]) -> Page:
    """The facts about one unit, in order of quarter."""
    notes = [_("Facts are gathered here, not weighed; whether anyone is held to account is for people to decide.")]
    if any(row.inferred for row in rows):
        notes.append(_("{mark} inferred: the plan does not say it.").format(mark=MARK))
    return Page(_("Facts"), [], [columns.table("", _fact_columns(), rows, _("Nothing stands against it."))], notes)


FOLLOWED = ("slip", "interview", "commitment", "resolution", "task")


def _kind(row: Fact) -> str:
    return record_labels.matter(row.kind) if row.kind in FOLLOWED else labels.fact(row.kind)


def _words(row: Fact) -> str | None:
    return record_labels.matter_state(row.words or "", row.kind) if row.kind in FOLLOWED else row.words


def _fact_columns() -> list[ColumnOf[Fact]]:
    return [
        columns.code("quarter", _("Quarter"), lambda row: labels.quarter(row.quarter)),
        columns.state("kind", _("Kind"), _kind, _fact_tone),
        columns.words("item_name", _("Task"), _fact_task),
        columns.code("clause", _("Clause")),
        columns.day("due", pgettext("date", "Due")),
        columns.figure("days", _("Days")),
        columns.figure("cumulative", _("Cumulative")),
        columns.figure("goal", _("Goal")),
        columns.figure("gap_points", _("vs expected (points)"), sign=True),
        columns.words(
            "words", _("Words"), lambda row: _joined(labels.result(row.result) if row.result else None, _words(row))
        ),
        columns.state("frozen", _("As"), lambda row: _("as frozen") if row.frozen else _("as it stands")),
    ]


def _fact_tone(row: Fact) -> str:
    return "bad" if row.kind == "overdue" or row.result == "not_met" else ""


def _fact_task(row: Fact) -> str | None:
    task = named(row.item_name or "", row.item_name_en or "") + (MARK if row.inferred else "") if row.item else None
    return labels.aside(task, row.member) if task and row.member else task
