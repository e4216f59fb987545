"""Version 2: returns received, accepted or sent back."""

STATEMENTS: list[str] = []

TABLES: tuple[str, ...] = ()
"""The tables it makes, each append-only."""
