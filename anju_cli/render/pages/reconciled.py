"""Lists held against each other: what is missing where, and which values differ, side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING

from anju_cli.i18n import _
from anju_cli.render.page import Cell, Column, Page, Table, figure, figures, text
from anju_cli.render.wording import labels
from anju_cli.render.wording import project_words as words

if TYPE_CHECKING:
    from anju_cli.lists import ListSource, Mismatch, Reconciled

_TONES = {"missing": "bad", "differs": "bad", "duplicate": "warn", "no_key": "warn", "blank": "faint"}


def reconciled_page(answer: Reconciled) -> Page:
    """The lists, what was compared, and every difference."""
    names = [_name(source) for source in answer.sources]
    lines = [
        _("By {key}: {keys} in all, {agreeing} the same in every list, {n} differences").format(
            key=answer.key, keys=answer.keys, agreeing=answer.agreeing, n=len(answer.differences)
        ),
        _("Compared: {fields}").format(fields=labels.listed(answer.fields) or "—"),
    ]
    lists = Table(
        _("Lists"),
        [*figures(_("No.")), Column(_("List")), Column(_("File")), *figures(_("Rows")), Column("SHA-256")],
        [
            [figure(each.number), text(_name(each)), text(each.file), figure(each.rows), text(each.sha256[:16])]
            for each in answer.sources
        ],
    )
    head = [Column(answer.key), Column(_("Project")), Column(_("What")), Column(_("Field")), *map(Column, names)]
    rows = [_row(each, len(names)) for each in answer.differences]
    return Page("", lines, [lists, Table(_("Differences"), head, rows, _("No difference."))])


def _name(source: ListSource) -> str:
    """A list's name; the register, which is no file, has no digest."""
    return source.name if source.sha256 else _("the register")


def _row(row: Mismatch, lists: int) -> list[Cell]:
    tone = _TONES[row.kind]
    values: list[str | None] = [row.first, row.second, row.third, row.fourth][:lists]
    if row.field is None:
        values = [_("row {numbers}").format(numbers=labels.listed(each.split())) if each else None for each in values]
    absent = Cell(_("not there"), "bad") if row.kind == "missing" else text(None)
    return [
        text(row.key),
        text(row.name),
        text(words.mismatch(row.kind), tone),
        text(row.field),
        *(absent if value is None else text(value) for value in values),
    ]
