"""Which of several plans in one file is meant: the quarter or the day decides, or the person is asked."""

import pytest
from openpyxl import load_workbook

from tests.conftest import EXAMPLE, prepared
from tests.every_command import FIGURE, HELD, MEETING, PROJECT, READS, SLIP, TASK, leaves

JANUARY = {"today": "2021-01-15"}
FEBRUARY = {"today": "2021-02-20"}
OLD, NEW = "pingshan-2020", "pingshan-2021"


@prepared
def two_years(office, tmp_path):
    """The plan of 2020, and that of 2021, which was made of it."""
    path = tmp_path / "next.yaml"
    path.write_text(office("plan new --from 2020", today="2020-12-31").out, encoding="utf-8")
    office(f"plan apply {path}", today="2020-12-31")


@prepared
def late_review(two_years):
    """2020 Q4 is locked and not closed."""
    two_years("review open Q4", **JANUARY)
    two_years("review lock Q4", **JANUARY)


@prepared
def two_of_a_year(office):
    """Two plans of 2020 in one file."""
    office(f"plan apply {EXAMPLE}")


@pytest.mark.parametrize(
    ("line", "plan"),
    [
        pytest.param("report quarter Q4 --json", OLD, id="the quarter that is over"),
        pytest.param("report quarter Q1 --json", NEW, id="the quarter that has begun"),
        pytest.param("report quarter Q2 --json", OLD, id="the quarter that has been"),
        pytest.param("report quarter 2020Q1 --json", OLD, id="a quarter with its year"),
        pytest.param("report quarter 2021Q3 --json", NEW, id="a quarter of the year to come"),
        pytest.param("progress add raise 1 --unit hsc -q Q4 --received 1-8 --dry-run --json", OLD, id="a return"),
        pytest.param("progress add raise 1 --unit hsc --on 12-28 --dry-run --json", OLD, id="a day of last year"),
        pytest.param("progress add raise 1 --unit hsc --on 1-5 --dry-run --json", NEW, id="a day of this year"),
        pytest.param("progress add raise 1 --unit hsc --on 2021-01-05 --dry-run --json", NEW, id="a whole date"),
        pytest.param("report year --as-of 2020-12-31 --json", OLD, id="as of a day of last year"),
        pytest.param("report year --as-of 2021-01-14 --json", NEW, id="as of a day of this year"),
        pytest.param("report year --json", OLD, id="neither: the plan that is still assessed"),
    ],
)
def test_in_january_the_quarter_or_the_day_decides(two_years, line, plan):
    assert two_years(line, **JANUARY).json["plan"] == plan


@pytest.fixture
def january(two_years, tmp_path):
    """Something of everything in each of both plans; 2020 Q4 is assessed, and its figures are locked."""
    (tmp_path / "r.csv").write_text("任务编号,本期完成\nwat-river,2\n", encoding="utf-8")
    for plan, on, due in ((OLD, "2020-12-20", "2021-01-12"), (NEW, "2021-01-04", "2021-03-01")):
        lines = [
            f"progress add raise 9 --unit hsc --on {on}", f"slips issue raise --unit hsc --due {due} --on {on}",
            f"tasks assign 清单 --source 会议 --unit hcb --due {due} --on {on}", f"meetings add 会 --on {on} --chair 组长",
            f"projects add PS-01 --name 一期 --homes 400 --on {on}",
        ]  # fmt: skip
        for line in lines:
            two_years(f"{line} --plan {plan}", **JANUARY)
    two_years("review open Q4", **JANUARY)
    two_years("review lock Q4", **JANUARY)
    two_years("review result hsc not-met -q Q4", **JANUARY)
    two_years("review result all met -q Q4", **JANUARY)
    return two_years


