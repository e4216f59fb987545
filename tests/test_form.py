"""The form that goes out: what is printed, what is typed, what is brought forward; and the forms of before."""

import os
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet
from pypdf import PdfReader

from tests.conftest import FIXTURES
from tests.returns import at, columns_of, filled, soffice

A4_ACROSS = 297 / 25.4
PIXEL = 72 / 96
LARGEST_DIGIT = 7.5
"""Pixels that a digit takes by which a width is measured: seven, or a little more."""


def sheets(office, path, unit, quarter="Q2", **more):
    office(f"progress template -q {quarter} -u {unit} --force -o", str(path), **more)
    return openpyxl.load_workbook(path)


def line_of(sheet: Worksheet, code: str) -> int:
    return next(cell.row for cell in sheet["B"] if cell.value == code)


@pytest.mark.parametrize("name", ["进展情况", "项目明细"])
def test_on_paper_nothing_is_smaller_than_nine_points(office, tmp_path, name):
    sheet = sheets(office, tmp_path / "f.xlsx", "hsc")[name]
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage and sheet.page_setup.fitToHeight == 0  # to the width alone
    widths = sheet.column_dimensions.values()
    width = sum((each.max - each.min + 1) * each.width for each in widths) * LARGEST_DIGIT * PIXEL
    room = (A4_ACROSS - sheet.page_margins.left - sheet.page_margins.right) * 72
    scale = int(min(1, room / width) * 100) / 100
    smallest = min(cell.font.size for row in sheet.iter_rows() for cell in row if cell.value)
    assert scale * smallest >= 9


def test_a_long_figure_has_room_of_the_columns_of_words(anju, tmp_path):
    anju(f"init --plan {FIXTURES / 'plans' / 'province.yaml'}", today="2021-07-05")
    sheet = sheets(anju, tmp_path / "f.xlsx", "yunjiang", today="2021-07-05")["进展情况"]
    goal = at(sheet, "G", line_of(sheet, "invest"))
    assert goal.value == 123456.78
    assert sheet.column_dimensions[goal.column_letter].width > len("123456.78")


def test_a_milestone_has_the_day_it_was_done_beside_the_day_it_is_expected(office, tmp_path):
    sheet = sheets(office, tmp_path / "f.xlsx", "hsc")["进展情况"]
    heads = list(columns_of(sheet))
    assert heads[heads.index("预计完成日期") + 1] == "完成日期"
    milestone, target = line_of(sheet, "ms-q1-survey"), line_of(sheet, "raise")
    assert at(sheet, "P2", target).value == "—" and at(sheet, "P2", target).protection.locked
    typed = at(sheet, "P2", milestone)
    assert typed.value is None and typed.number_format == "yyyy-mm-dd" and not typed.protection.locked
    (check,) = (each for each in sheet.data_validations.dataValidation if typed.coordinate in each.sqref)
    assert (check.formula1, check.formula2) == ("43831", "44012")  # 1 January and 30 June 2020


def test_a_percentage_typed_for_a_level_is_seen_as_what_it_is(office, tmp_path):
    sheet = sheets(office, tmp_path / "f.xlsx", "hsc")["进展情况"]
    assert at(sheet, "K", line_of(sheet, "ms-q1-survey")).number_format == '0"%"'


def test_a_bodys_rate_is_against_its_own_part(district, tmp_path):
    sheet = sheets(district, tmp_path / "f.xlsx", "tal")["进展情况"]
    line = line_of(sheet, "raise")
    goal, total = at(sheet, "G", line), at(sheet, "K", line)
    assert goal.value == 400
    assert f"ROUND(N({total.coordinate})/{goal.coordinate}*100,1)" in at(sheet, "L", line).value


@pytest.mark.parametrize(
    ("direction", "missed"),
    [
        pytest.param("", "<{goal}),99.9,", id="below a goal"),
        pytest.param("direction: at_most, ", ">{goal}),100.1,", id="above a ceiling"),
    ],
)
def test_a_goal_that_is_missed_is_never_100_on_the_form(anju, tmp_path, direction, missed):
    """9,999 of 10,000 is 99.9 here as in every report, and 10,001 under a ceiling of 10,000 is 100.1."""
    plan = tmp_path / "plan.yaml"
    plan.write_text(
        "plan: {id: air-2020, year: 2020, region: 某区, title: 某区2020年方案, issuer: 某区政府, issued_on: 2020-01-05}\n"
        "units: [{id: env, name: 生态环境局}, {id: hou, name: 住建局}]\n"
        "targets:\n"
        f"  - {{id: coal, name: 用量, lead: [env], goal: 20000, measure: 吨, due: 2020-12-31, pace: none, {direction}"
        "allocations: {env: 10000, hou: 10000}}\n",
        encoding="utf-8",
    )
    anju(f"init --plan {plan}", today="2020-07-05")
    sheet = sheets(anju, tmp_path / "f.xlsx", "env", today="2020-07-05")["进展情况"]
    line = line_of(sheet, "coal")
    goal, total = at(sheet, "G", line).coordinate, at(sheet, "K", line).coordinate
    assert f"N({total}){missed.format(goal=goal)}" in at(sheet, "L", line).value


def test_a_body_without_a_part_of_its_own_is_shown_the_goal_and_no_rate(office, tmp_path):
    sheet = sheets(office, tmp_path / "f.xlsx", "hsc")["进展情况"]
    line = line_of(sheet, "raise")
    assert (at(sheet, "G", line).value, at(sheet, "L", line).value) == (4713, "—")


