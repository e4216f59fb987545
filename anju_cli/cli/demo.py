"""`anju demo`."""

import sys
from functools import partial
from pathlib import Path

import typer

from anju_cli import ledger, plan_file
from anju_cli.cli import options
from anju_cli.cli.doors import plain
from anju_cli.cli.root import single
from anju_cli.domain.grammar import printable
from anju_cli.i18n import _
from anju_cli.render import Output, show
from anju_cli.render.pages.reports import quarter_page
from anju_cli.render.pages.units import overdue_page
from anju_cli.reports.late import overdue
from anju_cli.reports.quarter.report import quarter_report
from anju_cli.reports.view import opened
from anju_cli.store.location import data_directory, path_of

app = single()


@plain(app, "demo", example="anju demo\nanju demo --lang zh")
def demo(db: options.Db = None) -> None:
    """A database with made-up progress on the plan of Pingshan 2020, then the report on Q2 and who is late.

    Nothing of yours is touched: the database is demo.db in your data directory, made anew each time.
    """
    path = path_of(db) if db else data_directory() / "demo.db"
    ledger.demo.make(path, plan_file.load_or_fail(plan_file.shipped()))
    as_of = ledger.demo.TODAY.isoformat()
    typer.echo(_("All progress shown here is made up. Today, in the demo, is {today}.").format(today=as_of) + "\n")
    with opened(path, as_of=as_of) as view:
        quarter, late = quarter_report(view, 2), overdue(view)
    show(quarter, quarter_page, Output())
    typer.echo("")
    show(late.rows, partial(overdue_page, asked=late.asked, detail=False), Output())
    typer.echo("\n" + _("Try next:"))
    for command in ("units overdue --detail --reason overdue", "report unit tal", "progress list --item raise"):
        typer.echo(printable(f"  {_program()} {command} --db {path} --as-of {as_of}"))


def _program() -> str:
    """How this program was called, so that the next command can be copied."""
    return sys.argv[0] if Path(sys.argv[0]).stem == "anju" else f"{Path(sys.executable).name} -m anju_cli"
