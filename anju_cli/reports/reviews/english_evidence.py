"""Lines of evidence on a plan that is written in English."""

from datetime import date

from anju_cli.reports.answers.rows import Lateness, Target


def english_line(as_of: date, row: Lateness, target: Target | None) -> str:
    """What is late, as a notice quotes it: a target behind its pace, or what is past its date."""
    place = f" (the plan, {row.clause})" if row.clause and row.kind in ("target", "milestone", "duty") else ""
    if target is None:
        working = f", {row.working_days_overdue} of them working days" if row.working_days_overdue is not None else ""
        past = f"not done as of {as_of.isoformat()}, {row.days_overdue} days overdue{working}"
        return f"{row.item_name_en}{place}, due {row.due}: {past}"
    return f"{row.item_name_en}{place}: {', '.join(_standing(row, target))}"


def _standing(row: Lateness, target: Target) -> list[str]:
    """How far a target, or a unit's part of it, has come."""
    part = f"part of {target.goal} {target.measure}" if target.unit else ""
    reached = f"{row.cumulative} {target.measure}" if row.cumulative is not None else ""
    rated = f"completion {target.completion_rate} %" if target.completion_rate is not None else ""
    gap = f"{abs(row.gap_points)} points behind the pace" if row.gap_points is not None else ""
    return [said for said in (part, reached, rated, gap) if said]
