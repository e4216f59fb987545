"""How the tests speak to anju: as a person would, and hear what a person would."""

import functools
import io
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from anju_cli import i18n
from anju_cli.cli import main

ROOT = Path(__file__).parents[1]
FIXTURES = Path(__file__).parent / "fixtures"
EXAMPLE = ROOT / "anju_cli" / "plan_file" / "example.yaml"


@dataclass(frozen=True)
class Heard:
    """What a command said."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """Its answer, where it was asked for JSON."""
        return json.loads(self.out)


@pytest.fixture(autouse=True)
def surroundings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A home of its own, in English, without a terminal, on a day of the plan year."""
    for name in list(os.environ):
        if name.startswith(("ANJU_", "LC_", "LANG", "XDG_")) or name in ("FORCE_COLOR", "NO_COLOR", "GITHUB_ACTIONS"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("LANG", "en_US.UTF-8")
    monkeypatch.setenv("ANJU_DB", str(tmp_path / "anju.db"))
    monkeypatch.setenv("ANJU_BY", "tester")
    monkeypatch.setenv("ANJU_TODAY", "2020-07-15")
    i18n.use("en")


@pytest.fixture
def anju(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Heard]:
    """Run one command line in this process: `anju("progress add raise 600 --unit hsc -q Q2")`.

    Succeeds unless told otherwise: `code=4` expects a refusal. `today`, `lang` and other variables are set for this
    one command. A word with spaces is passed as a further argument.
    """

    def run(line: str, *more: str, code: int | None = 0, **variables: str) -> Heard:
        named = {
            {"today": "ANJU_TODAY", "lang": "ANJU_LANG", "db": "ANJU_DB"}.get(name, name): value
            for name, value in variables.items()
        }
        out, err = io.StringIO(), io.StringIO()
        with monkeypatch.context() as patched:
            for name, value in named.items():
                patched.setenv(name, value)
            patched.setattr(sys, "stdout", out)
            patched.setattr(sys, "stderr", err)
            got = main([*line.split(), *more])
        heard = Heard(got, out.getvalue(), err.getvalue())
        assert code is None or got == code, f"anju {line} {more}: exit {got}\n{heard.err}{heard.out}"
        assert "Traceback" not in heard.err
        return heard

    return run


def prepared(story: Callable[..., object]) -> Callable[..., object]:
    """A fixture that fills the database once, and gives its first argument (`anju`): every later test begins with a copy.

    What a story leaves beside the database is not kept.
    """
    kept: list[bytes] = []

    @pytest.fixture
    @functools.wraps(story)
    def fixture(*own: object, **asked: object) -> object:
        database = Path(os.environ["ANJU_DB"])
        if kept:
            database.write_bytes(kept[0])
            database.chmod(0o600)
        else:
            story(*own, **asked)
            kept.append(database.read_bytes())
        return next(iter(asked.values()))

    return fixture


@prepared
def office(anju: Callable[..., Heard]) -> Callable[..., Heard]:
    """`anju`, with the 2020 plan of Pingshan in a new database."""
    anju("init")
    return anju


@prepared
def district(anju: Callable[..., Heard]) -> Callable[..., Heard]:
    """`anju`, with the example plan, which has the awkward cases, in a new database."""
    anju(f"init --plan {EXAMPLE}")
    return anju


def needed(program: str) -> str:
    """The path of a program that Python cannot install; without it the test is skipped, or fails where all are required."""
    found = shutil.which(program)
    if found is None:
        said = f"{program} is not installed"
        if os.environ.get("ANJU_REQUIRE_ALL"):
            pytest.fail(said)
        pytest.skip(said)
    return found


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whatever asks for the browser is marked so."""
    for item in items:
        if "browser" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.browser)


def process(*arguments: str, stdin: str | None = None, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run anju as a process of its own."""
    environment = os.environ | variables
    return subprocess.run(
        [sys.executable, "-m", "anju_cli", *arguments],
        capture_output=True,
        text=True,
        env=environment,
        input=stdin,
        cwd=ROOT,
        encoding="utf-8",
        errors="surrogateescape",
    )


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger with the 2020 plan, of all tests of a module: none of them writes."""
    path = tmp_path_factory.mktemp("shared") / "shared.db"
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("ANJU_TODAY", "2020-07-15")
        patched.setenv("ANJU_BY", "tester")
        assert main(["init", "--db", str(path)]) == 0
    return path
