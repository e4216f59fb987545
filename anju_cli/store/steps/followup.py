"""Version 5: slips, interviews, meetings, tasks."""

STATEMENTS: list[str] = []

TABLES: tuple[str, ...] = ()
"""The tables it makes, each append-only."""
