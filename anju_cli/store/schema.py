"""The schema of a database: which versions there are, and how a file comes from one to the next."""

import sqlite3
from collections.abc import Callable

from anju_cli.outlet import APPLICATION_ID
from anju_cli.store.steps import followup, ledger, plan_keys, projects, returns, reviews

STEPS = (ledger, projects, followup, returns, reviews, plan_keys)
"""`STEPS[n]` takes a database from version n to n + 1."""

VERSION = len(STEPS)
"""The schema version this program writes; `user_version` of the file."""

READABLE = max(number for number, step in enumerate(STEPS, 1) if step.STATEMENTS)
"""The oldest version that has the tables of VERSION: it is read as it is."""


def triggers_of(version: int) -> frozenset[str]:
    """The triggers that a database of a version must have; looked for at every open."""
    tables = (table for step in STEPS[:version] for table in step.TABLES)
    return frozenset(f"{table}_no_{verb}" for table in tables for verb in ("update", "delete", "replace"))


def trigger_statements() -> dict[str, str]:
    """The text of each trigger, as the database must have it: one of the same name may do nothing."""
    statements = (each for step in STEPS for each in step.STATEMENTS if each.startswith("CREATE TRIGGER"))
    return {each.split()[2]: each for each in statements}


def migrate(execute: Callable[[str], object], version: int) -> None:
    """Bring a database from `version` to VERSION by `execute`, inside the caller's transaction."""
    for step in STEPS[version:]:
        for statement in step.STATEMENTS:
            execute(statement)
    execute(f"PRAGMA application_id = {APPLICATION_ID}")
    execute(f"PRAGMA user_version = {VERSION}")


def version_of(connection: sqlite3.Connection) -> tuple[int, int]:
    """A file's application_id and user_version."""
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    return application, version
