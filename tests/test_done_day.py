"""A milestone takes the day it was done: by hand, and as 完成日期 in what units send."""

from datetime import date, datetime

import openpyxl
import pytest
from docx import Document

from tests.returns import table, workbook

HEAD = ["任务编号", "工作任务", "本期完成", "本期末累计", "进展情况", "完成日期"]
"""配套设施建设情况调查 is due on 31 March."""


def row(level=100, day=None):
    return ["ms-q1-survey", "", None, level, "完成" if level == 100 else "推进", day]


def sent(office, path, *rows, head=HEAD, code=0, more="", today="2020-07-15"):
    workbook(path, [head, *rows])
    return office(f"progress import -u hsc -q Q2 --received 7-9 {more}", str(path), code=code, today=today)


def survey(office, **more):
    report = office("report year --json", **more).json
    found = next(each for each in report["milestones"] if each["id"] == "ms-q1-survey")
    return found["completion_rate"], found["done_on"], found["days_overdue"]


def test_by_hand_it_is_the_day_that_is_said(office):
    heard = office("progress add ms-q1-survey --done --unit hsc --on 2020-05-12")
    assert survey(office) == (100.0, "2020-05-12", 42) and "warning" not in heard.err


@pytest.mark.parametrize(
    "day",
    [date(2020, 5, 12), datetime(2020, 5, 12, 9, 30), "2020-05-12", "2020/5/12", "2020.5.12", "5月12日", "2020年5月12日",
     "5-12", "2020-05-12 00:00:00", "２０２０－０５－１２"],
    ids=str,
)  # fmt: skip
def test_a_return_says_it_in_a_date_or_in_words_for_one(office, tmp_path, day):
    heard = sent(office, tmp_path / "f.xlsx", row(day=day))
    assert survey(office) == (100.0, "2020-05-12", 42) and "no day of completion" not in heard.out


def test_a_csv_says_it_too(office, tmp_path):
    table(tmp_path / "f.csv", [HEAD, row(day="2020-05-12")])
    office("progress import -u hsc -q Q2", str(tmp_path / "f.csv"))
    assert survey(office) == (100.0, "2020-05-12", 42)


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        pytest.param(row(day=date(2020, 7, 1)), "after the end of the quarter", id="after the quarter"),
        pytest.param(row(day=date(2019, 12, 20)), "before the plan's year", id="the year before"),
        pytest.param(row(day=43963), "a number is no date", id="a serial without a date format"),
        pytest.param(row(day=5.12), "a number is no date", id="a number for a month and a day"),
        pytest.param(row(day="上周"), "no such date", id="words"),
        pytest.param(row(60, date(2020, 5, 12)), "is it done?", id="below 100"),
        pytest.param(row(None, date(2020, 5, 12)), "is it done?", id="no level"),
    ],
)
def test_what_is_no_day_of_completion_is_refused_at_its_cell(office, tmp_path, cells, said):
    refused = sent(office, tmp_path / "f.xlsx", cells, code=1)
    assert any("!F2: " in line and said in line for line in refused.out.splitlines()), refused.out
    assert survey(office) == (0.0, None, 106)


@pytest.mark.parametrize(("received", "today", "said"), [("6-20", "2020-07-15", "after the return came"),
                                                         ("6-20", "2020-06-20", "still to come")])  # fmt: skip
def test_a_day_that_has_not_come_is_refused(office, tmp_path, received, today, said):
    path = workbook(tmp_path / "f.xlsx", [HEAD, row(day=date(2020, 6, 25))])
    assert said in office(f"progress import -u hsc -q Q2 --received {received}", str(path), code=1, today=today).out


def test_without_one_it_is_the_end_of_the_quarter_and_what_follows_is_said(office, tmp_path):
    said = "ms-q1-survey: no day of completion is given; 2020-06-30 is taken, 91 days after its due date 2020-03-31"
    assert said in sent(office, tmp_path / "f.xlsx", row(), more="--dry-run").out
    assert said in office("progress add ms-q1-survey --done --unit hsc -q Q2").err
    assert survey(office) == (100.0, "2020-06-30", 91)


