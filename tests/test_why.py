"""Why a circulated figure is another today: every cause has its line, and the lines add up exactly."""

import os
import shutil
from collections import defaultdict
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from anju_cli import ledger, plan_file
from anju_cli.errors import Refused, Unclear
from anju_cli.ledger import Later, Manner, Reduction, Report
from anju_cli.ledger.reviews import steps as reviewing
from anju_cli.reports.quarter.frozen import circulated_report, paper
from anju_cli.reports.quarter.why import why
from anju_cli.reports.view import opened
from tests.conftest import EXAMPLE, prepared
from tests.test_plan_file import adjusted
from tests.test_reviews import RESTATE, locked_q2

DEEP = os.environ.get("ANJU_HYPOTHESIS") == "deep"
LATER = {"today": "2020-07-23"}
LINE = "progress add raise 36 --unit tal --on 2020-06-28"


@prepared
def locked(office):
    return locked_q2(office)


def causes(heard, *item):
    answer = heard("report why Q2 --json", *item, **LATER).json
    return [(line["item"], line["cause"], line["change"], line["rate_change"]) for line in answer["lines"]]


def figure_of(heard, item="raise"):
    row = next(row for row in heard(f"report why Q2 {item} --json", **LATER).json["figures"] if row["unit"] is None)
    return row["circulated"], row["now"], row["change"], row["circulated_rate"], row["now_rate"]


