"""Any other plan is one YAML file away: a province over its cities, renovation in steps, rental housing at the year's end.

Each fixture plan carries a year of entries beside it. Every figure here was worked out by hand.
"""

import csv
import io
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

import pytest

from anju_cli.cli import main
from tests.conftest import ROOT

PLANS = ROOT / "tests" / "fixtures" / "plans"


@pytest.fixture(scope="module")
def years(tmp_path_factory) -> dict[str, Path]:
    """For each plan a database with its year of entries."""
    made = {}
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("ANJU_BY", "tester")
        for name in ("province", "renovation", "rental"):
            made[name] = tmp_path_factory.mktemp(name) / "anju.db"
            run(patched, made[name], f"init --plan {PLANS / f'{name}.yaml'}")
            with (PLANS / f"{name}.tsv").open(encoding="utf-8", newline="") as table:
                for row in csv.DictReader(table, delimiter="\t"):
                    run(patched, made[name], row["arguments"], today=row["today"])
    return made


def run(patched, database, line, today="2020-01-01"):
    patched.setenv("ANJU_DB", str(database))
    patched.setenv("ANJU_TODAY", today)
    said = io.StringIO()
    with redirect_stdout(said), redirect_stderr(said):
        code = main(line.split())
    assert code == 0, f"{line}: {said.getvalue()}"


@pytest.fixture
def asked(years, anju):
    """Ask one plan's database: `asked("province", "report year --json", today="2021-07-15")`."""

    def ask(plan, line, *more, **variables):
        return anju(line, *more, db=str(years[plan]), **variables)

    return ask


def targets(heard):
    return {(row["id"], row["unit"]): row for row in heard.json["targets"]}


@pytest.mark.parametrize("name", ["province", "renovation", "rental"])
def test_each_is_a_good_plan_and_its_ledger_holds(asked, name):
    assert asked(name, f"plan check {PLANS / f'{name}.yaml'}").out == ""
    assert asked(name, "ledger verify --json").json == []


