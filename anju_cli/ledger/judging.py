"""What a return adds to what is recorded: row by row, add, skip, or conflict; and the drafts that book it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import NamedTuple

from anju_cli.domain.plan import Item
from anju_cli.errors import AnjuError
from anju_cli.i18n import _
from anju_cli.ledger.book import Book, Draft, entry_of, follow
from anju_cli.ledger.recorded import Recorded, last_of
from anju_cli.ledger.settling import Later, settled
from anju_cli.returns.checking import Said


class Decision(NamedTuple):
    """What becomes of one row."""

    item: str
    project: str | None
    action: str
    """add | skip | words | conflict | correct | reduce."""
    quantity: int | None
    """What the row says of the quarter, in smallest units; of a milestone, its level; null for words."""
    recorded: int | None
    """What stood before."""


@dataclass(frozen=True)
class Ways:
    """What is to be done with rows of which something else is recorded."""

    correct: bool = False
    additional: bool = False
    reason: str | None = None


NO_WAYS = Ways()
"""Neither: such rows are refused."""


@dataclass
class Verdict:
    """A whole return: what becomes of its rows, and the entries that do it."""

    decisions: list[Decision] = field(default_factory=list)
    drafts: list[Draft] = field(default_factory=list)


class Judge:
    """Matches one body's return for a quarter against the ledger. Problems are noted on the rows."""

    def __init__(self, book: Book, recorded: Recorded, ways: Ways, on: date, received_on: date) -> None:
        self.book, self.recorded, self.ways = book, recorded, ways
        self.on, self.received_on = on, received_on
        self.verdict = Verdict()

    def judge(self, rows: Iterable[Said], projects: dict[str, list[Said]]) -> Verdict:
        """The verdict on rows and, by item, the projects that some of them are made up of."""
        seen = set()
        for row in rows:
            if row.blank or (row.problems and any(each.kind == "problem" for each in row.problems)):
                seen.add(row.item.id)
                continue
            seen.add(row.item.id)
            if row.words_alone:
                self._words(row)
            elif row.item.kind == "milestone":
                self._level(row)
            elif parts := projects.get(row.item.id):
                self._parts(row.item, parts, row)
            else:
                self._figure(row)
        for item, parts in projects.items():
            if item not in seen:
                self._parts(parts[0].item, parts, None)
        return self.verdict

    # -- kinds of rows -------------------------------------------------------------------------------------------

    def _words(self, row: Said) -> None:
        known = self.recorded.notes.get(row.item.id, set())
        standing = self.recorded.chains(row.item, figures=False)
        if row.note in known and standing:
            self._decide(row, "skip", None)
        elif not standing or self.ways.additional:
            self._decide(row, "add", None)
            self._book(row, [self._draft(row, None)])
        elif self.ways.correct:
            self._decide(row, "correct", None)
            voids = [
                follow(entry_of(self.book, chain.last.id), None, self.ways.reason or "", reports=-1)
                for chain in standing
            ]
            self._book(row, [*voids, self._draft(row, None)])
        else:
            self._conflict(row, "words", row.note, "；".join(sorted(known)))

    def _level(self, row: Said) -> None:
        """A milestone moves on from whatever level stands; a lower one is a correction."""
        level, history = row.total or 0, self.recorded.history(row.item)
        standing = history.cumulative(self.on)
        reported = self.recorded.whole(row.item).reported
        if level == standing and reported:
            self._same(row, standing)
            return
        if level < standing and not (self.ways.correct and self.ways.reason):
            what = _("this level is lower than the one that stands: it needs progress correct")
            row.wrong("total", what, level, f"≥ {standing}")
            return
        draft = replace(self._draft(row, level - standing), stated_total=level)
        lower = level < standing
        self._decide(row, "correct" if lower else "add", level, standing if reported else None)
        self._book(row, [replace(draft, reason=self.ways.reason) if lower else draft])

    def _figure(self, row: Said) -> None:
        stands = self.recorded.whole(row.item)
        this = row.this or 0
        if row.this is None:  # a case duty of which only what came in is said
            if not (stands.reports and row.note in self.recorded.notes.get(row.item.id, set())):
                self._decide(row, "add", None)
                self._book(row, [self._draft(row, None)])
            else:
                self._decide(row, "skip", None)
        elif not stands.reported or self.ways.additional:
            self._decide(row, "reduce" if this < 0 else "add", this, stands.quantity)
            self._book(row, [self._report(row, stands.reported)])
        elif stands.quantity == this:
            self._same(row, this)
        elif self.ways.correct:
            self._decide(row, "correct", this, stands.quantity)
            chains = self.recorded.chains(row.item, figures=True)
            self._book(row, [self._correction(chains[-1].last.id, this - (stands.quantity or 0))])
        else:
            self._conflict(row, "this", row.shown(this), row.shown(stands.quantity))

    def _parts(self, item: Item, parts: Sequence[Said], whole: Said | None) -> None:
        """Homes by project: each is an entry of its own; the row of the whole brings its words alone."""
        said = {part.project: part for part in parts}
        stands = self.recorded.projects(item)
        total, recorded = sum(part.this or 0 for part in parts), sum(each.quantity or 0 for each in stands.values())
        undivided = set(stands) == {None}
        if undivided and total == recorded and not self.ways.additional:
            for part in parts:
                self._decide(part, "skip", part.this)
            return
        drafts: list[Draft] = []
        chains = self.recorded.chains(item, figures=True) if self.ways.correct and stands else []
        for project, part in said.items():
            before, this = stands.get(project), part.this or 0
            if (before is None and not (undivided and not self.ways.correct)) or self.ways.additional:
                self._decide(part, "reduce" if this < 0 else "add", this, before.quantity if before else None)
                drafts.append(self._report(part, before is not None))
            elif before is not None and before.quantity == this:
                self._decide(part, "skip", this, this)
            elif self.ways.correct and before is not None:
                self._decide(part, "correct", this, before.quantity)
                chain = last_of(chains, project)
                assert chain is not None
                drafts.append(self._correction(chain.last.id, this - (before.quantity or 0)))
            else:
                known = before.quantity if before else recorded
                self._conflict(part, "this", part.shown(this), part.shown(known))
        for project, before in stands.items():
            if project in said or self.ways.additional or (undivided and not self.ways.correct):
                continue
            if self.ways.correct:
                chain = last_of(chains, project)
                assert chain is not None
                drafts.append(self._correction(chain.last.id, -(before.quantity or 0)))
            else:
                self._conflict(
                    parts[0], "project", _("nothing on {project}").format(project=project or "—"), before.quantity
                )
        if whole is not None and whole.note and whole.note not in self.recorded.notes.get(item.id, set()):
            drafts.append(self._draft(whole, None))
        self._book(whole or parts[0], drafts)

    # -- what is done --------------------------------------------------------------------------------------------

    def _same(self, row: Said, quantity: int) -> None:
        """Equal figures are not booked again; words that are new are kept, without a figure."""
        if row.note and row.note not in self.recorded.notes.get(row.item.id, set()):
            self._decide(row, "words", quantity, quantity)
            self._book(row, [self._draft(row, None)])
        else:
            self._decide(row, "skip", quantity, quantity)

    def _decide(self, row: Said, action: str, quantity: int | None, recorded: int | None = None) -> None:
        self.verdict.decisions.append(Decision(row.item.id, row.project, action, quantity, recorded))

    def _conflict(self, row: Said, column: str, found: object, known: object) -> None:
        what = _("something else is recorded; --correct --reason WHY replaces it, --additional adds to it")
        row.wrong(column, what, found, known, "conflict")
        self._decide(row, "conflict", row.this, None)

    def _draft(self, row: Said, quantity: int | None) -> Draft:
        return Draft(
            item=row.item.id,
            unit=self.recorded.body,
            on=self.on,
            received_on=self.received_on,
            quantity=quantity,
            project=row.project,
            note=row.note,
            evidence=row.evidence,
        )

    def _report(self, row: Said, further: bool) -> Draft:
        """A figure of the quarter; where only a total was stated, that is kept, unless something stood already."""
        draft = self._draft(row, row.this)
        if (row.this or 0) < 0:
            return replace(draft, reason=row.remarks)
        only_total = row.line.cells.get("this") is None and row.total is not None
        return replace(draft, stated_total=row.total) if only_total and not further else draft

    def _correction(self, entry: int, difference: int) -> Draft:
        return follow(entry_of(self.book, entry), difference, self.ways.reason or "")

    def _book(self, row: Said, drafts: list[Draft]) -> None:
        """Take drafts of one item, with what keeps later totals true; refused where a rule forbids it."""
        item = row.item
        counted = [draft for draft in drafts if draft.quantity]
        if not counted:
            self.verdict.drafts += drafts
            return
        taken_off = any((draft.quantity or 0) < 0 or draft.reports != 1 for draft in drafts)
        history = self.recorded.history(item)
        # Nothing stated and nothing taken off: nothing can be moved, and a long list need not be tried out.
        if item.kind == "milestone" or taken_off or history.stated():
            try:
                drafts = settled(self.book, item, history, drafts, Later.ASK)
            except AnjuError as fault:
                row.wrong("total" if item.kind == "milestone" else "this", fault.what, fault.got, fault.hint)
                return
        self.verdict.drafts += drafts
