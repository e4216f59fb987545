"""Returns: the form that goes out, the file that comes back, and what becomes of it."""

import json
from datetime import date

import openpyxl
import pytest

from tests.conftest import process
from tests.returns import HEAD, at, csv_text, filled, soffice, table, workbook


@pytest.fixture
def form(office, tmp_path):
    """The template of a body for the second quarter."""

    def make(unit, quarter="Q2", **more):
        path = tmp_path / f"{unit}-{quarter}.xlsx"
        office(f"progress template -q {quarter} --unit {unit} --force -o", str(path), **more)
        return path

    return make


def imported(office, *words, code=0, **more):
    return office("progress import --json", *map(str, words), code=code, **more).json


def target(office, id, quarter="Q2", **more):
    report = office(f"report quarter {quarter} --json", **more).json
    return next(row for row in report["targets"] if row["id"] == id and row["unit"] is None)


def states(office, unit, **more):
    report = office(f"report unit {unit} -q Q2 --json", **more).json
    return {row["item"]: row["state"] for row in report["returns"]}


def entries(office, *more):
    return office("progress list --json", *more).json


GOOD = {
    "summary": {"M": "各项职责已落实"},
    "raise": {"J": 600, "K": 600, "M": "筹集两个项目", "Q": "坪住保〔2020〕8号"},
    "complete": {"J": "无", "K": "无", "M": "无进展"},
    "ms-q1-survey": {"K": 60, "M": "已调查六成", "P": "2020-08-01"},
}


