"""Every command of the command line, so that a test over all of them fails where a new one has no place in its table."""

from collections.abc import Iterator
from typing import Any

from anju_cli.cli.root import root


def leaves(group: Any = None, path: tuple[str, ...] = ()) -> Iterator[tuple[str, list[Any]]]:
    """Every command with its parameters."""
    group = group or root()
    for name in group.list_commands(None):
        command = group.get_command(None, name)
        if hasattr(command, "list_commands"):
            yield from leaves(command, (*path, name))
        else:
            yield " ".join((*path, name)), command.params
