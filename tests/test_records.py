"""What is stored is read by the names of its fields: documents of every version, and names that no field has."""

import json
import os
import re
import sqlite3
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

import pytest

from anju_cli.domain.digests import revision_digest
from anju_cli.domain.plan_documents import document_digest, document_of, plan_of_document
from anju_cli.domain.records import Former, rebuilt, stored
from anju_cli.plan_file import load_or_fail, shipped
from anju_cli.reports.answers.quarter import QuarterReport
from anju_cli.reports.quarter.frozen import FORMER, evidence_of, report_of
from anju_cli.reports.view import opened
from anju_cli.store import review_queries, schema
from anju_cli.store.location import locate
from anju_cli.store.review_queries import PublicationRow
from tests.conftest import FIXTURES

FROZEN = sorted((FIXTURES / "frozen").glob("*.json"))
"""The document of each shape that a version of this program froze, in order; the last is that of today."""

LIKE_THE_LAST = (
    "progress add raise 30 --unit tal -q Q2 --received 2020-07-13 --project P9",
    "projects add P1 --name 示例项目 --homes 700 --target raise=700@2020-05-31 --on 2020-05-01",
    "projects edit P1 --current raise=2020-08-31 --reason 延期 --on 2020-06-01",
    "progress add raise 600 --unit hsc -q Q2 --received 2020-07-09 --project P1",
    "review open Q2",
    "review lock Q2",
)
"""What the last was made by, on the example plan, on 15 July 2020: every kind of row is in it."""


class Counted(NamedTuple):
    """A record of which one field was renamed, and one came later."""

    quantity: int
    since: date | None


def frozen_now():
    """What was last frozen of the second quarter."""
    with opened(locate(None)) as view:
        return review_queries.publication(view.connection, view.id, 2)


def lost(before, now, at=""):
    """The places of a document that another does not have, or has otherwise."""
    if isinstance(before, dict):
        for name, value in before.items():
            yield from lost(value, now[name], f"{at}.{name}") if name in now else [f"{at}.{name}"]
    elif isinstance(before, list):
        for number, (value, other) in enumerate(zip(before, now, strict=True)):
            yield from lost(value, other, f"{at}[{number}]")
    elif before != now:
        yield f"{at}: {before} {now}"


def names(document, at=""):
    """The places at which a document has a value."""
    if isinstance(document, dict):
        for name, value in document.items():
            yield f"{at}.{name}"
            yield from names(value, f"{at}.{name}")
    elif isinstance(document, list):
        for value in document:
            yield from names(value, f"{at}[]")


class TestStored:
    """What was frozen comes back as it was, and a document of an earlier shape still reads."""

    def test_shapes_go_to_json_and_back(self):

        class Row(NamedTuple):
            on: date | None
            amount: int | Decimal | None
            steps: tuple[tuple[date, str], ...]
            names: list[str]
            parts: dict[str, int | Decimal | None]
            said: bool = False

        row = Row(
            date(2020, 6, 30),
            Decimal("1178.20"),
            ((date(2020, 7, 1), "50%"),),
            ["a"],
            {"b": 3, "c": Decimal("0.10")},
            True,
        )
        kept = json.loads(json.dumps(stored(row)))
        assert rebuilt(Row, kept) == row and str(rebuilt(Row, kept).amount) == "1178.20"

    @pytest.mark.parametrize("path", FROZEN, ids=lambda path: path.stem)
    def test_what_any_version_froze_reads_back_whole(self, path):
        """tests/fixtures/frozen: the document of each shape that a release froze, the last that of today."""
        text = path.read_text(encoding="utf-8")
        frozen, document = PublicationRow(2, 2, 0, date(2020, 7, 15), "", "", text), json.loads(text)
        now = {"report": stored(report_of(frozen)), "evidence": stored(evidence_of(frozen))}
        assert list(lost(document, now)) == []

    def test_what_is_frozen_today_has_the_names_of_the_last_document(self, district):
        """A field more, less or of another name is a new version: it needs a document here, and a place in FORMER."""
        for line in LIKE_THE_LAST:
            district(line)
        today = json.loads(frozen_now().document)
        assert set(names(today)) == set(names(json.loads(FROZEN[-1].read_text(encoding="utf-8"))))

    @pytest.mark.parametrize(
        ("change", "named"),
        [
            (lambda report: report.pop("totals"), "missing ['totals']"),
            (lambda report: report["targets"][0].pop("completion_rate"), "missing ['completion_rate']"),
            (lambda report: report.update(total=1), "unknown ['total']"),
            (lambda report: report["targets"][0].update(rate="51.0"), "unknown ['rate']"),
        ],
        ids=["missing", "missing in a row", "unknown", "unknown in a row"],
    )
    def test_a_name_that_is_missing_or_unknown_is_never_passed_over(self, change, named):
        report = json.loads(FROZEN[-1].read_text(encoding="utf-8"))["report"]
        change(report)
        with pytest.raises(ValueError, match=re.escape(named)):
            rebuilt(QuarterReport, report, FORMER)

    def test_a_field_that_was_renamed_or_came_later_is_read_as_declared(self):
        former = Former({"Counted": {"homes": "quantity"}}, {"Counted": {"since": date(2020, 1, 1)}})
        assert rebuilt(Counted, {"homes": 3}, former) == Counted(3, date(2020, 1, 1))
        assert rebuilt(Counted, {"quantity": 3, "since": None}, former) == Counted(3, None)
        with pytest.raises(ValueError, match="missing"):
            rebuilt(Counted, {"homes": 3})