class TestTemplate:
    def test_it_asks_only_for_what_the_body_owes_and_the_homes_it_helps_with(self, form):
        def codes(unit):
            sheet = openpyxl.load_workbook(form(unit))["进展情况"]
            return [sheet.cell(line, 2).value for line in range(4, sheet.max_row + 1) if sheet.cell(line, 2).value]

        assert codes("wat")[:3] == ["summary", "wat-river.受理", "wat-river.办结"]
        assert codes("pwb") == ["summary", "raise", "complete", "complete-final"]
        assert codes("hsc")[:3] == ["summary", "raise", "complete"] and "subsidy-coverage" not in codes("hsc")

    def test_it_brings_forward_what_the_ledger_has(self, office, form):
        office("progress add raise 700 --unit hsc --on 2020-03-20")
        office("progress add raise 9 --unit hsc --on 2020-04-20")
        office("progress add raise 50 --unit tal --on 2020-03-20 --project A-1")
        sheet = openpyxl.load_workbook(form("hsc"))["进展情况"]
        assert [at(sheet, official, 5).value for official in "BGI"] == ["raise", 4713, 700]
        book = openpyxl.load_workbook(form("tal"))
        assert [at(book["项目明细"], official, 4).value for official in "BHJ"] == ["A-1", "建设筹集", 50]

    def test_it_says_whose_it_is_and_keeps_what_is_not_to_be_typed(self, form):
        book = openpyxl.load_workbook(form("hsc"))
        sheet = book["进展情况"]
        assert sheet["A1"].value == "坪山区2020年度安居工程第二季度工作进展情况填报表"
        assert sheet["L2"].value == "报送截止：2020年7月10日（含当日）"
        assert (
            sheet.protection.sheet and at(sheet, "I", 5).protection.locked and not at(sheet, "J", 5).protection.locked
        )
        assert sheet.freeze_panes == "D4" and sheet.page_setup.orientation == "landscape"
        assert sheet.page_setup.paperSize == 9 and sheet.print_title_rows == "$3:$3"
        hidden = book["标识"]
        assert hidden.sheet_state == "veryHidden"
        assert [hidden.cell(line, 2).value for line in range(1, 5)] == ["pingshan-2020", "0", "hsc", "Q2"]
        assert any("整数" in (rule.error or "") for rule in sheet.data_validations.dataValidation)

    def test_all_bodies_get_one_each_and_none_is_replaced_unasked(self, office, tmp_path):
        office("progress template -q Q2 --all", str(tmp_path / "forms"))
        made = sorted(path.name for path in (tmp_path / "forms").iterdir())
        assert len(made) == 23 and "2020Q2_hsc_住房保障中心.xlsx" in made
        refused = office("progress template -q Q2 --all", str(tmp_path / "forms"), code=4)
        assert "--force" in refused.err

    @pytest.mark.parametrize(
        ("words", "code"),
        [
            pytest.param(["--unit", "hsc"], 2, id="no file"),
            pytest.param(["--unit", "hsc", "-o", "x.csv"], 2, id="another ending"),
            pytest.param(["--unit", "hsc", "--all", "d"], 2, id="both"),
            pytest.param(["--unit", "sub", "-o", "x.xlsx"], 4, id="a collective"),
            pytest.param(["--unit", "grid", "-o", "x.xlsx"], 4, id="an outside body"),
        ],
    )
    def test_what_cannot_be_made_is_refused(self, office, tmp_path, monkeypatch, words, code):
        monkeypatch.chdir(tmp_path)
        office("progress template -q Q2", *words, code=code)
        assert not list(tmp_path.glob("x.*"))

    def test_names_that_climb_out_of_the_folder_do_not(self, anju, tmp_path):
        example = anju("plan new").out
        plan = tmp_path / "plan.yaml"
        first = example.index("zh: ", example.index("units:"))
        end = min(place for place in (example.find(",", first), example.find("\n", first)) if place > 0)
        plan.write_text(example[:first] + 'zh: "../../../etc/$(x)=1+|甲"' + example[end:], encoding="utf-8")
        anju("init --plan", str(plan))
        anju("progress template -q Q2 --all", str(tmp_path / "in" / "forms"))
        made = [path.relative_to(tmp_path / "in" / "forms") for path in (tmp_path / "in").rglob("*") if path.is_file()]
        assert made and all(len(path.parts) == 1 for path in made)
        assert any("etcx1甲" in path.name for path in made)

    @pytest.mark.office
    def test_it_opens_in_libreoffice_with_its_checks_computed(self, office, form, tmp_path):
        day = date(2020, 5, 12)
        levels = {
            "ms-q1-syncplan": {"K": 100},
            "hsc-annual": {"K": 100, "P2": day},
            "hsc-fiveyear": {"K": 60, "P2": day},
        }
        path = filled(form("hsc"), tmp_path / "f.xlsx", GOOD | {"supply": {"J": 5, "K": 9}} | levels)
        sheet = openpyxl.load_workbook(soffice(path, "xlsx", tmp_path / "lo"), data_only=True)["进展情况"]
        found = {
            sheet.cell(line, 2).value: (at(sheet, "L", line).value, at(sheet, "T", line).value) for line in range(4, 17)
        }
        assert found["raise"] == ("—", "一致") and found["supply"] == ("—", "不一致")
        assert found["subsidy"][1] == "未填" and found["complete"][1] == "一致" and found["plat-integrate"][1] == "未填"
        assert found["ms-q1-survey"] == (60, "一致") and found["ms-q1-syncplan"] == (100, "未填")
        assert found["hsc-annual"] == (100, "一致") and found["hsc-fiveyear"] == (60, "不一致")


