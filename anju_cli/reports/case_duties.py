"""Case duties: how many cases each body has taken in (受理) and closed (办结)."""

from collections.abc import Collection, Iterator

from anju_cli.domain.items import RECEIVED, Item
from anju_cli.domain.plan import Body, Plan
from anju_cli.domain.rates import measured
from anju_cli.domain.tally import Tallies
from anju_cli.reports.answers.heads import Quantity
from anju_cli.reports.answers.rows import CaseDuty


def case_duties(plan: Plan, tallies: Tallies, quarters: Collection[int], bodies: Collection[str]) -> list[CaseDuty]:
    """The case duties of some bodies in some quarters of the year, in plan order: owed, or reported on by now."""
    return [
        _case_duty(plan, tallies, item, plan.body_by_id[body], quarters)
        for item in plan.items
        if item.id in plan.companions
        for body in plan.body_by_id
        if body in bodies and (body in plan.answering(item) or _is_reported(tallies, item, body))
    ]


def _is_reported(tallies: Tallies, item: Item, body: str) -> bool:
    return any(body in tallies.by_item.get(id, {}) for id in (item.id, item.id + RECEIVED))


def _case_duty(plan: Plan, tallies: Tallies, item: Item, body: Body, quarters: Collection[int]) -> CaseDuty:
    so_far = range(max(quarters) + 1)

    def counted() -> Iterator[Quantity]:
        for span in (quarters, so_far):
            for id in (item.id + RECEIVED, item.id):
                yield measured(tallies.total(id, bodies=[body.id], quarters=span).quantity, item.decimals)

    received, closed, received_so_far, closed_so_far = counted()
    return CaseDuty(
        id=item.id,
        name=item.name,
        name_en=item.name_en,
        unit=body.unit or body.id,
        member=body.member,
        unit_name=body.name,
        unit_name_en=body.name_en,
        measure=item.measure,
        received=received,
        quantity=closed,
        received_cumulative=received_so_far,
        cumulative=closed_so_far,
    )