REOPENED = "review reopen 2020Q4 --reason r --document d"
OF_A_QUARTER = {
    "progress add": [REOPENED, "progress add supply 1 --unit hsc -q {quarter} --received 1-14 --dry-run"],
    "progress reduce": [REOPENED, "progress reduce raise 1 --unit hsc --reason r -q {quarter} --received 1-14 --dry-run"],
    "progress list": ["progress list -q {quarter}"],
    "progress template": ["progress template -q {quarter} -u hsc -o {folder}/form.xlsx --force"],
    "progress import": [REOPENED, "progress import {folder}/r.csv -u wat -q {quarter} --received 1-14 --dry-run"],
    "report quarter": ["report quarter {quarter}"],
    "report why": ["report why {quarter}"],
    "report unit": ["report unit hsc -q {quarter}"],
    "units overdue": ["units overdue -q {quarter}"],
    "calendar dates": ["calendar dates {quarter}"],
    "calendar deadline": [REOPENED, "calendar deadline {quarter} 5-10 --document d --dry-run"],
    "interviews propose": ["interviews propose {quarter} --dry-run"],
    "review show": ["review show {quarter}"],
    "review open": ["review open {quarter} --dry-run"],
    "review lock": [REOPENED, "review lock {quarter} --dry-run"],
    "review confirm": ["review confirm hsc -q {quarter} --dry-run"],
    "review result": ["review result hsc met -q {quarter} --dry-run"],
    "review close": ["review close {quarter} --on 1-14 --document d --dry-run"],
    "review bulletin": ["review close Q4 --on 1-14 --document d", "review bulletin {quarter} --number n --recipients r --dry-run"],
    "review reopen": ["review reopen {quarter} --reason r --document d --dry-run"],
}  # fmt: skip
"""By command with a quarter: the lines that end with it."""
OVER_ALONE = {"report why", *(command for command in OF_A_QUARTER if command.startswith("review "))} - {
    "review open",
    "review show",
}
"""What can be done of a quarter only once it is over, or locked."""


def test_every_command_with_a_quarter_or_a_day_has_its_place_in_the_table():
    with_a_quarter = {
        path for path, parameters in leaves() if any("QUARTER" in (each.metavar or "") for each in parameters)
    }
    assert with_a_quarter == set(OF_A_QUARTER)


@pytest.mark.parametrize("command", OF_A_QUARTER)
def test_in_january_the_quarter_decides_for_every_command_that_names_one(january, tmp_path, command):
    for quarter, plan in (("Q4", OLD), ("Q1", NEW), ("2020Q4", OLD), ("2021Q1", NEW)):
        if plan == NEW and command in OVER_ALONE:
            continue
        quarter = quarter.replace("Q4", "Q3") if command == "review open" else quarter
        *before, line = OF_A_QUARTER[command]
        for each in before if quarter == "Q4" else ():
            january(each, **JANUARY)
        said = january(line.format(quarter=quarter, folder=tmp_path), **JANUARY).out
        if command == "progress template":
            title = load_workbook(tmp_path / "form.xlsx").active["A1"].value
            said = f"(pingshan-{title[3:7]})"
        assert f"({plan})" in said, (quarter, said)


BY_DAY = sorted(
    path for path, parameters in leaves()
    if path in READS and path not in OF_A_QUARTER and any(parameter.name == "as_of" for parameter in parameters)
    and path not in ("interviews show", "reconcile")
)  # fmt: skip


@pytest.mark.parametrize("command", BY_DAY)
def test_in_january_the_day_decides_for_every_answer_as_of_a_day(january, command):
    for day, plan in (("2020-12-31", OLD), ("12-31", OLD), ("2021-01-14", NEW), ("1-14", NEW)):
        assert f"({plan})" in january(f"{READS[command]} --as-of {day}", **JANUARY).out, day


@pytest.mark.parametrize(
    "line",
    [
        "progress add supply 1 --unit hsc --on {day}", "progress reduce raise 1 --unit hsc --reason r --on {day}",
        "units record hsc team --document d --on {day}", "slips issue supply --unit hsc --due 2021-03-01 --on {day}",
        "slips acknowledge 1 --on {day}", "slips extend 1 --due 2021-04-01 --reason r --on {day}",
        "slips close 1 --note n --on {day}", "slips cancel 1 --reason r --on {day}",
        "meetings add 会 --on {day} --chair 组长", "meetings topics 1 x --unit hsc --on {day}",
        "meetings attend 1 hsc --on {day}", "meetings cancel 1 --reason r --on {day}",
        "tasks assign x --source 会议 --unit hcb --due 2021-03-01 --on {day}",
        "tasks extend 1 --due 2021-04-01 --reason r --on {day}", "tasks close 1 --note n --on {day}",
        "tasks cancel 1 --reason r --on {day}", "projects add X --name x --homes 5 --on {day}",
        "projects edit PS-01 --stage 封顶 --reason r --on {day}", "projects withdraw PS-01 --reason r --on {day}",
        "projects facility PS-01 water --unit wat --on {day}",
        "projects schedule PS-01 --deadline 2021-06-30 --node 主体=30 --on {day}",
    ],
)  # fmt: skip
def test_in_january_the_day_decides_for_every_write_that_names_one(january, line):
    january(REOPENED, **JANUARY)
    for day, plan in (("2020-12-28", OLD), ("12-28", OLD), ("2021-01-08", NEW), ("1-8", NEW)):
        assert f"({plan})" in january(f"{line.format(day=day)} --dry-run", **JANUARY).out, day


