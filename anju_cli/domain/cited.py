"""What in its plan an official paper rests on: places are cited where the plan has them, and nowhere else."""

from typing import NamedTuple

from anju_cli.domain.plan import Plan


class Cited(NamedTuple):
    """What papers on a plan cite: who issues them, and where it asks for what they do; null where it does not."""

    title: str
    issuer: str
    assessment: str | None
    """Where it sets up the quarterly assessment (季度考核)."""
    interview: str | None
    """Where it says who is interviewed (约谈)."""
    minutes: str | None
    """Where it says that minutes are agreed (会议纪要)."""
    in_place: str | None
    """Where it asks for teams, named posts and schemes (到位)."""


def cited_by(plan: Plan) -> Cited:
    """What papers on this plan may cite."""
    return Cited(
        title=plan.title,
        issuer=plan.issuer,
        assessment=_place_of(plan, "季度考核"),
        interview=_place_of(plan, "约谈"),
        minutes=_place_of(plan, "纪要"),
        in_place=_place_of(plan, "三个到位", "组织到位", "责任到位"),
    )


def _place_of(plan: Plan, *subjects: str) -> str | None:
    """The place of the first passage that speaks of a subject."""
    passages = [(item.name, item.clause) for item in plan.items] + [(rule.name, rule.clause) for rule in plan.rules]
    said = ((name + clause.quote, clause.place) for name, clause in passages if clause)
    return next((place for text, place in said if any(subject in text for subject in subjects)), None)
