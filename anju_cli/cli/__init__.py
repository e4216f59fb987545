"""The command line: one file per noun. A command opens one door, makes one call, and says what to show."""

from anju_cli.cli.main import main

__all__ = ["main"]
