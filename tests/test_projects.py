"""The project register: what is planned, what has moved, what counts, what must be there when people move in."""

import os
import sqlite3
from datetime import date
from pathlib import Path

import pytest
from docx import Document
from openpyxl import Workbook

from anju_cli.domain.projects import counted, scheduled
from anju_cli.reports.quarter.bulletin import bulletin_dossier
from anju_cli.reports.quarter.report import quarter_report
from anju_cli.reports.view import opened
from tests.conftest import ROOT, prepared

HOSTILE = "坪山[一期][/b]:100:"
SLIP = """
projects:
  - {code: A, name: 甲项目, planned: [{target: complete, homes: 300, date: 2020-06-30}]}
  - {code: D, name: "坪山[一期][/b]:100:", planned: [{target: complete, homes: 400, date: 2020-09-30}]}
  - {code: B, name: 乙项目, planned: [{target: complete, homes: 14, date: 2020-12-31}]}
"""


def target(heard, id):
    return next(row for row in heard.json["targets"] if row["id"] == id and row["unit"] is None)


def plan_file(path, projects=SLIP, pace="projects"):
    """The 2020 plan, with `complete` paced by its projects."""
    text = (ROOT / "data" / "plan_2020.yaml").read_text(encoding="utf-8")
    before, complete, after = text.partition("  - id: complete\n")
    path.write_text(before + complete + after.replace("    pace: even", f"    pace: {pace}", 1) + projects, "utf-8")
    return path


@prepared
def slip(anju, tmp_path):
    """The worked case: A 300 due 30 June, D 400 due 30 September, B 14 due 31 December; 300 done."""
    anju(f"init --plan {plan_file(tmp_path / 'plan.yaml')}")
    anju("projects add A --name 甲项目 --homes 300 --target complete=300@2020-06-30")
    anju("projects add D --homes 400 --target complete=400@2020-09-30 --way build --name", HOSTILE)
    anju("projects add B --name 乙项目 --homes 14 --target complete=14@2020-12-31")
    anju("progress add complete 300 --unit hsc --on 2020-06-29 --project A")
    return anju


class TestSlip:
    """Editing a project's current date changes nothing expected; a plan revision does, and the report says so."""

    @prepared
    def moved(self, slip):
        slip("projects edit D --current complete=2021-03-31 --reason 主体施工受雨季影响")
        return slip

    def test_the_curve_of_what_is_expected_bends_where_projects_are_planned(self, moved):
        with opened(Path(os.environ["ANJU_DB"]), as_of="2020-12-31") as view:
            curves = bulletin_dossier(view, quarter_report(view, 4), 4, None).curves
        (curve,) = (each for each in curves if each.item == "complete")
        points = {point.on.isoformat(): point.expected for point in curve.points}
        bends = ("2020-06-29", "2020-06-30", "2020-09-29", "2020-09-30", "2020-12-31")
        assert [points[day] for day in bends] == [0, 300, 300, 700, 714]

    def test_an_edit_says_how_many_days_later_and_keeps_the_first_date(self, slip):
        said = slip("projects edit D --current complete=2021-03-31 --reason 雨季").out
        assert "planned for 2020-09-30, now 2021-03-31: 182 days later, 400 homes" in said
        assert "anju projects baseline" in said
        (course,) = slip("projects show D --json").json["courses"]
        assert course == course | {"planned": "2020-09-30", "baseline": "plan", "current": "2021-03-31", "days": 182}

    def test_what_is_expected_stays_with_the_plan_in_force(self, moved):
        heard = moved("report quarter Q3 --as-of 2020-09-30 --json")
        row = target(heard, "complete")
        assert (row["expected"], row["expected_rate"], row["completion_rate"]) == (700, 98.0, 42.0)
        assert (row["gap_points"], row["light"], row["status"], row["pace"]) == (-56.0, "red", "behind", "projects")
        (late,) = heard.json["slipped"]
        assert late == late | {
            "project": "D", "name": HOSTILE, "target": "complete", "homes": 400, "planned": "2020-09-30",
            "planned_original": "2020-09-30", "current": "2021-03-31", "days": 182, "days_original": 182, "document": None,
        }  # fmt: skip
        assert heard.json["project_plans"][0] == heard.json["project_plans"][0] | {"planned": 714, "short": 0}
        assert f"{HOSTILE} (D)" in moved("report quarter Q3 --as-of 2020-09-30").out

    @pytest.mark.parametrize("way", ["apply", "baseline"])
    def test_after_a_revision_the_new_date_is_expected_and_the_report_says_what_moved(self, moved, tmp_path, way):
        order = ["--document", "坪安居办〔2020〕12号", "--effective", "2020-09-01"]
        if way == "apply":
            later = plan_file(tmp_path / "later.yaml", SLIP.replace("2020-09-30", "2021-03-31"))
            moved("plan apply", str(later), *order)
        else:
            moved("projects baseline", *order)
        heard = moved("report quarter Q3 --as-of 2020-09-30 --json")
        row = target(heard, "complete")
        assert (row["expected"], row["light"], row["goal"]) == (300, "green", 714)
        (plan,) = heard.json["project_plans"]
        assert (plan["projects"], plan["planned"], plan["short"]) == (3, 314, 400)
        (late,) = heard.json["slipped"]
        assert late == late | {
            "planned": "2021-03-31", "planned_original": "2020-09-30", "days": 0, "days_original": 182,
            "document": "坪安居办〔2020〕12号",
        }  # fmt: skip
        said = moved("report quarter Q3 --as-of 2020-09-30").out
        assert "projects add up to 314 homes, less than the goal of 714" in said
        assert "2021-03-31 (was 2020-09-30, 坪安居办〔2020〕12号)" in said
        assert target(moved("report quarter Q4 --as-of 2020-12-31 --json"), "complete")["expected"] == 714
        assert target(moved("report quarter Q2 --json"), "complete")["expected"] == 300, "before it takes effect"
        (difference,) = moved("plan diff --json").json
        assert (difference["item"], difference["before"]) == ("D", "complete 400 2020-09-30")
        assert difference["after"] == "complete 400 2021-03-31"

    @pytest.mark.parametrize(
        ("on", "expected", "rate"),
        [
            ("2020-06-29", 0, 0.0),
            ("2020-06-30", 300, 42.0),
            ("2020-09-29", 300, 42.0),
            ("2020-09-30", 700, 98.0),
            ("2020-12-30", 700, 98.0),
            ("2020-12-31", 714, 100.0),
        ],
    )
    def test_homes_are_expected_from_the_planned_date_of_their_project_on(self, slip, on, expected, rate):
        row = target(slip(f"report year --json --as-of {on}"), "complete")
        assert (row["expected"], row["expected_rate"]) == (expected, rate)

    def test_more_than_the_goal_is_never_expected(self, anju, tmp_path):
        anju(f"init --plan {plan_file(tmp_path / 'more.yaml', SLIP.replace('homes: 400', 'homes: 4000'))}")
        assert target(anju("report year --json --as-of 2020-10-01"), "complete")["expected"] == 714

    def test_a_pace_by_projects_without_projects_expects_nothing_and_says_so(self, anju, tmp_path):
        anju(f"init --plan {plan_file(tmp_path / 'none.yaml', '')}")
        heard = anju("report quarter Q2 --json")
        row = target(heard, "complete")
        assert (row["expected"], row["light"], row["status"]) == (None, None, None)
        assert "no project has a planned date in the plan" in anju("report quarter Q2").out

    def test_a_file_that_is_silent_on_projects_leaves_their_dates_as_they_are(self, slip, tmp_path):
        silent = plan_file(tmp_path / "silent.yaml", "")
        silent.write_text(silent.read_text("utf-8").replace("goal: 714", "goal: 720"), "utf-8")
        slip(f"plan apply {silent} --document N1 --effective 2020-08-01")
        assert target(slip("report year --json --as-of 2020-09-30"), "complete")["expected"] == 700

    def test_a_project_that_a_revision_drops_is_still_shown(self, moved, tmp_path):
        dropped = "\n".join(line for line in SLIP.splitlines() if "code: D" not in line) + "\n"
        moved(f"plan apply {plan_file(tmp_path / 'd.yaml', dropped)} --document N1 --effective 2020-08-01")
        moved("projects edit D --current complete=2020-09-30 --reason back")
        rows = moved("report quarter Q3 --as-of 2020-09-30 --json").json["slipped"]
        assert [(row["project"], row["planned_original"], row["document"]) for row in rows] == []
        fresh = moved("report quarter Q3 --as-of 2020-09-30 --json").json["project_plans"][0]
        assert (fresh["planned"], fresh["projects"]) == (314, 2)

    def test_a_revision_moves_a_project_that_is_in_no_register(self, anju, tmp_path):
        anju(f"init --plan {plan_file(tmp_path / 'p.yaml')}")
        gone = SLIP.replace("2020-09-30", "2020-10-31").replace("code: B", "code: C")
        anju(f"plan apply {plan_file(tmp_path / 'q.yaml', gone)} --document N1 --effective 2020-08-01")
        heard = anju("report quarter Q3 --as-of 2020-09-30 --json").json
        rows = {row["project"]: (row["planned_original"], row["planned"], row["days"]) for row in heard["slipped"]}
        assert rows == {"D": ("2020-09-30", "2020-10-31", None), "B": ("2020-12-31", None, None)}
        assert heard["projects_checked"] is False

    def test_one_units_report_has_the_slips_of_its_own_targets(self, moved):
        assert moved("report quarter Q3 --as-of 2020-09-30 --unit hsc --json").json["slipped"]
        assert moved("report quarter Q3 --as-of 2020-09-30 --unit edu --json").json["slipped"] == []

    @pytest.mark.parametrize(
        ("quarter", "listed"), [("Q2", ["A"]), ("Q3 --as-of 2020-09-30", ["A"]), ("Q4 --as-of 2020-12-31", [])]
    )
    def test_what_came_late_is_listed_until_the_quarter_in_which_it_came(self, slip, quarter, listed):
        slip("projects edit A --actual complete=2020-07-02 --reason 验收")
        slip("projects edit D --actual complete=2020-07-10 --reason 提前")
        rows = slip(f"report quarter {quarter} --json").json["slipped"]
        assert [row["project"] for row in rows] == listed

    def test_as_it_was_known_before_nothing_had_moved(self, slip):
        before = slip("progress add raise 1 --unit hsc -q Q2 --json").json["filing"]["recorded_at"]
        slip("projects edit D --current complete=2021-03-31 --reason 雨季")
        line = ["report quarter Q3 --as-of 2020-09-30 --json --known-at", before]
        assert slip(*line).json["slipped"] == []
        assert slip("report quarter Q3 --as-of 2020-09-30 --json").json["slipped"] != []


