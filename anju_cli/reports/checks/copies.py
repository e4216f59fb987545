"""Copies of the database: made, looked through row by row, put back."""

import sqlite3
from collections.abc import Iterator
from hashlib import file_digest
from pathlib import Path

from anju_cli import clock, outlet
from anju_cli.domain.receipts import receipt
from anju_cli.errors import Refused, Unavailable
from anju_cli.i18n import _, why
from anju_cli.reports.answers.ledger import Kept
from anju_cli.reports.checks.verify import of_seals
from anju_cli.store import check_queries
from anju_cli.store.altered import altered
from anju_cli.store.copies import check_copy, copy, drafted, looked_at, put_in_place
from anju_cli.store.schema import READABLE, version_of


def backup(path: Path, target: Path | None) -> Kept:
    """Copy the database while others may be writing to it; by default beside it, under the time of the copy."""
    named = target or path.with_name(f"{path.stem}-backup-{clock.now():%Y%m%dT%H%M%SZ}{path.suffix}")
    outlet.guard(named)
    copy(path, named, _faults)
    return _kept(named, None)


def restore(source: Path, path: Path, *, force: bool) -> Kept:
    """Put a copy in the place of the database, once it is looked through; what stood there is kept beside it."""
    if source.exists() and path.exists() and source.samefile(path):
        raise Refused(_("this is the database itself"), got=source)
    if path.exists() and not force:
        hint = _("--force puts it in its place, and keeps the present one beside it")
        raise Refused(_("there is already a database here"), got=path, hint=hint)
    target = outlet.guard_new_database(path)
    check_copy(source, _faults)
    with drafted(source, target, _faults) as draft:
        replaced = put_in_place(draft, target)
    return _kept(path, replaced)


def _faults(connection: sqlite3.Connection) -> Iterator[str]:
    """Rows whose content is not what their digests and seals say."""
    check_queries.read_any_text(connection)
    _application, version = version_of(connection)
    sealed = of_seals(connection) if version >= READABLE else ()  # an older version has none
    for check, row, found in (*altered(connection), *sealed):
        yield f"{check} {row}: {found}"


def _kept(path: Path, replaced: Path | None) -> Kept:
    with looked_at(path) as connection:
        contents = check_queries.contents(connection)
    try:
        with path.open("rb") as file:
            sha256 = file_digest(file, "sha256").hexdigest()
    except OSError as fault:
        raise Unavailable(_("the database cannot be opened"), got=path, hint=why(fault)) from fault
    size = path.stat().st_size
    return Kept(
        str(path),
        size,
        sha256,
        contents.plans,
        contents.filings,
        contents.entries,
        receipt(contents.last_digest) if contents.last_digest else None,
        str(replaced) if replaced else None,
    )
