"""`anju report`."""

from typing import Annotated

import typer

from anju_cli import reports
from anju_cli.cli import completing, options
from anju_cli.cli.doors import Shown, reads, shown
from anju_cli.cli.root import noun
from anju_cli.domain.dating import short_date
from anju_cli.render.pages import reports as pages
from anju_cli.render.pages.why import why_page
from anju_cli.render.paper import ARGUMENTS, paper
from anju_cli.reports.quarter.frozen import circulated_report
from anju_cli.reports.view import View

app = noun("Reports on a quarter, the year, a unit; the trend.")

QUARTER = {"xlsx": "sheets.quarter:quarter_book", "html": "web.quarter:quarter_html", "docx": "word.bulletin:bulletin"}
UNIT = {"docx": "word.confirmation:confirmation"}
TREND = {"svg": "web.trend:trend_svg"}


@reads(
    app,
    "quarter",
    example="anju report quarter Q2\nanju report quarter Q2 --unit hsc -o q2.md\n"
    "anju report quarter Q2 -o q2.docx --number 坪安居办〔2020〕5号 --to 各成员单位",
    own=QUARTER,
    only={"docx": ARGUMENTS},
)
def quarter(
    view: View,
    quarter: options.Quarter,
    unit: options.OfUnit = None,
    now: Annotated[
        bool, typer.Option("--now", help="Today's figures of a locked quarter, not those circulated.")
    ] = False,
    form: options.PaperForm = None,
    number: options.PaperNumber = None,
    to: options.PaperTo = None,
    copy_to: options.PaperCopyTo = None,
    approved: options.PaperApproved = False,
    issued: options.PaperIssued = None,
    remedy_by: options.PaperRemedyBy = None,
    template: options.PaperTemplate = None,
) -> Shown:
    """The report on one quarter: targets, milestones, units.

    Without --as-of it is as at the earlier of today and the last day of the quarter's review: the same paper whenever
    it is run. Of a locked quarter it is the version that was frozen and circulated; --now shows today's figures. As
    .docx it is the bulletin to the units, a draft until the assessment is closed.
    """
    asked = paper(
        form=form,
        number=number,
        to=to,
        copy_to=copy_to,
        approved=approved,
        issued=issued,
        remedy_by=remedy_by,
        template=template,
        today=view.today,
        not_before=view.quarters.end(quarter),
    )
    view.notes += short_date(issued, asked.issued) + short_date(remedy_by, asked.remedy_by)
    report = circulated_report(view, quarter, unit, now=now)
    return shown(report, pages.quarter_page, lambda: (reports.bulletin_dossier(view, report, quarter, unit), asked))


@reads(app, "why", example="anju report why Q2\nanju report why Q2 raise")
def why(
    view: View,
    quarter: options.Quarter,
    item: Annotated[
        str | None, typer.Argument(metavar="[ITEM]", help="Only this task.", autocompletion=completing.items)
    ] = None,
) -> Shown:
    """Why circulated figures are others today: a signed line for each cause; the lines add up to the difference."""
    return shown(reports.why(view, quarter, item), why_page)


@reads(app, "year", example="anju report year --as-of 2020-12-31")
def year(view: View) -> Shown:
    """The report on the whole year, as at today."""
    return shown(reports.year_report(view), pages.year_page)


@reads(
    app,
    "unit",
    example="anju report unit hsc\nanju report unit 龙田 --quarter Q2\nanju report unit hsc -q Q2 -o 核对单.docx",
    own=UNIT,
)
def unit(view: View, body: options.Body, quarter: options.OfQuarter = None) -> Shown:
    """Everything one unit answers for, as at today: targets, milestones, returns, what it is late with.

    As .docx it is a sheet on which the unit confirms what the ledger holds of its reports for one quarter.
    """
    report = reports.unit_report(view, body, quarter)
    return shown(report, pages.unit_page, lambda: reports.unit_dossier(view, report, body, quarter))


@reads(
    app,
    "trend",
    example="anju report trend\nanju report trend raise\nanju report trend -o trend.svg",
    rows="year:TrendPoint",
    own=TREND,
)
def trend(
    view: View,
    item: Annotated[str | None, typer.Argument(metavar="ITEM", help="Only this target.")] = None,
) -> Shown:
    """Each target month by month, cumulative against expected."""
    return shown(reports.trend(view, item), pages.trend_page)
