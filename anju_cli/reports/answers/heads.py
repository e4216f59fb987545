"""What reports have in common: which plan, as of when, on what settings, how far the ledger had come."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple, TypeAlias

Quantity: TypeAlias = int | Decimal | None
"""A number in the measure, or none."""


class Ledger(NamedTuple):
    """How far the ledger had come: copies of a report held by others are its witnesses."""

    last_filing: int | None
    receipt: str | None
    seal: str | None
    sealed_filings: int


class Period(NamedTuple):
    """First and last day, both counted."""

    start: date
    end: date


class ReportSettings(NamedTuple):
    """The plan settings that a report rests on."""

    return_deadline: date
    deadline_inferred: bool
    yellow_below: Decimal
    red_below: Decimal
    review_window: Period
    inferred: dict[str, str]


@dataclass(frozen=True, repr=False, eq=False)
class Heading:
    """What every report says first: the plan in which state, as of when, and as known when."""

    plan: str
    revision: int
    document: str | None
    title: str
    title_en: str
    year: int
    as_of: date
    known_at: str | None
