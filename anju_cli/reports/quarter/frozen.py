"""The report on a quarter as it was frozen at the lock and circulated, and as it would be made today.

What is stored is the report itself, not a recipe: it stays what it was, whatever becomes of the rules or the program.
"""

import json
import sqlite3
import types
from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any, Union, get_args, get_origin, get_type_hints

from anju_cli.domain.names import find_body
from anju_cli.domain.periods import quarter_code
from anju_cli.domain.receipts import receipt
from anju_cli.domain.reviews import Assessment, FrozenReport, assessments
from anju_cli.domain.shapes import names_of
from anju_cli.errors import Refused
from anju_cli.i18n import _
from anju_cli.reports.answers.quarter import Circulated, QuarterReport
from anju_cli.reports.answers.rows import Lateness
from anju_cli.reports.figures import concerns, totals
from anju_cli.reports.quarter.report import Scope, quarter_report, scope
from anju_cli.reports.quarter.report import report_of as fresh
from anju_cli.reports.view import View, view_on
from anju_cli.store import review_queries
from anju_cli.store.review_queries import PublicationRow


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
    return assessments(review_queries.events(view.connection, view.id, view.known_at))


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
    """The report as it was frozen."""
    return rebuilt(QuarterReport, json.loads(frozen.document)["report"])  # type: ignore[no-any-return]


def evidence_of(frozen: PublicationRow) -> list[Lateness]:
    """The lines of evidence as they were frozen."""
    return [rebuilt(Lateness, row) for row in json.loads(frozen.document)["evidence"]]


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
        units=units,
        totals=totals(units),
    )


# -- shapes to JSON and back ---------------------------------------------------------------------------------------


def stored(value: Any) -> Any:
    """An answer as it is stored: decimals as text, since 1178.20 is not 1178.2 on paper."""
    if isinstance(value, (date, Decimal)):
        return str(value)
    if names := names_of(value):
        return {name: stored(getattr(value, name)) for name in names}
    if isinstance(value, (tuple, list)):
        return [stored(each) for each in value]
    if isinstance(value, dict):
        return {key: stored(each) for key, each in value.items()}
    return value


def rebuilt(shape: Any, value: Any) -> Any:
    """What was stored, in the shape it had; a field that is newer than the document is empty."""
    origin, inside = get_origin(shape), get_args(shape)
    if origin in (Union, types.UnionType):
        return None if value is None else rebuilt(_meant(inside, value), value)
    if origin is tuple:
        if len(inside) == 2 and inside[1] is Ellipsis:
            return tuple(rebuilt(inside[0], each) for each in value)
        return tuple(rebuilt(each, part) for each, part in zip(inside, value, strict=True))
    if origin is list:
        return [rebuilt(inside[0], each) for each in value]
    if origin is dict:
        return {key: rebuilt(inside[1], each) for key, each in value.items()}
    if shape is date:
        return date.fromisoformat(value)
    if shape is Decimal:
        return Decimal(value)
    if names := names_of(shape):
        return _record(shape, names, value)
    return value


def _meant(choices: tuple[Any, ...], value: Any) -> Any:
    """Which of several shapes a stored value is of: a text where a decimal may be is one."""
    known = [each for each in choices if each is not type(None)]
    if isinstance(value, str) and Decimal in known:
        return Decimal
    return type(value) if type(value) in known else known[0]


def _record(shape: Any, names: tuple[str, ...], value: Mapping[str, Any]) -> Any:
    hints = get_type_hints(shape)
    known = {name: rebuilt(hints[name], value[name]) for name in names if name in value}
    return shape(**_empty(shape, names, hints) | known)


def _empty(shape: Any, names: tuple[str, ...], hints: Mapping[str, Any]) -> dict[str, Any]:
    """What a field is where a document does not have it."""
    if is_dataclass(shape):
        defaults = {each.name for each in fields(shape) if (each.default, each.default_factory) != (MISSING, MISSING)}
    else:
        defaults = set(shape._field_defaults)
    return {name: () if get_origin(hints[name]) is tuple else None for name in names if name not in defaults}
