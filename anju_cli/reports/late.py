"""Who is late, in which way, with what."""

from typing import NamedTuple

from anju_cli.domain import overdue as lateness
from anju_cli.domain.names import find_body
from anju_cli.domain.overdue import Late, Reason, worst_first
from anju_cli.domain.plan import Body
from anju_cli.domain.quarters import quarter_code
from anju_cli.i18n import _
from anju_cli.reports.answers.late import LateScope
from anju_cli.reports.answers.rows import Lateness
from anju_cli.reports.figures import Figures, at_today
from anju_cli.reports.projects.door import late_facilities
from anju_cli.reports.view import View


class WhoIsLate(NamedTuple):
    """Who is late, worst first, and what was asked: a page that shows nobody must still say of whom and when."""

    rows: list[Lateness]
    asked: LateScope


def overdue(view: View, *, reason: str | None = None, unit: str | None = None, quarter: int | None = None) -> WhoIsLate:
    """Who is late, in which way, with what, as at today; of one reason, unit or quarter where it is named.

    Raises Unclear where there is no such reason or unit.
    """
    wanted = Reason.read(reason, _("no such reason")) if reason is not None else None
    figures = at_today(view)
    body = find_body(figures.plan, unit) if unit else None
    late = [
        row
        for row in all_late(figures)
        if wanted in (None, row.reason)
        and (body is None or row.body in figures.plan.reporting(body.id))
        and quarter in (None, row.quarter)
    ]
    return WhoIsLate([figures.lateness(row) for row in worst_first(late)], _asked(figures, wanted, body, quarter))


def _asked(figures: Figures, reason: str | None, body: Body | None, quarter: int | None) -> LateScope:
    plan = figures.plan
    return LateScope(
        plan=plan.id,
        title=plan.title,
        title_en=plan.title_en,
        as_of=figures.as_of,
        reason=reason,
        unit=body.id if body else None,
        unit_name=body.name if body else "",
        unit_name_en=body.name_en if body else "",
        quarter=quarter_code(quarter) if quarter else None,
        deadline_inferred="return_deadline" in plan.settings.inferred,
    )


def all_late(figures: Figures) -> list[Late]:
    """Everything that is late in any way: work, what was resolved or assigned, returns."""
    return (
        figures.late_work()
        + figures.late_matters()
        + late_records(figures)
        + figures.late_reporting(figures.owed(figures.plan.quarters.numbers))
    )


def late_records(figures: Figures) -> list[Late]:
    """Slips that have lapsed, and facilities that should be in use."""
    view, plan, on = figures.view, figures.plan, figures.as_of
    slips = lateness.late_slips(plan, figures.matters, on, figures.calendar)
    return [*slips, *late_facilities(view, plan, on, figures.calendar)]
