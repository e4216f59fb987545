"""The one way out: every file that is written is written here, and every file that is read is noted here.

A file appears whole or not at all: it is made beside its place, synced, and renamed. Never written are the database,
what belongs to it, and any file that the same command reads, under whatever name or link they are named.
"""

import os
import re
import stat
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from anju_cli.errors import Refused, Unavailable, Unclear
from anju_cli.i18n import _, why

try:
    import fcntl

    LOCKS = True
except ImportError:  # Windows, where an open file can be neither renamed nor removed by others
    LOCKS = False

SQLITE_HEAD = b"SQLite format 3\0"
APPLICATION_ID = 0x616E6A75
"""`anju` in ASCII: how a database is known to be ours."""
HEADER = 72
"""Bytes of a SQLite file up to and including its application_id."""

BESIDE = ("-journal", "-wal", "-shm")
"""What SQLite itself puts beside a database."""

KEPT = re.compile(r"(?P<database>.+)\.(?:replaced|before-closing|version-\d+)-\d+(?:-journal)?")
"""Copies that are kept beside a database when it is replaced, closed or brought up to date."""

_DRAFT = re.compile(r"\.anju-[0-9a-f]{8}\.new")

_AT_ONCE = getattr(os, "O_NONBLOCK", 0)  # a pipe is opened without waiting for who writes to it
_read: dict[tuple[int, int], Path] = {}
_databases: set[Path] = set()


def forget() -> None:
    """A new command begins: nothing was read yet."""
    _read.clear()
    _databases.clear()


def database(path: Path) -> Path:
    """Note a database of this command, be it there or not; the same path."""
    _databases.add(path)
    return path


@contextmanager
def source(path: str | Path, instead: str | None = None) -> Iterator[BinaryIO]:
    """A file opened to be read, which this command writes to no more; `instead` is how else it may come.

    Raises Unavailable where it is a pipe or a device, which might never end, OSError where it cannot be opened.
    """
    with open(path, "rb", opener=lambda name, flags: os.open(name, flags | _AT_ONCE)) as file:
        if not stat.S_ISREG((known := os.fstat(file.fileno())).st_mode):
            raise Unavailable(_("this is no plain file"), got=path, hint=instead)
        _read[known.st_dev, known.st_ino] = Path(path)
        yield file


def is_database(head: bytes) -> bool:
    """Whether a file that begins so is a database of ours."""
    return head.startswith(SQLITE_HEAD) and head[68:72] == APPLICATION_ID.to_bytes(4, "big")


def check(path: Path, force: bool, besides: Iterable[object] = ()) -> None:
    """Refuse, before anything is done, what `save` would refuse: what is never written, what is there, no folder.

    `besides` are the other words of the command line: what they name is read, or written by another option.
    """
    target = guard(path, besides)
    if _is_stream(target):
        return
    if not force and os.path.lexists(path):
        raise _taken(path)
    if not os.access(target.parent, os.W_OK):
        hint = None if target.parent.is_dir() else _("there is no such folder")
        raise Unavailable(_("the file cannot be written"), got=path, hint=hint)


def guard(path: Path, besides: Iterable[object] = ()) -> Path:
    """The file that a path means once links are followed; refused where it is never to be written."""
    try:
        os.path.lexists(path)
        target = Path(os.path.realpath(path))
        known = target.stat() if target.exists() else None
    except (OSError, ValueError) as fault:
        raise Unclear(_("no file can have such a name"), got=path) from fault
    if _belongs_to_a_database(target, known):
        hint = _("name another file; anju backup makes a copy of the database")
        raise Refused(_("the database and its files are never written over"), got=path, hint=hint)
    if _is_read(target, known, besides):
        raise Refused(_("this command reads that file"), got=path, hint=_("name another file"))
    return target


def guard_new_database(path: Path) -> Path:
    """Where a database may be made: the file that a path means once links are followed.

    Refused where the name is that of another database's journal or kept copy.
    """
    target = Path(os.path.realpath(path))
    if _is_beside_a_database(target):
        raise Refused(_("the database and its files are never written over"), got=path, hint=_("name another file"))
    return target


def _belongs_to_a_database(target: Path, known: os.stat_result | None) -> bool:
    for one in _databases:
        real = Path(os.path.realpath(one))
        files = [real, *(Path(f"{name}{ending}") for name in (one.absolute(), real) for ending in BESIDE)]
        if any(_same(target, known, file) for file in files):
            return True
    if known is not None and stat.S_ISREG(known.st_mode) and _holds_database(target):
        return True
    return _is_beside_a_database(target)


def _is_beside_a_database(target: Path) -> bool:
    """Whether a name, be there such a file or not, is one that SQLite or we give to what belongs to a database."""
    kept = KEPT.fullmatch(target.name)
    ended = (target.name.removesuffix(ending) for ending in BESIDE if target.name.endswith(ending))
    bases = [*filter(None, ended), *([kept["database"]] if kept else [])]
    return any(_holds_database(target.with_name(base)) for base in bases)


def _same(target: Path, known: os.stat_result | None, file: Path) -> bool:
    if os.path.normcase(target) == os.path.normcase(os.path.realpath(file)):
        return True
    try:
        return known is not None and os.path.samestat(known, file.stat())
    except OSError:
        return False


def _holds_database(path: Path) -> bool:
    if any(os.path.realpath(one) == str(path) for one in _databases):
        return True
    try:
        if not path.is_file():  # opening a pipe would wait for who writes to it
            return False
        with path.open("rb") as file:
            return is_database(file.read(HEADER))
    except (OSError, ValueError):
        return False


