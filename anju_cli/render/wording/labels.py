"""The official wording of every code, in the language in use."""

from collections.abc import Iterable
from datetime import date, datetime

from anju_cli.domain.history import takes_off
from anju_cli.domain.plan import Plan
from anju_cli.i18n import _, language, named, pgettext
from anju_cli.render.wording.quarters import quarter as quarter


def light(code: str | None) -> str:
    """A light in words."""
    return {"green": _("Green"), "yellow": _("Yellow"), "red": _("Red")}.get(code or "", "—")


LIGHT_TONES = {"green": "good", "yellow": "warn", "red": "bad"}


def target_status(code: str | None) -> str:
    """A target's status in words."""
    return {
        "done": pgettext("target", "Done"),
        "on_pace": _("On pace"),
        "behind": pgettext("status", "Behind"),
        "overdue": _("Overdue"),
    }.get(code or "", "—")


def milestone_status(code: str, dated: bool) -> str:
    """A milestone's status in words; what has no date cannot be on time."""
    return {
        "done": _("Done on time") if dated else pgettext("target", "Done"),
        "done_late": _("Done late"),
        "open": _("In progress"),
        "overdue": _("Overdue"),
        "undated": _("No date set"),
    }.get(code, code)


MILESTONE_TONES = {"done": "good", "done_late": "warn", "overdue": "bad"}


def reason(code: str) -> str:
    """A kind of lateness in words."""
    return {
        "overdue": _("Overdue"),
        "behind": _("Behind"),
        "unreported": _("Not reported"),
        "returned": _("Sent back, not resubmitted"),
        "late_return": _("Late return"),
        "slip_overdue": _("Slip lapsed"),
        "facility_overdue": _("Facility not in use"),
    }.get(code, code)


def pace(code: str) -> str:
    """A pace in words."""
    return {
        "even": _("Even by quarter"),
        "nodes": _("Dated steps"),
        "projects": _("Project dates"),
        "year_end": _("Year end only"),
        "none": _("No pace set"),
    }.get(code, code)


def kind(code: str) -> str:
    """What an item or an entry is, in words."""
    return {
        "target": _("Target"),
        "milestone": _("Milestone"),
        "duty": _("Duty"),
        "report": _("Report"),
        "correction": _("Correction"),
        "void": _("Void"),
        "reduction": _("Reduction"),
    }.get(code, code)


def direction(code: str) -> str:
    """The side of its goal on which a target is met, in words."""
    return {"at_least": _("At least"), "at_most": _("At most")}[code]


def ceiling(direction: str) -> str:
    """The sign before a goal that is not to be exceeded."""
    return "≤ " if direction == "at_most" else ""


def entry_kind(code: str, quantity: object, stated_total: object) -> str:
    """What an entry is, in words: a report that takes off is a reduction (核减)."""
    return kind("reduction" if code == "report" and takes_off(quantity, stated_total) else code)


def role(code: str) -> str:
    """A unit's role on an item, in words."""
    return {"lead": _("Lead"), "joint": _("Joint lead"), "assist": _("Assisting")}[code]


def reporting(code: str) -> str:
    """How an item is reported, in words."""
    return {
        "quantity": _("By quantity"),
        "case": _("By cases"),
        "summary": _("In the summary row"),
        "register": _("Kept by the office"),
        "none": _("Not reported on"),
    }.get(code, code)


def state(code: str) -> str:
    """What became of an owed row, in words."""
    return {
        "open": pgettext("return", "Not yet due"),
        "reported": _("On time"),
        "zero_report": _("Zero report"),
        "late_return": _("Late return"),
        "unreported": _("Not reported"),
        "returned": _("Returned"),
    }.get(code, code)


STATE_TONES = {
    "returned": "warn",
    "reported": "good",
    "zero_report": "good",
    "late_return": "warn",
    "unreported": "bad",
    "open": "faint",
}


def review_state(code: str) -> str:
    """Where an assessment stands, in words."""
    return {
        "none": _("Not opened"),
        "open": pgettext("review", "Open"),
        "locked": _("Data locked"),
        "closed": pgettext("review", "Closed"),
    }.get(code, code)


def aspect(code: str | None) -> str | None:
    """The heading that a finding falls under, in words."""
    return {
        "land": _("Land secured"),
        "funds": _("Funds secured"),
        "quality": _("Quality secured"),
        "outcome": _("Outcome secured"),
    }.get(code or "")


def review_event(code: str) -> str:
    """A step of an assessment, in words."""
    return {
        "deadline": _("Return deadline"),
        "open": pgettext("review", "Opened"),
        "lock": pgettext("review", "Locked"),
        "confirm": _("Figures confirmed"),
        "result": _("Result"),
        "close": pgettext("review", "Ended"),
        "bulletin": _("Bulletin"),
        "reopen": _("Reopened"),
    }.get(code, code)


def logged(code: str) -> str:
    """What was recorded, in words."""
    if code in ("report", "correction", "void", "reduction"):
        return kind(code)
    return {"plan": _("Plan"), "seal": _("Seal")}.get(code) or review_event(code)


