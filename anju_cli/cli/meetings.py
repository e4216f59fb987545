"""`anju meetings`."""

from typing import TYPE_CHECKING, Annotated

import typer

from anju_cli import ledger
from anju_cli.cli import completing, options
from anju_cli.cli import followup_options as ours
from anju_cli.cli.desk import Desk
from anju_cli.cli.doors import Shown, reads, shown, writes
from anju_cli.cli.root import noun
from anju_cli.errors import Unclear
from anju_cli.i18n import _
from anju_cli.render.pages import matters as pages
from anju_cli.reports import matters as followup
from anju_cli.reports.view import View

if TYPE_CHECKING:
    from anju_cli.ledger import Noted

app = noun("Meetings of the leading group: topics, attendance, resolutions, minutes.")

Meeting = Annotated[str, typer.Argument(metavar="MEETING", help="The number of the meeting.")]


@writes(app, "add", example='anju meetings add "第二次领导小组会议" --on 8-20 --chair 组长', shown="matters:noted")
def add(
    desk: Desk,
    title: Annotated[str, typer.Argument(metavar="TITLE", help="The title of the meeting.")],
    *,
    on: Annotated[str, typer.Option("--on", metavar="DATE", help="The day it is held; it may be to come.")],
    chair: Annotated[
        str | None, typer.Option("--chair", metavar="POST", help="The post of the chair, no name.")
    ] = None,
    document: ours.Document = None,
) -> "Noted":
    """Enter a meeting of the leading group."""
    return ledger.meetings.add(desk.register, on, title, chair, document)


@writes(
    app,
    "topics",
    example='anju meetings topics 1 "…" --unit hsc\nanju meetings topics 1 --approve P1 --approve P2 --document …',
    shown="matters:noted",
)
def topics(
    desk: Desk,
    number: Meeting,
    text: Annotated[str | None, typer.Argument(metavar="[TEXT]", help="A topic to collect.")] = None,
    unit: Annotated[
        str | None,
        typer.Option("--unit", "-u", metavar="BODY", help="Who proposes it.", autocompletion=completing.bodies),
    ] = None,
    approve: Annotated[
        list[str] | None, typer.Option("--approve", metavar="TOPIC", help="The group leader has approved it.")
    ] = None,
    reject: Annotated[
        list[str] | None, typer.Option("--reject", metavar="TOPIC", help="The group leader has not.")
    ] = None,
    reason: Annotated[str | None, typer.Option("--reason", metavar="TEXT", help="Why.")] = None,
    on: ours.Day = None,
    document: ours.Document = None,
) -> "Noted":
    """Collect a topic that a unit proposes, or record the group leader's decision on topics (clause 四(一))."""
    if text is not None and unit is not None and not approve and not reject:
        return ledger.meetings.collect(desk.register, number, text, unit, on)
    if text is not None or unit is not None or not (approve or reject):
        raise Unclear(
            _("either a topic and its unit, or a decision"), hint="TEXT --unit BODY | --approve P1 | --reject P1"
        )
    return ledger.meetings.decide(
        desk.register, number, approve or [], reject or [], on=on, reason=reason, document=document
    )


@writes(app, "attend", example="anju meetings attend 1 hsc tal wat --absent fin", shown="matters:noted")
def attend(
    desk: Desk,
    number: Meeting,
    bodies: Annotated[
        list[str] | None,
        typer.Argument(metavar="[BODY]...", help="Who came.", autocompletion=completing.bodies),
    ] = None,
    absent: Annotated[
        list[str] | None,
        typer.Option("--absent", metavar="BODY", help="Who did not.", autocompletion=completing.bodies),
    ] = None,
    on: ours.Day = None,
) -> "Noted":
    """Record who came to a meeting, and who did not; a later word stands for an earlier one."""
    return ledger.meetings.attend(desk.register, number, bodies or [], absent or [], on)


@writes(app, "resolve", example='anju meetings resolve 1 "…" --unit hsc --due 9-30 --topic P1', shown="matters:noted")
def resolve(
    desk: Desk,
    number: Meeting,
    text: Annotated[str, typer.Argument(metavar="TEXT", help="What was resolved.")],
    *,
    unit: ours.Units,
    due: ours.Due,
    topic: Annotated[
        str | None, typer.Option("--topic", metavar="TOPIC", help="Under which topic; it must have been approved.")
    ] = None,
    item: options.OfItem = None,
) -> "Noted":
    """Enter what a meeting resolved: who does what by when. `anju tasks` extends and closes it."""
    return ledger.meetings.resolve(desk.register, number, text, unit, due, topic=topic, item=item)


@writes(
    app,
    "minutes",
    example="anju meetings minutes 1 --agreed hsc --agreed tal\nanju meetings minutes 1 --agreed all --document …",
    shown="matters:noted",
)
def minutes(
    desk: Desk,
    number: Meeting,
    agreed: Annotated[
        list[str] | None,
        typer.Option("--agreed", metavar="BODY", help="Who agrees to the minutes; all: everyone that attended."),
    ] = None,
    on: ours.Day = None,
    document: ours.Document = None,
) -> "Noted":
    """The units that attended agree to the minutes; with --document they are issued, once all have (clause 四(一))."""
    return ledger.meetings.minutes(desk.register, number, agreed or [], on=on, document=document)


@writes(app, "cancel", example='anju meetings cancel 1 --reason "…"', shown="matters:noted")
def cancel(desk: Desk, number: Meeting, *, reason: options.Reason, on: ours.Day = None) -> "Noted":
    """A meeting that was arranged is not held."""
    return ledger.slips.cancel(desk.register, desk.register.find(number, "meeting"), reason, on=on)


@reads(app, "list", example="anju meetings list", rows="matters:MatterLine")
def listed(view: View) -> Shown:
    """The meetings, in order of number."""
    return shown(followup.listing(view, "meeting"), pages.list_page)


@reads(
    app, "show", example="anju meetings show 1\nanju meetings show 1 -o 纪要.docx", own={"docx": "word.matters:minutes"}
)
def show(view: View, number: Meeting) -> Shown:
    """One meeting: topics, attendance, resolutions, whose agreement to the minutes is missing."""
    return shown(followup.sheet(view, number, "meeting"), pages.sheet_page)
