"""Workbooks as WPS and other programs write their parts: whatever Excel would open is read, and read as it shows it."""

import re

import pytest

from tests.foreign import (
    ERROR,
    HEAD,
    MAIN,
    RELATIONS,
    Page,
    Raw,
    came_of,
    figure,
    formula,
    letters,
    of,
    packed,
    parts,
    rows_xml,
    xlsx,
)  # fmt: skip

COMPATIBILITY = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
BOOK_LINKS, SHEET = "xl/_rels/workbook.xml.rels", "xl/worksheets/sheet1.xml"


def changed(part, old, new):
    def change(files):
        assert old in files[part]
        return files | {part: files[part].replace(old, new)}

    return change


def renamed(rename):
    return lambda files: {rename(name): text for name, text in files.items()}


def without(part):
    return lambda files: {name: text for name, text in files.items() if name != part}


def prefixed(files):
    sheet = re.sub(r"<(/?)(\w)", r"<\1x:\2", files[SHEET].replace("xmlns=", "xmlns:x="))
    return files | {SHEET: sheet}


def elsewhere(files):
    """The list of sheets in another folder, under another name."""
    links = files[BOOK_LINKS].replace('Target="', 'Target="../xl/')
    root = files["_rels/.rels"].replace("xl/workbook.xml", "book/wb.xml")
    kept = {name: text for name, text in files.items() if "workbook" not in name}
    return kept | {"book/wb.xml": files["xl/workbook.xml"], "book/_rels/wb.xml.rels": links, "_rels/.rels": root}


SHAPES = {
    "absolute targets, as WPS writes them": changed(BOOK_LINKS, 'Target="worksheets/', 'Target="/xl/worksheets/'),
    "entries with backslashes": renamed(lambda name: name.replace("/", "\\")),
    "targets with backslashes": changed(BOOK_LINKS, 'Target="worksheets/', 'Target="worksheets\\'),
    "targets with a dot": changed(BOOK_LINKS, 'Target="worksheets/', 'Target="./worksheets/'),
    "entries in other letters": renamed(lambda name: name.replace("worksheets/sheet1", "Worksheets/Sheet1")),
    "no root relations": without("_rels/.rels"),
    "no list of types": without("[Content_Types].xml"),
    "no styles": without("xl/styles.xml"),
    "elements under a prefix": prefixed,
    "its list of sheets elsewhere": elsewhere,
    "a mark of byte order": lambda files: {name: "\ufeff" + text for name, text in files.items()},
    "a declaration": lambda files: {
        name: '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\r\n' + text for name, text in files.items()
    },
    "a format without a number": changed("xl/styles.xml", "<numFmts>", '<numFmts><numFmt formatCode="0"/>'),
    "a style without a format": changed("xl/styles.xml", '<xf numFmtId="0"/>', "<xf/>"),
    "no attributes of place": changed(SHEET, "", ""),
    "comments, pictures, macros beside it": lambda files: files | {
        "xl/comments1.xml": "<comments/>", "xl/media/image1.png": "", "xl/cellimages.xml": "<x/>", "xl/vbaProject.bin": "",
        "xl/richData/rdrichvalue.xml": "<x/>", "xl/drawings/drawing1.xml": "<x/>",
    },
}  # fmt: skip


@pytest.mark.parametrize("shape", SHAPES)
def test_parts_are_found_however_they_are_named(anju, shared, tmp_path, shape):
    made = packed(tmp_path / "f.xlsx", SHAPES[shape](parts(figure(600))))
    assert came_of(anju, shared, made).booked == {"raise": 600}


def test_a_workbook_that_says_of_no_sheet_where_it_is_is_damaged(anju, shared, tmp_path):
    made = packed(tmp_path / "f.xlsx", without(BOOK_LINKS)(parts(figure(600))))
    assert "damaged" in came_of(anju, shared, made, "-u", "hsc", "-q", "Q2").refused[None]


