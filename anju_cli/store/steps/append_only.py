"""Nothing recorded is ever updated or deleted: triggers refuse it.

They refuse REPLACE too, by a guard before every insert (SQLite runs no delete trigger for REPLACE otherwise).
"""


def append_only(table: str, same: str) -> list[str]:
    """Triggers that refuse UPDATE, DELETE, and any INSERT that would replace a row."""
    refuse = f"SELECT RAISE(ABORT, 'anju: {table} is append-only')"
    return [
        f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} BEGIN {refuse}; END",
        f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} BEGIN {refuse}; END",
        f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table}"
        f" WHEN EXISTS (SELECT 1 FROM {table} WHERE {same}) BEGIN {refuse}; END",
    ]
