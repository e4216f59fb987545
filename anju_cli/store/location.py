"""Where the database is, and what is said when it is not there or cannot be used."""

import os
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from anju_cli import outlet
from anju_cli.errors import AnjuError, Unavailable, Unclear
from anju_cli.i18n import _, why
from anju_cli.store.fit import misfits
from anju_cli.store.schema import READABLE, VERSION, version_of
from anju_cli.store.turns import in_turn

BUSY_SECONDS = 120
"""How long a command waits for another writer before it gives up."""

SAFE_READING = ("PRAGMA trusted_schema = OFF", "PRAGMA cell_size_check = ON")


class OlderVersion(Unavailable):
    """The database is as an older anju left it: a write brings it up to date, a read does not."""


def data_directory() -> Path:
    """The platform's user data directory for anju: the only place written to unasked."""
    from platformdirs import user_data_dir

    return Path(user_data_dir("anju", appauthor=False))


def locate(db: str | None) -> Path:
    """The database file: `--db`, else ANJU_DB, else the default under the user data directory."""
    named = db or os.environ.get("ANJU_DB")
    return outlet.database(path_of(named) if named else data_directory() / "anju.db")


def is_default(path: Path) -> bool:
    """Whether a database is the one that is meant where none is named on the command line."""
    with suppress(AnjuError):
        return path.absolute() == locate(None).absolute()
    return False


def path_of(text: str) -> Path:
    """A path as typed; refused where no file can have such a name."""
    try:
        path = Path(text).expanduser()
        with suppress(FileNotFoundError, NotADirectoryError, PermissionError):
            os.lstat(path)
        if not path.name:
            raise ValueError("a folder")
    except (OSError, ValueError, RuntimeError) as fault:  # too long, a null, no letters, nobody's home, / or .
        raise Unclear(_("no file can have such a name"), got=text) from fault
    return path


def existing(path: Path) -> Path:
    """`path`, if there is a file; only `init` and `demo` ever create one.

    Raises Unavailable where there is none.
    """
    if path.is_file():
        outlet.database(path)
        if path.absolute() not in _HELD:
            _check_header(path)
        return path
    what = _("the database is not a file") if path.exists() else _("there is no database here")
    raise Unavailable(what, got=path, hint=_("anju init creates one, anju demo makes one to try"))


_HELD: set[Path] = set()


@contextmanager
def held(path: Path) -> Iterator[None]:
    """While a connection to the file is open: nothing else may open and close it in this process.

    On POSIX, closing any handle of a file drops every lock this process has on it, SQLite's too.
    """
    known = path.absolute() in _HELD
    _HELD.add(path.absolute())
    try:
        yield
    finally:
        if not known:
            _HELD.discard(path.absolute())


def _check_header(path: Path) -> None:
    """Refuse a file that is not anju's by its first bytes, before SQLite opens it: that could change a foreign one."""
    try:
        with path.open("rb") as file:
            head = file.read(outlet.HEADER)
    except OSError as fault:
        raise Unavailable(_("the database cannot be opened"), got=path, hint=why(fault)) from fault
    if not outlet.is_database(head):
        raise Unavailable(_("this file is not an anju database"), got=path)


def uri(path: Path, mode: str) -> str:
    """SQLite's name for a file that is opened, never created."""
    return f"{path.absolute().as_uri()}?mode={mode}"


@contextmanager
def readable(path: Path) -> Iterator[sqlite3.Connection]:
    """A connection through which nothing can be written; rows by name. All that is read is of one moment.

    It is opened for writing all the same where the file may be written: a read-only connection cannot roll back the
    journal of a killed writer.
    """
    mode = "rw" if os.access(path, os.W_OK) and os.access(path.absolute().parent, os.W_OK) else "ro"
    with (
        held(path),
        faults(path),
        closing(sqlite3.connect(uri(path, mode), uri=True, isolation_level=None, timeout=0)) as connection,
    ):
        for pragma in ("PRAGMA query_only = ON", *SAFE_READING):
            connection.execute(pragma)
        connection.row_factory = sqlite3.Row
        connection.execute("BEGIN")
        in_turn(lambda: connection.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone(), BUSY_SECONDS)
        connection.execute(f"PRAGMA busy_timeout = {round(BUSY_SECONDS * 1000)}")
        yield connection