@pytest.mark.parametrize(
    "page",
    [
        Page(re.sub(r' r="[A-Z]*\d+"', "", rows_xml([[*of()[:1], "", of()[2]], HEAD, ["raise", "", 600, "", "x"]]))),
        Page(rows_xml([of(), HEAD, ["raise", None, 600, None, "x"]]), before='<dimension ref="A1"/>'),
        Page('<row r="3">' + rows_xml([["raise", None, 600, None, "x"]]).replace('1"', '3"').split(">", 1)[1] + rows_xml([of(), HEAD])),
        Page(
            rows_xml([of(), HEAD, ["raise", None, 600, None, "x"]])
            + "".join(f'<row r="{n}"><c r="A{n}" s="0"/></row>' for n in range(4, 2000))
            + '<row r="1048576"><c r="E1048576" s="0"/></row>'
        ),
        figure(600)._replace(
            after=f'<mc:AlternateContent {COMPATIBILITY}><mc:Choice Requires="x14"><controls><v>5</v></controls></mc:Choice>'
            '</mc:AlternateContent><drawing r:id="r9"/><extLst><ext><f>A1</f></ext></extLst>'
        ),
        Page([[*row, *[None] * 300, "far"] for row in (of(), HEAD, ["raise", None, 600, None, "x"])]),
    ],
    ids=["no places", "a wrong dimension", "rows out of order", "formatted to the last row", "what follows the rows", "far cells"],
)  # fmt: skip
def test_rows_are_read_in_whatever_order_and_extent(anju, shared, tmp_path, page):
    assert came_of(anju, shared, xlsx(tmp_path / "f.xlsx", page)).booked == {"raise": 600}


@pytest.mark.parametrize(
    ("cell", "booked"),
    [
        ('<c r="@" t="n"><v>600</v></c>', 600), ('<c r="@" t="str"><v>600</v></c>', 600), ('<c r="@" t="q"><v>600</v></c>', 600),
        ('<c r="@"><v>\n 600\n</v></c>', 600), ('<c r="@" s="x"><v>600</v></c>', 600), ('<c r="@" t="inlineStr"><v>600</v></c>', 600),
        ('<c r="@"><is><t>600</t></is></c>', 600), ('<c r="@" t="str"><v><![CDATA[600]]></v></c>', 600), ('<!-- 7 --><c r="@"><v>600</v></c>', 600),
        ('<c r="@"><v>600</v><extLst><ext><v>9</v></ext></extLst></c>', 600),
        ('<c r="@" t="inlineStr"><is><r><t>6</t></r><r><rPr><b/></rPr><t xml:space="preserve">00 </t></r><rPh sb="0" eb="1"><t>7</t></rPh></is></c>', 600),
        (
            f'<mc:AlternateContent {COMPATIBILITY}><mc:Choice Requires="x14"><c r="@"><v>600</v></c></mc:Choice><mc:Fallback><c r="@"><v>1</v></c>'
            "</mc:Fallback></mc:AlternateContent>", 600,
        ),
    ],
    ids=range(12),
)  # fmt: skip
def test_a_cell_is_read_however_it_is_written(anju, shared, tmp_path, cell, booked):
    assert came_of(anju, shared, xlsx(tmp_path / "f.xlsx", figure(Raw(cell)))).booked == {"raise": booked}


CODE, WORDS = "<si><t>raise</t></si>", "<si><t>x</t></si>"


def with_texts(texts, part="xl/sharedStrings.xml", *, linked=True, more=""):
    """A return whose texts stand in the table that cells point into."""
    head = "".join(f'<c r="{letters(at)}2" t="s"><v>{at}</v></c>' for at in range(5))
    row = '<c r="A3" t="s"><v>5</v></c><c r="C3"><v>600</v></c><c r="E3" t="s"><v>6</v></c>'
    files = parts(Page(rows_xml([of()]) + f'<row r="2">{head}</row><row r="3">{row}{more}</row>'))
    table = "".join(f"<si><t>{name}</t></si>" for name in HEAD)
    link = f'<Relationship Id="t" Type="{RELATIONS}/sharedStrings" Target="{part[3:]}"/></Relationships>'
    if linked:
        files = changed(BOOK_LINKS, "</Relationships>", link)(files)
    return files | {part: f'<sst xmlns="{MAIN}">{table}{texts}</sst>'}


