"""Case duties hold both numbers: cases taken in (受理) are an item beside those closed (办结), owed with them as one row."""

import json

import openpyxl
import pytest
from docx import Document

from tests.conftest import prepared
from tests.returns import filled, table

DUTY = "ura-review"
RECEIVED = f"{DUTY}.received"


@prepared
def both(office):
    """Five cases taken in and three closed in the second quarter, two and one in the first."""
    for quarter, taken_in, closed in (("Q1", 2, 1), ("Q2", 5, 3)):
        office(f"progress add {RECEIVED} {taken_in} --unit ura -q {quarter} --received 7-9")
        office(f"progress add {DUTY} {closed} --unit ura -q {quarter} --received 7-9")


def text(file):
    """All that a Word file says."""
    document = Document(str(file))
    cells = (cell.text for table in document.tables for row in table.rows for cell in row.cells)
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def of_duty(heard_by, quarter="Q2", unit="ura", item=DUTY, **more):
    """What stands of the duty: taken in and closed, in the quarter and so far."""
    rows = heard_by(f"report quarter {quarter} --json", **more).json["cases"]
    row = next(row for row in rows if (row["id"], row["member"] or row["unit"]) == (item, unit))
    return tuple(row[name] for name in ("received", "quantity", "received_cumulative", "cumulative"))


def owed(heard_by, unit="ura", item=DUTY):
    """The owed rows of the duty in a unit's report."""
    rows = heard_by(f"report unit {unit} -q Q2 --json").json["returns"]
    return [(row["state"], row["received"], row["quantity"]) for row in rows if row["item"].startswith(item)]


@pytest.mark.parametrize(
    "name",
    [
        RECEIVED,
        "URA-REVIEW.Received",
        "ura-review.受理",
        "项目计划、规划审查·受理",
        "项目计划、规划审查（受理）",
        "项目计划、规划审查.受理",
        "Review of project plans, received",
        "review of project plans.received",
    ],
)
def test_cases_taken_in_are_named_after_their_duty_in_both_languages(office, name):
    recorded = office("progress add --json --unit ura -q Q2 --", name, "5").json
    assert [row["item"] for row in recorded["entries"]] == [RECEIVED]


@pytest.mark.parametrize(
    ("name", "item"),
    [
        pytest.param("ura-review", DUTY, id="the id of the duty"),
        pytest.param("项目计划、规划审查", DUTY, id="its name"),
        pytest.param("Review of project plans", DUTY, id="its English name"),
        pytest.param("用地预审", "pnr-preexam", id="a part of a name"),
    ],
)
def test_a_duty_is_never_taken_for_its_companion(office, name, item):
    assert office("plan show --json", name).json["id"] == item


@pytest.mark.parametrize(
    "name", ["raise.received", "drc-invest-draft.received", "summary.received", "nothing.received"]
)
def test_only_case_duties_have_cases_taken_in(office, name):
    assert "no such item" in office(f"progress add {name} 5 --unit hsc -q Q2", code=2).err


def test_the_names_are_shown_in_the_language_asked_for(both):
    assert "Review of project plans, received" in both(f"progress list --item {RECEIVED}").out
    assert "项目计划、规划审查·受理" in both(f"progress list --item {RECEIVED}", lang="zh").out


def test_both_numbers_are_in_the_report_and_quantity_is_what_was_closed(both):
    assert of_duty(both) == (5, 3, 7, 4)
    assert of_duty(both, "Q1") == (2, 1, 2, 1)
    year = both("report year --json").json["cases"]
    assert [(row["received"], row["quantity"]) for row in year if row["id"] == DUTY] == [(7, 4)]
    page = both("report quarter Q2").out
    assert "Case duties" in page and "Taken in so far" in page


