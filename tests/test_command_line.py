"""What a script or a person at a terminal can rely on, whatever the command."""

import json
import os
import pty
import subprocess
import sys

import pytest

from tests.conftest import ROOT, prepared, process

READS = [
    "status",
    "report quarter Q2",
    "report year",
    "report unit hsc",
    "report trend",
    "units overdue",
    "units list",
    "units show hsc",
    "plan show",
    "plan show raise",
    "plan list",
    "plan diff",
    "calendar",
    "progress list",
    "progress show 1",
    "ledger verify",
]


@prepared
def filed(office):
    office("progress add raise 600 --unit hsc -q Q2", "--note", "坪山[一期][/b]:100:")
    return office


class TestForms:
    @pytest.mark.parametrize("line", READS)
    def test_every_read_command_speaks_json_csv_and_markdown(self, filed, tmp_path, line):
        as_json = filed(f"{line} --json")
        assert "\\u" not in as_json.out
        json.loads(as_json.out)
        filed(f"{line} --csv")
        for ending in ("json", "csv", "md"):
            file = tmp_path / f"out.{ending}"
            assert filed(f"{line} -o {file}").out == ""
            assert file.exists()
        assert (tmp_path / "out.json").read_text(encoding="utf-8") == as_json.out

    @pytest.mark.parametrize("line", READS)
    def test_json_ids_and_codes_do_not_change_with_the_language(self, filed, line):
        chinese, english = (filed(f"{line} --json --lang {lang}").out for lang in ("zh", "en"))
        assert chinese == english

    @pytest.mark.parametrize("line", ["status", "report quarter Q2", "units overdue", "units list", "calendar"])
    def test_tables_speak_the_language(self, filed, line):
        assert filed(f"{line} --lang zh").out != filed(f"{line} --lang en").out

    def test_lang_comes_before_anju_lang_before_the_locale(self, filed):
        assert "Target" in filed("status").out
        assert "目标任务" in filed("status", LANG="zh_CN.UTF-8").out
        assert "Target" in filed("status", LANG="zh_CN.UTF-8", lang="en").out
        assert "目标任务" in filed("status --lang zh", lang="en").out
        assert "目标任务" in filed("status --lang=zh", lang="en").out
        filed("status --lang fr", code=2)

    def test_an_empty_list_is_empty_in_every_form_and_done(self, office):
        assert office("progress list --json").out == "[]\n"
        assert office("progress list --csv").out.startswith("plan,id,filing,item")
        assert "No entries" in office("progress list").out

    def test_csv_carries_the_fields_of_json_and_a_byte_order_mark_only_in_a_file(self, filed, tmp_path):
        out = filed("progress list --csv").out
        assert out.splitlines()[0].split(",") == list(filed("progress list --json").json[0])
        filed(f"progress list -o {tmp_path / 'x.csv'}")
        assert (tmp_path / "x.csv").read_bytes() == b"\xef\xbb\xbf" + out.encode()

    def test_a_formula_is_inert_in_csv(self, office):
        office("progress add raise 5 --unit hsc -q Q2", "--note", "=1+1")
        assert ",'=1+1," in office("progress list --csv").out

    def test_markup_is_printed_as_it_is(self, filed):
        for lang in ("zh", "en"):
            assert "坪山[一期][/b]:100:" in filed(f"progress list --lang {lang}").out

    def test_markdown_is_inert(self, office, tmp_path):
        office("progress add raise 5 --unit hsc -q Q2", "--note", "<b>|[x](http://y)")
        office(f"progress list -o {tmp_path / 'x.md'}")
        assert r"\<b\>\|\[x\](http://y)" in (tmp_path / "x.md").read_text(encoding="utf-8")

    @pytest.mark.parametrize(
        ("option", "code"),
        [("-o x.pdf", 2), ("-o x", 2), ("--json --csv", 2), ("--json -o x.csv", 2), ("-o {dir}/none/x.json", 3)],
    )
    def test_an_output_that_cannot_be_is_refused(self, filed, tmp_path, option, code):
        filed(f"units list {option.format(dir=tmp_path)}", code=code)
        assert not list(tmp_path.glob("*.csv"))

    def test_an_existing_file_is_replaced_only_with_force(self, filed, tmp_path):
        file = tmp_path / "x.json"
        file.write_text("mine")
        assert "--force" in filed(f"units list -o {file}", code=4).err
        assert file.read_text() == "mine"
        filed(f"units list -o {file} --force")
        assert json.loads(file.read_text(encoding="utf-8"))
        assert list(tmp_path.glob(".anju-*")) == []

    def test_a_dash_is_standard_output(self, filed):
        assert filed("units list -o - --json").out == filed("units list --json").out

    def test_exit_code_says_whether_there_is_anything(self, filed):
        filed("units overdue --exit-code", code=1)
        filed("units overdue --exit-code --reason overdue --as-of 2020-01-05")