def test_in_january_a_write_with_neither_is_refused(two_years):
    assert "--quarter Q4" in two_years("progress add raise 1 --unit hsc", code=4, today="2021-01-08").err


def test_an_entry_that_is_named_is_found_in_its_own_plan(two_years):
    two_years("progress add raise 5 --unit hsc --on 1-5", **JANUARY)
    two_years("progress correct 1 6 --reason misread", **JANUARY)
    assert two_years("progress show 1 --json", **JANUARY).json[0]["quantity"] == 5
    assert two_years("progress undo --json", **JANUARY).json["plan"] == NEW


@pytest.mark.parametrize(
    ("line", "today", "plan"),
    [
        pytest.param("report quarter Q4 --json", "2021-01-28", OLD, id="its window is over, its review is not"),
        pytest.param("report quarter Q4 --json", "2021-03-31", OLD, id="to the last of March"),
        pytest.param("report quarter Q4 --json", "2021-04-01", NEW, id="and no longer"),
        pytest.param("report quarter Q1 --json", "2021-02-20", NEW, id="the new year runs beside it"),
        pytest.param("progress add raise 1 --unit hsc --dry-run --json", "2021-02-20", NEW, id="what is new is new"),
    ],
)
def test_a_plan_holds_until_its_last_review_is_closed_and_circulated(late_review, line, today, plan):
    assert late_review(line, today=today).json["plan"] == plan


def test_once_the_bulletin_is_recorded_it_holds_no_more(late_review):
    late_review("review result all met", **FEBRUARY)
    late_review("review close Q4 --on 2021-02-18 --document D1", **FEBRUARY)
    assert late_review("report quarter Q4 --json", **FEBRUARY).json["plan"] == OLD
    late_review("review bulletin Q4 --number D2 --recipients 各成员单位", **FEBRUARY)
    assert late_review("report quarter Q4 --json", **FEBRUARY).json["plan"] == NEW
    assert late_review("report quarter 2020Q4 --json", **FEBRUARY).json["plan"] == OLD


def test_without_a_review_it_ends_with_the_window(two_years):
    assert two_years("report quarter Q4 --json", today="2021-01-20").json["plan"] == OLD
    assert two_years("report quarter Q4 --json", today="2021-01-21").json["plan"] == NEW


def test_a_year_without_a_plan_is_named(two_years):
    refused = two_years("report quarter 2019Q4", code=2).err
    assert "2019" in refused and f"{OLD}, {NEW}" in refused


class TestTwoPlansOfOneYear:
    def test_a_write_says_which(self, two_of_a_year):
        refused = two_of_a_year("progress add raise 5 --unit hsc -q Q2", code=2).err
        assert "example-2020, pingshan-2020" in refused and "--plan" in refused
        assert two_of_a_year("progress list --json --plan pingshan-2020").json == []

    def test_a_read_says_which_it_took(self, two_of_a_year):
        assert two_of_a_year("report year").err == "note: plan example-2020; --plan names another\n"

    def test_a_receipt_names_its_plan_and_its_undo_runs_as_printed(self, two_of_a_year):
        out = two_of_a_year("progress add raise 5 --unit hsc -q Q2 --plan pingshan-2020").out
        assert "(pingshan-2020)" in out
        undo = next(line.removeprefix("Undo: anju ") for line in out.splitlines() if line.startswith("Undo: "))
        two_of_a_year(undo)


