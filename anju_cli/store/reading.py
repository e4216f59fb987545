"""The reading door: the standard library's sqlite3, one transaction around a command's queries.

`mode=rw` with `query_only`, since a read-only connection cannot roll back the journal of a killed writer.
"""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from anju_cli.store.altered import altered
from anju_cli.store.location import (
    BUSY_SECONDS,
    SAFE_READING,
    check_ours,
    check_whole,
    damaged,
    existing,
    faults,
    held,
    uri,
)


@contextmanager
def reading(path: Path, *, whole: bool = True) -> Iterator[sqlite3.Connection]:
    """A consistent view of the database: every query inside sees the same state, and none can write.

    Nothing is read from a damaged file, unless it is to be told what is wrong with it (`whole=False`).
    """
    existing(path)
    with held(path), faults(path):
        mode = "rw" if os.access(path, os.W_OK) and os.access(path.absolute().parent, os.W_OK) else "ro"
        with closing(
            sqlite3.connect(uri(path, mode), uri=True, isolation_level=None, timeout=BUSY_SECONDS)
        ) as connection:
            for pragma in ("PRAGMA query_only = ON", *SAFE_READING):
                connection.execute(pragma)
            connection.row_factory = sqlite3.Row
            connection.execute("BEGIN")
            check_ours(connection, path)
            if whole:
                check_whole(connection, path)
            try:
                yield connection
            except (ValueError, LookupError, TypeError, AttributeError, ArithmeticError) as fault:
                _blame_the_file(connection, path, fault)
                raise
            connection.execute("COMMIT")


def _blame_the_file(connection: sqlite3.Connection, path: Path, fault: Exception) -> None:
    """What cannot be made sense of is the fault of a damaged file, if it is one, and ours if it is not."""
    check_whole(connection, path, any_size=True)
    for what, row, _found in altered(connection):
        raise damaged(f"{what} {row}") from fault
