"""What became of returns that were imported."""

from __future__ import annotations

from typing import TYPE_CHECKING

from anju_cli.domain.plan import Plan
from anju_cli.domain.quarters import quarter_code
from anju_cli.domain.rates import measured
from anju_cli.i18n import _, named
from anju_cli.render.page import Page
from anju_cli.render.pages.ledger import undoing
from anju_cli.render.recorded import ReturnProblem, ReturnRowTaken, ReturnTaken
from anju_cli.render.wording import labels, record_labels

if TYPE_CHECKING:
    from anju_cli.domain.problems import Problem
    from anju_cli.ledger.returns.importing import Imported, Imports
    from anju_cli.ledger.returns.matching import Decision


def imported_record(recorded: Imports, dry_run: bool) -> list[ReturnTaken]:
    """What became of each return, as JSON has it."""
    return [_imported_record(recorded.plan, imported, dry_run) for imported in recorded.returns]


def _imported_record(plan: Plan, imported: Imported, dry_run: bool) -> ReturnTaken:
    first, deadline, filed = imported.first_received, imported.deadline, imported.filed
    return ReturnTaken(
        plan=plan.id,
        dry_run=dry_run,
        file=imported.file,
        unit=imported.unit,
        quarter=quarter_code(imported.quarter) if imported.quarter else None,
        state=imported.state,
        received_on=imported.received_on,
        first_received=first,
        deadline=deadline,
        on_time=first <= deadline if first and deadline else None,
        times_returned=imported.times_returned,
        filing=filed.filing["id"] if filed else None,
        receipt=filed.receipt if filed else None,
        entries=len(filed.entries) if filed else 0,
        rows=tuple(_row_record(plan, row) for row in imported.decisions),
        blank=imported.blank,
        problems=tuple(_problem_record(problem) for problem in imported.problems),
    )


def _row_record(plan: Plan, row: Decision) -> ReturnRowTaken:
    decimals = _decimals(plan, row.item)
    quantity, recorded = measured(row.quantity, decimals), measured(row.recorded, decimals)
    return ReturnRowTaken(row.item, row.project, row.action, quantity, recorded)


def _problem_record(problem: Problem) -> ReturnProblem:
    return ReturnProblem(**{name: getattr(problem, name) for name in ReturnProblem._fields})


def _decimals(plan: Plan, item: str) -> int:
    return plan.by_id.get(item, plan.summary).decimals


MOST_LINES = 200
"""Problems shown on the screen; all of them go into --errors-to and JSON."""


def imported_page(recorded: Imports, dry_run: bool) -> Page:
    """What became of each return, and every problem with its cell, grouped by kind."""
    plan, returns = recorded
    lines: list[str] = []
    for returned in returns:
        lines += [_head(plan, returned), *_done(plan, returned, dry_run)]
        for kind in ("problem", "conflict", "warning"):
            found = [str(problem) for problem in returned.problems if problem.kind == kind]
            lines += [labels.aside(record_labels.found(kind), len(found)), *found[:MOST_LINES]] if found else []
            if len(found) > MOST_LINES:
                lines.append(_("… and {n} more; --errors-to FILE has them all").format(n=len(found) - MOST_LINES))
    booked = (
        [] if dry_run else [returned.filed for returned in returns if returned.filed and returned.state == "adopted"]
    )
    return Page("", lines, undo=[command for filed in booked for command in undoing(filed)])


def _head(plan: Plan, each: Imported) -> str:
    """Whose, for when, and what became of it."""
    if each.unit is None or each.quarter is None:
        return labels.pair(each.file, record_labels.return_state(each.state))
    body = plan.body_by_id[each.unit]
    said = [
        named(body.name, body.name_en),
        labels.quarter(quarter_code(each.quarter)),
        record_labels.return_state(each.state),
        _("received {day}").format(day=each.received_on),
    ]
    if each.first_received and each.deadline:
        on_time = each.first_received <= each.deadline
        first = _("on time") if on_time else _("late: due {deadline}").format(deadline=each.deadline)
        said.append(first)
    said += [_("times returned: {n}").format(n=each.times_returned)] if each.times_returned else []
    return labels.pair(each.file, " · ".join(said))


def _done(plan: Plan, each: Imported, dry_run: bool) -> list[str]:
    """What was booked, what was left, the receipt."""
    lines = []
    taken = each.decisions if each.state == "adopted" else ()  # of what is not adopted nothing was added
    for row in taken if dry_run and len(taken) <= MOST_LINES else ():
        item = plan.by_id.get(row.item, plan.summary)
        of = (
            labels.aside(named(item.name, item.name_en), row.project) if row.project else named(item.name, item.name_en)
        )
        figure = "" if row.quantity is None else f" {measured(row.quantity, item.decimals)}"
        before = (
            "" if row.recorded is None else " " + _("(recorded {n})").format(n=measured(row.recorded, item.decimals))
        )
        lines.append(f"  {record_labels.action(row.action)} · {of}{figure}{before}")
    counts: dict[str, int] = {}
    for row in taken:
        counts[row.action] = counts.get(row.action, 0) + 1
    if counts:
        lines.append(" · ".join(f"{record_labels.action(action)} {count}" for action, count in counts.items()))
    if each.blank:
        items = [plan.by_id.get(item, plan.summary) for item in each.blank]
        lines.append(labels.pair(_("Left blank, not reported"), labels.listed(named(i.name, i.name_en) for i in items)))
    if dry_run:
        lines.append(_("Dry run, nothing was written"))
    elif each.state == "already":
        lines.append(_("Already recorded, nothing was written"))
    elif each.filed:
        said = _("Recorded: filing {n}, {entries} entries · receipt {receipt}")
        number = each.filed.filing["id"]
        lines.append(said.format(n=number, entries=len(each.filed.entries), receipt=each.filed.receipt))
    elif each.state == "adopted":
        lines.append(_("All of it had been recorded before; the receipt was kept"))
    elif each.state not in ("unknown", "passed_over"):
        lines.append(_("No figures were recorded; the receipt was kept"))
    return lines
