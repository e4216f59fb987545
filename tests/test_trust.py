"""Nothing is said that is untrue: each figure by the plan of its time, each word of what it is about."""

import csv
import io
import os
import pty
import sqlite3
import subprocess
import sys

import pytest

from tests.conftest import ROOT, process
from tests.test_plan_file import EXAMPLE, ORDERED, adjusted


def rows_of(heard):
    return list(csv.DictReader(io.StringIO(heard.out)))


class TestPlanOfItsTime:
    """A quarter is judged by the plan that was in force at its end, whenever the report is run."""

    def test_a_new_return_deadline_does_not_excuse_the_returns_of_earlier_quarters(self, office, tmp_path):
        office("progress add raise 5 --unit hsc -q Q2 --received 7-14")
        before = office("units overdue --json --quarter Q2 --unit hsc", today="2020-07-31").json
        office("plan apply", adjusted(tmp_path, ("return_deadline: {day: 10", "return_deadline: {day: 25")), *ORDERED)
        after = office("units overdue --json --quarter Q2 --unit hsc", today="2020-11-20").json
        assert {(row["item"], row["due"]) for row in before} == {(row["item"], row["due"]) for row in after}
        assert {row["due"] for row in after} == {"2020-07-10"}
        assert {row["quarter"]: row["return_deadline"] for row in office("calendar --json", today="2020-11-20").json} == {
            "Q1": "2020-04-10", "Q2": "2020-07-10", "Q3": "2020-10-26", "Q4": "2021-01-25",
        }  # fmt: skip

    def test_a_new_review_window_leaves_the_paper_of_an_earlier_quarter_as_it_was(self, office, tmp_path):
        paper = office("report quarter Q2 --json", today="2020-07-25").json
        office("plan apply", adjusted(tmp_path, ("to_day: 20", "to_day: 28")), *ORDERED)
        again = office("report quarter Q2 --json", today="2020-12-01").json
        assert (again["as_of"], again["settings"]) == (paper["as_of"], paper["settings"]) and again[
            "as_of"
        ] == "2020-07-20"


class TestWords:
    """What is said of a list holds for that list."""

    def test_a_filtered_list_shows_only_the_block_asked_for_and_says_what_it_is_of(self, office):
        said = office("units overdue --reason behind --unit edu").out
        assert "Only: Education Bureau" in said and "As of 2020-07-15" in said
        assert "Behind (0)" in said and "Overdue (" not in said and "Nobody" not in said

    def test_the_worst_of_what_is_behind_is_what_is_furthest_behind(self, office):
        office("progress add raise 2300 --unit hsc -q Q2")  # 48.8 %, 1.2 points behind
        office("progress add supply 1200 --unit hsc -q Q2")  # 52.5 %: on pace
        office("progress add complete 10 --unit hsc -q Q2")  # 1.4 %, 48.6 points behind
        line = next(
            line
            for line in office("units overdue --reason behind --as-of 2020-06-30").out.splitlines()
            if "Security" in line
        )
        assert "-48.6" in line and "Homes basically completed" in line

    def test_returns_are_counted_from_their_deadline_and_by_quarter(self, office):
        said = office("units overdue --reason unreported --unit civ", today="2020-07-15").out
        assert "Days after the deadline" in said and "Days overdue" not in said
        assert "Q1 (1), Q2 (1)" in said and "Return deadlines are provisional" in said

    def test_an_undated_milestone_is_done_not_done_on_time(self, office):
        office("progress add ura-plan --done --unit ura --on 2020-06-01")
        line = next(line for line in office("report year").out.splitlines() if "2020-06-01" in line)
        assert "Done" in line and "Done on time" not in line

    def test_a_reduction_is_called_one(self, office):
        office("progress add raise 100 --unit hsc --on 2020-06-01")
        assert "Reduction" in office("progress reduce raise 5 --unit hsc --on 2020-06-02 --reason x").out
        assert "Reduction" in office("progress list").out
        assert [row["kind"] for row in office("progress list --json").json] == ["report", "report"]

    def test_a_quarter_that_has_not_begun_says_so(self, office):
        assert "The quarter has not begun." in office("report quarter Q4").out
        assert "The quarter has not begun." not in office("report quarter Q2").out

    def test_each_row_of_a_reports_csv_says_of_which_report_and_table_it_is(self, office):
        first = rows_of(office("report quarter Q2 --csv"))[0]
        assert (first["table"], first["plan"], first["revision"], first["quarter"], first["as_of"]) == (
            "targets", "pingshan-2020", "0", "Q2", "2020-07-15",
        )  # fmt: skip

    def test_a_sub_quota_that_counts_more_than_its_whole_is_noticed(self, office):
        office("progress add complete 10 --unit hsc -q Q2")
        assert "more than complete" in office("progress add complete-final 11 --unit hsc -q Q2").err
        assert "more than" not in office("progress add complete 5 --unit hsc -q Q2 --additional").err
        assert "more than complete" in office("progress reduce complete 5 --unit hsc -q Q2 --reason x").err

    def test_differences_of_a_plan_are_told_in_words_not_in_code(self, office, tmp_path):
        office(
            "plan apply", adjusted(tmp_path, ("goal: 4713", "goal: 5200"), ("zh: 财政局", "zh: 财政管理局")), *ORDERED
        )
        rows = {(row["item"], row["field"]): (row["before"], row["after"]) for row in office("plan diff --json").json}
        assert rows["raise", "goal"] == ("4713", "5200")
        before, after = rows["fin", "units"]
        assert "财政局" in before and "财政管理局" in after and "(" not in after and "{" not in after


