"""Returns that name projects: the register knows them, no home counts twice, and each is matched by itself."""

import pytest

from tests.conftest import prepared
from tests.returns import table, workbook

BY_PROJECT = ["任务编号", "项目编码", "本期完成", "备注"]


def imported(office, tmp_path, rows, *words, unit="tal", code=0):
    path = table(tmp_path / f"{len(list(tmp_path.iterdir()))}.csv", [BY_PROJECT, *rows])
    return office(f"progress import --json -q Q2 -u {unit}", str(path), *words, code=code).json[0]


def wrong(answer, kind="problem"):
    return [(each["cell"], each["what"]) for each in answer["problems"] if each["kind"] == kind]


def sums(office, item="raise"):
    found = {}
    for row in office("progress list --json --item", item).json:
        found[row["project"]] = found.get(row["project"], 0) + (row["quantity"] or 0)
    return found


def kept(office, unit="tal"):
    return {row["state"] for row in office(f"report unit {unit} -q Q2 --json").json["returns"]}


@prepared
def register(office):
    """PS-01 has 400 homes."""
    office("projects add PS-01 --name 坪山一号 --homes 400")
    return office


class TestTheRegister:
    def test_a_project_it_does_not_know_is_a_problem_of_its_cell(self, register, tmp_path):
        answer = imported(register, tmp_path, [["raise", "NOPE", 100, ""]], code=1)
        assert wrong(answer) == [("B2", "no such project")]
        assert sums(register) == {}

    def test_a_project_is_recorded_by_its_code_however_it_is_named(self, register, tmp_path):
        imported(register, tmp_path, [["raise", "坪山一号", 100, ""], ["supply", "PS-01", 5, ""]])
        assert (sums(register), sums(register, "supply")) == ({"PS-01": 100}, {"PS-01": 5})

    def test_named_twice_in_two_ways_it_stands_twice(self, register, tmp_path):
        listed = [["项目编码", "指标", "本期完成"], ["PS-01", "建设筹集", 9], ["坪山一号", "建设筹集", 9]]
        path = table(tmp_path / "f.csv", listed)
        answer = register("progress import --json -u tal -q Q2", str(path), code=1).json[0]
        assert [what for _cell, what in wrong(answer)] == ["this project stands in the file twice"]
        answer = imported(register, tmp_path, [["raise", "PS-01", 9, ""], ["raise", "坪山一号", 9, ""]], code=1)
        assert [what for _cell, what in wrong(answer)] == ["this task stands in the file twice"]


class TestNoHomeCountsTwice:
    def test_more_homes_than_the_project_has_are_refused_as_they_are_when_typed(self, register, tmp_path):
        typed = register("progress add raise 500 --unit tal --project PS-01 -q Q2", code=4).err
        answer = imported(register, tmp_path, [["raise", "PS-01", 500, ""]], code=1)
        ((cell, what),) = wrong(answer)
        assert cell == "C2" and what in typed and "has 400 homes" in what
        assert (sums(register), kept(register)) == ({}, {"returned"})

    def test_every_project_of_which_that_is_so_is_told_of_at_its_row(self, register, tmp_path):
        register("projects add PS-02 --name 坪山二号 --homes 30")
        register("progress add raise --total 9 --unit tal -q Q2")
        rows = [["raise", "PS-01", 500, ""], ["raise", "PS-02", 30, ""], ["supply", "PS-02", 31, ""]]
        answer = imported(register, tmp_path, rows, "--additional", code=1)
        assert [(cell, what[:15]) for cell, what in wrong(answer)] == [
            ("C2", "PS-01 has 400 h"),
            ("C4", "PS-02 has 30 ho"),
        ]

    def test_two_bodies_of_one_file_cannot_both_have_them(self, register, tmp_path):
        rows = [["填报单位", *BY_PROJECT], ["tal", "raise", "PS-01", 300, ""], ["hsc", "raise", "PS-01", 300, ""]]
        path = table(tmp_path / "f.csv", rows)
        first, second = register("progress import --json -q Q2", str(path), code=1).json
        assert (first["state"], first["filing"], wrong(first)) == ("received", None, [])
        assert second["state"] == "returned" and "300 are booked" in wrong(second)[0][1]
        assert (sums(register), kept(register), kept(register, "hsc")) == ({}, {"returned"}, {"returned"})
        assert register("ledger verify --json").json == []

    def test_two_bodies_of_one_file_share_one_level(self, office, tmp_path):
        rows = [["填报单位", "任务编号", "本期末累计"], ["hsc", "backlog-review", 60], ["tal", "backlog-review", 60]]
        office("progress import -q Q2", str(table(tmp_path / "f.csv", rows)))
        assert [row["quantity"] for row in office("progress list --json").json] == [60, 0]


