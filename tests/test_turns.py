"""Waiting for another writer, clocks that cannot be right, and hostile exports: each is said in a line."""

import json
import os
import sqlite3
import subprocess
import sys
import threading
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from anju_cli import clock
from tests.conftest import ROOT, prepared


@prepared
def filed(office):
    office("progress add raise 600 --unit hsc -q Q2")
    return office


class TestWaiting:
    @pytest.mark.parametrize("line", ["progress list", "progress add raise 5 --unit tal -q Q2", "report quarter Q2"])
    def test_it_is_said_on_standard_error_and_then_done(self, filed, line):
        holder = sqlite3.connect(os.environ["ANJU_DB"], isolation_level=None)
        holder.execute("BEGIN EXCLUSIVE")
        waiting = subprocess.Popen(
            [sys.executable, "-m", "anju_cli", *line.split()],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        heard = []
        threading.Thread(target=lambda: heard.append(waiting.stderr.readline()), daemon=True).start()
        while not heard and waiting.poll() is None:
            time.sleep(0.01)
        holder.execute("ROLLBACK")
        holder.close()
        out, _err = waiting.communicate()
        assert "another program is writing" in heard[0] and "120 seconds at most" in heard[0]
        assert waiting.returncode == 0 and out

    def test_a_commit_that_waits_for_who_reads_says_so_and_is_done(self, filed):
        holder = sqlite3.connect(os.environ["ANJU_DB"], isolation_level=None)
        holder.execute("BEGIN")
        holder.execute("SELECT * FROM entry").fetchall()
        waiting = subprocess.Popen(
            [sys.executable, "-m", "anju_cli", "progress", "add", "raise", "5", "--unit", "tal", "-q", "Q2"],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        assert waiting.stderr.readline() == (
            "anju: another program is reading the database; waiting for it, 120 seconds at most\n"
        )
        holder.execute("COMMIT")
        holder.close()
        out, _err = waiting.communicate()
        assert waiting.returncode == 0 and "Recorded: filing 2" in out
        assert len(filed("progress list --json").json) == 2

    def test_where_the_reader_never_ends_nothing_is_recorded(self, filed, monkeypatch):
        holder = sqlite3.connect(os.environ["ANJU_DB"], isolation_level=None)
        holder.execute("BEGIN")
        holder.execute("SELECT * FROM entry").fetchall()
        with monkeypatch.context() as patched:
            patched.setattr("anju_cli.store.writing.BUSY_SECONDS", 0.2)
            assert "locked by another program" in filed("progress add raise 5 --unit tal -q Q2", code=3).err
        holder.close()
        assert len(filed("progress list --json").json) == 1
        filed("progress add raise 5 --unit tal -q Q2")

    def test_what_replaces_the_file_waits_for_anybody_and_says_so(self, filed, tmp_path):
        filed(f"backup {tmp_path / 'copy.db'}")
        holder = sqlite3.connect(os.environ["ANJU_DB"], isolation_level=None)
        holder.execute("BEGIN")
        holder.execute("SELECT * FROM entry").fetchall()
        waiting = subprocess.Popen(
            [sys.executable, "-m", "anju_cli", "restore", str(tmp_path / "copy.db"), "--force"],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        assert "another program is using the database" in waiting.stderr.readline()
        holder.close()
        waiting.communicate()
        assert waiting.returncode == 0

    def test_nothing_is_said_where_nothing_is_waited_for(self, filed):
        assert filed("progress list").err == ""


class TestClocks:
    @pytest.mark.parametrize("ahead", [101, 366])
    def test_a_clock_that_stands_ahead_is_said_once_with_each_filing(self, filed, monkeypatch, ahead):
        monkeypatch.setattr(clock, "now", lambda: datetime.now(UTC) + timedelta(days=ahead))
        heard = filed("progress add raise 5 --unit tal -q Q2")
        assert heard.err.count(f"{ahead} days after the last filing") == 1

    def test_a_quarter_without_a_filing_is_nothing_strange(self, filed, monkeypatch):
        monkeypatch.setattr(clock, "now", lambda: datetime.now(UTC) + timedelta(days=99))
        assert "days after" not in filed("progress add raise 5 --unit tal -q Q2").err

    @pytest.mark.parametrize(
        "moment", [datetime(9000, 1, 1, tzinfo=UTC), datetime(9999, 12, 31, 23, 59, 59, 999999, UTC)]
    )
    def test_from_the_year_9000_on_nothing_is_recorded(self, filed, monkeypatch, moment):
        with monkeypatch.context() as patched:
            patched.setattr(clock, "now", lambda: moment)
            for line in ("progress add raise 5 --unit tal -q Q2", "ledger seal", "init --db {new}"):
                said = filed(line.format(new=Path(os.environ["ANJU_DB"]).with_name("new.db")), code=3)
                assert "the clock cannot be right" in said.err
            filed("progress list")
            filed("doctor", code=None)
        filed("progress add raise 5 --unit tal -q Q2")

    @pytest.mark.parametrize("today", ["9999-12-31", "9000-01-01", "0001-01-01"])
    @pytest.mark.parametrize("line", ["doctor", "due", "", "units overdue", "progress add raise 5 --unit tal -q Q2"])
    def test_a_today_beyond_reckoning_is_refused(self, filed, line, today):
        assert "the clock cannot be right" in filed(line, code=3, today=today).err


def exported(filed, change):
    lines = filed("ledger export").out.splitlines()
    return [*lines[:2], change(lines[2]), *lines[3:]]


def with_value(column, value):
    def change(line):
        stated = json.loads(line)
        stated["row"][column] = value
        return json.dumps(stated)

    return change


HOSTILE = {
    "a number beyond all bounds": with_value("id", 10**30),
    "a number of ten thousand digits": lambda line: line.replace('"id":1', '"id":' + "9" * 10_000),
    "a lone surrogate": with_value("who", "\ud800"),
    "deep brackets": lambda line: "[" * 200_000,
    "a list for a text": with_value("who", ["x"]),
    "an object for a text": with_value("who", {"x": 1}),
    "yes for a number": with_value("id", True),
    "a part of a number": with_value("id", 1.5),
    "no number": with_value("id", float("nan")),
    "a list for a table": lambda line: json.dumps(json.loads(line) | {"table": ["filing"]}),
    "a list for a row": lambda line: json.dumps(json.loads(line) | {"row": [1]}),
    "nothing where something must be": with_value("who", None),
}


class TestExports:
    @pytest.mark.parametrize("change", HOSTILE.values(), ids=HOSTILE)
    def test_a_hostile_one_is_refused_with_its_line_and_leaves_nothing(self, filed, tmp_path, change):
        source = tmp_path / "l.jsonl"
        source.write_text("\n".join(exported(filed, change)) + "\n", encoding="utf-8", errors="surrogatepass")
        said = filed(f"init --from {source} --db {tmp_path / 'new.db'}", code=1)
        assert "line 3" in said.err
        assert not (tmp_path / "new.db").exists() and not list(tmp_path.glob(".anju*"))


STEERING = "\x1b[31mX\x9b31m\u202e"


class TestTerminals:
    @pytest.mark.parametrize(
        "line",
        [
            "backup {name}.db", "progress template -q Q2 --all {name}", "progress template -q Q2 -u hsc -o {name}.xlsx",
            "demo --db {name}.db", "progress import {name}", "doctor --db {name}.db", "ledger export -o {name}/x",
        ],
    )  # fmt: skip
    def test_a_name_of_a_file_never_steers_it(self, filed, tmp_path, line):
        head, _space, tail = line.partition("{name}")
        heard = filed(head.strip(), str(tmp_path / STEERING) + tail, code=None)
        assert not set("\x1b\x9b\u202e") & set(heard.out + heard.err)


def test_a_retry_under_the_same_reference_is_answered_in_the_same_bytes(office):
    line = "progress add raise 5 --unit hsc -q Q2 --note words --reference R --json"
    first = office(line).out.replace('"already": false', '"already": true')
    assert [office(line).out for _retry in range(3)] == [first] * 3
