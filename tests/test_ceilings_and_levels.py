"""Targets as real plans set them: ceilings, levels, baselines, goals of nothing, ratios with a goal.

Each fixture plan carries a year of entries beside it, and says where its figures are from. Every rate here was worked
out by hand.
"""

import pytest

from tests.years import PLANS, made

NAMES = ("work-2019", "air-2017", "patents-2018", "safety-2020", "borough-2019", "livelihood-2021", "energy-2019")


@pytest.fixture(scope="module")
def years(tmp_path_factory):
    """For each plan a database with its year of entries."""
    return made(tmp_path_factory.mktemp("plans"), NAMES)


@pytest.fixture
def asked(years, anju):
    """Ask one plan's database: `asked("air-2017", "report year --json", today="2017-07-15")`."""

    def ask(plan, line, *more, **variables):
        return anju(line, *more, db=str(years[plan]), **variables)

    return ask


@pytest.mark.parametrize("name", NAMES)
def test_each_is_a_good_plan_and_its_ledger_holds(asked, name):
    heard = asked(name, f"plan check {PLANS / f'{name}.yaml'}")
    assert (heard.out, heard.err) == ("", "")
    assert asked(name, "ledger verify --json", today="2022-01-10").json == []


# plan, as of, target, unit: figure, goal, rate, expected rate, gap, light, status
FIGURES = [
    # 324 + 413 of 1100
    ("work-2019", "2019-06-30", "jobs", None, 737, 1100, 67.0, 50.0, 17.0, "green", "on_pace"),
    ("work-2019", "2019-12-31", "jobs", None, 1352, 1100, 122.9, 100.0, 22.9, "green", "done"),
    ("work-2019", "2019-12-31", "roads", None, 29, 20, 145.0, 100.0, 45.0, "green", "done"),
    ("work-2019", "2019-12-31", "relieved", None, 1109, 1000, 110.9, 100.0, 10.9, "green", "done"),
    # a ceiling of a level has no rate: 3.61 and 3.62 are not above 4.50
    ("work-2019", "2019-06-30", "unemployment", None, 3.61, 4.5, None, None, None, "green", "on_pace"),
    ("work-2019", "2019-12-31", "unemployment", None, 3.62, 4.5, None, None, None, "green", "done"),
    # half a percent down where one was to be, then three; four and more at the end
    ("work-2019", "2019-06-30", "so2", None, -0.5, -3.0, None, None, None, "red", "behind"),
    ("work-2019", "2019-09-30", "so2", None, -3.2, -3.0, None, None, None, "green", "on_pace"),
    ("work-2019", "2019-12-31", "so2", None, -4.4, -3.0, None, None, None, "green", "done"),
    # it rose, and nothing but the goal is there to hold it against
    ("work-2019", "2019-06-30", "nox", None, 0.4, -3.0, None, None, None, "red", "behind"),
    ("work-2019", "2019-12-31", "nox", None, -3.5, -3.0, None, None, None, "green", "done"),
    # may be below nothing, and is to be at least 6: no rate
    ("work-2019", "2019-03-31", "gdp", None, None, 6.0, None, None, None, None, None),
    ("work-2019", "2019-06-30", "gdp", None, 6.3, 6.0, None, None, None, "green", "on_pace"),
    ("work-2019", "2019-12-31", "gdp", None, 6.1, 6.0, None, None, None, "green", "done"),
    # of the 30 from 90 to 60: 8, 24, 32
    ("air-2017", "2017-03-31", "pm25", None, 82, 60, 26.7, 25.0, 1.7, "green", "on_pace"),
    ("air-2017", "2017-06-30", "pm25", None, 66, 60, 80.0, 50.0, 30.0, "green", "on_pace"),
    ("air-2017", "2017-12-31", "pm25", None, 58, 60, 106.7, 100.0, 6.7, "green", "done"),
    # ceilings of 95, then 90, then 70; before the first there is the goal alone
    ("air-2017", "2017-03-31", "pm10", None, 110, 70, None, None, None, "red", "behind"),
    ("air-2017", "2017-06-30", "pm10", None, 95, 70, None, None, None, "green", "on_pace"),
    ("air-2017", "2017-09-30", "pm10", None, 95, 70, None, None, None, "red", "behind"),
    ("air-2017", "2017-12-31", "pm10", None, 84, 70, None, None, None, "red", "behind"),
    ("air-2017", "2018-01-03", "pm10", None, 84, 70, None, None, None, "red", "overdue"),
    # 93 + 133 days
    ("air-2017", "2017-06-30", "good-days", None, 93, 216, 43.1, None, None, None, None),
    ("air-2017", "2017-12-31", "good-days", None, 226, 216, 104.6, 100.0, 4.6, "green", "done"),
    # 17 is not above half of 35, 18 is; all of 35 at the end
    ("air-2017", "2017-03-31", "heavy-days", None, 17, 35, 48.6, 50.0, None, "green", "on_pace"),
    ("air-2017", "2017-06-30", "heavy-days", None, 18, 35, 51.4, 50.0, None, "red", "behind"),
    ("air-2017", "2017-12-31", "heavy-days", None, 23, 35, 65.7, 100.0, None, "green", "done"),
    # of the 11.8 from 48.2 to 60: 3.2, 13.7; assessed at the year's end alone
    ("air-2017", "2017-06-30", "share-good", None, 51.4, 60.0, 27.1, None, None, None, None),
    ("air-2017", "2017-12-31", "share-good", None, 61.9, 60.0, 116.1, 100.0, 16.1, "green", "done"),
    # a ceiling in parts: one is kept, one is not, and one says nothing, which is not nothing
    ("air-2017", "2017-06-30", "coal", None, 160, 700, 22.9, None, None, "green", "on_pace"),
    ("air-2017", "2017-06-30", "coal", "daxing", 160, 300, 53.3, None, None, "green", "on_pace"),
    ("air-2017", "2017-06-30", "coal", "miyun", 0, 400, None, None, None, None, None),
    ("air-2017", "2017-12-31", "coal", None, 695, 700, 99.3, None, None, "green", "done"),
    ("air-2017", "2017-12-31", "coal", "daxing", 305, 300, 101.7, None, None, "red", "behind"),
    ("air-2017", "2017-12-31", "coal", "miyun", 390, 400, 97.5, None, None, "green", "done"),
    ("patents-2018", "2018-03-31", "first-action", None, 15.6, 15.4, None, None, None, "red", "behind"),
    ("patents-2018", "2018-06-30", "first-action", None, 15.3, 15.4, None, None, None, "green", "on_pace"),
    ("patents-2018", "2018-09-30", "first-action", None, 15.8, 15.4, None, None, None, "red", "behind"),
    ("patents-2018", "2018-10-01", "first-action", None, 15.8, 15.4, None, None, None, "red", "overdue"),
    ("patents-2018", "2018-06-30", "total", None, 24.1, 25.0, None, None, None, "green", "on_pace"),
    ("patents-2018", "2018-09-30", "total", None, 23.8, 25.0, None, None, None, "green", "done"),
    ("patents-2018", "2018-06-30", "first-compliance", None, None, 95.5, None, None, None, None, None),
    ("patents-2018", "2018-09-30", "first-compliance", None, 96.9, 95.5, 101.5, None, None, "green", "done"),
    # of the 1.2 from 84.8 to 86: 0.4, 3.1
    ("patents-2018", "2018-03-31", "electronic", None, 85.2, 86.0, 33.3, 50.0, -16.7, "red", "behind"),
    ("patents-2018", "2018-09-30", "electronic", None, 87.9, 86.0, 258.3, 100.0, 158.3, "green", "done"),
    # of the 40000 down from 560000: 6000 up is -15 %; 29999 is 75.0 in print, and so is what is expected
    ("patents-2018", "2018-03-31", "backlog", None, 566000, 520000, -15.0, 25.0, -40.0, "red", "behind"),
    ("patents-2018", "2018-09-30", "backlog", None, 530001, 520000, 75.0, 75.0, 0.0, "green", "on_pace"),
    # a reported 0 is not silence
    ("safety-2020", "2020-03-31", "major", None, 0, 0, None, None, None, "green", "on_pace"),
    ("safety-2020", "2020-12-31", "major", None, 0, 0, None, None, None, "green", "done"),
    ("safety-2020", "2020-03-31", "deaths", None, 0, 12, None, None, None, None, None),
    ("safety-2020", "2020-06-30", "deaths", None, 5, 12, 41.7, None, None, "green", "on_pace"),
    ("safety-2020", "2020-09-30", "deaths", None, 13, 12, 108.3, None, None, "red", "behind"),
    ("safety-2020", "2020-12-31", "deaths", None, 13, 12, 108.3, 100.0, None, "red", "behind"),
    ("safety-2020", "2021-01-01", "deaths", None, 13, 12, 108.3, 100.0, None, "red", "overdue"),
    ("safety-2020", "2020-12-31", "fires", None, 100, 100, 100.0, None, None, "green", "done"),
    # 450 of 500 is 90 %, 899 of 1000 is not
    ("safety-2020", "2020-06-30", "mending", None, None, 90, 90.0, None, None, "green", "done"),
    ("safety-2020", "2020-12-31", "mending", None, None, 90, 89.9, None, None, None, None),
    ("safety-2020", "2021-01-01", "mending", None, None, 90, 89.9, None, None, None, "overdue"),
    # 25 of 500 is 5 %, 26 is more, and 26 of 1000 is not
    ("safety-2020", "2020-06-30", "repeated", None, None, 5, 5.0, None, None, "green", "on_pace"),
    ("safety-2020", "2020-09-30", "repeated", None, None, 5, 5.2, None, None, "red", "behind"),
    ("safety-2020", "2020-12-31", "repeated", None, None, 5, 2.6, None, None, "green", "done"),
    # 42.4, 42.1, 45.0 of 45, where 42, 43, 45 were to be
    ("borough-2019", "2019-03-31", "recycling", None, 42.4, 45.0, 94.2, 93.3, 0.9, "green", "on_pace"),
    ("borough-2019", "2019-06-30", "recycling", None, 42.1, 45.0, 93.6, 95.6, -2.0, "yellow", "behind"),
    ("borough-2019", "2019-12-31", "recycling", None, 45.0, 45.0, 100.0, 100.0, 0.0, "green", "done"),
    # undated: never done, and never overdue
    ("borough-2019", "2019-03-31", "voids", None, 31, 25, None, None, None, "red", "behind"),
    ("borough-2019", "2019-06-30", "voids", None, 25, 25, None, None, None, "green", "on_pace"),
    ("borough-2019", "2020-01-05", "voids", None, 26, 25, None, None, None, "red", "behind"),
    # 25 more than at first is -6.25 % of the way, which is rounded up; then 188 fewer
    ("borough-2019", "2019-03-31", "shelter", None, 2425, 2000, -6.2, 25.0, -31.2, "red", "behind"),
    ("borough-2019", "2019-06-30", "shelter", None, 2212, 2000, 47.0, 50.0, -3.0, "yellow", "behind"),
    ("borough-2019", "2019-12-31", "shelter", None, 2000, 2000, 100.0, 100.0, 0.0, "green", "done"),
    ("borough-2019", "2019-03-31", "satisfied", None, -12, 0, None, None, None, None, None),
    ("borough-2019", "2019-12-31", "satisfied", None, 3, 0, None, None, None, "green", "done"),
    ("borough-2019", "2019-06-30", "assessed", None, 38, 60, -10.0, None, None, None, None),
    ("borough-2019", "2020-01-01", "assessed", None, 59, 60, 95.0, None, None, None, "overdue"),
    ("livelihood-2021", "2021-06-30", "seats", None, 6600, 12000, 55.0, 50.0, 5.0, "green", "on_pace"),
    ("livelihood-2021", "2021-12-01", "beds", None, 700, 1500, 46.7, 100.0, -53.3, "red", "overdue"),
    # of the 2.8 from 12.3 to 9.5: 0.6 back, 0.9, 2.9; before the first step nothing of it is expected
    ("livelihood-2021", "2021-03-31", "leakage", None, 12.9, 9.5, -21.4, 0.0, -21.4, "red", "behind"),
    ("livelihood-2021", "2021-06-30", "leakage", None, 11.4, 9.5, 32.1, 35.7, -3.6, "yellow", "behind"),
    ("livelihood-2021", "2021-12-31", "leakage", None, 9.4, 9.5, 103.6, 100.0, 3.6, "green", "done"),
    ("livelihood-2021", "2021-06-30", "waiting", None, 9, 10, None, None, None, "green", "on_pace"),
    ("livelihood-2021", "2022-01-01", "waiting", None, 11, 10, None, None, None, "red", "overdue"),
    # 46000 of 50000
    ("livelihood-2021", "2021-06-30", "online-share", None, None, 90, 92.0, None, None, "green", "done"),
    ("livelihood-2021", "2021-12-31", "online-share", None, None, 90, 92.0, 90.0, 2.0, "green", "done"),
    # of the 3.2 down from no change: 0.8 up, 7.69, 2.5, 3.21
    ("energy-2019", "2019-03-31", "intensity", None, 0.8, -3.2, -25.0, 0.0, -25.0, "red", "behind"),
    ("energy-2019", "2019-06-30", "intensity", None, -7.69, -3.2, 240.3, 46.9, 193.4, "green", "on_pace"),
    ("energy-2019", "2019-09-30", "intensity", None, -2.5, -3.2, 78.1, 46.9, 31.2, "green", "on_pace"),
    ("energy-2019", "2019-12-31", "intensity", None, -3.21, -3.2, 100.3, 100.0, 0.3, "green", "done"),
    # a ceiling of the parent is that of its children: 3001 of 3000 is 100.1, 1999 of 2000 is 100.0 and kept
    ("energy-2019", "2019-06-30", "total", None, 2501, 5000, 50.0, None, None, "green", "on_pace"),
    ("energy-2019", "2019-12-31", "total", None, 4999 + 1, 5000, 100.0, None, None, "green", "done"),
    ("energy-2019", "2019-12-31", "total-east", None, 3001, 3000, 100.1, None, None, "red", "behind"),
    ("energy-2019", "2019-12-31", "total-west", None, 1999, 2000, 100.0, None, None, "green", "done"),
    ("energy-2019", "2019-12-31", "coal", None, 0, 2500, None, None, None, None, None),
]


@pytest.mark.parametrize(
    ("plan", "on", "item", "unit", "figure", "goal", "rate", "expected", "gap", "light", "status"),
    FIGURES,
    ids=lambda value: str(value),
)
def test_each_target_stands_where_the_rules_put_it(
    asked, plan, on, item, unit, figure, goal, rate, expected, gap, light, status
):
    rows = asked(plan, f"report year --json --as-of {on}", today="2022-01-10").json["targets"]
    row = next(row for row in rows if (row["id"], row["unit"]) == (item, unit))
    assert (row["cumulative"], row["goal"]) == (figure, goal)
    assert (row["completion_rate"], row["expected_rate"], row["gap_points"]) == (rate, expected, gap)
    assert (row["light"], row["status"]) == (light, status)
