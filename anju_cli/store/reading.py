"""The reading door: the standard library's sqlite3, one transaction around a command's queries."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from anju_cli.store.altered import altered
from anju_cli.store.location import check_ours, check_whole, damaged, existing, readable

UNREADABLE = (ValueError, LookupError, TypeError, AttributeError, ArithmeticError)
"""What comes of rows that make no sense."""


@contextmanager
def reading(path: Path, *, whole: bool = True) -> Iterator[sqlite3.Connection]:
    """A consistent view of the database: every query inside sees the same state, and none can write.

    Nothing is read from a damaged file, unless it is to be told what is wrong with it (`whole=False`).
    """
    existing(path)
    with readable(path) as connection:
        check_ours(connection, path, protected=whole)
        if whole:
            check_whole(connection, path)
        try:
            yield connection
        except UNREADABLE as fault:
            _blame_the_file(connection, path, fault)
            raise
        release(connection)


def release(connection: sqlite3.Connection) -> None:
    """End the consistent view: what is asked from here on is a question of its own, and no writer waits for it."""
    if connection.in_transaction:
        connection.execute("COMMIT")


@contextmanager
def blaming(path: Path) -> Iterator[None]:
    """Where an answer cannot be made or shown, the file is looked through before anything else is blamed."""
    try:
        yield
    except UNREADABLE as fault:
        with reading(path, whole=False) as connection:
            _blame_the_file(connection, path, fault)
        raise


def _blame_the_file(connection: sqlite3.Connection, path: Path, fault: Exception) -> None:
    """What cannot be made sense of is the fault of a damaged file, if it is one, and ours if it is not."""
    check_whole(connection, path, any_size=True)
    for what, row, _found in altered(connection):
        raise damaged(f"{what} {row}") from fault
