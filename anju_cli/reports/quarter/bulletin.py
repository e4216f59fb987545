"""What the papers on a quarter are written from once it is assessed: the frozen version, results, follow-up.

Until then it is the report as it stands, and the papers are drafts.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from anju_cli.domain.items import RECEIVED, Item
from anju_cli.domain.matters import Matter
from anju_cli.domain.names import official_name
from anju_cli.domain.plan import Plan
from anju_cli.domain.reviews import Assessment
from anju_cli.reports.answers.quarter import QuarterReport
from anju_cli.reports.answers.why import Why, WhyLine
from anju_cli.reports.matters import matters
from anju_cli.reports.quarter.dossier import quarter_dossier
from anju_cli.reports.quarter.frozen import assessments_of, frozen_of, report_of
from anju_cli.reports.quarter.material import Delayed, Name, QuarterDossier, Resolved, Restated, Results
from anju_cli.reports.quarter.report import quarter_report, scope
from anju_cli.reports.quarter.why import why
from anju_cli.reports.view import View, view_on


def bulletin_dossier(view: View, report: QuarterReport, quarter: int, unit: str | None) -> QuarterDossier:
    """What stands behind a quarter's report: of a frozen one as known when it was frozen; results once it is closed."""
    seen = view
    if report.circulated:
        frozen = frozen_of(view, quarter)
        day = frozen.as_of.isoformat()
        seen = view_on(view.connection, plan=view.id, as_of=day, known_at=frozen.recorded_at)
    dossier = quarter_dossier(scope(seen, quarter, unit), report)
    assessment = assessments_of(view).get(quarter)
    corrected = (*_restatements(seen, quarter), *_since_the_lock(view, report, quarter, assessment))
    dossier = replace(dossier, slipped=tuple(_delayed(report)), restatements=corrected)
    if assessment is None or assessment.ended_on is None:
        return dossier
    opened, ended = assessment.last("open") or assessment.last("reopen"), assessment.ended_on
    # A review that was opened before its time began, on paper, with its window.
    begun = min(max(opened.on, report.settings.review_window.start), ended) if opened else None
    known = matters(view, assessment.ended_on)
    return replace(
        dossier,
        closed=True,
        review_period=(begun, ended) if begun else None,
        results=_results(view, report, assessment),
        resolutions=_resolutions(known, assessment.ended_on),
        interviews=tuple(_interviews(view, report, known)),
    )


def _results(view: View, report: QuarterReport, assessment: Assessment) -> Results:
    typed = assessment.results
    plan = view.revision(report.revision)

    def given(code: str) -> tuple[Name, ...]:
        return tuple(
            Name(unit.name, unit.id) for unit in plan.units if unit.id in typed and typed[unit.id].result == code
        )

    graded = ((grade, given(grade)) for grade in plan.settings.grades)
    return Results(given("met"), given("not_met"), tuple((grade, units) for grade, units in graded if units))


def _resolutions(known: list[Matter], on: date) -> Resolved | None:
    """What should have been done by the day the assessment ended; none where nothing was resolved."""
    due = [each for each in known if each.kind == "resolution" and each.due and each.due <= on]
    done = sum(each.state == "closed" for each in due)
    return Resolved(len(due), done, sum(each.is_open and (each.due or on) < on for each in due)) if due else None


def _interviews(view: View, report: QuarterReport, known: list[Matter]) -> Iterator[Name]:
    """The units whose interview about this quarter was approved."""
    plan = view.revision(report.revision)
    for each in known:
        of_quarter = each.kind == "interview" and each.content.get("quarter") == report.quarter
        if of_quarter and each.state in ("approved", "held", "rectifying"):
            yield from (Name(plan.body_by_id[unit].name, unit) for unit in each.units)


def _since_the_lock(
    view: View, report: QuarterReport, number: int, assessment: Assessment | None
) -> Iterator[Restated]:
    """What was restated between the lock and the bulletin: the tables show what was locked, the text tells of it."""
    if not report.circulated or assessment is None:
        return
    gone_out = assessment.last("bulletin")
    seen = view_on(view.connection, plan=view.id, known_at=gone_out.recorded_at) if gone_out else view
    yield from (row._replace(number="") for row in _moved_since(seen, number) if row.document)


def _restatements(view: View, number: int) -> Iterator[Restated]:
    """Targets of the last bulletin before this one that stand otherwise now (已通报数据更正), and why."""
    known = assessments_of(view)
    told = [quarter for quarter, each in known.items() if quarter < number and each.last("bulletin")]
    if told:
        yield from _moved_since(view, max(told))


def _moved_since(view: View, number: int) -> Iterator[Restated]:
    """What of the figures that were frozen of a quarter stands otherwise now, and why."""
    found, plan = why(view, number), view.latest
    for row in found.figures:
        item = plan.by_id.get(row.item)
        if item is None or item.kind != "target":
            continue
        what = "rate_change" if item.derived else "change"
        causes = [
            line for line in found.lines if (line.item, line.unit) == (row.item, row.unit) and getattr(line, what)
        ]
        if getattr(row, what) and causes:
            yield Restated(
                quarter=found.quarter,
                number=found.bulletin or "",
                name=_named(plan, item, row.unit),
                measure=row.measure,
                published=row.circulated_rate if item.derived else row.circulated,
                now=row.now_rate if item.derived else row.now,
                reason=_joined("；", causes, "reason"),
                document=_joined("、", causes, "document"),
                is_rate=item.derived,
                level=item.level,
            )
    yield from _cases_moved(view, number, found)


def _cases_moved(view: View, number: int, found: Why) -> Iterator[Restated]:
    """How many cases were handled (办理) and closed (办结) in a quarter, where the paper said otherwise."""
    circulated, stands = report_of(frozen_of(view, number)).cases or (), quarter_report(view, number).cases or ()
    for field, of, name in (("received", RECEIVED, "办理"), ("quantity", "", "办结")):
        published, now = (sum(getattr(row, field) or 0 for row in rows) for rows in (circulated, stands))
        items = {row.id + of for row in circulated}
        causes = [line for line in found.lines if line.item in items and line.change]
        if published != now and causes:
            yield Restated(
                quarter=found.quarter,
                number=found.bulletin or "",
                name=f"审查、审核等事项{name}数",
                measure=circulated[0].measure,
                published=published,
                now=now,
                reason=_joined("；", causes, "reason"),
                document=_joined("、", causes, "document"),
                level=True,
            )


def _joined(mark: str, causes: Sequence[WhyLine], name: str) -> str:
    """What is known of several causes, each once."""
    return mark.join(filter(None, dict.fromkeys(getattr(line, name) for line in causes)))


def _named(plan: Plan, item: Item, unit: str | None) -> str:
    """A target as a sentence names it, a unit's part with the unit."""
    name = official_name(plan, item)
    return f"{name}（{plan.body_by_id[unit].name}分解目标）" if unit and unit in plan.body_by_id else name


def _delayed(report: QuarterReport) -> Iterator[Delayed]:
    for row in report.slipped:
        coming = row.actual or row.current
        if row.planned and coming and row.homes and row.days and row.days > 0:
            yield Delayed(row.name, row.planned, coming, row.days, row.target_name, row.homes, row.lapsed)
