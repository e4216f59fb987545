"""`anju calendar`."""

from typing import Annotated, Any

import typer

from anju_cli.cli.doors import reads
from anju_cli.cli.root import single
from anju_cli.render.pages.units import calendar_page
from anju_cli.reports.lines import CalendarQuarter
from anju_cli.reports.status import calendar as dates
from anju_cli.reports.view import View

app = single()


@reads(app, "calendar", example="anju calendar\nanju calendar Q2", rows=CalendarQuarter)
def calendar(
    view: View, quarter: Annotated[str | None, typer.Argument(metavar="QUARTER", help="Of this quarter alone.")] = None
) -> Any:
    """The dates of each quarter: return deadline, review window, provisional bulletin deadline."""
    return dates(view, quarter), calendar_page