class TestWrites:
    """A write is taken only where it can mean one thing."""

    @pytest.mark.parametrize(
        "line",
        [
            "progress void 1 --reason",
            "progress correct 1 7 --reason",
            "progress reduce raise 1 --unit hsc -q Q2 --reason",
            "progress add raise 1 --unit hsc -q Q2 --by",
            "progress add raise 1 --unit hsc -q Q2 --reference",
        ],
    )
    @pytest.mark.parametrize("blank", ["", "  ", "　"])
    def test_a_blank_reason_name_or_reference_is_refused(self, office, line, blank):
        office("progress add raise 5 --unit hsc -q Q2")
        assert "is empty" in office(line, blank, code=2).err
        assert len(office("progress list --json").json) == 1

    def test_a_blank_name_in_the_environment_is_no_name(self, office):
        filed = office("progress add raise 5 --unit hsc -q Q2 --json", ANJU_BY=" ").json
        assert filed["filing"]["by"].strip()

    def test_the_january_of_a_fourth_quarters_return_is_that_of_the_next_year(self, office):
        filed = office("progress add raise 5 --unit hsc -q Q4 --received 1-8 --json", today="2021-01-09").json
        assert (filed["entries"][0]["on"], filed["entries"][0]["received_on"]) == ("2020-12-31", "2021-01-08")

    def test_a_return_cannot_have_come_before_what_it_reports(self, office):
        refused = office("progress add raise 5 --unit hsc --on 2020-06-20 --received 2020-06-19", code=4)
        assert "2020-06-20" in refused.err and office("progress list --json").json == []

    def test_a_reference_whose_report_was_voided_is_not_answered_as_if_it_stood(self, office):
        add = "progress add raise 5 --unit hsc -q Q2 --reference phone-1"
        office(add)
        again = office(add).out
        assert "Already recorded" in again and "undo" not in again
        office("progress undo")
        assert "has been voided" in office(add, code=4).err
        assert len(office("progress list --json").json) == 2

    def test_a_compact_date_as_known_at_is_the_end_of_that_day(self, office):
        said = {
            text: office(f"report year --json --known-at {text}").json["known_at"]
            for text in ("20991231", "2099-12-31")
        }
        assert len(set(said.values())) == 1 and "T" in said["20991231"]

    def test_a_write_among_several_plans_of_a_year_is_told_into_which(self, office):
        office(f"plan apply {EXAMPLE}")
        assert "--plan ID" in office("progress add raise 5 --unit hsc -q Q2", code=2).err
        assert office("progress add raise 5 --unit hsc -q Q2 --plan pingshan-2020").err == ""


class TestForeignFiles:
    def test_a_foreign_database_in_wal_mode_is_left_byte_for_byte_as_it_was(self, anju, tmp_path):
        path = tmp_path / "theirs.db"
        with sqlite3.connect(path) as connection:
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("CREATE TABLE theirs (a)")
        connection.close()
        before = path.read_bytes()
        for line in ("progress add raise 5 --unit hsc -q Q2", "units list", "demo"):
            assert "not an anju database" in anju(f"{line} --db {path}", code=3).err
        assert path.read_bytes() == before and sorted(each.name for each in tmp_path.glob("theirs*")) == ["theirs.db"]

    def test_the_demo_never_takes_the_place_of_a_plan_that_someone_recorded(self, office, tmp_path):
        before = (tmp_path / "anju.db").read_bytes()
        assert "not the demo's" in office(f"demo --db {tmp_path / 'anju.db'}", code=4).err
        assert (tmp_path / "anju.db").read_bytes() == before

    def test_bare_anju_with_a_mistyped_database_names_the_path(self, anju, tmp_path):
        assert str(tmp_path / "tpyo.db") in anju(f"--db {tmp_path / 'tpyo.db'}", code=3).err


class TestTerminal:
    def narrow(self, *words):
        """What a terminal of 80 columns shows."""
        master, slave = pty.openpty()
        import fcntl
        import struct
        import termios

        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 80, 0, 0))
        done = subprocess.Popen(
            [sys.executable, "-m", "anju_cli", *words],
            stdout=slave,
            stderr=slave,
            cwd=ROOT,
            env=os.environ | {"TERM": "dumb"},
        )
        os.close(slave)
        said = b""
        while True:
            try:
                more = os.read(master, 65536)
            except OSError:
                break
            if not more:
                break
            said += more
        done.wait()
        os.close(master)
        return said.decode()

    @pytest.mark.skipif(sys.platform == "win32", reason="there are no pseudo-terminals on Windows")
    def test_at_80_columns_lights_and_dates_stay_whole(self, office):
        from anju_cli.render.width import display_width

        office("progress add raise 2300 --unit hsc -q Q2")
        for lang, words in (
            ("en", ["Yellow", "2020-03-31", "48.8", "Behind"]),
            ("zh", ["黄灯", "2020-03-31", "48.8", "滞后"]),
        ):
            said = self.narrow("report", "quarter", "Q2", "--lang", lang)
            table = [line.rstrip() for line in said.splitlines()]
            assert all(any(word in line for line in table) for word in words), said
            assert max(display_width(line) for line in table) <= 80

    def test_with_standard_output_closed_nothing_is_written(self, office, tmp_path):
        line = f"{sys.executable} -m anju_cli progress add raise 5 --unit hsc -q Q2 >&-"
        done = subprocess.run(["sh", "-c", line], capture_output=True, text=True, cwd=ROOT)
        assert done.returncode == 3 and "standard output is closed" in done.stderr
        assert office("progress list --json").json == []

    def test_a_day_too_long_ago_is_no_date(self, office):
        for words in ("units overdue --as-of -9999d", "progress add raise 5 --unit hsc --on -9999d"):
            assert process(*words.split(), ANJU_TODAY="0005-01-01").returncode in (2, 3, 4)
