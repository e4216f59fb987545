"""Random ledgers against an independent model: whatever is filed, the reports say what the model says."""

import os
import shutil
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from anju_cli import ledger, plan_file
from anju_cli.errors import Refused
from anju_cli.ledger import Later, Manner, Reduction, Report
from anju_cli.render.json_csv import plain
from anju_cli.reports.checks.verify import verify
from anju_cli.reports.late import overdue
from anju_cli.reports.listing import entries
from anju_cli.reports.quarter.report import quarter_report
from anju_cli.reports.view import opened
from anju_cli.reports.year import year_report
from tests.conftest import EXAMPLE
from tests.model import Model, RefusedByModel

DEEP = os.environ.get("ANJU_HYPOTHESIS") == "deep"
WHO = Manner()
SHARED = frozenset({"survey", "platform"})
LEVELS = frozenset({"empty"})
TAKEN_IN = "wat-river.received"
COUNTED = {
    "raise": ("hsc", "tal"), "invest": ("tal",), "reno-north": ("hsc",), "wat-river": ("wat",), TAKEN_IN: ("wat",),
}  # fmt: skip
PLACES = [(item, unit) for item, units in COUNTED.items() for unit in units]
OWED = [place for place in PLACES if place[0] != TAKEN_IN]
"""Cases taken in are owed with their duty as one row."""
QUARTERS = {  # first and last day, return deadline; 26 August is a day off in the example's plan
    1: (date(2020, 1, 1), date(2020, 3, 31), date(2020, 4, 10)),
    2: (date(2020, 4, 1), date(2020, 6, 30), date(2020, 7, 10)),
    3: (date(2020, 7, 1), date(2020, 9, 30), date(2020, 10, 10)),
    4: (date(2020, 10, 1), date(2020, 12, 31), date(2021, 1, 11)),
}

days = st.integers(-20, 390).map(lambda offset: date(2020, 1, 1) + timedelta(days=offset))
later = st.sampled_from(["ask", "keep", "shift"])
place = st.sampled_from(PLACES)
delay = st.integers(0, 40)
small = st.integers(0, 60)
step = st.one_of(
    st.tuples(st.just("add"), place, days, delay, small, later),
    st.tuples(st.just("words"), place, days, delay, small, later),
    st.tuples(st.just("total"), place, days, delay, st.integers(0, 150), later),
    st.tuples(st.just("level"), st.sampled_from(sorted(SHARED | LEVELS)), days, delay, st.integers(0, 100), later),
    st.tuples(st.just("reduce"), place, days, delay, small, later),
    st.tuples(st.just("correct"), st.integers(0, 30), small, later),
    st.tuples(st.just("retotal"), st.integers(0, 30), st.integers(0, 150), later),
    st.tuples(st.just("void"), st.integers(0, 30), later),
    st.tuples(st.just("undo"), later),
)


@pytest.fixture(scope="module")
def seed(tmp_path_factory):
    """A new database with the example plan, to be copied."""
    path = tmp_path_factory.mktemp("seed") / "seed.db"
    ledger.initialise(path, plan_file.load_or_fail(EXAMPLE), "tester")
    return path


def on_both(model: Model, database: Path, what: tuple) -> None:
    """Do one thing in the model and in the ledger: both do it, or both refuse it."""
    kind, *rest = what
    if (kind in ("correct", "retotal", "void") and not model.chains) or (kind == "undo" and not model.filings):
        return
    refused_by_model = refused = False
    try:
        _on_model(model, kind, rest)
    except RefusedByModel:
        refused_by_model = True
    try:
        with ledger.opened(database, None, "tester") as book:
            book.later = Later(rest[-1])
            _on_book(book, model, kind, rest)
    except Refused:
        refused = True
    assert refused == refused_by_model, what


def _on_model(model, kind, rest):
    later = rest[-1]
    if kind in ("add", "words", "total", "reduce", "level"):
        where, on, wait, amount = rest[:4]
        received = on + timedelta(days=wait)
        if kind == "level":
            model.add(where, "hsc", on, received, total=amount, later=later)
        elif kind == "reduce":
            model.reduce(*where, on, received, amount, later)
        else:
            figure = {"add": {"quantity": amount}, "total": {"total": amount}, "words": {}}[kind]
            model.add(*where, on, received, later=later, **figure)
    elif kind == "undo":
        model.undo(later)
    else:
        chain = model.chains[rest[0] % len(model.chains)]
        model.picked = chain.last
        figure = {"correct": {"quantity": rest[1]}, "retotal": {"total": rest[1]}, "void": {}}[kind]
        getattr(model, "void" if kind == "void" else "correct")(chain.id, later=later, **figure)


def _on_book(book, model, kind, rest):
    if kind in ("add", "words", "total", "reduce", "level"):
        where, on, wait, amount = rest[:4]
        item, unit = (where, "hsc") if kind == "level" else where
        said = {
            "on": on.isoformat(),
            "received": (on + timedelta(days=wait)).isoformat(),
            "outside_year": True,
        }
        typed = f"{amount / 10:.1f}" if item == "invest" else str(amount)
        if kind == "reduce":
            ledger.reduce(book, Reduction(item, unit, typed, "x", **said), WHO)
        else:
            figure = {
                "add": {"quantity": typed},
                "level": {"quantity": typed},
                "total": {"total": typed},
                "words": {"note": "x"},
            }[kind]
            ledger.add(book, Report(item, unit, reason="x", **figure, **said), WHO)
    elif kind == "undo":
        ledger.undo(book, None, WHO)
    elif kind == "void":
        ledger.void(book, model.picked, "x", WHO)
    else:
        chain = model.chains[rest[0] % len(model.chains)]
        typed = f"{rest[1] / 10:.1f}" if chain.item == "invest" else str(rest[1])
        figure = {"quantity": typed, "total": None} if kind == "correct" else {"quantity": None, "total": typed}
        ledger.correct(book, model.picked, "x", WHO, **figure)


