"""One return in twenty shapes is one return: the same figures are booked, or a problem is named, and never a third thing."""

import io
import json
import os
from contextlib import redirect_stderr, redirect_stdout
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl.utils import get_column_letter

from anju_cli.cli import main
from tests.returns import workbook
from tests.shapes import COLUMNS, ENDINGS, Shape, Task

DEEP = os.environ.get("ANJU_HYPOTHESIS") == "deep"
TASKS = (
    Task("summary", "综合情况", "", None, None, "各项职责已落实"),
    Task(
        "raise", "建设筹集", "套", 1600, 1600, "筹集两个项目；其中甲项目900套，乙项目700套", None, "坪住保〔2020〕8号"
    ),
    Task("supply", "供应", "套", 0, 0, "无进展"),
    Task("subsidy", "住房货币补贴", "户", 3, 3, "已发放"),
    Task("ms-q1-survey", "配套设施建设情况调查", "%", None, 100, "完成", date(2020, 5, 12), "报告"),
    Task("ms-q1-syncplan", "配套设施同步交付使用计划", "%", None, 60, "推进"),
)
OTHER_ORDER = ("words", "total", "item", "done_on", "this", "code", "evidence", "measure")
SHAPES = {
    "openpyxl": Shape(),
    "XlsxWriter, in another order": Shape("xlsxwriter", order=OTHER_ORDER),
    "hand-written XML": Shape("xml"),
    "CSV": Shape("csv"),
    "CSV with a byte order mark": Shape("csv", "utf-8-sig"),
    "CSV in GB18030": Shape("csv", "gb18030", names="others"),
    "tabs": Shape("tsv", "gb18030", order=OTHER_ORDER),
    "semicolons": Shape("semicolon", "utf-8-sig", furniture=True),
    "a head of two rows, merged": Shape(heads=2, last_year=True),
    "a head of two rows, not merged": Shape("xlsxwriter", heads=2, merged=False, last_year=True),
    "a head of three rows, merged": Shape("xml", heads=3, last_year=True),
    "a head of three rows, not merged": Shape("csv", heads=3, merged=False, last_year=True),
    "last year beside it": Shape(last_year=True),
    "percentages": Shape(levels="percent", days="serial"),
    "words for numbers and days": Shape(figures="text", levels="text", days="chinese"),
    "full-width digits": Shape("csv", figures="wide", levels="wide", days="slashes"),
    "formats that show more than digits": Shape("xlsxwriter", figures="measured", levels="signed", days="short"),
    "decimals and separators": Shape(figures="decimals", days="iso"),
    "thousands apart": Shape("csv", figures="separated", days="midnight"),
    "titles, sections, notes and signatures": Shape(furniture=True, names="others"),
    "whose it is on the command line": Shape("xlsxwriter", above=False, figures="thousands"),
    "fractions": Shape("xml", figures="float"),
    "formulas with their results": Shape("xlsxwriter", figures="computed", totals=True),
    "the head once more on the next page": Shape(names="others", letters="broken", apart=True),
    "the other year first, names spaced": Shape("tsv", "utf-16", last_year=True, first=True, letters="spaced"),
}
REFUSED = {
    "a number rounded in sight": Shape(figures="rounded"),
    "thousands in sight": Shape(figures="scaled"),
    "ten thousands in sight": Shape("xlsxwriter", figures="scaled up"),
    "a percentage for a count": Shape(figures="percent"),
    "formulas without results": Shape("xml", figures="never computed"),
    "a part of one for a level": Shape(levels="fraction"),
    "a part of one in words": Shape("csv", levels="fraction in words"),
    "a number for a month and a day": Shape(days="month and day"),
    "a number for a day": Shape("xml", days="bare serial"),
}
"""What a person could read as something else."""
SAVED = {
    "saved by LibreOffice": Shape("libreoffice", heads=2, last_year=True, levels="percent", figures="thousands"),
    "saved as CSV by LibreOffice": Shape("libreoffice csv", figures="thousands", levels="percent"),
}


