"""The official wording of what is kept beside the figures: follow-up matters, returns, reviews, surroundings."""

from anju_cli.domain.matters import DATED
from anju_cli.i18n import _, pgettext
from anju_cli.render.wording.labels import kind, next_date


def matter(kind: str) -> str:
    """A kind of follow-up, in words."""
    return {
        "slip": _("Slip"),
        "interview": _("Interview"),
        "commitment": _("Commitment"),
        "meeting": _("Meeting"),
        "topic": _("Topic"),
        "resolution": _("Resolution"),
        "task": _("Assigned task"),
        "record": pgettext("in place", "Record"),
    }.get(kind, kind)


def level(code: str) -> str:
    """The level of a slip, in words."""
    return {"blue": _("Reminder (blue)"), "orange": _("Warning (orange)"), "red": _("Final slip (red)")}.get(code, code)


LEVEL_TONES = {"orange": "warn", "red": "bad"}


def source(code: str) -> str:
    """Where a task comes from, in words."""
    return {
        "instruction": _("Leader's instruction"),
        "meeting": pgettext("source", "Meeting"),
        "document": pgettext("source", "Document"),
    }.get(code, code)


def in_place(code: str) -> str:
    """What of 三个到位 is recorded, in words."""
    return {"team": _("Project team"), "post": _("Named post"), "scheme": _("Scheme filed")}.get(code, code)


def matter_state(code: str, kind: str) -> str:
    """How a follow-up matter stands, in words; an interview and its commitments end by being struck off (销号)."""
    if kind in ("interview", "commitment") and code in ("held", "closed"):
        return pgettext("interview", "Held") if code == "held" else _("Struck off")
    return {
        "issued": pgettext("slip", "Issued"),
        "acknowledged": _("Acknowledged"),
        "escalated": _("Next level issued"),
        "proposed": _("Proposed"),
        "approved": pgettext("matter", "Approved"),
        "dropped": _("Not held"),
        "held": pgettext("matter", "Held"),
        "rectifying": _("Putting right"),
        "planned": _("Arranged"),
        "minuted": _("Minutes issued"),
        "collected": _("Awaiting approval"),
        "rejected": _("Not approved"),
        "open": pgettext("matter", "Open"),
        "closed": pgettext("matter", "Closed"),
        "cancelled": _("Withdrawn"),
        "filed": _("On file"),
    }.get(code, code)


def event(code: str, kind: str) -> str:
    """What happened to a follow-up matter, in words."""
    if kind in ("interview", "commitment") and code in ("hold", "close"):
        return matter_state({"hold": "held", "close": "closed"}[code], kind)
    return {
        "issue": pgettext("event", "Issued"),
        "acknowledge": _("Acknowledged"),
        "extend": _("Extended"),
        "escalate": _("Next level issued"),
        "close": pgettext("matter", "Closed"),
        "cancel": _("Withdrawn"),
        "propose": _("Proposed"),
        "approve": pgettext("matter", "Approved"),
        "drop": _("Not held"),
        "hold": pgettext("matter", "Held"),
        "commit": _("Committed"),
        "make": _("Committed"),
        "add": _("Entered"),
        "attend": _("Attended"),
        "agree": _("Agreed to the minutes"),
        "collect": _("Collected"),
        "reject": _("Not approved"),
        "resolve": _("Resolved"),
        "assign": _("Assigned"),
        "file": _("On file"),
    }.get(code, code)


def coming(code: str) -> str:
    """What falls due, in words."""
    return (
        matter(code)
        if code in ("slip", *DATED)
        else (kind(code) if code in ("target", "milestone") else next_date(code))
    )


def surrounding(code: str) -> str:
    """Something that the doctor looks at, in words."""
    return {
        "python": "Python",
        "sqlite": "SQLite",
        "typer": "Typer",
        "database": _("Database"),
        "schema": _("Version of the database"),
        "permissions": _("Who may read it"),
        "links": _("Other names of the file"),
        "journal": _("Journal"),
        "leftovers": _("Files left beside it"),
        "own parts": _("Views and indexes of your own"),
        "directory": _("Its folder"),
        "network": _("File system"),
        "synced": _("Cloud folder"),
        "space": _("Free space"),
        "clock": _("Clock"),
        "calendar": _("Working days"),
        "fonts": _("Fonts"),
        "programs": _("Programs"),
        "encoding": _("Encoding"),
    }.get(code, code)


def return_state(code: str) -> str:
    """What became of a return, in words."""
    return {
        "adopted": pgettext("return", "Adopted"),
        "returned": _("Returned"),
        "received": pgettext("return", "Received, to be decided"),
        "already": pgettext("return", "Adopted before"),
        "unknown": pgettext("return", "Not known whose"),
        "passed_over": pgettext("return", "No return, passed over"),
    }.get(code, code)


def action(code: str) -> str:
    """What an import does with a row, in words."""
    return {
        "add": pgettext("import", "Add"),
        "skip": pgettext("import", "Skip"),
        "words": pgettext("import", "Add words"),
        "conflict": pgettext("import", "Conflict"),
        "correct": pgettext("import", "Correct"),
        "reduce": pgettext("import", "Reduce"),
    }.get(code, code)


def found(kind: str) -> str:
    """A kind of thing found in a return, in words."""
    return {
        "problem": _("To be put right"),
        "conflict": _("To be decided first"),
        "warning": _("Accepted with warnings"),
    }.get(kind, kind)
