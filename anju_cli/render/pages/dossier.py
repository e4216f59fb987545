"""What the papers on a quarter show besides the report: lateness in four blocks, entries, totals, the year so far."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from anju_cli.i18n import _, named
from anju_cli.render import columns
from anju_cli.render.columns import ColumnOf
from anju_cli.render.page import Table, text
from anju_cli.render.pages.ledger import entry_kind
from anju_cli.render.pages.units import blocks, lateness
from anju_cli.render.wording import labels

if TYPE_CHECKING:
    from anju_cli.reports.answers.ledger import EntryRow
    from anju_cli.reports.quarter.material import Curve, CurvePoint, QuarterDossier

EMPTY = ("", "")
STATES = ("reported", "late_return", "returned", "unreported", "open")
"""What may have become of a return, in the order in which it is told."""


def late_tables(dossier: QuarterDossier) -> list[Table]:
    """Who is late, in four blocks that are never mixed, each in plan order."""
    return [lateness(block, labels.aside(labels.reason(code), len(block))) for code, block in blocks(dossier.late)]


def entries_table(dossier: QuarterDossier) -> Table:
    """Every entry that counts in the quarter, with its words and its receipt."""
    return columns.table(_("Entries"), _entry_columns(dossier), dossier.entries, _("No entries."))


def _entry_columns(dossier: QuarterDossier) -> list[ColumnOf[EntryRow]]:
    return [
        columns.figure("id", _("Entry"), lambda row: text(row.id, "", row.id)),
        columns.figure("filing", _("Filing"), lambda row: text(row.filing, "", row.filing)),
        columns.words("item", _("Task"), lambda row: named(*dossier.item_names.get(row.item, EMPTY)) or row.item),
        columns.words("unit", _("Body"), lambda row: named(*dossier.body_names.get(row.unit, EMPTY)) or row.unit),
        columns.day("on", _("Happened")),
        columns.day("received_on", _("Received")),
        columns.figure("quantity", _("Quantity"), sign=True),
        columns.figure("stated_total", _("Stated total")),
        columns.words("kind", _("Kind"), entry_kind),
        columns.words("by", _("By")),
        columns.words("note", _("Note")),
        columns.words("reason", _("Reason given")),
        columns.words("evidence", _("Evidence")),
        columns.code("receipt", _("Receipt")),
    ]


class ReturnCount(NamedTuple):
    """How many bodies reported in one way."""

    way: str
    bodies: int


def returns_table(dossier: QuarterDossier) -> Table:
    """How the returns came, in numbers of reporting bodies."""
    states = [body.state for body in dossier.bodies if body.state != "none"]
    partly = sum(1 for body in dossier.bodies if body.state in ("reported", "late_return") and body.missing)
    rows = [
        ReturnCount(_("Reporting bodies that owe a return"), len(states)),
        *(ReturnCount(labels.state(code), states.count(code)) for code in STATES),
        ReturnCount(_("Reported, with rows missing"), partly),
    ]
    return columns.table(_("Returns"), _count_columns(), rows)


def _count_columns() -> list[ColumnOf[ReturnCount]]:
    return [columns.words("way", _("Returns")), columns.count("bodies", _("Bodies"))]


def curve_table(curve: Curve) -> Table:
    """A target over the year, in figures."""
    title = labels.aside(named(curve.name, curve.name_en), curve.measure)
    told = [point for point in curve.points if (point.cumulative, point.expected) != (None, None)]
    return columns.table(title, _curve_columns(), told)


def _curve_columns() -> list[ColumnOf[CurvePoint]]:
    return [
        columns.day("on", _("Until")),
        columns.figure("cumulative", _("Cumulative")),
        columns.figure("expected", _("Expected")),
    ]


def shown_curves(dossier: QuarterDossier) -> Iterator[Curve]:
    """The targets that have something to draw."""
    for curve in dossier.curves:
        if any(point.cumulative or point.expected for point in curve.points):
            yield curve
