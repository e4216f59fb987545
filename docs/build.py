"""Make everything that is generated: reference pages, the schema, the catalogue, the picture. `--check` only compares.

python docs/build.py            # write
python docs/build.py --check    # exit 1 and name what has drifted
"""

import gettext
import html
import inspect
import io
import json
import os
import re
import sys
import typing
from collections.abc import Iterator
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from tempfile import TemporaryDirectory
from typing import Any

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))  # run as a script, Python looks in docs/ alone

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from rich.cells import cell_len
from rich.console import Console

import anju_cli
from anju_cli import i18n
from anju_cli.cli.help import HELP_OPTION, paragraphs
from anju_cli.cli.root import NOUNS, root
from anju_cli.domain.records import names_of
from anju_cli.foreign.limits import LAST_COLUMN, LAST_ROW, LIST, RETURN, Limits
from anju_cli.ledger.demo import year as demo
from anju_cli.lists import reconciling
from anju_cli.plan_file import load_or_fail, schema, shipped
from anju_cli.render import recorded
from anju_cli.render.colour import show_with
from anju_cli.render.pages.reports import quarter_page
from anju_cli.render.paper import Paper
from anju_cli.render.templating import LONGEST, MEGABYTES, SECONDS
from anju_cli.render.word.bulletin_text import KINDS, LARGEST, Adjusted, Behind, BulletinWords
from anju_cli.render.wording.speech import CHINESE
from anju_cli.reports import answers
from anju_cli.reports.quarter import material
from anju_cli.reports.quarter.report import quarter_report
from anju_cli.reports.view import opened

LOCALE = ROOT / "anju_cli" / "locale" / "zh_CN" / "LC_MESSAGES"
KEYWORDS = {"_": None, "pgettext": ((1, "c"), 2)}


SHAPES = (
    *(import_module(f"{answers.__name__}.{each.name}") for each in iter_modules(answers.__path__)),
    reconciling,
    recorded,
)
"""The modules whose shapes answers have."""


def commands() -> Iterator[tuple[str, Any, Any]]:
    """Every command with its full name and context, in the order of help."""
    top = root()
    context = top.make_context("anju", ["status"], resilient_parsing=True)
    yield "anju", top, context
    for noun in [*top.list_commands(context), "status"]:
        command = top.get_command(context, noun)
        inner = type(context)(command, info_name=noun, parent=context)
        yield f"anju {noun}", command, inner
        for verb in getattr(command, "commands", {}):
            leaf = command.commands[verb]
            yield f"anju {noun} {verb}", leaf, type(context)(leaf, info_name=verb, parent=inner)


def commands_page() -> str:
    """docs/commands.md: the help of every command, as it is printed."""
    i18n.use("en")
    parts = ["# Commands\n\nGenerated from `--help`; do not edit.\n"]
    for name, command, context in commands():
        if name == "anju status":
            name = "anju (alone)"
        parts.append(f"## {name}\n\n```\n{command.get_help(context)}\n```\n")
    return "\n".join(parts)


def json_page() -> str:
    """docs/json.md: the shape of every answer, from their classes."""
    parts = [
        "# JSON\n\nGenerated from the shapes in `anju_cli/reports/answers` and `anju_cli/render/recorded.py`; "
        "do not edit.\n",
        inspect.cleandoc(answers.__doc__ or "") + "\n",
    ]
    shapes = [each for module in SHAPES for each in vars(module).values() if _is_shape(each, module)]
    for shape in shapes:
        parts.append(f"## {shape.__name__}\n\n{inspect.getdoc(shape)}\n\n| field | type | |\n|---|---|---|")
        said = _said_of_fields(shape)
        hints = typing.get_type_hints(shape)
        parts += [f"| `{name}` | {_type_name(hints[name])} | {said.get(name, '')} |" for name in names_of(shape)]
        parts.append("")
    return "\n".join(parts)


