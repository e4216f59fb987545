"""The ledger's bulk path against plain `executemany` into the same table, in one process and in turn: prints JSON.

`python bench/bulk.py DIRECTORY --drafts 100000 --rounds 3`; run by `bench/run.py bulk`. All three write one
transaction to a new copy of the same database, through the same settings, and commit it; the plain ones are handed
finished rows, so that nothing but SQLite is measured.
"""

import argparse
import json
import random
import shutil
import sqlite3
import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import date
from pathlib import Path
from statistics import median

from build import ENTRY, FILING, WHO, districts, filing_row, year

from anju_cli.ledger.book import opened
from anju_cli.ledger.drafts import Draft, Manner
from anju_cli.ledger.entries.filing import file
from anju_cli.ledger.plans import initialise

PRAGMAS = (
    "PRAGMA journal_mode = DELETE",
    "PRAGMA synchronous = EXTRA",
    "PRAGMA foreign_keys = ON",
    "PRAGMA recursive_triggers = ON",
    "PRAGMA trusted_schema = OFF",
    "PRAGMA cell_size_check = ON",
)
"""The settings of the writing door."""


def measured(directory: Path, count: int, rounds: int) -> dict[str, float]:
    """Drafts a second of each, medians; and the medians of our rate against theirs."""
    plan = districts(1)[0]
    empty, copy = directory / "empty.db", directory / "copy.db"
    empty.unlink(missing_ok=True)
    initialise(empty, plan, WHO)
    rows = list(one_filing(plan, count))
    drafts = [draft(row) for row in rows]
    takes: dict[str, list[float]] = {"ours": [], "guarded": [], "bare": []}
    for turn in range(rounds + 1):
        for name, seconds in takes.items():
            shutil.copy(empty, copy)
            if name == "bare":
                unguard(copy)
            start = time.perf_counter()
            if name == "ours":
                with opened(copy, plan.id, WHO) as book:
                    file(book, drafts, Manner(via="excel"))
            else:
                plain(copy, filing_row(plan, 1, rows), rows)
            if turn:  # the first is to warm up
                seconds.append(time.perf_counter() - start)
            copy.unlink()
    return {
        **{name: count / median(seconds) for name, seconds in takes.items()},
        **{
            f"against_{name}": median(a / b for a, b in zip(takes[name], takes["ours"], strict=True))
            for name in ("guarded", "bare")
        },
    }


def one_filing(plan: object, count: int) -> Iterator[tuple]:
    """A made-up year as the rows of one filing, reports alone."""
    for _, rows in year(plan, count, 1, 1, random.Random(0)):
        for row in rows:
            entry = row[0]
            yield (entry, f"{1:09}-{entry - 1:06}", 1, *row[3:10], 1, None, None, None, row[14])


def draft(row: Sequence) -> Draft:
    """A row as the draft it would have come from."""
    return Draft(
        item=row[4],
        unit=row[5],
        on=date.fromisoformat(row[7]),
        received_on=date.fromisoformat(row[8]),
        quantity=row[9],
    )


def unguard(path: Path) -> None:
    """Take the triggers away."""
    with closing(sqlite3.connect(path)) as connection:
        for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            connection.execute(f"DROP TRIGGER {name}")


def plain(path: Path, filing: tuple, rows: Sequence[tuple]) -> None:
    """The rows by `executemany`."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for pragma in PRAGMAS:
            connection.execute(pragma)
        connection.execute("BEGIN IMMEDIATE")
        connection.execute(FILING, filing)
        connection.executemany(ENTRY, rows)
        connection.execute("COMMIT")


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("directory", type=Path)
    parser.add_argument("--drafts", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=3)
    given = parser.parse_args()
    print(json.dumps(measured(given.directory, given.drafts, given.rounds)))
