"""Reports and reductions: what begins a chain."""

from dataclasses import dataclass, replace
from datetime import date

from anju_cli.domain.dating import happened, received, to_come
from anju_cli.domain.grammar import clean, parse_quantity, words
from anju_cli.domain.history import History
from anju_cli.domain.items import FULL, SUMMARY, Item
from anju_cli.domain.milestones import overdue_on, undated
from anju_cli.domain.names import find_body, find_item
from anju_cli.domain.once import standing_once
from anju_cli.domain.plan import Body, Plan
from anju_cli.domain.rates import measured
from anju_cli.errors import Refused, Unclear
from anju_cli.i18n import _
from anju_cli.ledger.book import Book
from anju_cli.ledger.drafts import Draft, Filed, Manner
from anju_cli.ledger.entries import locks
from anju_cli.ledger.entries.filing import file, filed_before
from anju_cli.ledger.entries.locks import placed
from anju_cli.ledger.entries.stated_totals import settled
from anju_cli.store import entry_queries, figure_queries, whole_rows
from anju_cli.store.tables import Entry


@dataclass(frozen=True)
class Report:
    """What a person said is to be recorded, as typed, but for the quarter."""

    item: str
    unit: str
    quantity: str | None = None
    total: str | None = None
    done: bool = False
    quarter: int | None = None
    on: str | None = None
    received: str | None = None
    project: str | None = None
    note: str | None = None
    evidence: str | None = None
    reason: str | None = None
    outside_year: bool = False
    additional: bool = False
    """It adds to a figure that stands for the same quarter."""


@dataclass(frozen=True)
class Reduction:
    """What a person said is to be taken off (核减), as typed, but for the quarter."""

    item: str
    unit: str
    quantity: str
    reason: str
    quarter: int | None = None
    on: str | None = None
    received: str | None = None
    project: str | None = None
    note: str | None = None
    evidence: str | None = None
    outside_year: bool = False


def add(book: Book, report: Report, manner: Manner) -> Filed:
    """Record one report; the same reference with the same content is answered with what was recorded then.

    Raises Unclear where a word cannot be read, Refused where a rule forbids the entry.
    """
    item, unit = find_item(book.plan, report.item), find_body(book.plan, report.unit)
    check_may_report(book.plan, item, unit)
    amount, is_total = _amount(item, report)
    draft = _draft(book, report, item, unit)
    wanted = replace(draft, quantity=None if is_total else amount, stated_total=amount if is_total else None)
    placed_draft = _unlocked(book, wanted, item)
    if manner.reference and (known := _same_reference(book, wanted, manner.reference, report.quarter)):
        return known
    if report.quarter is not None and amount is not None and not is_total and not report.additional:
        check_once(book, item, wanted)
    wanted = placed_draft
    history = book.history(item, unit.id)
    if is_total and amount is not None:
        wanted = replace(wanted, quantity=_increment(item, history, wanted, amount))
    if report.quarter is not None and amount == FULL and wanted.quantity and overdue_on(item, draft.on):
        book.warnings.append(undated(item, draft.on) + _("; --on DATE says it"))
    drafts = settled(book, item, history, [wanted])
    return file(book, drafts, replace(manner, received_on=draft.received_on))


def reduce(book: Book, reduction: Reduction, manner: Manner) -> Filed:
    """Book a decrease in the present (核减): the city did not accept, a family left; never below a cumulative of 0.

    Raises Refused where nothing can be taken off, or more than stands.
    """
    item, unit = find_item(book.plan, reduction.item), find_body(book.plan, reduction.unit)
    check_may_report(book.plan, item, unit)
    if item.is_level or not takes_quantities(item):
        raise Refused(_("only a counted quantity can be reduced"), got=item.id)
    amount = parse_quantity(reduction.quantity, item.decimals)
    if not amount:
        raise Refused(_("a reduction of 0 changes nothing"), got=reduction.quantity)
    words(reduction.reason, "--reason")
    draft = replace(_draft(book, reduction, item, unit), quantity=-amount)
    placed_draft = _unlocked(book, draft, item)
    if manner.reference and (known := _same_reference(book, draft, manner.reference, reduction.quarter)):
        return known
    draft = placed_draft
    history = book.history(item, unit.id)
    standing = history.cumulative(draft.on, draft.project)
    if amount > standing:
        raise Refused(
            _("the cumulative is {standing}, less than what is to be taken off").format(
                standing=measured(standing, item.decimals)
            ),
            got=reduction.quantity,
        )
    drafts = settled(book, item, history, [draft])
    return file(book, drafts, replace(manner, received_on=draft.received_on))


