"""The plan that anju ships with carries the whole source document: nothing is missing, nothing is invented."""

import csv
from datetime import date

import pytest

from anju_cli.plan_file import load, shipped
from tests.conftest import FIXTURES, ROOT

PLAN = load(shipped()).plan
SOURCE = (FIXTURES / "plan_2020_source.txt").read_text(encoding="utf-8").splitlines()
with (FIXTURES / "clauses.tsv").open(encoding="utf-8", newline="") as table:
    ROWS = list(csv.DictReader(table, delimiter="\t", quoting=csv.QUOTE_NONE))
CLAUSES = {row["id"]: row for row in ROWS}

UNITS = [
    "drc",
    "edu",
    "civ",
    "fin",
    "hcb",
    "wat",
    "hlt",
    "cmb",
    "ura",
    "pwb",
    "hsc",
    "trc",
    "kda",
    "sub",
    "pnr",
    "eco",
    "tra",
    "tal",
]
"""The member units, in the order of section 三 of the source."""
MEMBERS = ["sub-pingshan", "sub-maluan", "sub-biling", "sub-shijing", "sub-kengzi", "sub-longtian"]
DUTIES = {
    "hsc": 10, "tal": 8, "ura": 6, "pnr": 5, "wat": 4, "pwb": 4, "fin": 3, "trc": 3, "drc": 2, "edu": 2, "hcb": 2,
    "hlt": 2, "cmb": 2, "kda": 2, "eco": 2, "tra": 2, "civ": 1, "sub": 1,
}  # fmt: skip
"""The rows of section 三, by unit."""
NO_SUBJECT = {"std-infra-must", "meet-minutes", "meet-issue", "rev-notify", "rev-handle"}
"""Sentences that name nobody who acts: the table assumes a lead without a mark, the plan marks it."""


def resting_on(clause):
    """The items and rules that rest on a clause."""
    return [each for each in (*PLAN.items, *PLAN.rules) if each.clause and each.clause.id == clause]


def lead_said_to_be_inferred(row):
    """Whether the table marks the lead of a row as inferred: `lead hsc (I); co tal`, `not stated; lgo (I)`."""
    lead = row["units"].split(";")[0]
    return "(I" in lead or "not stated" in lead


def test_the_table_of_clauses_has_115_rows_with_an_id_each():
    assert (len(ROWS), len(CLAUSES)) == (115, 115)


@pytest.mark.parametrize("row", ROWS, ids=CLAUSES)
def test_every_clause_is_in_the_plan_verbatim_and_in_its_place(row):
    carried = resting_on(row["id"])
    assert carried
    for each in carried:
        assert (each.clause.quote, each.clause.place) == (row["quote"], row["loc"])


@pytest.mark.parametrize("row", ROWS, ids=CLAUSES)
def test_every_quote_stands_in_its_line_of_the_source(row):
    assert row["quote"] in SOURCE[int(row["seed_line"]) - 1]


def test_nothing_is_invented_every_item_and_rule_rests_on_a_clause_of_the_table():
    resting = [each.clause.id if each.clause else None for each in (*PLAN.items, *PLAN.rules)]
    assert set(resting) == set(CLAUSES)


def test_only_two_clauses_carry_a_second_item():
    """含竣工 is a sub-quota of 基本建成, and 应保尽保 needs the households that are eligible."""
    several = {id: [each.id for each in resting_on(id)] for id in CLAUSES if len(resting_on(id)) > 1}
    assert several == {
        "tgt-basic": ["complete", "complete-final"],
        "rule-subsidy-all": ["subsidy-coverage", "subsidy-eligible"],
    }


def test_items_and_rules_keep_the_ids_of_their_clauses_except_the_targets_and_the_eligible_households():
    renamed = {each.id for each in (*PLAN.items, *PLAN.rules) if each.id != each.clause.id}
    assert renamed == {item.id for item in PLAN.targets()} | {"subsidy-eligible"}


def test_the_18_member_units_stand_in_the_order_of_section_three_of_the_source():
    assert [unit.id for unit in PLAN.units] == UNITS
    start = SOURCE.index("三、成员单位任务分解")
    headings = SOURCE[start + 1 : start + 1 + 2 * len(UNITS) : 2]
    for unit, heading in zip(PLAN.units, headings, strict=True):
        assert heading.endswith(unit.name), (unit.id, heading)


def test_returns_come_from_23_bodies_17_units_and_the_6_sub_district_offices():
    bodies = [body.id for body in PLAN.reporting_bodies]
    place = UNITS.index("sub")
    assert bodies == [*UNITS[:place], *MEMBERS, *UNITS[place + 1 :]]
    assert len(bodies) == 23


def test_the_five_targets_stand_first_and_in_order():
    ids = [item.id for item in PLAN.targets()]
    assert ids == ["raise", "complete", "supply", "subsidy", "subsidy-coverage", "complete-final"]
    assert PLAN.by_id["complete-final"].within == "complete"


