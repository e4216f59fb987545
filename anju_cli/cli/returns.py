"""`anju progress template` and `anju progress import`: returns out and in."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from anju_cli import ledger, render, reports
from anju_cli.cli import options
from anju_cli.cli.desk import Desk
from anju_cli.cli.doors import plain, tell, writes
from anju_cli.domain.choosing import Meant
from anju_cli.domain.grammar import parse_quarter, printable, words
from anju_cli.errors import Unclear
from anju_cli.i18n import _
from anju_cli.outlet import save, take
from anju_cli.render.waiting import waiting
from anju_cli.reports.view import opened
from anju_cli.store.location import locate, path_of

if TYPE_CHECKING:
    from anju_cli.ledger.basis import Basis
    from anju_cli.ledger.returns.importing import Imports
    from anju_cli.ledger.returns.received_files import ReadFiles

ReturnQuarter = Annotated[str, typer.Option("--quarter", "-q", metavar="QUARTER", help="The quarter of the return.")]


def register(app: typer.Typer) -> None:
    """Put both under `anju progress`."""
    plain(
        app,
        "template",
        example="anju progress template --quarter Q2 --unit hsc -o hsc.xlsx\nanju progress template -q Q2 --all forms",
    )(template)
    writes(
        app,
        "import",
        example="anju progress import hsc.xlsx tal.xlsx --received 7-9\nanju progress import - -q Q2 -u wat < wat.csv",
        shown="returns:imported",
        entries=True,
        ahead=read_files,
        then=settle,
    )(import_)


def template(
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
        raise Unclear(_("the file's ending and the requested form differ"), got=output, hint=".xlsx")
    with opened(locate(db), plan=plan, meant=Meant(quarter)) as view:
        number = parse_quarter(quarter, view.quarters)
        forms = [reports.form(view, unit, number)] if unit else reports.all_forms(view, number)
    if output is not None:
        paths = [path_of(output)]
    else:
        folder = path_of(every or "")
        paths = [folder / render.file_name(form) for form in forms]
        take(folder, paths, force)
    for form, path in zip(forms, paths, strict=True):
        save(path, render.form_book(form), force)
    tell(view.notes)
    for path in paths:
        typer.echo(printable(str(path)))


def import_(
    desk: Desk,
    ready: "ReadFiles",
    files: Annotated[
        list[str], typer.Argument(metavar="FILE...", help="Returns: .xlsx, .csv, or - for standard input.")
    ],
    quarter: Annotated[
        str | None, typer.Option("--quarter", "-q", metavar="QUARTER", help="The quarter, if the file does not say it.")
    ] = None,
    unit: Annotated[
        str | None,
        typer.Option("--unit", "-u", metavar="BODY", help="The reporting body, if the file does not say it."),
    ] = None,
    received: options.Received = None,
    via: options.Via = "excel",
    encoding: Annotated[
        str | None, typer.Option("--encoding", metavar="NAME", help="Of a text file; default UTF-8, else GB18030.")
    ] = None,
    correct: Annotated[
        bool, typer.Option("--correct", help="Where something else is recorded, put the file's figure in its place.")
    ] = False,
    additional: Annotated[
        bool, typer.Option("--additional", help="Where something is recorded, add the file's figure to it.")
    ] = False,
    reason: Annotated[
        str | None,
        typer.Option("--reason", metavar="TEXT", help="Why it is corrected, or why what was circulated is restated."),
    ] = None,
    errors_to: Annotated[
        str | None, typer.Option("--errors-to", metavar="FILE", help="Write all that is wrong into this file too.")
    ] = None,
) -> "Imports":
    """Import returns that units filled in; every problem is shown with its cell, and a receipt is kept in any case.

    A file is booked whole or not at all. The same content again, be it saved anew under another name, adds nothing.
    """
    with waiting(len(files)) as tick:
        return ledger.importing.import_returns(desk.book, ready, desk.manner(via), tick)


def read_files(
    *,
    files: list[str],
    unit: str | None,
    received: str | None,
    encoding: str | None,
    correct: bool,
    additional: bool,
    reason: str | None,
    restate: bool,
    errors_to: str | None,
    force: bool,
    **_others: object,
) -> "Callable[[Basis, int | None], ReadFiles]":
    """Read the files before the turn to write, whatever time that takes; how they are to be understood."""
    why = _reason(reason, correct=correct, additional=additional, restate=restate)
    if files.count("-") > 1:
        raise Unclear(_("standard input is read once"), got="-")
    if errors_to is not None:
        take(path_of(errors_to).absolute().parent, [path_of(errors_to)], force, files)
    importing = ledger.importing
    sources = [importing.source(name) for name in files]

    def understood(basis: "Basis", quarter: int | None) -> "ReadFiles":
        wish = importing.Wish(unit, quarter, received, encoding, importing.Ways(correct, additional, why))
        with waiting(2 * len(files)) as tick:
            return importing.read_returns(basis, sources, wish, tick)

    return understood


def settle(recorded: "Imports", *, errors_to: str | None, force: bool, **_others: object) -> int:
    """Write all that is wrong where it was asked for, and say how it went.

    1 where anything is to be put right, 4 where the office has to decide first, 0 where all is well.
    """
    if errors_to is not None:
        lines = "".join(f"{problem}\n" for problem in recorded.problems)
        save(path_of(errors_to), lines.encode("utf-8", "replace"), force)
    kinds = {problem.kind for problem in recorded.problems}
    return 1 if "problem" in kinds else 4 if "conflict" in kinds else 0


def _reason(reason: str | None, *, correct: bool, additional: bool, restate: bool) -> str | None:
    """The reason as it may be kept, which a correction needs as a restatement does."""
    if correct and additional:
        raise Unclear(_("--correct and --additional exclude each other"))
    if correct and reason is None:
        raise Unclear(_("--correct and --reason go together"))
    if reason is not None and not (correct or restate):
        raise Unclear(_("--reason goes with --correct or --restate"), got=reason)
    return words(reason, "--reason") if reason is not None else None
