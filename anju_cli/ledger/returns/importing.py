"""Importing returns: a file is received, judged, and booked whole or not at all. The receipt is kept in any case.

What is done here is done in the turn to write: what depends on what others may have recorded since the file was read.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple

from anju_cli.domain.plan import Plan
from anju_cli.domain.problems import Problem, problem
from anju_cli.errors import Refused
from anju_cli.foreign import source
from anju_cli.i18n import _
from anju_cli.ledger.book import Book
from anju_cli.ledger.drafts import Draft, Filed, Manner
from anju_cli.ledger.entries import locks
from anju_cli.ledger.entries.filing import file
from anju_cli.ledger.returns.adding_up import added_up
from anju_cli.ledger.returns.matching import NO_WAYS, Decision, Judge, Verdict, Ways
from anju_cli.ledger.returns.on_record import Recorded
from anju_cli.ledger.returns.receipts import ReceiptBook
from anju_cli.ledger.returns.received_files import ReadFile, ReadFiles, ReadReturn, Wish, read_returns

__all__ = ["Imported", "Imports", "ReadFiles", "Ways", "Wish", "import_returns", "read_returns", "source"]


@dataclass(frozen=True)
class Imported:
    """What became of one body's return in one file."""

    file: str
    unit: str | None
    """Null where it could not be known whose return it is; then there is no receipt."""
    quarter: int | None
    state: str
    """adopted | returned | received (waits for a decision of the office) | already | unknown |
    passed_over (no return at all: no receipt is kept)."""
    received_on: date
    first_received: date | None
    deadline: date | None
    times_returned: int
    filed: Filed | None
    decisions: tuple[Decision, ...]
    blank: tuple[str, ...]
    """The tasks it owes and left blank: unreported."""
    problems: tuple[Problem, ...]


class Imports(NamedTuple):
    """What became of all files of one call."""

    plan: Plan
    returns: tuple[Imported, ...]

    @property
    def problems(self) -> list[Problem]:
        """All that was found, each once."""
        return list(dict.fromkeys(found for returned in self.returns for found in returned.problems))


class _Judged(NamedTuple):
    """What is to become of a return."""

    of: ReadReturn
    already: bool
    """The same content was adopted before."""
    verdict: Verdict
    problems: tuple[Problem, ...]

    @property
    def refused(self) -> bool:
        """Whether it is not to be booked."""
        return any(found.kind != "warning" for found in self.problems)


def import_returns(book: Book, read: ReadFiles, manner: Manner, tick: Callable[[str], None]) -> Imports:
    """Receive files that were read, each booked whole or not at all; what is wrong with them is in the answer.

    Those that are no return at all are told of in a note, unless there is nothing else.
    """
    book.warnings += read.warnings
    every: list[Imported] = []
    for received in read.files:
        tick(_("recording {file}").format(file=received.name))
        every += _import(book, received, read.ways, manner)
    real = [returned for returned in every if returned.state != "passed_over"]
    if real:
        passed = (returned for returned in every if returned.state == "passed_over")
        said = _("passed over: {problem}")
        book.notes += [said.format(problem=found) for returned in passed for found in returned.problems]
    return Imports(book.plan, tuple(real or every))


def _import(book: Book, received: ReadFile, ways: Ways, manner: Manner) -> list[Imported]:
    if not received.returns:
        problems = received.problems
        day = received.received_on
        return [Imported(received.name, None, None, received.state, day, None, None, 0, None, (), (), problems)]
    manner = replace(
        manner, source=received.name, source_sha256=received.sha256, received_on=received.received_on
    )  # fmt: skip
    outcomes = _booked(book, received, ways, manner)
    return [_settled(book, manner, *outcome) for outcome in outcomes]