class TestBaseline:
    def test_it_needs_a_project_with_homes_and_a_date(self, office):
        order = "--document N1 --effective 2020-08-01"
        assert "no project in the register" in office(f"projects baseline {order}", code=4).err
        office("projects add P --name 一 --homes 9 --target raise=9")
        assert "no project in the register" in office(f"projects baseline {order}", code=4).err

    def test_the_plan_shows_what_it_has_of_projects(self, slip):
        rows = slip("plan show --json").json["projects"]
        assert [(row["project"], row["target"], row["homes"], row["planned"]) for row in rows] == [
            ("A", "complete", 300, "2020-06-30"),
            ("D", "complete", 400, "2020-09-30"),
            ("B", "complete", 14, "2020-12-31"),
        ]
        assert HOSTILE in slip("plan show").out

    def test_the_same_again_is_refused_and_a_dry_run_writes_nothing(self, slip):
        order = "--document N1 --effective 2020-08-01"
        assert "nothing to record" in slip(f"projects baseline {order}", code=4).err
        slip("projects edit B --current complete=2020-11-30 --reason early")
        slip(f"projects baseline {order} --dry-run")
        assert len(slip("plan list --json").json) == 1
        slip(f"projects baseline {order}")
        assert [row["document"] for row in slip("plan list --json").json] == [None, "N1"]
        assert slip("ledger verify").out == ""

    def test_actual_homes_without_a_planned_date_are_planned_for_when_they_came(self, office):
        office("projects add P --name 一 --homes 9 --target raise=9")
        office("projects edit P --actual raise=2020-05-01 --reason done")
        said = office("projects baseline --document N1 --effective 2020-01-01").err
        assert "no target of the plan has the pace projects" in said
        rows = office("report quarter Q2 --json").json["project_plans"]
        assert [(row["target"], row["planned"]) for row in rows] == [("raise", 9)]


