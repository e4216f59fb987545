"""Plans: the sheet, one item with its clause, revisions and differences."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from anju_cli.domain.quarters import quarters_of
from anju_cli.i18n import _, named, pgettext
from anju_cli.render import columns
from anju_cli.render.columns import ColumnOf
from anju_cli.render.page import Cell, Page, text
from anju_cli.render.pages.common import MARK, revision
from anju_cli.render.pages.goals import plain_goal
from anju_cli.render.pages.named_by_plan import named_by_plan
from anju_cli.render.wording import labels

if TYPE_CHECKING:
    from anju_cli.reports.answers.plans import Difference, ItemLine, PlanLine, PlannedLine, PlanSheet


def sheet_page(sheet: PlanSheet) -> Page:
    """The plan, and its items by kind."""
    lines = [
        f"{named(sheet.region, sheet.region_en)} · {named(sheet.issuer, sheet.issuer_en)}",
        _("{id}, {revision}, {units} units, {bodies} reporting bodies").format(
            id=sheet.plan, revision=revision(sheet.revision, sheet.document), units=sheet.units, bodies=sheet.bodies
        ),
        *_year(sheet),
        _("Based on: {documents}").format(documents="".join(sheet.based_on)),
        _("Issued on {day}").format(day=sheet.issued_on) if sheet.issued_on else _("The document is undated."),
    ]
    tables = [
        columns.table(labels.kind(kind), _item_columns(rows), rows)
        for kind, rows in ((kind, list(items)) for kind, items in groupby(sheet.items, key=lambda item: item.kind))
    ]
    if sheet.projects:
        tables.append(columns.table(_("Projects"), _project_columns(), sheet.projects))
    return Page(
        named(sheet.title, sheet.title_en),
        lines,
        tables,
        [_("{mark} inferred: the plan does not say it.").format(mark=MARK)],
    )


def _year(sheet: PlanSheet) -> list[str]:
    """When its year begins and ends, where that is not the calendar's."""
    usual = quarters_of(sheet.year)
    if (sheet.starts, sheet.ends) in ((None, None), (usual.starts, usual.ends)):
        return []
    return [_("The year {year}: {first} to {last}").format(year=sheet.year, first=sheet.starts, last=sheet.ends)]


def _project_columns() -> list[ColumnOf[PlannedLine]]:
    return [
        columns.code("project", _("Code")),
        columns.words("name", _("Project")),
        columns.code("target", _("Target")),
        columns.figure("homes", _("Homes")),
        columns.day("planned", _("Planned")),
    ]


def _item_columns(rows: Sequence[ItemLine]) -> list[ColumnOf[ItemLine]]:
    return [
        columns.code("id", _("Id")),
        columns.words("name", _("Task"), lambda row: named(row.name, row.name_en)),
        columns.figure("goal", _("Goal"), plain_goal),
        columns.code("measure", _("Measure"), lambda row: row.measure + (MARK if "measure" in row.inferred else "")),
        columns.day("due", pgettext("date", "Due"), _due),
        columns.words("lead_names", _("Lead"), _lead),
        *named_by_plan(rows),
        columns.state("reporting", _("Reporting"), lambda row: labels.reporting(row.reporting)),
        columns.code("place", _("Clause")),
    ]


def _due(row: ItemLine) -> Cell:
    return text(row.due.isoformat() + (MARK if "due" in row.inferred else "") if row.due else None)


def _lead(row: ItemLine) -> str:
    lead = _("all") if row.everyone else labels.listed(named(row.lead_names, row.lead_names_en))
    return lead + (MARK if "lead" in row.inferred else "")


def item_page(item: ItemLine) -> Page:
    """One item: what it is, who answers for it, and the passage it rests on."""
    said = {
        _("Kind"): labels.kind(item.kind),
        _("Also called"): labels.listed(item.aliases),
        _("Goal"): None if item.goal is None else f"{labels.ceiling(item.direction)}{item.goal} {item.measure}",
        _("Direction"): labels.direction(item.direction) if item.kind == "target" else None,
        _("Figures"): (_("A level, may be below 0") if item.signed else _("A level")) if item.level else None,
        _("Baseline"): None if item.baseline is None else labels.aside(str(item.baseline), str(item.baseline_on)),
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
        _("In charge"): named(item.leader, item.leader_en),
        _("Weight"): item.weight,
        _("Note"): item.note,
    }
    facts = [(label, value) for label, value in said.items() if value]
    facts += [(MARK + labels.field(name), reason) for name, reason in item.inferred.items()]
    title = labels.aside(named(item.name, item.name_en), item.id)
    return Page(title, [], [columns.facts(facts, _("What"), _("Said"))])


def list_page(rows: list[PlanLine]) -> Page:
    """Plans and their revisions."""
    return Page("", [], [columns.table(_("Plans"), _plan_columns(), rows, _("No plans."))])


def _plan_columns() -> list[ColumnOf[PlanLine]]:
    return [
        columns.code("plan", _("Plan")),
        columns.words("revision", pgettext("plan", "State"), lambda row: revision(row.revision, row.document)),
        columns.day("effective_on", _("In effect from")),
        columns.when("recorded_at", _("Recorded"), lambda row: labels.moment(row.recorded_at)),
        columns.words("by", _("By")),
        columns.code("digest", _("Digest"), lambda row: row.digest[:8]),
        columns.code("document_digest", _("Content digest"), lambda row: row.document_digest[:8]),
    ]


def difference_page(rows: list[Difference]) -> Page:
    """What differs between two states of a plan."""
    lines = [_("{n} differences").format(n=len(rows))] if rows else []
    return Page("", lines, [columns.table("", _difference_columns(), rows, _("No difference."))])


def _difference_columns() -> list[ColumnOf[Difference]]:
    return [
        columns.code("item", _("Task")),
        columns.state(
            "field", _("What"), lambda row: _("A level") if row.field == "level" else labels.field(row.field)
        ),
        columns.words("before", _("Before")),
        columns.words("after", _("After")),
    ]


def _field(row: Difference) -> str:
    return _("A level") if row.field == "level" else labels.field(row.field)
