"""Returns that come after the lock, or below a total stated later: kept, and booked in the way that is chosen."""

import pytest

from tests.conftest import prepared
from tests.returns import HEAD, table
from tests.test_reviews import locked_q2

BY_PROJECT = ["任务编号", "项目编码", "本期完成"]


@prepared
def locked(office):
    """Q2 is locked: 2064 homes of hsc, 336 of tal."""
    return locked_q2(office)


def imported(office, tmp_path, *rows, words=(), unit="pwb", head=HEAD, code=0, **more):
    path = table(tmp_path / f"{len(list(tmp_path.iterdir()))}.csv", [head, *rows])
    return office(f"progress import --json -q Q2 -u {unit}", str(path), *words, code=code, **more).json[0]


def booked(office, *, unit="pwb", item="raise"):
    rows = office(f"progress list --json --item {item} --unit {unit}").json
    return [(row["quarter"], row["quantity"]) for row in rows]


def wrong(answer):
    return [(each["kind"], each["what"], each["expected"]) for each in answer["problems"] if each["kind"] != "warning"]


RESTATE = ("--restate", "--reason", "漏报", "--document", "坪安居办〔2020〕9号")
ROW = ["raise", "", 0, 40, 40, "好"]


class TestAfterTheLock:
    def test_the_receipt_is_kept_and_both_ways_on_are_named(self, locked, tmp_path):
        answer = imported(locked, tmp_path, ROW, code=4)
        ((kind, what, expected),) = wrong(answer)
        assert (answer["state"], kind, what) == ("received", "conflict", "the data of Q2 are locked")
        assert "--carry" in expected and "--restate --reason TEXT --document NUMBER" in expected
        assert answer["problems"][-1]["found"] is None  # no cell of it is wrong
        assert (answer["first_received"], booked(locked)) == ("2020-07-15", [])
        assert {row["state"] for row in locked("report unit pwb -q Q2 --json").json["returns"]} == {"returned"}

    def test_what_else_comes_in_the_same_call_goes_on(self, locked, tmp_path):
        bad = table(tmp_path / "bad.csv", [HEAD, ["raise", "", 0, "x", 40, "好"]])
        figures = table(tmp_path / "figures.csv", [HEAD, ROW])
        words = table(tmp_path / "words.csv", [HEAD, ["summary", "", "", "", "", "迟到的说明"]])
        for unit in ("pwb", "ura"):
            answers = locked(f"progress import --json -q Q2 -u {unit}", str(bad), str(figures), str(words), code=1).json
            assert [each["state"] for each in answers] == ["returned", "received", "adopted"]

    def test_words_alone_are_a_late_return(self, locked, tmp_path):
        answer = imported(locked, tmp_path, ["summary", "", "", "", "", "迟到的说明"])
        assert (answer["state"], answer["on_time"]) == ("adopted", False)

    @pytest.mark.parametrize(
        ("words", "entries"),
        [(["--carry"], [("Q3", 40)]), (RESTATE, [("Q2", 40)])],
        ids=["carried", "restated"],
    )
    def test_the_figures_are_booked_in_the_way_that_is_chosen(self, locked, tmp_path, words, entries):
        path = table(tmp_path / "f.csv", [HEAD, ROW])
        locked("progress import -q Q2 -u pwb", str(path), code=4)
        locked("progress import -q Q2 -u pwb", str(path), *words)
        assert booked(locked) == entries
        assert locked("ledger verify --json").json == []

    def test_carried_once_it_is_known_when_it_comes_again(self, locked, tmp_path):
        imported(locked, tmp_path, ROW, words=["--carry"])
        again = imported(locked, tmp_path, [*ROW[:5], "别的话"], words=["--carry"], code=4)
        ((kind, what, expected),) = wrong(again)
        assert (kind, expected) == ("conflict", "40") and "raise is already recorded for Q2 as entry #3" in what
        more = imported(locked, tmp_path, ["raise", "", 0, 50, 50, "更多"], words=["--carry"], code=4)
        assert "already recorded for Q2 as entry #3" in wrong(more)[0][1]
        corrected = ["--correct", "--reason", "漏报"]
        imported(locked, tmp_path, ["raise", "", 0, 50, 50, "更多"], words=corrected)
        assert [each for each in booked(locked) if each[1]] == [("Q3", 40), ("Q3", 10)]

    @pytest.mark.parametrize(
        ("row", "head"),
        [
            (["raise", 100], ["任务编号", "本期完成"]),
            (["raise", 140], ["任务编号", "本期末累计"]),
            (["raise", 40, 100, 140], ["任务编号", "上期末累计", "本期完成", "本期末累计"]),
            (["raise", 0, 100, 140], ["任务编号", "上期末累计", "本期完成", "本期末累计"]),
        ],
    )
    def test_what_was_carried_is_no_return_of_the_quarter_it_is_booked_in(self, locked, tmp_path, row, head):
        imported(locked, tmp_path, ROW, words=["--carry"])
        path = table(tmp_path / "q3.csv", [head, row])
        locked("progress import -q Q3 -u pwb --received 2020-10-09", str(path), today="2020-10-09")
        assert booked(locked) == [("Q3", 40), ("Q3", 100)]
        assert locked("ledger verify --json").json == []

    @pytest.mark.parametrize("row", [["raise", 0, 140, 140], ["raise", 0, 100, 100]], ids=["repeated", "left out"])
    def test_what_was_carried_is_never_counted_twice(self, locked, tmp_path, row):
        """The unit's own figure contains the homes that were carried, or its cumulative lacks them: it does not close."""
        imported(locked, tmp_path, ROW, words=["--carry"])
        path = table(tmp_path / "q3.csv", [["任务编号", "上期末累计", "本期完成", "本期末累计"], row])
        refused = locked("progress import -q Q3 -u pwb --received 2020-10-09", str(path), today="2020-10-09", code=1)
        assert "q3.csv:D2" in refused.out and "carried in" in refused.out
        assert booked(locked) == [("Q3", 40)]

    def test_a_difference_to_what_is_locked_is_carried_beside_it(self, locked, tmp_path):
        row = ["raise", "", 0, 346, 346, "重核"]
        words = ["--correct", "--reason", "重核", "--carry"]
        imported(locked, tmp_path, row, unit="tal", words=words)
        assert booked(locked, unit="tal") == [("Q2", 336), ("Q3", 10)]
        again = imported(locked, tmp_path, row[:5], head=HEAD[:5], unit="tal", words=words[:3])
        assert [each["action"] for each in again["rows"]] == ["skip"]

    def test_a_total_alone_is_carried_as_what_it_adds(self, locked, tmp_path):
        imported(locked, tmp_path, ["raise", 40], head=["任务编号", "本期末累计"], words=["--carry"])
        (row,) = locked("progress list --json --item raise --unit pwb").json
        assert (row["quarter"], row["quantity"], row["stated_total"]) == ("Q3", 40, None)

    def test_a_milestone_is_carried_as_a_level(self, locked, tmp_path):
        level = ["ms-q1-survey", "", "", "", 60, "已调查"]
        imported(locked, tmp_path, level, unit="hsc", words=["--carry"])
        assert booked(locked, unit="hsc", item="ms-q1-survey") == [("Q3", 60)]
        again = imported(locked, tmp_path, [*level[:5], "再报"], unit="hsc")
        assert [row["action"] for row in again["rows"]] == ["words"]

    def test_homes_by_project_are_carried_project_by_project(self, locked, tmp_path):
        rows = [["raise", "P1", 10], ["raise", "P2", 20]]
        imported(locked, tmp_path, *rows, head=BY_PROJECT, words=["--carry"])
        assert booked(locked) == [("Q3", 10), ("Q3", 20)]
        changed = [["raise", "P1", 12], rows[1]]
        assert wrong(imported(locked, tmp_path, *changed, head=BY_PROJECT, code=4))[0][1] == "the data of Q2 are locked"
        answer = imported(locked, tmp_path, *changed, head=BY_PROJECT, words=["--carry"], code=4)
        assert [row["action"] for row in answer["rows"]] == ["conflict", "conflict"]

    def test_where_no_quarter_is_open_it_waits(self, locked, tmp_path):
        for step in ("open", "lock"):
            locked(f"review {step} Q4", today="2021-01-15")
        answer = imported(locked, tmp_path, ROW, words=["--carry"], code=4, today="2021-02-01")
        assert answer["state"] == "received" and "no quarter of 2020 is open" in wrong(answer)[0][1]

    @pytest.mark.parametrize(
        ("words", "code", "said"),
        [
            (["--carry", *RESTATE], 2, "exclude each other"),
            (["--restate"], 2, "needs --reason and --document"),
            (["--document", "d"], 2, "goes with --carry or --restate"),
            (["--reason", "x"], 2, "--reason goes with --correct or --restate"),
            (["--keep-later", "--shift-later"], 2, "exclude each other"),
        ],
    )
    def test_ways_that_do_not_go_together_are_refused(self, locked, tmp_path, words, code, said):
        heard = locked("progress import -q Q2 -u pwb", str(table(tmp_path / "f.csv", [HEAD, ROW])), *words, code=code)
        assert said in heard.err

    def test_a_way_for_locked_quarters_is_refused_where_none_is(self, office, tmp_path):
        answer = imported(office, tmp_path, ROW, words=["--carry"], code=4)
        assert wrong(answer)[0][1:] == ("nothing here is of a locked quarter", "leave the option out")


class TestTotalsStatedForLaterDates:
    @pytest.mark.parametrize(
        ("words", "code", "state", "entries"),
        [
            ([], 4, "received", [("Q3", 500)]),
            (["--keep-later"], 0, "adopted", [("Q3", 500), ("Q2", 40), ("Q3", -40)]),
            (["--shift-later"], 0, "adopted", [("Q3", 500), ("Q2", 40)]),
        ],
        ids=["asked", "kept", "shifted"],
    )
    def test_they_are_kept_or_moved_as_told(self, office, tmp_path, words, code, state, entries):
        office("progress add raise --total 500 --unit pwb --on 2020-07-10")
        answer = imported(office, tmp_path, ROW, words=words, code=code)
        assert answer["state"] == state and booked(office) == entries
        asked = [expected for _kind, _what, expected in wrong(answer)]
        assert asked == ([] if words else ["--keep-later keeps them true, --shift-later lets them move"])
