"""How a command meets the doors: it is given an open view or ledger, and returns what to show and its page.

The writing door costs half a second of imports, so it is loaded only by a command that writes.
"""

from __future__ import annotations

import inspect
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import typer

from anju_cli.cli import options
from anju_cli.cli.help import Command
from anju_cli.domain.grammar import clean, words
from anju_cli.errors import Unclear
from anju_cli.i18n import LANGUAGES, _
from anju_cli.render import Output, show
from anju_cli.store.location import locate

if TYPE_CHECKING:
    from anju_cli.ledger import Book, Filed, Manner
    from anju_cli.ledger.reviewing import Reviewed
    from anju_cli.ledger.sealing import Sealed

CHANNELS = ("excel", "wechat", "phone", "paper", "oa")


class Tools:
    """The parts that are costly to load, for commands that need them."""

    @property
    def ledger(self) -> Any:
        """Everything that writes."""
        from anju_cli import ledger

        return ledger

    @property
    def demo(self) -> Any:
        """The made-up year."""
        from anju_cli.ledger import demo

        return demo

    @property
    def faults_of_rows(self) -> Any:
        """What of a database's rows and seals does not hold."""
        from anju_cli.reports.verify import faults_of_rows

        return faults_of_rows

    @property
    def rebuilding(self) -> Any:
        """A database from an exported ledger."""
        from anju_cli.ledger import rebuilding

        return rebuilding

    @property
    def plan_file(self) -> Any:
        """Everything that reads plan files."""
        from anju_cli import plan_file

        return plan_file


@dataclass(frozen=True)
class Desk:
    """Where a write is done: the open book, the functions of the ledger, and in whose name."""

    book: Book
    ledger: Any
    who: str

    def manner(self, via: str | None = None, reference: str | None = None) -> Manner:
        """How the filing came."""
        if via is not None and via not in CHANNELS:
            raise Unclear(_("no such channel"), got=via, hint=", ".join(CHANNELS))
        known = words(reference, "--reference") if reference is not None else None
        return self.ledger.Manner(who=self.who, via=via, reference=known)  # type: ignore[no-any-return]

    @property
    def reviewing(self) -> Any:
        """Reviews and their locks; loaded only by commands that need them."""
        from anju_cli.ledger import reviewing

        return reviewing

    @property
    def sealing(self) -> Any:
        """Seals."""
        from anju_cli.ledger import sealing

        return sealing

    def after_lock(self, carry: bool, restate: bool, reason: str | None, document: str | None) -> None:
        """What becomes of figures of a locked quarter."""
        self.book.way = self.ledger.way(carry=carry, restate=restate, reason=reason, document=document)

    def later(self, keep: bool, shift: bool) -> Any:
        """What becomes of later stated totals."""
        if keep and shift:
            raise Unclear(_("--keep-later and --shift-later exclude each other"))
        return self.ledger.Later("keep" if keep else "shift" if shift else "ask")


