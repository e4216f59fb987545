"""`anju calendar`."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from anju_cli import ledger
from anju_cli.cli import options
from anju_cli.cli.desk import Desk
from anju_cli.cli.doors import Shown, reads, shown, writes
from anju_cli.cli.help import Group
from anju_cli.cli.root import CONTEXT
from anju_cli.render.pages.units import calendar_page
from anju_cli.reports.status import calendar as dates
from anju_cli.reports.view import View

if TYPE_CHECKING:
    from anju_cli.ledger.reviews import Reviewed


class CalendarGroup(Group):
    """Without a verb, the dates."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """`anju calendar Q2` is `anju calendar dates Q2`."""
        named = bool(args) and (args[0] in self.list_commands(ctx) or args[0] in ("-h", "--help"))
        return super().parse_args(ctx, args if named or ctx.resilient_parsing else ["dates", *args])


app = typer.Typer(
    cls=CalendarGroup,
    help="The dates of each quarter: returns, review, bulletin.",
    epilog="anju calendar\nanju calendar Q2",
    add_completion=False,
    rich_markup_mode=None,
    context_settings=CONTEXT,
)


@app.callback()
def _nothing() -> None:
    pass


@reads(app, "dates", example="anju calendar\nanju calendar Q2", rows="dates:CalendarQuarter")
def calendar(
    view: View,
    quarter: Annotated[int | None, typer.Argument(metavar="QUARTER", help="Only this quarter.", parser=str)] = None,
) -> Shown:
    """The dates of each quarter: return deadline, review window, provisional bulletin deadline."""
    return shown(dates(view, quarter), calendar_page)


@writes(
    app,
    "deadline",
    example="anju calendar deadline Q3 2020-10-15 --document 坪安居办〔2020〕15号",
    shown="reviews:reviewed",
)
def deadline(
    desk: Desk,
    quarter: options.Quarter,
    day: Annotated[str, typer.Argument(metavar="DATE", help="The last day on which returns are in time.")],
    *,
    document: Annotated[str, typer.Option("--document", metavar="NUMBER", help="The circular that orders it.")],
    reason: Annotated[str | None, typer.Option("--reason", metavar="TEXT", help="Why.")] = None,
) -> "Reviewed":
    """Set the return deadline of one quarter, as a circular orders."""
    return ledger.reviews.set_deadline(desk.book, quarter, day, document, reason)
