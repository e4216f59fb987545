"""Lists: entries of the ledger, items and revisions of the plan, and what differs between two states of it."""

from collections.abc import Collection
from datetime import date
from pathlib import Path
from typing import Any

from anju_cli.domain.grammar import parse_number
from anju_cli.domain.history import KINDS
from anju_cli.domain.items import Item
from anju_cli.domain.names import find_body, find_item
from anju_cli.domain.plan import Plan
from anju_cli.domain.plan_documents import document_digest
from anju_cli.domain.quarters import quarter_code
from anju_cli.domain.rates import measured
from anju_cli.domain.receipts import receipt
from anju_cli.errors import Unclear
from anju_cli.i18n import _
from anju_cli.reports.answers.ledger import EntryRow
from anju_cli.reports.answers.plans import ItemLine, PlanLine, PlannedLine, PlanSheet
from anju_cli.reports.view import View, reviews_of, settings
from anju_cli.store import entry_rows, queries
from anju_cli.store.entry_rows import EntryRecord
from anju_cli.store.reading import reading
from anju_cli.stream import Stream


def entries(
    view: View,
    *,
    item: str | None = None,
    unit: str | None = None,
    quarter: int | None = None,
    filing: str | None = None,
) -> Stream[EntryRow]:
    """The ledger's entries in order, of one item, unit, quarter or filing where it is named."""
    plan = view.latest
    rows = entry_rows.entries(
        view.connection,
        plan.id,
        as_of=view.as_of(date.max),
        upto=view.upto,
        item=find_item(plan, item).id if item else None,
        quarter=quarter,
        filing=parse_number(filing, _("no such filing")) if filing else None,
    )
    return _of_bodies(plan, rows, plan.reporting(find_body(plan, unit).id) if unit else None)


def entries_of_quarter(view: View, plan: Plan, quarter: int, until: date, bodies: Collection[str]) -> Stream[EntryRow]:
    """The entries of some bodies that count in a quarter, in order."""
    rows = entry_rows.entries(view.connection, plan.id, as_of=until, upto=view.upto, quarter=quarter)
    return _of_bodies(plan, rows, bodies)


def _of_bodies(plan: Plan, rows: Stream[EntryRecord], bodies: Collection[str] | None) -> Stream[EntryRow]:
    """Rows of the ledger as they are shown; of some bodies, or of all."""
    wanted = rows if bodies is None else rows.only(lambda row: row.unit in bodies)
    return wanted.each(lambda row: _entry(plan, row))


def chain(view: View, entry: str) -> list[EntryRow]:
    """One entry with all that it corrects or that corrects it.

    Raises Unclear where there is no such entry.
    """
    plan = view.latest
    number = parse_number(entry, _("no such entry"))
    rows = entry_rows.chain(view.connection, plan.id, number, upto=view.upto)
    if not rows:
        raise Unclear(_("no such entry"), got=entry, hint=_("anju progress list shows their numbers"))
    return [_entry(plan, row) for row in rows]


def _entry(plan: Plan, row: EntryRecord) -> EntryRow:
    item, body = plan.by_id.get(row.item, plan.summary), plan.body_by_id[row.unit]
    return EntryRow(
        plan=plan.id,
        id=row.id,
        filing=row.filing,
        item=row.item,
        item_name=item.name,
        item_name_en=item.name_en,
        unit=row.unit,
        unit_name=body.name,
        unit_name_en=body.name_en,
        project=row.project,
        quarter=quarter_code(row.quarter),
        on=row.on,
        received_on=row.received_on,
        recorded_at=row.recorded_at,
        by=row.who,
        via=row.via,
        quantity=measured(row.quantity, item.decimals),
        stated_total=measured(row.stated_total, item.decimals),
        kind=KINDS[row.reports],
        corrects=row.corrects,
        corrected_by=row.corrected_by,
        reason=row.reason,
        note=row.note,
        evidence=row.evidence,
        reference=row.reference,
        receipt=receipt(row.filing_digest),
        carried_for=None if row.for_quarter is None else quarter_code(row.for_quarter),
        restated_by=row.document,
    )


def plan_list(path: Path) -> list[PlanLine]:
    """Every plan in the database, and its revisions, in order."""
    with reading(path) as connection:
        known = [
            (each, queries.plan_document(connection, each.plan, each.revision))
            for each in queries.revisions(connection)
        ]
    return [
        PlanLine(
            plan=each.plan,
            revision=each.revision,
            document=each.document_number,
            effective_on=each.effective_on,
            recorded_at=each.recorded_at,
            by=each.who,
            digest=each.digest,
            document_digest=document_digest(plan),
        )
        for each, plan in known
    ]


def plan_of(path: Path, text: str) -> str:
    """The plan that a person names by its id, or by its year where it is the only one of that year."""
    with reading(path) as connection:
        known = {each.plan: each.year for each in queries.revisions(connection)}
    matches = [plan for plan, year in known.items() if text in (plan, str(year))]
    if len(matches) != 1:
        candidates = ", ".join(matches or known)
        what = _("several plans match") if matches else _("no such plan")
        raise Unclear(what, got=text, hint=_("say which: {candidates}").format(candidates=candidates))
    return matches[0]


def plan_sheet(view: View) -> PlanSheet:
    """The plan in force, with all its items."""
    as_of = view.as_of(view.today)
    plan, revision = view.plan_at(as_of), view.revision_at(as_of)
    review = reviews_of(view, as_of)[plan.quarters.nearest(as_of)]
    return PlanSheet(
        plan=plan.id,
        revision=revision.revision,
        document=revision.document_number,
        effective_on=revision.effective_on,
        title=plan.title,
        title_en=plan.title_en,
        region=plan.region,
        region_en=plan.region_en,
        issuer=plan.issuer,
        issuer_en=plan.issuer_en,
        based_on=plan.based_on,
        issued_on=plan.issued_on,
        year=plan.year,
        units=len(plan.units),
        bodies=len(plan.reporting_bodies),
        settings=settings(plan, review),
        items=tuple(item_line(plan, item) for item in plan.items),
        projects=tuple(
            PlannedLine(project.code, project.name, step.target, step.homes, step.on)
            for project in plan.projects
            for step in project.planned
        ),
        document_digest=document_digest(plan),
        starts=plan.quarters.starts,
        ends=plan.quarters.ends,
    )


def plan_item(view: View, item: str) -> ItemLine:
    """One item, with its clause."""
    plan = view.plan_at(view.as_of(view.today))
    return item_line(plan, find_item(plan, item))


def item_line(plan: Plan, item: Item) -> ItemLine:
    """An item as lists show it."""
    same = (name for name in ItemLine._fields if hasattr(item, name))
    shown: dict[str, Any] = {name: getattr(item, name) for name in same} | {
        "plan": plan.id,
        **_names(plan, "lead", item.lead),
        **_names(plan, "assist", item.assist),
        "goal": measured(item.goal, item.decimals),
        "baseline": measured(item.baseline.value, item.decimals) if item.baseline else None,
        "baseline_on": item.baseline.on if item.baseline else None,
        "nodes": tuple((day, str(amount)) for day, amount in item.nodes),
        "allocations": {body: measured(part, item.decimals) for body, part in item.allocations.items()},
        "clause": item.clause.id if item.clause else None,
        "place": item.clause.place if item.clause else None,
        "quote": item.clause.quote if item.clause else None,
    }
    return ItemLine(**shown)


def _names(plan: Plan, role: str, bodies: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    known = [plan.body_by_id[body] for body in bodies]
    return {
        f"{role}_names": tuple(each.name for each in known),
        f"{role}_names_en": tuple(each.name_en for each in known),
    }
