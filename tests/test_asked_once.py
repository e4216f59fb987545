"""The figures of one answer are made once: nothing is asked of the database twice, whatever forms the answer takes."""

from collections import Counter
from pathlib import Path

import pytest

from anju_cli import reports
from anju_cli.cli import main
from anju_cli.reports import status
from anju_cli.reports.checks.log import log
from anju_cli.reports.checks.verify import verify
from anju_cli.reports.late import overdue
from anju_cli.reports.quarter.frozen import circulated_report
from anju_cli.reports.reviews import interviews, sheets
from anju_cli.reports.view import opened

ANSWERS = {
    "the report on a quarter": lambda view: circulated_report(view, 2),
    "the bulletin": lambda view: reports.bulletin_dossier(view, circulated_report(view, 2), 2, None),
    "the report on the year": reports.year_report,
    "the report on a unit": lambda view: reports.unit_report(view, "hsc"),
    "the sheet a unit signs": lambda view: reports.unit_dossier(view, reports.unit_report(view, "hsc", 2), "hsc", 2),
    "who is late": lambda view: overdue(view, unit="hsc", quarter=2),
    "where we stand": status.status,
    "the calendar": status.calendar,
    "the forms of all bodies": lambda view: reports.all_forms(view, 3),
    "an assessment": lambda view: sheets.review_sheet(view, 2),
    "all assessments": sheets.review_list,
    "the facts about a unit": lambda view: sheets.facts(view, "hsc"),
    "interviews to propose": lambda view: interviews.candidates(view, 2),
    "the log": lambda view: list(log(view)),
    "the check of the ledger": verify,
}


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    path = tmp_path_factory.mktemp("asked") / "demo.db"
    assert main(["demo", "--db", str(path)]) == 0
    return path


@pytest.mark.parametrize("answer", ANSWERS)
def test_nothing_is_asked_twice_for(answer, demo: Path):
    asked: Counter[str] = Counter()
    with opened(demo) as view:
        view.connection.set_trace_callback(lambda statement: asked.update([statement]))  # with its values in place
        ANSWERS[answer](view)
    assert asked and {statement: times for statement, times in asked.items() if times > 1} == {}
