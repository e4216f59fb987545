"""The writing door: SQLModel, one transaction per command, begun IMMEDIATE, rolled back on any exception.

DELETE journal and synchronous=EXTRA: one file a clerk may carry away, durable when acknowledged. Do not switch to WAL.
"""

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool
from sqlmodel import Session

from anju_cli import outlet
from anju_cli.errors import Refused, Unavailable
from anju_cli.i18n import _
from anju_cli.store import migrating
from anju_cli.store.copies import drafting, forget_unfinished, publish, settle
from anju_cli.store.location import (
    BUSY_SECONDS,
    SAFE_READING,
    check_ours,
    check_whole,
    existing,
    explained,
    faults,
    held,
    uri,
)
from anju_cli.store.schema import migrate
from anju_cli.store.turns import a_reader, in_turn

_PRAGMAS = (
    "PRAGMA journal_mode = DELETE",
    "PRAGMA synchronous = EXTRA",
    "PRAGMA foreign_keys = ON",
    "PRAGMA recursive_triggers = ON",
    *SAFE_READING,
)


@contextmanager
def writing(path: Path, *, dry_run: bool = False) -> Iterator[Session]:
    """One transaction: what is done inside is committed at the end, or, on `dry_run` or any exception, undone.

    Raises Unavailable where the file is missing, locked, foreign, damaged, or was replaced meanwhile.
    """
    opened = existing(path).stat()
    engine = _engine(path)
    try:
        with held(path), Session(engine, autoflush=False) as session:
            raw = connection_of(session)
            _check_still_there(path, opened)
            with faults(path):
                version = check_ours(raw, path, any_version=True)
            if not dry_run:
                if opened.st_nlink > 1:
                    forget_unfinished(Path(os.path.realpath(path)))
                settle(path, raw)
            with migrating.upgraded(raw, path, version, dry_run=dry_run):
                yield session
                if dry_run:
                    session.rollback()
                else:
                    session.commit()
    except DBAPIError as fault:
        raise explained(fault.orig or fault, path) from fault
    except sqlite3.Error as fault:
        raise explained(fault, path) from fault
    finally:
        engine.dispose()


def connection_of(session: Session) -> sqlite3.Connection:
    """The connection under a session: plain SQL on it is part of the session's transaction."""
    raw = session.connection().connection.driver_connection
    assert isinstance(raw, sqlite3.Connection)
    return raw


def _check_still_there(path: Path, opened: os.stat_result) -> None:
    """Refuse to write to a file that lost its name to a restored backup while its lock was waited for."""
    if not path.exists() or not os.path.samestat(opened, path.stat()):
        again = _("nothing was written; enter it again if it is not there")
        raise Unavailable(_("the database was replaced by another meanwhile"), got=path, hint=again)


def _engine(path: Path) -> Engine:
    def connect() -> sqlite3.Connection:
        with faults(path):
            connection = sqlite3.connect(uri(path, "rw"), uri=True, isolation_level=None, timeout=0)
            for pragma in _PRAGMAS:
                in_turn(partial(connection.execute, pragma), BUSY_SECONDS)
            in_turn(partial(check_ours, connection, path, any_version=True), BUSY_SECONDS)
            # Looked through before its turn to write, so that nobody waits for it.
            in_turn(partial(check_whole, connection, path), BUSY_SECONDS)
            connection.row_factory = sqlite3.Row  # as at the reading door: what is asked in plain SQL is asked alike
            return connection

    engine = create_engine("sqlite://", creator=connect, poolclass=NullPool)

    # Without this, SQLModel begins no transaction before the first INSERT and silently builds on stale rows.
    @event.listens_for(engine, "begin")
    def begin_immediate(connection) -> None:  # type: ignore[no-untyped-def]
        raw = connection.connection.driver_connection
        in_turn(partial(raw.execute, "BEGIN IMMEDIATE"), BUSY_SECONDS)

    # Before SQLAlchemy's own, which then has nothing left to do. Whoever reads has soon read, and nobody begins to.
    @event.listens_for(engine, "commit")
    def commit(connection) -> None:  # type: ignore[no-untyped-def]
        in_turn(connection.connection.driver_connection.commit, BUSY_SECONDS, a_reader)

    return engine


def create(path: Path, fill: Callable[[Session], None]) -> None:
    """Make a new database, readable by its owner alone, and fill it: there is a whole one afterwards, or none.

    Raises Refused where a file is there already, Unavailable where none can be made.
    """
    target = outlet.guard_new_database(path)
    if target.exists():
        raise Refused(_("there is already a file here"), got=path, hint=_("anju plan apply FILE adds a plan to it"))
    with drafting(target, _("no database can be made here")) as draft:
        make(draft, fill)
        publish(draft, target)


def make(draft: Path, fill: Callable[[Session], object]) -> None:
    """Make a database of an empty file, and fill it."""
    with faults(draft):
        connection = sqlite3.connect(uri(draft, "rw"), uri=True, isolation_level=None)
        connection.execute("BEGIN IMMEDIATE")
        migrate(connection.execute, 0)
        connection.execute("COMMIT")
        connection.close()
    with writing(draft) as session:
        fill(session)
