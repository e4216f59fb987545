"""The options that commands share, once: names, help and completion."""

from typing import Annotated

import typer

from anju_cli.cli import completing

Item = Annotated[
    str,
    typer.Argument(metavar="ITEM", help="Id, name, or part of a name of a task.", autocompletion=completing.items),
]
OfItem = Annotated[
    str | None, typer.Option("--item", metavar="ITEM", help="Only this task.", autocompletion=completing.items)
]
Body = Annotated[
    str,
    typer.Argument(metavar="BODY", help="Id, name, or part of a name of a unit.", autocompletion=completing.bodies),
]
ByBody = Annotated[
    str,
    typer.Option(
        "--unit", "-u", metavar="BODY", help="The unit or office that reports.", autocompletion=completing.bodies
    ),
]
OfUnit = Annotated[
    str | None,
    typer.Option("--unit", "-u", metavar="BODY", help="Only this unit.", autocompletion=completing.bodies),
]
# A quarter is read once the year of the plan is known, by the door that the command opens, and is a number from there
# on: commands, ledger and reports are given that. A command that opens its own door takes it as typed, and reads it.
Quarter = Annotated[
    int,
    typer.Argument(
        metavar="QUARTER", help="Q2, q2, 2020Q2, 2 or 二季度.", autocompletion=completing.quarters, parser=str
    ),
]
TypedQuarter = Annotated[
    str, typer.Argument(metavar="QUARTER", help="Q2, q2, 2020Q2, 2 or 二季度.", autocompletion=completing.quarters)
]
OfQuarter = Annotated[
    int | None,
    typer.Option(
        "--quarter",
        "-q",
        metavar="QUARTER",
        help="Only this quarter.",
        autocompletion=completing.quarters,
        parser=str,
    ),
]

ForQuarter = Annotated[
    int | None,
    typer.Option(
        "--quarter",
        "-q",
        metavar="QUARTER",
        help="The quarter of the return: dated on its last day.",
        autocompletion=completing.quarters,
        parser=str,
    ),
]
On = Annotated[
    str | None, typer.Option("--on", metavar="DATE", help="The day it happened: 2020-06-30, 6-30, today, -3d.")
]
Received = Annotated[
    str | None, typer.Option("--received", metavar="DATE", help="The day the return reached the office; default today.")
]
Via = Annotated[
    str | None, typer.Option("--via", metavar="CHANNEL", help="How it came: excel, wechat, phone, paper or oa.")
]
Project = Annotated[
    str | None,
    typer.Option("--project", metavar="P", help="The project it is about.", autocompletion=completing.projects),
]
Note = Annotated[str | None, typer.Option("--note", metavar="TEXT", help="What was done, in words.")]
Evidence = Annotated[
    str | None, typer.Option("--evidence", metavar="REF", help="Name and number of the document that proves it.")
]
Reference = Annotated[
    str | None,
    typer.Option("--reference", metavar="KEY", help="A key of your own that makes a retry safe: recorded once."),
]
OutsideYear = Annotated[bool, typer.Option("--outside-year", help="Take a date outside the plan year.")]
KeepLater = Annotated[
    bool, typer.Option("--keep-later", help="Totals stated for later dates stay true: the next one is corrected.")
]
ShiftLater = Annotated[
    bool, typer.Option("--shift-later", help="Totals stated for later dates move, and no longer hold.")
]
Carry = Annotated[
    bool, typer.Option("--carry", help="Of a locked quarter: book it in the open one, kept as of the day it happened.")
]
Restate = Annotated[
    bool, typer.Option("--restate", help="Of a locked quarter: change what was circulated; needs --reason, --document.")
]
Ordered = Annotated[
    str | None, typer.Option("--document", metavar="NUMBER", help="The document that orders a restatement.")
]
Why = Annotated[str | None, typer.Option("--reason", metavar="TEXT", help="Why what was circulated is restated.")]
Reason = Annotated[str, typer.Option("--reason", metavar="TEXT", help="Why.")]

Plan = Annotated[
    str | None,
    typer.Option(
        "--plan", metavar="ID", envvar="ANJU_PLAN", show_envvar=False, help="Which plan, if there are several."
    ),
]
AsOf = Annotated[
    str | None, typer.Option("--as-of", metavar="DATE", help="As it stood on a day: what had happened by then.")
]
KnownAt = Annotated[
    str | None,
    typer.Option("--known-at", metavar="MOMENT|FILING", help="As it was known: what had been recorded by then."),
]
Db = Annotated[str | None, typer.Option("--db", metavar="PATH", help="The database; default ANJU_DB, else your own.")]
Json = Annotated[bool, typer.Option("--json", help="As JSON.")]
Csv = Annotated[bool, typer.Option("--csv", help="As CSV.")]
File = Annotated[
    str | None,
    typer.Option("--output", "-o", metavar="FILE", help="Into a file, by its ending: .csv, .json, .md, .xlsx, .html."),
]
Force = Annotated[bool, typer.Option("--force", help="Replace the file if it is there.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Run it whole without writing anything.")]
By = Annotated[
    str | None, typer.Option("--by", metavar="NAME", help="Who records it; default ANJU_BY, else your login.")
]
PaperForm = Annotated[
    str | None, typer.Option("--form", metavar="通报|报告", help="A bulletin to the units, or a report upwards.")
]
PaperNumber = Annotated[
    str | None, typer.Option("--number", metavar="TEXT", help="The document number; without it, a blank to fill in.")
]
PaperTo = Annotated[
    str | None, typer.Option("--to", metavar="TEXT", help="The recipients; without them, a blank to fill in.")
]
PaperCopyTo = Annotated[
    str | None, typer.Option("--copy-to", metavar="TEXT", help="Who gets copies; without them, a blank to fill in.")
]
PaperApproved = Annotated[
    bool, typer.Option("--approved", help="The leading group has agreed; without it, a blank to fill in.")
]
PaperIssued = Annotated[
    str | None, typer.Option("--issued", metavar="DATE", help="The date of issue; without it, a blank to fill in.")
]
PaperRemedyBy = Annotated[
    str | None,
    typer.Option(
        "--remedy-by", metavar="DATE", help="The deadline for what is missing; without it, a blank to fill in."
    ),
]
PaperTemplate = Annotated[str | None, typer.Option("--template", metavar="FILE", help="Your own template of the text.")]
Lang = Annotated[str | None, typer.Option("--lang", metavar="zh|en", help="Chinese or English.")]
Debug = Annotated[bool, typer.Option("--debug", help="Show where an internal error came from.")]
ExitCode = Annotated[bool, typer.Option("--exit-code", help="Exit with 1 if there is anything in the answer.")]

READING = {"plan": Plan, "as_of": AsOf, "known_at": KnownAt, "db": Db}
SHOWING = {"json": Json, "csv": Csv, "output": File, "force": Force}
WRITING = {"plan": Plan, "db": Db, "by": By, "dry_run": DryRun}
DECIDING = {
    "keep_later": KeepLater,
    "shift_later": ShiftLater,
    "carry": Carry,
    "restate": Restate,
    "reason": Why,
    "document": Ordered,
}
SPEAKING = {"lang": Lang, "debug": Debug}
