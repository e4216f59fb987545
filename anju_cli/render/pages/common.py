"""What several pages say in the same words: headings, targets, milestones, units, the ledger's state."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, TypeVar

from anju_cli.i18n import _, named, pgettext
from anju_cli.render.bars import bar
from anju_cli.render.page import DRAWING, Cell, Column, Table, count, day, figure, figures, text
from anju_cli.render.wording import labels

if TYPE_CHECKING:
    from anju_cli.reports.answers.dates import Status
    from anju_cli.reports.answers.heads import Ledger
    from anju_cli.reports.answers.quarter import QuarterReport
    from anju_cli.reports.answers.rows import Milestone, Target, Totals, UnitRow
    from anju_cli.reports.answers.units import UnitReport
    from anju_cli.reports.answers.year import QuarterlyTarget, YearReport

SomeTarget = TypeVar("SomeTarget", "Target", "QuarterlyTarget")

MARK = "※"
"""Beside whatever the plan does not say and the office has inferred."""


def heading(report: QuarterReport | YearReport | UnitReport | Status) -> str:
    """Which plan, in which state."""
    plan = labels.aside(named(report.title, report.title_en), report.plan)
    return f"{plan} · {revision(report.revision, report.document)}"


def revision(number: int, document: str | None) -> str:
    """A revision in words."""
    words = _("adjustment {n}").format(n=number) if number else _("as issued")
    return labels.aside(words, document) if document else words


def deadline(report: QuarterReport | YearReport | UnitReport | Status) -> str:
    """The return deadline and the review window, and whether the office set them provisionally."""
    settings = report.settings
    provisional = _(" (provisional)") if settings.deadline_inferred else ""
    window = settings.review_window
    return _("Return deadline {deadline}{provisional} · review {start} to {end}").format(
        deadline=labels.long_date(settings.return_deadline),
        provisional=provisional,
        start=labels.long_date(window.start),
        end=labels.long_date(window.end),
    )


def known(known_at: str | None) -> list[str]:
    """Of a report on an earlier state of the ledger, which."""
    return [_("Known at {moment}").format(moment=labels.moment(known_at))] if known_at else []


def leads(row: Target | Milestone) -> str:
    """Who leads, marked where that is inferred."""
    if getattr(row, "everyone", False):
        return _("all member units")
    names = named(row.lead_names, row.lead_names_en)
    more = _("{first} and {n} more").format(first=names[0], n=len(names) - 1) if len(names) > 2 else ""
    return (more or labels.listed(names)) + (MARK if "lead" in row.inferred and names else "")


def targets(rows: Sequence[Target], title: str, *, quarter: bool) -> Table:
    """The table of targets; sub-quotas stand under the target they are part of."""
    head = [Column(_("Target")), Column(_("Measure"), optional=True), *figures(_("Goal"))]
    head += figures(_("This quarter")) if quarter else []
    head += [*figures(_("Cumulative"), _("Completion (%)")), *figures(_("Expected"), optional=True)]
    head += figures(_("Expected (%)"), _("vs expected (points)"))
    head += [Column(_("Light")), Column(_("Status")), DRAWING]
    return Table(title, head, [_target(row, quarter) for row in in_order(rows)], _("No targets."))


def in_order(rows: Sequence[SomeTarget]) -> list[SomeTarget]:
    """Plan order, each sub-quota after the target that it is within."""
    ordered = [row for row in rows if not row.within]
    for row in rows:
        if row.within:
            places = [place for place, each in enumerate(ordered) if row.within in (each.id, each.within)]
            ordered.insert(places[-1] + 1 if places else len(ordered), row)
    return ordered


def _target(row: Target, quarter: bool) -> list[Cell]:
    name = f"　{unit}" if (unit := named(row.unit_name or "", row.unit_name_en or "")) else named(row.name, row.name_en)
    if row.within or row.parent:
        name = "　" + name
    tone = labels.LIGHT_TONES.get(row.light or "", "")
    measure = row.measure + (MARK if "measure" in row.inferred else "")
    cells = [text(name, "" if row.unit or row.within or row.parent else "strong"), text(measure), figure(row.goal)]
    if row.goal_original not in (None, row.goal):
        cells[2] = text(_("{goal} (was {original})").format(goal=row.goal, original=row.goal_original), of=row.goal)
    cells += [figure(row.quarter_quantity)] if quarter else []
    restated = "＊" if row.restated else ""
    cells += [
        text(None if row.cumulative is None else f"{row.cumulative}{restated}", of=row.cumulative),
        _rates(row),
        figure(row.expected),
        figure(row.expected_rate),
        figure(row.gap_points, tone, sign=True),
        text(labels.light(row.light), tone),
        text(labels.target_status(row.status), "bad" if row.status == "overdue" else tone),
        text(bar(row.completion_rate, row.expected_rate) or " ", tone),
    ]
    return cells


def _rates(row: Target) -> Cell:
    """The completion rate; beside it, where the goal was adjusted, the rate on the goal as issued."""
    if row.goal_original in (None, row.goal) or row.completion_rate_original is None:
        return figure(row.completion_rate)
    return text(_("{rate} (was {original})").format(rate=row.completion_rate, original=row.completion_rate_original))


def milestones(rows: Sequence[Milestone], title: str) -> Table:
    """The table of milestones."""
    head = [Column(_("Milestone")), Column(_("Lead")), Column(pgettext("date", "Due")), Column(_("Status"))]
    head += [*figures(_("Level (%)")), Column(_("Done on"), optional=True)]
    head += [*figures(_("Days overdue")), *figures(_("Working days overdue"), optional=True)]
    return Table(title, head, [_milestone(row) for row in rows], _("No milestones."))


def _milestone(row: Milestone) -> list[Cell]:
    due = row.due.isoformat() + (MARK if "due" in row.inferred else "") if row.due else None
    if row.due_original not in (None, row.due):
        due = _("{due} (was {original})").format(due=row.due, original=row.due_original)
    tone = labels.MILESTONE_TONES.get(row.status, "")
    return [
        text(named(row.name, row.name_en)),
        text(leads(row)),
        text(due, of=row.due),
        text(labels.milestone_status(row.status, bool(row.due)), tone),
        figure(row.completion_rate),
        day(row.done_on),
        figure(row.days_overdue, tone),
        figure(row.working_days_overdue, tone),
    ]


def units(rows: Sequence[UnitRow], totals: Totals | None, title: str) -> Table:
    """The table of units: how they reported, what they are late with; in plan order, never ranked."""
    head = [Column(_("Member unit")), *figures(_("Items due"), _("Items reported"), _("Reporting rate (%)"))]
    head += [*figures(_("Late returns")), *figures(_("Zero reports"), optional=True)]
    head += figures(_("Not reported"), _("Overdue"), _("Behind"))
    cells = [_unit(("　" if row.member else "") + named(row.name, row.name_en), row) for row in rows]
    summed = totals is not None and len(rows) > 1
    if totals and summed:
        whole = _("{units} units, {bodies} bodies").format(units=totals.units, bodies=totals.bodies)
        cells.append(_unit(whole, totals))
    return Table(title, head, cells, _("No units."), int(summed))


def _unit(name: str, row: UnitRow | Totals) -> list[Cell]:
    return [
        text(name),
        count(row.items_due),
        count(row.items_reported),
        figure(row.reporting_rate),
        count(row.late_returns, "warn"),
        count(row.zero_reports),
        count(row.unreported, "bad"),
        count(row.overdue, "bad"),
        count(row.behind, "warn"),
    ]


def lights_rule(report: QuarterReport | YearReport | UnitReport | Status) -> str:
    """The rule of the lights, so that they can be checked from paper."""
    settings = report.settings
    if settings.yellow_below:
        rule = _("Lights, as printed: green to {yellow} points below expected, yellow to {red} below, red beyond.")
    else:
        rule = _("Lights, as printed: green at or above expected, yellow to {red} points below it, red beyond.")
    provisional = _(" Provisional: set by the office.") if "lights" in settings.inferred else ""
    return rule.format(yellow=abs(settings.yellow_below), red=abs(settings.red_below)) + provisional


def pace_rule(rows: Sequence[Target]) -> str:
    """The pace of each target, and whether the plan states it."""
    said: dict[str, list[str]] = {}
    for row in rows:
        if row.unit is None and not (row.pace == "none" and row.goal is None):
            mark = _(" (provisional)") if "pace" in row.inferred else ""
            said.setdefault(labels.pace(row.pace) + mark, []).append(named(row.name, row.name_en))
    listed = labels.clauses(labels.pair(pace, labels.listed(names)) for pace, names in said.items())
    return _("Pace: {listed}.").format(listed=listed)


def inferred_rule(rows: Sequence[Target | Milestone]) -> list[str]:
    """What the mark means, where it is used."""
    used = any({"lead", "due", "measure"} & set(row.inferred) for row in rows)
    return [_("{mark} inferred: the plan does not say it.").format(mark=MARK)] if used else []


def restated_rule(rows: Sequence[Target]) -> list[str]:
    """What the star means, where it is used."""
    return (
        [_("＊ restated: corrections or voids stand behind the figure.")] if any(row.restated for row in rows) else []
    )


def counting_rule(rows: Sequence[Target]) -> list[str]:
    """How each target is counted, where that is written down."""
    said = [
        labels.pair(named(row.name, row.name_en), row.counting) + (MARK if "counting" in row.inferred else "")
        for row in rows
        if row.counting and row.unit is None
    ]
    return [_("Counting: {said}").format(said=labels.clauses(said))] if said else []


def ledger(state: Ledger) -> str:
    """How far the ledger had come: whoever holds this page is its witness."""
    if state.last_filing is None:
        return _("Ledger: nothing filed yet.")
    seal = _("seal {seal}").format(seal=state.seal) if state.seal else _("not sealed yet")
    return _("Ledger: last filing {n}, receipt {receipt}, {seal}.").format(
        n=state.last_filing, receipt=state.receipt, seal=seal
    )
