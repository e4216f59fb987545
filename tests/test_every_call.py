"""Commands killed at every call to the system that changes a file: what stands is the old or the new, whole."""

import os
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from anju_cli.store import schema
from tests.conftest import ROOT, needed, prepared
from tests.test_reviews import locked_q2

CALLS = (
    "openat", "close", "flock", "fcntl", "link", "linkat", "rename", "renameat", "renameat2", "unlink", "unlinkat", "mkdir",
    "chmod", "fchmod", "fchmodat", "fchown", "truncate", "ftruncate", "fallocate", "fsync", "fdatasync", "write", "pwrite64",
    "writev", "pwritev", "copy_file_range", "sendfile", "symlink",
)  # fmt: skip
"""Whatever makes, holds, names, removes, shortens, syncs or fills a file, or lets go of it."""
LOOKING = {
    "newfstatat", "fstat", "stat", "lstat", "statx", "access", "faccessat", "faccessat2", "ioctl", "lseek", "read", "pread64",
    "getdents64", "readlink", "getcwd", "chdir", "statfs", "fstatfs", "mmap", "execve", "munmap", "fadvise64",
}  # fmt: skip
"""What only looks at one."""

COMMANDS = {
    "restore": "restore {folder}/copy.db --force",
    "restore where there is none": "restore {folder}/copy.db --db {folder}/new.db",
    "init": "init --db {folder}/new.db",
    "backup": "backup {folder}/new.db",
    "lock": "review lock Q2",
    "close": "review close Q2 --on 2020-07-20 --document d",
    "seal": "ledger seal",
    "amend": "plan amend raise --goal 5000 --document d --effective 2020-07-20",
    "migration": "ledger seal --db {folder}/old.db",
}


@prepared
def reviewed(office):
    """A quarter that can be locked anew or closed."""
    locked_q2(office)
    office("review result all met", today="2020-07-20")
    return office


@pytest.fixture
def kept(reviewed, tmp_path):
    """A folder with a ledger, an earlier copy of it, and one of the first version."""
    folder = tmp_path / "kept"
    folder.mkdir()
    reviewed(f"backup {folder / 'copy.db'}")
    of_the_first_version(folder / "old.db")
    shutil.copy(os.environ["ANJU_DB"], folder / "anju.db")
    with sqlite3.connect(folder / "anju.db") as connection:
        connection.execute("CREATE VIEW later AS SELECT 1")
    connection.close()
    return folder


def of_the_first_version(path):
    """A ledger with what is filed in the present one, as the first version of the program left it."""
    with sqlite3.connect(path) as old:
        for statement in schema.STEPS[0].STATEMENTS:
            old.execute(statement)
        old.execute(f"PRAGMA application_id = {schema.APPLICATION_ID}")
        old.execute("PRAGMA user_version = 1")
        old.execute("ATTACH ? AS now", (os.environ["ANJU_DB"],))
        for table in schema.STEPS[0].TABLES:
            old.execute(f"INSERT INTO main.{table} SELECT * FROM now.{table}")
    old.close()


def run(folder, line, *strace):
    """A command on the ledger of a folder; what became of it."""
    words = [word.format(folder=folder) for word in line.split()]
    given = {"ANJU_DB": str(folder / "anju.db"), "ANJU_TODAY": "2020-07-20", "PYTHONDONTWRITEBYTECODE": "1"}
    given |= {"PYTHONHASHSEED": "0"}  # so that its calls come in the same order
    command = [*strace, sys.executable, "-m", "anju_cli", *words]
    return subprocess.run(command, cwd=ROOT, env=os.environ | given, capture_output=True, text=True)


def states(folder):
    """What the databases of a folder hold, each of them whole; those that are not there hold nothing."""
    found = {}
    for name in ("anju.db", "new.db", "old.db"):
        if not (folder / name).exists():
            found[name] = None
            continue
        connection = sqlite3.connect(folder / name)
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        tables = [
            row[0]
            for row in connection.execute("SELECT name FROM sqlite_master WHERE type IN ('table', 'view') ORDER BY 1")
        ]
        counts = [connection.execute(f"SELECT COUNT(*) FROM {table}").fetchone()[0] for table in tables]
        found[name] = (connection.execute("PRAGMA user_version").fetchone(), tuple(zip(tables, counts, strict=True)))
        connection.close()
    return found


