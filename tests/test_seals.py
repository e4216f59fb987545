"""Seals, the log, the export: whoever holds a printed seal can hold the ledger to it."""

import json
import os
import sqlite3
from pathlib import Path

import pytest

from anju_cli.domain.receipts import receipt
from tests.conftest import EXAMPLE, prepared
from tests.test_reviews import RESTATE, locked_q2


def raw(path=None):
    return sqlite3.connect(path or os.environ["ANJU_DB"])


def tamper(statement, *parameters, path=None):
    """Change the database as its owner can: triggers dropped, the change made, the triggers put back."""
    with raw(path) as connection:
        kept = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for name, _sql in kept:
            connection.execute(f"DROP TRIGGER {name}")
        connection.execute(statement, parameters)
        for _name, sql in kept:
            connection.execute(sql)


def faults(heard, *options, code=1):
    return [(row["check"], row["row"]) for row in heard("ledger verify --json", *options, code=code).json]


@prepared
def story(office):
    """A ledger with everything in it: a lock, a carried and a restated entry, results, a close, a bulletin."""
    locked_q2(office)
    office("progress add raise 36 --unit tal --on 2020-06-28 --carry", today="2020-07-20")
    office(f"progress add raise 5 --unit hsc --on 2020-06-28 {RESTATE}", today="2020-07-20")
    office("review result all met --note fine", today="2020-07-20")
    office("review close Q2 --on 2020-07-20 --document d", today="2020-07-20")
    office("review bulletin Q2 --number n --recipients r", today="2020-07-21")
    return office


class TestSealing:
    def test_locking_closing_and_a_bulletin_seal_and_reports_print_the_last_seal(self, story):
        with raw() as connection:
            rows = connection.execute("SELECT occasion, digest, filings FROM seal ORDER BY id").fetchall()
        assert [row[0] for row in rows] == ["lock", "close", "bulletin"]
        ledger = story("report year --json").json["ledger"]
        assert (
            (ledger["seal"], ledger["sealed_filings"])
            == (receipt(rows[-1][1]), 4)
            == (receipt(rows[-1][1]), rows[-1][2])
        )
        assert f"seal {receipt(rows[-1][1])}" in story("report year").out

    def test_known_at_an_earlier_moment_the_seal_of_that_moment_is_printed(self, story):
        with raw() as connection:
            first, at = connection.execute("SELECT digest, recorded_at FROM seal ORDER BY id").fetchone()
        assert story(f"report year --json --known-at {at}").json["ledger"]["seal"] == receipt(first)
        assert story("report year --json --known-at 1").json["ledger"]["seal"] is None

    def test_by_hand_it_seals_once_and_says_who_can_check_it(self, office):
        office("progress add raise 5 --unit hsc -q Q2")
        assert "--against" in office("ledger seal").out
        first = office("ledger seal --json").json
        assert (first["already"], first["filings"], first["id"]) == (True, 1, 1)
        office("progress add raise 5 --unit hsc -q Q2 --additional")
        second = office("ledger seal --json").json
        assert (second["already"], second["previous"], second["id"]) == (False, first["digest"], 2)
        assert (
            "Dry run" in office("ledger seal --dry-run").out or "Already sealed" in office("ledger seal --dry-run").out
        )

    def test_a_dry_run_seals_nothing(self, office):
        assert "Dry run" in office("ledger seal --dry-run").out
        assert office("report year --json").json["ledger"]["seal"] is None


