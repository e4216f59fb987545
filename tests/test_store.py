"""The database file: append-only, durable when acknowledged, all or nothing, and refused where it is not what it should be."""

import os
import signal
import sqlite3
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from anju_cli.store import schema
from anju_cli.store.record_tables import Followup, ProjectEvent, ReturnReceipt
from anju_cli.store.review_tables import Publication, ReviewEvent, Seal
from anju_cli.store.tables import Entry, Filing, PlanRevision
from tests.conftest import prepared
from tests.processes import at_once, killed_at


def raw(path=None):
    return sqlite3.connect(path or os.environ["ANJU_DB"])


@prepared
def filed(office):
    office("progress add raise 600 --unit hsc -q Q2 --note first")
    office("progress add raise 70 --unit tal -q Q2")
    office("progress correct 1 620 --reason typo")
    return office


@pytest.fixture
def database():
    return Path(os.environ["ANJU_DB"])


class TestAppendOnly:
    """Triggers refuse every way to change what was written; they stop accidents, not the owner of the file."""

    @pytest.mark.parametrize("table", ["plan_revision", "filing", "entry"])
    @pytest.mark.parametrize(
        "statement",
        [
            "UPDATE {t} SET digest = 'x'",
            "DELETE FROM {t}",
            "INSERT OR REPLACE INTO {t} SELECT * FROM {t} WHERE id = 1",
            "REPLACE INTO {t} SELECT * FROM {t} WHERE id = 1",
            "INSERT INTO {t} SELECT * FROM {t} WHERE id = 1 ON CONFLICT (id) DO UPDATE SET digest = 'x'",
        ],
    )
    def test_update_delete_and_replace_are_refused(self, filed, table, statement):
        with raw() as connection, pytest.raises(sqlite3.IntegrityError, match="append-only"):
            connection.execute(statement.format(t=table))

    @pytest.mark.parametrize(
        ("table", "unique"),
        [("plan_revision", "plan, revision"), ("filing", "plan, reference"), ("entry", "key"), ("entry", "corrects")],
    )
    def test_a_row_cannot_be_replaced_by_another_id_either(self, filed, table, unique):
        filed("progress add raise 1 --unit hsc -q Q2 --additional --reference R")
        with raw() as connection:
            columns = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
            keys = unique.split(", ")
            where = " AND ".join(f"{key} IS NOT NULL" for key in keys)
            values = ", ".join(
                "999" if name == "id" else "'k'" if name == "key" and "key" not in keys else name for name in columns
            )
            before = connection.execute(f"SELECT COUNT(*) FROM {table}").fetchone()
            with pytest.raises(sqlite3.IntegrityError):
                connection.execute(f"REPLACE INTO {table} SELECT {values} FROM {table} WHERE {where} LIMIT 1")
            assert connection.execute(f"SELECT COUNT(*) FROM {table}").fetchone() == before

    @pytest.mark.parametrize(
        "change",
        [
            "quantity = '12套'",
            "quantity = 3.5",
            "quarter = 6",
            "reports = 2",
            "reports = 0",
            "reason = NULL WHERE reports = 0",
        ],
    )
    def test_values_that_mean_nothing_are_refused_by_the_table_itself(self, filed, change):
        with raw() as connection:
            connection.execute("DROP TRIGGER entry_no_update")
            with pytest.raises(sqlite3.IntegrityError, match="CHECK"):
                connection.execute(f"UPDATE entry SET {change}")


