"""Reviews as they are asked about: the four of a year, one with its results and evidence, the facts about one unit.

Facts are gathered, never weighed: no result is computed, nor 一票否决, and what is inferred says so.
"""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import Any

from anju_cli.domain.matters import DATED
from anju_cli.domain.names import find_body
from anju_cli.domain.periods import Review
from anju_cli.domain.plan import Plan, Unit
from anju_cli.domain.quarters import quarter_code
from anju_cli.domain.reviews import Assessment, BulletinDeadline, ReviewStep, bulletin_deadline
from anju_cli.errors import Refused
from anju_cli.i18n import _
from anju_cli.reports.answers.reviews import Fact, ResultRow, ReviewEventRow, ReviewLine, ReviewSheet
from anju_cli.reports.answers.rows import Lateness
from anju_cli.reports.matters import matters
from anju_cli.reports.quarter.frozen import assessments_of, evidence, evidence_of, frozen_of
from anju_cli.reports.quarter.report import scope
from anju_cli.reports.view import View, calendar_of, reviews_of


def review_list(view: View) -> list[ReviewLine]:
    """The assessments of the year's quarters."""
    as_of, known = view.as_of(view.today), assessments_of(view)
    dates = reviews_of(view, as_of)
    return [
        _line(view, known.get(quarter, Assessment(quarter)), dates[quarter], as_of) for quarter in view.quarters.numbers
    ]


def review_sheet(view: View, quarter: int) -> ReviewSheet:
    """One assessment: its dates, the result and the evidence of each unit, its events."""
    as_of = view.as_of(view.today)
    assessment = assessments_of(view).get(quarter, Assessment(quarter))
    rows, frozen_as_of = _evidence(view, assessment)
    line = _line(view, assessment, reviews_of(view, as_of)[quarter], as_of)
    plan = view.plan_at(min(as_of, line.review_to))
    return ReviewSheet(
        plan=view.id,
        quarter=quarter_code(quarter),
        state=assessment.state,
        as_of=frozen_as_of,
        review=line,
        results=tuple(_result(plan, unit, assessment, rows) for unit in plan.units),
        events=tuple(_event(event) for event in assessment.events),
    )


def facts(view: View, unit: str) -> list[Fact]:
    """Everything recorded about one unit over the year, quarter by quarter; nothing is weighed or concluded."""
    plan = view.plan_at(view.as_of(view.today))
    body = find_body(plan, unit)
    if body.unit is None:
        raise Refused(_("{body} is not a member unit").format(body=body.id))
    found = [fact for quarter in plan.quarters.numbers for fact in _facts(view, plan, body.unit, quarter)]
    return found + list(_followed(view, plan, body.unit))


def _followed(view: View, plan: Plan, unit: str) -> Iterator[Fact]:
    """What followed from assessments and meetings for a unit, in order of recording: slips, interviews, tasks."""
    as_of = view.as_of(view.today)
    laid_on = {unit, *plan.reporting(unit)}
    for matter in matters(view, as_of):
        if matter.kind in ("slip", "interview", *DATED) and laid_on & set(matter.units):
            until = matter.late_until(as_of)
            yield Fact(
                plan=plan.id,
                unit=unit,
                quarter=quarter_code(plan.quarters.of(matter.opened_on)),
                kind=matter.kind,
                member=None,
                item=matter.ref,
                item_name=matter.about,
                item_name_en=matter.about,
                clause=None,
                due=matter.due,
                days=(until - matter.due).days if until and matter.due else None,
                cumulative=None,
                goal=None,
                gap_points=None,
                result=None,
                words=matter.state,
                inferred=(),
                frozen=False,
            )


def deadline_of(view: View, assessment: Assessment, dates: Review) -> BulletinDeadline:
    """By when the bulletin of a quarter must go out, by the plan in effect when the assessment ended."""
    plan = view.plan_at(assessment.ended_on or dates.review_to)
    return bulletin_deadline(dates, assessment, plan.settings.bulletin_working_days, calendar_of(plan))


