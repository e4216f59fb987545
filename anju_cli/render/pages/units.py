"""Units: the list, one unit's items, and who is late."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from decimal import Decimal
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from anju_cli.domain.overdue import MAY_BE_MISSING, OF_RETURNS, REASONS
from anju_cli.i18n import _, named, pgettext
from anju_cli.render import columns
from anju_cli.render.columns import ColumnOf
from anju_cli.render.page import Cell, Page, Table, day, text
from anju_cli.render.pages.common import MARK, light
from anju_cli.render.pages.goals import plain_goal
from anju_cli.render.pages.matters import in_place_line
from anju_cli.render.wording import labels

if TYPE_CHECKING:
    from anju_cli.reports.answers.dates import CalendarQuarter
    from anju_cli.reports.answers.late import LateScope
    from anju_cli.reports.answers.rows import Lateness
    from anju_cli.reports.answers.units import RoleLine, UnitLine, UnitSheet


def overdue_page(rows: list[Lateness], asked: LateScope, detail: bool) -> Page:
    """Blocks that are never mixed; one line for each body, or with `detail` one for each item."""
    tables = []
    for code, block in blocks(rows, [asked.reason] if asked.reason else REASONS):
        title = labels.aside(labels.reason(code), len(block))
        tables.append(lateness(block, title) if detail else _by_body(block, title, code))
    title = labels.aside(named(asked.title, asked.title_en), asked.plan)
    lines = [title, _("As of {as_of}").format(as_of=labels.long_date(asked.as_of))]
    only = [named(asked.unit_name, asked.unit_name_en)] if asked.unit else []
    only += [labels.quarter(asked.quarter)] if asked.quarter else []
    lines += [_("Only: {only}").format(only=labels.listed(only))] if only else []
    notes = [_("{mark} inferred: the plan does not say it.").format(mark=MARK)] if any(map(_is_inferred, rows)) else []
    returns = any(row.reason in OF_RETURNS for row in rows)
    notes += [_("Return deadlines are provisional: set by the office.")] if returns and asked.deadline_inferred else []
    notes += [_("An inferred lead or pace, and a missing or late return, never by themselves propose an interview.")]
    notes += [] if detail or not rows else [_("--detail lists the items.")]
    return Page(_("Late or not reported"), lines, tables, notes)


def blocks(rows: Sequence[Lateness], reasons: Sequence[str] = REASONS) -> list[tuple[str, list[Lateness]]]:
    """The rows by kind of lateness; kinds that need not be told of are left out where there are none."""
    found = [(code, [row for row in rows if row.reason == code]) for code in reasons]
    return [(code, block) for code, block in found if block or len(reasons) == 1 or code not in MAY_BE_MISSING]


class LateBody(NamedTuple):
    """What one body is late with in one way: how many items, and the worst of them, or the quarters of its returns."""

    name: str
    items: int
    gap_points: Decimal | None
    days_overdue: int | None
    working_days_overdue: int | None
    worst: str


def _by_body(rows: Sequence[Lateness], title: str, reason: str) -> Table:
    """A line for each body: its worst item, or of its returns, the quarters they are of."""
    by_body: dict[tuple[str, str | None], list[Lateness]] = {}
    for row in rows:
        by_body.setdefault((row.unit, row.member), []).append(row)
    lines = [_late_body(mine, reason) for mine in by_body.values()]
    if reason == "behind":  # worst first by what it is worst at
        lines.sort(key=lambda line: line.gap_points or Decimal(0))
    return columns.table(title, _body_columns(reason), lines, _("None."))


def _late_body(rows: Sequence[Lateness], reason: str) -> LateBody:
    worst = min(rows, key=lambda row: row.gap_points or 0) if reason == "behind" else rows[0]
    return LateBody(
        name=named(worst.unit_name, worst.unit_name_en),
        items=len(rows),
        gap_points=worst.gap_points,
        days_overdue=worst.days_overdue,
        working_days_overdue=worst.working_days_overdue,
        worst=_quarters(rows) if reason in OF_RETURNS else _task(worst),
    )


def _body_columns(reason: str) -> list[ColumnOf[LateBody]]:
    days, working_days = _days(reason)
    gap: ColumnOf[LateBody] = columns.figure("gap_points", _("vs expected (points)"), tone="warn", sign=True)
    lapsed: list[ColumnOf[LateBody]] = [
        columns.figure("days_overdue", days, tone="bad"),
        columns.figure("working_days_overdue", working_days),
    ]
    return [
        columns.words("name", _("Body")),
        columns.count("items", _("Items")),
        *([gap] if reason == "behind" else lapsed),
        columns.words("worst", _("Quarters") if reason in OF_RETURNS else _("Worst item")),
    ]


def _days(reason: str) -> tuple[str, str]:
    """How many days, and what they are counted from."""
    if reason in OF_RETURNS:
        return _("Days after the deadline"), _("Working days after it")
    return _("Days overdue"), _("Working days overdue")


def _quarters(rows: Sequence[Lateness]) -> str:
    """The quarters of a body's returns, each with how many rows."""
    counted = Counter(row.quarter for row in sorted(rows, key=lambda row: row.quarter or ""))
    return labels.listed(labels.aside(labels.quarter(quarter), n) for quarter, n in counted.items())


def _task(row: Lateness) -> str:
    return f"{_item(row)} · {row.clause}" if row.clause else _item(row)


def _item(row: Lateness) -> str:
    ref = f"{row.item} " if row.kind == "slip" else ""
    return ref + named(row.item_name, row.item_name_en) + (MARK if _is_inferred(row) else "")


