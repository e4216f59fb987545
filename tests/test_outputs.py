"""Files: which answer can be which form, what a workbook holds, and that a file is whole or not there at all."""

import json
import os
import resource
import subprocess
import sys
from datetime import datetime
from decimal import Decimal
from pathlib import Path

import pytest
from docx import Document
from openpyxl import load_workbook

from anju_cli.cli.report import QUARTER, TREND, UNIT
from anju_cli.errors import Refused, Unavailable
from anju_cli.render.output import save
from anju_cli.render.page import Cell, Column, Page, Table, count, day, figure, text
from tests.conftest import ROOT, prepared
from tests.papers import as_pdf, pages, pdf_text, told

READS = [
    "status", "report quarter Q2", "report year", "report unit hsc", "report trend", "units overdue", "units overdue --detail",
    "units list", "units show hsc", "plan show", "plan show raise", "plan list", "plan diff", "calendar", "progress list",
    "progress show 1", "ledger verify",
]  # fmt: skip


@prepared
def story(anju):
    return told(anju)


def rows(sheet):
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


def under(sheet, head: str):
    """The rows below a head that begins with this word, by their first cell."""
    found = rows(sheet)
    start = next(number for number, row in enumerate(found) if row[0] == head and row[1] is not None)
    below = []
    for row in found[start + 1 :]:
        if row[0] is None:
            break
        below.append(dict(zip(found[start], row, strict=True)))
    return below


class TestForms:
    @pytest.mark.parametrize("line", READS)
    def test_every_answer_is_a_workbook_and_a_page(self, story, tmp_path, line):
        for ending in ("xlsx", "html"):
            assert story(f"{line} -o {tmp_path / 'x'}.{ending}").out == ""
        assert load_workbook(tmp_path / "x.xlsx").sheetnames
        assert (tmp_path / "x.html").read_text(encoding="utf-8").startswith("<!DOCTYPE html>")

    def test_a_write_can_be_kept_as_a_file_too(self, story, tmp_path):
        story(f"progress add raise 5 --unit hsc -q Q2 --additional -o {tmp_path / 'x.html'}")
        assert "Recorded: filing" in (tmp_path / "x.html").read_text(encoding="utf-8")

    @pytest.mark.parametrize(
        ("line", "ending", "known"),
        [
            ("units list", "docx", ".csv, .json, .md, .xlsx, .html"),
            ("report year", "svg", ".csv, .json, .md, .xlsx, .html"),
            ("report quarter Q2", "svg", ".csv, .json, .md, .xlsx, .html, .docx"),
            ("report trend", "docx", ".csv, .json, .md, .xlsx, .html, .svg"),
        ],
    )
    def test_a_form_that_an_answer_has_not_is_refused_with_those_it_has(self, story, tmp_path, line, ending, known):
        assert f"hint: {known}\n" in story(f"{line} -o {tmp_path / 'x'}.{ending}", code=2).err

    def test_endings_are_read_in_any_case(self, story, tmp_path):
        story(f"units list -o {tmp_path / 'X.XLSX'}")
        assert load_workbook(tmp_path / "X.XLSX")

    def test_the_makers_of_own_forms_exist(self):
        from importlib import import_module

        for maker in (*QUARTER.values(), *UNIT.values(), *TREND.values()):
            module, function = maker.split(":")
            assert callable(getattr(import_module(f"anju_cli.render.{module}"), function))


class TestAgreement:
    """The same figures, filters, period, as-of and receipt in every form of one report."""

    @pytest.mark.parametrize("more", ["", "--unit hsc", "--as-of 2020-06-15", "--known-at 6"])
    def test_all_forms_of_a_quarter_say_the_same(self, story, tmp_path, more):
        for ending in ("json", "csv", "md", "html", "xlsx"):
            story(f"report quarter Q2 {more} -o {tmp_path / 'x'}.{ending}")
        report = json.loads((tmp_path / "x.json").read_text(encoding="utf-8"))
        book = load_workbook(tmp_path / "x.xlsx")
        read = {ending: (tmp_path / f"x.{ending}").read_text(encoding="utf-8") for ending in ("md", "html")}
        read["xlsx"] = "\n".join(str(cell) for row in rows(book["Summary"]) for cell in row)
        if not more:
            story(f"report quarter Q2 -o {tmp_path / 'x.docx'}")
            read["docx"] = "\n".join(each.text for each in Document(str(tmp_path / "x.docx")).paragraphs)
        if report["unit"]:
            assert all("Of one unit alone: Housing Security Centre" in words for words in read.values())
        for form, words in read.items():
            assert report["ledger"]["receipt"] in words.replace("\\", ""), form
            if form != "docx":
                for day_said in (report["as_of"], report["targets_as_of"], report["period"]["start"]):
                    assert day_said in words, (form, day_said)
        cumulative = [each["cumulative"] for each in report["targets"] if each["cumulative"] is not None]
        shown = [each["Cumulative"] for each in under(book["Targets"], "Target") if each["Cumulative"] != "—"]
        assert sorted(shown) == sorted(cumulative)
        assert [each["Member unit"].strip() for each in under(book["Units work and returns"], "Member unit")][
            : len(report["units"])
        ] == [each["name_en"] for each in report["units"]]

    def test_nothing_but_its_own_entries_and_lateness_are_in_a_units_workbook(self, story, tmp_path):
        story(f"report quarter Q2 --unit tal -o {tmp_path / 'x.xlsx'}")
        book = load_workbook(tmp_path / "x.xlsx")
        assert [each["Quantity"] for each in under(book["Entries"], "Entry")] == [340, -10]
        assert {row[0] for row in rows(book["Late or not reported"]) if row[2] and row[0] != "Body"} == {
            "Shenzhen Pingshan Talent Housing Co., Ltd."
        }