class TestRoundTrip:
    def test_a_filled_form_is_in_the_report(self, office, form, tmp_path):
        path = filled(form("hsc"), tmp_path / "f.xlsx", GOOD)
        (answer,) = imported(office, path, "--received", "7-9")
        assert (answer["state"], answer["unit"], answer["quarter"], answer["on_time"]) == ("adopted", "hsc", "Q2", True)
        assert {row["item"]: row["action"] for row in answer["rows"]} == dict.fromkeys(GOOD, "add")
        assert "supply" in answer["blank"] and "raise" not in answer["blank"]
        assert target(office, "raise")["quarter_quantity"] == 600
        booked = next(row for row in entries(office) if row["item"] == "raise")
        assert (booked["on"], booked["note"], booked["evidence"]) == ("2020-06-30", "筹集两个项目", "坪住保〔2020〕8号")
        known = states(office, "hsc")
        assert [known[item] for item in ("summary", "raise", "complete", "supply")] == [
            "reported", "reported", "zero_report", "unreported",
        ]  # fmt: skip

    @pytest.mark.office
    def test_saved_again_by_another_program_under_another_name_it_adds_nothing(self, office, form, tmp_path):
        path = filled(form("hsc"), tmp_path / "f.xlsx", GOOD)
        imported(office, path)
        again = soffice(path, "xlsx", tmp_path / "saved").rename(tmp_path / "别名.xlsx")
        assert again.read_bytes() != path.read_bytes()
        before = entries(office)
        assert imported(office, again)[0]["state"] == "already"
        assert entries(office) == before

    def test_after_an_undo_the_same_file_counts_again(self, office, form, tmp_path):
        path = filled(form("hsc"), tmp_path / "f.xlsx", GOOD)
        imported(office, path)
        office("progress undo 1")
        assert target(office, "raise")["cumulative"] == 0
        assert imported(office, path)[0]["state"] == "adopted"
        assert target(office, "raise")["cumulative"] == 600

    def test_a_dry_run_says_what_it_would_do_and_keeps_nothing(self, office, form, tmp_path):
        path = filled(form("hsc"), tmp_path / "f.xlsx", GOOD)
        said = office("progress import --dry-run", str(path)).out
        assert "Add · Homes built or raised 600" in said and "nothing was written" in said
        assert entries(office) == [] and states(office, "hsc")["raise"] == "unreported"

    def test_cases_taken_in_are_booked_beside_those_closed(self, office, form, tmp_path):
        rows = {
            "wat-river.受理": {"J": 5},
            "wat-river.办结": {"J": 3, "K": 3, "M": "已审查"},
            "wat-works.受理": {"J": "无"},
        }
        imported(office, filled(form("wat"), tmp_path / "f.xlsx", rows), "--received", "7-9")
        found = {row["item"]: (row["quantity"], row["note"]) for row in entries(office)}
        assert found == {
            "wat-river.received": (5, None), "wat-river": (3, "已审查"),
            "wat-works.received": (0, None), "wat-works": (0, None),
        }  # fmt: skip
        assert states(office, "wat")["wat-works"] == "zero_report"

    def test_homes_are_booked_by_project_and_must_add_up(self, office, form, tmp_path):
        rows = {"raise": {"J": 300, "K": 300, "M": "筹集"}, "supply": {"J": 30, "K": 30, "M": "供应"}}
        projects = [
            {"B": "A-1", "H": "建设筹集", "K": 200, "L": 200},
            {"B": "A-2", "H": "建设筹集", "K": 90, "L": 90},
            {"B": "A-2", "H": "配租", "K": 10},
            {"B": "A-2", "H": "配售", "K": 20},
        ]
        path = filled(form("tal"), tmp_path / "f.xlsx", rows, projects)
        (answer,) = imported(office, path, code=1)
        (found,) = [each for each in answer["problems"] if each["kind"] == "problem"]
        assert (found["cell"], found["found"], found["expected"]) == ("I5", "300", "290")
        projects[1]["K"] = projects[1]["L"] = 100
        imported(office, filled(form("tal"), tmp_path / "g.xlsx", rows, projects))
        booked = [(row["item"], row["project"], row["quantity"]) for row in entries(office) if row["quantity"]]
        assert booked == [("raise", "A-1", 200), ("raise", "A-2", 100), ("supply", "A-2", 30)]


