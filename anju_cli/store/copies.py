"""Copies of the database: made through SQLite's own backup, looked through before they get their name, durable then.

Copying the file with other programs while somebody writes gives a damaged copy (docs/reliability.md).
"""

import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from pathlib import Path
from shutil import copyfileobj

from anju_cli import outlet
from anju_cli.errors import AnjuError, Refused, Unavailable
from anju_cli.i18n import _, why
from anju_cli.store.check_queries import what_copies_precede
from anju_cli.store.location import BUSY_SECONDS, check_ours, disagreement, existing, faults, readable, uri
from anju_cli.store.turns import anybody, in_turn

Check = Callable[[sqlite3.Connection], Iterable[object]]
"""Whatever a check yields is a fault."""


def damage(connection: sqlite3.Connection) -> Iterator[str]:
    """What SQLite itself finds wrong with a file: its pages, its indexes, its references."""
    yield from (disagreement(said) for (said,) in connection.execute("PRAGMA integrity_check") if said != "ok")
    for table, row, parent, _key in connection.execute("PRAGMA foreign_key_check"):
        yield f"{table} {row} → {parent}"


@contextmanager
def looked_at(path: Path) -> Iterator[sqlite3.Connection]:
    """Any anju database of this version or an older one, to be looked at and not changed."""
    with readable(existing(path)) as connection:
        check_ours(connection, path, any_version=True)
        yield connection


def copy(source: Path, target: Path, check: Check = damage) -> int:
    """Copy a database, look the copy through, make it durable, and only then give it its name; its size in bytes.

    The name must be free. The copy is readable by its owner alone, whatever the original is.

    Raises Refused where the name is taken, Unavailable where the copy cannot be made or is damaged.
    """
    if target.exists() or target.is_symlink():
        raise Refused(_("there is already a file here"), got=target)
    with drafted(source, target, check) as draft:
        size = draft.stat().st_size
        publish(draft, target)
    return size


@contextmanager
def drafted(source: Path, target: Path, check: Check) -> Iterator[Path]:
    """A copy beside `target` under a name of its own, looked through and durable; gone afterwards unless renamed."""
    with drafting(target, _("no copy can be made here")) as draft:
        with (
            looked_at(source) as original,
            faults(target),
            closing(sqlite3.connect(uri(draft, "rw"), uri=True, isolation_level=None)) as made,
        ):
            original.backup(made)  # in one step: a busy writer is waited for, and cannot starve it
        check_copy(draft, check)
        _sync(draft)
        yield draft


@contextmanager
def drafting(target: Path, impossible: str) -> Iterator[Path]:
    """An empty file beside `target`, for its owner alone, and its folder; what is said where there can be none.

    Raises Unavailable where there can be none.
    """
    with ExitStack() as made:
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            draft = made.enter_context(outlet.draft(target, 0o600))
        except (OSError, ValueError) as fault:
            hint = why(fault) if isinstance(fault, OSError) else _("no file can have such a name")
            raise Unavailable(impossible, got=target, hint=hint) from fault
        yield draft


def check_copy(path: Path, check: Check) -> None:
    """Refuse a database in which a check finds anything."""
    with looked_at(path) as connection:
        found = next(iter([*damage(connection), *check(connection)]), None)
    if found is not None:
        raise Unavailable(_("the database is damaged"), got=found, hint=_("anju ledger verify lists what is wrong"))


def publish(draft: Path, target: Path, *, replacing: bool = False) -> None:
    """Give a finished file its name, which must still be free unless it is to be replaced; make the name durable.

    Raises Refused where the name is taken, Unavailable where it cannot be given.
    """
    try:
        outlet.publish(draft, target, replacing=replacing)
    except FileExistsError:
        raise Refused(_("there is already a file here"), got=target) from None
    except OSError as fault:
        raise Unavailable(_("no database can be made here"), got=target, hint=why(fault)) from fault


def put_in_place(draft: Path, target: Path) -> Path | None:
    """Put a finished file in the place of another, which is kept beside it; the name under which it is kept.

    Whoever is writing to the old file is waited for; whoever waits to write to it finds out (see writing). At every
    moment the name means one of the two files, whole: the old one gets a second name before it loses its own.

    Raises Unavailable where the folder cannot be written.
    """
    if not target.exists():
        publish(draft, target)
        return None
    try:
        with _held(target), ExitStack() as until_replaced:
            kept = free_name(target, "replaced")
            _keep(target, kept, until_replaced)
            # A journal left by a killed writer belongs to the old file; beside the new one it would destroy it.
            journal = target.with_name(f"{target.name}-journal")
            if journal.exists():
                journal.rename(kept.with_name(f"{kept.name}-journal"))
            draft.replace(target)
        outlet.sync_directory(target.parent)
    except OSError as fault:
        raise Unavailable(_("the database cannot be written"), got=target, hint=why(fault)) from fault
    return kept


