"""A number counts as what a person sees in its cell: where that is something else than it holds, nobody can tell."""

from datetime import datetime

import pytest

from anju_cli.foreign import text_of
from anju_cli.foreign.formats import Format
from tests.foreign import HEAD, Page, Raw, Shown, came_of, figure, formula, of, xlsx

SEEN_AS_HELD = {
    600: (
        "General", "G/通用格式", "[绿色]G/通用格式", "@", "0", "#,##0", "0_ ", "?0", "0.00", "0.0", "0.##", "#,##0.00_);(#,##0.00)",
        '0"套"', "0\\套", '#"套"', '#,##0"套"', 'General"套"', '[Blue]#,##0"套";[Red]-#,##0"套"', "[Red]0", "[红色]0",
        "_ * #,##0_ ;_ * -#,##0_ ;_ * \"-\"_ ;_ @_ ", '_ ¥* #,##0.00_ ;_ ¥* -#,##0.00_ ;_ ¥* "-"??_ ;_ @_ ', "¥#,##0",
        "[$-804]0", "[$¥-804]#,##0", "000", "0000", "[>1]0;0", "0;-0;;@", "# ?/?", "0.00E+00", "[DBNum1]General",
        "[>=10000]0!.0,\"万\";0",
    ),
    0: ("0", "General", "#,##0", '_ * "-"_ ', '0;-0;"-"', '0;-0;"无"', "0.00"),
}  # fmt: skip
"""By number, formats in which it is seen as it is."""

