"""What a file says is what is booked: what a person sees in a cell counts, and what could mean two things is refused."""

import openpyxl
import pytest

from tests.returns import SHEET, raw_workbook, table

HEAD = ["任务编号", "工作任务", "本期完成", "本期末累计", "进展情况"]


def above(unit="住房保障中心", quarter="二"):
    return [f"填报单位（盖章）：{unit}", None, f"考核期：2020年第{quarter}季度"]


def book(path, *sheets, formats=(), merge=()):
    """A workbook of several sheets; formats by cell, of the last sheet."""
    made = openpyxl.Workbook()
    made.remove(made.active)
    for number, rows in enumerate(sheets):
        page = made.create_sheet(f"表{number + 1}")
        for row in rows:
            page.append(row)
    for cell, form in formats:
        page[cell].number_format = form
    for area in merge:
        page.merge_cells(area)
    made.save(path)
    return path


def booked(office):
    return [(row["item"], row["unit"], row["quantity"]) for row in office("progress list --json").json]


def raw(path, cells):
    """One row of a return of hsc for Q2, its cells as XML."""
    heads = "".join(
        f'<c r="{at}1" t="inlineStr"><is><t>{head}</t></is></c>' for at, head in zip("ABCDE", HEAD, strict=True)
    )
    row = f'<row r="2"><c r="A2" t="inlineStr"><is><t>raise</t></is></c>{cells}</row>'
    return raw_workbook(path, SHEET.format(f'<row r="1">{heads}</row>{row}'))


LINE = "progress import --received 7-9"


@pytest.mark.parametrize(
    ("row", "formats", "level"),
    [
        (["ms-q1-survey", "", None, 1, "完成"], [("D3", "0%")], 100),
        (["ms-q1-survey", "", None, 0.6, "推进"], [("D3", "0.0%")], 60),
        (["ms-q1-survey", "", None, 100, "完成"], [("D3", '0"%"')], 100),
        (["ms-q1-survey", "", None, "100%", "完成"], [], 100),
    ],
)
def test_a_level_is_what_its_cell_shows(office, tmp_path, row, formats, level):
    office(LINE, str(book(tmp_path / "f.xlsx", [above(), HEAD, row], formats=formats)))
    assert booked(office) == [("ms-q1-survey", "hsc", level)]


def test_each_sheet_is_its_own_bodys(office, tmp_path):
    other = [above("深圳市坪山人才安居有限公司"), HEAD, ["supply", "", 300, 300, "x"]]
    office(LINE, str(book(tmp_path / "f.xlsx", [above(), HEAD, ["raise", "", 600, 600, "x"]], other)))
    assert sorted(booked(office)) == [("raise", "hsc", 600), ("supply", "tal", 300)]


@pytest.mark.parametrize("merge", [("B2:C2", "D2:E2", "A2:A3"), ()], ids=["merged", "not merged"])
def test_a_head_of_two_rows_is_joined(office, tmp_path, merge):
    rows = [["任务编号", "2019年同期", None, "2020年", None], [None, "本期完成", "累计完成", "本期完成", "累计完成"]]
    office(LINE, str(book(tmp_path / "f.xlsx", [above(), *rows, ["raise", 111, 111, 600, 600]], merge=merge)))
    assert booked(office) == [("raise", "hsc", 600)]


@pytest.mark.parametrize(
    ("rows", "place", "said"),
    [
        ([HEAD, ["ms-q1-survey", "", None, 1, "完成"]], "D3", "1 % or 100 %"),
        ([["任务编号", "累计完成", "本年累计"], ["raise", 1500, 600]], "C2", "B2, C2"),
        ([["任务编号", "本期完成（万套）"], ["raise", 6]], "B3", "another measure"),
        ([["任务编号", "本期完成（户）"], ["raise", 6]], "B3", "another measure"),
        ([["任务编号", "计量单位", "本期完成"], ["raise", "万套", 6]], "B3", "another measure"),
        ([[*HEAD, "预计完成日期"], ["raise", "", 600, 600, "x", 9.3]], "F3", "a number is no date"),
        ([HEAD, ["raise", "", "=SUM(H1:H3)", None, "x"]], "C3", "never computed"),
    ],
)
def test_what_could_mean_two_things_is_refused_at_its_cell(office, tmp_path, rows, place, said):
    refused = office(LINE, str(book(tmp_path / "f.xlsx", [above(), *rows])), code=1)
    assert any(f"!{place}: " in line and said in line for line in refused.out.splitlines()), refused.out
    assert booked(office) == []


