"""Checks by computing again: what was circulated, made anew as known at its lock; parts against their totals."""

from collections.abc import Iterator

from anju_cli.domain.quarters import quarter_code
from anju_cli.domain.rates import measured
from anju_cli.i18n import _
from anju_cli.reports.answers.quarter import QuarterReport
from anju_cli.reports.figures import at_today
from anju_cli.reports.quarter.frozen import assessments_of, frozen_of, report_of
from anju_cli.reports.quarter.report import quarter_report
from anju_cli.reports.unit_rows import totals
from anju_cli.reports.view import View, view_on
from anju_cli.store import review_queries


def reproduced(view: View) -> Iterator[tuple[int, str]]:
    """Figures that were circulated and that the ledger as known at the lock does not give."""
    for id, frozen in review_queries.publications(view.connection, view.id):
        then = view_on(
            view.connection, plan=view.id, as_of=frozen.as_of.isoformat(), known_at=frozen.recorded_at
        )  # fmt: skip
        stored, anew = report_of(frozen), quarter_report(then, frozen.quarter)
        for what, was, now in _figures(stored, anew):
            if was != now:
                said = _("{quarter}, {what}: {was} was circulated, the ledger of that moment gives {now}")
                yield id, said.format(quarter=stored.quarter, what=what, was=was, now=now)


def smuggled(view: View) -> Iterator[tuple[int, str]]:
    """Entries in a quarter that is locked, recorded after its figures were frozen, that nothing accounts for."""
    for quarter, assessment in assessments_of(view).items():
        if assessment.locked:
            frozen = frozen_of(view, quarter)
            for id in review_queries.unexplained(view.connection, view.id, quarter, frozen.filing):
                said = _("recorded after {quarter} was locked, neither restated nor carried")
                yield id, said.format(quarter=quarter_code(quarter))


def _figures(stored: QuarterReport, anew: QuarterReport) -> Iterator[tuple[str, object, object]]:
    """Each figure of the stored report beside the same figure made anew; totals beside the sum of the units."""
    now = {(row.id, row.unit): row for row in anew.targets}
    for row in stored.targets:
        same = now.get((row.id, row.unit))
        yield row.id, row.cumulative, same.cumulative if same else None
        yield row.id, row.completion_rate, same.completion_rate if same else None
    levels = {row.id: row.completion_rate for row in anew.milestones}
    for milestone in stored.milestones:
        yield milestone.id, milestone.completion_rate, levels.get(milestone.id)
    yield _("totals"), tuple(stored.totals), tuple(totals(stored.units))


def parts(view: View) -> Iterator[str]:
    """Targets whose parts do not add up to them: goals of units, children, entries counted in no part."""
    figures = at_today(view)
    plan = figures.plan
    reached = {(each.item.id, each.unit): each for each in figures.standings}
    for item in plan.targets():
        whole = reached[item.id, None]
        if item.allocations:
            of_parts = [reached[item.id, unit] for unit in item.allocations]
            if "allocations" not in item.inferred:
                yield from _unequal(item.id, _("goal"), whole.goal, sum(each.goal or 0 for each in of_parts))
            counted = sum(each.cumulative or 0 for each in of_parts)
            yield from _unequal(item.id, _("cumulative"), whole.cumulative, counted)
        if children := plan.children.get(item.id):
            counted = sum(reached[child.id, None].cumulative or 0 for child in children)
            yield from _unequal(item.id, _("cumulative"), whole.cumulative, counted)


def above_whole(view: View) -> Iterator[str]:
    """Parts (其中) that count more than what they are part of, at the end of a quarter or now."""
    figures = at_today(view)
    plan, tallies = figures.plan, figures.tallies
    for part in (item for item in plan.targets() if item.within and not item.derived):
        whole = plan.by_id[part.within or ""]
        for quarter in plan.quarters.numbers:
            counted, at_most = (tallies.of_tree(plan, of, range(quarter + 1)).quantity or 0 for of in (part, whole))
            if counted > at_most:
                said = _("{part}, {quarter}: {counted} is more than {at_most}, which {whole} has, that it is part of")
                numbers = {"counted": measured(counted, part.decimals), "at_most": measured(at_most, whole.decimals)}
                yield said.format(part=part.id, quarter=quarter_code(quarter), whole=whole.id, **numbers)
                break


def _unequal(item: str, what: str, whole: int | None, counted: int) -> Iterator[str]:
    if (whole or 0) != counted:
        said = _("{item}, {what}: the whole is {whole}, its parts are {counted}")
        yield said.format(item=item, what=what, whole=whole, counted=counted)