@pytest.fixture(scope="module")
def empty(tmp_path_factory) -> Path:
    """A new database with the plan of 2020."""
    with pytest.MonkeyPatch.context() as patched:
        path = tmp_path_factory.mktemp("empty") / "anju.db"
        patched.setenv("ANJU_DB", str(path))
        patched.setenv("ANJU_BY", "tester")
        patched.setenv("ANJU_TODAY", "2020-07-15")
        assert _asked("init")[0] == 0
        return path


def _asked(*words: str) -> tuple[int, str]:
    out = io.StringIO()
    with redirect_stdout(out), redirect_stderr(io.StringIO()):
        code = main(list(words))
    return code, out.getvalue()


def came_of(folder: Path, database: Path, shape: Shape, tasks: tuple[Task, ...]) -> tuple[int, list[object], object]:
    """The exit code, what is wrong, and what is booked, of a return in a shape."""
    Path(os.environ["ANJU_DB"]).write_bytes(database.read_bytes())
    path = shape.write(folder / f"f{ENDINGS.get(shape.container, '.xlsx')}", tasks)
    whose = [] if shape.above else ["-u", "hsc", "-q", "Q2"]
    code, out = _asked("progress", "import", str(path), "--received", "7-9", "--json", *whose)
    problems = [each for file in json.loads(out) for each in file["problems"] if each["kind"] != "warning"]
    rows = json.loads(_asked("progress", "list", "--json")[1])
    return code, problems, {(row["item"], row["on"], row["quantity"], row["note"], row["evidence"]) for row in rows}


def wanted(tasks: tuple[Task, ...]) -> set[object]:
    """What is to be booked of a return."""
    return {
        (
            task.code,
            (task.done_on or date(2020, 6, 30)).isoformat(),
            task.total if task.measure == "%" else task.this,
            " ".join(task.words.split()) or None,
            task.evidence or None,
        )
        for task in tasks
    }


@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES)
def test_in_each_shape_it_is_booked_as_it_is(empty, tmp_path, shape):
    assert came_of(tmp_path, empty, shape, TASKS) == (0, [], wanted(TASKS))


@pytest.mark.parametrize("shape", REFUSED.values(), ids=REFUSED)
def test_what_could_be_read_as_something_else_is_a_problem(empty, tmp_path, shape):
    code, problems, booked = came_of(tmp_path, empty, shape, TASKS)
    assert code == 1 and problems and booked == set()


@pytest.mark.office
@pytest.mark.parametrize("shape", SAVED.values(), ids=SAVED)
def test_saved_by_another_program_it_is_booked_as_it_is(empty, tmp_path, shape):
    assert came_of(tmp_path, empty, shape, TASKS) == (0, [], wanted(TASKS))


said = st.text(st.sampled_from("完成推进筹集甲乙，；、,;\t\n\"'| 1260%"), min_size=1, max_size=12).filter(
    lambda text: text.strip() and text[0] != "'"  # in a CSV it may stand before what is not to be taken for a formula
)
counts = st.integers(0, 3000)


@st.composite
def returns(draw: st.DrawFn) -> tuple[Task, ...]:
    """Any return of the body."""
    first, third = draw(counts), draw(counts)
    level = draw(st.integers(0, 100))
    done = draw(st.dates(date(2020, 4, 1), date(2020, 6, 30))) if level == 100 else None
    return (
        Task("summary", "综合情况", "", None, None, draw(said)),
        Task("raise", "建设筹集", "套", first, first, draw(said), None, draw(st.sampled_from(["", "8号"]))),
        Task("subsidy", "住房货币补贴", "户", third, third, draw(said)),
        Task("ms-q1-survey", "配套设施建设情况调查", "%", None, level, draw(said), done),
    )


def any_of(choices: str) -> st.SearchStrategy[str]:
    return st.sampled_from(choices.split("|"))


