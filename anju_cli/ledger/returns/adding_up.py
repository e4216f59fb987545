"""Whether the rows of a return add up (勾稽): each with what is brought forward, a whole with its parts."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from anju_cli.i18n import _
from anju_cli.ledger.returns.matching import Ways
from anju_cli.ledger.returns.on_record import Recorded, RecordedFigure
from anju_cli.ledger.returns.return_parts import Rows
from anju_cli.returns.return_row import ReturnRow


def added_up(rows: Rows, recorded: Recorded, ways: Ways) -> Rows:
    """The rows, each complete with what it left out; what does not add up is noted on them."""
    items = [_added_up(row, recorded, ways) for row in rows.items]
    projects = {item: [_added_up(row, recorded, ways) for row in parts] for item, parts in rows.projects.items()}
    _check_sums(items, projects, rows.listed)
    return rows._replace(items=items, projects=projects)


def _added_up(row: ReturnRow, recorded: Recorded, ways: Ways) -> ReturnRow:
    if row.blank or row.words_alone:
        return row
    before = len(row.problems)
    if not row.item.is_level:
        known = recorded.of(row.item, row.project) if row.project else recorded.whole(row.item)
        row = _checked(row, known, ways)
    if row.rate is not None and len(row.problems) == before:
        row.problems.append(row.rate)
    return row


def _checked(row: ReturnRow, known: RecordedFigure, ways: Ways) -> ReturnRow:
    """上期末 + 其中补报 + 本期 = 本期末: then the ledger has what the unit has, and a return closes.

    What was carried into the quarter is in a total, and neither brought forward nor of the quarter; nor is what stands
    beside the row: all that stands where it comes in addition, else what was taken off.
    """
    base, before = known.opening, len(row.problems)
    if row.opening is not None and row.opening not in (known.opening, known.opening + known.carried):
        what = _("the opening figure differs from the ledger")
        row.wrong("opening", what, row.shown(row.opening), row.shown(known.opening), recorded=True)
        base = row.opening  # or else one error would be reported twice
    standing = None if ways.additional else known.in_the_way(row.this or 0, correct=ways.correct)
    base += known.carried + ((known.quantity or 0) if standing is None else 0)
    undecided = standing is not None and standing.taken_off and not ways.correct  # the office says what becomes of it
    if row.total is not None and row.total < 0:
        row.wrong("total", _("a cumulative is never below 0"), row.shown(row.total))
    elif row.this is None and row.total is not None:
        this = row.total - base
        row = replace(row, this=this)
        if this < 0:
            row.wrong("total", _fallen(), row.shown(row.total), f"≥ {row.shown(base)}")
    elif row.this is not None and row.total is not None and row.total - base != row.this and not undecided:
        row.wrong("total", _unequal(row, known), row.shown(row.total), row.shown(base + row.this))
    if row.this is not None and row.this < 0 and not row.remarks and len(row.problems) == before:
        row.wrong("this", _fallen(), row.shown(row.this), _("a reason in 备注"))
    return row


def _unequal(row: ReturnRow, known: RecordedFigure) -> str:
    if not known.carried:
        return _("brought forward and this quarter do not make the cumulative")
    twice = _("the cumulative leaves out, or this quarter repeats, {n} that were carried in (其中补报)")
    return twice.format(n=row.shown(known.carried))


def _fallen() -> str:
    return _("the cumulative falls: this needs progress reduce or progress correct")


def _check_sums(items: Sequence[ReturnRow], projects: Mapping[str, Sequence[ReturnRow]], listed: bool) -> None:
    """本期完成 of a task is the sum of its projects."""
    for row in items:
        parts = projects.get(row.item.id)
        if parts is None:
            if listed and row.item.counts_homes and row.this:
                row.wrong("this", _("these homes are not listed by project"), row.shown(row.this), kind="warning")
            continue
        total = sum(part.this or 0 for part in parts)
        if row.this != total:
            what = _("this quarter is not the sum of its projects")
            row.wrong("this", what, row.shown(row.this) or "—", row.shown(total))
