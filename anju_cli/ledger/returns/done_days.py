"""The day of completion that a return gives a milestone, against what is recorded of that milestone."""

from datetime import date
from itertools import groupby
from typing import NamedTuple

from anju_cli.domain.history import Chain, History
from anju_cli.domain.items import FULL
from anju_cli.domain.milestones import done_on


class DayRecorded(NamedTuple):
    """What is recorded of a milestone up to a quarter's end that does not go with a day of completion."""

    done_on: date | None
    """The other day on which it was done; null where it is not done by then."""
    chains: tuple[Chain, ...]
    """The levels that say so: those of 100 % where it is done, else those below that stand after the day."""

    def text(self) -> str:
        """As it is said."""
        if self.done_on:
            return self.done_on.isoformat()
        return ", ".join(f"#{chain.last.id} {chain.report.on} {chain.stated} %" for chain in self.chains)


def recorded_day(history: History, until: date) -> date | None:
    """Since when a milestone stands at 100 by a day; null where it is below."""
    moves = sorted((move.on, move.quantity or 0) for move in history.moves if move.on <= until)
    return done_on([(day, sum(change for _on, change in on)) for day, on in groupby(moves, key=lambda move: move[0])])


def against(history: History, day: date, until: date) -> DayRecorded | None:
    """What is recorded otherwise than that a milestone was done on this day; null where nothing is."""
    done = recorded_day(history, until)
    if done == day:
        return None
    stated = [chain for chain in history.stated() if chain.report.on <= until]
    if done is not None:
        return DayRecorded(done, tuple(chain for chain in stated if chain.stated == FULL))
    below = tuple(chain for chain in stated if chain.report.on > day)
    return DayRecorded(None, below) if below else None
