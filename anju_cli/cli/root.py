"""The root command: nouns, each loaded when it is named."""

from importlib import import_module
from typing import Any

import typer
from typer.main import get_command

import anju_cli
from anju_cli.cli.help import WIDEST, Group
from anju_cli.i18n import _

NOUNS = {
    "progress": "Report progress, list it, correct it.",
    "report": "Reports on a quarter, the year, a unit; the trend.",
    "units": "The member units, and who is late.",
    "review": "The assessment of a quarter: lock, results, close.",
    "slips": "Supervision slips: reminder, warning, final.",
    "interviews": "Interviews with units that have not kept up, and their commitments.",
    "meetings": "Meetings of the leading group: topics, attendance, resolutions, minutes.",
    "tasks": "Assigned tasks, and what meetings resolved.",
    "due": "What falls due in the coming days.",
    "projects": "The project register: projects, facilities, schedules.",
    "reconcile": "Compare the platforms' lists with each other and with the register.",
    "plan": "The plan: show, check, adjust.",
    "calendar": "The dates of each quarter: returns, review, bulletin.",
    "ledger": "Check, seal, list and export the ledger.",
    "backup": "Make a checked copy of the database.",
    "restore": "Put a checked copy in the place of the database.",
    "doctor": "Check the environment: programs, fonts, the file and its disk.",
    "init": "Make a new database with a plan.",
    "demo": "A database with made-up progress, to try things on.",
    "completion": "A completion script for your shell.",
}
"""The nouns in the order of `--help`, each with its line there."""

HIDDEN = {"status": "Where do we stand: what bare `anju` shows."}
CONTEXT = {"help_option_names": ["-h", "--help"], "max_content_width": WIDEST}


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
        """The commands of a noun, which are loaded when it is asked for."""
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
    """The group of commands of one noun."""
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
        help="An annual plan, its units' progress, and the quarterly reckoning.\n\n"
        "Without a command, anju shows where the plan stands.",
        epilog="anju demo\nanju progress add raise 600 --unit hsc --quarter Q2\nanju units overdue",
    )

    @app.callback()
    def run(
        version: bool = typer.Option(False, "--version", callback=_version, is_eager=True, help="Show the version."),
    ) -> None:
        pass

    return get_command(app)
