"""What a report on a quarter says of projects: slips, homes that count otherwise, plans that fall short of a goal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from anju_cli.domain.plan import HOMES
from anju_cli.i18n import _, named
from anju_cli.render.page import Cell, Column, Table, count, day, figure, figures, text
from anju_cli.render.wording import labels

if TYPE_CHECKING:
    from anju_cli.reports.answers.project_part import Slipped
    from anju_cli.reports.answers.quarter import QuarterReport


def report_tables(report: QuarterReport) -> list[Table]:
    """Projects that have slipped, and homes that count otherwise than they are booked; nothing where there are none."""
    tables = []
    if report.slipped:
        head = [Column(_("Project")), Column(_("Target")), *figures(_("Homes")), Column(_("Planned"))]
        head += [Column(_("Now planned")), Column(_("Actual"))]
        head += figures(_("Later than planned (days)"), _("Later than first planned (days)"))
        tables.append(Table(_("Projects that have slipped"), head, [_slipped(row) for row in report.slipped]))
    if report.project_counts:
        head = [Column(_("Project")), Column(_("Target")), *figures(_("Homes"), _("Counted in earlier years"))]
        head += figures(_("Booked"), _("Counts"))
        names = {row.target: named(row.name, row.name_en) for row in report.project_checks}
        cells = [
            [
                text(labels.aside(row.name or _("not in the register"), row.project)),
                text(names.get(row.target, row.target)),
                figure(row.homes),
                count(row.earlier),
                figure(row.booked),
                figure(row.counted, "bad" if row.counted != row.booked else ""),
            ]
            for row in report.project_counts
        ]
        tables.append(Table(_("Homes that count otherwise than booked, by project"), head, cells))
    return tables


def _slipped(row: Slipped) -> list[Cell]:
    planned = text(row.planned)
    if row.planned_original != row.planned and row.planned_original:
        by = _("was {original}, {document}").format(original=row.planned_original, document=row.document or "—")
        planned = text(labels.aside(str(row.planned or "—"), by))
    return [
        text(labels.aside(row.name, row.project)),
        text(named(row.target_name, row.target_name_en)),
        figure(row.homes),
        planned,
        day(row.current),
        day(row.actual),
        figure(row.days, "bad" if (row.days or 0) > 0 else "", sign=True),
        figure(row.days_original, sign=True),
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
