"""An independent, obviously right model of the ledger: lists and loops, written from the rules, not from the package.

A chain is a report with whatever corrected or voided it. Its value is what counts of it now.
"""

from copy import deepcopy
from dataclasses import dataclass, field
from datetime import date


class RefusedByModel(Exception):
    """A rule forbids it."""


@dataclass
class Chain:
    id: int
    last: int
    item: str
    unit: str
    on: date
    received: date
    value: int | None
    stated: int | None
    ended: bool = False


@dataclass
class Model:
    shared: frozenset[str]
    """What is one level for all, summed over all bodies: milestones, and targets that are levels."""
    open: frozenset[str] = frozenset()
    """Of these the targets; only a milestone's level never exceeds 100."""
    chains: list[Chain] = field(default_factory=list)
    filings: list[list[tuple[str, int, int | None, int | None]]] = field(default_factory=list)
    """For each filing, its steps: what was done to which chain, with the chain's value and stated total before."""
    next_entry: int = 1

    # -- what is asked -------------------------------------------------------------------------------------------

    def scope(self, item, unit):
        return [each for each in self.chains if each.item == item and (item in self.shared or each.unit == unit)]

    def cumulative(self, item, unit, until):
        """Up to the end of a day, or up to a place (day, chain)."""
        day, chain = until if isinstance(until, tuple) else (until, 10**9)
        return sum(each.value or 0 for each in self.scope(item, unit) if (each.on, each.id) <= (day, chain))

    def total(self, item, until):
        return sum(each.value or 0 for each in self.chains if each.item == item and each.on <= until)

    def first_received(self, items, unit, start, end, as_of):
        """The earliest receipt of a report that was not voided, of what happened in a quarter and by the as-of date."""
        days = [
            each.received
            for each in self.chains
            if each.item in items and each.unit == unit and not each.ended
            and start <= each.on <= min(end, as_of) and each.received <= as_of
        ]  # fmt: skip
        return min(days, default=None)

    def broken(self):
        """Stated totals that no longer hold, by the number of the entry that states them."""
        return {
            each.last
            for each in self.chains
            if each.stated is not None
            and not each.ended
            and self.cumulative(each.item, each.unit, (each.on, each.id)) != each.stated
        }

    # -- what is done --------------------------------------------------------------------------------------------

    def add(self, item, unit, on, received, *, quantity=None, total=None, later="ask"):
        before = deepcopy(self.chains)
        if total is not None:
            quantity = total - self.cumulative(item, unit, on)
        chain = Chain(self.next_entry, self.next_entry, item, unit, on, received, quantity, total)
        self.chains.append(chain)
        self._settle(before, [("add", chain.id, None, None)], item, unit, {chain.id}, later)

    def reduce(self, item, unit, on, received, quantity, later="ask"):
        if not quantity or quantity > self.cumulative(item, unit, on):
            raise RefusedByModel
        self.add(item, unit, on, received, quantity=-quantity, later=later)

    def correct(self, chain_id, *, quantity=None, total=None, later="ask"):
        before, chain = deepcopy(self.chains), self._chain(chain_id)
        if chain.ended or chain.value is None:
            raise RefusedByModel
        stated = total if chain.item not in self.shared else quantity if total is None else total
        wanted = quantity if stated is None else stated
        now = chain.value if stated is None else self.cumulative(chain.item, chain.unit, (chain.on, chain.id))
        if wanted == now or (chain.item in self.shared - self.open and wanted > 100):
            raise RefusedByModel
        step = ("correct", chain.id, chain.value, chain.stated)
        chain.value, chain.stated = chain.value + wanted - now, stated
        self._settle(before, [step], chain.item, chain.unit, {chain.id}, later)

    def void(self, chain_id, later="ask"):
        before, chain = deepcopy(self.chains), self._chain(chain_id)
        if chain.ended:
            raise RefusedByModel
        step = ("void", chain.id, chain.value, chain.stated)
        self._end(chain)
        self._settle(before, [step], chain.item, chain.unit, {chain.id}, later)

    def undo(self, later="ask"):
        """Of the last filing: its reports are voided, its corrections reversed; a void is not undone."""
        before, steps = deepcopy(self.chains), self.filings[-1]
        if any(what == "void" for what, *_ in steps):
            raise RefusedByModel
        done = []
        for what, id, value, stated in reversed(steps):
            chain = self._chain(id)
            done.append(("void" if what == "add" else "correct", id, chain.value, chain.stated))
            if what == "add":
                self._end(chain)
            else:
                chain.value, chain.stated = value, stated
        item, unit = self._chain(steps[0][1]).item, self._chain(steps[0][1]).unit
        self._settle(before, done, item, unit, {id for _, id, _, _ in steps}, later)

    def _chain(self, id):
        return next(each for each in self.chains if each.id == id)

    @staticmethod
    def _end(chain):
        chain.value, chain.ended = (None if chain.value is None else 0), True

    def _settle(self, before, steps, item, unit, touched, later):
        """Later stated totals that have moved are asked about, kept or let move; then the bounds are looked at."""
        old = Model(self.shared, self.open, before)
        moved = 0
        for chain in sorted(self.scope(item, unit), key=lambda each: (each.on, each.id)):
            if chain.id in touched or chain.stated is None or chain.ended:
                continue
            place = (chain.on, chain.id)
            difference = self.cumulative(item, unit, place) - old.cumulative(item, unit, place)
            if difference:
                moved += 1
                if item in self.shared or later == "keep":
                    steps = [*steps, ("correct", chain.id, chain.value, chain.stated)]
                    chain.value -= difference
        days = {each.on for each in self.scope(item, unit)}
        levels = [self.cumulative(item, unit, day) for day in days]
        refused = moved and later == "ask" and item not in self.shared
        if refused or min(levels, default=0) < 0 or (item in self.shared - self.open and max(levels, default=0) > 100):
            self.chains = before
            raise RefusedByModel
        for _, id, _, _ in steps:
            self._chain(id).last = self.next_entry
            self.next_entry += 1
        self.filings.append(steps)
