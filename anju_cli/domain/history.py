"""The entries of one body on one item (of all bodies, for a shared milestone): chains, cumulatives, stated totals.

An entry's place in time is its date, then the order in which its chain began: a correction stands where its report
stood.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from itertools import accumulate
from typing import Any, NamedTuple, Protocol

from anju_cli.domain.codes import Code


class EntryKind(Code):
    """What an entry is."""

    REPORT = "report", "报送", "上报"
    CORRECTION = "correction", "更正"
    VOID = "void", "作废"


def takes_off(quantity: object, stated_total: object) -> bool:
    """Whether a report is a reduction (核减): below 0, and not because a level or a total was stated."""
    return isinstance(quantity, int | Decimal) and quantity < 0 and stated_total is None


KINDS = {1: EntryKind.REPORT, 0: EntryKind.CORRECTION, -1: EntryKind.VOID}
"""What an entry is, by its `reports`."""


class Move(NamedTuple):
    """One entry, as far as sums are concerned. Quantities in smallest units."""

    id: int
    root: int
    unit: str
    project: str | None
    on: date
    received_on: date
    quantity: int | None
    stated_total: int | None
    reports: int

    @property
    def place(self) -> tuple[date, int]:
        """Where it stands in time."""
        return self.on, self.root


class Columns(Protocol):
    """A row of a table: values by column name."""

    def __getitem__(self, name: str, /) -> Any:
        """The value of a column."""


def move_of(row: Columns) -> Move:
    """A row of `entry` as a move."""
    return Move(
        id=row["id"],
        root=row["root"] or row["id"],
        unit=row["unit"],
        project=row["project"],
        on=date.fromisoformat(row["happened_on"]),
        received_on=date.fromisoformat(row["received_on"]),
        quantity=row["quantity"],
        stated_total=row["stated_total"],
        reports=row["reports"],
    )


def stands(reports: int) -> bool:
    """Whether of entries with this sum of `reports` something was reported and not voided."""
    return reports > 0


class Chain(NamedTuple):
    """A report and what followed it: its sum, its last entry, and the total it states now."""

    report: Move
    last: Move
    quantity: int | None

    @property
    def ended(self) -> bool:
        """Whether it was voided."""
        return self.last.reports < 0

    @property
    def stated(self) -> int | None:
        """The total that the body states at this place, if it states one."""
        return None if self.ended else self.last.stated_total


@dataclass(frozen=True)
class History:
    """All moves of one scope, in order of entry."""

    moves: tuple[Move, ...]

    @cached_property
    def chains(self) -> dict[int, Chain]:
        """By the id of the report that each began with."""
        found: dict[int, list[Move]] = {}
        for move in self.moves:
            found.setdefault(move.root, []).append(move)
        return {
            root: Chain(moves[0], moves[-1], added(move.quantity for move in moves)) for root, moves in found.items()
        }

    def plus(self, *moves: Move) -> "History":
        """The history as it would be with more moves."""
        return History((*self.moves, *moves))

    def cumulative(self, place: tuple[date, int] | date, project: str | None = None) -> int:
        """The sum up to and including a place, or the end of a day; of one project where one is named."""
        return sum(
            move.quantity or 0
            for move in self.moves
            if (move.on <= place if isinstance(place, date) else move.place <= place)
            and (project is None or move.project == project)
        )

    def stated(self) -> list[Chain]:
        """The chains that state a total, in order of place."""
        return sorted(
            (chain for chain in self.chains.values() if chain.stated is not None), key=lambda chain: chain.report.place
        )

    def broken(self) -> Iterator[tuple[Chain, int]]:
        """The stated totals that do not hold, each with the cumulative that stands there."""
        for chain in self.stated():
            cumulative = self.cumulative(chain.report.place, chain.report.project)
            if cumulative != chain.stated:
                yield chain, cumulative

    def moved_by(self, after: "History") -> list[tuple[Chain, int]]:
        """The stated totals whose cumulative is another `after`, each with the difference."""
        found = []
        for chain in self.stated():
            place, project = chain.report.place, chain.report.project
            now = after.chains[chain.report.root]
            difference = after.cumulative(place, project) - self.cumulative(place, project)
            if difference and now.stated is not None and now.last.id == chain.last.id:
                found.append((now, difference))
        return found

    def extremes(self, project: str | None = None) -> tuple[int, int]:
        """The lowest and the highest cumulative at the end of any day."""
        changes: dict[date, int] = {}
        for move in self.moves:
            if project is None or move.project == project:
                changes[move.on] = changes.get(move.on, 0) + (move.quantity or 0)
        levels = [0, *accumulate(changes[day] for day in sorted(changes))]
        return min(levels), max(levels)


def added(quantities: Iterable[int | None]) -> int | None:
    """The sum of what is a figure; null where there are only words."""
    known = [quantity for quantity in quantities if quantity is not None]
    return sum(known) if known else None
