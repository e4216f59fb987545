"""YAML read strictly: no aliases, merges, tags or duplicate keys; every scalar is text; everything keeps its place.

The tree is built from the parser's events, so that nothing a file declares is expanded before it is looked at.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, NoReturn, TypeAlias

import yaml

from anju_cli.domain.grammar import printable
from anju_cli.i18n import _

LARGEST_FILE = 2_000_000
"""Bytes; the 2020 plan takes 80 thousand."""
DEEPEST = 12
"""Levels of lists and mappings; a plan needs 6."""
_LONGEST_SHOWN = 60
_YAML_TAG = "tag:yaml.org,2002:"
_NO_CHARACTERS = "\ufffe\uffff"
_NULLS = ("", "~", "null")
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

Path: TypeAlias = tuple[str | int, ...]


@dataclass(frozen=True, order=True)
class Problem:
    """One thing wrong with a plan file: where, what was found, what was expected."""

    file: str
    line: int
    column: int
    at: str
    found: str
    expected: str

    def __str__(self) -> str:
        where = f"{self.file}:{self.line}:{self.column}: " + (f"{_brief(self.at)}: " if self.at else "")
        said = _("found {found}, expected {expected}").format(found=_brief(self.found), expected=self.expected)
        # What a file holds may not steer the terminal that its problems are shown on.
        return "".join(letter if letter.isprintable() else ascii(letter)[1:-1] for letter in where + said)


@dataclass
class YamlNode:
    """A value and its place: text, null, a list of nodes, or a dict of nodes, whose keys have places too."""

    value: Any
    line: int
    column: int
    keys: dict[str, tuple[int, int]] = field(default_factory=dict)

    def plain(self) -> Any:
        """The value alone: text, null, lists and dicts."""
        if isinstance(self.value, dict):
            return {key: node.plain() for key, node in self.value.items()}
        if isinstance(self.value, list):
            return [node.plain() for node in self.value]
        return self.value

    def at(self, path: Path) -> "YamlNode":
        """The node at a path, or the nearest one above it."""
        node = self
        for step in path:
            inside = node.value
            if (isinstance(inside, dict) and step in inside) or (
                isinstance(inside, list) and isinstance(step, int) and step < len(inside)
            ):
                node = inside[step]  # type: ignore[index]
            else:
                break
        return node


def dotted(path: Path) -> str:
    """A path as problems show it: `targets[0].clause.quote`."""
    return "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path).lstrip(".")


def _brief(text: str) -> str:
    return text if len(text) <= _LONGEST_SHOWN else text[: _LONGEST_SHOWN - 1] + "…"


class _Stop(Exception):
    """The file cannot be read on."""


class YamlReader:
    """One reading of a file: its tree, and the problems met on the way."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.problems: list[Problem] = []
        self.lines: list[str] = []

    def read(self, content: bytes) -> YamlNode | None:
        """The file's tree; null where it is not even YAML as it is taken here."""
        try:
            return self._read(content)
        except _Stop:
            return None
        except yaml.MarkedYAMLError as fault:
            mark = fault.problem_mark or fault.context_mark
            if fault.context_mark and mark and mark.line >= len(self.lines):
                mark = fault.context_mark  # what was never closed is shown where it was opened
            line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
            here = self.lines[line - 1].strip() if line <= len(self.lines) else ""
            # What the parser says is in English only.
            said = ", ".join(filter(None, (fault.context, fault.problem)))
            self._add(line, column, "", repr(here), _("well-formed YAML ({problem})").format(problem=said))
        return None

    def _read(self, content: bytes) -> YamlNode:
        if len(content) > LARGEST_FILE:
            self._stop(1, 1, _("more than {n} bytes").format(n=LARGEST_FILE), _("a plan, which is far smaller"))
        try:
            text = content.decode().removeprefix("\ufeff")
        except UnicodeDecodeError as fault:
            line = content.count(b"\n", 0, fault.start) + 1
            column = len(content[content.rfind(b"\n", 0, fault.start) + 1 : fault.start].decode()) + 1
            self._stop(line, column, f"0x{content[fault.start]:02x}", _("text in UTF-8"))
        text = self._safe(text.replace("\r\n", "\n").replace("\r", "\n"))
        self.lines = text.rstrip().split("\n")
        events: Iterator[Any] = iter(yaml.parse(text, _Loader))
        for event in events:
            if isinstance(event, (yaml.StreamStartEvent, yaml.DocumentStartEvent)):
                continue
            if isinstance(event, yaml.StreamEndEvent):
                self._stop(1, 1, _("nothing"), _("a plan"))
            tree = self._node(event, events, 0, "")
            next(events)
            after = next(events)
            if not isinstance(after, yaml.StreamEndEvent):
                self._add(after.start_mark.line + 1, 1, "", _("a second document"), _("one plan in a file"))
            return tree
        raise AssertionError("a stream ends with its end")

    def _safe(self, text: str) -> str:
        """The text with a space in place of each control, bidi or zero-width character, which are problems."""
        bad = {letter for letter in set(text) - {"\t", "\n"} if letter in _NO_CHARACTERS or not printable(letter)}
        if not bad:
            return text
        for number, line in enumerate(text.split("\n"), 1):
            for column, letter in enumerate(line, 1):
                if letter in bad:
                    kinds = _("no control, bidi or zero-width characters")
                    self._add(number, column, "", f"U+{ord(letter):04X}", kinds)
        return text.translate({ord(letter): " " for letter in bad})

    def _node(self, event: Any, events: Iterator[Any], depth: int, at: str) -> YamlNode:
        line, column = event.start_mark.line + 1, event.start_mark.column + 1
        if isinstance(event, yaml.AliasEvent):
            self._stop(line, column, f"*{event.anchor}", _("the value itself; aliases are not taken"), at)
        self._bare(event, at)
        if depth > DEEPEST:
            self._stop(line, column, _("{n} levels").format(n=depth), _("at most {n}").format(n=DEEPEST), at)
        if isinstance(event, yaml.ScalarEvent):
            null = not event.style and event.value.lower() in _NULLS
            return YamlNode(None if null else event.value, line, column)
        if isinstance(event, yaml.SequenceStartEvent):
            return YamlNode(list(self._list(events, depth, at)), line, column)
        return self._mapping(events, YamlNode({}, line, column), depth, at)

    def _bare(self, event: Any, at: str) -> None:
        """Neither an anchor nor a tag."""
        line, column = event.start_mark.line + 1, event.start_mark.column + 1
        if event.anchor:
            self._add(line, column, at, f"&{event.anchor}", _("no anchors"))
        if event.tag:
            self._add(line, column, at, str(event.tag).replace(_YAML_TAG, "!!"), _("no tags"))

    def _list(self, events: Iterator[Any], depth: int, at: str) -> Iterator[YamlNode]:
        for number, event in enumerate(events):
            if isinstance(event, yaml.SequenceEndEvent):
                return
            yield self._node(event, events, depth + 1, f"{at}[{number}]")

    def _mapping(self, events: Iterator[Any], node: YamlNode, depth: int, at: str) -> YamlNode:
        for event in events:
            if isinstance(event, yaml.MappingEndEvent):
                break
            line, column = event.start_mark.line + 1, event.start_mark.column + 1
            if isinstance(event, yaml.AliasEvent):
                self._stop(line, column, f"*{event.anchor}", _("a key"), at)
            if not isinstance(event, yaml.ScalarEvent):
                self._stop(line, column, _("a list or a mapping"), _("a key"), at)
            self._bare(event, at)
            key = event.value
            value = self._node(next(events), events, depth + 1, f"{at}.{key}" if at else key)
            if key == "<<":
                self._add(line, column, at, "<<", _("no merge keys"))
            elif key in node.value:
                first = node.keys[key][0]
                again = _("a key once; it is on line {line} already").format(line=first)
                self._add(line, column, at, key, again)
            else:
                node.value[key], node.keys[key] = value, (line, column)
        return node

    def _add(self, line: int, column: int, at: str, found: str, expected: str) -> None:
        self.problems.append(Problem(self.name, line, column, at, found, expected))

    def _stop(self, line: int, column: int, found: str, expected: str, at: str = "") -> NoReturn:
        self._add(line, column, at, found, expected)
        raise _Stop
