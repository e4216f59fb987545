"""What the papers on a quarter show besides the report: lateness in four blocks, entries, totals, the year so far."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from anju_cli.i18n import _, named
from anju_cli.render.page import Column, Table, count, day, figure, figures, text
from anju_cli.render.pages.units import REASONS, lateness
from anju_cli.render.wording import labels

if TYPE_CHECKING:
    from anju_cli.reports.quarter.material import Curve, QuarterDossier

EMPTY = ("", "")


def late_tables(dossier: QuarterDossier) -> list[Table]:
    """Who is late, in four blocks that are never mixed, each in plan order."""
    blocks = {code: [row for row in dossier.late if row.reason == code] for code in REASONS}
    return [lateness(block, labels.aside(labels.reason(code), len(block))) for code, block in blocks.items()]


def entries_table(dossier: QuarterDossier) -> Table:
    """Every entry that counts in the quarter, with its words and its receipt."""
    head = [*figures(_("Entry"), _("Filing")), Column(_("Task")), Column(_("Body")), Column(_("Happened"))]
    head += [Column(_("Received")), *figures(_("Quantity"), _("Stated total")), Column(_("Kind")), Column(_("By"))]
    head += [Column(_("Note")), Column(_("Reason given")), Column(_("Evidence")), Column(_("Receipt"))]
    cells = []
    for row in dossier.entries:
        kind = labels.entry_kind(row.kind, row.quantity, row.stated_total)
        kind += f" #{row.corrects}" if row.corrects else ""
        followed = _(", followed by #{n}").format(n=row.corrected_by) if row.corrected_by else ""
        cells.append(
            [
                text(row.id, "", row.id),
                text(row.filing, "", row.filing),
                text(named(*dossier.item_names.get(row.item, EMPTY)) or row.item),
                text(named(*dossier.body_names.get(row.unit, EMPTY)) or row.unit),
                day(row.on),
                day(row.received_on),
                figure(row.quantity, sign=True),
                figure(row.stated_total),
                text(kind + followed),
                text(row.by),
                text(row.note),
                text(row.reason),
                text(row.evidence),
                text(row.receipt),
            ]
        )
    return Table(_("Entries"), head, cells, _("No entries."))


def returns_table(dossier: QuarterDossier) -> Table:
    """How the returns came, in numbers of reporting bodies."""
    states = [each.state for each in dossier.bodies if each.state != "none"]
    head = [Column(_("Returns")), *figures(_("Bodies"))]
    rows = [[text(_("Reporting bodies that owe a return")), count(len(states))]]
    for code in ("reported", "late_return", "returned", "unreported", "open"):
        rows.append([text(labels.state(code)), count(states.count(code))])
    partly = sum(1 for each in dossier.bodies if each.state in ("reported", "late_return") and each.missing)
    rows.append([text(_("Reported, with rows missing")), count(partly)])
    return Table(_("Returns"), head, rows)


def curve_table(curve: Curve) -> Table:
    """A target over the year, in figures."""
    head = [Column(_("Until")), *figures(_("Cumulative"), _("Expected"))]
    told = [point for point in curve.points if (point.cumulative, point.expected) != (None, None)]
    cells = [[day(point.on), figure(point.cumulative), figure(point.expected)] for point in told]
    return Table(labels.aside(named(curve.name, curve.name_en), curve.measure), head, cells)


def shown_curves(dossier: QuarterDossier) -> Iterator[Curve]:
    """The targets that have something to draw."""
    for curve in dossier.curves:
        if any(point.cumulative or point.expected for point in curve.points):
            yield curve
