"""The house rules: what imports what, what a command may load, where a rule or a deferred import may live."""

import ast
import importlib
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT

PACKAGE = ROOT / "anju_cli"
LEAVES = {"errors", "i18n", "lazily", "outlet", "alike", "stream"}
"""What everything may use."""

MAY_IMPORT = {
    "errors": set(),
    "lazily": set(),
    "stream": set(),
    "alike": set(),
    "i18n": set(),
    "outlet": set(),
    "clock": set(),
    "domain": set(),
    "workdays": {"domain"},
    "plan_file": {"domain"},
    "store": {"domain"},
    "foreign": {"domain"},
    "returns": {"domain", "foreign"},
    "ledger": {"domain", "store", "foreign", "returns", "workdays", "clock"},
    "reports": {"domain", "store", "workdays", "clock"},
    "lists": {"domain", "plan_file", "foreign"},
    "render": {"domain", "reports", "ledger", "lists"},  # the last three for the names of shapes alone: see below
    "cli": {"domain", "render", "ledger", "reports", "plan_file", "lists", "store", "clock", "workdays"},
}

HEAVY = {"sqlmodel", "sqlalchemy", "pydantic", "yaml", "openpyxl", "docx", "jinja2", "xlsxwriter"}

READS = [
    [], ["status"], ["report", "quarter", "Q2"], ["report", "year"], ["report", "unit", "hsc"], ["report", "trend"],
    ["units", "overdue"], ["units", "overdue", "--detail"], ["units", "list"], ["units", "show", "hsc"], ["plan", "show"],
    ["plan", "list"], ["plan", "diff"], ["calendar"], ["progress", "list"], ["progress", "show", "1"], ["ledger", "verify"],
    ["projects", "list"], ["projects", "facilities"], ["projects", "facilities", "--milestones"],
    ["slips", "list"], ["tasks", "list"], ["interviews", "list"], ["interviews", "propose", "Q2"], ["meetings", "list"],
    ["due"], ["doctor"], ["plan", "new", "--from", "2020"],
    ["ledger", "log"], ["ledger", "export"], ["review", "list"], ["review", "show", "Q2"], ["review", "facts", "hsc"],
    ["report", "quarter", "Q2", "--json"], ["report", "quarter", "Q2", "--csv"],
]  # fmt: skip


def modules():
    return sorted(PACKAGE.rglob("*.py"))


def part(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imports(path: Path, *, types_too: bool = True):
    """The modules of the package that a file imports, anywhere in it."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    guarded = {
        id(inner)
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and getattr(node.test, "id", "") == "TYPE_CHECKING"
        for inner in ast.walk(node)
    }
    for node in ast.walk(tree):
        if id(node) in guarded and not types_too:
            continue
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("anju_cli"):
            names = [node.module] if node.module != "anju_cli" else [f"anju_cli.{name.name}" for name in node.names]
            yield from names
        elif isinstance(node, ast.Import):
            yield from (name.name for name in node.names if name.name.startswith("anju_cli"))


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_point_one_way(path):
    here = part(path)
    if here in ("__init__", "__main__"):
        return
    used = {name.split(".")[1] for name in imports(path) if "." in name} - {here} - LEAVES
    assert used <= MAY_IMPORT[here]


def test_pages_know_the_shapes_of_answers_but_load_neither_door():
    for path in (PACKAGE / "render").rglob("*.py"):
        loaded = {name.split(".")[1] for name in imports(path, types_too=False) if "." in name}
        assert loaded <= {"domain", "render", *LEAVES}, path


@pytest.mark.parametrize(("one", "other"), [("ledger", "reports"), ("reports", "ledger")])
def test_ledger_and_reports_do_not_know_each_other(one, other):
    known = [name for path in (PACKAGE / one).rglob("*.py") for name in imports(path)]
    assert known and not [name for name in known if name.startswith(f"anju_cli.{other}")]


def test_the_domain_is_pure():
    """Standard library only; no clock, no database, no files."""
    allowed = set(sys.stdlib_module_names) - {
        "sqlite3",
        "os",
        "pathlib",
        "io",
        "time",
        "random",
        "subprocess",
        "socket",
    }
    for path in (PACKAGE / "domain").glob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            if isinstance(node, (ast.Import, ast.ImportFrom)):
                names = [node.module] if isinstance(node, ast.ImportFrom) else [each.name for each in node.names]
                for name in names:
                    assert name.split(".")[0] in allowed | {"anju_cli"}, (path.name, name)
        assert "date.today" not in path.read_text(encoding="utf-8")


def test_nothing_but_the_clock_reads_the_clock():
    for path in modules():
        text = path.read_text(encoding="utf-8")
        if path.name != "clock.py":
            assert "date.today(" not in text and "datetime.now(" not in text and "ANJU_TODAY" not in text, path
        assert "date('now')" not in text and "CURRENT_TIMESTAMP" not in text


CLOCKS = ("time.time(", "perf_counter", "monotonic", "wait_for_timeout", ".elapsed", "timeout=")
"""What measures seconds, or lets them decide; figures that are printed and not asserted are those of tests.faults."""
WAITING = ("timeout=0,", "timeout=HANGING", "timeout=3600)")
"""Not at all, or so long that no machine is ever so busy."""


@pytest.mark.parametrize("path", sorted((ROOT / "tests").glob("*.py")), ids=lambda path: path.name)
def test_no_test_depends_on_the_clock_on_the_wall(path):
    if path.name in ("faults.py", Path(__file__).name):
        return
    text = path.read_text(encoding="utf-8")
    for allowed in WAITING:
        text = text.replace(allowed, "")
    assert [clock for clock in CLOCKS if clock in text] == []


def test_nothing_but_the_doors_and_the_maker_of_copies_opens_the_database():
    opening = ("sqlite3.connect(", "create_engine(")
    users = {path.name for path in modules() if any(call in path.read_text(encoding="utf-8") for call in opening)}
    assert users == {"location.py", "writing.py", "copies.py"}
    assert part(next(path for path in modules() if path.name == "copies.py" and part(path) == "store")) == "store"


def test_no_modules_import_each_other_in_a_circle_not_even_for_types():
    """Whatever is imported, wherever in a module: what is left when nothing imports what is left is a circle."""
    named = {".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__") for path in modules()}
    rest = {}
    for path in modules():
        name = ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
        rest[name] = {max(known) for used in parts_imported(path) if (known := used & named)} - {name}
    while free := {name for name, used in rest.items() if not used & rest.keys()}:
        rest = {name: used for name, used in rest.items() if name not in free}
    assert rest == {}


def parts_imported(path):
    """For each name that a file imports from the package: the module it is in, and itself, if it is one."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("anju_cli"):
            yield from ({node.module, f"{node.module}.{name.name}"} for name in node.names)
        elif isinstance(node, ast.Import):
            yield from ({name.name} for name in node.names if name.name.startswith("anju_cli"))


def test_no_two_classes_have_one_name():
    owners = {}
    for path in modules():
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.ClassDef):
                owners.setdefault(node.name, []).append(str(path.relative_to(PACKAGE)))
    assert {name: paths for name, paths in owners.items() if len(paths) > 1} == {}


