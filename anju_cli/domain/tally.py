"""Sums of entries, as SQL returns them: the only figures from which everything else is computed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from anju_cli.domain.plan import SUMMARY, Item, Plan


class Tally(NamedTuple):
    """The entries of one body on one item in one quarter."""

    quantity: int | None = None
    """Sum in smallest units; null where there are only words."""
    entries: int = 0
    reports: int = 0
    """Reports less voids: greater than 0 means that something stands reported."""
    received: int = 0
    """Of these, those that had reached the office by the as-of date."""
    on_time: int = 0
    """Of these, those that had reached it by the quarter's return deadline."""

    def __add__(self, other: object) -> "Tally":
        assert isinstance(other, Tally)
        known = [each.quantity for each in (self, other) if each.quantity is not None]
        counts = (mine + theirs for mine, theirs in zip(self[1:], other[1:], strict=True))
        return Tally(sum(known) if known else None, *counts)


NOTHING = Tally()


@dataclass(frozen=True)
class Tallies:
    """All sums of a plan at one moment: by (item, body), then by quarter."""

    by_item: Mapping[str, Mapping[str, Mapping[int, Tally]]]

    def total(self, item: str, *, bodies: Iterable[str] | None = None, quarters: Iterable[int]) -> Tally:
        """The sum over bodies (default all) and quarters."""
        of_item = self.by_item.get(item, {})
        wanted = of_item if bodies is None else bodies
        return sum(
            (of_item.get(body, {}).get(quarter, NOTHING) for body in wanted for quarter in quarters),
            start=NOTHING,
        )

    def of_tree(self, plan: Plan, item: Item, quarters: Iterable[int]) -> Tally:
        """An item's sum; a parent's is that of its children."""
        quarters = tuple(quarters)
        if children := plan.children.get(item.id):
            return sum((self.of_tree(plan, child, quarters) for child in children), start=NOTHING)
        return self.total(item.id, quarters=quarters)

    def of_part(self, plan: Plan, item: Item, part: str, quarters: Iterable[int]) -> Tally:
        """The sum of the bodies whose entries count in one unit's part of an allocated item."""
        bodies = [body for body in self.by_item.get(item.id, {}) if plan.part_of(item, body) == part]
        return self.total(item.id, bodies=bodies, quarters=tuple(quarters))

    def of_summary(self, plan: Plan, body: str, quarter: int) -> Tally:
        """What a body said of its standing duties: on the shared row or on any of them."""
        standing = (SUMMARY, *(item.id for item in plan.items if item.reporting == SUMMARY))
        return sum((self.total(item, bodies=[body], quarters=[quarter]) for item in standing), start=NOTHING)