class TestCauses:
    """One signed line for each, with document, who and when."""

    def test_a_restated_report_is_one_line(self, locked):
        locked(f"{LINE} {RESTATE}", **LATER)
        assert figure_of(locked) == (2400, 2436, 36, 50.9, 51.7)
        (line,) = locked("report why Q2 raise --json", **LATER).json["lines"]
        said = (
            line["cause"],
            line["change"],
            line["rate_change"],
            line["document"],
            line["reason"],
            line["by"],
            line["on"],
            line["body"],
        )
        assert said == ("late_report", 36, 0.8, "坪安居办〔2020〕12号", "found-by-audit", "tester", "2020-06-28", "tal")
        assert line["recorded_at"] > locked("report quarter Q2 --json", **LATER).json["circulated"]["frozen_at"]

    def test_a_carried_report_is_told_of_and_changes_nothing(self, locked):
        locked(f"{LINE} --carry", **LATER)
        assert figure_of(locked) == (2400, 2400, 0, 50.9, 50.9)
        (line,) = locked("report why Q2 raise --json", **LATER).json["lines"]
        assert (line["cause"], line["change"], line["carried"], line["booked_in"]) == ("carried", 0, 36, "Q3")
        assert "+36 booked in Q3" in locked("report why Q2", **LATER).out

    @pytest.mark.parametrize(
        ("line", "cause", "change"),
        [
            ("progress correct 1 2000 --reason typo", "correction", -64),
            ("progress void 2 --reason wrong", "void", -336),
            ("progress reduce raise 36 --unit tal --on 6-30 --reason not-accepted", "reduction", -36),
            ("progress add raise 10 --unit hsc --on 3-30", "late_report", 10),
        ],
    )
    def test_each_kind_of_entry_has_its_own_cause(self, locked, line, cause, change):
        reason = "" if "--reason" in line else "--reason x"
        locked(f"{line} {reason} --restate --document d", **LATER)
        assert [(each[1], each[2]) for each in causes(locked, "raise")] == [(cause, change)]

    def test_a_new_goal_moves_the_rate_and_not_the_quantity(self, locked, tmp_path):
        plan = adjusted(tmp_path, ("goal: 4713", "goal: 5200"))
        locked("plan apply", plan, "--document", "坪安居办〔2020〕11号", "--effective", "2020-06-01")
        lines = locked("report why Q2 --json", **LATER).json["lines"]
        assert [(line["item"], line["cause"], line["change"], line["rate_change"]) for line in lines] == [
            ("raise", "goal_changed", 0, -4.7)
        ]
        assert (lines[0]["document"], lines[0]["on"]) == ("坪安居办〔2020〕11号", "2020-06-01")
        assert figure_of(locked) == (2400, 2400, 0, 50.9, 46.2)

    def test_a_new_goal_that_holds_from_a_later_quarter_changes_nothing(self, locked, tmp_path):
        plan = adjusted(tmp_path, ("goal: 4713", "goal: 5200"))
        locked("plan apply", plan, "--document", "坪安居办〔2020〕11号", "--effective", "2020-08-01")
        assert causes(locked) == []

    def test_a_new_pace_is_a_change_of_rule(self, locked, tmp_path):
        plan = adjusted(tmp_path, ("    pace: even\n", "    pace: year_end\n"))
        locked("plan apply", plan, "--document", "d", "--effective", "2020-06-01")
        (line,) = locked("report why Q2 raise --json", **LATER).json["lines"]
        assert (line["cause"], line["change"], line["rate_change"], line["expected_change"]) == (
            "rule_changed",
            0,
            0.0,
            -50.0,
        )

    def test_another_date_is_a_cause_of_its_own(self, locked):
        locked(f"{LINE} {RESTATE}", **LATER)
        answer = locked("report why Q2 raise --json --as-of 2020-06-29", **LATER).json
        assert [(line["cause"], line["change"]) for line in answer["lines"]] == [
            ("late_report", 36),
            ("as_of_changed", -2400),
        ]
        assert (answer["circulated_as_of"], answer["now_as_of"]) == ("2020-07-15", "2020-06-29")

    def test_a_milestone_finished_since_is_told_by_its_level(self, office):
        office("progress add ms-q1-survey 60 --unit hsc --on 3-20 --received 4-8")
        locked_q2(office)
        office("progress add ms-q1-survey --done --unit hsc --on 7-16", today="2020-07-16")
        answer = office("report why Q2 ms-q1-survey --json", **LATER).json
        assert [(line["cause"], line["change"]) for line in answer["lines"]] == [("as_of_changed", 40.0)]
        assert (answer["figures"][0]["circulated"], answer["figures"][0]["now"]) == (60.0, 100.0)

    def test_what_was_done_while_it_was_open_again_rests_on_the_document_that_reopened_it(self, locked):
        locked("review reopen Q2 --reason audit --document 坪审〔2020〕3号", **LATER)
        locked(LINE, **LATER)
        (line,) = locked("report why Q2 raise --json", **LATER).json["lines"]
        assert (line["cause"], line["change"], line["document"]) == ("late_report", 36, "坪审〔2020〕3号")

    def test_a_ratio_and_its_parts(self, office):
        office("progress add subsidy 18 --unit hsc -q Q2")
        office("progress add subsidy-eligible 20 --unit hsc -q Q2")
        locked_q2(office)
        office(
            f"progress reduce subsidy-eligible 2 --unit hsc --on 6-30 {RESTATE.replace('坪安居办〔2020〕12号', 'd')}",
            **LATER,
        )
        (line,) = office("report why Q2 subsidy-coverage --json", **LATER).json["lines"]
        assert (line["cause"], line["change"], line["rate_change"]) == ("reduction", 0, 10.0)

    def test_where_nothing_changed_nothing_is_said(self, locked):
        assert causes(locked) == []
        assert "No figure has changed" in locked("report why Q2", **LATER).out
        assert figure_of(locked) == (2400, 2400, 0, 50.9, 50.9)

    def test_what_was_never_frozen_or_has_no_figure_is_refused(self, locked):
        assert "review lock Q1" in locked("report why Q1", code=4).err
        assert "no figure" in locked("report why Q2 wat-river", code=4).err

    def test_known_at_an_earlier_moment_only_the_causes_known_then_are_told(self, locked):
        locked(f"{LINE} {RESTATE}", **LATER)
        locked("progress correct 1 2000 --reason x --restate --document d", **LATER)
        answer = locked("report why Q2 raise --json --known-at 3", **LATER).json
        assert [line["cause"] for line in answer["lines"]] == ["late_report"]

    def test_the_page_names_the_bulletin(self, locked):
        locked("review result all met", **LATER)
        locked("review close Q2 --on 7-20 --document d", **LATER)
        locked("review bulletin Q2 --number 坪安居办〔2020〕10号 --recipients 各成员单位", **LATER)
        locked(f"{LINE} {RESTATE}", **LATER)
        said = locked("report why Q2", **LATER).out
        assert "坪安居办〔2020〕10号" in said and "found-by-audit" in said and "+36" in said


# -- any history of changes after a lock ---------------------------------------------------------------------------

ITEMS = [("raise", "hsc"), ("raise", "tal"), ("invest", "tal"), ("reno-north", "hsc"), ("survey", "hsc")]
days = st.sampled_from(["2020-01-05", "2020-03-31", "2020-04-01", "2020-06-30", "2020-07-10", "2020-07-18"])
change = st.one_of(
    st.tuples(st.just("add"), st.sampled_from(ITEMS), days, st.integers(0, 60)),
    st.tuples(st.just("carry"), st.sampled_from(ITEMS), days, st.integers(0, 60)),
    st.tuples(st.just("reduce"), st.sampled_from(ITEMS), days, st.integers(1, 30)),
    st.tuples(st.just("correct"), st.integers(1, 12), st.integers(0, 60)),
    st.tuples(st.just("void"), st.integers(1, 12)),
    st.tuples(st.just("undo"),),
    st.tuples(st.just("goal"), st.integers(100, 900), st.sampled_from(["2020-02-01", "2020-06-30", "2020-07-01"])),
    st.tuples(st.just("lock"),),
)  # fmt: skip