def _is_inferred(row: Lateness) -> bool:
    """Whether the plan does not say who leads, or when it is due, or how fast it should go."""
    by_reason = {"overdue": {"lead", "due"}, "behind": {"lead", "pace"}}
    return bool(by_reason.get(row.reason, {"lead"}) & set(row.inferred))


def lateness(rows: Sequence[Lateness], title: str) -> Table:
    """Rows late in one way: one line for each body and item, with the clause it rests on."""
    described = _late_columns(rows[0].reason if rows else "overdue")
    return columns.table(title, described, rows, _("None.")).without_blanks()


def _late_columns(reason: str) -> list[ColumnOf[Lateness]]:
    days, working_days = _days(reason)
    return [
        columns.words("unit_name", _("Body"), lambda row: named(row.unit_name, row.unit_name_en)),
        columns.words("item_name", _("Task"), _item),
        columns.code("clause", _("Clause")),
        columns.code("quarter", _("Quarter"), lambda row: labels.quarter(row.quarter)),
        columns.day("due", _("Return deadline") if reason in OF_RETURNS else pgettext("date", "Due"), _due),
        columns.figure("days_overdue", days, tone="bad"),
        columns.figure("working_days_overdue", working_days),
        columns.figure("cumulative", _("Cumulative")),
        columns.figure("expected", _("Expected")),
        columns.figure("goal", _("Goal"), plain_goal),
        columns.figure("gap_points", _("vs expected (points)"), sign=True),
        light(),
    ]


def late_blocks(rows: Sequence[Lateness]) -> list[Table]:
    """What one body is late with, a table for each kind of lateness there is; one that says so where there is none."""
    kinds = [(code, [row for row in rows if row.reason == code]) for code in REASONS]
    found = [lateness(block, labels.aside(labels.reason(code), len(block))) for code, block in kinds if block]
    return found or [lateness([], _("Late or not reported"))]


def _due(row: Lateness) -> Cell:
    if row.due_original not in (None, row.due):
        return text(_("{due} (was {original})").format(due=row.due, original=row.due_original), of=row.due)
    return day(row.due)


def list_page(rows: list[UnitLine]) -> Page:
    """The member units."""
    return Page("", [], [columns.table(_("Member units"), _unit_columns(), rows, _("No units."))])


def _unit_columns() -> list[ColumnOf[UnitLine]]:
    return [
        columns.code("id", _("Id")),
        columns.words("name", _("Member unit"), _name),
        columns.words("aliases", _("Other names"), lambda row: labels.listed(row.aliases)),
        columns.count("leads", _("Leads")),
        columns.count("duties", _("Duties")),
    ]


def _name(row: UnitLine) -> str:
    name = named(row.name, row.name_en)
    return labels.aside(name, len(row.members)) if row.members else name


def sheet_page(sheet: UnitSheet) -> Page:
    """One unit and its items, by role."""
    tables = []
    ordered = sorted(sheet.items, key=lambda row: ("lead", "joint", "assist").index(row.role))
    for role, rows in groupby(ordered, key=lambda row: row.role):
        tables.append(columns.table(labels.role(role), _item_columns(), rows))
    if sheet.facilities:
        from anju_cli.render.pages.projects import facilities_table

        tables.append(facilities_table(sheet.facilities, True))
    lines = [_("Also called: {names}").format(names=labels.listed(sheet.aliases))] if sheet.aliases else []
    lines += [_("Members: {names}").format(names=labels.listed(sheet.members))] if sheet.members else []
    lines += in_place_line(sheet.in_place)
    return Page(labels.aside(named(sheet.name, sheet.name_en), sheet.id), lines, tables)


def _item_columns() -> list[ColumnOf[RoleLine]]:
    return [
        columns.code("item", _("Id")),
        columns.state("kind", _("Kind"), lambda row: labels.kind(row.kind)),
        columns.words(
            "name", _("Task"), lambda row: named(row.name, row.name_en) + (MARK if "lead" in row.inferred else "")
        ),
        columns.day("due", pgettext("date", "Due")),
        columns.state("reporting", _("Reporting"), lambda row: labels.reporting(row.reporting)),
        columns.code("place", _("Clause")),
    ]


def calendar_page(rows: list[CalendarQuarter]) -> Page:
    """The dates of each quarter."""
    notes = (
        [_("Return deadlines are provisional: set by the office.")]
        if any(row.deadline_inferred for row in rows)
        else []
    )
    after = _(
        "The bulletin is due {n} working days after the assessment ends; until it has, counted from its last day."
    )
    notes += [after.format(n=row.bulletin_working_days) for row in rows[:1]]
    return Page(_("Calendar"), [], [columns.table("", _calendar_columns(), rows)], notes)


def _calendar_columns() -> list[ColumnOf[CalendarQuarter]]:
    return [
        columns.code("quarter", _("Quarter"), lambda row: labels.quarter(row.quarter)),
        columns.when("start", _("Period"), lambda row: f"{row.start} … {row.end}"),
        columns.figure("working_days", _("Working days")),
        columns.words("return_deadline", _("Return deadline"), _return_by),
        columns.when("review_from", _("Review"), lambda row: f"{row.review_from} … {row.review_to}"),
        columns.words("bulletin_deadline", _("Bulletin deadline"), _bulletin_by),
    ]


def _return_by(row: CalendarQuarter) -> str:
    return str(row.return_deadline) if row.return_deadline_known else labels.aside(str(row.return_deadline), _unknown())


def _bulletin_by(row: CalendarQuarter) -> str:
    mark = _(" (provisional)") if row.bulletin_provisional else ""
    return f"{row.bulletin_deadline}{mark}" if row.bulletin_deadline else _unknown()


def _unknown() -> str:
    return _("not yet published by the State Council")
