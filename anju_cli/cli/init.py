"""`anju init`."""

from typing import Annotated, Any

import typer

from anju_cli.cli import options
from anju_cli.cli.doors import Tools, plain, recorder
from anju_cli.cli.root import single
from anju_cli.render.pages.ledger import applied_page, applied_record
from anju_cli.store.location import locate, path_of

app = single()


@plain(app, "init", example="anju init\nanju init --plan my_district.yaml --db 2021.db", shared=options.SHOWING)
def init(
    tools: Tools,
    plan: Annotated[
        str | None, typer.Option("--plan", metavar="FILE", help="A plan file; default Pingshan 2020.")
    ] = None,
    db: options.Db = None,
    by: options.By = None,
) -> Any:
    """Make a new database that holds one plan. An existing file is never touched."""
    read = tools.plan_file.load_or_fail(path_of(plan) if plan else tools.plan_file.shipped())
    applied = tools.ledger.initialise(locate(db), read, recorder(by))
    return applied_record(applied, False), lambda _record: applied_page(applied, False)
