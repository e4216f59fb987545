"""The schema a file has against the one it must have: text by text, at every open.

Triggers stop nobody who owns the file; but what he, or another program, put in their place is noticed before anything
rests on it. An office's own views and plain indexes change no figure and are left alone.
"""

import re
import sqlite3
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from anju_cli.i18n import _
from anju_cli.store.schema import STEPS, VERSION

_SQLITES_OWN = re.compile(r"CREATE TABLE sqlite_(?:stat[14]\(|sequence\()")
"""Tables that SQLite makes for itself, by ANALYZE."""


class SchemaPart(NamedTuple):
    """One thing a schema has."""

    type: str
    """table | index | trigger | view"""
    name: str


class Misfit(NamedTuple):
    """What of a schema is not as it must be."""

    part: SchemaPart
    ours: bool
    """Whether it is a part that we made, and that is damaged or gone; else it is none of ours."""

    def __str__(self) -> str:
        kinds = {"table": _("table"), "index": _("index"), "trigger": _("trigger"), "view": _("view")}
        return f"{kinds.get(self.part.type, self.part.type)} {self.part.name}"


@cache
def expected(version: int) -> dict[SchemaPart, str]:
    """The text of every part that a database of a version must have."""
    texts = {}
    for text in (statement.strip() for step in STEPS[:version] for statement in step.STATEMENTS):
        _create, type, name = text.split(None, 3)[:3]
        texts[SchemaPart(type.lower(), name)] = text
    return texts


def misfits(connection: sqlite3.Connection, version: int) -> Iterator[Misfit]:
    """What of ours is gone or changed, then what is there besides, in order of name."""
    rows = connection.execute("SELECT type, name, sql FROM sqlite_master").fetchall()
    held = {SchemaPart(str(type), str(name)): sql for type, name, sql in rows}
    wanted = expected(version)
    if len(held) != len(rows):  # no statement can bring that about
        yield Misfit(SchemaPart("table", "sqlite_master"), ours=True)
    for part, text in wanted.items():
        if part not in held or (held[part] != text and _bare(held[part]) != _bare(text)):
            yield Misfit(part, ours=True)
    later = expected(VERSION)
    for part in sorted(held.keys() - wanted.keys()):
        if held[part] != later.get(part) and not _harmless(connection, part, held[part]):
            yield Misfit(part, ours=False)


def own_of_the_office(connection: sqlite3.Connection) -> list[str]:
    """The views and plain indexes that are none of ours and may stand."""
    rows = connection.execute("SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL").fetchall()
    held = {SchemaPart(type, name): sql for type, name, sql in rows if type in ("view", "index")}
    return [part.name for part in sorted(held.keys() - expected(VERSION)) if _harmless(connection, part, held[part])]


def _bare(text: object) -> str:
    """A statement without its comments and line breaks, which mean nothing."""
    return " ".join(re.sub(r"--[^\n]*", "", str(text)).split())


def _harmless(connection: sqlite3.Connection, part: SchemaPart, sql: object) -> bool:
    """Whether a part that we did not make can change nothing: neither what is read nor what may be written."""
    if part.type == "view":
        return True
    if part.type == "table":
        return isinstance(sql, str) and _SQLITES_OWN.match(sql) is not None
    if part.type != "index":
        return False
    return sql is None or _plain(connection, part.name)


def _plain(connection: sqlite3.Connection, index: str) -> bool:
    """Whether an index is over bare columns, of all rows, and forbids nothing."""
    table = connection.execute("SELECT tbl_name FROM sqlite_master WHERE type = 'index' AND name = ?", (index,))
    for (name,) in table.fetchall():
        described = connection.execute(
            'SELECT "unique", partial FROM pragma_index_list(?) WHERE name = ?', (name, index)
        )
        bare = connection.execute("SELECT MIN(cid) >= -1 FROM pragma_index_xinfo(?)", (index,)).fetchone()
        return [tuple(row) for row in described] == [(0, 0)] and bool(bare[0])
    return False
