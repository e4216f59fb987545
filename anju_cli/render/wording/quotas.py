"""Parts of a target (其中) that count more than what they are part of: no page or paper shows one without saying so."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from anju_cli.i18n import _, named

if TYPE_CHECKING:
    from anju_cli.reports.answers.rows import Target


def larger_than_whole(rows: Sequence[Target]) -> Iterator[tuple[Target, Target]]:
    """Each part that is larger than its whole, with that whole."""
    wholes = {row.id: row for row in rows if row.unit is None}
    for part in wholes.values():
        whole = wholes.get(part.within or "")
        if (
            whole
            and part.cumulative is not None
            and whole.cumulative is not None
            and part.cumulative > whole.cumulative
        ):
            yield part, whole


def above_whole(rows: Sequence[Target]) -> list[str]:
    """What is said of them: one of the two figures is still to be corrected."""
    said = _("{part}: {n}, more than the {m} of {whole}, which it is part of; one of the two is to be corrected.")
    return [
        said.format(
            part=named(part.name, part.name_en),
            whole=named(whole.name, whole.name_en),
            n=part.cumulative,
            m=whole.cumulative,
        )
        for part, whole in larger_than_whole(rows)
    ]
