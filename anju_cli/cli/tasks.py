"""`anju tasks`."""

from typing import TYPE_CHECKING, Annotated

import typer

from anju_cli import ledger
from anju_cli.cli import followup_options as ours
from anju_cli.cli import options
from anju_cli.cli.desk import Desk
from anju_cli.cli.doors import Shown, reads, shown, writes
from anju_cli.cli.root import noun
from anju_cli.render.pages import matters as pages
from anju_cli.reports import matters as followup
from anju_cli.reports.view import View

if TYPE_CHECKING:
    from anju_cli.ledger import Noted

app = noun("Assigned tasks, and what meetings resolved.")


@writes(
    app,
    "assign",
    example='anju tasks assign "…" --source 批示 --unit hsc --unit tal --due 9-30 --document …',
    shown="matters:noted",
)
def assign(
    desk: Desk,
    text: Annotated[str, typer.Argument(metavar="TEXT", help="What is to be done.")],
    *,
    source: Annotated[
        str, typer.Option("--source", metavar="SOURCE", help="批示, 会议, 文件; or instruction, meeting, document.")
    ],
    unit: ours.Units,
    due: ours.Due,
    item: options.OfItem = None,
    on: ours.Day = None,
    document: ours.Document = None,
) -> "Noted":
    """Assign a task to units by a date, on a leader's instruction, a meeting or a document."""
    return ledger.slips.assign(desk.register, text, source, unit, due, item=item, on=on, document=document)


@writes(app, "extend", example='anju tasks extend T1 --due 10-31 --reason "…"', shown="matters:noted")
def extend(
    desk: Desk,
    number: ours.Number,
    *,
    due: ours.Due,
    reason: options.Reason,
    on: ours.Day = None,
    document: ours.Document = None,
) -> "Noted":
    """Move the date of a task (`T1`) or a resolution (`R1`); the first date stays beside it."""
    matter = desk.register.find(number, "task", "resolution")
    return ledger.slips.extend(desk.register, matter, due, reason, on=on, document=document)


@writes(app, "close", example='anju tasks close T1 --note "…"\nanju tasks close R2 --note "…"', shown="matters:noted")
def close(
    desk: Desk, number: ours.Number, *, note: ours.Note, on: ours.Day = None, document: ours.Document = None
) -> "Noted":
    """A task (`T1`) or a resolution (`R1`) is done."""
    matter = desk.register.find(number, "task", "resolution")
    return ledger.slips.close(desk.register, matter, on=on, note=note, document=document)


@writes(app, "cancel", example='anju tasks cancel T1 --reason "entered twice"', shown="matters:noted")
def cancel(desk: Desk, number: ours.Number, *, reason: options.Reason, on: ours.Day = None) -> "Noted":
    """Withdraw a task or a resolution; it stays in the list, with the reason."""
    return ledger.slips.cancel(desk.register, desk.register.find(number, "task", "resolution"), reason, on=on)


@reads(app, "list", example="anju tasks list --open", rows="matters:MatterLine", exit_code=True)
def listed(view: View, unit: options.OfUnit = None, open: ours.OpenOnly = False) -> Shown:
    """Tasks and resolutions, in order of number."""
    return shown(followup.listing(view, "task", "resolution", unit=unit, is_open=open), pages.list_page)


@reads(app, "show", example="anju tasks show T1")
def show(view: View, number: ours.Number) -> Shown:
    """One task or resolution, and all that happened to it."""
    return shown(followup.sheet(view, number, "task", "resolution"), pages.sheet_page)
