"""What a review shows of each unit: the lines of evidence under a result that people type. It proposes nothing itself.

Of a quarter whose data are locked they are those that were frozen, whatever became of the figures since: an interview
rests on what was circulated. The lines are in the language of the papers that quote them. Unreported and late returns
are no evidence (clause 四(三)).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from anju_cli.domain.names import official_name
from anju_cli.domain.plan import Plan
from anju_cli.domain.quarters import quarter_code
from anju_cli.domain.reviews import Aspect, Assessment, Result, ReviewStep
from anju_cli.reports.answers.matters import Candidate
from anju_cli.reports.answers.rows import Lateness, Target
from anju_cli.reports.figures import Figures
from anju_cli.reports.quarter.frozen import assessments_of, evidence_of, frozen_of, report_of
from anju_cli.reports.reviews.english_evidence import english_line
from anju_cli.reports.view import View, reviews_of, view_on

MARK = "※"
OF_WORK = ("overdue", "behind")
"""The kinds of lateness that are about work, not about returns."""


@dataclass(frozen=True)
class EvidenceLine:
    """What a review shows: under which state of the plan, as of when, what is late, and the targets of that report."""

    plan: Plan
    as_of: date
    late: Sequence[Lateness]
    targets: Mapping[tuple[str, str | None], Target]


def candidates(view: View, quarter: int) -> list[Candidate]:
    """Every unit with a typed result or with evidence, in plan order: as frozen, else as at the end of the review."""
    assessment = assessments_of(view).get(quarter, Assessment(quarter))
    shown = _frozen(view, quarter) if assessment.locked else _live(view, quarter)
    rows = []
    for unit in shown.plan.units:
        mine = [row for row in shown.late if row.unit == unit.id and _belongs(row, view.quarters.end(quarter))]
        typed = assessment.results.get(unit.id)
        if not mine and typed is None:
            continue
        marked = [_is_inferred(row) for row in mine]
        result = typed.result if typed else None
        rows.append(
            Candidate(
                plan=shown.plan.id,
                quarter=quarter_code(quarter),
                as_of=shown.as_of,
                unit=unit.id,
                unit_name=unit.name,
                unit_name_en=unit.name_en,
                result=_official(result),
                evidence=(*_opinion(shown.plan, typed), *_evidence(shown, mine)),
                inferred=any(marked),
                only_inferred=bool(marked) and all(marked),
            )
        )
    return rows


def _frozen(view: View, number: int) -> EvidenceLine:
    frozen = frozen_of(view, number)
    report = report_of(frozen)
    then = view_on(view.connection, plan=view.id, as_of=frozen.as_of.isoformat(), known_at=frozen.recorded_at)
    figures = Figures(then, view.revision(report.revision), frozen.as_of, report.targets_as_of, number)
    late = [row for row in evidence_of(frozen) if row.reason in OF_WORK]
    late += map(figures.lateness, figures.late_matters())
    return EvidenceLine(figures.plan, frozen.as_of, late, {(row.id, row.unit): row for row in report.targets})


def _live(view: View, number: int) -> EvidenceLine:
    review = reviews_of(view, view.as_of(view.today))[number]
    as_of = view.as_of(min(view.today, review.review_to))
    until = min(as_of, review.end)
    figures = Figures(view, view.plan_at(until), as_of, until, number)
    late = [figures.lateness(each) for each in figures.late_work() + figures.late_matters()]
    targets = {(each.item.id, each.unit): figures.target(each) for each in figures.standings}
    return EvidenceLine(figures.plan, as_of, late, targets)


def _belongs(row: Lateness, end: date) -> bool:
    """Of the quarter or before it: what fell due in the review window is of the next."""
    return row.reason == "behind" or row.due is None or row.due <= end


def _official(result: str | None) -> str | None:
    """A result in the official words; a further grade of the plan is in them already."""
    return Result(result).words[0] if result in tuple(Result) else result


def _is_inferred(row: Lateness) -> bool:
    """Whether the plan does not state who answers, by when, or how it should progress."""
    resting_on = {"lead", "pace"} if row.reason == "behind" else {"lead", "due"}
    return bool(resting_on & set(row.inferred))


def _opinion(plan: Plan, typed: ReviewStep | None) -> Iterator[str]:
    """What was typed with a result: under which heading of the plan it falls, and in what words."""
    aspect = Aspect(typed.aspect) if typed and typed.aspect else None
    note = typed.note if typed else None
    if plan.is_english and (aspect or note):
        yield "Opinion: " + ", ".join(filter(None, [aspect.value if aspect else None, note]))
    elif aspect or note:
        yield "考核意见：" + "，".join(filter(None, [aspect.words[0] if aspect else None, note]))


def _evidence(shown: EvidenceLine, late: Sequence[Lateness]) -> Iterator[str]:
    for row in late:
        mark = MARK if _is_inferred(row) else ""
        if shown.plan.is_english:
            who = f"{row.unit_name}: " if row.member else ""
            yield f"{mark}{who}{english_line(shown.as_of, row, _target(shown, row))}"
        else:
            who = f"{row.unit_name}：" if row.member else ""
            yield f"{mark}{who}{_line(shown, row)}"


def _target(shown: EvidenceLine, row: Lateness) -> Target | None:
    """The target that is behind, or the part of it; null where a date has passed."""
    keys = [*((row.item, body) for body in (row.member, row.unit) if body), (row.item, None)]
    return next((shown.targets[key] for key in keys if key in shown.targets), None) if row.reason == "behind" else None


def _line(shown: EvidenceLine, row: Lateness) -> str:
    of_plan = row.kind in ("target", "milestone", "duty")
    place = (f"《方案》{row.clause}" if row.clause else "") if of_plan else row.item
    source = f"（{place}）" if place else ""
    if target := _target(shown, row):
        return "，".join(
            (
                f"{official_name(shown.plan, shown.plan.by_id[row.item])}{_reached(target, row)}{source}",
                *_held(target, row),
            )
        )
    working = f"（{row.working_days_overdue}个工作日）" if row.working_days_overdue is not None else ""
    past = f"截至{_long(shown.as_of)}尚未完成，逾期{row.days_overdue}天{working}"
    return f"“{row.item_name}”应于{_long(row.due)}前完成{source}，{past}"


def _reached(target: Target, row: Lateness) -> str:
    """How far a target has come; one that is computed from two others has no quantity of its own, but a rate."""
    if row.cumulative is not None:
        part = f"分解目标{target.goal}{target.measure}，" if target.unit else ""
        return f"{part}累计完成{row.cumulative}{target.measure}"
    return f"完成率{target.completion_rate}%"


def _held(target: Target, row: Lateness) -> Iterator[str]:
    """Its rate, where that is not said yet, and how far it is behind."""
    if row.cumulative is not None and target.completion_rate is not None:
        yield f"完成率{target.completion_rate}%"
    if row.gap_points is not None:
        yield f"低于序时进度{abs(row.gap_points)}个百分点"


def _long(day: date | None) -> str:
    return f"{day.year}年{day.month}月{day.day}日" if day else ""


def has_results(rows: list[Candidate]) -> bool:
    """Whether any result has been typed."""
    return any(row.result is not None for row in rows)