class TestWorkbook:
    @pytest.fixture
    def book(self, story, tmp_path):
        story(f"report quarter Q2 -o {tmp_path / 'x.xlsx'}")
        return load_workbook(tmp_path / "x.xlsx")

    def test_its_sheets(self, book):
        wanted = [
            "Summary",
            "Targets",
            "Milestones",
            "Units work and returns",
            "Late or not reported",
            "The year",
            "Entries",
        ]
        assert book.sheetnames == wanted

    def test_numbers_are_numbers_and_dates_are_dates(self, book):
        raised = under(book["Targets"], "Target")[0]
        assert raised["Goal"] == 4713 and raised["Cumulative"] == 2090
        assert (raised["Completion (%)"], raised["Expected"], raised["vs expected (points)"]) == (44.3, 2356.5, -5.7)
        entry = under(book["Entries"], "Entry")[0]
        assert entry["Happened"] == datetime(2020, 6, 30) and entry["Quantity"] == 900
        milestone = under(book["Milestones"], "Milestone")[0]
        assert milestone["Due"] == datetime(2020, 3, 31)

    def test_a_number_reads_as_in_print(self, book):
        by_head = {cell.value: cell.column for cell in book["Targets"][2]}
        formats = {head: book["Targets"].cell(3, column).number_format for head, column in by_head.items()}
        assert formats["Cumulative"] == '0"＊"' and formats["Expected"] == "0.00"
        assert book["Targets"].cell(6, by_head["vs expected (points)"]).number_format == "+0.0;-0.0;0.0"

    def test_each_kind_of_lateness_stands_in_its_block(self, book):
        titles = [row[0] for row in rows(book["Late or not reported"]) if row[0] and row[1] is None]
        kinds = ["Overdue (1)", "Behind (2)", "Not reported (44)", "Sent back, not resubmitted (0)", "None."]
        assert titles[1:] == ["Returns", *kinds, "Late return (1)"]

    def test_it_has_a_native_chart_on_its_own_cells(self, book, tmp_path):
        import zipfile

        assert len(book["Summary"]._charts) == 1
        chart = zipfile.ZipFile(tmp_path / "x.xlsx").read("xl/charts/chart1.xml").decode()
        assert "Summary!$F$" in chart and "Summary!$G$" in chart

    def test_sheets_are_ready_to_print_and_to_filter(self, book):
        for name in ("Targets", "Units work and returns", "Entries"):
            sheet = book[name]
            assert sheet.page_setup.paperSize == "9" or sheet.page_setup.paperSize == 9
            assert sheet.page_setup.orientation == "landscape" and sheet.page_setup.fitToHeight == 0
            assert sheet.freeze_panes == "B3" and sheet.print_title_rows == "$2:$2" and sheet.auto_filter.ref
        last = book["Units work and returns"].max_row
        assert book["Units work and returns"].auto_filter.ref == f"A2:I{last - 1}"  # the sums stay out of the filter

    @pytest.mark.office
    def test_it_opens_clean_in_libreoffice(self, book, tmp_path):
        printed = as_pdf(tmp_path / "x.xlsx")
        said = pdf_text(printed)
        assert 8 <= pages(printed) <= 16
        assert "2090＊" in said and "Err:" not in said and "#NAME" not in said and "#REF" not in said

    def test_the_same_report_is_the_same_file(self, story, book, tmp_path):
        story(f"report quarter Q2 -o {tmp_path / 'y.xlsx'}")
        assert (tmp_path / "y.xlsx").read_bytes() == (tmp_path / "x.xlsx").read_bytes()


