"""`anju progress template` and `anju progress import`: returns out and in."""

from pathlib import Path
from typing import Annotated

import typer

from anju_cli.cli import options
from anju_cli.cli.doors import Tools, plain
from anju_cli.errors import Unclear
from anju_cli.i18n import _
from anju_cli.render.output import save, take
from anju_cli.render.return_form import file_name, form_book
from anju_cli.reports import returns
from anju_cli.reports.view import opened
from anju_cli.store.location import locate

ReturnQuarter = Annotated[str, typer.Option("--quarter", "-q", metavar="QUARTER", help="The quarter of the return.")]


def register(app: typer.Typer) -> None:
    """Put both under `anju progress`."""
    plain(
        app,
        "template",
        example="anju progress template --quarter Q2 --unit hsc -o hsc.xlsx\nanju progress template -q Q2 --all forms",
    )(template)


def template(
    tools: Tools,
    quarter: ReturnQuarter,
    unit: Annotated[
        str | None, typer.Option("--unit", "-u", metavar="BODY", help="The body that is to fill it in.")
    ] = None,
    output: Annotated[str | None, typer.Option("--output", "-o", metavar="FILE", help="Into this .xlsx file.")] = None,
    every: Annotated[
        str | None, typer.Option("--all", metavar="DIR", help="One file for every body, into this folder.")
    ] = None,
    force: options.Force = False,
    plan: options.Plan = None,
    db: options.Db = None,
) -> None:
    """Make the return for a unit to fill in: the rows it owes, with what is brought forward from the ledger."""
    if (unit is None) == (every is None) or (unit is None) != (output is None):
        raise Unclear(_("say --unit BODY and -o FILE, or --all DIR"))
    if output is not None and Path(output).suffix.lower() != ".xlsx":
        raise Unclear(_("the ending of the file says its form"), got=output, hint=".xlsx")
    with opened(locate(db), plan=plan) as view:
        forms = [returns.form(view, unit, quarter)] if unit else returns.all_forms(view, quarter)
    if output is not None:
        paths = [Path(output)]
    else:
        folder = Path(every or "")
        paths = [folder / file_name(form) for form in forms]
        take(folder, paths, force)
    for form, path in zip(forms, paths, strict=True):
        save(path, form_book(form), force)
    for note in view.notes:
        typer.echo(f"anju: {note}", err=True)
    for path in paths:
        typer.echo(path)