@pytest.fixture(scope="module")
def seed(tmp_path_factory):
    """A new database with the example plan, to be copied."""
    path = tmp_path_factory.mktemp("why") / "seed.db"
    ledger.initialise(path, plan_file.load_or_fail(EXAMPLE), "tester")
    return path


def happen(database, what):
    """Let one change happen, in whichever way the rules allow it."""
    kind, *rest = what
    for restate in (False, True):
        try:
            with ledger.opened(database, None, "tester") as book:
                if restate:
                    book.way = ledger.way(carry=False, restate=True, reason="x", document="d")
                book.later = Later.SHIFT
                _happen(book, kind, rest)
            return
        except (Refused, Unclear):
            continue


def _happen(book, kind, rest):
    manner = Manner()
    if kind in ("add", "carry"):
        (item, unit), on, amount = rest
        if kind == "carry" and not book.way.restate:
            book.way = ledger.way(carry=True, restate=False, reason=None, document=None)
        ledger.add(book, Report(item, unit, str(amount), on=on, reason="x"), manner)
    elif kind == "reduce":
        (item, unit), on, amount = rest
        ledger.reduce(book, Reduction(item, unit, str(amount), "x", on=on), manner)
    elif kind == "correct":
        ledger.correct(book, rest[0], "x", manner, quantity=str(rest[1]), total=None)
    elif kind == "void":
        ledger.void(book, rest[0], "x", manner)
    elif kind == "undo":
        ledger.undo(book, None, manner)
    elif kind == "lock" and book.assessments()[2].locked:
        reviewing.reopen(book, 2, "x", "d")
    elif kind == "lock":
        reviewing.lock(book, 2, paper)


def revise(database, tmp_path, goal, effective):
    from datetime import date

    text = EXAMPLE.read_text(encoding="utf-8")
    source = tmp_path / "goal.yaml"
    at = text.index("goal: ", text.index("id: raise"))
    line = text[at : text.index("\n", at)]
    new = text.replace(line, f"goal: {goal}", 1)
    parts = text[text.index("allocations: {", at) : text.index("}", text.index("allocations: {", at)) + 1]
    source.write_text(new.replace(parts, f"allocations: {{hsc: {goal - 50}, tal: 50}}", 1), encoding="utf-8")
    try:
        plan = plan_file.load_or_fail(source)
        ledger.apply(database, plan, "tester", document="d", effective=date.fromisoformat(effective))
    except Refused:
        pass


@settings(
    max_examples=300 if DEEP else 25, deadline=None, suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.generate, Phase.shrink],
)  # fmt: skip
@given(
    before=st.lists(change, max_size=6),
    after=st.lists(change, min_size=1, max_size=8),
    as_of=st.sampled_from([None, "2020-06-29"]),
)
def test_the_lines_add_up_to_the_difference_whatever_happened(seed, tmp_path_factory, before, after, as_of):
    folder = tmp_path_factory.mktemp("case")
    database = folder / "case.db"
    shutil.copy(seed, database)
    with ledger.opened(database, None, "tester") as book:
        reviewing.open_review(book, 2)
    for what in before:
        if what[0] not in ("carry", "lock", "goal"):
            happen(database, what)
    happen(database, ("lock",))
    for what in after:
        revise(database, folder, *what[1:]) if what[0] == "goal" else happen(database, what)
    with opened(database, as_of=as_of) as view:
        answer, now = why(view, 2), circulated_report(view, 2, now=True)
        known_to = view.upto
    added = defaultdict(lambda: [Decimal(0)] * 3)
    for line in answer.lines:
        sums = added[line.item, line.unit]
        added[line.item, line.unit] = [
            sums[0] + line.change, sums[1] + line.rate_change, sums[2] + line.expected_change
        ]  # fmt: skip
    rows = {(row.item, row.unit): row for row in answer.figures}
    assert rows.keys() == added.keys() and known_to
    for key, row in rows.items():
        assert added[key] == [row.change, row.rate_change, row.expected_change], key
        assert (row.now or 0) - (row.circulated or 0) == row.change, key
    for target in now.targets:
        if (row := rows.get((target.id, target.unit))) is not None:
            assert (row.now, row.now_rate, row.now_goal) == (target.cumulative, target.completion_rate, target.goal)
    assert as_of or all(line.cause != "as_of_changed" for line in answer.lines if line.item in ("raise", "invest"))


def test_the_example_has_the_items_that_the_histories_are_of():
    plan = plan_file.load_or_fail(Path(EXAMPLE))
    assert all(item in plan.by_id for item, _unit in ITEMS)
