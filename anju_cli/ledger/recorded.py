"""What is recorded of one body for one quarter: what a return is matched against."""

from collections.abc import Sequence
from functools import cached_property
from typing import NamedTuple

from sqlalchemy import text as sql
from sqlmodel import col, select

from anju_cli.domain.history import Chain, History
from anju_cli.domain.periods import quarter_of
from anju_cli.domain.plan import Item
from anju_cli.ledger.book import Book
from anju_cli.store.tables import Entry

_STANDINGS = """
SELECT item, project,
       SUM(CASE WHEN quarter < :quarter THEN quantity END) AS opening,
       SUM(CASE WHEN quarter = :quarter THEN quantity END) AS quantity,
       COALESCE(SUM(CASE WHEN quarter = :quarter THEN reports END), 0) AS reports
FROM entry
WHERE plan = :plan AND unit = :unit AND quarter <= :quarter
GROUP BY item, project
"""


class Standing(NamedTuple):
    """What stands of one body on an item, or on one project of it. Quantities in smallest units."""

    opening: int = 0
    """Before the quarter."""
    quantity: int | None = None
    """In the quarter; null where there are only words."""
    reports: int = 0
    """Reports of the quarter that were not voided."""

    @property
    def reported(self) -> bool:
        """Whether a figure of the quarter stands."""
        return self.reports > 0 and self.quantity is not None


class Recorded:
    """One body's quarter, as the ledger has it."""

    def __init__(self, book: Book, body: str, quarter: int) -> None:
        self.book, self.body, self.quarter = book, body, quarter
        asked = {"plan": book.plan.id, "unit": body, "quarter": quarter}
        rows = book.session.connection().execute(sql(_STANDINGS), asked)
        self.by_project: dict[str, dict[str | None, Standing]] = {}
        for item, project, opening, quantity, reports in rows:
            self.by_project.setdefault(item, {})[project] = Standing(opening or 0, quantity, reports)
        self._histories: dict[str, History] = {}

    def of(self, item: Item, project: str | None) -> Standing:
        """What stands on one project, or on what names none."""
        return self.by_project.get(item.id, {}).get(project, Standing())

    def whole(self, item: Item) -> Standing:
        """What stands on an item, whatever the project."""
        parts = self.by_project.get(item.id, {}).values()
        known = [part.quantity for part in parts if part.quantity is not None]
        return Standing(
            sum(part.opening for part in parts), sum(known) if known else None, sum(part.reports for part in parts)
        )

    def projects(self, item: Item) -> dict[str | None, Standing]:
        """The projects of which a figure of the quarter stands; null for what names none."""
        return {project: each for project, each in self.by_project.get(item.id, {}).items() if each.reported}

    def history(self, item: Item) -> History:
        """The body's moves on an item."""
        if item.id not in self._histories:
            self._histories[item.id] = self.book.history(item, self.body)
        return self._histories[item.id]

    def chains(self, item: Item, *, figures: bool) -> list[Chain]:
        """The chains of the quarter that stand, with figures or with words alone, in order of place."""
        year = self.book.plan.year
        found = [
            chain
            for chain in self.history(item).chains.values()
            if chain.report.unit == self.body
            and not chain.ended
            and (chain.quantity is not None) == figures
            and quarter_of(chain.report.on, year) == self.quarter
        ]
        return sorted(found, key=lambda chain: chain.report.place)

    @cached_property
    def notes(self) -> dict[str, set[str]]:
        """By item, the words that were recorded for the quarter."""
        asked = select(Entry.item, Entry.note).where(
            Entry.plan == self.book.plan.id,
            Entry.unit == self.body,
            Entry.quarter == self.quarter,
            col(Entry.note).is_not(None),
            Entry.reports == 1,
        )
        found: dict[str, set[str]] = {}
        for item, note in self.book.session.exec(asked):
            found.setdefault(item, set()).add(note or "")
        return found


def last_of(chains: Sequence[Chain], project: str | None) -> Chain | None:
    """The last chain on a project; on what names none, the last that names none."""
    return next((chain for chain in reversed(chains) if chain.report.project == project), None)