class TestVerify:
    def test_a_whole_ledger_has_no_fault(self, story):
        assert story("ledger verify").out == ""

    def test_a_printed_seal_is_looked_for(self, story):
        printed = story("report year --json").json["ledger"]["seal"]
        story(f"ledger verify --against {printed}")
        story(f"ledger verify --against {printed[:9].upper()}")
        assert faults(story, "--against", "0000-0000-0000-0000") == [("seal", None)]
        for unreadable in ("abc", "not-a-seal-at-all"):
            assert "not a seal" in story("ledger verify --against", unreadable, code=2).err

    @pytest.mark.parametrize(
        ("statement", "fault"),
        [
            ("UPDATE review_event SET result = 'not_met' WHERE unit = 'hsc'", ("review", 13)),
            ("UPDATE review_event SET happened_on = '2020-07-18' WHERE event = 'close'", ("review", 21)),
            ("UPDATE publication SET document = replace(document, '2400', '2500')", ("circulated", 1)),
            ("UPDATE publication SET as_of = '2020-07-18'", ("circulated", 1)),
            ("UPDATE carried SET for_quarter = 1", ("carried", 1)),
            ("UPDATE restatement SET document = 'another'", ("restatement", 1)),
            ("UPDATE seal SET who = 'nobody' WHERE id = 2", ("seal", 2)),
            ("UPDATE seal SET covers = '[' WHERE id = 2", ("seal", 2)),
            ("UPDATE seal SET covers = '{}' WHERE id = 1", ("seal", 1)),
            ("DELETE FROM seal WHERE id = 2", ("seal", 3)),
            ("DELETE FROM restatement", ("seal", 3)),
            ("DELETE FROM review_event WHERE event = 'bulletin'", ("seal", 3)),
            ("DELETE FROM carried", ("seal", 2)),
            ("UPDATE entry SET quantity = 2714 WHERE id = 1", ("entry", 1)),
            ("UPDATE entry SET note = CAST(x'E59DFF' AS TEXT) WHERE id = 2", ("entry", 2)),
            ("UPDATE review_event SET note = CAST(x'E59DFF' AS TEXT) WHERE unit = 'hsc'", ("review", 13)),
            ("UPDATE plan_revision SET document = replace(document, '4713', '4513')", ("revision", 1)),
        ],
    )
    def test_a_change_behind_its_back_is_named_by_row(self, story, statement, fault):
        tamper(statement)
        assert fault in faults(story)

    @pytest.mark.parametrize(
        "table", ["entry", "filing", "review_event", "publication", "carried", "restatement", "seal"]
    )
    def test_a_changed_character_in_any_column_is_found(self, story, tmp_path, table):
        with raw() as connection:
            columns = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
        whole = Path(os.environ["ANJU_DB"]).read_bytes()
        copy = tmp_path / "copy.db"
        tried = 0
        for column in columns:
            copy.write_bytes(whole)
            try:
                with raw(copy) as connection:
                    (had,) = connection.execute(f"SELECT {column} FROM {table} ORDER BY id DESC LIMIT 1").fetchone()
                new = (
                    had + 1
                    if isinstance(had, int)
                    else "x"
                    if had is None
                    else ("9" if had[0] != "9" else "8") + had[1:]
                )
                tamper(f"UPDATE {table} SET {column} = ? WHERE id = (SELECT MAX(id) FROM {table})", new, path=copy)
            except sqlite3.IntegrityError:  # the table itself refuses it
                continue
            tried += 1
            heard = story("ledger verify --json", db=str(copy), code=None)
            assert heard.code in (1, 3), (table, column, had, new)
        assert tried >= len(columns) // 2

    def test_rows_rewritten_with_right_digests_do_not_fit_the_seal(self, story):
        """An insider who rewrites a filing and its digests is found by the seal, and by the receipt that somebody holds."""
        from anju_cli.domain.digests import entry_digest, filing_digest

        held = story("progress list --json").json[0]["receipt"]
        tamper("UPDATE entry SET quantity = 2164 WHERE id = 1")
        with raw() as connection:
            connection.row_factory = sqlite3.Row
            entry = entry_digest(connection.execute("SELECT * FROM entry WHERE id = 1").fetchone())
            filing = filing_digest(connection.execute("SELECT * FROM filing WHERE id = 1").fetchone(), [entry])
        tamper("UPDATE entry SET digest = ? WHERE id = 1", entry)
        tamper("UPDATE filing SET digest = ? WHERE id = 1", filing)
        assert faults(story) == [("seal", 1)]
        assert ("receipt", None) in faults(story, "--receipt", held)

    def test_a_tail_cut_off_with_its_seals_is_found_by_a_printed_seal(self, story):
        printed = story("report year --json").json["ledger"]["seal"]
        tamper("DELETE FROM seal WHERE id = 3")
        tamper("DELETE FROM review_event WHERE event = 'bulletin'")
        assert story("ledger verify").out == ""
        assert faults(story, "--against", printed) == [("seal", None)]

    def test_of_a_file_without_its_triggers_everything_is_told(self, story):
        """Other commands refuse it at the door; verify is there to say what became of it."""
        with raw() as connection:
            connection.execute("DROP TRIGGER entry_no_update")
            connection.execute("UPDATE entry SET quantity = 9 WHERE id = 2")
        assert story("report quarter Q2", code=3).out == ""
        assert faults(story) == [("trigger", None), ("entry", 2)]

    def test_a_trigger_of_the_same_name_that_does_nothing_is_found(self, story):
        with raw() as connection:
            connection.execute("DROP TRIGGER seal_no_update")
            connection.execute("CREATE TRIGGER seal_no_update BEFORE UPDATE ON seal WHEN 0 BEGIN SELECT 1; END")
            connection.execute("CREATE TRIGGER other BEFORE UPDATE ON seal BEGIN SELECT 1; END")
        assert faults(story) == [("trigger", None), ("trigger", None)]

    def test_a_frozen_report_that_the_ledger_does_not_give_is_found(self, story):
        """Document and digests are rewritten, seals too: the ledger as known then still tells another figure."""
        from anju_cli.domain.digests import digest
        from anju_cli.domain.reviews import PUBLICATION_CONTENT

        with raw() as connection:
            connection.row_factory = sqlite3.Row
            row = dict(connection.execute("SELECT * FROM publication").fetchone())
        row["document"] = row["document"].replace('"cumulative":2400', '"cumulative":2500')
        row["document_digest"] = digest([row["document"]])
        content = digest(row[name] for name in PUBLICATION_CONTENT)
        tamper(
            "UPDATE publication SET document = ?, document_digest = ?, digest = ?",
            row["document"],
            row["document_digest"],
            content,
        )
        tamper("DELETE FROM seal")
        said = story("ledger verify", code=1).out
        assert "2500 was circulated, the ledger of that moment gives 2400" in said

    def test_parts_that_do_not_add_up_are_found(self, district):
        """A body without a part in an allocated target can have no entry; one that got in by the back door is found."""
        from anju_cli.domain.digests import entry_digest, filing_digest

        district("progress add raise 5 --unit hsc -q Q2 --additional")
        tamper("UPDATE entry SET unit = 'wat' WHERE id = 1")
        with raw() as connection:
            connection.row_factory = sqlite3.Row
            entry = entry_digest(connection.execute("SELECT * FROM entry").fetchone())
            filing = filing_digest(connection.execute("SELECT * FROM filing").fetchone(), [entry])
        tamper("UPDATE entry SET digest = ?", entry)
        tamper("UPDATE filing SET digest = ?", filing)
        assert faults(district) == [("parts", None)]

    def test_every_plan_of_the_file_is_looked_at_whichever_is_asked_for(self, office):
        office(f"plan apply {EXAMPLE}")
        office("progress add raise --total 50 --unit hsc --on 2020-05-31 --plan example-2020")
        office("progress add raise 5 --unit hsc --on 2020-04-30 --shift-later --plan example-2020")
        for words in ("", "--plan pingshan-2020", "--plan example-2020"):
            (fault,) = office(f"ledger verify --json {words}", code=1).json
            assert (fault["plan"], fault["check"]) == ("example-2020", "stated_total")

    def test_a_plan_that_cannot_be_read_is_named_without_a_traceback(self, story):
        tamper("UPDATE plan_revision SET document = 'x'")
        assert "the plan, revision 0" in story("report quarter Q3", code=3).err
        tamper("UPDATE plan_revision SET spans_from = 'x'")
        assert "plan_revision 1" in story("report quarter Q3", code=3).err


