"""What a review shows of each unit: the lines of evidence under a result that people type. It proposes nothing itself.

The lines are Chinese, as the papers are that quote them. Unreported and late returns are no evidence (clause 四(三)).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from anju_cli.domain.grammar import parse_quarter
from anju_cli.domain.overdue import Late
from anju_cli.domain.periods import quarter_code
from anju_cli.domain.rates import measured
from anju_cli.domain.reviews import RESULTS
from anju_cli.reports.answers.matters import Candidate
from anju_cli.reports.circulated import assessments_of
from anju_cli.reports.figures import Figures
from anju_cli.reports.view import View, reviews_of

MARK = "※"


@dataclass(frozen=True)
class Result:
    """A result as people typed it, with the lines of evidence that were frozen when the quarter was locked."""

    result: str
    evidence: tuple[str, ...] = ()


def typed_results(view: View, quarter: int) -> dict[str, Result]:
    """The results of a quarter's review, by unit, as people typed them."""
    assessment = assessments_of(view).get(quarter)
    typed = assessment.results if assessment else {}
    return {
        unit: Result(RESULTS.get(event.result, (event.result,))[0]) for unit, event in typed.items() if event.result
    }


def candidates(view: View, quarter: str, results: dict[str, Result] | None = None) -> list[Candidate]:
    """Every unit with a typed result or with evidence, in plan order: as at the end of the quarter's review."""
    number = parse_quarter(quarter, view.year)
    typed = typed_results(view, number) if results is None else results
    review = reviews_of(view, view.as_of(view.today))[number]
    as_of = view.as_of(min(view.today, review.review_to))
    until = min(as_of, review.end)
    plan = view.plan_at(until)
    figures = Figures(view, plan, as_of, until, number)
    late = figures.late_work() + figures.late_matters()
    rows = []
    for unit in plan.units:
        mine = [each for each in late if plan.body_by_id[each.body].unit == unit.id and _belongs(each, review.end)]
        result = typed.get(unit.id)
        if not mine and result is None:
            continue
        stated = [_is_inferred(figures, each) for each in mine]
        own = tuple(_evidence(figures, mine))
        rows.append(
            Candidate(
                plan=plan.id,
                quarter=quarter_code(number),
                as_of=as_of,
                unit=unit.id,
                unit_name=unit.name,
                unit_name_en=unit.name_en,
                result=result.result if result else None,
                evidence=result.evidence if result and result.evidence else own,
                inferred=any(stated),
                only_inferred=bool(stated) and all(stated),
            )
        )
    return rows


def _belongs(late: Late, end: date) -> bool:
    """Of the quarter or before it: what fell due in the review window is of the next."""
    return late.due is None or late.due <= end


def _is_inferred(figures: Figures, late: Late) -> bool:
    """Whether the plan does not state who answers, by when, or how it should progress."""
    if late.matter is not None:
        return False
    resting_on = {"lead", "pace"} if late.reason == "behind" else {"lead", "due"}
    return bool(resting_on & set(figures.item(late.item).inferred))


def _evidence(figures: Figures, late: list[Late]) -> Iterator[str]:
    for each in late:
        mark = MARK if _is_inferred(figures, each) else ""
        body = figures.plan.body_by_id[each.body]
        who = f"{body.name}：" if body.member else ""
        yield f"{mark}{who}{_line(figures, each)}"


def _line(figures: Figures, late: Late) -> str:
    if late.matter is not None:
        name, place = late.matter.about, late.matter.ref
    else:
        item = figures.item(late.item)
        name, place = item.name, item.clause.place if item.clause else ""
    source = f"（{place}）" if late.matter else f"（《方案》{place}）" if place else ""
    if late.due is not None:
        working = f"（{late.working_days}个工作日）" if late.working_days is not None else ""
        past = f"截至{_long(figures.as_of)}尚未完成，逾期{late.days}天{working}"
        return f"“{name}”应于{_long(late.due)}前完成{source}，{past}"
    standing = late.standing
    assert standing is not None
    item = standing.item
    reached = measured(standing.cumulative, item.decimals)
    return (
        f"{name}累计完成{reached}{item.measure}{source}，完成率{standing.completion_rate}%，"
        f"低于序时进度{abs(standing.gap_points or 0)}个百分点"
    )


def _long(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def has_results(rows: list[Candidate]) -> bool:
    """Whether any result has been typed."""
    return any(row.result is not None for row in rows)
