"""Slips, notices of interviews and minutes on paper, on a plan that is written in English."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from anju_cli.i18n import speaking
from anju_cli.render.word.matter_layout import begun, closing, heading, last_of, people, prose, stated
from anju_cli.render.word.page_layout import PageLayout
from anju_cli.render.word.paper_tables import PaperColumn, table
from anju_cli.render.wording import english as wording
from anju_cli.render.wording import labels, record_labels

if TYPE_CHECKING:
    from anju_cli.reports.answers.matters import MatterLine, MatterSheet

ROWS = [PaperColumn("What", 40), PaperColumn("Content", 116, "left")]
STEPS = [PaperColumn("Date", 38), PaperColumn("Step", 34), PaperColumn("Words", 84, "left")]
RESOLVED = [
    PaperColumn("No.", 14),
    PaperColumn("Resolution", 76, "left"),
    PaperColumn("Units", 34),
    PaperColumn("Due", 32),
]


def english_slip(sheet: MatterSheet) -> bytes:
    """A supervision slip as a Word file."""
    matter = sheet.matter
    done = wording.full(matter.closed_on) if matter.closed_on and matter.state == "closed" else "【date】"
    with speaking("en"):
        paper = _titled("Supervision slip", matter)
        level = record_labels.level(matter.level) if matter.level else "【level】"
        place = stated(sheet, "basis")
        rows = [
            ("Level", level + (" (issued out of turn, as instructed)" if matter.direct else "")),
            ("About", (matter.item_name or matter.about or "【what】") + (f" (the plan, {place})" if place else "")),
            ("Units", ", ".join(matter.unit_names) or "【units】"),
            ("Requirement", stated(sheet, "requirement") or "【requirement】"),
            ("Due", _due(matter)),
            ("Issued by, on", f"【name】, {wording.full(matter.on)}"),
            ("Received by, on", _done(sheet, "acknowledge")),
            ("Why not done (extension)", _done(sheet, "extend", words=True)),
            ("Opinion", "【opinion】"),
            ("Done on", done),
        ]
        table(paper, ROWS, [list(row) for row in rows])
        _steps(paper, sheet)
        return paper.content()


def english_notice(sheet: MatterSheet) -> bytes:
    """The notice of an interview as a Word file; before approval it is a draft."""
    matter, cited = sheet.matter, sheet.cited
    with speaking("en"):
        paper = _titled("Notice of an interview", matter, draft=matter.state == "proposed")
        paper.paragraph(f"To the head of {', '.join(matter.unit_names)}:", across="left")
        quarter = labels.quarter(matter.quarter) if matter.quarter else "【quarter】"
        rule = f"Under the plan ({cited.interview}), " if cited.interview else ""
        result = {"未完成任务进度": "not met", "完成任务进度": "met"}.get(matter.about, matter.about)
        prose(paper, f"{rule}the result of your unit in {quarter} being “{result}”, {cited.issuer} invites you.")
        heading(paper, "1. Why")
        for line in matter.evidence or ("【why】",):
            prose(paper, line)
        if matter.inferred:
            prose(paper, "※: who leads, or the date, is inferred; the plan does not say it.")
        heading(paper, "2. When and where")
        prose(paper, f"【time】, {stated(sheet, 'place') or '【place】'}")
        heading(paper, "3. With whom")
        prose(paper, stated(sheet, "interviewer") or "【name】")
        heading(paper, "4. What to bring")
        prose(
            paper, "What was done, why it is not finished and what will be done, in writing. Contact: 【name, phone】."
        )
        _closing(paper, matter.on if matter.state == "proposed" else None)
        return paper.content()


def english_minutes(sheet: MatterSheet) -> bytes:
    """The minutes of a meeting as a Word file; until every unit that attended has agreed, a draft."""
    matter = sheet.matter
    paper = _titled("Minutes", matter, draft=bool(matter.missing) or matter.state != "minuted")
    chair = stated(sheet, "chair") or "【chair】"
    prose(paper, f"{matter.about}, {wording.full(matter.on)}, chaired by {chair}. It was resolved:")
    resolutions = [under for under in sheet.under if under.kind == "resolution"]
    rows = [
        [str(number), under.about, ", ".join(under.unit_names), _due(under)]
        for number, under in enumerate(resolutions, 1)
    ]
    if rows:
        table(paper, RESOLVED, rows)
    else:
        prose(paper, "Nothing was resolved.")
    paper.paragraph()
    people(paper, "Present: ", ", ".join(matter.unit_names) or "【who】")
    people(paper, "Excused: ", ", ".join(matter.absent_names) or "none")
    if matter.missing:
        rule = f" (the plan, {sheet.cited.minutes})" if sheet.cited.minutes else ""
        prose(paper, f"{len(matter.missing)} units have not agreed yet; until they do these are a draft{rule}.")
    _closing(paper, None)
    return paper.content()


def _titled(title: str, matter: MatterLine, *, draft: bool = False) -> PageLayout:
    return begun(title, f"{matter.document or '【number】'} ({matter.ref})", "(draft for comment)" if draft else None)


def _closing(paper: PageLayout, on: date | None) -> None:
    closing(paper, "【who signs】", wording.full(on) if on else "【date】")


def _due(matter: MatterLine) -> str:
    if matter.due is None:
        return "no date set"
    moved = matter.due_original and matter.due_original != matter.due
    first = f" (extended; first {wording.full(matter.due_original)})" if moved and matter.due_original else ""
    return wording.full(matter.due) + first


def _done(sheet: MatterSheet, event: str, *, words: bool = False) -> str:
    """When something was done, and in what words; a gap where it was not."""
    last = last_of(sheet, event)
    if last is None:
        return "【 】"
    post = str(last.content.get("post") or "")
    return ", ".join(filter(None, (post, (last.reason or "") if words else "", wording.full(last.on))))


def _steps(paper: PageLayout, sheet: MatterSheet) -> None:
    paper.paragraph()
    rows = [
        [
            wording.full(event.on),
            record_labels.event(event.event, sheet.matter.kind),
            ", ".join(filter(None, (event.reason, event.document))),
        ]
        for event in sheet.events
    ]
    table(paper, STEPS, rows)
