"""A schema that is not as it was made is refused at every open, and what is wrong with it is named."""

import os
import shutil
import sqlite3
from pathlib import Path

import pytest

from anju_cli.store import fit, schema
from tests.conftest import prepared


@prepared
def filed(office):
    office("progress add raise 600 --unit hsc -q Q2")
    office("progress add raise 5 --unit tal -q Q2 --note words")
    return office


def raw(path=None):
    return sqlite3.connect(path or os.environ["ANJU_DB"], isolation_level=None)


def replaced(table, change):
    """Statements that rebuild a table with another text, its rows and triggers kept."""
    parts = fit.expected(schema.VERSION)
    text = parts[fit.SchemaPart("table", table)]
    kept = [sql for part, sql in parts.items() if part.type != "table" and f" ON {table}" in sql]
    return [
        "PRAGMA foreign_keys = OFF", "PRAGMA legacy_alter_table = ON",
        f"ALTER TABLE {table} RENAME TO old", change(text), f"INSERT INTO {table} SELECT * FROM old", "DROP TABLE old", *kept,
    ]  # fmt: skip


ADDS = "CREATE TRIGGER adds AFTER INSERT ON entry BEGIN INSERT INTO filing SELECT * FROM filing WHERE 0; END"
STRANGE = {
    "a foreign trigger": ([ADDS], "trigger adds"),
    "one of our triggers emptied": (
        ["DROP TRIGGER entry_no_update", "CREATE TRIGGER entry_no_update BEFORE UPDATE ON entry BEGIN SELECT 1; END"],
        "entry_no_update",
    ),
    "one of our triggers gone": (["DROP TRIGGER seal_no_delete"], "seal_no_delete"),
    "a table without its checks": (
        replaced("entry", lambda text: text.replace("    CHECK (reports IN (-1, 0, 1)),\n", "")), "table entry",
    ),
    "an endless view in the place of a table": (
        ["DROP TABLE restatement", "CREATE VIEW restatement AS WITH RECURSIVE n(id) AS (SELECT 1 UNION ALL SELECT id + 1 FROM n) SELECT id, '' AS digest FROM n"],
        "table restatement",
    ),
    "an index of ours gone": (["DROP INDEX entry_reporting"], "index entry_reporting"),
    "an index of ours over other columns": (
        ["DROP INDEX entry_of_filing", "CREATE INDEX entry_of_filing ON entry (note)"], "index entry_of_filing",
    ),
    "an index over an expression": (["CREATE INDEX costly ON entry (abs(quantity))"], "index costly"),
    "an index with a condition": (["CREATE INDEX some ON entry (note) WHERE quantity > 5"], "index some"),
    "an index that forbids": (["CREATE UNIQUE INDEX one ON filing (recorded_at)"], "index one"),
    "a table of others": (["CREATE TABLE theirs (a)"], "table theirs"),
}  # fmt: skip


@pytest.fixture(params=STRANGE.values(), ids=STRANGE)
def strange(request, filed):
    statements, named = request.param
    with raw() as connection:
        for statement in statements:
            connection.execute(statement)
    connection.close()
    return filed, named


class TestStrange:
    def test_nothing_is_read_written_copied_or_restored(self, strange, tmp_path):
        anju, named = strange
        database = Path(os.environ["ANJU_DB"])
        before = database.read_bytes()
        for line in ("progress list", "report quarter Q2", "progress add raise 1 --unit hsc -q Q2", "ledger export",
                     f"backup {tmp_path / 'copy.db'}", f"restore {database} --db {tmp_path / 'new.db'}"):  # fmt: skip
            assert named in anju(line, code=3).err, line
        assert database.read_bytes() == before
        assert not (tmp_path / "copy.db").exists() and not (tmp_path / "new.db").exists()

    def test_verify_names_it_and_ends(self, strange):
        anju, named = strange
        heard = anju("ledger verify", code=None)
        assert heard.code in (1, 3) and named.split()[-1] in heard.out + heard.err

    def test_doctor_names_it(self, strange):
        anju, _named = strange
        assert anju("doctor", code=1)