def _unlocked(book: Book, draft: Draft, item: Item) -> Draft:
    """A draft where it is to be booked; refused, before anything else is said of it, where its quarter is locked."""
    there = placed(book, draft, item)
    locks.check(book, [there])
    return there


def check_once(book: Book, item: Item, draft: Draft) -> None:
    """Refuse a figure of a quarter for which one of the same body, item and project stands."""
    quarter = book.plan.quarters.of(draft.carried_from or draft.on)
    standing = figure_queries.standing_figures(
        book.connection, book.plan.id, draft.item, draft.unit, quarter, draft.project
    )  # fmt: skip
    standing_once(item, standing, quarter)


def takes_quantities(item: Item) -> bool:
    """Whether an item has figures of its own: standing duties take words alone."""
    return item.kind != "duty" or bool(item.measure)


def check_may_report(plan: Plan, item: Item, unit: Body) -> None:
    """Refuse an entry on an item that has none of its own, or by a body that may not file on it, naming who may."""
    if item.through:
        through = _("{item} is counted through {target}").format(item=item.id, target=item.through)
        hint = f"anju progress add {item.through} --unit {unit.id}"
        raise Refused(through, hint=hint)
    if item.derived:
        raise Refused(
            _("{item} is computed from {of} and {to}").format(item=item.id, of=item.ratio_of, to=item.ratio_to)
        )
    if children := plan.children.get(item.id):
        hint = _("report on {children}").format(children=", ".join(child.id for child in children))
        raise Refused(_("{item} is the sum of its parts").format(item=item.id), hint=hint)
    collective = plan.unit_by_id.get(unit.id)
    if collective and collective.members:
        members = ", ".join(f"{member.id} ({member.name})" for member in collective.members)
        raise Refused(_("a collective unit does not report; its members do"), got=unit.id, hint=members)
    allowed = plan.may_report(item)
    if unit.id not in allowed:
        hint = _("these may: {bodies}").format(bodies=", ".join(allowed))
        raise Refused(_("{unit} may not report on {item}").format(unit=unit.id, item=item.id), hint=hint)


def _amount(item: Item, report: Report) -> tuple[int | None, bool]:
    """The figure that was stated, in smallest units, and whether it is a total; null for words alone."""
    given = [each for each in (report.quantity, report.total, "--done" if report.done else None) if each is not None]
    if len(given) > 1:
        raise Unclear(_("a quantity, --total and --done exclude each other"), got=" ".join(given))
    if not given:
        if not report.note:
            raise Unclear(_("nothing is reported"), hint=_("give a QUANTITY, --total N, --done, or words with --note"))
        return None, False
    if item.id == SUMMARY or not takes_quantities(item):
        raise Refused(_("{item} takes words, not a quantity").format(item=item.id), hint='--note "…"')
    if item.kind == "milestone":
        level = FULL if report.done else parse_quantity(report.quantity or report.total or "")
        if level > FULL:
            raise Refused(_("a milestone's level is at most 100 %"), got=level)
        return level, True
    if report.done:
        raise Refused(_("--done is for milestones; state a quantity"), got=item.id)
    if item.level and report.project is not None:
        raise Refused(_("a level is of the whole, not of a project"), got=report.project)
    amount = parse_quantity(report.total or report.quantity or "", item.decimals, signed=item.signed)
    return amount, item.level or report.total is not None