def reads(
    app: typer.Typer,
    name: str,
    *,
    example: str,
    rows: type | None = None,
    exit_code: bool = False,
    findings: bool = False,
    dated: bool = True,
    without: Callable[[], str] | None = None,
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Make a read command of a function of an open view that returns an answer and its page.

    `rows` is what an empty list is a list of; `without` is said where there is no database and none was named. What is
    not `dated` has no `--as-of`. Whatever a command of `findings` answers is something wrong: exit 1.
    """

    def decorate(command: Callable[..., Any]) -> Callable[..., Any]:
        def run(**given: Any) -> None:
            where, output = _where(given), _output(given)
            failing = given.pop("exit_code", findings)
            if without and not where["db"] and not locate(None).exists():
                typer.echo(without())
                return
            from anju_cli.reports.view import opened

            with opened(locate(where.pop("db")), **where) as view:
                answer, page = command(view, **given)
            _tell(view.notes)
            show(answer, page, output, rows)
            if failing and answer:
                raise typer.Exit(1)

        shared: dict[str, Any] = {name: kind for name, kind in options.READING.items() if dated or name != "as_of"}
        shared |= options.SHOWING | ({"exit_code": options.ExitCode} if exit_code else {})
        return _register(app, name, command, run, shared, example)

    return decorate


def writes(
    app: typer.Typer, name: str, *, example: str, shown: Callable[[Any, bool, Output], None] | None = None
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Make a write command of a function of a desk that returns what was recorded. It is shown once it is committed.

    What is recorded is a filing, unless `shown` says how something else is shown.
    """

    def decorate(command: Callable[..., Any]) -> Callable[..., Any]:
        def run(**given: Any) -> None:
            output, path, plan = _output(given), locate(given.pop("db")), given.pop("plan")
            who, dry_run = recorder(given.pop("by")), given.pop("dry_run")
            ledger = Tools().ledger
            with ledger.opened(path, plan, dry_run=dry_run) as book:
                filed = command(Desk(book, ledger, who), **given)
            _tell(book.notes)
            (shown or show_filed)(filed, dry_run, output)

        return _register(app, name, command, run, options.WRITING | options.SHOWING, example)

    return decorate


def plain(
    app: typer.Typer, name: str, *, example: str, shared: dict[str, Any] | None = None
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Make a command of a function of the tools, which opens no door or its own.

    With `shared` options it returns an answer and its page; without, it has said all.
    """

    def decorate(command: Callable[..., Any]) -> Callable[..., Any]:
        def run(**given: Any) -> None:
            output = _output(given) if shared else None
            shown = command(Tools(), **given)
            if output:
                answer, page = shown
                show(answer, page, output)

        return _register(app, name, command, run, shared or {}, example)

    return decorate


def show_filed(filed: Filed, dry_run: bool, output: Output) -> None:
    """Say what was recorded."""
    from anju_cli.render.pages.ledger import filed_page, filed_record

    show(filed_record(filed, dry_run), lambda _record: filed_page(filed, dry_run), output)


def show_reviewed(reviewed: Reviewed, dry_run: bool, output: Output) -> None:
    """Say what was recorded of a review."""
    from anju_cli.render.pages.reviews import reviewed_page, reviewed_record

    show(reviewed_record(reviewed, dry_run), lambda _record: reviewed_page(reviewed, dry_run), output)


def show_sealed(sealed: Sealed, dry_run: bool, output: Output) -> None:
    """Say what was sealed."""
    from anju_cli.render.pages.reviews import sealed_page, sealed_record

    show(sealed_record(sealed, dry_run), lambda _record: sealed_page(sealed, dry_run), output)


def recorder(by: str | None) -> str:
    """Who records: `--by`, else ANJU_BY, else the login name."""
    if by is not None:
        return words(by, "--by")
    if named := clean(os.environ.get("ANJU_BY", ""), "ANJU_BY"):
        return named
    import getpass

    try:
        return clean(getpass.getuser(), "--by")
    except (OSError, KeyError):
        return "?"


def _where(given: dict[str, Any]) -> dict[str, Any]:
    return {name: given.pop(name, None) for name in options.READING}


def _output(given: dict[str, Any]) -> Output:
    asked = {name: given.pop(name) for name in options.SHOWING}
    output = Output(asked["json"], asked["csv"], asked["output"], asked["force"])
    output.check()
    return output


def _tell(notes: list[str]) -> None:
    for note in notes:
        print(f"anju: {note}", file=sys.stderr)


def _register(
    app: typer.Typer,
    name: str | None,
    command: Callable[..., Any],
    run: Callable[..., None],
    shared: dict[str, Any],
    example: str,
) -> Callable[..., Any]:
    """Give `run` the command's own parameters and the shared ones, and put it under the noun."""
    own = list(inspect.signature(command, eval_str=True).parameters.values())[1:]
    common = {
        name: kind for name, kind in (shared | options.SPEAKING).items() if name not in {each.name for each in own}
    }
    keyword = inspect.Parameter.KEYWORD_ONLY
    added = [
        inspect.Parameter(name, keyword, annotation=kind, default=False if kind.__origin__ is bool else None)
        for name, kind in common.items()
    ]

    def spoken(**given: Any) -> None:
        if (lang := given.pop("lang", None)) not in (None, *LANGUAGES):
            raise Unclear(_("no such language"), got=lang, hint=", ".join(LANGUAGES))
        given.pop("debug", None)
        run(**given)

    spoken.__signature__ = inspect.Signature([*own, *added])  # type: ignore[attr-defined]
    spoken.__annotations__ = {each.name: each.annotation for each in (*own, *added)}
    app.command(name, cls=Command, help=inspect.getdoc(command), epilog=example)(spoken)
    return command