def killed(anju, kept, line, numbers):
    """Kill a command at each of its calls that `numbers` picks of so many; how often it was killed."""
    strace = [needed("strace"), "-f"]
    tries = 0

    def fresh():
        nonlocal tries
        tries += 1
        return Path(shutil.copytree(kept, kept.with_name(f"try-{tries}")))

    before, done, list_of_calls = states(kept), fresh(), kept.with_name("calls")
    assert run(done, line, *strace, "-y", "-o", str(list_of_calls)).returncode == 0
    after = states(done)
    for call, made in calls_on(done, list_of_calls).items():
        for number in numbers(call, made):
            folder = fresh()
            kill = f"inject={call}:signal=SIGKILL:when={number}"
            came = run(folder, line, *strace, "-o", os.devnull, "-e", f"trace={call}", "-e", kill)
            was_killed = came.returncode in (-signal.SIGKILL, 128 + signal.SIGKILL)
            assert was_killed or call in IMPORTS, (call, number, came)
            for name, state in states(folder).items():
                assert state in (before[name], after[name]), (call, number, name)
            check_leftovers(anju, folder)
            shutil.rmtree(folder)
    return tries


IMPORTS = ("openat", "close")
"""Calls of which Python makes some more or less before it comes to the ledger."""


def calls_on(folder, list_of_calls):
    """By call, the numbers of those that touch a file of a folder, or write what is said; none is unknown to us."""
    touching, made = {}, Counter()
    for text in list_of_calls.read_text(errors="replace").splitlines():
        call = re.match(r"\d+ +(\w+)\(", text)
        if call is None:
            continue
        made[call[1]] += 1
        if (str(folder) in text and call[1] not in LOOKING) or call[1] == "write":
            touching.setdefault(call[1], []).append(made[call[1]])
    assert set(touching) <= set(CALLS)
    return touching


def check_leftovers(anju, folder):
    """What was left is named, and gone after the next filing; kept copies are whole."""
    drafts = {path.name: path.stat() for path in folder.glob(".anju-*.new")}
    left = [*drafts, *(path.name for path in folder.glob("*.db.*-[0-9]*") if path.stat() in drafts.values())]
    if left or (folder / "anju.db").stat().st_nlink > 1:
        said = anju(f"doctor --db {folder / 'anju.db'}", code=None).out
        assert all(name in said for name in left)
    for name in ("anju.db", "old.db") if list(folder.glob("old.db.*")) else ("anju.db",):
        anju(f"progress add raise 5 --unit hsc --on 7-19 --db {folder / name}", today="2020-07-20")
    assert not list(folder.glob(".anju-*"))
    for path in folder.glob("*.db*"):
        assert path.stat().st_nlink == 1
    closed = anju(f"review show Q2 --json --db {folder / 'anju.db'}", today="2020-07-20").json["state"] == "closed"
    assert len(list(folder.glob("anju.db.before-closing-*"))) <= closed
    for copy in folder.glob("*.db.*-*"):
        with sqlite3.connect(copy) as connection:
            assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        connection.close()


def some(call, made):
    """Every call that names a file, and of the others the last."""
    return made if call in ("link", "rename", "flock") else made[-1:]


@pytest.mark.kills
@pytest.mark.parametrize("command", ["restore", "init", "backup"])
def test_a_command_killed_at_a_call_leaves_the_old_or_the_new(reviewed, kept, command):
    assert killed(reviewed, kept, COMMANDS[command], some) > 4


@pytest.mark.kills
@pytest.mark.trial
@pytest.mark.parametrize("line", COMMANDS.values(), ids=COMMANDS)
def test_a_command_killed_at_any_call_leaves_the_old_or_the_new(reviewed, kept, line):
    if "lock" in line:
        assert run(kept, "review reopen Q2 --reason r --document d").returncode == 0
    assert killed(reviewed, kept, line, lambda _call, made: made) > 20
