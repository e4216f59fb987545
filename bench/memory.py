"""How much memory commands take on large ledgers: `python bench/memory.py 20000 200000`.

What a million entries take is reckoned from the last two sizes.
"""

import os
import sqlite3
import subprocess
import sys
import tempfile
from pathlib import Path

from build import TODAY, build

from anju_cli.domain.digests import entry_digest, filing_digest

COMMANDS = (
    "ledger verify",
    "ledger export -o {folder}/ledger.jsonl --force",
    "ledger log --csv",
    "progress list --csv",
    "progress list -o {folder}/list.xlsx --force",
    "report quarter Q2",
)


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
    for size in sizes:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            build(folder / "anju.db", size)
            sealed_in_earnest(folder / "anju.db")
            for line in COMMANDS:
                code, megabytes = peak(line, folder)
                found.setdefault(line, []).append(megabytes)
                print(f"{size:>9,}  {line:<50} exit {code}  {megabytes:8.0f} MB", flush=True)
    if len(sizes) > 1:
        for line, (*_, one, two) in found.items():
            each = (two - one) / (sizes[-1] - sizes[-2])
            print(f"1,000,000  {line:<50} about   {two + each * (1_000_000 - sizes[-1]):8.0f} MB")


if __name__ == "__main__":
    main()