def test_a_sheet_of_another_quarter_is_refused_at_its_heading(office, tmp_path):
    sheets = [[above(), HEAD, ["raise", "", 600, 600, "x"]], [above(quarter="一"), HEAD, ["supply", "", 500, 500, "x"]]]
    refused = office(LINE, str(book(tmp_path / "f.xlsx", *sheets)), code=1)
    assert "表2!A1: " in refused.out and booked(office) == []


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        ('<c r="C2"><v>299.99999999999994</v></c>', 0),
        ('<c r="C2"><f t="array" ref="C2">SUM(H1)</f></c>', 1),
        ('<c r="C2"><f t="shared" si="0"/></c>', 1),
        ('<c r="C2" t="str"><f>IF(1,"","")</f><v></v></c><c r="D2"><v>300</v></c>', 0),
        ('<c r="C2" t="e"><v>#N/A</v></c>', 1),
        ('<c r="C2"><v>300</v></c><c r="E2" t="e"><v>#N/A</v></c>', 0),
    ],
)
def test_a_formula_without_a_result_is_no_blank(office, tmp_path, cells, code):
    office("progress import -u hsc -q Q2", str(raw(tmp_path / "f.xlsx", cells)), code=code)
    assert [row[2] for row in booked(office)] == ([] if code else [300])


def test_invisible_characters_are_taken_out_with_a_warning(office, tmp_path):
    path = table(tmp_path / "f.csv", [HEAD, ["raise", "", 600, 600, "有\u200b进展"]])
    assert "f.csv:E2: " in office("progress import -u hsc -q Q2", str(path)).out
    assert office("progress list --json").json[0]["note"] == "有进展"


@pytest.mark.parametrize(
    ("name", "content"), [("~$f.xlsx", b"\x06x"), ("empty.csv", b""), ("notes.csv", "甲,乙\n".encode())]
)
def test_what_is_no_return_is_no_receipt(office, tmp_path, name, content):
    (tmp_path / name).write_bytes(content)
    office("progress import -u hsc -q Q2", str(tmp_path / name), code=1)
    assert {row["state"] for row in office("report unit hsc -q Q2 --json").json["returns"]} == {"unreported"}
    real = table(tmp_path / "f.csv", [HEAD, ["raise", "", 600, 600, "x"]])
    assert name in office("progress import -u hsc -q Q2", str(tmp_path / name), str(real)).err


@pytest.mark.parametrize(
    ("start", "said"),
    [
        (b"%PDF-1.7", "a PDF"),
        (b"\x89PNG\r\n", "a picture"),
        (b"<html><table>", "a web page"),
        (b"Rar!\x1a\x07", "packed folder"),
    ],
)
def test_a_file_is_called_what_it_is(office, tmp_path, start, said):
    path = tmp_path / "f.xlsx"
    path.write_bytes(start + b" " * 50)
    assert said in office("progress import -u hsc -q Q2", str(path), code=1).out


def test_separators_are_counted_outside_quotation_marks(office, tmp_path):
    path = tmp_path / "f.csv"
    path.write_text('任务编号,本期完成,进展情况\nraise,600,"甲; 乙; 丙; 丁; 戊"\n', encoding="utf-8")
    office("progress import -u hsc -q Q2", str(path))
    assert booked(office) == [("raise", "hsc", 600)]


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([["项目编码", "项目名称", "总套数"], ["A-01", "甲", "=200+200"]], "never computed"),
        ([["项目编码", "项目名称", "所属街道", "总套数"], ["A-01", "甲", "#N/A", 400]], "an error"),
        ([["项目编码", "项目名称", "总套数"], [4.4031020200630003e17, "甲", 5]], "more than 15 digits"),
    ],
)
def test_the_register_takes_nothing_that_is_not_there(office, tmp_path, rows, said):
    refused = office("projects import", str(book(tmp_path / "p.xlsx", rows)), code=1)
    assert said in refused.out + refused.err


def test_a_total_is_no_project_and_a_key_is_text(office, tmp_path):
    rows = [["项目编码", "项目名称", "总套数"], ["A-01", "甲", 400], ["合 计", "共1个项目", 400]]
    office("projects import", str(book(tmp_path / "p.xlsx", rows)))
    assert [row["code"] for row in office("projects list --json").json] == ["A-01"]
    one, two = (table(tmp_path / f"{n}.csv", [["编号", "数"], ["1.1", 5], ["1.10", n]]) for n in (7, 9))
    differing = office(f"reconcile {one} {two} --key 编号 --json", code=1).json["differences"]
    assert [(row["key"], row["first"], row["second"]) for row in differing] == [("1.10", "7", "9")]