def _keep(target: Path, kept: Path, until_replaced: ExitStack) -> None:
    """Give a file a second name, or where there are no links copy it; it must be held."""
    try:
        os.link(target, kept)
    except FileExistsError:
        raise
    except OSError:
        # Closing the file would drop the lock on it, so it stays open until it is replaced.
        original = until_replaced.enter_context(target.open("rb"))
        with outlet.draft(kept, 0o600) as copied:
            with copied.open("wb") as file:
                copyfileobj(original, file)
                os.fsync(file.fileno())
            copied.rename(kept)
    outlet.sync_directory(target.parent)


def forget_unfinished(path: Path) -> None:
    """Take from a database the second name that a replacement which was cut off gave it; its lock must be held."""
    for second in second_names(path):
        second.unlink()


def second_names(path: Path) -> list[Path]:
    """Names beside a database, as of kept copies, that mean the database itself."""
    if path.stat().st_nlink == 1:
        return []
    beside = (each for each in path.parent.iterdir() if each.name.startswith(f"{path.name}.replaced-"))
    return [each for each in beside if not each.is_symlink() and each.samefile(path)]


def free_name(path: Path, word: str) -> Path:
    """`anju.db.replaced-1`, or the first such name that is free, beside the file itself where `path` is a link."""
    real, number = Path(os.path.realpath(path)), 1
    while os.path.lexists(name := real.with_name(f"{real.name}.{word}-{number}")):
        number += 1
    return name


@contextmanager
def kept_before(path: Path, word: str, *, dry_run: bool) -> Iterator[None]:
    """A checked copy beside the database before what is done inside, which goes again where that is refused."""
    if dry_run:
        yield
        return
    with kept_copy(path, word):
        yield


@contextmanager
def kept_copy(path: Path, word: str) -> Iterator[Path]:
    """A checked copy beside the database, which goes again where what is done inside is not committed; its name.

    Until then it is a draft too, under a second name, and held: so it is known what a killed command left (`settle`).
    """
    kept = free_name(path, word)
    with drafted(existing(path), kept, damage) as draft:
        publish(draft, kept)
        try:
            yield kept
        except BaseException:
            kept.unlink(missing_ok=True)
            raise


def settle(path: Path, connection: sqlite3.Connection) -> None:
    """Clear away what killed commands left beside a database, whose turn to write is held, and nobody holds.

    A copy that one made before what it did stays if that was committed: it is what was there before.
    """
    folder = Path(os.path.realpath(path)).parent
    for draft in outlet.abandoned(folder):
        for kept in kept_names(draft):
            with suppress(AnjuError):  # what is no whole copy is left alone
                if not _happened_since(connection, kept):
                    kept.unlink()
    outlet.clear(folder)


def kept_names(draft: Path) -> list[Path]:
    """The names of kept copies that a draft has beside its own."""
    try:
        known = draft.stat()
        beside = [each for each in draft.parent.iterdir() if outlet.KEPT.fullmatch(each.name)]
        return [each for each in beside if os.path.samestat(each.lstat(), known)]
    except OSError:  # somebody else has just cleared it away
        return []


def _happened_since(connection: sqlite3.Connection, kept: Path) -> bool:
    """Whether the database was brought up to date, or a review closed, since a copy of it was made."""
    with looked_at(kept) as before:
        return what_copies_precede(connection) != what_copies_precede(before)


@contextmanager
def _held(path: Path) -> Iterator[None]:
    """Nobody else reads or writes the file meanwhile; a file that is no database can be held by nobody."""
    with closing(sqlite3.connect(uri(path, "rw"), uri=True, isolation_level=None, timeout=0)) as connection:
        try:
            in_turn(lambda: connection.execute("BEGIN EXCLUSIVE"), BUSY_SECONDS, anybody)
        except sqlite3.OperationalError as fault:
            if fault.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY:
                raise Unavailable(_("the database is locked by another program"), got=path) from fault
        except sqlite3.DatabaseError:
            pass
        yield


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
