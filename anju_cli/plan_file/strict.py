"""YAML read strictly: no aliases, merges, tags or duplicate keys; every scalar is text; everything keeps its place.

The tree is built from the parser's events, so that nothing a file declares is expanded before it is looked at.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, NoReturn, TypeAlias

import yaml

from anju_cli.domain.grammar import printable
from anju_cli.domain.problems import Problem
from anju_cli.i18n import _

LARGEST_FILE = 2_000_000
"""Bytes; the 2020 plan takes 80 thousand."""
DEEPEST = 12
"""Levels of lists and mappings; a plan needs 6."""
_YAML_TAG = "tag:yaml.org,2002:"
_NO_CHARACTERS = "\ufffe\uffff"
_NULLS = ("", "~", "null")
_CLOSING = {"[": "]", "{": "}"}
_QUOTES = ("'", '"')
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

Path: TypeAlias = tuple[str | int, ...]


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


def _well_formed(here: str, column: int, opening: str, line: int) -> str:
    """What a line should have been that the parser does not take, and what began with `opening` on a line before."""
    if "\t" in here[: len(here) - len(here.lstrip())]:
        return _("well-formed YAML: spaces before it, no tab")
    if opening in _CLOSING:
        said = _("well-formed YAML: commas and a {closing} after the {opening} of line {line}")
        return said.format(closing=_CLOSING[opening], opening=opening, line=line)
    if opening == '"' and "\\" in here[max(0, column - 4) : column]:
        return _("well-formed YAML: a backslash in double quotes written twice")
    if opening in _QUOTES:
        said = _("well-formed YAML: a {quote} at the end of the text that begins on line {line}")
        return said.format(quote=opening, line=line)
    return _("well-formed YAML: neighbours indented alike, quotes around a text with : or # in it")


class _Stop(Exception):
    """The file cannot be read on."""


class _TooDeep(_Stop):
    """Lists and mappings stand in each other more than DEEPEST levels deep."""


class YamlReader:
    """One reading of a file: its tree, and the problems met on the way."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.problems: list[Problem] = []
        self.lines: list[str] = []

    def read(self, content: bytes) -> YamlNode | None:
        """The file's tree; null where it is not even YAML as it is taken here."""
        try:
            return self._tree(self._text(content))
        except _Stop:
            return None
        except (yaml.YAMLError, ValueError) as fault:
            self._unparsed(getattr(fault, "problem_mark", None), getattr(fault, "context_mark", None))
        return None

    def _unparsed(self, noticed: Any, begun: Any) -> None:
        """What the parser does not take, in our words: its own are English, and of another release others.

        It reads ahead of what it hands on, and may give up on the depth of what was never counted here.
        """
        if noticed and (deep := self._too_deep_before(noticed.line, noticed.column)):
            self.problems.append(deep)
            return
        at_the_end = begun and (noticed is None or noticed.line >= len(self.lines))
        place = begun if at_the_end else noticed  # what was never closed is shown where it was opened
        line, column = (place.line + 1, place.column + 1) if place else (1, 1)
        if line > len(self.lines):
            line, column = len(self.lines), len(self.lines[-1]) + 1
        here = self._rest(line - 1, 0)
        opening = self._rest(begun.line, begun.column)[:1] if begun else ""
        expected = _well_formed(here, column, opening, begun.line + 1 if begun else line)
        self._add(line, column, "", repr(here.strip()), expected)

    def _rest(self, line: int, column: int) -> str:
        """What stands in a line from a column on, both from 0."""
        return self.lines[line][column:] if line < len(self.lines) else ""

    def _too_deep_before(self, line: int, column: int) -> Problem | None:
        """The problem of a depth that was reached before a place."""
        again = YamlReader(self.name)
        try:
            again._tree("\n".join([*self.lines[:line], self._rest(line, 0)[:column]]))
        except _TooDeep:
            return again.problems[-1]
        except (_Stop, yaml.YAMLError, ValueError):
            pass
        return None

    def _text(self, content: bytes) -> str:
        if len(content) > LARGEST_FILE:
            self._stop(
                1, 1, _("more than {n} bytes").format(n=LARGEST_FILE), _("at most {n} bytes").format(n=LARGEST_FILE)
            )
        try:
            text = content.decode().removeprefix("\ufeff")
        except UnicodeDecodeError as fault:
            line = content.count(b"\n", 0, fault.start) + 1
            column = len(content[content.rfind(b"\n", 0, fault.start) + 1 : fault.start].decode()) + 1
            self._stop(line, column, f"0x{content[fault.start]:02x}", _("text in UTF-8"))
        text = self._safe(text.replace("\r\n", "\n").replace("\r", "\n"))
        self.lines = text.rstrip().split("\n")
        return text

    def _tree(self, text: str) -> YamlNode:
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
            self._add(line, column, at, _("{n} levels").format(n=depth), _("at most {n}").format(n=DEEPEST))
            raise _TooDeep
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
