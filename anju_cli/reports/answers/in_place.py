"""三个到位 as it is told: of each unit, and of all."""

from typing import NamedTuple


class InPlace(NamedTuple):
    """三个到位 of one unit: a project team, a named post for each of its items, a scheme filed."""

    unit: str
    name: str
    name_en: str
    team_due: bool
    """Whether the plan asks this unit for a project team."""
    team: bool
    items: int
    """Items it leads."""
    posts: int
    """Of these, those with a named post."""
    scheme: bool
    place: str | None = None
    """Where the plan asks for them; null where it does not."""


class InPlaceTotals(NamedTuple):
    """三个到位 over all units."""

    units: int
    teams_due: int
    teams: int
    items: int
    posts: int
    schemes: int
    place: str | None = None
    """Where the plan asks for them; null where it does not."""
