"""A figure stands once: what a body has reported on an item for a quarter is not reported for it again.

A return that is phoned and then sent, or entered by two desks, would count twice.
"""

from collections.abc import Sequence
from typing import NamedTuple

from anju_cli.domain.items import Item
from anju_cli.domain.quarters import quarter_code
from anju_cli.domain.rates import measured
from anju_cli.errors import Refused
from anju_cli.i18n import _


class StandingFigure(NamedTuple):
    """A figure that was reported and not voided."""

    entry: int
    """The last entry of its chain."""
    quantity: int
    """In smallest units, corrections counted; 0 is a figure too."""
    item: str
    project: str | None
    taken_off: bool = False
    """It is a decrease (核减), which stands in no figure's way, nor any figure in its."""


def standing_once(item: Item, standing: Sequence[StandingFigure], quarter: int) -> None:
    """Refuse a further figure for a quarter where one stands of the same body, item and project: Refused, exit 4.

    Levels change, so they may be reported as often as they do.
    """
    if not standing or item.is_level:
        return
    last = standing[-1]
    hint = _("anju progress correct {n} QUANTITY --reason WHY states another; --additional adds to it")
    already = already_recorded(item.id, quarter, last.entry)
    raise Refused(already, got=measured(last.quantity, item.decimals), hint=hint.format(n=last.entry))


def already_recorded(item: str, quarter: int, entry: int) -> str:
    """What is said where a figure stands, with the number of the entry to be corrected."""
    said = _("{item} is already recorded for {quarter} as entry #{n}")
    return said.format(item=item, quarter=quarter_code(quarter), n=entry)
