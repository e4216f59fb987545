"""Corrections, voids and undos: what follows an entry in its chain."""

from collections import defaultdict

from anju_cli.domain.grammar import parse_quantity, words
from anju_cli.domain.items import FULL, Item
from anju_cli.errors import Refused, Unclear
from anju_cli.i18n import _
from anju_cli.ledger.book import Book, entry_of
from anju_cli.ledger.drafts import Draft, Filed, Manner, follow
from anju_cli.ledger.entries import locks
from anju_cli.ledger.entries.filing import file
from anju_cli.ledger.entries.locks import placed
from anju_cli.ledger.entries.stated_totals import settled
from anju_cli.store import entry_queries, whole_rows
from anju_cli.store.tables import Entry


def correct(book: Book, entry: int, reason: str, manner: Manner, *, quantity: str | None, total: str | None) -> Filed:
    """State the right value of an entry: the difference to its chain's sum is recorded, and why.

    Raises Unclear where there is no such entry or value, Refused where it cannot be corrected so.
    """
    last = _last_of_chain(book, entry)
    item = _item(book, last)
    if (quantity is None) == (total is None):
        raise Unclear(_("say the right QUANTITY or the right --total"))
    history = book.history(item, last.unit)
    chain = history.chains[last.root or last.id or 0]
    if chain.quantity is None:
        hint = _("void it and add it again")
        raise Refused(_("entry {n} has words alone; only a quantity can be corrected").format(n=entry), hint=hint)
    value = parse_quantity(quantity or total or "", item.decimals, signed=item.signed)
    if item.kind == "milestone" and value > FULL:
        raise Refused(_("a milestone's level is at most 100 %"), got=value)
    if stated := total is not None or item.is_level:
        difference = value - history.cumulative(chain.report.place, chain.report.project)
    else:
        difference = value - chain.quantity
    if not difference:
        raise Refused(_("entry {n} has this value already").format(n=entry), got=quantity or total)
    why = words(reason, "--reason")
    draft = placed(book, follow(last, difference, why, stated_total=value if stated else None), item)
    locks.check(book, [draft])
    return file(book, settled(book, item, history, [draft]), manner)


def void(book: Book, entry: int, reason: str, manner: Manner) -> Filed:
    """Take an entry out of every sum and end its chain; it stays in the list, with the reason.

    Raises Unclear where there is no such entry, Refused where its chain has gone on or ended.
    """
    last = _last_of_chain(book, entry)
    item = _item(book, last)
    history = book.history(item, last.unit)
    draft = _void(last, history.chains[last.root or last.id or 0].quantity, words(reason, "--reason"))
    draft = placed(book, draft, item)
    locks.check(book, [draft])
    return file(book, settled(book, item, history, [draft]), manner)


def undo(book: Book, filing: int | None, manner: Manner) -> Filed:
    """Void the reports and reverse the corrections of one filing (default the last), in a new filing.

    Raises Unclear where there is no such filing, Refused where one of its entries has been followed.
    """
    filing = filing or whole_rows.last_filing(book.session, book.plan.id)
    entries = [entry for entry in whole_rows.entries_of(book.session, filing or 0) if entry.plan == book.plan.id][::-1]
    if not entries:
        raise Unclear(_("no such filing"), got=filing, hint=_("anju progress list shows their numbers"))
    reason = _("undo of filing {n}").format(n=filing)
    by_history: dict[tuple[str, str], list[Draft]] = defaultdict(list)
    for each in entries:
        _check_last(book, each)
        scope = "" if _item(book, each).shared else each.unit
        by_history[each.item, scope].append(placed(book, _reversed(book, each, reason), _item(book, each)))
    locks.check(book, [draft for reversals in by_history.values() for draft in reversals])
    drafts: list[Draft] = []
    for (item, unit), reversals in by_history.items():
        known = book.plan.by_id.get(item, book.plan.summary)
        drafts += settled(book, known, book.history(known, unit), reversals)
    return file(book, drafts, manner)


def _reversed(book: Book, entry: Entry, reason: str) -> Draft:
    """What undoes one entry: a void of a report, the earlier value of a correction."""
    if entry.reports < 0:
        hint = _("add the entry again")
        raise Refused(_("filing {n} is a void, which ends a chain").format(n=entry.filing_id), hint=hint)
    if entry.reports > 0:
        return _void(entry, entry.quantity, reason)
    before = entry_of(book, entry.corrects or 0)
    return follow(entry, -(entry.quantity or 0), reason, stated_total=before.stated_total)


def _void(entry: Entry, quantity: int | None, reason: str) -> Draft:
    return follow(entry, None if quantity is None else -quantity, reason, reports=-1)


def _last_of_chain(book: Book, number: int) -> Entry:
    entry = entry_of(book, number)
    _check_last(book, entry)
    if entry.reports < 0:
        raise Refused(_("entry {n} is a void, which ends a chain").format(n=number), hint=_("add the entry again"))
    return entry


def _check_last(book: Book, entry: Entry) -> None:
    """An entry is corrected at most once; naming one already corrected is refused, naming its successor."""
    if successor := entry_queries.successor(book.connection, entry.id or 0):
        followed = _("entry {n} has been corrected or voided by entry {successor}")
        raise Refused(followed.format(n=entry.id, successor=successor), hint=_("name entry {n}").format(n=successor))
    if carried := entry_queries.settled_by(book.connection, entry.id or 0):
        settled = _("entry {n} has been corrected or voided by entry {successor}, carried into a later quarter")
        hint = _("void entry {n} first").format(n=carried)
        raise Refused(settled.format(n=entry.id, successor=carried), hint=hint)


def _item(book: Book, entry: Entry) -> Item:
    return book.plan.by_id.get(entry.item, book.plan.summary)