class TestCounting:
    """By project: the larger of 基本建成 and 竣工, never more than its homes; homes counted in an earlier year count 0."""

    @pytest.mark.parametrize(
        ("homes", "earlier", "reported", "counts"),
        [
            (100, 0, [60, 0], 60),
            (100, 0, [60, 80], 80),
            (100, 0, [60, 40], 60),
            (100, 0, [120, 0], 100),
            (100, 30, [100, 100], 70),
            (100, 100, [100, 100], 0),
            (100, 120, [5], 0),
            (None, 0, [500], 500),
            (100, 0, [-5], 0),
            (100, 0, [], 0),
        ],
    )
    def test_the_rule(self, homes, earlier, reported, counts):
        assert counted(homes, earlier, reported) == counts

    @prepared
    def one(self, office):
        office("projects add P-1 --name 锦绣家园 --homes 100 --target complete=100@2020-06-30")
        return office

    def test_no_home_counts_twice_when_it_is_first_basically_completed_and_then_completed(self, one):
        one("progress add complete 100 --unit hsc --on 2020-03-01 --project P-1")
        refused = one("progress add complete 100 --unit tal --on 2020-06-01 --project P-1", code=4).err
        assert "P-1 has 100 homes: 100 are booked on complete" in refused and "0 remain" in refused
        one("progress add complete-final 100 --unit hsc --on 2020-06-01 --project P-1")
        (_final, check) = sorted(
            one("report quarter Q2 --json").json["project_checks"], key=lambda row: -len(row["target"])
        )
        assert (check["target"], check["booked"], check["counted"], check["unnamed"]) == ("complete", 100, 100, 0)

    def test_homes_of_an_earlier_year_are_refused(self, one):
        one("projects edit P-1 --set complete.earlier=80 --reason 2019年已计")
        assert (
            "80 counted in earlier years"
            in one("progress add complete 21 --unit hsc --on 2020-03-01 --project 锦绣", code=4).err
        )
        one("progress add complete 20 --unit hsc --on 2020-03-01 --project 锦绣")
        assert one("progress list --json").json[0]["project"] == "P-1"

    def test_what_is_completed_but_not_booked_as_basically_completed_is_said_and_counted(self, one):
        one("progress add complete 60 --unit hsc --on 2020-03-01 --project P-1")
        said = one("progress add complete-final 90 --unit hsc --on 2020-06-01 --project P-1").err
        assert "complete-final is 90, complete only 60" in said
        heard = one("report quarter Q2 --json").json
        (row,) = heard["project_counts"]
        assert (row["project"], row["target"], row["booked"], row["counted"]) == ("P-1", "complete", 60, 90)
        shown = one("report quarter Q2").out
        assert "Homes that count otherwise than booked" in shown and "锦绣家园 (P-1)" in shown

    def test_homes_taken_from_a_project_after_they_were_booked_no_longer_count(self, one):
        one("progress add complete 100 --unit hsc --on 2020-03-01 --project P-1")
        one("projects edit P-1 --homes 90 --set complete.homes=90 --reason 规划调整")
        (row,) = one("report quarter Q2 --json").json["project_counts"]
        assert (row["homes"], row["booked"], row["counted"]) == (90, 100, 90)
        one("progress reduce complete 10 --unit hsc --on 2020-06-01 --project P-1 --reason 核减")
        assert one("report quarter Q2 --json").json["project_counts"] == []

    def test_a_correction_may_not_count_more_than_the_project_has_either(self, one):
        one("progress add complete 90 --unit hsc --on 2020-03-01 --project P-1")
        assert "P-1 has 100 homes" in one("progress correct 1 101 --reason typo", code=4).err
        one("progress correct 1 100 --reason typo")
        one("progress void 1 --reason typo", code=4)
        one("progress void 2 --reason typo")

    def test_entries_without_a_project_are_named_as_not_checked(self, one):
        one("progress add complete 40 --unit hsc --on 2020-03-01 --project P-1")
        one("progress add complete 25 --unit hsc --on 2020-03-01")
        (check,) = one("report quarter Q2 --json").json["project_checks"]
        assert (check["booked"], check["by_project"], check["counted"], check["unnamed"]) == (65, 40, 40, 25)
        assert "40 of 65 homes name a project, 40 count" in one("report quarter Q2").out

    def test_without_a_register_any_name_is_kept_and_the_report_says_that_nothing_was_checked(self, office):
        office("progress add complete 5000 --unit hsc --on 2020-03-01 --project", HOSTILE)
        heard = office("report quarter Q1 --json").json
        assert (heard["projects_checked"], heard["project_checks"], heard["slipped"]) == (False, [], [])
        assert "No project register: homes were not checked by project." in office("report quarter Q1").out
        assert HOSTILE in office("progress list").out

    def test_entries_from_before_the_register_name_projects_that_are_not_in_it(self, office):
        office("progress add complete 5 --unit hsc --on 2020-03-01 --project 老项目")
        office("projects add P-1 --name 锦绣家园 --homes 100")
        (row,) = office("report quarter Q3 --json").json["project_counts"]
        assert (row["project"], row["name"], row["counted"]) == ("老项目", None, 5)
        assert "not in the register (老项目)" in office("report quarter Q3").out

    @pytest.mark.parametrize(
        ("named", "code", "said"),
        [
            pytest.param("P-1", 0, "", id="a code"),
            pytest.param("p-1", 0, "", id="a code in other letters"),
            pytest.param("锦绣家园", 0, "", id="a name"),
            pytest.param("绣家", 0, "", id="a part of a name"),
            pytest.param("P-9", 2, "did you mean P-1", id="something like a code"),
            pytest.param("P-", 2, "say which: P-1 锦绣家园, P-2 锦绣二期", id="several"),
            pytest.param("锦绣", 2, "say which: P-1 锦绣家园, P-2 锦绣二期", id="several names"),
        ],
    )
    def test_an_entry_names_a_project_by_code_name_or_part(self, one, named, code, said):
        one("projects add P-2 --name 锦绣二期 --homes 50")
        heard = one(f"progress add complete 1 --unit hsc --on 2020-03-01 --project {named}", code=code)
        assert said in heard.err and (code or one("progress list --json").json[0]["project"] == "P-1")

    def test_other_measures_are_not_counted_in_homes(self, one):
        one("progress add subsidy 500 --unit hsc --on 2020-03-01 --project P-1")
        one("progress add summary --unit wat -q Q2 --project P-1 --note words")
        assert one("report quarter Q1 --json").json["project_checks"] == []