class TestTerminal:
    """Off a terminal nothing is wrapped, truncated or coloured; on one, the usual variables are heard."""

    @pytest.mark.parametrize("variables", [{}, {"GITHUB_ACTIONS": "1"}, {"COLUMNS": "40"}, {"FORCE_COLOR": "0"}])
    def test_a_pipe_gets_no_escape_and_no_wrapping(self, filed, variables):
        out = process("units", "overdue", "--detail", **variables).stdout
        assert "\x1b" not in out
        assert max(map(len, out.splitlines())) > 100

    @pytest.mark.parametrize(
        ("variables", "coloured"),
        [({"TERM": "xterm"}, True), ({"TERM": "dumb"}, False), ({"TERM": "xterm", "NO_COLOR": "1"}, False)],
    )
    def test_a_terminal_gets_colour_unless_it_is_dumb_or_none_is_wanted(self, filed, variables, coloured):
        master, slave = pty.openpty()
        with subprocess.Popen(
            [sys.executable, "-m", "anju_cli", "units", "overdue"], stdout=slave, cwd=ROOT, env=os.environ | variables
        ) as running:
            os.close(slave)
            said = b""
            while True:
                try:
                    part = os.read(master, 65536)
                except OSError:
                    break
                if not part:
                    break
                said += part
            assert running.wait(30) == 0
        os.close(master)
        assert (b"\x1b[" in said) is coloured

    def test_force_color_colours_a_pipe(self, filed):
        assert "\x1b[" in process("units", "overdue", FORCE_COLOR="1").stdout

    @pytest.mark.parametrize("encoding", ["ascii", "gbk", "utf-8"])
    def test_any_encoding_of_the_output_succeeds(self, filed, encoding):
        for line in (["units", "overdue", "--lang", "zh"], ["report", "quarter", "Q2", "--json"]):
            environment = os.environ | {"PYTHONIOENCODING": encoding}
            done = subprocess.run(
                [sys.executable, "-m", "anju_cli", *line], capture_output=True, env=environment, cwd=ROOT
            )
            assert (done.returncode, done.stderr) == (0, b"")
            if "--json" in line:
                assert json.loads(done.stdout.decode(encoding))["year"] == 2020

    @pytest.mark.skipif(not os.path.exists("/dev/full"), reason="no /dev/full here")
    def test_a_full_disk_on_standard_output_is_one_line(self, filed):
        with open("/dev/full", "w") as full:
            done = subprocess.run(
                [sys.executable, "-m", "anju_cli", "units", "list"],
                stdout=full,
                stderr=subprocess.PIPE,
                text=True,
                cwd=ROOT,
            )
        assert done.returncode == 3 and len(done.stderr.splitlines()) == 1

    @pytest.mark.parametrize(
        "line", ["progress list", "progress add raise 1 --unit hsc -q Q2", "units overdue --detail"]
    )
    def test_a_reader_that_has_gone_is_no_fault(self, office, line):
        with subprocess.Popen(
            [sys.executable, "-m", "anju_cli", *line.split()], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        ) as running:
            running.stdout.close()
            said = running.stderr.read()
        assert (running.returncode, said) == (0, b"")

    @pytest.mark.skipif(not os.path.exists("/dev/full"), reason="no /dev/full here")
    @pytest.mark.parametrize(
        "line",
        ["progress add raise 5 --unit hsc -q Q2", "slips issue ms-q1-survey --due 2020-08-01",
         "plan amend raise --goal 5200 --document D --effective 8-1", "review open Q2"],
    )  # fmt: skip
    def test_what_is_recorded_is_said_to_be_though_its_answer_cannot_be_written(self, office, line):
        before = len(office("ledger log --json").json)
        with open("/dev/full", "w") as full:
            done = subprocess.run(
                [sys.executable, "-m", "anju_cli", *line.split()],
                cwd=ROOT,
                stdout=full,
                stderr=subprocess.PIPE,
                text=True,
            )
        assert done.returncode == 3 and "it is recorded, but" in done.stderr and "do not enter it again" in done.stderr
        if not line.startswith("slips"):
            assert len(office("ledger log --json").json) == before + 1

    @pytest.mark.parametrize("line", ["progress add raise 5 --unit hsc -q Q2", "review open Q2", "plan list"])
    def test_a_file_that_cannot_be_written_is_refused_before_anything_is_recorded(self, office, tmp_path, line):
        before = len(office("ledger log --json").json)
        refused = office(f"{line} -o {tmp_path / 'nowhere' / 'x.json'}", code=3)
        assert "there is no such folder" in refused.err and len(office("ledger log --json").json) == before


