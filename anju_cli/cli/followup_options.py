"""The options that the commands of follow-up share."""

from typing import Annotated

import typer

from anju_cli.cli import completing

Number = Annotated[str, typer.Argument(metavar="NUMBER", help="The number, such as 3 or its form with a letter.")]
Day = Annotated[str | None, typer.Option("--on", metavar="DATE", help="The day it happened; default today.")]
Due = Annotated[str, typer.Option("--due", metavar="DATE", help="By when it is to be done.")]
Document = Annotated[
    str | None, typer.Option("--document", metavar="NUMBER", help="The number of the document it rests on.")
]
Note = Annotated[str, typer.Option("--note", metavar="TEXT", help="What was done, in words.")]
Units = Annotated[
    list[str],
    typer.Option(
        "--unit",
        "-u",
        metavar="BODY",
        help="A unit that is to do it; the first leads. Repeatable.",
        autocompletion=completing.bodies,
    ),
]
OpenOnly = Annotated[bool, typer.Option("--open", help="Only what is still open.")]
