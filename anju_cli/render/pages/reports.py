"""The reports on a quarter, a year and a unit, the trend, and where we stand."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from anju_cli.i18n import _, named, pgettext
from anju_cli.render import columns
from anju_cli.render.bars import sparkline
from anju_cli.render.columns import ColumnOf
from anju_cli.render.page import Page, Table
from anju_cli.render.pages import common, goals, project_part
from anju_cli.render.pages.cases import case_tables
from anju_cli.render.pages.matters import in_place_totals
from anju_cli.render.pages.units import late_blocks
from anju_cli.render.wording import labels
from anju_cli.render.wording.quarters import quarters
from anju_cli.render.wording.quotas import above_whole
from anju_cli.render.wording.titles import tasks_of

if TYPE_CHECKING:
    from anju_cli.reports.answers.dates import NextDate, Status
    from anju_cli.reports.answers.quarter import QuarterReport
    from anju_cli.reports.answers.rows import Target
    from anju_cli.reports.answers.units import OwnFigure, Return, UnitReport
    from anju_cli.reports.answers.year import QuarterlyTarget, TrendPoint, YearReport


def quarter_page(report: QuarterReport) -> Page:
    """The quarter's targets, milestones and units."""
    of_quarter = _("{quarter} {year}").format(year=report.year, quarter=labels.quarter(report.quarter))
    title = tasks_of(report.title, report.title_en, of_quarter)
    period = _("Period {start} to {end} · targets as of {targets} · returns and milestones as of {as_of}").format(
        start=labels.long_date(report.period.start),
        end=labels.long_date(report.period.end),
        targets=labels.long_date(report.targets_as_of),
        as_of=labels.long_date(report.as_of),
    )
    early = [_("The quarter has not begun.")] if report.as_of < report.period.start else []
    return Page(
        title,
        [
            common.heading(report),
            *_only(report),
            period,
            *early,
            common.deadline(report),
            *_version(report),
        ],
        [
            common.targets(report.targets, _("Targets"), quarter=True),
            common.milestones(report.milestones, _("Milestones")),
            common.units(report.units, report.totals, _("Units: work and returns")),
            *case_tables(report.cases),
            *project_part.report_tables(report),
        ],
        [
            *common.reporting_rates(report.units),
            *goals.remainders(report.targets),
            *above_whole(report.targets),
            *project_part.report_notes(report),
            common.pace_rule(report.targets),
            common.lights_rule(report),
            *goals.levels_rule(report.targets),
            *goals.baselines(report.targets),
            *common.counting_rule(report.targets),
            *common.restated_rule(report.targets),
            *common.inferred_rule([*report.targets, *report.milestones]),
            *in_place_totals(report.in_place),
            common.ledger(report.ledger),
        ],
    )


def _only(report: QuarterReport) -> list[str]:
    """Of whom the report is, where it is not of all."""
    name = named(report.unit_name, report.unit_name_en)
    return [_("Of one unit alone: {name}").format(name=name)] if name else []


def _version(report: QuarterReport) -> list[str]:
    """Whether this is what was circulated, and what became of it since."""
    version = report.circulated
    if version is None:
        return common.known(report.known_at)
    lines = [_("As frozen at {moment}").format(moment=labels.moment(version.frozen_at))]
    if version.bulletin:
        lines.append(_("Circulated as {number} of {on}").format(number=version.bulletin, on=version.bulletin_on))
    if version.restated:
        changed = _("Restated since, filings: {n}; --now shows today's figures, anju report why {quarter} the causes")
        lines.append(changed.format(n=version.restated, quarter=report.quarter))
    return lines


