"""Reviews, why circulated figures are others today, and seals."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from anju_cli.domain.periods import quarter_code
from anju_cli.i18n import _, named, pgettext
from anju_cli.render.page import Cell, Column, Page, Table, count, day, figure, figures, text
from anju_cli.render.pages.common import MARK
from anju_cli.render.wording import labels, record_labels

if TYPE_CHECKING:
    from anju_cli.ledger.reviews.seals import Sealed
    from anju_cli.ledger.reviews.steps import Reviewed
    from anju_cli.reports.answers.reviews import Fact, ResultRow, ReviewEventRow, ReviewLine, ReviewSheet
    from anju_cli.reports.answers.why import Why, WhyLine, WhyRow


# -- what was recorded ---------------------------------------------------------------------------------------------


def reviewed_record(reviewed: Reviewed, dry_run: bool) -> dict[str, Any]:
    """What was recorded of a review, as JSON has it."""
    events = [
        {
            name: value
            for name, value in row.items()
            if name not in ("plan", "quarter", "happened_on", "who", "evidence")
        }
        | {"on": row["happened_on"], "by": row["who"]}
        for row in reviewed.events
    ]
    assessment = reviewed.assessment
    return {
        "plan": reviewed.plan.id,
        "dry_run": dry_run,
        "quarter": quarter_code(assessment.quarter),
        "state": assessment.state,
        "ended_on": assessment.ended_on,
        "bulletin_deadline": reviewed.deadline.on,
        "bulletin_provisional": reviewed.deadline.provisional,
        "events": events,
        "seal": reviewed.seal.code if reviewed.seal else None,
    }


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
    undo = [_TAKING_BACK[event].format(quarter=quarter)] if event in _TAKING_BACK and not dry_run else []
    return Page("", lines, undo=undo)


_TAKING_BACK = {
    "lock": "anju review reopen {quarter} --reason TEXT --document NUMBER",
    "close": "anju review reopen {quarter} --reason TEXT --document NUMBER",
    "confirm": "anju review confirm BODY -q {quarter}",
    "result": "anju review result UNIT RESULT -q {quarter}",
    "deadline": "anju calendar deadline {quarter} DATE --document NUMBER",
}
"""The command by which a step of a review is taken back, or said again: the last counts."""


def _recorded(reviewed: Reviewed, row: dict[str, Any]) -> str:
    said = [labels.review_event(row["event"]), row["happened_on"]]
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


def sealed_record(sealed: Sealed, dry_run: bool) -> dict[str, Any]:
    """A seal, as JSON has it."""
    kept = {name: sealed.seal[name] for name in ("id", "previous", "filings", "occasion", "recorded_at", "digest")}
    return {"seal": sealed.code, "dry_run": dry_run, "already": sealed.already, **kept, "by": sealed.seal["who"]}


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
    head = [Column(_("Quarter")), Column(pgettext("review", "State")), Column(_("Review"))]
    head += [Column(_("Ended")), Column(_("Bulletin by")), Column(_("Bulletin"))]
    head += figures(_("Met"), _("Not met"), _("No result"), _("Objections"))
    return Page("", [], [Table(_("Reviews"), head, [_review(row) for row in rows])])


def _review(row: ReviewLine) -> list[Cell]:
    due = row.bulletin_deadline.isoformat() if row.bulletin_deadline else None
    due = due + _(" (provisional)") if due and row.bulletin_provisional else due
    sent = labels.aside(row.bulletin, row.bulletin_on) if row.bulletin else None
    if row.bulletin_overdue:
        sent = labels.aside(sent or _("none"), _("Done late") if sent else _("Overdue"))
    return [
        text(labels.quarter(row.quarter)),
        text(labels.review_state(row.state)),
        text(f"{row.review_from} – {row.review_to}"),
        day(row.ended_on),
        text(due),
        text(sent, "bad" if row.bulletin_overdue else ""),
        count(row.met),
        count(row.not_met, "bad"),
        count(row.no_result),
        count(row.objections, "warn"),
    ]


def sheet_page(sheet: ReviewSheet) -> Page:
    """One assessment: results and evidence of each unit, then the steps."""
    frozen = sheet.state in ("locked", "closed")
    words = _("Evidence as frozen, as of {as_of}") if frozen else _("Evidence as it stands, as of {as_of}")
    lines = [
        labels.review_state(sheet.state),
        words.format(as_of=labels.long_date(sheet.as_of)),
        _deadline(sheet.review.bulletin_deadline, sheet.review.bulletin_provisional),
    ]
    head = [Column(_("Member unit")), Column(_("Result")), *figures(_("Overdue"), _("Behind"), _("Not reported"))]
    head += [*figures(_("Late returns"), _("Inferred")), Column(_("Note")), Column(_("By"), optional=True)]
    notes = [
        _("People decide the results; none is computed."),
        _("An inferred lead or pace, and a missing or late return, never by themselves propose an interview."),
    ]
    title = _("Review of {quarter}").format(quarter=labels.quarter(sheet.quarter))
    return Page(
        title, lines, [Table(_("Results"), head, [_result(row) for row in sheet.results]), _events(sheet)], notes
    )


def _result(row: ResultRow) -> list[Cell]:
    return [
        text(named(row.name, row.name_en)),
        text(labels.result(row.result) if row.result else None, "bad" if row.result == "not_met" else ""),
        count(row.overdue, "bad"),
        count(row.behind, "warn"),
        count(row.unreported, "bad"),
        count(row.late_return, "warn"),
        count(row.inferred),
        text(" · ".join(filter(None, (labels.aspect(row.aspect), row.note)))),
        text(row.by),
    ]


def _events(sheet: ReviewSheet) -> Table:
    head = [Column(_("Recorded")), Column(_("Step")), Column(_("Date")), Column(_("Body")), Column(_("Words"))]
    head += [Column(_("Document")), Column(_("By"))]
    return Table(_("Steps"), head, [_event(row) for row in sheet.events], _("Nothing was recorded yet."))


def _event(row: ReviewEventRow) -> list[Cell]:
    said = [labels.result(row.result) if row.result else None, row.recipients, row.note, row.reason]
    return [
        text(labels.moment(row.recorded_at)),
        text(labels.review_event(row.event)),
        day(row.on),
        text(row.unit),
        text(" · ".join(filter(None, said))),
        text(row.number or row.document),
        text(row.by),
    ]


def facts_page(rows: list[Fact]) -> Page:
    """The facts about one unit, in order of quarter."""
    head = [Column(_("Quarter")), Column(_("Kind")), Column(_("Task")), Column(_("Clause"))]
    head += [Column(pgettext("date", "Due")), *figures(_("Days"), _("Cumulative"), _("Goal"))]
    head += [*figures(_("vs expected (points)")), Column(_("Words")), Column(_("As"))]
    cells = [_fact(row) for row in rows]
    notes = [_("Facts are gathered here, not weighed; whether anyone is held to account is for people to decide.")]
    if any(row.inferred for row in rows):
        notes.append(_("{mark} inferred: the plan does not say it.").format(mark=MARK))
    return Page(_("Facts"), [], [Table("", head, cells, _("Nothing stands against it."))], notes)


FOLLOWED = ("slip", "interview", "commitment", "resolution", "task")


def _kind(row: Fact) -> str:
    return record_labels.matter(row.kind) if row.kind in FOLLOWED else labels.fact(row.kind)


def _words(row: Fact) -> str | None:
    return record_labels.matter_state(row.words or "", row.kind) if row.kind in FOLLOWED else row.words


def _fact(row: Fact) -> list[Cell]:
    task = named(row.item_name or "", row.item_name_en or "") + (MARK if row.inferred else "") if row.item else None
    return [
        text(labels.quarter(row.quarter)),
        text(_kind(row), "bad" if row.kind == "overdue" or row.result == "not_met" else ""),
        text(labels.aside(task, row.member) if task and row.member else task),
        text(row.clause),
        day(row.due),
        figure(row.days),
        figure(row.cumulative),
        figure(row.goal),
        figure(row.gap_points, sign=True),
        text(" · ".join(filter(None, (labels.result(row.result) if row.result else None, _words(row))))),
        text(_("as frozen") if row.frozen else _("as it stands")),
    ]


def why_page(why: Why) -> Page:
    """What was circulated, what stands now, and the causes between."""
    title = _("Why figures of {quarter} have changed").format(quarter=labels.quarter(why.quarter))
    lines = [
        _("Frozen {moment}, as of {as_of}; now as of {now}").format(
            moment=labels.moment(why.frozen_at),
            as_of=labels.long_date(why.circulated_as_of),
            now=labels.long_date(why.now_as_of),
        )
    ]
    lines += [_("Bulletin {number}").format(number=why.bulletin)] if why.bulletin else []
    head = [Column(_("Task")), Column(_("Measure"))]
    head += figures(_("As circulated"), _("Now"), _("Change"))
    head += figures(_("Circulated (%)"), _("Now (%)"), _("Change (points)"))
    causes = [Column(_("Task")), Column(_("Cause")), *figures(_("Change"), _("Change (points)"))]
    causes += [Column(_("Body")), Column(_("Happened")), Column(_("Why")), Column(_("Document"))]
    causes += [Column(_("By")), Column(_("Recorded"))]
    names = {(row.item, row.unit): _task(row) for row in why.figures}
    return Page(
        title,
        lines,
        [
            Table(_("Figures"), head, [_figures(row) for row in why.figures], _("No figure has changed.")),
            Table(_("Causes"), causes, [_cause(line, names) for line in why.lines], _("No cause was recorded.")),
        ],
        [_("The lines of a figure add up to its change.")] if why.lines else [],
    )


def _task(row: WhyRow) -> str:
    name = named(row.name, row.name_en)
    return labels.aside(name, row.unit) if row.unit else name


def _figures(row: WhyRow) -> list[Cell]:
    return [
        text(_task(row)),
        text(row.measure),
        figure(row.circulated),
        figure(row.now),
        figure(row.change, sign=True),
        figure(row.circulated_rate),
        figure(row.now_rate),
        figure(row.rate_change, sign=True),
    ]


def _cause(line: WhyLine, names: dict[tuple[str, str | None], str]) -> list[Cell]:
    cause = labels.cause(line.cause)
    if line.booked_in:
        booked = _("{quantity} booked in {quarter}, unchanged here")
        cause = labels.aside(cause, booked.format(quantity=f"{line.carried:+}", quarter=labels.quarter(line.booked_in)))
    entry = labels.aside(line.body, f"#{line.entry}") if line.body else None
    return [
        text(names.get((line.item, line.unit), line.item)),
        text(cause),
        figure(line.change, sign=True),
        figure(line.rate_change, sign=True),
        text(entry),
        day(line.on),
        text(line.reason),
        text(line.document),
        text(line.by),
        text(labels.moment(line.recorded_at) if line.recorded_at else None),
    ]
