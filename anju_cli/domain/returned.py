"""Returns received, and what they mean for who reported when: sent back is not unreported; the first receipt counts."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from anju_cli.domain.codes import Code


class Channel(Code):
    """How a return came."""

    EXCEL = "excel", "表格", "电子表格"
    WECHAT = "wechat", "微信"
    PHONE = "phone", "电话"
    PAPER = "paper", "纸质", "书面"
    OA = "oa", "办公系统"


class Receipt(NamedTuple):
    """One return of a body for a quarter that reached the office."""

    received_on: date
    state: str
    """received | returned | adopted."""


Receipts = Mapping[tuple[str, int], Sequence[Receipt]]
"""By body and quarter, in order of receipt."""

NO_RECEIPTS: Receipts = {}


def until(receipts: Sequence[Receipt], day: date) -> list[Receipt]:
    """Those that had reached the office by a day."""
    return [each for each in receipts if each.received_on <= day]


def sent_back(receipts: Sequence[Receipt]) -> bool:
    """Whether the last return was sent back or waits for a decision: its rows are not unreported."""
    return bool(receipts) and receipts[-1].state != "adopted"


def first_receipt(receipts: Sequence[Receipt], adopted_on: date) -> date:
    """When what was adopted on a day first came: the earliest of the returns sent back just before it.

    A return adopted earlier ends the search: what it left blank was not in it.
    """
    first = adopted_on
    for number, each in enumerate(receipts):
        if each.state == "adopted" and each.received_on == adopted_on:
            for earlier in reversed(receipts[:number]):
                if earlier.state == "adopted":
                    break
                first = min(first, earlier.received_on)
    return first


def times_returned(receipts: Sequence[Receipt]) -> int:
    """How often a return was sent back (退回N次)."""
    return sum(each.state == "returned" for each in receipts)


def resubmitted_on(receipts: Sequence[Receipt]) -> date | None:
    """When a return that had been sent back was put right (补正)."""
    known = [each.received_on for number, each in enumerate(receipts) if number and each.state == "adopted"]
    return known[0] if known and times_returned(receipts) else None