class TestRegister:
    def test_what_is_added_is_kept_whole_and_printed_verbatim(self, office):
        office(
            "projects add PS-01 --homes 1,400 --way 配建 --type 公租房 --sub-district 坑梓街道 --builder 人才安居公司"
            " --stage 主体施工 --carried-from 2018 --slow 征地滞后 --problem 资金未落实 --supplied 2020-07-01 --name",
            HOSTILE,
        )
        (row,) = office("projects list --json").json
        assert row == row | {
            "plan": "pingshan-2020", "code": "PS-01", "name": HOSTILE, "homes": 1400, "way": "inclusionary",
            "type": "公租房", "sub_district": "坑梓街道", "builder": "人才安居公司", "stage": "structure",
            "carried_from": 2018, "slow": "征地滞后", "problem": "资金未落实", "supplied_on": "2020-07-01",
            "days_slipped": None, "facilities_overdue": 5,
        }  # fmt: skip
        for line in ("projects list", "projects show PS-01", "projects list --csv", "projects facilities"):
            assert HOSTILE in office(line).out
        coloured = office("projects show PS-01", FORCE_COLOR="1").out
        assert HOSTILE in coloured

    @pytest.mark.parametrize(
        ("options", "listed"),
        [("", ["P", "Q"]), ("--sub-district 坑梓", ["P"]), ("--problem", ["Q"]), ("--slipped", ["P", "Q"])],
    )
    def test_the_list_is_of_those_asked_for(self, office, options, listed):
        office("projects add P --name 一 --homes 9 --sub-district 坑梓街道 --target raise=9@2020-05-31")
        office("projects add Q --name 二 --homes 9 --problem 停工 --target raise=9@2020-05-31")
        office("projects edit Q --actual raise=2020-06-02 --reason done")
        assert [row["code"] for row in office(f"projects list {options} --json").json] == listed

    @pytest.mark.parametrize(
        ("line", "code", "said"),
        [
            pytest.param("add P --name 一 --homes 5", 4, "there is a project with this code (got P)", id="a code again"),
            pytest.param("add p --name 一 --homes 5", 4, "there is a project with this code", id="in other letters"),
            pytest.param("add X --name 一 --homes 5套", 2, "homes: not a quantity", id="a quantity with a unit"),
            pytest.param("add X --name 一 --homes 5 --way 买", 2, "way: no such word here", id="an unknown way"),
            pytest.param("add X --name 一 --homes 5 --carried-from 2020", 2, "not an earlier year", id="this year"),
            pytest.param("add X --name 一 --homes 5 --stage topping", 2, "topped_out", id="an unknown stage"),
            pytest.param("add X --name 一 --homes 5 --target raise", 2, "TARGET=HOMES@DATE", id="no homes"),
            pytest.param("add X --name 一 --homes 5 --target raise=x@6-30", 2, "homes: not a quantity", id="bad homes"),
            pytest.param("add X --name 一 --homes 5 --target raise=5@6-31", 2, "planned: month 6", id="no such day"),
            pytest.param("add X --name 一 --homes 5 --target rise=5", 2, "did you mean raise", id="no such target"),
            pytest.param("add X --name 一 --homes 5 --target subsidy=5", 4, "raise, complete, supply", id="households"),
            pytest.param("add X --name 一 --homes 5 --target subsidy-coverage=5", 4, "counted in homes", id="derived"),
            pytest.param("add X --name 一 --homes 5 --target raise=6", 4, "X has 5 homes", id="more than its homes"),
            pytest.param("add X --name 一 --homes 5 --target raise=5 --target 建设筹集=4", 2, "twice", id="twice"),
            pytest.param("edit P --reason x", 2, "nothing is said", id="nothing said"),
            pytest.param("edit P --homes 10 --reason x", 4, "recorded already", id="nothing new"),
            pytest.param("edit P --set home=9 --reason x", 2, "did you mean homes?", id="a field mistyped"),
            pytest.param("edit P --set zzz=9 --reason x", 2, "sub_district", id="no such field"),
            pytest.param("edit P --set homes --reason x", 2, "FIELD=VALUE", id="no value"),
            pytest.param("edit P --set raise.days=9 --reason x", 2, "no such field", id="no such field of a target"),
            pytest.param("edit P --target raise=10@2020-08-01 --reason x", 4, "--current raise=2020-08-01", id="原计划"),
            pytest.param("edit P --homes 9 --reason x", 4, "cannot have more (got 10)", id="fewer than a target has"),
            pytest.param("edit P --stage final --reason x --on 2020-01-01", 0, "", id="a first value may lie before"),
            pytest.param("edit P --homes 20 --reason x --on 2020-01-01", 4, "changed on 2020-07-15", id="the past"),
            pytest.param("edit Z --homes 20 --reason x", 2, "no such project", id="nobody"),
            pytest.param("show Z", 2, "no such project", id="nobody to show"),
        ],
    )  # fmt: skip
    def test_what_is_refused(self, office, line, code, said):
        office("projects add P --name 项目一 --homes 10 --target raise=10@2020-06-30")
        before = office("projects show P --json").json["history"]
        heard = office(f"projects {line}", code=code)
        assert said in heard.err
        assert code == 0 or office("projects show P --json").json["history"] == before

    @pytest.mark.parametrize("bad", ["a b", "", "x" * 61, "a\u202eb"])
    def test_a_code_is_one_word(self, office, bad):
        assert office("projects add --name 一 --homes 5 --", bad, code=2).out == ""

    @pytest.mark.parametrize("field", ["name", "homes"])
    def test_a_project_keeps_a_name(self, office, field):
        stated = {"name": "一", "homes": "5"} | {field: ""}
        line = ["projects add X --name", stated["name"], "--homes", stated["homes"]]
        assert f"a project needs its {field}" in office(*line, code=2).err

    @pytest.mark.parametrize(
        "line", ["projects show P", "projects edit P --homes 3 --reason x", "projects facility P gas"]
    )
    def test_an_empty_register_says_how_it_is_filled(self, office, line):
        assert "anju projects add or anju projects import" in office(line, code=4).err

    def test_every_change_is_kept_with_what_was_known_before_and_why(self, office):
        office("projects add P --name 项目一 --homes 10 --target raise=10@2020-06-30")
        office(
            "projects edit P --homes 12 --reason 规划调整 --document 坪规〔2020〕3号 --by 李四 --on 2020-07-10", code=4
        )
        office("projects edit P --homes 12 --reason 规划调整 --document 坪规〔2020〕3号 --by 李四")
        office("projects edit P --problem 停工 --reason 举报")
        office("projects edit P --set problem= --reason 复工")
        sheet = office("projects show P --json").json
        rows = [(row["field"], row["before"], row["value"], row["reason"], row["by"]) for row in sheet["history"]]
        assert rows == [
            ("name", None, "项目一", None, "tester"),
            ("homes", None, "10", None, "tester"),
            ("homes", None, "10", None, "tester"),
            ("planned", None, "2020-06-30", None, "tester"),
            ("homes", "10", "12", "规划调整", "李四"),
            ("problem", None, "停工", "举报", "tester"),
            ("problem", "停工", None, "复工", "tester"),
        ]
        assert sheet["history"][4]["document"] == "坪规〔2020〕3号" and sheet["project"]["problem"] is None
        shown = office("projects show P").out
        assert "规划调整" in shown and "坪规〔2020〕3号" in shown and "Quarter" not in shown

    def test_as_it_stood_on_a_day(self, office):
        office("projects add P --name 项目一 --homes 10 --on 2020-02-01")
        office("projects edit P --homes 12 --reason 规划调整 --on 2020-05-01")
        assert office("projects list --json --as-of 2020-03-01").json[0]["homes"] == 10
        assert office("projects list --json --as-of 2020-05-01").json[0]["homes"] == 12
        assert office("projects list --json --as-of 2020-01-01").json == []
        assert len(office("projects show P --json --as-of 2020-03-01").json["history"]) == 2

    def test_a_dry_run_writes_nothing(self, office):
        said = office("projects add P --name 项目一 --homes 10 --dry-run").out
        assert "Dry run" in said and office("projects list --json").json == []

    def test_what_was_recorded_is_said_as_json_too(self, office):
        done = office("projects add P --name 项目一 --homes 10 --target raise=10@2020-06-30 --json").json
        assert (done["act"], done["by"], done["dry_run"], len(done["changes"])) == ("add", "tester", False, 4)
        moved = office("projects edit P --current raise=2020-06-20 --reason 提前 --json").json
        (slip,) = moved["slipped"]
        assert (slip["days"], slip["planned"], slip["current"]) == (-10, "2020-06-30", "2020-06-20")
        assert "10 days earlier" in office("projects edit P --actual raise=2020-06-20 --reason done").out

    def test_a_changed_row_is_found_and_none_can_be_changed_in_passing(self, office):
        office("projects add P --name 项目一 --homes 10")
        connection = sqlite3.connect(os.environ["ANJU_DB"])
        for statement in (
            "UPDATE project_event SET value = '99'",
            "DELETE FROM project_event",
            "REPLACE INTO project_event SELECT * FROM project_event WHERE id = 1",
        ):
            with pytest.raises(sqlite3.IntegrityError, match="append-only"):
                connection.execute(statement)
        (trigger,) = connection.execute(
            "SELECT sql FROM sqlite_master WHERE name = 'project_event_no_update'"
        ).fetchone()
        connection.execute("DROP TRIGGER project_event_no_update")
        connection.execute("UPDATE project_event SET value = '99' WHERE id = 2")
        connection.execute(trigger)
        connection.commit()
        (fault,) = office("ledger verify --json", code=1).json
        assert (fault["check"], fault["row"]) == ("project", 2)

    def test_moments_of_the_register_and_of_filings_are_in_one_order(self, office):
        office("projects add P --name 项目一 --homes 10")
        office("progress add raise 1 --unit hsc -q Q2")
        moments = [
            office("projects show P --json").json["history"][0]["recorded_at"],
            office("progress list --json").json[0]["recorded_at"],
        ]
        assert moments == sorted(set(moments))


