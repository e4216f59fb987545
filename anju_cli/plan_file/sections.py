"""The sections of a plan file, and the shape of its projects."""

from pydantic import Field

from anju_cli.plan_file.shape import (
    BodyShape,
    DutyShape,
    MilestoneShape,
    PlanShape,
    RuleShape,
    SettingsShape,
    Shape,
    TargetShape,
    UnitShape,
)
from anju_cli.plan_file.values import Date, Id, Text, Whole


class PlannedShape(Shape):
    """What a project is to bring to a target: so many homes, on a day."""

    target: Id
    homes: Whole
    date: Date


class ProjectShape(Shape):
    """A project with its planned dates and homes (原计划), on which `pace: projects` rests."""

    code: Text
    name: Text
    planned: list[PlannedShape]


SECTIONS: dict[str, type[Shape]] = {
    "units": UnitShape,
    "bodies": BodyShape,
    "targets": TargetShape,
    "milestones": MilestoneShape,
    "duties": DutyShape,
    "rules": RuleShape,
    "projects": ProjectShape,
}
"""The sections that are lists, in order, with the shape of their entries."""


class FileShape(Shape):
    """A plan file."""

    plan: PlanShape
    settings: SettingsShape = SettingsShape()
    units: list[UnitShape]
    bodies: list[BodyShape] = Field(default_factory=list)
    targets: list[TargetShape] = Field(default_factory=list)
    milestones: list[MilestoneShape] = Field(default_factory=list)
    duties: list[DutyShape] = Field(default_factory=list)
    rules: list[RuleShape] = Field(default_factory=list)
    projects: list[ProjectShape] = Field(default_factory=list)