def year_page(report: YearReport) -> Page:
    """The year's targets by quarter, milestones, and units over all quarters that have ended."""
    as_of = _("As of {as_of}").format(as_of=labels.long_date(report.as_of))
    return Page(
        tasks_of(report.title, report.title_en, _("{year}").format(year=report.year)),
        [common.heading(report), as_of, *common.known(report.known_at)],
        [
            common.targets(report.targets, _("Targets"), quarter=False),
            _by_quarter(report.quarterly),
            common.milestones(report.milestones, _("Milestones")),
            common.units(report.units, report.totals, _("Units: work and returns of the quarters that have ended")),
            *(table.without(["received_cumulative", "cumulative"]) for table in case_tables(report.cases)),
        ],
        [
            *above_whole(report.targets),
            common.pace_rule(report.targets),
            common.lights_rule(report),
            *goals.levels_rule(report.targets),
            *goals.baselines(report.targets),
            *common.restated_rule(report.targets),
            *common.inferred_rule([*report.targets, *report.milestones]),
            common.ledger(report.ledger),
        ],
    )


def _by_quarter(rows: Sequence[QuarterlyTarget]) -> Table:
    return columns.table(_("By quarter"), _quarterly_columns(rows), common.in_order(rows), _("No targets."))


def _quarterly_columns(rows: Sequence[QuarterlyTarget]) -> list[ColumnOf[QuarterlyTarget]]:
    """What was brought in before the year, or came after it, has a column where there is any."""
    return [
        columns.words("name", _("Target"), lambda row: named(row.name, row.name_en)),
        columns.code("measure", _("Measure")),
        *_outside("before", rows),
        *(_of_quarter(number) for number, _code in enumerate(quarters(), 1)),
        *_outside("after", rows),
        columns.drawing(lambda row: sparkline(row.quarters, None)),
    ]


def _outside(name: str, rows: Sequence[QuarterlyTarget]) -> list[ColumnOf[QuarterlyTarget]]:
    return [columns.figure(name, labels.quarter(name))] if any(getattr(row, name) for row in rows) else []


def _of_quarter(number: int) -> ColumnOf[QuarterlyTarget]:
    return columns.figure(f"quarters.{number}", labels.quarter(f"Q{number}"), lambda row: row.quarters[number - 1])


def unit_page(report: UnitReport) -> Page:
    """One unit's sheet."""
    as_of = _("As of {as_of}").format(as_of=labels.long_date(report.as_of))
    if report.targets_as_of != report.as_of:
        days = _("Targets as of {targets} · milestones as of {milestones} · returns as of {as_of}")
        as_of = days.format(
            targets=labels.long_date(report.targets_as_of),
            milestones=labels.long_date(report.milestones_as_of),
            as_of=labels.long_date(report.as_of),
        )
    return Page(
        labels.aside(named(report.name, report.name_en), report.unit),
        [common.heading(report), as_of, common.deadline(report), *common.known(report.known_at)],
        [
            common.targets(report.targets, _("Targets it leads, assists with or has a part of"), quarter=True),
            *_own_figures(report),
            common.milestones(report.milestones, _("Milestones")),
            _returns(report.returns),
            *late_blocks(report.late),
        ],
        [
            *above_whole(report.targets),
            common.lights_rule(report),
            *goals.levels_rule(report.targets),
            *goals.baselines(report.targets),
            *common.inferred_rule([*report.targets, *report.milestones]),
            common.ledger(report.ledger),
        ],
    )


def _own_figures(report: UnitReport) -> list[Table]:
    """What it has reported itself, where that is not all that is counted."""
    whole = {row.id: row.cumulative for row in report.targets if row.unit is None}
    rows = [row for row in report.own if whole.get(row.item) != row.cumulative]
    return [columns.table(_("Its own figures"), _own_columns(), rows)] if rows else []


def _own_columns() -> list[ColumnOf[OwnFigure]]:
    return [
        columns.words("name", _("Target"), lambda row: named(row.name, row.name_en)),
        columns.code("measure", _("Measure")),
        columns.figure("quarter_quantity", _("This quarter")),
        columns.figure("cumulative", _("Cumulative")),
    ]


def _returns(rows: Sequence[Return]) -> Table:
    return columns.table(
        _("Returns owed"), _return_columns(any(row.received is not None for row in rows)), rows, _("Nothing is owed.")
    )


