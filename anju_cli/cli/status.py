"""`anju`, alone."""

from anju_cli.cli.doors import Shown, reads, shown
from anju_cli.cli.root import single
from anju_cli.i18n import _
from anju_cli.render.pages.reports import status_page
from anju_cli.reports.status import status as where_we_stand
from anju_cli.reports.view import View

app = single()


def welcome() -> str:
    """What is said before there is a database."""
    return "\n".join(
        [
            _("There is no database yet. Two ways to begin:"),
            "",
            "  anju demo    " + _("a database with made-up progress, to try things on"),
            "  anju init    " + _("a database of your own, with the plan of Pingshan 2020 or with --plan FILE"),
        ]
    )


@reads(app, "status", example="anju", without=welcome)
def status(view: View) -> Shown:
    """Where the plan stands: the quarter, the rates, who is late, what comes next."""
    return shown(where_we_stand(view), status_page)
