"""Importing returns: a file is received, judged, and booked whole or not at all. The receipt is kept in any case."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple

from anju_cli.domain.dating import day_of_return, received, to_come
from anju_cli.domain.plan import RECEIVED, SUMMARY, Body, Plan
from anju_cli.domain.problems import Place, Problem, problem
from anju_cli.errors import AnjuError, Refused, Unclear
from anju_cli.foreign import Sheet, Source, read, source
from anju_cli.i18n import _
from anju_cli.ledger.book import Book
from anju_cli.ledger.drafts import Draft, Filed, Manner
from anju_cli.ledger.entries import locks
from anju_cli.ledger.entries.filing import file
from anju_cli.ledger.returns.matching import NO_WAYS, Decision, Judge, Verdict, Ways
from anju_cli.ledger.returns.on_record import Recorded
from anju_cli.ledger.returns.receipts import ReceiptBook
from anju_cli.ledger.returns.return_parts import Part, RowReader, Rows
from anju_cli.ledger.returns.sender import NamedSender, is_body, reporting_body, whose
from anju_cli.returns import AskedPeriod, ReturnHeading, ReturnTable, identification, is_head, tables
from anju_cli.returns.heading import quarter_if_any

__all__ = ["Imported", "Read", "Ways", "Wish", "import_return", "read_return", "source"]


@dataclass(frozen=True)
class Wish:
    """What the person said about the files, as typed, but for the quarter."""

    unit: str | None = None
    quarter: int | None = None
    received: str | None = None
    encoding: str | None = None
    ways: Ways = NO_WAYS


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


class _Return(NamedTuple):
    """One body's return for a quarter, as it came in a file."""

    file: str
    body: Body
    quarter: int
    parts: list[Part]
    manner: Manner
    received_on: date

    @property
    def whole(self) -> Place:
        """Where there is no cell to name."""
        return Place(self.file)


class _Judged(NamedTuple):
    """What a return says, and what is to become of it."""

    content: str
    """The hash of what it says."""
    already: bool
    """The same content was adopted before."""
    rows: Rows
    verdict: Verdict
    problems: tuple[Problem, ...]

    @property
    def refused(self) -> bool:
        """Whether it is not to be booked."""
        return any(each.kind != "warning" for each in self.problems)


class Read(NamedTuple):
    """A file as it was read, before the turn to write is taken."""

    source: Source
    period: AskedPeriod
    """By which the columns were understood."""
    ours: ReturnHeading = ReturnHeading()
    tables: tuple[ReturnTable, ...] = ()
    sheets: tuple[Sheet, ...] = ()
    fault: AnjuError | None = None
    """Why it could not be read."""

    @property
    def says_nothing(self) -> str | None:
        """Why it is no return at all, and no receipt: a stub, an empty file, one without a table; else null."""
        if self.source.says_nothing is not None or self.fault is not None:
            return self.source.says_nothing
        return None if self.tables else _("no table was found")


def read_return(source: Source, wish: Wish, plan: Plan, tick: Callable[[str], None]) -> Read:
    """Read one file and find its tables; nothing of the ledger but the plan is needed for it.

    Raises Unclear for an unknown encoding.
    """
    tick(_("reading {file}").format(file=source.name))
    period = AskedPeriod(plan.quarters, wish.quarter)
    try:
        sheets = tuple(read(source, wish.encoding, is_head=is_head))
    except Unclear:
        raise
    except AnjuError as fault:
        return Read(source, period, fault=fault)
    return _understood(Read(source, period, identification(sheets), sheets=sheets), plan)


def _understood(file: Read, plan: Plan) -> Read:
    """What the sheets of a file hold, by a plan."""
    period = file.period._replace(quarters=plan.quarters)
    period = period._replace(quarter=period.quarter or quarter_if_any(file.ours.quarter, plan.quarters))
    found = tables(file.source.name, list(file.sheets), period, lambda text: is_body(plan, text))
    return file._replace(period=period, tables=tuple(found))


