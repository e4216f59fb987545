"""Plans: the sheet, one item with its clause, revisions and differences."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from anju_cli.i18n import _, named, pgettext
from anju_cli.render.page import Cell, Column, Page, Table, day, figure, figures, text
from anju_cli.render.pages.common import MARK, revision
from anju_cli.render.wording import labels

if TYPE_CHECKING:
    from anju_cli.reports.answers.plans import Difference, ItemLine, PlanLine, PlanSheet


def sheet_page(sheet: PlanSheet) -> Page:
    """The plan, and its items by kind."""
    lines = [
        f"{named(sheet.region, sheet.region_en)} · {named(sheet.issuer, sheet.issuer_en)}",
        _("{id}, {revision}, {units} units, {bodies} reporting bodies").format(
            id=sheet.plan, revision=revision(sheet.revision, sheet.document), units=sheet.units, bodies=sheet.bodies
        ),
        _("Based on: {documents}").format(documents="".join(sheet.based_on)),
        _("Issued on {day}").format(day=sheet.issued_on) if sheet.issued_on else _("The document is undated."),
    ]
    tables = [
        Table(labels.kind(kind), _head(), [_row(item) for item in items])
        for kind, items in groupby(sheet.items, key=lambda item: item.kind)
    ]
    if sheet.projects:
        head = [
            Column(_("Code")),
            Column(_("Project")),
            Column(_("Target")),
            *figures(_("Homes")),
            Column(_("Planned")),
        ]
        rows = [
            [text(row.project), text(row.name), text(row.target), figure(row.homes), day(row.planned)]
            for row in sheet.projects
        ]
        tables.append(Table(_("Projects"), head, rows))
    return Page(
        named(sheet.title, sheet.title_en),
        lines,
        tables,
        [_("{mark} inferred: the plan does not say it.").format(mark=MARK)],
    )


def _head() -> list[Column]:
    return [
        *(
            Column(_("Id")),
            Column(_("Task")),
            *figures(_("Goal")),
            Column(_("Measure")),
            Column(pgettext("date", "Due")),
        ),
        *(Column(_("Lead")), Column(_("Reporting")), Column(_("Clause"))),
    ]


def _row(item: ItemLine) -> list[Cell]:
    lead = _("all") if item.everyone else labels.listed(named(item.lead_names, item.lead_names_en))
    return [
        text(item.id),
        text(named(item.name, item.name_en)),
        figure(item.goal),
        text(item.measure + (MARK if "measure" in item.inferred else "")),
        text(item.due.isoformat() + (MARK if "due" in item.inferred else "") if item.due else None),
        text(lead + (MARK if "lead" in item.inferred else "")),
        text(labels.reporting(item.reporting)),
        text(item.place),
    ]


def item_page(item: ItemLine) -> Page:
    """One item: what it is, who answers for it, and the passage it rests on."""
    said = {
        _("Kind"): labels.kind(item.kind),
        _("Also called"): labels.listed(item.aliases),
        _("Goal"): None if item.goal is None else f"{item.goal} {item.measure}",
        pgettext("date", "Due"): item.due or _("No date set"),
        _("Pace"): labels.pace(item.pace) if item.kind == "target" else None,
        _("Steps"): labels.clauses(labels.pair(str(on), amount) for on, amount in item.nodes),
        _("Lead"): labels.listed(named(item.lead_names, item.lead_names_en)),
        _("Assisting"): labels.listed(named(item.assist_names, item.assist_names_en)),
        _("Parts"): labels.clauses(labels.pair(body, part) for body, part in item.allocations.items()),
        _("Part of"): item.parent or item.within,
        _("Computed from"): f"{item.ratio_of} / {item.ratio_to}" if item.ratio_of else None,
        _("Counted through"): item.through,
        _("Reporting"): labels.reporting(item.reporting),
        _("Counting rule"): item.counting,
        _("Clause"): labels.aside(item.place or "", item.clause) if item.clause else None,
        _("Quote"): item.quote,
        _("Note"): item.note,
    }
    rows = [[text(label, "faint"), text(value)] for label, value in said.items() if value]
    rows += [[text(MARK + labels.field(name), "faint"), text(reason)] for name, reason in item.inferred.items()]
    return Page(
        labels.aside(named(item.name, item.name_en), item.id),
        [],
        [Table("", [Column(_("What")), Column(_("Said"))], rows)],
    )


def list_page(rows: list[PlanLine]) -> Page:
    """Plans and their revisions."""
    head = [
        Column(_("Plan")),
        Column(pgettext("plan", "State")),
        Column(_("In effect from")),
        Column(_("Recorded")),
        Column(_("By")),
    ]
    cells = [
        [
            text(row.plan),
            text(revision(row.revision, row.document)),
            day(row.effective_on),
            text(labels.moment(row.recorded_at)),
            text(row.by),
            text(row.digest[:8]),
        ]
        for row in rows
    ]
    return Page("", [], [Table(_("Plans"), [*head, Column(_("Digest"))], cells, _("No plans."))])


def difference_page(rows: list[Difference]) -> Page:
    """What differs between two states of a plan."""
    head = [Column(_("Task")), Column(_("What")), Column(_("Before")), Column(_("After"))]
    cells = [[text(row.item), text(labels.field(row.field)), text(row.before), text(row.after)] for row in rows]
    lines = [_("{n} differences").format(n=len(rows))] if rows else []
    return Page("", lines, [Table("", head, cells, _("No difference."))])