class TestFacilities:
    """Water, power, gas, road and bus must be in use when people move in; the others come by and by."""

    @prepared
    def one(self, office):
        office("projects add P --name 项目一 --homes 10 --target supply=10@2020-07-01")
        return office

    def test_a_required_one_is_overdue_when_the_homes_are_supplied_and_it_is_not_in_use(self, one):
        one("projects facility P 供水 --unit wat --planned 2020-06-30")
        one("projects facility P bus --unit tra --planned 2020-08-30")
        one("projects facility P gas --not-needed")
        one("projects facility P education --unit edu --planned 2020-09-01")
        rows = {row["kind"]: row for row in one("projects facilities --json").json}
        assert {kind: row["status"] for kind, row in rows.items()} == {
            "water": "late", "gas": "not_needed", "bus": "open", "education": "open",
        }  # fmt: skip
        one("projects edit P --actual supply=2020-07-06 --reason 入住")
        rows = {row["kind"]: row for row in one("projects facilities --json").json}
        assert {kind: row["status"] for kind, row in rows.items()} == {
            "water": "overdue", "power": "overdue", "gas": "not_needed", "road": "overdue", "bus": "overdue",
            "education": "open",
        }  # fmt: skip
        water = rows["water"]
        assert (water["due"], water["days_overdue"], water["working_days_overdue"]) == ("2020-07-06", 9, 7)
        assert one("projects list --json").json[0]["facilities_overdue"] == 4
        assert len(one("projects facilities --overdue --json --exit-code", code=1).json) == 4

    def test_once_in_use_it_keeps_the_days_it_was_late(self, one):
        one("projects edit P --supplied 2020-07-06 --reason 入住")
        one("projects facility P water --in-use 2020-07-09")
        one("projects facility P power --in-use 2020-07-06")
        rows = {row["kind"]: (row["status"], row["days_overdue"]) for row in one("projects facilities P --json").json}
        assert rows["water"] == ("in_use", 3) and rows["power"] == ("in_use", None)
        assert rows["road"] == ("overdue", 9)

    @pytest.mark.parametrize(
        ("kind", "planned", "status"),
        [("health", "2020-07-14", "late"), ("health", "2020-07-15", "open"), ("culture", "", "undated")],
    )
    def test_a_gradual_one_is_late_by_its_own_date_alone(self, one, kind, planned, status):
        one("projects edit P --supplied 2020-07-06 --reason 入住")
        one(f"projects facility P {kind} --unit hlt" + (f" --planned {planned}" if planned else ""))
        (row,) = [row for row in one("projects facilities --json").json if row["kind"] == kind]
        assert (row["status"], row["required"]) == (status, False)

    def test_its_dates_move_only_for_a_reason(self, one):
        one("projects facility P water --unit wat --planned 2020-06-30")
        assert "say why" in one("projects facility P water --current 2020-08-30", code=4).err
        assert "--current 2020-08-30" in one("projects facility P water --planned 2020-08-30 --reason x", code=4).err
        one("projects facility P water --current 2020-08-30 --reason 管网改道")
        (row,) = one("projects facilities --unit 水务局 --json").json
        assert (row["planned"], row["current"], row["unit_name_en"]) == ("2020-06-30", "2020-08-30", "Water Authority")
        assert one("projects facilities --unit edu --json").json == []

    def test_a_unit_sees_what_it_answers_for(self, one):
        one("projects facility P water --unit wat --planned 2020-06-30")
        (row,) = one("units show wat --json").json["facilities"]
        assert (row["project"], row["kind"]) == ("P", "water")
        assert "In use since" in one("units show wat").out and "In use since" not in one("units show edu").out

    @pytest.mark.parametrize(
        ("line", "said"),
        [("roads", "education"), ("water", "--not-needed"), ("water --unit nobody", "no such body"), ("gas --planned x", "planned")],
    )  # fmt: skip
    def test_what_cannot_be_read(self, one, line, said):
        assert said in one(f"projects facility P {line}", code=2).err

    def test_what_the_register_says_of_the_two_milestones_is_shown_beside_them_and_never_booked(self, one):
        one("projects add Q --name 项目二 --homes 5")
        for kind in ("water", "power", "gas", "road", "bus"):
            one(f"projects facility P {kind} --unit wat --planned 2020-06-30")
            one(f"projects facility Q {kind} --unit wat --planned 2020-12-30")
        one("projects facility P bus --current 2020-07-02 --reason late")
        one("projects facility Q gas --not-needed")
        one("progress add ms-q1-survey 60 --unit hsc --on 2020-03-20")
        rows = one("projects facilities --milestones --json").json
        assert [
            (row["milestone"], row["done"], row["of"], row["register_level"], row["booked_level"]) for row in rows
        ] == [
            ("ms-q1-survey", 10, 18, 55, 60),
            ("ms-q1-syncplan", 8, 9, 88, 0),
        ]
        assert "never booked" in one("projects facilities --milestones").out
        assert len(one("progress list --json").json) == 1

    def test_a_plan_without_these_milestones_has_nothing_to_show(self, district):
        assert district("projects facilities --milestones --json").json == []