@pytest.mark.parametrize(
    "files",
    [
        with_texts(CODE + WORDS),
        with_texts(CODE + WORDS, "xl/SharedStrings.xml"),
        with_texts(CODE + WORDS, "xl/SharedStrings.xml", linked=False),
        with_texts(CODE.replace("raise", " raise ").replace("<t>", '<t xml:space="preserve">') + WORDS),
        with_texts("<si><r><t>ra</t></r><r><rPr><b/></rPr><t>ise</t></r></si>" + WORDS),
        with_texts('<si><t>raise</t><rPh sb="0" eb="1"><t>レイズ</t></rPh><phoneticPr fontId="1"/></si>' + WORDS),
        with_texts(CODE + "<si/>"),
        with_texts(CODE + WORDS, more='<c r="D3" t="s"/>'),
        with_texts(CODE + WORDS, more='<c r="D3" t="s"><v></v></c>'),
    ],
    ids=["linked", "other letters", "not linked", "spaces kept", "runs", "a reading", "an empty text", "no text", "an empty place"],
)  # fmt: skip
def test_shared_texts_are_found_and_read(anju, shared, tmp_path, files):
    assert came_of(anju, shared, packed(tmp_path / "f.xlsx", files)).booked == {"raise": 600}


@pytest.mark.parametrize("place", ["99", "-1"])
def test_a_cell_that_points_to_no_text_is_damage(anju, shared, tmp_path, place):
    files = with_texts(CODE + WORDS, more=f'<c r="D3" t="s"><v>{place}</v></c>')
    came = came_of(anju, shared, packed(tmp_path / "f.xlsx", files), "-u", "hsc", "-q", "Q2")
    assert "damaged" in came.refused[None]


# -- formulas ----------------------------------------------------------------------------------------------------------

UNCOMPUTED = {
    "plain": formula(),
    "with an empty value": Raw('<c r="@"><f>1</f><v></v></c>'),
    "shared": Raw('<c r="@"><f t="shared" ref="@" si="0">H3</f></c>'),
    "sharing": Raw('<c r="@"><f t="shared" si="0"/></c>'),
    "array": Raw('<c r="@"><f t="array" ref="@">SUM(H1:H3)</f></c>'),
    "dynamic array": Raw('<c r="@" cm="1"><f t="array" ref="@">SUM(H1:H3)</f></c>'),
    "data table": Raw('<c r="@"><f t="dataTable" ref="@" dt2D="1"/></c>'),
    "of a text": Raw('<c r="@" t="str"><f>"x"</f></c>'),
}


@pytest.mark.parametrize("kind", UNCOMPUTED)
def test_a_formula_without_a_result_is_a_problem_in_every_importer(anju, shared, tmp_path, kind):
    came = came_of(anju, shared, xlsx(tmp_path / "f.xlsx", figure(UNCOMPUTED[kind])))
    assert came.booked == {} and "never computed" in came.refused["C3"]
    path = xlsx(tmp_path / "p.xlsx", Page([["项目编码", "项目名称", "总套数"], ["A-01", "甲", UNCOMPUTED[kind]]]))
    assert (
        "总套数: the formula was never computed" in anju(f"projects import {path} --dry-run --db {shared}", code=1).err
    )
    assert "总套数: the formula was never computed" in anju(f"reconcile {path} {path} --key 项目编码", code=1).err


