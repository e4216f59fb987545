"""`anju units`."""

from functools import partial
from typing import Annotated, Any

import typer

from anju_cli.cli import options
from anju_cli.cli.doors import reads
from anju_cli.cli.root import noun
from anju_cli.render.pages import units as pages
from anju_cli.reports import units
from anju_cli.reports.lines import UnitLine
from anju_cli.reports.rows import Lateness
from anju_cli.reports.view import View

app = noun("The member units, and who is late.")


@reads(
    app,
    "overdue",
    example="anju units overdue\nanju units overdue --reason unreported --detail",
    rows=Lateness,
    exit_code=True,
)
def overdue(
    view: View,
    reason: Annotated[
        str | None, typer.Option("--reason", metavar="REASON", help="overdue, behind, unreported or late_return alone.")
    ] = None,
    unit: options.OfUnit = None,
    quarter: options.OfQuarter = None,
    detail: Annotated[bool, typer.Option("--detail", help="One line for each item, with its clause.")] = False,
) -> Any:
    """Who is late, in four blocks that are never mixed: overdue, behind, not reported, late returns.

    Worst first, as at today. An inferred lead or pace, and a missing or late return, never by themselves propose an
    interview.
    """
    wanted = {"reason": reason, "unit": unit, "quarter": quarter}
    asked = units.asked(view, **wanted)
    return units.overdue(view, **wanted), partial(pages.overdue_page, asked=asked, detail=detail)


@reads(app, "list", example="anju units list", rows=UnitLine)
def listed(view: View) -> Any:
    """The member units in plan order."""
    return units.unit_list(view), pages.list_page


@reads(app, "show", example="anju units show hsc")
def show(view: View, body: options.Body) -> Any:
    """One unit, and every item that it leads or assists with."""
    return units.unit_sheet(view, body), pages.sheet_page
