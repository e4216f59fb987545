"""Help pages: an example first, own options before shared ones, in the language in use, wrapped by display width."""

import re
from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from typing import Any

from typer.core import TyperCommand, TyperGroup

from anju_cli.errors import Unclear
from anju_cli.i18n import _
from anju_cli.render.width import display_width

SHARED = ("plan", "as_of", "known_at", "db", "json", "csv", "output", "force", "dry_run", "by", "lang", "debug", "help")
"""Parameters that many commands take; in help they come last."""

HELP_OPTION = "Show this page."
WIDEST = 100
_WORDS = re.compile(r"[!-~]+|\s|.")


class Helpful:
    """What the help of a command and of a group of commands have in common."""

    def format_help(self: Any, ctx: Any, formatter: Any) -> None:
        """Write the help page."""
        width = min(formatter.width, WIDEST)
        lines = [_("Example"), *(f"  {line}" for line in self.epilog.splitlines()), ""] if self.epilog else []
        usage = " ".join([_("Usage:"), ctx.command_path, *self.collect_usage_pieces(ctx)])
        lines += [*wrapped(re.sub("[{}]", "", usage), width, 2), ""]
        for paragraph in paragraphs(self.help or ""):
            lines += ["  " + line for line in wrapped(_translated(paragraph), width - 2)] + [""]
        for title, rows in self.help_sections(ctx):
            if rows:
                lines += [title, *_aligned(rows, width), ""]
        formatter.write("\n".join(lines))

    def help_sections(self: Any, ctx: Any) -> list[tuple[str, list[tuple[str, str]]]]:
        """Arguments, options and shared options, each with its line."""
        arguments: list[tuple[str, str]] = []
        own: list[tuple[str, str]] = []
        shared: list[tuple[str, str]] = []
        for parameter in self.get_params(ctx):
            said = HELP_OPTION if parameter.name == "help" else parameter.help
            text = _translated(said) if said else ""
            if parameter.param_type_name == "argument":
                arguments.append((parameter.make_metavar(ctx), text))
                continue
            value = "" if parameter.is_flag else f" {parameter.make_metavar(ctx)}"
            text += _(" (required)") if parameter.required else ""
            rows = shared if parameter.name in SHARED else own
            rows.append((", ".join(sorted(parameter.opts, key=len)) + value, text))
        return [(_("Arguments"), arguments), (_("Options"), own), (_("Shared options"), shared)]


class Command(Helpful, TyperCommand):
    """A command under its noun."""


class Group(Helpful, TyperGroup):
    """A noun: without a verb it shows its help."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Help for a noun alone."""
        return super().parse_args(ctx, args if args or ctx.resilient_parsing else ["--help"])

    def help_sections(self, ctx: Any) -> list[tuple[str, list[tuple[str, str]]]]:
        """The commands too."""
        rows = [(name, self.short_help_of(ctx, name)) for name in self.list_commands(ctx)]
        return [*super().help_sections(ctx), (_("Commands"), rows)]

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """The command a word names, or what it may have meant."""
        if not args[0].startswith("-") and self.get_command(ctx, args[0]) is None:
            near = get_close_matches(args[0], self.list_commands(ctx))
            suggested = _("did you mean {candidates}?").format(candidates=", ".join(near))
            raise Unclear(_("no such command"), got=args[0], hint=suggested if near else f"{ctx.command_path} --help")
        return super().resolve_command(ctx, args)

    def short_help_of(self, ctx: Any, name: str) -> str:
        """A verb's line in its noun's help."""
        command = self.get_command(ctx, name)
        return _translated(paragraphs(command.help or "")[0]) if command else ""


def _translated(text: str) -> str:
    """A text that docs/build.py finds in the commands themselves."""
    return _(text)


def paragraphs(text: str) -> list[str]:
    """A docstring's paragraphs, each on one line: they are the messages of the catalogue."""
    return [" ".join(paragraph.split()) for paragraph in text.split("\n\n")]


def wrapped(text: str, width: int, indent: int = 0) -> list[str]:
    """A text in lines no wider than `width` columns, later ones indented; words are not broken, Chinese is anywhere."""
    lines, line = [], ""
    for word in _WORDS.findall(text):
        if display_width(line) + display_width(word) > width and line.strip():
            lines.append(line.rstrip())
            line = " " * indent + word.lstrip()
        else:
            line += word
    return [*lines, line.rstrip()]


def _aligned(rows: Sequence[tuple[str, str]], width: int) -> Iterator[str]:
    left = max(display_width(name) for name, _text in rows) + 4
    for name, text in rows:
        first, *rest = wrapped(text, max(width - left, 20))
        yield f"  {name}{' ' * (left - 2 - display_width(name))}{first}".rstrip()
        yield from (" " * left + line for line in rest)