@pytest.mark.parametrize(
    ("line", "after"),
    [
        pytest.param("progress correct 3 6 --reason misread", (6, 3, 8, 4), id="corrected"),
        pytest.param("progress void 3 --reason twice", (0, 3, 2, 4), id="voided"),
        pytest.param("progress undo 3", (0, 3, 2, 4), id="undone"),
        pytest.param(f"progress add {RECEIVED} --total 9 --unit ura -q Q2", (7, 3, 9, 4), id="totalled"),
        pytest.param(f"progress reduce {RECEIVED} 1 --unit ura -q Q2 --reason withdrawn", (4, 3, 6, 4), id="reduced"),
        pytest.param(f"progress add {RECEIVED} 1 --unit ura -q Q2 --additional", (6, 3, 8, 4), id="added to"),
    ],
)
def test_cases_taken_in_are_kept_like_any_figure(both, line, after):
    both(line)
    assert of_duty(both) == after
    assert both("ledger verify").out == ""


@pytest.mark.parametrize(
    "line",
    [
        pytest.param(f"progress add {RECEIVED} 5 --unit ura -q Q2", id="a second figure for the quarter"),
        pytest.param(f"progress add {RECEIVED} 0 --unit ura -q Q2", id="a second figure of nothing"),
        pytest.param(f"progress reduce {RECEIVED} 8 --unit ura -q Q2 --reason x", id="below nothing"),
        pytest.param(f"progress add {RECEIVED} 1 --unit hsc -q Q2", id="by a body that may not"),
        pytest.param(f"progress add {RECEIVED} 1 --unit ura --on 7-20", id="to come"),
        pytest.param(f"progress add {RECEIVED} --done --unit ura -q Q2", id="done"),
    ],
)
def test_what_no_figure_may_be_cases_taken_in_may_not_be(both, line):
    both(line, code=4)
    assert of_duty(both) == (5, 3, 7, 4)


@pytest.mark.parametrize(
    ("lines", "row"),
    [
        pytest.param([f"{RECEIVED} 5", f"{DUTY} 3"], ("reported", 5, 3), id="both"),
        pytest.param([f"{DUTY} 3"], ("reported", None, 3), id="closed alone"),
        pytest.param([f"{RECEIVED} 5"], ("reported", 5, None), id="taken in alone"),
        pytest.param([f"{RECEIVED} 0", f"{DUTY} 0"], ("zero_report", 0, 0), id="neither"),
        pytest.param([f"{RECEIVED} 0"], ("zero_report", 0, None), id="none taken in"),
        pytest.param([f"{RECEIVED} 5", f"{DUTY} 0"], ("reported", 5, 0), id="none closed yet"),
        pytest.param([f"{RECEIVED} 0", f"{DUTY} 2"], ("reported", 0, 2), id="none taken in, earlier ones closed"),
        pytest.param([], ("unreported", None, None), id="nothing"),
    ],
)
def test_both_numbers_are_owed_as_one_row(office, lines, row):
    before = office("report quarter Q2 --json").json["totals"]
    for line in lines:
        office(f"progress add {line} --unit ura -q Q2 --received 7-9")
    assert owed(office) == [row]
    after = office("report quarter Q2 --json").json["totals"]
    assert after["items_due"] == before["items_due"]
    assert after["items_reported"] == (1 if lines else 0)


def test_of_the_two_the_first_to_come_says_when_the_row_was_reported(office):
    office(f"progress add {RECEIVED} 5 --unit ura -q Q2 --received 7-9")
    office(f"progress add {DUTY} 3 --unit ura -q Q2 --received 7-14")
    assert owed(office) == [("reported", 5, 3)]
    office("progress undo 1")
    assert owed(office) == [("late_return", 0, 3)]


def test_duties_are_as_many_as_before(office):
    rows = office("units list --json").json
    assert sum(row["duties"] for row in rows) == 61
    items = office("plan show --json").json["items"]
    assert not any("received" in item["id"] for item in items)


