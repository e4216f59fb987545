"""The ledger as a log: who did what when, and what it was before and after."""

from collections.abc import Iterable, Iterator
from datetime import date
from heapq import merge
from typing import Any

from anju_cli.domain.history import KINDS, takes_off
from anju_cli.domain.matters import MATTERS
from anju_cli.domain.plan import Plan
from anju_cli.domain.quarters import quarter_code
from anju_cli.domain.rates import measured
from anju_cli.domain.receipts import receipt
from anju_cli.reports.answers.ledger import LogRow
from anju_cli.reports.view import View
from anju_cli.store import entry_queries, entry_rows, queries, receipt_queries, review_queries
from anju_cli.store import project_queries as register
from anju_cli.store.entry_rows import EntryRecord
from anju_cli.stream import Stream


def log(view: View, *, without_evidence: bool = False) -> Stream[LogRow]:
    """Everything recorded of the plan, in order; or the reports of figures that name no evidence."""
    rows = _entries(view)
    if without_evidence:
        voided = entry_queries.voided(view.connection, view.id, view.upto)
        return rows.only(lambda row: _is_unproved(row) and row.entry not in voided)
    others = [*_plans(view), *_reviews(view), *_seals(view), *_matters(view), *_projects(view), *_returns(view)]
    others.sort(key=_recorded)
    return Stream(lambda: merge(rows, others, key=_recorded))  # moments never fall from one entry to the next


def _recorded(row: LogRow) -> tuple[str, int]:
    return row.recorded_at, row.entry or 0


def _is_unproved(row: LogRow) -> bool:
    return row.what == "report" and row.after is not None and not row.evidence


_BLANK: dict[str, Any] = dict.fromkeys(LogRow._fields)


def _entries(view: View) -> Stream[LogRow]:
    plan, until = view.latest, view.as_of(date.max)
    rows = entry_rows.entries(view.connection, plan.id, as_of=until, upto=view.upto)
    return Stream(lambda: _with_values(plan, rows))


def _with_values(plan: Plan, rows: Iterable[EntryRecord]) -> Iterator[LogRow]:
    """Each entry with the value of its chain before and after it; kept are the values of those that are corrected."""
    values: dict[int, int | None] = {}
    for row in rows:
        item = plan.by_id.get(row.item, plan.summary)
        before = values.pop(row.corrects or 0, None)
        now = None if row.quantity is None else (before or 0) + row.quantity
        after = None if row.reports < 0 else now
        if row.corrected_by is not None:
            values[row.id] = after
        yield LogRow(
            plan=plan.id,
            recorded_at=row.recorded_at,
            by=row.who,
            what="reduction" if _reduces(row) else KINDS[row.reports],
            ref=None,
            event=None,
            filing=row.filing,
            entry=row.id,
            quarter=quarter_code(row.quarter),
            item=row.item,
            item_name=item.name,
            item_name_en=item.name_en,
            unit=row.unit,
            on=row.on,
            before=measured(before, item.decimals),
            after=measured(after, item.decimals),
            words=_said(row.note, row.reason),
            evidence=row.evidence,
            document=row.document,
        )


def _reduces(row: EntryRecord) -> bool:
    return row.reports > 0 and takes_off(row.quantity, row.stated_total)


def _row(view: View, recorded_at: str, by: str, what: str, **known: Any) -> LogRow:
    """Something other than an entry, as far as it has what a row may have."""
    return LogRow(**_BLANK | {"plan": view.id, "recorded_at": recorded_at, "by": by, "what": what} | known)


def _said(*words: str | None) -> str | None:
    return " · ".join(filter(None, words)) or None


def _plans(view: View) -> Iterator[LogRow]:
    for each in view.revisions:
        known = {"on": each.effective_on, "words": str(each.revision), "document": each.document_number}
        yield _row(view, each.recorded_at, each.who, "plan", **known)


def _reviews(view: View) -> Iterator[LogRow]:
    for each in view.review_steps:
        yield _row(
            view,
            each.recorded_at,
            each.who,
            each.event,
            quarter=quarter_code(each.quarter),
            unit=each.unit,
            on=each.on,
            words=_said(each.result, each.recipients, each.note, each.reason),
            document=each.number or each.document,
        )


def _seals(view: View) -> Iterator[LogRow]:
    for row in review_queries.seals(view.connection, view.known_at):
        yield _row(view, row.recorded_at, row.who, "seal", words=receipt(row.digest))


def _matters(view: View) -> Iterator[LogRow]:
    for each in queries.followup(view.connection, view.id, as_of=view.as_of(date.max), moment=view.known_at):
        about, due = each.content.get("about"), each.content.get("due")
        known = {"ref": f"{MATTERS[each.kind].letter}{each.number}", "event": each.event, "on": each.on}
        known |= {"item": each.content.get("item"), "words": _said(about, due, each.reason), "document": each.document}
        yield _row(view, each.recorded_at, each.who, each.kind, **known)


def _projects(view: View) -> Iterator[LogRow]:
    values: dict[tuple[str, str, str | None, str], str | None] = {}
    for each in register.changes(view.connection, view.id, view.known_at):
        field = f"{each.subject}.{each.field}" if each.subject else each.field
        before, values[each.key] = values.get(each.key), each.value
        changed = f"{field}: {before} → {each.value}" if before is not None else f"{field}: {each.value}"
        known = {"ref": each.project, "event": each.act, "on": each.on, "document": each.document}
        yield _row(view, each.recorded_at, each.who, "project", words=_said(changed, each.reason), **known)


def _returns(view: View) -> Iterator[LogRow]:
    for row in receipt_queries.return_receipts(view.connection, view.id, view.known_at):
        known = {"unit": row.unit, "filing": row.filing, "on": row.received_on}
        known |= {"event": row.state, "quarter": quarter_code(row.quarter), "words": row.source}
        yield _row(view, row.recorded_at, row.who, "return", **known)
