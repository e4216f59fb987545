"""A quarter as a workbook: summary with a chart, targets, milestones, units, lateness, the year, entries."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from anju_cli.i18n import _, pgettext
from anju_cli.render.page import Page, Table
from anju_cli.render.pages import dossier as pages
from anju_cli.render.pages.cases import case_tables
from anju_cli.render.pages.reports import quarter_page
from anju_cli.render.sheets.page_book import FONT, BookSheet, PageBook, Written
from anju_cli.stream import Stream

if TYPE_CHECKING:
    from anju_cli.render.paper import Paper
    from anju_cli.reports.quarter.material import QuarterDossier

REACHED, EXPECTED = "#0072B2", "#E69F00"
"""Blue and orange, which the colour-blind tell apart."""
CHARTED = {"completion_rate": REACHED, "expected_rate": EXPECTED}
"""The columns of the chart, and their colours."""


def quarter_book(source: tuple[QuarterDossier, Paper]) -> Iterator[bytes]:
    """The workbook of a quarter, in pieces."""
    dossier, _paper = source
    page = quarter_page(dossier.report)
    targets, milestones, units, *others = page.tables
    cases = case_tables(dossier.report.cases)
    projects = others[len(cases) :]
    with PageBook(page.title) as book:
        summary(book, page, targets)
        for table in (targets, milestones, units, *cases):
            _sheet(book, table)
        if projects:
            _blocks(book, _("Projects"), projects)
        _blocks(book, _("Late or not reported"), [pages.returns_table(dossier), *pages.late_tables(dossier)])
        curves = [pages.curve_table(curve) for curve in pages.shown_curves(dossier)]
        _blocks(book, _("The year"), curves, _("Cumulative against expected over the year"))
        _sheet(book, pages.entries_table(dossier))
        yield from book.content()


def summary(book: PageBook, page: Page, targets: Table) -> None:
    """The first sheet: the targets without what is expected of them in quantity, the chart, and what the page says."""
    sheet = book.sheet(pgettext("sheet", "Summary"))
    brief = targets.without(["expected"])
    columns = sheet.fit([brief])
    sheet.title(page.title)
    sheet.lines(page.lines, columns)
    sheet.row += 1
    written = sheet.table(brief, only=False)
    sheet.row += 1
    if brief.rows:
        _chart(sheet, written, below=any(rate < 0 for rate in _charted(brief)))
    sheet.lines(page.notes, columns)


def _charted(table: Table) -> Iterator[Decimal]:
    """The rates that the chart shows."""
    places = [place for place, column in enumerate(table.columns) if column.key in CHARTED]
    values = (row[place].value for row in table.rows for place in places)
    return (value for value in values if isinstance(value, Decimal))


def _chart(sheet: BookSheet, table: Written, *, below: bool) -> None:
    """Completion beside expected, in percent, so that targets of different measures stand in one picture.

    It begins at 0, unless a rate is `below` it.
    """
    chart = sheet.book.workbook.add_chart({"type": "bar"})
    first, last, places = table
    head, name, font = first - 1, places["name"], {"name": FONT, "size": 9}
    for key, colour in CHARTED.items():
        place = places[key]
        chart.add_series(
            {
                "name": [sheet.name, head, place],
                "categories": [sheet.name, first, name, last, name],
                "values": [sheet.name, first, place, last, place],
                "fill": {"color": colour},
                "data_labels": {"value": True, "font": font},
                "gap": 60,
            }
        )
    chart.set_title({"name": _("Completion against expected (%)"), "name_font": {"name": FONT, "size": 11}})
    axis = {"num_font": font, "major_gridlines": {"visible": True, "line": {"color": "#DDDDDD"}}}
    chart.set_x_axis(axis if below else axis | {"min": 0})
    chart.set_y_axis({"reverse": True, "num_font": font})
    chart.set_legend({"position": "bottom", "font": font})
    rows = 4 + 2 * (last - first + 1)
    chart.set_size({"width": 860, "height": 20 * rows})
    sheet.worksheet.insert_chart(sheet.row, 0, chart, {"object_position": 2})
    sheet.row += rows + 2


def _sheet(book: PageBook, table: Table) -> None:
    sheet = book.sheet(table.title, streamed=isinstance(table.rows, Stream))
    sheet.fit([table])
    sheet.title(table.title)
    sheet.table(table)


def _blocks(book: PageBook, name: str, tables: Sequence[Table], title: str = "") -> None:
    """Several tables on one sheet, one under the other."""
    sheet = book.sheet(name)
    sheet.fit(tables)
    sheet.title(title or name)
    for table in tables:
        sheet.row += 1
        sheet.title(table.title, 11)
        sheet.table(table, only=False)
