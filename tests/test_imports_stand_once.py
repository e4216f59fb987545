"""A figure stands once in files too: what was phoned, carried, or sent in another file is not booked again."""

import pytest

from tests.conftest import prepared
from tests.returns import table

WHOLE = ["任务编号", "上期末累计", "本期完成", "本期末累计"]
BY_PROJECT = ["任务编号", "项目编码", "本期完成"]
LISTED = ["项目编码", "指标", "本期完成"]
LATE = {"today": "2020-07-24"}
CORRECT = ("--correct", "--reason", "来文核对")


def imported(office, folder, head, *rows, words=(), unit="hsc", quarter="Q2", code=0, **more):
    path = table(folder / f"{len(list(folder.iterdir()))}.csv", [head, *rows])
    whose = ["-u", unit] if unit else []
    return office(f"progress import --json -q {quarter}", *whose, str(path), *words, code=code, **more).json


def booked(office, item="raise"):
    """By body and project, what stands."""
    sums = {}
    for row in office("progress list --json --item", item).json:
        place = row["unit"], row["project"]
        sums[place] = sums.get(place, 0) + (row["quantity"] or 0)
    return sums


def conflicts(answers):
    return [
        (found["cell"], found["what"].partition(";")[0], found["found"], found["expected"])
        for answer in answers
        for found in answer["problems"]
        if found["kind"] == "conflict"
    ]


@prepared
def phoned(office):
    """600 homes by hsc for Q2, 0 cases by wat, 50 homes of tal on PS-01."""
    office("progress add raise 600 --unit hsc -q Q2 --via phone --received 7-3")
    office("progress add wat-river 0 --unit wat -q Q2 --via phone --received 7-3")
    office("progress add raise 50 --unit tal -q Q2 --project PS-01 --via phone --received 7-3")


