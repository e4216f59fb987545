"""What the project promises of its speed, measured side by side: `python bench/run.py start|scale|bulk|…|all`.

Run it by the Python of an environment in which anju is installed; see bench/README.md.
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
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from timing import Line, Run, compared, run, show

TODAY = "2021-01-15"
HERE = Path(__file__).resolve().parent
MILLION = 1_000_000


@dataclass(frozen=True)
class Bench:
    """Where the databases are, and how often each pair is run."""

    directory: Path
    count: int
    drafts: int
    anju: str

    @property
    def env(self) -> dict[str, str]:
        """The surroundings of every command: a fixed today, one language, nothing of the person's own."""
        kept = {name: os.environ[name] for name in ("PATH", "HOME", "PYTHONPATH") if name in os.environ}
        own = {"ANJU_TODAY": TODAY, "ANJU_LANG": "en", "ANJU_BY": "bench", "COLUMNS": "120", "TERM": "xterm-256color"}
        return kept | own | {"LC_ALL": "C.UTF-8", "TASKRC": str(self.directory / "taskrc")}

    def database(self, entries: int, plans: int = 1, only: int | None = None) -> str:
        """A synthetic database, made once and kept."""
        path = self.directory / f"{entries}-{plans}-{only if only is not None else 'all'}.db"
        if not path.exists():
            print(f"making {path} …", file=sys.stderr)
            choice = [] if only is None else ["--only", str(only)]
            self.script("build.py", path, "--entries", entries, "--plans", plans, *choice)
        return str(path)

    def script(self, name: str, *arguments: object) -> str:
        """What one of our scripts prints. It is a process of its own, so that this one stays small."""
        command = [sys.executable, str(HERE / name), *map(str, arguments)]
        return subprocess.run(command, env=self.env, check=True, stdout=subprocess.PIPE, text=True).stdout


def start(bench: Bench) -> None:
    """How long a command takes against the bare imports of what it is built on."""
    year = bench.database(2_000)
    reading, typer = python("import typer, rich.table, sqlite3"), python("import typer")
    writing = python("import typer, sqlmodel, rich")
    lines = []
    for words in ("units overdue", "report quarter Q2"):
        command = [bench.anju, *words.split(), "--db", year]
        lines.append(compared(f"anju {words}", command, reading, bench.env, bench.count, 1.6))
        lines.append(
            compared(f"anju {words}, on a terminal", command, reading, bench.env, bench.count, 1.6, terminal=True)
        )
    for words in ("--help", "--version"):
        lines.append(compared(f"anju {words}", [bench.anju, words], typer, bench.env, bench.count, 1.6))
    tab = {"_ANJU_COMPLETE": "complete_bash", "COMP_WORDS": "anju progress add r", "COMP_CWORD": "3", "ANJU_DB": year}
    lines.append(compared("a tab after: progress add r", [bench.anju], typer, bench.env | tab, bench.count, 1.6))
    copy = str(bench.directory / "written.db")
    shutil.copy(year, copy)
    words = "progress add raise 1 --unit hsc --on 2020-12-30 --db"
    add = [bench.anju, *words.split(), copy]
    lines.append(compared("anju progress add", add, writing, bench.env, bench.count, 1.2))
    show("Start: a year of 2,000 entries, against the bare imports", lines)


def scale(bench: Bench) -> None:
    """A million entries: the reporting query, the command around it, its memory; one plan among a hundred."""
    one = bench.database(MILLION)
    query = json.loads(bench.script("reporting.py", one, "--rounds", bench.count))
    ours, bare = 1000 * query["ours"], 1000 * query["bare"]
    lines = [
        Line(
            "the reporting query, against the bare sum",
            ours,
            bare,
            ratio=query["ratio"],
            cpu_ratio=query["cpu_ratio"],
            promise=1.5,
        )
    ]
    allowed = 1.5 * bare + 200
    for words in ("report quarter Q2", "report quarter Q4", "units overdue"):
        runs = several(bench, [bench.anju, *words.split(), "--db", one])
        promised = words == "report quarter Q2"
        wall = 1000 * median(each.wall for each in runs)
        lines.append(Line(f"anju {words}", wall, promise=round(allowed) if promised else None))
        memory = max(each.memory for each in runs)
        lines.append(Line(f"anju {words}, peak memory", memory, unit="MB", promise=100 if promised else None))
    show("Scale: 1,000,000 entries in one plan", lines)
    print(f"\nThe bare sum: {query['index']}. The command may take 1.5 times the bare sum and 0.2 s.")

    many, lines = bench.database(MILLION, 100), []
    for number, words in ((0, "report quarter Q2"), (0, "units overdue"), (57, "report quarter Q2 --plan district-57")):
        alone = bench.database(MILLION, 100, number)
        command = [bench.anju, *words.split(), "--db"]
        lines.append(compared(f"anju {words}", [*command, many], [*command, alone], bench.env, bench.count, 1.2))
    show("Scale: 1,000,000 entries over 100 plans, against a database of the one plan alone", lines)