# plan, as of, target, unit: cumulative, goal, rate, expected rate, gap, light, status
FIGURES = [
    # 500 + 500 (a total of 1000) of 2000; 375 + 225 of 1500; of the counties 100 + 150 of 500; together 1850 of 4000
    ("province", "2021-06-30", "starts-rental", None, 1850, 4000, 46.3, 50.0, -3.7, "yellow", "behind"),
    ("province", "2021-06-30", "starts-rental", "yunjiang", 1000, 2000, 50.0, 50.0, 0.0, "green", "on_pace"),
    ("province", "2021-06-30", "starts-rental", "haimen", 600, 1500, 40.0, 50.0, -10.0, "yellow", "behind"),
    ("province", "2021-06-30", "starts-rental", "counties", 250, 500, 50.0, 50.0, 0.0, "green", "on_pace"),
    # 1500 corrected to 1400, and 1800, less 100
    ("province", "2021-06-30", "starts-shanty", None, 3100, 6000, 51.7, 50.0, 1.7, "green", "on_pace"),
    # the parent: 1850 + 3100 of 4000 + 6000
    ("province", "2021-06-30", "starts", None, 4950, 10000, 49.5, 50.0, -0.5, "yellow", "behind"),
    # 70 % of 4000
    ("province", "2021-06-30", "rental-small", None, 1200, 2800, 42.9, 50.0, -7.1, "yellow", "behind"),
    ("province", "2021-06-30", "invest", None, 61728.39, 123456.78, 50.0, 50.0, 0.0, "green", "on_pace"),
    # steps: nothing is expected before the first, 100000 of 250000 from its day on
    ("province", "2021-06-29", "floor", None, 90000, 250000, 36.0, 0.0, 36.0, "green", "on_pace"),
    ("province", "2021-06-30", "floor", None, 90000, 250000, 36.0, 40.0, -4.0, "yellow", "behind"),
    ("province", "2021-11-30", "floor", None, 90000, 250000, 36.0, 100.0, -64.0, "red", "behind"),
    ("province", "2021-12-01", "floor", None, 90000, 250000, 36.0, 100.0, -64.0, "red", "overdue"),
    # 450 moved in of 500 handed over; nothing handed over by the end of March
    ("province", "2021-06-30", "occupancy", None, None, 100, 90.0, None, None, None, None),
    ("province", "2021-03-31", "occupancy", None, None, 100, None, None, None, None, None),
    # bounds of its own: yellow below -2.5, red below -7.5
    ("renovation", "2022-06-30", "estates", None, 12, 40, 30.0, 30.0, 0.0, "green", "on_pace"),
    ("renovation", "2022-06-30", "estates", "nanhu", 8, 25, 32.0, 30.0, 2.0, "green", "on_pace"),
    ("renovation", "2022-06-30", "estates", "beiguan", 4, 15, 26.7, 30.0, -3.3, "yellow", "behind"),
    ("renovation", "2022-06-30", "households", None, 2300, 9000, 25.6, 33.3, -7.7, "red", "behind"),
    ("renovation", "2022-08-30", "estates", None, 12, 40, 30.0, 30.0, 0.0, "green", "on_pace"),
    ("renovation", "2022-08-31", "estates", None, 12, 40, 30.0, 60.0, -30.0, "red", "behind"),
    ("renovation", "2022-06-30", "lifts", None, 4, 12, 33.3, None, None, None, None),
    # 430.2 of 860.5 is 49.99, printed 50.0
    ("renovation", "2022-06-30", "paid", None, 430.2, 860.5, 50.0, 50.0, 0.0, "green", "on_pace"),
    ("rental", "2023-06-30", "beds", None, 1500, 3000, 50.0, None, None, None, None),
    ("rental", "2023-06-30", "beds-dorm", None, 600, 1200, 50.0, None, None, None, None),
    ("rental", "2024-01-01", "beds", None, 1500, 3000, 50.0, 100.0, -50.0, "red", "overdue"),
    # 80.18 of 320.75 is 24.998; a quarter is 80.1875
    ("rental", "2023-03-31", "money", None, 80.18, 320.75, 25.0, 25.0, 0.0, "green", "on_pace"),
    ("rental", "2023-04-29", "early", None, 150, 200, 75.0, 0.0, 75.0, "green", "on_pace"),
    ("rental", "2023-04-30", "early", None, 150, 200, 75.0, 100.0, -25.0, "red", "behind"),
    ("rental", "2023-05-01", "early", None, 150, 200, 75.0, 100.0, -25.0, "red", "overdue"),
    ("rental", "2023-06-30", "watch", None, 37, None, None, None, None, None, None),
    # 284 of 300, then 360 of 300
    ("rental", "2023-06-30", "grant-cover", None, None, 100, 94.7, None, None, None, None),
    ("rental", "2023-12-01", "grant-cover", None, None, 100, 120.0, None, None, "green", "done"),
    ("rental", "2023-03-31", "grant-cover", None, None, 100, None, None, None, None, None),
]


@pytest.mark.parametrize(
    "plan, as_of, item, unit, cumulative, goal, rate, expected, gap, light, status",
    FIGURES,
    ids=[f"{row[2]}{f' of {row[3]}' if row[3] else ''} on {row[1]}" for row in FIGURES],
)
def test_a_target_stands_where_it_was_reckoned_to_stand(
    asked, plan, as_of, item, unit, cumulative, goal, rate, expected, gap, light, status
):
    row = targets(asked(plan, f"report year --json --as-of {as_of}", today=as_of))[item, unit]
    assert (row["cumulative"], row["goal"], row["completion_rate"], row["expected_rate"], row["gap_points"]) == (
        cumulative, goal, rate, expected, gap,
    )  # fmt: skip
    assert (row["light"], row["status"]) == (light, status)


