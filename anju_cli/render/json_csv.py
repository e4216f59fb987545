"""Answers for programs: JSON and CSV, the same in every language, in pieces as they are made."""

import csv
import json
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from anju_cli.domain.grammar import printable
from anju_cli.domain.records import names_of
from anju_cli.stream import Stream

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


_encoded = json.JSONEncoder(ensure_ascii=False, indent=2).encode


def as_json(answer: Any) -> Iterator[str]:
    """An answer as JSON, indented, in literal UTF-8; a list row by row."""
    if not isinstance(answer, (list, Stream)) or not answer:
        yield _encoded([] if isinstance(answer, Stream) else plain(answer)) + "\n"
        return
    before = "[\n  "
    for row in answer:
        yield before + _encoded(plain(row)).replace("\n", "\n  ")  # no text in it has a line end of its own
        before = ",\n  "
    yield "\n]\n"


def as_csv(answer: Any, empty: Callable[[], type] | None = None) -> Iterator[str]:
    """An answer as CSV under the names of the JSON fields, line by line.

    A report's lists follow each other, an empty line between; each row says which table it is of, and of what report.
    A text that a spreadsheet would run as a formula is led by an apostrophe.
    """
    line = csv.writer(_Line(), lineterminator="\n").writerow  # it returns what is written
    for number, (said, block_type, rows) in enumerate(_blocks(answer, empty)):
        names = [name for name in names_of(block_type) if name not in said]
        yield "\n" * (number > 0) + line([*said, *names])
        shared = [*map(_csv_cell, said.values())]
        for row in rows:
            yield line([*shared, *(_csv_cell(plain(getattr(row, name))) for name in names)])


class _Line:
    """A file of one line, for the writer of CSV: what is written to it is given back."""

    def write(self, text: str) -> str:
        return text


OF_REPORT = ("plan", "revision", "quarter", "unit", "as_of", "known_at")
"""What each row of a report's CSV says of the report, where the report has it and the row has not."""


def _blocks(answer: Any, empty: Callable[[], type] | None) -> Iterator[tuple[dict[str, Any], type, Iterable[Any]]]:
    """Each table of an answer: what its rows have in common, their shape, and they."""
    if isinstance(answer, (list, Stream)):
        if answer:
            yield {}, type(next(iter(answer))), answer
        elif empty:
            yield {}, empty(), answer
        return
    names = names_of(answer)
    tables = {name: getattr(answer, name) for name in names}
    of_rows = {name: each for name, each in tables.items() if type(each) is tuple and each and names_of(each[0])}
    if not of_rows:
        yield {}, type(answer), [answer]
    for table, rows in of_rows.items():
        shared = [name for name in OF_REPORT if name in names and name not in names_of(rows[0])]
        yield {"table": table} | {name: plain(getattr(answer, name)) for name in shared}, type(rows[0]), list(rows)


def _csv_cell(value: Any) -> Any:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (list, dict)):
        return _csv_cell(" ".join(map(str, value)))
    if isinstance(value, str) and value[:1] in LIVE:
        return "'" + value
    return value