class TestSchedule:
    """倒排工期: nodes dated backwards from the deadline, planned and actual, with the variance in days."""

    NODES = "--node 基础施工=90 --node 主体施工=150 --node 竣工验收=45"

    @prepared
    def one(self, office):
        office("projects add P --name 项目一 --homes 10")
        return office

    def test_the_dates(self):
        nodes = scheduled(date(2020, 12, 31), [("a", 90), ("b", 150), ("c", 45)])
        assert [(node.name, node.planned) for node in nodes] == [
            ("a", date(2020, 6, 19)),
            ("b", date(2020, 11, 16)),
            ("c", date(2020, 12, 31)),
        ]

    def test_nodes_are_dated_backwards_and_their_variance_is_in_days(self, one):
        said = one(f"projects schedule P --deadline 2020-12-31 {self.NODES}").err
        assert "should have begun on 2020-03-21, 116 days ago" in said
        one("projects schedule P --done 基础=2020-06-10 --done 主体施工=2020-11-30")
        sheet = one("projects show P --json").json
        rows = [(row["node"], row["begins"], row["planned"], row["actual"], row["variance"]) for row in sheet["nodes"]]
        assert rows == [
            ("基础施工", "2020-03-21", "2020-06-19", "2020-06-10", -9),
            ("主体施工", "2020-06-19", "2020-11-16", "2020-11-30", 14),
            ("竣工验收", "2020-11-16", "2020-12-31", None, None),
        ]
        assert sheet["deadline"] == "2020-12-31" and "+14" in one("projects show P").out

    def test_another_deadline_moves_all_of_them_for_a_reason(self, one):
        one(f"projects schedule P --deadline 2020-12-31 {self.NODES}")
        assert "say why" in one("projects schedule P --deadline 2021-01-10", code=4).err
        one("projects schedule P --deadline 2021-01-10 --reason 批准延期")
        assert [row["planned"] for row in one("projects show P --json").json["nodes"]] == [
            "2020-06-29", "2020-11-26", "2021-01-10",
        ]  # fmt: skip
        one("projects schedule P --deadline 2021-01-10 --node 主体施工=150 --node 验收=30 --reason 合并")
        assert [row["node"] for row in one("projects show P --json").json["nodes"]] == ["主体施工", "验收"]

    @pytest.mark.parametrize(
        ("line", "said"),
        [
            pytest.param("", "nothing is said of the schedule", id="nothing"),
            pytest.param("--deadline 2020-12-31", "has no nodes yet", id="no nodes"),
            pytest.param("--node 甲=5", "backwards from a deadline", id="no deadline"),
            pytest.param("--deadline 2020-12-31 --node 甲", "NAME=DAYS", id="no days"),
            pytest.param("--deadline 2020-12-31 --node 甲=x", "not a number of days", id="not days"),
            pytest.param("--deadline 2020-12-31 --node 甲=9999", "not a number of days", id="too many"),
            pytest.param("--deadline 2020-12-31 --node 甲=5 --node 甲=6", "named twice", id="twice"),
            pytest.param("--done 甲=2020-06-01", "no such node", id="no such node"),
            pytest.param("--deadline 2020-12-31 --node 甲=5 --node 甲乙=6 --node 甲丙=6 --done 甲x=6-1", "no such", id="none"),
            pytest.param("--deadline 2020-12-31 --node 甲乙=6 --node 甲丙=6 --done 甲=6-1", "several nodes", id="several"),
            pytest.param("--deadline 0009-12-31 --node 甲=3660 --node 乙=30", "reach back too far", id="before time"),
        ],
    )  # fmt: skip
    def test_what_cannot_be_read(self, one, line, said):
        assert said in one(f"projects schedule P {line}", code=2).err

    def test_days_may_be_said_in_chinese_and_a_node_finished_at_once(self, one):
        one("projects schedule P --deadline 2020-12-31 --node 验收=45天 --done 验收=2020-12-30")
        (row,) = one("projects show P --json").json["nodes"]
        assert (row["days"], row["variance"]) == (45, -1)


HEAD = "项目编码,项目名称,所属街道,筹建方式,指标,计划套数,原计划日期,预计日期,形象进度\n"
GOOD = (
    HEAD
    + "P-1,锦绣家园,坑梓街道,建设,基本建成,100,2020/6/30,2020年9月30日,主体施工\n"
    + "P-1,,,,竣工,90,2020-12-31,,\n"
    + "P-2,=HYPERLINK(1),马峦,配建,建设筹集,50,6-30,,未开工\n"
)


