"""The one boundary: what goes wrong inside becomes one line and an exit code here."""

import errno
import os
import re
import sys
import traceback
from collections.abc import Sequence
from pathlib import Path

import typer
from typer.completion import completion_init  # type: ignore[attr-defined]

from anju_cli import i18n, outlet
from anju_cli.cli.root import root
from anju_cli.domain.grammar import MINUS, negative_quantity, printable
from anju_cli.errors import AnjuError, Unavailable, Unclear
from anju_cli.i18n import _, why

INTERNAL, INTERRUPTED = 70, 130
_BELOW = re.compile(r"-\d[\d,]*(?:\.\d+)?")
_EXTRA = re.compile(r"unexpected extra argument.*\((.*)\)")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command line; return its exit code."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    first = 2 if given[:1] == ["--lang"] else 1 if given and given[0].startswith("--lang=") else 0
    given = [*given[first:], *given[:first]]  # before the command it means the same as after it
    _never_fail_to_print()
    i18n.use(_language(given))
    outlet.forget()
    if sys.stdout is None:  # closed: what is done could not be acknowledged
        return _said(Unavailable(_("the output cannot be written"), got=_("standard output is closed")))
    try:
        if "_ANJU_COMPLETE" in os.environ:
            completion_init()
        code = _run(given)
        sys.stdout.flush()
        return code if isinstance(code, int) else 0
    except BrokenPipeError:
        return _reader_has_gone()
    except SystemExit as leaving:
        if isinstance(leaving.__context__, BrokenPipeError):  # typer leaves with 1, which means findings
            return _reader_has_gone()
        raise
    except (KeyboardInterrupt, typer.Abort):
        return INTERRUPTED
    except Exception as fault:
        if "--debug" in given:
            traceback.print_exc()
        return _said(_in_our_words(fault, given))


def _run(given: list[str]) -> object:
    """Run a command line. A figure below 0 is taken for an option at first; what comes of it its task decides."""
    try:
        return root()(args=given, prog_name="anju", standalone_mode=False)
    except typer.TyperException as fault:
        option = getattr(fault, "option_name", None) or "none"
        places = [place for place, word in enumerate(given) if word.startswith(option) and _BELOW.fullmatch(word)]
        if not places:
            raise
        place = next(
            (place for place in places if not given[place - 1].startswith("-")), places[0]
        )  # no option's value
        return _run([*given[:place], MINUS + given[place][1:], *given[place + 1 :]])


def _language(given: list[str]) -> str | None:
    """`--lang` wherever it stands: help and errors must speak it before the command line is parsed."""
    for place, word in enumerate(given):
        if word.startswith("--lang="):
            return word.removeprefix("--lang=")
        if word == "--lang" and place + 1 < len(given):
            return given[place + 1]
    return None


def _never_fail_to_print() -> None:
    sys.stderr = sys.stderr or Path(os.devnull).open("w")  # noqa: SIM115 — open until Python exits
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")


def _reader_has_gone() -> int:
    """Whoever read our output (`head`, a pager) has seen enough; that is no fault."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0


def _in_our_words(fault: Exception, given: list[str]) -> AnjuError:
    cause = fault.__cause__ if isinstance(fault, AnjuError) else fault
    unwritten = isinstance(cause, OSError) and cause.errno in (errno.ENOSPC, errno.EDQUOT, errno.EIO)
    if unwritten:
        _reader_has_gone()  # what could not be written now is not to be tried again when Python exits
    if isinstance(fault, AnjuError):
        return fault
    if isinstance(fault, typer.TyperException):
        return _usage(fault, given)
    if unwritten and isinstance(fault, OSError):
        return Unavailable(_("the output cannot be written"), got=why(fault))
    return AnjuError(
        _("internal error: {kind}").format(kind=type(fault).__name__),
        got=str(fault) or None,
        hint=_("--debug shows where; please report it"),
    )


def _usage(fault: typer.TyperException, given: list[str]) -> Unclear:
    """What typer found wrong with the command line."""
    if option := getattr(fault, "option_name", None):
        if not hasattr(fault, "possibilities"):
            given_one = any(word.startswith(f"{option}=") for word in given)
            return Unclear(_("this option takes no value") if given_one else _("an option lacks its value"), got=option)
        if option[1:].isdecimal():
            return negative_quantity(next((word for word in given if word.startswith(option)), option))
        near = fault.possibilities
        hint = _("did you mean {candidates}?").format(candidates=", ".join(sorted(near))) if near else None
        return Unclear(_("no such option"), got=option, hint=hint)
    parameter = getattr(fault, "param", None)
    if parameter is not None and not getattr(fault, "message", ""):
        is_option = parameter.param_type_name == "option"
        name = max(parameter.opts, key=len) if is_option else parameter.metavar or parameter.name.upper()
        command = getattr(getattr(fault, "ctx", None), "command_path", "anju")
        return Unclear(_("{name} is missing").format(name=name), hint=f"{command} --help")
    if extra := _EXTRA.search(fault.format_message()):
        return Unclear(_("one word too many"), got=extra[1].replace(MINUS, "-"))
    return Unclear(_("the command line cannot be read"), got=" ".join(given), hint="anju --help")


def _said(fault: AnjuError) -> int:
    """Print a fault on standard error: one line, and a hint where there is one."""
    got = _(" (got {value})").format(value=_short(fault.got)) if fault.got is not None else ""
    lines = [printable(str(problem)) for problem in fault.problems]
    lines += [f"anju: {_short(fault.what)}{got}"]
    lines += [f"hint: {_short(fault.hint)}"] if fault.hint else []
    print("\n".join(lines), file=sys.stderr)
    return fault.exit_code


def _short(value: object) -> str:
    text = printable(" ".join(str(value).split()))
    return text if len(text) <= 500 else text[:500] + "…"