class TestSchema:
    def test_the_rows_that_are_written_have_the_columns_of_the_schema(self, office):
        ours = (PlanRevision, Filing, Entry, ProjectEvent, Followup, ReturnReceipt, ReviewEvent, Publication, Seal)
        for model in ours:
            table = model.__table__
            with raw() as connection:
                known = connection.execute(f"PRAGMA table_info({table.name})").fetchall()
            declared = [(column.name, str(column.type), not column.nullable) for column in table.columns]
            assert declared == [(name, kind, bool(required)) for _, name, kind, required, _, _ in known]

    def test_every_trigger_that_is_looked_for_is_there(self, office):
        with raw() as connection:
            there = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")}
        tables = [table for step in schema.STEPS for table in step.TABLES]
        assert there == schema.triggers_of(schema.VERSION) and len(there) == 3 * len(tables)

    def test_the_report_is_one_scan_of_a_covering_index(self, filed):
        from anju_cli.store.queries import _TALLIES

        with raw() as connection:
            asked = {"plan": "x", "until": "x", "upto": 1}
            steps = [row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {_TALLIES}", asked)]
        read = [step for step in steps if "entry" in step]
        assert all("USING COVERING INDEX entry_reporting" in step for step in read) and len(read) == 2
        assert not any("TEMP B-TREE" in step for step in steps)

    def test_the_file_is_readable_by_its_owner_alone(self, office, database):
        assert stat.S_IMODE(database.stat().st_mode) == 0o600

    def test_it_is_one_file_and_no_write_ahead_log(self, filed, database):
        with raw() as connection:
            assert connection.execute("PRAGMA journal_mode").fetchone() == ("delete",)
        assert [each.name for each in database.parent.glob("anju.db*")] == ["anju.db"]


class TestRefusedFiles:
    @pytest.mark.parametrize(
        "line", ["units list", "progress add raise 5 --unit hsc -q Q2 --additional", "plan list", ""]
    )
    @pytest.mark.parametrize(
        ("content", "said"),
        [
            pytest.param(b"PK\x03\x04 a workbook", "not an anju database", id="another kind of file"),
            pytest.param(b"", "not an anju database", id="an empty file"),
            pytest.param("sqlite", "not an anju database", id="another SQLite database"),
        ],
    )
    def test_a_foreign_file_is_refused_and_left_as_it_is(self, anju, database, content, said, line):
        if content == "sqlite":
            with raw(database) as connection:
                connection.execute("CREATE TABLE entry (id)")
            content = database.read_bytes()
        database.write_bytes(content)
        refused = anju(line, code=3)
        assert said in refused.err and len(refused.err.splitlines()) <= 2
        assert database.read_bytes() == content

    @pytest.mark.parametrize("line", ["units list", "progress add raise 5 --unit hsc -q Q2 --additional"])
    def test_a_newer_schema_is_refused_naming_both_versions(self, office, database, line):
        with raw() as connection:
            connection.execute(f"PRAGMA user_version = {schema.VERSION + 1}")
        before = database.read_bytes()
        refused = office(line, code=3)
        assert f"version {schema.VERSION + 1}" in refused.err and f"knows {schema.VERSION}" in refused.err
        assert database.read_bytes() == before

    @pytest.mark.parametrize("line", ["units list", "progress add raise 5 --unit hsc -q Q2 --additional"])
    def test_lost_triggers_are_noticed_at_once(self, office, line):
        with raw() as connection:
            connection.execute("DROP TRIGGER entry_no_delete")
        assert "entry_no_delete" in office(line, code=3).err

    def test_a_mistyped_path_creates_nothing(self, office, tmp_path):
        refused = office(f"units list --db {tmp_path / 'typo' / 'x.db'}", code=3)
        assert "typo" in refused.err and not (tmp_path / "typo").exists()

    def test_a_folder_is_no_database(self, office, tmp_path):
        assert "not a file" in office(f"units list --db {tmp_path}", code=3).err

    def test_a_truncated_file_is_refused_or_found(self, filed, database):
        database.write_bytes(database.read_bytes()[:9000])
        for line in ("report quarter Q2", "progress add raise 5 --unit hsc -q Q2 --additional", "progress list"):
            assert filed(line, code=3).out == ""

    @pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
    def test_a_read_only_file_is_read_and_not_written(self, filed, database):
        database.chmod(0o400)
        filed("report quarter Q2")
        assert "cannot be written" in filed("progress add raise 5 --unit hsc -q Q2 --additional", code=3).err

    def test_a_full_disk_leaves_everything_as_it_was(self, filed, database, monkeypatch):
        """The database is not allowed another page: SQLite says that the disk is full."""
        from anju_cli.store import writing

        with raw() as connection:
            pages = connection.execute("PRAGMA page_count").fetchone()[0]
        monkeypatch.setattr(writing, "_PRAGMAS", (*writing._PRAGMAS, f"PRAGMA max_page_count = {pages}"))
        before = database.read_bytes()
        for number in range(100):
            heard = filed(
                "progress add raise 5 --unit hsc -q Q2 --additional --note", f"{number} " + "长" * 1900, code=None
            )
            if heard.code:
                break
            before = database.read_bytes()
        assert (heard.code, "full" in heard.err) == (3, True)
        assert database.read_bytes() == before
        filed("report quarter Q2")

    def test_a_locked_database_is_waited_for_and_then_refused(self, filed, monkeypatch):
        from anju_cli.store import location, writing

        monkeypatch.setattr(writing, "BUSY_SECONDS", 0.2)
        monkeypatch.setattr(location, "BUSY_SECONDS", 0.2)
        holder = raw()
        holder.isolation_level = None
        holder.execute("BEGIN EXCLUSIVE")
        for line in ("units list", "progress add raise 5 --unit hsc -q Q2 --additional"):
            assert "locked" in filed(line, code=3).err
        holder.execute("ROLLBACK")
        filed("units list")

    def test_an_unwritable_place_for_a_new_database_is_refused(self, anju, tmp_path):
        (tmp_path / "file").write_text("")
        assert "no database can be made here" in anju(f"init --db {tmp_path / 'file' / 'x.db'}", code=3).err


class TestDurability:
    @pytest.mark.kills
    def test_a_killed_writer_leaves_all_or_nothing_and_a_report_right_after_is_right(self, filed, database):
        """The journal of the killed writer is hot; the reading door rolls it back."""
        code = (
            "import os, sqlite3, signal, sys\n"
            "c = sqlite3.connect(sys.argv[1], isolation_level=None)\n"
            "c.execute('PRAGMA cache_size = 1'); c.execute('PRAGMA cache_spill = 1'); c.execute('BEGIN IMMEDIATE')\n"
            "c.execute('CREATE TABLE spill (x)')\n"
            "c.executemany('INSERT INTO spill VALUES (?)', [('x' * 3000,)] * 200)\n"
            "os.kill(os.getpid(), signal.SIGKILL)\n"
        )
        before = filed("report quarter Q2 --json").json
        killed = subprocess.run([sys.executable, "-c", code, str(database)])
        assert killed.returncode == -signal.SIGKILL
        assert database.with_name("anju.db-journal").exists()
        assert filed("report quarter Q2 --json").json == before
        assert filed("ledger verify").out == ""

    @pytest.mark.kills
    def test_a_writer_killed_at_any_moment_leaves_whole_filings_only(self, office, tmp_path):
        """Before each statement of SQL, and before the end of the transaction."""
        line = ["progress", "add", "raise", "5", "--unit", "hsc", "-q", "Q2", "--additional"]
        for statement in range(100):
            heard = killed_at(statement, line, tmp_path / "said")
            rows = office("progress list --json").json
            assert len(rows) == (heard.code == 0) and ("Recorded" in heard.out) == (heard.code == 0)
            if heard.code == 0:
                break
            assert heard.code == -signal.SIGKILL
        assert statement > 2 and office("ledger verify").out == ""

    @pytest.mark.kills
    def test_two_writers_at_once_lose_nothing_and_wait_for_each_other(self, office):
        lines = [f"progress add raise 1 --unit {unit} -q Q2 --additional".split() for unit in ("hsc", "tal") * 4]
        assert [heard.code for heard in at_once(lines)] == [0] * len(lines)
        assert office("report quarter Q2 --json").json["targets"][0]["cumulative"] == 8
        assert [row["filing"] for row in office("progress list --json").json] == list(range(1, 9))

    @pytest.mark.kills
    def test_of_two_corrections_of_one_entry_one_wins(self, office):
        office("progress add raise 600 --unit hsc -q Q2")
        heard = at_once([f"progress correct 1 {value} --reason x".split() for value in range(4)])
        assert sorted(one.code for one in heard) == [0, 4, 4, 4]

    def test_the_pragmas_of_the_writing_door_are_in_force(self, office):
        from anju_cli.store.writing import writing

        with writing(Path(os.environ["ANJU_DB"])) as session:
            connection = session.connection().connection.driver_connection
            asked = ("journal_mode", "synchronous", "foreign_keys", "recursive_triggers", "trusted_schema")
            found = [connection.execute(f"PRAGMA {name}").fetchone()[0] for name in asked]
        assert found == ["delete", 3, 1, 1, 0]

    def test_the_reading_door_cannot_write(self, office):
        from anju_cli.store.reading import reading

        with reading(Path(os.environ["ANJU_DB"])) as connection, pytest.raises(sqlite3.OperationalError):
            connection.execute("CREATE TABLE x (y)")

    def test_init_leaves_a_whole_database_or_none(self, anju, tmp_path, monkeypatch):
        from anju_cli.ledger import plans

        def broken(*_arguments):
            raise KeyboardInterrupt

        monkeypatch.setattr(plans, "_record", broken)
        anju("init", code=130)
        assert list(tmp_path.glob("*anju.db*")) == [] and list(tmp_path.glob(".anju*")) == []


class TestVerify:
    def tamper(self, statement, *triggers):
        with raw() as connection:
            kept = [
                connection.execute("SELECT sql FROM sqlite_master WHERE name = ?", (name,)).fetchone()[0]
                for name in triggers
            ]
            for name in triggers:
                connection.execute(f"DROP TRIGGER {name}")
            connection.execute(statement)
            for sql in kept:
                connection.execute(sql)

    def test_an_untouched_ledger_has_no_fault_and_says_nothing(self, filed):
        assert filed("ledger verify").out == ""
        assert filed("ledger verify --json").json == []

    @pytest.mark.parametrize(
        ("statement", "trigger", "check", "row"),
        [
            ("UPDATE entry SET quantity = 2714 WHERE id = 1", "entry_no_update", "entry", 1),
            ("UPDATE entry SET item = 'supply' WHERE id = 2", "entry_no_update", "entry", 2),
            ("UPDATE entry SET happened_on = '2020-05-01' WHERE id = 2", "entry_no_update", "entry", 2),
            ("UPDATE entry SET received_on = '2020-07-01' WHERE id = 2", "entry_no_update", "entry", 2),
            ("UPDATE entry SET note = 'second' WHERE id = 1", "entry_no_update", "entry", 1),
            ("UPDATE filing SET who = 'nobody' WHERE id = 2", "filing_no_update", "filing", 2),
            ("UPDATE filing SET recorded_at = '2020-01-01' WHERE id = 1", "filing_no_update", "filing", 1),
            ("DELETE FROM entry WHERE id = 2", "entry_no_delete", "filing", 2),
            (
                "UPDATE plan_revision SET document = replace(document, '4713', '471')",
                "plan_revision_no_update",
                "revision",
                1,
            ),
        ],
    )
    def test_a_change_behind_its_back_is_named_by_row(self, filed, statement, trigger, check, row):
        self.tamper(statement, trigger)
        faults = filed("ledger verify --json", code=1).json
        assert (check, row) in {(fault["check"], fault["row"]) for fault in faults}
        assert str(row) in filed("ledger verify", code=1).out

    def test_an_entry_of_a_filing_that_is_gone_is_named(self, filed):
        self.tamper("DELETE FROM filing WHERE id = 2", "filing_no_delete")
        assert "references" in {fault["check"] for fault in filed("ledger verify --json", code=1).json}

    def test_a_receipt_that_somebody_holds_is_looked_for(self, filed):
        receipt = filed("progress list --json").json[1]["receipt"]
        filed(f"ledger verify --receipt {receipt}")
        filed(f"ledger verify --receipt {receipt[:9].upper()}")
        for unknown in ("0000-0000-0000-0000", "ab"):
            assert "no filing has the receipt" in filed(f"ledger verify --receipt {unknown}", code=1).out


def test_to_look_at_the_file_while_it_is_written_does_not_let_go_of_its_lock(office, database):
    """On POSIX a process that closes any handle of a file loses every lock it has on it; SQLite's too."""
    from anju_cli.store.copies import looked_at
    from anju_cli.store.writing import writing

    other = (
        "import sqlite3, sys; sqlite3.connect(sys.argv[1], timeout=0, isolation_level=None).execute('BEGIN IMMEDIATE')"
    )
    with writing(database):
        with looked_at(database) as connection:
            assert connection.execute("SELECT COUNT(*) FROM plan_revision").fetchone()[0] == 1
        tried = subprocess.run([sys.executable, "-c", other, str(database)], capture_output=True, text=True)
        assert "database is locked" in tried.stderr
