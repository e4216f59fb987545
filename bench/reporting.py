"""The reporting query against the bare sum over the same index, in one process and in turn: prints JSON.

`python bench/reporting.py FILE --rounds 9`; run by `bench/run.py scale`.
"""

import argparse
import json
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from statistics import median

from anju_cli.store import queries
from anju_cli.store.reading import reading

BARE = "SELECT item, unit, quarter, SUM(quantity) FROM entry WHERE plan = ? GROUP BY 1, 2, 3"


def measured(path: Path, rounds: int) -> dict[str, object]:
    """Seconds of each, medians, and the median of their ratios by the clock and by processor time."""
    with reading(path) as connection:
        plan = queries.revisions(connection)[0].plan
        (index,) = {row["detail"] for row in connection.execute(f"EXPLAIN QUERY PLAN {BARE}", (plan,))}

        def ours() -> object:
            return queries.tallies(connection, plan, until=date(2020, 12, 31), upto=queries.ALL)

        def bare() -> object:
            return connection.execute(BARE, (plan,)).fetchall()

        ours(), bare()
        both = [(timed(ours), timed(bare)) for _ in range(rounds)]
    return {
        "index": index,
        "ours": median(a[0] for a, _ in both),
        "bare": median(b[0] for _, b in both),
        "ratio": median(a[0] / b[0] for a, b in both),
        "cpu_ratio": median(a[1] / b[1] for a, b in both),
    }


def timed(call: Callable[[], object]) -> tuple[float, float]:
    """Seconds by the clock and of processor that a call takes."""
    wall, cpu = time.perf_counter(), time.process_time()
    call()
    return time.perf_counter() - wall, time.process_time() - cpu


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("file", type=Path)
    parser.add_argument("--rounds", type=int, default=9)
    given = parser.parse_args()
    print(json.dumps(measured(given.file, given.rounds)))