class TestOfTheOffice:
    def test_views_and_plain_indexes_of_its_own_stand_and_are_listed(self, filed, tmp_path):
        with raw() as connection:
            connection.execute("CREATE VIEW mine AS SELECT * FROM entry WHERE quantity > 5")
            connection.execute("CREATE INDEX by_note ON entry (note COLLATE NOCASE, id DESC)")
            connection.execute("ANALYZE")
        assert len(filed("progress list --json").json) == 2
        filed("progress add raise 1 --unit hsc -q Q2 --additional", code=None)
        filed(f"backup {tmp_path / 'copy.db'}")
        assert filed("ledger verify").out == ""
        (row,) = (row for row in filed("doctor --json", code=None).json if row["check"] == "own parts")
        assert row["found"] == "by_note, mine"


class TestOlderVersions:
    def test_a_migration_first_compares_what_is_there(self, filed):
        database = Path(os.environ["ANJU_DB"])
        database.unlink()
        with raw() as connection:
            for statement in schema.STEPS[0].STATEMENTS:
                connection.execute(statement.replace("    CHECK (quarter BETWEEN 0 AND 5),\n", ""))
            connection.execute(f"PRAGMA application_id = {schema.APPLICATION_ID}")
            connection.execute("PRAGMA user_version = 1")
        connection.close()
        before = database.read_bytes()
        assert "table entry" in filed("progress add raise 1 --unit hsc -q Q2", code=3).err
        assert database.read_bytes() == before and not list(database.parent.glob("*.version-*"))

    def test_comments_and_line_breaks_of_a_schema_mean_nothing(self, anju):
        with raw() as connection:
            for step in schema.STEPS:
                for statement in step.STATEMENTS:
                    connection.execute(" ".join(line.partition("--")[0] for line in statement.splitlines()))
        assert list(fit.misfits(connection, schema.VERSION)) == []


TEXTS = [
    ("entry", "note"),
    ("entry", "key"),
    ("filing", "who"),
    ("filing", "recorded_at"),
    ("filing", "digest"),
    ("plan_revision", "who"),
]


class TestTypes:
    @pytest.mark.parametrize(("table", "column"), TEXTS, ids=lambda name: name)
    def test_a_row_that_holds_what_is_no_text_is_named_whatever_reads_it(self, filed, table, column):
        with raw() as connection:
            (trigger,) = connection.execute(
                "SELECT sql FROM sqlite_master WHERE name = ?", (f"{table}_no_update",)
            ).fetchone()
            connection.execute(f"DROP TRIGGER {table}_no_update")
            connection.execute(f"UPDATE {table} SET {column} = CAST(COALESCE({column}, 'x') AS BLOB) WHERE id = 1")
            connection.execute(trigger)
        connection.close()
        called = {"plan_revision": "revision"}.get(table, table)
        assert (called, 1) in [(row["check"], row["row"]) for row in filed("ledger verify --json", code=1).json]
        for line in (
            "progress list",
            "progress list --json",
            "progress list --csv",
            "ledger log",
            "ledger log --json",
            "ledger export",
        ):
            heard = filed(line, code=None)
            assert heard.code in (0, 3), (line, heard.err)
            assert heard.code == 0 or " 1" in heard.err or "revision 0" in heard.err, heard.err

    def test_a_backup_and_a_restore_check_the_seals_too(self, filed, tmp_path):
        filed("ledger seal")
        database = Path(os.environ["ANJU_DB"])
        shutil.copy(database, tmp_path / "copy.db")
        with raw(tmp_path / "copy.db") as connection:
            (trigger,) = connection.execute("SELECT sql FROM sqlite_master WHERE name = 'seal_no_update'").fetchone()
            connection.execute("DROP TRIGGER seal_no_update")
            connection.execute("UPDATE seal SET who = 'nobody'")
            connection.execute(trigger)
        connection.close()
        assert "seal 1" in filed(f"restore {tmp_path / 'copy.db'} --force", code=3).err
        assert "seal 1" in filed(f"backup {tmp_path / 'new.db'} --db {tmp_path / 'copy.db'}", code=3).err
