"""Answers for programs: JSON and CSV, the same in every language."""

import csv
import io
import json
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from anju_cli.domain.grammar import printable
from anju_cli.domain.records import names_of

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


def as_json(answer: Any) -> str:
    """An answer as JSON, indented, in literal UTF-8."""
    return json.dumps(plain(answer), ensure_ascii=False, indent=2) + "\n"


def as_csv(answer: Any, empty: Callable[[], type] | None = None) -> str:
    """An answer as CSV under the names of the JSON fields.

    A report's lists follow each other, an empty line between; each row says which table it is of, and of what report.
    A text that a spreadsheet would run as a formula is led by an apostrophe.
    """
    blocks = []
    for said, block_type, rows in _blocks(answer, empty):
        names = [name for name in names_of(block_type) if name not in said]
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow([*said, *names])
        writer.writerows(
            [*map(_csv_cell, said.values()), *(_csv_cell(plain(getattr(row, name))) for name in names)] for row in rows
        )
        blocks.append(out.getvalue())
    return "\n".join(blocks)


OF_REPORT = ("plan", "revision", "quarter", "unit", "as_of", "known_at")
"""What each row of a report's CSV says of the report, where the report has it and the row has not."""


def _blocks(answer: Any, empty: Callable[[], type] | None) -> Iterator[tuple[dict[str, Any], type, list[Any]]]:
    """Each table of an answer: what its rows have in common, their shape, and they."""
    if isinstance(answer, list):
        if answer:
            yield {}, type(answer[0]), answer
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