# plan, as of: who is overdue or behind, with what, and by how many days and working days
LATE = [
    # the whole is behind, but its parts are allocated: only the city behind on its own part is named, and the parent is
    # laid on all four, of whom the first answers
    ("province", "2021-06-30", "behind", {
        ("haimen", "starts-rental", None, None), ("yunjiang", "starts", None, None),
        ("yunjiang", "rental-small", None, None), ("haimen", "floor", None, None),
    }),
    # each city settles its own sites: one did in time, one late, one not; the document is of May, the date of March;
    # 22 working days in April, 19 in May, 21 in June, 9 in July, where the province has two days off
    ("province", "2021-07-15", "overdue", {("shicheng", "sites", 106, 71)}),
    ("province", "2021-04-05", "overdue", {("haimen", "sites", 5, 2), ("shicheng", "sites", 5, 2)}),
    ("renovation", "2022-06-30", "behind", {("beiguan", "estates", None, None), ("hcb", "households", None, None)}),
    ("renovation", "2022-11-02", "overdue", {
        ("nanhu", "estates", 2, 2), ("beiguan", "estates", 2, 2), ("hcb", "households", 2, 2),
    }),
    # the first three days of May are days off, the sixth a Saturday at work
    ("rental", "2023-05-06", "overdue", {("invest-co", "early", 6, 3), ("center", "catalogue", 36, 23)}),
    ("rental", "2023-07-15", "overdue", {("invest-co", "early", 76, 52)}),
]  # fmt: skip


@pytest.mark.parametrize("plan, as_of, reason, expected", LATE, ids=[f"{row[0]} {row[2]} on {row[1]}" for row in LATE])
def test_who_is_late_is_who_answers_for_it(asked, plan, as_of, reason, expected):
    rows = asked(plan, f"units overdue --json --reason {reason}", today=as_of).json
    found = {
        (row["member"] or row["unit"], row["item"], row["days_overdue"], row["working_days_overdue"]) for row in rows
    }
    assert found == expected


# plan: the return deadline of each quarter, and by when the bulletin on the second must be out
DATES = [
    # Qingming until 5 April; two days off of the province; 7 October worked; 5 + 5 working days from 15 July
    ("province", ["2021-04-06", "2021-07-07", "2021-10-07", "2022-01-05"], "2021-07-22"),
    ("renovation", ["2022-04-20", "2022-07-20", "2022-10-20", "2023-01-20"], "2022-08-11"),
    ("rental", ["2023-04-10", "2023-07-10", "2023-10-10", "2024-01-10"], "2023-08-03"),
]


@pytest.mark.parametrize("plan, deadlines, bulletin", DATES, ids=[row[0] for row in DATES])
def test_the_dates_of_a_quarter_follow_the_plan_and_its_days_off(asked, plan, deadlines, bulletin):
    rows = asked(plan, "calendar --json", today=f"{deadlines[0][:4]}-07-15").json
    assert [row["return_deadline"] for row in rows] == deadlines
    assert rows[1]["bulletin_deadline"] == bulletin


# plan, quarter, as of: of each body the rows owed, reported, late, zero
OWED = [
    ("province", "Q1", "2021-04-10", {
        "yunjiang": (6, 2, 0, 0),      # rental homes, small ones, investment, sites, letting rules, complaints
        "haimen": (6, 1, 0, 0),
        "shicheng": (3, 1, 0, 0),
        "county-qing": (3, 1, 1, 0),   # received on 7 April, due on 6 April
        "county-lan": (3, 1, 0, 1),
    }),
    ("renovation", "Q2", "2022-07-25", {
        "hcb": (4, 4, 0, 0),           # households, lifts, money, the designs approved in this quarter
        "nanhu": (2, 2, 0, 0),         # its estates, and the words on disputes
        "beiguan": (2, 2, 1, 0),
        "grid": (1, 1, 0, 1),
    }),
    ("rental", "Q2", "2023-07-20", {
        "center": (6, 5, 0, 0),        # homes, dormitories, grants, households approved, the list (done in it), the system
        "fin": (2, 0, 0, 0),           # money, and the words on supervision
        "plan-bureau": (1, 1, 1, 1),
        "invest-co": (2, 2, 0, 0),     # carried-over starts, vacant homes; the joint target is the centre's to report
    }),
]  # fmt: skip