SAME_NOUN = {
    *("bulletin", "copies", "doctor", "dossier", "due", "in_place", "interviews", "late", "ledger", "log", "matters"),
    *("meetings", "plan", "plans", "project_part", "projects", "quarter", "quarters", "receipts", "report", "returns"),
    *("reviews", "slips", "status", "units", "why", "year"),
}
"""Nouns of the command line and of its answers: in each layer the file of that name is about the same thing."""


def test_a_file_name_recurs_only_for_the_same_noun_in_another_layer():
    folders = {}
    for path in modules():
        if path.stem not in ("__init__", "__main__"):
            folders.setdefault(path.stem, []).append(path)
    recurring = {name for name, paths in folders.items() if len(paths) > 1}
    assert recurring == SAME_NOUN


SQL = re.compile(
    r"\b(SELECT|INSERT INTO|UPDATE \w+ SET|DELETE FROM|PRAGMA)\b|\bselect\(|exec_driver_sql|\.execute(many)?\("
    r"|\brow_factory\b|\btext_factory\b|\bimport sqlalchemy|from sqlalchemy"
)
"""What asks the database something, or changes how it answers."""


def test_all_sql_is_in_the_store():
    asking = {
        f"{path.relative_to(PACKAGE)}: {line.strip()}"
        for path in modules()
        for line in path.read_text(encoding="utf-8").splitlines()
        if part(path) != "store" and SQL.search(line)
    }
    assert asking == set()


def test_what_still_stands_is_one_piece_of_sql():
    """Something was reported and not voided: the sum of `reports` is above 0."""
    store = "".join(path.read_text(encoding="utf-8") for path in (PACKAGE / "store").rglob("*.py"))
    assert store.count("SUM(reports) >") == 1
    assert not re.search(r"reports < 0|reports = -1", store.replace("CHECK (reports IN (-1, 0, 1))", ""))


def test_a_quarter_is_read_at_the_command_line_and_is_a_number_from_there_on():
    """Else a file says it, in words of its own, or it is asked which plan has such a quarter."""
    readers = {
        str(path.relative_to(PACKAGE)) for path in modules() if "parse_quarter(" in path.read_text(encoding="utf-8")
    }
    assert readers == {
        "cli/doors.py", "cli/interviews.py", "cli/returns.py", "domain/choosing.py", "domain/grammar.py",
        "returns/heading.py",
    }  # fmt: skip