class TestNames:
    """A body or an item is an exact id, name or alias, or an unambiguous part of a name; never guessed."""

    @pytest.mark.parametrize(
        "said",
        [
            "hsc",
            "HSC",
            "住房保障中心",
            "住保中心",
            "保障中心",
            "Housing Security",
            "（11） 住房保障中心",
            " 住房 保障中心 ",
        ],
    )
    def test_a_unit_is_found(self, office, said):
        assert office("units show --json", said).json["id"] == "hsc"

    @pytest.mark.parametrize(
        ("said", "id"),
        [("（4） 财政局", "fin"), ("财政局", "fin"), ("龙田", "sub-longtian"), ("各街道办", "sub"), ("规资局", "pnr")],
    )
    def test_spaces_numbering_and_short_names_do_not_matter(self, office, said, id):
        assert office("units show --json", said).json["id"] == id

    def test_a_wrong_name_suggests_and_writes_nothing(self, office):
        refused = office("progress add raise 5 -q Q2 --unit 住宅保障中心", code=2)
        assert "住房保障中心" in refused.err
        assert office("progress list --json").json == []

    def test_a_name_that_matches_several_lists_them(self, office):
        refused = office("progress add raise 5 -q Q2 --unit 坪山", code=2)
        assert "several" in refused.err and "sub-pingshan" in refused.err and "pnr" in refused.err

    def test_letters_in_order_suggest(self, office):
        assert "kda" in office("units show 重规发展中心", code=2).err

    def test_what_resembles_nothing_gets_no_suggestion(self, office):
        assert "hint" not in office("units show xyzzyx", code=2).err

    def test_an_exact_id_wins_over_a_part_of_another(self, office):
        assert office("plan show complete --json").json["id"] == "complete"

    @pytest.mark.parametrize(
        "said", ["Q2", "q2", "2020Q2", "2020-Q2", "2", "二季度", "第二季度", "2020年第二季度", "２"]
    )
    def test_a_quarter_is_said_in_many_ways(self, office, said):
        assert office("report quarter --json", said).json == office("report quarter Q2 --json").json

    @pytest.mark.parametrize("said", ["Q5", "Q0", "2019Q2", "0", "H1", "五季度", ""])
    def test_a_quarter_that_is_none_is_refused_in_one_line(self, office, said):
        refused = office("report quarter", said, code=2)
        assert refused.out == "" and len(refused.err.splitlines()) <= 2
        assert "Q1, Q2, Q3, Q4" in refused.err or "2020" in refused.err