class TestAfterThePhone:
    @pytest.mark.parametrize(
        ("unit", "head", "row", "cell", "entry"),
        [
            pytest.param("hsc", WHOLE, ["raise", 0, 600, 600], "C2", 1, id="the same figure"),
            pytest.param("hsc", WHOLE, ["raise", 0, 620, 620], "C2", 1, id="another figure"),
            pytest.param("hsc", WHOLE, ["raise", 0, 0, 0], "C2", 1, id="nothing"),
            pytest.param("hsc", WHOLE, ["raise", "", "无", "无"], "C2", 1, id="nothing in words"),
            pytest.param("wat", WHOLE, ["wat-river", 0, 0, 0], "C2", 2, id="nothing after nothing"),
            pytest.param("wat", WHOLE, ["wat-river", 0, 3, 3], "C2", 2, id="a figure after nothing"),
            pytest.param("hsc", ["任务编号", "本期末累计"], ["raise", 590], "B2", 1, id="a lower total"),
            pytest.param("tal", BY_PROJECT, ["raise", "PS-01", 50], "C2", 3, id="the same project"),
            pytest.param("tal", LISTED, ["PS-01", "建设筹集", 50], "C2", 3, id="the same project in a list"),
            pytest.param("tal", WHOLE, ["raise", 0, 50, 50], "C2", 3, id="the whole of what stands by project"),
            pytest.param("hsc", BY_PROJECT, ["raise", "PS-01", 600], "B2", 1, id="a project of what stands whole"),
        ],
    )
    def test_a_row_with_a_figure_is_a_problem_at_its_cell_that_names_the_entry(
        self, phoned, tmp_path, unit, head, row, cell, entry
    ):
        answers = imported(phoned, tmp_path, head, row, unit=unit, code=4)
        item = "wat-river" if unit == "wat" else "raise"
        already = f"{item} is already recorded for Q2 as entry #{entry}"
        assert [(place, what) for place, what, *_rest in conflicts(answers)] == [(cell, already)]
        assert answers[0]["state"] == "received"
        assert set(booked(phoned).values()) == {600, 50}

    def test_the_ways_on_are_named(self, phoned, tmp_path):
        (answer,) = imported(phoned, tmp_path, WHOLE, ["raise", 0, 620, 620], code=4)
        (found,) = [each for each in answer["problems"] if each["kind"] == "conflict"]
        for way in ("--correct --reason WHY", "anju progress correct 1", "--additional"):
            assert way in found["what"]
        assert (found["found"], found["expected"]) == ("620", "600")

    def test_every_row_is_told_of_at_once_and_nothing_of_the_file_is_booked(self, phoned, tmp_path):
        rows = [["raise", 0, 600, 600], ["complete", 0, 7, 7]]
        answers = imported(phoned, tmp_path, WHOLE, *rows, code=4)
        assert [cell for cell, *_rest in conflicts(answers)] == ["C2"]
        assert booked(phoned, "complete") == {}

    @pytest.mark.parametrize(
        ("unit", "head", "row", "words", "after"),
        [
            pytest.param("hsc", WHOLE, ["raise", 0, 600, 600], CORRECT, 600, id="said to be the same"),
            pytest.param("hsc", WHOLE, ["raise", 0, 620, 620], CORRECT, 620, id="said to be right"),
            pytest.param("hsc", WHOLE, ["raise", 0, 20, 620], ["--additional"], 620, id="said to be additional"),
            pytest.param("hsc", ["任务编号", "本期末累计"], ["raise", 600], (), 600, id="the same total"),
            pytest.param("hsc", ["任务编号", "本期末累计"], ["raise", 640], (), 640, id="a total"),
            pytest.param(
                "hsc", ["任务编号", "本期完成", "备注"], ["raise", -5, "市级未认定"], (), 595, id="a decrease"
            ),
            pytest.param("hsc", [*WHOLE, "进展情况"], ["summary", "", "无", "", "好"], (), 600, id="words"),
            pytest.param("hsc", WHOLE, ["ms-q1-survey", "", "", 60], (), 600, id="a level"),
            pytest.param("pwb", WHOLE, ["raise", 0, 5, 5], (), 600, id="another body"),
        ],
    )
    def test_these_are_no_second_figure(self, phoned, tmp_path, unit, head, row, words, after):
        imported(phoned, tmp_path, head, row, words=words, unit=unit)
        assert booked(phoned)["hsc", None] == after
        assert phoned("ledger verify --json").json == []

    def test_another_project_is_another_figure(self, phoned, tmp_path):
        imported(phoned, tmp_path, BY_PROJECT, ["raise", "PS-02", 7], unit="tal", words=["--additional"])
        assert booked(phoned)["tal", "PS-02"] == 7

    def test_a_voided_figure_stands_no_more(self, phoned, tmp_path):
        phoned("progress void 1 --reason x")
        imported(phoned, tmp_path, WHOLE, ["raise", 0, 610, 610])
        assert booked(phoned)["hsc", None] == 610

    def test_a_corrected_figure_is_named_by_its_last_entry(self, phoned, tmp_path):
        phoned("progress correct 1 605 --reason x")
        ((_cell, what, _found, expected),) = conflicts(
            imported(phoned, tmp_path, WHOLE, ["raise", 0, 605, 605], code=4)
        )
        assert what.endswith("#4") and expected == "605"

    def test_a_level_rises_as_often_as_it_does_and_no_unit_is_told_of_another(self, phoned, tmp_path):
        for level in (40, 60, 60):
            imported(phoned, tmp_path, ["任务编号", "本期末累计", "备注"], ["ms-q1-survey", level, f"{level}"])
        assert booked(phoned, "ms-q1-survey")["hsc", None] == 60


class TestAfterAFile:
    @prepared
    def sent(self, office, tmp_path):
        """600 homes and 40 completed, by hsc in a file."""
        imported(office, tmp_path, WHOLE, ["raise", 0, 600, 600], ["complete", 0, 40, 40])
        return office

    def test_the_same_file_under_another_name_is_the_same_return(self, sent, tmp_path):
        (answer,) = imported(sent, tmp_path, WHOLE, ["raise", 0, 600, 600], ["complete", 0, 40, 40])
        assert answer["state"] == "already"
        assert booked(sent) == {("hsc", None): 600}

    def test_a_second_file_that_overlaps_in_a_row_is_told_of_at_that_row(self, sent, tmp_path):
        answers = imported(sent, tmp_path, WHOLE, ["supply", 0, 5, 5], ["complete", 0, 40, 40], code=4)
        assert [(cell, what[-2:]) for cell, what, *_rest in conflicts(answers)] == [("C3", "#2")]
        assert booked(sent, "supply") == {}

    def test_a_second_file_of_other_tasks_goes_on(self, sent, tmp_path):
        imported(sent, tmp_path, WHOLE, ["supply", 0, 5, 5])
        assert booked(sent, "supply") == {("hsc", None): 5}

    def test_a_figure_phoned_after_it_is_refused_in_the_same_words(self, sent):
        refused = sent("progress add raise 600 --unit hsc -q Q2", code=4).err
        assert "raise is already recorded for Q2 as entry #1" in refused

    def test_two_files_of_one_call_are_two_returns(self, office, tmp_path):
        paths = [
            table(tmp_path / f"{name}.csv", [WHOLE, ["raise", 0, figure, figure]])
            for name, figure in (("a", 5), ("b", 6))
        ]
        answers = office("progress import --json -q Q2 -u hsc", *map(str, paths), code=4).json
        assert [answer["state"] for answer in answers] == ["adopted", "received"]
        assert booked(office) == {("hsc", None): 5}

    def test_a_decrease_that_stands_is_not_taken_off_again(self, sent, tmp_path):
        head = ["任务编号", "本期完成", "备注"]
        imported(sent, tmp_path, head, ["raise", -5, "核减"])
        answers = imported(sent, tmp_path, head, ["raise", -5, "市级核减"], code=4)
        assert [(what[-2:], found) for _cell, what, found, _expected in conflicts(answers)] == [("#3", "-5")]
        assert booked(sent) == {("hsc", None): 595}


