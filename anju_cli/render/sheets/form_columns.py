"""The columns of a return's two sheets: each once, by key, so that cells, checks and formulas move along with it."""

from collections.abc import Sequence
from typing import NamedTuple


class FormColumn(NamedTuple):
    """A column of a form: the name by which it is found, its head, and its width in characters."""

    key: str
    head: str
    width: int


PROGRESS = (
    FormColumn("number", "序号", 5),
    FormColumn("code", "任务编号", 14),
    FormColumn("item", "工作任务", 16),
    FormColumn("place", "方案依据", 7),
    FormColumn("role", "职责分工\n（牵头/配合\n/责任）", 9),
    FormColumn("measure", "计量\n单位", 5),
    FormColumn("goal", "年度目标", 7),
    FormColumn("due", "完成时限", 11),
    FormColumn("opening", "上期末累计", 8),
    FormColumn("this", "本期完成", 8),
    FormColumn("total", "本期末累计", 8),
    FormColumn("rate", "完成率\n（%）", 7),
    FormColumn("words", "进展情况", 22),
    FormColumn("problems", "存在问题", 15),
    FormColumn("next", "下一步措施", 15),
    FormColumn("expected", "预计完成日期", 11),
    FormColumn("evidence", "佐证材料\n（名称、文号）", 13),
    FormColumn("person", "责任人\n（职务）", 9),
    FormColumn("remarks", "备注", 11),
    FormColumn("check", "校验", 7),
)
PROJECTS = (
    FormColumn("number", "序号", 5),
    FormColumn("project", "项目编码", 13),
    FormColumn("project_name", "项目名称", 17),
    FormColumn("sub_district", "所属街道", 11),
    FormColumn("builder", "建设单位", 14),
    FormColumn("way", "筹建方式", 7),
    FormColumn("type", "住房类型", 12),
    FormColumn("indicator", "指标", 9),
    FormColumn("homes", "计划套数", 7),
    FormColumn("opening", "上期末累计", 8),
    FormColumn("this", "本期完成", 8),
    FormColumn("total", "本期末累计", 8),
    FormColumn("stage", "形象进度", 14),
    FormColumn("planned", "原计划日期", 11),
    FormColumn("expected", "预计日期", 11),
    FormColumn("reason", "滞后原因", 14),
    FormColumn("evidence", "佐证材料", 13),
    FormColumn("remarks", "备注", 11),
)


def places(columns: Sequence[FormColumn]) -> dict[str, int]:
    """Where each column stands, counted from 0."""
    return {column.key: place for place, column in enumerate(columns)}


def letters(columns: Sequence[FormColumn]) -> dict[str, str]:
    """What formulas call each column; there are fewer than letters."""
    return {column.key: chr(ord("A") + place) for place, column in enumerate(columns)}