class TestLog:
    def test_everything_is_in_order_with_who_and_what_it_was_before_and_after(self, story):
        story("progress correct 3 40 --reason typo", today="2020-07-23")
        story("progress void 5 --reason wrong", today="2020-07-23")
        rows = story("ledger log --json").json
        assert [row["recorded_at"] for row in rows] == sorted(row["recorded_at"] for row in rows)
        assert [row["what"] for row in rows][:6] == ["plan", "report", "report", "open", "lock", "seal"]
        of_three = [(row["what"], row["before"], row["after"]) for row in rows if row["entry"] in (3, 5, 6)]
        assert of_three == [("report", None, 36), ("correction", 36, 40), ("void", 40, None)]
        assert {row["by"] for row in rows} == {"tester"}
        assert "Locked" in story("ledger log").out and "Correction" in story("ledger log").out

    def test_follow_up_projects_and_returns_are_in_it_too(self, office, tmp_path):
        (tmp_path / "r.csv").write_text("任务编号,本期完成\nraise,x\n", encoding="utf-8")
        office("slips issue ms-q1-survey --due 2020-08-01")
        office("slips extend 1 --due 2020-08-15 --reason rain --document D1")
        office("projects add PS-01 --name 一期 --homes 400 --way build")
        office("projects edit PS-01 --set homes=380 --reason resurvey")
        office(f"progress import {tmp_path / 'r.csv'} -u hsc -q Q2", code=1)
        rows = office("ledger log --json").json
        assert [(row["what"], row["ref"], row["event"]) for row in rows if row["event"]] == [
            ("slip", "S1", "issue"), ("slip", "S1", "extend"),
            *[("project", "PS-01", "add")] * 3, ("project", "PS-01", "edit"), ("return", None, "returned"),
        ]  # fmt: skip
        assert "homes: 400 → 380 · resurvey" in [row["words"] for row in rows]
        shown = office("ledger log --lang zh").out
        assert all(said in shown for said in ("督办单（S1）：延期", "填报表：已退回", "项目（PS-01）"))

    def test_figures_without_evidence_are_listed_unless_voided(self, office):
        office("progress add raise 5 --unit hsc -q Q2")
        office("progress add raise 6 --unit hsc -q Q2 --additional --evidence 坪建〔2020〕5号")
        office("progress add raise 7 --unit tal -q Q2")
        office("progress void 3 --reason wrong")
        office("progress add wat-river --unit wat -q Q2 --note none")
        assert [row["entry"] for row in office("ledger log --without-evidence --json").json] == [1]


