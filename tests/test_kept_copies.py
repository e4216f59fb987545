"""Copies kept before a review is closed or a database brought up to date: what a killed command left of them goes again.

Told by what they are, never by name or age: a copy that a killed command made is a draft too, held by nobody, and what
it was made before has not happened.
"""

import fcntl
import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.conftest import prepared
from tests.processes import killed_at
from tests.test_every_call import of_the_first_version
from tests.test_reviews import locked_q2

TODAY = {"today": "2020-07-20"}
CLOSE = "review close Q2 --on 2020-07-20 --document d"
WRITE = "progress add raise 5 --unit hsc --on 7-19"


@prepared
def reviewed(office):
    """A quarter that can be closed."""
    locked_q2(office)
    office("review result all met", **TODAY)
    return office


@pytest.fixture
def old(reviewed, tmp_path, monkeypatch):
    """The same ledger as the first version of the program left it."""
    of_the_first_version(tmp_path / "old.db")
    monkeypatch.setenv("ANJU_DB", str(tmp_path / "old.db"))
    return reviewed


def beside(pattern="*.db.*"):
    """The kept copies beside the database, or other files."""
    return sorted(Path(os.environ["ANJU_DB"]).parent.glob(pattern))


def killed(tmp_path, line):
    """A command that was killed in the middle of what it writes, after its copy was made."""
    os.environ["ANJU_TODAY"] = "2020-07-20"
    killed_at(20, line.split(), tmp_path / "said")
    (copy,), (draft,) = beside(), beside(".anju-*.new")
    assert copy.samefile(draft)
    return copy, draft


def is_whole(copy):
    with closing(sqlite3.connect(copy)) as connection:
        return connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)


@pytest.mark.kills
class TestKilled:
    def test_a_closing_leaves_a_copy_that_doctor_names_and_the_next_write_clears(self, reviewed, tmp_path):
        copy, draft = killed(tmp_path, CLOSE)
        said = reviewed("doctor", code=None).out
        assert copy.name in said and draft.name in said
        reviewed("report quarter Q2", **TODAY)
        assert copy.exists()  # who reads clears nothing
        reviewed(f"{WRITE} --dry-run", **TODAY)
        assert copy.exists()
        reviewed(WRITE, **TODAY)
        assert not copy.exists() and not draft.exists()
        assert copy.name not in reviewed("doctor", code=None).out

    def test_so_does_bringing_up_to_date(self, old, tmp_path):
        copy, draft = killed(tmp_path, WRITE)
        assert copy.name in old("doctor", code=None).out
        old(WRITE, **TODAY)
        (kept,) = beside()  # that of the write that cleared it
        assert is_whole(kept) and not kept.samefile(os.environ["ANJU_DB"]) and not draft.exists()
        assert old("ledger verify").out == ""

    def test_the_closing_itself_clears_it_when_it_comes_again(self, reviewed, tmp_path):
        copy, draft = killed(tmp_path, CLOSE)
        reviewed(CLOSE, **TODAY)
        assert not draft.exists() and not copy.exists() and len(beside()) == 1

    def test_nothing_is_cleared_while_somebody_holds_it(self, reviewed, tmp_path):
        copy, draft = killed(tmp_path, CLOSE)
        with draft.open("rb") as held:
            fcntl.flock(held, fcntl.LOCK_EX)
            reviewed(WRITE, **TODAY)
            assert copy.exists() and draft.exists()
            assert draft.name not in reviewed("doctor", code=None).out
        reviewed("ledger seal", **TODAY)
        assert not copy.exists() and not draft.exists()


class TestKept:
    @pytest.mark.parametrize("database", ["reviewed", "old"])
    def test_a_copy_stays_where_what_it_was_made_before_was_committed(self, request, database):
        """Killed between its commit and the end of the draft's name, a command has done all it was to do."""
        run = request.getfixturevalue(database)
        run(CLOSE if database == "reviewed" else WRITE, **TODAY)
        (copy,) = beside()
        draft = copy.with_name(".anju-0123abcd.new")
        os.link(copy, draft)
        run("ledger seal", **TODAY)
        assert not draft.exists() and is_whole(copy) and copy.stat().st_nlink == 1

    def test_neither_name_nor_age_makes_a_file_one_that_is_cleared(self, reviewed):
        reviewed(CLOSE, **TODAY)
        (copy,) = beside()
        like = copy.with_name("anju.db.before-closing-9")
        like.write_bytes(copy.read_bytes())
        for path in (copy, like):
            os.utime(path, (0, 0))
        reviewed("ledger seal", **TODAY)
        assert copy.exists() and like.exists()
        assert copy.name not in reviewed("doctor", code=None).out

    def test_of_a_closing_that_is_refused_no_copy_stays(self, reviewed):
        reviewed("review close Q2 --on 2020-06-01 --document d", code=4, **TODAY)
        assert beside() == beside(".anju-*") == []

    def test_of_a_closing_one_copy_stays_as_it_was_before(self, reviewed):
        reviewed(CLOSE, **TODAY)
        (copy,) = beside()
        assert copy.name == "anju.db.before-closing-1" and copy.stat().st_mode & 0o777 == 0o600
        assert reviewed(f"review show Q2 --json --db {copy}", **TODAY).json["state"] == "locked"
        assert beside(".anju-*") == []