def import_return(book: Book, file: Read, wish: Wish, manner: Manner, tick: Callable[[str], None]) -> list[Imported]:
    """Receive one file: one return, or, where sheets or a column name several bodies, one of each.

    Raises Unclear where a word typed cannot be read; what is wrong with the file is in the answer.
    """
    source = file.source
    manner = replace(manner, source=source.name, source_sha256=source.sha256)
    problems: list[Problem] = []
    if (nothing := file.says_nothing) is not None:
        return [_passed_over(book, file, wish, nothing)]
    if file.fault is not None:
        return [_unread(book, source, wish, manner, file.fault)]
    if file.period.quarters != book.plan.quarters:
        file = _understood(file, book.plan)
    of = whose(book, source.name, NamedSender(wish.unit, wish.quarter), file.ours, list(file.tables), problems)
    if file.ours.plan is not None and file.ours.plan != book.plan.id:
        problems.append(
            problem(Place(source.name), _("the file was made for another plan"), file.ours.plan, book.plan.id)
        )
    if of.quarter is None or not of.bodies:
        return [_of_nobody(book, source, wish, problems)]
    day = _received(book, wish, of.quarter)
    tick(_("checking {file}").format(file=source.name))
    returns = [
        _Return(source.name, book.plan.body_by_id[body], of.quarter, parts, replace(manner, received_on=day), day)
        for body, parts in of.bodies.items()
    ]
    outcomes = _booked(book, returns, wish.ways, problems)
    tick(_("recording {file}").format(file=source.name))
    return [_settled(book, *outcome) for outcome in outcomes]


def _passed_over(book: Book, file: Read, wish: Wish, nothing: str) -> Imported:
    """A file that is no return: nothing is kept of it."""
    expected = None
    if file.source.says_nothing is None:
        expected = _("a table with the columns 任务编号 or 工作任务, 本期完成, 本期末累计")
    trouble = problem(Place(file.source.name), nothing, None, expected)
    day = _received(book, wish, None)
    return Imported(file.source.name, None, None, "passed_over", day, None, None, 0, None, (), (), (trouble,))


def _received(book: Book, wish: Wish, quarter: int | None) -> date:
    asked = wish.quarter if quarter is None else quarter
    day = received(book.plan, wish.received, on=None, quarter=asked, today=book.today)
    said = to_come(_("the day of receipt"), day, book.today)
    book.warnings += [warning for warning in said if warning not in book.warnings]  # once, however many files
    return day


def _booked(
    book: Book, returns: Sequence[_Return], ways: Ways, of_file: Sequence[Problem]
) -> list[tuple[_Return, _Judged, Filed | None, bool]]:
    """Judge and book the returns of one file, and say whether the file is sound; if it is not, nothing of it is booked.

    Each is judged with those before it booked: two bodies may report on one project, or one milestone.
    """
    notes, warnings = len(book.notes), len(book.warnings)
    outcomes = []
    with book.session.begin_nested() as whole:
        for each in returns:
            judged = _judge(book, each, ways, of_file)
            filed = None
            if judged.verdict.drafts and not judged.refused:
                reference = ReceiptBook(book, each.body.id, each.quarter).reference(judged.content)
                filed = file(book, judged.verdict.drafts, replace(each.manner, reference=reference))
            outcomes.append((each, judged, filed))
        sound = not any(judged.refused for _each, judged, _filed in outcomes)
        if not sound:
            whole.rollback()
            del book.notes[notes:], book.warnings[warnings:]
    return [(each, judged, filed if sound else None, sound) for each, judged, filed in outcomes]


def _judge(book: Book, each: _Return, ways: Ways, of_file: Sequence[Problem]) -> _Judged:
    """Read a return's rows and match them with the ledger; nothing is written."""
    recorded = Recorded(book, each.body.id, each.quarter)
    reader = RowReader(book, each.file, each.body, recorded, each.received_on, additional=ways.additional)
    rows = reader.rows(each.parts)
    content = rows.content()
    try:
        on = day_of_return(book.plan.quarters, each.quarter, each.received_on, book.today)
    except AnjuError as fault:
        trouble = problem(each.whole, fault.what, fault.got, fault.hint)
        return _Judged(content, False, rows, Verdict(), (*of_file, trouble))
    already = ReceiptBook(book, each.body.id, each.quarter).adopted(content)
    if ways == NO_WAYS and (locked := _locked(book, each, on, rows)):
        return _Judged(content, already, rows, Verdict(), (*of_file, *rows.all_problems(), locked))
    if already:
        return _Judged(content, True, rows, Verdict(), tuple(of_file))
    problems = list(of_file)
    if all(row.blank and not row.problems for row in rows.items) and not rows.projects and not rows.problems:
        problems.append(problem(each.whole, _("nothing is reported in it"), None, _("0 or 无")))
    verdict = Judge(book, recorded, ways, on, each.received_on).judge(rows.items, rows.projects)
    judged = _Judged(content, False, rows, verdict, (*problems, *rows.all_problems()))
    if judged.refused:
        return judged
    try:
        if verdict.drafts:
            locks.check(book, verdict.drafts)
    except Refused as fault:
        return judged._replace(problems=(*judged.problems, _of_lock(each, fault)))
    return judged


