"""Pairs of whole processes, in turn (A B A B …): medians, and the ratio pair by pair. Standard library alone.

The machine's speed drifts, so only what ran side by side is compared. A run's memory is its largest; whoever measures
must stay small itself, since a new process inherits the high-water mark of the one it came from.
"""

import os
import pty
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from statistics import median

SLACK = 0.005
"""A ratio is rounded to two decimals before it is held against its promise."""


@dataclass(frozen=True)
class Run:
    """One finished process: seconds by the clock, seconds of processor, peak memory in MB."""

    wall: float
    cpu: float
    memory: float


@dataclass(frozen=True)
class Line:
    """One row of a result: something against its reference."""

    name: str
    ours: float
    reference: float | None = None
    unit: str = "ms"
    ratio: float | None = None
    cpu_ratio: float | None = None
    promise: float | None = None
    at_least: bool = False

    @property
    def verdict(self) -> str:
        """Met, missed, or nothing where nothing was promised."""
        if self.promise is None:
            return ""
        value = self.ours if self.ratio is None else self.ratio
        met = value >= self.promise - SLACK if self.at_least else value <= self.promise + SLACK
        return "met" if met else "MISSED"


def run(command: Sequence[str], env: dict[str, str], *, terminal: bool = False) -> Run:
    """Run a command to its end; what it prints goes nowhere, or to a terminal of our own."""
    if terminal:
        ours, theirs = pty.openpty()
        reader = threading.Thread(target=_drain, args=(ours,), daemon=True)
        reader.start()
    else:
        theirs = os.open(os.devnull, os.O_RDWR)
    start = time.perf_counter()
    process = subprocess.Popen(command, env=env, stdin=subprocess.DEVNULL, stdout=theirs, stderr=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    wall = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    os.close(theirs)
    if terminal:
        reader.join()
        os.close(ours)
    if process.returncode:
        raise SystemExit(f"exit {process.returncode}: {' '.join(command)}")
    return Run(wall, used.ru_utime + used.ru_stime, used.ru_maxrss / (1 if sys.platform == "darwin" else 1000))


def _drain(terminal: int) -> None:
    with suppress(OSError):  # the terminal's other end is closed
        while os.read(terminal, 65536):
            pass


def pairs(
    ours: Sequence[str], reference: Sequence[str], env: dict[str, str], count: int, *, terminal: bool = False
) -> tuple[list[Run], list[Run]]:
    """Run two commands in turn, once each to warm up and then `count` times."""
    for command in (ours, reference):
        run(command, env, terminal=terminal)
    both = [(run(ours, env, terminal=terminal), run(reference, env, terminal=terminal)) for _ in range(count)]
    return [a for a, _ in both], [b for _, b in both]


def compared(
    name: str,
    ours: Sequence[str],
    reference: Sequence[str],
    env: dict[str, str],
    count: int,
    promise: float | None = None,
    *,
    terminal: bool = False,
) -> Line:
    """One command against another."""
    a, b = pairs(ours, reference, env, count, terminal=terminal)
    return Line(
        name,
        1000 * median(each.wall for each in a),
        1000 * median(each.wall for each in b),
        ratio=median(x.wall / y.wall for x, y in zip(a, b, strict=True)),
        cpu_ratio=median(x.cpu / y.cpu for x, y in zip(a, b, strict=True)),
        promise=promise,
    )


def show(title: str, lines: Sequence[Line]) -> None:
    """Print lines as a Markdown table, which is readable as it is."""
    head = ("", "ours", "reference", "ratio", "ratio, CPU", "promise", "")
    rows = [_cells(line) for line in lines]
    widths = [max(len(row[column]) for row in (head, *rows)) for column in range(len(head))]
    print(f"\n### {title}\n")
    print(_joined(head, widths))
    print("|" + "|".join("-" * (width + 1) + (":" if column else "-") for column, width in enumerate(widths)) + "|")
    for row in rows:
        print(_joined(row, widths))
    sys.stdout.flush()


def _cells(line: Line) -> tuple[str, ...]:
    promise = "" if line.promise is None else f"{'≥' if line.at_least else '≤'} {line.promise:g}"
    return (
        line.name,
        f"{line.ours:,.0f} {line.unit}",
        "" if line.reference is None else f"{line.reference:,.0f} {line.unit}",
        _number(line.ratio),
        _number(line.cpu_ratio),
        promise,
        line.verdict,
    )


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.2f}"


def _joined(cells: Sequence[str], widths: Sequence[int]) -> str:
    first, *others = zip(cells, widths, strict=True)
    padded = [first[0].ljust(first[1]), *(cell.rjust(width) for cell, width in others)]
    return "| " + " | ".join(padded) + " |"
