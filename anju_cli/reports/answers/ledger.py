"""The ledger: its entries, what was recorded when, what does not hold, and copies of it."""

from datetime import date
from typing import NamedTuple

from anju_cli.reports.answers.heads import Quantity


class EntryRow(NamedTuple):
    """An entry of the ledger."""

    plan: str
    id: int
    filing: int
    item: str
    item_name: str
    item_name_en: str
    unit: str
    unit_name: str
    unit_name_en: str
    project: str | None
    quarter: str
    on: date
    received_on: date
    recorded_at: str
    by: str
    via: str | None
    quantity: Quantity
    stated_total: Quantity
    kind: str
    """report | correction | void."""
    corrects: int | None
    corrected_by: int | None
    reason: str | None
    note: str | None
    evidence: str | None
    reference: str | None
    receipt: str
    carried_for: str | None
    """The locked quarter it is kept as of, though booked in a later one (补报)."""
    restated_by: str | None
    """The document that orders what was circulated to be changed."""


class LogRow(NamedTuple):
    """One thing that was recorded."""

    plan: str
    recorded_at: str
    by: str
    what: str
    """report | reduction | correction | void | plan | seal | project | return | a kind of follow-up (slip, task …), or
    a step of a review: open | lock | confirm | result | close …"""
    ref: str | None
    """Of follow-up, its letter and number; of the register, the project's code."""
    event: str | None
    """What happened to it: issue, extend, close …; what became of a return: adopted | returned | received."""
    filing: int | None
    entry: int | None
    quarter: str | None
    item: str | None
    item_name: str | None
    item_name_en: str | None
    unit: str | None
    on: date | None
    before: Quantity
    """The value of the entry's chain before; null where it had none."""
    after: Quantity
    """Its value after; null after a void, or where there are only words."""
    words: str | None
    evidence: str | None
    document: str | None


class Fault(NamedTuple):
    """One thing that does not hold: where, and what."""

    plan: str
    check: str
    """pages | references | trigger | entry | filing | revision | project | followup | return | review | circulated |
    carried | restatement | seal | receipt | stated_total | parts."""
    row: int | None
    found: str


class Kept(NamedTuple):
    """A copy of the database that was looked through."""

    file: str
    bytes: int
    sha256: str
    plans: int
    filings: int
    entries: int
    receipt: str | None
    """Of the last filing in it."""
    replaced: str | None
    """Where the database that stood there before is kept."""


class Checked(NamedTuple):
    """One thing that was looked at."""

    check: str
    state: str
    """ok | note | warn | bad."""
    found: str
    advice: str | None = None
