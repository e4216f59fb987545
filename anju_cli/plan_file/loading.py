"""From a file to a plan: read strictly, check the shape of each entry by itself, then all entries together."""

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any, get_args

from pydantic import ValidationError

from anju_cli import outlet
from anju_cli.domain.plan import Plan
from anju_cli.domain.problems import Problem
from anju_cli.errors import Findings, Unavailable
from anju_cli.i18n import _, why
from anju_cli.plan_file.parts import Parts
from anju_cli.plan_file.resolving import resolve
from anju_cli.plan_file.sections import SECTIONS, FileShape
from anju_cli.plan_file.shape import PlanShape, SettingsShape, Shape
from anju_cli.plan_file.strict import LARGEST_FILE, YamlNode, YamlReader, dotted
from anju_cli.plan_file.strict import Path as At

EXAMPLE = Path(__file__).with_name("example.yaml")
"""A commented example, which `plan new` prints."""


@dataclass(frozen=True)
class Loaded:
    """What a file says: the plan, if nothing is wrong with it, and every problem and warning in order of place."""

    plan: Plan | None
    problems: list[Problem]
    warnings: list[Problem]
    """What may well be wrong, and is taken all the same."""


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
        with outlet.source(path) as file:
            content = file.read(LARGEST_FILE + 1)
    except OSError as fault:
        raise Unavailable(_("the plan file cannot be read"), got=path, hint=why(fault)) from fault
    except ValueError as fault:  # no file can have such a name
        raise Unavailable(_("the plan file cannot be read"), got=path) from fault
    reader = YamlReader(str(path))
    tree = reader.read(content)
    plan = _checked(tree, reader) if tree is not None else None
    found = sorted(set(reader.problems))
    problems, warnings = ([each for each in found if (each.kind == "warning") is it] for it in (False, True))
    return Loaded(None if problems else plan, problems, warnings)


def schema() -> dict[str, Any]:
    """The JSON Schema of a plan file, for editors."""
    return {"$schema": "https://json-schema.org/draft/2020-12/schema"} | FileShape.model_json_schema()


def _checked(tree: YamlNode, reader: YamlReader) -> Plan | None:
    """Check the shape entry by entry, so that one bad entry hides no other problem, then what binds them together."""
    if not isinstance(tree.value, dict):
        reader.problems.append(_problem(reader, tree, (), _kind(tree), _("a mapping with the sections of a plan")))
        return None

    def found(at: At, what: str, expected: str, *, key: bool = False, kind: str = "problem") -> None:
        node = tree.at(at)
        place = (node.line, node.column)
        if key:
            place = tree.at(at[:-1]).keys.get(str(at[-1]), place)
        reader.problems.append(Problem(reader.name, *place, dotted(at), what, expected, kind))

    parts = Parts(found)
    for key in tree.value:
        if key not in FileShape.model_fields:
            reader.problems.append(_unknown(reader, tree, (key,), FileShape))
    for key in ("plan", "units"):
        if key not in tree.value:
            found((), _("no section {name}").format(name=key), _("one"))
    parts.plan = _shaped(PlanShape, tree, ("plan",), reader) if "plan" in tree.value else None
    stated = tree.value.get("settings")
    parts.settings = SettingsShape()
    if stated is not None and stated.value is not None:
        parts.settings = _shaped(SettingsShape, tree, ("settings",), reader)
    for section, shape in SECTIONS.items():
        node = tree.value.get(section)
        if node is None:
            continue
        if not isinstance(node.value, list | None):
            found((section,), _kind(node), _("a list"))
        elif section == "units" and not node.value:
            found((section,), _("no unit"), _("at least one"))
        for number, entry in enumerate(node.value if isinstance(node.value, list) else []):
            parts.declare(section, number, entry.plain(), _shaped(shape, tree, (section, number), reader))
    return resolve(parts)


def _shaped(shape: type[Shape], tree: YamlNode, at: At, reader: YamlReader) -> Any:
    """An entry as its shape; null, and the problems noted, where it has another."""
    try:
        return shape.model_validate(tree.at(at).plain())
    except ValidationError as fault:
        for error in fault.errors():
            context = error.get("ctx", {})
            place = (*at, *(step for step in error["loc"] if step != "[key]"), *context.get("below", ()))
            if key := context.get("key"):
                line, column = tree.at(place).keys[key]
                expected = context["expected"]
                reader.problems.append(Problem(reader.name, line, column, dotted(place), repr(key), expected))
            elif error["type"] == "extra_forbidden":
                reader.problems.append(_unknown(reader, tree, place, _shape_at(shape, place[len(at) : -1])))
            else:
                node = tree.at(place)
                found = _("nothing") if error["type"] == "missing" else _kind(node)
                reader.problems.append(_problem(reader, node, place, found, _words(error)))
    return None


def _shape_at(shape: type[Shape], steps: At) -> type[Shape]:
    """The shape of what an entry holds at some steps below it."""
    for step in steps:
        if isinstance(step, str):
            shape = next(_shapes(shape.model_fields[step].annotation))
    return shape


def _shapes(annotation: Any) -> Iterator[type[Shape]]:
    """The shapes that a field's annotation names."""
    if isinstance(annotation, type) and issubclass(annotation, Shape):
        yield annotation
    for part in get_args(annotation):
        yield from _shapes(part)


def _unknown(reader: YamlReader, tree: YamlNode, at: At, shape: type[Shape]) -> Problem:
    """A key that its shape does not have, with the one that may have been meant."""
    parent, key = tree.at(at[:-1]), str(at[-1])
    line, column = parent.keys.get(key, (parent.line, parent.column))
    near = get_close_matches(key, shape.model_fields, n=1)
    expected = _("{near}, perhaps").format(near=near[0]) if near else _("a key that is known here")
    return Problem(reader.name, line, column, dotted(at[:-1]), _("the key {key}").format(key=key), expected)


def _problem(reader: YamlReader, node: YamlNode, at: At, found: str, expected: str) -> Problem:
    return Problem(reader.name, node.line, node.column, dotted(at), found, expected)


def _kind(node: YamlNode) -> str:
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
