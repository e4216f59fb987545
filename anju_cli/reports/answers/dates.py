"""Where do we stand, and what comes next."""

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from anju_cli.reports.answers.heads import Heading, Ledger, ReportSettings
from anju_cli.reports.answers.rows import Target


class NextDate(NamedTuple):
    """A date that comes next."""

    on: date
    what: str
    """return_deadline | review_from | review_to | bulletin_deadline (provisional) | bulletin_due | due."""
    quarter: str | None
    item: str | None
    item_name: str | None
    item_name_en: str | None
    days: int


@dataclass(frozen=True, repr=False, eq=False)
class Status(Heading):
    """Bare `anju`: where do we stand."""

    quarter: str
    settings: ReportSettings
    targets: tuple[Target, ...]
    overdue: int
    behind: int
    unreported: int
    late_return: int
    next: tuple[NextDate, ...]
    ledger: Ledger


class CalendarQuarter(NamedTuple):
    """The dates of one quarter's assessment."""

    plan: str
    quarter: str
    start: date
    end: date
    return_deadline: date
    return_deadline_known: bool
    deadline_inferred: bool
    deadline_document: str | None
    """The circular that set it for this quarter alone."""
    review_from: date
    review_to: date
    bulletin_deadline: date | None
    bulletin_provisional: bool
    bulletin_working_days: int
    working_days: int | None


class Coming(NamedTuple):
    """Something that falls due, or has fallen due and is not done."""

    plan: str
    on: date
    days: int
    """Calendar days from the as-of date; negative where the date has passed."""
    what: str
    """return_deadline | review_from | review_to | bulletin_deadline | target | milestone | slip | task | …"""
    quarter: str | None
    ref: str | None
    """An item's id, or the letter and number of a slip, task, resolution or commitment."""
    name: str | None
    name_en: str | None
    units: tuple[str, ...]
    unit_names: tuple[str, ...]
    unit_names_en: tuple[str, ...]
