"""`anju progress`."""

from typing import Annotated, Any

import typer

from anju_cli.cli import options
from anju_cli.cli import returns as returning
from anju_cli.cli.doors import Desk, reads, writes
from anju_cli.cli.root import noun
from anju_cli.domain.grammar import parse_number
from anju_cli.i18n import _
from anju_cli.render.pages import ledger as pages
from anju_cli.reports import listing
from anju_cli.reports.view import View

app = noun("Report progress, list it, correct it.")

Entry = Annotated[str, typer.Argument(metavar="ENTRY", help="The number of an entry; progress list shows them.")]
Total = Annotated[
    str | None, typer.Option("--total", metavar="N", help="The body's own cumulative instead of an increment.")
]


@writes(
    app,
    "add",
    example="anju progress add raise 600 --unit hsc --quarter Q2\nanju progress add summary --unit wat -q Q2 --note …",
)
def add(
    desk: Desk,
    item: options.Item,
    quantity: Annotated[
        str | None, typer.Argument(metavar="[QUANTITY]", help="What was done; of a milestone, the level reached in %.")
    ] = None,
    *,
    unit: options.ByBody,
    quarter: options.ForQuarter = None,
    on: options.On = None,
    total: Total = None,
    done: Annotated[bool, typer.Option("--done", help="A milestone is finished.")] = False,
    received: options.Received = None,
    via: options.Via = None,
    project: options.Project = None,
    note: options.Note = None,
    evidence: options.Evidence = None,
    reason: Annotated[
        str | None,
        typer.Option(
            "--reason",
            metavar="TEXT",
            help="Why a total or a level is lower than before, or why what was circulated is restated.",
        ),
    ] = None,
    reference: options.Reference = None,
    outside_year: options.OutsideYear = False,
    keep_later: options.KeepLater = False,
    shift_later: options.ShiftLater = False,
    carry: options.Carry = False,
    restate: options.Restate = False,
    document: options.Ordered = None,
) -> Any:
    """Record what a unit reports on a task: a quantity, a total, a level, or words."""
    desk.after_lock(carry, restate, reason, document)
    report = desk.ledger.Report(
        item, unit, quantity, total, done, quarter, on, received, project, note, evidence, reason, outside_year,
        desk.later(keep_later, shift_later),
    )  # fmt: skip
    return desk.ledger.add(desk.book, report, desk.manner(via, reference))


@reads(app, "list", example="anju progress list --item raise --quarter Q2", rows="ledger:EntryRow")
def listed(
    view: View,
    item: options.OfItem = None,
    unit: options.OfUnit = None,
    quarter: options.OfQuarter = None,
    filing: Annotated[str | None, typer.Option("--filing", metavar="N", help="Of this filing alone.")] = None,
) -> Any:
    """The ledger's entries in order; corrected and voided ones stay in it."""
    return listing.entries(view, item=item, unit=unit, quarter=quarter, filing=filing), pages.entries_page


@reads(app, "show", example="anju progress show 7", rows="ledger:EntryRow", dated=False)
def show(view: View, entry: Entry) -> Any:
    """One entry with all that it corrects or that corrects it, and the receipts."""
    return listing.chain(view, entry), pages.chain_page


@writes(app, "correct", example='anju progress correct 7 620 --reason "typing error"')
def correct(
    desk: Desk,
    entry: Entry,
    quantity: Annotated[str | None, typer.Argument(metavar="[QUANTITY]", help="The right quantity, or level.")] = None,
    *,
    reason: options.Reason,
    total: Total = None,
    via: options.Via = None,
    keep_later: options.KeepLater = False,
    shift_later: options.ShiftLater = False,
    carry: options.Carry = False,
    restate: options.Restate = False,
    document: options.Ordered = None,
) -> Any:
    """State the right quantity of an entry. A wrong task, unit or date is voided and added again."""
    desk.after_lock(carry, restate, reason, document)
    number = parse_number(entry, _("no such entry"))
    later = desk.later(keep_later, shift_later)
    return desk.ledger.correct(desk.book, number, reason, desk.manner(via), quantity=quantity, total=total, later=later)


@writes(app, "void", example='anju progress void 7 --reason "wrong unit"')
def void(
    desk: Desk,
    entry: Entry,
    *,
    reason: options.Reason,
    keep_later: options.KeepLater = False,
    shift_later: options.ShiftLater = False,
    carry: options.Carry = False,
    restate: options.Restate = False,
    document: options.Ordered = None,
) -> Any:
    """Take an entry out of every total. It stays in the list, with the reason."""
    desk.after_lock(carry, restate, reason, document)
    number = parse_number(entry, _("no such entry"))
    return desk.ledger.void(desk.book, number, reason, desk.manner(), later=desk.later(keep_later, shift_later))


@writes(
    app,
    "reduce",
    example='anju progress reduce raise 36 --unit tal --on 2020-08-03 --reason "not accepted by the city"',
)
def reduce(
    desk: Desk,
    item: options.Item,
    quantity: Annotated[str, typer.Argument(metavar="QUANTITY", help="How many are taken off.")],
    *,
    unit: options.ByBody,
    reason: options.Reason,
    quarter: options.ForQuarter = None,
    on: options.On = None,
    received: options.Received = None,
    via: options.Via = None,
    project: options.Project = None,
    note: options.Note = None,
    evidence: options.Evidence = None,
    reference: options.Reference = None,
    outside_year: options.OutsideYear = False,
    keep_later: options.KeepLater = False,
    shift_later: options.ShiftLater = False,
    carry: options.Carry = False,
    restate: options.Restate = False,
    document: options.Ordered = None,
) -> Any:
    """Book a decrease: the city did not accept, a family left. Never below a cumulative of 0."""
    desk.after_lock(carry, restate, reason, document)
    reduction = desk.ledger.Reduction(
        item, unit, quantity, reason, quarter, on, received, project, note, evidence, outside_year,
        desk.later(keep_later, shift_later),
    )  # fmt: skip
    return desk.ledger.reduce(desk.book, reduction, desk.manner(via, reference))


@writes(app, "undo", example="anju progress undo\nanju progress undo 12")
def undo(
    desk: Desk,
    filing: Annotated[
        str | None, typer.Argument(metavar="[FILING]", help="The number of a filing; default the last.")
    ] = None,
    keep_later: options.KeepLater = False,
    shift_later: options.ShiftLater = False,
    carry: options.Carry = False,
    restate: options.Restate = False,
    reason: Annotated[str | None, typer.Option("--reason", metavar="TEXT", help="Why it is restated.")] = None,
    document: options.Ordered = None,
) -> Any:
    """Void the reports and reverse the corrections of one filing, in a new filing."""
    desk.after_lock(carry, restate, reason, document)
    number = parse_number(filing, _("no such filing")) if filing else None
    return desk.ledger.undo(desk.book, number, desk.manner(), later=desk.later(keep_later, shift_later))


returning.register(app)