shapes = st.builds(
    Shape,
    container=any_of("openpyxl|xlsxwriter|xml|csv|tsv|semicolon"),
    encoding=any_of("utf-8|utf-8-sig|gb18030|utf-16"),
    order=st.permutations(COLUMNS).map(tuple),
    names=any_of("ours|others"),
    heads=st.integers(1, 3),
    merged=st.booleans(),
    figures=any_of("plain|float|decimals|thousands|measured|text|wide|separated|spaced|rounded|scaled|scaled up|percent"
                   "|computed|never computed"),
    levels=any_of("plain|percent|signed|text|wide|fraction|fraction in words"),
    days=any_of("date|iso|chinese|short|slashes|midnight|serial|dotted|month and day|bare serial"),
    above=st.booleans(),
    furniture=st.booleans(),
    last_year=st.booleans(),
    first=st.booleans(),
    letters=any_of("plain|broken|spaced|hinted|wide"),
    apart=st.booleans(),
    totals=st.booleans(),
)  # fmt: skip


@settings(
    max_examples=400 if DEEP else 40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(shape=shapes, tasks=returns())
def test_any_return_in_any_shape_is_booked_as_it_is_or_a_problem_is_named(empty, tmp_path, shape, tasks):
    code, problems, booked = came_of(tmp_path, empty, shape, tasks)
    if problems:
        assert (code, booked) == (1, set())
    else:
        assert (code, booked) == (0, wanted(tasks))


OTHER_GROUPS = ["2019年", "上年同期", "去年", "计划", "目标", "一季度", "第一季度", "本月", "上期", "2021年", "第三季度", "年度目标", "上季度", "十三五", "历年", "当月", "下期", "预计", "其中：竣工", "投资", "其中"]  # fmt: skip
OTHER_NAMES = [
    "完成",
    "完成数",
    "计划",
    "目标",
    "比例",
    "数量",
    "套数",
    "本期完成",
    "累计完成",
    "本期",
    "累计",
    "本季度完成",
    "同比",
    "剩余",
    "完成率",
    "应完成",
    "上报数",
]
OWN = (
    ("本期", "完成"),
    ("第二季度", "完成数"),
    ("2020年", "本季度完成"),
    ("累计", "完成"),
    ("本年", "累计完成"),
    ("完成情况", "本期完成"),
)


@st.composite
def grouped_heads(draw: st.DrawFn) -> list[tuple[str, list[str]]]:
    """Groups of columns, one of them of this period: every other is another period's, or a plan's."""
    of, name = draw(st.sampled_from(OWN))
    others = st.lists(st.sampled_from(OTHER_NAMES), min_size=1, max_size=2, unique=True)
    groups = draw(st.lists(st.sampled_from(OTHER_GROUPS), min_size=1, max_size=3, unique=True))
    return draw(st.permutations([(of, [name]), *((other, draw(others)) for other in groups)]))


@settings(
    max_examples=400 if DEEP else 40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(groups=grouped_heads(), merged=st.booleans())
def test_of_groups_of_columns_the_one_of_this_period_is_booked_or_a_problem_is_named(empty, tmp_path, groups, merged):
    top, low, row, areas = ["任务编号"], [None], ["raise"], ["A2:A3"] * merged
    for of, names in groups:
        if merged and len(names) > 1:
            areas.append(f"{get_column_letter(len(top) + 1)}2:{get_column_letter(len(top) + len(names))}2")
        top += [of, *[None] * (len(names) - 1)]
        low += names
        row += [600 if (of, names[0]) in OWN else 1000 + len(row)] + [2000 + len(row)] * (len(names) - 1)
    Path(os.environ["ANJU_DB"]).write_bytes(empty.read_bytes())
    above = ["填报单位：住房保障中心", None, "考核期：2020年第二季度"]
    path = workbook(tmp_path / "f.xlsx", [above, top, low, row], merge=tuple(areas))
    code, _out = _asked("progress", "import", str(path), "--received", "7-9")
    booked = [entry["quantity"] for entry in json.loads(_asked("progress", "list", "--json")[1])]
    assert (code, booked) in ((0, [600]), (1, []))
