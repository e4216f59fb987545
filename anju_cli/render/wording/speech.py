"""In which language official papers on a plan are: that of its title, whatever language the screen speaks."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol

from anju_cli.domain.grammar import is_chinese
from anju_cli.domain.quarters import Quarters
from anju_cli.render.wording import english, papers


class Numbering(Protocol):
    """Numbers of sections and of the points in them, one after the other."""

    def section(self) -> str:
        """The next section; points begin anew."""

    def point(self) -> str:
        """The next point."""


@dataclass(frozen=True)
class Speech:
    """What papers need of a language."""

    language: str
    template: str
    """The text of the bulletin that is shipped."""
    filters: Mapping[str, Callable[..., str]]
    """The filters of a template beside Jinja's own."""
    numbers: Callable[[], Numbering]
    subject: Callable[[str], str]
    quarter: Callable[[Quarters, int], str]
    """A quarter of a plan's year as papers name it."""


CHINESE = Speech(
    "zh",
    "bulletin.txt.j2",
    {
        "full": papers.full,
        "brief": papers.brief,
        "cn": papers.numeral,
        "own": papers.own,
        "wide": papers.wide,
        "names": papers.names,
        "plain": papers.plain,
    },
    papers.Numbers,
    papers.subject,
    papers.quarter_of,
)
ENGLISH = Speech(
    "en",
    "bulletin.en.txt.j2",
    {
        "full": english.full,
        "brief": english.brief,
        "cn": english.numeral,
        "own": english.own,
        "wide": english.wide,
        "names": english.names,
        "plain": papers.plain,
    },
    english.EnglishNumbers,
    english.subject,
    english.quarter_of,
)


def speech_of(title: str) -> Speech:
    """The language of papers on the plan of this title."""
    return CHINESE if is_chinese(title) else ENGLISH
