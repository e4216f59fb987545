"""What stands above a table and in its head: whose it is, for when, and what each column means, or who must say so."""

import pytest

from tests.foreign import HEAD, Page, Raw, Shown, came_of, of, xlsx

RAISE = ["raise", None, 600, 600, "x"]
SUPPLY = ["supply", None, 300, 300, "x"]
TALENT = "深圳市坪山人才安居有限公司"
HSC = ("-u", "hsc", "-q", "Q2")


def test_each_sheet_is_its_own_bodys(anju, shared, tmp_path):
    book = xlsx(tmp_path / "f.xlsx", Page([of(), HEAD, RAISE], "甲"), Page([of(TALENT), HEAD, SUPPLY], "乙"))
    came = came_of(anju, shared, book)
    assert (came.states, came.booked) == (("adopted", "adopted"), {"raise": 600, "tal/supply": 300})
    asked = came_of(anju, shared, book, "-u", "hsc")
    assert asked.booked == {} and "another body's return" in asked.refused["乙!A1"]


@pytest.mark.parametrize(
    "rows",
    [
        [of(), HEAD, RAISE, [], of(TALENT), HEAD, SUPPLY],
        [of(), HEAD, RAISE, of(TALENT), SUPPLY],
        [of(), HEAD, RAISE, [f"填报单位：{TALENT}"], ["考核期：2020年第二季度"], HEAD, SUPPLY],
        [["考核期：2020年第二季度"], ["填报单位", *HEAD], ["住房保障中心", *RAISE], ["人才安居公司", *SUPPLY]],
        [["考核期：2020年第二季度"], ["单位", *HEAD], ["住房保障中心（盖章）", *RAISE], [TALENT, *SUPPLY]],
    ],
    ids=["stacked", "without a second head", "in two lines", "by a column", "by a column 单位"],
)
def test_several_bodies_in_one_sheet_are_each_booked_as_theirs(anju, shared, tmp_path, rows):
    assert came_of(anju, shared, xlsx(tmp_path / "f.xlsx", Page(rows))).booked == {"raise": 600, "tal/supply": 300}


def test_a_merged_cell_of_the_column_names_the_body_of_each_row_it_covers(anju, shared, tmp_path):
    rows = [
        ["考核期：2020年第二季度"],
        ["填报单位", *HEAD],
        ["住房保障中心", *RAISE],
        [None, *SUPPLY],
        [TALENT, *SUPPLY],
    ]
    came = came_of(anju, shared, xlsx(tmp_path / "f.xlsx", Page(rows, merge=("A3:A4",))))
    assert came.booked == {"raise": 600, "supply": 300, "tal/supply": 300}


LABELS = [
    "填报单位（盖章）：住房保障中心", "填报单位（公章）： 住房保障中心", "填报单位（签章）：住房保障中心", "填报单位：住房保障中心（盖章）",
    "填报单位：住房保障中心(公章)   填报人：张三   联系电话：123", "填报单位：住房保障中心（代章）", "填报单位：住房保障中心 （ 盖章 ）",
    "填报单位：住房保障中心\n（盖章）", "填报单位:住 房 保 障 中 心", "填 报 单 位：住房保障中心", "填报单位 住房保障中心", "填报单位：＿住房保障中心＿",
    "填报单位：住房保障中心　负责人：李四", "填报单位：住房保障中心 制表人：王五", "填报单位：住房保障中心2020年7月9日", "填报单位：住房保障中心　　单位：套",
    "填报单位：住保中心", "填报单位：区住房保障中心", "填报单位:HSC", "填报单位：ｈｓｃ", "报送单位：住房保障中心", "填报部门：住房保障中心", "单位名称：住房保障中心",
    "单位（盖章）：住房保障中心", "单位：住房保障中心",
]  # fmt: skip