def check_ours(connection: sqlite3.Connection, path: Path, *, any_version: bool = False, protected: bool = True) -> int:
    """Refuse a file that is not anju's, is newer than this program, or whose schema is not as it was made; its version.

    Where it need not be `protected`, what is wrong with its triggers is left for others to tell.
    """
    application, version = version_of(connection)
    if application != outlet.APPLICATION_ID or version < 1:
        raise Unavailable(_("this file is not an anju database"), got=path)
    if version > VERSION:
        newer = _("the database has version {theirs}, this anju knows {ours}").format(theirs=version, ours=VERSION)
        raise Unavailable(newer, got=path, hint=_("install a newer anju"))
    if version < READABLE and not any_version:
        older = _("the database has version {theirs}, this anju needs {ours}").format(theirs=version, ours=VERSION)
        raise OlderVersion(older, got=path, hint=_("any write brings it up to date, after a backup"))
    found = [misfit for misfit in misfits(connection, version) if protected or misfit.part.type != "trigger"]
    ours = [misfit.part for misfit in found if misfit.ours]
    if ours and all(part.type == "trigger" for part in ours):
        lost = ", ".join(sorted(part.name for part in ours))
        raise Unavailable(_("the database has lost the triggers that protect it"), got=lost)
    if damaged_parts := ", ".join(str(misfit) for misfit in found if misfit.ours):
        hint = _("anju restore puts a backup in its place")
        raise Unavailable(_("the database is not as anju made it"), got=damaged_parts, hint=hint)
    if foreign := ", ".join(str(misfit) for misfit in found):
        hint = _("whoever put it there can take it out again; views and plain indexes may stay")
        raise Unavailable(_("the database holds what is not anju's"), got=foreign, hint=hint)
    return version


LOOKED_THROUGH = 4 * 2**20
"""Files up to this size, in bytes, are looked through at every open: some 12 ms for a megabyte, more than a year."""


def check_whole(connection: sqlite3.Connection, path: Path, *, any_size: bool = False) -> None:
    """Refuse a file whose pages, rows and indexes contradict each other; of a large one `ledger verify` tells."""
    if not any_size and path.stat().st_size > LOOKED_THROUGH:
        return
    (said,) = connection.execute("PRAGMA integrity_check(1)").fetchone()
    if said != "ok":
        raise damaged(disagreement(said))


def disagreement(said: str) -> str:
    """What SQLite's check of a file found, in our words: its own are English, and of another release others."""
    if row := re.search(r"row (\d+) missing from index (\w+)", said):
        return _("row {n} is missing from {index}").format(n=row[1], index=row[2])
    if page := re.search(r"page (\d+)", said, re.IGNORECASE):
        return _("page {n} does not fit the others").format(n=page[1])
    if name := re.search(r"(?:value|failed|entry|entries) in (?:index )?(\w+(?:\.\w+)?)", said):
        return _("{name} has a value that its rules forbid").format(name=name[1])
    return _("its pages do not fit each other")


def damaged(found: object) -> Unavailable:
    """What is said of a file that is not what was written."""
    return Unavailable(_("the database is damaged"), got=found, hint=_("anju restore puts a backup in its place"))


@contextmanager
def faults(path: Path) -> Iterator[None]:
    """Turn what SQLite says of a file into one line: locked, full, read-only, foreign, damaged.

    Raises Unavailable, or what fits the fault, in its place.
    """
    try:
        yield
    except sqlite3.Error as fault:
        raise explained(fault, path) from fault
    except UnicodeDecodeError as fault:  # SQLite names what is damaged, and the name is damaged too
        raise damaged(path) from fault


def explained(fault: BaseException, path: Path) -> AnjuError:
    """The one line for a fault of the database."""
    code = getattr(fault, "sqlite_errorcode", 0) & 0xFF
    known = {
        sqlite3.SQLITE_BUSY: _("the database is locked by another program"),
        sqlite3.SQLITE_LOCKED: _("the database is locked by another program"),
        sqlite3.SQLITE_FULL: _("the disk is full, nothing was written"),
        sqlite3.SQLITE_READONLY: _("the database cannot be written"),
        sqlite3.SQLITE_CANTOPEN: _("the database cannot be opened"),
        sqlite3.SQLITE_PERM: _("the database cannot be opened"),
        sqlite3.SQLITE_NOTADB: _("this file is not an anju database"),
        sqlite3.SQLITE_CORRUPT: _("the database is damaged"),
        sqlite3.SQLITE_IOERR: _("the disk could not be read or written"),
    }
    hint = _("anju restore puts a backup in its place") if code == sqlite3.SQLITE_CORRUPT else None
    name = getattr(fault, "sqlite_errorname", type(fault).__name__)
    return Unavailable(known.get(code) or _("the database failed: {fault}").format(fault=name), got=path, hint=hint)
