"""One corpus of hostile texts, wherever a text is kept, through every output: nothing comes out alive."""

import csv
import io
import json
import re
import sqlite3
import unicodedata
import zipfile
from contextlib import closing
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from defusedxml import ElementTree
from docx import Document
from openpyxl import load_workbook

from anju_cli.domain.digests import entry_digest, filing_digest, revision_digest
from anju_cli.domain.plan import Plan
from anju_cli.ledger.plans import initialise
from anju_cli.plan_file import load_or_fail
from anju_cli.store.location import locate
from tests.conftest import EXAMPLE, prepared

TYPED = [
    '=HYPERLINK("http://x.invalid","y")', "=1+1", "{=1+1}", "+1+cmd|' /C calc'!A0", "-2+3", "@SUM(1,2)", "＝1+1", "＠x",
    "=cmd|' /C calc'!A0", "_x0041_", "http://x.invalid/", "mailto:x@x.invalid", "internal:Sheet1!A1",
    "<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "</style></script><b>", "javascript:alert(1)",
    "<w:p><w:r><w:t>x</w:t></w:r></w:p>", "</w:t></w:r><w:fldSimple w:instr='DATE'/>", "<svg onload=alert(1)>", "&lt;b&gt;&amp;",
    "]]><!--", "<!DOCTYPE x [<!ENTITY a 'b'>]>", "{{ 7*7 }}", "{% include '/etc/passwd' %}", "{#x#}", "[bold red]x[/]", ":boom:",
    "../../etc/passwd", "C:\\x\\y", "a/b\\c:*?[x]'", "'quoted'", "&D&F&[Date]", "|a|b|", "`x` *y* _z_ ![i](http://x.invalid)",
    "%s %n {0} {x.__class__}", "【x】×", "[标题] x", "（一）x。y", "NUL", "坪山\u3000𠮷",
]  # fmt: skip
"""What a person may type."""
EDITED = [
    "\x1b[31mred\x1b[0m", "\x1b]0;title\x07", "\x9b31m", "a\rb\nc\td", "\x00", "\u202edlrow\u202c", "\u2066x\u2069", "\u200bzero", "\ufeff",
    "LONE-SURROGATE", "x LONE-SURROGATE", "\ufffe\uffff", "\ufdd0", "\U0001fffe", "\ue000", "\x7f\x08\x08", "\u2028line\u2029",
    "\n=1+1", "\x00=1+1", "\u200b=1+1", "\n# x\n- y",
]  # fmt: skip
"""What only someone who edits the file can put there."""
LONE = "LONE-SURROGATE"
"""Stands for a lone surrogate, which can be put only where JSON is kept, as an escape."""
CORPUS = TYPED + EDITED

READS = [
    "status", "report quarter Q2", "report year", "report unit hsc", "report trend", "units overdue", "units overdue --detail",
    "units list", "units show hsc", "plan show", "plan show raise", "plan list", "plan diff", "calendar", "progress list",
    "progress show 1",
]  # fmt: skip
TAGS = {
    "html", "head", "meta", "title", "style", "body", "header", "main", "footer", "section", "article", "h1", "h2", "h3", "p",
    "span", "table", "thead", "tbody", "tr", "th", "td", "dl", "div", "dt", "dd", "ol", "li", "script",
    "svg", "g", "line", "text", "polyline", "circle", "rect",
}  # fmt: skip
ATTRIBUTES = {
    "lang", "charset", "http-equiv", "content", "name", "scope", "class", "role", "aria-label", "data-label", "data-value",
    "viewbox", "viewBox", "preserveaspectratio", "width", "height", "x", "y", "x1", "x2", "y1", "y2", "cx", "cy", "r", "points",
    "text-anchor", "transform",
}  # fmt: skip


