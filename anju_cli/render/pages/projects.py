"""The project register: lists, one project, facilities, what was recorded."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from shlex import quote
from typing import TYPE_CHECKING

from anju_cli.i18n import _, named, pgettext
from anju_cli.render import columns
from anju_cli.render.columns import ColumnOf
from anju_cli.render.page import Cell, Page, Table, text
from anju_cli.render.recorded import ProjectChanged, ProjectSlipped, ProjectsRecorded
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
    return Page("", [], [columns.table(_("Projects"), _project_columns(), rows, _("No projects."))])


def _project_columns() -> list[ColumnOf[ProjectLine]]:
    return [
        columns.code("code", _("Code")),
        columns.words("name", _("Project")),
        columns.words("sub_district", _("Sub-district")),
        columns.state("way", _("Way"), lambda row: words.way(row.way)),
        columns.words("type", _("Type of homes")),
        columns.figure("homes", _("Homes")),
        columns.state("stage", _("Stage"), lambda row: words.stage(row.stage)),
        columns.figure("days_slipped", _("Slipped by (days)"), tone="warn"),
        columns.count("facilities_overdue", _("Facilities overdue"), tone="bad"),
        columns.day("supplied_on", _("Supplied on")),
        columns.words("problem", _("Problem"), tone="warn"),
    ]


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
    tables = [
        columns.facts((label, value) for label, value in said.items() if value is not None),
        _courses(sheet.courses),
        facilities_table(sheet.facilities, False),
    ]
    tables += [_nodes(sheet.nodes)] if sheet.nodes else []
    notes = [_("Planned: of the plan revision in force where it has the project, else as first recorded.")]
    return Page(labels.aside(project.name, project.code), [], [*tables, _history(sheet.history)], notes)


def _courses(rows: Sequence[CourseLine]) -> Table:
    empty = _("It brings nothing to any target yet.")
    return columns.table(_("What it brings to targets"), _course_columns(), rows, empty)


def _course_columns() -> list[ColumnOf[CourseLine]]:
    return [
        columns.words("target_name", _("Target"), lambda row: named(row.target_name, row.target_name_en)),
        columns.figure("homes", _("Homes")),
        columns.day("planned", _("Planned"), _planned),
        columns.day("current", _("Now planned")),
        columns.day("actual", _("Actual")),
        columns.figure(
            "days", _("Later than planned (days)"), tone=lambda row: "warn" if (row.days or 0) > 0 else "", sign=True
        ),
        columns.count("earlier", _("Counted in earlier years")),
        columns.figure("booked", _("Booked")),
        columns.figure("counted", _("Counts"), tone=lambda row: "" if row.counted == row.booked else "bad"),
    ]


def _planned(row: CourseLine) -> Cell:
    return text(labels.aside(str(row.planned), words.baseline(row.baseline)) if row.planned else None)


def _nodes(rows: Sequence[NodeLine]) -> Table:
    return columns.table(_("Schedule, backwards from the deadline"), _node_columns(), rows)


def _node_columns() -> list[ColumnOf[NodeLine]]:
    return [
        columns.words("node", pgettext("schedule", "Node")),
        columns.figure("days", _("Days")),
        columns.day("begins", _("Begins")),
        columns.day("planned", _("Planned")),
        columns.day("actual", _("Actual")),
        columns.figure("variance", _("Variance (days)"), tone=_variance_tone, sign=True),
    ]


def _variance_tone(row: NodeLine) -> str:
    return "warn" if (row.variance or 0) > 0 else "good"


def _history(rows: Sequence[ChangeLine]) -> Table:
    return columns.table(_("History"), _history_columns(), rows, _("No changes."))


def _history_columns() -> list[ColumnOf[ChangeLine]]:
    return [
        columns.figure("id", pgettext("register", "Change"), lambda row: text(row.id)),
        columns.day("on", pgettext("register", "From")),
        columns.words("field", _("What"), lambda row: words.field(row.part, row.subject, row.field)),
        columns.words("before", _("Before"), lambda row: words.value(row.field, row.before)),
        columns.words("value", _("After"), lambda row: words.value(row.field, row.value)),
        columns.words("reason", _("Reason")),
        columns.code("document", _("Document"), lambda row: " · ".join(filter(None, (row.document, row.source)))),
        columns.words("by", _("By")),
        columns.when("recorded_at", _("Recorded"), lambda row: labels.moment(row.recorded_at)),
    ]


def facilities_page(rows: list[FacilityLine]) -> Page:
    """Facilities of several projects."""
    notes = [_("Required at move-in: overdue from the day the homes are supplied until they are in use.")]
    return Page("", [], [facilities_table(rows, True)], notes if rows else [])


def facilities_table(rows: Sequence[FacilityLine], with_project: bool) -> Table:
    """Facilities, who answers for each, and where it stands."""
    table = columns.table(_("Facilities"), _facility_columns(), rows, _("No facilities."))
    return table if with_project else table.without(["project_name"])


def _facility_columns() -> list[ColumnOf[FacilityLine]]:
    return [
        columns.words("project_name", _("Project"), lambda row: labels.aside(row.project_name, row.project)),
        columns.state("kind", _("Facility"), lambda row: words.facility(row.kind)),
        columns.state("required", pgettext("facility", "When"), _when),
        columns.words("unit_name", _("Responsible unit"), lambda row: named(row.unit_name, row.unit_name_en)),
        columns.day("planned", _("Planned")),
        columns.day("current", _("Now planned")),
        columns.day("actual", _("In use since")),
        columns.state("status", _("Status"), lambda row: words.facility_status(row.status), _facility_tone),
        columns.figure("days_overdue", _("Days overdue"), tone=_facility_tone),
        columns.figure("working_days_overdue", _("Working days overdue"), tone=_facility_tone),
    ]


def _when(row: FacilityLine) -> str:
    return _("Required at move-in") if row.required else _("Gradual")


def _facility_tone(row: FacilityLine) -> str:
    return words.FACILITY_TONES.get(row.status, "")


def levels_page(rows: list[FacilityLevel]) -> Page:
    """What the register says of the milestones on facilities."""
    notes = [
        _("Survey: facilities recorded, of every kind in every project. Plan: required ones with a unit and a date."),
        _("The register's level is shown, never booked: anju progress add records what was reached."),
    ]
    table = columns.table(_("Milestones"), _level_columns(), rows, _("The plan has no such milestones."))
    return Page("", [], [table], notes)


def _level_columns() -> list[ColumnOf[FacilityLevel]]:
    return [
        columns.words("name", _("Milestone"), lambda row: named(row.name, row.name_en)),
        columns.day("due", pgettext("date", "Due")),
        columns.figure("done", pgettext("level", "Done")),
        columns.figure("of", pgettext("level", "Of")),
        columns.figure("register_level", _("Level by the register (%)"), tone=_level_tone),
        columns.figure("booked_level", _("Level reported (%)")),
    ]


def _level_tone(row: FacilityLevel) -> str:
    return "" if row.register_level == row.booked_level else "warn"


# -- what was recorded ------------------------------------------------------------------------------------------


def registered_record(done: Registered, dry_run: bool) -> ProjectsRecorded:
    """What was recorded in the register, as JSON has it."""
    grounds = done.grounds
    return ProjectsRecorded(
        plan=done.plan.id,
        dry_run=dry_run,
        act=grounds.act,
        on=grounds.on,
        reason=grounds.reason,
        document=grounds.document,
        source=grounds.source,
        by=grounds.who,
        recorded_at=done.recorded_at,
        unchanged=done.unchanged,
        changes=tuple(
            ProjectChanged(**{name: getattr(change, name) for name in ProjectChanged._fields})
            for change in done.changes
        ),
        slipped=tuple(
            ProjectSlipped(
                project=delay.project.code,
                name=delay.project.name,
                target=delay.course.target,
                homes=delay.course.homes,
                planned=delay.planned,
                current=delay.course.coming,
                days=delay.days,
            )
            for delay in done.delays
        ),
    )


def registered_page(done: Registered, dry_run: bool) -> Page:
    """What was recorded in the register, and what it means for dates."""
    codes = dict.fromkeys(each.project for each in done.changes)
    head = _("Dry run, nothing was written: ") if dry_run else _("Recorded: ")
    counts = _("{n} changes to {m} projects").format(n=len(done.changes), m=len(codes))
    lines = [f"{head}{counts} · {done.grounds.on}"] if codes else []
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
    undo = [_undoing(done, code) for code in codes] if not dry_run and len(codes) <= _MOST_SHOWN else []
    return Page("", lines, undo=[command for command in undo if command])


def _undoing(done: Registered, code: str) -> str | None:
    """The command that takes the changes of one project back; null where none takes back all of them."""
    changes = [row for row in done.changes if row.project == code]
    held = f" --on {done.grounds.on}" if done.dated else ""
    named_anew = [row for row in changes if (row.part, row.field, row.before) == ("project", "name", None)]
    if named_anew:
        return f"anju projects withdraw {quote(code)} --reason TEXT{held}"
    if any(row.part not in ("project", "target") or row.field in _FOR_GOOD for row in changes):
        return None
    if any(row.field == "name" and row.after is None for row in changes):  # it was withdrawn
        return None
    fields = [".".join(filter(None, (row.subject, row.field))) for row in changes]
    values = [quote(f"{field}={row.before or ''}") for field, row in zip(fields, changes, strict=True)]
    return f"anju projects edit {quote(code)} {' '.join(f'--set {value}' for value in values)} --reason TEXT{held}"


_FOR_GOOD = {"planned", "deadline"}
"""What is first planned stands; a deadline dates the nodes anew."""


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
