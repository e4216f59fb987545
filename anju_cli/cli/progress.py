"""`anju progress`."""

from typing import TYPE_CHECKING, Annotated

import typer

from anju_cli import ledger
from anju_cli.cli import options
from anju_cli.cli import returns as returning
from anju_cli.cli.desk import Desk
from anju_cli.cli.doors import Shown, reads, shown, writes
from anju_cli.cli.root import noun
from anju_cli.domain.grammar import parse_number
from anju_cli.i18n import _
from anju_cli.render.pages import ledger as pages
from anju_cli.reports import listing
from anju_cli.reports.view import View

if TYPE_CHECKING:
    from anju_cli.ledger import Filed

app = noun("Report progress, list it, correct it.")

Entry = Annotated[str, typer.Argument(metavar="ENTRY", help="The number of an entry; progress list shows them.")]
Total = Annotated[
    str | None, typer.Option("--total", metavar="N", help="The body's own cumulative instead of an increment.")
]


@writes(
    app,
    "add",
    example="anju progress add raise 600 --unit hsc --quarter Q2\nanju progress add summary --unit wat -q Q2 --note …",
    entries=True,
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
    additional: Annotated[
        bool, typer.Option("--additional", help="Where a figure stands for the quarter, add this one to it.")
    ] = False,
) -> "Filed":
    """Record what a unit reports on a task: a quantity, a total, a level, or words."""
    report = ledger.Report(
        item, unit, quantity, total, done, quarter, on, received, project, note, evidence, reason, outside_year,
        additional,
    )  # fmt: skip
    return ledger.add(desk.book, report, desk.manner(via, reference))


@reads(app, "list", example="anju progress list --item raise --quarter Q2", rows="ledger:EntryRow")
def listed(
    view: View,
    item: options.OfItem = None,
    unit: options.OfUnit = None,
    quarter: options.OfQuarter = None,
    filing: Annotated[str | None, typer.Option("--filing", metavar="N", help="Only this filing.")] = None,
) -> Shown:
    """The ledger's entries in order; corrected and voided ones stay in it."""
    return shown(listing.entries(view, item=item, unit=unit, quarter=quarter, filing=filing), pages.entries_page)


@reads(app, "show", example="anju progress show 7", rows="ledger:EntryRow", dated=False)
def show(view: View, entry: Entry) -> Shown:
    """One entry with all that it corrects or that corrects it, and the receipts."""
    return shown(listing.chain(view, entry), pages.chain_page)


@writes(app, "correct", example='anju progress correct 7 620 --reason "typing error"', entries=True)
def correct(
    desk: Desk,
    entry: Entry,
    quantity: Annotated[str | None, typer.Argument(metavar="[QUANTITY]", help="The right quantity, or level.")] = None,
    *,
    reason: options.Reason,
    total: Total = None,
    via: options.Via = None,
) -> "Filed":
    """State the right quantity of an entry. A wrong task, unit or date is voided and added again."""
    number = parse_number(entry, _("no such entry"))
    return ledger.correct(desk.book, number, reason, desk.manner(via), quantity=quantity, total=total)


@writes(app, "void", example='anju progress void 7 --reason "wrong unit"', entries=True)
def void(
    desk: Desk,
    entry: Entry,
    *,
    reason: options.Reason,
) -> "Filed":
    """Take an entry out of every total. It stays in the list, with the reason."""
    number = parse_number(entry, _("no such entry"))
    return ledger.void(desk.book, number, reason, desk.manner())


@writes(
    app,
    "reduce",
    example='anju progress reduce raise 36 --unit tal --on 2020-08-03 --reason "not accepted by the city"',
    entries=True,
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
) -> "Filed":
    """Book a decrease, as when the city did not accept homes or a family left; the cumulative never falls below 0."""
    reduction = ledger.Reduction(
        item, unit, quantity, reason, quarter, on, received, project, note, evidence, outside_year,
    )  # fmt: skip
    return ledger.reduce(desk.book, reduction, desk.manner(via, reference))


@writes(app, "undo", example="anju progress undo\nanju progress undo 12", entries=True)
def undo(
    desk: Desk,
    filing: Annotated[
        str | None, typer.Argument(metavar="[FILING]", help="The number of a filing; default the last.")
    ] = None,
) -> "Filed":
    """Void the reports and reverse the corrections of one filing, in a new filing."""
    number = parse_number(filing, _("no such filing")) if filing else None
    return ledger.undo(desk.book, number, desk.manner())


returning.register(app)
