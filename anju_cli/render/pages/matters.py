"""Follow-up: slips, interviews, meetings, tasks; one matter with all that happened; what was recorded."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Any, NamedTuple

from anju_cli.domain.matters import MATTERS
from anju_cli.i18n import _, named, pgettext
from anju_cli.render import columns
from anju_cli.render.columns import ColumnOf
from anju_cli.render.page import Column, Page, Table, text
from anju_cli.render.pages.common import MARK
from anju_cli.render.recorded import MatterEventRecorded
from anju_cli.render.wording import labels, record_labels

if TYPE_CHECKING:
    from anju_cli.domain.matters import Matter, MatterEvent
    from anju_cli.ledger import Noted
    from anju_cli.reports.answers.dates import Coming
    from anju_cli.reports.answers.in_place import InPlace, InPlaceTotals
    from anju_cli.reports.answers.matters import Candidate, EventLine, MatterLine, MatterSheet

MOST_NAMED = 6
"""Of more units than these it is said that they are all."""


def list_page(rows: list[MatterLine]) -> Page:
    """Matters by kind, in order of number; columns in which nothing is said are left out."""
    by_kind = groupby(rows, key=lambda row: row.kind)
    tables = [_matters(list(block), record_labels.matter(kind)) for kind, block in by_kind]
    notes = [_("{mark} inferred: the plan does not say it.").format(mark=MARK)] if any(r.inferred for r in rows) else []
    return Page("", [], tables or [Table("", [Column("")], [], _("None."))], notes)


def _matters(rows: Sequence[MatterLine], title: str) -> Table:
    return columns.table(title, _matter_columns(), rows, _("None.")).without_blanks()


def _matter_columns() -> list[ColumnOf[MatterLine]]:
    return [
        columns.code("ref", _("No.")),
        columns.state("level", _("Level"), _level, lambda row: record_labels.LEVEL_TONES.get(row.level or "", "")),
        columns.words("source", _("Source"), lambda row: record_labels.source(row.source) if row.source else None),
        columns.code("quarter", _("Quarter"), lambda row: labels.quarter(row.quarter) if row.quarter else None),
        columns.words("about", _("About"), lambda row: _about(row) + (MARK if row.inferred else "")),
        columns.words("unit_names", _("Units"), lambda row: labels.listed(named(row.unit_names, row.unit_names_en))),
        columns.state(
            "state", pgettext("matter", "State"), lambda row: record_labels.matter_state(row.state, row.kind), _tone
        ),
        columns.day("on", pgettext("matter", "On")),
        columns.day("due", pgettext("date", "Due"), lambda row: text(_due(row))),
        columns.figure("days_overdue", _("Days overdue"), tone=_tone),
        columns.figure("working_days_overdue", _("Working days overdue"), tone=_tone),
        columns.day("closed_on", _("Closed")),
        columns.code("parent", _("Follows")),
        columns.code("document", _("Document")),
    ]


def _tone(row: MatterLine) -> str:
    return "bad" if row.late and row.closed_on is None else "warn" if row.late else ""


def _level(row: MatterLine) -> str | None:
    return record_labels.level(row.level) + (_(" (direct)") if row.direct else "") if row.level else None


def _about(row: MatterLine) -> str:
    """What it is about; an item of the plan by its name in the language in use."""
    return named(row.item_name or "", row.item_name_en or "") if row.about == row.item_name else row.about


def _due(row: MatterLine) -> str | None:
    if row.due_original not in (None, row.due):
        return _("{due} (was {original})").format(due=row.due, original=row.due_original)
    return row.due.isoformat() if row.due else None


def sheet_page(sheet: MatterSheet) -> Page:
    """One matter: what it is, what happened, what it led to."""
    row = sheet.matter
    lines = [_("Evidence: {line}").format(line=line) for line in row.evidence]
    if row.missing:
        lines.append(_("Not yet agreed to the minutes: {units}").format(units=labels.listed(row.missing)))
    happened = columns.table(_("What happened"), _event_columns(row.kind), sheet.events)
    tables = [*list_page([row]).tables, happened]
    tables += list_page(list(sheet.under)).tables if sheet.under else []
    notes = [_("{mark} inferred: the plan does not say it.").format(mark=MARK)] if row.inferred else []
    return Page(labels.aside(_about(row), row.ref), lines, tables, notes)


def _event_columns(kind: str) -> list[ColumnOf[EventLine]]:
    """The columns of what happened to a matter of this kind."""
    return [
        columns.words("event", _("What"), lambda row: record_labels.event(row.event, kind)),
        columns.day("on", pgettext("matter", "On")),
        columns.words("content", _("Stated"), _stated),
        columns.words("reason", _("Reason")),
        columns.code("document", _("Document")),
        columns.words("by", _("By")),
        columns.when("recorded_at", _("Recorded"), lambda row: labels.moment(row.recorded_at)),
    ]


def _stated(event: EventLine) -> str:
    """What an event states, in words; what the head of the page shows already is left out."""
    kept = {name: value for name, value in event.content.items() if name not in ("about", "evidence", "units")}
    return labels.clauses(labels.pair(labels.field(name), _value(value)) for name, value in kept.items())


def _value(value: object) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return labels.listed(map(str, value)) if isinstance(value, list) else record_labels.level(str(value))


def candidates_page(rows: list[Candidate]) -> Page:
    """The working list before results are typed: for study, no list of whom to interview (供研究，非约谈名单)."""
    lines = [line for row in rows for line in _against(row)]
    as_of = [_("As of {as_of}").format(as_of=labels.long_date(rows[0].as_of))] if rows else []
    notes = [_("Interviews are proposed only once people have typed results: anju interviews propose QUARTER again.")]
    notes += [_("{mark} inferred: the plan does not say it; by itself it proposes nothing.").format(mark=MARK)]
    notes += [_("Returns that are missing or late are no evidence and are not listed.")]
    table = columns.table("", _candidate_columns(), lines, _("None."))
    return Page(_("For study, not a list for interviews"), as_of, [table], notes)


class CandidateLine(NamedTuple):
    """A line of what stands against a unit; the first bears its name and its result."""

    unit: str
    result: str | None
    evidence: str


def _against(row: Candidate) -> Iterator[CandidateLine]:
    name = named(row.unit_name, row.unit_name_en) + (MARK if row.only_inferred else "")
    first, *others = row.evidence or ("",)
    yield CandidateLine(name, row.result, first)
    yield from (CandidateLine(" ", " ", line) for line in others)


def _candidate_columns() -> list[ColumnOf[CandidateLine]]:
    return [
        columns.words("unit", _("Member unit")),
        columns.state("result", _("Result")),
        columns.words("evidence", _("Evidence")),
    ]


def noted_record(noted: Noted, dry_run: bool) -> dict[str, object]:
    """What was recorded, as JSON has it."""
    return {
        "plan": noted.plan.id,
        "dry_run": dry_run,
        "matters": [_matter_record(matter) for matter in noted.matters],
        "events": [_event_record(event) for event in noted.events],
    }


def _matter_record(matter: Matter) -> dict[str, Any]:
    return {
        "ref": matter.ref,
        "kind": matter.kind,
        "number": matter.number,
        "state": matter.state,
        "on": matter.opened_on,
        "due": matter.due,
        "due_original": matter.due_original,
        **{name: value for name, value in matter.content.items() if name != "due"},
    }


def _event_record(event: MatterEvent) -> MatterEventRecorded:
    return MatterEventRecorded(
        kind=event.kind,
        number=event.number,
        event=event.event,
        on=event.on,
        reason=event.reason,
        document=event.document,
        by=event.who,
        recorded_at=event.recorded_at,
        digest=event.digest,
    )


def noted_page(noted: Noted, dry_run: bool) -> Page:
    """What was recorded, and how each matter stands now."""
    if not noted.events:
        return Page("", [_("Nothing new to record.")])
    lines = [_("Dry run, nothing was written:") if dry_run else _("Recorded:")]
    days = {(event.kind, event.number): event.on for event in noted.events}
    for matter in noted.matters:
        item = noted.plan.by_id.get(matter.content.get("item", ""))
        about = named(item.name, item.name_en) if item and matter.about == item.name else matter.about
        said = [record_labels.matter(matter.kind), record_labels.matter_state(matter.state, matter.kind), about]
        said += [str(days[matter.kind, matter.number])] if (matter.kind, matter.number) in days else []
        bodies = (noted.plan.body_by_id[body] for body in matter.units)
        said += [labels.listed(named(body.name, body.name_en) for body in bodies)]
        said += [labels.pair(pgettext("date", "Due"), matter.due)] if matter.due else []
        lines.append(f"{matter.ref} " + " · ".join(filter(None, said)))
    begun = [] if dry_run else [matter for matter in noted.matters if len(matter.events) == 1]
    undo = [command for command in map(_undoing, begun) if command]
    return Page("", lines, undo=undo)


def _undoing(matter: Matter) -> str | None:
    """The command that takes a matter back, while its state allows it."""
    kind = MATTERS[matter.kind]
    if kind.withdrawn is None or matter.state not in kind.moves[kind.withdrawn[1]].before:
        return None
    return f"anju {' '.join(kind.withdrawn)} {matter.ref} --reason TEXT"


def in_place_line(row: InPlace | None) -> list[str]:
    """三个到位 of one unit, where the plan asks for them or anything is recorded of them."""
    if row is None or not (row.place or row.team_due or row.team or row.posts or row.scheme):
        return []
    missing = _("not yet")
    team = _("set up") if row.team else missing if row.team_due else _("not asked for")
    said = _("{in_place}: project team {team}; named posts {posts} of {items} items; scheme {scheme}")
    scheme = _("filed") if row.scheme else missing
    return [said.format(in_place=_in_place(row), team=team, posts=row.posts, items=row.items, scheme=scheme)]


def in_place_totals(row: InPlaceTotals | None) -> list[str]:
    """三个到位 over all units, where the plan asks for them or anything is recorded of them."""
    if row is None or not (row.place or row.teams_due or row.teams or row.posts or row.schemes):
        return []
    said = _("{in_place}: project teams {teams} of {due}; named posts {posts} of {items} items; ")
    said += _("schemes {schemes} of {units} units.")
    return [said.format(in_place=_in_place(row), due=row.teams_due, **row._asdict())]


def _in_place(row: InPlace | InPlaceTotals) -> str:
    """三个到位, with the place where the plan asks for it."""
    return _("In place (clause {place})").format(place=row.place) if row.place else _("In place")


def due_page(rows: list[Coming]) -> Page:
    """What falls due, in order of date; what is past its date stands first."""
    table = columns.table("", _coming_columns(), rows, _("Nothing falls due."))
    return Page(_("What falls due"), [], [table])


def _coming_columns() -> list[ColumnOf[Coming]]:
    return [
        columns.day("on", pgettext("date", "Due")),
        columns.figure("days", _("In days"), tone=lambda row: "bad" if row.days < 0 else ""),
        columns.words("what", _("What"), lambda row: record_labels.coming(row.what)),
        columns.code("ref", _("No."), lambda row: row.ref or (labels.quarter(row.quarter) if row.quarter else None)),
        columns.words("name", _("About"), lambda row: named(row.name or "", row.name_en or "")),
        columns.words("unit_names", _("Units"), _answering),
    ]


def _answering(row: Coming) -> str:
    """Who answers for it; most units are all of them."""
    if len(row.units) > MOST_NAMED:
        return _("all member units")
    return labels.listed(map(named, row.unit_names, row.unit_names_en))