@pytest.mark.parametrize(
    ("id", "goal", "measure"),
    [("raise", 4713, "套"), ("complete", 714, "套"), ("supply", 2285, "套"), ("subsidy", 15, "户")],
)
def test_goals_are_those_of_the_source(id, goal, measure):
    item = PLAN.by_id[id]
    assert (item.goal, item.measure, item.decimals) == (goal, measure, 0)
    assert str(goal) in item.clause.quote


def test_only_these_four_targets_have_a_goal():
    assert [item.id for item in PLAN.items if item.goal is not None] == ["raise", "complete", "supply", "subsidy"]


def test_dates_are_those_of_the_source_year_end_for_the_targets_and_the_first_quarter_for_two_milestones():
    dated = {item.id: item.due for item in PLAN.items if item.due}
    year_end = {item.id: date(2020, 12, 31) for item in PLAN.targets()}
    assert dated == year_end | {id: date(2020, 3, 31) for id in ("ms-q1-survey", "ms-q1-syncplan")}


def test_every_date_is_marked_inferred_because_the_source_names_no_day():
    assert [item.id for item in PLAN.items if item.due and "due" not in item.inferred] == []


def test_section_three_makes_61_duties():
    rows = [row for row in ROWS if row["loc"].startswith("三(")]
    assert len(rows) == sum(DUTIES.values()) == 61


@pytest.mark.parametrize("unit", UNITS)
def test_each_units_own_duties_are_its_rows_of_section_three(unit):
    rows = [row["id"] for row in ROWS if row["loc"].startswith("三(") and row["units"].split()[0] == unit]
    items = [item for id in rows for item in resting_on(id)]
    assert len(items) == DUTIES[unit]
    assert all(item.lead == (unit,) and not item.everyone for item in items)


def test_units_list_tells_the_same_numbers_of_duties(office):
    listed = {row["id"]: row["duties"] for row in office("units list --json").json}
    assert listed == DUTIES
    assert list(listed) == UNITS


@pytest.mark.parametrize("row", ROWS, ids=CLAUSES)
def test_a_lead_is_marked_inferred_exactly_where_the_source_does_not_state_it(row):
    for item in resting_on(row["id"]):
        if item in PLAN.items:
            expected = lead_said_to_be_inferred(row) or row["id"] in NO_SUBJECT
            assert ("lead" in item.inferred) == expected, (item.id, row["units"])


def test_the_table_marks_some_leads_as_inferred_and_most_as_stated():
    """Guards the reading of the table above: a reading that marks all or none would prove nothing."""
    assert sum(map(lead_said_to_be_inferred, ROWS)) == 19


def test_no_lead_of_section_three_is_inferred_for_its_headings_state_them():
    assert [item.id for item in PLAN.items if item.clause.place.startswith("三(") and "lead" in item.inferred] == []


def test_only_bodies_that_the_source_names_are_named():
    text = "\n".join(SOURCE)
    outside = {body.id for body in PLAN.bodies}
    assert outside == {"lg", "lgo", "hq", "grid", "builders"}
    for body in PLAN.bodies:
        assert any(name in text for name in (body.name, *body.aliases)), body.id


@pytest.mark.parametrize("quarter", ["Q1", "Q2", "Q3", "Q4"])
def test_at_most_70_rows_are_owed_in_a_quarter(office, quarter):
    report = office(f"report quarter {quarter} --json").json
    assert 23 <= report["totals"]["items_due"] <= 70


def test_duties_done_through_a_target_name_the_target():
    assert {item.id: item.through for item in PLAN.items if item.through} == {
        "hsc-raise": "raise", "hsc-allocate": "supply", "ura-build": "raise",
        "tal-raise": "raise", "tal-build": "complete", "tal-allocate": "supply",
    }  # fmt: skip


def test_every_name_is_in_both_languages_and_names_one_thing():
    for things in (
        [*PLAN.units, *(member for unit in PLAN.units for member in unit.members), *PLAN.bodies],
        [*PLAN.items, *PLAN.rules],
    ):
        chinese, english = [each.name for each in things], [each.name_en for each in things]
        assert all(any("\u4e00" <= letter <= "\u9fff" for letter in name) for name in chinese)
        assert all(name.isascii() for name in english)
        assert len(set(chinese)) == len(set(english)) == len(things)


def test_what_the_office_runs_by_is_marked_as_its_own_where_the_source_is_silent():
    settings = PLAN.settings
    assert (settings.return_day, settings.review_from, settings.review_to, settings.bulletin_working_days) == (
        10,
        11,
        20,
        10,
    )
    assert set(settings.inferred) == {"return_deadline", "review", "lights"}


def test_the_plan_is_silent_when_checked(anju):
    heard = anju("plan check", str(ROOT / "data" / "plan_2020.yaml"))
    assert (heard.code, heard.out, heard.err) == (0, "", "")
