"""What a report on a quarter says of projects. Homes are whole numbers; null: not known, or none."""

from datetime import date
from typing import NamedTuple


class ProjectPlan(NamedTuple):
    """A target whose pace rests on projects, and what they are planned to bring to it by its due date."""

    target: str
    name: str
    name_en: str
    goal: int | None
    projects: int
    planned: int
    short: int
    """Homes by which the projects add up to less than the goal; 0 where they do not."""


class Slipped(NamedTuple):
    """A project that comes later than planned, or whose planned date a revision has moved."""

    project: str
    name: str
    target: str
    target_name: str
    target_name_en: str
    homes: int | None
    planned: date | None
    """原计划 of the plan revision in force."""
    planned_original: date | None
    """原计划 as it was first in the plan."""
    current: date | None
    actual: date | None
    days: int | None
    """推迟 N 天: later than planned; negative: earlier."""
    days_original: int | None
    """The same against the date first planned."""
    document: str | None
    """The document of the revision in force, where it has moved the date."""
    lapsed: bool = False
    """Whether the day it was to come has passed without an actual date: it is late by so many days so far."""


class ProjectCheck(NamedTuple):
    """What a target's entries say by project: how many homes name one, and how many of these count."""

    target: str
    name: str
    name_en: str
    booked: int
    by_project: int
    counted: int
    unnamed: int


class ProjectCount(NamedTuple):
    """A project of which another number of homes counts than is booked."""

    project: str
    name: str | None
    """Null where it is not in the register."""
    target: str
    homes: int | None
    earlier: int
    booked: int
    counted: int
