"""Follow-up matters in the ledger: an event is recorded where the matter's state allows it, never changed after."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from anju_cli.domain.digests import followup_digest
from anju_cli.domain.grammar import clean, parse_date
from anju_cli.domain.matter_rules import check_impersonal
from anju_cli.domain.matters import Matter, MatterEvent, after, allowed, begin, folded, parse_ref
from anju_cli.domain.names import find_body, find_task
from anju_cli.domain.plan import Plan
from anju_cli.domain.quarters import DAY
from anju_cli.errors import Refused, Unclear
from anju_cli.i18n import _
from anju_cli.ledger.book import Book
from anju_cli.store.ledger_queries import next_number
from anju_cli.store.queries import event_of, followup
from anju_cli.store.record_tables import Followup


@dataclass(frozen=True)
class Noted:
    """What was recorded: the matters as they stand now, and the events that were added."""

    plan: Plan
    matters: list[Matter]
    events: list[MatterEvent]


@dataclass
class Register:
    """The follow-up matters of an open book, and the one way events get into it."""

    book: Book
    added: list[MatterEvent] = field(default_factory=list)
    touched: dict[tuple[str, int], None] = field(default_factory=dict)

    @cached_property
    def matters(self) -> dict[tuple[str, int], Matter]:
        """Every matter of the plan, as it stands."""
        return folded(followup(self.book.connection, self.book.plan.id))

    def of(self, *kinds: str) -> list[Matter]:
        """The matters of some kinds, in order of number."""
        return [matter for matter in self.matters.values() if matter.kind in kinds]

    def find(self, text: str, *kinds: str) -> Matter:
        """The matter that a person names.

        Raises Unclear where there is no such number.
        """
        key = parse_ref(text, *kinds)
        if key not in self.matters:
            known = ", ".join(matter.ref for matter in self.of(*kinds)[-5:])
            raise Unclear(_("no such number"), got=text, hint=_("the last are {known}").format(known=known or "—"))
        return self.matters[key]

    def open(self, kind: str, event: str, on: date, content: Mapping[str, Any], **basis: str | None) -> Matter:
        """Record a new matter under the next number of its kind; raises Refused for a day to come."""
        number = max((each.number for each in self.of(kind)), default=0) + 1
        matter = begin(self._record(kind, number, 0, event, on, content, **basis))
        self.matters[kind, number] = matter
        return matter

    def follow(
        self, matter: Matter, event: str, on: date, content: Mapping[str, Any] | None = None, **basis: str | None
    ) -> Matter:
        """Record one more event of a matter; raises Refused where its state does not allow it."""
        allowed(matter, event, on)
        row = self._record(matter.kind, matter.number, len(matter.events), event, on, content or {}, **basis)
        self.matters[matter.kind, matter.number] = now = after(matter, row)
        return now

    def noted(self) -> Noted:
        """What this command recorded."""
        return Noted(self.book.plan, [self.matters[key] for key in self.touched], self.added)

    def _record(
        self,
        kind: str,
        number: int,
        step: int,
        event: str,
        on: date,
        content: Mapping[str, Any],
        reason: str | None = None,
        document: str | None = None,
    ) -> MatterEvent:
        if on > self.book.today:
            raise Refused(_("what has not happened yet is not recorded"), got=on)
        session = self.book.session
        stated = {name: value for name, value in content.items() if value not in (None, "", [], False)}
        row = Followup(
            id=next_number(self.book.connection, "followup"),
            plan=self.book.plan.id,
            kind=kind,
            number=number,
            step=step,
            event=event,
            happened_on=on.isoformat(),
            content=json.dumps(stated, ensure_ascii=False, sort_keys=True, separators=(",", ":")),
            reason=words(reason, "--reason"),
            document=words(document, "--document"),
            who=self.book.who,
            recorded_at=self.book.moment(),
            digest="",
        )
        row.digest = followup_digest(row.model_dump())
        session.add(row)
        session.flush()
        event_row = event_of(row.model_dump())
        self.added.append(event_row)
        self.touched[kind, number] = None
        return event_row

    # -- what a person typed ----------------------------------------------------------------------------------------

    def day(self, text: str | None, of: Matter | None = None) -> date:
        """The day an event happened, today unless said; `1-15` is the first such day since the matter `of` began."""
        if not text:
            return self.book.today
        since = of.events[0].on if of else self.book.plan.quarters.starts
        return parse_date(text, today=self.book.today, not_before=since)

    def due(self, text: str, on: date) -> str:
        """A date by which something is due, after the day it was asked for; `1-15` is the first such day after it.

        Raises Refused where it does not come after it.
        """
        due = parse_date(text, today=self.book.today, not_before=on + DAY)
        if due <= on:
            raise Refused(_("the date must come after {day}").format(day=on), got=due)
        return due.isoformat()

    def bodies(self, names: Iterable[str]) -> list[str]:
        """The units that a person names: any that is assessed, or a member of one.

        Raises Unclear where one is not known, Refused where it is no member unit.
        """
        found = [find_body(self.book.plan, name) for name in names]
        if outside := [body.id for body in found if body.unit is None]:
            raise Refused(_("this body is not a member unit"), got=", ".join(outside))
        return list(dict.fromkeys(body.id for body in found))

    def item(self, name: str | None) -> str | None:
        """The item that a person names, if any."""
        return find_task(self.book.plan, name).id if name else None


def words(text: str | None, what: str) -> str | None:
    """A text as it may be kept: one clean line, no telephone or identity numbers."""
    return check_impersonal(clean(text, what)) if text else None


def needed(text: str | None, what: str) -> str:
    """A text that must be there.

    Raises Unclear where it says nothing.
    """
    kept = words(text, what)
    if not kept:
        raise Unclear(_("{name} is missing").format(name=what))
    return kept
