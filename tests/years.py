"""A plan of the fixtures with a year of entries beside it, in a database of its own."""

import csv
import io
from collections.abc import Iterable
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

import pytest

from anju_cli.cli import main
from tests.conftest import ROOT

PLANS = ROOT / "tests" / "fixtures" / "plans"


def run(patched: pytest.MonkeyPatch, database: Path, line: str, today: str) -> None:
    """One command that must succeed."""
    patched.setenv("ANJU_DB", str(database))
    patched.setenv("ANJU_TODAY", today)
    said = io.StringIO()
    with redirect_stdout(said), redirect_stderr(said):
        code = main(line.split())
    assert code == 0, f"{line}: {said.getvalue()}"


def made(folder: Path, names: Iterable[str]) -> dict[str, Path]:
    """For each plan a database with its year of entries."""
    databases = {}
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("ANJU_BY", "tester")
        for name in names:
            databases[name] = folder / f"{name}.db"
            run(patched, databases[name], f"init --plan {PLANS / f'{name}.yaml'}", "2020-01-01")
            with (PLANS / f"{name}.tsv").open(encoding="utf-8", newline="") as table:
                for row in csv.DictReader(table, delimiter="\t"):
                    run(patched, databases[name], row["arguments"], row["today"])
    return databases
