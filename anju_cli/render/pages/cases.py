"""Case duties: cases taken in (受理) beside those closed (办结)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from anju_cli.i18n import _, named, pgettext
from anju_cli.render import columns
from anju_cli.render.columns import ColumnOf
from anju_cli.render.page import Table

if TYPE_CHECKING:
    from anju_cli.reports.answers.rows import CaseDuty


def case_tables(rows: Sequence[CaseDuty] | None) -> list[Table]:
    """The table of case duties; none where nobody has said how many cases were taken in."""
    told = any(row.received_cumulative is not None for row in rows or ())
    return [columns.table(_("Case duties"), _case_columns(), rows or ())] if told else []


def _case_columns() -> list[ColumnOf[CaseDuty]]:
    return [
        columns.words("name", _("Duty"), lambda row: named(row.name, row.name_en)),
        columns.words("unit_name", _("Body"), lambda row: named(row.unit_name, row.unit_name_en)),
        columns.code("measure", _("Measure")),
        columns.figure("received", pgettext("cases", "Taken in")),
        columns.figure("quantity", pgettext("cases", "Closed")),
        columns.figure("received_cumulative", pgettext("cases", "Taken in so far")),
        columns.figure("cumulative", pgettext("cases", "Closed so far")),
    ]