SEEN_OTHERWISE = [
    (12.6, "0", "13 / 12.6"), (0.5, "0", "1 / 0.5"), (0.4, "0", "0 / 0.4"), (1234, "0,", "1 / 1234"), (600_000, "0,", "600 / 600000"),
    (600, '0.0,"千"', "0.6千"), (12345, '0!.0,"万"', "1.2万"), (12345, '[>=10000]0!.0,"万";0', "1.2万"), (6, '0"万"', "6万"),
    (6, '0"万套"', "6万套"), (6, 'G/通用格式"万套"', "6万套"), (600, '0"户"', "600户"), (600, "#,##0元", "600元"), (600, "0年", "600年"),
    (600, '"约"0', "约600"), (600, '[>100]"多";0', "多"), (600, ";;;", " / 600"), (0, "0;-0;;@", " / 0"), (0, "#", " / 0"),
    (1234, "0.00E+00", "1.23E+3"), (0.5, "# ?/?", "1/2"), (600, "0!0", "6000"), (-600, '0"套";0"套"', "600套 / -600"),
    (-6, "0;0", "6 / -6"), (-6, "0;[Red]0", "6 / -6"), (0.5, "h:mm", "12:00"), (1.5, "[h]:mm", "36:00"), (600, "[<100]0", "####"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("number", "code"), [(number, code) for number, codes in SEEN_AS_HELD.items() for code in codes]
)
def test_what_is_seen_as_it_is_held_is_booked(anju, shared, tmp_path, number, code):
    assert came_of(anju, shared, xlsx(tmp_path / "f.xlsx", figure(Shown(number, code)))).booked == {"raise": number}


@pytest.mark.parametrize(("number", "code", "found"), SEEN_OTHERWISE)
def test_what_is_seen_otherwise_is_refused_at_its_cell(anju, shared, tmp_path, number, code, found):
    came = came_of(anju, shared, xlsx(tmp_path / "f.xlsx", figure(Shown(number, code))))
    assert came.booked == {} and "something else than it holds" in came.refused["C3"] and found in came.refused["C3"]


@pytest.mark.parametrize(
    ("value", "found"),
    [
        (Shown(6, "0%"), "600%"), (Shown(6, "0.0%"), "600.0%"), (Shown(6, '0.00%;[Red]-0.00%'), "600.00%"), ("100%", "100%"),
        (Shown(600, "yyyy/m/d"), "1901-08-22"), (Shown(600, 'm"月"d"日"'), "8月22日"), (12.6, "12.6"), ("1e3", "1e3"),
        (Raw('<c r="@" t="b"><v>1</v></c>'), "TRUE"), (Raw('<c r="@" t="d"><v>2020-06-30</v></c>'), "2020-06-30"),
        (Raw('<c r="@"><v>NaN</v></c>'), "NaN"), (Raw('<c r="@"><v>1_000</v></c>'), "1_000"), (Raw('<c r="@"><v>1e400</v></c>'), "1e400"),
        ("6 00", "6 00"), ("600套", "600套"), ("约600", "约600"), ("(5)", "(5)"), ("12,34", "12,34"), ("1.5万", "1.5万"),
    ],
)  # fmt: skip
def test_what_is_no_quantity_is_refused_at_its_cell(anju, shared, tmp_path, value, found):
    came = came_of(anju, shared, xlsx(tmp_path / "f.xlsx", figure(value)))
    assert came.booked == {} and found in came.refused["C3"]


@pytest.mark.parametrize(
    ("value", "booked"),
    [
        (Raw('<c r="@"><v>299.99999999999994</v></c>'), 300), (Raw('<c r="@"><v>3.0000000000000004</v></c>'), 3), ("299.99999999999994", 300),
        (Raw('<c r="@"><v>6E2</v></c>'), 600), (Raw('<c r="@"><v> 600 </v></c>'), 600), ("600.0", 600), ("６００", 600), ("\u00a0600\u3000", 600),
        ("1,234", 1234), ("1，234", 1234), ("1,234.0", 1234), ("0600", 600), ("无", 0), ("—", 0), ("N/A", 0), (formula("SUM(A1)", 600), 600),
        (formula('"6"', "600"), 600), (Raw('<c r="@" t="str"><v>600</v></c>'), 600), (Raw('<c r="@" s="99"><v>600</v></c>'), 600),
    ],
)  # fmt: skip
def test_a_figure_is_read_however_it_is_kept(anju, shared, tmp_path, value, booked):
    assert came_of(anju, shared, xlsx(tmp_path / "f.xlsx", figure(value))).booked == {"raise": booked}


def test_a_zero_that_its_sheet_hides_could_be_a_blank(anju, shared, tmp_path):
    view = '<sheetViews><sheetView workbookViewId="0" showZeros="0"/></sheetViews>'
    came = came_of(anju, shared, xlsx(tmp_path / "f.xlsx", figure(0)._replace(before=view)))
    assert " / 0" in came.refused["C3"]
    assert came_of(anju, shared, xlsx(tmp_path / "f.xlsx", figure(600)._replace(before=view))).booked == {"raise": 600}


# -- percent: 100 for a level ------------------------------------------------------------------------------------------


def level(value, words="推进", column="total"):
    row = (
        ["ms-q1-survey", None, None, value, words] if column == "total" else ["ms-q1-survey", None, value, None, words]
    )
    return Page([of(), HEAD, row])


@pytest.mark.parametrize(
    ("value", "booked"),
    [
        (Shown(1, "0%"), 100), (Shown(1, "0.00%"), 100), (Shown(0.6, "0.0%"), 60), (Shown(0.456, "0%"), 46), (Shown(0, "0%"), 0),
        (Shown(0.6, "0.0%;[Red]-0.0%"), 60), (Shown(100, '0"%"'), 100), (Shown(60, "0\\%"), 60), (100, 100), ("100%", 100), ("１００％", 100),
        ("100 %", 100), ("100.0%", 100), (formula("1", 100), 100), (1, 1), (Shown(1, "0"), 1),
    ],
)  # fmt: skip
@pytest.mark.parametrize("column", ["this", "total"])
def test_a_level_is_what_its_cell_shows(anju, shared, tmp_path, value, booked, column):
    assert came_of(anju, shared, xlsx(tmp_path / "f.xlsx", level(value, column=column))).booked == {
        "ms-q1-survey": booked
    }


@pytest.mark.parametrize(
    ("value", "found"),
    [
        (Shown(0.996, "0%"), "100% / 99.6%"), (Shown(100, "0%"), "10000"), (0.6, "0.6"), ("0.6", "0.6"), ("60.5%", "60.5"), ("完成", "完成"),
        (Shown(1, '"约"0%'), "约100%"), (Raw('<c r="@" t="b"><v>1</v></c>'), "TRUE"), (Shown(0.5, "0"), "1 / 0.5"),
    ],
)  # fmt: skip
def test_a_level_that_could_be_another_is_refused(anju, shared, tmp_path, value, found):
    assert found in came_of(anju, shared, xlsx(tmp_path / "f.xlsx", level(value))).refused["D3"]


DONE = [
    "完成",
    "已完成",
    "按计划完成",
    "全部完工",
    "已于6月办结",
    "Done",
    "已印发",
    "已于6月30日印发实施方案",
    "已出台",
    "已落实",
    "已通过验收",
]
DONE += ["已交付使用", "√", "100%", "完成率100％"]


@pytest.mark.parametrize(
    ("value", "words"), [*((1, words) for words in DONE), *((one, "完成") for one in ("1", "1.0", Shown(1, "0"), Shown(1, "0.00"), formula("1", 1)))]
)  # fmt: skip
def test_1_beside_words_of_completion_is_1_percent_or_100(anju, shared, tmp_path, value, words):
    assert "1 % or 100 %" in came_of(anju, shared, xlsx(tmp_path / "f.xlsx", level(value, words))).refused["D3"]


@pytest.mark.parametrize(
    "words",
    ["推进中", "未完成", "尚未印发", "计划9月完成", "预计年底前全部完成", "完成进度1%", "已完成1％", "待验收", None],
)
def test_1_beside_other_words_is_1_percent(anju, shared, tmp_path, words):
    assert came_of(anju, shared, xlsx(tmp_path / "f.xlsx", level(1, words))).booked == {"ms-q1-survey": 1}


# -- dates -------------------------------------------------------------------------------------------------------------

DAY = 44104  # 30 September 2020


@pytest.mark.parametrize(
    "value",
    [
        "2020-09-30", "2020/9/30", "2020.9.30", "2020年9月30日", "9月30日", "9-30", "9/30", "2020-09-30 00:00:00", "2020/9/30 0:00",
        "2020-09-30T00:00:00", Shown(DAY, "yyyy/m/d"), Shown(DAY, 'yyyy"年"m"月"d"日"'), Shown(DAY, '[$-804]yyyy"年"m"月"d"日";@'),
        Shown(DAY, "[$-409]d-mmm-yy"), Shown(DAY, '[DBNum1][$-804]yyyy"年"m"月"d"日"'), Shown(DAY, 'e"年"m"月"d"日"'), Shown(DAY, 'm"月"d"日"'),
        Shown(DAY, "m/d"), Shown(DAY + 0.5, "yyyy/m/d h:mm"), Shown(DAY + 0.5, "yyyy/m/d"), Shown(DAY, "[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy"),
        Raw('<c r="@" t="d"><v>2020-09-30</v></c>'), Raw('<c r="@" t="d"><v>2020-09-30T00:00:00Z</v></c>'),
    ],
    ids=str,
)  # fmt: skip
def test_a_date_is_read_however_it_is_shown(anju, office, tmp_path, value):
    page = Page([of(), [*HEAD, "预计完成日期"], ["raise", None, 600, None, "x", value]])
    anju("progress import --received 7-9", str(xlsx(tmp_path / "f.xlsx", page)))
    assert anju("progress list --json").json[0]["note"] == "x；预计完成：2020-09-30"


@pytest.mark.parametrize(
    "value",
    [
        9.3, "9.3", "9.30", DAY, "44104", 20200930, 2020.9, Shown(DAY, "0"), Shown(DAY, 'yyyy"年"m"月"'), Shown(DAY, "mmm-yy"), Shown(DAY, "yyyy"),
        Shown(DAY, "aaaa"), Shown(43738, 'm"月"d"日"'), Shown(0.5, "h:mm"), Shown(DAY, "h:mm"), "9月底", "三季度末", "2020年9月", "2020-13-01",
        "2020-02-30", "20-9-30", "今天", "-3d", Raw('<c r="@" t="d"><v>soon</v></c>'),
    ],
    ids=str,
)  # fmt: skip
def test_what_is_no_day_or_half_of_one_is_refused_at_its_cell(anju, shared, tmp_path, value):
    page = Page([of(), [*HEAD, "预计完成日期"], ["raise", None, 600, None, "x", value]])
    came = came_of(anju, shared, xlsx(tmp_path / "f.xlsx", page))
    assert came.booked == {} and set(came.refused) == {"F3"}


def test_days_may_be_counted_from_1904(anju, office, tmp_path):
    page = Page([of(), [*HEAD, "预计完成日期"], ["raise", None, 600, None, "x", Shown(DAY - 1462, "yyyy/m/d")]])
    anju("progress import --received 7-9", str(xlsx(tmp_path / "f.xlsx", page, book='<workbookPr date1904="1"/>')))
    assert anju("progress list --json").json[0]["note"] == "x；预计完成：2020-09-30"


# -- words are what is seen --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("number", "code", "text"),
    [
        (1, "000", "001"), (1.5, "0.00", "1.50"), (2019, "0年", "2019年"), (2019, 'General"年"', "2019年"), (0.5, "0%", "50%"), (0.5, "0.0%", "50.0%"),
        (0.5, "h:mm", "12:00"), (0.75, "h:mm AM/PM", "6:00 PM"), (0.75, "上午/下午h:mm", "下午6:00"), (1.5, "[h]:mm", "36:00"), (0.5, "mm:ss", "00:00"),
        (DAY, 'yyyy"年"m"月"', "2020年9月"), (DAY, 'm"月"d"日"', "9月30日"), (DAY, "mmm-yy", "Sep-20"), (DAY, "aaaa", "星期三"), (DAY, "dddd", "Wednesday"),
        (DAY + 0.5, "yyyy/m/d h:mm", "2020-09-30 12:00:00"), (DAY + 0.5, "yyyy/m/d", "2020-09-30"), (60, "yyyy/m/d", "1900-02-28"), (5, '"P-"000', "P-005"),
        (1234, "#,##0", "1234"), (12345678, "000-00000", "123-45678"), (1234, "0.00E+00", "1.23E+3"), (1.25, "# ?/?", "5/4"), (-5, "0;(0)", "-5"),
        (1234567, '0.0,,"百万"', "1.2百万"), (1e15, "0", "1e+15"), (0, "yyyy/m/d", "0:00"), (-1, "yyyy/m/d", "-1"), (-1, "h:mm", "####"),
    ],
)  # fmt: skip
def test_a_formatted_number_is_shown_as_a_spreadsheet_shows_it(number, code, text):
    assert text_of(Format(code).shown(number)) == text


def test_a_day_with_its_time_is_that_day():
    assert Format("yyyy/m/d h:mm:ss").shown(44104.25) == datetime(2020, 9, 30, 6)
