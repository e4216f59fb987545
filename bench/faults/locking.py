"""Filings against the lock, and corrections of one entry against each other, in real processes: prints JSON.

`python bench/faults/locking.py --races 200 --corrections 20`. In each race a filing and a lock of its quarter start
together: the filing is either in the version that was frozen, or refused (exit 4). In each round of corrections 16
processes correct one entry: exactly one wins.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from random import Random

ROOT = Path(__file__).parents[2]


def start(line: str) -> subprocess.Popen[str]:
    """One command as a process of its own."""
    return subprocess.Popen(
        [sys.executable, "-m", "anju_cli", *line.split()],
        cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8",
    )  # fmt: skip


def done(line: str) -> str:
    """What a command says that must succeed."""
    running = start(line)
    said, faults = running.communicate(timeout=120)
    assert running.returncode == 0, (line, faults)
    return said


def raised(*options: str) -> int:
    """The cumulative of `raise` in the report on Q2."""
    report = json.loads(done(" ".join(["report quarter Q2 --json", *options])))
    return int(report["targets"][0]["cumulative"])


def races(count: int) -> dict[str, int]:
    """Filing against locking: none slips past."""
    chance = Random(1)
    counted, refused, slipped = 0, 0, 0
    for number in range(count):
        done("review open Q2" if not number else "review reopen Q2 --reason x --document d")
        pair = ["progress add raise 1 --unit hsc -q Q2 --additional", "review lock Q2"]
        chance.shuffle(pair)
        running = {line: start(line) for line in pair}
        for each in running.values():
            each.communicate(timeout=120)
        codes = {line.split()[0]: each.returncode for line, each in running.items()}
        assert codes["review"] == 0 and codes["progress"] in (0, 4), codes
        counted += codes["progress"] == 0
        refused += codes["progress"] == 4
        slipped += not raised() == raised("--now") == counted
    return {"races": count, "in the frozen version": counted, "refused": refused, "slipped past": slipped}


def corrections(count: int, at_once: int = 16) -> dict[str, int]:
    """Corrections of one entry: exactly one wins."""
    wrong = 0
    for number in range(count):
        said = json.loads(done(f"progress add supply {number + 1} --unit hsc -q Q3 --json"))
        entry = said["entries"][0]["id"]
        running = [start(f"progress correct {entry} {900 + value} --reason x") for value in range(at_once)]
        codes = []
        for each in running:
            each.communicate(timeout=120)
            codes.append(each.returncode)
        wrong += sorted(codes) != [0] + [4] * (at_once - 1)
    return {"rounds": count, "processes": at_once, "not exactly one": wrong}


def main() -> None:
    """Run both in a database of their own."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--races", type=int, default=200)
    parser.add_argument("--corrections", type=int, default=20)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"ANJU_DB": str(Path(folder) / "faults.db"), "ANJU_TODAY": "2020-07-15", "ANJU_BY": "bench"}
        done("init")
        found = {"locking": races(asked.races), "corrections": corrections(asked.corrections)}
        found["faults of the ledger"] = {"found": len(json.loads(done("ledger verify --json")))}
    print(json.dumps(found, indent=2))


if __name__ == "__main__":
    main()
