"""The whole ledger as lines of JSON, one for each row, and back: the same rows give the same bytes and seals."""

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from anju_cli.domain.grammar import printable
from anju_cli.errors import Findings
from anju_cli.i18n import _
from anju_cli.store.schema import READABLE, VERSION
from anju_cli.store.sealed import every_table

_canonical = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def exported(connection: sqlite3.Connection) -> Iterator[str]:
    """The lines: first what they are, then every row of every table in order of id, columns as the table has them."""
    yield _canonical({"anju": "ledger", "version": VERSION})
    for table in every_table():
        for row in connection.execute(f"SELECT * FROM {table} ORDER BY id"):
            yield _harmless(_canonical({"table": table, "row": dict(row)}))


def _harmless(line: str) -> str:
    """The same JSON with what would steer a terminal as escapes: an edited ledger may hold it."""
    if line.isprintable():
        return line
    return "".join(letter if printable(letter) else json.dumps(letter)[1:-1] for letter in line)


def insert(
    execute: Callable[[str, tuple[Any, ...]], object], columns: dict[str, list[str]], lines: Iterable[str]
) -> None:
    """Put exported lines into a new database; `columns` are those of its tables.

    Raises Findings at the first line that is no row of the ledger.
    """
    known = set(every_table())
    for number, line in enumerate(lines, 1):
        said = _read(line, number)
        if number == 1:
            _check_head(said)
            continue
        table, row = said.get("table"), said.get("row")
        if (
            not isinstance(table, str)
            or table not in known
            or not isinstance(row, dict)
            or not _fits(row, columns[table])
        ):
            raise Findings(_("line {n} is no row of the ledger").format(n=number), got=line[:80])
        names, marks = ", ".join(row), ", ".join("?" * len(row))
        execute(f"INSERT INTO {table} ({names}) VALUES ({marks})", tuple(row.values()))


def _fits(row: dict[str, Any], columns: list[str]) -> bool:
    """Whether an object has the columns of a table, and in each a text or a number that a database can hold."""
    if list(row) != columns:
        return False
    texts = (value for value in row.values() if isinstance(value, str))
    if any("\ud800" <= letter <= "\udfff" for text in texts for letter in text):
        return False
    return not any(isinstance(value, (bool, float, list, dict)) for value in row.values())


def _read(line: str, number: int) -> dict[str, Any]:
    try:
        said = json.loads(line)
    except (ValueError, RecursionError):
        said = None
    if not isinstance(said, dict):
        raise Findings(_("line {n} is not JSON").format(n=number), got=line[:80])
    return said


def _check_head(said: dict[str, Any]) -> None:
    if said.get("anju") != "ledger":
        raise Findings(_("this is no exported ledger"), hint="anju ledger export -o FILE")
    if said.get("version") not in range(READABLE, VERSION + 1):
        theirs = _("it was exported from version {theirs}, this anju has {ours}")
        raise Findings(theirs.format(theirs=said.get("version"), ours=VERSION))
