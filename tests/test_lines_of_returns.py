"""Rows that say nothing of their own are passed over alike everywhere; hidden and merged ones count as a person sees them."""

import csv
import io

import pytest

from tests.foreign import ERROR, HEAD, PICTURES, Page, Raw, came_of, of, xlsx

RAISE, SUPPLY = ["raise", None, 600, 600, "x"], ["supply", None, 300, 300, "y"]
BOTH = {"raise": 600, "supply": 300}

TOTALS = [
    "合计", "小计", "总计", "合 计", "合　计", "总  计", "共计", "本页小计", "目标任务小计", "全区合计", "合计：", "合计（套）", "本页合计（套）：", "总合计", "累计", "汇总", "其中", "Total", "TOTAL:",
    "Subtotal", "Grand total", "合计\u200b",
]  # fmt: skip
FEET = [
    "注：以上为初步数据", "注1：不含安置房", "备注：无", "说明：", "填表说明：1.如实填写", "填报要求：", "数据来源：", "附件：1", "填报人：张三", "填 报 人：张三", "审核人：李四", "复核：", "单位负责人（签字）：",
    "分管领导：", "主要负责人：", "经办人：张三", "制表：王五", "联系电话：12345", "电话：1", "填报日期：2020年7月9日", "日期：2020年7月9日", "2020年7月9日", "2020年7月", "盖章", "（盖章）", "（单位公章）",
    "签字：", "单位：套", "以下空白", "（以下无正文）", "Note: x",
]  # fmt: skip
SECTIONS = ["一、目标任务", "二、工作任务", "（一）目标任务", "第一部分 目标任务", "一", "★重点任务", "十二、其他"]


def projects(anju, shared, path):
    """The projects that a file would bring into the register."""
    changes = anju(f"projects import {path} --dry-run --json --db {shared}").json["changes"]
    return [row["project"] for row in changes if row["field"] == "name"]


@pytest.mark.parametrize("word", [*TOTALS, *FEET])
@pytest.mark.parametrize("at", [0, 1])
def test_totals_notes_and_signatures_are_no_rows(anju, shared, tmp_path, word, at):
    row = [None, None, 900, 900, None]
    row[at] = word
    page = Page([of(), HEAD, RAISE, row, SUPPLY, [None] * at + [word]])
    assert came_of(anju, shared, xlsx(tmp_path / "f.xlsx", page)).booked == BOTH


@pytest.mark.parametrize("word", [*TOTALS, *FEET])
def test_nor_in_lists(anju, shared, tmp_path, word):
    head = ["项目编码", "项目名称", "总套数"]
    for row in ([word, "共1个项目", 400], [None, word, 400], [word]):
        path = xlsx(tmp_path / "p.xlsx", Page([head, ["A-01", "甲", 400], row, ["A-02", "乙", 5]]))
        assert projects(anju, shared, path) == ["A-01", "A-02"]
        other = xlsx(tmp_path / "q.xlsx", Page([head, ["A-01", "甲", 400], ["A-02", "乙", 5]]))
        assert anju(f"reconcile {path} {other} --key 项目编码 --json").json["differences"] == []


@pytest.mark.parametrize("word", SECTIONS)
def test_titles_of_sections_are_no_rows(anju, shared, tmp_path, word):
    page = Page([of(), HEAD, [word], RAISE, [None, word], SUPPLY])
    assert came_of(anju, shared, xlsx(tmp_path / "f.xlsx", page)).booked == BOTH
    numbered = Page([of(), ["序号", *HEAD], [word, "甲类"], [1, *RAISE], [word], [2, *SUPPLY]])
    assert came_of(anju, shared, xlsx(tmp_path / "f.xlsx", numbered)).booked == BOTH
    rows = [
        ["序号", "项目编码", "项目名称", "总套数"],
        [word, "公租房"],
        [1, "A-01", "甲", 400],
        [word],
        [2, "A-02", "乙", 5],
    ]
    path = xlsx(tmp_path / "p.xlsx", Page(rows))
    assert projects(anju, shared, path) == ["A-01", "A-02"]


def test_a_section_with_figures_could_be_a_task(anju, shared, tmp_path):
    page = Page([of(), HEAD, ["一、目标任务", None, 900, 900, None], RAISE])
    assert "no such item" in came_of(anju, shared, xlsx(tmp_path / "f.xlsx", page)).refused["A3"]


