"""What a report on a quarter says of projects: slips, homes that count otherwise, plans that fall short of a goal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from anju_cli.domain.items import HOMES
from anju_cli.i18n import _, named
from anju_cli.render import columns
from anju_cli.render.columns import ColumnOf
from anju_cli.render.page import NONE, Cell, Table, text
from anju_cli.render.wording import labels

if TYPE_CHECKING:
    from anju_cli.reports.answers.project_part import ProjectCount, Slipped
    from anju_cli.reports.answers.quarter import QuarterReport


def report_tables(report: QuarterReport) -> list[Table]:
    """Projects that have slipped, and homes that count otherwise than they are booked; nothing where there are none."""
    tables = []
    if report.slipped:
        tables.append(columns.table(_("Projects that have slipped"), _slip_columns(), report.slipped))
    if report.project_counts:
        names = {row.target: named(row.name, row.name_en) for row in report.project_checks}
        title = _("Homes that count otherwise than booked, by project")
        tables.append(columns.table(title, _count_columns(names), report.project_counts))
    return tables


def _slip_columns() -> list[ColumnOf[Slipped]]:
    return [
        columns.words("name", _("Project"), lambda row: labels.aside(row.name, row.project)),
        columns.words("target_name", _("Target"), lambda row: named(row.target_name, row.target_name_en)),
        columns.figure("homes", _("Homes")),
        columns.day("planned", _("Planned"), _planned),
        columns.day("current", _("Now planned")),
        columns.day("actual", _("Actual")),
        columns.figure("days", _("Later than planned (days)"), tone=_slip_tone, sign=True),
        columns.figure("days_original", _("Later than first planned (days)"), sign=True),
    ]


def _planned(row: Slipped) -> Cell:
    if row.planned_original == row.planned or not row.planned_original:
        return text(row.planned)
    by = _("was {original}, {document}").format(original=row.planned_original, document=row.document or NONE)
    return text(labels.aside(str(row.planned or NONE), by))


def _slip_tone(row: Slipped) -> str:
    return "bad" if (row.days or 0) > 0 else ""


def _count_columns(names: dict[str, str]) -> list[ColumnOf[ProjectCount]]:
    return [
        columns.words(
            "name", _("Project"), lambda row: labels.aside(row.name or _("not in the register"), row.project)
        ),
        columns.words("target", _("Target"), lambda row: names.get(row.target, row.target)),
        columns.figure("homes", _("Homes")),
        columns.count("earlier", _("Counted in earlier years")),
        columns.figure("booked", _("Booked")),
        columns.figure("counted", _("Counts"), tone=lambda row: "bad" if row.counted != row.booked else ""),
    ]


def report_notes(report: QuarterReport) -> list[str]:
    """Whether homes were checked by project, and where projects add up to less than the goal."""
    notes = []
    for row in report.project_plans:
        name = named(row.name, row.name_en)
        if not row.projects:
            notes.append(
                labels.pair(name, _("no project has a planned date in the plan, so nothing is expected of it yet"))
            )
        elif row.short:
            short = _("projects add up to {planned} homes, less than the goal of {goal}")
            notes.append(labels.pair(name, short.format(planned=row.planned, goal=row.goal)))
    if not report.projects_checked:
        counted = any(row.measure == HOMES for row in report.targets)
        return [*notes, *[_("No project register: homes were not checked by project.")] * counted]
    rule = _(
        "By project: the larger of basically completed and completed, never more than its homes; "
        "homes counted in an earlier year count 0."
    )
    said = [
        labels.pair(
            named(row.name, row.name_en),
            _("{named} of {booked} homes name a project, {counted} count").format(
                named=row.by_project, booked=row.booked, counted=row.counted
            ),
        )
        for row in report.project_checks
        if row.by_project
    ]
    unnamed = any(row.unnamed for row in report.project_checks)
    said += [_("entries that name no project were not checked")] if unnamed else []
    return [*notes, rule, *([labels.clauses(said)] if said else [])]
