"""What a filing is made of: entries about to be recorded, how they came, and what came of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any

from anju_cli.domain.plan import Plan
from anju_cli.store.entry_queries import StoredEntry as StoredEntry  # what others see of a filing
from anju_cli.store.tables import Entry


@dataclass(frozen=True, slots=True)
class Draft:
    """An entry about to be recorded: a report, unless it follows another in its chain."""

    item: str
    unit: str
    on: date
    received_on: date
    quantity: int | None
    stated_total: int | None = None
    project: str | None = None
    reports: int = 1
    corrects: int | None = None
    root: int | None = None
    reason: str | None = None
    note: str | None = None
    evidence: str | None = None
    carried_from: date | None = None
    """The day in a locked quarter that it is kept as of, though booked in the open one; null: it is not carried."""
    settles: int | None = None
    """Of a carried difference, the entry it corrects or voids."""


@dataclass(frozen=True)
class Manner:
    """How a filing came: through what channel, when it was received, under what reference."""

    via: str | None = None
    received_on: date | None = None
    reference: str | None = None
    source: str | None = None
    source_sha256: str | None = None


@dataclass(frozen=True)
class Way:
    """What the person chose for figures of a locked quarter: neither way (they are refused), to carry, to restate."""

    carry: bool = False
    restate: bool = False
    reason: str = ""
    document: str = ""


class Later(StrEnum):
    """What becomes of stated totals that a write into the past moves."""

    ASK = "ask"
    KEEP = "keep"
    """Later totals stay true: the next stated entry is corrected by the opposite, in the same filing."""
    SHIFT = "shift"
    """Later totals move with the rest, and no longer hold."""


@dataclass(frozen=True)
class Echo:
    """What a write did to one body's figures on one item, in smallest units; of a level, where it stood and stands."""

    item: str
    unit: str
    quarter: int
    on: date
    opening: int | None
    this: int | None
    cumulative: int | None
    """Null where no level stands."""


@dataclass(frozen=True)
class Filed:
    """A filing as stored, with its entries and its receipt."""

    plan: Plan
    filing: dict[str, Any]
    entries: Sequence[StoredEntry]
    receipt: str
    echoes: list[Echo]
    carried: Mapping[int, int]
    """By the numbers of those that were carried, the locked quarters that they are kept as of."""
    already: bool = False
    """The same reference and content was recorded before; nothing was written now."""


def follow(entry: Entry, quantity: int | None, reason: str, **changes: Any) -> Draft:
    """A draft that follows `entry` in its chain: same item, body, project, date and receipt."""
    draft = Draft(
        item=entry.item,
        unit=entry.unit,
        on=date.fromisoformat(entry.happened_on),
        received_on=date.fromisoformat(entry.received_on),
        quantity=quantity,
        project=entry.project,
        reports=0,
        corrects=entry.id,
        root=entry.root or entry.id,
        reason=reason,
    )
    return replace(draft, **changes)
