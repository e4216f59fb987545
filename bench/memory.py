"""How much memory commands take on large ledgers: `python bench/memory.py 20000 1000000`.

Each must stay below its bound at the largest size; what it would take at a million is reckoned from the last two sizes.
"""

import os
import sqlite3
import subprocess
import sys
import tempfile
from pathlib import Path

from build import TODAY, build

from anju_cli.domain.digests import entry_digest, filing_digest

BOUND = 200
"""MB that a command may take at a million entries."""

COMMANDS = {
    "ledger verify": BOUND,
    "ledger export -o {folder}/ledger.jsonl --force": BOUND,
    "init --from {folder}/ledger.jsonl --db {folder}/again.db": BOUND,
    "ledger log": BOUND,
    "ledger log --csv": BOUND,
    "ledger log --json": BOUND,
    "ledger log -o {folder}/log.xlsx --force": BOUND,
    "ledger log --without-evidence --csv": BOUND,
    "progress list": BOUND,
    "progress list --csv": BOUND,
    "progress list --json": BOUND,
    "progress list -o {folder}/list.xlsx --force": BOUND,
    "progress list -o {folder}/list.md --force": BOUND,
    "report quarter Q2": 100,
    "report quarter Q2 -o {folder}/bulletin.docx --force": BOUND,
    "report quarter Q2 -o {folder}/quarter.xlsx --force": BOUND,
    "report quarter Q2 -o {folder}/quarter.html --force": BOUND,
}
"""Commands, each with its bound in MB. A screen, and lists as HTML, hold their rows."""


def sealed_in_earnest(path: Path) -> None:
    """Digests that fit, in the place of the dummies of the made-up ledger."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.row_factory = sqlite3.Row
    triggers = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
    connection.execute("BEGIN")
    for trigger in triggers:
        connection.execute(f"DROP TRIGGER {trigger['name']}")
    of_filing: dict[int, list[str]] = {}
    for row in connection.execute("SELECT * FROM entry ORDER BY id").fetchall():
        made = entry_digest(row)
        of_filing.setdefault(row["filing_id"], []).append(made)
        connection.execute("UPDATE entry SET digest = ? WHERE id = ?", (made, row["id"]))
    for row in connection.execute("SELECT * FROM filing ORDER BY id").fetchall():
        made = filing_digest(row, of_filing.get(row["id"], []))
        connection.execute("UPDATE filing SET digest = ? WHERE id = ?", (made, row["id"]))
    for trigger in triggers:
        connection.execute(trigger["sql"])
    connection.execute("COMMIT")
    connection.close()


def peak(line: str, folder: Path) -> tuple[int, float]:
    """The exit code of a command, and the most memory it held, in MB."""
    words = line.format(folder=folder).split()
    environment = os.environ | {"ANJU_DB": str(folder / "anju.db"), "ANJU_TODAY": TODAY}
    code = (
        "import sys; from anju_cli.cli import main; code = main(sys.argv[1:]); "
        "peak = next(line for line in open('/proc/self/status') if line.startswith('VmHWM')).split()[1]; "
        "print(peak, file=sys.stderr); "
        "sys.exit(code)"
    )
    with (folder / "out").open("wb") as out:
        done = subprocess.run([sys.executable, "-c", code, *words], env=environment, stdout=out, stderr=subprocess.PIPE)
    return done.returncode, int(done.stderr.split()[-1]) / 1024


def main() -> None:
    sizes = [int(size) for size in sys.argv[1:]] or [20_000, 200_000]
    found: dict[str, list[float]] = {}
    missed = []
    for size in sizes:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            build(folder / "anju.db", size)
            sealed_in_earnest(folder / "anju.db")
            for line, bound in COMMANDS.items():
                code, megabytes = peak(line, folder)
                found.setdefault(line, []).append(megabytes)
                held = code == 0 and megabytes < bound
                missed += [] if held else [line]
                said = "met" if held else "MISSED"
                print(f"{size:>9,}  {line:<55} exit {code}  {megabytes:6.0f} MB  < {bound} {said}", flush=True)
    if len(sizes) > 1 and sizes[-1] < 1_000_000:
        for line, (*_, one, two) in found.items():
            each = (two - one) / (sizes[-1] - sizes[-2])
            print(f"1,000,000  {line:<55} about   {two + each * (1_000_000 - sizes[-1]):6.0f} MB")
    sys.exit(bool(missed))


if __name__ == "__main__":
    main()
