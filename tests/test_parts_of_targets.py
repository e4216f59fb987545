"""其中 is never larger than its whole: what counts elsewhere is refused, what does not fit is a fault, and papers say so."""

import pytest
from docx import Document
from openpyxl import load_workbook

from tests.conftest import prepared

PROJECT = "projects add PS-01 --name 坪山一期 --homes 400 --target complete=400@2020-06-30"
ENGLISH = "of which completed and accepted: 30, more than the 20 of Homes basically completed, which it is part of"
CHINESE = "竣工30套多于基本建成（含竣工）20套，两数须有一数更正"


@prepared
def larger(office):
    """Of 20 homes basically completed 30 are said to be completed and accepted."""
    office("progress add complete 20 --unit hsc -q Q2 --received 7-9")
    assert "more than complete" in office("progress add complete-final 30 --unit hsc -q Q2 --received 7-9").err


def text(file):
    document = Document(str(file))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


@pytest.mark.parametrize(
    ("line", "mended"),
    [
        pytest.param("progress correct 2 20 --reason misread", True, id="the part is corrected"),
        pytest.param("progress void 2 --reason twice", True, id="the part is voided"),
        pytest.param("progress add complete 10 --unit hsc -q Q2 --additional", True, id="the whole is completed"),
        pytest.param(
            "progress add complete 10 --unit hsc --on 7-10", False, id="the whole is completed a quarter late"
        ),
        pytest.param("progress correct 2 21 --reason misread", False, id="corrected too little"),
    ],
)
def test_a_part_above_its_whole_at_the_end_of_a_quarter_is_a_fault_of_the_ledger(larger, line, mended):
    (fault,) = larger("ledger verify --json", code=1).json
    assert (fault["check"], fault["row"]) == ("parts", None)
    assert fault["found"].startswith("complete-final, Q2: 30 is more than 20, which complete has")
    larger(line)
    assert (larger("ledger verify --json", code=None).json == []) == mended


@pytest.mark.parametrize("line", ["report quarter Q2", "report year", "report unit hsc", "report unit hsc -q Q2"])
def test_no_page_shows_it_without_saying_so(larger, line):
    assert ENGLISH in larger(line).out
    assert "其中：竣工为30，多于其所属的基本建成（含竣工）20" in larger(line, lang="zh").out
    larger("progress correct 2 20 --reason misread")
    assert "more than the" not in larger(line).out


def test_no_paper_shows_it_without_saying_so(larger, tmp_path):
    for name, kind in (("q.docx", "通报"), ("b.docx", "报告")):
        larger(f"report quarter Q2 --form {kind} -o {tmp_path / name}")
        assert text(tmp_path / name).count(CHINESE) == 2  # in the paragraph and under the table
    larger(f"report quarter Q2 -o {tmp_path / 'q.xlsx'}")
    sheet = load_workbook(tmp_path / "q.xlsx")["Summary"]
    assert any(ENGLISH in str(cell.value) for row in sheet.iter_rows() for cell in row)
    larger(f"report quarter Q2 -o {tmp_path / 'q.html'}")
    assert ENGLISH in (tmp_path / "q.html").read_text(encoding="utf-8")


def test_of_a_frozen_report_it_is_said_too(larger, tmp_path):
    larger("review open Q2")
    larger("review lock Q2")
    larger("progress correct 2 20 --reason misread --restate --document D1", today="2020-07-16")
    assert ENGLISH in larger("report quarter Q2", today="2020-07-16").out
    assert ENGLISH not in larger("report quarter Q2 --now", today="2020-07-16").out


@pytest.mark.parametrize("item", ["complete", "complete-final"])
@pytest.mark.parametrize("door", ["by hand", "in a file"])
def test_homes_counted_in_an_earlier_year_are_refused_on_a_part_as_on_its_whole(office, tmp_path, item, door):
    office(PROJECT)
    office("projects edit PS-01 --set complete.earlier=400 --reason carried")
    if door == "by hand":
        refused = office(f"progress add {item} 5 --unit hsc -q Q2 --project PS-01", code=4).err
    else:
        path = tmp_path / "f.csv"
        path.write_text(f"任务编号,项目编码,本期完成\n{item},PS-01,5\n", encoding="utf-8")
        refused = office(f"progress import {path} -u hsc -q Q2", code=1).out
    assert "400 counted in earlier years" in refused
    assert ("they count on complete of an earlier year" in refused) == (item == "complete-final")


def test_so_are_they_on_a_part_of_a_part(anju, tmp_path):
    plan = tmp_path / "plan.yaml"
    text = anju("plan new").out
    deeper = "\n  - {id: raise-green, name: {zh: 其中：绿色, en: of which green}, within: raise-new, lead: [hsc]}\n"
    at = text.index("\n  - id:", text.index("id: raise-new"))
    plan.write_text(text[:at] + "\n" + deeper + text[at:], encoding="utf-8")
    anju(f"init --plan {plan}")
    anju("projects add P1 --name 一号 --homes 100 --target raise=100@2020-06-30")
    anju("projects edit P1 --set raise.earlier=100 --reason carried")
    for item in ("raise", "raise-new", "raise-green"):
        assert "earlier years" in anju(f"progress add {item} 5 --unit hsc -q Q2 --project P1", code=4).err


def test_to_say_later_that_homes_counted_in_an_earlier_year_is_warned_of(office):
    office(PROJECT)
    office("progress add complete 300 --unit hsc -q Q2 --project PS-01")
    office("progress add complete-final 90 --unit hsc -q Q2 --project PS-01")
    said = office("projects edit PS-01 --set complete.earlier=350 --reason carried").err
    for item, booked in (("complete", 300), ("complete-final", 90)):
        assert f"warning: PS-01 has 400 homes: {booked} are booked on {item}, 350 counted in earlier years" in said
    rows = office("report quarter Q2 --json").json["project_counts"]
    assert {row["target"]: row["counted"] for row in rows} == {"complete": 50, "complete-final": 50}