class TestWorkedCases:
    def test_tals_300_by_phone_and_again_by_excel_are_300(self, office, form, tmp_path):
        office("progress add raise 300 --unit tal -q Q2 --via phone --received 7-3")
        path = filled(form("tal"), tmp_path / "f.xlsx", {"raise": {"J": 300, "K": 300}})
        (answer,) = imported(office, path, "--received", "7-8", code=4)
        assert [row["action"] for row in answer["rows"]] == ["conflict"] and answer["state"] == "received"
        (answer,) = imported(office, path, "--received", "7-8", "--correct", "--reason", "来文核对")
        assert [row["action"] for row in answer["rows"]] == ["skip"] and answer["state"] == "adopted"
        assert imported(office, path, "--received", "7-8")[0]["state"] == "already"
        assert target(office, "raise")["quarter_quantity"] == 300

    def test_a_return_sent_back_is_not_unreported_and_on_time_is_its_first_receipt(self, office, form, tmp_path):
        wrong = {"summary": {"M": "好"}, "raise": {"J": 5, "K": 6}}
        path = filled(form("pwb"), tmp_path / "pwb.xlsx", wrong)
        sent_back = office("progress import", str(path), code=1, today="2020-07-09")
        assert "pwb.xlsx:进展情况!J5" in sent_back.out and "(found 6, expected 5)" in sent_back.out
        assert set(states(office, "pwb", today="2020-07-11").values()) == {"returned"}
        row = next(
            row for row in office("report quarter Q2 --json", today="2020-07-11").json["units"] if row["unit"] == "pwb"
        )
        assert (row["unreported"], row["returned"]) == (0, 1)
        assert target(office, "raise", today="2020-07-11")["quarter_quantity"] == 0
        fixed = filled(form("pwb"), tmp_path / "fixed.xlsx", wrong | {"raise": {"J": 5, "K": 5}})
        imported(office, fixed, today="2020-07-14")
        found = office("report unit pwb -q Q2 --json", today="2020-07-14").json["returns"]
        assert [
            (row["state"], row["first_received"], row["times_returned"], row["resubmitted_on"]) for row in found
        ] == [("reported", "2020-07-09", 1, "2020-07-14")]
        assert target(office, "raise", today="2020-07-14")["quarter_quantity"] == 5
        assert set(states(office, "pwb", today="2020-07-15").values()) == {"reported"}
        page = office("report unit pwb -q Q2", today="2020-07-14").out
        assert "times returned: 1" in page and "resubmitted 2020-07-14" in page

    def test_a_row_left_blank_in_the_adopted_return_is_late_when_it_comes_later(self, office, form, tmp_path):
        imported(office, filled(form("hsc"), tmp_path / "f.xlsx", GOOD), today="2020-07-09")
        office("progress add supply 3 --unit hsc -q Q2", today="2020-07-15")
        assert states(office, "hsc")["supply"] == "late_return"

    def test_as_known_before_the_return_came_it_is_unreported(self, office, form, tmp_path):
        office("progress add drc-invest-draft 10 --unit drc -q Q2", today="2020-07-09")
        bad = filled(form("pwb"), tmp_path / "f.xlsx", {"raise": {"J": 5, "K": 6}})
        office("progress import", str(bad), code=1, today="2020-07-09")
        assert states(office, "pwb")["summary"] == "returned"
        before = office("report unit pwb -q Q2 --json --known-at 1").json["returns"]
        assert {row["state"] for row in before} == {"unreported"}


