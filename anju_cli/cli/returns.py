"""`anju progress template` and `anju progress import`: returns out and in."""

from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from anju_cli import ledger, render, reports
from anju_cli.cli import options
from anju_cli.cli.desk import Desk, decide, receipt_page, recorder
from anju_cli.cli.doors import Shown, answers, plain, shown, tell
from anju_cli.domain.choosing import Meant
from anju_cli.domain.grammar import parse_quarter, printable, words
from anju_cli.errors import Unclear
from anju_cli.i18n import _
from anju_cli.outlet import save, take
from anju_cli.render.pages.returns import imported_page, imported_records
from anju_cli.render.waiting import waiting
from anju_cli.render.wording.quarters import of_plan
from anju_cli.reports.view import opened
from anju_cli.store.location import locate, path_of

if TYPE_CHECKING:
    from anju_cli.ledger.returns.importing import Imported
    from anju_cli.render.recorded import ReturnTaken

ReturnQuarter = Annotated[str, typer.Option("--quarter", "-q", metavar="QUARTER", help="The quarter of the return.")]


def register(app: typer.Typer) -> None:
    """Put both under `anju progress`."""
    plain(
        app,
        "template",
        example="anju progress template --quarter Q2 --unit hsc -o hsc.xlsx\nanju progress template -q Q2 --all forms",
    )(template)
    answers(
        app,
        "import",
        example="anju progress import hsc.xlsx tal.xlsx --received 7-9\nanju progress import - -q Q2 -u wat < wat.csv",
        failing=exit_code,
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
    keep_later: options.KeepLater = False,
    shift_later: options.ShiftLater = False,
    carry: options.Carry = False,
    restate: options.Restate = False,
    document: options.Ordered = None,
    errors_to: Annotated[
        str | None, typer.Option("--errors-to", metavar="FILE", help="Write all that is wrong into this file too.")
    ] = None,
    force: options.Force = False,
    dry_run: options.DryRun = False,
    plan: options.Plan = None,
    db: options.Db = None,
    by: options.By = None,
) -> Shown:
    """Import returns that units filled in; every problem is shown with its cell, and a receipt is kept in any case.

    A file is booked whole or not at all. The same content again, be it saved anew under another name, adds nothing.
    """
    why = _reason(reason, correct=correct, additional=additional, restate=restate)
    if files.count("-") > 1:
        raise Unclear(_("standard input is read once"), got="-")
    importing, database = ledger.importing, locate(db)
    if errors_to is not None:
        take(path_of(errors_to).absolute().parent, [path_of(errors_to)], force, files)
    with waiting(3 * len(files)) as tick:
        # Before the turn to write is taken: whatever is foreign may take its time.
        with opened(database, plan=plan, meant=Meant(quarter)) as view:
            known = view.plan_at(date.max)
        number = parse_quarter(quarter, known.quarters) if quarter else None
        wish = importing.Wish(unit, number, received, encoding, importing.Ways(correct, additional, why))
        read = [importing.read_return(importing.source(name), wish, known, tick) for name in files]
        with ledger.opened(database, plan, recorder(by), dry_run=dry_run, meant=Meant(quarter)) as book:
            decide(
                book, carry=carry, restate=restate, reason=why, document=document,
                keep_later=keep_later, shift_later=shift_later,
            )  # fmt: skip
            manner = Desk(book).manner(via)
            every = [each for file in read for each in importing.import_return(book, file, wish, manner, tick)]
    returns = _without_stubs(every, book.notes)
    tell(book.notes, book.warnings)
    if errors_to is not None:
        lines = "".join(f"{problem}\n" for each in returns for problem in each.problems)
        save(path_of(errors_to), lines.encode("utf-8", "replace"), force)
    answer = imported_records(book.plan, returns, dry_run)
    page = partial(imported_page, book.plan, returns, dry_run)
    return shown(answer, lambda _answer: receipt_page(of_plan(book.plan.quarters, page), book))


def _without_stubs(returns: "list[Imported]", notes: list[str]) -> "list[Imported]":
    """What became of the files, without those that are no return at all, unless there is nothing else."""
    real = [returned for returned in returns if returned.state != "passed_over"]
    if not real:
        return returns
    passed = [returned for returned in returns if returned.state == "passed_over"]
    notes += [_("passed over: {problem}").format(problem=problem) for each in passed for problem in each.problems]
    return real


def _reason(reason: str | None, *, correct: bool, additional: bool, restate: bool) -> str | None:
    """The reason as it may be kept, which a correction needs as a restatement does."""
    if correct and additional:
        raise Unclear(_("--correct and --additional exclude each other"))
    if correct and reason is None:
        raise Unclear(_("--correct and --reason go together"))
    if reason is not None and not (correct or restate):
        raise Unclear(_("--reason goes with --correct or --restate"), got=reason)
    return words(reason, "--reason") if reason is not None else None


def exit_code(answer: "list[ReturnTaken]") -> int:
    """1 where anything is to be put right, 4 where the office has to decide first, 0 where all is well."""
    kinds = {problem.kind for imported in answer for problem in imported.problems}
    return 1 if "problem" in kinds else 4 if "conflict" in kinds else 0
