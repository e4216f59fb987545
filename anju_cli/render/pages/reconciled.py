"""Lists held against each other: what is missing where, and which values differ, side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING

from anju_cli.i18n import _
from anju_cli.render import columns
from anju_cli.render.columns import ColumnOf
from anju_cli.render.page import Cell, Page
from anju_cli.render.wording import labels
from anju_cli.render.wording import project_words as words

if TYPE_CHECKING:
    from anju_cli.lists import ListSource, Mismatch, Reconciled

VALUES = ("first", "second", "third", "fourth")
"""The fields that hold what each list says."""
_TONES = {"missing": "bad", "differs": "bad", "duplicate": "warn", "no_key": "warn", "blank": "faint"}


def reconciled_page(answer: Reconciled) -> Page:
    """The lists, what was compared, and every difference."""
    lines = [
        _("By {key}: {keys} in all, {agreeing} the same in every list, {n} differences").format(
            key=answer.key, keys=answer.keys, agreeing=answer.agreeing, n=len(answer.differences)
        ),
        _("Compared: {fields}").format(fields=labels.listed(answer.fields) or "—"),
    ]
    lists = columns.table(_("Lists"), _list_columns(), answer.sources)
    differences = columns.table(_("Differences"), _difference_columns(answer), answer.differences, _("No difference."))
    return Page("", lines, [lists, differences])


def _list_columns() -> list[ColumnOf[ListSource]]:
    return [
        columns.figure("number", _("No.")),
        columns.words("name", _("List"), _name),
        columns.words("file", _("File")),
        columns.figure("rows", _("Rows")),
        columns.code("sha256", "SHA-256", lambda row: row.sha256[:16]),
    ]


def _name(source: ListSource) -> str:
    """A list's name; the register, which is no file, has no digest."""
    return source.name if source.sha256 else _("the register")


def _difference_columns(answer: Reconciled) -> list[ColumnOf[Mismatch]]:
    """What differs, and a column for each list."""
    values = zip(VALUES, answer.sources, strict=False)
    return [
        columns.code("key", answer.key),
        columns.words("name", _("Project")),
        columns.state("kind", _("What"), lambda row: words.mismatch(row.kind), lambda row: _TONES[row.kind]),
        columns.words("field", _("Field")),
        *(_of_list(key, _name(source)) for key, source in values),
    ]


def _of_list(key: str, name: str) -> ColumnOf[Mismatch]:
    return columns.words(key, name, lambda row: _value(row, getattr(row, key)))


def _value(row: Mismatch, value: str | None) -> Cell | str | None:
    """What a list says; where it is not about values, in which rows."""
    if row.field is None and value:
        value = _("row {numbers}").format(numbers=labels.listed(value.split()))
    elif row.field is None:
        value = None
    return Cell(_("not there"), "bad") if value is None and row.kind == "missing" else value