class TestWithinAFile:
    def test_two_rows_of_one_task_are_a_problem_at_the_second(self, office, tmp_path):
        (answer,) = imported(office, tmp_path, WHOLE, ["raise", 0, 5, 5], ["raise", 0, 6, 6], code=1)
        found = [(each["cell"], each["what"]) for each in answer["problems"] if each["kind"] == "problem"]
        assert found == [("A3", "this task stands in the file twice")]

    def test_two_bodies_have_a_figure_each(self, office, tmp_path):
        rows = [["hsc", "raise", 5], ["tal", "raise", 6]]
        imported(office, tmp_path, ["填报单位", "任务编号", "本期完成"], *rows, unit=None)
        assert booked(office) == {("hsc", None): 5, ("tal", None): 6}

    def test_a_body_named_in_two_ways_is_one(self, office, tmp_path):
        rows = [["hsc", "raise", 5], ["住房保障中心", "raise", 5]]
        (answer,) = imported(office, tmp_path, ["填报单位", "任务编号", "本期完成"], *rows, unit=None, code=1)
        assert [each["what"] for each in answer["problems"] if each["kind"] == "problem"] == [
            "this task stands in the file twice"
        ]

    def test_members_of_a_collective_have_a_figure_each(self, office, tmp_path):
        head = ["填报单位", "任务编号", "本期完成"]
        imported(office, tmp_path, head, ["sub-pingshan", "subsidy", 5], ["sub-maluan", "subsidy", 5], unit=None)
        assert booked(office, "subsidy") == {("sub-pingshan", None): 5, ("sub-maluan", None): 5}
        answers = imported(office, tmp_path, head, ["sub-maluan", "subsidy", 6], unit=None, code=4)
        assert [what[-2:] for _cell, what, *_rest in conflicts(answers)] == ["#2"]


class TestAfterTheLock:
    @prepared
    def locked(self, phoned):
        """Q2 is locked."""
        phoned("review open Q2", today="2020-07-23")
        phoned("review lock Q2", today="2020-07-23")

    def test_the_lock_is_spoken_of_first(self, locked, tmp_path):
        answers = imported(locked, tmp_path, WHOLE, ["raise", 0, 600, 600], code=4, **LATE)
        assert [what for _cell, what, *_rest in conflicts(answers)] == ["the data of Q2 are locked"]

    def test_what_is_carried_is_of_the_quarter_it_is_kept_as_of(self, locked, tmp_path):
        row = ["raise", 0, 600, 600]
        answers = imported(locked, tmp_path, WHOLE, row, words=["--carry"], code=4, **LATE)
        assert [what[-2:] for _cell, what, *_rest in conflicts(answers)] == ["#1"]
        imported(locked, tmp_path, WHOLE, ["complete", 0, 9, 9], words=["--carry"], **LATE)
        answers = imported(locked, tmp_path, WHOLE, ["complete", 0, 8, 8], words=["--carry"], code=4, **LATE)
        assert [what[-2:] for _cell, what, *_rest in conflicts(answers)] == ["#4"]
        imported(locked, tmp_path, WHOLE, ["complete", 0, 20, 29], quarter="Q3", today="2020-10-09")
        assert booked(locked, "complete") == {("hsc", None): 29}

    def test_a_file_adopted_before_and_sent_again_keeps_its_receipt(self, office, tmp_path):
        imported(office, tmp_path, WHOLE, ["raise", 0, 600, 600], words=["--received", "7-9"])
        for step in ("open", "lock"):
            office(f"review {step} Q2", today="2020-07-23")
        imported(office, tmp_path, WHOLE, ["raise", 0, 600, 600], code=4, **LATE)
        (row,) = [row for row in office("report unit hsc -q Q2 --json", **LATE).json["returns"]
                  if row["item"] == "raise"]  # fmt: skip
        assert (row["state"], row["first_received"]) == ("reported", "2020-07-09")
