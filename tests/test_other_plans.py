"""Any other plan is one YAML file away: a province over its cities, renovation in steps, rental housing at the year's end,
a county over its towns with parts of parts and dates beside the year.

Each fixture plan carries a year of entries beside it. Every figure here was worked out by hand.
"""

from pathlib import Path

import pytest
import yaml

from anju_cli.plan_file.sections import SECTIONS, FileShape
from anju_cli.plan_file.values import PACES
from tests.years import PLANS, made

NAMES = ("province", "renovation", "rental", "county")


@pytest.fixture(scope="module")
def years(tmp_path_factory) -> dict[str, Path]:
    """For each plan a database with its year of entries."""
    return made(tmp_path_factory.mktemp("plans"), NAMES)


@pytest.fixture
def asked(years, anju):
    """Ask one plan's database: `asked("province", "report year --json", today="2021-07-15")`."""

    def ask(plan, line, *more, **variables):
        return anju(line, *more, db=str(years[plan]), **variables)

    return ask


def targets(heard):
    return {(row["id"], row["unit"]): row for row in heard.json["targets"]}


@pytest.mark.parametrize("name", NAMES)
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
    # the 45th of 91 days: 25 + 12.36
    ("province", "2021-05-15", "starts-shanty", None, 1400, 6000, 23.3, 37.4, -14.1, "red", "behind"),
    # the year's end: 3999 of 4000 is 99.975 and never printed 100.0; the parent is done though this child is not
    ("province", "2021-12-31", "starts-rental", None, 3999, 4000, 99.9, 100.0, -0.1, "yellow", "behind"),
    ("province", "2021-12-31", "starts-rental", "yunjiang", 2000, 2000, 100.0, 100.0, 0.0, "green", "done"),
    ("province", "2021-12-31", "starts-rental", "haimen", 1499, 1500, 99.9, 100.0, -0.1, "yellow", "behind"),
    ("province", "2021-12-31", "starts-rental", "counties", 500, 500, 100.0, 100.0, 0.0, "green", "done"),
    ("province", "2021-12-31", "starts-shanty", None, 6300, 6000, 105.0, 100.0, 5.0, "green", "done"),
    ("province", "2021-12-31", "starts", None, 10299, 10000, 103.0, 100.0, 3.0, "green", "done"),
    ("province", "2021-12-31", "rental-small", None, 2800, 2800, 100.0, 100.0, 0.0, "green", "done"),
    ("province", "2021-12-31", "invest", None, 123456.78, 123456.78, 100.0, 100.0, 0.0, "green", "done"),
    ("province", "2021-12-10", "floor", None, 250000, 250000, 100.0, 100.0, 0.0, "green", "done"),
    # 900 moved in of 750: over the whole, and not capped; on its due date the whole is expected
    ("province", "2021-12-31", "occupancy", None, None, 100, 120.0, 100.0, 20.0, "green", "done"),
    # exactly on a bound is not below it: 39 of 40 is 2.5 short, 8325 of 9000 is 7.5 short
    ("renovation", "2022-11-10", "estates", None, 39, 40, 97.5, 100.0, -2.5, "green", "overdue"),
    ("renovation", "2022-11-10", "estates", "nanhu", 25, 25, 100.0, 100.0, 0.0, "green", "done"),
    ("renovation", "2022-11-10", "estates", "beiguan", 14, 15, 93.3, 100.0, -6.7, "yellow", "overdue"),
    ("renovation", "2022-11-20", "households", None, 8325, 9000, 92.5, 100.0, -7.5, "yellow", "overdue"),
    # no pace and no date, and done all the same
    ("renovation", "2022-12-30", "lifts", None, 13, 12, 108.3, None, None, "green", "done"),
    # 860.4 of 860.5 is 99.99
    ("renovation", "2022-12-31", "paid", None, 860.4, 860.5, 99.9, 100.0, -0.1, "green", "on_pace"),
    ("rental", "2023-07-20", "early", None, 210, 200, 105.0, 100.0, 5.0, "green", "done"),
    ("rental", "2023-12-20", "beds-dorm", None, 1200, 1200, 100.0, None, None, "green", "done"),
    ("rental", "2023-12-31", "money", None, 320.75, 320.75, 100.0, 100.0, 0.0, "green", "done"),
    # three levels: 100 + 65 + 10 anew, 30 + 29 made firm, 70 + 52 + 20 of grade C; 175 + 59 of 600 is a point short,
    # which is the bound: yellow below -1, red below -5
    ("county", "2024-06-30", "rebuilt", None, 376, 1000, 37.6, 40.0, -2.4, "yellow", "behind"),
    ("county", "2024-06-30", "rebuilt-d", None, 234, 600, 39.0, 40.0, -1.0, "green", "on_pace"),
    ("county", "2024-06-30", "d-new", None, 175, 350, 50.0, 40.0, 10.0, "green", "on_pace"),
    ("county", "2024-06-30", "d-fix", None, 59, 250, 23.6, 40.0, -16.4, "red", "behind"),
    ("county", "2024-06-30", "rebuilt-c", None, 142, 400, 35.5, 40.0, -4.5, "yellow", "behind"),
    ("county", "2024-06-30", "rebuilt-c", "town-an", 70, 200, 35.0, 40.0, -5.0, "yellow", "behind"),
    ("county", "2024-06-30", "rebuilt-c", "town-he", 52, 150, 34.7, 40.0, -5.3, "red", "behind"),
    ("county", "2024-06-30", "rebuilt-c", "town-ping", 20, 50, 40.0, 40.0, 0.0, "green", "on_pace"),
    # 50 % of 350, and 33.3 % of 175, which is 58.275: a share is rounded up
    ("county", "2024-06-30", "d-new-poor", None, 68, 175, 38.9, 40.0, -1.1, "yellow", "behind"),
    ("county", "2024-06-30", "d-new-old", None, 24, 59, 40.7, 40.0, 0.7, "green", "on_pace"),
    # three decimals, the children's by their parent; 1000.125 + 500.5, of which 500 + 225.225
    ("county", "2024-06-30", "funds-central", None, 500, 1000.125, 50.0, 50.0, 0.0, "green", "on_pace"),
    ("county", "2024-06-30", "funds-local", None, 225.225, 500.5, 45.0, 50.0, -5.0, "yellow", "behind"),
    ("county", "2024-06-30", "funds", None, 725.225, 1500.625, 48.3, 50.0, -1.7, "yellow", "behind"),
    # the 60th of the 91 days that the first quarter of a leap year has: 16.48
    ("county", "2024-02-29", "funds-local", None, 0, 500.5, 0.0, 16.5, -16.5, "red", "behind"),
    # projects: 50 homes from 31 May, 90 from 30 September, 110 from 20 December, the goal of 120 on its due date
    ("county", "2024-05-30", "transit", None, 0, 120, 0.0, 0.0, 0.0, "green", "on_pace"),
    ("county", "2024-05-31", "transit", None, 0, 120, 0.0, 41.7, -41.7, "red", "behind"),
    ("county", "2024-06-30", "transit", None, 49, 120, 40.8, 41.7, -0.9, "green", "on_pace"),
    ("county", "2024-09-30", "transit", None, 94, 120, 78.3, 75.0, 3.3, "green", "on_pace"),
    ("county", "2024-12-20", "transit", None, 150, 120, 125.0, 91.7, 33.3, "green", "done"),
    # a parent over a duty: 376 of 160 + 137 + 100, of a total corrected and of one family less; money: 181.306 of 725.225
    ("county", "2024-06-30", "safe-share", None, None, 100, 94.7, None, None, None, None),
    ("county", "2024-06-30", "spent-share", None, None, 100, 25.0, None, None, None, None),
    # the parent by its own steps, a child by its own: 654 of 700, 159 of 100
    ("county", "2024-09-30", "rebuilt", None, 654, 1000, 65.4, 70.0, -4.6, "yellow", "behind"),
    ("county", "2024-09-30", "d-fix", None, 159, 250, 63.6, 40.0, 23.6, "green", "on_pace"),
    ("county", "2024-10-31", "d-fix", None, 250, 250, 100.0, 100.0, 0.0, "green", "done"),
    # one house short of 350, and so of 600 and of 1000: on the last day within a point, on the next overdue
    ("county", "2024-12-31", "d-new", None, 349, 350, 99.7, 100.0, -0.3, "green", "on_pace"),
    ("county", "2024-12-31", "rebuilt", None, 999, 1000, 99.9, 100.0, -0.1, "green", "on_pace"),
    ("county", "2025-01-01", "rebuilt", None, 999, 1000, 99.9, 100.0, -0.1, "green", "overdue"),
    # ten yuan short of ten million
    ("county", "2024-12-31", "funds-central", None, 1000.124, 1000.125, 99.9, 100.0, -0.1, "green", "on_pace"),
    ("county", "2024-12-31", "funds-local", None, 500.5, 500.5, 100.0, 100.0, 0.0, "green", "done"),
    ("county", "2024-12-31", "d-new-poor", None, 180, 175, 102.9, 100.0, 2.9, "green", "done"),
    # 999 of 160 + 137 + 702; 1125.468 of 1500.624, three quarters
    ("county", "2024-12-31", "safe-share", None, None, 100, 100.0, None, None, "green", "done"),
    ("county", "2024-12-31", "spent-share", None, None, 100, 75.0, None, None, None, None),
    ("county", "2025-01-01", "spent-share", None, None, 100, 75.0, None, None, None, "overdue"),
    # due before the year, with 18 done before it
    ("county", "2024-01-02", "carried", None, 18, 30, 60.0, 100.0, -40.0, "red", "overdue"),
    ("county", "2024-08-01", "carried", None, 30, 30, 100.0, 100.0, 0.0, "green", "done"),
    # due after the year, with 6 done after it
    ("county", "2024-12-30", "tail", None, 0, 10, 0.0, 0.0, 0.0, "green", "on_pace"),
    ("county", "2024-12-31", "tail", None, 4, 10, 40.0, 50.0, -10.0, "red", "behind"),
    ("county", "2025-02-09", "tail", None, 4, 10, 40.0, 50.0, -10.0, "red", "behind"),
    ("county", "2025-02-10", "tail", None, 10, 10, 100.0, 50.0, 50.0, "green", "done"),
    ("county", "2024-12-31", "fresh", None, 0, 0, None, None, None, None, None),
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
    # on New Year's Day: no working day yet; the counties and the first city did their parts. From 16 July 11 working
    # days, 22 in August and in September, 18 in October with the province's own, 22 and 23
    ("province", "2022-01-01", "overdue", {("haimen", "starts-rental", 1, 0), ("shicheng", "sites", 276, 189)}),
    ("renovation", "2022-11-10", "overdue", {("beiguan", "estates", 10, 8), ("hcb", "households", 10, 8)}),
    # parts of members name those members; what the collective leads names all of its members
    ("county", "2024-06-30", "behind", {
        ("hb", "rebuilt", None, None), ("hb", "d-fix", None, None), ("fb", "funds", None, None),
        ("fb", "funds-local", None, None), ("town-an", "rebuilt-c", None, None), ("town-he", "rebuilt-c", None, None),
        ("town-an", "d-new-poor", None, None), ("town-he", "d-new-poor", None, None),
        ("town-ping", "d-new-poor", None, None),
    }),
    # of December 7 working days, and 2 January
    ("county", "2024-01-02", "overdue", {("hb", "carried", 13, 8)}),
    # 7 + 22 + 18 + 21 + 21 + 21 + 19, and two more; the meeting is the group's own: never of those who assist with it
    ("county", "2024-06-30", "overdue", {("hb", "carried", 193, 129), ("lg", "lg-meeting", 91, 61)}),
    ("county", "2024-07-02", "overdue", {
        ("hb", "carried", 195, 131), ("town-he", "handover", 2, 2), ("lg", "lg-meeting", 93, 63),
    }),
    ("county", "2025-01-01", "overdue", {
        ("town-an", "d-new", 1, 0), ("town-he", "d-new", 1, 0), ("town-ping", "d-new", 1, 0), ("hb", "rebuilt-d", 1, 0),
        ("hb", "rebuilt", 1, 0), ("fb", "funds-central", 1, 0), ("fb", "funds", 1, 0), ("fb", "spent-share", 1, 0),
        ("lg", "lg-meeting", 276, 189),  # from July 23, 22, 21, 19, 21 and 22 more
    }),
    ("county", "2024-10-09", "late_return", {("hb", "d-fix", 1, 1), ("town-he", "rebuilt-c", 1, 1)}),
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
    # the county's two days off; Friday, a Saturday at work, Monday
    ("county", ["2024-04-09", "2024-07-09", "2024-10-08", "2025-01-08"], "2024-07-22"),
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
    ("county", "Q1", "2024-04-10", {
        "hb": (8, 2, 1, 1),            # firm, aged, homes, carried, tail, rooms, inspections, words; the 18 are of no quarter
        "fb": (4, 2, 0, 0),            # two grants, spent, words, which it said on publicity
        "town-an": (6, 3, 0, 0),       # anew, grade C, once poor, records, surveyed, words
        "town-he": (6, 3, 0, 0),
        "town-ping": (6, 1, 0, 1),     # the list in place of the records; nothing on the deadline day, which is in time
    }),
    ("county", "Q3", "2024-10-09", {
        "hb": (8, 4, 0, 0),            # firm (the 500 are void), homes, carried, the rooms, done in it
        "fb": (4, 0, 0, 0),            # what it said it spent was undone
        "town-an": (5, 2, 0, 0),       # its records were handed over in the second quarter: no longer owed
        "town-he": (6, 2, 1, 0),       # its own in this one
        "town-ping": (6, 0, 0, 0),     # the level of the rooms is not its to report
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
    ("county", "2024-04-01", "lg-meeting", "overdue", None),
    ("county", "2024-07-02", "handover", "overdue", None),
    ("county", "2024-07-03", "handover", "done_late", "2024-07-03"),
    ("county", "2024-09-27", "record-rooms", "open", None),
    ("county", "2024-09-30", "record-rooms", "done", "2024-09-28"),
    ("county", "2024-09-30", "list", "undated", None),
]


@pytest.mark.parametrize("plan, as_of, item, status, done_on", MILESTONES)
def test_a_milestone_is_done_when_all_who_must_have_done_it(asked, plan, as_of, item, status, done_on):
    rows = asked(plan, f"report year --json --as-of {as_of}", today=as_of).json["milestones"]
    row = next(row for row in rows if row["id"] == item)
    assert (row["status"], row["done_on"]) == (status, done_on)


LEVELS = [
    pytest.param("province", "2021-03-31", "sites", 33.3, id="each: one of three"),
    pytest.param("province", "2021-04-10", "sites", 66.7, id="each: two of three"),
    pytest.param("province", "2021-06-10", "rules-published", 60.0, id="joint: 60"),
    pytest.param("province", "2021-06-28", "rules-published", 100.0, id="joint: 60, then 100 by another, is 100"),
    pytest.param("province", "2021-12-31", "posts", 0.0, id="laid on all, done by none"),
    pytest.param("county", "2024-06-30", "handover", 50.0, id="each: one of the two members who lead"),
    pytest.param("county", "2024-07-15", "record-rooms", 50.0, id="joint, by the lead"),
    pytest.param("county", "2024-08-15", "record-rooms", 30.0, id="joint, lowered by a member that assists"),
]


@pytest.mark.parametrize("plan, as_of, item, level", LEVELS)
def test_a_milestones_level_is_one_for_all_or_the_mean_of_each(asked, plan, as_of, item, level):
    rows = asked(plan, f"report year --json --as-of {as_of}", today=as_of).json["milestones"]
    assert next(row for row in rows if row["id"] == item)["completion_rate"] == level


REFUSED = [
    ("province", "2021-07-20", "progress add starts 5 --unit yunjiang --on 7-15", "the sum of its parts"),
    ("province", "2021-07-20", "progress add starts-rental 5 --unit counties --on 7-15", "county-qing"),
    ("province", "2021-07-20", "progress add starts-rental 5 --unit shicheng --on 7-15", "may not report"),
    ("province", "2021-07-20", "progress add invest 5 --unit county-lan --on 7-15", "may not report"),
    ("province", "2021-07-20", "progress add build-shanty 5 --unit shicheng --on 7-15", "starts-shanty"),
    ("province", "2021-07-20", "progress add occupancy 5 --unit haimen --on 7-15", "computed from"),
    ("renovation", "2022-08-01", "progress add households 5 --unit nanhu --on 7-25", "may not report"),
    ("renovation", "2022-08-01", "progress add mediation 5 --unit nanhu --on 7-25", "takes words"),
    ("county", "2024-12-20", "progress add rebuilt-d 5 --unit hb --on 12-19", "the sum of its parts"),
    ("county", "2024-12-20", "progress add d-new 5 --unit towns --on 12-19", "town-he"),
    ("county", "2024-12-20", "progress add rebuilt-c 5 --unit hb --on 12-19", "may not report"),
    ("county", "2024-12-20", "progress add list 100 --unit town-an --on 12-19", "may not report"),
    ("county", "2024-12-20", "progress add record-rooms 90 --unit hb --on 12-19", "90 < 100"),
    ("county", "2024-12-20", "progress reduce carried 31 --unit hb --on 12-19 --reason 误报", "cumulative is 30"),
    ("county", "2025-03-02", "progress add tail 1 --unit hb --on 2025-03-01", "outside the plan year"),
    # moves the totals that the town stated for March and June
    ("county", "2024-12-20", "progress add surveyed 5 --unit town-an --on 2-21", "2024-03-31 150 (+5), #29 2024-06-30"),
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
        "behind", "unreported", "returned",
    }  # fmt: skip
    assert (totals["units"], totals["bodies"]) == (4, 5)


# plan, target: what each quarter brought
QUARTERLY = [
    # of the county's 70 + 30 + 70, 105 + 29 + 72, 70 + 100 + 108, 104 + 91 + 150; one house is missing
    ("county", "2024-12-31", "rebuilt", [170, 206, 278, 345]),
    ("county", "2024-12-31", "carried", [0, 0, 12, 0]),  # the 18 of the year before are in no quarter
    ("county", "2024-12-31", "tail", [0, 0, 0, 4]),
    ("county", "2024-12-31", "funds", [250.031, 475.194, 0, 775.399]),
    ("province", "2021-12-31", "starts", [2375, 2575, 0, 5349]),  # 975 + 1400, 875 + 1700, 2149 + 3200
    ("rental", "2023-12-31", "grants", [0, 284, 0, 76]),
]


@pytest.mark.parametrize("plan, as_of, item, quarters", QUARTERLY, ids=[row[2] for row in QUARTERLY])
def test_a_quarter_has_what_happened_in_it(asked, plan, as_of, item, quarters):
    rows = asked(plan, f"report year --json --as-of {as_of}", today=as_of).json["quarterly"]
    assert next(row for row in rows if row["id"] == item)["quarters"] == quarters


# target: at the ends of these months, what stood and what was expected of it in percent
TREND = [
    ("rebuilt", {"2024-03": (170, 0.0), "2024-06": (376, 40.0), "2024-09": (654, 70.0), "2024-12": (999, 100.0)}),
    ("transit", {"2024-05": (0, 41.7), "2024-06": (49, 41.7), "2024-09": (94, 75.0), "2024-12": (150, 100.0)}),
    ("carried", {"2024-01": (18, 100.0), "2024-08": (30, 100.0)}),  # with the 18 of the year before
    ("funds", {"2024-03": (250.031, 25.0), "2024-12": (1500.624, 100.0)}),
]


@pytest.mark.parametrize("item, months", TREND, ids=[row[0] for row in TREND])
def test_the_trend_of_a_target_is_where_it_stood_at_the_ends_of_the_months(asked, item, months):
    rows = asked("county", f"report trend {item} --json", today="2024-12-31").json
    found = {row["month"]: (row["cumulative"], row["expected_rate"]) for row in rows if row["month"] in months}
    assert (found, len(rows)) == (months, 12)


def test_a_figure_says_whether_a_correction_or_a_void_stands_behind_it(asked):
    rows = targets(asked("county", "report year --json --as-of 2024-12-31", today="2024-12-31"))
    assert rows["d-fix", None]["restated"] and rows["rebuilt", None]["restated"]
    assert not rows["d-new", None]["restated"] and not rows["rebuilt-c", None]["restated"]


def test_what_is_inferred_passes_to_the_parts_that_do_not_state_it(asked):
    said = asked("county", "report quarter Q2 --json", today="2024-07-15")
    rows = targets(said)
    for part in ("rebuilt", "rebuilt-d", "d-new", "d-new-poor", "d-new-old", "rebuilt-c"):
        assert set(rows[part, None]["inferred"]) == {"due", "pace"}, part
    assert rows["d-fix", None]["inferred"] == []
    assert said.json["settings"]["deadline_inferred"] is True
    assert (
        asked("province", "report quarter Q2 --json", today="2021-07-15").json["settings"]["deadline_inferred"] is False
    )


def test_what_was_due_before_the_year_is_overdue_of_no_quarter(asked):
    rows = asked("county", "units overdue --json --reason overdue", today="2024-01-02").json
    assert [(row["item"], row["quarter"], row["due"], row["cumulative"]) for row in rows] == [
        ("carried", "before", "2023-12-20", 18)
    ]


def test_a_body_that_is_not_assessed_is_counted_among_no_units(asked):
    """The group's meeting is late; of the units' own work only what was carried over, and one town's records."""
    said = asked("county", "report quarter Q2 --json --as-of 2024-07-02", today="2024-07-02").json
    assert {row["member"] or row["unit"]: row["overdue"] for row in said["units"]} == {
        "hb": 1, "fb": 0, "town-an": 0, "town-he": 1, "town-ping": 0,
    }  # fmt: skip
    assert (said["totals"]["units"], said["totals"]["bodies"], said["totals"]["overdue"]) == (3, 5, 2)


def test_what_is_kept_stays_true_and_what_is_undone_is_gone(asked):
    """Five houses found late in February change no total that was stated; the five ten-thousands were never spent."""
    rows = asked("county", "progress list --item surveyed --unit town-an --json", today="2025-03-01").json
    assert [(row["on"], row["quantity"], row["kind"]) for row in rows] == [
        ("2024-03-31", 150, "report"),
        ("2024-06-30", 15, "report"),       # a total of 165,
        ("2024-06-30", -5, "correction"),   # then of 160
        ("2024-02-20", 5, "report"),
        ("2024-03-31", -5, "correction"),
    ]  # fmt: skip
    spent = asked("county", "progress list --item spent --quarter Q3 --json", today="2025-03-01").json
    assert [(row["quantity"], row["kind"]) for row in spent] == [(5, "report"), (-5, "void")]


WITHOUT_EFFECT = {"milestones.measure", "duties.due"}
"""Keys that any item takes: a milestone's level is in percent, and a duty is never finished."""


def test_every_key_of_the_format_is_used_by_one_of_them():
    """Guards the claim: a key that no fixture uses proves nothing. The keys are those of the shapes themselves."""
    plans = [yaml.safe_load(path.read_text(encoding="utf-8")) for path in PLANS.glob("*.yaml")]
    used = {
        f"{section}.{key}" for plan in plans for section in SECTIONS for row in plan.get(section, []) for key in row
    }
    used |= {f"plan.{key}" for plan in plans for key in plan["plan"]}
    used |= {f"settings.{key}" for plan in plans for key in plan.get("settings", {})}
    known = {f"{section}.{key}" for section, shape in SECTIONS.items() for key in shape.model_fields}
    for section in ("plan", "settings"):
        known |= {f"{section}.{key}" for key in FileShape.model_fields[section].annotation.model_fields}
    assert used == known - WITHOUT_EFFECT


def test_every_way_of_saying_a_thing_is_used_by_one_of_them():
    plans = [yaml.safe_load((PLANS / f"{name}.yaml").read_text(encoding="utf-8")) for name in NAMES]
    items = [row for plan in plans for section in ("targets", "milestones", "duties") for row in plan[section]]
    paces = [row["pace"] for row in items if "pace" in row]
    assert {pace for pace in paces if isinstance(pace, str)} == set(PACES)
    steps = [amount for pace in paces if isinstance(pace, dict) for amount in pace.values()]
    assert {type(amount) for amount in steps} == {int, str}, "steps as quantities and as shares"
    assert {row["reporting"] for row in items if "reporting" in row} == {
        "quantity", "case", "summary", "register", "none",
    }  # fmt: skip
    assert {"套", "户", "万元", "平方米", "件"} <= {row.get("measure") for row in items}
    assert any(row["lead"] == "all" for row in items) and any(row["lead"] == ["lg"] for row in items)
    assert any(row["due"] == "undated" for row in items if "due" in row)
    assert any(
        row.get("due") and str(row["due"]) < str(plan["plan"]["issued_on"])
        for plan in plans
        for row in plan["milestones"]
    )
