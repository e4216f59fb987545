"""A figure stands once: what one body reports on one task for one quarter counts once, however often it is sent."""

import pytest

from tests.conftest import prepared

RAISE = "progress add raise 600 --unit hsc -q Q2"


def raised(heard_by, quarter="Q2"):
    rows = heard_by(f"report quarter {quarter} --json --now").json["targets"]
    return next(row["quarter_quantity"] for row in rows if row["id"] == "raise" and row["unit"] is None)


@prepared
def reported(office):
    """600 homes of the second quarter and 0 cases, reported on 9 July."""
    office(f"{RAISE} --received 7-9 --via phone --reference phoned")
    office("progress add wat-river 0 --unit wat -q Q2 --received 7-9")


@pytest.mark.parametrize(
    "again",
    [
        pytest.param(RAISE, id="the same figure"),
        pytest.param("progress add raise 620 --unit hsc -q Q2", id="another figure"),
        pytest.param("progress add raise 0 --unit hsc -q Q2", id="nothing"),
        pytest.param(
            "progress add raise 600 --unit hsc -q 二季度 --via excel --received 7-10", id="by another channel"
        ),
    ],
)
def test_a_second_figure_for_a_quarter_is_refused_and_names_the_first_and_the_ways_on(reported, again):
    refused = reported(again, code=4).err
    assert "#1" in refused and "got 600" in refused
    assert "progress correct 1" in refused and "--additional" in refused
    assert raised(reported) == 600


def test_a_report_of_nothing_stands_too(reported):
    assert "#2" in reported("progress add wat-river 3 --unit wat -q Q2", code=4).err


def test_a_corrected_figure_is_named_by_its_last_entry(reported):
    reported("progress correct 1 620 --reason misread")
    refused = reported(RAISE, code=4).err
    assert "#3" in refused and "got 620" in refused


@pytest.mark.parametrize(
    ("line", "counted"),
    [
        pytest.param("progress add raise 20 --unit hsc -q Q2 --additional", 620, id="said to be additional"),
        pytest.param("progress add raise --total 640 --unit hsc -q Q2", 640, id="a total"),
        pytest.param("progress add raise --unit hsc -q Q2 --note more", 600, id="words"),
        pytest.param("progress reduce raise 6 --unit hsc -q Q2 --reason audit", 594, id="a reduction"),
        pytest.param("progress add raise 5 --unit tal -q Q2", 605, id="another body"),
        pytest.param("progress add raise 5 --unit hsc -q Q2 --project PS-01", 605, id="a project"),
        pytest.param("progress add raise 5 --unit hsc --on 6-20", 605, id="a day of its own"),
        pytest.param(f"{RAISE} --received 7-9 --via phone --reference phoned", 600, id="a retried reference"),
        pytest.param("progress add raise 7 --unit hsc -q Q3", 600, id="another quarter"),
    ],
)
def test_these_are_no_second_figure(reported, line, counted):
    reported(line)
    assert raised(reported) == counted


def test_a_voided_figure_stands_no_more(reported):
    reported("progress void 1 --reason wrong")
    reported(RAISE)
    assert raised(reported) == 600


def test_a_reduction_alone_is_no_report_of_the_quarter(office):
    office("progress add raise 100 --unit hsc --on 2-1")
    office("progress reduce raise 5 --unit hsc --on 5-1 --reason audit")
    office(RAISE)
    assert raised(office) == 595


def test_levels_of_a_milestone_rise_as_often_as_they_do(office):
    for level in (40, 60, 60, 100):
        office(f"progress add ura-plan {level} --unit ura -q Q2")


def test_projects_stand_each_by_itself(office):
    office("progress add raise 5 --unit hsc -q Q2 --project PS-01")
    office("progress add raise 6 --unit hsc -q Q2 --project PS-02")
    office("progress add raise 7 --unit hsc -q Q2")
    assert "#2" in office("progress add raise 6 --unit hsc -q Q2 --project PS-02", code=4).err


@prepared
def locked(reported):
    """The second quarter locked on 23 July."""
    reported("review open Q2", today="2020-07-23")
    reported("review lock Q2", today="2020-07-23")


LATE = {"today": "2020-07-24"}


