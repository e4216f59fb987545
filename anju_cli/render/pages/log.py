"""The ledger as a log."""

from __future__ import annotations

from typing import TYPE_CHECKING

from anju_cli.i18n import _, named, pgettext
from anju_cli.render.page import Cell, Column, Page, Table, day, figure, figures, text
from anju_cli.render.pages.common import revision
from anju_cli.render.wording import labels
from anju_cli.render.wording import record_labels as words

if TYPE_CHECKING:
    from anju_cli.reports.answers.ledger import LogRow


def log_page(rows: list[LogRow]) -> Page:
    """Everything that was recorded, in order."""
    head = [Column(_("Recorded")), Column(_("By")), Column(_("What")), *figures(_("Filing"))]
    head += [Column(_("Quarter")), Column(_("Task")), Column(_("Body")), Column(_("Date"))]
    head += [*figures(_("Before"), _("After")), Column(_("Words")), Column(_("Evidence")), Column(_("Document"))]
    return Page("", [], [Table(_("Log"), head, [_row(row) for row in rows], _("No entries."))])


def _row(row: LogRow) -> list[Cell]:
    return [
        text(labels.moment(row.recorded_at)),
        text(row.by),
        text(_what(row)),
        figure(row.filing),
        text(labels.quarter(row.quarter) if row.quarter else None),
        text(named(row.item_name or "", row.item_name_en or "")),
        text(row.unit),
        day(row.on),
        figure(row.before),
        figure(row.after),
        text(revision(int(row.words), None) if row.what == "plan" and row.words else row.words),
        text(row.evidence),
        text(row.document),
    ]


def _what(row: LogRow) -> str:
    if row.what == "return":
        return labels.pair(pgettext("noun", "Return"), words.return_state(row.event or ""))
    if row.what == "project":
        return labels.aside(_("Project"), row.ref or "")
    if row.event:
        return labels.pair(labels.aside(words.matter(row.what), row.ref or ""), words.event(row.event, row.what))
    return labels.aside(labels.logged(row.what), f"#{row.entry}") if row.entry else labels.logged(row.what)