def _draft(book: Book, said: Report | Reduction, item: Item, unit: Body) -> Draft:
    received_on = received(book.plan, said.received, on=said.on, quarter=said.quarter, today=book.today)
    on = happened(
        book.plan,
        deadline=lambda quarter: book.review(quarter).return_deadline,
        quarter=said.quarter,
        on=said.on,
        received_on=received_on,
        today=book.today,
        outside_year=said.outside_year,
    )
    if said.received is not None and received_on < on:
        raise Refused(_("the return cannot have come before {on}, which it reports on").format(on=on), got=received_on)
    book.warnings += to_come(_("the day of receipt"), received_on, book.today)
    return Draft(
        item=item.id,
        unit=unit.id,
        on=on,
        received_on=received_on,
        quantity=None,
        project=_project(book, text(said.project, "--project")),
        reason=text(said.reason, "--reason"),
        note=text(said.note, "--note"),
        evidence=text(said.evidence, "--evidence"),
    )


def _project(book: Book, text: str | None) -> str | None:
    """The code of the project that was named; most entries name none."""
    if text is None:
        return None
    from anju_cli.ledger.projects.register import project_of

    return project_of(book, text)


def text(value: str | None, what: str) -> str | None:
    """A text as it may be kept, null where it is empty."""
    return (clean(value, what) or None) if value is not None else None


def _increment(item: Item, history: History, draft: Draft, total: int) -> int:
    """What a stated total adds to what stands up to and including its date."""
    standing = history.cumulative(draft.on, draft.project)
    if total < standing and not draft.reason and not item.level:
        lower = (
            _("this level is lower than the one that stands")
            if item.kind == "milestone"
            else _("this total is below the sum")
        )
        got = f"{measured(total, item.decimals)} < {measured(standing, item.decimals)}"
        raise Refused(lower, got=got, hint=_("say why with --reason"))
    return total - standing


def _same_reference(book: Book, wanted: Draft, reference: str, quarter: int | None) -> Filed | None:
    """What was filed under this reference, if it is the same; refused if it is something else.

    A figure of a quarter that still ran was dated on its receipt: said again when that is over, it is the same.
    """
    filing = whole_rows.filing_under(book.session, book.plan.id, reference)
    if filing is None:
        return None
    entries = whole_rows.entries_of(book.session, filing.id or 0)
    _check_stands(book, entries[0], reference)
    first = entries[0]
    if quarter is not None:
        received_then = min(book.plan.quarters.end(quarter), date.fromisoformat(first.received_on))
        wanted = replace(wanted, on=received_then) if received_then == _day_of(book, first) else wanted
    recorded, offered = _content(book, first), _wanted(wanted)
    if recorded != offered:
        raise Refused(
            _("this reference was used for something else"),
            got=reference,
            hint=_("recorded: {recorded}; now: {offered}").format(recorded=_shown(recorded), offered=_shown(offered)),
        )
    return filed_before(book, filing)


def _check_stands(book: Book, entry: Entry, reference: str) -> None:
    """Refuse a reference whose report was voided since: to answer that it is recorded would be untrue."""
    if not entry_queries.chain_stands(book.connection, entry.id or 0):
        voided = _("what was recorded under this reference has been voided")
        raise Refused(voided, got=reference, hint=_("give another --reference to record it again"))


def _content(book: Book, entry: Entry) -> tuple[object, ...]:
    """What makes two reports the same; the clerk, the day of receipt and that of carrying may differ in a retry."""
    figure = (None, entry.stated_total) if entry.stated_total is not None else (entry.quantity, None)
    return (
        entry.item,
        entry.unit,
        entry.project,
        _day_of(book, entry),
        *figure,
        entry.note,
        entry.evidence,
    )


def _day_of(book: Book, entry: Entry) -> date:
    """The day an entry reports on, wherever it was carried."""
    return entry_queries.carried_day(book.connection, entry.id or 0) or date.fromisoformat(entry.happened_on)


def _wanted(draft: Draft) -> tuple[object, ...]:
    figure = (None, draft.stated_total) if draft.stated_total is not None else (draft.quantity, None)
    return draft.item, draft.unit, draft.project, draft.on, *figure, draft.note, draft.evidence


def _shown(content: tuple[object, ...]) -> str:
    return " ".join(str(each) for each in content if each is not None)
