"""The figures that every report is made of: sums once, and what the rules make of them."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from anju_cli.domain import overdue as lateness
from anju_cli.domain.directions import rate_of
from anju_cli.domain.items import Item
from anju_cli.domain.matters import Matter
from anju_cli.domain.milestones import Progress, finished, progress
from anju_cli.domain.overdue import Late, Otherwise
from anju_cli.domain.owed import Owed, owed
from anju_cli.domain.periods import Calendar, Review
from anju_cli.domain.plan import Body, Plan
from anju_cli.domain.quarters import quarter_code
from anju_cli.domain.rates import measured, measured_fraction
from anju_cli.domain.returned import Receipts
from anju_cli.domain.tally import Tallies
from anju_cli.domain.targets import Standing, standings
from anju_cli.reports.answers.rows import Lateness, Milestone, Target
from anju_cli.reports.matters import matters
from anju_cli.reports.view import View, calendar_of, reviews_of
from anju_cli.store import review_queries


@dataclass
class Figures:
    """A plan's figures: targets at one date, everything else at another."""

    view: View
    plan: Plan
    as_of: date
    targets_as_of: date
    quarter: int
    """The quarter whose quantity is shown beside the cumulative."""

    @cached_property
    def calendar(self) -> Calendar:
        return calendar_of(self.plan)

    def plan_of(self, quarter: int) -> Plan:
        """The plan by which a quarter is judged: the one in effect at its end, or at the as-of date before that."""
        return self.view.plan_at(min(self.as_of, self.plan.quarters.end(quarter)))

    @cached_property
    def reviews(self) -> dict[int, Review]:
        return reviews_of(self.view, self.as_of)

    @cached_property
    def tallies(self) -> Tallies:
        return self.view.tallies(self.targets_as_of)

    @cached_property
    def receipts(self) -> Receipts:
        return self.view.receipts

    @cached_property
    def matters(self) -> list[Matter]:
        return matters(self.view, self.as_of)

    @cached_property
    def standings(self) -> list[Standing]:
        return standings(self.plan, self.tallies, self.targets_as_of, self.quarter)

    @cached_property
    def _steps(self) -> dict[str, dict[str, list[tuple[date, int]]]]:
        return {item.id: self.view.levels(item.id, self.as_of) for item in self.plan.milestones()}

    @cached_property
    def milestones(self) -> list[Progress]:
        return [
            progress(self.plan, item, self._steps[item.id], self.as_of, self.calendar)
            for item in self.plan.milestones()
        ]

    def owed(self, quarters: Iterable[int]) -> list[Owed]:
        """The rows owed for these quarters by the plan of each, and what became of them."""
        done = {
            (item.id, body): day
            for item in self.plan.milestones()
            for body, day in finished(self.plan, item, self._steps[item.id]).items()
        }
        return [
            row
            for quarter in quarters
            for row in owed(self.plan_of(quarter), self.reviews[quarter], self.tallies, done, self.as_of, self.receipts)
        ]

    def late_work(self, milestones: Sequence[Progress] | None = None) -> list[Late]:
        """Items overdue or behind."""
        known = self.milestones if milestones is None else milestones
        return lateness.late_work(self.plan, self.standings, known, self.as_of, self.calendar)

    def late_matters(self) -> list[Late]:
        """Resolutions, tasks and commitments past their date."""
        return lateness.late_matters(self.plan, self.matters, self.as_of, self.calendar)

    def late_reporting(self, rows: Sequence[Owed]) -> list[Late]:
        """Rows unreported or returned late."""
        return lateness.late_reporting(rows, self.as_of, self.calendar)

    # -- rows ----------------------------------------------------------------------------------------------------

    def target(self, standing: Standing) -> Target:
        """A target as reports show it."""
        item, before = standing.item, self.view.original.by_id.get(standing.item.id)
        original = (
            before.allocations.get(standing.unit) if before and standing.unit else before.goal if before else None
        )
        goal_original = standing.goal if item.derived else original
        same = item.derived or before is None
        rate_then = standing.completion_rate if same else rate_of(before or item, original, standing.rated)
        return Target(
            id=item.id,
            name=item.name,
            name_en=item.name_en,
            measure=item.measure,
            decimals=item.decimals,
            goal=measured(standing.goal, item.decimals),
            goal_original=measured(goal_original, item.decimals),
            due=item.due,
            due_original=before.due if before else None,
            quarter_quantity=measured(standing.of_quarter, item.decimals),
            cumulative=measured(standing.cumulative, item.decimals),
            completion_rate=standing.completion_rate,
            completion_rate_original=rate_then,
            expected=None if item.derived else measured_fraction(standing.expected, item.decimals),
            expected_rate=standing.expected_rate,
            gap_points=standing.gap_points,
            light=standing.light,
            status=standing.status,
            pace=item.pace,
            entries=standing.until.entries,
            lead=item.lead,
            lead_names=tuple(self.plan.body_by_id[body].name for body in item.lead),
            lead_names_en=tuple(self.plan.body_by_id[body].name_en for body in item.lead),
            parent=item.parent,
            within=item.within,
            unit=standing.unit,
            unit_name=self.plan.body_by_id[standing.unit].name if standing.unit else None,
            unit_name_en=self.plan.body_by_id[standing.unit].name_en if standing.unit else None,
            inferred=tuple(item.inferred),
            restated=self._is_restated(standing),
            counting=item.counting,
            leader=item.leader,
            leader_en=item.leader_en,
            weight=item.weight,
            direction=item.direction,
            level=item.level,
            baseline=measured(item.baseline.value, item.decimals) if item.baseline else None,
            baseline_on=item.baseline.on if item.baseline else None,
        )

    def _is_restated(self, standing: Standing) -> bool:
        """Whether a correction, a void or a restatement stands behind a figure; of a ratio, behind one of its two."""
        plan, item, part = self.plan, standing.item, standing.unit
        pair = [plan.by_id[id] for id in (item.ratio_of, item.ratio_to) if id]
        tallies = [self.tallies.of_tree(plan, each, range(self.quarter + 1)) for each in pair] or [standing.until]
        leaves = {leaf.id for each in pair or [item] for leaf in plan.leaves(each)}
        return any(tally.entries != tally.reports for tally in tallies) or any(
            id in leaves and (part is None or plan.part_of(item, body) == part) for id, body in self._restatements
        )

    @cached_property
    def _restatements(self) -> set[tuple[str, str]]:
        return review_queries.restated_items(
            self.view.connection, self.plan.id, until=self.targets_as_of, upto=self.view.upto
        )

    def milestone(self, at: Progress) -> Milestone:
        """A milestone as reports show it."""
        item, before = at.item, self.view.original.by_id.get(at.item.id)
        return Milestone(
            id=item.id,
            name=item.name,
            name_en=item.name_en,
            due=item.due,
            due_original=before.due if before else None,
            status=at.status,
            completion_rate=at.completion_rate,
            done_on=at.done_on,
            days_overdue=at.days_overdue,
            working_days_overdue=at.working_days_overdue,
            lead=item.lead,
            lead_names=tuple(self.plan.body_by_id[body].name for body in item.lead),
            lead_names_en=tuple(self.plan.body_by_id[body].name_en for body in item.lead),
            everyone=item.everyone,
            inferred=tuple(item.inferred),
            leader=item.leader,
            leader_en=item.leader_en,
            weight=item.weight,
        )

    def lateness(self, late: Late) -> Lateness:
        """A lateness as reports show it."""
        if late.otherwise is not None:
            return self._late_otherwise(late, late.otherwise)
        item, body = self.item(late.item), self.body(late.body)
        standing, before = late.standing, self.view.original.by_id.get(late.item)
        dated = late.reason == "overdue"
        return Lateness(
            plan=self.plan.id,
            as_of=self.as_of,
            unit=body.unit or body.id,
            member=body.member,
            unit_name=body.name,
            unit_name_en=body.name_en,
            reason=late.reason,
            kind=item.kind,
            quarter=None if late.quarter is None else quarter_code(late.quarter),
            item=late.item,
            item_name=item.name,
            item_name_en=item.name_en,
            due=late.due,
            due_original=before.due if before and dated else late.due,
            days_overdue=late.days,
            working_days_overdue=late.working_days,
            cumulative=measured(standing.cumulative, item.decimals) if standing else None,
            expected=measured_fraction(standing.expected, item.decimals) if standing and not item.derived else None,
            goal=measured(standing.goal, item.decimals) if standing else None,
            gap_points=standing.gap_points if standing else None,
            light=standing.light if standing else None,
            inferred=tuple(item.inferred),
            clause=item.clause.place if item.clause else None,
            direction=item.direction,
        )

    def _late_otherwise(self, late: Late, what: Otherwise) -> Lateness:
        """What is late and is no item of the plan."""
        body = self.body(late.body)
        return Lateness(
            plan=self.plan.id,
            as_of=self.as_of,
            unit=body.unit or body.id,
            member=body.member,
            unit_name=body.name,
            unit_name_en=body.name_en,
            reason=late.reason,
            kind=what.kind,
            quarter=None if late.quarter is None else quarter_code(late.quarter),
            item=what.ref,
            item_name=what.name,
            item_name_en=what.name_en,
            due=late.due,
            due_original=what.due_original,
            days_overdue=late.days,
            working_days_overdue=late.working_days,
            cumulative=None,
            expected=None,
            goal=None,
            gap_points=None,
            light=None,
            inferred=(),
            clause=what.rests_on,
        )

    def item(self, id: str) -> Item:
        """An item, of another state of the plan if need be, or the shared row of standing duties."""
        return next((plan.by_id[id] for plan in self._states() if id in plan.by_id), self.plan.summary)

    def body(self, id: str) -> Body:
        """A body, of another state of the plan if need be."""
        return next(plan.body_by_id[id] for plan in self._states() if id in plan.body_by_id)

    def _states(self) -> Iterator[Plan]:
        yield self.plan
        yield from self.view.loaded()
        yield self.view.latest


def at_today(view: View, day: date | None = None) -> Figures:
    """The figures as at today, or at the as-of date asked for."""
    as_of = view.as_of(day or view.today)
    plan = view.plan_at(as_of)
    return Figures(view, plan, as_of, as_of, plan.quarters.of(as_of))


def at_end_of(view: View, quarter: int) -> Figures:
    """The figures of a quarter: targets at its end, returns as at today; both as at the date asked for, if earlier."""
    as_of = view.as_of(view.today, view.quarters.start(quarter))
    until = min(as_of, view.quarters.end(quarter))
    return Figures(view, view.plan_at(until), as_of, until, quarter)


def at_review_of(figures: Figures, quarter: int) -> Figures:
    """The figures of a quarter as its report has them: work as at the last day of its review, if that is over."""
    return replace(figures, as_of=min(figures.as_of, figures.reviews[quarter].review_to))


def concerns(plan: Plan, item: Item, body: Body | None) -> bool:
    """Whether a body leads, assists with or has a part of an item; every item concerns nobody in particular."""
    if body is None:
        return True
    named = {*item.lead, *item.assist, *item.allocations}
    return bool(named & {body.id, body.unit, *plan.reporting(body.id)})
