"""`anju review`."""

from typing import TYPE_CHECKING, Annotated

import typer

from anju_cli import ledger, reports
from anju_cli.cli import completing, options
from anju_cli.cli.desk import Desk, Papered
from anju_cli.cli.doors import Shown, reads, shown, writes
from anju_cli.cli.root import noun
from anju_cli.render.pages import reviews as pages
from anju_cli.render.paper import paper as as_paper
from anju_cli.reports.quarter.frozen import circulated_report, paper
from anju_cli.reports.reviews import sheets as reviews
from anju_cli.reports.view import View

if TYPE_CHECKING:
    from anju_cli.ledger.reviews import Reviewed

app = noun("The assessment of a quarter: lock, results, close.")

Document = Annotated[str, typer.Option("--document", metavar="NUMBER", help="The document that orders it.")]
Locked = Annotated[
    int | None,
    typer.Option(
        "--quarter",
        "-q",
        metavar="QUARTER",
        help="Which quarter, if several are locked.",
        autocompletion=completing.quarters,
        parser=str,
    ),
]


@writes(app, "open", example="anju review open Q2", shown="reviews:reviewed")
def open_(desk: Desk, quarter: options.Quarter) -> "Reviewed":
    """Begin the assessment of a quarter."""
    return ledger.reviews.open_review(desk.book, quarter)


@writes(
    app, "lock", example="anju review lock Q2", shown="reviews:reviewed", loads=["reports.projects.part"]
)  # what is frozen shows the projects, where there are any
def lock(desk: Desk, quarter: options.Quarter) -> "Reviewed":
    """Freeze the figures and the lines of evidence of a quarter, and seal the ledger."""
    return ledger.reviews.lock(desk.book, quarter, paper)


@writes(
    app,
    "confirm",
    example='anju review confirm tal\nanju review confirm tal --objection "36 missing"',
    shown="reviews:reviewed",
)
def confirm(
    desk: Desk,
    body: options.Body,
    quarter: Locked = None,
    objection: Annotated[
        str | None, typer.Option("--objection", metavar="TEXT", help="What the body objects to; without, it agrees.")
    ] = None,
) -> "Reviewed":
    """Note that a body has confirmed its frozen figures, or what it objects to."""
    return ledger.reviews.confirm(desk.book, body, quarter, objection)


@writes(
    app,
    "result",
    example='anju review result hsc not-met --note "two targets behind"\nanju review result all met',
    shown="reviews:reviewed",
)
def result(
    desk: Desk,
    unit: Annotated[
        str,
        typer.Argument(
            metavar="UNIT", help="A member unit, or all: every unit without a result.", autocompletion=completing.bodies
        ),
    ],
    result: Annotated[str, typer.Argument(metavar="RESULT", help="met (完成任务进度) or not-met (未完成任务进度).")],
    quarter: Locked = None,
    note: Annotated[str | None, typer.Option("--note", metavar="TEXT", help="The reasons, in words.")] = None,
    aspect: Annotated[
        str | None,
        typer.Option("--aspect", metavar="HEADING", help="Under which heading: 保用地, 保资金, 保质量 or 保结果."),
    ] = None,
) -> "Reviewed":
    """Type the result of a unit. People decide it; nothing computes it."""
    return ledger.reviews.result(desk.book, unit, result, quarter, note, aspect)


@writes(
    app,
    "close",
    example="anju review close Q2 --on 2020-07-20 --document 坪安居办〔2020〕9号",
    shown="reviews:reviewed",
    keeping="before-closing",
)
def close(
    desk: Desk,
    quarter: options.Quarter,
    *,
    on: Annotated[str, typer.Option("--on", metavar="DATE", help="The day the assessment ended.")],
    document: Document,
) -> "Reviewed":
    """End the assessment: the working days to the bulletin begin the day after. A copy of the file is kept first."""
    return ledger.reviews.close(desk.book, quarter, on, document)


@writes(
    app,
    "bulletin",
    example="anju review bulletin Q2 --number 坪安居办〔2020〕10号 --recipients 各成员单位 --on 2020-07-28\n"
    "anju review bulletin Q2 --number … --recipients 各成员单位 --approved -o 通报.docx",
    shown="reviews:reviewed",
    own={"docx": "word.bulletin:bulletin"},
)
def bulletin(
    desk: Desk,
    quarter: options.Quarter,
    *,
    number: Annotated[str, typer.Option("--number", metavar="NUMBER", help="The number of the bulletin.")],
    recipients: Annotated[str, typer.Option("--recipients", metavar="TEXT", help="The recipient.")],
    on: Annotated[str | None, typer.Option("--on", metavar="DATE", help="Its date; default today.")] = None,
    approved: options.PaperApproved = False,
) -> Papered:
    """Record the bulletin that went out, and seal the ledger. With -o FILE.docx it is written, too."""
    done = ledger.reviews.bulletin(desk.book, quarter, number, recipients, on)

    def papers(view: View) -> object:
        asked = as_paper(
            form=None,
            number=number,
            to=recipients,
            copy_to=None,
            approved=approved,
            issued=done.events[-1]["happened_on"],
            remedy_by=None,
            template=None,
            today=view.today,
            not_before=view.quarters.end(quarter),
        )
        return reports.bulletin_dossier(view, circulated_report(view, quarter), quarter, None), asked

    return Papered(done, papers)


@writes(
    app,
    "reopen",
    example='anju review reopen Q2 --reason "audit finding" --document 坪审〔2020〕3号',
    shown="reviews:reviewed",
)
def reopen(desk: Desk, quarter: options.Quarter, *, reason: options.Reason, document: Document) -> "Reviewed":
    """Take back the lock. What was frozen is kept; results are typed anew after the next lock."""
    return ledger.reviews.reopen(desk.book, quarter, reason, document)


@reads(app, "show", example="anju review show Q2")
def show(view: View, quarter: options.Quarter) -> Shown:
    """One assessment: its dates, the result and the evidence of each unit, and what was recorded."""
    return shown(reviews.review_sheet(view, quarter), pages.sheet_page)


@reads(app, "list", example="anju review list", rows="reviews:ReviewLine")
def listed(view: View) -> Shown:
    """The assessments of the year, their deadlines and bulletins."""
    return shown(reviews.review_list(view), pages.list_page)


@reads(app, "facts", example="anju review facts hsc", rows="reviews:Fact")
def facts(view: View, unit: options.Body) -> Shown:
    """The facts recorded about one unit over the year. They are gathered, not weighed: people decide."""
    return shown(reviews.facts(view, unit), pages.facts_page)
