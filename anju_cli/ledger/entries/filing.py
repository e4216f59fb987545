"""The one way entries get into a ledger: a filing, all of it or nothing."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache, partial

from anju_cli.domain import plausible
from anju_cli.domain.digests import digest, filing_digest
from anju_cli.domain.plan import Plan
from anju_cli.domain.rates import measured
from anju_cli.domain.receipts import receipt
from anju_cli.domain.tally import NOTHING, Tally
from anju_cli.i18n import _
from anju_cli.ledger.book import Book
from anju_cli.ledger.drafts import Draft, Echo, Filed, Manner
from anju_cli.ledger.entries import locks
from anju_cli.store import entry_queries, figure_queries, whole_rows
from anju_cli.store.entry_queries import StoredEntry
from anju_cli.store.tables import Filing


def file(book: Book, drafts: Sequence[Draft], manner: Manner) -> Filed:
    """Record one filing with its entries; refused where it would change what is locked."""
    locks.check(book, drafts)
    ends = book.ends()
    filing = Filing(
        id=ends.next_filing,
        plan=book.plan.id,
        reference=manner.reference,
        who=book.who,
        via=manner.via,
        received_on=(manner.received_on or book.today).isoformat(),
        recorded_at=book.moment(),
        source=manner.source,
        source_sha256=manner.source_sha256,
        digest="",
    )
    rows = entry_rows(drafts, book.plan, ends.next_filing, ends.next_entry)
    filing.digest = filing_digest(filing.model_dump(), [row.digest for row in rows])
    book.session.add(filing)
    book.session.flush()
    entry_queries.add_entries(book.connection, rows)
    book.kept.pop("booked", None)
    carried = locks.keep(book, drafts, rows, ends.next_filing)
    _warn_of_the_implausible(book, drafts, ends.next_filing)
    _warn_of_quotas_above_their_whole(book, {draft.item for draft in drafts})
    _warn_of_more_closed_than_taken_in(book, {(draft.item, draft.unit) for draft in drafts})
    return filed(book, filing, rows, carried)


def _warn_of_the_implausible(book: Book, drafts: Sequence[Draft], filing: int) -> None:
    """Say so where a figure looks mistyped, or a body's cumulative falls to 0."""
    changes: dict[tuple[str, str], int] = {}
    largest = cache(partial(figure_queries.largest_figure, book.connection, book.plan.id, before=filing))
    booked_on = cache(book.booked)
    for draft in (draft for draft in drafts if draft.quantity is not None):
        item = book.plan.by_id[draft.item]
        pair = draft.item, draft.unit
        changes[pair] = changes.get(pair, 0) + (draft.quantity or 0)
        if plausible.weighty(item, draft.quantity or 0):
            figure = figure_queries.figure_of(book.connection, draft.root) if draft.root else draft.quantity or 0
            before = largest(*pair, but=draft.root or 0)
            book.warnings += plausible.implausible(item, figure, booked_on(item.id), before)
    for (id, unit), change in changes.items():
        if change < 0:
            booked = figure_queries.booked_by(book.connection, book.plan.id, id, unit)
            book.warnings += plausible.fallen(book.plan.by_id[id], unit, change, booked)


def _warn_of_quotas_above_their_whole(book: Book, touched: set[str]) -> None:
    """Say so where a sub-quota (其中) now counts more than what it is part of: one of the two is wrong."""
    plan = book.plan
    for part, whole in ((item, plan.by_id[item.within]) for item in plan.items if item.within):
        parts, wholes = ([leaf.id for leaf in plan.leaves(of)] for of in (part, whole))
        if not touched & {*parts, *wholes}:
            continue
        counted, at_most = (sum(map(book.booked, leaves)) for leaves in (parts, wholes))
        if counted > at_most:
            more = _("{part} now counts {counted}, more than {whole}, which it is part of: {at_most}")
            figures = {"counted": measured(counted, part.decimals), "at_most": measured(at_most, whole.decimals)}
            book.warnings.append(more.format(part=part.id, whole=whole.id, **figures))


def _warn_of_more_closed_than_taken_in(book: Book, touched: set[tuple[str, str]]) -> None:
    """Say so where a body has closed (办结) more cases of a duty than it has taken in (受理)."""
    for id, companion in book.plan.companions.items():
        for unit in sorted({unit for item, unit in touched if item in (id, companion.id)}):
            closed, taken_in = (
                figure_queries.reported_by(book.connection, book.plan.id, item, unit) for item in (id, companion.id)
            )
            book.warnings += plausible.more_closed(book.plan.by_id[id], unit, closed, taken_in)


def filed_before(book: Book, filing: Filing) -> Filed:
    """What was recorded in an earlier filing."""
    entries = whole_rows.entries_of(book.session, filing.id or 0)
    rows = [StoredEntry(*(getattr(entry, column) for column in StoredEntry._fields)) for entry in entries]
    kept_as_of = entry_queries.carried(book.connection, book.plan.id)
    carried = {row.id: kept_as_of[row.id] for row in rows if row.id in kept_as_of}
    return filed(book, filing, rows, carried, already=True)


def filed(
    book: Book, filing: Filing, rows: Sequence[StoredEntry], carried: Mapping[int, int], *, already: bool = False
) -> Filed:
    """What was recorded, with what it did to the figures."""
    counted = {(row.item, row.unit) for row in rows if row.quantity is not None}
    places = {(row.item, row.unit, row.quarter): row.happened_on for row in rows}
    sums = {pair: _by_quarter(book, *pair) for pair in counted}
    echoes = [
        _echo(book.plan, item, unit, quarter, date.fromisoformat(on), sums[item, unit])
        for (item, unit, quarter), on in sorted(places.items())
        if (item, unit) in counted
    ]
    return Filed(book.plan, filing.model_dump(), rows, receipt(filing.digest), echoes, carried, already)


def _by_quarter(book: Book, item: str, unit: str) -> dict[int, Tally]:
    """What a body has booked on an item in each quarter; of a level that is shared, what all have."""
    whose = None if book.plan.by_id[item].shared else unit
    return entry_queries.by_quarter(book.connection, book.plan.id, item, whose)


def _echo(plan: Plan, item: str, unit: str, quarter: int, on: date, by_quarter: dict[int, Tally]) -> Echo:
    before = sum((tally for each, tally in by_quarter.items() if each < quarter), start=NOTHING)
    this = by_quarter.get(quarter, NOTHING)
    if plan.by_id[item].level:
        level = (before + this).level
        return Echo(item, unit, quarter, on, before.level, level, level)
    opening, added = before.quantity or 0, this.quantity or 0
    return Echo(item, unit, quarter, on, opening, added, opening + added)


def entry_rows(drafts: Sequence[Draft], plan: Plan, filing: int, first: int) -> list[StoredEntry]:
    """Drafts as rows of `entry`, numbered, keyed and digested. The bulk path: kept lean."""
    rows = []
    days = {day: (plan.quarters.of(day), day.isoformat()) for draft in drafts for day in (draft.on, draft.received_on)}
    for line, draft in enumerate(drafts):
        quarter, on = days[draft.on]
        content = (
            f"{filing:09}-{line:06}",
            plan.id,
            draft.item,
            draft.unit,
            draft.project,
            quarter,
            on,
            days[draft.received_on][1],
            draft.quantity,
            draft.stated_total,
            draft.reports,
            draft.corrects,
            draft.root,
            draft.reason,
            draft.note,
            draft.evidence,
        )
        rows.append(StoredEntry(first + line, filing, *content, digest(content)))
    return rows
