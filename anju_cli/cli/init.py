"""`anju init`."""

from pathlib import Path
from typing import Annotated

import typer

from anju_cli import ledger, outlet, plan_file, reports, store
from anju_cli.cli import options
from anju_cli.cli.desk import recorder
from anju_cli.cli.doors import Shown, answers, shown
from anju_cli.cli.root import single
from anju_cli.errors import Findings, Unavailable, Unclear
from anju_cli.i18n import _, why
from anju_cli.render.pages.ledger import applied_page, applied_record, rebuilt_page
from anju_cli.store.location import locate, path_of

app = single()


@answers(
    app,
    "init",
    example="anju init\nanju init --plan my_district.yaml --db 2021.db\nanju init --from ledger.jsonl",
)
def init(
    plan: Annotated[
        str | None, typer.Option("--plan", metavar="FILE", help="A plan file; default Pingshan 2020.")
    ] = None,
    exported: Annotated[
        str | None, typer.Option("--from", metavar="FILE", help="A ledger from anju ledger export, row for row.")
    ] = None,
    db: options.Db = None,
    by: options.By = None,
) -> Shown:
    """Make a new database that holds one plan, or an exported ledger. An existing file is never touched."""
    if exported is not None:
        if plan is not None:
            raise Unclear(_("--plan and --from exclude each other"))
        return _rebuilt(locate(db), path_of(exported))
    read = plan_file.load_or_fail(path_of(plan) if plan else plan_file.shipped())
    applied = ledger.initialise(locate(db), read, recorder(by))
    return shown(applied_record(applied, False), lambda _record: applied_page(applied, False))


def _rebuilt(path: Path, source: Path) -> Shown:
    """A database from an exported ledger, checked before it is there."""
    try:
        with outlet.source(source) as file:
            lines = file.read().decode("utf-8").splitlines()
    except OSError as fault:
        raise Unavailable(_("the file cannot be read"), got=source, hint=why(fault)) from fault
    except ValueError as fault:
        raise Findings(_("this is no exported ledger"), got=source) from fault
    counts = store.rebuild(path, lines, reports.faults_of_rows)
    record = {"db": str(path), "rows": counts}
    return shown(record, lambda _record: rebuilt_page(path, counts))
