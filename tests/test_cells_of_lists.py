"""Lists of projects and of homes are read by the same rules as returns: into the register, and held against each other."""

import pytest

from tests.foreign import Page, Raw, Shown, formula, xlsx

HEAD = ["项目编码", "项目名称", "总套数"]


@pytest.fixture
def brought(anju, shared, tmp_path):
    """What a list would bring into the register, by project, or what is said against it."""

    def brought(rows, code=0, **page):
        path = xlsx(tmp_path / "p.xlsx", Page(rows, **page))
        heard = anju(f"projects import {path} --dry-run --json --db {shared}", code=code)
        if code:
            return heard.err
        return {
            row["project"]: row["after"]
            for row in heard.json["changes"]
            if row["field"] == "homes" and row["part"] == "project"
        }

    return brought


@pytest.mark.parametrize(
    ("value", "homes"),
    [
        (400, "400"), ("400", "400"), ("400.0", "400"), ("4,000", "4000"), (Raw('<c r="@"><v>299.99999999999994</v></c>'), "300"), (Shown(400, '0"套"'), "400"),
        (Shown(4000, "#,##0"), "4000"), (Shown(400, "0.00"), "400"), (formula("1", 400), "400"), ("４００", "400"),
    ],
)  # fmt: skip
def test_homes_are_read_however_they_are_shown(brought, value, homes):
    assert brought([HEAD, ["A-01", "甲", value]]) == {"A-01": homes}


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (Shown(12.6, "0"), "13 / 12.6"), (Shown(1234, "0,"), "1 / 1234"), (Shown(4, '0"万"'), "4万 / 4"), (Shown(400, '0"户"'), "400户 / 400"), (Shown(4, "0%"), "400%"),
        ("400%", "400%"), (Shown(4000, "yyyy/m/d"), "1910-12-13"), (400.5, "400.5"), (formula(), "never computed"), ("约400", "约400"), (1e16, "1e+16"),
    ],
)  # fmt: skip
def test_what_is_seen_otherwise_is_refused_in_its_row_and_column(brought, value, said):
    problem = next(line for line in brought([HEAD, ["A-01", "甲", value]], code=1).splitlines() if "总套数" in line)
    assert problem.startswith("p.xlsx:2: 总套数: ") and said in problem


@pytest.mark.parametrize("column", [1, 2], ids=["the name", "the homes"])
@pytest.mark.parametrize("value", [formula(), Raw('<c r="@" t="e"><v>#N/A</v></c>')], ids=["not computed", "an error"])
def test_a_cell_that_cannot_be_read_is_not_called_empty_too(brought, column, value):
    row = ["A-01", "甲", 400]
    row[column] = value
    assert sum(line.startswith("p.xlsx:2: ") for line in brought([HEAD, row], code=1).splitlines()) == 1


def test_a_figure_merged_over_several_projects_is_not_clear(brought):
    rows = [[*HEAD, "所属街道"], ["A-01", "甲", 400, "坑梓"], ["A-02", "乙", None, None]]
    assert "p.xlsx:3: 总套数: one figure for several rows" in brought(rows, code=1, merge=("C2:C3", "D2:D3"))
    rows[2][2] = 5
    assert brought(rows, merge=("D2:D3",)) == {"A-01": "400", "A-02": "5"}


def test_a_figure_merged_over_the_rows_of_one_project_is_of_them_all(brought):
    rows = [[*HEAD, "指标", "计划套数"], ["A-01", "甲", 400, "基本建成", 100], [None, None, None, "竣工", 50]]
    assert brought(rows, merge=("A2:A3", "B2:B3", "C2:C3")) == {"A-01": "400"}


@pytest.mark.parametrize(
    "head", ["总套数（套）", "总套数(套数)", "总套数（必填）", "总套数（单位：套）", " 总 套 数 ", "房源套数"]
)
def test_a_head_of_homes_may_say_so(brought, head):
    assert brought([[*HEAD[:2], head], ["A-01", "甲", 400]]) == {"A-01": "400"}


