"""The reports on a quarter, a year and a unit, the trend, and where we stand."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from anju_cli.i18n import _, named, pgettext
from anju_cli.render.bars import bar, sparkline
from anju_cli.render.page import DRAWING, Column, Page, Table, day, figure, figures, text
from anju_cli.render.pages import common, project_part
from anju_cli.render.pages.matters import in_place_totals
from anju_cli.render.pages.units import late_blocks
from anju_cli.render.wording import labels

if TYPE_CHECKING:
    from anju_cli.reports.answers.dates import Status
    from anju_cli.reports.answers.quarter import QuarterReport
    from anju_cli.reports.answers.units import Return, UnitReport
    from anju_cli.reports.answers.year import QuarterlyTarget, TrendPoint, YearReport


def quarter_page(report: QuarterReport) -> Page:
    """The quarter's targets, milestones and units."""
    title = _("Housing tasks, {quarter} {year}").format(year=report.year, quarter=labels.quarter(report.quarter))
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
            *project_part.report_tables(report),
        ],
        [
            *project_part.report_notes(report),
            common.pace_rule(report.targets),
            common.lights_rule(report),
            *common.counting_rule(report.targets),
            *common.restated_rule(report.targets),
            *common.inferred_rule([*report.targets, *report.milestones]),
            in_place_totals(report.in_place),
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
        _("Housing tasks, {year}").format(year=report.year),
        [common.heading(report), as_of, *common.known(report.known_at)],
        [
            common.targets(report.targets, _("Targets"), quarter=False),
            _by_quarter(report.quarterly),
            common.milestones(report.milestones, _("Milestones")),
            common.units(report.units, report.totals, _("Units: work and returns of the quarters that have ended")),
        ],
        [
            common.pace_rule(report.targets),
            common.lights_rule(report),
            *common.restated_rule(report.targets),
            *common.inferred_rule([*report.targets, *report.milestones]),
            common.ledger(report.ledger),
        ],
    )


def _by_quarter(rows: Sequence[QuarterlyTarget]) -> Table:
    codes = [labels.quarter(f"Q{number}") for number in range(1, 5)]
    head = [Column(_("Target")), Column(_("Measure")), *figures(*codes), DRAWING]
    cells = [
        [
            text(named(row.name, row.name_en)),
            text(row.measure),
            *map(figure, row.quarters),
            text(sparkline(row.quarters, None)),
        ]
        for row in common.in_order(rows)
    ]
    return Table(_("By quarter"), head, cells, _("No targets."))


def unit_page(report: UnitReport) -> Page:
    """One unit's sheet."""
    as_of = _("As of {as_of}").format(as_of=labels.long_date(report.as_of))
    return Page(
        labels.aside(named(report.name, report.name_en), report.unit),
        [common.heading(report), as_of, common.deadline(report), *common.known(report.known_at)],
        [
            common.targets(report.targets, _("Targets it leads, assists with or has a part of"), quarter=True),
            common.milestones(report.milestones, _("Milestones")),
            _returns(report.returns),
            *late_blocks(report.late),
        ],
        [
            common.lights_rule(report),
            *common.inferred_rule([*report.targets, *report.milestones]),
            common.ledger(report.ledger),
        ],
    )


def _returns(rows: Sequence[Return]) -> Table:
    head = [
        Column(_("Quarter")),
        Column(_("Body")),
        Column(_("Task")),
        Column(_("Deadline")),
        Column(pgettext("return", "State")),
    ]
    head += [Column(_("First received")), *figures(_("Quantity")), Column(_("Measure"))]
    cells = [
        [
            text(labels.quarter(row.quarter)),
            text(named(row.name, row.name_en)),
            text(named(row.item_name, row.item_name_en)),
            day(row.deadline),
            text(_state(row), labels.STATE_TONES[row.state]),
            day(row.first_received),
            figure(row.quantity),
            text(row.measure),
        ]
        for row in rows
    ]
    return Table(_("Returns owed"), head, cells, _("Nothing is owed."))


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
        title = f"{labels.aside(named(last.name, last.name_en), last.measure)}  {line}  {last.cumulative}"
        tables.append(_months(title + (f" / {last.goal}" if last.goal else ""), rows))
    return Page(_("Trend by month"), [], tables, [] if tables else [_("Nothing yet.")])


def _months(title: str, rows: Sequence[TrendPoint]) -> Table:
    head = [Column(_("Until")), *figures(_("This month"), _("Cumulative"), _("Completion (%)"), _("Expected (%)"))]
    cells = [
        [
            day(row.on),
            figure(row.quantity),
            figure(row.cumulative),
            figure(row.completion_rate),
            figure(row.expected_rate),
            text(labels.light(row.light), labels.LIGHT_TONES.get(row.light or "", "")),
            text(bar(row.completion_rate, row.expected_rate) or " "),
        ]
        for row in rows
    ]
    return Table(title, [*head, Column(_("Light")), DRAWING], cells)


def status_page(status: Status) -> Page:
    """Where do we stand, in under a screen."""
    counted = _("Overdue {overdue} · behind {behind} · not reported {unreported} · late returns {late}").format(
        overdue=status.overdue, behind=status.behind, unreported=status.unreported, late=status.late_return
    )
    head = [Column(_("Target")), *figures(_("Cumulative"), _("Goal")), Column(_("Measure"))]
    head += [*figures(_("Completion (%)"), _("Expected (%)")), Column(_("Light")), DRAWING]
    rows = [
        [
            text(named(row.name, row.name_en)),
            figure(row.cumulative),
            figure(row.goal),
            text(row.measure),
            figure(row.completion_rate),
            figure(row.expected_rate),
            text(labels.light(row.light), labels.LIGHT_TONES.get(row.light or "", "")),
            text(bar(row.completion_rate, row.expected_rate) or " ", labels.LIGHT_TONES.get(row.light or "", "")),
        ]
        for row in status.targets
    ]
    coming = Table(
        _("Next"),
        [Column(_("Date")), *figures(_("Days")), Column(_("What"))],
        [
            [day(each.on), figure(each.days), text(_what(each.what, each.quarter, each.item_name, each.item_name_en))]
            for each in status.next
        ],
        _("Nothing lies ahead."),
    )
    as_of = _("{quarter}, as of {as_of}").format(
        quarter=labels.quarter(status.quarter), as_of=labels.long_date(status.as_of)
    )
    return Page(
        common.heading(status),
        [as_of, counted, *common.known(status.known_at)],
        [Table("", head, rows, _("No targets.")), coming],
        [common.ledger(status.ledger), _("More: anju report quarter, anju units overdue, anju --help")],
    )


def _what(code: str, quarter: str | None, name: str | None, name_en: str | None) -> str:
    if quarter:
        return labels.aside(labels.next_date(code), labels.quarter(quarter))
    return labels.pair(pgettext("date", "Due"), named(name or "", name_en or ""))
