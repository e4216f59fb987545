"""Files that are written: never the ledger, never what is read, whole or not at all, and only what was asked for."""

import os
import stat
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from anju_cli import outlet
from tests.conftest import ROOT, prepared, process


@prepared
def filed(office):
    office("progress add raise 600 --unit hsc -q Q2")
    return office


@pytest.fixture
def database(filed):
    return Path(os.environ["ANJU_DB"])


@pytest.fixture
def bad_return(tmp_path):
    path = tmp_path / "bad.csv"
    path.write_text("任务编号,本期完成\nraise,x\n", encoding="utf-8")
    return path


def names_of(database, tmp_path):
    """Every name under which the ledger, or what belongs to it, can be written over."""
    folder = tmp_path / "links"
    folder.mkdir()
    (folder / "soft.csv").symlink_to(database)
    os.link(database, folder / "hard.csv")
    (folder / "journal.csv").symlink_to(database.with_name("anju.db-journal"))
    return [
        database,
        *(database.with_name(f"anju.db{ending}") for ending in outlet.BESIDE),
        *(database.with_name(f"anju.db.{kept}") for kept in ("replaced-1", "version-1-1", "before-closing-2")),
        *sorted(folder.iterdir()),
        tmp_path / "links" / ".." / "anju.db",
    ]


WAYS = {
    "errors of an import": "progress import {bad} -q Q3 -u tal --dry-run --errors-to {target} --force",
    "errors of an import, unasked": "progress import {bad} -q Q3 -u tal --dry-run --errors-to {target}",
    "export": "ledger export -o {target} --force",
}


class TestTheLedger:
    @pytest.mark.parametrize("line", WAYS.values(), ids=WAYS)
    def test_it_is_never_written_over_under_any_name(self, filed, database, bad_return, tmp_path, line):
        before = database.read_bytes()
        for target in names_of(database, tmp_path):
            filed(line.format(bad=bad_return, target=target), code=4)
            assert database.read_bytes() == before, target
            assert not list(tmp_path.glob("anju.db?*")), target
        filed("progress add raise 5 --unit tal -q Q2")

    @pytest.mark.parametrize("ending", ["csv", "json", "md", "xlsx", "html"])
    def test_not_even_where_its_own_name_is_that_of_an_answer(self, filed, database, tmp_path, ending):
        ledger = tmp_path / f"ledger.{ending}"
        database.rename(ledger)
        before = ledger.read_bytes()
        filed(f"progress list -o {ledger} --force", code=4, db=str(ledger))
        filed(f"progress list -o {ledger} --force --db {ledger}", code=4)
        filed(f"progress add raise 5 --unit tal -q Q2 --db {ledger} -o {ledger} --force", code=4)
        assert ledger.read_bytes() == before

    def test_nor_a_copy_or_another_ledger_whatever_it_is_called(self, filed, tmp_path):
        filed(f"backup {tmp_path / 'copy.csv'}")
        before = (tmp_path / "copy.csv").read_bytes()
        assert "never written over" in filed(f"progress list -o {tmp_path / 'copy.csv'} --force", code=4).err
        assert (tmp_path / "copy.csv").read_bytes() == before

    @pytest.mark.parametrize("line", ["backup {target}", "init --db {target}", "demo --db {target}"])
    def test_no_database_is_made_under_the_name_of_its_journal(self, filed, database, line):
        target = database.with_name("anju.db-journal")
        filed(line.format(target=target), code=4)
        assert not target.exists()

    def test_templates_for_all_are_not_written_over_it(self, filed, database, tmp_path):
        filed(f"progress template -q Q2 --all {tmp_path / 'forms'}")
        form = next((tmp_path / "forms").iterdir())
        form.unlink()
        form.symlink_to(database)
        before = database.read_bytes()
        filed(f"progress template -q Q2 --all {tmp_path / 'forms'} --force", code=4)
        assert database.read_bytes() == before


class TestWhatIsRead:
    def test_the_errors_of_a_return_are_not_written_over_it_and_nothing_is_booked(self, filed, bad_return, tmp_path):
        good = tmp_path / "good.csv"
        good.write_text("任务编号,本期完成\nraise,5\n", encoding="utf-8")
        for path in (bad_return, good):
            before = path.read_bytes()
            said = filed(f"progress import {path} -q Q2 -u tal --errors-to {path} --force", code=4)
            assert "reads that file" in said.err and path.read_bytes() == before
        assert len(filed("progress list --json").json) == 1

    @pytest.mark.parametrize(
        ("name", "line"),
        [
            ("list.csv", "reconcile {file} -o {file} --force"),
            ("plan.csv", "plan apply {file} -o {file} --force"),
            ("l.json", "init --from {file} --db new.db -o {file} --force"),
        ],
    )
    def test_an_answer_is_not_written_over_the_file_it_is_made_of(self, filed, tmp_path, name, line):
        (tmp_path / name).write_text("x")
        filed(line.format(file=tmp_path / name), code=4)
        assert (tmp_path / name).read_text() == "x"
        os.link(tmp_path / name, tmp_path / f"link-{name}")
        first, _o, rest = line.partition(" -o ")
        filed(
            f"{first} -o {rest}".format(file=tmp_path / name).replace(f"-o {tmp_path}/", f"-o {tmp_path}/link-"), code=4
        )
        assert (tmp_path / name).read_text() == "x"

    def test_nor_over_what_comes_through_standard_input(self, filed, tmp_path):
        path = tmp_path / "r.csv"
        path.write_text("任务编号,本期完成\nraise,5\n", encoding="utf-8")
        line = [
            sys.executable,
            "-m",
            "anju_cli",
            "progress",
            "import",
            "-",
            "-q",
            "Q2",
            "-u",
            "tal",
            "-o",
            str(path),
            "--force",
        ]
        with path.open("rb") as file:
            done = subprocess.run(line, stdin=file, capture_output=True, text=True, cwd=ROOT)
        assert done.returncode == 4 and "raise,5" in path.read_text(encoding="utf-8")


