"""The ledger as a log: who did what when, and what it was before and after."""

from datetime import date
from typing import Any

from anju_cli.domain.history import KINDS
from anju_cli.domain.periods import quarter_code
from anju_cli.domain.rates import measured
from anju_cli.domain.receipts import receipt
from anju_cli.reports.answers.ledger import LogRow
from anju_cli.reports.view import View
from anju_cli.store import queries, review_queries


def log(view: View, *, without_evidence: bool = False) -> list[LogRow]:
    """Everything recorded of the plan, in order; or the reports of figures that name no evidence."""
    rows = _entries(view)
    if without_evidence:
        figures = [row for row in rows if row.what == "report" and row.after is not None]
        voided = {row.entry for row in figures} & _voided(view)
        return [row for row in figures if not row.evidence and row.entry not in voided]
    rows += [*_plans(view), *_reviews(view), *_seals(view)]
    return sorted(rows, key=lambda row: (row.recorded_at, row.entry or 0))


_BLANK: dict[str, Any] = dict.fromkeys(LogRow._fields)


def _entries(view: View) -> list[LogRow]:
    plan, found = view.latest, []
    values: dict[int, int | None] = {}
    until = view.as_of(date.max)
    for row in queries.entries(view.connection, plan.id, as_of=until, upto=view.upto):
        item = plan.by_id.get(row["item"], plan.summary)
        before = values.get(row["corrects"] or 0)
        now = None if row["quantity"] is None else (before or 0) + row["quantity"]
        values[row["id"]] = None if row["reports"] < 0 else now
        said = [row["note"], row["reason"]]
        found.append(
            LogRow(
                plan=plan.id,
                recorded_at=row["recorded_at"],
                by=row["who"],
                what=KINDS[row["reports"]],
                filing=row["filing"],
                entry=row["id"],
                quarter=quarter_code(row["quarter"]),
                item=row["item"],
                item_name=item.name,
                item_name_en=item.name_en,
                unit=row["unit"],
                on=date.fromisoformat(row["happened_on"]),
                before=measured(before, item.decimals),
                after=measured(values[row["id"]], item.decimals),
                words=" · ".join(filter(None, said)) or None,
                evidence=row["evidence"],
                document=row["document"],
            )
        )
    return found


def _voided(view: View) -> set[int | None]:
    """The reports whose chains were ended: nothing is left to be proved."""
    moves = list(queries.moves(view.connection, view.id))
    return {row["root"] for row in moves if row["reports"] < 0}


def _plans(view: View) -> list[LogRow]:
    return [
        LogRow(
            **_BLANK
            | {
                "plan": each.plan,
                "recorded_at": each.recorded_at,
                "by": each.who,
                "what": "plan",
                "on": each.effective_on,
                "words": str(each.revision),
                "document": each.document_number,
            }
        )
        for each in view.revisions
    ]


def _reviews(view: View) -> list[LogRow]:
    found = []
    for each in review_queries.events(view.connection, view.id, view.known_at):
        said = [each.result, each.recipients, each.note, each.reason]
        known = {
            "recorded_at": each.recorded_at,
            "by": each.who,
            "what": each.event,
            "quarter": quarter_code(each.quarter),
            "unit": each.unit,
            "on": each.on,
            "words": " · ".join(filter(None, said)) or None,
            "document": each.number or each.document,
        }
        found.append(LogRow(**_BLANK | {"plan": view.id} | known))
    return found


def _seals(view: View) -> list[LogRow]:
    return [
        LogRow(
            **_BLANK
            | {
                "plan": view.id,
                "recorded_at": row["recorded_at"],
                "by": row["who"],
                "what": "seal",
                "words": receipt(row["digest"]),
            }
        )
        for row in review_queries.seals(view.connection, view.known_at)
    ]
