"""How long the turn to write is held, in which others wait: `python bench/turn.py -n 7`.

Each command is a process of its own on a fresh ledger; the time is from BEGIN IMMEDIATE to the end of COMMIT, in
milliseconds, the median of the runs.
"""

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median

ROWS = 60
TIMED = """
import sys, time
from anju_cli.cli import main
from anju_cli.store import writing
from anju_cli.store.turns import a_reader, in_turn

begun = []

def timed(attempt, seconds, *holding):
    done = in_turn(attempt, seconds, *holding)
    if getattr(attempt, "args", None) == ("BEGIN IMMEDIATE",):
        begun.append((time.perf_counter(), time.process_time()))
    elif holding == (a_reader,):
        wall, used = begun.pop()
        print((time.perf_counter() - wall) * 1000, (time.process_time() - used) * 1000, file=sys.stderr)
    return done

writing.in_turn = timed
sys.stdout = open("/dev/null", "w")
raise SystemExit(main(sys.argv[1:]))
"""


def held(line: list[str], database: Path) -> tuple[float, float]:
    """Milliseconds for which one command held the turn, and those of the processor within them."""
    given = os.environ | {"ANJU_DB": str(database), "ANJU_TODAY": "2020-07-15", "ANJU_BY": "bench"}
    done = subprocess.run([sys.executable, "-c", TIMED, *line], env=given, capture_output=True, text=True, check=True)
    wall, used = done.stderr.splitlines()[-1].split()
    return float(wall), float(used)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("-n", type=int, default=7)
    runs = parser.parse_args().n
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        rows = "".join(f"raise,P{number},7\n" for number in range(ROWS))
        (folder / "return.csv").write_text(f"任务编号,项目编码,本期完成\n{rows}", encoding="utf-8")
        lines = {
            "progress add": "progress add raise 5 --unit hsc --on 7-14",
            f"progress import of {ROWS} rows": f"progress import {folder / 'return.csv'} -u hsc -q Q2",
        }
        for name, line in lines.items():
            times: list[tuple[float, float]] = []
            for number in range(runs):
                database = folder / f"{len(line)}-{number}.db"
                given = os.environ | {"ANJU_TODAY": "2020-07-15"}
                new = [sys.executable, "-m", "anju_cli", "init", "--db", str(database)]
                subprocess.run(new, env=given, check=True, capture_output=True)
                times.append(held(line.split(), database))
            wall, used = (sorted(column) for column in zip(*times, strict=True))
            spread = f"{wall[0]:.1f} to {wall[-1]:.1f}"
            print(f"{name}: held for {median(wall):.1f} ms ({spread}), processor {median(used):.1f} ms")


if __name__ == "__main__":
    main()
