"""The platforms' lists and the register held against each other: what is missing where, which figures differ."""

import io
import json
import zipfile
from datetime import date, datetime

import pytest
from openpyxl import Workbook

from anju_cli.foreign import LIST
from anju_cli.lists.list_files import read_list
from anju_cli.lists.reconciling import _plain
from tests.conftest import prepared

HOSTILE = "坪山[一期][/b]:100:"
PUBLIC = f"""公共住房基础信息平台导出,,,
项目编码,项目名称,房源套数,竣工日期
A,甲项目,300,2020/6/30
D,{HOSTILE},"1,400",
B,乙项目,14,2020-12-31
"""
RENTAL = f"""项目代码,名称,套数,竣工日期
a,甲 项目,300.0,2020年6月30日
D,{HOSTILE},400,2020-09-30
E,丁,1,
,无码,1,
E,丁,2,
"""


@pytest.fixture
def write(tmp_path):
    def write(name, content, encoding="utf-8"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
        return str(path)

    return write


def found(heard):
    """The differences, without the values of lists that are not there."""
    return [
        (row["key"], row["kind"], row["field"], row["first"], row["second"], row["third"])
        for row in heard.json["differences"]
    ]


class TestTwoLists:
    def test_what_is_missing_where_and_which_values_differ(self, anju, write):
        line = ["reconcile", write("公共住房.csv", PUBLIC), write("租赁监管.csv", RENTAL), "--key", "项目编码"]
        heard = anju(*line, "--json", code=1)
        assert found(heard) == [
            ("D", "differs", "计划套数", "1,400", "400", None),
            ("D", "blank", "竣工日期", None, "2020-09-30", None),
            ("B", "missing", None, "5", None, None),
            ("E", "missing", None, None, "4 6", None),
            ("E", "duplicate", None, None, "4 6", None),
            ("", "no_key", None, None, "5", None),
        ]
        answer = heard.json
        assert (answer["keys"], answer["agreeing"], answer["fields"]) == (4, 1, ["项目名称", "计划套数", "竣工日期"])
        assert [row["missing_in"] for row in answer["differences"]][2:4] == [["租赁监管.csv"], ["公共住房.csv"]]
        assert [source["rows"] for source in answer["sources"]] == [3, 5]
        shown = anju(*line, code=1)
        assert "4 in all, 1 the same in every list, 6 differences" in shown.out
        assert HOSTILE in shown.out and "not there" in shown.out and "row 4, 6" in shown.out and shown.err == ""
        assert HOSTILE in anju(*line, "--csv", code=1).out

    def test_lists_that_agree_have_no_difference_and_exit_0(self, anju, write):
        gbk = PUBLIC.replace("项目编码", "项目 编码").replace('"1,400"', "1400.00").replace("2020/6/30", "2020-06-30")
        heard = anju("reconcile", write("a.csv", PUBLIC), write("b/a.csv", gbk, "gb18030"))
        assert "No difference." in heard.out and "a.csv [1]" in heard.out and "a.csv [2]" in heard.out

    def test_into_a_file_by_its_ending(self, anju, write, tmp_path):
        line = ["reconcile", write("a.csv", PUBLIC), write("b.csv", RENTAL)]
        for ending in ("json", "csv", "md"):
            anju(*line, "-o", str(tmp_path / f"out.{ending}"), code=1)
        assert json.loads((tmp_path / "out.json").read_text("utf-8"))["keys"] == 4
        assert "differs" in (tmp_path / "out.csv").read_text("utf-8-sig")
        assert "already a file here" in anju(*line, "-o", str(tmp_path / "out.csv"), code=4).err

    @pytest.mark.parametrize(
        ("one", "other", "same"),
        [
            ("1,200", "1200", True),
            ("1200.0", "１２００", True),
            ("0.50", ".5", False),
            ("007", "7", False),
            ("-3", "-3.00", True),
            ("2020/6/30", "2020年6月30日", True),
            ("2020.06.30", "2020-6-30", True),
            ("2020-06-31", "2020/6/31", False),
            ("坪山 一期", "坪山一期", True),
            ("(A)", "（a）", True),
            ("12,00", "1200", False),
        ],
    )
    def test_values_are_compared_as_numbers_dates_and_words(self, one, other, same):
        assert (_plain(one) == _plain(other)) is same


def test_many_rows_of_one_key_are_counted_by_their_first_numbers(anju, write):
    many = write("a.csv", "项目编码,套数\n" + "A,1\n" * 7)
    heard = anju("reconcile", many, write("b.csv", "项目编码,套数\nA,1\n"), "--json", code=1, lang="zh")
    assert found(heard) == [("A", "duplicate", None, "2 3 4 5 6 …", None, None)]


class TestThreeListsAndTheRegister:
    @prepared
    def register(self, office):
        office("projects add A --name 甲项目 --homes 300 --way build --stage final")
        office("projects add D --homes 400 --name", HOSTILE)
        return office

    def test_the_register_is_one_more_list(self, register, write):
        estate = "项目编码,项目名称,计划套数,筹建方式\nA,甲项目,310,筹集\n"
        files = [write("a.csv", PUBLIC), write("b.csv", RENTAL), write("c.csv", estate)]
        heard = register("reconcile", *files, "--register", "--json", code=1)
        assert [source["name"] for source in heard.json["sources"]] == ["a.csv", "b.csv", "c.csv", "register"]
        rows = {(row["key"], row["field"]): row for row in heard.json["differences"] if row["kind"] == "differs"}
        homes = rows["A", "计划套数"]
        assert [homes[each] for each in ("first", "second", "third", "fourth")] == ["300", "300.0", "310", "300"]
        way = rows["A", "筹建方式"]
        assert [way[each] for each in ("first", "second", "third", "fourth")] == [None, None, "筹集", "建设"]

    def test_one_file_against_the_register(self, register, write):
        same = f"项目编码,项目名称,总套数,形象进度\nA,甲项目,300,竣工\nD,{HOSTILE},400,\n"
        heard = register("reconcile", write("a.csv", same), "--register")
        assert "No difference" in heard.out and "the register" in heard.out

    def test_as_the_register_stood_on_a_day(self, register, write):
        one = write("a.csv", "项目编码,项目名称\nA,甲项目\n")
        heard = register("reconcile", one, "--register", "--as-of", "2020-01-01", "--json", code=1)
        assert found(heard) == [("A", "missing", None, "2", None, None)]

    @pytest.mark.parametrize("count", [1, 5])
    def test_two_to_four_lists_are_compared(self, anju, write, count):
        files = [write(f"{n}.csv", PUBLIC) for n in range(count)]
        assert "two to 4 lists" in anju("reconcile", *files, code=2).err

    def test_without_a_database_the_register_cannot_be_had(self, anju, write):
        assert "anju init" in anju("reconcile", write("a.csv", PUBLIC), "--register", code=3).err


class TestMapping:
    def test_columns_are_named_for_all_files_or_for_one(self, anju, write):
        mapping = write(
            "m.yaml",
            "key: 编号\nfields:\n  住房数: [房源套数, 套数]\nsources:\n"
            "  - {name: 公共住房基础信息平台, key: 项目编码}\n"
            "  - {key: 项目代码, fields: {竣工日期: 备案日}}\n",
        )
        rental = RENTAL.replace("竣工日期", "备案日")
        heard = anju(
            "reconcile", write("a.csv", PUBLIC), write("b.csv", rental), "--mapping", mapping, "--json", code=1
        )
        assert heard.json["key"] == "编号" and heard.json["fields"] == ["住房数", "项目名称", "竣工日期"]
        assert heard.json["sources"][0]["name"] == "公共住房基础信息平台"
        assert ("D", "differs", "住房数", "1,400", "400", None) in found(heard)

    @pytest.mark.parametrize(
        ("text", "said"),
        [
            pytest.param("key: [a]\n", ":1:6: key: found a list, expected the name of a column", id="no text"),
            pytest.param("keys: a\n", "found 'keys', expected key, fields, sources", id="an unknown key"),
            pytest.param("- a\n", "found a list, expected a mapping", id="a list"),
            pytest.param("fields: a\n", "found 'a', expected a mapping of fields", id="fields are no mapping"),
            pytest.param("fields: {a: {b: c}}\n", "fields.a: found a mapping, expected the name", id="too deep"),
            pytest.param("fields: {a: null}\n", "fields.a: found nothing", id="a field without names"),
            pytest.param("sources: a\n", "expected a list, one for each file", id="sources are no list"),
            pytest.param("sources:\n  - {file: a}\n  - 3\n", "2 problems in all", id="an unknown key of a source"),
            pytest.param("key: &x a\n", "no anchors", id="an anchor"),
            pytest.param("key: a\nkey: b\n", "a key once", id="a key twice"),
        ],
    )
    def test_a_mapping_is_read_strictly(self, anju, write, text, said):
        refused = anju(
            "reconcile", write("a.csv", PUBLIC), write("b.csv", RENTAL), "--mapping", write("m.yaml", text), code=1
        )
        assert said in refused.err

    def test_an_empty_mapping_says_nothing_and_a_missing_one_is_missed(self, anju, write):
        files = [write("a.csv", PUBLIC), write("b.csv", RENTAL)]
        assert anju("reconcile", *files, "--mapping", write("m.yaml", " \n"), "--json", code=1).json["keys"] == 4
        assert "mapping file cannot be read" in anju("reconcile", *files, "--mapping", "none.yaml", code=3).err

    @pytest.mark.parametrize(
        ("mapping", "code", "said"),
        [
            pytest.param("sources: [{}, {}, {}]\n", 2, "more sources than there are files", id="too many sources"),
            pytest.param("sources: [{fields: {竣工日期: 备案}}]\n", 1, "a.csv has no column 备案", id="no such column"),
            pytest.param("fields: {项目名称: [房源套数]}\nsources: [{fields: {项目名称: 房源套数}}]\n", 1, "D", id="as said"),
        ],
    )  # fmt: skip
    def test_a_mapping_that_does_not_fit_the_files(self, anju, write, mapping, code, said):
        line = ["reconcile", write("a.csv", PUBLIC), write("b.csv", RENTAL), "--mapping", write("m.yaml", mapping)]
        heard = anju(*line, code=code)
        assert said in heard.err + heard.out

    def test_several_columns_that_may_be_one_field_are_asked_about(self, anju, write):
        two = write("a.csv", "项目编码,总套数,房源套数\nA,1,2\n")
        refused = anju("reconcile", two, write("b.csv", RENTAL), code=1)
        assert "several columns may be 计划套数: 总套数, 房源套数" in refused.err and "--mapping" in refused.err
        own = write("c.csv", "项目编码,计划套数,房源套数\nD,400,2\n")
        assert ("D", "differs", "计划套数", None, None, None) not in found(
            anju("reconcile", own, write("b.csv", RENTAL), "--json", code=1)
        )

    def test_a_list_without_the_key_says_what_it_has(self, anju, write):
        refused = anju("reconcile", write("a.csv", PUBLIC), write("b.csv", "编,名\n1,2\n"), code=1)
        assert "no column of this name was found" in refused.err and "项目编码" in refused.err


class TestWorkbooks:
    def workbook(self, path, *rows):
        book = Workbook()
        book.active.append(["封面"])
        sheet = book.create_sheet("数据")
        for row in rows:
            sheet.append(row)
        book.save(path)
        return str(path)

    def test_cells_are_read_as_they_are_written(self, anju, write, tmp_path):
        path = self.workbook(
            tmp_path / "a.xlsx",
            ["导出"],
            ["项目编码", "项目名称", "计划套数", "竣工日期", "备案时间", "已结清", None],
            ["A", HOSTILE, 300.0, date(2020, 6, 30), datetime(2020, 6, 30, 9, 5), True],
            [None, None],
            [12, "乙", 14.5, None, None, False],
        )
        other = write(
            "b.csv",
            f"项目编码,项目名称,计划套数,竣工日期,备案时间,已结清\nA,{HOSTILE},300,2020/6/30,2020-06-30 09:05:00,True\n12,乙,14.5,,,False\n",
        )
        assert "No difference" in anju("reconcile", path, other).out

    def test_a_formula_that_was_never_computed_is_a_problem_at_its_cell(self, anju, write, tmp_path):
        path = self.workbook(tmp_path / "a.xlsx", ["项目编码", "套数"], ["A", "=1+1"])
        refused = anju("reconcile", path, write("b.csv", "项目编码,套数\nA,2\n"), code=1)
        assert "a.xlsx:2: 套数: the formula was never computed" in refused.err + refused.out

    @pytest.mark.parametrize("kind", ["bomb", "styles", "cells", "parts", "sheet", "entities", "no book"])
    def test_hostile_workbooks_are_refused_quickly(self, anju, write, tmp_path, kind):
        path = self.workbook(tmp_path / "a.xlsx", ["项目编码", "套数"], ["A", 1])
        with zipfile.ZipFile(path) as book:
            parts = {name: book.read(name) for name in book.namelist()}
        sheet = "xl/worksheets/sheet2.xml"
        if kind == "bomb":
            parts[sheet] = parts[sheet].replace(b"</sheetData>", b"<row/>" * (LIST.unpacked // 6) + b"</sheetData>")
        elif kind == "styles":
            parts["xl/styles.xml"] += b" " * 1_000_001
        elif kind == "cells":
            row = b"<row>" + b'<c t="n"><v>1</v></c>' * 200 + b"</row>"
            parts[sheet] = parts[sheet].replace(b"</sheetData>", row * 2600 + b"</sheetData>")
        elif kind == "parts":
            parts |= {f"xl/media/{n}": b"" for n in range(1001)}
        elif kind == "sheet":
            parts[sheet] = parts[sheet][: len(parts[sheet]) // 2]
        elif kind == "entities":
            entities = b"<!DOCTYPE x [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;'>]>"
            parts[sheet] = entities + parts[sheet].replace(b"<v>1</v>", b"<v>&b;</v>")
        else:
            parts = {"word/document.xml": b"<x/>"}
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as book:
            for name, content in parts.items():
                book.writestr(name, content)
        other = write("b.csv", "项目编码,套数\nA,1\n")
        heard = anju("reconcile", write("evil.xlsx", packed.getvalue()), other, code=1)
        assert heard.out == "" and "evil.xlsx" in heard.err and len(heard.err.splitlines()) <= 2

    def test_a_cell_at_the_far_end_does_no_harm(self, anju, write, tmp_path):
        path = self.workbook(tmp_path / "a.xlsx", ["项目编码", "套数"], ["A", 1])
        with zipfile.ZipFile(path) as book:
            parts = {name: book.read(name) for name in book.namelist()}
        far = b'<row r="1048576"><c r="XFD1048576" t="n"><v>1</v></c></row></sheetData>'
        sheet = "xl/worksheets/sheet2.xml"
        parts[sheet] = parts[sheet].replace(b"</sheetData>", far)
        with zipfile.ZipFile(path, "w") as book:
            for name, content in parts.items():
                book.writestr(name, content)
        assert "No difference" in anju("reconcile", path, write("b.csv", "项目编码,套数\nA,1\n")).out

    def test_a_workbook_of_another_program_without_styles_is_read_without_a_word(self, anju, write, tmp_path):
        path = self.workbook(tmp_path / "a.xlsx", ["项目编码", "套数"], ["A", 1])
        with zipfile.ZipFile(path) as book:
            parts = {name: book.read(name) for name in book.namelist()}
        parts["xl/styles.xml"] = b'<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"/>'
        with zipfile.ZipFile(path, "w") as book:
            for name, content in parts.items():
                book.writestr(name, content)
        heard = anju("reconcile", path, write("b.csv", "项目编码,套数\nA,1\n"))
        assert "No difference" in heard.out and heard.err == ""

    def test_the_first_table_with_the_column_is_taken(self, tmp_path):
        from pathlib import Path

        path = self.workbook(tmp_path / "a.xlsx", ["说明", "x"], ["代码", "项目编码"], ["1", "A"])
        sheet = read_list(Path(path), ["项目编码"])
        assert (sheet.head, [row.cells for row in sheet.rows]) == (("代码", "项目编码"), [("1", "A")])


@pytest.mark.parametrize(
    "content",
    [
        "项目编码,套数\nA,1\n".encode("utf-16"),
        "项目编码;套数\nA;1\n".encode("gb18030"),
        "\ufeff项目编码\t套数\nA\t1\n".encode(),
    ],
    ids=["utf-16", "semicolons", "tabs"],
)
def test_text_is_read_as_other_programs_write_it(anju, write, content):
    assert "No difference" in anju("reconcile", write("a.csv", content), write("b.csv", "项目编码,套数\nA,1\n")).out


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("old.xls", b"\xd0\xcf\x11\xe0" + b"\0" * 600),
        ("open.ods", b"PK\x03\x04" + b"\0" * 26 + b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet"),
    ],
)
def test_what_is_no_workbook_of_excels_is_refused_with_what_to_do(anju, write, name, content):
    refused = anju("reconcile", write(name, content), write("b.csv", RENTAL), code=1).err
    assert name in refused and "save it as .xlsx or .csv" in refused


def test_twenty_thousand_rows_are_compared(anju, write):
    rows = "".join(f"C{n},项目{n},{n}\n" for n in range(20_000))
    one = write("a.csv", "项目编码,项目名称,套数\n" + rows)
    other = write("b.csv", "项目编码,项目名称,套数\n" + rows.replace("C7,项目7,7\n", "C7,项目7,8\n"))
    assert found(anju("reconcile", one, other, "--json", code=1)) == [("C7", "differs", "计划套数", "7", "8", None)]


def test_lists_of_twenty_thousand_rows_take_little_of_the_processor_and_of_memory(tmp_path):
    import xlsxwriter

    from tests.processes import within

    paths = [tmp_path / f"{name}.xlsx" for name in ("public", "rental")]
    for more, path in enumerate(paths):
        book = xlsxwriter.Workbook(path, {"constant_memory": True})
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["项目编码", "项目名称", "套数", "竣工日期"])
        for row in range(1, 20_001):
            sheet.write_row(row, 0, [f"C{row}", f"项目{row}", row + more * (row == 7), "2020-06-30"])
        book.close()
    (heard,) = within(150, 6, [["reconcile", *map(str, paths), "--json"]])
    assert heard.code == 1 and found(heard) == [("C7", "differs", "计划套数", "7", "8", None)]