@pytest.mark.parametrize("label", LABELS)
def test_a_body_is_known_whatever_stands_beside_its_name(anju, shared, tmp_path, label):
    page = Page([[label, None, "考核期：2020年第二季度"], HEAD, RAISE])
    assert came_of(anju, shared, xlsx(tmp_path / "f.xlsx", page)).booked == {"raise": 600}
    other = came_of(anju, shared, xlsx(tmp_path / "f.xlsx", page), "-u", "tal")
    assert other.booked == {} and "another body's return" in other.refused["A1"]


@pytest.mark.parametrize(
    "above",
    [
        ["填报单位：", None, "住房保障中心", "考核期：", None, "2020年第二季度"],
        ["填报单位", "住房保障中心", "考核期", "2020年第二季度"],
        ["填报单位：住房保障中心  考核期：2020年第二季度"],
        ["Reporting body: hsc", "Quarter: Q2"],
    ],
)
def test_a_label_may_stand_in_a_cell_of_its_own(anju, shared, tmp_path, above):
    assert came_of(anju, shared, xlsx(tmp_path / "f.xlsx", Page([above, HEAD, RAISE]))).booked == {"raise": 600}


@pytest.mark.parametrize("name", ["某某公司", "坪山区住房保障中心筹备组", "住房"])
def test_a_body_that_the_plan_does_not_know_is_a_problem_unless_it_is_asked_for(anju, shared, tmp_path, name):
    book = xlsx(tmp_path / "f.xlsx", Page([of(name), HEAD, RAISE]))
    assert came_of(anju, shared, book).booked == {} and "A1" in came_of(anju, shared, book).refused
    assert came_of(anju, shared, book, "-u", "hsc").booked == {"raise": 600}


# -- for when ----------------------------------------------------------------------------------------------------------

SECOND = [
    "考核期：2020年第二季度", "考核期：二季度", "考 核 期：2020年二季度", "考核期：2020年4-6月", "考核期：4月至6月", "考核期:2020年1-6月", "考核期：2020年第2季度",
    "考核期：2020Q2", "考核期：2020年度第二季度", "考核期：2020年第二季度末", "考核期：上半年", "考核期：2020年上半年", "考核期：截至2020年6月30日", "考核期：2020-06-30",
    "报告期：2020年二季度", "填报季度：二", "坪山区2020年第二季度安居工程进展情况表", "坪山区安居工程二季度进展情况表", "2020年4—6月进展情况", "截至2020年6月底进展情况",
    "安居工程进展情况（2020Q2）",
]  # fmt: skip


@pytest.mark.parametrize("text", SECOND)
def test_the_quarter_is_known_however_it_is_said(anju, shared, tmp_path, text):
    book = xlsx(tmp_path / "f.xlsx", Page([[text], HEAD, RAISE]))
    assert came_of(anju, shared, book, "-u", "hsc").booked == {"raise": 600}
    other = came_of(anju, shared, book, "-u", "hsc", "-q", "Q1")
    assert other.booked == {} and "another quarter" in other.refused["A1"]


@pytest.mark.parametrize(
    "text",
    [
        "考核期：2019年第二季度",
        "2019年第二季度进展情况表",
        "2019年4-6月进展情况",
        "考核期：2020年5月",
        "考核期：2020年4-5月",
    ],
)
def test_another_year_or_no_quarter_is_a_problem_at_its_place(anju, shared, tmp_path, text):
    came = came_of(anju, shared, xlsx(tmp_path / "f.xlsx", Page([[text], HEAD, RAISE])), "-u", "hsc")
    assert came.booked == {} and "A1" in came.refused


def test_a_second_quarter_is_a_problem_where_it_is_named(anju, shared, tmp_path):
    pages = Page([of(), HEAD, RAISE], "表一"), Page([of(quarter="一"), HEAD, ["supply", None, 500, 500, "x"]], "表二")
    for asked in ((), ("-q", "Q2")):
        came = came_of(anju, shared, xlsx(tmp_path / "f.xlsx", *pages), *asked)
        assert came.booked == {} and set(came.refused) == {"表二!A1"}