def _booked(book: Book, received: ReadFile, ways: Ways, manner: Manner) -> list[tuple[_Judged, Filed | None, bool]]:
    """Judge and book the returns of one file, and say whether the file is sound; if it is not, nothing of it is booked.

    Each is judged with those before it booked: two bodies may report on one project, or one milestone.
    """
    notes, warnings = len(book.notes), len(book.warnings)
    outcomes = []
    with book.session.begin_nested() as whole:
        for one in received.returns:
            # What is wrong with the whole file is told of once.
            of_file = received.problems if one is received.returns[0] else ()
            judged = _judge(book, one, ways, of_file)
            filed = None
            if judged.verdict.drafts and not judged.refused:
                reference = ReceiptBook(book, one.body.id, one.quarter).reference(one.content)
                filed = file(book, judged.verdict.drafts, replace(manner, reference=reference))
            outcomes.append((judged, filed))
        sound = not any(judged.refused for judged, _filed in outcomes)
        if not sound:
            whole.rollback()
            del book.notes[notes:], book.warnings[warnings:]
    return [(judged, filed if sound else None, sound) for judged, filed in outcomes]


def _judge(book: Book, one: ReadReturn, ways: Ways, of_file: Sequence[Problem]) -> _Judged:
    """Match the rows of a return with the ledger; nothing is written. First the lock, then whether it came before."""
    problems = (*of_file, *one.problems)
    if one.on is None:
        return _Judged(one, False, Verdict(), (*problems, *one.rows.all_problems()))
    already = ReceiptBook(book, one.body.id, one.quarter).adopted(one.content)
    if ways == NO_WAYS and (locked := _locked(book, one, one.on)):
        return _Judged(one, already, Verdict(), (*problems, *one.rows.all_problems(), locked))
    if already:
        return _Judged(one, True, Verdict(), tuple(of_file))
    recorded = Recorded(book, one.body.id, one.quarter)
    rows = added_up(one.rows, recorded, ways)
    verdict = Judge(book, recorded, ways, one.on, one.received_on).judge(rows.items, rows.projects)
    judged = _Judged(one, False, verdict, (*problems, *rows.all_problems()))
    if judged.refused:
        return judged
    try:
        if verdict.drafts:
            locks.check(book, verdict.drafts)
    except Refused as fault:
        return judged._replace(problems=(*judged.problems, _of_lock(one, fault)))
    return judged


def _locked(book: Book, one: ReadReturn, on: date) -> Problem | None:
    """What the lock of its quarter says to a return, before anything else is said of it; null where it says nothing.

    Words alone, and levels that stand, are taken after the lock too, and so is what is to be carried or restated.
    """
    figures = (row for row in one.rows.every() if not row.item.is_level)
    figure = next((row for row in figures if row.this is not None or row.total is not None), None)
    if figure is None or book.way.carry or book.way.restate:
        return None
    try:
        locks.check(book, [Draft(figure.item.id, one.body.id, on, one.received_on, figure.this or 0)])
    except Refused as fault:
        return _of_lock(one, fault)
    return None


def _of_lock(one: ReadReturn, fault: Refused) -> Problem:
    """It waits for a decision, and the unit has nothing to put right."""
    found = None if fault.got == one.on else fault.got  # the day it would be booked stands in no cell
    return problem(one.whole, fault.what, found, fault.hint, kind="conflict")


def _settled(book: Book, manner: Manner, judged: _Judged, filed: Filed | None, sound: bool) -> Imported:
    """Keep the receipt, and say what became of the return."""
    one = judged.of
    desk = ReceiptBook(book, one.body.id, one.quarter)
    if judged.already and not judged.refused:
        state, filed = "already", desk.filing_of(one.content)
    else:
        count = sum(found.kind == "problem" for found in judged.problems)
        state = "adopted" if sound else "returned" if count else "received"
        if not judged.already:
            desk.receive(manner, state, count, one.content, filed)
    receipts = desk.receipts()
    return Imported(
        file=one.file,
        unit=one.body.id,
        quarter=one.quarter,
        state=state,
        received_on=one.received_on,
        first_received=min((receipt.received_on for receipt in receipts), default=None),
        deadline=book.review(one.quarter).return_deadline,
        times_returned=sum(receipt.state == "returned" for receipt in receipts),
        filed=filed,
        decisions=judged.verdict.decisions,
        blank=one.blank,
        problems=judged.problems,
    )
