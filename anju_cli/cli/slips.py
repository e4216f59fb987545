"""`anju slips`."""

from typing import TYPE_CHECKING, Annotated

import typer

from anju_cli import ledger
from anju_cli.cli import completing, options
from anju_cli.cli import followup_options as ours
from anju_cli.cli.desk import Desk
from anju_cli.cli.doors import Shown, reads, shown, writes
from anju_cli.cli.root import noun
from anju_cli.render.pages import matters as pages
from anju_cli.reports import matters as followup
from anju_cli.reports.view import View

if TYPE_CHECKING:
    from anju_cli.ledger import Noted

app = noun("Supervision slips: reminder, warning, final.")


@writes(
    app,
    "issue",
    example="anju slips issue ms-q1-survey --due 4-30\nanju slips issue --after 1 --level orange --due 5-15\n"
    'anju slips issue --about "…" --unit wat --level red --due 5-20 --direct --reason "…"',
    shown="matters:noted",
)
def issue(
    desk: Desk,
    item: Annotated[
        str | None,
        typer.Argument(metavar="[ITEM]", help="The task it is about.", autocompletion=completing.items),
    ] = None,
    *,
    due: ours.Due,
    level: Annotated[str, typer.Option("--level", metavar="LEVEL", help="blue, orange or red.")] = "blue",
    unit: Annotated[
        str | None,
        typer.Option(
            "--unit",
            "-u",
            metavar="BODY",
            help="The unit it goes to; default the unit that answers for the task.",
            autocompletion=completing.bodies,
        ),
    ] = None,
    matter: Annotated[
        str | None, typer.Option("--matter", metavar="REF", help="About a task T1, resolution R1 or commitment C1.")
    ] = None,
    about: Annotated[str | None, typer.Option("--about", metavar="TEXT", help="About something else.")] = None,
    after: Annotated[
        str | None, typer.Option("--after", metavar="NUMBER", help="The slip that it follows, on the same matter.")
    ] = None,
    requirement: Annotated[
        str | None, typer.Option("--requirement", metavar="TEXT", help="What is required of the unit.")
    ] = None,
    direct: Annotated[bool, typer.Option("--direct", help="Out of turn, by a leader's instruction.")] = False,
    reason: Annotated[str | None, typer.Option("--reason", metavar="TEXT", help="Why; the instruction.")] = None,
    on: ours.Day = None,
    document: ours.Document = None,
) -> "Noted":
    """Issue a slip: blue reminds, orange warns, red orders.

    Each level may follow only once the one before it, on the same matter and unit, has lapsed; an extension moves the
    date and keeps the first one beside it.
    """
    return ledger.slips.issue(
        desk.register, item, unit, level, due, on=on, about=about, matter=matter, requirement=requirement,
        following=after, direct=direct, reason=reason, document=document,
    )  # fmt: skip


@writes(app, "acknowledge", example="anju slips acknowledge 1 --on 4-22", shown="matters:noted")
def acknowledge(
    desk: Desk,
    number: ours.Number,
    on: ours.Day = None,
    post: Annotated[str | None, typer.Option("--post", metavar="POST", help="The post that signed, no name.")] = None,
) -> "Noted":
    """The unit has signed for a slip."""
    return ledger.slips.acknowledge(desk.register, number, on, post)


@writes(app, "extend", example='anju slips extend 1 --due 5-15 --reason "…" --document …', shown="matters:noted")
def extend(
    desk: Desk,
    number: ours.Number,
    *,
    due: ours.Due,
    reason: options.Reason,
    on: ours.Day = None,
    document: ours.Document = None,
) -> "Noted":
    """Move the date of a slip, for a reason that was accepted; the first date stays beside it."""
    matter = desk.register.find(number, "slip")
    return ledger.slips.extend(desk.register, matter, due, reason, on=on, document=document)


@writes(app, "close", example='anju slips close 1 --note "…"', shown="matters:noted")
def close(
    desk: Desk, number: ours.Number, *, note: ours.Note, on: ours.Day = None, document: ours.Document = None
) -> "Noted":
    """What a slip asked for is done."""
    return ledger.slips.close(desk.register, desk.register.find(number, "slip"), on=on, note=note, document=document)


@writes(app, "cancel", example='anju slips cancel 1 --reason "wrong unit"', shown="matters:noted")
def cancel(desk: Desk, number: ours.Number, *, reason: options.Reason, on: ours.Day = None) -> "Noted":
    """Withdraw a slip that should not have been issued; it stays in the list, with the reason."""
    return ledger.slips.cancel(desk.register, desk.register.find(number, "slip"), reason, on=on)


@reads(app, "list", example="anju slips list --open", rows="matters:MatterLine", exit_code=True)
def listed(view: View, unit: options.OfUnit = None, open: ours.OpenOnly = False) -> Shown:
    """The slips, in order of number."""
    return shown(followup.listing(view, "slip", unit=unit, is_open=open), pages.list_page)


@reads(app, "show", example="anju slips show 1\nanju slips show 1 -o 督办单.docx", own={"docx": "word.matters:slip"})
def show(view: View, number: ours.Number) -> Shown:
    """One slip, and all that happened to it."""
    return shown(followup.sheet(view, number, "slip"), pages.sheet_page)
