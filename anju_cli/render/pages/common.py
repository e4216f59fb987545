"""What several pages say in the same words: headings, targets, milestones, units, the ledger's state."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Protocol, TypeVar

from anju_cli.domain.rates import rate
from anju_cli.i18n import _, named, pgettext
from anju_cli.render import columns
from anju_cli.render.bars import bar
from anju_cli.render.columns import ColumnOf
from anju_cli.render.page import Cell, Table, figure, text
from anju_cli.render.pages.goals import goal, status
from anju_cli.render.pages.named_by_plan import named_by_plan
from anju_cli.render.wording import labels

if TYPE_CHECKING:
    from decimal import Decimal

    from anju_cli.reports.answers.dates import Status
    from anju_cli.reports.answers.heads import Ledger
    from anju_cli.reports.answers.quarter import QuarterReport
    from anju_cli.reports.answers.rows import Milestone, Target, Totals, UnitRow
    from anju_cli.reports.answers.units import UnitReport
    from anju_cli.reports.answers.year import QuarterlyTarget, YearReport

SomeTarget = TypeVar("SomeTarget", "Target", "QuarterlyTarget")
SomeUnit = TypeVar("SomeUnit", "UnitRow", "Totals")

SENT_BACK = 11
"""The width of the column of rows sent back, in millimetres; it is there where there are any."""
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
    """The table of targets, with what the quarter brought or without; sub-quotas stand under what they are part of."""
    table = columns.table(title, target_columns(rows), in_order(rows), _("No targets."))
    return table if quarter else table.without(["quarter_quantity"])


def target_columns(rows: Sequence[Target] = ()) -> list[ColumnOf[Target]]:
    """The columns of a table of targets; who is in charge and what a target weighs where the plan says it of any."""
    return [
        columns.words("name", _("Target"), _target_name, paper=34),
        columns.code("measure", _("Measure"), _measure, optional=True, paper=13),
        *named_by_plan(rows),
        columns.figure("goal", _("Goal"), goal, paper=20),
        columns.figure("quarter_quantity", _("This quarter"), paper=18),
        columns.figure("cumulative", _("Cumulative"), _cumulative, paper=18),
        columns.figure("completion_rate", _("Completion (%)"), _completion, paper=16),
        columns.figure("expected", _("Expected"), optional=True, paper=20),
        columns.figure("expected_rate", _("Expected (%)"), paper=16),
        columns.figure("gap_points", _("vs expected (points)"), tone=light_tone, sign=True, paper=18),
        light(paper=12),
        columns.state("status", _("Status"), status, _status_tone, paper=30),
        columns.drawing(progress, light_tone),
    ]


def in_order(rows: Sequence[SomeTarget]) -> list[SomeTarget]:
    """Plan order, each sub-quota after the target that it is within."""
    ordered = [row for row in rows if not row.within]
    for row in rows:
        if row.within:
            places = [place for place, each in enumerate(ordered) if row.within in (each.id, each.within)]
            ordered.insert(places[-1] + 1 if places else len(ordered), row)
    return ordered


class Lit(Protocol):
    """A row with a light."""

    @property
    def light(self) -> str | None:
        """The code of the light; none where nothing is expected."""


SomeLit = TypeVar("SomeLit", bound=Lit)


class Paced(Protocol):
    """A row that says how far it has come, and how far it should be."""

    @property
    def completion_rate(self) -> Decimal | None:
        """In percent of the goal."""

    @property
    def expected_rate(self) -> Decimal | None:
        """In percent of the goal, by the pace."""


def light(paper: float = 0) -> ColumnOf[SomeLit]:
    """The column of lights."""
    return columns.light("light", _("Light"), lambda row: labels.light(row.light), light_tone, paper=paper)


def light_tone(row: Lit) -> str:
    """The tone of whatever stands beside a light."""
    return labels.LIGHT_TONES.get(row.light or "", "")


def progress(row: Paced) -> str:
    """How far a target has come, as a bar."""
    return bar(row.completion_rate, row.expected_rate) or " "


def _target_name(row: Target) -> Cell:
    name = f"　{unit}" if (unit := named(row.unit_name or "", row.unit_name_en or "")) else named(row.name, row.name_en)
    part = row.within or row.parent
    return text(f"　{name}" if part else name, "" if row.unit or part else "strong")


def _measure(row: Target) -> str:
    return row.measure + (MARK if "measure" in row.inferred else "")


def _cumulative(row: Target) -> Cell:
    restated = "＊" if row.restated else ""
    return text(None if row.cumulative is None else f"{row.cumulative}{restated}", of=row.cumulative)


def _status_tone(row: Target) -> str:
    return "bad" if row.status == "overdue" else light_tone(row)


def _completion(row: Target) -> Cell:
    """The completion rate; beside it, where the goal was adjusted, the rate on the goal as issued."""
    if row.goal_original in (None, row.goal) or row.completion_rate_original is None:
        return figure(row.completion_rate)
    return text(_("{rate} (was {original})").format(rate=row.completion_rate, original=row.completion_rate_original))


def milestones(rows: Sequence[Milestone], title: str) -> Table:
    """The table of milestones."""
    return columns.table(title, milestone_columns(rows), rows, _("No milestones."))


def milestone_columns(rows: Sequence[Milestone] = ()) -> list[ColumnOf[Milestone]]:
    """The columns of a table of milestones; who is in charge and what one weighs where the plan says it of any."""
    return [
        columns.words("name", _("Milestone"), lambda row: named(row.name, row.name_en), paper=35),
        columns.words("lead_names", _("Lead"), leads, paper=31),
        *named_by_plan(rows),
        columns.day("due", pgettext("date", "Due"), _due, paper=25),
        columns.state("status", _("Status"), _milestone_status, _milestone_tone, paper=24),
        columns.figure("completion_rate", _("Level (%)")),
        columns.day("done_on", _("Done on"), optional=True, paper=21),
        columns.figure("days_overdue", _("Days overdue"), tone=_milestone_tone, paper=10),
        columns.figure("working_days_overdue", _("Working days overdue"), tone=_milestone_tone, optional=True),
    ]


def _due(row: Milestone) -> Cell:
    due = row.due.isoformat() + (MARK if "due" in row.inferred else "") if row.due else None
    if row.due_original not in (None, row.due):
        due = _("{due} (was {original})").format(due=row.due, original=row.due_original)
    return text(due, of=row.due)


def _milestone_status(row: Milestone) -> str:
    return labels.milestone_status(row.status, bool(row.due))


def _milestone_tone(row: Milestone) -> str:
    return labels.MILESTONE_TONES.get(row.status, "")


def units(rows: Sequence[UnitRow], totals: Totals | None, title: str) -> Table:
    """The table of units: how they reported, what they are late with; in plan order, never ranked."""
    table = columns.table(title, unit_columns(unit_name), rows, _("No units."))
    if totals is not None and len(rows) > 1:
        summed = columns.cells(unit_columns(_all_units), totals)
        table = table._replace(rows=[*table.rows, summed], sums=1)
    return table if any(row.returned for row in rows) else table.without(["returned"])


def unit_columns(name: Callable[[SomeUnit], str]) -> list[ColumnOf[SomeUnit]]:
    """The columns of a table of units, and of the sums over them, which are named otherwise."""
    return [
        columns.words("name", _("Member unit"), name, paper=53),
        columns.count("items_due", _("Items due"), paper=11),
        columns.count("items_reported", _("Items reported"), paper=11),
        columns.figure("reporting_rate", _("Reporting rate (%)"), paper=15),
        columns.count("late_returns", _("Late returns"), tone="warn", paper=13),
        columns.count("zero_reports", _("Zero reports"), optional=True, paper=11),
        columns.count("unreported", _("Not reported"), tone="bad", paper=10),
        columns.count("returned", _("Sent back"), tone="warn", paper=SENT_BACK),
        columns.count("overdue", _("Overdue"), tone="bad", paper=12),
        columns.count("behind", _("Behind"), tone="warn", paper=10),
    ]


def unit_name(row: UnitRow) -> str:
    """A body's name, a member's under that of its collective."""
    return ("　" if row.member else "") + named(row.name, row.name_en)


def _all_units(totals: Totals) -> str:
    return _("{units} units, {bodies} bodies").format(units=totals.units, bodies=totals.bodies)


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


def reporting_rates(rows: Sequence[UnitRow]) -> list[str]:
    """How many of those that owe a return have reported, by unit and by body; a unit has where all its bodies have."""
    owing = [row for row in rows if row.items_due]
    if not owing:
        return []
    units = {row.unit for row in owing}
    silent = {row.unit for row in owing if not row.items_reported}
    bodies = sum(row.items_reported > 0 for row in owing)
    said = _("Reported: {units} of {all_units} units ({unit_rate} %), {bodies} of {all_bodies} bodies ({body_rate} %)")
    return [
        said.format(
            units=len(units - silent),
            all_units=len(units),
            unit_rate=rate(len(units - silent), len(units)),
            bodies=bodies,
            all_bodies=len(owing),
            body_rate=rate(bodies, len(owing)),
        )
    ]
