"""Jinja2 as it is used here: nothing undefined passes, every value is made printable, an office's text is fenced in."""

from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from anju_cli.domain.grammar import printable

PLACE = PackageLoader("anju_cli.render", "templates")


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


def shipped(name: str) -> str:
    """The source of a template that is shipped."""
    source, _name, _fresh = PLACE.get_source(prose(), name)
    return source


def _shown(value: Any) -> Any:
    """What stands in the text for a value; markup of our own passes as it is."""
    if isinstance(value, Markup):
        return value
    return printable(value) if isinstance(value, str) else value
