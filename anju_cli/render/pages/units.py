"""Units: the list, one unit's items, and who is late."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from decimal import Decimal
from itertools import groupby
from typing import TYPE_CHECKING

from anju_cli.i18n import _, named, pgettext
from anju_cli.render.page import NONE, Column, Page, Table, count, day, figure, figures, text
from anju_cli.render.pages.common import MARK
from anju_cli.render.pages.matters import in_place_line
from anju_cli.render.wording import labels

if TYPE_CHECKING:
    from anju_cli.reports.answers.dates import CalendarQuarter
    from anju_cli.reports.answers.late import LateScope
    from anju_cli.reports.answers.rows import Lateness
    from anju_cli.reports.answers.units import UnitLine, UnitSheet

REASONS = ("overdue", "behind", "unreported", "late_return")
BY_QUARTER = ("unreported", "late_return")
"""The kinds of lateness that are about returns, not about work."""


def overdue_page(rows: list[Lateness], asked: LateScope, detail: bool) -> Page:
    """Four blocks, never mixed; one line for each body, or with `detail` one for each item."""
    tables = []
    for code in [asked.reason] if asked.reason else REASONS:
        block = [row for row in rows if row.reason == code]
        title = labels.aside(labels.reason(code), len(block))
        tables.append(lateness(block, title) if detail else _by_body(block, title, code))
    title = labels.aside(named(asked.title, asked.title_en), asked.plan)
    lines = [title, _("As of {as_of}").format(as_of=labels.long_date(asked.as_of))]
    only = [named(asked.unit_name, asked.unit_name_en)] if asked.unit else []
    only += [labels.quarter(asked.quarter)] if asked.quarter else []
    lines += [_("Only: {only}").format(only=labels.listed(only))] if only else []
    notes = [_("{mark} inferred: the plan does not say it.").format(mark=MARK)] if any(map(_is_inferred, rows)) else []
    returns = any(row.reason in BY_QUARTER for row in rows)
    notes += [_("Return deadlines are provisional: set by the office.")] if returns and asked.deadline_inferred else []
    notes += [_("An inferred lead or pace, and a missing or late return, never by themselves propose an interview.")]
    notes += [] if detail or not rows else [_("--detail lists the items.")]
    return Page(_("Late or not reported"), lines, tables, notes)


def _by_body(rows: Sequence[Lateness], title: str, reason: str) -> Table:
    """A line for each body: its worst item, or of its returns, the quarters they are of."""
    returns = reason in BY_QUARTER
    head = [Column(_("Body")), *figures(_("Items"))]
    if reason == "behind":
        head += figures(_("vs expected (points)"))
    else:
        head += figures(*_days(reason))
    head += [Column(_("Quarters") if returns else _("Worst item"))]
    by_body: dict[tuple[str, str | None], list[Lateness]] = {}
    for row in rows:
        by_body.setdefault((row.unit, row.member), []).append(row)
    cells = []
    for mine in by_body.values():
        worst = min(mine, key=lambda row: row.gap_points or 0) if reason == "behind" else mine[0]
        line = [text(named(worst.unit_name, worst.unit_name_en)), count(len(mine))]
        if reason == "behind":
            line.append(figure(worst.gap_points, "warn", sign=True))
        else:
            line += [figure(worst.days_overdue, "bad"), figure(worst.working_days_overdue)]
        cells.append([*line, text(_quarters(mine) if returns else _task(worst))])
    if reason == "behind":  # worst first by what it is worst at
        cells.sort(key=lambda line: Decimal(line[2].text) if line[2].text != NONE else Decimal(0))
    return Table(title, head, cells, _("None."))


def _days(reason: str) -> tuple[str, str]:
    """How many days, and what they are counted from."""
    if reason in BY_QUARTER:
        return _("Days after the deadline"), _("Working days after it")
    return _("Days overdue"), _("Working days overdue")


def _quarters(rows: Sequence[Lateness]) -> str:
    """The quarters of a body's returns, each with how many rows."""
    counted = Counter(row.quarter for row in sorted(rows, key=lambda row: row.quarter or ""))
    return labels.listed(labels.aside(labels.quarter(quarter), n) for quarter, n in counted.items())


def _task(row: Lateness) -> str:
    name = named(row.item_name, row.item_name_en) + (MARK if _is_inferred(row) else "")
    return f"{name} · {row.clause}" if row.clause else name


def _is_inferred(row: Lateness) -> bool:
    """Whether the plan does not say who leads, or when it is due, or how fast it should go."""
    by_reason = {"overdue": {"lead", "due"}, "behind": {"lead", "pace"}}
    return bool(by_reason.get(row.reason, {"lead"}) & set(row.inferred))


def lateness(rows: Sequence[Lateness], title: str) -> Table:
    """Rows late in one way: one line for each body and item, with the clause it rests on."""
    reason = rows[0].reason if rows else "overdue"
    head = [Column(_("Body")), Column(_("Task")), Column(_("Clause")), Column(_("Quarter"))]
    head += [Column(_("Return deadline") if reason in BY_QUARTER else pgettext("date", "Due"))]
    head += figures(*_days(reason), _("Cumulative"), _("Expected"), _("Goal"))
    head += [*figures(_("vs expected (points)")), Column(_("Light"))]
    cells = [
        [
            text(named(row.unit_name, row.unit_name_en)),
            text(named(row.item_name, row.item_name_en) + (MARK if _is_inferred(row) else "")),
            text(row.clause),
            text(labels.quarter(row.quarter)),
            text(_due(row), of=row.due),
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


def late_blocks(rows: Sequence[Lateness]) -> list[Table]:
    """What one body is late with, a table for each kind of lateness there is; one that says so where there is none."""
    kinds = [(code, [row for row in rows if row.reason == code]) for code in REASONS]
    found = [lateness(block, labels.aside(labels.reason(code), len(block))) for code, block in kinds if block]
    return found or [lateness([], _("Late or not reported"))]


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
    if sheet.facilities:
        from anju_cli.render.pages.projects import facilities_table

        tables.append(facilities_table(sheet.facilities, True))
    lines = [_("Also called: {names}").format(names=labels.listed(sheet.aliases))] if sheet.aliases else []
    lines += [_("Members: {names}").format(names=labels.listed(sheet.members))] if sheet.members else []
    lines += [in_place_line(sheet.in_place)] if sheet.in_place else []
    return Page(labels.aside(named(sheet.name, sheet.name_en), sheet.id), lines, tables)


def _bulletin_by(row: CalendarQuarter) -> str:
    mark = _(" (provisional)") if row.bulletin_provisional else ""
    return f"{row.bulletin_deadline}{mark}" if row.bulletin_deadline else ""


def calendar_page(rows: list[CalendarQuarter]) -> Page:
    """The dates of each quarter."""
    head = [Column(_("Quarter")), Column(_("Period")), *figures(_("Working days")), Column(_("Return deadline"))]
    head += [Column(_("Review")), Column(_("Bulletin deadline"))]
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
            text(_bulletin_by(row) or unknown),
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
