"""The entries of a plan file that have their right shape, with their places, and what may refer to what."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import cache, cached_property
from itertools import islice
from typing import Any, Protocol

from anju_cli.i18n import _
from anju_cli.plan_file.shape import BodyShape, ItemShape, PlanShape, SettingsShape, Shape, TargetShape
from anju_cli.plan_file.strict import Path

ITEM_SECTIONS = ("targets", "milestones", "duties")
ALL = "all"
"""As a lead: every member unit."""
_MOST_COMPARED = 300
"""Near ids are looked for among so many at most."""


class Found(Protocol):
    """Takes a problem: its place, what is there, what was expected; `key` where the key itself is at fault.

    A warning is a problem of that kind: the plan is taken all the same.
    """

    def __call__(self, at: Path, what: str, expected: str, *, key: bool = False, kind: str = "problem") -> None: ...


@dataclass
class Parts:
    """The entries of a file that have their right shape; of those that have not, what keeps others from blame."""

    found: Found
    plan: PlanShape | None = None
    settings: SettingsShape | None = None
    entries: dict[str, list[tuple[Path, Any]]] = field(default_factory=dict)
    mistaken: set[str] = field(default_factory=set)
    """Ids of mistaken entries: whoever names one of them names something."""
    incomplete: set[str] = field(default_factory=set)
    """Parents of mistaken entries: their sums cannot be told."""

    def declare(self, section: str, number: int, raw: Any, shape: Shape | None) -> None:
        """Take in one entry; of a mistaken one only its id and its parent."""
        if shape is not None:
            self.entries.setdefault(section, []).append(((section, number), shape))
        elif isinstance(raw, dict):
            members = raw.get("members")
            named = [raw, *(members if isinstance(members, list) else [])]
            self.mistaken |= set(_texts(each.get("id") for each in named if isinstance(each, dict)))
            self.incomplete |= set(_texts([raw.get("parent")]))

    def warned(self, at: Path, what: str, expected: str) -> None:
        """Note what may well be wrong, and is taken all the same."""
        self.found(at, what, expected, kind="warning")

    def items(self) -> Iterator[tuple[Path, ItemShape]]:
        """The items of all kinds, with their places."""
        for section in ITEM_SECTIONS:
            yield from self.entries.get(section, [])

    def bodies(self) -> Iterator[tuple[Path, BodyShape]]:
        """Units, their members, and the bodies that are not assessed, with their places."""
        for at, unit in self.entries.get("units", []):
            yield at, unit
            for number, member in enumerate(unit.members):
                yield (*at, "members", number), member
        yield from self.entries.get("bodies", [])

    @cached_property
    def units(self) -> list[Any]:
        """The assessed units."""
        return [shape for _at, shape in self.entries.get("units", [])]

    @cached_property
    def by_id(self) -> dict[str, tuple[Path, ItemShape]]:
        """Items by id; of two with one id, the first."""
        found: dict[str, tuple[Path, ItemShape]] = {}
        for at, shape in self.items():
            found.setdefault(shape.id, (at, shape))
        return found

    @cached_property
    def children(self) -> dict[str, list[TargetShape]]:
        """For each parent that is named, the targets that name it."""
        found: dict[str, list[TargetShape]] = {}
        for _at, shape in self.entries.get("targets", []):
            if shape.parent:
                found.setdefault(shape.parent, []).append(shape)
        return found

    @cached_property
    def _body_ids(self) -> dict[str, bool]:
        """Every body, and whether it is assessed."""
        return {shape.id: at[0] == "units" for at, shape in self.bodies()}

    def check_body(self, at: Path, id: str, *, assessed: bool = False, key: bool = False) -> None:
        """An id that must be a body's; where no unit could be read, that is told already, and nobody is known."""
        if not self.units:
            return
        known = [body for body, is_assessed in self._body_ids.items() if is_assessed or not assessed]
        if id not in known and id not in self.mistaken:
            expected = _("a member unit") if assessed else _("a body that is declared")
            self.found(at, id, _or_near(expected, id, known), key=key)

    def check_item(self, at: Path, id: str, shape: type[ItemShape], expected: str) -> bool:
        """An id that must be an item's, of some kind; whether it is."""
        if id in self.by_id and isinstance(self.by_id[id][1], shape):
            return True
        if id not in self.mistaken:
            known = (each for each, (_at, other) in self.by_id.items() if isinstance(other, shape))
            self.found(at, id, _or_near(expected, id, known))
        return False


def _texts(values: Iterable[Any]) -> Iterator[str]:
    return (value for value in values if isinstance(value, str))


def _or_near(expected: str, id: str, known: Iterable[str]) -> str:
    near = _near(id, tuple(islice(known, _MOST_COMPARED)))
    return f"{expected}; " + _("{near}, perhaps").format(near=near[0]) if near else expected


@cache
def _near(id: str, known: tuple[str, ...]) -> list[str]:
    return get_close_matches(id, known, n=1)
