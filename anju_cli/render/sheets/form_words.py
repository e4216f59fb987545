"""The words of the return form: official Chinese, and their English for plans that are written in English."""

from collections.abc import Callable

from anju_cli.domain.plan import Plan

Say = Callable[[str], str]
"""A Chinese phrase of the form in the form's language."""

NOTES = (
    "注：本期末累计=上期末累计+本期完成，上期末累计含其中补报；无进展填“0”，无此类事项填“无”，空白视为未报；"
    "节点任务全部完成的填100，并填完成日期，否则按考核期末计；核减的本期完成填负数并在备注注明依据；"
    "住房数量须与附表一致；请勿填写补贴家庭姓名等个人信息。"
)
"""What stands below the table."""

_HEADS = {
    "序号": "No.",
    "任务编号": "Task code",
    "工作任务": "Task",
    "方案依据\n职责分工\n完成时限": "Basis, role, due",
    "计量\n单位": "Measure",
    "年度\n目标": "Goal",
    "上期末\n累计": "Opening",
    "其中\n补报": "Carried",
    "本期\n完成": "This quarter",
    "本期末\n累计": "Total",
    "完成率\n(%)": "Rate",
    "进展情况": "Progress",
    "存在问题": "Problems",
    "下一步措施": "Next steps",
    "预计\n完成日期": "Expected date",
    "完成日期\n(节点任务)": "Done on",
    "佐证材料\n(名称、文号)": "Evidence",
    "责任人\n(职务)": "Post",
    "备注": "Remarks",
    "校验": "Check",
}
_LINES = {
    "{subject}{quarter}工作进展情况填报表": "{subject}, {quarter}: return",
    "填报单位（盖章）：{body}": "Reporting body: {body}",
    "考核期：{year}年{quarter}": "Quarter: {quarter}",
    "报送截止：{day}（含当日）": "Due: {day}",
    "填报日期：": "Date:",
    "单位负责人（签字）：": "Head (signature):",
    "填报人：": "Filled in by:",
    "联系电话：": "Phone:",
    "第 &P 页 共 &N 页": "Page &P of &N",
    NOTES: "Note: total = opening + this quarter, what was carried is in the opening. Write 0 where nothing "
    "was done, none where there is no such case; a blank is not reported. A milestone that is finished is 100, with "
    "the day it was done, else the quarter's end counts. Reductions are negative, with the reason under remarks.",
    "一致": "agrees",
    "不一致": "differs",
    "未填": "missing",
    "牵头": "leads",
    "共同牵头": "leads jointly",
    "配合（如有填报）": "assists",
    "责任": "responsible",
    "未明确时限": "no date set",
    "{month}月{day}日": "{iso}",
    "责任领导：{leader}": "in charge: {leader}",
    "权重{weight}": "weight {weight}",
    "不高于年度目标": "not above the goal",
}
_HINTS = {
    "整数": "a whole number",
    "不超过{n}位小数的数字": "a number of at most {n} decimals",
    "请填写0至100之间的整数（完成百分比）。": "A whole number from 0 to 100, in percent.",
    "填写截至本期末的完成百分比（0—100的整数）；全部完成填100。": "Percent done by the quarter's end; 100 is finished.",
    "请填写本期末达到的数值（{digits}）。": "Where it stands at the quarter's end: {digits}.",
    "填写截至本期末的数值，不填增减量；没有数值的留空。": "Where it stands at the quarter's end; blank if unknown.",
    "请填写{digits}；无进展填“0”，无此类事项填“无”。": "Write {digits}; 0 for nothing done, none for no case.",
    "本期末累计=上期末累计+本期完成。": "Total = opening + this quarter.",
    "核减填负数，并在备注注明依据。": " Reductions are negative, with the reason under remarks.",
    "填报提示": "What to write",
    "填写有误": "This cannot be",
    "日期有误": "No such date",
    "请填写日期，如2020-06-30。": "A date, such as 2020-06-30.",
}
_ENGLISH = _HEADS | _LINES | _HINTS


def words_of(plan: Plan) -> Say:
    """The words of a form in the language of its plan."""
    return _ENGLISH.__getitem__ if plan.is_english else str
