"""What papers on follow-up have in either language: their layout, and what the record of a matter states."""

from __future__ import annotations

from typing import TYPE_CHECKING

from anju_cli.render.word.page_layout import FANG, HEI, SONG, TITLE, PageLayout

if TYPE_CHECKING:
    from anju_cli.reports.answers.matters import EventLine, MatterSheet


def stated(sheet: MatterSheet, name: str) -> str | None:
    """What an event stated last under a name."""
    said = [event.content[name] for event in sheet.events if event.content.get(name)]
    return str(said[-1]) if said else None


def last_of(sheet: MatterSheet, event: str) -> EventLine | None:
    """The last event of a kind; null where there was none."""
    return next((line for line in reversed(sheet.events) if line.event == event), None)


def begun(title: str, number: str, draft: str | None) -> PageLayout:
    """A paper with its title and number, and that it is a draft where it is one."""
    paper = PageLayout(title.replace("　", "").replace("会 议 纪 要", "会议纪要"))
    paper.paragraph(title, font=SONG, size=TITLE, across="center", pitch=36)
    paper.paragraph(number, across="center")
    if draft:
        paper.paragraph(draft, across="center")
    paper.paragraph()
    return paper


def prose(paper: PageLayout, text: str) -> None:
    """A paragraph."""
    paper.paragraph(text, font=FANG, indent=2)


def heading(paper: PageLayout, text: str) -> None:
    """The heading of a part, never left alone at the foot of a page."""
    paper.paragraph(text, font=HEI, indent=2, keep=True)


def people(paper: PageLayout, label: str, names: str) -> None:
    """Who was there, or was not."""
    made = paper.paragraph(indent=2)
    paper.run(made, label, HEI)
    paper.run(made, names)


def closing(paper: PageLayout, signed: str, day: str) -> None:
    """Who signs, and the day."""
    paper.paragraph()
    paper.paragraph(signed, across="right", right=4)
    paper.paragraph(day, across="right", right=4)