def test_the_lock_is_spoken_of_before_a_reference_and_before_a_figure_that_stands(locked):
    for line in (RAISE, f"{RAISE} --reference phoned", "progress correct 1 5 --reason misread"):
        assert "the data of Q2 are locked" in locked(line, code=4, **LATE).err


def test_a_carried_figure_is_of_the_quarter_it_is_kept_as_of(locked):
    assert "#1" in locked(f"{RAISE} --carry", code=4, **LATE).err
    locked("progress add raise 36 --unit hsc -q Q2 --carry --additional", **LATE)
    locked("progress add raise 50 --unit hsc -q Q3", **LATE)
    locked("progress add raise 9 --unit tal -q Q2 --carry", **LATE)
    assert "#5" in locked("progress add raise 9 --unit tal -q Q2 --carry", code=4, **LATE).err


class TestPlausible:
    @pytest.mark.parametrize(
        ("lines", "said"),
        [
            pytest.param(["raise 99999 --unit hsc -q Q2"], ["99999", "4713"], id="above the goal"),
            pytest.param(["raise --total 99999 --unit hsc -q Q2"], ["99999", "4713"], id="above the goal, as a total"),
            pytest.param(
                ["raise 4700 --unit hsc -q Q1", "raise 4500 --unit tal -q Q2", "raise 300 --unit hsc -q Q2"],
                ["9500", "twice", "4713"],
                id="the task above twice its goal",
            ),
            pytest.param(
                ["raise 60 --unit hsc -q Q1", "raise 600 --unit hsc -q Q2"], ["ten times", "60"], id="ten times"
            ),
        ],
    )
    def test_an_unlikely_figure_is_booked_with_a_warning_that_names_the_figures(self, office, lines, said):
        for line in lines:
            heard = office(f"progress add {line}")
        warning = next(line for line in heard.err.splitlines() if line.startswith("warning: "))
        assert all(word in heard.err for word in said), warning

    @pytest.mark.parametrize(
        "lines",
        [
            pytest.param(["raise 4713 --unit hsc -q Q2"], id="the goal itself"),
            pytest.param(
                ["raise 10 --unit hsc -q Q1", "raise 235 --unit hsc -q Q2"], id="5 % of the goal, whatever before"
            ),
            pytest.param(["raise 61 --unit hsc -q Q1", "raise 609 --unit hsc -q Q2"], id="just below ten times"),
            pytest.param(["raise 0 --unit hsc -q Q1", "raise 600 --unit hsc -q Q2"], id="after nothing"),
            pytest.param(["wat-river 5000 --unit wat -q Q2"], id="without a goal"),
            pytest.param(["ura-plan 100 --unit ura -q Q2"], id="a level"),
        ],
    )
    def test_a_likely_figure_is_booked_without_a_word(self, office, lines):
        for line in lines:
            assert office(f"progress add {line}").err == ""

    @pytest.mark.parametrize(
        "line",
        [
            pytest.param("progress reduce raise 600 --unit hsc --on 7-1 --reason audit", id="reduced"),
            pytest.param("progress correct 1 0 --reason audit", id="corrected"),
            pytest.param("progress void 1 --reason audit", id="voided"),
            pytest.param("progress add raise --total 0 --unit hsc --on 7-1 --reason audit", id="by a total"),
        ],
    )
    def test_a_cumulative_that_falls_to_0_is_warned_of(self, reported, line):
        assert "warning: the cumulative of raise by hsc falls from 600 to 0" in reported(line).err

    def test_what_a_correction_states_is_looked_at_too(self, reported):
        assert "warning: 60000 is above the goal" in reported("progress correct 1 60000 --reason misread").err


def test_a_figure_of_a_running_quarter_said_again_after_its_end_is_the_same(district):
    """Without a day of receipt it was dated on the day it was typed; the reference knows it a month later."""
    line = "progress add raise 30 --unit hsc -q Q3 --reference k1"
    first = district(line, today="2020-09-20")
    again = district(line, today="2020-10-08")
    assert "Already recorded: filing 1" in again.out and "Already" not in first.out
    assert len(district("progress list --item raise --json", today="2020-10-08").json) == 1
    other = district(line.replace("30", "31"), code=4, today="2020-10-08")
    assert "this reference was used for something else" in other.err
