"""`anju init`."""

from collections.abc import Iterator
from io import TextIOWrapper
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

LONGEST_LINE = 50_000_000
"""Characters in a line of an exported ledger; a whole plan is such a line."""


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
    counts = store.rebuild(path, _lines(source), reports.faults_of_rows)
    record = {"db": str(path), "rows": counts}
    return shown(record, lambda _record: rebuilt_page(path, counts))


def _lines(source: Path) -> Iterator[str]:
    """The lines of an exported ledger, as they are read.

    Raises Unavailable where it cannot be read, Findings where it is not text of such lines.
    """
    try:
        with outlet.source(source) as file, TextIOWrapper(file, encoding="utf-8") as text:
            while line := text.readline(LONGEST_LINE):
                if len(line) == LONGEST_LINE:
                    raise Findings(_("this is no exported ledger"), got=source)
                yield line.rstrip("\n")
    except OSError as fault:
        raise Unavailable(_("the file cannot be read"), got=source, hint=why(fault)) from fault
    except ValueError as fault:
        raise Findings(_("this is no exported ledger"), got=source) from fault
