"""Columns of tables: each described once, under the name of a field; the chart and the papers follow the description."""

import ast
import importlib
import inspect
import pkgutil
import re
import zipfile
from datetime import date
from decimal import Decimal
from functools import cache
from io import BytesIO
from types import NoneType
from typing import get_args, get_type_hints

import pytest
from openpyxl import load_workbook
from openpyxl.utils import column_index_from_string

import anju_cli
from anju_cli.domain.records import names_of
from anju_cli.i18n import speaking
from anju_cli.render import columns
from anju_cli.render.columns import ColumnOf
from anju_cli.render.page import Cell, ColumnKind, Page, text
from anju_cli.render.pages import common
from anju_cli.render.sheets.form_columns import PROGRESS, PROJECTS, letters, places
from anju_cli.render.sheets.page_book import PageBook
from anju_cli.render.sheets.quarter import CHARTED, summary
from anju_cli.render.word.paper_tables import paper_cells, paper_columns
from anju_cli.reports.answers.rows import Milestone, Target
from tests.conftest import ROOT

RENDER = ROOT / "anju_cli" / "render"
BY_PART = {"SomeUnit": "UnitRow", "SomeRow": "Target"}
"""Descriptions of several shapes, and one of them."""


@cache
def shapes():
    """Every class of the package by its name: no two have the same."""
    modules = [module.name for module in pkgutil.walk_packages(anju_cli.__path__, "anju_cli.")]
    loaded = [importlib.import_module(name) for name in modules if not name.endswith("__main__")]
    return {name: found for module in loaded for name, found in inspect.getmembers(module, inspect.isclass)}


def described():
    """Each function that describes a table: the shape of its rows, and the maker and the key of each column."""
    for path in sorted((RENDER / "pages").glob("*.py")):
        for function in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            answers = (
                ast.unparse(function.returns) if isinstance(function, ast.FunctionDef) and function.returns else ""
            )
            if shape := re.fullmatch(r"list\[ColumnOf\[(\w+)]]", answers):
                calls = [call for call in ast.walk(function) if isinstance(call, ast.Call) and call.args]
                made = [(ast.unparse(call.func).removeprefix("columns."), call.args[0].value) for call in calls
                        if ast.unparse(call.func).startswith("columns.") and isinstance(call.args[0], ast.Constant)]  # fmt: skip
                yield pytest.param(BY_PART.get(shape[1], shape[1]), made, id=f"{path.stem}-{function.name}")


TABLES = list(described())
IN_PROSE = {
    ("CalendarQuarter", "return_deadline"), ("CalendarQuarter", "bulletin_deadline"), ("PlanLine", "revision"),
    ("CalendarQuarter", "start"), ("CalendarQuarter", "review_from"), ("ReviewLine", "review_from"),
}  # fmt: skip
"""Dates and numbers that stand in a longer text, or two dates in one cell."""


class TestDescriptions:
    def test_all_tables_are_described(self):
        assert len(TABLES) > 35 and sum(len(case.values[1]) for case in TABLES) > 250

    @pytest.mark.parametrize(("shape", "made"), TABLES)
    def test_a_column_is_named_after_a_field_and_its_kind_is_that_of_the_field(self, shape, made):
        assert [key for _maker, key in made if key not in names_of(shapes()[shape])] == []
        for maker, key in made:
            holds = field_types(shapes()[shape], key)
            if holds and (shape, key) not in IN_PROSE:
                assert (maker == "day") == (holds == {date}), key
                assert (maker in ("figure", "count")) == (holds <= {int, Decimal}), key

    def test_no_key_stands_twice_in_a_table(self):
        for one in (common.target_columns(), common.milestone_columns(), common.unit_columns(str)):
            keys = [column.key for column, _cell in one if not column.drawing]
            assert len(keys) == len(set(keys)) and all(keys)

    @pytest.mark.parametrize("kind", ColumnKind)
    def test_words_alone_may_be_folded(self, kind):
        column = common.target_columns()[0].column._replace(kind=kind)
        assert column.folds is (kind is ColumnKind.WORDS)
        assert column.figure is (kind is ColumnKind.FIGURE) and column.drawing is (kind is ColumnKind.DRAWING)


def field_types(shape, name):
    """The types that a field may have; none where its module keeps them for type checkers alone."""
    try:
        hint = get_type_hints(shape)[name]
    except NameError:
        return set()
    return set(get_args(hint) or [hint]) - {NoneType}


TARGET = Target(
    id="raise", name="建设筹集住房", name_en="Homes built or raised", measure="套", decimals=0, goal=4713, goal_original=4000,
    due=None, due_original=None, quarter_quantity=1230, cumulative=2090, completion_rate=Decimal("44.3"),
    completion_rate_original=Decimal("52.3"), expected=Decimal("2356.50"), expected_rate=Decimal("50.0"),
    gap_points=Decimal("-5.7"), light="red", status="behind", pace="even", entries=3, lead=("hsc",),
    lead_names=("区住房保障中心",), lead_names_en=("Housing Security Centre",), parent=None, within=None, unit=None,
    unit_name=None, unit_name_en=None, inferred=("measure",), restated=True, counting="",
)  # fmt: skip
PLAIN = TARGET._replace(id="supply", name="供应", name_en="Homes supplied", goal_original=4713, restated=False)


