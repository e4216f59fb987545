"""`anju units`."""

from functools import partial
from typing import TYPE_CHECKING, Annotated

import typer

from anju_cli import ledger, reports
from anju_cli.cli import completing, options
from anju_cli.cli import followup_options as ours
from anju_cli.cli.desk import Desk
from anju_cli.cli.doors import Shown, reads, shown, writes
from anju_cli.cli.root import noun
from anju_cli.render.pages import units as pages
from anju_cli.reports.late import overdue as overdue_rows
from anju_cli.reports.view import View

if TYPE_CHECKING:
    from anju_cli.ledger import Noted

app = noun("The member units, and who is late.")


@reads(
    app,
    "overdue",
    example="anju units overdue\nanju units overdue --reason unreported --detail",
    rows="rows:Lateness",
    exit_code=True,
)
def overdue(
    view: View,
    reason: Annotated[
        str | None,
        typer.Option(
            "--reason",
            metavar="REASON",
            help="Only one of: overdue, behind, unreported, returned, late_return, slip_overdue, facility_overdue.",
        ),
    ] = None,
    unit: options.OfUnit = None,
    quarter: options.OfQuarter = None,
    detail: Annotated[bool, typer.Option("--detail", help="One line for each item, with its clause.")] = False,
) -> Shown:
    """Who is late, in blocks that are never mixed: overdue, behind, not reported, sent back, late returns.

    Slips that have lapsed and facilities that should be in use follow where there are any. Worst first, as at today.
    An inferred lead or pace, and a missing or late return, never by themselves propose an interview.
    """
    late = overdue_rows(view, reason=reason, unit=unit, quarter=quarter)
    return shown(late.rows, partial(pages.overdue_page, asked=late.asked, detail=detail))


@reads(app, "list", example="anju units list", rows="units:UnitLine")
def listed(view: View) -> Shown:
    """The member units in plan order."""
    return shown(reports.unit_list(view), pages.list_page)


@writes(
    app,
    "record",
    example="anju units record hsc team --document 坪住保〔2020〕5号\n"
    "anju units record hsc post --item raise --item supply --post 分管副主任\n"
    "anju units record hsc scheme --document 坪住保〔2020〕6号",
    shown="matters:noted",
)
def record(
    desk: Desk,
    body: options.Body,
    what: Annotated[str, typer.Argument(metavar="team|post|scheme", help="What is in place.")],
    item: Annotated[
        list[str] | None,
        typer.Option(
            "--item", metavar="ITEM", help="For which tasks a post is named.", autocompletion=completing.items
        ),
    ] = None,
    post: Annotated[str | None, typer.Option("--post", metavar="POST", help="The post, no name.")] = None,
    on: ours.Day = None,
    note: Annotated[str | None, typer.Option("--note", metavar="TEXT", help="In words.")] = None,
    document: ours.Document = None,
) -> "Noted":
    """Record that a project team is set up, a post is named for tasks, or a scheme is filed."""
    return ledger.in_place.record(
        desk.register, body, what, items=item or [], post=post, on=on, note=note, document=document
    )


@reads(app, "show", example="anju units show hsc")
def show(view: View, body: options.Body) -> Shown:
    """One unit, and every item that it leads or assists with."""
    return shown(reports.unit_sheet(view, body), pages.sheet_page)