@pytest.mark.parametrize(
    ("lines", "warned"),
    [
        pytest.param([f"{RECEIVED} 3 -q Q2", f"{DUTY} 4 -q Q2"], True, id="more closed than taken in"),
        pytest.param([f"{DUTY} 4 -q Q2", f"{RECEIVED} 3 -q Q2"], True, id="told the other way round"),
        pytest.param([f"{RECEIVED} 4 -q Q2", f"{DUTY} 4 -q Q2"], False, id="as many"),
        pytest.param([f"{RECEIVED} 3 -q Q1", f"{RECEIVED} 1 -q Q2", f"{DUTY} 4 -q Q2"], False, id="over two quarters"),
        pytest.param([f"{RECEIVED} 0 -q Q1", f"{RECEIVED} 9 -q Q2", f"{DUTY} 1 -q Q1"], True, id="before they came"),
        pytest.param([f"{RECEIVED} 0 -q Q2", f"{DUTY} 1 -q Q2"], True, id="none taken in"),
        pytest.param([f"{DUTY} 4 -q Q2"], False, id="taken in is not told"),
    ],
)
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_more_cases_closed_than_taken_in_is_a_warning(office, lines, warned, lang):
    heard = [office(f"progress add {line} --unit ura --received 7-9", lang=lang).err for line in lines]
    said = {"en": "warning: ura has closed", "zh": "多于累计受理"}[lang]
    assert (said in heard[-1]) == warned
    assert len(office("progress list --json").json) == len(lines)