class TestSheets:
    def made(self, tmp_path, page):
        from anju_cli.render.sheets.page_book import page_book

        (tmp_path / "x.xlsx").write_bytes(b"".join(page_book(page)))
        return load_workbook(tmp_path / "x.xlsx")

    def test_names_of_sheets_are_legal_and_differ(self, tmp_path):
        titles = ["a/b:c*?[d]\\", "A b c d", "'", "", "x" * 40, "x" * 40, "X" * 31]
        page = Page("t", [], [Table(title, [Column("h")], [[text(1)]]) for title in titles])
        names = self.made(tmp_path, page).sheetnames
        assert names[:4] == ["a b c d", "A b c d 2", "Table", "t"]
        assert names[4:] == ["x" * 31, "x" * 27 + " 2", "X" * 27 + " 3"]
        assert len({name.lower() for name in names}) == 7

    def test_cells_keep_what_they_show(self, tmp_path):
        cells = [
            figure(Decimal("-0.6"), sign=True), figure(Decimal("8.6"), sign=True), count(0), day(datetime(2020, 6, 30).date()),
            Cell("4713 (was 4500)", "", 4713), Cell('7 "x"', "", 7), figure(10**15), figure(None), text("x", "strong"),
        ]  # fmt: skip
        book = self.made(
            tmp_path, Page("t", ["line"], [Table("t", [Column(str(n)) for n in range(9)], [cells])], ["note"])
        )
        row = book["t"][4]
        assert [cell.value for cell in row] == [
            -0.6,
            8.6,
            0,
            datetime(2020, 6, 30),
            4713,
            7,
            "1000000000000000",
            "—",
            "x",
        ]
        assert [cell.number_format for cell in row][:6] == [
            "0.0",
            "+0.0;-0.0;0.0",
            "0",
            "yyyy-mm-dd",
            '0" (was 4500)"',
            "0",
        ]

    def test_a_page_without_tables_is_its_lines(self, tmp_path):
        book = self.made(tmp_path, Page("title", ["one", "two"], [], ["three"]))
        assert [row[0] for row in rows(book["title"])] == ["title", "one", "two", None, "three"]

    def test_a_table_without_rows_says_so(self, tmp_path):
        book = self.made(tmp_path, Page("", [], [Table("t", [Column("h")], [], "None.")]))
        assert rows(book["t"])[1] == ["None."]

    def test_what_a_sheet_cannot_hold_is_refused(self, tmp_path, monkeypatch):
        with pytest.raises(Refused, match="longer than a cell"):
            self.made(tmp_path, Page("", [], [Table("t", [Column("h")], [[text("x" * 32_768)]])]))
        from anju_cli.render.sheets import page_book as book

        monkeypatch.setattr(book, "MOST_ROWS", 2)
        with pytest.raises(Refused, match="more rows"):
            self.made(tmp_path, Page("", [], [Table("t", [Column("h")], [[text(1)]] * 3)]))


class TestPlaces:
    """An output file is whole or not there; nothing of another's is replaced without `--force`."""

    @pytest.mark.parametrize("ending", ["xlsx", "html", "docx", "svg", "csv", "json", "md"])
    def test_nothing_is_replaced_without_force(self, story, tmp_path, ending):
        line = "report trend" if ending == "svg" else "report quarter Q2"
        file = tmp_path / f"x.{ending}"
        file.write_bytes(b"mine")
        assert "--force" in story(f"{line} -o {file}", code=4).err
        assert file.read_bytes() == b"mine"
        story(f"{line} -o {file} --force")
        assert file.read_bytes() != b"mine"
        assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".anju")] == []

    def test_a_link_that_leads_nowhere_is_a_name_taken(self, story, tmp_path):
        (tmp_path / "x.json").symlink_to(tmp_path / "elsewhere.json")
        story(f"units list -o {tmp_path / 'x.json'}", code=4)
        assert not (tmp_path / "elsewhere.json").exists()

    def test_a_directory_is_not_replaced_even_with_force(self, story, tmp_path):
        (tmp_path / "x.json").mkdir()
        story(f"units list -o {tmp_path / 'x.json'} --force", code=3)
        assert (tmp_path / "x.json").is_dir() and not list(tmp_path.glob(".anju-*"))

    def test_a_file_that_appears_meanwhile_is_not_replaced(self, tmp_path, monkeypatch):
        file, link = tmp_path / "x", os.link

        def late(source, target):
            file.write_bytes(b"theirs")
            return link(source, target)

        monkeypatch.setattr(os, "link", late)
        with pytest.raises(Refused):
            save(file, b"ours", force=False)
        assert file.read_bytes() == b"theirs" and list(tmp_path.iterdir()) == [file]

    def test_a_file_system_without_links_will_do(self, tmp_path, monkeypatch):
        def none(_source, _target):
            raise PermissionError

        monkeypatch.setattr(os, "link", none)
        save(tmp_path / "x", b"ours", force=False)
        assert (tmp_path / "x").read_bytes() == b"ours" and len(list(tmp_path.iterdir())) == 1

    @pytest.mark.parametrize("ending", ["xlsx", "html", "docx", "csv", "json", "md"])
    @pytest.mark.parametrize("force", [False, True])
    def test_a_full_disk_leaves_no_half_file(self, story, tmp_path, ending, force):
        """A limit on the size of files is met by the writer in the same way as a full disk."""
        place = tmp_path / "place"
        place.mkdir()
        file = place / f"x.{ending}"
        if force:
            file.write_bytes(b"before")
        # What measures coverage writes files of its own, which are not what is tested here.
        unmeasured = {name: value for name, value in os.environ.items() if not name.startswith("COV")}
        unmeasured["PYTHONDONTWRITEBYTECODE"] = "1"
        done = subprocess.run(
            [sys.executable, "-m", "anju_cli", "report", "quarter", "Q2", "-o", str(file), *(["--force"] if force else [])],
            capture_output=True, text=True, cwd=ROOT, env=unmeasured,
            preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (1024, 1024)),
        )  # fmt: skip
        assert done.returncode == 3 and "cannot be written" in done.stderr and "Traceback" not in done.stderr
        assert {path.name: path.read_bytes() for path in place.iterdir()} == ({file.name: b"before"} if force else {})

    def test_a_place_that_is_not_there_is_said(self, tmp_path):
        with pytest.raises(Unavailable, match="cannot be written"):
            save(tmp_path / "none" / "x", b"x", force=False)
        assert list(tmp_path.iterdir()) == []