@pytest.mark.parametrize(
    ("names", "refused"),
    [
        (("一季度", "二季度"), "一季度!A1"), (("2020年第一季度", "2020年第二季度"), "2020年第一季度!A1"), (("Q1", "Q2"), "Q1!A1"), (("2019年", "2020年"), "2019年!A1"),
        (("1-3月", "4-6月"), "1-3月!A1"),
    ],
)  # fmt: skip
def test_a_sheet_may_be_called_by_its_quarter_or_year(anju, shared, tmp_path, names, refused):
    pages = Page([HEAD, ["raise", None, 500, 500, "x"]], names[0]), Page([HEAD, SUPPLY], names[1])
    came = came_of(anju, shared, xlsx(tmp_path / "f.xlsx", *pages), *HSC)
    assert came.booked == {} and set(came.refused) == {refused}


def test_a_sheet_may_be_called_by_its_body(anju, shared, tmp_path):
    pages = Page([["二季度"], HEAD, RAISE], "住房保障中心"), Page([["二季度"], HEAD, SUPPLY], TALENT)
    assert came_of(anju, shared, xlsx(tmp_path / "f.xlsx", *pages)).booked == {"raise": 600, "tal/supply": 300}


@pytest.mark.parametrize("name", ["住房保障", "人才安居", "供应", "Sheet1"])
def test_a_sheet_that_is_called_by_a_matter_is_of_no_other_body(anju, shared, tmp_path, name):
    assert came_of(anju, shared, xlsx(tmp_path / "f.xlsx", Page([HEAD, RAISE], name)), *HSC).booked == {"raise": 600}


@pytest.mark.parametrize(
    "rows",
    [
        [of(), HEAD, RAISE, ["2020年第一季度进展情况表"], HEAD, SUPPLY],
        [of(), HEAD, RAISE, ["考核期：2020年第一季度"], SUPPLY],
        [of(), HEAD, RAISE, ["填报单位：住房保障中心"], ["考核期：2020年第一季度"], HEAD, SUPPLY],
        [of(), HEAD, RAISE, ["2020年第一季度进展情况表"], ["单位：套"], HEAD, SUPPLY],
    ],
)
def test_a_quarter_named_in_the_midst_of_a_sheet_holds_for_what_is_below(anju, shared, tmp_path, rows):
    came = came_of(anju, shared, xlsx(tmp_path / "f.xlsx", Page(rows)))
    assert came.booked == {} and any("another quarter" in said for said in came.refused.values())


@pytest.mark.parametrize("state", ["hidden", "veryHidden"])
def test_a_hidden_identification_holds_and_hidden_tables_do_not(anju, shared, tmp_path, state):
    def marked(*rows):
        own = Page([["plan", "pingshan-2020"], *rows], "标识", state)
        return came_of(anju, shared, xlsx(tmp_path / "f.xlsx", Page([HEAD, RAISE]), own))

    assert marked(["body", "hsc"], ["quarter", "Q2"]).booked == {"raise": 600}
    others = Page([of(), HEAD, RAISE]), Page([["body", "tal"], ["quarter", "Q1"]], "标识", state)
    came = came_of(anju, shared, xlsx(tmp_path / "f.xlsx", *others))
    assert came.booked == {} and "another body" in came.refused["A1"] and "another quarter" in came.refused["A1"]
    beside = Page([of(), HEAD, RAISE]), Page([of(), HEAD, SUPPLY], "旧", state)
    assert came_of(anju, shared, xlsx(tmp_path / "f.xlsx", *beside)).booked == {"raise": 600}


# -- names of columns --------------------------------------------------------------------------------------------------


def headed(name, value=600, item="raise", words="x"):
    return Page([of(), ["任务编号", name, "进展情况"], [item, value, words]])


