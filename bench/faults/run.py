"""Faults on purpose, many of them: `python bench/faults/run.py all`, or the names of some. Prints a table of Markdown.

The same functions, with small numbers, are tests (tests/test_faults.py). Nothing outside a temporary folder is written.
"""

import argparse
import json
import os
import platform
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests import faults, faults_of_returns

SMALL_DISK = 'mount -t tmpfs -o size=1m tmpfs "$1" && exec "$2" "$3" "$1"'


def new(folder: Path, name: str) -> Path:
    """A new database with the shipped plan."""
    path = folder / f"{name}.db"
    assert faults.say("init", db=path).code == 0
    return path


def full_disk(folder: Path) -> dict[str, Any]:
    """A disk of 1 MB in a mount namespace of its own; where that is not allowed, it says so."""
    place = folder / "small"
    place.mkdir()
    script = Path(__file__).with_name("full_disk.py")
    line = ["unshare", "--mount", "sh", "-c", SMALL_DISK, "sh", str(place), sys.executable, str(script)]
    done = subprocess.run(line, capture_output=True, text=True)
    return json.loads(done.stdout) if done.returncode == 0 else {"not tried": done.stderr.strip()[:100]}


def jobs(folder: Path, scale: float) -> dict[str, Callable[[], dict[str, Any] | None]]:
    """What is done, by name."""
    scratch = folder / "scratch.db"

    def times(count: int) -> int:
        return max(1, int(count * scale))

    def furnished() -> Path:
        path = folder / "furnished.db"
        return path if path.exists() else faults.furnish(path)

    return {
        "crowd": lambda: faults.crowd(new(folder, "crowd"), times(64)),
        "contest": lambda: faults.contest(new(folder, "contest"), times(16)),
        "killed imports": lambda: faults_of_returns.killed_imports(folder, times(100)),
        "bad returns": lambda: faults_of_returns.bad_returns(furnished(), folder / "return.csv", times(2_000)),
        "backups": lambda: faults.backups(new(folder, "backups"), folder, times(50)),
        "kills": lambda: faults.kills(new(folder, "kills"), times(300)),
        "overwrites": lambda: faults.overwrites(furnished(), scratch, times(200)),
        "truncations": lambda: faults.truncations(furnished(), scratch, times(100)),
        "bit flips": lambda: faults.bit_flips(furnished(), scratch, times(200)),
        "rewritten rows": lambda: faults.rewritten(furnished(), scratch, times(10)),
        "full disk": lambda: full_disk(folder),
        "sync": lambda: faults.synced(new(folder, "sync"), folder / "trace"),
        "inputs": lambda: faults.inputs(furnished(), scratch, times(8_000), times(2_000)),
    }


def main() -> None:
    """Run what was asked for, and say what came of it."""
    parser = argparse.ArgumentParser(description="Faults on purpose, counted.")
    parser.add_argument("names", nargs="+", help="all, or some of: " + ", ".join(jobs(Path(), 1)))
    parser.add_argument("--scale", type=float, default=1, help="a fraction of the numbers, to try it")
    given = parser.parse_args()
    os.environ |= {"ANJU_TODAY": "2020-07-15", "ANJU_BY": "tester", "LANG": "en_US.UTF-8"}
    os.environ.pop("ANJU_PLAN", None)
    folder = Path(tempfile.mkdtemp(prefix="anju-faults-"))
    os.chdir(folder)
    programs = f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}"
    print(f"{programs}, {platform.system()}, {os.cpu_count()} cores\n")
    print("| fault | what came of it |\n|---|---|")
    try:
        for name, job in jobs(folder, given.scale).items():
            if name in given.names or "all" in given.names:
                came = job()
                said = ", ".join(f"{key} {value}" for key, value in came.items()) if came else "cannot be traced here"
                print(f"| {name} | {said} |", flush=True)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