class TestForm:
    """Both rows of a form are booked, each on its own."""

    @pytest.fixture
    def form(self, office, tmp_path):
        path = tmp_path / "form.xlsx"
        office("progress template -q Q2 --unit wat --force -o", str(path))
        return path

    def test_it_brings_both_numbers_forward(self, office, form):
        office("progress add wat-river.received 6 --unit wat -q Q1")
        office("progress add wat-river 4 --unit wat -q Q1")
        office("progress template -q Q2 --unit wat --force -o", str(form))
        sheet = openpyxl.load_workbook(form)["进展情况"]
        heads = {str(cell.value).replace("\n", ""): cell.column for row in sheet.iter_rows(max_row=4) for cell in row}
        opening, code = heads["上期末累计"], heads["任务编号"]
        found = {sheet.cell(line, code).value: sheet.cell(line, opening).value for line in range(4, 8)}
        assert (found["wat-river.受理"], found["wat-river.办结"]) == (6, 4)

    @pytest.mark.parametrize(
        ("rows", "booked", "blank"),
        [
            pytest.param(
                {"wat-river.受理": {"J": 5, "K": 5, "M": "来件"}, "wat-river.办结": {"J": 3, "K": 3, "M": "已审"}},
                {"wat-river.received": (5, "来件"), "wat-river": (3, "已审")},
                False,
                id="both",
            ),
            pytest.param({"wat-river.受理": {"J": 5}}, {"wat-river.received": (5, None)}, False, id="taken in alone"),
            pytest.param({"wat-river.办结": {"J": 3}}, {"wat-river": (3, None)}, False, id="closed alone"),
            pytest.param({"wat-river.受理": {"K": 5}}, {"wat-river.received": (5, None)}, False, id="so far alone"),
            pytest.param(
                {"wat-river.受理": {"J": "无"}},
                {"wat-river.received": (0, None), "wat-river": (0, None)},
                False,
                id="no such cases",
            ),
            pytest.param({"wat-works.办结": {"J": 1}}, {"wat-works": (1, None)}, True, id="another duty alone"),
        ],
    )
    def test_what_is_filled_in_is_booked(self, office, form, tmp_path, rows, booked, blank):
        path = filled(form, tmp_path / "back.xlsx", rows)
        (answer,) = office("progress import --json", str(path), "--received", "7-9").json
        found = {row["item"]: (row["quantity"], row["note"]) for row in office("progress list --json").json}
        assert found == booked
        assert ("wat-river" in answer["blank"]) == blank
        assert not any(item.endswith(".received") for item in answer["blank"])

    def test_a_row_that_does_not_add_up_is_a_problem_in_its_cell(self, office, form, tmp_path):
        path = filled(form, tmp_path / "back.xlsx", {"wat-river.受理": {"J": 5, "K": 6}})
        (answer,) = office("progress import --json", str(path), code=1).json
        (found,) = [row for row in answer["problems"] if row["kind"] == "problem"]
        assert (found["found"], found["expected"]) == ("6", "5")

    def test_the_same_file_adds_nothing_and_another_figure_waits(self, office, form, tmp_path):
        rows = {"wat-river.受理": {"J": 5}, "wat-river.办结": {"J": 3}}
        office("progress import", str(filled(form, tmp_path / "back.xlsx", rows)))
        again = office("progress import --json", str(tmp_path / "back.xlsx")).json
        assert again[0]["state"] == "already" and of_duty(office, unit="wat", item="wat-river") == (5, 3, 5, 3)
        rows["wat-river.受理"]["J"] = 6
        path = str(filled(form, tmp_path / "other.xlsx", rows))
        office("progress import", path, code=4)
        office("progress import --correct --reason misread", path)
        assert of_duty(office, unit="wat", item="wat-river") == (6, 3, 6, 3)

    def test_a_form_sent_out_earlier_has_two_of_the_cells_locked_and_still_comes_in(self, office, tmp_path):
        office("progress add wat-river.received 6 --unit wat -q Q1")
        head = ["任务编号", "上期末累计", "本期完成", "本期末累计"]
        rows = [head, ["wat-river.受理", "—", 5, "—"], ["wat-river.办结", 0, 3, 3], ["wat-works.受理", "—", None, "—"]]
        path = table(tmp_path / "f.csv", rows)
        (answer,) = office("progress import --json -u wat -q Q2", str(path)).json
        assert [(row["item"], row["quantity"]) for row in answer["rows"]] == [
            ("wat-river.received", 5),
            ("wat-river", 3),
        ]
        assert of_duty(office, unit="wat", item="wat-river") == (5, 3, 11, 3)

    @pytest.mark.parametrize(
        ("code", "name"),
        [
            pytest.param("wat-river.received", "", id="its id"),
            pytest.param("wat-river.受理", "河道、水体影响审查（受理）", id="as the form has it"),
            pytest.param("wat-river", "河道、水体影响审查（受理）", id="by the name"),
        ],
    )
    def test_a_row_of_cases_taken_in_is_known_by_its_code_or_its_name(self, office, tmp_path, code, name):
        path = table(tmp_path / "f.csv", [["任务编号", "工作任务", "本期完成"], [code, name, 5]])
        (answer,) = office("progress import --json -u wat -q Q2", str(path)).json
        assert [(row["item"], row["quantity"]) for row in answer["rows"]] == [("wat-river.received", 5)]