class TestDates:
    @pytest.mark.parametrize(
        ("said", "meant"),
        [
            ("2020-06-30", "2020-06-30"), ("2020年6月30日", "2020-06-30"), ("6-30", "2020-06-30"), ("6月30日", "2020-06-30"),
            ("today", "2020-07-15"), ("今天", "2020-07-15"), ("-3d", "2020-07-12"), ("2020-6-3", "2020-06-03"),
        ],
    )  # fmt: skip
    def test_a_date_is_said_in_many_ways_and_echoed(self, office, said, meant):
        assert meant in office("progress add raise 5 --unit hsc --on", said).out

    @pytest.mark.parametrize(
        ("said", "which"),
        [
            ("2020-06-31", "no day 31"), ("2020-13-01", "no month 13"), ("2-30", "no day 30"), ("tomorrow", "no such date"),
            ("20200630", "no such date"), ("2020Q2", "no such date"), ("30/6/2020", "no such date"), ("", "no such date"),
        ],
    )  # fmt: skip
    def test_a_date_that_does_not_exist_says_which_part_is_wrong(self, office, said, which):
        refused = office("progress add raise 5 --unit hsc --on", said, code=2)
        assert which in refused.err
        assert office("progress list --json").json == []

    def test_a_day_of_receipt_without_a_year_is_the_first_from_the_entry_on(self, office):
        filed = office("progress add raise 5 --unit hsc --on 2020-12-20 --received 1-8 --json", today="2021-01-09").json
        assert filed["filing"]["received_on"] == "2021-01-08"

    def test_an_as_of_without_a_year_is_in_the_plan_year(self, office):
        assert office("report year --as-of 6-30 --json").json["as_of"] == "2020-06-30"

    def test_quarter_and_on_exclude_each_other(self, office):
        office("progress add raise 5 --unit hsc -q Q2 --on 2020-06-30", code=2)

    def test_a_today_that_is_no_date_is_refused(self, office):
        assert "ANJU_TODAY" in office("status", code=2, today="soon").err


class TestQuantities:
    @pytest.mark.parametrize(
        "said",
        ["1e3", "nan", "inf", "12套", "1_000", "-5", "−5", "1,00", "1.5", "٤٧", "0x10", "1 000", "", "十", "9" * 16],
    )
    def test_what_is_no_quantity_is_refused_and_nothing_written(self, office, said):
        refused = office("progress add raise --unit hsc -q Q2", said, code=2)
        assert refused.out == "" and len(refused.err.splitlines()) <= 2
        assert office("progress list --json").json == []

    def test_a_negative_quantity_names_the_way_to_book_a_decrease(self, office):
        assert "progress reduce" in office("progress add raise --unit hsc -q Q2", "-5", code=2).err

    def test_nothing_reported_is_refused(self, office):
        office("progress add raise --unit hsc -q Q2", code=2)


class TestTexts:
    @pytest.mark.parametrize(
        "text",
        ["a\x1b[31mb", "a\nb", "a\u202eb", "a\u200bb", "a\x00b", "a\udc80b", "\x9b31m", "x" * 2001],
        ids=["escape", "newline", "bidi", "zero-width", "nul", "surrogate", "c1", "too-long"],
    )
    @pytest.mark.parametrize("field", ["--note", "--evidence", "--project", "--reference", "--by"])
    def test_control_bidi_and_surrogate_characters_are_refused(self, office, field, text):
        refused = office("progress add raise 5 --unit hsc -q Q2", field, text, code=2)
        assert "\x1b" not in refused.err and "\u202e" not in refused.err
        assert office("progress list --json").json == []

    def test_what_was_smuggled_into_the_file_is_stripped_on_output(self, office, tmp_path):
        import sqlite3

        office("progress add raise 5 --unit hsc -q Q2 --note fine")
        with sqlite3.connect(os.environ["ANJU_DB"]) as raw:
            trigger = raw.execute("SELECT sql FROM sqlite_master WHERE name = 'entry_no_update'").fetchone()[0]
            raw.execute("DROP TRIGGER entry_no_update")
            raw.execute("UPDATE entry SET note = 'a' || char(27) || '[31m' || char(8238) || 'b'")
            raw.execute(trigger)
        for form in ("", "--json", "--csv"):
            out = office(f"progress list {form}").out
            assert "\x1b" not in out and "\u202e" not in out and "\\u202e" not in out
            assert "a[31mb" in out