THIS = [
    "本期完成", "本季度完成", "二季度", "第二季度完成", "2020年二季度完成", "2020年第二季度", "当期完成", "本期实际完成", "4-6月完成", "2020年4-6月完成", "本期完成套数", "本期完成（套）",
    "本期完成（套数）", "本期完成[套]", "本期完成【套】", "本期完成（单位：套）", "本期完成(套)（必填）", "本期完成/套", "本期完成（本期）", "本期完成（2020年）", "本期完成（二季度）",
    "本期完成（第二季度）", "本期完成（1）", "本期完成（a）", "本期完成（整数）", "本期完成（截至6月30日）", "本期完成（Homes）", "本期\n完成", "＊本期完成：", "This quarter",
]  # fmt: skip
TOTAL = [
    "累计", "累计完成", "本期末累计", "年初至今累计完成", "1-6月累计", "1-6月完成", "截至6月底累计完成", "截至2020年6月30日累计", "2020年累计完成", "上半年累计", "上半年完成", "本年累计",
    "累计完成套数", "累计完成（套）", "累计（累计）", "本期末累计（截至6月底）", "Cumulative",
]  # fmt: skip


@pytest.mark.parametrize("name", [*THIS, *TOTAL])
def test_a_column_of_this_quarters_figures_is_known(anju, shared, tmp_path, name):
    assert came_of(anju, shared, xlsx(tmp_path / "f.xlsx", headed(name))).booked == {"raise": 600}


ANOTHERS = [
    "上年同期", "去年同期", "去年完成", "2019年完成", "2019年本期完成", "上年本期完成", "上年累计", "同期累计", "本期计划", "本期目标", "本期任务数", "计划完成", "本期应完成", "预计本期完成",
    "本期完成比例", "累计完成比例", "上季度完成", "第一季度完成", "一季度", "1-3月累计", "截至3月底累计完成", "同比增长", "环比", "序时进度", "下期计划", "2019-2020年累计完成", "十三五累计完成",
    "本期完成（去年）", "本期完成（上年同期）", "本期完成（2019年）", "本期完成（计划）", "本期完成（一季度）", "累计完成（上年）", "其中：新建", "三季度", "全年累计", "前三季度累计", "历年累计", "本期完成/计划",
]  # fmt: skip


@pytest.mark.parametrize("name", ANOTHERS)
def test_another_periods_or_a_plans_column_is_never_this_quarters_figure(anju, shared, tmp_path, name):
    """Alone it is refused, or the task stays unreported; beside the right column it is passed over."""
    alone = came_of(anju, shared, xlsx(tmp_path / "f.xlsx", headed(name)))
    assert alone.booked == {} and (alone.refused or "words without a figure" in alone.warned["A3"])
    for order in (1, -1):
        names, values = [name, "本期完成"][::order], [111, 600][::order]
        page = Page([of(), ["任务编号", *names, "进展情况"], ["raise", *values, "x"]])
        assert came_of(anju, shared, xlsx(tmp_path / "f.xlsx", page)).booked == {"raise": 600}


@pytest.mark.parametrize("name", ["完成", "完成数", "完成套数", "实际完成", "6月完成", "总累计", "上报数", "本季度完成情况", "完成情况（套）"])  # fmt: skip
def test_figures_none_of_which_is_known_to_be_this_quarters_are_refused_at_their_head(anju, shared, tmp_path, name):
    came = came_of(anju, shared, xlsx(tmp_path / "f.xlsx", headed(name)))
    assert came.booked == {} and "no column of this quarter's figures" in came.refused["B2"]


@pytest.mark.parametrize(
    "inside",
    [
        "累计", "年初至今", "本年", "全年", "季度", "6月", "截至3月31日", "含往年结转", "不含往年", "不含安置房", "含预计", "其中：新建", "公租房", "住房", "新增", "净增", "估算", "核定", "套/户",
        "units", "households", "10,000 homes", "‰", "以万套计", "套）（万套",
    ],
)  # fmt: skip
def test_what_stands_in_brackets_must_be_known(anju, shared, tmp_path, inside):
    came = came_of(anju, shared, xlsx(tmp_path / "f.xlsx", headed(f"本期完成（{inside}）")))
    assert came.booked == {} and "not known here" in came.refused["B2"]


