"""Why circulated figures are others today."""

from __future__ import annotations

from typing import TYPE_CHECKING

from anju_cli.i18n import _, named
from anju_cli.render import columns
from anju_cli.render.columns import ColumnOf
from anju_cli.render.page import Page
from anju_cli.render.wording import labels

if TYPE_CHECKING:
    from anju_cli.reports.answers.why import Why, WhyLine, WhyRow


def why_page(why: Why) -> Page:
    """What was circulated, what stands now, and the causes between."""
    title = _("Why figures of {quarter} have changed").format(quarter=labels.quarter(why.quarter))
    lines = [
        _("Frozen {moment}, as of {as_of}; now as of {now}").format(
            moment=labels.moment(why.frozen_at),
            as_of=labels.long_date(why.circulated_as_of),
            now=labels.long_date(why.now_as_of),
        )
    ]
    lines += [_("Bulletin {number}").format(number=why.bulletin)] if why.bulletin else []
    names = {(row.item, row.unit): _task(row) for row in why.figures}
    return Page(
        title,
        lines,
        [
            columns.table(_("Figures"), _figure_columns(), why.figures, _("No figure has changed.")),
            columns.table(_("Causes"), _cause_columns(names), why.lines, _("No cause was recorded.")),
        ],
        [_("The lines of a figure add up to its change.")] if why.lines else [],
    )


def _task(row: WhyRow) -> str:
    name = named(row.name, row.name_en)
    return labels.aside(name, row.unit) if row.unit else name


def _figure_columns() -> list[ColumnOf[WhyRow]]:
    return [
        columns.words("name", _("Task"), _task),
        columns.code("measure", _("Measure")),
        columns.figure("circulated", _("As circulated")),
        columns.figure("now", _("Now")),
        columns.figure("change", _("Change"), sign=True),
        columns.figure("circulated_rate", _("Circulated (%)")),
        columns.figure("now_rate", _("Now (%)")),
        columns.figure("rate_change", _("Change (points)"), sign=True),
    ]


def _cause_columns(names: dict[tuple[str, str | None], str]) -> list[ColumnOf[WhyLine]]:
    """The columns of causes; `names` are those of the tasks and their parts."""
    return [
        columns.words("item", _("Task"), lambda line: names.get((line.item, line.unit), line.item)),
        columns.words("cause", _("Cause"), _cause),
        columns.figure("change", _("Change"), sign=True),
        columns.figure("rate_change", _("Change (points)"), sign=True),
        columns.words("body", _("Body"), lambda line: labels.aside(line.body, f"#{line.entry}") if line.body else None),
        columns.day("on", _("Happened")),
        columns.words("reason", _("Why")),
        columns.code("document", _("Document")),
        columns.words("by", _("By")),
        columns.when(
            "recorded_at", _("Recorded"), lambda line: labels.moment(line.recorded_at) if line.recorded_at else None
        ),
    ]


def _cause(line: WhyLine) -> str:
    cause = labels.cause(line.cause)
    if not line.booked_in:
        return cause
    booked = _("{quantity} booked in {quarter}, unchanged here")
    return labels.aside(cause, booked.format(quantity=f"{line.carried:+}", quarter=labels.quarter(line.booked_in)))