@pytest.mark.parametrize(
    "rows",
    [
        [RAISE, HEAD, SUPPLY],
        [RAISE, [f" {name[:1]} {name[1:]}" for name in HEAD], SUPPLY],
        [RAISE, ["2020年第二季度进展情况表（续）"], HEAD, SUPPLY],
        [RAISE, ["任务编号", "本期完成", "进展情况"], ["supply", 300, "y"]],
        [["1", "2", "3", "4", "5"], RAISE, SUPPLY],
        [[1, 2, 3, 4, 5], RAISE, SUPPLY],
        [["甲", "乙", "1", "2=1", "丙"], RAISE, SUPPLY],
        [["栏次", 1, 2, 3, 4], RAISE, SUPPLY],
        [[], RAISE, [None, None, None], [], SUPPLY, []],
        [RAISE, SUPPLY, [], ["填报单位：住房保障中心"], ["填报人：张三", None, "审核人：李四"]],
    ],
    ids=["again", "again, spaced", "again, below a title", "another head", "numbers", "typed numbers", "letters", "numbers with a name", "blank rows", "signatures"],
)  # fmt: skip
def test_heads_that_stand_again_and_blank_rows_are_passed_over(anju, shared, tmp_path, rows):
    assert came_of(anju, shared, xlsx(tmp_path / "f.xlsx", Page([of(), HEAD, *rows]))).booked == BOTH


@pytest.mark.parametrize("attribute", ['hidden="1"', 'hidden="true" outlineLevel="1"', 'ht="0" customHeight="1"'])
def test_hidden_and_filtered_rows_are_booked_with_a_warning(anju, shared, tmp_path, attribute):
    page = Page([of(), HEAD, RAISE, SUPPLY], row={4: attribute}, after='<autoFilter ref="A2:E4"/>')
    came = came_of(anju, shared, xlsx(tmp_path / "f.xlsx", page))
    assert came.booked == BOTH and "hidden rows were taken: 4" in came.warned["A4"]
    rows = Page([["项目编码", "项目名称", "总套数"], ["A-01", "甲", 400], ["A-02", "乙", 5]], row={3: attribute})
    path = xlsx(tmp_path / "p.xlsx", rows)
    assert projects(anju, shared, path) == ["A-01", "A-02"]
    assert "hidden rows were taken: 3" in anju(f"projects import {path} --dry-run --db {shared}").err


def test_merged_cells_give_their_value_to_each_row_they_cover(anju, shared, tmp_path):
    head = ["任务编号", "项目编码", "本期完成", "进展情况"]
    page = Page([of(), head, ["raise", "A-1", 600, "同上"], [None, "A-2", 300, None]], merge=("A3:A4", "D3:D4"))
    assert came_of(anju, shared, xlsx(tmp_path / "f.xlsx", page)).booked == {"raise/A-1": 600, "raise/A-2": 300}


def test_a_figure_that_is_merged_over_several_tasks_is_not_clear(anju, shared, tmp_path):
    page = Page([of(), HEAD, RAISE, ["supply", None, None, None, "y"]], merge=("C3:C4", "D3:D4"))
    came = came_of(anju, shared, xlsx(tmp_path / "f.xlsx", page))
    assert came.booked == {} and "one figure for several rows" in came.refused["C4"]


# -- codes and names ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "said"),
    [
        (Raw('<c r="@"><v>4.4031020200630003E17</v></c>'), "15 digits"), (1234567890123456, "15 digits"), ("4.4E+17", "15 digits"), ("1E5", "15 digits"),
        (ERROR, "an error"), (PICTURES["DISPIMG"], "a picture"), (PICTURES["a rich value"], "a picture"),
        (Raw('<c r="@" s="1"><v>43831</v></c>'), "no such project"),
    ],
)  # fmt: skip
def test_a_code_that_lost_digits_or_is_none_is_a_problem_at_its_cell(anju, shared, tmp_path, code, said):
    page = Page([of(), ["任务编号", "项目编码", "本期完成"], ["raise", code, 600]])
    came = came_of(anju, shared, xlsx(tmp_path / "f.xlsx", page))
    if said == "no such project":  # a number without a format, in a ledger without a register: any code is kept
        assert came.booked == {"raise/43831": 600}
    else:
        assert came.booked == {} and said in came.refused["B3"]


@pytest.mark.parametrize("code", ["1.10", "2020-1-01", "001", "Ａ－０１", "3E5-A"])
def test_a_code_is_kept_as_it_is_written(anju, shared, tmp_path, code):
    page = Page([of(), ["任务编号", "项目编码", "本期完成"], ["raise", code, 600]])
    assert came_of(anju, shared, xlsx(tmp_path / "f.xlsx", page)).booked == {f"raise/{code}": 600}