MEASURES = ["万套", "户", "%", "件", "元", "万元", "人", "间", "栋", "平方米", "㎡", "个", "项", "百套", "十套", "户数"]


@pytest.mark.parametrize("measure", MEASURES)
def test_another_measure_is_refused_wherever_it_stands(anju, shared, tmp_path, measure):
    pages = {
        "B3": [headed(f"本期完成（{measure}）"), headed(f"本期完成(单位：{measure})"), headed(f"本期完成/{measure}"), headed(f"本期完成 {measure}")],
        "C4": [Page([of(), ["任务编号", "工作任务", "本期完成"], [None, None, measure], ["raise", None, 600]])],
        "C3": [Page([[*of(), f"单位：{measure}"], HEAD, RAISE]), Page([[*of(), f"（计量单位：{measure}）"], HEAD, RAISE])],
    }  # fmt: skip
    for place, page in ((place, page) for place, each in pages.items() for page in each):
        came = came_of(anju, shared, xlsx(tmp_path / "f.xlsx", page))
        assert came.booked == {} and "another measure" in came.refused[place]
    for column in ("计量单位", "单位"):
        page = Page([of(), ["任务编号", column, "本期完成"], ["raise", measure, 600]])
        assert "another measure" in came_of(anju, shared, xlsx(tmp_path / "f.xlsx", page)).refused["B3"]


@pytest.mark.parametrize("text", ["套", "套数", "（套）", "住房（套）", "—", "", None])
def test_a_rows_own_measure_is_its_tasks(anju, shared, tmp_path, text):
    page = Page([of(), ["任务编号", "计量单位", "本期完成"], ["raise", text, 600]])
    assert came_of(anju, shared, xlsx(tmp_path / "f.xlsx", page)).booked == {"raise": 600}


@pytest.mark.parametrize("text", ["套/户", "套（户）", "10套", "万 套"])
def test_a_rows_measure_that_could_be_another_is_refused(anju, shared, tmp_path, text):
    page = Page([of(), ["任务编号", "计量单位", "本期完成"], ["raise", text, 600]])
    assert "another measure" in came_of(anju, shared, xlsx(tmp_path / "f.xlsx", page)).refused["B3"]


@pytest.mark.parametrize(
    ("line", "booked"),
    [("单位：套", True), ("单位：套、件", True), ("单位：套（间）", True), ("金额单位：万元", True), ("单位：万套、件", False), ("数量单位：万套", False), ("单位：万 套", False)],
)  # fmt: skip
def test_a_line_above_says_what_all_is_counted_in(anju, shared, tmp_path, line, booked):
    came = came_of(anju, shared, xlsx(tmp_path / "f.xlsx", Page([of(), [None, None, None, line], HEAD, RAISE])))
    assert came.booked == ({"raise": 600} if booked else {})


# -- heads of several rows ---------------------------------------------------------------------------------------------

