"""`anju interviews`."""

from functools import partial
from typing import TYPE_CHECKING, Annotated

import typer

from anju_cli import ledger
from anju_cli.cli import followup_options as ours
from anju_cli.cli import options
from anju_cli.cli.desk import Desk, receipt_page, recorder
from anju_cli.cli.doors import Shown, answers, reads, shown, writes
from anju_cli.cli.root import noun
from anju_cli.domain.choosing import Meant
from anju_cli.domain.grammar import parse_quarter
from anju_cli.render.pages import matters as pages
from anju_cli.render.pages.plan_head import headed
from anju_cli.render.wording.quarters import of_plan
from anju_cli.reports import matters as followup
from anju_cli.reports.reviews import interviews
from anju_cli.reports.view import View, opened
from anju_cli.store.location import locate

if TYPE_CHECKING:
    from anju_cli.ledger import Noted

app = noun("Interviews with units that have not kept up, and their commitments.")

Commitment = Annotated[str, typer.Argument(metavar="COMMITMENT", help="The number of a commitment, such as C1.")]


@answers(app, "propose", example="anju interviews propose Q2")
def propose(
    quarter: options.TypedQuarter,
    plan: options.Plan = None,
    db: options.Db = None,
    by: options.By = None,
    dry_run: options.DryRun = False,
) -> Shown:
    """Propose interviews from the results that people typed: with each unit whose result is 未完成任务进度.

    Before results are typed it proposes nothing, and shows a working list for study: what each unit is late with, ※
    where the plan does not state the responsibility.
    """
    path = locate(db)
    with opened(path, plan=plan, meant=Meant(quarter)) as view:
        number = parse_quarter(quarter, view.quarters)
        rows = interviews.candidates(view, number)
        of = view.latest
    if not interviews.has_results(rows):
        return shown(rows, lambda rows: headed(of_plan(view.quarters, partial(pages.candidates_page, rows)), of))
    found = [ledger.interviews.Finding(row.unit, row.result, row.evidence, row.inferred) for row in rows if row.result]
    with ledger.opened(path, view.id, recorder(by), dry_run=dry_run) as book:
        register = ledger.Register(book)
        noted = ledger.interviews.propose(register, number, found)
    page = partial(pages.noted_page, noted, dry_run)
    return shown(
        pages.noted_record(noted, dry_run), lambda _record: receipt_page(of_plan(book.plan.quarters, page), book)
    )


@writes(app, "approve", example="anju interviews approve 1 --document …", shown="matters:noted")
def approve(desk: Desk, number: ours.Number, document: ours.Document = None, on: ours.Day = None) -> "Noted":
    """The leading group has approved an interview; by which document."""
    return ledger.interviews.approve(desk.register, number, document, on)


@writes(app, "drop", example='anju interviews drop 1 --reason "…"', shown="matters:noted")
def drop(desk: Desk, number: ours.Number, *, reason: options.Reason, on: ours.Day = None) -> "Noted":
    """A proposed interview is not held, for a reason."""
    return ledger.interviews.drop(desk.register, number, reason, on)


@writes(app, "hold", example='anju interviews hold 1 --on 8-6 --explanation "…"', shown="matters:noted")
def hold(
    desk: Desk,
    number: ours.Number,
    on: ours.Day = None,
    interviewer: Annotated[
        str | None, typer.Option("--interviewer", metavar="POST", help="The post of the interviewer, no name.")
    ] = None,
    post: Annotated[
        str | None, typer.Option("--post", metavar="POST", help="The post of whoever is interviewed, no name.")
    ] = None,
    place: Annotated[str | None, typer.Option("--place", metavar="TEXT", help="Where.")] = None,
    explanation: Annotated[
        str | None, typer.Option("--explanation", metavar="TEXT", help="How the unit explained itself.")
    ] = None,
) -> "Noted":
    """An approved interview was held."""
    return ledger.interviews.hold(
        desk.register, number, on=on, interviewer=interviewer, post=post, place=place, explanation=explanation
    )


@writes(app, "commit", example='anju interviews commit 1 "…" --due 9-30', shown="matters:noted")
def commit(
    desk: Desk,
    number: ours.Number,
    text: Annotated[str, typer.Argument(metavar="TEXT", help="What the unit commits itself to.")],
    *,
    due: ours.Due,
    item: options.OfItem = None,
    on: ours.Day = None,
) -> "Noted":
    """Record what the unit has committed itself to in an interview; overdue once its date has passed."""
    return ledger.interviews.commit(desk.register, number, text, due, item=item, on=on)


@writes(app, "extend", example='anju interviews extend C1 --due 10-31 --reason "…"', shown="matters:noted")
def extend(
    desk: Desk,
    number: Commitment,
    *,
    due: ours.Due,
    reason: options.Reason,
    on: ours.Day = None,
    document: ours.Document = None,
) -> "Noted":
    """Move the date of a commitment; the first date stays beside it."""
    matter = desk.register.find(number, "commitment")
    return ledger.slips.extend(desk.register, matter, due, reason, on=on, document=document)


@writes(
    app,
    "close",
    example='anju interviews close C1 --note "…"\nanju interviews close 1 --note "…"',
    shown="matters:noted",
)
def close(
    desk: Desk, number: ours.Number, *, note: ours.Note, on: ours.Day = None, document: ours.Document = None
) -> "Noted":
    """Strike off a commitment (`C1`) that is met, or an interview (`I1`) with no open commitment left."""
    return ledger.interviews.close(desk.register, number, on=on, note=note, document=document)


@writes(app, "cancel", example='anju interviews cancel C1 --reason "entered twice"', shown="matters:noted")
def cancel(desk: Desk, number: Commitment, *, reason: options.Reason, on: ours.Day = None) -> "Noted":
    """Withdraw a commitment; it stays in the list, with the reason."""
    return ledger.slips.cancel(desk.register, desk.register.find(number, "commitment"), reason, on=on)


@reads(app, "list", example="anju interviews list --open", rows="matters:MatterLine", exit_code=True)
def listed(view: View, unit: options.OfUnit = None, open: ours.OpenOnly = False) -> Shown:
    """Interviews and commitments, in order of number."""
    return shown(followup.listing(view, "interview", "commitment", unit=unit, is_open=open), pages.list_page)


@reads(
    app,
    "show",
    example="anju interviews show 1\nanju interviews show 1 -o 约谈通知.docx",
    own={"docx": "word.matters:notice"},
)
def show(view: View, number: ours.Number) -> Shown:
    """One interview (`I1`) or commitment (`C1`): the evidence, all that happened, what it led to."""
    return shown(followup.sheet(view, number, "interview", "commitment"), pages.sheet_page)