class TestImport:
    @pytest.fixture
    def load(self, office, tmp_path):
        def load(text, *more, name="projects.csv", encoding="utf-8-sig", **expecting):
            (tmp_path / name).write_bytes(text if isinstance(text, bytes) else text.encode(encoding))
            return office("projects import", str(tmp_path / name), *more, **expecting)

        load.office = office
        return load

    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
    def test_rows_become_projects_with_a_target_each(self, load, encoding):
        load("项目表,,\n" + GOOD, encoding=encoding)
        rows = load.office("projects list --json").json
        assert [(row["code"], row["name"], row["homes"], row["way"], row["stage"]) for row in rows] == [
            ("P-1", "锦绣家园", 100, "build", "structure"),
            ("P-2", "=HYPERLINK(1)", 50, "inclusionary", "not_started"),
        ]
        assert rows[0]["days_slipped"] == 92 and "'=HYPERLINK(1)" in load.office("projects list --csv").out
        courses = load.office("projects show P-1 --json").json["courses"]
        assert [(each["target"], each["homes"], each["planned"], each["current"]) for each in courses] == [
            ("complete", 100, "2020-06-30", "2020-09-30"),
            ("complete-final", 90, "2020-12-31", "2020-12-31"),
        ]
        assert load.office("projects show P-1 --json").json["history"][0]["source"] == "projects.csv"

    def test_a_workbook_says_the_same(self, load, tmp_path):
        book = Workbook()
        book.active.append(["说明"])
        sheet = book.create_sheet("项目明细")
        sheet.append(["坪山区项目表"])
        sheet.append(["项目名称", "项目编码", "指标", "计划套数", "总套数", "原计划日期"])
        sheet.append(["锦绣家园", 12345, "基本建成（含竣工）", 90.0, 100, date(2020, 6, 30)])
        book.save(tmp_path / "projects.xlsx")
        load.office(f"projects import {tmp_path / 'projects.xlsx'}")
        (row,) = load.office("projects list --json").json
        (course,) = load.office("projects show 12345 --json").json["courses"]
        assert (row["code"], row["homes"], course["homes"], course["planned"]) == ("12345", 100, 90, "2020-06-30")

    def test_the_same_again_adds_nothing_and_other_values_need_update_and_a_reason(self, load):
        load(GOOD)
        again = load(GOOD)
        assert "2 projects are in the register as they are in the file" in again.out
        other = GOOD.replace("主体施工", "封顶").replace("2020年9月30日", "2020-10-31")
        refused = load(other, code=1)
        assert "complete.current 2020-09-30" in refused.err and "--update --reason" in refused.err
        assert "say why" in load(other, "--update", code=4).err
        load(other, "--update", "--reason", "七月月报")
        sheet = load.office("projects show P-1 --json").json
        assert sheet["project"]["stage"] == "topped_out" and sheet["courses"][0]["current"] == "2020-10-31"
        moved = GOOD.replace("2020/6/30", "2020/7/30")
        assert "the date first planned stands" in load(moved, "--update", "--reason", "x", code=1).err

    def test_every_problem_is_told_at_once_and_nothing_is_written(self, load):
        heard = load(
            HEAD
            + "P-1,一号,坑梓,建设,基本建成,1O0,2020-06-31,,主体\n"
            + "P-1,一好,坑梓,建设,基本建成,100,,,\n"
            + "P 2,二号,坑梓,建设,供应,5,,,\n"
            + ",无码,坑梓,建设,供应,5,,,\n"
            + "P-3,,坑梓,买,竣,5,,,\n"
            + "P-4,四号,坑梓,建设,,,2020-06-30,,\n"
            + "P-5,五号,坑梓,建设,住房货币补贴,5,,,\n"
            + "p-5,六号,坑梓,建设,供应,7,,,\n",
            code=1,
        )
        assert "15 problems in the file; nothing was written" in heard.err
        for said in (
            "projects.csv:2: 计划套数: homes: not a quantity (got '1O0')",
            "projects.csv:2: 原计划日期: planned: month 6 of 2020 has no day 31",
            "projects.csv:2: 形象进度: stage: no such word here (got '主体')",
            "projects.csv:3: 项目名称: found '一好', expected 一号, as in row 2",
            "projects.csv:3: 指标: found '基本建成', expected each target of a project once; row 2 has it",
            "projects.csv:4: 项目编码: not a project code (got 'P 2')",
            "projects.csv:5: 项目编码: not a project code (got '')",
            "projects.csv:6: 项目名称: found nothing",
            "projects.csv:6: 筹建方式: way: no such word here (got '买')",
            "projects.csv:6: 指标: several items match (got '竣')",
            "projects.csv:7: 指标: found nothing, expected the target that the dates are of",
            "projects.csv:8: 指标: projects bring homes to targets counted in homes (got '住房货币补贴')",
            "projects.csv:9: 项目编码: found 'p-5', expected a new code, or exactly P-5",
        ):
            assert said in heard.err
        assert heard.out == "" and load.office("projects list --json").json == []

    @pytest.mark.parametrize(
        ("text", "code", "said"),
        [
            pytest.param("甲,乙\n1,2\n", 1, "no column of this name", id="no head"),
            pytest.param("", 1, "no column of this name", id="an empty file"),
            pytest.param("项目编码,套数\nP,1\n", 1, "no column 项目名称", id="no names"),
            pytest.param("项目编码,项目代码,项目名称\nP,P,1\n", 1, "one column for this; 项目编码 is one too", id="two of one"),
            pytest.param('项目编码,项目名称\nP,"一\n', 1, "not well-formed CSV", id="an open quote"),
            pytest.param(b"\x81\x00\xff", 1, "neither UTF-8 nor GB18030", id="no text"),
            pytest.param("项目编码,项目名称\nP," + "一" * 3000 + "\n", 1, "longer than 2000 characters", id="a huge cell"),
            pytest.param("项目编码,项目名称\n" + "P,一\n" * 25_001, 1, "too many rows", id="too many rows"),
            pytest.param(b"x" * 5_000_001, 1, "too large", id="too large"),
            pytest.param("项目编码,项目名称\nP\u202e,一\n", 1, "a character that may not be kept", id="a bidi character"),
            pytest.param("\n" * 30 + "项目编码,项目名称\nP,1\n", 1, "no column of this name", id="a head too deep"),
        ],
    )  # fmt: skip
    def test_files_that_cannot_be_read(self, load, text, code, said):
        heard = load(text, code=code)
        assert said in heard.out + heard.err and "\u202e" not in heard.out + heard.err

    def test_kinds_of_files_that_are_not_read(self, load, office, tmp_path):
        assert "save it as .xlsx or .csv" in load(b"\xd0\xcf\x11\xe0", name="old.xls", code=1).err
        assert "cannot be read" in office(f"projects import {tmp_path / 'none.csv'}", code=3).err
        assert "the workbook is damaged" in load(b"PK\x03\x04 no zip", name="x.xlsx", code=1).err

    def test_a_project_without_targets_and_columns_that_are_not_taken(self, load):
        heard = load("项目编码,项目名称,计划套数,备注\nP-1,一号,30,x\n")
        assert "columns not taken: 备注" in heard.err
        assert load.office("projects list --json").json[0]["homes"] == 30
        load("项目编码,项目名称,总套数,指标\nP-2,二号,40,供应\n", name="b.csv")
        assert load.office("projects show P-2 --json").json["courses"] == []

    def test_the_largest_of_several_homes_is_the_projects_where_no_column_says_it(self, load):
        load("项目编码,项目名称,指标,计划套数\nP-1,一号,供应,30\nP-1,一号,raise,50\nP-1,一号,complete,9\n")
        assert load.office("projects list --json").json[0]["homes"] == 50


def test_the_demo_has_projects_that_have_slipped_and_lack_their_bus(anju, tmp_path):
    anju(f"demo --db {tmp_path / 'demo.db'}")
    (late,) = anju("report quarter Q2 --json", db=str(tmp_path / "demo.db")).json["slipped"]
    (bus,) = anju("projects facilities --overdue --json", db=str(tmp_path / "demo.db")).json
    assert (late["project"], late["days"]) == ("YS-02", 182)
    assert (bus["project"], bus["kind"], bus["unit"], bus["days_overdue"]) == ("YS-03", "bus", "tra", 14)


