"""Copies that were looked through, an older database brought up to date, and the check of the surroundings."""

import os
import shutil
import sqlite3
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest

from anju_cli import outlet
from anju_cli.errors import AnjuError
from anju_cli.reports.checks.doctor import examine, file_system
from anju_cli.store import copies as copying
from anju_cli.store import schema
from tests.conftest import ROOT, prepared
from tests.processes import at_once


@pytest.fixture
def database():
    return Path(os.environ["ANJU_DB"])


@prepared
def filed(office):
    office("progress add raise 600 --unit hsc -q Q2 --reference R1")
    office("slips issue ms-q1-survey --due 2020-07-25")
    return office


def damage(path, table="entry"):
    """Change a row as the sqlite3 shell would."""
    with sqlite3.connect(path) as connection:
        (trigger,) = connection.execute(f"SELECT sql FROM sqlite_master WHERE name = '{table}_no_update'").fetchone()
        connection.execute(f"DROP TRIGGER {table}_no_update")
        connection.execute(f"UPDATE {table} SET digest = 'x'")
        connection.execute(trigger)


class TestBackup:
    def test_a_copy_is_whole_private_and_checked(self, filed, database, tmp_path):
        copy = tmp_path / "usb" / "copy.db"
        said = filed(f"backup {copy} --json").json
        assert (said["file"], said["filings"], said["entries"], said["plans"]) == (str(copy), 1, 1, 1)
        assert said["receipt"] == filed("progress list --json").json[0]["receipt"]
        assert stat.S_IMODE(copy.stat().st_mode) == 0o600
        assert filed("report quarter Q2 --json", db=str(copy)).json == filed("report quarter Q2 --json").json
        assert [each.name for each in copy.parent.iterdir()] == ["copy.db"]

    def test_by_default_it_lies_beside_the_database_under_its_time(self, filed, database):
        assert "1 filings" in filed("backup").out
        (copy,) = database.parent.glob("anju-backup-*Z.db")
        filed("ledger verify", db=str(copy))

    def test_a_name_that_is_taken_is_left_alone(self, filed, tmp_path):
        (tmp_path / "taken.db").write_text("mine")
        assert "already a file" in filed(f"backup {tmp_path / 'taken.db'}", code=4).err
        assert (tmp_path / "taken.db").read_text() == "mine"

    def test_a_damaged_database_is_not_copied_as_if_it_were_whole(self, filed, database, tmp_path):
        damage(database)
        assert "entry 1" in filed(f"backup {tmp_path / 'copy.db'}", code=3).err
        assert not (tmp_path / "copy.db").exists() and not list(tmp_path.glob(".copy*"))

    def test_a_place_that_cannot_be_written_is_refused(self, filed, tmp_path):
        (tmp_path / "file").write_text("")
        assert "no copy can be made here" in filed(f"backup {tmp_path / 'file' / 'x.db'}", code=3).err

    @pytest.mark.kills
    def test_copies_beside_a_busy_writer_are_whole(self, filed, database, tmp_path):
        code = (
            "import sqlite3, sys\n"
            "c = sqlite3.connect(sys.argv[1], isolation_level=None, timeout=3600)\n"
            "print('ready', flush=True)\n"
            "while True:\n"
            "    for verb in ('CREATE', 'DROP'):\n"
            "        c.execute('BEGIN IMMEDIATE')\n"
            "        for n in range(50):\n"
            "            c.execute(f'{verb} VIEW busy{n}' + ' AS SELECT 1' * (verb == 'CREATE'))\n"
            "        c.execute('COMMIT')\n"
        )
        writer = subprocess.Popen([sys.executable, "-c", code, str(database)], stdout=subprocess.PIPE, text=True)
        try:
            assert writer.stdout.readline() == "ready\n"
            for number in range(5):
                filed(f"backup {tmp_path / f'copy-{number}.db'}")
        finally:
            writer.kill()
            writer.communicate()
        for number in range(5):
            with sqlite3.connect(tmp_path / f"copy-{number}.db") as connection:
                assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
                assert connection.execute("SELECT COUNT(*) % 50 FROM sqlite_master WHERE type = 'view'").fetchone() == (
                    0,
                )