def _locked(book: Book, each: _Return, on: date, rows: Rows) -> Problem | None:
    """What the lock of its quarter says to a return, before anything else is said of it; null where it says nothing.

    Words alone, and levels that stand, are taken after the lock too, and so is what is to be carried or restated.
    """
    figures = (row for row in rows.every() if row.item.kind != "milestone")
    figure = next((row for row in figures if row.this is not None or row.total is not None), None)
    if figure is None or book.way.carry or book.way.restate:
        return None
    try:
        locks.check(book, [Draft(figure.item.id, each.body.id, on, each.received_on, figure.this or 0)])
    except Refused as fault:
        return _of_lock(each, fault)
    return None


def _of_lock(each: _Return, fault: Refused) -> Problem:
    """It waits for a decision, and the unit has nothing to put right."""
    return problem(each.whole, fault.what, fault.got, fault.hint, kind="conflict")


def _settled(book: Book, each: _Return, judged: _Judged, filed: Filed | None, sound: bool) -> Imported:
    """Keep the receipt, and say what became of the return."""
    desk = ReceiptBook(book, each.body.id, each.quarter)
    if judged.already and not judged.refused:
        state, filed = "already", desk.filing_of(judged.content)
    else:
        count = sum(trouble.kind == "problem" for trouble in judged.problems)
        state = "adopted" if sound else "returned" if count else "received"
        if not judged.already:
            desk.receive(each.manner, state, count, judged.content, filed)
    receipts = desk.receipts()
    return Imported(
        file=each.file,
        unit=each.body.id,
        quarter=each.quarter,
        state=state,
        received_on=each.received_on,
        first_received=min((receipt.received_on for receipt in receipts), default=None),
        deadline=book.review(each.quarter).return_deadline,
        times_returned=sum(receipt.state == "returned" for receipt in receipts),
        filed=filed,
        decisions=judged.verdict.decisions,
        blank=tuple(_blank(book, each.body, judged.rows)),
        problems=judged.problems,
    )


def _blank(book: Book, body: Body, rows: Rows) -> list[str]:
    """The owed tasks of a body's rows that say nothing."""
    told = {*rows.projects, *(row.item.id for row in rows.items if not row.blank)}
    told |= {item.removesuffix(RECEIVED) for item in told}  # the two rows of a case duty are owed as one
    blank = (row.item for row in rows.items if row.blank and not row.project and not row.item.companion_of)
    owed = (item for item in blank if item.id not in told)
    return [item.id for item in owed if item.id == SUMMARY or body.id in book.plan.answering(item)]


def _unread(book: Book, source: Source, wish: Wish, manner: Manner, fault: AnjuError) -> Imported:
    """A file that cannot be read is received all the same, where it is said whose it is."""
    trouble = problem(Place(source.name), fault.what, fault.got, fault.hint)
    if wish.unit is None or wish.quarter is None:
        return _of_nobody(book, source, wish, [trouble])
    body, quarter = reporting_body(book, wish.unit), wish.quarter
    day = _received(book, wish, quarter)
    each = _Return(source.name, body, quarter, [], replace(manner, received_on=day), day)
    return _settled(book, each, _Judged(source.sha256, False, Rows([], {}, []), Verdict(), (trouble,)), None, False)


def _of_nobody(book: Book, source: Source, wish: Wish, problems: list[Problem]) -> Imported:
    what = _("the file does not say whose return it is, or for which quarter")
    trouble = problem(Place(source.name), what, None, "--unit BODY --quarter Q")
    day = _received(book, wish, None)
    return Imported(source.name, None, None, "unknown", day, None, None, 0, None, (), (), (*problems, trouble))
