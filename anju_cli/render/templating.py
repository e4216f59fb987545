"""Jinja2 as it is used here: nothing undefined passes, every value is made printable, an office's text is fenced in."""

import os
from collections.abc import Callable
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from anju_cli.domain.grammar import printable

PLACE = PackageLoader("anju_cli.render", "templates")

SECONDS, MEGABYTES, LONGEST = 3, 1024, 5_000_000
"""What an office's own template may take of the processor and of memory, and how many bytes of text it may make."""


def web() -> Environment:
    """For HTML and SVG: every value is escaped."""
    return Environment(
        loader=PLACE, autoescape=True, undefined=StrictUndefined, finalize=_shown, trim_blocks=True, lstrip_blocks=True
    )


def prose() -> Environment:
    """For texts that an office may replace: no files are read, nothing is changed, nothing else is reached."""
    return ImmutableSandboxedEnvironment(
        undefined=StrictUndefined, finalize=_shown, trim_blocks=True, lstrip_blocks=True, autoescape=False
    )


def bounded(make: Callable[[], bytes]) -> bytes | None:
    """What a process of its own makes within the bounds of an office's template; null where they do not suffice.

    A system without such processes makes it here, behind the fence alone.
    """
    if not hasattr(os, "fork"):
        return make()
    ours, theirs = os.pipe()
    child = os.fork()
    if child == 0:
        _made_apart(make, theirs)
    os.close(theirs)
    with os.fdopen(ours, "rb") as pipe:
        made = pipe.read(LONGEST + 1)
    _pid, status = os.waitpid(child, 0)
    return made if status == 0 and len(made) <= LONGEST else None


def _made_apart(make: Callable[[], bytes], into: int) -> None:
    """In the child: whatever happens, nothing of it goes on."""
    status = 1
    try:
        import resource

        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
        resource.setrlimit(resource.RLIMIT_AS, (MEGABYTES << 20, MEGABYTES << 20))
        with os.fdopen(into, "wb") as pipe:
            pipe.write(make()[: LONGEST + 1])
        status = 0
    finally:
        os._exit(status)


def shipped(name: str) -> str:
    """The source of a template that is shipped."""
    source, _name, _fresh = PLACE.get_source(prose(), name)
    return source


def _shown(value: Any) -> Any:
    """What stands in the text for a value; markup of our own passes as it is."""
    if isinstance(value, Markup):
        return value
    return printable(value) if isinstance(value, str) else value
