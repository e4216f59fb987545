"""Is the ledger what it was when it was written: pages, triggers, references, digests, seals, totals.

Whoever holds a receipt or a seal on paper can hold the ledger to it.
"""

import json
import sqlite3
from collections.abc import Iterator

from anju_cli.domain.digests import digest
from anju_cli.domain.history import History
from anju_cli.domain.plan import Plan
from anju_cli.domain.rates import measured
from anju_cli.domain.receipts import RECEIPT_LENGTH, receipt
from anju_cli.domain.reviews import SEAL_CONTENT
from anju_cli.errors import Unclear
from anju_cli.i18n import _
from anju_cli.reports.answers.ledger import Fault
from anju_cli.reports.quarter.reproducing import above_whole, parts, reproduced, smuggled
from anju_cli.reports.view import View, view_on
from anju_cli.store import check_queries, entry_queries, queries, review_queries, sealed
from anju_cli.store.altered import altered
from anju_cli.store.fit import misfits
from anju_cli.store.location import disagreement
from anju_cli.store.schema import VERSION

Found = tuple[str, int | None, str]
"""A check, the row, and what is wrong."""

SHORTEST = 8
"""Digits of a receipt or a seal that must be given to look for it."""


def verify(view: View, wanted_receipt: str | None = None, against: str | None = None) -> list[Fault]:
    """Every fault of the database, in the order of the checks; a receipt or a seal held by others is looked for.

    Rows and seals are those of the whole file; what they come to is looked at plan by plan, whichever was asked for.
    """
    view.notes += [note for code in (wanted_receipt, against) if code for note in _too_short(code)]
    try:
        faults = [Fault(view.id, *each) for each in _of_rows(view.connection)]
        if not any(fault.check in ("pages", "revision", "entry") for fault in faults):
            whole = not faults  # what is computed from damaged rows means nothing
            for plan in dict.fromkeys(each.plan for each in queries.revisions(view.connection)):
                each_view = view if plan == view.id else view_on(view.connection, plan=plan, known_at=view.known_at)
                faults += [Fault(plan, *found) for found in _of_plan(each_view, whole)]
    except sqlite3.DatabaseError as fault:
        return [Fault(view.id, "pages", None, disagreement(str(fault)))]
    found = [*_receipt(view.connection, wanted_receipt), *_seal(view.connection, against)]
    return faults + [Fault(view.id, *each) for each in found]


def _of_plan(view: View, whole: bool) -> Iterator[Found]:
    """What of one plan's sums does not hold: totals that were stated, figures that were circulated, locks, parts."""
    stated = [("stated_total", row, said) for row, said in _stated(view, view.latest)]
    yield from stated
    if whole and not stated:
        yield from (("circulated", row, said) for row, said in reproduced(view))
        yield from (("entry", row, said) for row, said in smuggled(view))
        yield from (("parts", None, said) for said in (*parts(view), *above_whole(view)))


def _receipt(connection: sqlite3.Connection, wanted: str | None) -> Iterator[Found]:
    if wanted is not None and not _is_known(connection, "filing", wanted):
        yield "receipt", None, _("no filing has the receipt {receipt}").format(receipt=wanted)


def _seal(connection: sqlite3.Connection, wanted: str | None) -> Iterator[Found]:
    if wanted is not None and not _is_known(connection, "seal", wanted):
        yield "seal", None, _("no seal is {code}: this is not the ledger it was made on").format(code=wanted)


def faults_of_rows(connection: sqlite3.Connection) -> list[str]:
    """What of a database's rows and seals does not hold, in one line each; a whole plan is not asked for."""
    found = _of_rows(connection)
    if not found and not queries.revisions(connection):
        found = [("revision", None, _("it holds no plan"))]
    return [f"{check} {row or ''}: {said}".replace(" :", ":") for check, row, said in found]


def _of_rows(connection: sqlite3.Connection) -> list[Found]:
    check_queries.read_any_text(connection)
    found = [*of_file(connection), *altered(connection), *of_seals(connection)]
    return list(dict.fromkeys(found))


