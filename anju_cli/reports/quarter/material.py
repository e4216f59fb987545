"""The shapes of what the papers on a quarter are written from; most are Chinese papers, with names in Chinese alone."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from anju_cli.domain.cited import Cited
from anju_cli.reports.answers.heads import Quantity
from anju_cli.reports.answers.ledger import EntryRow
from anju_cli.reports.answers.quarter import QuarterReport
from anju_cli.reports.answers.rows import Lateness
from anju_cli.reports.answers.units import Return, UnitReport
from anju_cli.stream import Stream


class CurvePoint(NamedTuple):
    """A target on one day: reached, where the day is an end of a month so far; expected, by its pace."""

    on: date
    cumulative: Quantity
    expected: Decimal | None


class Curve(NamedTuple):
    """A target over the year."""

    item: str
    name: str
    name_en: str
    measure: str
    goal: Quantity
    points: tuple[CurvePoint, ...]


class BodyReturn(NamedTuple):
    """What became of one body's return for the quarter."""

    unit: str
    member: str | None
    name: str
    name_en: str
    items_due: int
    items_reported: int
    missing: int
    """Rows not reported though the deadline has passed."""
    state: str
    """reported | late_return | returned (sent back, or waits) | unreported | open (not yet due) | none."""


class Unfinished(NamedTuple):
    """An item past its date and not done, with all that answer for it."""

    item: str
    name: str
    leads: tuple[str, ...]
    due: date
    due_original: date | None
    place: str | None
    """Where the plan says so."""
    days: int
    working_days: int | None
    inferred: tuple[str, ...]
    held: bool
    """Whether it is a level or a ceiling, of which nothing is finished: it is met or not."""


class Cases(NamedTuple):
    """What the case duties came to in the quarter."""

    received: Quantity
    """Cases taken in (受理); null where nobody said how many."""
    closed: Quantity
    """Cases closed (办结); null where no case duty is owed."""
    unsaid: Quantity
    """Of those closed, the ones whose body did not say how many it took in."""
    measure: str
    none: tuple[str, ...]
    """The bodies that reported that they had none."""

    @property
    def handled(self) -> tuple[tuple[str, Quantity], ...]:
        """Those closed with their measure, as templates of offices knew them before those taken in were counted."""
        return () if self.closed is None else ((self.measure, self.closed),)


class Adjustment(NamedTuple):
    """A change of a target's goal by a revision of the plan."""

    item: str
    name: str
    measure: str
    before: Quantity
    after: Quantity
    on: date | None
    document: str | None


class Ratio(NamedTuple):
    """What a derived target is computed from: so much `of` so much `to`."""

    item: str
    of: str
    to: str
    to_name: str
    measure: str
    part: int
    whole: int


class NextReturn(NamedTuple):
    """The return that comes next."""

    quarter: str
    deadline: date


class Name(NamedTuple):
    """A unit as a paper names it."""

    name: str
    unit: str
    """Its id."""


class Results(NamedTuple):
    """The outcome of an assessment as people typed it, each in plan order."""

    met: tuple[Name, ...]
    not_met: tuple[Name, ...]
    graded: tuple[tuple[str, tuple[Name, ...]], ...]
    """Further grades of the plan that were given, each with its units."""


class Resolved(NamedTuple):
    """What meetings resolved for a date that has come: how many, how many of them done, how many overdue."""

    due: int
    done: int
    overdue: int


class Restated(NamedTuple):
    """A target, or a number of cases, that was circulated and stands otherwise now."""

    quarter: str
    number: str
    """Of the bulletin it was circulated in."""
    name: str
    measure: str
    published: Quantity
    now: Quantity
    reason: str
    document: str
    is_rate: bool = False
    """Of a ratio: it is its rates that are told, in percent; null where there was none."""
    level: bool = False
    """Of a level, and of cases: it is where it stood that is told; null where nothing was reported."""


class Delayed(NamedTuple):
    """A project that comes later than planned."""

    name: str
    planned: date
    current: date
    days: int
    target: str
    homes: int
    lapsed: bool = False
    """Whether that day has passed, and nobody has said that it came."""


@dataclass(frozen=True, repr=False, eq=False)
class QuarterDossier:
    """The report on a quarter with all that stands behind it."""

    report: QuarterReport
    """The report itself."""
    region: str
    """The region of the plan."""
    issuer: str
    cited: Cited
    """What in the plan the paper rests on."""
    """Who issued the plan, and circulates."""
    curves: tuple[Curve, ...]
    """The targets over the year."""
    late: tuple[Lateness, ...]
    """By kind of lateness, each in plan order."""
    unfinished: tuple[Unfinished, ...]
    """Items past their dates and not done."""
    returns: tuple[Return, ...]
    """What became of each owed row."""
    bodies: tuple[BodyReturn, ...]
    """What became of each body's return."""
    cases: Cases
    """What the case duties came to."""
    entries: Stream[EntryRow]
    """The entries of the quarter."""
    item_names: dict[str, tuple[str, str]]
    """The names of items by id, in the plan's language and in English."""
    body_names: dict[str, tuple[str, str]]
    """Those of bodies."""
    collectives: tuple[tuple[str, int], ...]
    """Units that report by members: name, and how many."""
    adjustments: tuple[Adjustment, ...]
    """Changes of goals."""
    ratios: tuple[Ratio, ...]
    """What derived targets are computed from."""
    next_return: NextReturn | None
    """The return that comes next; none after the last."""
    closed: bool = False
    """Whether the assessment has been closed; until then the bulletin is a draft."""
    review_period: tuple[date, date] | None = None
    """From when to when the assessment really was; until it is closed, the window of the plan stands for it."""
    results: Results | None = None
    """The outcome of the assessment, unit by unit; none until it is closed."""
    restatements: tuple[Restated, ...] = ()
    """Targets that were circulated and stand otherwise now."""
    resolutions: Resolved | None = None
    """What meetings resolved; none until the assessment is closed."""
    interviews: tuple[Name, ...] = ()
    """The units whose interview about this quarter was approved."""
    slipped: tuple[Delayed, ...] = ()
    """Projects that come later than planned."""


class Ours(NamedTuple):
    """One row that a unit is asked to confirm: what the ledger holds of its own reports on one task."""

    body: str
    body_name: str
    item: str
    name: str
    place: str | None
    measure: str
    opening: Quantity
    """Brought forward; for words alone, none."""
    quantity: Quantity
    cumulative: Quantity
    owed: bool
    state: str | None
    """What became of the owed row; none where the row is not owed."""
    first_received: date | None
    entries: int
    done_on: date | None
    """Of a milestone, the day it was done."""


@dataclass(frozen=True, repr=False, eq=False)
class UnitDossier:
    """What a unit is asked to confirm of one quarter: its rows, and every entry that stands behind them."""

    report: UnitReport
    region: str
    issuer: str
    quarter: str
    until: date
    """The day up to which quantities are counted."""
    rows: tuple[Ours, ...]
    entries: Stream[EntryRow]
    item_names: dict[str, tuple[str, str]]
