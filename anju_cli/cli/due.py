"""`anju due`."""

from typing import Annotated

import typer

from anju_cli.cli.doors import Shown, reads, shown
from anju_cli.cli.root import single
from anju_cli.domain.grammar import parse_number
from anju_cli.i18n import _
from anju_cli.render.pages.matters import due_page
from anju_cli.reports.due import coming
from anju_cli.reports.view import View

app = single()

LONGEST = 3660
"""Ten years: no plan looks further."""


@reads(app, "due", example="anju due\nanju due --within 30", rows="dates:Coming", exit_code=True)
def due(
    view: View,
    within: Annotated[str, typer.Option("--within", metavar="DAYS", help="How many days ahead.")] = "14",
) -> Shown:
    """What falls due in the coming days: returns, reviews, bulletins, tasks of the plan, slips, commitments."""
    days = min(parse_number(within, _("not a number of days")), LONGEST)
    return shown(coming(view, days), due_page)
