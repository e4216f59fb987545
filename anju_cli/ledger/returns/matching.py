"""What a return adds to what is recorded: row by row, add, skip, or conflict; and the drafts that book it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple

from anju_cli.domain.history import Chain, History
from anju_cli.domain.items import FULL
from anju_cli.domain.milestones import undated
from anju_cli.domain.once import StandingFigure, already_recorded
from anju_cli.errors import AnjuError, Refused
from anju_cli.i18n import _
from anju_cli.ledger.book import Book, entry_of
from anju_cli.ledger.drafts import Draft, follow
from anju_cli.ledger.entries.locks import placed
from anju_cli.ledger.entries.stated_totals import Moved, settled
from anju_cli.ledger.projects.register import check_counted, know_booked
from anju_cli.ledger.returns import done_days
from anju_cli.ledger.returns.on_record import Recorded, RecordedFigure, last_of
from anju_cli.returns.return_row import ReturnRow


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


class Verdict(NamedTuple):
    """A whole return: what becomes of its rows, and the entries that do it."""

    decisions: tuple[Decision, ...] = ()
    drafts: tuple[Draft, ...] = ()


@dataclass(frozen=True)
class Ways:
    """What is to be done with rows of which something else is recorded."""

    correct: bool = False
    additional: bool = False
    reason: str | None = None


NO_WAYS = Ways()
"""Neither: such rows are refused."""


def action(before: int | None, this: int, ways: Ways) -> str:
    """What becomes of a figure where `before` stands, or nothing (null): add | skip | correct | conflict.

    A figure stands once: one that stands is in the way of the same as of another, until somebody says what is right.
    """
    if before is None or ways.additional:
        return "add"
    if not ways.correct:
        return "conflict"
    return "skip" if before == this else "correct"


class Judge:
    """Matches one body's return for a quarter against the ledger. Problems are noted on the rows."""

    def __init__(self, book: Book, recorded: Recorded, ways: Ways, on: date, received_on: date) -> None:
        self.book, self.recorded, self.ways = book, recorded, ways
        self.on, self.received_on = on, received_on
        self.decisions: list[Decision] = []
        self.drafts: list[Draft] = []
        self._booked: dict[tuple[str, str | None], int] = {}
        """What is booked up to the end of the quarter, by item and project."""

    def judge(self, rows: Sequence[ReturnRow], projects: dict[str, list[ReturnRow]]) -> Verdict:
        """The verdict on rows and, by item, the projects that some of them are made up of."""
        for row in rows:
            if row.blank or row.faulty:
                continue
            if row.words_alone:
                self._words(row)
            elif row.item.is_level:
                self._level(row)
            elif parts := projects.get(row.item.id):
                self._parts(parts, row)
            else:
                self._figure(row)
        of_items = {row.item.id for row in rows}
        for item, parts in projects.items():
            if item not in of_items:
                self._parts(parts, None)
        every = [*rows, *(part for parts in projects.values() for part in parts)]
        if not any(each.kind != "warning" for row in every for each in row.problems):
            for row in every:
                self._close(row)
        return Verdict(tuple(self.decisions), tuple(self.drafts))

    def _close(self, row: ReturnRow) -> None:
        """Once adopted, the ledger has the row's cumulative, each entry counted in the quarter it is kept as of."""
        if row.total is None or row.item.is_level:
            return
        known = self.recorded.of(row.item, row.project) if row.project else self.recorded.whole(row.item)
        booked = self._booked.get((row.item.id, row.project), 0) if row.project else self._of_item(row.item.id)
        after = known.opening + known.carried + (known.quantity or 0) + booked
        if after != row.total:
            what = _("the ledger would have another cumulative than this")
            row.wrong("total", what, row.shown(row.total), row.shown(after), recorded=True)

    def _of_item(self, item: str) -> int:
        return sum(quantity for (of, _project), quantity in self._booked.items() if of == item)

    # -- kinds of rows -------------------------------------------------------------------------------------------

    def _words(self, row: ReturnRow) -> None:
        known = self.recorded.said(row.item, row.project)
        standing = [
            chain for chain in self.recorded.chains(row.item, figures=False) if chain.report.project == row.project
        ]
        if row.note in known:
            self._decide(row, "skip", None)
        elif not standing or self.ways.additional:
            self._decide(row, "add", None)
            self._book(row, [self._draft(row, None)])
        elif self.ways.correct:
            self._decide(row, "correct", None)
            voids = [self._following(row, chain, None, reports=-1) for chain in standing]
            self._book(row, [*voids, self._draft(row, None)])
        else:
            what = _("something else is recorded; --correct --reason WHY replaces it, --additional adds to it")
            row.wrong("words", what, row.note, "；".join(sorted(known)), "conflict", recorded=True)
            self._decide(row, "conflict", None)

    def _level(self, row: ReturnRow) -> None:
        """A milestone moves on from whatever level stands; a lower one is a correction. A target's level may fall."""
        level = row.total or 0
        history, chains = self.recorded.history(row.item), self.recorded.chains(row.item, figures=True)
        day, taken_back = self._day(row, history, chains)
        if day is None:
            return
        history = history.plus(*self.book.as_moves(taken_back))
        draft = self._draft(row, None, stated=level, on=day)
        standing = history.cumulative(draft.on)
        # What was carried out of the quarter stands on a later day than what is booked in it.
        before = history.cumulative(max(draft.on, chains[-1].report.on)) if chains else None
        if level == before:
            self._book(row, self._kept(row, "words", level, level))
            return
        lower = level < standing and not row.item.level
        if lower and not (self.ways.correct and self.ways.reason):
            what = _("this level is lower than the one that stands: it needs progress correct")
            row.wrong("total", what, level, f"≥ {standing}")
            return
        if row.item.kind == "milestone" and level == FULL > standing and row.done_on is None:
            column = "done_on" if "done_on" in row.table.columns else "total"
            row.wrong(column, undated(row.item, self.on), kind="warning")
        self._decide(row, "correct" if lower or taken_back else "add", level, before)
        draft = replace(draft, quantity=level - standing, reason=self.ways.reason if lower else None)
        self._book(row, [*taken_back, draft])

    def _day(self, row: ReturnRow, history: History, chains: Sequence[Chain]) -> tuple[date | None, list[Draft]]:
        """The day a level is of, and what is taken back for it; null where the office has to decide first."""
        if row.done_on is None:
            return self.on, []
        other = done_days.against(history, row.done_on, self.on)
        if other is None:
            return (row.done_on if done_days.recorded_day(history, self.on) is None else self.on), []
        own = {chain.report.root for chain in chains}
        if own.issuperset(chain.report.root for chain in other.chains):
            if self.ways.correct:
                return row.done_on, [
                    self._following(row, chain, -(chain.quantity or 0), reports=-1) for chain in other.chains
                ]
            what = _("another day of completion is recorded; --correct --reason WHY puts this one in its place")
        else:
            what = _("another day of completion is recorded, elsewhere than in this return: it needs progress void")
        row.wrong("done_on", what, row.done_on, other.text(), "conflict", recorded=True)
        self._decide(row, "conflict", row.total, None)
        return None, []

    def _figure(self, row: ReturnRow) -> None:
        """A figure of the whole, whatever projects stand: what is corrected is the last entry."""
        chains = self.recorded.chains(row.item, figures=True)
        self._book(row, self._matched(row, self.recorded.whole(row.item), chains[-1] if chains else None))

    def _parts(self, parts: Sequence[ReturnRow], whole: ReturnRow | None) -> None:
        """Figures by project: each is an entry of its own; the row of the whole brings its words alone."""
        item = parts[0].item
        stands = self.recorded.projects(item)
        figures = {project: known.figure for project, known in stands.items()}
        drafts: list[Draft] = []
        for counted in filter(None, (item, self.book.plan.by_id.get(item.within or ""))):
            know_booked(self.book, counted)
        if self.ways.correct and figures == {None: sum(part.this or 0 for part in parts)}:
            for part in parts:  # the same homes, recorded without their projects
                drafts += self._kept(part, "words", part.this)
        else:
            chains = self.recorded.chains(item, figures=True)
            silent = [] if self.ways.additional else _silent(parts, figures)
            for part in [*(part for part in parts if part.this is not None), *silent]:
                known = self.recorded.of(item, part.project)
                last = last_of(chains, part.project) if known.quantity is not None else None
                drafts += self._counted_once(part, self._matched(part, known, last))
            for part in parts:
                drafts += self._kept(part, "add") if part.this is None else []
        if whole is not None and whole.note and whole.note not in self.recorded.said(item, None):
            drafts.append(self._draft(whole, None))
        self._book(whole or parts[0], drafts)

    # -- what is done --------------------------------------------------------------------------------------------

    def _matched(self, row: ReturnRow, known: RecordedFigure, last: Chain | None) -> list[Draft]:
        """What makes what a row says of what stands; `last` is what is corrected, where something stands."""
        this = row.this or 0
        standing = known.in_the_way(this, correct=self.ways.correct)
        before = known.quantity if standing else None
        what = action(before, this, self.ways)
        if standing and before is not None and what == "conflict":
            if not row.total_alone or this < before:
                self._already(row, standing, before)
                return []
            what, this = ("add", this - before) if this > before else ("skip", this)  # a total says what is to be added
        if what == "skip":
            return self._kept(row, "words", this, before)
        self._decide(row, "reduce" if what == "add" and this < 0 else what, this, before)
        if what == "correct" and last is not None:
            new = row.note not in self.recorded.said(row.item, row.project)
            draft = self._following(row, last, this - (before or 0))
            return [replace(draft, note=row.note, evidence=row.evidence) if new else draft]
        return [self._report(row, this)]

    def _already(self, row: ReturnRow, standing: StandingFigure, before: int) -> None:
        """The file states again what stands: the office decides what becomes of it."""
        column, said = "this" if not row.total_alone else "total", row.shown(row.this)
        if row.this is None:
            column, said = "project", _("nothing on {project}").format(project=row.project or "—")
        ways = _("--correct --reason WHY, or anju progress correct {n}, states another; --additional adds to it")
        already = already_recorded(row.item.id, self.recorded.quarter, standing.entry)
        what = f"{already}; {ways.format(n=standing.entry)}"
        row.wrong(column, what, said, row.shown(before), "conflict", recorded=True)
        self._decide(row, "conflict", row.this, before)

    def _counted_once(self, row: ReturnRow, drafts: list[Draft]) -> list[Draft]:
        """Drafts of one project, none where homes would count twice by them: each project is told of at its own row."""
        try:
            check_counted(self.book, row.item, [draft for draft in drafts if draft.quantity])
        except Refused as fault:
            row.wrong("this", fault.what, fault.got, fault.hint)
            return []
        return drafts

    def _kept(self, row: ReturnRow, new: str, quantity: int | None = None, recorded: int | None = None) -> list[Draft]:
        """Equal figures are not booked again; words that are `new`, as the decision then says, are kept alone."""
        if not row.note or row.note in self.recorded.said(row.item, row.project):
            self._decide(row, "skip", quantity, recorded)
            return []
        self._decide(row, new, quantity, recorded)
        return [self._draft(row, None)]

    def _decide(self, row: ReturnRow, action: str, quantity: int | None, recorded: int | None = None) -> None:
        self.decisions.append(Decision(row.item.id, row.project, action, quantity, recorded))

    def _draft(self, row: ReturnRow, quantity: int | None, stated: int | None = None, on: date | None = None) -> Draft:
        draft = Draft(
            item=row.item.id,
            unit=self.recorded.body,
            on=on or self.on,
            received_on=self.received_on,
            quantity=quantity,
            stated_total=stated,
            project=row.project,
            note=row.note,
            evidence=row.evidence,
        )
        return self._placed(row, draft)

    def _report(self, row: ReturnRow, quantity: int) -> Draft:
        """A figure of the quarter; where only a total was stated, that is kept, if it is one where it is booked."""
        draft = self._draft(row, quantity)
        if quantity < 0:
            return replace(draft, reason=row.remarks)
        return draft if draft.carried_from or not row.total_alone else replace(draft, stated_total=row.total)

    def _following(self, row: ReturnRow, chain: Chain, quantity: int | None, *, reports: int = 0) -> Draft:
        last = entry_of(self.book, chain.last.id)
        return self._placed(row, follow(last, quantity, self.ways.reason or "", reports=reports))

    def _placed(self, row: ReturnRow, draft: Draft) -> Draft:
        """Where the person chose to have what is of a locked quarter; noted on the row where it cannot be had there."""
        try:
            return placed(self.book, draft, row.item)
        except Refused as fault:
            row.wrong("this", fault.what, fault.got, fault.hint, "conflict")
            return draft

    def _book(self, row: ReturnRow, drafts: list[Draft]) -> None:
        """Take drafts of one item, with what keeps later totals true; noted on the row where a rule forbids it."""
        item, history = row.item, self.recorded.history(row.item)
        counted = [draft for draft in drafts if draft.quantity]
        taken_off = any((draft.quantity or 0) < 0 or draft.reports != 1 for draft in drafts)
        try:
            # Nothing stated and nothing taken off: nothing can be moved, and a long list need not be tried out.
            if counted and (item.is_level or taken_off or history.stated()):
                drafts = settled(self.book, item, history, drafts)
        except AnjuError as fault:
            kind = "conflict" if isinstance(fault, Moved) else "problem"
            row.wrong("total" if item.is_level else "this", fault.what, fault.got, fault.hint, kind)
        for draft in drafts:
            if draft.quantity and self._kept_as_of(draft) <= self.recorded.quarter:
                of = draft.item, draft.project
                self._booked[of] = self._booked.get(of, 0) + draft.quantity
        self.drafts += drafts

    def _kept_as_of(self, draft: Draft) -> int:
        """The quarter in which a draft counts when the return is closed: not that of its booking, if it is carried."""
        if draft.root is not None and draft.root in self.recorded.carried:
            return self.recorded.carried[draft.root]
        return self.book.plan.quarters.of(draft.carried_from or draft.on)


def _silent(parts: Sequence[ReturnRow], stands: Mapping[str | None, int | None]) -> list[ReturnRow]:
    """Rows for the projects that stand and are not listed: 0. They share the problems of the first that is."""
    listed = {part.project for part in parts}
    of = [project for project, before in stands.items() if before and project not in listed]
    return [replace(parts[0], project=project, this=None, note=None) for project in of]