def of_file(connection: sqlite3.Connection) -> Iterator[Found]:
    """Pages that are damaged, references that lead nowhere, triggers that are not ours."""
    for finding in check_queries.pages(connection):
        yield "pages", None, finding
    for table, row, parent in check_queries.lost_references(connection):
        yield "references", row, _("{table} names a {parent} that is not there").format(table=table, parent=parent)
    for misfit in misfits(connection, VERSION):
        gone, strange = (
            _("the trigger {name} no longer protects its table"),
            _("the trigger {name} does not belong to anju"),
        )
        yield "trigger", None, (gone if misfit.ours else strange).format(name=misfit.part.name)


def of_seals(connection: sqlite3.Connection) -> Iterator[Found]:
    """Seals that what they cover does not fit: rows changed, added, or gone since."""
    before: dict[str, int] = {}
    previous, last_id = None, 0
    there = sealed.last_ids(connection.execute)
    for seal in review_queries.seals(connection):
        covers = _covered(seal.covers)
        if covers is None or seal.id != last_id + 1 or seal.previous != previous:
            yield "seal", seal.id, _("it does not follow the seal before it")
            return
        for table, last in covers.items():
            if there.get(table, 0) < last:
                gone = _("{table}: rows after {last} were sealed and are gone")
                yield "seal", seal.id, gone.format(table=table, last=there.get(table, 0))
        content = [getattr(seal, name) for name in SEAL_CONTENT]
        if digest([*content, *sealed.digests(connection.execute, before, covers)]) != seal.digest:
            yield "seal", seal.id, _("what it covers is not what was sealed")
        before, previous, last_id = covers, seal.digest, seal.id


def _covered(text: str) -> dict[str, int] | None:
    """What a seal says it covers; null where that cannot be read."""
    try:
        covers = json.loads(text)
        return {str(table): int(last) for table, last in covers.items()}
    except (ValueError, TypeError, AttributeError, OverflowError):
        return None


def _stated(view: View, plan: Plan) -> Iterator[tuple[int, str]]:
    """Totals that a body stated and that no longer hold, after a write into the past let them move."""
    stated = {
        (id, None if plan.by_id.get(id, plan.summary).shared else unit)
        for id, unit in entry_queries.bodies_that_stated(view.connection, plan.id)
    }
    for id, body in sorted(stated, key=lambda each: (each[0], each[1] or "")):
        decimals = plan.by_id.get(id, plan.summary).decimals
        for chain, cumulative in History(entry_queries.moves_of(view.connection, plan.id, id, body)).broken():
            words = _("{item} of {unit} on {day}: {stated} was stated, {cumulative} stands")
            yield (
                chain.last.id,
                words.format(
                    item=id,
                    unit=chain.report.unit,
                    day=chain.report.on,
                    stated=measured(chain.stated, decimals),
                    cumulative=measured(cumulative, decimals),
                ),
            )


def _too_short(code: str) -> Iterator[str]:
    """What is to be said of a code of which a paper printed fewer digits than there are."""
    given = len(code.replace("-", "").strip())
    if SHORTEST <= given < RECEIPT_LENGTH:
        said = _("only {n} of {all} digits of {code} were compared: another ledger could begin so too")
        yield said.format(n=given, all=RECEIPT_LENGTH, code=code)


def _is_known(connection: sqlite3.Connection, table: str, wanted: str) -> bool:
    """Whether a filing or seal has a digest that begins so: a receipt, or the whole digest."""
    plain = wanted.replace("-", "").strip().lower()
    if table == "seal" and (len(plain) < SHORTEST or plain.strip("0123456789abcdef")):
        hint = _("it is printed on reports: {n} hexadecimal digits").format(n=RECEIPT_LENGTH)
        raise Unclear(_("not a seal"), got=wanted, hint=hint)
    known = check_queries.digests_of(connection, table)
    if table == "filing":
        known = (receipt(each).replace("-", "") for each in known)
    return len(plain) >= SHORTEST and any(each.startswith(plain) for each in known)
