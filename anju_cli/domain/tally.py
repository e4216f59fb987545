"""Sums of entries, as SQL returns them: the only figures from which everything else is computed."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from anju_cli.domain.items import RECEIVED, SUMMARY, Item
from anju_cli.domain.plan import Plan


class Tally(NamedTuple):
    """The entries of one body on one item in one quarter."""

    quantity: int | None = None
    """Sum in smallest units; null where there are only words."""
    entries: int = 0
    reports: int = 0
    """Reports less voids: greater than 0 means that something stands reported."""
    first_received: date | None = None
    """The earliest day of receipt at which a report stands that was not voided (a void copies its report's day)."""
    figures: int = 0
    """Reports with a figure less their voids: greater than 0 means that a figure stands, were it 0."""

    @property
    def level(self) -> int | None:
        """Of a level, where it stands; null where nothing stands reported."""
        return self.quantity or 0 if self.figures > 0 else None

    def __add__(self, other: object) -> "Tally":
        assert isinstance(other, Tally)
        if not other.entries and other.quantity is None:
            return self
        if not self.entries and self.quantity is None:
            return other
        known = self.quantity is not None or other.quantity is not None
        days = [day for day in (self.first_received, other.first_received) if day]
        return Tally(
            (self.quantity or 0) + (other.quantity or 0) if known else None,
            self.entries + other.entries,
            self.reports + other.reports,
            min(days, default=None),
            self.figures + other.figures,
        )


NOTHING = Tally()


@dataclass(frozen=True)
class Tallies:
    """All sums of a plan at one moment: by (item, body), then by quarter."""

    by_item: Mapping[str, Mapping[str, Mapping[int, Tally]]]

    def total(self, item: str, *, bodies: Iterable[str] | None = None, quarters: Iterable[int]) -> Tally:
        """The sum over bodies (default all) and quarters."""
        of_item = self.by_item.get(item, {})
        by_quarter = (of_item[body] for body in (of_item if bodies is None else bodies) if body in of_item)
        known = (of_body[quarter] for of_body in by_quarter for quarter in quarters if quarter in of_body)
        return sum(known, start=NOTHING)

    def of_tree(self, plan: Plan, item: Item, quarters: Iterable[int], bodies: Sequence[str] | None = None) -> Tally:
        """An item's sum over bodies (default all); a parent's is that of its children."""
        quarters = tuple(quarters)
        if children := plan.children.get(item.id):
            return sum((self.of_tree(plan, child, quarters, bodies) for child in children), start=NOTHING)
        return self.total(item.id, bodies=bodies, quarters=quarters)

    def level(self, item: Item, quarter: int) -> int | None:
        """Where a level stands at the end of a quarter, whoever reported it; null where none stands reported."""
        return self.total(item.id, quarters=range(quarter + 1)).level

    def of_part(self, plan: Plan, item: Item, part: str, quarters: Iterable[int]) -> Tally:
        """The sum of the bodies whose entries count in one unit's part of an allocated item."""
        bodies = [body for body in self.by_item.get(item.id, {}) if plan.part_of(item, body) == part]
        return self.total(item.id, bodies=bodies, quarters=tuple(quarters))

    def of_row(self, plan: Plan, body: str, item: str, quarter: int) -> Tally:
        """What a body reported of a row that it owes: words of the shared row; closed cases with those taken in.

        The quantity is the row's own: of a case duty, the cases closed.
        """
        if item == SUMMARY:
            return self.of_summary(plan, body, quarter)
        closed, taken_in = (self.total(id, bodies=[body], quarters=[quarter]) for id in (item, item + RECEIVED))
        return (closed + taken_in)._replace(quantity=closed.quantity)

    def of_summary(self, plan: Plan, body: str, quarter: int) -> Tally:
        """What a body said of its standing duties: on the shared row or on any of them."""
        spoken = (item for item in plan.standing if item in self.by_item)
        return sum((self.total(item, bodies=[body], quarters=[quarter]) for item in spoken), start=NOTHING)
