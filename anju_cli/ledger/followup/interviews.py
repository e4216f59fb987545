"""Interviews (约谈): proposed from a typed result, approved, held, followed by commitments, struck off."""

from collections.abc import Sequence
from dataclasses import dataclass

from anju_cli.domain.matters import UNMET
from anju_cli.domain.quarters import quarter_code
from anju_cli.errors import Refused
from anju_cli.i18n import _
from anju_cli.ledger.followup.matters import Noted, Register, needed, words
from anju_cli.ledger.followup.slips import close as close_matter


@dataclass(frozen=True)
class Finding:
    """A unit whose result was typed: the result, and the lines of evidence under it."""

    unit: str
    result: str
    evidence: tuple[str, ...]
    inferred: bool
    """Whether any line rests on a responsibility that the plan does not state."""


def propose(register: Register, quarter: int, findings: Sequence[Finding], on: str | None = None) -> Noted:
    """Propose an interview with each unit whose typed result is 未完成任务进度, once."""
    code = quarter_code(quarter)
    there = {
        (matter.units, matter.content["quarter"]) for matter in register.of("interview") if matter.state != "dropped"
    }
    for finding in findings:
        if finding.result == UNMET and ((finding.unit,), code) not in there:
            content = {
                "units": [finding.unit],
                "quarter": code,
                "about": finding.result,
                "evidence": list(finding.evidence),
                "inferred": finding.inferred,
            }
            register.open("interview", "propose", register.day(on), content)
    return register.noted()


def approve(register: Register, number: str, document: str | None, on: str | None = None) -> Noted:
    """Record that the leading group has approved an interview (经领导小组批准)."""
    basis = needed(document, "--document")
    matter = register.find(number, "interview")
    register.follow(matter, "approve", register.day(on, matter), document=basis)
    return register.noted()


def drop(register: Register, number: str, reason: str, on: str | None = None) -> Noted:
    """Record that an interview is not held, and why."""
    matter = register.find(number, "interview")
    register.follow(matter, "drop", register.day(on, matter), reason=needed(reason, "--reason"))
    return register.noted()


def hold(
    register: Register,
    number: str,
    *,
    on: str | None = None,
    interviewer: str | None = None,
    post: str | None = None,
    place: str | None = None,
    explanation: str | None = None,
) -> Noted:
    """Record an interview that was held: who interviewed whom (posts), where, and how the unit explained itself."""
    content = {
        "interviewer": words(interviewer, "--interviewer"),
        "post": words(post, "--post"),
        "place": words(place, "--place"),
        "explanation": words(explanation, "--explanation"),
    }
    matter = register.find(number, "interview")
    register.follow(matter, "hold", register.day(on, matter), content)
    return register.noted()


def commit(
    register: Register, number: str, text: str, due: str, *, item: str | None = None, on: str | None = None
) -> Noted:
    """Record what the unit has committed itself to, and by when (整改承诺)."""
    interview = register.find(number, "interview")
    day = register.day(on, interview)
    content = {
        "units": list(interview.units),
        "about": needed(text, _("the commitment")),
        "parent": interview.ref,
        "item": register.item(item),
        "due": register.due(due, day),
    }
    commitment = register.open("commitment", "make", day, content)
    register.follow(interview, "commit", day, {"commitments": _commitments(register, interview.ref)})
    register.touched = dict.fromkeys([("commitment", commitment.number), ("interview", interview.number)])
    return register.noted()


def _commitments(register: Register, interview: str) -> list[str]:
    return [matter.ref for matter in register.of("commitment") if matter.content["parent"] == interview]


def close(
    register: Register,
    number: str,
    *,
    on: str | None = None,
    note: str | None = None,
    document: str | None = None,
) -> Noted:
    """Strike off a commitment (`C1`), or an interview (`I1`) once nothing it led to is open.

    Raises Unclear where there is no such number, Refused where something it led to is open.
    """
    matter = register.find(number, "interview", "commitment")
    if matter.kind == "interview":
        still = [
            each.ref for each in register.of("commitment") if each.content["parent"] == matter.ref and each.is_open
        ]
        if still:
            hint = _("close or cancel them first")
            raise Refused(_("commitments of this interview are open"), got=", ".join(still), hint=hint)
    return close_matter(register, matter, on=on, note=note, document=document)
