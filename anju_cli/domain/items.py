"""What a plan asks for, item by item: its kind, goal, date, pace, and how it is reported."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from anju_cli.domain.codes import Code

SUMMARY = "summary"
"""The id of the one row that all standing duties of a body share (综合情况)."""
RECEIVED = ".received"
"""What the id of a case duty is followed by where the cases taken in (受理) are meant: no id of a plan has a dot."""


class Kind(Code):
    """What an item is."""

    TARGET = "target", "目标任务"
    MILESTONE = "milestone", "节点任务"
    DUTY = "duty", "职责任务"


class Reporting(Code):
    """How an item is reported each quarter."""

    QUANTITY = "quantity"
    CASE = "case"
    SUMMARY = "summary"
    REGISTER = "register"
    NONE = "none"


HOMES = "套"
"""The measure of a target that is counted in homes."""
FULL = 100
"""The level at which a milestone is done, in percent."""


class Clause(NamedTuple):
    """A passage of the source document (方案依据): its place and its verbatim quote."""

    id: str
    place: str
    quote: str


class Baseline(NamedTuple):
    """The level from which a goal is approached (基数), in smallest units, and the day it was measured."""

    value: int
    on: date


@dataclass(frozen=True)
class Item:
    """Anything progress can be reported on (工作任务). Quantities are integers in the smallest unit of `measure`."""

    id: str
    kind: str
    name: str
    name_en: str
    clause: Clause | None = None
    aliases: tuple[str, ...] = ()
    lead: tuple[str, ...] = ()
    assist: tuple[str, ...] = ()
    everyone: bool = False
    """`lead: all`: every unit has it alike, so it is not counted as any one unit's own duty."""
    each: bool = False
    reporting: str = "none"
    reported_by: str = "each"
    due: date | None = None
    measure: str = ""
    decimals: int = 0
    goal: int | None = None
    """In smallest units; of a derived target the percentage aimed at, null for the whole (100 %)."""
    share: str | None = None
    """The share of its whole (其中) that the goal was stated as, such as `70%`; null: a quantity, or no goal."""
    pace: str = "none"
    """even | nodes | projects | year_end | none."""
    nodes: tuple[tuple[date, str | int], ...] = ()
    """For `nodes`: from a date on, a share such as `50%` or a quantity is expected."""
    counting: str = ""
    parent: str | None = None
    within: str | None = None
    allocations: dict[str, int] = field(default_factory=dict)
    ratio_of: str | None = None
    ratio_to: str | None = None
    through: str | None = None
    note: str = ""
    inferred: dict[str, str] = field(default_factory=dict)
    direction: str = "at_least"
    """at_least | at_most: the side of its goal on which a target is met."""
    level: bool = False
    """Of a target: what is reported is where it stands (a rate, a concentration), not what was added."""
    signed: bool = False
    """Of a level: it may be below 0."""
    baseline: Baseline | None = None
    """Of a level: where it started; its rate is the part of the way from there to the goal."""
    leader: str = ""
    """The person in charge by office (责任领导), as the plan names it; shown, nothing rests on it."""
    leader_en: str = ""
    weight: Decimal | None = None
    """What the plan lets it weigh in a score; shown, never computed into one."""

    @property
    def at_most(self) -> bool:
        """Whether its goal is a ceiling, not to be exceeded."""
        return self.direction == "at_most"

    @property
    def is_level(self) -> bool:
        """Its figures are levels, the latest of which stands: a milestone's, or a target's."""
        return self.kind == "milestone" or self.level

    @property
    def shared(self) -> bool:
        """One level for all who work on it, whoever reports it: a milestone that is one thing, a target's level."""
        return self.level or (self.kind == "milestone" and not self.each)

    @property
    def derived(self) -> bool:
        """Computed from two other items (比例), with no entries of its own."""
        return self.ratio_of is not None

    @property
    def companion_of(self) -> str | None:
        """Of the cases taken in (受理), the id of the duty that counts those closed (办结); null of all else."""
        return self.id.removesuffix(RECEIVED) if self.id.endswith(RECEIVED) else None

    @property
    def counts_homes(self) -> bool:
        """Whether a target is counted in homes (套)."""
        return self.kind == "target" and self.measure == HOMES and not self.decimals and not self.level