@pytest.mark.parametrize(
    "line", ["anju projects show P-", "anju projects facilities P-", "anju progress add raise 1 --project P-"]
)
def test_projects_complete_by_code(office, line):
    from tests.conftest import process

    office("projects add P-1 --name 锦绣 --homes 5")
    office("projects add P-2 --name 花园 --homes 5")
    office("projects add Q --name 别苑 --homes 5")
    words = line.split(" ")
    done = process(_ANJU_COMPLETE="complete_bash", COMP_WORDS=line, COMP_CWORD=str(len(words) - 1))
    assert done.stdout.split() == ["P-1", "P-2"]


class TestPlanFile:
    @pytest.mark.parametrize(
        ("projects", "said"),
        [
            pytest.param("- {code: A, name: 甲, planned: []}", "planned: found nothing, expected at least one", id="none"),
            pytest.param("- {code: A, name: 甲}", "planned: found nothing, expected a value", id="no plan"),
            pytest.param("- {code: A, name: 甲, planned: [{target: raise, homes: 5, date: 2020-06-31}]}", "a date that exists", id="no day"),
            pytest.param("- {code: A, name: 甲, planned: [{target: rise, homes: 5, date: 2020-06-30}]}", "raise, perhaps", id="no target"),
            pytest.param("- {code: A, name: 甲, planned: [{target: raise, hoems: 5, date: 2020-06-30}]}", "homes, perhaps", id="a key mistyped"),
            pytest.param("- {code: A, name: 甲, planned: [{target: subsidy-coverage, homes: 5, date: 2020-06-30}]}", "counted in whole homes", id="derived"),
            pytest.param("- {code: A, name: 甲, planned: [&x {target: raise, homes: 5, date: 2020-06-30}]}", "no anchors", id="an anchor"),
            pytest.param(
                "- {code: A, name: 甲, planned: [{target: raise, homes: 5, date: 2020-06-30}, {target: raise, homes: 5, date: 2020-07-30}]}",
                "each target once", id="a target twice",
            ),
            pytest.param(
                "- {code: A, name: 甲, planned: [{target: raise, homes: 5, date: 2020-06-30}]}\n"
                "  - {code: a, name: 乙, planned: [{target: raise, homes: 5, date: 2020-06-30}]}",
                "projects[0] has it", id="a code twice",
            ),
        ],
    )  # fmt: skip
    def test_mistakes_are_named_with_their_place(self, anju, tmp_path, projects, said):
        path = plan_file(tmp_path / "p.yaml", f"\nprojects:\n  {projects}\n")
        heard = anju(f"plan check {path}", code=1)
        assert said in heard.out and "projects[" in heard.out

    def test_parts_of_units_and_projects_exclude_each_other(self, anju, tmp_path):
        path = plan_file(tmp_path / "p.yaml")
        text = path.read_text("utf-8").replace("    goal: 714\n", "    goal: 714\n    allocations: {hsc: 714}\n")
        path.write_text(text, "utf-8")
        assert "and are not divided among units" in anju(f"plan check {path}", code=1).out
        text = path.read_text("utf-8").replace("    allocations: {hsc: 714}\n", "    decimals: 1\n")
        path.write_text(text, "utf-8")
        assert "projects bring whole homes" in anju(f"plan check {path}", code=1).out

    def test_a_parent_expects_what_the_projects_of_its_children_bring(self, anju, tmp_path):
        from tests.conftest import EXAMPLE

        text = EXAMPLE.read_text("utf-8").replace(
            "pace: {2020-06-30: 50%, 2020-08-31: 80%, 2020-10-31: 100%}", "pace: projects"
        )
        text += "      - {target: reno-north, homes: 700, date: 2020-07-31}\n"
        (tmp_path / "p.yaml").write_text(text, "utf-8")
        anju(f"init --plan {tmp_path / 'p.yaml'}")
        heard = anju("report year --json --as-of 2020-08-01")
        assert target(heard, "reno")["expected"] == 700 and target(heard, "reno-south")["expected"] is None

    def test_a_plan_recorded_before_there_were_projects_is_read(self, office):
        from anju_cli.domain.plan import Plan
        from anju_cli.domain.records import rebuilt, stored
        from anju_cli.plan_file import load_or_fail, shipped

        plan = load_or_fail(shipped())
        old = {name: value for name, value in stored(plan).items() if name != "projects"}
        assert rebuilt(Plan, old) == plan


class TestPastItsDate:
    """A project past its planned date without an actual date has slipped, day by day, until somebody dates it."""

    @pytest.fixture
    def planned(self, district):
        line = "projects add P1 --name 一期 --homes 400 --way build --target raise=400@2020-05-31 --on 2020-05-01"
        district(line, today="2020-05-01")
        return district

    @pytest.mark.parametrize(("today", "days"), [("2020-05-31", None), ("2020-06-01", 1), ("2020-07-15", 45)])
    def test_it_slips_from_the_day_after(self, planned, today, days):
        assert [row["days_slipped"] for row in planned("projects list --json", today=today).json] == [days]
        assert len(planned("projects list --slipped --json", today=today).json) == (days is not None)

    def test_a_later_date_that_has_passed_too_is_no_better(self, planned):
        planned("projects edit P1 --current raise=2020-06-20 --reason 延期 --on 2020-06-01", today="2020-06-01")
        assert planned("projects list --json", today="2020-06-10").json[0]["days_slipped"] == 20
        assert planned("projects list --json", today="2020-07-15").json[0]["days_slipped"] == 45

    def test_homes_that_are_all_counted_have_not_slipped(self, planned):
        planned("progress add raise 399 --unit hsc --on 2020-06-10 --project P1")
        assert planned("projects list --json").json[0]["days_slipped"] == 45
        planned("progress add raise 1 --unit hsc --on 2020-06-20 --project P1")
        assert planned("projects list --json").json[0]["days_slipped"] is None

    def test_an_actual_date_ends_it(self, planned):
        planned("projects edit P1 --actual raise=2020-06-05 --on 2020-06-06 --reason 竣工", today="2020-06-06")
        assert planned("projects list --json", today="2020-07-15").json[0]["days_slipped"] == 5

    def test_the_report_and_the_bulletin_say_so(self, planned, tmp_path):
        (late,) = planned("report quarter Q2 --json").json["slipped"]
        assert (late["days"], late["lapsed"], late["actual"]) == (30, True, None)
        planned(f"report quarter Q2 -o {tmp_path}/q2.docx")
        text = "\n".join(paragraph.text for paragraph in Document(str(tmp_path / "q2.docx")).paragraphs)
        assert "一期原计划2020年5月31日完成，截至2020年6月30日尚未完成，已推迟30天，影响" in text