def test_only_workdays_knows_chinesecalendar():
    users = [path.name for path in modules() if "chinese_calendar" in path.read_text(encoding="utf-8")]
    assert users == ["workdays.py"]


def test_modules_are_readable_at_one_sitting():
    long = {
        str(path.relative_to(PACKAGE)): lines for path in modules() if (lines := path.read_text().count("\n")) > 330
    }
    assert long == {}
    for path in modules():
        assert path.stem not in ("utils", "helpers", "common_utils", "misc"), path


def test_everything_public_says_what_it_is():
    for path in modules():
        tree = ast.parse(path.read_text(encoding="utf-8"))
        assert ast.get_docstring(tree), path
        for node in tree.body:
            if isinstance(node, (ast.FunctionDef, ast.ClassDef)) and not node.name.startswith("_"):
                assert ast.get_docstring(node), f"{path}: {node.name}"


def test_a_public_function_that_raises_says_so():
    """In one plain clause of its docstring: what, and when."""
    silent = [
        f"{path.relative_to(PACKAGE)}: {node.name}"
        for layer in ("domain", "store", "ledger")
        for path in (PACKAGE / layer).rglob("*.py")
        for owner in ast.parse(path.read_text(encoding="utf-8")).body
        for node in (owner.body if isinstance(owner, ast.ClassDef) else [owner])
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")
        if any(isinstance(inner, ast.Raise) and inner.exc for inner in ast.walk(node))
        if not re.search(r"Raises|[Rr]efuse", ast.get_docstring(node) or "")
    ]
    assert silent == []


@pytest.fixture(scope="module")
def database(tmp_path_factory):
    path = tmp_path_factory.mktemp("budget") / "demo.db"
    done = subprocess.run(
        [sys.executable, "-m", "anju_cli", "demo", "--db", str(path)], capture_output=True, text=True, cwd=ROOT
    )
    assert done.returncode == 0, done.stderr
    return path


def loaded_by(line, database):
    """The modules that a command has loaded when it ends, in a fresh interpreter."""
    code = (
        "import json, sys\n"
        "from anju_cli.cli import main\n"
        "code = main(json.loads(sys.argv[1]))\n"
        "print(json.dumps([code, sorted({name.split('.')[0] for name in sys.modules})]), file=sys.stderr)\n"
    )
    environment = os.environ | {"ANJU_DB": str(database), "ANJU_TODAY": "2020-07-15"}
    done = subprocess.run(
        [sys.executable, "-c", code, json.dumps(line)], capture_output=True, text=True, env=environment, cwd=ROOT
    )
    code, names = json.loads(done.stderr.splitlines()[-1])
    assert code in (0, 1), done.stderr
    return set(names)


@pytest.mark.parametrize("line", READS, ids=" ".join)
def test_a_read_command_loads_no_writing_door(line, database):
    assert loaded_by(line, database) & HEAVY == set()


@pytest.mark.parametrize(
    "line", [["--help"], ["--version"], ["progress", "add", "--help"], ["completion", "bash"]], ids=" ".join
)
def test_help_version_and_completion_load_neither_tables_nor_the_writing_door(line, database):
    assert loaded_by(line, database) & (HEAVY | {"rich", "chinese_calendar"}) == set()


def test_a_write_command_loads_no_tables_and_no_yaml(database):
    line = ["progress", "add", "raise", "1", "--unit", "hsc", "-q", "Q2", "--additional", "--dry-run"]
    assert loaded_by(line, database) & {"yaml", "rich", "openpyxl", "xlsxwriter", "docx", "jinja2"} == set()


def test_typer_is_still_capped_for_a_reason():
    """0.29 builds pydantic adapters on every invocation. When this fails, the cap in pyproject.toml may go."""
    import typer

    assert tuple(map(int, typer.__version__.split(".")[:2])) < (0, 29)


LAZY = [
    "ledger",
    "ledger.projects",
    "ledger.reviews",
    "ledger.demo",
    "reports",
    "plan_file",
    "lists",
    "render",
    "store",
]


@pytest.mark.parametrize("package", LAZY)
def test_a_package_loads_every_name_that_it_promises_the_type_checker(package):
    """What stands under TYPE_CHECKING is what the lazy table has: else mypy and Python would know different names."""
    loaded = importlib.import_module(f"anju_cli.{package}")
    tree = ast.parse(Path(loaded.__file__).read_text(encoding="utf-8"))
    (promise,) = (node for node in tree.body if isinstance(node, ast.If))
    promised = {name.asname or name.name for node in promise.body for name in node.names}
    assert promised <= set(loaded.__all__)
    assert [name for name in loaded.__all__ if getattr(loaded, name, None) is None] == []
    with pytest.raises(AttributeError):
        loaded.a_name_that_nobody_promised  # noqa: B018
