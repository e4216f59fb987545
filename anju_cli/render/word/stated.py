"""What the record of a matter states, for its paper in either language."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from anju_cli.reports.answers.matters import EventLine, MatterSheet


def stated(sheet: MatterSheet, name: str) -> str | None:
    """What an event stated last under a name."""
    said = [event.content[name] for event in sheet.events if event.content.get(name)]
    return str(said[-1]) if said else None


def last_of(sheet: MatterSheet, event: str) -> EventLine | None:
    """The last event of a kind; null where there was none."""
    return next((line for line in reversed(sheet.events) if line.event == event), None)
