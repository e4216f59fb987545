"""What a write does to figures already stated: later totals that would move, levels that would leave their bounds."""

from collections.abc import Sequence

from anju_cli.domain.history import Chain, History
from anju_cli.domain.items import FULL, Item
from anju_cli.domain.rates import measured
from anju_cli.errors import Refused
from anju_cli.i18n import _
from anju_cli.ledger.book import Book
from anju_cli.ledger.drafts import Draft, Later


class Moved(Refused):
    """A write moves totals stated for later dates, and nobody has said what becomes of them."""


def settled(book: Book, item: Item, history: History, drafts: Sequence[Draft]) -> list[Draft]:
    """The drafts, with the corrections that keep later totals true; refused where a rule forbids the outcome.

    Levels are always kept: 60 in February does not make of March's 100 a 160.
    """
    all_drafts = list(drafts)
    after = history.plus(*book.as_moves(all_drafts))
    moved = history.moved_by(after)
    if moved and book.later is Later.ASK and not item.is_level:
        raise Moved(
            _("this moves totals stated for later dates: {totals}").format(totals=_listed(item, moved)),
            hint=_("--keep-later keeps them true, --shift-later lets them move"),
        )
    if book.later is not Later.SHIFT or item.is_level:
        while moved:
            all_drafts.append(_opposite(item, *moved[0]))
            after = history.plus(*book.as_moves(all_drafts))
            moved = history.moved_by(after)
    else:
        book.warnings.extend(_("no longer holds: {total}").format(total=_listed(item, [each])) for each in moved)
    _check_bounds(item, after, {draft.project for draft in drafts})
    if any(draft.project for draft in all_drafts):
        from anju_cli.ledger.projects.register import check_counted  # most entries name no project

        check_counted(book, item, all_drafts)
    return all_drafts


def _opposite(item: Item, chain: Chain, difference: int) -> Draft:
    """The correction of a later stated entry that keeps its total true."""
    first = chain.report
    return Draft(
        item=item.id,
        unit=first.unit,
        on=first.on,
        received_on=first.received_on,
        quantity=-difference,
        stated_total=chain.stated,
        project=first.project,
        reports=0,
        corrects=chain.last.id,
        root=first.id,
        reason=_("kept: the total stated for this date stays true"),
    )


def _check_bounds(item: Item, after: History, projects: set[str | None]) -> None:
    """A cumulative never falls below 0, of the whole or of a project; a milestone's level never exceeds 100.

    Only a level that the plan says is signed may be below 0.
    """
    for project in {None, *projects}:
        lowest, highest = after.extremes(project)
        if lowest < 0 and not item.signed:
            below = _("the cumulative of {item} would fall below 0").format(item=item.id)
            raise Refused(below, got=measured(lowest, item.decimals))
        if item.kind == "milestone" and highest > FULL:
            raise Refused(_("the level of {item} would exceed 100 %").format(item=item.id), got=highest)


def _listed(item: Item, moved: Sequence[tuple[Chain, int]]) -> str:
    return ", ".join(
        f"#{chain.last.id} {chain.report.on} {measured(chain.stated, item.decimals)} ({measured(by, item.decimals):+})"
        for chain, by in moved
    )
