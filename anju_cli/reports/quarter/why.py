"""Why a circulated figure is another today: one signed line for each cause; the lines add up to the difference.

The figures are taken from what was frozen to what they are now one recorded change at a time, in the order in which
the changes were recorded; what a change did to a figure is its line.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from anju_cli.domain.history import takes_off
from anju_cli.domain.items import RECEIVED
from anju_cli.domain.milestones import progress
from anju_cli.domain.names import find_item
from anju_cli.domain.plan import Plan
from anju_cli.domain.quarters import quarter_code
from anju_cli.domain.rates import measured
from anju_cli.domain.reviews import Assessment
from anju_cli.domain.tally import NOTHING, Tallies, Tally
from anju_cli.domain.targets import standings
from anju_cli.errors import Refused
from anju_cli.i18n import _
from anju_cli.reports.answers.quarter import QuarterReport
from anju_cli.reports.answers.rows import CaseDuty
from anju_cli.reports.answers.why import Figure, Key, Why, WhyLine, WhyRow
from anju_cli.reports.case_duties import case_duties
from anju_cli.reports.quarter.frozen import assessments_of, frozen_of, report_of
from anju_cli.reports.quarter.report import quarter_report
from anju_cli.reports.view import View, calendar_of
from anju_cli.store import queries, review_queries
from anju_cli.store.queries import Revision
from anju_cli.store.review_queries import LaterEntry, PublicationRow


@dataclass
class State:
    """Everything that figures are made of, at one step on the way."""

    plan: Plan
    tallies: dict[str, dict[str, dict[int, Tally]]]
    levels: dict[str, dict[str, list[tuple[date, int]]]]
    quarter: int
    until: date
    as_of: date

    def figures(self) -> dict[Key, Figure]:
        """The figures of targets and milestones in this state."""
        found: dict[Key, Figure] = {}
        for each in standings(self.plan, Tallies(self.tallies), self.until, self.quarter):
            reached, goal = (measured(amount, each.item.decimals) for amount in (each.cumulative, each.goal))
            found[each.item.id, each.unit] = Figure(reached, each.completion_rate, each.expected_rate, goal)
        calendar = calendar_of(self.plan)
        for item in self.plan.milestones():
            at = progress(self.plan, item, self.levels.get(item.id, {}), self.as_of, calendar)
            found[item.id, None] = Figure(at.completion_rate, None, None, None)
        return found | _of_cases(case_duties(self.plan, Tallies(self.tallies), [self.quarter], self.plan.body_by_id))

    def book(self, row: LaterEntry) -> None:
        """Count one more entry."""
        item, unit, on = row.item, row.unit, row.on
        if on <= self.until:
            quarters = self.tallies.setdefault(item, {}).setdefault(unit, {})
            more = Tally(row.quantity, 1, row.reports, None, row.reports)
            quarters[row.quarter] = quarters.get(row.quarter, NOTHING) + more
        if on <= self.as_of:
            changes = self.levels.setdefault(item, {}).setdefault(unit, [])
            changes.append((on, row.quantity))
            changes.sort(key=lambda change: change[0])


def why(view: View, quarter: int, item: str | None = None) -> Why:
    """What was circulated of a quarter, what stands now, and one signed line for each cause between."""
    frozen, assessment = frozen_of(view, quarter), assessments_of(view)[quarter]
    before, after = report_of(frozen), quarter_report(view, quarter)
    path = Path(view, frozen, before, after)
    wanted = _wanted(view, item, path)
    lines = [line for line in path.lines(assessment) if wanted in (None, line.item)]
    explained = {(line.item, line.unit) for line in lines}
    bulletin = assessment.last("bulletin")
    return Why(
        plan=view.id,
        quarter=quarter_code(quarter),
        frozen_at=frozen.recorded_at,
        bulletin=bulletin.number if bulletin else None,
        circulated_as_of=before.as_of,
        now_as_of=after.as_of,
        known_at=view.known_at,
        figures=tuple(
            row for row in path.rows() if row.item == wanted or (not wanted and (row.item, row.unit) in explained)
        ),
        lines=tuple(lines),
    )


def _wanted(view: View, item: str | None, path: "Path") -> str | None:
    """The item asked for: of a duty, one whose cases were counted."""
    if item is None:
        return None
    found = find_item(view.latest, item)
    counted = (figures.get(key) for figures in (path.circulated, path.now) for key in path.keys if key[0] == found.id)
    if found.kind == "duty" and not any(figure and figure.quantity is not None for figure in counted):
        raise Refused(_("a duty has no figure in the report on a quarter"), got=found.id)
    return found.id


@dataclass
class Path:
    """The way from the figures that were frozen to those of now."""

    view: View
    frozen: PublicationRow
    before: QuarterReport
    after: QuarterReport

    def __post_init__(self) -> None:
        self.state = self._at_lock()
        at_lock, stored, now = self.state.figures(), _of_report(self.before), _of_report(self.after)
        self.keys = list(dict.fromkeys([*stored, *now]))
        self.circulated = {key: stored.get(key) or at_lock.get(key, NOTHING_SHOWN) for key in self.keys}
        self.now = now

    def lines(self, assessment: Assessment) -> Iterator[WhyLine]:
        """One recorded change at a time, in the order of recording; what is left is due to the day it is as of."""
        last = self.circulated
        # Nothing, unless the rules of the program itself have changed since.
        yield from self._moved("rule_changed", last, last := self._figures())
        changes: list[Any] = [*self._entries(), *self._revisions()]
        for change in sorted(changes, key=_recorded_at):
            if isinstance(change, Revision):
                yield from self._revised(change, last)
            else:
                self.state.book(change)
                said = _said(change, assessment)
                yield from (line._replace(**said) for line in self._moved(_cause(change), last, self._figures()))
                yield from self._carried(change, said)
            last = self._figures()
        yield from self._moved("as_of_changed", last, {key: self.now.get(key, last[key]) for key in self.keys})

    def rows(self) -> Iterator[WhyRow]:
        """Each figure as circulated and now."""
        plans = (self.view.latest, *self.view.loaded())
        at_end = self._figures()
        for id, unit in self.keys:
            old, new = self.circulated[id, unit], self.now.get((id, unit), at_end[id, unit])
            item, step = next(plan.by_id[id] for plan in plans if id in plan.by_id), _between(old, new)
            yield WhyRow(
                plan=self.view.id,
                quarter=self.after.quarter,
                item=id,
                unit=unit,
                name=item.name,
                name_en=item.name_en,
                measure="%" if item.kind == "milestone" or item.derived else item.measure,
                circulated=old.quantity,
                now=new.quantity,
                change=step.quantity,
                circulated_rate=old.rate,
                now_rate=new.rate,
                rate_change=step.rate,
                circulated_goal=old.goal,
                now_goal=new.goal,
                expected_change=step.expected_rate,
            )

    def _at_lock(self) -> State:
        """What the figures were made of when they were frozen."""
        view, frozen = self.view, self.frozen
        plan, connection = view.revision(frozen.revision), view.connection
        until = min(frozen.as_of, view.quarters.end(frozen.quarter))
        known = queries.tallies(connection, plan.id, until=until, upto=frozen.filing)
        levels = {
            item.id: queries.steps(connection, plan.id, item.id, as_of=frozen.as_of, upto=frozen.filing)
            for item in plan.milestones()
        }
        tallies = {item: {unit: dict(of) for unit, of in units.items()} for item, units in known.by_item.items()}
        return State(plan, tallies, levels, frozen.quarter, until, frozen.as_of)

    def _figures(self) -> dict[Key, Figure]:
        figures = self.state.figures()
        return {key: figures.get(key, NOTHING_SHOWN) for key in self.keys}

    def _entries(self) -> list[LaterEntry]:
        return review_queries.changes(
            self.view.connection, self.view.id, after=self.frozen.filing, upto=self.view.upto
        )  # fmt: skip

    def _revisions(self) -> list[Revision]:
        return [each for each in self.view.revisions if each.recorded_at > self.frozen.recorded_at]

    def _revised(self, revision: Revision, last: dict[Key, Figure]) -> Iterator[WhyLine]:
        """What a change of the plan did, where it holds for the quarter."""
        known = [each for each in self.view.revisions if each.recorded_at <= revision.recorded_at]
        in_effect = replace(self.view, revisions=known).revision_at(self.state.until)
        self.state.plan = self.view.revision(in_effect.revision)
        for line in self._moved("rule_changed", last, now := self._figures()):
            goals = last[line.item, line.unit].goal, now[line.item, line.unit].goal
            yield line._replace(
                cause="rule_changed" if goals[0] == goals[1] else "goal_changed",
                on=revision.effective_on,
                document=revision.document_number,
                by=revision.who,
                recorded_at=revision.recorded_at,
            )

    def _moved(self, cause: str, was: Mapping[Key, Figure], now: Mapping[Key, Figure]) -> Iterator[WhyLine]:
        """A line for each figure that moved."""
        for key in self.keys:
            step = _between(was[key], now[key])
            if step.quantity or step.rate or step.expected_rate or was[key].goal != now[key].goal:
                yield _BLANK._replace(
                    item=key[0],
                    unit=key[1],
                    cause=cause,
                    change=step.quantity,
                    rate_change=step.rate,
                    expected_change=step.expected_rate,
                )

    def _carried(self, change: LaterEntry, said: Mapping[str, Any]) -> Iterator[WhyLine]:
        """What was reported of the quarter after the lock and booked in a later one: it changes nothing here."""
        key, until = (change.item, None), self.state.until
        if change.for_day and change.for_day <= until < change.on and key in self.keys:
            item = self.state.plan.by_id[change.item]
            yield _BLANK._replace(
                **said,
                item=item.id,
                cause="carried",
                carried=measured(change.quantity, item.decimals),
                booked_in=quarter_code(change.quarter),
            )


NOTHING_SHOWN = Figure(None, None, None, None)
_ZERO = Decimal("0.0")
_BLANK = WhyLine(
    "", None, "", 0, _ZERO, _ZERO, None, None, None, None, None, None, None, None, None, None
)  # fmt: skip


def _of_report(report: QuarterReport) -> dict[Key, Figure]:
    """The figures of a report."""
    found: dict[Key, Figure] = {
        (row.id, row.unit): Figure(row.cumulative, row.completion_rate, row.expected_rate, row.goal)
        for row in report.targets
    }
    found |= {(row.id, None): Figure(row.completion_rate, None, None, None) for row in report.milestones}
    return found | _of_cases(report.cases or ())


def _of_cases(rows: Iterable[CaseDuty]) -> dict[Key, Figure]:
    """Cases taken in (受理) and closed (办结), by body."""
    found: dict[Key, Figure] = {}
    for row in rows:
        found[row.id + RECEIVED, row.member or row.unit] = Figure(row.received_cumulative, None, None, None)
        found[row.id, row.member or row.unit] = Figure(row.cumulative, None, None, None)
    return found


class _Step(NamedTuple):
    """How far a figure has moved; what is missing counts as 0."""

    quantity: int | Decimal
    rate: Decimal
    expected_rate: Decimal


def _between(old: Figure, new: Figure) -> _Step:
    return _Step(
        (new.quantity or 0) - (old.quantity or 0),
        (new.rate or _ZERO) - (old.rate or _ZERO),
        (new.expected_rate or _ZERO) - (old.expected_rate or _ZERO),
    )


def _recorded_at(change: Revision | LaterEntry) -> tuple[str, int]:
    return change.recorded_at, 0 if isinstance(change, Revision) else change.id


def _cause(change: LaterEntry) -> str:
    """What kind of change an entry is."""
    if change.for_day:
        return "carried"
    if change.reports <= 0:
        return "correction" if change.reports == 0 else "void"
    return "reduction" if takes_off(change.quantity, change.stated_total) else "late_report"


def _said(change: LaterEntry, assessment: Assessment) -> dict[str, Any]:
    """What is known of an entry: who, when, why, by what document."""
    reopened = None  # the document that had the quarter open when the entry came
    for each in assessment.events:
        if each.event in ("reopen", "lock") and each.recorded_at < change.recorded_at:
            reopened = each.document if each.event == "reopen" else None
    return {
        "entry": change.id,
        "filing": change.filing,
        "body": change.unit,
        "on": change.for_day or change.on,
        "document": change.document or change.evidence or reopened,
        "reason": change.restated_because or change.reason,
        "by": change.who,
        "recorded_at": change.recorded_at,
    }