@pytest.mark.parametrize(
    ("head", "value", "place"),
    [
        (["任务编号", "本期完成", "进展情况"], [formula(), 600, "x"], "A3"),
        (["工作任务", "本期完成", "进展情况"], [formula(), 600, "x"], "A3"),
        (["任务编号", "本期完成", "进展情况"], ["raise", 600, formula()], "C3"),
        (["任务编号", "本期完成", "预计完成日期"], ["raise", 600, formula()], "C3"),
        (["任务编号", "上期末累计", "本期完成"], ["raise", formula(), 600], "B3"),
        (["任务编号", "年度目标", "本期完成"], ["raise", formula(), 600], "B3"),
        (["任务编号", "计量单位", "本期完成"], ["raise", formula(), 600], "B3"),
        (["任务编号", "项目编码", "本期完成"], ["raise", formula(), 600], "B3"),
        (["任务编号", "佐证材料", "本期完成"], ["raise", formula(), 600], "B3"),
        (["任务编号", formula(), "本期完成"], ["raise", 600, 600], "B2"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)  # fmt: skip
def test_in_whatever_column(anju, shared, tmp_path, head, value, place):
    came = came_of(anju, shared, xlsx(tmp_path / "f.xlsx", Page([of(), head, value])))
    assert came.booked == {} and "never computed" in came.refused[place]


def test_all_that_an_array_or_a_data_table_leaves_blank_was_never_computed(anju, shared, tmp_path):
    for kind in ("array", "dataTable"):
        first = Raw(f'<c r="@"><f t="{kind}" ref="C3:D4"/></c>')
        page = Page([of(), HEAD, ["raise", None, first, None, "x"], ["supply", None, None, None, "y"]])
        assert set(came_of(anju, shared, xlsx(tmp_path / "f.xlsx", page)).refused) == {"C3", "D3", "C4", "D4"}


@pytest.mark.parametrize(
    "results",
    [('<f t="array" ref="C3:C4">1</f>', ""), ('<f t="shared" ref="C3:C4" si="0">1</f>', '<f t="shared" si="0"/>')],
)
def test_with_their_results_they_are_figures(anju, shared, tmp_path, results):
    cells = [Raw(f'<c r="@">{of_cell}<v>{value}</v></c>') for of_cell, value in zip(results, (600, 300), strict=True)]
    page = Page([of(), HEAD, ["raise", None, cells[0], None, "x"], ["supply", None, cells[1], None, "y"]])
    assert came_of(anju, shared, xlsx(tmp_path / "f.xlsx", page)).booked == {"raise": 600, "supply": 300}


@pytest.mark.parametrize("value", ["<v></v>", "<v/>", "<v> </v>"])
def test_a_result_that_is_an_empty_text_is_blank(anju, shared, tmp_path, value):
    page = Page([of(), HEAD, ["raise", None, Raw(f'<c r="@" t="str"><f>IF(1,"","")</f>{value}</c>'), 300, "x"]])
    assert came_of(anju, shared, xlsx(tmp_path / "f.xlsx", page)).booked == {"raise": 300}
    rows = [
        ["项目编码", "项目名称", "总套数", "所属街道"],
        ["A-01", "甲", 400, Raw(f'<c r="@" t="str"><f>""</f>{value}</c>')],
    ]
    anju(f"projects import {xlsx(tmp_path / 'p.xlsx', Page(rows))} --dry-run --db {shared}")


# -- errors ------------------------------------------------------------------------------------------------------------

ERRORS = [
    "#N/A",
    "#REF!",
    "#DIV/0!",
    "#VALUE!",
    "#NAME?",
    "#NULL!",
    "#NUM!",
    "#SPILL!",
    "#CALC!",
    "#GETTING_DATA",
    "#####",
    "Err:508",
]


@pytest.mark.parametrize("error", ERRORS)
@pytest.mark.parametrize("kind", ["e", "str", "text"])
def test_an_error_is_a_problem_in_a_figure_and_no_words(anju, shared, tmp_path, error, kind):
    cell = f" {error} " if kind == "text" else Raw(f'<c r="@" t="{kind}"><f>x</f><v>{error}</v></c>')
    assert "holds an error" in came_of(anju, shared, xlsx(tmp_path / "f.xlsx", figure(cell))).refused["C3"]
    page = Page([of(), HEAD, ["raise", None, 600, None, cell]])
    came = came_of(anju, shared, xlsx(tmp_path / "f.xlsx", page))
    assert came.booked == {"raise": 600} and "an error is not kept as words" in came.warned["E3"]


@pytest.mark.parametrize(
    "column", ["任务编号", "工作任务", "项目编码", "上期末累计", "本期末累计", "年度目标", "完成率", "预计完成日期", "完成日期", "计量单位"]
)  # fmt: skip
def test_an_error_is_a_problem_in_codes_figures_and_dates(anju, shared, tmp_path, column):
    rest = {"任务编号": "raise", "本期完成": 600, "进展情况": "x"}
    if column in ("任务编号", "工作任务"):
        del rest["任务编号"]
    page = Page([of(), [column, *rest], [ERROR, *rest.values()]])
    came = came_of(anju, shared, xlsx(tmp_path / "f.xlsx", page))
    assert came.booked == {} and "holds an error" in came.refused["A3"]


def test_an_error_in_a_list_is_a_problem_wherever_it_is_taken(anju, shared, tmp_path):
    for place, column in enumerate(["项目编码", "项目名称", "总套数", "所属街道", "交付入住日期"]):
        row = ["A-01", "甲", 400, "坑梓", "2020-06-30"]
        row[place] = ERROR
        path = xlsx(tmp_path / "p.xlsx", Page([["项目编码", "项目名称", "总套数", "所属街道", "交付入住日期"], row]))
        assert (
            f"{column}: the cell holds an error (got #N/A)"
            in anju(f"projects import {path} --dry-run --db {shared}", code=1).err
        )
        assert (
            f"{column}: the cell holds an error (got #N/A)"
            in anju(f"reconcile {path} {path} --key 项目编码", code=1).err
        )