def hostile_plan() -> Plan:
    """The example plan, with the corpus in every text a plan has."""
    plan = load_or_fail(EXAMPLE)
    supply = iter(range(10**6))

    def next_text(kept: str = "") -> str:
        number = next(supply)
        return (
            f"{CORPUS[number % len(CORPUS)]} {kept}{number}" if number % 2 else CORPUS[number // 2 % len(CORPUS)] + kept
        )

    items = tuple(
        replace(
            item,
            name=next_text(item.id),
            name_en=next_text(item.id),
            note=next_text(),
            counting=next_text(),
            aliases=(next_text(item.id),),
            measure=item.measure and next_text(),
            inferred={"lead": next_text(), "due": next_text(), "pace": next_text()},
            clause=item.clause and item.clause._replace(place=next_text(), quote=next_text()),
        )
        for item in plan.items
    )
    units = tuple(
        unit._replace(
            name=next_text(unit.id),
            name_en=next_text(unit.id),
            aliases=(next_text(unit.id),),
            members=tuple(member._replace(name=next_text(), name_en=next_text()) for member in unit.members),
        )
        for unit in plan.units
    )
    said = {name: next_text() for name in ("title", "title_en", "region", "region_en", "issuer", "issuer_en")}
    return replace(plan, items=items, units=units, based_on=(next_text(),), **said)


@pytest.fixture(scope="module")
def plan():
    return hostile_plan()


@prepared
def office(anju, plan):
    """A ledger full of it: typed by people, and edited into the file."""
    initialise(locate(None), plan, "x")
    for number, text in enumerate(TYPED):
        line = "progress add raise 1 --unit tal -q Q2 --additional --received 2020-07-09"
        anju(line, "--note", text, "--evidence", TYPED[-number], "--by", text, "--reference", f"{number} {text}")
    anju("progress correct 1 2", "--reason", "=1+1")
    with closing(sqlite3.connect(locate(None))) as connection:
        triggers = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for name, _sql in triggers:
            connection.execute(f"DROP TRIGGER {name}")
        connection.execute("UPDATE plan_revision SET document = replace(document, ?, ?)", (LONE, "\\ud800"))
        for number, text in enumerate(EDITED, 1):
            connection.execute("UPDATE entry SET note = ?, evidence = ? WHERE id = ?", (text, EDITED[-number], number))
            connection.execute("UPDATE filing SET who = ? WHERE id = ?", (text, number))
        reckon_digests(connection)
        for _name, sql in triggers:  # whoever edits the file with care leaves no trace here
            connection.execute(sql)
        connection.commit()
    return anju


def reckon_digests(connection):
    """Make every digest fit its row again, as whoever knows the program can."""
    connection.row_factory = sqlite3.Row
    of_filing = {}
    for table, its_digest in (("plan_revision", revision_digest), ("entry", entry_digest)):
        for row in connection.execute(f"SELECT * FROM {table} ORDER BY id").fetchall():
            fitting = its_digest(row)
            connection.execute(f"UPDATE {table} SET digest = ? WHERE id = ?", (fitting, row["id"]))
            if table == "entry":
                of_filing.setdefault(row["filing_id"], []).append(fitting)
    for row in connection.execute("SELECT * FROM filing").fetchall():
        fitting = filing_digest(row, of_filing.get(row["id"], []))
        connection.execute("UPDATE filing SET digest = ? WHERE id = ?", (fitting, row["id"]))


def plain(text: str) -> list[str]:
    """The characters of a text that should never be shown."""
    unsafe = {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}
    return sorted(
        {
            hex(ord(each))
            for each in text
            if each != "\n" and (unicodedata.category(each) in unsafe or ord(each) & 0xFFFE == 0xFFFE)
        }
    )


class Live(HTMLParser):
    """Every tag and attribute that is not our own."""

    def __init__(self):
        super().__init__()
        self.found, self.scripts = [], 0

    def handle_starttag(self, tag, attributes):
        self.scripts += tag == "script"
        if tag not in TAGS:
            self.found.append(tag)
        self.found += [f"{tag} {name}" for name, _value in attributes if name not in ATTRIBUTES]

    def handle_decl(self, declaration):
        if declaration != "DOCTYPE html":
            self.found.append(declaration)

    def handle_comment(self, comment):
        self.found.append(comment)


def parts(path) -> dict[str, str]:
    """The XML of a Word or Excel file, each part well-formed."""
    with zipfile.ZipFile(path) as packed:
        assert packed.testzip() is None and not any(".." in name or name.startswith("/") for name in packed.namelist())
        read = {
            name: packed.read(name).decode("utf-8") for name in packed.namelist() if name.endswith((".xml", ".rels"))
        }
    for text in read.values():
        ElementTree.fromstring(text)
    return read


class TestEveryOutput:
    @pytest.mark.parametrize("lang", ["zh", "en"])
    def test_on_the_screen(self, office, lang):
        for line in READS:
            heard = office(f"{line} --lang {lang}")
            assert plain(heard.out) == [], line
            assert plain(heard.err) == [], line

    def test_on_a_coloured_screen_only_our_own_colours(self, office):
        for line in READS:
            out = office(f"{line} --lang zh", FORCE_COLOR="1").out
            assert plain(re.sub(r"\x1b\[[0-9;]*m", "", out)) == [], line

    def test_json(self, office):
        for line in READS:
            out = office(f"{line} --json").out
            json.loads(out)
            assert plain(out) == [], line

    def test_csv(self, office):
        """A cell that begins like a formula is a number of ours, or led by an apostrophe."""
        for line in READS:
            out = office(f"{line} --csv").out
            assert plain(out) == [], line
            for row in csv.reader(io.StringIO(out)):
                for cell in row:
                    assert cell[:1] not in tuple("=+-@＝＋－＠\t\r") or re.fullmatch(r"-\d+(\.\d+)?", cell), (
                        line,
                        cell,
                    )

    def test_csv_leaves_numbers_numbers(self, office):
        office("progress reduce raise 3 --unit tal --reason x --on 2020-07-14")
        rows = list(csv.DictReader(io.StringIO(office("progress list --csv").out)))
        assert rows[-1]["quantity"] == "-3" and {
            row["note"][0] for row in rows if row["note"].startswith(("'=", "=", "-"))
        } == {"'"}

    def test_markdown(self, office, tmp_path):
        for number, line in enumerate(READS):
            file = tmp_path / f"{number}.md"
            office(f"{line} -o {file}")
            text = file.read_text(encoding="utf-8")
            assert plain(text) == []
            assert not re.search(r"(?<!\\)<|(?<!\\)\]\(|(?<!\\)`", text)

    @pytest.mark.parametrize("lang", ["zh", "en"])
    def test_html(self, office, tmp_path, lang):
        for number, line in enumerate(READS):
            file = tmp_path / f"{number}.html"
            office(f"{line} -o {file} --lang {lang}")
            text = file.read_text(encoding="utf-8")
            live = Live()
            live.feed(text)
            assert (live.found, live.scripts) == ([], 1), line
            assert plain(text) == []

    def test_svg(self, office, tmp_path):
        office(f"report trend -o {tmp_path / 'x.svg'} --lang zh")
        text = (tmp_path / "x.svg").read_text(encoding="utf-8")
        assert plain(text) == []
        for element in ElementTree.fromstring(text).iter():
            assert element.tag.split("}")[1] in TAGS and set(element.attrib) <= ATTRIBUTES

    @pytest.mark.parametrize("lang", ["zh", "en"])
    def test_excel(self, office, tmp_path, lang):
        for number, line in enumerate(READS):
            file = tmp_path / f"{number}.xlsx"
            office(f"{line} -o {file} --lang {lang}")
            for name, text in parts(file).items():
                assert "<f>" not in text.replace("<c:f>", "") and "<f " not in text, (line, name)
                assert "<hyperlink" not in text and 'TargetMode="External"' not in text, (line, name)
            book = load_workbook(file)
            names = [sheet.title for sheet in book]
            assert len({name.lower() for name in names}) == len(names)
            for sheet in book:
                assert not re.search(r"[\[\]:*?/\\]", sheet.title) and len(sheet.title) <= 31
                for row in sheet.iter_rows():
                    for cell in row:
                        assert cell.data_type != "f" and cell.hyperlink is None
                        assert not isinstance(cell.value, str) or plain(cell.value) == []

    @pytest.mark.parametrize(
        "line", ["report quarter Q2", "report unit hsc --quarter Q2", "report unit tal --quarter Q2"]
    )
    def test_word(self, office, tmp_path, line):
        office(f"{line} -o {tmp_path / 'x.docx'}")
        for name, text in parts(tmp_path / "x.docx").items():
            assert not re.search("<w:(hyperlink|fldSimple|altChunk|object|pict)|TargetMode", text), name
            assert set(re.findall("<w:instrText[^>]*>([^<]*)<", text)) <= {"PAGE"}
        document = Document(str(tmp_path / "x.docx"))
        shown = [paragraph.text for paragraph in document.paragraphs]
        shown += [cell.text for table in document.tables for row in table.rows for cell in row.cells]
        assert plain("".join(shown)) == []

    def test_arguments_of_the_bulletin_are_kept_as_they_are(self, office, tmp_path):
        for text in TYPED:
            file = tmp_path / "x.docx"
            line = f"report quarter Q2 -o {file} --force"
            office(line, f"--number={text}", f"--to={text}", f"--copy-to={text}")
            parts(file)
            assert Document(str(file)).paragraphs[0].text.strip() == text.strip()
        for text in EDITED:
            if plain(text.strip()):
                office(f"report quarter Q2 -o {tmp_path / 'y.docx'}", f"--number={text}", code=2)

    def test_nothing_is_written_anywhere_else(self, office, tmp_path):
        before = set(tmp_path.iterdir())
        for form in ("xlsx", "html", "docx", "csv"):
            office(f"report quarter Q2 -o {tmp_path / 'x'}.{form}")
        assert {path.name for path in set(tmp_path.iterdir()) - before} == {"x.xlsx", "x.html", "x.docx", "x.csv"}


class TestInput:
    @pytest.mark.parametrize("text", [text for text in EDITED if plain(text.strip())], ids=ascii)
    @pytest.mark.parametrize("option", ["--note", "--evidence", "--by", "--reference", "--project"])
    def test_what_may_not_be_kept_is_refused_and_not_echoed(self, district, text, option):
        heard = district("progress add raise 1 --unit tal -q Q2", option, text, code=2)
        assert plain(heard.err) == []

    def test_no_error_echoes_what_would_act_on_a_screen(self, district):
        for text in CORPUS:
            for line in ("progress list --item", "units show", "report quarter", "plan show"):
                heard = district(line, f"{text}x", code=None)
                assert plain(heard.err + heard.out) == [], (line, text)
