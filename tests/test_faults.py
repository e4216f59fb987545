"""Faults on purpose: many writers at once, writers killed, files damaged, disks full, words that mean nothing.

Each with small numbers here; `python bench/faults/run.py` does the same with large ones (docs/reliability.md).
"""

import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from tests import faults, faults_of_returns
from tests.conftest import needed, prepared

LOST = (
    "acknowledged and lost", "partial filings", "not whole", "wrong reports", "booked twice", "lost in retries",
    "faults found by verify",
)  # fmt: skip
LOST_OF_IMPORTS = (
    "partial", "acknowledged and lost", "retries refused", "wrong after the retry", "faults found by verify",
)  # fmt: skip


@pytest.fixture
def database(tmp_path):
    return Path(os.environ["ANJU_DB"])


@prepared
def furnished(database):
    return faults.furnish(database, filings=15)


@pytest.fixture
def scratch(tmp_path):
    return tmp_path / "scratch.db"


@pytest.mark.kills
def test_of_many_writers_at_once_none_is_lost_locked_out_or_booked_twice(office, database):
    came = faults.crowd(database, 6)
    assert came | {"seconds": 0} == {
        "processes": 6, "exit 0": 6, "locked": 0, "acknowledged and lost": 0, "booked twice": 0, "cumulative": 6, "seconds": 0,
    }  # fmt: skip


@pytest.mark.kills
def test_writers_killed_at_random_lose_nothing_acknowledged_and_leave_no_part(office, database):
    came = faults.kills(database, 10)
    assert came["killed"] == 10 and came["acknowledged"] > 0 and came["retries"] == 10
    assert {name: came[name] for name in LOST} == dict.fromkeys(LOST, 0)


@pytest.mark.kills
def test_an_import_that_is_killed_is_whole_or_nothing_and_a_retry_adds_it_once(office, tmp_path):
    came = faults_of_returns.killed_imports(tmp_path, 12)
    assert came["imports"] == 12 and came["killed"] > 3
    assert {name: came[name] for name in LOST_OF_IMPORTS} == dict.fromkeys(LOST_OF_IMPORTS, 0)


@pytest.mark.kills
def test_copies_made_beside_a_busy_writer_are_whole(office, database, tmp_path):
    came = faults.backups(database, tmp_path, 3)
    assert came | {"longest, seconds": 0} == {
        "copies": 3, "not made": 0, "faulty": 0, "with partial filings": 0, "longest, seconds": 0,
    }  # fmt: skip


@pytest.mark.parametrize(("spoil", "times"), [(faults.overwrites, 12), (faults.truncations, 5), (faults.bit_flips, 10)])
def test_of_a_damaged_file_a_report_is_right_or_refused(furnished, scratch, spoil, times):
    came = spoil(furnished, scratch, times)
    assert came["files"] == times and came["right"] + came["refused"] == came["reports"] == times * len(faults.READS)
    assert (came["wrong"], came["tracebacks"], came["other exit codes"]) == (0, 0, 0)


def test_every_column_of_a_row_that_was_rewritten_is_found(furnished, scratch):
    came = faults.rewritten(furnished, scratch, rows=1)
    assert came["missed"] == [] and came["found"] == came["rows rewritten"] > 35 and came["tracebacks"] == 0


def test_triggers_dropped_and_not_put_back_are_noticed_at_once(furnished, office_like):
    with sqlite3.connect(furnished) as connection:
        connection.execute("DROP TRIGGER followup_no_delete")
    for line in faults.READS:
        said = faults.say(*line)
        assert (said.code, said.out) == (3, "") and "followup_no_delete" in said.err


@pytest.fixture
def office_like(anju):
    """`anju` in this process, for a database that is furnished already."""
    return anju


def test_a_large_file_is_looked_through_only_by_verify_but_blamed_where_it_makes_no_sense(furnished, monkeypatch):
    from anju_cli.store import location

    monkeypatch.setattr(location, "LOOKED_THROUGH", 1)
    assert faults.say("report", "quarter", "Q2").code == 0
    with sqlite3.connect(furnished) as connection:
        (trigger,) = connection.execute("SELECT sql FROM sqlite_master WHERE name = 'entry_no_update'").fetchone()
        connection.execute("DROP TRIGGER entry_no_update")
        connection.execute("UPDATE entry SET happened_on = '2020-13-45' WHERE id = 3")
        connection.execute(trigger)
    said = faults.say("progress", "list")
    assert said.code == 3 and "entry 3" in said.err and said.out == ""
    assert faults.say("ledger", "verify").code == 1


def test_what_goes_wrong_in_a_whole_file_is_not_blamed_on_it(furnished, monkeypatch):
    from anju_cli.cli import ledger

    def broken(*_arguments):
        raise ValueError("a fault of the program")

    monkeypatch.setattr(ledger, "faults", broken)
    said = faults.say("ledger", "verify")
    assert said.code == 70 and "a fault of the program" in said.err