class TestExport:
    def test_it_is_the_same_bytes_each_time_and_a_database_made_of_it_has_the_same_seals(self, story, tmp_path):
        story(f"ledger export -o {tmp_path / 'ledger.jsonl'}")
        text = (tmp_path / "ledger.jsonl").read_text(encoding="utf-8")
        assert story("ledger export").out == text
        assert "3 seals" in story(f"init --from {tmp_path / 'ledger.jsonl'} --db {tmp_path / 'new.db'}").out
        new = {"db": str(tmp_path / "new.db")}
        assert story("ledger export", **new).out == text
        assert story("ledger verify", **new).out == ""
        for line in ("report quarter Q2 --json", "report year --json", "review show Q2 --json", "report why Q2 --json"):
            assert story(line, **new).json == story(line).json
        story("progress add raise 5 --unit hsc --on 7-22", today="2020-07-23", **new)

    def test_every_line_is_json_and_the_first_says_what_it_is(self, story):
        lines = [json.loads(line) for line in story("ledger export").out.splitlines()]
        assert lines[0]["anju"] == "ledger"
        assert [line["table"] for line in lines[1:3]] == ["plan_revision", "filing"]

    @pytest.mark.parametrize(
        ("change", "said"),
        [
            (lambda text: text.replace('"quantity":2064', '"quantity":2065'), "does not hold"),
            (
                lambda text: "\n".join(line for line in text.splitlines() if '"restatement"' not in line),
                "does not hold",
            ),
            (lambda text: text.replace('"note":null', '"remark":null', 1), "no row of the ledger"),
            (lambda text: text.replace('"table":"entry"', '"table":"secret"', 1), "no row of the ledger"),
            (lambda text: text + "what\n", "is not JSON"),
            (lambda text: text + "[1]\n", "is not JSON"),
            (lambda text: text.split("\n", 1)[1], "no exported ledger"),
            (lambda text: text.replace('"version":', '"version":9', 1), "exported from version 9"),
            (lambda text: text.replace('"reports":1', '"reports":5', 1), "does not fit"),
            (lambda text: text.split("\n", 1)[0] + "\n", "it holds no plan"),
        ],
    )
    def test_what_does_not_hold_makes_no_database(self, story, tmp_path, change, said):
        source = tmp_path / "ledger.jsonl"
        source.write_text(change(story("ledger export").out), encoding="utf-8")
        assert said in story(f"init --from {source} --db {tmp_path / 'new.db'}", code=1).err
        assert list(tmp_path.glob("*new.db*")) == []

    def test_a_file_that_is_none_is_said_to_be(self, anju, tmp_path):
        assert "cannot be read" in anju(f"init --from {tmp_path / 'nothing'}", code=3).err
        (tmp_path / "latin").write_bytes(b"\xff\xfe")
        assert "no exported ledger" in anju(f"init --from {tmp_path / 'latin'}", code=1).err
        assert "exclude each other" in anju("init --from x --plan y", code=2).err

    def test_a_file_that_is_there_is_not_replaced_unasked(self, story, tmp_path):
        story(f"ledger export -o {tmp_path / 'l.jsonl'}")
        assert "--force" in story(f"ledger export -o {tmp_path / 'l.jsonl'}", code=4).err
        story(f"ledger export -o {tmp_path / 'l.jsonl'} --force")


