"""Returns as they are read, before the turn to write: whose each is, for which quarter, and what its rows say."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from anju_cli.domain.dating import day_of_return, received, to_come
from anju_cli.domain.items import RECEIVED, SUMMARY
from anju_cli.domain.plan import Body, Plan
from anju_cli.domain.problems import Place, Problem, problem
from anju_cli.errors import AnjuError, Unclear
from anju_cli.foreign import Source, read
from anju_cli.i18n import _
from anju_cli.ledger.basis import Basis
from anju_cli.ledger.returns.matching import NO_WAYS, Ways
from anju_cli.ledger.returns.return_parts import Part, RowReader, Rows
from anju_cli.ledger.returns.sender import NamedSender, is_body, reporting_body, whose
from anju_cli.returns import AskedPeriod, ReturnHeading, ReturnTable, identification, is_head, tables
from anju_cli.returns.heading import quarter_if_any


@dataclass(frozen=True)
class Wish:
    """What the person said about the files, as typed, but for the quarter."""

    unit: str | None = None
    quarter: int | None = None
    received: str | None = None
    encoding: str | None = None
    ways: Ways = NO_WAYS


class ReadReturn(NamedTuple):
    """One body's return for a quarter, as it came in a file."""

    file: str
    body: Body
    quarter: int
    received_on: date
    rows: Rows
    content: str
    """The hash of what it says."""
    on: date | None
    """The day of what it reports; null where the quarter had not begun."""
    blank: tuple[str, ...]
    """The tasks it owes and left blank: unreported."""
    problems: tuple[Problem, ...]
    """Of the return as a whole."""

    @property
    def whole(self) -> Place:
        """Where there is no cell to name."""
        return Place(self.file)


class ReadFile(NamedTuple):
    """A file as it was read: the returns in it, or why there is none."""

    name: str
    sha256: str
    received_on: date
    problems: tuple[Problem, ...] = ()
    """Of the file as a whole."""
    returns: tuple[ReadReturn, ...] = ()
    state: str = "unknown"
    """Where it has no return: unknown (whose it is) | passed_over (a stub, an empty file, one without a table)."""


class ReadFiles(NamedTuple):
    """All files of one call, and what is to be done with them."""

    files: tuple[ReadFile, ...]
    ways: Ways
    warnings: tuple[str, ...]


def read_returns(basis: Basis, sources: Sequence[Source], wish: Wish, tick: Callable[[str], None]) -> ReadFiles:
    """What files say, by what the ledger was when their turn had not come.

    Raises Unclear for an unknown encoding.
    """
    files = tuple(_read(basis, file, wish, tick) for file in sources)
    said = (to_come(_("the day of receipt"), file.received_on, basis.today) for file in files)
    return ReadFiles(files, wish.ways, tuple(dict.fromkeys(warning for warnings in said for warning in warnings)))


def _read(basis: Basis, file: Source, wish: Wish, tick: Callable[[str], None]) -> ReadFile:
    """One file: one return, or, where sheets or a column name several bodies, one of each."""
    plan = basis.plan
    found = ReadFile(file.name, file.sha256, _received(basis, wish, None))
    tick(_("reading {file}").format(file=file.name))
    if (nothing := file.says_nothing) is not None:
        return found._replace(state="passed_over", problems=(problem(Place(file.name), nothing),))
    try:
        heading, table_list = _tables(plan, file, wish)
    except Unclear:
        raise
    except AnjuError as fault:
        return _unread(basis, found, wish, fault)
    if not table_list:
        wanted = _("a table with the columns 任务编号 or 工作任务, 本期完成, 本期末累计")
        nothing_found = problem(Place(file.name), _("no table was found"), None, wanted)
        return found._replace(state="passed_over", problems=(nothing_found,))
    tick(_("checking {file}").format(file=file.name))
    problems: list[Problem] = []
    of = whose(plan, file.name, NamedSender(wish.unit, wish.quarter), heading, table_list, problems)
    if heading.plan is not None and heading.plan != plan.id:
        problems.append(problem(Place(file.name), _("the file was made for another plan"), heading.plan, plan.id))
    if of.quarter is None or not of.bodies:
        return found._replace(problems=(*problems, _of_nobody(file.name)))
    found = found._replace(received_on=_received(basis, wish, of.quarter), problems=tuple(problems))
    returns = [_return(basis, found, body, of.quarter, parts) for body, parts in of.bodies.items()]
    return found._replace(returns=tuple(returns))


def _tables(plan: Plan, file: Source, wish: Wish) -> tuple[ReturnHeading, list[ReturnTable]]:
    """What a file says of itself, and its tables; its sheets are dropped."""
    sheets = read(file, wish.encoding, is_head=is_head)
    heading = identification(sheets)
    quarter = wish.quarter or quarter_if_any(heading.quarter, plan.quarters)
    period = AskedPeriod(plan.quarters, quarter)
    return heading, tables(file.name, sheets, period, lambda text: is_body(plan, text))


def _return(basis: Basis, file: ReadFile, body: str, quarter: int, parts: list[Part]) -> ReadReturn:
    """What one body's lines say."""
    plan, of = basis.plan, basis.plan.body_by_id[body]
    rows = RowReader(basis, file.name, of, quarter, file.received_on).rows(parts)
    problems, on = [], None
    try:
        on = day_of_return(plan.quarters, quarter, file.received_on, basis.today)
    except AnjuError as fault:
        problems.append(problem(Place(file.name), fault.what, fault.got, fault.hint))
    faulty = any(found.kind != "warning" for found in rows.all_problems())
    if not faulty and not rows.projects and all(row.blank for row in rows.items):
        problems.append(problem(Place(file.name), _("nothing is reported in it"), None, _("0 or 无")))
    blank = tuple(_blank(plan, of, rows))
    return ReadReturn(
        file.name, of, quarter, file.received_on, rows, rows.content(), on, blank, tuple(problems)
    )  # fmt: skip


def _received(basis: Basis, wish: Wish, quarter: int | None) -> date:
    asked = wish.quarter if quarter is None else quarter
    return received(basis.plan, wish.received, on=None, quarter=asked, today=basis.today)


def _blank(plan: Plan, body: Body, rows: Rows) -> list[str]:
    """The owed tasks of a body's rows that say nothing; what cannot be read was said all the same."""
    told = {*rows.projects, *(row.item.id for row in rows.items if not row.blank or row.faulty)}
    told |= {item.removesuffix(RECEIVED) for item in told}  # the two rows of a case duty are owed as one
    blank = (row.item for row in rows.items if row.blank and not row.project and not row.item.companion_of)
    owed = (item for item in blank if item.id not in told)
    return [item.id for item in owed if item.id == SUMMARY or body.id in plan.answering(item)]


def _unread(basis: Basis, file: ReadFile, wish: Wish, fault: AnjuError) -> ReadFile:
    """A file that cannot be read is received all the same, where it is said whose it is."""
    trouble = problem(Place(file.name), fault.what, fault.got, fault.hint)
    if wish.unit is None or wish.quarter is None:
        return file._replace(problems=(trouble, _of_nobody(file.name)))
    body = reporting_body(basis.plan, wish.unit)
    empty = ReadReturn(
        file.name, body, wish.quarter, file.received_on, Rows([], {}, []), file.sha256, None, (), (trouble,)
    )
    return file._replace(returns=(empty,))


def _of_nobody(file: str) -> Problem:
    what = _("the file does not say whose return it is, or for which quarter")
    return problem(Place(file), what, None, "--unit BODY --quarter Q")