def test_a_mark_that_nobody_sees_is_taken_out_of_a_code_too(anju, shared, tmp_path):
    page = Page(
        [of(), ["任务编号", "项目编码", "本期完成", "进展情况"], ["ra\u200bise", "A\u2060-1", "6\u200b00", "x"]]
    )
    came = came_of(anju, shared, xlsx(tmp_path / "f.xlsx", page))
    assert came.booked == {"raise/A-1": 600}
    assert {place: said.rpartition("| ")[2] for place, said in came.warned.items()} == {
        "A3": "U+200B zero-width space", "B3": "U+2060 word joiner", "C3": "U+200B zero-width space",
    }  # fmt: skip


# -- words -------------------------------------------------------------------------------------------------------------

DROPPED = {
    "\u200b": "U+200B", "\u200c": "U+200C", "\u200d": "U+200D", "\u2060": "U+2060", "\ufeff": "U+FEFF", "\u00ad": "U+00AD", "\u200e": "U+200E", "\u200f": "U+200F",
    "\u202a": "U+202A", "\u202c": "U+202C", "\u2066": "U+2066", "\u2067": "U+2067", "\u2069": "U+2069", "\u061c": "U+061C", "\u180e": "U+180E", "\u3164": "U+3164",
    "\u115f": "U+115F", "\ufe0f": "U+FE0F", "\ufff9": "U+FFF9", "\U000e0001": "U+E0001", "\U000e0100": "U+E0100", "_x200B_": "U+200B",
}  # fmt: skip
BREAKS = {
    "\ue000": "U+E000", "\uf0b7": "U+F0B7", "\uf06c": "U+F06C", "\U000f0000": "U+F0000", "_x000D_": "U+000D", "_x000d_\n": "U+000D", "\u2028": "U+2028", "\u2029": "U+2029",
    "\x85": "U+0085",
}  # fmt: skip


@pytest.mark.parametrize(("letters", "named"), [*DROPPED.items(), *BREAKS.items()])
def test_what_nobody_sees_is_dropped_or_a_line_break_with_a_warning(anju, office, tmp_path, letters, named):
    page = Page([of(), [*HEAD, "佐证材料"], ["raise", None, 600, None, f"甲{letters}乙", f"文{letters}件"]])
    answer = anju("progress import --json --received 7-9", str(xlsx(tmp_path / "f.xlsx", page))).json[0]
    warned = [(row["cell"], row["found"].split()[0]) for row in answer["problems"] if "nobody sees" in row["what"]]
    assert warned == [("F3", named), ("E3", named)] or warned == [("E3", named), ("F3", named)]
    (row,) = anju("progress list --json").json
    between = " " if letters in BREAKS else ""
    assert (row["note"], row["evidence"]) == (f"甲{between}乙", f"文{between}件")


@pytest.mark.parametrize("letters", ["_x0007_", "_x001B_", "_x0000_", "\u202d", "\u202e", "_x202E_"])
def test_what_could_act_on_a_screen_is_refused(anju, shared, tmp_path, letters):
    page = Page([of(), HEAD, ["raise", None, 600, None, f"甲{letters}乙"]])
    came = came_of(anju, shared, xlsx(tmp_path / "f.xlsx", page))
    assert came.booked == {} and "may not be kept" in came.refused["E3"]


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("甲\r\n 乙", "甲 乙"), ("甲\u3000乙", "甲 乙"), ("甲\u00a0乙", "甲 乙"), ("甲_x000A_乙", "甲 乙"), ("甲_x4E2D_乙", "甲中乙"), ("_xD83D__xDE00_", "😀"),
        ("_x005F_x000D_", "_x000D_"), ("a_xyz", "a_xyz"), ("#1楼完工", "#1楼完工"), ("见#N/A行", "见#N/A行"), ("=1+1", "=1+1"), ("<b>甲</b>", "<b>甲</b>"),
        (Raw('<c r="@" t="inlineStr"><is><r><t>甲</t></r><r><rPr><b/></rPr><t xml:space="preserve"> 乙</t></r><rPh sb="0" eb="1"><t>ジア</t></rPh></is></c>'), "甲 乙"),
        (Raw('<c r="@" t="str"><f>HYPERLINK("http://x","附件1")</f><v>附件1</v></c>'), "附件1"), (5, "5"), (0.1 + 0.2, "0.3"), (13800138000, "13800138000"),
    ],
)  # fmt: skip
def test_words_are_kept_as_they_are_seen(anju, office, tmp_path, text, kept):
    page = Page([of(), HEAD, ["raise", None, 600, None, text]])
    answer = anju("progress import --json --received 7-9", str(xlsx(tmp_path / "f.xlsx", page))).json[0]
    assert answer["problems"] == [] and anju("progress list --json").json[0]["note"] == kept


