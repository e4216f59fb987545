"""The report on a quarter as one HTML file: a card and a curve for each target, tables, bars by unit, who is late."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from anju_cli.i18n import _, named
from anju_cli.render import columns
from anju_cli.render.pages import dossier as pages
from anju_cli.render.pages.common import in_order, target_columns
from anju_cli.render.pages.goals import status
from anju_cli.render.pages.reports import quarter_page
from anju_cli.render.web.charts import Chart, curve_chart
from anju_cli.render.web.pages import html
from anju_cli.render.wording import labels

if TYPE_CHECKING:
    from anju_cli.render.paper import Paper
    from anju_cli.reports.answers.rows import Target
    from anju_cli.reports.quarter.material import QuarterDossier

FULL = Decimal(100)


class Card(NamedTuple):
    """A target at a glance: its light in words, its figures, and its curve where it has one."""

    id: str
    name: str
    light: str
    light_words: str
    status: str
    facts: tuple[tuple[str, str], ...]
    chart: Chart | None
    title: str
    """What the picture shows, for those who do not see it."""


class Bar(NamedTuple):
    """A body's share of owed rows that came, as a bar of 100."""

    name: str
    member: bool
    width: Decimal
    words: str


def quarter_html(source: tuple[QuarterDossier, Paper]) -> bytes:
    """The report as one HTML file."""
    dossier, _paper = source
    page = quarter_page(dossier.report)
    targets, milestones, units, *others = page.tables
    return html(
        "quarter.html.j2",
        page=page,
        title=page.title,
        cards=[_card(row, dossier) for row in in_order(dossier.report.targets) if row.unit is None],
        targets=targets,
        milestones=milestones,
        units=units,
        bars=_bars(dossier),
        others=others,
        late=pages.late_tables(dossier),
        words={
            "reached": _("Cumulative"),
            "expected": _("Expected"),
            "goal": _("Goal"),
            "bars": _("Rows reported, by unit, in plan order"),
            "late": _("Late or not reported"),
        },
    )


def _card(row: Target, dossier: QuarterDossier) -> Card:
    curve = next((each for each in pages.shown_curves(dossier) if each.item == row.id), None)
    name = named(row.name, row.name_en)
    reached = None if row.cumulative is None else str(row.cumulative)
    if reached and row.goal is not None:
        reached += f" / {labels.ceiling(row.direction)}{row.goal}"
    gap = None if row.gap_points is None else f"{row.gap_points:+}"
    heads = columns.heads(target_columns()) | ({"cumulative": _("Where it stands")} if row.level else {})
    facts = {
        "cumulative": f"{reached} {row.measure}" if reached else None,
        "completion_rate": row.completion_rate,
        "expected_rate": row.expected_rate,
        "gap_points": gap,
    }
    return Card(
        id=row.id,
        name=name,
        light=row.light or "none",
        light_words=labels.light(row.light) if row.light else "",
        status=status(row) if row.status else "",
        facts=tuple((heads[key], str(value)) for key, value in facts.items() if value is not None),
        chart=curve_chart(curve) if curve else None,
        title=_("{name}: cumulative against expected over the year").format(name=name),
    )


def _bars(dossier: QuarterDossier) -> list[Bar]:
    return [
        Bar(
            name=named(row.name, row.name_en),
            member=row.member is not None,
            width=min(row.reporting_rate or Decimal(0), FULL),
            words=f"{row.items_reported}/{row.items_due} · {row.reporting_rate}%" if row.items_due else "—",
        )
        for row in dossier.report.units
    ]
