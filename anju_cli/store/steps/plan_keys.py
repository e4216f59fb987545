"""Version 6: the same tables; a plan's document may hold what an earlier program does not know."""

STATEMENTS: list[str] = []

TABLES: tuple[str, ...] = ()
"""It makes none."""
