"""`anju restore`."""

from typing import Annotated

import typer

from anju_cli.cli import options
from anju_cli.cli.doors import Shown, answers, shown
from anju_cli.cli.root import single
from anju_cli.render.pages.copies import kept_page
from anju_cli.reports.checks.copies import restore as put_back
from anju_cli.store.location import locate, path_of

app = single()

SHOWING = {name: kind for name, kind in options.SHOWING.items() if name != "force"}
"""`--force` is about the database here, not about a file of the answer."""


@answers(app, "restore", example="anju restore anju-backup-20200715T090000Z.db --force", shared=SHOWING)
def restore(
    file: Annotated[str, typer.Argument(metavar="FILE", help="A backup.")],
    replace: Annotated[
        bool, typer.Option("--force", help="Take the place of the present database, which is kept beside it.")
    ] = False,
    db: options.Db = None,
) -> Shown:
    """Put a backup in the place of the database, once it is checked row by row."""
    return shown(put_back(path_of(file), locate(db), force=replace), kept_page)
