"""Who is late, in which of four ways, with what."""

from anju_cli.domain.grammar import parse_quarter
from anju_cli.domain.names import find_body
from anju_cli.domain.overdue import REASONS, Late, worst_first
from anju_cli.domain.periods import QUARTERS, quarter_code
from anju_cli.errors import Unclear
from anju_cli.i18n import _
from anju_cli.reports.answers.late import LateScope
from anju_cli.reports.answers.rows import Lateness
from anju_cli.reports.figures import Figures, at_today
from anju_cli.reports.view import View


def overdue(
    view: View, *, reason: str | None = None, unit: str | None = None, quarter: str | None = None
) -> list[Lateness]:
    """Who is late, in which of four ways, with what: worst first. Filtered by reason, unit and quarter."""
    figures, asked = _asked(view, reason, unit, quarter)
    late = [
        each
        for each in all_late(figures)
        if reason in (None, each.reason)
        and (asked.unit is None or each.body in figures.plan.reporting(asked.unit))
        and (asked.quarter is None or each.quarter == parse_quarter(asked.quarter, view.year))
    ]
    return [figures.lateness(each) for each in worst_first(late)]


def asked(view: View, *, reason: str | None = None, unit: str | None = None, quarter: str | None = None) -> LateScope:
    """What the list of who is late was asked for: a page that shows nobody must still say of whom and when."""
    return _asked(view, reason, unit, quarter)[1]


def _asked(view: View, reason: str | None, unit: str | None, quarter: str | None) -> tuple[Figures, LateScope]:
    figures = at_today(view)
    plan = figures.plan
    if reason is not None and reason not in REASONS:
        raise Unclear(_("no such reason"), got=reason, hint=", ".join(REASONS))
    body = find_body(plan, unit) if unit else None
    code = quarter_code(parse_quarter(quarter, plan.year)) if quarter else None
    provisional = "return_deadline" in plan.settings.inferred
    return figures, LateScope(
        plan=plan.id,
        title=plan.title,
        title_en=plan.title_en,
        as_of=figures.as_of,
        reason=reason,
        unit=body.id if body else None,
        unit_name=body.name if body else "",
        unit_name_en=body.name_en if body else "",
        quarter=code,
        deadline_inferred=provisional,
    )


def all_late(figures: Figures) -> list[Late]:
    """Everything that is late in any of the four ways: work, what was resolved or assigned, returns."""
    return figures.late_work() + figures.late_matters() + figures.late_reporting(figures.owed(QUARTERS))
