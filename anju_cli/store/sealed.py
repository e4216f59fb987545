"""What a seal covers: the digest of every row of every table, in order of id; entries through their filings."""

import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from anju_cli.store.schema import STEPS

OUTSIDE = ("entry", "seal")
"""Entries are in the digests of their filings; a seal is in the one after it."""

Execute = Callable[[str], Iterable[Any]]


def tables() -> list[str]:
    """The tables that seals cover, in the order of the schema."""
    return [table for step in STEPS for table in step.TABLES if table not in OUTSIDE]


def every_table() -> list[str]:
    """Every table, so ordered that what a row names comes before it."""
    return [table for step in STEPS for table in step.TABLES]


def last_ids(execute: Execute) -> dict[str, int]:
    """Of each table the last id; tables without rows are left out."""
    found = {}
    for table in tables():
        for (last,) in execute(f"SELECT MAX(id) FROM {table}"):
            if last is not None:
                found[table] = last
    return found


def digests(execute: Execute, after: Mapping[str, int], upto: Mapping[str, int]) -> list[str]:
    """The digests of the rows that came between two seals, in order of table and id."""
    found = []
    for table in tables():
        if upto.get(table, 0) > after.get(table, 0):
            span = f"id > {after.get(table, 0):d} AND id <= {upto[table]:d}"
            found += [row[0] for row in execute(f"SELECT digest FROM {table} WHERE {span} ORDER BY id")]
    return found


def covers(ids: Mapping[str, int]) -> str:
    """What a seal covers, as it is stored."""
    return json.dumps(dict(sorted(ids.items())), separators=(",", ":"))
