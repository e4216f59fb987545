"""`anju completion`."""

from typing import Annotated

import typer
from typer._completion_shared import get_completion_script

from anju_cli.cli.doors import plain
from anju_cli.cli.root import single
from anju_cli.errors import Unclear
from anju_cli.i18n import _

SHELLS = ("bash", "zsh", "fish")

app = single()


@plain(
    app,
    "completion",
    example='eval "$(anju completion bash)"\nanju completion fish > ~/.config/fish/completions/anju.fish',
)
def completion(shell: Annotated[str, typer.Argument(metavar="SHELL", help="bash, zsh or fish.")]) -> None:
    """Print a completion script. Nothing is installed; you decide where it goes."""
    if shell not in SHELLS:
        raise Unclear(_("no such shell"), got=shell, hint=", ".join(SHELLS))
    typer.echo(get_completion_script(prog_name="anju", complete_var="_ANJU_COMPLETE", shell=shell))
