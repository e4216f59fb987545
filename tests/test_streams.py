"""Lists of the ledger are never all held: they are read piece by piece and written as they are read."""

import csv
import json
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from anju_cli.cli import main
from anju_cli.ledger.book import opened as ledger_opened
from anju_cli.ledger.drafts import Draft, Manner
from anju_cli.ledger.entries.filing import file
from anju_cli.reports import listing
from anju_cli.reports.view import opened
from anju_cli.store import entry_rows
from tests.conftest import ROOT, process
from tests.processes import peak_of

FEW, MANY = 4_000, 40_000
GROWTH = 8
"""MB by which a command may be larger on ten times as many entries; where they are held, it is by 10 to 200."""


@pytest.fixture(scope="module")
def ledgers(tmp_path_factory):
    """By its number of entries, a ledger of filings of two thousand, all of one unit and quarter."""
    folder = tmp_path_factory.mktemp("streams")
    made = {entries: folder / f"{entries}.db" for entries in (FEW, MANY)}
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("ANJU_TODAY", "2020-07-15")
        patched.setenv("ANJU_BY", "tester")
        for entries, path in made.items():
            assert main(["init", "--db", str(path)]) == 0
            with ledger_opened(path, None, "tester") as book:
                for filing in range(entries // 2000):
                    words = [f"第{filing}批第{row}户" for row in range(2000)]
                    day = date(2020, 6, 30), date(2020, 7, 8)
                    file(book, [Draft("raise", "hsc", *day, quantity=1, note=word) for word in words], Manner())
    return made


STREAMED = [
    "ledger verify", "ledger export", "ledger log", "ledger log --csv", "ledger log --without-evidence --json",
    "progress list --csv", "progress list --json", "progress list -o {}/list.xlsx", "progress list -o {}/list.md",
    "report quarter Q2 -o {}/q2.docx", "report quarter Q2 -o {}/q2.html", "report quarter Q2 -o {}/q2.xlsx",
]  # fmt: skip


@pytest.mark.parametrize("line", STREAMED)
def test_ten_times_as_many_entries_take_no_more_memory(ledgers, tmp_path, line):
    words = line.format(tmp_path).split() + ["--force"] * ("-o" in line)
    less, more = (peak_of(words, ledgers[entries]) for entries in (FEW, MANY))
    assert more - less <= GROWTH


def test_a_ledger_of_ten_times_as_many_lines_is_rebuilt_in_no_more_memory(ledgers, tmp_path):
    sizes = []
    for entries, path in ledgers.items():
        exported, rebuilt = tmp_path / f"{entries}.jsonl", tmp_path / f"{entries}.db"
        assert process("ledger", "export", "-o", str(exported), ANJU_DB=str(path)).returncode == 0
        sizes.append(peak_of(["init", "--from", str(exported), "--db", str(rebuilt)], path))
    assert sizes[1] - sizes[0] <= GROWTH


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    path = tmp_path_factory.mktemp("streams") / "demo.db"
    assert main(["demo", "--db", str(path)]) == 0
    return str(path)


LISTS = [
    "progress list", "progress list --unit tal", "progress list --item raise -q Q2", "progress list --filing 3",
    "progress list --known-at 40", "progress list --as-of 2020-05-31", "progress list --item summary --filing 1",
    "ledger log", "ledger log --without-evidence", "ledger log --known-at 40",
]  # fmt: skip


@pytest.mark.parametrize("line", LISTS)
def test_pieces_make_the_same_answer_as_all_at_once(anju, demo, tmp_path, monkeypatch, line):
    """On the screen, as CSV, JSON and Markdown byte for byte; as a workbook cell by cell."""
    forms = ["", "--csv", "--json"]
    files = [tmp_path / f"list.{ending}" for ending in ("csv", "json", "md", "xlsx")]

    def answers():
        said = [anju(f"{line} {form}", db=demo).out for form in forms]
        for path in files:
            anju(f"{line} --force -o {path}", db=demo)
        return said, [_content(path) for path in files]

    at_once = answers()
    monkeypatch.setattr(entry_rows, "PIECE", 3)
    assert answers() == at_once


def _content(path: Path) -> object:
    if path.suffix != ".xlsx":
        return path.read_bytes()
    (sheet,) = load_workbook(path)
    return list(sheet.values), {number: row.height for number, row in sheet.row_dimensions.items()}


@pytest.mark.parametrize("line", LISTS)
def test_json_and_csv_are_as_a_library_writes_the_whole(anju, demo, line):
    as_json, as_csv = (anju(f"{line} {form}", db=demo).out for form in ("--json", "--csv"))
    rows = json.loads(as_json)
    assert as_json == json.dumps(rows, ensure_ascii=False, indent=2) + "\n"
    assert [len(row) for row in csv.reader(as_csv.splitlines())] == [len(rows[0]) if rows else 28] * (len(rows) + 1)


def test_what_is_filed_meanwhile_is_left_out_and_nobody_waits(ledgers, monkeypatch):
    """A reader that has stopped in the middle holds nothing: another command records, and the rest is as it was."""
    monkeypatch.setattr(entry_rows, "PIECE", 100)
    path = ledgers[FEW]
    with opened(path) as view:
        rows = listing.entries(view)
        view.release()
        before = [row.id for row in rows]
        reading = iter(rows)
        first = next(reading)
        added = process("progress", "add", "raise", "5", "--unit", "tal", "-q", "Q2", "--additional", ANJU_DB=str(path))
        assert added.returncode == 0, added.stderr
        assert len(before) >= FEW and [first.id, *(row.id for row in reading)] == before
        assert [row.id for row in rows] == before


def test_whoever_reads_slowly_keeps_nobody_from_writing(ledgers):
    path = ledgers[FEW]
    command = [sys.executable, "-m", "anju_cli", "progress", "list", "--csv", "--unit", "hsc", "--db", str(path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT, encoding="utf-8") as slow:
        head = slow.stdout.readline()
        added = process("progress", "add", "raise", "1", "--unit", "tal", "-q", "Q2", "--additional", ANJU_DB=str(path))
        assert added.returncode == 0, added.stderr
        assert head.startswith("plan,id,") and len(slow.stdout.readlines()) == FEW


def test_what_was_voided_later_named_no_evidence_before(office):
    office("progress add raise 600 --unit hsc -q Q2")
    office("progress void 1 --reason wrong")
    known = [office(f"ledger log --without-evidence --json {then}").json for then in ("--known-at 1", "")]
    assert [[row["entry"] for row in rows] for rows in known] == [[1], []]


def test_whoever_has_seen_enough_may_go(ledgers):
    command = f"{sys.executable} -m anju_cli progress list --csv --db {ledgers[MANY]} | head -n 2"
    done = subprocess.run(command, shell=True, capture_output=True, text=True, cwd=ROOT)
    assert len(done.stdout.splitlines()) == 2 and done.stderr == ""


def test_a_workbook_that_cannot_be_finished_leaves_nothing(anju, demo, tmp_path, monkeypatch):
    from anju_cli.render.sheets import page_book

    kept = tmp_path / "kept"
    kept.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(kept))
    monkeypatch.setattr(page_book, "MOST_ROWS", 20)
    refused = anju(f"progress list -o {tmp_path}/list.xlsx", db=demo, code=4)
    assert "more rows than a worksheet holds" in refused.err and "write it as .csv" in refused.err
    assert list(kept.iterdir()) == [] and not list(tmp_path.glob("*list*")) and not list(tmp_path.glob(".anju*"))
