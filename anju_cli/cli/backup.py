"""`anju backup`."""

from typing import Annotated

import typer

from anju_cli.cli import options
from anju_cli.cli.doors import Shown, answers, shown
from anju_cli.cli.root import single
from anju_cli.render.pages.copies import kept_page
from anju_cli.reports.checks.copies import backup as keep
from anju_cli.store.location import locate, path_of

app = single()


@answers(app, "backup", example="anju backup\nanju backup /media/usb/anju-2020-07.db")
def backup(
    file: Annotated[
        str | None, typer.Argument(metavar="[FILE]", help="A name that is free; default beside the database.")
    ] = None,
    db: options.Db = None,
) -> Shown:
    """Make a copy of the database while others may be writing to it, and check it row by row before it counts.

    Never copy the file with other programs while somebody may be writing.
    """
    return shown(keep(locate(db), path_of(file) if file else None), kept_page)
