"""The project register: lists, one project, facilities, what was recorded."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from anju_cli.i18n import _, named, pgettext
from anju_cli.render.page import Column, Page, Table, count, day, figure, figures, text
from anju_cli.render.wording import labels
from anju_cli.render.wording import project_words as words

if TYPE_CHECKING:
    from anju_cli.ledger.projects import Registered
    from anju_cli.reports.answers.projects import (
        ChangeLine,
        CourseLine,
        FacilityLevel,
        FacilityLine,
        NodeLine,
        ProjectLine,
        ProjectSheet,
    )

_MOST_SHOWN = 30


def list_page(rows: list[ProjectLine]) -> Page:
    """Projects, one line each."""
    head = [Column(_("Code")), Column(_("Project")), Column(_("Sub-district")), Column(_("Way"))]
    head += [Column(_("Type of homes")), *figures(_("Homes")), Column(_("Stage")), *figures(_("Slipped by (days)"))]
    head += [*figures(_("Facilities overdue")), Column(_("Supplied on")), Column(_("Problem"))]
    cells = [
        [
            text(row.code),
            text(row.name),
            text(row.sub_district),
            text(words.way(row.way)),
            text(row.type),
            figure(row.homes),
            text(words.stage(row.stage)),
            figure(row.days_slipped, "warn"),
            count(row.facilities_overdue, "bad"),
            day(row.supplied_on),
            text(row.problem, "warn"),
        ]
        for row in rows
    ]
    return Page("", [], [Table(_("Projects"), head, cells, _("No projects."))])


def sheet_page(sheet: ProjectSheet) -> Page:
    """One project, whole."""
    project = sheet.project
    said = {
        _("Sub-district"): project.sub_district,
        _("Builder"): project.builder,
        _("Way"): words.way(project.way),
        _("Type of homes"): project.type,
        _("Homes"): project.homes,
        _("Stage"): words.stage(project.stage),
        _("Carried over from"): project.carried_from,
        _("Why it is slow"): project.slow,
        _("Problem"): project.problem,
        _("Supplied on"): project.supplied_on,
        pgettext("schedule", "Deadline"): sheet.deadline,
    }
    rows = [[text(label, "faint"), text(value)] for label, value in said.items() if value is not None]
    tables = [
        Table("", [Column(""), Column("")], rows),
        _courses(sheet.courses),
        facilities_table(sheet.facilities, False),
    ]
    tables += [_nodes(sheet.nodes)] if sheet.nodes else []
    notes = [_("Planned: of the plan revision in force where it has the project, else as first recorded.")]
    return Page(labels.aside(project.name, project.code), [], [*tables, _history(sheet.history)], notes)


def _courses(rows: Sequence[CourseLine]) -> Table:
    head = [Column(_("Target")), *figures(_("Homes")), Column(_("Planned")), Column(_("Now planned"))]
    head += [Column(_("Actual")), *figures(_("Later than planned (days)"), _("Counted in earlier years"))]
    head += figures(_("Booked"), _("Counts"))
    cells = [
        [
            text(named(row.target_name, row.target_name_en)),
            figure(row.homes),
            text(labels.aside(str(row.planned), words.baseline(row.baseline)) if row.planned else None),
            day(row.current),
            day(row.actual),
            figure(row.days, "warn" if (row.days or 0) > 0 else "", sign=True),
            count(row.earlier),
            figure(row.booked),
            figure(row.counted, "" if row.counted == row.booked else "bad"),
        ]
        for row in rows
    ]
    return Table(_("What it brings to targets"), head, cells, _("It brings nothing to any target yet."))


def _nodes(rows: Sequence[NodeLine]) -> Table:
    head = [Column(pgettext("schedule", "Node")), *figures(_("Days")), Column(_("Begins")), Column(_("Planned"))]
    head += [Column(_("Actual")), *figures(_("Variance (days)"))]
    cells = [
        [
            text(row.node),
            figure(row.days),
            day(row.begins),
            day(row.planned),
            day(row.actual),
            figure(row.variance, "warn" if (row.variance or 0) > 0 else "good", sign=True),
        ]
        for row in rows
    ]
    return Table(_("Schedule, backwards from the deadline"), head, cells)


def _history(rows: Sequence[ChangeLine]) -> Table:
    head = [
        *figures(pgettext("register", "Change")),
        Column(pgettext("register", "From")),
        Column(_("What")),
        Column(_("Before")),
        Column(_("After")),
    ]
    head += [Column(_("Reason")), Column(_("Document")), Column(_("By")), Column(_("Recorded"))]
    cells = [
        [
            text(row.id),
            day(row.on),
            text(words.field(row.part, row.subject, row.field)),
            text(words.value(row.field, row.before)),
            text(words.value(row.field, row.value)),
            text(row.reason),
            text(" · ".join(filter(None, (row.document, row.source)))),
            text(row.by),
            text(labels.moment(row.recorded_at)),
        ]
        for row in rows
    ]
    return Table(_("History"), head, cells, _("No changes."))


def facilities_page(rows: list[FacilityLine]) -> Page:
    """Facilities of several projects."""
    notes = [_("Required at move-in: overdue from the day the homes are supplied until they are in use.")]
    return Page("", [], [facilities_table(rows, True)], notes if rows else [])


def facilities_table(rows: Sequence[FacilityLine], with_project: bool) -> Table:
    """Facilities, who answers for each, and where it stands."""
    head = [Column(_("Project"))] if with_project else []
    head += [
        Column(_("Facility")),
        Column(pgettext("facility", "When")),
        Column(_("Responsible unit")),
        Column(_("Planned")),
    ]
    head += [Column(_("Now planned")), Column(_("In use since")), Column(_("Status"))]
    head += figures(_("Days overdue"), _("Working days overdue"))
    cells = []
    for row in rows:
        tone = words.FACILITY_TONES.get(row.status, "")
        project = [text(labels.aside(row.project_name, row.project))] if with_project else []
        cells.append(
            [
                *project,
                text(words.facility(row.kind)),
                text(_("Required at move-in") if row.required else _("Gradual")),
                text(named(row.unit_name, row.unit_name_en)),
                day(row.planned),
                day(row.current),
                day(row.actual),
                text(words.facility_status(row.status), tone),
                figure(row.days_overdue, tone),
                figure(row.working_days_overdue, tone),
            ]
        )
    return Table(_("Facilities"), head, cells, _("No facilities."))


def levels_page(rows: list[FacilityLevel]) -> Page:
    """What the register says of the milestones on facilities."""
    head = [
        Column(_("Milestone")),
        Column(pgettext("date", "Due")),
        *figures(pgettext("level", "Done"), pgettext("level", "Of")),
    ]
    head += figures(_("Level by the register (%)"), _("Level reported (%)"))
    cells = [
        [
            text(named(row.name, row.name_en)),
            day(row.due),
            figure(row.done),
            figure(row.of),
            figure(row.register_level, "" if row.register_level == row.booked_level else "warn"),
            figure(row.booked_level),
        ]
        for row in rows
    ]
    notes = [
        _("Survey: facilities recorded, of every kind in every project. Plan: required ones with a unit and a date."),
        _("The register's level is shown, never booked: anju progress add records what was reached."),
    ]
    return Page("", [], [Table(_("Milestones"), head, cells, _("The plan has no such milestones."))], notes)


# -- what was recorded ------------------------------------------------------------------------------------------


def registered_record(done: Registered, dry_run: bool) -> dict[str, object]:
    """What was recorded in the register, as JSON has it."""
    grounds = done.grounds
    return {
        "plan": done.plan.id,
        "dry_run": dry_run,
        "act": grounds.act,
        "on": grounds.on,
        "reason": grounds.reason,
        "document": grounds.document,
        "source": grounds.source,
        "by": grounds.who,
        "recorded_at": done.recorded_at,
        "unchanged": done.unchanged,
        "changes": [
            {name: getattr(each, name) for name in ("id", "project", "part", "subject", "field", "before", "after")}
            for each in done.changes
        ],
        "slipped": [
            {
                "project": delay.project.code,
                "name": delay.project.name,
                "target": delay.course.target,
                "homes": delay.course.homes,
                "planned": delay.planned,
                "current": delay.course.coming,
                "days": delay.days,
            }
            for delay in done.delays
        ],
    }


def registered_page(done: Registered, dry_run: bool) -> Page:
    """What was recorded in the register, and what it means for dates."""
    codes = dict.fromkeys(each.project for each in done.changes)
    head = _("Dry run, nothing was written: ") if dry_run else _("Recorded: ")
    lines = [head + _("{n} changes to {m} projects").format(n=len(done.changes), m=len(codes))] if codes else []
    lines += [_("{n} projects are in the register as they are in the file").format(n=done.unchanged)] * bool(
        done.unchanged
    )
    for each in done.changes[:_MOST_SHOWN]:
        what = words.field(each.part, each.subject, each.field)
        after = words.value(each.field, each.after) or "—"
        before = f"{words.value(each.field, each.before)} → " if each.before is not None else ""
        lines.append(f"#{each.id} {each.project} {each.name} · {labels.pair(what, before + after)}")
    if len(done.changes) > _MOST_SHOWN:
        lines.append(_("and {n} more").format(n=len(done.changes) - _MOST_SHOWN))
    for delay in done.delays:
        item = done.plan.by_id[delay.course.target]
        project, target = labels.aside(delay.project.name, delay.project.code), named(item.name, item.name_en)
        lines.append(_delay(project, target, delay.planned, delay.course.coming, delay.days, delay.course.homes))
    if done.delays:
        lines.append(_("What is expected stays as the plan has it; anju projects baseline makes a revision of it."))
    undo = [f"anju projects edit {next(iter(codes))} --set FIELD=VALUE --reason TEXT"] if len(codes) == 1 else []
    return Page("", lines, undo=[] if dry_run else undo)


def _delay(
    project: str, target: str, planned: date | None, coming: date | None, days: int | None, homes: int | None
) -> str:
    """推迟 N 天, in a sentence."""
    late = _("{project}: {target} planned for {planned}, now {coming}: {days} days later, {homes} homes")
    early = _("{project}: {target} planned for {planned}, now {coming}: {days} days earlier, {homes} homes")
    return (late if (days or 0) > 0 else early).format(
        project=project,
        target=target,
        planned=planned,
        coming=coming,
        days=abs(days or 0),
        homes="—" if homes is None else homes,
    )
