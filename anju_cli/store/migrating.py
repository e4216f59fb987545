"""Bringing an older database up to date: a backup beside it, then the missing steps, in the writer's transaction."""

import sqlite3
import sys
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path

from anju_cli.domain.grammar import printable
from anju_cli.i18n import _
from anju_cli.store.copies import kept_copy
from anju_cli.store.location import faults
from anju_cli.store.schema import VERSION, migrate


@contextmanager
def upgraded(connection: sqlite3.Connection, path: Path, version: int, *, dry_run: bool) -> Iterator[None]:
    """What is done inside finds the present schema; the steps to it are committed or undone together with it.

    The transaction is begun, so that nobody else can write or migrate; a copy of what was committed before is made
    first, and goes again where the transaction is undone. A dry run writes nothing and needs none.
    """
    if version == VERSION:
        yield
        return
    with nullcontext() if dry_run else kept_copy(path, f"version-{version}") as backup:
        with faults(path):
            migrate(connection.execute, version)
        yield
    if backup is not None:
        said = _("the database was brought from version {old} to {new}; as it was, it is kept in {backup}")
        print("note: " + said.format(old=version, new=VERSION, backup=printable(str(backup))), file=sys.stderr)