def test_what_was_carried_into_the_quarter_is_shown_and_the_row_closes_with_it(office, tmp_path):
    office("progress add raise 700 --unit hsc --on 2020-03-20", today="2020-04-01")
    office("review open Q1", today="2020-04-13")
    office("review lock Q1", today="2020-04-20")
    office("progress add raise 36 --unit hsc --on 2020-03-28 --project A-1 --carry", today="2020-05-06")
    book = sheets(office, tmp_path / "f.xlsx", "hsc")
    sheet, projects = book["进展情况"], book["项目明细"]
    line, carried = line_of(sheet, "raise"), columns_of(sheet)["其中补报"]
    assert (at(sheet, "I", line).value, sheet[f"{carried}{line}"].value) == (736, 36)
    assert (at(projects, "J", 4).value, projects[f"{columns_of(projects)['其中补报']}4"].value) == (36, 36)
    listed = [{"B": "A-1", "H": "建设筹集", "K": 100, "L": 136}]
    path = filled(tmp_path / "f.xlsx", tmp_path / "g.xlsx", {"raise": {"J": 100, "K": 836, "M": "筹集"}}, listed)
    office("progress import --received 7-9", str(path))
    report = office("report quarter Q2 --json").json
    assert next(row["cumulative"] for row in report["targets"] if row["id"] == "raise" and not row["unit"]) == 836


FILLED = {
    "hsc": {
        "summary": {"M": "各项职责已落实"},
        "raise": {"J": 600, "K": 1300, "M": "筹集两个项目", "Q": "坪住保〔2020〕8号"},
        "complete": {"J": "无", "K": "无", "M": "无进展"},
        "ms-q1-survey": {"K": 60, "M": "已调查六成", "P": date(2020, 8, 1)},
    },
    "tal": {"raise": {"J": 300, "K": 350, "M": "筹集"}},
    "wat": {"summary": {"M": "已落实"}, "wat-river.受理": {"J": 8}, "wat-river.办结": {"J": 5, "K": 9, "M": "已审查"}},
}
LISTED = {"tal": [{"B": "A-1", "H": "建设筹集", "K": 300, "L": 350}]}


@pytest.mark.parametrize("unit", FILLED)
def test_a_form_sent_out_before_comes_to_the_same_figures(office, tmp_path, unit):
    office("progress add raise 700 --unit hsc --on 2020-03-20")
    office("progress add raise 50 --unit tal --on 2020-03-20 --project A-1")
    office("progress add wat-river 4 --unit wat --on 2020-03-20 --note 受理6件，办结4件")
    office("progress add ms-q1-survey 30 --unit hsc --on 2020-03-20")
    sheets(office, tmp_path / "now.xlsx", unit)
    database, booked = Path(os.environ["ANJU_DB"]), []
    before = database.read_bytes()
    for form in (FIXTURES / "forms" / f"2020Q2_{unit}.xlsx", tmp_path / "now.xlsx"):
        database.write_bytes(before)
        path = filled(form, tmp_path / "f.xlsx", FILLED[unit], LISTED.get(unit, ()))
        office("progress import --received 7-9", str(path))
        rows = office("progress list -q Q2 --json").json
        booked.append([(row["item"], row["project"], row["on"], row["quantity"], row["note"]) for row in rows])
    assert booked[0] and booked[0] == booked[1]


def test_what_is_done_gets_no_remark_on_a_missing_forecast(office, tmp_path):
    sheets(office, tmp_path / "f.xlsx", "hsc")
    row = {"K": 100, "M": "完成", "P2": date(2020, 5, 12)}
    path = filled(tmp_path / "f.xlsx", tmp_path / "g.xlsx", {"ms-q1-survey": row})
    (answer,) = office("progress import --received 7-9 --json", str(path)).json
    assert answer["problems"] == []


@pytest.mark.office
@pytest.mark.parametrize("form", ["xlsx", "csv:Text - txt - csv (StarCalc):44,34,76,1"], ids=["xlsx", "csv"])
def test_saved_by_libreoffice_it_comes_to_the_same(office, tmp_path, form):
    office("progress add wat-river 4 --unit wat --on 2020-03-20")
    sheets(office, tmp_path / "f.xlsx", "wat")
    path = filled(tmp_path / "f.xlsx", tmp_path / "g.xlsx", FILLED["wat"])
    office("progress import --received 7-9", str(soffice(path, form, tmp_path / "saved")))
    rows = office("progress list -q Q2 --json").json
    assert {row["item"]: (row["quantity"], row["note"]) for row in rows} == {
        "summary": (None, "已落实"),
        "wat-river": (5, "已审查"),
        "wat-river.received": (8, None),
    }


@pytest.mark.office
def test_as_printed_no_letter_is_smaller_than_nine_points(office, tmp_path):
    sheets(office, tmp_path / "f.xlsx", "hsc")
    sizes = set()
    for page in PdfReader(soffice(tmp_path / "f.xlsx", "pdf", tmp_path / "printed")).pages:
        assert page.mediabox.width > page.mediabox.height
        page.extract_text(
            visitor_text=lambda text, user, matrix, _font, size: text.strip() and sizes.add(size * matrix[0] * user[0])
        )
    assert min(sizes) >= 9