@pytest.mark.parametrize("measure", ["万套", "户", "%", "平方米", "百套", "间"])
def test_another_measure_in_a_head_or_above_is_refused(brought, measure):
    assert "another measure" in brought([[*HEAD[:2], f"总套数（{measure}）"], ["A-01", "甲", 4]], code=1)
    assert "another measure" in brought(
        [["项目清单"], [None, None, f"单位：{measure}"], HEAD, ["A-01", "甲", 4]], code=1
    )
    assert brought([["项目清单"], [None, None, "单位：套"], HEAD, ["A-01", "甲", 4]]) == {"A-01": "4"}


def test_what_stands_in_brackets_must_be_known(brought):
    assert "not known here" in brought([[*HEAD[:2], "总套数（含人才房）"], ["A-01", "甲", 4]], code=1)


@pytest.mark.parametrize(
    ("rows", "merge"),
    [
        ([["项目编码", "项目名称", "套数", None], [None, None, "总套数", "计划套数"], ["A-01", "甲", 400, 5]], ("A1:A2", "B1:B2", "C1:D1")),
        ([["项目编码", "项目名称", "套数", None], [None, None, "总套数", "计划套数"], ["A-01", "甲", 400, 5]], ()),
        ([["基本信息", None, "2019年", "2020年"], ["项目编码", "项目名称", "总套数", "总套数"], ["A-01", "甲", 111, 400]], ("A1:B1",)),
        ([["清单"], [], ["项目编码", "项目名称", "总套数"], ["A-01", "甲", 400]], ("A1:C1",)),
    ],
    ids=["merged", "not merged", "two years", "a title"],
)  # fmt: skip
def test_the_rows_of_a_head_are_joined(brought, rows, merge):
    if rows[0][0] == "基本信息":
        assert "needs its homes" in brought(rows, code=1, merge=merge)  # neither year's column is the whole
    else:
        assert brought(rows, merge=merge) == {"A-01": "400"}


@pytest.mark.parametrize(
    ("code", "kept"),
    [(1.1, "1.1"), ("1.10", "1.10"), (Shown(1.1, "0.00"), "1.10"), ("001", "001"), (Shown(1, "000"), "001"), (Shown(1, "0.00"), "1.00"), ("2020-1-01", "2020-1-01"),
     (123456789012345, "123456789012345"), ("440310202006300031", "440310202006300031"), ("Ａ－０１", "Ａ－０１"), ("3E5-A", "3E5-A"), ("A\u200b-01", "A-01")],
)  # fmt: skip
def test_a_code_is_the_text_that_is_seen(brought, code, kept):
    assert list(brought([HEAD, [code, "甲", 400]])) == [kept]


@pytest.mark.parametrize(
    "code",
    [1234567890123456, Raw('<c r="@"><v>4.4031020200630003E17</v></c>'), "4.4E+17", "1E5", Shown(440305, "0.00E+00"), Shown(43831, "yyyy-m-d"), Shown(43831, 'm"月"d"日"'),
     '=DISPIMG("ID_0",1)', "#N/A", formula()],
    ids=str,
)  # fmt: skip
def test_a_code_that_lost_digits_or_is_none_is_refused(brought, code):
    assert brought([HEAD, [code, "甲", 400]], code=1).startswith("p.xlsx:2: 项目编码: ")


@pytest.mark.parametrize(
    ("value", "day"),
    [(Shown(44104, 'yyyy"年"m"月"d"日"'), True), (Shown(44104.5, "yyyy/m/d"), True), ("2020-09-30 00:00:00", True), ("2020/9/30", True), (44104, False), (9.3, False), ("9.30", False),
     (Shown(44104, 'yyyy"年"m"月"'), False), ("今天", False), ("2020年9月", False)],
)  # fmt: skip
def test_a_day_is_a_whole_one(brought, value, day):
    rows = [[*HEAD, "交付入住日期"], ["A-01", "甲", 400, value]]
    if day:
        assert brought(rows) == {"A-01": "400"}
    else:
        assert "p.xlsx:2: 交付入住日期: " in brought(rows, code=1)


# -- lists against each other ------------------------------------------------------------------------------------------


@pytest.fixture
def differences(anju, tmp_path):
    """In what two lists differ."""

    def differences(one, other, code=None):
        paths = [xlsx(tmp_path / f"{name}.xlsx", Page(rows)) for name, rows in (("a", one), ("b", other))]
        heard = anju(f"reconcile {paths[0]} {paths[1]} --key 编号 --json", code=code)
        return [(row["key"], row["kind"]) for row in heard.json["differences"]] if heard.out.strip() else heard.err

    return differences