DEEP = {
    "last year first": ([["任务编号", "2019年同期", None, "2020年", None], [None, "本期完成", "累计完成", "本期完成", "累计完成"]],
                        ["raise", 111, 222, 600, 600], ("A2:A3", "B2:C2", "D2:E2")),
    "this year first": ([["任务编号", "本年", None, "上年", None], [None, "本期完成", "累计完成", "本期完成", "累计完成"]],
                        ["raise", 600, 600, 111, 222], ("A2:A3", "B2:C2", "D2:E2")),
    "years as numbers": ([["任务编号", 2019, None, 2020, None], [None, "本期完成", "累计完成", "本期完成", "累计完成"]],
                         ["raise", 111, 222, 600, 600], ("A2:A3", "B2:C2", "D2:E2")),
    "a year in a format": ([["任务编号", Shown(2019, '0"年"'), None, Shown(2020, '0"年"'), None], [None, "本期完成", "累计完成", "本期完成", "累计完成"]],
                           ["raise", 111, 222, 600, 600], ("A2:A3", "B2:C2", "D2:E2")),
    "plan and done": ([["任务编号", "目标任务", None, "完成情况", None, "进展情况"], [None, "本期", "累计", "本期", "累计", None]],
                      ["raise", 500, 500, 600, 600, "x"], ("A2:A3", "B2:C2", "D2:E2", "F2:F3")),
    "done in homes": ([["任务编号", "完成套数", None, "进展情况"], [None, "本期", "累计", None]], ["raise", 600, 600, "x"], ("A2:A3", "B2:C2", "D2:D3")),
    "three rows": ([["任务编号", "2020年", None, None, "2019年", "进展情况"], [None, "第二季度", None, "累计", "第二季度", None],
                    [None, "计划", "完成", "完成", "完成", None]], ["raise", 500, 600, 600, 111, "x"], ("A2:A4", "B2:D2", "B3:C3", "F2:F4")),
    "measures below": ([["任务编号", "完成情况", None, "进展情况"], [None, "本期完成", "本期末累计", None], [None, "（套）", "套", None]],
                       ["raise", 600, 600, "x"], ("A2:A4", "B2:C2", "D2:D4")),
    "numbers below": ([["任务编号", "完成情况", None, "进展情况"], [None, "本期完成", "本期末累计", None], ["甲", "1", "2=1", "乙"]],
                      ["raise", 600, 600, "x"], ("A2:A3", "B2:C2", "D2:D3")),
    "a part beside the whole": ([["任务编号", "本期完成", None, None], [None, "合计", "其中：新建", "其中：改建"]], ["raise", 600, 500, 100], ("A2:A3", "B2:D2")),
    "growth beside it": ([["任务编号", "本期完成", None, None], [None, "数量", "同比增长", "占比"]], ["raise", 600, 5, 6], ("A2:A3", "B2:D2")),
    "plan beside it": ([["任务编号", "本期完成", None], [None, "计划", "实际"]], ["raise", 500, 600], ("A2:A3", "B2:C2")),
    "figures before the task": ([["2019年同期", None, "任务编号", "2020年", None], ["本期完成", "累计完成", None, "本期完成", "累计完成"]],
                                [111, 222, "raise", 600, 600], ("C2:C3", "A2:B2", "D2:E2")),
    "hints below": ([["任务编号", "本期完成", "进展情况"], [None, "必填", None]], ["raise", 600, "x"], ("A2:A3", "C2:C3")),
}  # fmt: skip


@pytest.mark.parametrize("name", DEEP)
@pytest.mark.parametrize("merged", [True, False], ids=["merged", "not merged"])
def test_the_rows_of_a_head_are_joined(anju, shared, tmp_path, name, merged):
    head, row, areas = DEEP[name]
    came = came_of(anju, shared, xlsx(tmp_path / "f.xlsx", Page([of(), *head, row], merge=areas if merged else ())))
    assert came.booked == {"raise": 600}, came


def test_two_measures_below_one_name_are_two_columns_of_one_meaning(anju, shared, tmp_path):
    page = Page(
        [of(), ["任务编号", "本期完成", None], [None, "套", "户"], ["raise", 600, 500]], merge=("A2:A3", "B2:C2")
    )
    assert "B3, C3" in came_of(anju, shared, xlsx(tmp_path / "f.xlsx", page)).refused["C3"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("累计完成", "本年累计"), ("本期完成", "本季度完成"), ("本期完成", "本期完成"), ("本期完成", "二季度"), ("任务编号", "编号"), ("进展情况", "完成情况"), ("上期末累计", "上季末累计"),
        ("备注", "说明"), ("存在问题", "问题"), ("下一步措施", "下一步"), ("佐证材料", "证明材料"), ("预计完成日期", "预计日期"), ("完成日期", "实际完成日期"), ("责任人", "责任人员"),
        ("项目编码", "项目代码"), ("项目名称", "项目"), ("工作任务", "任务名称"),
    ],
)  # fmt: skip
def test_two_columns_of_one_meaning_are_a_problem_that_names_both(anju, shared, tmp_path, one, other):
    values = {"任务编号": "raise", "编号": "raise", "工作任务": "建设筹集", "任务名称": "建设筹集"}
    rest = [name for name in ("任务编号", "本期完成", "进展情况") if name not in (one, other)]
    row = [
        values.get(name, "2020-6-30" if "日期" in name else 600 if name in ("本期完成", "本季度完成") else None)
        for name in (one, other, *rest)
    ]
    came = came_of(anju, shared, xlsx(tmp_path / "f.xlsx", Page([of(), [one, other, *rest], row])))
    assert came.booked == {} and "A2, B2" in came.refused["B2"]


