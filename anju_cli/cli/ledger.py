"""`anju ledger`."""

import sys
from tempfile import TemporaryFile
from typing import TYPE_CHECKING, Annotated

import typer

from anju_cli import ledger
from anju_cli.cli import options
from anju_cli.cli.desk import Desk
from anju_cli.cli.doors import Shown, plain, reads, shown, writes
from anju_cli.cli.root import noun
from anju_cli.outlet import check, save
from anju_cli.render.pages.ledger import faults_page
from anju_cli.render.pages.log import log_page
from anju_cli.reports.checks.log import log as recorded
from anju_cli.reports.checks.verify import verify as faults
from anju_cli.reports.view import View
from anju_cli.store.exporting import exported
from anju_cli.store.location import locate, path_of
from anju_cli.store.reading import reading

if TYPE_CHECKING:
    from anju_cli.ledger.reviews import Sealed

app = noun("Check, seal, list and export the ledger.")


@reads(
    app,
    "verify",
    example="anju ledger verify\nanju ledger verify --receipt 3f2a-91bc --against 34c3-4f04-33c6-7e01",
    rows="ledger:Fault",
    findings=True,
    dated=False,
)
def verify(
    view: View,
    receipt: Annotated[
        str | None, typer.Option("--receipt", metavar="R", help="Look for the filing of this receipt.")
    ] = None,
    against: Annotated[
        str | None, typer.Option("--against", metavar="SEAL", help="Look for this seal, printed on a report.")
    ] = None,
) -> Shown:
    """Check pages, triggers, references, digests, seals and totals; silent and exit 0 where all is well."""
    return shown(faults(view, receipt, against), faults_page)


@writes(app, "seal", example="anju ledger seal", shown="reviews:sealed")
def seal(desk: Desk) -> "Sealed":
    """Seal what was recorded since the last seal. Locking, closing and a bulletin seal too."""
    return ledger.reviews.seal(desk.book)


@reads(app, "log", example="anju ledger log\nanju ledger log --without-evidence", rows="ledger:LogRow")
def log(
    view: View,
    without_evidence: Annotated[
        bool, typer.Option("--without-evidence", help="Only reports of figures that name no evidence.")
    ] = False,
) -> Shown:
    """Who did what when, with the value before and after."""
    return shown(recorded(view, without_evidence=without_evidence), log_page)


@plain(app, "export", example="anju ledger export > ledger.jsonl\nanju ledger export -o ledger.jsonl")
def export(
    output: Annotated[
        str | None, typer.Option("--output", "-o", metavar="FILE", help="Into a file; else on standard output.")
    ] = None,
    force: options.Force = False,
    db: options.Db = None,
) -> None:
    """Every row as a line of JSON. `anju init --from FILE` makes a database of them with the same seals."""
    path = locate(db)
    named = None if output in (None, "-") else path_of(output or "")
    if named is not None:
        check(named, force)
    # Kept on disk until the ledger is read: whoever reads the output slowly keeps nobody from writing.
    with TemporaryFile() as kept:
        with reading(path) as connection:
            kept.writelines(f"{line}\n".encode() for line in exported(connection))
        kept.seek(0)
        if named is None:
            sys.stdout.writelines(map(bytes.decode, kept))
        else:
            save(named, kept, force)
