"""`anju plan`."""

import json
from functools import partial
from typing import TYPE_CHECKING, Annotated

import typer

from anju_cli import clock, ledger, plan_file
from anju_cli.cli import completing, options
from anju_cli.cli.desk import Desk, recorder
from anju_cli.cli.doors import Shown, answers, plain, reads, shown, tell, writes
from anju_cli.cli.root import noun
from anju_cli.domain.amending import Typed, amend_plan
from anju_cli.domain.dating import of_the_year
from anju_cli.domain.grammar import words
from anju_cli.render.pages import ledger as ledger_pages
from anju_cli.render.pages import plans as pages
from anju_cli.reports import listing
from anju_cli.reports.plans.difference import plan_difference
from anju_cli.reports.plans.next_year import next_year
from anju_cli.reports.view import View, opened
from anju_cli.store.location import locate, path_of

if TYPE_CHECKING:
    from anju_cli.ledger import Amended

app = noun("The plan: show, check, adjust.")

File = Annotated[str, typer.Argument(metavar="FILE", help="A plan file in YAML.")]


@plain(app, "check", example="anju plan check my_district.yaml")
def check(file: File) -> None:
    """Check a plan file: every problem at once, with its line and column; silent and exit 0 where there is none.

    What may well be wrong is warned of: a name that speaks of a ceiling where no direction is set.
    """
    loaded = plan_file.load(path_of(file))
    for problem in loaded.problems:
        typer.echo(problem)
    tell((), [str(warning) for warning in loaded.warnings])
    if loaded.problems:
        raise typer.Exit(1)


@reads(app, "show", example="anju plan show\nanju plan show ms-q1-survey")
def show(
    view: View, item: Annotated[str | None, typer.Argument(metavar="ITEM", help="Only this task.")] = None
) -> Shown:
    """The plan with all its items; of one item, its clause and quote too."""
    if item is None:
        return shown(listing.plan_sheet(view), pages.sheet_page)
    return shown(listing.plan_item(view, item), pages.item_page)


@answers(app, "list", example="anju plan list")
def listed(db: options.Db = None) -> Shown:
    """The plans in the database, and their revisions."""
    return shown(listing.plan_list(locate(db)), pages.list_page)


@plain(app, "new", example="anju plan new > my_district.yaml\nanju plan new --from 2020 > 2021.yaml")
def new(
    since: Annotated[
        str | None,
        typer.Option("--from", metavar="YEAR|PLAN", help="Carry a plan of the database over to the next year."),
    ] = None,
    db: options.Db = None,
) -> None:
    """Print a commented example, to be made into a plan of your own; or next year's, begun from a recorded plan.

    Units, duties and rules are carried over, and whatever is unfinished or open: milestones, slips, tasks, resolutions,
    commitments. Goals and dates are left to the new document.
    """
    if since is None:
        typer.echo(plan_file.EXAMPLE.read_text(encoding="utf-8"), nl=False)
        return
    path = locate(db)
    with opened(path, plan=listing.plan_of(path, since)) as view:
        typer.echo(next_year(view), nl=False)


@plain(app, "schema", example="anju plan schema > plan.schema.json")
def schema() -> None:
    """Print the JSON Schema of a plan file, for your editor."""
    typer.echo(json.dumps(plan_file.schema(), ensure_ascii=False, indent=2))


@answers(
    app,
    "apply",
    example="anju plan apply 2020_adjusted.yaml --document 坪安居办〔2020〕12号 --effective 2020-08-01",
)
def apply(
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
) -> Shown:
    """Record a plan: a new one, or an adjustment of one that is here, which needs --document and --effective."""
    plan = plan_file.load_or_fail(path_of(file))
    day = of_the_year(effective, today=clock.today(), quarters=plan.quarters) if effective else None
    number = words(document, "--document") if document is not None else None
    applied = ledger.apply(locate(db), plan, recorder(by), document=number, effective=day, dry_run=dry_run)
    tell(applied.notes, applied.warnings)
    record = ledger_pages.applied_record(applied, dry_run)
    return shown(record, lambda _record: ledger_pages.applied_page(applied, dry_run))


@writes(
    app,
    "amend",
    example="anju plan amend raise --goal 5200 --document 坪安居办〔2020〕12号 --effective 2020-08-01\n"
    "anju plan amend ms-q1-survey --due 2020-05-31 --document … --effective 2020-04-01",
    shown="ledger:amended",
)
def amend(
    desk: Desk,
    item: options.Item,
    *,
    goal: Annotated[str | None, typer.Option("--goal", metavar="N", help="The new goal.")] = None,
    part: Annotated[
        list[str] | None, typer.Option("--part", metavar="BODY=N", help="A new part of a goal given in parts.")
    ] = None,
    due: Annotated[str | None, typer.Option("--due", metavar="DATE", help="The new date, or undated.")] = None,
    lead: Annotated[
        list[str] | None,
        typer.Option(
            "--lead",
            metavar="UNIT",
            help="A unit that leads from now on; repeatable.",
            autocompletion=completing.bodies,
        ),
    ] = None,
    confirm: Annotated[
        list[str] | None,
        typer.Option(
            "--confirm", metavar="FIELD", help="An inferred field that the document now states: lead, due, pace …"
        ),
    ] = None,
    document: Annotated[
        str | None, typer.Option("--document", metavar="NUMBER", help="The document that orders it.")
    ] = None,
    effective: Annotated[
        str | None, typer.Option("--effective", metavar="DATE", help="The date from which it holds.")
    ] = None,
) -> "Amended":
    """Adjust one task without editing a file: a new revision of the plan, on a document, from a date.

    The goal, date and lead as issued stay beside the adjusted ones in every report. A date or lead that is laid down
    is no longer marked as inferred.
    """
    typed = Typed(item, goal, part or [], due, lead or [], confirm or [])
    change = partial(amend_plan, typed=typed, today=desk.book.today)
    return ledger.amend(desk.book, change, document=document, effective=effective)


@reads(app, "diff", example="anju plan diff\nanju plan diff 0 2", rows="plans:Difference", exit_code=True, dated=False)
def diff(
    view: View,
    before: Annotated[str | None, typer.Argument(metavar="[REVISION]", help="Default the plan as issued.")] = None,
    after: Annotated[str | None, typer.Argument(metavar="[REVISION]", help="Default the latest.")] = None,
) -> Shown:
    """What differs between two recorded states of the plan."""
    return shown(plan_difference(view, before, after), pages.difference_page)