@pytest.mark.parametrize(
    ("heads", "said"),
    [
        pytest.param([["任务编号", "本期末累计", "计划", "进展情况"], [None, None, "完成日期", None]], "no day of", id="planned"),
        pytest.param([["任务编号", "本期末累计", "计划完成日期", "进展情况"]], "no day of completion", id="planned in a row"),
    ],
)  # fmt: skip
def test_a_planned_day_is_none(office, tmp_path, heads, said):
    cells = ["ms-q1-survey", 100, date(2020, 5, 12), "完成"]
    assert said in sent(office, tmp_path / "f.xlsx", *heads[1:], cells, head=heads[0]).out
    assert survey(office)[1] == "2020-06-30"


def test_a_head_that_may_mean_the_due_date_is_refused_unless_it_holds_that(office, tmp_path):
    head = ["任务编号", "本期末累计", "完成时间", "进展情况"]
    refused = sent(office, tmp_path / "f.xlsx", ["ms-q1-survey", 100, date(2020, 5, 12), "完成"], head=head, code=1)
    assert "!C2: " in refused.out and "完成时限" in refused.out
    sent(office, tmp_path / "g.xlsx", ["ms-q1-survey", 100, date(2020, 3, 31), "完成"], head=head)
    assert survey(office)[1] == "2020-06-30"


def test_another_day_than_the_one_recorded_is_for_the_office_to_decide(office, tmp_path):
    sent(office, tmp_path / "f.xlsx", row(day="2020-06-10"))
    waits = sent(office, tmp_path / "g.xlsx", row(day="2020-05-12"), code=4)
    assert "2020-05-12" in waits.out and "2020-06-10" in waits.out and survey(office)[1] == "2020-06-10"
    sent(office, tmp_path / "g.xlsx", row(day="2020-05-12"), more="--correct --reason mistyped")
    assert survey(office) == (100.0, "2020-05-12", 42)
    assert "Adopted before" in sent(office, tmp_path / "h.xlsx", row(day="2020-05-12")).out
    assert office("ledger verify").code == 0


def test_a_level_below_100_that_stands_after_the_day_is_for_the_office_to_decide(office, tmp_path):
    office("progress add ms-q1-survey 60 --unit hsc --on 6-20")
    waits = sent(office, tmp_path / "f.xlsx", row(day="2020-05-12"), code=4)
    assert "60 %" in waits.out and survey(office)[:2] == (60.0, None)
    sent(office, tmp_path / "f.xlsx", row(day="2020-05-12"), more="--correct --reason mistyped")
    assert survey(office) == (100.0, "2020-05-12", 42)


def test_a_level_of_before_the_day_stays(office, tmp_path):
    office("progress add ms-q1-survey 60 --unit hsc --on 4-20")
    sent(office, tmp_path / "f.xlsx", row(day="2020-05-12"))
    assert survey(office) == (100.0, "2020-05-12", 42)


def test_a_day_in_a_quarter_that_is_locked_waits_and_is_kept_when_it_is_carried(office, tmp_path):
    office("review open Q1", today="2020-04-13")
    office("review lock Q1", today="2020-04-20")
    assert "Q1" in sent(office, tmp_path / "f.xlsx", row(day="2020-03-30"), code=4).out
    sent(office, tmp_path / "f.xlsx", row(day="2020-03-30"), more="--carry")
    assert survey(office) == (100.0, "2020-03-30", None)
    unit = office("report unit hsc -q Q2 --json").json
    assert "ms-q1-survey" not in {owed["item"] for owed in unit["returns"] if owed["state"] == "unreported"}


def test_the_sheet_to_confirm_says_the_day(office, tmp_path):
    sent(office, tmp_path / "f.xlsx", row(day="2020-05-12"))
    office(f"report unit hsc -q Q2 -o {tmp_path / 'sheet.docx'}")
    table = Document(str(tmp_path / "sheet.docx")).tables[0]
    assert "配套设施建设情况调查（2020年5月12日完成）" in [cells.cells[1].text for cells in table.rows]


def test_a_file_saved_with_a_date_format_is_read_as_what_it_shows(office, tmp_path):
    book = openpyxl.Workbook()
    for cells in (HEAD, row(day=43963)):
        book.active.append(cells)
    book.active["F2"].number_format = "m月d日"
    book.save(tmp_path / "f.xlsx")
    office("progress import -u hsc -q Q2", str(tmp_path / "f.xlsx"))
    assert survey(office)[1] == "2020-05-12"