def test_a_hidden_column_is_taken_with_a_warning(anju, shared, tmp_path):
    for how in ('hidden="1"', 'width="0" customWidth="1"'):
        page = Page([of(), HEAD, RAISE], before=f'<cols><col min="3" max="3" {how}/></cols>')
        came = came_of(anju, shared, xlsx(tmp_path / "f.xlsx", page))
        assert came.booked == {"raise": 600} and "hidden" in came.warned["C2"]


def test_a_head_of_rich_text_with_zero_width_marks_is_known(anju, shared, tmp_path):
    name = Raw('<c r="@" t="inlineStr"><is><r><t>本期\u200b</t></r><r><rPr><b/></rPr><t>完成</t></r></is></c>')
    assert came_of(anju, shared, xlsx(tmp_path / "f.xlsx", headed(name))).booked == {"raise": 600}


# -- columns that say what a row is of ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("column", "this", "other"),
    [("季度", "第二季度", "第一季度"), ("考核期", "2020年第二季度", "2019年第二季度"), ("所属季度", "二季度", "三季度"), ("年度", 2020, 2019), ("年份", "2020年", "2021年")],
)  # fmt: skip
def test_a_row_of_another_quarter_or_year_is_no_part_of_this_return(anju, shared, tmp_path, column, this, other):
    head = [column, *HEAD]
    rows = [["填报单位：住房保障中心", "考核期：2020年第二季度"], head, [this, *RAISE]]
    came = came_of(anju, shared, xlsx(tmp_path / "f.xlsx", Page([*rows, [other, *SUPPLY]])))
    assert came.booked == {} and (
        "another quarter" in came.refused["A4"] or "the plan is for 2020" in came.refused["A4"]
    )
    blank = came_of(anju, shared, xlsx(tmp_path / "f.xlsx", Page([*rows, [other, "supply", None, None, None, None]])))
    assert blank.booked == {"raise": 600}


def test_a_column_may_say_the_quarter_of_all(anju, shared, tmp_path):
    page = Page([["填报单位：住房保障中心"], ["季度", *HEAD], ["第二季度", *RAISE], ["2020Q2", *SUPPLY]])
    assert came_of(anju, shared, xlsx(tmp_path / "f.xlsx", page)).booked == {"raise": 600, "supply": 300}
    page = Page([["填报单位：住房保障中心"], ["季度", *HEAD], ["第二季度", *RAISE], ["第一季度", *SUPPLY]])
    assert "another quarter" in came_of(anju, shared, xlsx(tmp_path / "f.xlsx", page)).refused["A4"]


@pytest.mark.parametrize(("code", "name", "booked"), [
    ("raise", "建设筹集", True), ("raise", "（1）建设筹集", True), ("raise", "住房建设任务", True), ("raise", None, True), (None, "建设筹集", True),
    ("raise", "供应", False), ("supply", "建设筹集", False), ("raise", "配套设施建设情况调查", False),
])  # fmt: skip
def test_a_code_and_a_name_are_of_one_task(anju, shared, tmp_path, code, name, booked):
    came = came_of(anju, shared, xlsx(tmp_path / "f.xlsx", Page([of(), HEAD, [code, name, 600, 600, "x"]])))
    if booked:
        assert came.booked == {"raise": 600}
    else:
        assert came.booked == {} and "the code is of one task, the name of another" in came.refused["A3"]