@pytest.mark.parametrize("plan, quarter, as_of, expected", OWED, ids=[f"{row[0]} {row[1]}" for row in OWED])
def test_each_body_owes_what_it_answers_for(asked, plan, quarter, as_of, expected):
    rows = asked(plan, f"report quarter {quarter} --json --as-of {as_of}", today=as_of).json["units"]
    found = {
        row["member"] or row["unit"]: (
            row["items_due"],
            row["items_reported"],
            row["late_returns"],
            row["zero_reports"],
        )
        for row in rows
    }
    assert found == expected


MILESTONES = [
    ("province", "2021-07-15", "sites", "overdue", None),
    ("province", "2021-07-15", "rules-published", "done", "2021-06-28"),  # joint: 60 by one, 100 by the other
    ("renovation", "2022-03-31", "survey", "done_late", "2022-03-05"),
    ("renovation", "2022-04-30", "design", "done", "2022-04-15"),
    ("rental", "2023-05-19", "catalogue", "overdue", None),
    ("rental", "2023-05-20", "catalogue", "done_late", "2023-05-20"),
    ("rental", "2023-05-20", "platform", "undated", None),
]


@pytest.mark.parametrize("plan, as_of, item, status, done_on", MILESTONES)
def test_a_milestone_is_done_when_all_who_must_have_done_it(asked, plan, as_of, item, status, done_on):
    rows = asked(plan, f"report year --json --as-of {as_of}", today=as_of).json["milestones"]
    row = next(row for row in rows if row["id"] == item)
    assert (row["status"], row["done_on"]) == (status, done_on)


REFUSED = [
    ("province", "2021-07-20", "progress add starts 5 --unit yunjiang --on 7-15", "the sum of its parts"),
    ("province", "2021-07-20", "progress add starts-rental 5 --unit counties --on 7-15", "county-qing"),
    ("province", "2021-07-20", "progress add starts-rental 5 --unit shicheng --on 7-15", "may not report"),
    ("province", "2021-07-20", "progress add invest 5 --unit county-lan --on 7-15", "may not report"),
    ("province", "2021-07-20", "progress add build-shanty 5 --unit shicheng --on 7-15", "starts-shanty"),
    ("province", "2021-07-20", "progress add occupancy 5 --unit haimen --on 7-15", "computed from"),
    ("renovation", "2022-08-01", "progress add households 5 --unit nanhu --on 7-25", "may not report"),
    ("renovation", "2022-08-01", "progress add mediation 5 --unit nanhu --on 7-25", "takes words"),
]


@pytest.mark.parametrize("plan, today, line, why", REFUSED)
def test_what_the_plan_forbids_is_refused(asked, plan, today, line, why):
    assert why in asked(plan, line, today=today, code=4).err


def test_decimals_are_those_of_the_measure_and_more_are_unreadable(asked):
    add = "progress add invest 0.125 --unit yunjiang --on 2021-07-15"
    assert "takes 2 decimals" in asked("province", add, today="2021-07-20", code=2).err
    said = asked("province", "report quarter Q2", today="2021-07-20").out
    line = next(line for line in said.splitlines() if line.startswith("Investment"))
    assert "61728.39" in line and "123456.78" in line and "万元" in line


def test_nothing_is_added_up_across_measures(asked):
    """Only bodies, rows and returns are totalled."""
    totals = asked("province", "report quarter Q2 --json", today="2021-07-20").json["totals"]
    assert set(totals) == {
        "units", "bodies", "items_due", "items_reported", "reporting_rate", "late_returns", "zero_reports", "overdue",
        "behind", "unreported",
    }  # fmt: skip
    assert (totals["units"], totals["bodies"]) == (4, 5)


def test_every_feature_of_the_format_is_used_by_one_of_the_three():
    """Guards the claim: a feature that no fixture uses proves nothing."""
    text = "".join(
        (PLANS / f"{name}.yaml").read_text(encoding="utf-8") for name in ("province", "renovation", "rental")
    )
    for key in (
        "parent:", "within:", "allocations:", "ratio:", "through:", "reported_by:", "decimals:", "members:", "days_off:",
        "work_days:", "each: true", "lead: all", "due: undated", "pace: even", "pace: year_end", "pace: none", "pace: {",
        "goal: 70%", "lights:", "return_deadline:", "平方米", "户", "万元", "aliases:",
    ):  # fmt: skip
        assert key in text, key