def workbook(first=()):
    """The summary of a workbook whose table of targets has these columns before its own."""
    table = columns.table("Targets", [*first, *common.target_columns()], [TARGET, PLAIN])
    with PageBook("Summary") as book:
        summary(book, Page("Summary", ["A line."], [table]), table)
        content = b"".join(book.content())
    chart = zipfile.ZipFile(BytesIO(content)).read("xl/charts/chart1.xml").decode()
    return load_workbook(BytesIO(content)).active, re.findall(r"<c:f>'?Summary'?!([^<]+)</c:f>", chart)


def extra(number: int) -> ColumnOf[Target]:
    return columns.code("id", f"Extra {number}")


class TestChart:
    @pytest.mark.parametrize("more", [0, 1, 2], ids="{} columns more in front".format)
    def test_its_ranges_move_along_with_the_columns(self, more):
        sheet, ranges = workbook([extra(number) for number in range(more)])
        heads = [sheet[name.replace("$", "")].value for name in ranges if ":" not in name]
        assert heads == [columns.heads(common.target_columns())[key] for key in CHARTED]
        cells = [[cell.value for (cell,) in sheet[name.replace("$", "")]] for name in ranges if ":" in name]
        names = ["Homes built or raised", "Homes supplied"]
        assert cells == [names, ["44.3 (was 52.3)", 44.3], names, [50, 50]]
        assert [sheet.cell(sheet[ranges[0].replace("$", "")].row, column + 1).value for column in range(more)] == [
            f"Extra {number}" for number in range(more)
        ]

    def test_no_place_of_a_column_is_written_as_a_number(self):
        tree = ast.parse((RENDER / "sheets" / "quarter.py").read_text(encoding="utf-8"))
        series = next(call for call in ast.walk(tree) if isinstance(call, ast.Call)
                      and ast.unparse(call.func) == "chart.add_series")  # fmt: skip
        ranges = [part for part in ast.walk(series) if isinstance(part, ast.List)]
        assert len(ranges) == 3
        assert not [part for found in ranges for part in ast.walk(found) if isinstance(part, ast.Constant)]


class TestReturnForm:
    def test_no_place_of_a_column_is_written_as_a_number(self):
        """But for the first, in which titles and notes begin."""
        tree = ast.parse((RENDER / "sheets" / "return_form.py").read_text(encoding="utf-8"))
        calls = [call for call in ast.walk(tree) if isinstance(call, ast.Call) and len(call.args) > 1
                 and re.match(r"sheet\.write_|_locked_figure", ast.unparse(call.func))
                 and "value" not in {getattr(part, "id", "") for part in call.args}]  # fmt: skip
        places = [call.args[2 if ast.unparse(call.func) == "_locked_figure" else 1] for call in calls]
        assert len(places) > 20
        assert {place.value for place in places if isinstance(place, ast.Constant)} == {0}

    @pytest.mark.parametrize("described", [PROGRESS, PROJECTS], ids=["tasks", "projects"])
    def test_what_a_formula_calls_a_column_is_where_it_stands(self, described):
        for key, letter in letters(described).items():
            assert column_index_from_string(letter) - 1 == places(described)[key]
            assert described[places(described)[key]].key == key


class TestPaper:
    def test_it_shows_the_columns_that_have_a_width_there_in_the_order_of_the_screen(self):
        with speaking("zh"):
            heads = [column.title for column in paper_columns(common.milestone_columns())]
        assert heads == ["节点任务", "牵头单位", "完成时限", "完成情况", "完成日期", "逾期天数"]

    def test_what_it_words_otherwise_is_found_by_key(self):
        described = [columns.code("id", "Id", paper=10), *common.milestone_columns()]
        row = Milestone(
            id="m", name="节点", name_en="Step", due=date(2020, 3, 31), due_original=None, status="open",
            completion_rate=Decimal(0), done_on=None, days_overdue=3, working_days_overdue=None, lead=(), lead_names=(),
            lead_names_en=(), everyone=True, inferred=(),
        )  # fmt: skip
        cells = paper_cells(described, row, {"due": lambda row: "3月31日"})
        assert cells == ["m", "Step", "all member units", "3月31日", "In progress", "—", "3"]

    def test_the_language_in_use_is_the_same_afterwards(self):
        with pytest.raises(ZeroDivisionError), speaking("zh"):
            assert common.target_columns()[0].column.title == "目标任务"
            _ = 1 / 0
        assert common.target_columns()[0].column.title == "Target"


class TestTables:
    def test_a_cell_is_what_the_field_holds_or_what_is_told_of_the_row(self):
        one = [columns.figure("goal", "A"), columns.figure("goal", "B", lambda row: text("many", of=row.goal)),
               columns.figure("gap_points", "C", tone=lambda row: "bad", sign=True)]  # fmt: skip
        assert columns.cells(one, TARGET) == [Cell("4713", "", 4713), Cell("many", "", 4713),
                                              Cell("-5.7", "bad", Decimal("-5.7"))]  # fmt: skip

    def test_columns_are_left_out_by_key_or_where_nothing_is_said(self):
        table = columns.table("t", common.milestone_columns(), [])
        assert [column.key for column in table.without(["name", "due"]).columns][:2] == ["lead_names", "status"]
        one = [columns.code("id", "Id"), columns.day("due", "Due")]
        assert [column.key for column in columns.table("t", one, [TARGET]).without_blanks().columns] == ["id"]
