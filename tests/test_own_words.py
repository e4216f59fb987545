"""What a library says of a file or a word is English, and of its next release other English: anju says it itself."""

import errno
import re
import sqlite3
import zipfile

import pytest

from anju_cli.i18n import use, why
from anju_cli.store.location import disagreement, explained
from tests.conftest import ROOT

ENGLISH = re.compile(r"[A-Za-z]{3,}")
NAMES = {"anju", "hint", "YAML", "CSV", "UTF", "Excel", "WPS"}
"""What stays as it is in Chinese."""


def english(said, *quoted):
    """The English words of what was said, without what the file itself holds."""
    for text in quoted:
        said = said.replace(text, "")
    return [word for word in ENGLISH.findall(said) if word not in NAMES]


PLANS = {
    "a tab": "x: 1\n\ty: 2\n",
    "a bracket left open": "x: [1, 2\ny: 3\n",
    "a brace left open at the end": "x: {y: 1",
    "a bracket that nothing opened": "x: ]\n",
    "a quote left open": "x: 'y\nz: 1\n",
    "a colon within a text": "x: y: z\n",
    "a line too far in": "x: 1\n   y: 2\n",
    "a line too far out": "x:\n    y: 1\n  z: 2\n",
    "a letter that begins nothing": "x: @y\n",
    "an escape that is none": 'x: "\\q"\n',
    "an escape beyond Unicode": 'x: "\\U00110000"\n',
    "a directive": "%FOO\nx: 1\n",
    "another version": "%YAML 9.9\n---\nx: 1\n",
    "an anchor without a name": "x: &\n",
    "a tag without a name": "x: !<\n",
    "an end alone": "...\n",
    "too deep": "[" * 5000,
    "too deep, and broken": "[" * 5000 + "]" * 5000 + "}",
    "no text": "x: 1\0\n",
}


@pytest.mark.parametrize("name", PLANS)
def test_of_a_plan_that_is_no_yaml(anju, tmp_path, name):
    path = tmp_path / "1.yaml"
    path.write_text(PLANS[name], encoding="utf-8")
    said = anju("plan check", str(path), code=1, lang="zh").out
    for line in said.splitlines():
        assert re.match(rf"{re.escape(str(path))}:\d+:\d+: ", line) and english(line.partition("应为")[2]) == []


@pytest.mark.parametrize("name", PLANS)
def test_of_a_mapping_that_is_no_yaml(office, tmp_path, name):
    (tmp_path / "1.yaml").write_text(PLANS[name], encoding="utf-8")
    (tmp_path / "1.csv").write_text("项目编码\nA\n", encoding="utf-8")
    files = (str(tmp_path / "1.csv"), str(tmp_path / "1.csv"))
    said = office("reconcile", *files, "--mapping", str(tmp_path / "1.yaml"), code=1, lang="zh").err
    assert set(english(said.splitlines()[0].partition("应为")[2])) <= {"key", "fields", "sources"}


def archived(path, **parts):
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)


RETURNS = {
    "a quote left open": ("1.csv", '任务编号,本期完成\n"甲,1\n'.encode()),
    "a quote within a cell": ("1.csv", '任务编号,本期完成\n"甲"乙,1\n'.encode()),
    "a cell beyond measure": ("1.csv", b'"' + b"1" * 200_000 + b'"\n'),
    "no zip": ("1.xlsx", b"PK\x03\x04 1"),
    "a zip of something else": ("1.xlsx", {"1": "1"}),
    "a part that is no XML": ("1.xlsx", {"[Content_Types].xml": "<"}),
    "bytes of no encoding": ("1.csv", b"\xff\xff\x00\x80" * 50),
}


@pytest.mark.parametrize("name", RETURNS)
def test_of_a_return_that_cannot_be_read(office, tmp_path, name):
    file, content = RETURNS[name]
    path = tmp_path / file
    archived(path, **content) if isinstance(content, dict) else path.write_bytes(content)
    heard = office("progress import -u hsc -q Q2", str(path), code=1, lang="zh")
    assert (
        english(heard.out + heard.err, "1.csv", "1.xlsx", "hsc", "Q2", "progress import", "--encoding", "pingshan-2020")
        == []
    )


TEMPLATES = {
    "a name that is nothing": "一\n{{ 甲 }}",
    "a tag that is none": "{% 甲 %}",
    "a tag left open": "{{ 1 ",
    "a division by nothing": "{{ 1 / 0 }}",
    "a filter that is none": "{{ 1 | 甲 }}",
}


@pytest.mark.parametrize("name", TEMPLATES)
def test_of_a_template_with_a_mistake(office, tmp_path, name):
    path = tmp_path / "1.j2"
    path.write_text(TEMPLATES[name], encoding="utf-8")
    said = office(f"report quarter Q2 -o {tmp_path}/1.docx --template", str(path), code=2, lang="zh").err
    assert english(said, str(path)) == [] and "模板有误" in said and TEMPLATES[name].splitlines()[-1].strip() in said


@pytest.mark.parametrize(
    "line",
    [
        "progress add --bogus", "progress add --quarter", "units list --json=3", "units list 1 2 3", "--version=3",
        "due --within 甲", "-x", "--lang", "progress show", "甲",
    ],
)  # fmt: skip
def test_of_a_line_that_cannot_be_taken(office, line):
    said = office(line, code=2, ANJU_LANG="zh").err.splitlines()[0]
    quoted = re.findall(r"（([^）]*)）$|缺少 (\w+)$", said)
    assert english(said, *(text for pair in quoted for text in pair)) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"reports":1', '"reports":5'),
        ('"reports":1', '"reports":99999999999999999999'),
        ('"reports":1', '"reports":[1]'),
        ('"item":"raise"', '"item":null'),
        ('"id":1,', '"id":"甲",'),
    ],
    ids=["against a check", "beyond any integer", "a list", "nothing", "a text for a number"],
)  # fmt: skip
def test_of_an_exported_row_that_does_not_fit(office, tmp_path, old, new):
    office("progress add raise 600 --unit hsc -q Q2")
    office(f"ledger export -o {tmp_path}/1.jsonl")
    path = tmp_path / "2.jsonl"
    text = (tmp_path / "1.jsonl").read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    said = office(f"init --from {path}", db=str(tmp_path / "2.db"), code=1, lang="zh").err
    ours = re.sub(r"（\{.*）", "", said)  # what stands there is quoted
    assert [word for word in english(ours) if not word.isupper()] == [], said


@pytest.mark.parametrize(
    "said",
    [
        "*** in database main ***\nTree 5 page 3 cell 0: Rowid 0 out of order", "Page 7: never used",
        "row 3 missing from index entry_scan", "wrong # of entries in index entry_scan", "NULL value in entry.key",
        "database disk image is malformed", "something that a later release says",
    ],
)  # fmt: skip
def test_of_a_file_whose_pages_do_not_fit(said):
    use("zh")
    assert set(english(disagreement(said))) <= {"entry", "entry_scan", "key", "scan"}


def test_of_a_fault_of_the_database_or_of_the_system(tmp_path):
    use("zh")
    fault = sqlite3.OperationalError("some English")
    assert english(explained(fault, ROOT).what) == ["OperationalError"]
    for code in errno.errorcode:
        said = why(OSError(code, "some English"))
        assert english(said, errno.errorcode[code]) == []