class TestConflicts:
    @pytest.fixture
    def other(self, office, form, tmp_path):
        office("progress add raise 250 --unit tal -q Q2 --received 7-3")
        return filled(form("tal"), tmp_path / "f.xlsx", {"raise": {"J": 300, "K": 300, "M": "筹集"}})

    def test_another_figure_is_refused_with_both_ways_on_and_the_receipt_kept(self, office, other):
        refused = office("progress import", str(other), code=4)
        assert "--correct" in refused.out and "--additional" in refused.out and "found 300, expected 250" in refused.out
        assert target(office, "raise")["quarter_quantity"] == 250
        assert states(office, "tal")["summary"] == "returned"

    @pytest.mark.parametrize(
        ("words", "whole", "quantity", "kinds"),
        [
            (["--correct", "--reason", "recount"], 300, 300, ["report", "correction"]),
            (["--additional"], 550, 550, ["report", "report"]),
        ],
        ids=["corrected", "added"],
    )
    def test_it_is_corrected_or_added_as_told(self, office, other, tmp_path, words, whole, quantity, kinds):
        rows = [HEAD, ["raise", "", 0, 300, whole, "筹集"]]
        imported(office, table(tmp_path / "told.csv", rows), "-u", "tal", "-q", "Q2", *words)
        assert target(office, "raise")["quarter_quantity"] == quantity
        assert [row["kind"] for row in entries(office) if row["item"] == "raise"] == kinds
        assert office("ledger verify --json").json == []

    def test_what_comes_in_addition_closes_with_the_whole(self, office, other):
        (answer,) = imported(office, other, "--additional", code=1)
        assert [
            (each["cell"], each["found"], each["expected"]) for each in answer["problems"] if each["kind"] == "problem"
        ] == [("J5", "300", "550")]

    @pytest.mark.parametrize(
        "words", [["--correct"], ["--reason", "x"], ["--correct", "--reason", "x", "--additional"], ["--via", "fax"]]
    )
    def test_ways_that_do_not_go_together_are_refused(self, office, other, words):
        office("progress import", str(other), *words, code=2)

    def test_other_words_on_the_summary_conflict_and_are_replaced_when_told(self, office, form, tmp_path):
        office("progress add summary --unit wat -q Q2 --note", "旧")
        path = filled(form("wat"), tmp_path / "f.xlsx", {"summary": {"M": "新"}})
        office("progress import", str(path), code=4)
        imported(office, path, "--correct", "--reason", "更正")
        assert [row["kind"] for row in entries(office)] == ["report", "void", "report"]

    def test_projects_are_matched_one_by_one(self, office, form, tmp_path):
        for project, homes in (("A-1", 100), ("A-2", 50)):
            office(f"progress add raise {homes} --unit tal -q Q2 --project {project}")
        projects = [{"B": "A-1", "H": "建设筹集", "K": 100}, {"B": "A-3", "H": "建设筹集", "K": 60}]
        path = filled(form("tal"), tmp_path / "f.xlsx", {"raise": {"J": 160, "K": 160}}, projects)
        refused = office("progress import", str(path), code=4).out
        assert "nothing on A-2" in refused
        imported(office, path, "--correct", "--reason", "x")
        by_project = {}
        for row in entries(office):
            by_project[row["project"]] = by_project.get(row["project"], 0) + (row["quantity"] or 0)
        assert by_project == {"A-1": 100, "A-2": 0, "A-3": 60}

    def test_homes_recorded_without_projects_are_the_same_homes(self, office, form, tmp_path):
        office("progress add raise 160 --unit tal -q Q2")
        projects = [{"B": "A-1", "H": "建设筹集", "K": 100}, {"B": "A-3", "H": "建设筹集", "K": 60}]
        path = filled(form("tal"), tmp_path / "f.xlsx", {"raise": {"J": 160, "K": 160}}, projects)
        assert {row["action"] for row in imported(office, path, code=4)[0]["rows"]} == {"add", "conflict"}
        same = imported(office, path, "--correct", "--reason", "分项目")[0]
        assert {row["action"] for row in same["rows"]} == {"skip"}
        projects[0]["K"] = 140
        other = filled(form("tal"), tmp_path / "g.xlsx", {"raise": {"J": 200, "K": 200}}, projects)
        office("progress import", str(other), code=4)
        imported(office, other, "--correct", "--reason", "by project")
        assert target(office, "raise")["quarter_quantity"] == 200

    def test_a_milestone_moves_on_but_not_back_unless_corrected(self, office, form, tmp_path):
        office("progress add ms-q1-survey 60 --unit hsc -q Q2")

        def level(value):
            return filled(
                form("hsc"), tmp_path / f"{value}.xlsx", {"ms-q1-survey": {"K": value, "M": "x", "P": "2020-08-01"}}
            )

        assert imported(office, level(80))[0]["rows"][0]["action"] == "add"
        assert "60" not in office("progress import", str(level(70)), code=1).err
        imported(office, level(70), "--correct", "--reason", "recount")
        assert [row["stated_total"] for row in entries(office)] == [60, 80, 70]
        assert imported(office, level(70))[0]["state"] == "already"

    def test_a_level_of_an_earlier_day_leaves_a_later_one_as_it_was_stated(self, office, tmp_path):
        office("progress add ms-q1-survey 60 --unit hsc --on 2020-06-25")
        path = table(tmp_path / "f.csv", [["任务编号", "本期末累计"], ["ms-q1-survey", 40]])
        imported(office, path, "-u", "hsc", "-q", "Q2", "--received", "6-20")
        booked = [(row["on"], row["quantity"], row["stated_total"]) for row in entries(office)]
        assert booked == [("2020-06-25", 60, 60), ("2020-06-20", 40, 40), ("2020-06-25", -40, 60)]
        assert office("ledger verify --json").json == []