class TestAfterTheLock:
    """Cases taken in are locked, carried and restated like any figure."""

    LINE = f"progress add {RECEIVED} 2 --unit ura --on 6-28"

    @pytest.fixture
    def locked(self, both):
        both("review open Q2")
        both("review lock Q2")
        return both

    def test_they_are_refused_carried_or_restated(self, locked):
        assert "locked" in locked(self.LINE, code=4, today="2020-07-17").err
        locked(f"{self.LINE} --carry", today="2020-07-17")
        assert of_duty(locked, "Q3", today="2020-07-17")[0] == 2
        locked(f"{self.LINE} --restate --reason found --document 文1", today="2020-07-17")
        assert of_duty(locked, today="2020-07-17") == (5, 3, 7, 4)  # as frozen
        why = locked(f"report why Q2 {RECEIVED} --json", today="2020-07-17").json
        assert [(row["item"], row["unit"], row["circulated"], row["now"]) for row in why["figures"]] == [
            (RECEIVED, "ura", 7, 9)
        ]
        assert [(line["cause"], line["change"]) for line in why["lines"] if line["change"]] == [("late_report", 2)]
        assert locked("ledger verify", today="2020-07-17").out == ""

    @pytest.mark.parametrize(
        ("line", "sentence"),
        [
            pytest.param(LINE, "审查、审核等事项办理数由5件更正为7件，增加2件", id="taken in"),
            pytest.param(
                f"progress add {DUTY} 1 --unit ura --on 6-28",
                "审查、审核等事项办结数由3件更正为4件，增加1件",
                id="closed",
            ),
            pytest.param("progress correct 3 4", "审查、审核等事项办理数由5件更正为4件，减少1件", id="corrected"),
        ],
    )
    def test_the_bulletin_tells_what_was_restated(self, locked, tmp_path, line, sentence):
        for step in ("result all met", "close Q2 --on 7-20 --document D1"):
            locked(f"review {step}", today="2020-07-20")
        locked(f"{line} --restate --reason 漏报 --document 文1", today="2020-07-21")
        locked("report quarter Q2 -o", str(tmp_path / "a.docx"), today="2020-07-21")
        told = [line for line in text(tmp_path / "a.docx").splitlines() if "更正" in line]
        assert any(f"第二季度数据锁定后，{sentence}，原因是漏报（依据：文1）" in line for line in told), told


def test_the_bulletin_says_how_many_were_handled_and_how_many_closed(both, tmp_path):
    both("report quarter Q2 -o", str(tmp_path / "a.docx"))
    said = text(tmp_path / "a.docx")
    assert "各成员单位报告办理审查、审核等事项5件，办结3件。" in said
    both("progress add wat-river 2 --unit wat -q Q2 --received 7-9")
    both("report quarter Q2 --force -o", str(tmp_path / "a.docx"))
    assert "办理审查、审核等事项5件，办结5件（其中2件未报受理数）。" in text(tmp_path / "a.docx")


def test_both_numbers_stand_on_every_form_of_the_report(both, tmp_path):
    both("report quarter Q2 -o", str(tmp_path / "q.xlsx"))
    book = openpyxl.load_workbook(tmp_path / "q.xlsx")
    rows = [[cell.value for cell in row] for row in book["Case duties"].iter_rows()]
    assert ["Review of project plans", 5, 3, 7, 4] in [[row[0], *row[3:7]] for row in rows if row[0]]
    both("report quarter Q2 -o", str(tmp_path / "q.html"))
    assert "Taken in so far" in (tmp_path / "q.html").read_text(encoding="utf-8")
    both("report unit ura -q Q2 -o", str(tmp_path / "核对单.docx"))
    said = text(tmp_path / "核对单.docx")
    assert "项目计划、规划审查·受理" in said and "非应报" not in said


def test_a_ledger_goes_out_and_comes_back_with_both_numbers(both, tmp_path):
    both("ledger export -o", str(tmp_path / "l.jsonl"))
    again = str(tmp_path / "again.db")
    both(f"init --from {tmp_path / 'l.jsonl'}", db=again)
    assert of_duty(both, db=again) == (5, 3, 7, 4)
    assert both("ledger verify", db=again).out == ""


def test_a_plan_is_stored_without_them(both):
    assert RECEIVED not in json.dumps(both("plan diff --json").json)
    exported = both("ledger export").out
    assert [line for line in exported.splitlines() if RECEIVED in line and '"document"' in line] == []


def test_a_plan_names_no_item_like_them(office, tmp_path):
    example = office("plan new").out
    path = tmp_path / "plan.yaml"
    path.write_text(example.replace("id: raise", "id: raise.received", 1), encoding="utf-8")
    assert "raise.received" in office(f"plan check {path}", code=1).out


def test_what_concerns_them_concerns_their_duty(both):
    both(f"slips issue {RECEIVED} --unit ura --due 8-10 --on 7-15")
    assert both("slips list --json").json[0]["item"] == DUTY
