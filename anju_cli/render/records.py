"""Answers for programs: JSON and CSV, the same in every language."""

import csv
import io
import json
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from anju_cli.domain.grammar import printable

LIVE = tuple("=+-@＝＋－＠\t\r")
"""What a spreadsheet takes for the beginning of a formula, full-width signs too."""


def plain(value: Any) -> Any:
    """An answer as JSON has it: ISO dates, numbers, literal text, lists and objects."""
    if isinstance(value, str):
        return printable(value)
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, date):
        return value.isoformat()
    if names := names_of(value):
        return {name: plain(getattr(value, name)) for name in names}
    if isinstance(value, (tuple, list)):
        return [plain(each) for each in value]
    if isinstance(value, dict):
        return {key: plain(each) for key, each in value.items()}
    return value


def names_of(shape: Any) -> tuple[str, ...]:
    """The field names of an answer or its type: rows are named tuples, reports dataclasses; else none."""
    return getattr(shape, "_fields", ()) or tuple(getattr(shape, "__dataclass_fields__", ()))


def as_json(answer: Any) -> str:
    """An answer as JSON, indented, in literal UTF-8."""
    return json.dumps(plain(answer), ensure_ascii=False, indent=2) + "\n"


def as_csv(answer: Any, row_type: type | None = None) -> str:
    """An answer as CSV under the names of the JSON fields; a report's lists follow each other, an empty line between.

    A text that a spreadsheet would run as a formula is led by an apostrophe.
    """
    blocks = []
    for block_type, rows in _blocks(answer, row_type):
        names = names_of(block_type)
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(names)
        writer.writerows([_csv_cell(plain(getattr(row, name))) for name in names] for row in rows)
        blocks.append(out.getvalue())
    return "\n".join(blocks)


def _blocks(answer: Any, row_type: type | None) -> Iterator[tuple[type, list[Any]]]:
    if isinstance(answer, list):
        if row_type or answer:
            yield row_type or type(answer[0]), answer
        return
    lists = [getattr(answer, name) for name in names_of(answer)]
    of_rows = [list(each) for each in lists if type(each) is tuple and each and names_of(each[0])]
    if not of_rows:
        yield type(answer), [answer]
    for rows in of_rows:
        yield type(rows[0]), rows


def _csv_cell(value: Any) -> Any:
    if isinstance(value, (list, dict)):
        return _csv_cell(" ".join(map(str, value)))
    if isinstance(value, str) and value[:1] in LIVE:
        return "'" + value
    return value
