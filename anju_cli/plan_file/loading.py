"""From a file to a plan: read strictly, check the shape of each entry by itself, then all entries together."""

from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from anju_cli.domain.plan import Plan
from anju_cli.errors import Findings, Unavailable
from anju_cli.i18n import _
from anju_cli.plan_file.resolving import Parts, resolve
from anju_cli.plan_file.shape import SECTIONS, FileShape, PlanShape, SettingsShape, Shape
from anju_cli.plan_file.strict import Node, Problem, Reader
from anju_cli.plan_file.strict import Path as At

EXAMPLE = Path(__file__).with_name("example.yaml")
"""A commented example, which `plan new` prints."""


@dataclass(frozen=True)
class Loaded:
    """What a file says: the plan, if nothing is wrong with it, and every problem in order of place."""

    plan: Plan | None
    problems: list[Problem]


def shipped() -> Path:
    """The plan that anju ships with: 坪山区2020年度安居工程任务分解方案."""
    packaged = Path(__file__).parents[1] / "data" / "plan_2020.yaml"
    return packaged if packaged.is_file() else Path(__file__).parents[2] / "data" / "plan_2020.yaml"


def load_or_fail(path: Path) -> Plan:
    """The plan a file states; refused with the number of its problems and the first of them."""
    loaded = load(path)
    if loaded.plan is None:
        more = _("{n} problems; anju plan check {file} lists them all").format(n=len(loaded.problems), file=path)
        raise Findings(str(loaded.problems[0]), hint=more if len(loaded.problems) > 1 else None)
    return loaded.plan


def load(path: Path) -> Loaded:
    """Read a plan file."""
    try:
        content = path.read_bytes()
    except OSError as fault:
        raise Unavailable(_("the plan file cannot be read"), got=path, hint=fault.strerror) from fault
    reader = Reader(str(path))
    tree = reader.read(content)
    plan = _checked(tree, reader) if tree is not None else None
    problems = sorted(set(reader.problems))
    return Loaded(None if problems else plan, problems)


def schema() -> dict[str, Any]:
    """The JSON Schema of a plan file, for editors."""
    return {"$schema": "https://json-schema.org/draft/2020-12/schema"} | FileShape.model_json_schema()


def _checked(tree: Node, reader: Reader) -> Plan | None:
    """Check the shape entry by entry, so that one bad entry hides no other problem, then what binds them together."""
    if not isinstance(tree.value, dict):
        reader.problems.append(_problem(reader, tree, (), _kind(tree), _("a mapping with the sections of a plan")))
        return None
    parts = Parts()
    for key in tree.value:
        if key not in FileShape.model_fields:
            reader.problems.append(_unknown(reader, tree, (), key, FileShape))
    for key in ("plan", "units"):
        if key not in tree.value:
            reader.problems.append(_problem(reader, tree, (), _("no section {name}").format(name=key), _("one")))
    parts.plan = _shaped(PlanShape, tree, ("plan",), reader) if "plan" in tree.value else None
    parts.settings = (
        _shaped(SettingsShape, tree, ("settings",), reader) if "settings" in tree.value else SettingsShape()
    )
    for section, shape in SECTIONS.items():
        node = tree.value.get(section)
        if node is None or node.value is None:
            continue
        if not isinstance(node.value, list):
            reader.problems.append(_problem(reader, node, (section,), _kind(node), _("a list")))
            continue
        for number in range(len(node.value)):
            entry = _shaped(shape, tree, (section, number), reader)
            parts.declare(section, number, node.value[number].plain(), entry)

    def found(at: At, what: str, expected: str) -> None:
        reader.problems.append(_problem(reader, tree.at(at), at, what, expected))

    return resolve(parts, found)


def _shaped(shape: type[Shape], tree: Node, at: At, reader: Reader) -> Any:
    """An entry as its shape; null, and the problems noted, where it has another."""
    try:
        return shape.model_validate(tree.at(at).plain())
    except ValidationError as fault:
        for error in fault.errors():
            place = (*at, *(step for step in error["loc"] if step != "[key]"))
            if error["type"] == "extra_forbidden":
                reader.problems.append(_unknown(reader, tree.at(place[:-1]), place[:-1], str(place[-1]), shape))
            else:
                node = tree.at(place)
                found = _("nothing") if error["type"] == "missing" else _kind(node)
                reader.problems.append(_problem(reader, node, place, found, _words(error)))
    return None


def _unknown(reader: Reader, parent: Node, at: At, key: str, shape: type[Shape]) -> Problem:
    line, column = parent.keys.get(key, (parent.line, parent.column))
    near = get_close_matches(key, shape.model_fields, n=1)
    expected = _("{near}, perhaps").format(near=near[0]) if near else _("a key that is known here")
    return Problem(reader.name, line, column, _dotted(at), _("the key {key}").format(key=key), expected)


def _problem(reader: Reader, node: Node, at: At, found: str, expected: str) -> Problem:
    return Problem(reader.name, node.line, node.column, _dotted(at), found, expected)


def _dotted(at: At) -> str:
    return "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in at).lstrip(".")


def _kind(node: Node) -> str:
    if isinstance(node.value, dict):
        return _("a mapping")
    if isinstance(node.value, list):
        return _("a list")
    return _("nothing") if node.value is None else repr(node.value)


def _words(error: Any) -> str:
    """What pydantic expected, in our words."""
    context = error.get("ctx", {})
    known = {
        "grammar": lambda: str(context["expected"]),
        "missing": lambda: _("a value; this key is required"),
        "list_type": lambda: _("a list"),
        "dict_type": lambda: _("a mapping"),
        "model_type": lambda: _("a mapping"),
        "greater_than_equal": lambda: _("at least {n}").format(n=context["ge"]),
        "less_than_equal": lambda: _("at most {n}").format(n=context["le"]),
    }
    return known.get(error["type"], lambda: str(error["msg"]))()