@pytest.fixture(scope="module")
def plan_2020():
    return load_or_fail(shipped())


class TestPlans:
    """A plan is stored without what is at its default, and its document is known by what it says alone."""

    def test_what_is_at_its_default_is_left_out(self, plan_2020):
        document = json.loads(document_of(plan_2020))
        assert "reporting_from" not in document and "return_month" not in document["settings"]
        assert plan_of_document(document_of(plan_2020)) == plan_2020

    def test_a_document_that_spells_out_every_default_says_the_same(self, plan_2020):
        older = plan_of_document(json.dumps(stored(plan_2020), ensure_ascii=False))
        assert document_digest(older) == document_digest(plan_2020)

    def test_any_figure_of_a_plan_makes_it_another(self, plan_2020):
        items = tuple(replace(item, goal=4714) if item.id == "raise" else item for item in plan_2020.items)
        assert document_digest(replace(plan_2020, items=items)) != document_digest(plan_2020)

    def test_the_lists_show_the_digest_of_the_document(self, office, plan_2020):
        (line,) = office("plan list --json").json
        assert line["document_digest"] == document_digest(plan_2020) != line["digest"]
        assert office("plan show --json").json["document_digest"] == line["document_digest"]

    def test_a_ledger_that_holds_what_an_earlier_program_stored_is_read_as_it_is(self, office, plan_2020):
        database = Path(os.environ["ANJU_DB"])
        spelt_out = json.dumps(stored(plan_2020), ensure_ascii=False)
        with sqlite3.connect(database) as connection:
            connection.row_factory = sqlite3.Row
            row = dict(connection.execute("SELECT * FROM plan_revision").fetchone())
            row["document"] = spelt_out
            row["digest"] = revision_digest(row)
            (trigger,) = connection.execute(
                "SELECT sql FROM sqlite_master WHERE name = 'plan_revision_no_update'"
            ).fetchone()
            connection.execute("DROP TRIGGER plan_revision_no_update")
            connection.execute("UPDATE plan_revision SET document = :document, digest = :digest", row)
            connection.execute(trigger)
            connection.execute(f"PRAGMA user_version = {schema.READABLE}")
        before = database.read_bytes()
        (line,) = office("plan list --json").json
        assert line["document_digest"] == document_digest(plan_2020)
        assert len(office("report quarter Q2 --json").json["targets"]) == 6
        assert database.read_bytes() == before
        assert (
            f"from version {schema.READABLE} to {schema.VERSION}" in office("progress add raise 5 --unit hsc -q Q2").err
        )
        with sqlite3.connect(database) as connection:
            assert connection.execute("SELECT document FROM plan_revision").fetchone()[0] == spelt_out
