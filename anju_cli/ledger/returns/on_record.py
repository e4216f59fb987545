"""What is recorded of one body for one quarter: what a return is matched against."""

from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import NamedTuple

from anju_cli.domain.history import Chain, History
from anju_cli.domain.items import Item
from anju_cli.domain.once import StandingFigure
from anju_cli.ledger.book import Book
from anju_cli.store import entry_queries, figure_queries


class RecordedFigure(NamedTuple):
    """What stands of one body on an item, or on one project of it. Quantities in smallest units."""

    opening: int = 0
    """Before the quarter."""
    quantity: int | None = None
    """In the quarter; null where there are only words."""
    carried: int = 0
    """Kept as of an earlier quarter, booked in this one or later: in the cumulative, and no report of the quarter."""
    last: StandingFigure | None = None
    """The last figure of the quarter that stands."""
    taken_off: StandingFigure | None = None
    """The last decrease (核减) of the quarter that stands."""

    @property
    def figure(self) -> int | None:
        """The figure of the quarter, null where none stands."""
        return self.quantity if self.last else None

    def in_the_way(self, this: int, *, correct: bool) -> StandingFigure | None:
        """What stands where a figure is to: a decrease is in the way of another, not of a figure, nor a figure of it.

        What is corrected is what was reported, where anything was, be it by a decrease.
        """
        return self.taken_off if this < 0 and not (correct and self.last) else self.last


def _later(figures: Iterable[StandingFigure | None]) -> StandingFigure | None:
    return max(filter(None, figures), key=lambda figure: figure.entry, default=None)


class Recorded:
    """One body's quarter, as the ledger has it. What was carried (补报) is of the quarter it is kept as of."""

    def __init__(self, book: Book, body: str, quarter: int) -> None:
        self.book, self.body, self.quarter = book, body, quarter
        self.by_project: dict[str, dict[str | None, RecordedFigure]] = {}
        asked = book.connection, book.plan.id, body, quarter
        for before in entry_queries.brought_forward(book.connection, book.plan.id, quarter, unit=body):
            self.by_project.setdefault(before.item, {})[before.project] = RecordedFigure(before.quantity)
        for row in entry_queries.reported(*asked):
            opening = self.by_project.setdefault(row.item, {}).get(row.project, RecordedFigure()).opening
            self.by_project[row.item][row.project] = RecordedFigure(opening, row.quantity, row.carried)
        for figure in figure_queries.figures_of_body(*asked):
            known = self.by_project[figure.item][figure.project]
            self.by_project[figure.item][figure.project] = (
                known._replace(taken_off=figure) if figure.taken_off else known._replace(last=figure)
            )
        self._histories: dict[str, History] = {}

    def of(self, item: Item, project: str | None) -> RecordedFigure:
        """What stands on one project of an item; null: on what names none."""
        return self.by_project.get(item.id, {}).get(project, RecordedFigure())

    def whole(self, item: Item) -> RecordedFigure:
        """What stands on an item, whatever the project."""
        parts = self.by_project.get(item.id, {}).values()
        known = [part.quantity for part in parts if part.quantity is not None]
        return RecordedFigure(
            sum(part.opening for part in parts),
            sum(known) if known else None,
            sum(part.carried for part in parts),
            _later(part.last for part in parts),
            _later(part.taken_off for part in parts),
        )

    def projects(self, item: Item) -> dict[str | None, RecordedFigure]:
        """By project, what stands of the quarter where a figure does; null for what names none."""
        known = self.by_project.get(item.id, {}).items()
        return {project: figure for project, figure in known if figure.last}

    def history(self, item: Item) -> History:
        """The body's moves on an item."""
        if item.id not in self._histories:
            self._histories[item.id] = self.book.history(item, self.body)
        return self._histories[item.id]

    def chains(self, item: Item, *, figures: bool) -> list[Chain]:
        """The chains of the quarter that stand, with figures or with words alone, in order of place."""
        quarters = self.book.plan.quarters
        found = [
            chain
            for chain in self.history(item).chains.values()
            if chain.report.unit == self.body
            and not chain.ended
            and (chain.quantity is not None) == figures
            and self.carried.get(chain.report.root, quarters.of(chain.report.on)) == self.quarter
        ]
        return sorted(found, key=lambda chain: chain.report.place)

    @cached_property
    def carried(self) -> dict[int, int]:
        """The quarters that carried entries are kept as of."""
        return entry_queries.carried(self.book.connection, self.book.plan.id)

    def said(self, item: Item, project: str | None) -> set[str]:
        """The words that were recorded for the quarter on an item, or on one project of it, and not voided."""
        return self._notes.get((item.id, project), set())

    @cached_property
    def _notes(self) -> dict[tuple[str, str | None], set[str]]:
        by_place: dict[tuple[str, str | None], set[str]] = {}
        for row in entry_queries.notes(self.book.connection, self.book.plan.id, self.body, self.quarter):
            by_place.setdefault((row.item, row.project), set()).add(row.note)
        return by_place


def last_of(chains: Sequence[Chain], project: str | None) -> Chain:
    """The last chain on a project; on what names none, the last that names none. One must be there."""
    return next(chain for chain in reversed(chains) if chain.report.project == project)
