"""Columns of what only some plans say of an item: who is in charge of it (责任领导), and what it weighs."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Protocol, TypeVar

from anju_cli.i18n import _, named
from anju_cli.render import columns
from anju_cli.render.columns import ColumnOf


class Charged(Protocol):
    """A row on an item, with what the plan says of it."""

    @property
    def leader(self) -> str:
        """Who is in charge, by office; empty where the plan names nobody."""

    @property
    def leader_en(self) -> str:
        """The same in English, where the plan has it."""

    @property
    def weight(self) -> Decimal | None:
        """What it weighs; null where the plan does not say it."""


SomeRow = TypeVar("SomeRow", bound=Charged)


def named_by_plan(rows: Sequence[SomeRow]) -> list[ColumnOf[SomeRow]]:
    """Who is in charge and what an item weighs, each where the plan says it of any of the rows."""
    leader: ColumnOf[SomeRow] = columns.words(
        "leader", _("In charge"), lambda row: named(row.leader, row.leader_en), paper=18
    )
    weight: ColumnOf[SomeRow] = columns.figure("weight", _("Weight"), paper=11)
    shown = [(leader, any(row.leader for row in rows)), (weight, any(row.weight is not None for row in rows))]
    return [column for column, is_said in shown if is_said]