def result(code: str | None) -> str:
    """A result that was typed, in words; a further grade of the plan is in official words already."""
    return {"met": _("Result: met"), "not_met": _("Result: not met")}.get(code or "", code or "—")


def fact(code: str) -> str:
    """A kind of fact about a unit, in words."""
    return {"result": _("Result"), "objection": _("Objection")}.get(code) or reason(code)


def cause(code: str) -> str:
    """Why a circulated figure has changed, in words."""
    return {
        "correction": pgettext("cause", "Correction"),
        "void": pgettext("cause", "Void"),
        "reduction": pgettext("cause", "Reduction"),
        "late_report": pgettext("cause", "Reported later"),
        "carried": pgettext("cause", "Late report, carried"),
        "goal_changed": pgettext("cause", "Goal changed"),
        "rule_changed": pgettext("cause", "Rule changed"),
        "as_of_changed": pgettext("cause", "Other date"),
    }.get(code, code)


def next_date(code: str) -> str:
    """What a coming date is, in words."""
    return {
        "return_deadline": _("Return deadline"),
        "review_from": _("Review begins"),
        "review_to": _("Review ends"),
        "bulletin_deadline": _("Bulletin deadline (provisional)"),
        "bulletin_due": _("Bulletin deadline"),
        "due": pgettext("date", "Due"),
    }.get(code, code)


def channel(code: str | None) -> str:
    """How a return came, in words."""
    return {
        "excel": "Excel",
        "wechat": _("WeChat"),
        "phone": _("Phone"),
        "paper": _("Paper"),
        "oa": "OA",
    }.get(code or "", code or "—")


def listed(words: Iterable[str]) -> str:
    """Several words as a list in prose."""
    return ("、" if language() == "zh" else ", ").join(words)


def clauses(sentences: Iterable[str]) -> str:
    """Several statements in one sentence."""
    return ("；" if language() == "zh" else "; ").join(sentences)


def plan_line(plan: Plan) -> str:
    """Which plan something is of."""
    return pair(_("Plan"), aside(named(plan.title, plan.title_en), plan.id))


def undo(command: str) -> str:
    """How what was just recorded is taken back; it stays in the ledger all the same."""
    return _("Undo: {command}").format(command=command)


def pair(name: str, value: object) -> str:
    """A name and what is said of it."""
    return f"{name}：{value}" if language() == "zh" else f"{name}: {value}"


def aside(text: str, inside: object) -> str:
    """A text with something in brackets after it."""
    return f"{text}（{inside}）" if language() == "zh" else f"{text} ({inside})"


def moment(recorded_at: str) -> str:
    """A moment of recording, as the clock on the wall showed it."""
    return datetime.fromisoformat(recorded_at).astimezone().strftime("%Y-%m-%d %H:%M:%S")


def field(name: str) -> str:
    """A field of an item, in words."""
    return {
        "lead": _("Lead"),
        "assist": _("Assisting"),
        "due": pgettext("date", "Due"),
        "pace": _("Pace"),
        "nodes": _("Steps"),
        "measure": _("Measure"),
        "goal": _("Goal"),
        **{"direction": _("Direction"), "baseline": _("Baseline"), "signed": _("May be below 0")},
        "counting": _("Counting rule"),
        "reporting": _("Reporting"),
        "ratio": _("Computed from"),
        "through": _("Counted through"),
        "allocations": _("Parts"),
        "name": _("Name"),
        "item": _("Task"),
        "project": _("Project"),
        "inferred": _("Inferred"),
        "level": _("Level"),
        "requirement": _("Requirement"),
        "basis": _("Clause"),
        "matter": _("About"),
        "follows": _("Follows"),
        "by": _("Next level"),
        "direct": _("Out of turn"),
        "post": _("Post"),
        "note": _("Note"),
        "source": _("Source"),
        "quarter": _("Quarter"),
        "parent": _("Part of"),
        "topic": _("Topic"),
        "held_on": _("Day of the meeting"),
        "chair": _("Chaired by"),
        "present": _("Present"),
        "absent": _("Absent"),
        "agreed": _("Agreed"),
        "interviewer": _("Interviewer"),
        "place": _("Place"),
        "explanation": _("Explanation"),
        "commitments": _("Commitments"),
        "record": pgettext("in place", "Record"),
    }.get(name, name)


def check(code: str) -> str:
    """A check of the ledger, in words."""
    return {
        "pages": _("File"),
        "references": _("References"),
        "entry": _("Entry"),
        "filing": _("Filing"),
        "revision": _("Plan"),
        "project": _("Project"),
        "followup": _("Follow-up"),
        "return": pgettext("noun", "Return"),
        "receipt": _("Receipt"),
        "stated_total": _("Stated total"),
        "trigger": _("Triggers"),
        "review": _("Review"),
        "circulated": _("As circulated"),
        "carried": _("Carried in"),
        "restatement": _("Restatement"),
        "seal": _("Seal"),
        "parts": _("Parts and totals"),
    }.get(code, code)


def long_date(value: date) -> str:
    """A date as it is written in prose: 2020年6月30日, 2020-06-30."""
    return f"{value.year}年{value.month}月{value.day}日" if language() == "zh" else value.isoformat()
