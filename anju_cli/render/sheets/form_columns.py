"""The columns of a return's two sheets: each once, by key, so that cells, checks and formulas move along with it.

Together they are as wide as A4 paper across takes without shrinking what is written below nine points.
"""

from collections.abc import Sequence
from typing import NamedTuple


class FormColumn(NamedTuple):
    """A column of a form: the name by which it is found, its head, and its width in characters."""

    key: str
    head: str
    width: float


MARGIN, FONT, LEAST = 0.3, 11, 9
"""The margin at both sides in inches, the size of the letters, and what that may shrink to on paper, in points."""

PROGRESS = (
    FormColumn("number", "序号", 3),
    FormColumn("code", "任务编号", 9),
    FormColumn("item", "工作任务", 11.5),
    FormColumn("basis", "方案依据\n职责分工\n完成时限", 10.5),
    FormColumn("measure", "计量\n单位", 4),
    FormColumn("goal", "年度\n目标", 6),
    FormColumn("opening", "上期末\n累计", 6),
    FormColumn("carried", "其中\n补报", 4.5),
    FormColumn("this", "本期\n完成", 6),
    FormColumn("total", "本期末\n累计", 6),
    FormColumn("rate", "完成率\n(%)", 6),
    FormColumn("words", "进展情况", 16.5),
    FormColumn("problems", "存在问题", 10),
    FormColumn("next", "下一步措施", 10),
    FormColumn("expected", "预计\n完成日期", 10.5),
    FormColumn("done_on", "完成日期\n(节点任务)", 10.5),
    FormColumn("evidence", "佐证材料\n(名称、文号)", 9.5),
    FormColumn("person", "责任人\n(职务)", 6),
    FormColumn("remarks", "备注", 6.5),
    FormColumn("check", "校验", 6),
)
_ENGLISH = {
    **{"number": 3, "code": 7, "item": 11, "basis": 10.5, "measure": 7.5, "goal": 6, "opening": 7.5, "carried": 6.5},
    **{"this": 7, "total": 6, "rate": 5, "words": 13, "problems": 8.5, "next": 8.5, "expected": 10.5, "done_on": 10.5},
    **{"evidence": 8.5, "person": 6, "remarks": 8.5, "check": 7},
}
"""The widths of the same columns where their heads are in English; together as wide."""
PROJECTS = (
    FormColumn("number", "序号", 3),
    FormColumn("project", "项目编码", 12),
    FormColumn("project_name", "项目名称", 12),
    FormColumn("sub_district", "所属街道", 9),
    FormColumn("builder", "建设单位", 9.5),
    FormColumn("way", "筹建\n方式", 5),
    FormColumn("type", "住房类型", 9.5),
    FormColumn("indicator", "指标", 9),
    FormColumn("homes", "计划\n套数", 6.5),
    FormColumn("opening", "上期末\n累计", 7),
    FormColumn("carried", "其中\n补报", 5),
    FormColumn("this", "本期\n完成", 7),
    FormColumn("total", "本期末\n累计", 7),
    FormColumn("stage", "形象进度", 9.5),
    FormColumn("planned", "原计划日期", 10.5),
    FormColumn("expected", "预计日期", 10.5),
    FormColumn("reason", "滞后原因", 9.5),
    FormColumn("evidence", "佐证材料", 9.5),
    FormColumn("remarks", "备注", 7.5),
)


FIGURES, WORDS = ("goal", "opening", "this", "total"), ("words", "problems", "next", "evidence")
WIDEST = 11
"""How many characters a figure's column takes at most; what is longer is shrunk."""


def widened(columns: Sequence[FormColumn], longest: int) -> list[FormColumn]:
    """The columns with room for the longest figure, which those of words give up."""
    wide = min(longest + 0.5, WIDEST)
    more = sum(max(wide - column.width, 0) for column in columns if column.key in FIGURES)
    worded = sum(column.width for column in columns if column.key in WORDS)
    widths = {column.key: max(wide, column.width) for column in columns if column.key in FIGURES}
    widths |= {column.key: column.width * (1 - more / worded) for column in columns if column.key in WORDS}
    return [column._replace(width=widths.get(column.key, column.width)) for column in columns]


def for_english(columns: Sequence[FormColumn]) -> list[FormColumn]:
    """The columns of the return with room for English heads."""
    return [column._replace(width=_ENGLISH[column.key]) for column in columns]


def places(columns: Sequence[FormColumn]) -> dict[str, int]:
    """Where each column stands, counted from 0."""
    return {column.key: place for place, column in enumerate(columns)}


def letters(columns: Sequence[FormColumn]) -> dict[str, str]:
    """What formulas call each column; there are fewer than letters."""
    return {column.key: chr(ord("A") + place) for place, column in enumerate(columns)}
