"""The three tables annexed to a bulletin on a plan that is written in English: those of the screen, with its notes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, TypeVar

from anju_cli.i18n import _
from anju_cli.render.columns import ColumnOf
from anju_cli.render.page import NONE
from anju_cli.render.pages import common, goals
from anju_cli.render.word.page_layout import HEI, SONG, TITLE, PageLayout
from anju_cli.render.word.paper_tables import PaperColumn, numbered, paper_cells, paper_columns, table
from anju_cli.render.word.unit_columns import of_units, with_results
from anju_cli.render.wording import labels

if TYPE_CHECKING:
    from anju_cli.reports.answers.rows import UnitRow
    from anju_cli.reports.quarter.material import QuarterDossier

NUMBER = PaperColumn("No.", 10)
NOTES, SIZE = 10.5, 8.0
"""Points, of the notes under a table and of what stands in it."""
WIDTH = 225.0
"""Of a table, in millimetres: English heads are longer than the Chinese ones that the columns are made for."""
NARROWEST = 5.0
"""Of a column, in millimetres."""
Row = TypeVar("Row")


def add_english_annexes(sheet: PageLayout, dossier: QuarterDossier, titles: Sequence[str]) -> None:
    """The tables of targets, units and milestones, each on pages of its own."""
    report = dossier.report
    targets, milestones = common.in_order(report.targets), report.milestones
    notes = [common.pace_rule(report.targets), common.lights_rule(report), *common.counting_rule(report.targets)]
    notes += [*goals.levels_rule(report.targets), *goals.baselines(report.targets)]
    notes += [*common.restated_rule(report.targets), *common.inferred_rule(report.targets)]
    until = _("Returns and milestones as of {day}").format(day=labels.long_date(report.as_of))
    _annex(sheet, 1, titles[0], common.target_columns(targets), targets, [*notes, common.ledger(report.ledger)])
    _annex(sheet, 2, titles[1], _unit_columns(dossier), report.units, [until])
    own = [until, *common.inferred_rule(milestones)]
    _annex(sheet, 3, titles[2], common.milestone_columns(milestones), milestones, own)


def _unit_columns(dossier: QuarterDossier) -> list[ColumnOf[UnitRow]]:
    """The columns of units, with the result of each where the assessment is closed."""
    sent_back, results = any(row.returned for row in dossier.report.units), dossier.results
    described = of_units(common.unit_columns(common.unit_name), sent_back)
    if results is None:
        return described
    every = {"met": results.met, "not met": results.not_met, **dict(results.graded)}
    given = {unit.unit: result for result, units in every.items() for unit in units}
    return with_results(described, lambda row: given.get(row.unit, NONE))


def _widened(columns: Sequence[PaperColumn]) -> list[PaperColumn]:
    """Columns as wide as the page takes: names give what heads of one long word need, or else every column does."""
    needed = [max(column.width, 2.1 * max(map(len, column.title.split()))) for column in columns]
    names = [column.across == "left" for column in columns]
    spare = (WIDTH - sum(needed)) / sum(names)
    widths = [width + (spare if is_name else 0) for width, is_name in zip(needed, names, strict=True)]
    if min(widths) < NARROWEST:
        widths = [width * WIDTH / sum(needed) for width in needed]
    return [column._replace(width=width) for column, width in zip(columns, widths, strict=True)]


def _annex(
    sheet: PageLayout,
    number: int,
    title: str,
    described: Sequence[ColumnOf[Row]],
    rows: Iterable[Row],
    notes: Iterable[str],
) -> None:
    sheet.section(across=True)
    sheet.paragraph(_("Annex {n}").format(n=number), font=HEI, across="left")
    sheet.paragraph(title, font=SONG, size=TITLE - 4, across="center", pitch=36)
    cells = numbered(paper_cells(described, row) for row in rows)
    table(sheet, _widened([NUMBER, *paper_columns(described)]), cells, size=SIZE, empty="none")
    for note in notes:
        sheet.paragraph(note, size=NOTES, pitch=NOTES * 1.5)