def _return_columns(cases: bool) -> list[ColumnOf[Return]]:
    taken_in: list[ColumnOf[Return]] = [columns.figure("received", pgettext("cases", "Taken in"))] if cases else []
    return [
        columns.code("quarter", _("Quarter"), lambda row: labels.quarter(row.quarter)),
        columns.words("name", _("Body"), lambda row: named(row.name, row.name_en)),
        columns.words("item_name", _("Task"), lambda row: named(row.item_name, row.item_name_en)),
        columns.day("deadline", _("Deadline")),
        columns.words("state", pgettext("return", "State"), _state, lambda row: labels.STATE_TONES[row.state]),
        columns.day("first_received", _("First received")),
        *taken_in,
        columns.figure("quantity", _("Quantity")),
        columns.code("measure", _("Measure")),
    ]


def _state(row: Return) -> str:
    """What became of a row, and how often the return it was in was sent back."""
    said = [labels.state(row.state)]
    said += [_("times returned: {n}").format(n=row.times_returned)] if row.times_returned else []
    said += [_("resubmitted {day}").format(day=row.resubmitted_on)] if row.resubmitted_on else []
    return labels.clauses(said)


def trend_page(points: list[TrendPoint]) -> Page:
    """Each target over the months: a line of blocks, and the figures."""
    tables = []
    for _item, group in groupby(points, key=lambda point: point.item):
        rows = list(group)
        last = rows[-1]
        line = sparkline([row.cumulative for row in rows], last.goal)
        reached = "—" if last.cumulative is None else last.cumulative
        goal = "" if last.goal is None else f" / {labels.ceiling(last.direction)}{last.goal}"
        title = f"{labels.aside(named(last.name, last.name_en), last.measure)}  {line}  {reached}{goal}"
        tables.append(_months(title, rows))
    return Page(_("Trend by month"), [], tables, [] if tables else [_("Nothing yet.")])


def _months(title: str, rows: Sequence[TrendPoint]) -> Table:
    return columns.table(title, _month_columns(), rows)


def _month_columns() -> list[ColumnOf[TrendPoint]]:
    return [
        columns.day("on", _("Until")),
        columns.figure("quantity", _("This month")),
        columns.figure("cumulative", _("Cumulative")),
        columns.figure("completion_rate", _("Completion (%)")),
        columns.figure("expected_rate", _("Expected (%)")),
        common.light(),
        columns.drawing(common.progress),
    ]


def status_page(status: Status) -> Page:
    """Where do we stand, in under a screen."""
    counted = _("Overdue {overdue} · behind {behind} · not reported {unreported} · late returns {late}").format(
        overdue=status.overdue, behind=status.behind, unreported=status.unreported, late=status.late_return
    )
    as_of = _("{quarter}, as of {as_of}").format(
        quarter=labels.quarter(status.quarter), as_of=labels.long_date(status.as_of)
    )
    return Page(
        common.heading(status),
        [as_of, counted, *common.known(status.known_at)],
        [
            columns.table("", _standing_columns(), status.targets, _("No targets.")),
            columns.table(_("Next"), _next_columns(), status.next, _("Nothing lies ahead.")),
        ],
        [
            *above_whole(status.targets),
            common.ledger(status.ledger),
            _("More: anju report quarter, anju units overdue, anju --help"),
        ],
    )


def _standing_columns() -> list[ColumnOf[Target]]:
    return [
        columns.words("name", _("Target"), lambda row: named(row.name, row.name_en)),
        columns.figure("cumulative", _("Cumulative")),
        columns.figure("goal", _("Goal"), goals.goal),
        columns.code("measure", _("Measure")),
        columns.figure("completion_rate", _("Completion (%)")),
        columns.figure("expected_rate", _("Expected (%)")),
        common.light(),
        columns.drawing(common.progress, common.light_tone),
    ]


def _next_columns() -> list[ColumnOf[NextDate]]:
    return [
        columns.day("on", _("Date")),
        columns.figure("days", _("Days")),
        columns.words("what", _("What"), _what),
    ]


def _what(row: NextDate) -> str:
    if row.quarter:
        return labels.aside(labels.next_date(row.what), labels.quarter(row.quarter))
    return labels.pair(pgettext("date", "Due"), named(row.item_name or "", row.item_name_en or ""))