def template_page() -> str:
    """docs/template.md: what an office's own text of the bulletin sees, from the classes it is filled with."""
    shapes = [Paper, *(each for each in vars(material).values() if _is_shape(each, material)), Adjusted, Behind]
    shapes = [shape for shape in shapes if shape.__name__ not in ("Ours", "UnitDossier")]
    filters = [f"| `{name}` | {inspect.getdoc(function)} |" for name, function in CHINESE.filters.items()]
    marks = " ".join(f"`[{kind}]`" for kind in KINDS)
    bounds = {"seconds": SECONDS, "memory": MEGABYTES, "text": LONGEST // 10**6, "size": LARGEST // 10**6}
    parts = [inspect.cleandoc(_TEMPLATES).format(marks=marks, **bounds), "", "## Names", "", *_fields(BulletinWords)]
    parts += ["", "## Filters", "", "| filter | |", "|---|---|", *filters, ""]
    for shape in shapes:
        parts += [f"## {shape.__name__}", "", str(inspect.getdoc(shape)), "", *_fields(shape), ""]
    return "\n".join(parts)


_TEMPLATES = """
    # The office's own text of the bulletin

    Generated from `anju_cli/render/word/bulletin_text.py` and what it speaks of; do not edit.

    `anju report quarter Q2 -o 通报.docx --template FILE` writes the bulletin with a text of your own in place of the
    one that is shipped, `anju_cli/render/templates/bulletin.txt.j2`; begin with a copy of that. It is a template of
    [Jinja2](https://jinja.palletsprojects.com/) in UTF-8. Each line that it makes is a paragraph, empty ones are left
    out; a mark at the beginning of a line names its place in the layout and is not printed:
    {marks}.
    The three tables follow the text by themselves. Beside the names below and Jinja's own functions there are none: any
    other is a mistake, said with its line.

    ## What it cannot do

    - It reads and writes no file, includes and imports no other template, and starts nothing.
    - It reaches nothing but the values below: names that begin with an underscore, and whatever else would lead into
      the program, are refused.
    - It changes nothing: not the values, and not the ledger, which is open for reading alone.
    - It has {seconds} seconds of the processor and {memory} MB of memory, and makes at most {text} MB of text; the file
      itself has at most {size} MB. What takes more is stopped, which is said in a line, and no paper is written. Where
      the system cannot set a process such bounds (Windows), the fence above holds alone.
    - What it makes is cleared of characters that would steer a screen or a printer.
"""


def _fields(shape: type) -> list[str]:
    """The fields of what a template sees, as a table."""
    said, written = _said_of_fields(shape), re.findall(r"^    (\w+): ([^\n=]+)", inspect.getsource(shape), re.M)
    types = {name: re.sub(r"[A-Z]\w+", _linked, hint.strip().replace("|", "or")) for name, hint in written}
    return [
        "| name | type | |",
        "|---|---|---|",
        *(f"| `{name}` | {types[name]} | {said.get(name, '')} |" for name in types),
    ]


def _linked(found: re.Match[str]) -> str:
    """The name of a shape with the place where it is described."""
    name = found[0]
    here = {each.__name__ for each in (Paper, Adjusted, Behind, *vars(material).values()) if _is_shape(each, material)}
    if name in here | {"Paper", "Adjusted", "Behind"}:
        return f"[{name}](#{name.lower()})"
    known = {each.__name__ for module in SHAPES for each in vars(module).values() if _is_shape(each, module)}
    return f"[{name}](json.md#{name.lower()})" if name in known else name


def _is_shape(thing: object, module: Any) -> bool:
    return inspect.isclass(thing) and bool(names_of(thing)) and thing.__module__ == module.__name__


def _said_of_fields(shape: type) -> dict[str, str]:
    """The docstrings that stand under fields."""
    source = inspect.getsource(shape)
    return {
        name: " ".join(text.split())
        for name, text in re.findall(r'^    (\w+): [^\n]+\n    """(.+?)"""', source, re.M | re.S)
    }


def _type_name(hint: Any) -> str:
    if hint is type(None):
        return "null"
    args = typing.get_args(hint)
    if not args:
        known = {"str": "text", "int": "integer", "bool": "boolean", "date": "date", "Decimal": "number"}
        return known.get(hint.__name__, f"[{hint.__name__}](#{hint.__name__.lower()})")
    if typing.get_origin(hint) is tuple:
        return "list of " + _type_name(args[0])
    if typing.get_origin(hint) is dict:
        return "object of " + _type_name(args[1])
    names = list(dict.fromkeys(_type_name(each) for each in args))
    return " or ".join(each for each in names if not (each == "integer" and "number" in names))


def messages() -> list[tuple[str | None, str]]:
    """Every text a person may see, with its context: what the code asks for, and the help of commands and options."""
    found: dict[tuple[str | None, str], None] = {}
    package = ROOT / "anju_cli"
    for _file, _line, text, _comments, context in extract_from_dir(package, [("**.py", "python")], keywords=KEYWORDS):
        found[context, text if isinstance(text, str) else text[-1]] = None
    for _name, command, _context in commands():
        found |= {(None, paragraph): None for paragraph in paragraphs(command.help or "")}
        for parameter in command.params:
            if getattr(parameter, "help", None):
                found[None, parameter.help] = None
    found |= {(None, text): None for text in (*NOUNS.values(), HELP_OPTION)}
    return sorted((key for key in found if key[1]), key=lambda key: (key[1], key[0] or ""))


def catalogue() -> Catalog:
    """The Chinese catalogue, with every message there is and none that is not."""
    known = read_po(io.BytesIO((LOCALE / "anju.po").read_bytes())) if (LOCALE / "anju.po").exists() else Catalog()
    fresh = Catalog(
        locale="zh_CN", project="anju", version=anju_cli.__version__, fuzzy=False, header_comment="# anju in Chinese."
    )
    for context, text in messages():
        old = known.get(text, context)
        fresh.add(text, old.string if old else "", context=context)
    return fresh


def po_file(catalog: Catalog) -> bytes:
    """The catalogue as text, the same on every run."""
    out = io.BytesIO()
    write_po(out, catalog, width=118, omit_header=False, sort_output=False, include_previous=False)
    return re.sub(
        rb'"(POT-Creation-Date|PO-Revision-Date|Generated-By|Last-Translator|Language-Team)[^\n]*\n',
        b"",
        out.getvalue(),
    )


def mo_file(catalog: Catalog) -> bytes:
    """The catalogue as gettext reads it."""
    out = io.BytesIO()
    compiled = read_po(io.BytesIO(po_file(catalog)))
    compiled.creation_date = compiled.revision_date = datetime(2026, 1, 1, tzinfo=UTC)  # the same on every run
    write_mo(out, compiled)
    return out.getvalue()


def picture() -> str:
    """docs/report.svg: the report on a quarter on a terminal, in Chinese, from the demo."""
    screen = Console(
        record=True, file=io.StringIO(), width=172, force_terminal=True, color_system="truecolor",
        markup=False, emoji=False, highlight=False,
    )  # fmt: skip
    i18n.use("zh")
    with TemporaryDirectory() as folder:
        database = Path(folder) / "demo.db"
        demo.make(database, load_or_fail(shipped()))
        with opened(database, as_of=demo.TODAY.isoformat()) as view:
            show_with(screen, quarter_page(quarter_report(view, 2)), folding=True)
    text = _in_cells(screen.export_svg(title="anju report quarter Q2", unique_id="anju"))
    # The receipt differs at every run; what is shown of it here is an example.
    return re.sub(r"([0-9a-f]{4}-){3}[0-9a-f]{4}", "31ea-f1da-6062-03fe", text)


CELL = 12.2
"""How wide Rich draws a cell of the terminal, in units of the picture."""


def _in_cells(svg: str) -> str:
    """Rich's picture with wide characters two cells wide (it gives them one), and with the fonts of the reader."""
    svg = re.sub(r"@font-face {.*?}\s*", "", svg, flags=re.S)  # nothing is fetched from elsewhere
    svg = svg.replace("font-family: Fira Code", "font-family: Menlo, Consolas, 'DejaVu Sans Mono', monospace")
    pattern = re.compile(
        r'<text class="(anju-r\d+)" x="([\d.]+)" y="([\d.]+)" textLength="[\d.]+"([^>]*)>([^<]*)</text>'
    )
    return pattern.sub(_runs, svg)


def _runs(found: re.Match[str]) -> str:
    """A line's piece as runs of wide and of narrow characters, each where it stands on the terminal."""
    style, x, y, more, content = found.groups()
    place, drawn = float(x), []
    for run in re.findall(r"[ -\u2fff]+|[^ -\u2fff]+", html.unescape(content).replace("\xa0", " ")):
        length = cell_len(run) * CELL
        if run.strip():
            shown = html.escape(run).replace(" ", "&#160;")
            where = f'x="{place:g}" y="{y}" textLength="{length:g}"'
            drawn.append(f'<text class="{style}" {where}{more}>{shown}</text>')
        place += length
    return "".join(drawn)


def limits_page() -> str:
    """docs/limits.md: how much of a file that others made is read."""
    said = _said_of_fields(Limits)
    rows = [f"| {said[name]} | {getattr(RETURN, name):,} | {getattr(LIST, name):,} |" for name in Limits._fields]
    return "\n".join(
        [
            "# What is read of a file",
            "",
            "A return, and a list that another office keeps (of projects, or for `reconcile`), come from anybody. What",
            "a workbook would unpack to is counted before it is kept in memory; one that is beyond any of these is",
            "refused (exit 1) with the limit that it passes, and its receipt is kept. Whatever is within is read while",
            "nobody waits for it: the turn to write is taken afterwards. Made from `anju_cli/foreign/limits.py`.",
            "",
            "| at most | a return | a list |",
            "|---|---:|---:|",
            *rows,
            "",
            f"A sheet ends at row {LAST_ROW:,} and column {LAST_COLUMN:,} (XFD), as in any spreadsheet program: a cell",
            "or a row beyond is refused. Whatever declares a document type or entities is refused, and so is a part in",
            "UTF-16. What stands outside the workbook (external links) is never opened, and of the counts that a file",
            "states of itself none is believed.",
            "",
        ]
    )


def generated() -> dict[Path, bytes]:
    """Every generated file with its content."""
    os.environ.update(COLUMNS="100", ANJU_BY="demo")
    catalog = catalogue()
    return {
        LOCALE / "anju.po": po_file(catalog),
        LOCALE / "anju.mo": mo_file(catalog),
        ROOT / "docs" / "commands.md": commands_page().encode(),
        ROOT / "docs" / "json.md": json_page().encode(),
        ROOT / "docs" / "template.md": template_page().encode(),
        ROOT / "docs" / "limits.md": limits_page().encode(),
        ROOT / "docs" / "plan.schema.json": (json.dumps(schema(), ensure_ascii=False, indent=2) + "\n").encode(),
        ROOT / "docs" / "report.svg": picture().encode(),
    }


def main(arguments: list[str]) -> int:
    """Write what is generated, or with `--check` say what has drifted."""
    drifted = [path for path, content in generated().items() if not path.exists() or path.read_bytes() != content]
    if "--check" in arguments:
        for path in drifted:
            print(f"{path.relative_to(ROOT)} has drifted; run: python docs/build.py")
        return 1 if drifted else 0
    content = generated()
    for path in drifted:
        path.write_bytes(content[path])
        print(f"wrote {path.relative_to(ROOT)}")
    # What is shown in Chinese rests on the catalogue just written, which gettext keeps.
    gettext._translations.clear()
    (ROOT / "docs" / "report.svg").write_bytes(picture().encode())
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