class TestAfterTheLock:
    def test_the_circulated_version_names_the_seal_of_its_lock(self, story):
        with raw() as connection:
            (first,) = connection.execute("SELECT digest FROM seal WHERE occasion = 'lock'").fetchone()
        assert story("report quarter Q2 --json").json["ledger"]["seal"] == receipt(first)
        assert f"seal {receipt(first)}" in story("report quarter Q2").out

    def test_an_entry_that_was_slipped_into_a_locked_quarter_is_found(self, story, monkeypatch):
        from anju_cli.ledger.entries import locks

        assert faults(story, code=0) == []
        monkeypatch.setattr(locks, "check", lambda book, drafts: None)  # a program that knows of no locks
        story("progress add raise 50 --unit hsc --on 2020-06-20", today="2020-07-20")
        (last,) = raw().execute("SELECT MAX(id) FROM entry").fetchone()
        assert ("entry", last) in faults(story)

    def test_closing_keeps_a_checked_copy_from_before_it(self, office, tmp_path):
        locked_q2(office)
        office("review result all met", today="2020-07-20")
        office("review close Q2 --on 2020-07-20 --document d", today="2020-07-20")
        (kept,) = tmp_path.glob("anju.db.before-closing-*")
        assert office(f"ledger verify --json --db {kept}").json == []
        assert [row["state"] for row in office(f"review list --json --db {kept}").json if row["quarter"] == "Q2"] == [
            "locked"
        ]

    def test_a_closing_that_is_refused_leaves_no_copy(self, office, tmp_path):
        locked_q2(office)
        office("review close Q2 --on 2020-07-20 --document d", today="2020-07-20", code=4)
        assert list(tmp_path.glob("anju.db.before-closing-*")) == []
