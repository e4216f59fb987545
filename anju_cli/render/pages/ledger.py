"""The ledger: entries, chains, and what a write recorded."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from anju_cli.domain.history import KINDS
from anju_cli.domain.plan_documents import document_digest
from anju_cli.domain.quarters import quarter_code
from anju_cli.domain.rates import measured
from anju_cli.i18n import _, named
from anju_cli.render import columns
from anju_cli.render.columns import ColumnOf
from anju_cli.render.page import Page, text
from anju_cli.render.recorded import EntryRecorded, FigureRecorded, FilingRecorded, PlanRecorded, ProgressRecorded
from anju_cli.render.wording import labels

if TYPE_CHECKING:
    from anju_cli.domain.items import Item
    from anju_cli.ledger import Amended, Applied, Filed
    from anju_cli.ledger.drafts import Echo, StoredEntry
    from anju_cli.reports.answers.ledger import EntryRow, Fault


def entries_page(rows: Iterable[EntryRow]) -> Page:
    """Entries in order."""
    return Page("", [], [columns.table(_("Entries"), _entry_columns(), rows, _("No entries."))])


def _entry_columns() -> list[ColumnOf[EntryRow]]:
    return [
        columns.figure("id", _("Entry"), lambda row: text(row.id, _followed(row), row.id)),
        columns.figure("filing", _("Filing"), lambda row: text(row.filing, _followed(row), row.filing)),
        columns.words("item_name", _("Task"), lambda row: named(row.item_name, row.item_name_en), _followed),
        columns.words("unit_name", _("Body"), lambda row: named(row.unit_name, row.unit_name_en), _followed),
        columns.code("quarter", _("Quarter"), lambda row: labels.quarter(row.quarter), _followed),
        columns.day("on", _("Happened")),
        columns.day("received_on", _("Received")),
        columns.figure("quantity", _("Quantity"), tone=_followed, sign=True),
        columns.figure("stated_total", _("Stated total"), tone=_followed),
        columns.words("kind", _("Kind"), entry_kind),
        columns.words("by", _("By"), tone=_followed),
        columns.words("note", _("Words"), _words, _followed),
    ]


def _followed(row: EntryRow) -> str:
    """What another entry has taken the place of is faint."""
    return "faint" if row.corrected_by else ""


def entry_kind(row: EntryRow) -> str:
    """What an entry is, what it corrects, and what followed it."""
    kind = labels.entry_kind(row.kind, row.quantity, row.stated_total)
    kind += f" #{row.corrects}" if row.corrects else ""
    return kind + (_(", followed by #{n}").format(n=row.corrected_by) if row.corrected_by else "")


def _words(row: EntryRow) -> str:
    said = [row.project, row.note, row.reason, row.evidence]
    said += [_("late report of {quarter}").format(quarter=labels.quarter(row.carried_for))] if row.carried_for else []
    said += [_("restated by {document}").format(document=row.restated_by)] if row.restated_by else []
    return " · ".join(filter(None, said))


def chain_page(rows: list[EntryRow]) -> Page:
    """One entry and what followed it, with the receipts of their filings."""
    lines = [
        _("Entry {n} · filing {filing} · recorded {recorded} by {by} · via {via} · receipt {receipt}").format(
            n=row.id,
            filing=row.filing,
            recorded=labels.moment(row.recorded_at),
            by=row.by,
            via=labels.channel(row.via),
            receipt=row.receipt,
        )
        for row in rows
    ]
    return Page("", [], entries_page(rows).tables, lines)


def filed_record(filed: Filed, dry_run: bool) -> ProgressRecorded:
    """What was recorded, as JSON has it."""
    filing = filed.filing
    kept = {
        name: filing[name] for name in ("id", "reference", "via", "recorded_at", "source", "source_sha256", "digest")
    }
    return ProgressRecorded(
        plan=filed.plan.id,
        dry_run=dry_run,
        already=filed.already,
        filing=FilingRecorded(**kept, received_on=date.fromisoformat(filing["received_on"]), by=filing["who"]),
        entries=tuple(_entry_record(filed, row) for row in filed.entries),
        figures=tuple(_figure_record(filed, echo) for echo in filed.echoes),
        receipt=filed.receipt,
    )


def _entry_record(filed: Filed, row: StoredEntry) -> EntryRecorded:
    decimals = filed.plan.by_id.get(row.item, filed.plan.summary).decimals
    same = ("id", "item", "unit", "project", "corrects", "reason", "note", "evidence", "digest")
    return EntryRecorded(
        **{name: getattr(row, name) for name in same},
        filing=row.filing_id,
        quarter=quarter_code(row.quarter),
        on=date.fromisoformat(row.happened_on),
        received_on=date.fromisoformat(row.received_on),
        recorded_at=filed.filing["recorded_at"],
        by=filed.filing["who"],
        quantity=measured(row.quantity, decimals),
        stated_total=measured(row.stated_total, decimals),
        kind=KINDS[row.reports],
        carried_for=quarter_code(filed.carried[row.id]) if row.id in filed.carried else None,
    )


def _figure_record(filed: Filed, echo: Echo) -> FigureRecorded:
    decimals = filed.plan.by_id[echo.item].decimals
    return FigureRecorded(
        item=echo.item,
        unit=echo.unit,
        quarter=quarter_code(echo.quarter),
        opening=measured(echo.opening, decimals),
        quarter_quantity=measured(echo.this, decimals),
        cumulative=measured(echo.cumulative, decimals),
    )


def filed_page(filed: Filed, dry_run: bool) -> Page:
    """What was recorded, what it did to the figures, the receipt, and how to undo it."""
    filing = filed.filing
    if filed.already:
        head = _("Already recorded: filing {n}, nothing was written").format(n=filing["id"])
    elif dry_run:
        head = _("Dry run, nothing was written: this would be filing {n}").format(n=filing["id"])
    else:
        head = _("Recorded: filing {n}").format(n=filing["id"])
    lines = [_line(filed, row) for row in filed.entries]
    for echo in filed.echoes:
        item = filed.plan.by_id.get(echo.item, filed.plan.summary)
        said = _("{quarter}: brought forward {opening}, this quarter {this}, cumulative {cumulative} {measure}")
        if item.level:
            said = _("{quarter}: level before {opening}, now {cumulative} {measure}")
        opening, this, cumulative = (
            "—" if each is None else measured(each, item.decimals)
            for each in (echo.opening, echo.this, echo.cumulative)
        )
        lines.append(
            said.format(
                quarter=labels.quarter(f"Q{echo.quarter}") if 1 <= echo.quarter <= 4 else echo.on,
                opening=opening,
                this=this,
                cumulative=cumulative,
                measure="%" if item.kind == "milestone" else item.measure,
            )
        )
    receipt = _("Receipt {receipt}").format(receipt=filed.receipt)
    return Page("", [head, *lines, *([] if dry_run else [receipt])], undo=[] if dry_run else undoing(filed))


def undoing(filed: Filed) -> list[str]:
    """The command that undoes a filing; none undoes what was recorded before, or a void, which ends its chain."""
    if filed.already or any(row.reports < 0 for row in filed.entries):
        return []
    return [f"anju progress undo {filed.filing['id']}"]


def _line(filed: Filed, row: StoredEntry) -> str:
    item, body = filed.plan.by_id.get(row.item, filed.plan.summary), filed.plan.body_by_id[row.unit]
    if row.quantity is None:
        said = _("words alone")
    elif item.is_level and row.stated_total is not None:
        said = f"{measured(row.stated_total, item.decimals)} {'%' if item.kind == 'milestone' else item.measure}"
    else:
        said = f"{measured(row.quantity, item.decimals):+}"
    kind = labels.entry_kind(KINDS[row.reports], row.quantity, row.stated_total)
    what, who = named(item.name, item.name_en), named(body.name, body.name_en)
    days = [row.happened_on]
    if row.received_on != row.happened_on:
        days.append(labels.pair(_("Received"), row.received_on))
    return " · ".join([f"#{row.id} {kind}", what, who, *days, said])


def applied_record(applied: Applied, dry_run: bool) -> PlanRecorded:
    """A plan as recorded, as JSON has it."""
    return PlanRecorded(
        plan=applied.plan.id,
        dry_run=dry_run,
        revision=applied.revision,
        document=applied.document_number,
        effective_on=applied.effective_on,
        digest=applied.digest,
        db=str(applied.path),
        document_digest=document_digest(applied.plan),
    )


def applied_page(applied: Applied, dry_run: bool) -> Page:
    """A plan as recorded."""
    plan = applied.plan
    state = _("adjustment {n}").format(n=applied.revision) if applied.revision else _("as issued")
    head = _("Dry run, nothing was written: ") if dry_run else _("Recorded: ")
    lines = [
        labels.listed([f"{head}{labels.aside(named(plan.title, plan.title_en), plan.id)}", state]),
        *([_held(applied)] if applied.effective_on else []),
        _("{targets} targets, {items} items, {units} units, {bodies} reporting bodies").format(
            targets=sum(1 for _each in plan.targets()),
            items=len(plan.items),
            units=len(plan.units),
            bodies=len(plan.reporting_bodies),
        ),
        _("Database {path} · digest {digest}").format(path=applied.path, digest=applied.digest[:8]),
    ]
    return Page("", lines)


def _held(applied: Applied) -> str:
    return _("In effect from {day} · {document}").format(day=applied.effective_on, document=applied.document_number)


FIELDS = ("goal", "allocations", "due", "lead", "assist", "inferred")
"""What an amendment may change of an item, in the order shown."""


def amended_record(done: Amended, dry_run: bool) -> dict[str, object]:
    """An adjustment as recorded, as JSON has it: each field as issued, before, and now."""
    return applied_record(done.applied, dry_run)._asdict() | {
        "changes": [change._asdict() for change in _changes(done)]
    }


class FieldChange(NamedTuple):
    """A field of an item as issued, before an adjustment, and now."""

    item: str
    field: str
    original: object
    before: object
    after: object


def _changes(done: Amended) -> Iterator[FieldChange]:
    for item in done.applied.plan.items:
        before, original = done.before.by_id[item.id], done.original.by_id.get(item.id)
        for name in FIELDS:
            if getattr(item, name) != getattr(before, name):
                yield FieldChange(item.id, name, _value(original, name), _value(before, name), _value(item, name))


def _value(item: Item | None, name: str) -> object:
    """A field of an item as JSON has it; quantities are in the measure."""
    if item is None:
        return None
    if name == "goal":
        return measured(item.goal, item.decimals)
    if name == "allocations":
        return {body: measured(part, item.decimals) for body, part in item.allocations.items()}
    value = getattr(item, name)
    return tuple(value) if name == "inferred" else value


def amended_page(done: Amended, dry_run: bool) -> Page:
    """An adjustment as recorded: as issued, before, and now, side by side."""
    page = applied_page(done.applied, dry_run)
    table = columns.table("", _change_columns(), _changes(done))
    return Page("", [*page.lines[:2], page.lines[-1]], [table])


def _change_columns() -> list[ColumnOf[FieldChange]]:
    return [
        columns.code("item", _("Task")),
        columns.state("field", _("What"), lambda row: labels.field(row.field)),
        columns.words("original", _("As issued"), lambda row: _shown(row.original)),
        columns.words("before", _("Before"), lambda row: _shown(row.before)),
        columns.words("after", _("Now"), lambda row: _shown(row.after)),
    ]


def _shown(value: object) -> str | None:
    if isinstance(value, dict):
        return labels.clauses(labels.pair(name, each) for name, each in value.items())
    if isinstance(value, tuple):
        return labels.listed(map(str, value))
    return None if value is None else str(value)


def rebuilt_page(path: object, counts: dict[str, int]) -> Page:
    """A database made of an exported ledger."""
    lines = [
        _("Recorded: {filings} filings, {entries} entries, {seals} seals, as they were").format(
            filings=counts["filing"], entries=counts["entry"], seals=counts["seal"]
        ),
        _("Database {path}").format(path=path),
    ]
    return Page("", lines)


def faults_page(rows: list[Fault]) -> Page:
    """What does not hold; nothing where all does."""
    return Page("", [], [columns.table(_("Faults"), _fault_columns(), rows)] if rows else [])


def _fault_columns() -> list[ColumnOf[Fault]]:
    return [
        columns.state("check", _("Check"), lambda row: labels.check(row.check)),
        columns.figure("row", _("Row")),
        columns.words("found", _("Found")),
    ]
