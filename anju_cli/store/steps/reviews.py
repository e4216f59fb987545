"""Version 4: reviews, locks, published reports, seals."""

STATEMENTS: list[str] = []

TABLES: tuple[str, ...] = ()
"""The tables it makes, each append-only."""
