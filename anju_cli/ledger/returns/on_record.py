"""What is recorded of one body for one quarter: what a return is matched against."""

from collections.abc import Sequence
from functools import cached_property
from typing import NamedTuple

from anju_cli.domain.history import Chain, History, stands
from anju_cli.domain.plan import Item
from anju_cli.ledger.book import Book
from anju_cli.store import entry_queries


class RecordedFigure(NamedTuple):
    """What stands of one body on an item, or on one project of it. Quantities in smallest units."""

    opening: int = 0
    """Before the quarter."""
    quantity: int | None = None
    """In the quarter; null where there are only words."""
    reports: int = 0
    """Reports of the quarter with a figure that were not voided."""
    carried: int = 0
    """Booked in the quarter and kept as of an earlier one: counted by now, and no report of the quarter."""

    @property
    def figure(self) -> int | None:
        """The figure of the quarter, null where none stands."""
        return self.quantity if stands(self.reports) else None


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
            figure = RecordedFigure(opening, row.quantity, row.reports, row.carried)
            self.by_project[row.item][row.project] = figure
        self._histories: dict[str, History] = {}

    def of(self, item: Item, project: str) -> RecordedFigure:
        """What stands on one project of an item."""
        return self.by_project.get(item.id, {}).get(project, RecordedFigure())

    def whole(self, item: Item) -> RecordedFigure:
        """What stands on an item, whatever the project."""
        parts = self.by_project.get(item.id, {}).values()
        known = [part.quantity for part in parts if part.quantity is not None]
        opening, reports = sum(part.opening for part in parts), sum(part.reports for part in parts)
        return RecordedFigure(opening, sum(known) if known else None, reports, sum(part.carried for part in parts))

    def projects(self, item: Item) -> dict[str | None, int]:
        """By project, the figures of the quarter that stand; null for what names none."""
        known = self.by_project.get(item.id, {}).items()
        return {project: each.figure for project, each in known if each.figure is not None}

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
            and self._carried.get(chain.report.root, quarters.of(chain.report.on)) == self.quarter
        ]
        return sorted(found, key=lambda chain: chain.report.place)

    @cached_property
    def _carried(self) -> dict[int, int]:
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