def several(bench: Bench, command: list[str]) -> list[Run]:
    """The runs of a command, one more to warm up not counted."""
    return [run(command, bench.env) for _ in range(bench.count + 1)][1:]


def bulk(bench: Bench) -> None:
    """The ledger's bulk path against plain `executemany`."""
    drafts = bench.drafts
    found = json.loads(
        bench.script("bulk.py", bench.directory, "--drafts", drafts, "--rounds", max(3, bench.count // 4))
    )
    lines = [
        Line(name, found["ours"] / 1000, found[key] / 1000, "k/s", found[f"against_{key}"], None, promise, True)
        for name, key, promise in (
            ("a filing, against the same table with its triggers", "guarded", 0.5),
            ("a filing, against the same table without triggers", "bare", 0.5),
        )
    ]
    show(f"Bulk: {drafts:,} drafts in one transaction, thousands a second", lines)


def others(bench: Bench) -> None:
    """The nearest equivalent report of other programs on the same records."""
    for entries in (2_000, 100_000):
        year, place = bench.database(entries), bench.directory / f"others-{entries}"
        place.mkdir(exist_ok=True)
        bench.script("others.py", year, place)
        (bench.directory / "taskrc").write_text("confirmation=off\nverbose=nothing\ngc=off\n")
        journal, tasks = str(place / "journal"), [f"rc.data.location={place}"]
        ours, lines = [bench.anju, "report", "quarter", "Q4", "--db", year], []
        for program, said, command in (
            ("ledger", "register --quarterly", ["ledger", "-f", journal, "--quarterly", "register", "item"]),
            ("hledger", "balance --quarterly", ["hledger", "-f", journal, "balance", "--quarterly", "item"]),
            ("task", "count", ["task", *tasks, "count"]),
            ("task", "summary", ["task", *tasks, "rc.summary.all.projects=yes", "summary"]),
        ):
            if not shutil.which(program):
                print(f"\nSKIPPED: {program} is not installed here.")
                continue
            if program == "task" and not (place / "completed.data").exists():
                print(f"importing {entries:,} tasks …", file=sys.stderr)
                run(["task", *tasks, "import", str(place / "tasks.json")], bench.env)
            name = f"anju report quarter Q4, against {program} {said}"
            lines.append(compared(name, ours, command, bench.env, min(bench.count, 5)))
        show(f"Others: the same {entries:,} records", lines)


def export(bench: Bench) -> None:
    """All entries to Excel, against bare XlsxWriter."""
    year = bench.database(100_000)
    found = json.loads(bench.script("export.py", year, "--rounds", max(3, bench.count // 5)))
    name = "progress list -o x.xlsx, against bare XlsxWriter on the same cells"
    ours, bare = found["ours"] / 1000, found["bare"] / 1000
    lines = [Line(name, ours, bare, "k/s", found["ratio"], None, 0.4, True)]
    show(f"Export: {found['rows']:,} rows to Excel, thousands a second", lines)


def python(code: str) -> list[str]:
    """A bare interpreter that runs this and ends."""
    return [sys.executable, "-c", code]


PARTS: dict[str, Callable[[Bench], None]] = {
    "start": start,
    "scale": scale,
    "bulk": bulk,
    "export": export,
    "others": others,
}


def main() -> None:
    """Measure what is asked for."""
    parser = argparse.ArgumentParser(description="Measure what anju promises of its speed.")
    parser.add_argument("part", choices=[*PARTS, "all"])
    parser.add_argument("-n", "--count", type=int, default=15, help="pairs of each comparison (default 15)")
    parser.add_argument(
        "--dir", type=Path, default=Path(tempfile.gettempdir()) / "anju-bench", help="where databases are kept"
    )
    parser.add_argument("--drafts", type=int, default=100_000, help="drafts of the bulk part (default 100,000)")
    given = parser.parse_args()
    given.dir.mkdir(parents=True, exist_ok=True)
    anju = Path(sys.executable).with_name("anju")
    if not anju.exists():
        raise SystemExit(f"anju is not installed beside {sys.executable}")
    versions = f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}"
    print(f"{os.cpu_count()} processors, {platform.system()}; {versions}; medians of {given.count} pairs")
    for name, part in PARTS.items():
        if given.part in (name, "all"):
            part(Bench(given.dir, given.count, given.drafts, str(anju)))


if __name__ == "__main__":
    main()
