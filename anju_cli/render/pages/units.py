"""Units: the list, one unit's items, and who is late."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from anju_cli.i18n import _, named, pgettext
from anju_cli.render import labels
from anju_cli.render.page import NONE, Column, Page, Table, count, day, figure, figures, text
from anju_cli.render.pages.common import MARK
from anju_cli.render.pages.followup import in_place_line

if TYPE_CHECKING:
    from anju_cli.reports.lines import CalendarQuarter, UnitLine, UnitSheet
    from anju_cli.reports.rows import Lateness

REASONS = ("overdue", "behind", "unreported", "late_return")


def overdue_page(rows: list[Lateness], detail: bool) -> Page:
    """Four blocks, never mixed; one line for each body, or with `detail` one for each item."""
    tables = []
    for code in REASONS:
        block = [row for row in rows if row.reason == code]
        title = labels.aside(labels.reason(code), len(block))
        tables.append(lateness(block, title, mixed=False) if detail else _by_body(block, title))
    as_of = [_("As of {as_of}").format(as_of=labels.long_date(rows[0].as_of))] if rows else []
    inferred = any("lead" in row.inferred for row in rows)
    notes = [_("{mark} inferred: the plan does not say it.").format(mark=MARK)] if inferred else []
    notes += [_("An inferred lead or pace, and a missing or late return, never by themselves propose an interview.")]
    notes += [] if detail else [_("--detail lists the items.")]
    return Page(_("Late or not reported"), as_of, tables, notes if rows else [_("Nobody is late.")])


def _by_body(rows: Sequence[Lateness], title: str) -> Table:
    head = [Column(_("Body")), *figures(_("Items"), _("Days overdue"), _("Working days overdue"))]
    head += [Column(_("Worst item"))]
    cells = []
    by_body: dict[tuple[str, str | None], list[Lateness]] = {}
    for row in rows:
        by_body.setdefault((row.unit, row.member), []).append(row)
    for mine in by_body.values():
        worst = mine[0]
        mark = MARK if "lead" in worst.inferred else ""
        item = f"{_quarter_of(worst)}{named(worst.item_name, worst.item_name_en)}{mark}"
        cells.append(
            [
                text(named(worst.unit_name, worst.unit_name_en)),
                count(len(mine)),
                figure(worst.days_overdue, "bad"),
                figure(worst.working_days_overdue),
                text(labels.aside(item, worst.clause) if worst.clause else item),
            ]
        )
    return Table(title, head, cells, _("None."))


def _quarter_of(row: Lateness) -> str:
    return labels.quarter(row.quarter) + " " if row.reason in ("unreported", "late_return") else ""


def lateness(rows: Sequence[Lateness], title: str, *, mixed: bool) -> Table:
    """One line for each body and item, with the clause it rests on; in a mixed table, which kind of lateness."""
    head = [Column(_("Reason") if mixed else _("Body")), Column(_("Task")), Column(_("Clause"))]
    head += [Column(_("Quarter")), Column(pgettext("date", "Due"))]
    head += figures(_("Days overdue"), _("Working days overdue"), _("Cumulative"), _("Expected"), _("Goal"))
    head += [*figures(_("vs expected (points)")), Column(_("Light"))]
    cells = [
        [
            text(labels.reason(row.reason) if mixed else named(row.unit_name, row.unit_name_en)),
            text(named(row.item_name, row.item_name_en) + (MARK if "lead" in row.inferred else "")),
            text(row.clause),
            text(labels.quarter(row.quarter)),
            text(_due(row)),
            figure(row.days_overdue, "bad"),
            figure(row.working_days_overdue),
            figure(row.cumulative),
            figure(row.expected),
            figure(row.goal),
            figure(row.gap_points, sign=True),
            text(labels.light(row.light), labels.LIGHT_TONES.get(row.light or "", "")),
        ]
        for row in rows
    ]
    said = [place for place in range(len(head)) if any(row[place].text != NONE for row in cells)]
    return Table(title, [head[place] for place in said], [[row[place] for place in said] for row in cells], _("None."))


def _due(row: Lateness) -> str | None:
    if row.due_original not in (None, row.due):
        return _("{due} (was {original})").format(due=row.due, original=row.due_original)
    return row.due.isoformat() if row.due else None


def list_page(rows: list[UnitLine]) -> Page:
    """The member units."""
    head = [Column(_("Id")), Column(_("Member unit")), Column(_("Other names")), *figures(_("Leads"), _("Duties"))]
    cells = [
        [
            text(row.id),
            text(_name(row)),
            text(labels.listed(row.aliases)),
            count(row.leads),
            count(row.duties),
        ]
        for row in rows
    ]
    return Page("", [], [Table(_("Member units"), head, cells, _("No units."))])


def _name(row: UnitLine) -> str:
    name = named(row.name, row.name_en)
    return labels.aside(name, len(row.members)) if row.members else name


def sheet_page(sheet: UnitSheet) -> Page:
    """One unit and its items, by role."""
    tables = []
    ordered = sorted(sheet.items, key=lambda row: ("lead", "joint", "assist").index(row.role))
    for role, rows in groupby(ordered, key=lambda row: row.role):
        head = [Column(_("Id")), Column(_("Kind")), Column(_("Task")), Column(pgettext("date", "Due"))]
        head += [Column(_("Reporting")), Column(_("Clause"))]
        cells = [
            [
                text(row.item),
                text(labels.kind(row.kind)),
                text(named(row.name, row.name_en) + (MARK if "lead" in row.inferred else "")),
                day(row.due),
                text(labels.reporting(row.reporting)),
                text(row.place),
            ]
            for row in rows
        ]
        tables.append(Table(labels.role(role), head, cells))
    lines = [_("Also called: {names}").format(names=labels.listed(sheet.aliases))] if sheet.aliases else []
    lines += [_("Members: {names}").format(names=labels.listed(sheet.members))] if sheet.members else []
    lines += [in_place_line(sheet.in_place)] if sheet.in_place else []
    return Page(labels.aside(named(sheet.name, sheet.name_en), sheet.id), lines, tables)


def calendar_page(rows: list[CalendarQuarter]) -> Page:
    """The dates of each quarter."""
    head = [Column(_("Quarter")), Column(_("Period")), *figures(_("Working days")), Column(_("Return deadline"))]
    head += [Column(_("Review")), Column(_("Bulletin deadline (provisional)"))]
    unknown = _("not yet published by the State Council")
    cells = [
        [
            text(labels.quarter(row.quarter)),
            text(f"{row.start} … {row.end}"),
            figure(row.working_days),
            text(
                str(row.return_deadline)
                if row.return_deadline_known
                else labels.aside(str(row.return_deadline), unknown)
            ),
            text(f"{row.review_from} … {row.review_to}"),
            text(row.bulletin_deadline or unknown),
        ]
        for row in rows
    ]
    notes = (
        [_("Return deadlines are provisional: set by the office.")]
        if any(row.deadline_inferred for row in rows)
        else []
    )
    after = _(
        "The bulletin is due {n} working days after the assessment ends; until it has, counted from its last day."
    )
    notes += [after.format(n=row.bulletin_working_days) for row in rows[:1]]
    return Page(_("Calendar"), [], [Table("", head, cells)], notes)
