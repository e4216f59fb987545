"""Nothing under a seal can be changed without `ledger verify` saying so: tried on every column and every pair of rows."""

import itertools
import os
import sqlite3

import pytest

from anju_cli.domain.receipts import receipt
from anju_cli.reports.checks.verify import faults_of_rows
from anju_cli.store.sealed import every_table
from tests.conftest import prepared
from tests.test_reviews import RESTATE, locked_q2


@prepared
def story(office):
    """A ledger with several rows in every table, all of them sealed."""
    folder = os.path.dirname(os.environ["ANJU_DB"])
    for number, unit in enumerate(("wat", "edu")):
        path = os.path.join(folder, f"{number}.csv")
        with open(path, "w", encoding="utf-8") as file:
            file.write("任务编号,本期完成\nwhat,x\n")
        office(f"progress import {path} -u {unit} -q Q2", code=1)
    office("projects add PS-01 --name 一期 --homes 400 --way build")
    office("slips issue ms-q1-survey --due 2020-08-01")
    office("slips extend 1 --due 2020-08-15 --reason rain --document D1")
    locked_q2(office)
    for homes in (36, 7):
        office(f"progress add raise {homes} --unit tal --on 2020-06-28 --carry", today="2020-07-20", code=None)
        office(
            f"progress add raise {homes} --unit hsc --on 2020-06-28 --additional {RESTATE}",
            today="2020-07-20",
            code=None,
        )
    office("progress correct 1 2100 --reason typo " + RESTATE, today="2020-07-20", code=None)
    office("plan amend raise --goal 5000 --document d --effective 2020-07-20", today="2020-07-20", code=None)
    office("review result all met --note fine", today="2020-07-20")
    office("review close Q2 --on 2020-07-20 --document d", today="2020-07-20")
    office("review bulletin Q2 --number n --recipients r", today="2020-07-21")
    office("ledger seal", today="2020-07-21")
    return office


@pytest.fixture
def ledger(story):
    """The database in memory, as its owner has it: no trigger, no check and no reference hinders him; put back after."""
    connection = sqlite3.connect(":memory:", isolation_level=None)
    with sqlite3.connect(os.environ["ANJU_DB"]) as file:
        file.backup(connection)
    file.close()
    connection.row_factory = sqlite3.Row
    connection.execute("PRAGMA ignore_check_constraints = ON")
    return connection


def changed(connection, statements):
    """What verify says once the statements were run behind its back; afterwards the ledger is as it was."""
    connection.execute("BEGIN")
    triggers = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
    for name, _sql in triggers:
        connection.execute(f"DROP TRIGGER {name}")
    try:
        for statement, parameters in statements:
            connection.execute(statement, parameters)
        for _name, sql in triggers:
            connection.execute(sql)
        connection.text_factory = str
        return faults_of_rows(connection)
    except sqlite3.IntegrityError as fault:  # the table itself refuses it
        return [str(fault)]
    finally:
        connection.text_factory = str
        connection.execute("ROLLBACK")


def other(value):
    return (
        value + 1
        if isinstance(value, int)
        else "x"
        if value is None
        else ("9" if value[:1] != "9" else "8") + value[1:]
    )


@pytest.mark.parametrize("table", every_table())
class TestEvery:
    def test_value_of_every_row(self, ledger, table):
        rows = ledger.execute(f"SELECT * FROM {table}").fetchall()
        assert rows and faults_of_rows(ledger) == []
        for row in rows:
            for column in set(row.keys()):
                change = (f"UPDATE {table} SET {column} = ? WHERE id = ?", (other(row[column]), row["id"]))
                assert changed(ledger, [change]), (table, column, row["id"])

    def test_pair_of_rows(self, ledger, table):
        """The numbers of two rows are exchanged: no digest of an entry, a slip, a project or a plan has its number."""
        ids = [row["id"] for row in ledger.execute(f"SELECT id FROM {table}")]
        for one, two in itertools.combinations(ids, 2):
            move = f"UPDATE {table} SET id = ? WHERE id = ?"
            assert changed(ledger, [(move, (-1, one)), (move, (one, two)), (move, (two, -1))]), (table, one, two)

    def test_row_but_the_last_seal_may_go(self, ledger, table):
        """Whoever cuts off the last seal shows another than the one that others hold."""
        last = ledger.execute("SELECT MAX(id) FROM seal").fetchone()[0]
        for row in ledger.execute(f"SELECT id FROM {table}").fetchall():
            if (table, row["id"]) != ("seal", last):
                assert changed(ledger, [(f"DELETE FROM {table} WHERE id = ?", (row["id"],))]), (table, row["id"])


def test_two_entries_that_exchanged_their_numbers_are_named(story):
    with sqlite3.connect(os.environ["ANJU_DB"]) as connection:
        triggers = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        (seal,) = connection.execute("SELECT digest FROM seal ORDER BY id DESC").fetchone()
        for name, _sql in triggers:
            connection.execute(f"DROP TRIGGER {name}")
        for new, old in ((-1, 1), (1, 2), (2, -1)):
            connection.execute("UPDATE entry SET id = ? WHERE id = ?", (new, old))
        for _name, sql in triggers:
            connection.execute(sql)
    said = story("ledger verify --json --against", receipt(seal), code=1).json
    assert ("entry", 2) in [(row["check"], row["row"]) for row in said]


class TestCodes:
    def test_a_shorter_code_of_an_older_paper_is_answered_with_a_word(self, story):
        seal = story("report year --json").json["ledger"]["seal"]
        assert story("ledger verify --against", seal).err == ""
        assert "only 8 of 16 digits" in story("ledger verify --against", seal[:9]).err
        assert "only 8 of 16 digits" in story("ledger verify --against", "0000-0000", code=1).err
        filed = story("progress list --json").json[0]["receipt"]
        assert story("ledger verify --receipt", filed).err == ""
        assert "only 12 of 16 digits" in story("ledger verify --receipt", filed[:14]).err

    def test_the_annex_of_a_paper_prints_all_the_digits_that_are_asked_for(self, story, tmp_path):
        from docx import Document

        story(f"report quarter Q3 -o {tmp_path / 'q3.docx'}", today="2020-10-15")
        said = "\n".join(paragraph.text for paragraph in Document(str(tmp_path / "q3.docx")).paragraphs)
        digits = said.split("校验码：")[1].partition("；")[0]
        assert len(digits) == 16 and story("ledger verify --against", digits).err == ""