class TestFaultsAreNamedAllAtOnce:
    def test_five_bad_cells_are_five_lines_and_nothing_is_written(self, office, form, tmp_path):
        rows = {
            "raise": {"J": "六百", "K": 600},
            "complete": {"J": 1.5, "K": 2},
            "supply": {"J": 5, "K": 6},
            "subsidy": {"J": "#REF!", "K": 1},
            "ms-q1-survey": {"K": 160},
        }
        path = filled(form("hsc"), tmp_path / "hsc.xlsx", rows)
        refused = office("progress import", str(path), "--errors-to", str(tmp_path / "errors.txt"), code=1)
        said = (tmp_path / "errors.txt").read_text(encoding="utf-8").splitlines()
        for cell in ("I5", "I6", "J7", "I8", "J10"):
            assert any(line.startswith(f"hsc.xlsx:进展情况!{cell}: ") for line in said), cell
            assert f"hsc.xlsx:进展情况!{cell}: " in refused.out
        assert entries(office) == []

    @pytest.mark.parametrize(
        ("cells", "column", "said"),
        [
            ({"J": 5, "K": 6}, "K", "do not make the cumulative"),
            ({"I": 7, "J": 5, "K": 12}, "I", "the opening figure differs from the ledger"),
            ({"K": 90}, "K", "the cumulative falls"),
            ({"J": -5, "K": 95}, "J", "the cumulative falls"),
            ({"J": -200, "K": -100, "S": "核减"}, "K", "never below 0"),
            ({"J": True, "K": 101}, "J", "not a quantity"),
            ({"J": "12套", "K": 112}, "J", "not a quantity"),
            ({"J": "1e3", "K": 100}, "J", "not a quantity"),
            ({"J": "nan", "K": 100}, "J", "not a quantity"),
            ({"J": 5, "K": 105, "M": "a\u202eb"}, "M", "may not be kept"),
            ({"J": 5, "K": 105, "L": 90}, "L", "percentage is not right"),
            ({"J": 5, "K": 105, "P": "2020-06-31"}, "P", "has no day 31"),
            ({"J": 5, "K": 105, "M": "长" * 2100}, "M", "longer than 2000"),
        ],
    )
    def test_a_row_that_cannot_be_is_said_to_be_so(self, office, form, tmp_path, cells, column, said):
        office("progress add raise 100 --unit hsc --on 2020-03-01")
        path = filled(form("hsc"), tmp_path / "f.xlsx", {"raise": {"M": "x"} | cells})
        (answer,) = imported(office, path, code=1)
        found = [each for each in answer["problems"] if each["kind"] == "problem"]
        there = at(openpyxl.load_workbook(path)["进展情况"], column, 5).coordinate
        assert [(each["cell"], said in each["what"]) for each in found] == [(there, True)], found

    @pytest.mark.parametrize(
        ("cells", "quantity"),
        [
            ({"J": 5, "K": 105}, 5), ({"J": "５", "K": "１０５"}, 5), ({"J": " 5 ", "K": "105"}, 5), ({"K": 105}, 5),
            ({"J": "1,005", "K": "1,105"}, 1005), ({"J": 5.0}, 5), ({"J": "零", "K": 100}, 0), ({"J": "—"}, 0),
            ({"J": 0, "K": 100}, 0), ({"J": -5, "K": 95, "S": "市级未认定"}, -5), ({"J": 5, "K": 105, "L": 2.2}, 5),
            ({"J": 5, "K": 105, "L": 0.0223}, 5), ({"J": 5, "K": 105, "L": "2.3%"}, 5),
        ],
    )  # fmt: skip
    def test_a_figure_is_read_however_it_is_written(self, office, form, tmp_path, cells, quantity):
        office("progress add raise 100 --unit hsc --on 2020-03-01")
        imported(office, filled(form("hsc"), tmp_path / "f.xlsx", {"raise": {"M": "x"} | cells}))
        assert entries(office)[-1]["quantity"] == quantity

    def test_a_decrease_that_is_booked_says_on_what_grounds(self, office, form, tmp_path):
        office("progress add raise 100 --unit hsc --on 2020-03-01")
        path = filled(form("hsc"), tmp_path / "f.xlsx", {"raise": {"J": -5, "K": 95, "S": "市级未认定", "M": "核减"}})
        assert imported(office, path)[0]["rows"][0]["action"] == "reduce"
        assert entries(office)[-1]["reason"] == "市级未认定"


