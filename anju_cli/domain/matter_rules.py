"""What follow-up must keep to besides its states: levels in turn, later dates, agreed minutes, no personal data."""

import re
from datetime import date

from anju_cli.domain.codes import Code
from anju_cli.domain.matters import Matter
from anju_cli.errors import Refused
from anju_cli.i18n import _


class SlipLevel(Code):
    """The levels of a slip: reminder, warning, final; each follows the one before."""

    BLUE = "blue", "蓝色", "蓝", "提醒", "蓝色（提醒）"
    ORANGE = "orange", "橙色", "橙", "警示", "橙色（警示）"
    RED = "red", "红色", "红", "责令", "红色（责令）"


class TaskSource(Code):
    """Where a task comes from."""

    INSTRUCTION = "instruction", "批示"
    MEETING = "meeting", "会议"
    DOCUMENT = "document", "文件"


class InPlaceRecord(Code):
    """三个到位: a project team, a named post for an item, a scheme filed."""

    TEAM = "team", "组织", "组织到位", "工作专班"
    POST = "post", "责任", "责任到位", "责任岗位"
    SCHEME = "scheme", "措施", "措施到位", "实施方案"


LEVELS = tuple(SlipLevel)
"""In the order in which they follow each other."""


def check_level(level: str, before: Matter | None, on: date, *, direct: bool) -> None:
    """A slip follows the one before: orange a blue that has lapsed, red an orange; `direct` by a leader's instruction.

    `before` is the last open slip on the same matter and unit.

    Raises Refused where the one before is not there or has not lapsed.
    """
    if direct:
        return
    needed = LEVELS[LEVELS.index(level) - 1] if level != LEVELS[0] else None
    if needed is None:
        if before is not None:
            more = _("close or extend it, or let the next level follow once it has lapsed")
            raise Refused(_("there is an open slip on this"), got=before.ref, hint=more)
        return
    way = _("--direct --reason WHY, by a leader's instruction")
    if before is None or before.content["level"] != needed:
        missing = _("a slip of the level before, which has lapsed, is needed for this one")
        raise Refused(missing, got=before.ref if before else None, hint=way)
    if not before.is_open:
        ended = _("the slip before it is no longer open")
        raise Refused(ended, got=before.ref, hint=way)
    if not before.lapsed(on):
        running = _("the slip before it has until {due}; it has not lapsed").format(due=before.due)
        raise Refused(running, got=before.ref, hint=way)


def check_extension(matter: Matter, due: date) -> None:
    """An extension leads to a later date.

    Raises Refused where the date is not later.
    """
    if matter.due is not None and due <= matter.due:
        raise Refused(_("an extension leads to a later date than {due}").format(due=matter.due), got=due)


def missing_agreement(meeting: Matter) -> list[str]:
    """The attending bodies that have not agreed to the minutes (clause 四(一): 经与会单位同意后印发)."""
    agreed = set(meeting.content.get("agreed", ()))
    return [body for body in meeting.content.get("present", ()) if body not in agreed]


def check_impersonal(text: str) -> str:
    """A text that names no person by number; raises Refused for one with a telephone or identity number."""
    if re.search(r"(?<!\d)(1[3-9]\d{9}|\d{17}[\dXx])(?!\d)", text):
        raise Refused(
            _("personal data is not kept here"), got="…", hint=_("name the post, leave numbers of persons out")
        )
    return text