class TestBudget:
    """A report on a screen loads nothing of what makes its files."""

    def loaded(self, story, line, tmp_path):
        code = (
            "import json, sys\nfrom anju_cli.cli import main\ncode = main(json.loads(sys.argv[1]))\n"
            "print(json.dumps([code, sorted(sys.modules)]), file=sys.stderr)\n"
        )
        done = subprocess.run(
            [sys.executable, "-c", code, json.dumps(line.split())], capture_output=True, text=True, cwd=ROOT
        )
        code, names = json.loads(done.stderr.splitlines()[-1])
        assert code == 0, done.stderr
        return set(names)

    def test_the_screen_loads_no_maker_of_files(self, story, tmp_path):
        for line in ("report quarter Q2", "report unit hsc", "report trend", "report quarter Q2 --json"):
            names = self.loaded(story, line, tmp_path)
            heavy = {"docx", "jinja2", "xlsxwriter", "openpyxl", "lxml", "zipfile", "tempfile"}
            own = {
                "anju_cli.reports.quarter.dossier",
                "anju_cli.reports.quarter.material",
                "anju_cli.reports.quarter.report.confirming",
                "anju_cli.render.templating",
            }
            assert names & (heavy | own) == set(), line

    @pytest.mark.parametrize(
        ("ending", "needed", "spared"),
        [
            ("xlsx", "xlsxwriter", {"docx", "jinja2"}),
            ("html", "jinja2", {"docx", "xlsxwriter"}),
            ("docx", "docx", {"xlsxwriter"}),
        ],
    )
    def test_each_form_loads_its_own_maker(self, story, tmp_path, ending, needed, spared):
        names = self.loaded(story, f"report quarter Q2 -o {tmp_path / 'x'}.{ending}", tmp_path)
        assert needed in names and not names & spared and "sqlmodel" not in names


def test_the_templates_lie_in_the_package():
    """The wheel takes whatever lies there: a template elsewhere would be missed only by those who install it."""
    placed = {path.name for path in (Path(ROOT) / "anju_cli" / "render" / "templates").iterdir()}
    assert placed == {
        "bulletin.txt.j2", "bulletin.en.txt.j2", "charts.css", "charts.svg.j2", "frame.html.j2", "page.html.j2", "quarter.html.j2", "sort.js",
        "style.css", "tables.html.j2", "trend.svg.j2",
    }  # fmt: skip


def test_a_report_with_projects_behind_it_is_written_in_every_form(anju, tmp_path):
    """The made-up year has a register, an overdue milestone, late returns: what a plain test ledger lacks."""
    path = tmp_path / "demo.db"
    anju(f"demo --db {path}")
    slipped = [row["name"] for row in anju(f"report quarter Q2 --json --db {path} --as-of 2020-07-15").json["slipped"]]
    assert slipped
    for ending in ("csv", "json", "md", "xlsx", "html", "docx"):
        file = tmp_path / f"q2.{ending}"
        anju(f"report quarter Q2 --db {path} --as-of 2020-07-15 --lang zh -o {file}")
        assert file.stat().st_size > 1000
    page = (tmp_path / "q2.html").read_text(encoding="utf-8")
    assert all(name in page for name in slipped)
    book = load_workbook(tmp_path / "q2.xlsx")
    told = {str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row}
    assert all(any(name in cell for cell in told) for name in slipped)
