"""What is owed each quarter, by whom, and whether it came: reported, late, zero, unreported are kept apart."""

from collections.abc import Mapping
from datetime import date
from functools import partial
from typing import NamedTuple

from anju_cli.domain.codes import Code
from anju_cli.domain.items import RECEIVED, SUMMARY, Item
from anju_cli.domain.periods import Review
from anju_cli.domain.plan import Plan
from anju_cli.domain.returned import NO_RECEIPTS, Receipt, Receipts, first_receipt, sent_back, until
from anju_cli.domain.tally import Tallies


class OwedState(Code):
    """What became of an owed row; `open`: nothing came, and it is not yet due."""

    OPEN = "open"
    REPORTED = "reported"
    ZERO_REPORT = "zero_report"
    LATE_RETURN = "late_return"
    UNREPORTED = "unreported"
    RETURNED = "returned"


class Owed(NamedTuple):
    """One row of one body's return for one quarter, and what became of it by the as-of date."""

    body: str
    item: str
    """An item's id, or `summary`: the row that all standing duties of a body share."""
    quarter: int
    deadline: date
    first_received: date | None
    """The earliest receipt by the as-of date that was not voided; null where nothing stands reported."""
    late: bool
    zero: bool
    unreported: bool
    returned: bool = False
    """Nothing stands reported, but a return was received and sent back, or waits."""

    sent_back: bool = False
    """The last return was sent back, and nothing came since: it is for the body to mend, not for the office."""

    @property
    def reported(self) -> bool:
        """Whether something was received by the as-of date."""
        return self.first_received is not None

    @property
    def state(self) -> "OwedState":
        """What became of the row."""
        if self.reported:
            return OwedState.LATE_RETURN if self.late else OwedState.ZERO_REPORT if self.zero else OwedState.REPORTED
        if self.returned:
            return OwedState.RETURNED
        return OwedState.UNREPORTED if self.unreported else OwedState.OPEN


def owes_rows(plan: Plan, item: Item) -> bool:
    """Whether an item asks for a row of its own: derived and parent items, registers and summaries do not."""
    return item.reporting in ("quantity", "case") and item.id not in plan.children


def owed(
    plan: Plan,
    review: Review,
    tallies: Tallies,
    finished: Mapping[tuple[str, str], date],
    as_of: date,
    receipts: Receipts = NO_RECEIPTS,
) -> list[Owed]:
    """Every row owed for a quarter, in plan order of bodies and items.

    A quarter that ended before the plan was there owes nothing. `finished` tells since when a milestone stands at 100
    for a body: it is owed until the quarter in which it is done.
    """
    if not plan.asks_for_returns(review.end):
        return []
    standing = _with_standing_duties(plan)
    rows = {body.id: [SUMMARY] if body.id in standing else [] for body in plan.reporting_bodies}
    for item in filter(partial(owes_rows, plan), plan.items):
        for body in plan.answering(item):
            since = finished.get((item.id, body))
            if since is None or since >= review.start:
                rows[body].append(item.id)
    came = {body: until(receipts.get((body, review.quarter), ()), as_of) for body in rows}
    return [
        _state(plan, body, item, review, tallies, as_of, came[body]) for body, items in rows.items() for item in items
    ]


def _with_standing_duties(plan: Plan) -> set[str]:
    """The bodies that lead a standing duty: each owes the one row that these share."""
    leads = (lead for item in plan.items if item.reporting == SUMMARY for lead in item.lead)
    return {body for lead in leads for body in plan.reporting(lead)}


def _state(
    plan: Plan, body: str, item: str, review: Review, tallies: Tallies, as_of: date, came: list[Receipt]
) -> Owed:
    """On time or late is judged by the earliest unvoided receipt; received on the deadline day is on time.

    Cases taken in (受理) or closed (办结) are a report of the row; a zero report says that there were neither.
    """
    tally = tallies.of_row(plan, body, item, review.quarter)
    taken_in = tallies.total(item + RECEIVED, bodies=[body], quarters=[review.quarter])
    figures = {each for each in (tally.quantity, taken_in.quantity) if each is not None}
    first = tally.first_received if tally.first_received and tally.first_received <= as_of else None
    if first is not None:
        first = first_receipt(came, first)
    returned = first is None and sent_back(came)
    return Owed(
        body=body,
        item=item,
        quarter=review.quarter,
        deadline=review.return_deadline,
        first_received=first,
        late=first is not None and first > review.return_deadline,
        zero=first is not None and figures == {0} and (item == SUMMARY or not plan.by_id[item].level),
        unreported=first is None and not returned and as_of > review.return_deadline,
        returned=returned,
        sent_back=returned and came[-1].state == "returned",
    )
