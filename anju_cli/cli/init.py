"""`anju init`."""

from pathlib import Path
from typing import Annotated, Any

import typer

from anju_cli.cli import options
from anju_cli.cli.doors import plain, recorder
from anju_cli.cli.root import single
from anju_cli.cli.tools import Tools
from anju_cli.errors import Findings, Unavailable, Unclear
from anju_cli.i18n import _, why
from anju_cli.render.pages.ledger import applied_page, applied_record, rebuilt_page
from anju_cli.store.location import locate, path_of

app = single()


@plain(
    app,
    "init",
    example="anju init\nanju init --plan my_district.yaml --db 2021.db\nanju init --from ledger.jsonl",
    shared=options.SHOWING,
)
def init(
    tools: Tools,
    plan: Annotated[
        str | None, typer.Option("--plan", metavar="FILE", help="A plan file; default Pingshan 2020.")
    ] = None,
    exported: Annotated[
        str | None, typer.Option("--from", metavar="FILE", help="A ledger from anju ledger export, row for row.")
    ] = None,
    db: options.Db = None,
    by: options.By = None,
) -> Any:
    """Make a new database that holds one plan, or an exported ledger. An existing file is never touched."""
    if exported is not None:
        if plan is not None:
            raise Unclear(_("--plan and --from exclude each other"))
        return _rebuilt(tools, locate(db), path_of(exported))
    read = tools.plan_file.load_or_fail(path_of(plan) if plan else tools.plan_file.shipped())
    applied = tools.ledger.initialise(locate(db), read, recorder(by))
    return applied_record(applied, False), lambda _record: applied_page(applied, False)


def _rebuilt(tools: Tools, path: Path, source: Path) -> Any:
    """A database from an exported ledger, checked before it is there."""
    try:
        lines = source.read_text(encoding="utf-8").splitlines()
    except OSError as fault:
        raise Unavailable(_("the file cannot be read"), got=source, hint=why(fault)) from fault
    except ValueError as fault:
        raise Findings(_("this is no exported ledger"), got=source) from fault
    counts = tools.rebuilding.rebuild(path, lines, tools.faults_of_rows)
    record = {"db": str(path), "rows": counts}
    return record, lambda _record: rebuilt_page(path, counts)
