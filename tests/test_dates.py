"""Working days, deadlines and the quarters' dates, by the State Council's arrangement."""

from datetime import date

import pytest

from anju_cli.domain.periods import add_working_days, next_working_day, working_days_after
from anju_cli.domain.plan import Settings
from anju_cli.domain.quarters import quarters_of
from anju_cli.workdays import WorkCalendar

STATE = WorkCalendar(Settings())


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("2020-04-15", "2020-04-28"),  # 26 April is a working Sunday; a naive calendar says 29 April
        ("2020-04-20", "2020-05-06"),  # a naive calendar says 4 May, a holiday
        ("2021-01-15", "2021-01-29"),
    ],
)
def test_ten_working_days_after_follow_make_up_weekends_and_holidays(start, end):
    assert add_working_days(date.fromisoformat(start), 10, STATE) == date.fromisoformat(end)


@pytest.mark.parametrize(("year", "days"), [(2020, 249), (2021, 250)])
def test_a_year_has_its_known_number_of_working_days(year, days):
    assert working_days_after(date(year - 1, 12, 31), date(year, 12, 31), STATE) == days


def test_the_extension_of_the_spring_festival_of_2020_is_off_and_its_make_up_saturday_cancelled():
    off = [date(2020, 1, 31), date(2020, 2, 1), date(2020, 2, 2)]
    assert [STATE.is_working(day) for day in off] == [False, False, False]
    assert STATE.is_working(date(2020, 2, 3))


def test_a_year_not_yet_published_is_unknown_and_never_guessed():
    assert STATE.is_working(date(2099, 7, 1)) is None
    assert add_working_days(date(2099, 7, 1), 10, STATE) is None
    assert working_days_after(date(2099, 7, 1), date(2099, 7, 9), STATE) is None
    assert next_working_day(date(2099, 7, 10), STATE) is None


def test_the_plans_own_days_come_before_the_states():
    local = WorkCalendar(Settings(days_off=(date(2020, 8, 26),), work_days=(date(2020, 8, 29),)))
    assert not local.is_working(date(2020, 8, 26)) and local.is_working(date(2020, 8, 29))
    assert STATE.is_working(date(2020, 8, 26)) and not STATE.is_working(date(2020, 8, 29))


def test_return_deadlines_of_2020_roll_to_the_next_working_day(office):
    rows = office("calendar --json").json
    assert [row["return_deadline"] for row in rows] == ["2020-04-10", "2020-07-10", "2020-10-10", "2021-01-11"]
    assert all(row["deadline_inferred"] for row in rows)


def test_the_calendar_shows_the_review_window_and_a_provisional_bulletin_deadline(office):
    (first,) = office("calendar Q1 --json").json
    assert (first["review_from"], first["review_to"], first["bulletin_deadline"]) == (
        "2020-04-11",
        "2020-04-20",
        "2020-05-06",
    )
    assert first["bulletin_provisional"] and first["working_days"] == 59


def test_deadlines_of_a_year_not_yet_published_are_said_to_be_unknown(anju, tmp_path):
    from tests.conftest import EXAMPLE

    text = EXAMPLE.read_text(encoding="utf-8").replace("2020", "2090")
    (tmp_path / "far.yaml").write_text(text, encoding="utf-8")
    anju(f"init --plan {tmp_path / 'far.yaml'}", today="2090-02-01")
    (row,) = anju("calendar Q2 --json", today="2090-02-01").json
    assert (row["bulletin_deadline"], row["return_deadline_known"], row["working_days"]) == (None, False, None)
    assert "not yet published" in anju("calendar Q2", today="2090-02-01").out
    late = anju("units overdue --json --reason unreported", today="2090-05-01").json
    assert late and late[0]["days_overdue"] == 21 and late[0]["working_days_overdue"] is None


@pytest.mark.parametrize(
    ("day", "quarter"),
    [("2019-12-31", 0), ("2020-01-01", 1), ("2020-03-31", 1), ("2020-04-01", 2), ("2020-12-31", 4), ("2021-01-01", 5)],
)
def test_every_day_has_a_quarter_of_the_plan_year(day, quarter):
    assert quarters_of(2020).of(date.fromisoformat(day)) == quarter


def test_quarters_end_on_the_last_day_of_their_last_month():
    ends = [quarters_of(2020).end(quarter).isoformat() for quarter in (1, 2, 3, 4)]
    assert ends == ["2020-03-31", "2020-06-30", "2020-09-30", "2020-12-31"]


def test_overdue_days_are_counted_from_the_day_after_due(office):
    for as_of, days, working in [("2020-03-31", None, None), ("2020-04-01", 1, 1), ("2020-04-20", 20, 13)]:
        rows = [
            row
            for row in office(f"units overdue --json --as-of {as_of} --reason overdue").json
            if row["item"] == "ms-q1-survey"
        ]
        assert [(row["days_overdue"], row["working_days_overdue"]) for row in rows] == (
            [(days, working)] if days else []
        )