def test_a_number_in_words_that_lost_digits_is_refused(anju, shared, tmp_path):
    page = Page([of(), HEAD, ["raise", None, 600, None, 123456789012345678]])
    assert "15 digits" in came_of(anju, shared, xlsx(tmp_path / "f.xlsx", page)).refused["E3"]


MORE_PICTURES = {
    "small letters": '=dispimg("ID_1",1)', "spaced": '= DISPIMG("ID_1",1)', "prefixed": '=_xlfn.DISPIMG("ID_1",1)',
    "an image by its address": Raw('<c r="@"><f>_xlfn.IMAGE("https://x")</f><v>0</v></c>'),
}  # fmt: skip


@pytest.mark.parametrize("kind", [*PICTURES, *MORE_PICTURES])
def test_a_picture_in_a_cell_is_no_evidence_and_no_words(anju, office, tmp_path, kind):
    picture = (PICTURES | MORE_PICTURES)[kind]
    page = Page([of(), [*HEAD, "佐证材料", "备注"], ["raise", None, 600, None, "x", picture, picture]])
    answer = anju("progress import --json --received 7-9", str(xlsx(tmp_path / "f.xlsx", page))).json[0]
    assert sorted(row["cell"] for row in answer["problems"] if "picture" in row["what"]) == ["F3", "G3"]
    (row,) = anju("progress list --json").json
    assert (row["note"], row["evidence"]) == ("x", None)


@pytest.mark.parametrize("kind", [*PICTURES, *MORE_PICTURES])
def test_a_picture_is_no_figure(anju, shared, tmp_path, kind):
    page = Page([of(), HEAD, ["raise", None, (PICTURES | MORE_PICTURES)[kind], None, "x"]])
    came = came_of(anju, shared, xlsx(tmp_path / "f.xlsx", page))
    assert came.booked == {} and list(came.refused) == ["C3"]


# -- separated text ----------------------------------------------------------------------------------------------------

TABLE = [
    ["任务编号", "本期完成", "进展情况"],
    ["raise", "600", "甲, 乙; 丙| 丁，戊; 己; 庚"],
    ["supply", "300", "一,二;三|四，五,六,七"],
]


def separated(separator, rows=TABLE):
    out = io.StringIO()
    csv.writer(out, delimiter=separator).writerows(rows)
    return out.getvalue()


UNQUOTED = "\n".join("\t".join(row) for row in TABLE)
TEXTS = {
    "commas": separated(","), "tabs": separated("\t"), "semicolons": separated(";"), "bars": separated("|"), "Chinese commas": separated("，"),
    "tabs, nothing quoted": UNQUOTED, "tabs and a quotation mark": UNQUOTED.replace("甲", '5" 管道'), "a separator named": "sep=;\n" + separated(";"),
    "a title above with commas": "2020年,第二季度,坪山,安居,工程\n" + UNQUOTED, "lines within quotes": separated(",").replace("甲,", "甲\n"),
    "old Mac": UNQUOTED.replace("\n", "\r"), "Windows": UNQUOTED.replace("\n", "\r\n"), "blank lines": "\n\n" + separated(",") + "\n\n",
    "more separators at the end": separated(",", [[*row, "", ""] for row in TABLE]), "spaces before quotes": separated(",").replace(',"', ', "'),
    "guarded figures": separated(",").replace(",600,", ',"=""600""",').replace(",300,", ',="300",'), "figures with a point": separated(",").replace(",600,", ",600.0,"),
}  # fmt: skip


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("name", TEXTS)
def test_the_separator_is_what_makes_sense_of_the_head(anju, shared, tmp_path, name, encoding):
    path = tmp_path / "f.csv"
    path.write_bytes(TEXTS[name].encode(encoding))
    assert came_of(anju, shared, path, "-u", "hsc", "-q", "Q2").booked == BOTH


@pytest.mark.parametrize(
    ("cell", "found"),
    [
        ("6E+02", "6E+02"),
        ("=SUM(A1:A2)", "=SUM"),
        ("#N/A", "#N/A"),
        ("100%", "100%"),
        ("1.5", "1.5"),
        ('"=DISPIMG(""ID_1"",1)"', "not a quantity"),
    ],
)
def test_a_cell_of_text_is_judged_as_one_of_a_workbook(anju, shared, tmp_path, cell, found):
    path = tmp_path / "f.csv"
    path.write_text(f"任务编号,本期完成,进展情况\nraise,{cell},x\n", encoding="utf-8")
    came = came_of(anju, shared, path, "-u", "hsc", "-q", "Q2")
    assert came.booked == {} and found in came.refused["B2"]
