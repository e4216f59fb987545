"""`anju ledger`."""

from typing import Annotated, Any

import typer

from anju_cli.cli.doors import reads
from anju_cli.cli.root import noun
from anju_cli.render.pages.ledger import faults_page
from anju_cli.reports.verify import Fault
from anju_cli.reports.verify import verify as faults
from anju_cli.reports.view import View

app = noun("Check the ledger.")


@reads(
    app,
    "verify",
    example="anju ledger verify\nanju ledger verify --receipt 3f2a-91bc",
    rows=Fault,
    findings=True,
    dated=False,
)
def verify(
    view: View,
    receipt: Annotated[
        str | None, typer.Option("--receipt", metavar="R", help="Look for the filing of this receipt.")
    ] = None,
) -> Any:
    """Check pages, references, digests and stated totals; silent and exit 0 where all is well."""
    return faults(view, receipt), faults_page
