"""The report on a quarter as it was frozen at the lock and circulated, and as it would be made today.

What is stored is the report itself, not a recipe: it stays what it was, whatever becomes of the rules or the program.
"""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from anju_cli.domain.names import find_body
from anju_cli.domain.quarters import quarter_code
from anju_cli.domain.receipts import receipt
from anju_cli.domain.records import Former, rebuilt, stored
from anju_cli.domain.reviews import Assessment, FrozenReport, assessments
from anju_cli.errors import Refused
from anju_cli.i18n import _
from anju_cli.reports.answers.quarter import Circulated, QuarterReport
from anju_cli.reports.answers.rows import Lateness
from anju_cli.reports.figures import concerns
from anju_cli.reports.quarter.report import Scope, quarter_report, scope
from anju_cli.reports.quarter.report import report_of as fresh
from anju_cli.reports.unit_rows import totals
from anju_cli.reports.view import View, view_on
from anju_cli.store import review_queries
from anju_cli.store.location import damaged
from anju_cli.store.review_queries import PublicationRow

FORMER = Former(
    renamed={},
    later={
        "QuarterReport": {
            **dict.fromkeys(("unit", "unit_name", "unit_name_en", "in_place")),
            **{"projects_checked": False, "project_plans": (), "slipped": ()},
            **{"project_checks": (), "project_counts": ()},
        },
        "Lateness": {"kind": None},
    },
)
"""What reports that earlier versions froze hold otherwise: tests/fixtures/frozen has one of each.

The first were of all units, and said nothing of projects, of what is in place, or of what kind an item is.
"""


def circulated_report(view: View, quarter: int, unit: str | None = None, *, now: bool = False) -> QuarterReport:
    """The report on a quarter: of one that is locked, the version that was frozen, unless another is asked for.

    As known at an earlier moment it is made anew, as of the day of the version that was frozen by then.
    """
    assessment = assessments_of(view).get(quarter)
    if assessment is None or not assessment.locked or now or view.asked_as_of:
        if assessment and assessment.locked and not now:
            view.notes.append(_("computed for another day: this is not the version that was frozen"))
        return quarter_report(view, quarter, unit)
    frozen = frozen_of(view, quarter)
    if view.known_at:
        return quarter_report(replace(view, asked_as_of=frozen.as_of.isoformat()), quarter, unit)
    stored_report = report_of(frozen)
    # The seal of the lock covers the version itself, and so could not yet stand in it.
    seal, sealed = review_queries.seal_of(view.connection, frozen.recorded_at)
    ledger = stored_report.ledger._replace(seal=receipt(seal) if seal else None, sealed_filings=sealed)
    report = replace(stored_report, circulated=_circulated(view, assessment, frozen), ledger=ledger)
    return only(view, report, unit) if unit else report


def _circulated(view: View, assessment: Assessment, frozen: PublicationRow) -> Circulated:
    bulletin = assessment.last("bulletin")
    return Circulated(
        frozen_at=frozen.recorded_at,
        state=assessment.state,
        bulletin=bulletin.number if bulletin else None,
        bulletin_on=bulletin.on if bulletin else None,
        restated=review_queries.restated(view.connection, view.id, frozen.quarter, frozen.filing),
    )


def assessments_of(view: View) -> dict[int, Assessment]:
    """The assessments of the plan's quarters, as known at the view's moment."""
    return assessments(view.review_steps)


def frozen_of(view: View, quarter: int) -> PublicationRow:
    """What was last frozen of a quarter; refused where nothing was."""
    frozen = review_queries.publication(view.connection, view.id, quarter, view.known_at)
    if frozen is None:
        hint = f"anju review lock {quarter_code(quarter)}"
        raise Refused(_("nothing was frozen of {quarter} yet").format(quarter=quarter_code(quarter)), hint=hint)
    return frozen


def paper(connection: sqlite3.Connection, plan: str, quarter: int, moment: str) -> FrozenReport:
    """The paper to be frozen: the report and its lines of evidence as recorded by a moment, with decimals as text."""
    view = view_on(connection, plan=plan, known_at=moment)
    made = scope(view, quarter)
    report = fresh(made)
    document = {"report": stored(report), "evidence": stored(evidence(made))}
    return FrozenReport(json.dumps(document, ensure_ascii=False, separators=(",", ":")), report.revision, report.as_of)


def evidence(made: Scope) -> list[Lateness]:
    """What stands against each unit in a quarter's report: work overdue or behind at its end, returns of it."""
    late = made.late + made.figures.late_reporting(made.owed)
    return [made.figures.lateness(row) for row in late]


def report_of(frozen: PublicationRow) -> QuarterReport:
    """The report as it was frozen.

    Raises Unavailable where what is stored is no such report.
    """
    with _read(frozen) as document:
        return rebuilt(QuarterReport, document["report"], FORMER)


def evidence_of(frozen: PublicationRow) -> list[Lateness]:
    """The lines of evidence as they were frozen.

    Raises Unavailable where what is stored are no such lines.
    """
    with _read(frozen) as document:
        return [rebuilt(Lateness, row, FORMER) for row in document["evidence"]]


@contextmanager
def _read(frozen: PublicationRow) -> Iterator[dict[str, Any]]:
    """The document that was frozen; what it says and no shape has is the fault of the file."""
    try:
        yield json.loads(frozen.document)
    except (ValueError, TypeError, LookupError, AttributeError) as fault:
        raise damaged(f"publication {quarter_code(frozen.quarter)}") from fault


def only(view: View, report: QuarterReport, unit: str) -> QuarterReport:
    """A whole report as far as it concerns one unit."""
    plan = view.revision(report.revision)
    body = find_body(plan, unit)
    units = tuple(row for row in report.units if (row.member or row.unit) in plan.reporting(body.id))
    return replace(
        report,
        targets=tuple(
            row
            for row in report.targets
            if concerns(plan, plan.by_id[row.id], body) and row.unit in (None, body.id, body.unit)
        ),
        milestones=tuple(row for row in report.milestones if concerns(plan, plan.by_id[row.id], body)),
        cases=report.cases
        and tuple(row for row in report.cases if (row.member or row.unit) in plan.reporting(body.id)),
        units=units,
        totals=totals(units),
    )