class TestTablesOfTheirOwn:
    ROWS = (HEAD, ["raise", "", 0, 600, 600, "筹集"], ["", "供应", 0, "无", 0, "无进展"])

    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16"])
    def test_text_in_any_usual_encoding_is_the_same_return(self, office, tmp_path, encoding):
        path = table(tmp_path / "f.csv", self.ROWS, encoding)
        imported(office, path, "--unit", "hsc", "-q", "Q2")
        assert [(row["item"], row["quantity"], row["note"]) for row in entries(office)] == [
            ("raise", 600, "筹集"), ("supply", 0, "无进展"),
        ]  # fmt: skip
        again = table(tmp_path / "g.csv", self.ROWS, "utf-8")
        assert imported(office, again, "--unit", "hsc", "-q", "Q2")[0]["state"] == "already"

    def test_a_stated_encoding_is_used_and_a_wrong_one_is_named(self, office, tmp_path):
        path = table(tmp_path / "f.csv", self.ROWS, "gbk")
        office("progress import --unit hsc -q Q2 --encoding utf-8", str(path), code=1)
        office("progress import --unit hsc -q Q2 --encoding klingon", str(path), code=2)
        office("progress import --unit hsc -q Q2 --encoding gbk", str(path))

    def test_standard_input_is_read(self, office):
        done = process("progress", "import", "-", "-u", "hsc", "-q", "Q2", "--json", stdin=csv_text(self.ROWS))
        assert done.returncode == 0 and json.loads(done.stdout)[0]["state"] == "adopted", done.stderr

    def test_columns_stand_in_any_order_below_a_title_and_above_notes(self, office, tmp_path):
        rows = [
            ["坪山区2020年度安居工程第二季度工作进展情况"],
            ["填报单位（盖章）：住保中心", None, "考核期：2020年第二季度"],
            ["备注", "截至本季末累计（套）", "本季度完成数", "任务名称", "单位", "年度目标"],
            ["", 600, 600, "建设筹集", "套", 4713],
            ["", 40, 40, "供应", "套", 2285],
            ["", 640, 640, "合 计", "", ""],
            ["注：以上数据截至6月30日"],
            ["填报人：", None, "联系电话："],
        ]
        for name in ("f.xlsx", "f.csv"):
            make = workbook if name.endswith("xlsx") else table
            (answer,) = imported(office, make(tmp_path / name, rows))
            assert (answer["unit"], answer["quarter"]) == ("hsc", "Q2")
        assert [(row["item"], row["quantity"]) for row in entries(office)] == [("raise", 600), ("supply", 40)]

    def test_english_names_do_too(self, office, tmp_path):
        rows = [["Reporting body: hsc"], ["Task", "This quarter", "Cumulative", "Progress"], ["raise", 7, 7, "ok"]]
        imported(office, workbook(tmp_path / "f.xlsx", rows), "-q", "Q2")
        assert target(office, "raise")["quarter_quantity"] == 7

    def test_bodies_in_a_column_are_one_return_each_though_their_cells_are_merged(self, office, tmp_path):
        rows = [
            ["单位", "任务编号", "本期完成"],
            ["水务局", "wat-river", 3],
            [None, "wat-works", 0],
            ["人才安居", "raise", 30],
        ]
        answers = imported(office, workbook(tmp_path / "f.xlsx", rows, merge=("A2:A3",)), "-q", "Q2")
        assert [(each["unit"], len(each["rows"])) for each in answers] == [("wat", 2), ("tal", 1)]

    def test_a_head_of_two_rows_is_one_head(self, office, tmp_path):
        rows = [["任务编号", "完成情况", None], [None, "本期完成", "本期末累计"], ["raise", 7, 7]]
        imported(office, workbook(tmp_path / "f.xlsx", rows, merge=("B1:C1", "A1:A2")), "-q", "Q2", "-u", "hsc")
        assert target(office, "raise")["quarter_quantity"] == 7

    @pytest.mark.parametrize(
        ("rows", "words", "said"),
        [
            ([HEAD, ["raise", "", 0, 1, 1, ""]], ["-q", "Q2"], "whose return"),
            ([HEAD, ["raise", "", 0, 1, 1, ""]], ["-u", "hsc"], "which quarter"),
            ([["a", "b"], [1, 2]], ["-u", "hsc", "-q", "Q2"], "no table"),
            ([HEAD], ["-u", "hsc", "-q", "Q2"], "nothing is reported"),
            ([HEAD, ["nosuch", "", 0, 1, 1, ""]], ["-u", "hsc", "-q", "Q2"], "no such item"),
            ([HEAD, ["", "", 0, 1, 1, ""]], ["-u", "hsc", "-q", "Q2"], "which task"),
            ([HEAD, ["raise", "", 0, 1, 1, ""]], ["-u", "wat", "-q", "Q2"], "may not report"),
            ([HEAD, ["tal-raise", "", 0, 1, 1, ""]], ["-u", "tal", "-q", "Q2"], "counted through"),
            ([HEAD, ["raise", "", 0, 1, 1, ""], ["raise", "", 0, 1, 1, ""]], ["-u", "hsc", "-q", "Q2"], "twice"),
            ([["填报单位：水务局"], HEAD, ["summary", "", "", "", "", "x"]], ["-u", "hsc", "-q", "Q2"], "another body"),
            ([["考核期：第一季度"], HEAD, ["raise", "", 0, 1, 1, ""]], ["-u", "hsc", "-q", "Q2"], "another quarter"),
            ([["填报单位：火星局"], HEAD, ["raise", "", 0, 1, 1, ""]], ["-q", "Q2"], "no such body"),
            ([["坪山区2019年度第二季度填报表"], HEAD, ["raise", "", 0, 1, 1, ""]], ["-u", "hsc"], "not for the year"),
            ([["考核期：2019年第二季度"], HEAD, ["raise", "", 0, 1, 1, ""]], ["-u", "hsc"], "not for the year"),
            ([HEAD, ["raise", "", 0, 1, 1, ""]], ["-u", "hsc", "-q", "Q4"], "had not begun"),
            ([["填报单位", "任务编号", "本期完成"], ["火星局", "raise", 1], ["", "raise", 1]], ["-u", "hsc", "-q", "Q2"], "no such body"),
            ([["项目编码", "指标", "本期完成"], ["A", "飞行", 1], ["", "配租", 1]], ["-u", "hsc", "-q", "Q2"], "no such indicator"),
            ([["项目编码", "指标", "本期完成"], ["A", "配租", 1], ["A", "配租", 1]], ["-u", "hsc", "-q", "Q2"], "twice"),
            ([["项目编码", "指标", "本期完成"], ["A", "配租", 1]], ["-u", "wat", "-q", "Q2"], "may not report"),
        ],
    )  # fmt: skip
    def test_what_is_unclear_is_asked_and_nothing_is_written(self, office, tmp_path, rows, words, said):
        refused = office("progress import", str(table(tmp_path / "f.csv", rows)), *words, code=1)
        assert said in refused.out, refused.out
        assert entries(office) == []

    def test_a_projects_table_alone_is_a_return(self, office, tmp_path):
        rows = [
            ["项目编码", "指标", "本期完成", "备注"],
            ["坪山[一期][/b]:100:", "配租", 3, ""],
            ["=1+1", "竣工", 4, ""],
        ]
        imported(office, table(tmp_path / "f.csv", rows), "-u", "tal", "-q", "Q2")
        found = {(row["item"], row["project"]) for row in entries(office)}
        assert found == {("complete-final", "=1+1"), ("supply", "坪山[一期][/b]:100:")}

    def test_a_day_of_receipt_after_today_is_taken_with_a_word_as_one_that_is_typed(self, office, tmp_path):
        paths = [str(table(tmp_path / f"{unit}.csv", self.ROWS)) for unit in ("a", "b")]
        said = office("progress import -u hsc -q Q2 --received 2020-09-01", *paths).err
        typed = office("progress add raise 5 --unit tal -q Q2 --received 2020-09-01").err
        assert said == typed == "warning: the day of receipt 2020-09-01 is after today\n"
        assert {row["received_on"] for row in entries(office)} == {"2020-09-01"}
        assert states(office, "hsc", today="2020-09-01")["raise"] == "late_return"