class TestRestore:
    @pytest.fixture
    def copy(self, filed, tmp_path):
        filed(f"backup {tmp_path / 'copy.db'}")
        filed("progress add raise 70 --unit tal -q Q2 --additional")
        return tmp_path / "copy.db"

    def test_a_present_database_is_replaced_only_on_request_and_kept(self, filed, copy, database):
        before = database.read_bytes()
        assert "--force" in filed(f"restore {copy}", code=4).err and database.read_bytes() == before
        said = filed(f"restore {copy} --force --json").json
        assert (said["file"], said["filings"]) == (str(database), 1)
        assert Path(said["replaced"]).read_bytes() == before
        assert len(filed("progress list --json").json) == 1
        assert stat.S_IMODE(database.stat().st_mode) == 0o600
        filed(f"restore {copy} --force")
        assert sorted(each.name for each in database.parent.glob("anju.db*")) == [
            "anju.db",
            "anju.db.replaced-1",
            "anju.db.replaced-2",
        ]

    def test_where_there_is_none_it_is_simply_put_there(self, filed, copy, tmp_path):
        target = tmp_path / "new" / "anju.db"
        assert "Checked and whole" in filed(f"restore {copy}", db=str(target)).out
        filed("ledger verify", db=str(target))

    @pytest.mark.parametrize("content", [b"", b"PK\x03\x04 a workbook", None])
    def test_what_is_no_whole_copy_is_never_put_in_place(self, filed, copy, database, content):
        before = database.read_bytes()
        if content is None:
            damage(copy, "filing")
        else:
            copy.write_bytes(content)
        filed(f"restore {copy} --force", code=3)
        assert database.read_bytes() == before and not list(database.parent.glob("*.replaced*"))

    def test_a_truncated_copy_is_never_put_in_place(self, filed, copy, database):
        before = database.read_bytes()
        copy.write_bytes(copy.read_bytes()[: len(before) // 2])
        assert "damaged" in filed(f"restore {copy} --force", code=3).err
        assert database.read_bytes() == before

    def test_a_database_beyond_reading_is_replaced_and_its_journal_cannot_harm(self, filed, copy, database):
        database.write_bytes(b"not a database any more")
        database.with_name("anju.db-journal").write_bytes(b"left by a killed writer")
        filed(f"restore {copy} --force")
        assert filed("ledger verify").out == ""
        assert not database.with_name("anju.db-journal").exists()
        assert database.with_name("anju.db.replaced-1").exists()

    def test_neither_itself_nor_nothing_is_restored(self, filed, database, tmp_path):
        assert "the database itself" in filed(f"restore {database} --force", code=4).err
        assert "no database here" in filed(f"restore {tmp_path / 'nothing.db'} --force", code=3).err

    def test_whoever_is_writing_is_waited_for(self, filed, copy, database, monkeypatch):
        monkeypatch.setattr(copying, "BUSY_SECONDS", 0.2)
        holder = sqlite3.connect(database, isolation_level=None)
        holder.execute("BEGIN IMMEDIATE")
        assert "locked" in filed(f"restore {copy} --force", code=3).err
        holder.execute("ROLLBACK")
        filed(f"restore {copy} --force")

    @pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="what a process has open cannot be seen here")
    def test_whoever_waited_to_write_to_the_replaced_file_is_told_and_writes_nowhere(self, filed, copy, database):
        """A third holds the lock; a clerk waits for it; the file is replaced under both, as `restore` does."""
        holder = sqlite3.connect(database, isolation_level=None)
        holder.execute("BEGIN IMMEDIATE")
        line = [
            sys.executable,
            "-m",
            "anju_cli",
            "progress",
            "add",
            "raise",
            "7",
            "--unit",
            "hsc",
            "-q",
            "Q2",
            "--additional",
        ]
        waiting = subprocess.Popen(line, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        while waiting.poll() is None and not has_open(waiting.pid, database):
            time.sleep(0.01)
        replaced = database.with_name("replaced.db")
        database.rename(replaced)
        shutil.copy(copy, database)
        holder.execute("ROLLBACK")
        holder.close()
        out, err = waiting.communicate()
        assert (waiting.returncode, out) == (3, "") and "replaced by another" in err
        assert 7 not in [row["quantity"] for db in (database, replaced) for row in listed(filed, db)]

    def test_two_that_finish_at_once_do_not_overwrite_each_other(self, filed, database, tmp_path):
        """The name was free when the copy began, and is taken when it is finished."""
        taken = tmp_path / "taken.db"
        with copying.drafted(database, taken, copying.damage) as draft:
            taken.write_text("somebody was faster")
            with pytest.raises(AnjuError, match="already a file"):
                copying.publish(draft, taken)
        assert taken.read_text() == "somebody was faster"

    def test_without_hard_links_the_copy_is_renamed(self, filed, database, tmp_path, monkeypatch):
        def no_links(*_arguments):
            raise OSError("this file system has no hard links")

        monkeypatch.setattr(os, "link", no_links)
        filed(f"backup {tmp_path / 'copy.db'}")
        filed("ledger verify", db=str(tmp_path / "copy.db"))

    def test_a_folder_that_turns_unwritable_is_said(self, filed, copy, database, monkeypatch):
        def refuse(_folder):
            raise PermissionError(13, "Permission denied")

        monkeypatch.setattr(outlet, "sync_directory", refuse)
        assert "it is not permitted" in filed(f"restore {copy} --force", code=3).err
        assert "it is not permitted" in filed(f"restore {copy}", code=3, db=str(database.with_name("new.db"))).err


def has_open(pid, path):
    """Whether a process has a file open."""
    return any(os.path.realpath(each) == str(path) for each in Path(f"/proc/{pid}/fd").iterdir())


def listed(heard, db):
    return heard("progress list --json", db=str(db)).json


class TestMigration:
    """A real database of version 1, made from the statements of version 1."""

    @pytest.fixture
    def old(self, filed, database):
        """The same filing in a database as version 1 made it."""
        now = database.with_name("now.db")
        database.rename(now)
        with sqlite3.connect(database) as connection:
            for statement in schema.STEPS[0].STATEMENTS:
                connection.execute(statement)
            connection.execute(f"PRAGMA application_id = {schema.APPLICATION_ID}")
            connection.execute("PRAGMA user_version = 1")
            connection.execute("ATTACH ? AS now", (str(now),))
            for table in schema.STEPS[0].TABLES:
                connection.execute(f"INSERT INTO main.{table} SELECT * FROM now.{table}")
        now.unlink()
        return filed

    def version(self, path):
        with sqlite3.connect(path) as connection:
            return connection.execute("PRAGMA user_version").fetchone()[0]

    def test_reading_refuses_it_and_says_the_way(self, old, database):
        before = database.read_bytes()
        assert "any write brings it up to date, after a backup" in old("report quarter Q2", code=3).err
        assert database.read_bytes() == before

    @pytest.mark.parametrize(
        ("line", "rows"),
        [
            ("progress import -q Q2 -u tal {file}", "任务编号,本期完成\nraise,70\n"),
            ("projects import {file}", "项目编码,项目名称,总套数\nPS-01,一,400\n"),
        ],
        ids=["a return", "projects"],
    )
    def test_what_is_read_before_the_turn_to_write_brings_it_up_to_date_too(self, old, database, tmp_path, line, rows):
        file = tmp_path / "f.csv"
        file.write_text(rows, encoding="utf-8")
        old(line.format(file=file) + " --dry-run")
        assert self.version(database) == 1
        old(line.format(file=file))
        assert self.version(database) == schema.VERSION

    def test_the_first_write_brings_it_up_to_date_and_keeps_it_as_it_was(self, old, database):
        with sqlite3.connect(database) as connection:
            before = list(connection.iterdump())
        said = old("progress add raise 70 --unit tal -q Q2 --additional").err
        kept = database.with_name("anju.db.version-1-1")
        assert f"from version 1 to {schema.VERSION}" in said and str(kept) in said
        assert self.version(database) == schema.VERSION
        with sqlite3.connect(kept) as connection:
            assert list(connection.iterdump()) == before
        assert stat.S_IMODE(kept.stat().st_mode) == 0o600
        assert old("report quarter Q2 --json").json["targets"][0]["cumulative"] == 670
        old("slips issue ms-q1-survey --due 2020-07-25")
        assert (
            old("ledger verify").out == ""
            and "version" not in old("progress add raise 1 --unit tal -q Q2 --additional").err
        )
        with sqlite3.connect(database) as connection:
            triggers = {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")}
        assert triggers == schema.triggers_of(schema.VERSION)

    @pytest.mark.parametrize(
        ("line", "code"),
        [
            ("progress add raise 70 --unit tal -q Q2 --additional --dry-run", 0),
            ("progress add raise -q Q2 5 --unit wat", 4),
        ],
    )
    def test_a_write_that_is_undone_leaves_the_old_version(self, old, database, line, code):
        before = database.read_bytes()
        assert "brought" not in old(line, code=code).err
        assert database.read_bytes() == before and not list(database.parent.glob("*version-1*"))

    def test_a_retry_finds_what_the_old_version_recorded(self, old, database):
        assert "Already recorded" in old("progress add raise 600 --unit hsc -q Q2 --reference R1").out
        assert self.version(database) == schema.VERSION

    def test_a_damaged_one_is_neither_copied_nor_changed(self, old, database):
        with sqlite3.connect(database) as connection:
            connection.execute("DROP TRIGGER entry_no_delete")
        before = database.read_bytes()
        assert "entry_no_delete" in old("progress add raise 70 --unit tal -q Q2 --additional", code=3).err
        assert database.read_bytes() == before

    def test_a_backup_of_the_old_version_is_made_and_restored(self, old, database, tmp_path):
        old(f"backup {tmp_path / 'v1.db'}")
        old("progress add raise 70 --unit tal -q Q2 --additional")
        old(f"restore {tmp_path / 'v1.db'} --force")
        assert self.version(database) == 1
        old("progress add raise 70 --unit tal -q Q2 --additional")

    @pytest.mark.kills
    def test_of_several_writers_at_once_one_brings_it_up_to_date(self, old, database):
        line = ["progress", "add", "raise", "1", "--unit", "tal", "-q", "Q2", "--additional"]
        heard = at_once([line] * 4)
        assert [one.code for one in heard] == [0] * 4, heard
        assert sum("brought from version 1" in one.err for one in heard) == 1
        assert old("report quarter Q2 --json").json["targets"][0]["cumulative"] == 604

    @pytest.mark.kills
    def test_a_migration_killed_half_way_leaves_the_old_version(self, old, database):
        code = (
            "import os, sys\n"
            "from pathlib import Path\n"
            "from anju_cli.store import migrating, schema\n"
            "from anju_cli.store.writing import writing\n"
            "def half(execute, version):\n"
            "    for statement in schema.STEPS[1].STATEMENTS[:2]: execute(statement)\n"
            "    os.kill(os.getpid(), 9)\n"
            "migrating.migrate = half\n"
            "with writing(Path(sys.argv[1])): pass\n"
        )
        assert subprocess.run([sys.executable, "-c", code, str(database)], cwd=ROOT).returncode == -9
        assert self.version(database) == 1
        old("progress add raise 70 --unit tal -q Q2 --additional")
        assert old("ledger verify").out == ""


class TestDoctor:
    def rows(self, path=None, **options):
        return {row.check: row for row in examine(path or Path(os.environ["ANJU_DB"]), **options)}

    def test_a_healthy_place_has_nothing_to_mend(self, filed):
        said = filed("doctor --json").json
        states = {row["check"]: row["state"] for row in said}
        assert set(states.values()) <= {"ok", "note", "warn"}
        assert {states[name] for name in ("database", "schema", "journal", "permissions", "directory", "python")} == {
            "ok"
        }
        assert "Who may read it" in filed("doctor").out

    def test_no_database_is_no_fault(self, anju):
        assert "anju init creates one" in anju("doctor").out

    def test_a_write_ahead_log_is_to_be_mended(self, filed, database):
        with sqlite3.connect(database) as connection:
            connection.execute("PRAGMA journal_mode = WAL")
            assert {row["check"]: row["state"] for row in filed("doctor --json", code=1).json}["journal"] == "bad"

    def test_a_file_that_others_may_read_is_named(self, filed, database):
        database.chmod(0o644)
        row = self.rows()["permissions"]
        assert (row.state, row.found) == ("warn", "0644") and row.advice.startswith("chmod 600")

    def test_other_names_of_the_file_are_named(self, filed, database, tmp_path):
        os.link(database, tmp_path / "other.db")
        assert self.rows()["links"].state == "warn"
        (tmp_path / "link.db").symlink_to(database)
        assert self.rows(tmp_path / "link.db")["links"].found == str(database.resolve())

    def test_what_a_killed_writer_left_is_named(self, filed, database):
        database.with_name("anju.db-journal").write_bytes(b"")
        database.with_name("anju.db-wal").write_bytes(b"")
        found = [(row.found, row.state) for row in examine(database) if row.check == "leftovers"]
        assert found == [("anju.db-wal", "bad"), ("anju.db-journal", "warn")]

    @pytest.mark.parametrize("content", [b"PK a workbook", b""])
    def test_another_kind_of_file_is_to_be_mended(self, filed, database, content):
        database.write_bytes(content)
        assert "not an anju database" in filed("doctor", code=1).out

    def test_an_older_version_is_a_note(self, filed, database):
        with sqlite3.connect(database) as connection:
            connection.execute("PRAGMA user_version = 1")
        assert self.rows()["schema"].state == "note"

    @pytest.mark.parametrize(
        ("kind", "state"),
        [("nfs4", "bad"), ("cifs", "bad"), ("9p", "bad"), ("fuse.sshfs", "bad"), ("ext4", "ok"), ("tmpfs", "ok")],
    )
    def test_a_network_share_is_told_from_a_disk(self, filed, database, tmp_path, kind, state):
        mounts = tmp_path / "mountinfo"
        here = str(database.resolve().parent).replace(" ", "\\040")
        mounts.write_text(
            f"21 1 8:1 / / rw - ext4 /dev/sda1 rw\n22 21 0:3 / {here} rw,relatime shared:1 - {kind} server:/share rw\nodd line\n"
        )
        row = self.rows(mounts=mounts)["network"]
        assert (row.found, row.state) == (kind, state)
        assert file_system(Path("/"), mounts) == "ext4"

    def test_where_the_system_does_not_say_nothing_is_said(self, filed, tmp_path):
        assert "network" not in self.rows(mounts=tmp_path / "nothing")

    def test_a_folder_to_come_is_looked_for_above(self, anju, tmp_path):
        assert self.rows(tmp_path / "a" / "b" / "anju.db")["directory"].found == str(tmp_path)

    def test_little_room_and_a_clock_behind_are_named(self, filed, monkeypatch):
        from datetime import UTC, datetime

        from anju_cli import clock

        usage = shutil.disk_usage("/")
        monkeypatch.setattr(shutil, "disk_usage", lambda _path: usage._replace(free=5 * 2**20))
        monkeypatch.setattr(clock, "now", lambda: datetime(2020, 1, 1, tzinfo=UTC))
        rows = self.rows()
        assert (rows["space"].state, rows["space"].found, rows["clock"].state) == ("warn", "5 MiB", "warn")

    def test_what_is_not_installed_is_a_note_or_to_be_mended(self, filed, monkeypatch):
        from importlib import metadata

        from anju_cli.reports.checks import doctor

        def missing(_name):
            raise metadata.PackageNotFoundError

        monkeypatch.setattr(doctor, "version", missing)
        monkeypatch.setenv("PATH", "/nowhere")
        monkeypatch.setenv("ANJU_TODAY", "2035-01-01")
        rows = self.rows()
        assert (rows["typer"].state, rows["programs"].state, rows["calendar"].state) == ("bad", "note", "note")
        assert "fonts" not in rows


def test_a_check_says_what_it_found(office, database, tmp_path):
    with pytest.raises(AnjuError, match="damaged") as fault:
        copying.copy(database, tmp_path / "x.db", check=lambda _connection: ["row 7"])
    assert fault.value.got == "row 7"
