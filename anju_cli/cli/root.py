"""The root command: nouns, each loaded when it is named. Help leads with an example, in the language in use."""

from difflib import get_close_matches
from importlib import import_module
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup
from typer.main import get_command

import anju_cli
from anju_cli.errors import Unclear
from anju_cli.i18n import _, language

NOUNS = {
    "progress": "Report progress, list it, correct it.",
    "report": "Reports on a quarter, the year, a unit; the trend.",
    "units": "The member units, and who is late.",
    "plan": "The plan: show, check, adjust.",
    "calendar": "The dates of each quarter: returns, review, bulletin.",
    "ledger": "Check the ledger.",
    "init": "Make a new database with a plan.",
    "demo": "A scratch database with made-up progress, to try things on.",
    "completion": "A completion script for your shell.",
}
"""The nouns in the order of `--help`, each with its line there."""

HIDDEN = {"status": "Where do we stand: what bare `anju` shows."}
CONTEXT = {"help_option_names": ["-h", "--help"], "max_content_width": 100}
SHARED = ("plan", "as_of", "known_at", "db", "json", "csv", "output", "force", "dry_run", "by", "lang", "debug")
"""Parameters that many commands take; in help they come last."""


class _Helpful:
    """Help in the language in use: an example first, own options before shared ones."""

    def format_help(self: Any, ctx: Any, formatter: Any) -> None:
        """Write the help page."""
        if language() == "zh":
            formatter.width = min(formatter.width, 60)  # a Chinese letter takes two columns
        if self.epilog:
            with formatter.section(_("Example")):
                formatter.write("".join(f"  {line}\n" for line in self.epilog.splitlines()))
        formatter.write_paragraph()
        pieces = " ".join(self.collect_usage_pieces(ctx))
        formatter.write_usage(ctx.command_path, pieces, prefix=_("Usage: "))
        for paragraph in (self.help or "").split("\n\n"):
            formatter.write_paragraph()
            with formatter.indentation():
                formatter.write_text(_(" ".join(paragraph.split())))
        self.format_options(ctx, formatter)

    def format_options(self: Any, ctx: Any, formatter: Any) -> None:
        """Write arguments, options, shared options and commands."""
        sections: dict[str, list[tuple[str, str]]] = {_("Arguments"): [], _("Options"): [], _("Shared options"): []}
        for parameter in self.get_params(ctx):
            if parameter.hidden:
                continue
            if parameter.param_type_name == "argument":
                sections[_("Arguments")].append((parameter.make_metavar(ctx), _(parameter.help) if parameter.help else ""))
                continue
            names = ", ".join(sorted(parameter.opts, key=len))
            value = "" if parameter.is_flag else f" {parameter.make_metavar(ctx)}"
            shared = parameter.name in SHARED or parameter.name == "help"
            required = _(" (required)") if parameter.required else ""
            said = "Show this page." if parameter.name == "help" else parameter.help
            text = _(said) if said else ""
            sections[_("Shared options") if shared else _("Options")].append((names + value, text + required))
        for title, rows in sections.items():
            if rows:
                with formatter.section(title):
                    formatter.write_dl(rows)
        if isinstance(self, Group):
            with formatter.section(_("Commands")):
                formatter.write_dl([(name, self.short_help_of(ctx, name)) for name in self.list_commands(ctx)])


class Command(_Helpful, TyperCommand):
    """A verb."""


class Group(_Helpful, TyperGroup):
    """A noun: without a verb it shows its help."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Help for a noun alone."""
        return super().parse_args(ctx, args if args or ctx.resilient_parsing else ["--help"])

    def short_help_of(self, ctx: Any, name: str) -> str:
        """A verb's line in its noun's help."""
        command = self.get_command(ctx, name)
        return _(" ".join((command.help or "").split("\n\n")[0].split())) if command else ""

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """The command a word names, or what it may have meant."""
        if not args[0].startswith("-") and self.get_command(ctx, args[0]) is None:
            near = get_close_matches(args[0], self.list_commands(ctx))
            hint = (
                _("did you mean {candidates}?").format(candidates=", ".join(near))
                if near
                else f"{ctx.command_path} --help"
            )
            raise Unclear(_("no such command"), got=args[0], hint=hint)
        return super().resolve_command(ctx, args)


class Root(Group):
    """`anju`: alone, or with options alone, it is `anju status`."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Bare `anju` asks where we stand."""
        bare = not args or (args[0].startswith("-") and args[0] not in ("-h", "--help", "--version"))
        if bare and not ctx.resilient_parsing:  # a tab after `anju` asks for nouns
            args = ["status", *args]
        return super().parse_args(ctx, args)

    def list_commands(self, ctx: Any) -> list[str]:
        """The nouns."""
        return list(NOUNS)

    def get_command(self, ctx: Any, name: str) -> Any:
        """A noun, loaded now."""
        if name not in NOUNS | HIDDEN:
            return None
        if name not in self.commands:
            command = get_command(import_module(f"anju_cli.cli.{name}").app)
            command.name = name
            self.commands[name] = command
        return self.commands[name]

    def short_help_of(self, ctx: Any, name: str) -> str:
        """A noun's line in the root's help, without loading it."""
        return _(NOUNS[name])

    def shell_complete(self, ctx: Any, incomplete: str) -> list[Any]:
        """Nouns, without loading them."""
        from typer._click.shell_completion import CompletionItem

        return [CompletionItem(name, help=_(NOUNS[name])) for name in NOUNS if name.startswith(incomplete)]


def noun(help: str) -> typer.Typer:
    """A new noun."""
    app = typer.Typer(cls=Group, help=help, add_completion=False, rich_markup_mode=None, context_settings=CONTEXT)
    app.callback()(_nothing)  # so that a noun with one verb is still a noun
    return app


def _nothing() -> None:
    pass


def single() -> typer.Typer:
    """A noun that is itself the command."""
    return typer.Typer(add_completion=False, rich_markup_mode=None, context_settings=CONTEXT)


def _version(asked: bool) -> None:
    if asked:
        typer.echo(f"anju {anju_cli.__version__}")
        raise typer.Exit()


def root() -> Any:
    """The whole command line."""
    app = typer.Typer(
        cls=Root,
        name="anju",
        add_completion=False,
        rich_markup_mode=None,
        context_settings=CONTEXT,
        invoke_without_command=True,
        help="An annual plan, its units' progress, and the quarterly reckoning.\n\nAlone, anju says where we stand.",
        epilog="anju demo\nanju progress add raise 600 --unit hsc --quarter Q2\nanju units overdue",
    )

    @app.callback()
    def run(
        version: bool = typer.Option(False, "--version", callback=_version, is_eager=True, help="Show the version."),
    ) -> None:
        pass

    return get_command(app)
