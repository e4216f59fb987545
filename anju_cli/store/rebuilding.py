"""A fresh database from an exported ledger: row for row, so that its receipts and seals are the same."""

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from sqlalchemy.exc import DBAPIError
from sqlmodel import Session

from anju_cli.errors import Findings
from anju_cli.i18n import _
from anju_cli.store.exporting import insert
from anju_cli.store.sealed import every_table
from anju_cli.store.writing import connection_of, create

Check = Callable[[sqlite3.Connection], list[str]]
"""Says what of a filled database does not hold."""


def rebuild(path: Path, lines: Iterable[str], check: Check) -> dict[str, int]:
    """Make a new database of exported lines, and say how many rows it has of what; refused if they do not hold."""
    counts: dict[str, int] = {}

    def fill(session: Session) -> None:
        connection = session.connection()

        def execute(statement: str, values: tuple[Any, ...] = ()) -> Any:
            return connection.exec_driver_sql(statement, values)

        place = 0

        def numbered() -> Iterator[str]:
            nonlocal place
            for place, line in enumerate(lines, 1):  # noqa: B007 - told where a row does not fit
                yield line

        columns = {table: [row[1] for row in execute(f"PRAGMA table_info({table})")] for table in every_table()}
        try:
            insert(execute, columns, numbered())
        except (DBAPIError, OverflowError) as fault:
            rule = getattr(getattr(fault, "orig", None), "sqlite_errorname", None)
            raise Findings(_("line {n} does not fit the ledger").format(n=place), got=rule) from fault
        if faults := check(connection_of(session)):
            raise Findings(_("the exported ledger does not hold"), got="; ".join(faults[:3]))
        counts.update({table: execute(f"SELECT COUNT(*) FROM {table}").scalar() for table in every_table()})

    create(path, fill)
    return counts