class TestHelp:
    def test_every_level_answers_h_and_help_with_an_example_first(self, anju):
        from docs.build import commands

        for name, command, _context in commands():
            path = [] if name == "anju" else name.split()[1:]
            if path == ["status"]:
                continue
            for flag in ("-h", "--help"):
                out = anju(" ".join([*path, flag])).out
                assert "Usage: anju" in out
                if not getattr(command, "commands", None) or not path:
                    assert out.startswith("Example\n"), name

    def test_a_noun_alone_shows_its_help(self, anju):
        assert "overdue" in anju("units").out

    def test_help_is_in_the_language(self, anju):
        assert (
            "用法" in anju("progress add --help --lang zh").out or "用法" in anju("progress add --help", lang="zh").out
        )

    def test_version(self, anju):
        import anju_cli

        assert anju("--version").out == f"anju {anju_cli.__version__}\n"

    @pytest.mark.parametrize(
        ("line", "near"),
        [
            ("reprot", "report"), ("report quater Q2", "quarter"), ("units overdue --unitz hsc", "--unit"),
            ("progress add raise 5 --qarter Q2", "--quarter"),
        ],
    )  # fmt: skip
    def test_a_misspelling_suggests_the_right_word(self, office, line, near):
        assert near in office(line, code=2).err

    @pytest.mark.parametrize(
        ("line", "said"),
        [
            ("progress void 7", "--reason is missing"),
            ("progress add", "ITEM is missing"),
            ("report quarter", "QUARTER is missing"),
            ("units overdue --unit", "--unit"),
            ("units list extra", "extra"),
        ],
    )
    def test_what_is_missing_or_too_much_is_named(self, office, line, said):
        assert said in office(line, code=2).err

    @pytest.mark.parametrize("lang", ["zh", "en"])
    @pytest.mark.parametrize(
        "line", ["report quarter Q9", "units show nobody", "nonsense", "units list --nonsense", "progress void 7"]
    )
    def test_an_error_is_one_line_on_stderr_and_a_hint(self, office, line, lang):
        refused = office(line, code=2, lang=lang)
        lines = refused.err.splitlines()
        assert refused.out == "" and lines[0].startswith("anju: ") and len(lines) <= 2
        assert len(lines) == 1 or lines[1].startswith(("hint: ", "提示："))


class TestInternalErrors:
    def test_a_fault_of_our_own_is_one_line_and_70_and_debug_shows_where(self, office, monkeypatch):
        from anju_cli.reports import units

        def broken(view):
            raise ZeroDivisionError("oops")

        monkeypatch.setattr(units, "unit_list", broken)
        heard = office("units list", code=70)
        assert heard.err.startswith("anju: internal error: ZeroDivisionError (got oops)") and "--debug" in heard.err

    def test_an_interrupt_is_130(self, office, monkeypatch):
        from anju_cli.reports import units

        def interrupted(view):
            raise KeyboardInterrupt

        monkeypatch.setattr(units, "unit_list", interrupted)
        assert office("units list", code=130).err == ""


class TestFirstSteps:
    def test_bare_anju_without_a_database_names_the_two_ways_to_begin(self, anju):
        said = anju("").out
        assert "anju demo" in said and "anju init" in said

    def test_anything_else_without_one_is_exit_3_with_the_same_two(self, anju, tmp_path):
        for line in ("units list", "progress add raise 5 --unit hsc -q Q2", "plan list"):
            refused = anju(line, code=3)
            assert (
                str(tmp_path / "anju.db") in refused.err and "anju init" in refused.err and "anju demo" in refused.err
            )
        assert not (tmp_path / "anju.db").exists()

    def test_bare_anju_says_where_we_stand_in_under_a_screen(self, filed):
        said = filed("").out
        assert "Q3, as of 2020-07-15" in said and "Overdue 2" in said and "Review ends (Q2)" in said
        assert len(said.splitlines()) <= 24

    def test_bare_anju_takes_the_options_of_a_read_command(self, filed):
        assert filed("--json").json["quarter"] == "Q3"
        assert filed("--as-of 2020-05-01 --json").json["quarter"] == "Q2"

    def test_init_makes_one_and_never_touches_an_existing_file(self, anju, tmp_path):
        anju("init")
        before = (tmp_path / "anju.db").read_bytes()
        anju("init", code=4)
        assert (tmp_path / "anju.db").read_bytes() == before
        assert sorted(each.name for each in tmp_path.iterdir()) == ["anju.db"]

    def test_the_default_is_the_user_data_directory_and_nothing_else_is_written(self, tmp_path):
        home = tmp_path / "home"
        home.mkdir()
        environment = {"HOME": str(home), "PATH": os.environ["PATH"], "PYTHONDONTWRITEBYTECODE": "1"}
        for line in (["init"], [], ["units", "list"]):
            done = subprocess.run(
                [sys.executable, "-m", "anju_cli", *line], capture_output=True, text=True, env=environment, cwd=ROOT
            )
            assert done.returncode == 0, done.stderr
        assert [str(each.relative_to(home)) for each in home.rglob("*") if each.is_file()] == [
            ".local/share/anju/anju.db"
        ]