def test_a_database_without_room_keeps_what_it_acknowledged(furnished, monkeypatch):
    from anju_cli.store import writing

    with sqlite3.connect(furnished) as connection:
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        (before,) = connection.execute("SELECT COUNT(*) FROM filing").fetchone()
    monkeypatch.setattr(writing, "_PRAGMAS", (*writing._PRAGMAS, f"PRAGMA max_page_count = {pages + 3}"))
    came = faults.full_disk(furnished, 100)
    assert (came["exit"], came["there"], came["whole"]) == (3, came["acknowledged"] + before, True)
    assert "the disk is full" in came["said"] and (came["report exits"], came["verify exits"]) == (0, 0)


ADD = ("progress", "add", "raise", "1", "--unit", "hsc", "-q", "Q2", "--additional")


def test_in_a_folder_that_cannot_be_written_reports_are_read_and_writes_refused(furnished):
    root = os.geteuid() == 0
    if root and shutil.which("setpriv") is None:
        pytest.skip("root may write anywhere")
    folder = Path(tempfile.mkdtemp())
    try:
        shutil.copy(furnished, folder / "anju.db")
        (folder / "anju.db").chmod(0o444)
        folder.chmod(0o555)
        read, written = (_unprivileged(folder / "anju.db", line, root) for line in (("report", "quarter", "Q2"), ADD))
        if root and "No module named" in read.stderr + written.stderr:
            pytest.skip("another user cannot read this installation")
        assert read.returncode == 0 and "Traceback" not in read.stderr, read.stderr
        assert written.returncode == 3 and "cannot be" in written.stderr and "Traceback" not in written.stderr
        assert [each.name for each in folder.iterdir()] == ["anju.db"]
    finally:
        folder.chmod(0o755)
        shutil.rmtree(folder)


def _unprivileged(database, line, root):
    """Run anju as a user that owns nothing; coverage would have to write where that user may not."""
    command = [sys.executable, "-m", "anju_cli", *line]
    if root:
        command = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", *command]
    kept = {name: value for name, value in os.environ.items() if not name.startswith("COV")}
    environment = kept | {"ANJU_DB": str(database), "HOME": "/nonexistent"}
    return subprocess.run(command, cwd=faults.ROOT, env=environment, capture_output=True, text=True)


@pytest.mark.kills
def test_data_and_folder_are_synced_before_the_acknowledgement(furnished, tmp_path):
    needed("strace")
    came = faults.synced(furnished, tmp_path / "trace")
    if came is None:
        pytest.skip("this machine does not let a process be traced")
    assert came.pop("syncs after the acknowledgement") == 0
    assert all(count >= 1 for count in came.values()), came


def test_no_bad_word_or_file_brings_a_traceback_a_wrong_code_or_a_long_wait(furnished, scratch, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    came = faults.inputs(furnished, scratch, lines=400, files=100)
    assert came["offenders"] == [] and came["inputs"] == 500
    assert came["longest, seconds of the processor"] < 5
    assert came["exit 2"] > 100 and came["file: exit 1"] > 50


def test_no_bad_return_brings_a_traceback_a_wrong_code_or_a_long_wait(office, database, tmp_path):
    came = faults_of_returns.bad_returns(database, tmp_path / "return.csv", 150)
    assert came["offenders"] == [] and came["longest, seconds of the processor"] < 5
    assert came["exit 1"] > 20


NAMELESS = ["x" * 300, "\x00", "\ud800"]


@pytest.mark.parametrize(
    ("line", "name"),
    [
        *((line, name) for line in ("units list --db", "backup --db", "doctor --db", "backup", "restore", "plan check")
          for name in (*NAMELESS, "/", ".", "~nobody-at-all/x.db")),
        *(("plan show -o", f"{name}.json") for name in NAMELESS),
    ],
)  # fmt: skip
def test_a_name_that_no_file_can_have_is_refused(furnished, line, name):
    said = faults.say(*line.split(), name)
    assert said.code in (2, 3) and "Traceback" not in said.err and len(said.err.splitlines()) <= 2


def test_the_commands_that_are_tried_are_all_of_them():
    nouns = {name[0] for name, _parameters in faults.commands()}
    assert {"progress", "report", "units", "slips", "interviews", "meetings", "tasks", "plan", "due", "ledger"} <= nouns


@pytest.mark.trial
@pytest.mark.kills
def test_hundreds_of_killed_writers_lose_nothing_acknowledged_and_leave_no_part(office, database):
    came = faults.kills(database, 200, seed=11)
    assert {name: came[name] for name in LOST} == dict.fromkeys(LOST, 0) and came["killed"] == came["retries"] == 200


@pytest.mark.trial
@pytest.mark.kills
def test_hundreds_of_killed_imports_are_whole_or_nothing(office, tmp_path):
    came = faults_of_returns.killed_imports(tmp_path, 200)
    assert {name: came[name] for name in LOST_OF_IMPORTS} == dict.fromkeys(LOST_OF_IMPORTS, 0) and came["killed"] > 100


@pytest.mark.trial
@pytest.mark.parametrize("spoil", [faults.overwrites, faults.truncations, faults.bit_flips])
def test_of_a_hundred_damaged_files_every_report_is_right_or_refused(furnished, scratch, spoil):
    came = spoil(furnished, scratch, 100)
    assert came["right"] + came["refused"] == came["reports"] == 100 * len(faults.READS)
    assert (came["wrong"], came["tracebacks"], came["other exit codes"]) == (0, 0, 0)