SAME = [
    (600, "600"), (600, "600.0"), (600, "６００"), ("1,200", 1200), (299.99999999999994, 300), (Shown(1234, "#,##0"), 1234), (Shown(1234, "¥#,##0.00"), 1234), (Shown(1234, '0"套"'), 1234),
    (Shown(600, "0.00"), "600"), (Shown(-5, "0;(0)"), -5), ("-5", "−5"), ("¥1,200", 1200), (Shown(0.5, "0%"), "50%"), ("50.0%", "50％"), (Shown(44104, "yyyy/m/d"), "2020年9月30日"),
    (Shown(44104.5, "yyyy/m/d"), "2020-09-30"), ("2020-09-30 00:00:00", "2020/9/30"), ("甲 乙", "甲乙"), ("Ａ", "a"), ("甲\u200b", "甲"), ("1.10", "1.1"), (Shown(600, "0.00E+00"), 600),
]  # fmt: skip
OTHER = [
    (0.5, Shown(0.5, "0%")), (Shown(44104, "yyyy/m/d"), 44104), ("001", "1"), (Shown(12.6, "0"), 12.6), ("无", 0), ("1e3", 1000), ("50%", "51%"), ("2020-09-30", "2020-09-29"),
    (Shown(44104, 'yyyy"年"m"月"'), "2020-09-30"),
]  # fmt: skip


@pytest.mark.parametrize(("one", "other"), SAME)
def test_values_compare_as_numbers_percents_and_days(differences, one, other):
    assert differences([["编号", "数"], ["k", one]], [["编号", "数"], ["k", other]]) == []


@pytest.mark.parametrize(("one", "other"), OTHER)
def test_where_both_are_such(differences, one, other):
    assert differences([["编号", "数"], ["k", one]], [["编号", "数"], ["k", other]]) == [("k", "differs")]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("A 1", "a1"),
        ("Ａ１", "A1"),
        ("（1）", "(1)"),
        ("00１", "001"),
        (1.1, "1.1"),
        (Shown(1, "000"), "001"),
        ("A\u200b1", "A1"),
    ],
)
def test_keys_are_folded_in_width_spaces_and_case(differences, one, other):
    assert differences([["编号", "数"], [one, 5]], [["编号", "数"], [other, 5]]) == []


@pytest.mark.parametrize(
    ("one", "other"), [("1.1", "1.10"), (1.1, "1.10"), ("2020-1-01", "2020-01-1"), ("001", "1"), ("1", "1.0"), ("A_1", "A1"), ("1,2", "12"), ("1,200", "1200")]
)  # fmt: skip
def test_and_in_nothing_else(differences, one, other):
    assert [kind for _key, kind in differences([["编号", "数"], [one, 5]], [["编号", "数"], [other, 5]])] == [
        "missing",
        "missing",
    ]


def test_two_columns_of_one_name_are_named_where_they_are_compared(differences):
    one, other = [["编号", "数", "数"], ["k", 1, 2]], [["编号", "数"], ["k", 1]]
    assert "several columns may be 数: B 数, C 数" in differences(one, other, code=1)
    assert differences(one, [["编号", "量"], ["k", 1]]) == []


@pytest.mark.parametrize(
    "head",
    [
        [["编号", "数（套）"]],
        [["编号", "数（必填）"]],
        [["编号", "数", None], [None, "数", "别的"]],
        [["清单"], ["编号", "数"]],
        [["编号", "数", "名"], ["1", "2", "3"]],
    ],
)
def test_heads_of_lists_are_read_as_those_of_returns(differences, head):
    assert differences([*head, ["k", 5]], [["编号", "数"], ["k", 7]]) == [("k", "differs")]


def test_another_years_column_is_another_field(differences):
    one = [["编号", "2019年", None, "2020年", None], [None, "套数", "户数", "套数", "户数"], ["k", 1, 1, 5, 5]]
    assert differences(one, [["编号", "2020年套数"], ["k", 7]]) == [("k", "differs")]
    assert differences(one, [["编号", "套数"], ["k", 7]]) == []