class TestWriting:
    def test_errors_replace_a_file_only_on_request(self, filed, bad_return, tmp_path):
        mine = tmp_path / "mine.txt"
        mine.write_text("mine")
        line = f"progress import {bad_return} -q Q2 -u tal --errors-to {mine}"
        assert "--force" in filed(line, code=4).err and mine.read_text() == "mine"
        filed(f"{line} --force", code=1)
        assert "bad.csv" in mine.read_text(encoding="utf-8")

    def test_the_umask_holds_and_a_file_that_is_replaced_keeps_its_permissions(self, filed, tmp_path):
        old = os.umask(0o077)
        try:
            filed(f"progress list -o {tmp_path / 'new.csv'}")
            filed(f"ledger export -o {tmp_path / 'new.jsonl'}")
        finally:
            os.umask(old)
        assert {stat.S_IMODE((tmp_path / name).stat().st_mode) for name in ("new.csv", "new.jsonl")} == {0o600}
        filed(f"progress list -o {tmp_path / 'new.csv'} --force")
        assert stat.S_IMODE((tmp_path / "new.csv").stat().st_mode) == 0o600

    def test_a_link_is_written_through(self, filed, tmp_path):
        (tmp_path / "real").mkdir()
        link = tmp_path / "link.json"
        link.symlink_to(tmp_path / "real" / "list.json")
        filed(f"progress list -o {link}", code=4)
        filed(f"progress list -o {link} --force")
        assert link.is_symlink() and "hsc" in (tmp_path / "real" / "list.json").read_text(encoding="utf-8")

    @pytest.mark.parametrize("forced", ["", " --force"])
    def test_into_a_pipe_or_a_device_is_written_and_it_stays_what_it_is(self, filed, tmp_path, forced):
        pipe = tmp_path / "pipe.json"
        os.mkfifo(pipe)
        heard = []
        reader = threading.Thread(target=lambda: heard.append(pipe.read_text(encoding="utf-8")))
        reader.start()
        filed(f"progress list -o {pipe}{forced}")
        reader.join(10)
        assert '"hsc"' in heard[0] and stat.S_ISFIFO(pipe.stat().st_mode)
        filed(f"ledger export -o /dev/null{forced}")
        assert stat.S_ISCHR(Path("/dev/null").stat().st_mode)

    def test_where_writing_fails_nothing_is_left(self, filed, tmp_path):
        (tmp_path / "folder.csv").mkdir()
        filed(f"progress list -o {tmp_path / 'folder.csv'} --force", code=3)
        assert not list(tmp_path.glob(".anju*"))


class TestThroughALinkedLedger:
    @pytest.fixture
    def linked(self, filed, database, tmp_path):
        """The ledger lies elsewhere; ANJU_DB names a link to it."""
        real = tmp_path / "share" / "ledger.db"
        real.parent.mkdir()
        database.rename(real)
        database.symlink_to(real)
        return real

    def test_a_backup_is_put_in_the_place_of_the_file_and_the_link_stays(self, filed, linked, database, tmp_path):
        filed(f"backup {tmp_path / 'copy.db'}")
        filed("progress add raise 5 --unit tal -q Q2")
        said = filed(f"restore {tmp_path / 'copy.db'} --force --json").json
        assert database.is_symlink() and said["replaced"] == str(linked.with_name("ledger.db.replaced-1"))
        assert len(filed("progress list --json").json) == 1
        assert len(filed(f"progress list --json --db {said['replaced']}").json) == 2

    def test_a_link_that_leads_nowhere_yet_is_where_a_new_database_is_made(self, anju, tmp_path):
        link = tmp_path / "new.db"
        link.symlink_to(tmp_path / "there.db")
        anju("init", db=str(link))
        assert link.is_symlink() and (tmp_path / "there.db").is_file()


class TestLeftovers:
    def test_what_nobody_holds_is_named_and_the_next_that_records_clears_it_away(self, filed, database):
        left = database.with_name(".anju-0123abcd.new")
        left.write_text("half a copy")
        Path(f"{left}-journal").write_text("of it")
        assert left.name in filed("doctor", code=None).out
        filed("progress list")
        filed("progress add raise 5 --unit tal -q Q2 --dry-run")
        assert left.exists()
        filed("progress add raise 5 --unit tal -q Q2")
        assert not list(database.parent.glob(".anju*"))

    def test_what_somebody_holds_stays_however_old(self, filed, database):
        with outlet.draft(database, 0o600) as held:
            os.utime(held, (0, 0))
            assert process("progress", "add", "raise", "5", "--unit", "tal", "-q", "Q2").returncode == 0
            assert held.exists() and held.name not in process("doctor").stdout
        assert not held.exists()

    def test_the_second_name_that_a_replacement_began_with_is_taken_back(self, filed, database):
        second = database.with_name("anju.db.replaced-1")
        os.link(database, second)
        elsewhere = database.with_name("elsewhere.db")
        os.link(database, elsewhere)
        assert second.name in filed("doctor", code=None).out
        filed("progress add raise 5 --unit tal -q Q2")
        assert not second.exists() and elsewhere.exists() and len(filed("progress list --json").json) == 2