def _line(view: View, assessment: Assessment, dates: Review, as_of: date) -> ReviewLine:
    deadline, bulletin, lock = (
        deadline_of(view, assessment, dates),
        assessment.last("bulletin"),
        assessment.last("lock"),
    )
    given = Counter(each.result for each in assessment.results.values())
    out_by = bulletin.on if bulletin else as_of
    return ReviewLine(
        plan=view.id,
        quarter=quarter_code(assessment.quarter),
        state=assessment.state,
        review_from=dates.review_from,
        review_to=dates.review_to,
        locked_at=lock.recorded_at if lock else None,
        ended_on=assessment.ended_on,
        bulletin_deadline=deadline.on,
        bulletin_provisional=deadline.provisional,
        bulletin=bulletin.number if bulletin else None,
        bulletin_on=bulletin.on if bulletin else None,
        bulletin_overdue=not deadline.provisional and deadline.on is not None and out_by > deadline.on,
        met=given["met"],
        not_met=given["not_met"],
        no_result=len(view.plan_at(min(as_of, dates.review_to)).units) - sum(given.values()),
        objections=sum(each.note is not None for each in assessment.confirmations.values()),
    )


def _evidence(view: View, assessment: Assessment) -> tuple[list[Lateness], date]:
    """The lines of evidence, frozen where the data are locked, and the day they are as of."""
    if assessment.locked:
        frozen = frozen_of(view, assessment.quarter)
        return evidence_of(frozen), frozen.as_of
    made = scope(view, assessment.quarter)
    return evidence(made), made.figures.as_of


def _result(plan: Plan, unit: Unit, assessment: Assessment, rows: list[Lateness]) -> ResultRow:
    mine = [row for row in rows if row.unit == unit.id]
    count, typed = Counter(row.reason for row in mine), assessment.results.get(unit.id)
    return ResultRow(
        unit=unit.id,
        name=unit.name,
        name_en=unit.name_en,
        result=typed.result if typed else None,
        aspect=typed.aspect if typed else None,
        note=typed.note if typed else None,
        by=typed.who if typed else None,
        overdue=count["overdue"],
        behind=count["behind"],
        unreported=count["unreported"],
        late_return=count["late_return"],
        inferred=sum(bool(_inferred(row)) for row in mine),
    )


def _event(event: ReviewStep) -> ReviewEventRow:
    kept = {name: getattr(event, name) for name in ReviewEventRow._fields if name != "by"}
    return ReviewEventRow(**kept, by=event.who)


def _facts(view: View, plan: Plan, unit: str, quarter: int) -> Iterator[Fact]:
    assessment = assessments_of(view).get(quarter, Assessment(quarter))
    start = plan.quarters.start(quarter)
    if start > view.as_of(view.today):
        return
    blank: dict[str, Any] = dict.fromkeys(Fact._fields) | {"inferred": (), "frozen": assessment.locked}
    blank |= {"plan": plan.id, "unit": unit, "quarter": quarter_code(quarter)}
    if typed := assessment.results.get(unit):
        yield Fact(**blank | {"kind": "result", "result": typed.result, "words": typed.note})
    for body, said in assessment.confirmations.items():
        if said.note and plan.body_by_id[body].unit == unit:
            yield Fact(**blank | {"kind": "objection", "member": plan.body_by_id[body].member, "words": said.note})
    rows, _as_of = _evidence(view, assessment)
    for row in rows:
        if row.unit == unit:
            same = ("item", "item_name", "item_name_en", "member", "clause", "due", "cumulative", "goal", "gap_points")
            known = {name: getattr(row, name) for name in same} | {"inferred": _inferred(row)}
            yield Fact(**blank | known | {"kind": row.reason, "days": row.days_overdue})


def _inferred(row: Lateness) -> tuple[str, ...]:
    """What of a lateness the plan does not state: who leads, or when it is due, or how fast it should go."""
    rests_on = {"overdue": ("lead", "due"), "behind": ("lead", "pace")}.get(row.reason, ("lead",))
    return tuple(name for name in rests_on if name in row.inferred)
