"""What tables are titled by: what their plan is about, of its own title."""

import re

from anju_cli.domain.grammar import is_chinese
from anju_cli.i18n import _, named
from anju_cli.render.wording import english
from anju_cli.render.wording.papers import subject

_PLACE_AND_YEAR = re.compile(r"^.*?(19|20)\d\d(\s*[-—–~～至]+\s*(19|20)?\d\d)?年度?")
_YEARS = re.compile(r",?\s*(19|20)\d\d([-–/](19|20)?\d\d)?")


def programme(title: str, title_en: str) -> str:
    """What a plan is about, without its place and year: 安居工程; empty where its title says no more than these."""
    said = named(title, title_en)
    if is_chinese(said):
        return _PLACE_AND_YEAR.sub("", subject(said))
    return _YEARS.sub("", english.subject(said)).strip()


def tasks_of(title: str, title_en: str, period: str) -> str:
    """The title of a table of what was done for a plan: 2020年第二季度安居工程任务完成情况表."""
    made = _("{programme}, {period}").format(programme=programme(title, title_en), period=period)
    return made.removeprefix(", ")
