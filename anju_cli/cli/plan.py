"""`anju plan`."""

import json
from pathlib import Path
from typing import Annotated, Any

import typer

from anju_cli import clock
from anju_cli.cli import options
from anju_cli.cli.doors import Tools, plain, reads, recorder
from anju_cli.cli.root import noun
from anju_cli.domain.grammar import clean, parse_date
from anju_cli.i18n import _
from anju_cli.render.pages import ledger as ledger_pages
from anju_cli.render.pages import plans as pages
from anju_cli.reports import listing
from anju_cli.reports.difference import plan_difference
from anju_cli.reports.lines import Difference
from anju_cli.reports.view import View
from anju_cli.store.location import locate

app = noun("The plan: show, check, adjust.")

File = Annotated[str, typer.Argument(metavar="FILE", help="A plan file in YAML.")]


@plain(app, "check", example="anju plan check my_district.yaml")
def check(tools: Tools, file: File) -> None:
    """Check a plan file: every problem at once, with its line and column; silent and exit 0 where there is none."""
    problems = tools.plan_file.load(Path(file)).problems
    for problem in problems:
        typer.echo(problem)
    if problems:
        raise typer.Exit(1)


@reads(app, "show", example="anju plan show\nanju plan show ms-q1-survey")
def show(
    view: View, item: Annotated[str | None, typer.Argument(metavar="ITEM", help="Of this task alone.")] = None
) -> Any:
    """The plan with all its items; of one item, its clause and quote too."""
    if item is None:
        return listing.plan_sheet(view), pages.sheet_page
    return listing.plan_item(view, item), pages.item_page


@plain(app, "list", example="anju plan list", shared=options.SHOWING)
def listed(tools: Tools, db: options.Db = None) -> Any:
    """The plans in the database, and their revisions."""
    return listing.plan_list(locate(db)), pages.list_page


@plain(app, "new", example="anju plan new > my_district.yaml")
def new(tools: Tools) -> None:
    """Print a commented example, to be made into a plan of your own."""
    typer.echo(tools.plan_file.EXAMPLE.read_text(encoding="utf-8"), nl=False)


@plain(app, "schema", example="anju plan schema > plan.schema.json")
def schema(tools: Tools) -> None:
    """Print the JSON Schema of a plan file, for your editor."""
    typer.echo(json.dumps(tools.plan_file.schema(), ensure_ascii=False, indent=2))


@plain(
    app,
    "apply",
    example="anju plan apply 2020_adjusted.yaml --document 坪安居办〔2020〕12号 --effective 2020-08-01",
    shared=options.SHOWING,
)
def apply(
    tools: Tools,
    file: File,
    document: Annotated[
        str | None, typer.Option("--document", metavar="NUMBER", help="The document that orders it.")
    ] = None,
    effective: Annotated[
        str | None, typer.Option("--effective", metavar="DATE", help="The date from which it holds.")
    ] = None,
    db: options.Db = None,
    by: options.By = None,
    dry_run: options.DryRun = False,
) -> Any:
    """Record a plan: a new one, or an adjustment of one that is here, which needs --document and --effective."""
    plan = tools.plan_file.load_or_fail(Path(file))
    day = parse_date(effective, today=clock.today(), year=plan.year) if effective else None
    number = clean(document, _("the document number")) if document else None
    applied = tools.ledger.apply(locate(db), plan, recorder(by), document=number, effective=day, dry_run=dry_run)
    return ledger_pages.applied_record(applied, dry_run), lambda _record: ledger_pages.applied_page(applied, dry_run)


@reads(app, "diff", example="anju plan diff\nanju plan diff 0 2", rows=Difference, exit_code=True, dated=False)
def diff(
    view: View,
    before: Annotated[str | None, typer.Argument(metavar="[REVISION]", help="Default the plan as issued.")] = None,
    after: Annotated[str | None, typer.Argument(metavar="[REVISION]", help="Default the latest.")] = None,
) -> Any:
    """What differs between two recorded states of the plan."""
    return plan_difference(view, before, after), pages.difference_page
