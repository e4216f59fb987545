"""Version 3: the project register."""

STATEMENTS: list[str] = []

TABLES: tuple[str, ...] = ()
"""The tables it makes, each append-only."""
