"""The ledger as a log."""

from __future__ import annotations

from typing import TYPE_CHECKING

from anju_cli.i18n import _, named, pgettext
from anju_cli.render import columns
from anju_cli.render.columns import ColumnOf
from anju_cli.render.page import Page
from anju_cli.render.pages.common import revision
from anju_cli.render.wording import labels
from anju_cli.render.wording import record_labels as words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from anju_cli.reports.answers.ledger import LogRow


def log_page(rows: Iterable[LogRow]) -> Page:
    """Everything that was recorded, in order."""
    return Page("", [], [columns.table(_("Log"), _log_columns(), rows, _("No entries."))])


def _log_columns() -> list[ColumnOf[LogRow]]:
    return [
        columns.when("recorded_at", _("Recorded"), lambda row: labels.moment(row.recorded_at)),
        columns.words("by", _("By")),
        columns.words("what", _("What"), _what),
        columns.figure("filing", _("Filing")),
        columns.code("quarter", _("Quarter"), lambda row: labels.quarter(row.quarter) if row.quarter else None),
        columns.words("item_name", _("Task"), lambda row: named(row.item_name or "", row.item_name_en or "")),
        columns.code("unit", _("Body")),
        columns.day("on", _("Date")),
        columns.figure("before", _("Before")),
        columns.figure("after", _("After")),
        columns.words("words", _("Words"), _words),
        columns.words("evidence", _("Evidence")),
        columns.code("document", _("Document")),
    ]


def _words(row: LogRow) -> str | None:
    return revision(int(row.words), None) if row.what == "plan" and row.words else row.words


def _what(row: LogRow) -> str:
    if row.what == "return":
        return labels.pair(pgettext("noun", "Return"), words.return_state(row.event or ""))
    if row.what == "project":
        return labels.aside(_("Project"), row.ref or "")
    if row.event:
        return labels.pair(labels.aside(words.matter(row.what), row.ref or ""), words.event(row.event, row.what))
    return labels.aside(labels.logged(row.what), f"#{row.entry}") if row.entry else labels.logged(row.what)