class TestEachProjectByItself:
    @prepared
    def two(self, office, tmp_path):
        imported(office, tmp_path, [["raise", "P1", 100, ""], ["raise", "P2", 200, ""]])
        return office

    @pytest.mark.parametrize(
        ("rows", "words", "code", "actions", "after"),
        [
            ([("P1", 100), ("P2", 200)], [], 0, [], {"P1": 100, "P2": 200}),
            ([("P1", 120), ("P2", 200)], [], 4, ["conflict", "conflict"], {"P1": 100, "P2": 200}),
            ([("P1", 120), ("P2", 200)], ["--correct"], 0, ["correct", "skip"], {"P1": 120, "P2": 200}),
            ([("P1", 120), ("P2", 230)], ["--correct"], 0, ["correct", "correct"], {"P1": 120, "P2": 230}),
            ([("P1", 120), ("P3", 5)], ["--correct"], 0, ["correct", "add", "correct"], {"P1": 120, "P2": 0, "P3": 5}),
            ([("P2", 5), ("P1", "")], ["--additional"], 0, ["add"], {"P1": 100, "P2": 205}),
            ([("", 300)], [], 4, ["conflict"], {"P1": 100, "P2": 200}),
            ([("", 300)], ["--correct"], 0, ["skip"], {"P1": 100, "P2": 200}),
        ],
        ids=[
            "same", "told of", "one corrected", "both corrected", "one left out", "added to", "their sum",
            "their sum, known to be the same",
        ],
    )  # fmt: skip
    def test_it_is_left_corrected_or_added_to(self, two, tmp_path, rows, words, code, actions, after):
        said = [*words, *(["--reason", "typo"] if "--correct" in words else [])]
        answer = imported(two, tmp_path, [["raise", *row, ""] for row in rows], *said, code=code)
        assert [row["action"] for row in answer["rows"]] == actions
        assert sums(two) == after
        assert two("ledger verify --json").json == []

    def test_corrected_twice_it_is_what_was_said_last(self, two, tmp_path):
        for homes in (120, 130):
            rows = [["raise", "P1", homes, ""], ["raise", "P2", 2 * homes, ""]]
            imported(two, tmp_path, rows, "--correct", "--reason", "typo")
        assert sums(two) == {"P1": 130, "P2": 260}

    def test_a_row_of_the_whole_among_them_must_be_their_sum(self, office, tmp_path):
        rows = [["raise", "", 300, ""], ["raise", "P1", 100, ""]]
        assert wrong(imported(office, tmp_path, rows, code=1)) == [
            ("C2", "this quarter is not the sum of its projects")
        ]
        imported(office, tmp_path, [*rows, ["raise", "P2", 200, "新"]])
        assert sums(office) == {"P1": 100, "P2": 200}

    def test_a_project_in_the_list_and_in_the_tasks_stands_twice(self, office, tmp_path):
        path = workbook(tmp_path / "f.xlsx", [BY_PROJECT, ["raise", "P1", 100, ""]])
        import openpyxl

        book = openpyxl.load_workbook(path)
        for row in (["项目编码", "指标", "本期完成"], ["P1", "建设筹集", 100]):
            sheet = book["项目"] if "项目" in book.sheetnames else book.create_sheet("项目")
            sheet.append(row)
        book.save(path)
        answer = office("progress import --json -u tal -q Q2", str(path), code=1).json[0]
        assert wrong(answer) == [("B2", "this project stands in the file twice")]

    def test_cases_and_words_of_two_projects_are_two(self, office, tmp_path):
        rows = [
            ["wat-river.受理", "P1", 5, ""],
            ["wat-river.受理", "P2", 6, ""],
            ["wat-river.办结", "P2", 4, ""],
            ["summary", "P1", "无", "甲"],
            ["summary", "P2", "无", "乙"],
        ]
        imported(office, tmp_path, rows, unit="wat")
        found = {
            (row["item"], row["project"]): (row["quantity"], row["note"]) for row in office("progress list --json").json
        }
        assert found["wat-river.received", "P1"] == (5, None) and found["wat-river.received", "P2"] == (6, None)
        assert found["wat-river", "P2"] == (4, None)
        rows[2][2], rows[3][3], rows[4][3] = 3, "丙", "丁"
        imported(office, tmp_path, rows, "--correct", "--reason", "更正", unit="wat")
        assert sums(office, "wat-river") == {"P2": 3} and sums(office, "wat-river.received") == {"P1": 5, "P2": 6}
        assert [row["kind"] for row in office("progress list --json --item summary").json].count("void") == 2


def test_a_figure_after_a_voided_one_and_words_is_added(office, tmp_path):
    office("progress add raise 5 --unit tal -q Q2")
    office("progress void 1 --reason x")
    office("progress add raise --unit tal -q Q2 --note", "words")
    answer = imported(office, tmp_path, [["raise", "", 7, ""]], "--correct", "--reason", "x")
    assert [row["action"] for row in answer["rows"]] == ["add"]
    assert sums(office) == {None: 7}
