"""Which column is which: a small YAML file, read as strictly as a plan."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple, TypeVar

from anju_cli import outlet
from anju_cli.domain.problems import Problem
from anju_cli.errors import Findings, Unavailable
from anju_cli.i18n import _, why
from anju_cli.plan_file.strict import LARGEST_FILE, YamlNode, YamlReader

Read = TypeVar("Read")

EXAMPLE = """\
key: 项目编码
fields:
  计划套数: [房源套数, 总套数]
sources:
  - name: 公共住房基础信息平台
    key: 项目代码
    fields: {竣工日期: 竣工备案时间}
"""


class SourceColumns(NamedTuple):
    """What one file is called, and what its columns are called."""

    name: str | None = None
    key: str | None = None
    fields: dict[str, str] = {}  # noqa: RUF012 - never changed


@dataclass(frozen=True)
class Mapping:
    """The names of columns: of the key, of each field by any of its names, and of each file by itself."""

    key: str | None = None
    fields: dict[str, tuple[str, ...]] = field(default_factory=dict)
    sources: tuple[SourceColumns, ...] = ()


def read_mapping(path: Path) -> Mapping:
    """A mapping file; refused with its first problem and the number of all."""
    try:
        with outlet.source(path) as file:
            content = file.read(LARGEST_FILE + 1)
    except OSError as fault:
        raise Unavailable(_("the mapping file cannot be read"), got=path, hint=why(fault)) from fault
    reading = _MappingReading(str(path))
    tree = reading.reader.read(content) if content.strip() else YamlNode({}, 1, 1)
    mapping = reading.mapping(tree) if tree is not None else Mapping()
    if problems := sorted(set(reading.reader.problems)):
        more = _("{n} problems in all").format(n=len(problems)) if len(problems) > 1 else EXAMPLE.splitlines()[0]
        raise Findings(str(problems[0]), hint=more)
    return mapping


class _MappingReading:
    def __init__(self, name: str) -> None:
        self.reader = YamlReader(name)

    def found(self, node: YamlNode, at: str, what: str, expected: str) -> None:
        self.reader.problems.append(Problem(self.reader.name, node.line, node.column, at, what, expected))

    def mapping(self, tree: YamlNode) -> Mapping:
        parts = self._parts(tree, "", ("key", "fields", "sources"))
        key = self._text(parts["key"], "key") if "key" in parts else None
        fields = self._fields(parts["fields"], "fields", self._names) if "fields" in parts else {}
        sources = self._sources(parts["sources"]) if "sources" in parts else ()
        return Mapping(key, fields, sources)

    def _parts(self, node: YamlNode, at: str, known: tuple[str, ...]) -> dict[str, YamlNode]:
        if not isinstance(node.value, dict):
            self.found(node, at, _kind(node), _("a mapping"))
            return {}
        for key in node.value:
            if key not in known:
                line, column = node.keys[key]
                problem = Problem(self.reader.name, line, column, at, repr(key), ", ".join(known))
                self.reader.problems.append(problem)
        return node.value

    def _text(self, node: YamlNode, at: str) -> str:
        if isinstance(node.value, str) and node.value.strip():
            return str(node.value)
        self.found(node, at, _kind(node), _("the name of a column"))
        return ""

    def _names(self, node: YamlNode, at: str) -> tuple[str, ...]:
        each = node.value if isinstance(node.value, list) else [node]
        return tuple(self._text(name, at) for name in each)

    def _fields(self, node: YamlNode, at: str, read: Callable[[YamlNode, str], Read]) -> dict[str, Read]:
        if not isinstance(node.value, dict):
            self.found(node, at, _kind(node), _("a mapping of fields to columns"))
            return {}
        return {name: read(each, f"{at}.{name}") for name, each in node.value.items()}

    def _sources(self, node: YamlNode) -> tuple[SourceColumns, ...]:
        if not isinstance(node.value, list):
            self.found(node, "sources", _kind(node), _("a list, one for each file in order"))
            return ()
        return tuple(self._source(each, f"sources[{number}]") for number, each in enumerate(node.value))

    def _source(self, node: YamlNode, at: str) -> SourceColumns:
        parts = self._parts(node, at, ("name", "key", "fields"))
        name, key = (self._text(parts[each], f"{at}.{each}") if each in parts else None for each in ("name", "key"))
        fields = self._fields(parts["fields"], f"{at}.fields", self._text) if "fields" in parts else {}
        return SourceColumns(name, key, fields)


def _kind(node: YamlNode) -> str:
    if isinstance(node.value, dict):
        return _("a mapping")
    if isinstance(node.value, list):
        return _("a list")
    return _("nothing") if node.value is None else repr(node.value)