class TestDemo:
    def test_the_demo_shows_the_report_and_who_is_late_and_three_commands_that_work(self, anju, tmp_path):
        heard = anju(f"demo --db {tmp_path / 'demo.db'}")
        assert "made up" in heard.out and "Late or not reported" in heard.out
        commands = heard.out.split("Try next:")[1].strip().splitlines()
        assert len(commands) == 3
        for command in commands:
            anju(command.split("anju_cli ")[1] if "anju_cli " in command else command.split("anju ", 1)[1])

    def test_its_progress_is_labelled_and_shows_every_kind_of_case(self, anju, tmp_path):
        db = tmp_path / "demo.db"
        anju(f"demo --db {db}")
        rows = anju(f"progress list --json --db {db}").json
        assert {row["by"] for row in rows} == {"演示 demo"}
        assert all("演示" in (row["note"] or row["reason"]) for row in rows)
        assert {"correction"} <= {row["kind"] for row in rows} and any((row["quantity"] or 0) < 0 for row in rows)
        report = anju(f"report quarter Q2 --json --db {db} --as-of 2020-07-15").json
        assert {row["light"] for row in report["targets"]} >= {"green", "yellow", "red"}
        assert report["totals"]["late_returns"] and report["totals"]["zero_reports"] and report["totals"]["unreported"]
        assert any((row["completion_rate"] or 0) > 100 for row in report["targets"])
        assert anju(f"ledger verify --db {db}").out == ""

    def test_it_is_made_anew_but_never_in_place_of_real_filings(self, anju, tmp_path):
        db = tmp_path / "demo.db"
        anju(f"demo --db {db}")
        anju(f"demo --db {db}")
        anju(f"progress add raise 5 --unit hsc -q Q2 --additional --db {db}")
        assert "not the demo's" in anju(f"demo --db {db}", code=4).err

    def test_it_does_not_touch_your_own_database(self, office, tmp_path):
        before = (tmp_path / "anju.db").read_bytes()
        office("demo")
        assert (tmp_path / "anju.db").read_bytes() == before


class TestCompletion:
    def complete(self, line, **variables):
        words = line.split(" ")
        done = process(_ANJU_COMPLETE="complete_bash", COMP_WORDS=line, COMP_CWORD=str(len(words) - 1), **variables)
        return done.stdout.split()

    @pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
    def test_a_script_is_printed_and_nothing_installed(self, anju, shell):
        assert "_ANJU_COMPLETE" in anju(f"completion {shell}").out

    def test_another_shell_is_refused(self, anju):
        assert "bash, zsh, fish" in anju("completion tcsh", code=2).err

    @pytest.mark.parametrize(
        ("line", "offered"),
        [
            ("anju rev", ["review"]),
            ("anju report qu", ["quarter"]),
            (
                "anju units show sub-",
                ["sub-pingshan", "sub-maluan", "sub-biling", "sub-shijing", "sub-kengzi", "sub-longtian"],
            ),
            ("anju progress add subsidy-", ["subsidy-coverage", "subsidy-eligible"]),
            ("anju progress add raise 5 --unit ta", ["tal"]),
            ("anju report quarter Q", ["Q1", "Q2", "Q3", "Q4"]),
        ],
    )
    def test_nouns_verbs_bodies_and_items_complete_from_the_database(self, office, line, offered):
        assert self.complete(line) == offered

    def test_without_a_database_a_tab_offers_nothing_and_says_nothing(self, anju):
        assert self.complete("anju units show s") == []
