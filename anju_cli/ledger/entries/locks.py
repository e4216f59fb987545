"""After the lock (数据锁定): a figure of a locked quarter is refused, carried into the open one, or restated.

Words alone are a late return and are taken. What counts in a locked quarter is locked with it: an entry of the first
quarter stands in the cumulative of the second.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from anju_cli.domain.grammar import words
from anju_cli.domain.items import Item
from anju_cli.domain.quarters import Quarters, quarter_code
from anju_cli.domain.reviews import changes_what_is_shown
from anju_cli.errors import Refused, Unclear
from anju_cli.i18n import _
from anju_cli.ledger.book import Book
from anju_cli.ledger.drafts import Draft, Way
from anju_cli.store import entry_queries
from anju_cli.store.entry_queries import StoredEntry


def way(*, carry: bool, restate: bool, reason: str | None, document: str | None) -> Way:
    """The way chosen, as typed; a restatement says why, and which document orders it.

    Raises Unclear where the options exclude each other, or one is missing.
    """
    if carry and restate:
        raise Unclear(_("--carry and --restate exclude each other"))
    if not restate:
        if document is None:
            return Way(carry=carry)
        if not carry:
            raise Unclear(_("--document goes with --carry or --restate"), got=document)
        return Way(carry=True, document=words(document, "--document"))
    if reason is None or document is None:
        raise Unclear(_("--restate needs --reason and --document"), hint="--restate --reason TEXT --document NUMBER")
    return Way(restate=True, reason=words(reason, "--reason"), document=words(document, "--document"))


def locked_quarters(book: Book) -> list[int]:
    """The quarters whose data are locked now, in order."""
    return sorted(quarter for quarter, each in book.assessments().items() if each.locked)


def placed(book: Book, draft: Draft, item: Item) -> Draft:
    """A draft where the person chose to have it: carried into the open quarter if that is asked and its own is locked.

    What follows an entry of a locked quarter leaves that chain alone, and is booked beside it as a difference.

    Raises Refused where it cannot be carried, or no quarter is open to carry it into.
    """
    locked = locked_quarters(book) if book.way.carry else []
    if not _touches(draft, book.plan.quarters, locked):
        return draft
    if draft.quantity is None and draft.stated_total is None:
        raise Refused(_("words alone have no figure to carry"), hint=_restating())
    follows = draft.corrects is not None
    if item.level:
        raise Refused(_("a level is of its own day and is not carried"), got=item.id, hint=_restating())
    if draft.stated_total is not None and not follows and item.kind != "milestone":
        raise Refused(_("a total of a locked quarter cannot be carried"), hint=_("state the increment"))
    received_on = book.today if follows else draft.received_on
    return replace(
        draft,
        on=_open_day(book, received_on, locked[-1]),
        received_on=received_on,
        reports=1,
        corrects=None,
        root=None,
        stated_total=None if follows else draft.stated_total,
        evidence=draft.evidence or book.way.document or None,
        carried_from=draft.on,
        settles=draft.corrects,
    )


def check(book: Book, drafts: Sequence[Draft]) -> None:
    """Refuse figures of a locked quarter, unless they restate it; and a way that leads nowhere."""
    locked = locked_quarters(book)
    if not locked and book.way == Way():
        return  # as nearly every filing, and every long one
    touching = [draft for draft in drafts if _touches(draft, book.plan.quarters, locked)]
    if (book.way.restate and not touching) or (book.way.carry and not any(draft.carried_from for draft in drafts)):
        option = "--restate" if book.way.restate else "--carry"
        raise Refused(_("nothing here is of a locked quarter"), got=option, hint=_("leave the option out"))
    if touching and not book.way.restate:
        first = min(touching, key=lambda draft: draft.on)
        quarter = quarter_code(_locked_by(book.plan.quarters.of(first.on), locked))
        raise Refused(
            _("the data of {quarter} are locked").format(quarter=quarter),
            got=first.on,
            hint=_ways_on(book, touching, locked[-1]),
        )


def keep(book: Book, drafts: Sequence[Draft], rows: Sequence[StoredEntry], filing: int) -> dict[int, int]:
    """Record beside a filing what of it was carried, or that it restates what was circulated.

    By the numbers of the entries that were carried, the quarters that they are kept as of.
    """
    carried: dict[int, int] = {}
    if book.way == Way():
        return carried
    connection, plan = book.connection, book.plan
    for draft, row in zip(drafts, rows, strict=True):
        if not draft.carried_from:
            continue
        quarter = carried[row.id] = plan.quarters.of(draft.carried_from)
        entry_queries.add_carried(connection, plan.id, row.id, quarter, draft.carried_from, draft.settles)
        booked = _("booked in {open} on {on}, kept as for {quarter}")
        codes = {"open": quarter_code(plan.quarters.of(draft.on)), "quarter": quarter_code(quarter)}
        book.notes.append(booked.format(**codes, on=draft.on))
    if book.way.restate:
        locked = locked_quarters(book)
        touching = [draft for draft in drafts if _touches(draft, plan.quarters, locked)]
        quarter = _locked_by(min(plan.quarters.of(draft.on) for draft in touching), locked)
        entry_queries.add_restatement(connection, plan.id, filing, quarter, book.way.reason, book.way.document)
        changed = _("what was circulated for {quarter} is restated; anju report why {quarter} shows by what")
        book.notes.append(changed.format(quarter=quarter_code(quarter)))
        assessment = book.assessments()[quarter]
        if assessment.ended_on and not assessment.last("bulletin"):
            waiting = _("the bulletin of {quarter} has not gone out: it will tell of this correction")
            book.warnings.append(waiting.format(quarter=quarter_code(quarter)))
    return carried


def _touches(draft: Draft, quarters: Quarters, locked: Sequence[int]) -> bool:
    shown = changes_what_is_shown(draft.quantity, draft.stated_total, draft.reports)
    return shown and bool(locked) and quarters.of(draft.on) <= locked[-1]


def _locked_by(quarter: int, locked: Sequence[int]) -> int:
    """The first locked quarter in whose figures one counts."""
    return next(each for each in locked if each >= quarter)


def _open_day(book: Book, received_on: date, last_locked: int) -> date:
    """The day in an open quarter on which a carried figure is booked; refused where there is none."""
    day = _first_open_day(book, received_on, last_locked)
    if day is None:
        raise Refused(_("no quarter of {year} is open to carry it into").format(year=book.plan.year), hint=_restating())
    return day


def _first_open_day(book: Book, received_on: date, last_locked: int) -> date | None:
    """That of receipt, else today; null where no quarter is open on either.

    Once the year is over it is its last: the last quarter is still open, though no day of it is left.
    """
    quarters = book.plan.quarters
    for day in (received_on, book.today, *([quarters.ends] if quarters.ends < book.today else [])):
        if day <= book.today and last_locked < quarters.of(day) <= quarters.last:
            return day
    return None


def _ways_on(book: Book, touching: Sequence[Draft], last_locked: int) -> str:
    """What may still be done about figures of a locked quarter: a level is never carried, nor anything into nowhere."""
    hint = _("--carry books it in the open quarter, {restate} changes what was circulated")
    is_level = any(item.level for draft in touching if (item := book.plan.by_id.get(draft.item)))
    if is_level or _first_open_day(book, touching[0].received_on, last_locked) is None:
        hint = _("{restate} changes what was circulated")
    return hint.format(restate=_restating())


def _restating() -> str:
    return "--restate --reason TEXT --document NUMBER"
