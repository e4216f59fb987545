"""The surroundings: programs, fonts, the database file, its folder, its disk. Nothing is changed or read through."""

import os
import re
import shutil
import sqlite3
import stat
import subprocess
import sys
import unicodedata
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from anju_cli import clock, outlet
from anju_cli.domain.plan import Settings
from anju_cli.errors import AnjuError
from anju_cli.i18n import _
from anju_cli.reports.answers.ledger import Checked
from anju_cli.store import check_queries
from anju_cli.store.copies import kept_names, looked_at, second_names
from anju_cli.store.fit import own_of_the_office
from anju_cli.store.schema import VERSION, version_of
from anju_cli.workdays import WorkCalendar

NETWORK = frozenset(
    ("nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "afs", "fuse.sshfs", "davfs", "fuse.davfs2", "virtiofs")
)
"""File systems that are kept elsewhere: locks on them are not to be relied on."""

SYNCED = (
    "onedrive", "坚果云", "nutstore", "wps云盘", "wps云文档", "wps网盘", "wpscloud", "wpsdrive", "wps365", "dropbox",
    "百度网盘", "百度云", "baidunetdisk", "baidusyncdisk", "baiduyun", "googledrive", "icloud", "com~apple~clouddocs",
    "微云", "weiyun", "阿里云盘", "aliyundrive", "天翼云盘", "ecloud", "115网盘", "夸克网盘", "seafile",
    "nextcloud", "owncloud", "syncthing", "resilio",
)  # fmt: skip
"""Parts of the names of folders that a program keeps in step with a cloud, half-written files too."""

ROOM = 200 * 2**20
"""Free space, in bytes, below which a word is due."""

FONTS = {
    "仿宋": ("FangSong", "仿宋"),
    "黑体": ("SimHei", "黑体"),
    "小标宋": ("小标宋", "XiaoBiaoSong"),
    "楷体": ("KaiTi", "楷体"),
}
"""The typefaces of an official paper, and the names under which they are installed."""

PROGRAMS = ("soffice", "pdftotext")
"""What turns papers into PDF and reads them back; nothing needs them to record or report."""


def examine(path: Path, *, mounts: Path = Path("/proc/self/mountinfo")) -> list[Checked]:
    """Everything there is to say of the surroundings and of the database file."""
    return [*_program(), *_file(path), *_place(path, mounts), *_today(), *_paper()]


def worst(rows: list[Checked]) -> bool:
    """Whether anything is to be mended."""
    return any(row.state == "bad" for row in rows)


def _program() -> Iterator[Checked]:
    yield Checked("python", "ok", sys.version.split()[0])
    yield Checked("sqlite", "ok", sqlite3.sqlite_version)
    for name in ("typer", "sqlmodel", "chinesecalendar"):
        try:
            yield Checked(name, "ok", version(name))
        except PackageNotFoundError:
            yield Checked(name, "bad", _("not installed"), _("install anju again"))
    encoding = (getattr(sys.stdout, "encoding", None) or "?").lower()
    fits = encoding.replace("-", "") in ("utf8", "gbk", "gb18030", "cp936")
    yield Checked("encoding", "ok" if fits else "note", encoding, None if fits else _("PYTHONUTF8=1 shows Chinese"))


def _file(path: Path) -> Iterator[Checked]:
    if not path.exists():
        yield Checked("database", "note", str(path), _("anju init creates one, anju demo makes one to try"))
        return
    yield Checked("database", "ok", str(path))
    try:
        with looked_at(path) as connection:
            _application, number = version_of(connection)
            own = own_of_the_office(connection)
            journal, last = check_queries.journal_mode(connection), check_queries.last_recorded_at(connection)
    except AnjuError as fault:
        yield Checked("schema", "bad", fault.what, fault.hint or _("anju restore puts a backup in its place"))
    else:
        older = _("any write brings it up to date, after a backup")
        yield Checked(
            "schema", "ok" if number == VERSION else "note", str(number), None if number == VERSION else older
        )
        plain = journal == "delete"
        yield Checked(
            "journal", "ok" if plain else "bad", journal, None if plain else _("one file alone is safe to carry")
        )
        now = clock.now().strftime("%Y-%m-%dT%H:%M:%S")
        wrong = _clock_is_wrong(last)
        if own:
            harmless = _("they change no figure and may stay")
            yield Checked("own parts", "note", ", ".join(own), harmless)
        yield Checked("clock", "warn" if wrong else "ok", now + "Z", wrong)
    known = path.stat()
    mode = stat.S_IMODE(known.st_mode)
    private = os.name == "nt" or not mode & 0o077
    yield Checked("permissions", "ok" if private else "warn", f"{mode:04o}", None if private else f"chmod 600 {path}")
    if path.is_symlink() or known.st_nlink > 1:
        several = _("open it under one name only: its journal is found by name")
        yield Checked("links", "warn", str(path.resolve() if path.is_symlink() else known.st_nlink), several)
    for ending in ("-wal", "-shm", "-journal"):
        beside = path.with_name(path.name + ending)
        if beside.exists():
            left = _("a writer is at work, or was cut off: the next command puts it right; do not delete it")
            yield Checked("leftovers", "warn" if ending == "-journal" else "bad", beside.name, left)
    real = Path(os.path.realpath(path))
    drafts = outlet.abandoned(real.parent)
    for beside in (*drafts, *(kept for draft in drafts for kept in kept_names(draft)), *second_names(real)):
        cut_off = _("a command was cut off: the next one that records clears it away")
        yield Checked("leftovers", "note", beside.name, cut_off)


def _clock_is_wrong(last: str | None) -> str | None:
    """What is to be said of the clock against the last filing; null where nothing is."""
    if last is None:
        return None
    if last > clock.now().strftime("%Y-%m-%dT%H:%M:%S"):
        return _("it is behind the last filing")
    if last < (clock.now() - clock.LONG).strftime("%Y-%m-%dT%H:%M:%S"):
        return _("it is more than 100 days after the last filing: is it right?")
    return None


def _place(path: Path, mounts: Path) -> Iterator[Checked]:
    folder = path.absolute().parent
    while not folder.exists():
        folder = folder.parent
    writable = os.access(folder, os.W_OK)
    advice = None if writable else _("a journal must be written beside the database")
    yield Checked("directory", "ok" if writable else "bad", str(folder), advice)
    if (synced := _synced(path.absolute())) is not None:
        keep = _("this folder is copied to a cloud while anju writes: keep the database elsewhere, and copies there")
        yield Checked("synced", "warn", synced, keep)
    free = shutil.disk_usage(folder).free
    needed = max(ROOM, 3 * path.stat().st_size if path.exists() else 0)
    yield Checked(
        "space", "ok" if free > needed else "warn", f"{free // 2**20} MiB", None if free > needed else _("nearly full")
    )
    kind = "unc" if str(folder).startswith("\\\\") else file_system(folder.resolve(), mounts)
    if kind is not None:
        far = kind == "unc" or kind in NETWORK
        keep = _("a network share does not lock reliably: keep the database on a disk of this computer")
        yield Checked("network", "bad" if far else "ok", kind, keep if far else None)


def _synced(path: Path) -> str | None:
    """The folder of a program that copies files to a cloud, where the database lies in one."""
    return synced_folder(str(path.parent)) or synced_folder(str(path.parent.resolve()))


def synced_folder(folder: str) -> str | None:
    """The part of a folder's path that a program copies to a cloud, of POSIX or of Windows; null where none does."""
    names = re.split(r"[\\/]", folder)
    return next((name for name in names if any(word in _folded(name) for word in SYNCED)), None)


def _folded(name: str) -> str:
    return re.sub(r"[\s_-]+", "", unicodedata.normalize("NFKC", name)).casefold()


def file_system(folder: Path, mounts: Path) -> str | None:
    """The kind of file system that a folder is on; null where the system does not say."""
    try:
        lines = mounts.read_text(encoding="utf-8", errors="surrogateescape").splitlines()
    except OSError:
        return None
    found: tuple[int, str] | None = None
    for line in lines:
        before, dash, after = line.partition(" - ")
        fields = before.split()
        if dash and len(fields) > 4 and after.split():
            point = Path(fields[4].replace("\\040", " "))
            if folder.is_relative_to(point) and (found is None or len(point.parts) >= found[0]):
                found = (len(point.parts), after.split()[0])
    return found[1] if found else None


def _today() -> Iterator[Checked]:
    calendar, today = WorkCalendar(Settings()), clock.today()
    unknown = [
        str(year)
        for year in (today.year, today.year + 1)
        if calendar.is_working(today.replace(year=year, day=1)) is None
    ]
    later = _("not yet published by the State Council; update chinesecalendar once it is")
    yield Checked(
        "calendar", "note" if unknown else "ok", ", ".join(unknown) or str(today.year), later if unknown else None
    )


def _paper() -> Iterator[Checked]:
    listed = shutil.which("fc-list")
    if listed:
        done = subprocess.run([listed, ":", "family"], capture_output=True, text=True, timeout=20, check=False)
        missing = [face for face, names in FONTS.items() if not any(name in done.stdout for name in names)]
        elsewhere = _("papers name them; only the computer that prints needs them")
        yield Checked("fonts", "note" if missing else "ok", ", ".join(missing or FONTS), elsewhere if missing else None)
    absent = [name for name in PROGRAMS if shutil.which(name) is None]
    needless = _("only turning papers into PDF needs them")
    yield Checked("programs", "note" if absent else "ok", ", ".join(absent or PROGRAMS), needless if absent else None)