def tenths(item, quantity):
    return quantity / 10 if item == "invest" else quantity


@settings(
    max_examples=400 if DEEP else 60, deadline=None, database=None,
    phases=list(Phase) if DEEP else [Phase.explicit, Phase.generate],  # to shrink an example takes minutes
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
)  # fmt: skip
@given(steps=st.lists(step, min_size=8, max_size=22), as_of=days)
def test_a_random_ledger_says_what_the_model_says(seed, tmp_path, monkeypatch, steps, as_of):
    """Totals, lateness, rates, lights, known-at and stated totals, after any sequence of filings."""
    monkeypatch.setenv("ANJU_TODAY", "2021-01-25")
    database = tmp_path / "random.db"
    shutil.copy(seed, database)
    model, remembered = Model(SHARED | LEVELS, LEVELS), []
    for what in steps:
        on_both(model, database, what)
        with opened(database) as view:
            paper = plain(quarter_report(view, 4))
        remembered.append((len(model.filings), paper))

    check_totals(database, model, as_of)
    check_lateness(database, model, as_of)
    check_printed_page(database, as_of)
    check_known_at(database, remembered)
    check_stated_totals(database, model)


def check_totals(database, model, as_of):
    """Every cumulative, whole and part, is the sum of what happened by then and stands."""
    with opened(database, as_of=as_of.isoformat()) as view:
        report = year_report(view)
        listed = list(entries(view))
    for row in report.targets:
        if row.id in COUNTED:
            expected = model.total(row.id, as_of) if row.unit is None else model.cumulative(row.id, row.unit, as_of)
            assert float(row.cumulative) == tenths(row.id, expected), (row.id, row.unit)
        elif row.id in LEVELS:
            stands = any(chain.on <= as_of and not chain.ended for chain in model.chains if chain.item == row.id)
            assert row.cumulative == (model.total(row.id, as_of) if stands else None)
        elif row.id == "reno":
            assert row.cumulative == model.total("reno-north", as_of)
    for row in (row for row in report.cases if row.id == "wat-river"):
        both = (model.total(TAKEN_IN, as_of), model.total("wat-river", as_of))
        assert (row.received_cumulative or 0, row.cumulative or 0) == both
    assert sum(float(row.quantity or 0) for row in listed if row.item == "raise") == model.total("raise", as_of)
    for row in report.milestones:
        if row.id in SHARED:
            assert row.completion_rate == model.total(row.id, as_of)


def check_lateness(database, model, as_of):
    """Each owed row is unreported, late by so many days, or neither: by the earliest receipt that was not voided."""
    with opened(database, as_of=as_of.isoformat()) as view:
        found = {
            (row.item, row.member or row.unit, row.quarter): (row.reason, row.days_overdue)
            for row in overdue(view).rows
            if row.reason in ("unreported", "late_return") and (row.item, row.unit) in [*OWED, (TAKEN_IN, "wat")]
        }
    expected = {}
    for item, unit in OWED:
        items = {item, TAKEN_IN} if item == "wat-river" else {item}
        for quarter, (start, end, deadline) in QUARTERS.items():
            first = model.first_received(items, unit, start, end, as_of)
            if first is None and as_of > deadline:
                expected[item, unit, f"Q{quarter}"] = ("unreported", (as_of - deadline).days)
            elif first is not None and first > deadline:
                expected[item, unit, f"Q{quarter}"] = ("late_return", (first - deadline).days)
    assert found == expected


def check_printed_page(database, as_of):
    """What is printed can be checked from paper: no 100.0 below the goal, gap and light from the printed rates."""
    with opened(database, as_of=as_of.isoformat()) as view:
        report = plain(year_report(view))
    for row in report["targets"]:
        goal, reached, rate = row["goal"], row["cumulative"], row["completion_rate"]
        if row["id"] in LEVELS:
            began = row["baseline"]
            assert rate is None or abs(rate - 100 * (reached - began) / (goal - began)) <= 0.1001
        elif goal and reached is not None:
            assert (rate >= 100) == (reached >= goal)
            assert abs(rate - 100 * reached / goal) <= 0.1001
            assert (row["status"] == "done") == (reached >= goal)
        if row["gap_points"] is not None:
            assert row["gap_points"] == round(rate - row["expected_rate"], 1)
            bands = [(0, "green"), (-10, "yellow")]
            colour = next((name for bound, name in bands if row["gap_points"] >= bound), "red")
            assert row["light"] == ("green" if row["status"] == "done" else colour)


def check_known_at(database, remembered):
    """Every earlier state is reproduced, to the letter, by the number of the filing that was then the last."""
    for filings, paper in remembered:
        if filings:
            with opened(database, known_at=str(filings)) as view:
                again = plain(quarter_report(view, 4))
            assert again | {"known_at": None} == paper


def check_stated_totals(database, model):
    """Verify lists exactly the stated totals that were let move, and finds no other fault."""
    with opened(database) as view:
        faults = verify(view)
    assert {fault.check for fault in faults} <= {"stated_total"}
    assert {fault.row for fault in faults} == model.broken()
