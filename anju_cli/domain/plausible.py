"""What a figure looks like that was probably mistyped. It is booked all the same, and warned of."""

from collections.abc import Iterator, Mapping

from anju_cli.domain.items import Item
from anju_cli.domain.rates import measured
from anju_cli.i18n import _

TIMES = 10
"""A figure this many times the body's largest is looked at twice."""
SMALL = 20
"""One part in so many of the goal (5 %): what is not above it is never far off."""


def weighty(item: Item, figure: int) -> bool:
    """Whether a figure is large enough to be held against what was reported before: above 5 % of the goal."""
    return bool(item.goal) and figure * SMALL > (item.goal or 0)


def implausible(item: Item, figure: int, cumulative: int, largest: int | None) -> Iterator[str]:
    """What is unlikely about a figure on an item that then stands at `cumulative`; `largest` is the body's before.

    Quantities in smallest units. Without a goal there is nothing to hold it against.
    """
    if not item.goal or item.is_level:
        return
    said = {
        "item": item.id,
        "figure": measured(figure, item.decimals),
        "goal": measured(item.goal, item.decimals),
        "cumulative": measured(cumulative, item.decimals),
    }
    if figure > item.goal:
        yield _("{figure} is above the goal of the year for {item}: {goal}").format(**said)
    if not weighty(item, figure):
        return
    if cumulative > 2 * item.goal:
        yield _("{item} now stands at {cumulative}, above twice its goal of {goal} (by a figure of {figure})").format(
            **said
        )
    if largest and figure >= TIMES * largest:
        tenfold = _("{figure} on {item} is ten times the largest that this body has reported on it: {largest}")
        yield tenfold.format(largest=measured(largest, item.decimals), **said)


def fallen(item: Item, unit: str, change: int, cumulative: int) -> Iterator[str]:
    """What is said where a body's cumulative on an item has fallen to 0."""
    if cumulative == 0 and change < 0 and not item.is_level:
        was = _("the cumulative of {item} by {unit} falls from {before} to 0")
        yield was.format(item=item.id, unit=unit, before=measured(-change, item.decimals))


def more_closed(duty: Item, unit: str, closed: Mapping[int, int], taken_in: Mapping[int, int]) -> Iterator[str]:
    """What is said where a body has closed (办结) more cases by the end of a quarter than it has taken in (受理).

    Both by quarter; a body that has never said how many it took in is asked nothing.
    """
    for quarter in sorted({*closed, *taken_in}) if taken_in else ():
        done, come = (sum(of[each] for each in of if each <= quarter) for of in (closed, taken_in))
        if done > come:
            more = _("{unit} has closed {closed} cases of {item}, more than the {received} it has taken in")
            figures = {"closed": measured(done, duty.decimals), "received": measured(come, duty.decimals)}
            yield more.format(unit=unit, item=duty.id, **figures)
            return
