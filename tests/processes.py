"""Commands in processes of their own: several at once, killed at a chosen moment, or held to a measure of resources.

Most are forked from the test, which has loaded anju already: a fresh interpreter takes half a second of the processor.
"""

import json
import os
import signal
import subprocess
import sys
import tempfile
import warnings
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

from anju_cli.cli import main
from tests.conftest import ROOT, Heard

HANGING = 3600
"""Seconds after which a process is taken to hang for good; no machine is ever so busy."""


def fork(child: Callable[[], int | None]) -> int:
    """Fork, let the child do this and leave with what it returns; the child's number."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # of threads: those of the test runner hold nothing of ours
        pid = os.fork()
    if pid:
        return pid
    code = 99
    with suppress(BaseException):
        code = child() or 0
    os._exit(code)


def ended(pid: int) -> int:
    """Wait for a child: its exit code, or minus the signal that killed it."""
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


def said_into(folder: Path, line: Sequence[str]) -> int:
    """Run one command line in this process, which is a child, and keep what it says in two files."""
    for number, name in enumerate(("out", "err"), 1):
        os.dup2(os.open(folder / name, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600), number)
    sys.stdout, sys.stderr = (os.fdopen(number, "w", encoding="utf-8", closefd=False) for number in (1, 2))
    code = main(list(line))
    sys.stdout.flush()
    sys.stderr.flush()
    return code


def at_once(lines: Sequence[Sequence[str]]) -> list[Heard]:
    """So many commands at the same moment, each in its process: what each said."""
    with tempfile.TemporaryDirectory() as place:
        folders = [Path(place, str(number)) for number in range(len(lines))]
        gate, opening = os.pipe()

        def one(folder: Path, line: Sequence[str]) -> int:
            os.close(opening)
            os.read(gate, 1)  # until all are there
            return said_into(folder, line)

        running = []
        for folder, line in zip(folders, lines, strict=True):
            folder.mkdir()
            running.append(fork(lambda folder=folder, line=line: one(folder, line)))
        os.close(gate)
        os.close(opening)
        codes = [ended(pid) for pid in running]
        return [Heard(code, *texts(folder)) for code, folder in zip(codes, folders, strict=True)]


def texts(folder: Path) -> tuple[str, str]:
    """What a child said into its files."""
    out, err = ((folder / name).read_text(encoding="utf-8") for name in ("out", "err"))
    return out, err


LIMITED = """
import contextlib, io, json, resource, sys, time
from anju_cli.cli import main
megabytes, seconds = int(sys.argv[1]), int(sys.argv[2])
resource.setrlimit(resource.RLIMIT_DATA, (megabytes << 20, megabytes << 20))
for line in map(json.loads, sys.stdin):
    resource.setrlimit(resource.RLIMIT_CPU, (int(time.process_time()) + 1 + seconds, resource.RLIM_INFINITY))
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = main(line)
    print(json.dumps([code, out.getvalue(), err.getvalue()]), flush=True)
"""


def unmeasured() -> dict[str, str]:
    """The surroundings of a child whose own resources count: coverage, which takes more than anju does, stays out."""
    return {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE_")}


def within(megabytes: int, seconds: int, lines: Sequence[Sequence[str]]) -> list[Heard]:
    """Commands one after another in a child that may use so much memory, and each so much time of the processor.

    Of one that takes more time the child dies: it and those after it are given the signal for their exit code.
    """
    done = subprocess.run(
        [sys.executable, "-c", LIMITED, str(megabytes), str(seconds)],
        input="".join(json.dumps(line) + "\n" for line in lines), capture_output=True, text=True, cwd=ROOT, timeout=HANGING,
        env=unmeasured(),
    )  # fmt: skip
    heard = [Heard(*json.loads(answer)) for answer in done.stdout.splitlines()]
    died = Heard(done.returncode, "", f"it took more than {seconds} seconds of the processor\n{done.stderr}")
    return heard + [died] * (len(lines) - len(heard))


def killed_at(statement: int, line: Sequence[str], folder: Path) -> Heard:
    """One command, killed when the writing door is about to run its so-many-th statement of SQL."""

    def child() -> int:
        from sqlalchemy import event
        from sqlalchemy.engine import Engine

        left = [statement]

        def count(_statement: str) -> None:
            left[0] -= 1
            if left[0] < 0:
                os.kill(os.getpid(), signal.SIGKILL)

        event.listen(Engine, "connect", lambda connection, _record: connection.set_trace_callback(count))
        return said_into(folder, line)

    folder.mkdir(exist_ok=True)
    code = ended(fork(child))
    return Heard(code, *texts(folder))


MEASURED = """
import json, sys
from anju_cli.cli import main
code = main(json.loads(sys.argv[1]))
sys.stdout.flush()
with open("/proc/self/status") as file:
    (peak,) = (line.split()[1] for line in file if line.startswith("VmHWM:"))
print(int(peak) >> 10, file=sys.stderr)
sys.exit(code)
"""


def peak_of(line: Sequence[str], database: Path) -> int:
    """The most memory that one command held at a time, in MB; what it prints is thrown away."""
    done = subprocess.run(
        [sys.executable, "-c", MEASURED, json.dumps(line)], env=unmeasured() | {"ANJU_DB": str(database)},
        stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, cwd=ROOT, timeout=HANGING,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return int(done.stderr.split()[-1])