@pytest.mark.parametrize(
    "line",
    [
        "progress add raise 5 --unit hsc -q Q2",
        "review open Q2",
        "slips issue raise --unit hsc --due 2020-07-30",
        "projects add PS-01 --name 坪山一期 --homes 400",
        "tasks assign list --source 会议 --unit hcb --due 2020-08-10",
    ],
)
def test_every_receipt_names_its_plan(office, line):
    assert "(pingshan-2020)" in office(line).out


WITHOUT_A_PLAN = {
    "plan list": "of all plans, each named in its row",
    "plan check": "of a file",
    "plan schema": "of any file",
    "plan new": "a file",
    "progress template": "a form, which names it",
    "ledger verify": "of the whole ledger",
    "ledger export": "of the whole ledger",
    "reconcile": "of lists that others keep",
    "doctor": "of the surroundings",
    "completion": "for the shell",
}
"""What is read of no one plan, and why."""


@prepared
def two_busy_plans(two_of_a_year):
    """Something of everything in one of two plans."""
    for line in (PROJECT, SLIP, TASK, *MEETING, *HELD, FIGURE):
        two_of_a_year(f"{line} --plan pingshan-2020", today="2020-07-20")
    return two_of_a_year


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("command", sorted(set(READS) - set(WITHOUT_A_PLAN)))
def test_the_head_of_every_answer_names_its_plan(two_busy_plans, command, lang):
    """In a table on the screen; JSON and CSV have it in every row."""
    line = f"{READS[command]} --plan pingshan-2020"
    lines = two_busy_plans(line, today="2020-07-20", lang=lang).out.splitlines()
    name = {
        "en": "Pingshan District Affordable Housing Programme 2020: Task Breakdown Plan (pingshan-2020)",
        "zh": "坪山区2020年度安居工程任务分解方案（pingshan-2020）",
    }[lang]
    assert [line for line in lines[:3] if line.startswith(name)]


@pytest.mark.parametrize("command", ["progress list", "slips list", "projects list", "calendar dates"])
@pytest.mark.parametrize("form", ["md", "html"])
def test_a_list_in_a_file_names_its_plan_too(two_busy_plans, tmp_path, command, form):
    file = tmp_path / f"list.{form}"
    two_busy_plans(f"{READS[command]} --plan pingshan-2020 -o {file}", today="2020-07-20")
    assert "pingshan-2020" in file.read_text(encoding="utf-8").replace("\\", "")


def test_an_empty_list_names_its_plan(office):
    assert office("slips list").out.startswith("Pingshan District")


def test_interviews_to_study_name_their_plan(office):
    assert "(pingshan-2020)" in office("interviews propose Q2").out


class TestPapersOfARunningQuarter:
    @pytest.mark.parametrize(
        "line",
        [
            pytest.param("report quarter Q3", id="a bulletin"),
            pytest.param("report quarter Q3 --form 报告", id="a report upwards"),
            pytest.param("report quarter Q2 --as-of 2020-05-15", id="a bulletin as of a day of the quarter"),
            pytest.param("report unit hsc -q Q3", id="a confirmation"),
            pytest.param("report unit hsc -q Q2 --as-of 6-30", id="a confirmation as of the last day"),
        ],
    )
    def test_a_paper_on_a_quarter_that_has_not_ended_is_refused(self, office, tmp_path, line):
        paper = tmp_path / "paper.docx"
        assert "is not over" in office(f"{line} -o {paper}", code=4).err
        assert not paper.exists()

    def test_neither_a_bulletin_nor_an_interview_is_recorded_of_it_nor_put_on_paper(self, office, tmp_path):
        office("review open Q3")
        assert "is not over" in office("review lock Q3", code=4).err
        for line in ("review bulletin Q3 --number n --recipients r", "review result hsc not-met -q Q3"):
            assert "not locked" in office(line, code=4).err
        assert office("interviews propose Q3 --json").json != []  # a list to study, and nothing is written
        paper = tmp_path / "paper.docx"
        office(f"interviews show 1 -o {paper}", code=2)
        assert not paper.exists()

    @pytest.mark.parametrize("line", ["report quarter Q3", "report unit hsc -q Q3"])
    @pytest.mark.parametrize("form", ["xlsx", "html", "md", "json"])
    def test_its_tables_go_on(self, office, tmp_path, line, form):
        office(f"{line} -o {tmp_path / 'table'}.{form}")
        assert (tmp_path / f"table.{form}").exists()
