"""Is the ledger what it was when it was written: pages, references, digests, stated totals."""

import sqlite3
from collections.abc import Iterator
from typing import NamedTuple

from anju_cli.domain.history import History, Move, move_of
from anju_cli.domain.plan import Plan
from anju_cli.domain.rates import measured
from anju_cli.domain.receipts import receipt
from anju_cli.i18n import _
from anju_cli.reports.view import View
from anju_cli.store import queries
from anju_cli.store.altered import altered


class Fault(NamedTuple):
    """One thing that does not hold: where, and what."""

    plan: str
    check: str
    """pages | references | entry | filing | revision | project | followup | return | receipt | stated_total."""
    row: int | None
    found: str


def verify(view: View, wanted_receipt: str | None = None) -> list[Fault]:
    """Every fault of the database, in the order of the checks; a receipt that is held by others can be looked for."""
    faults = [Fault(view.id, check, row, found) for check, row, found in _of_file(view.connection)]
    try:
        faults += [Fault(view.id, check, row, found) for check, row, found in altered(view.connection)]
        if not any(fault.check in ("pages", "revision", "entry") for fault in faults):  # else nothing can be reckoned
            plan = view.latest
            faults += [Fault(view.id, "stated_total", row, found) for row, found in _stated(view, plan)]
    except sqlite3.DatabaseError as fault:
        return [*faults, Fault(view.id, "pages", None, str(fault))]
    if wanted_receipt is not None and not _is_known(view.connection, wanted_receipt):
        faults.append(
            Fault(view.id, "receipt", None, _("no filing has the receipt {receipt}").format(receipt=wanted_receipt))
        )
    return faults


def _of_file(connection: sqlite3.Connection) -> Iterator[tuple[str, int | None, str]]:
    for (said,) in connection.execute("PRAGMA integrity_check"):
        if said != "ok":
            yield "pages", None, said
    for table, row, parent, _key in connection.execute("PRAGMA foreign_key_check"):
        yield "references", row, _("{table} names a {parent} that is not there").format(table=table, parent=parent)


def _stated(view: View, plan: Plan) -> Iterator[tuple[int, str]]:
    """Totals that a body stated and that no longer hold, after a write into the past let them move."""
    histories: dict[tuple[str, str], list[Move]] = {}
    for row in queries.moves(view.connection, plan.id):
        item = plan.by_id.get(row["item"], plan.summary)
        histories.setdefault((item.id, "" if item.shared else row["unit"]), []).append(move_of(row))
    for (id, _unit), moves in histories.items():
        decimals = plan.by_id.get(id, plan.summary).decimals
        for chain, cumulative in History(tuple(moves)).broken():
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


def _is_known(connection: sqlite3.Connection, wanted: str) -> bool:
    plain = wanted.replace("-", "").lower()
    known = (receipt(digest).replace("-", "") for (digest,) in connection.execute("SELECT digest FROM filing"))
    return any(len(plain) >= 8 and each.startswith(plain) for each in known)