def _is_read(target: Path, known: os.stat_result | None, besides: Iterable[object]) -> bool:
    words = [word for value in besides for word in (value if isinstance(value, (list, tuple)) else [value])]
    for word in words:
        if isinstance(word, str) and word and "\0" not in word:
            with suppress(OSError, ValueError, RuntimeError):  # no file can have such a name; no home
                if _same(target, known, Path(word).expanduser()):
                    return True
    if known is None or not stat.S_ISREG(known.st_mode):
        return False
    return (known.st_dev, known.st_ino) in _read or _is_standard_input(known)


def _is_standard_input(known: os.stat_result) -> bool:
    try:
        return os.path.samestat(known, os.fstat(sys.stdin.fileno()))
    except (OSError, ValueError, AttributeError):
        return False


def save(path: Path, content: bytes | Iterable[bytes], force: bool) -> None:
    """Write a file whole or not at all; an existing one only with `force`, and its permissions stay.

    A link is written through; into a pipe or a device is written what comes.
    """
    check(path, force)
    pieces = [content] if isinstance(content, bytes) else content
    target = Path(os.path.realpath(path))
    try:
        if _is_stream(target):
            with target.open("wb") as stream:
                stream.writelines(pieces)
            return
        with draft(target, 0o666) as made:
            with made.open("wb") as file:
                if target.exists():
                    made.chmod(stat.S_IMODE(target.stat().st_mode))
                file.writelines(pieces)
                file.flush()
                os.fsync(file.fileno())
            publish(made, target, replacing=force)
    except FileExistsError:
        raise _taken(path) from None
    except OSError as fault:
        raise Unavailable(_("the file cannot be written"), got=path, hint=why(fault)) from fault


def take(folder: Path, paths: Sequence[Path], force: bool, besides: Iterable[object] = ()) -> None:
    """Make a folder for files, and refuse at once if any of them may not be written."""
    words = list(besides)
    for path in paths:
        if not _is_stream(guard(path, words)) and not force and os.path.lexists(path):
            raise _taken(path)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as fault:
        raise Unavailable(_("the folder cannot be made"), got=folder, hint=why(fault)) from fault


@contextmanager
def draft(target: Path, mode: int) -> Iterator[Path]:
    """An empty file beside `target` under a name of its own, held while it is made; gone afterwards unless renamed.

    Raises OSError where none can be made.
    """
    made, handle = _held_draft(target.absolute().parent, mode)
    try:
        yield made
    finally:
        _remove(made)
        os.close(handle)


def _held_draft(folder: Path, mode: int) -> tuple[Path, int]:
    while True:
        made = folder / f".anju-{os.urandom(4).hex()}.new"
        try:
            handle = os.open(made, os.O_CREAT | os.O_EXCL | os.O_RDWR, mode)
        except FileExistsError:
            continue
        if not LOCKS:
            os.close(handle)
            return made, os.open(os.devnull, os.O_RDONLY)
        with suppress(OSError):  # a file system without locks: then nobody clears away either
            fcntl.flock(handle, fcntl.LOCK_EX)
        if os.fstat(handle).st_nlink:
            return made, handle
        os.close(handle)  # taken for abandoned before it was held


def publish(made: Path, target: Path, *, replacing: bool) -> None:
    """Give a finished file its name, which must be free unless it is to be replaced, and make the name durable.

    Raises FileExistsError where somebody else was faster, OSError where the folder cannot be written.
    """
    try:
        if not replacing:
            os.link(made, target)
    except FileExistsError:
        raise
    except OSError:  # a file system without hard links
        replacing = True
    if replacing:
        made.replace(target)
    sync_directory(target.absolute().parent)


def sync_directory(directory: Path) -> None:
    """Make the names in a directory durable."""
    if os.name == "nt":  # Windows keeps directory entries durable itself, and opens no directory
        return
    handle = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def abandoned(folder: Path) -> list[Path]:
    """Drafts in a folder that nobody holds: what a killed command left."""
    return [made for made in _drafts(folder) if _nobody_holds(made)]


def clear(folder: Path) -> None:
    """Remove the drafts that nobody holds."""
    for made in _drafts(folder):
        _nobody_holds(made, removing=True)


def _drafts(folder: Path) -> list[Path]:
    try:
        with os.scandir(folder) as entries:
            return sorted(Path(entry.path) for entry in entries if _DRAFT.fullmatch(entry.name))
    except OSError:
        return []


def _nobody_holds(made: Path, *, removing: bool = False) -> bool:
    """Whether a draft is left over; where `removing`, it is gone then, before anybody can take hold of it."""
    if not LOCKS:
        return False
    try:
        handle = os.open(made, os.O_RDWR)
    except OSError:
        return False
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        if not os.path.samestat(os.fstat(handle), made.stat()):
            return False
        if removing:
            _remove(made)
        return True
    except OSError:
        return False
    finally:
        os.close(handle)


def _remove(made: Path) -> None:
    for path in (*(Path(f"{made}{ending}") for ending in BESIDE), made):
        with suppress(OSError):
            path.unlink()


def _is_stream(target: Path) -> bool:
    """Whether a file is a pipe or a device, which is written to and never replaced."""
    try:
        mode = target.stat().st_mode
    except OSError:
        return False
    return stat.S_ISFIFO(mode) or stat.S_ISCHR(mode) or stat.S_ISBLK(mode)


def _taken(path: Path) -> Refused:
    return Refused(_("there is already a file here"), got=path, hint=_("--force replaces it"))
