"""How a command meets the doors: it is given an open view or ledger, and returns what to show and its page.

The writing door costs half a second of imports, so it is loaded only by a command that writes.
"""

from __future__ import annotations

import inspect
import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from anju_cli.cli import options
from anju_cli.cli.help import Command
from anju_cli.cli.tools import Tools
from anju_cli.domain.grammar import clean, words
from anju_cli.errors import AnjuError, Unavailable, Unclear
from anju_cli.i18n import LANGUAGES, _, why
from anju_cli.render import Output, named, show
from anju_cli.render.page import Page
from anju_cli.store.location import locate

if TYPE_CHECKING:
    from anju_cli.ledger import Book, Manner

CHANNELS = ("excel", "wechat", "phone", "paper", "oa")


@dataclass(frozen=True)
class Desk:
    """Where a write is done: the open book, the functions of the ledger, and in whose name."""

    book: Book
    ledger: Any
    who: str

    def manner(self, via: str | None = None, reference: str | None = None) -> Manner:
        """How the filing came."""
        known = words(reference, "--reference") if reference is not None else None
        return self.ledger.Manner(who=self.who, via=channel(via), reference=known)  # type: ignore[no-any-return]

    @cached_property
    def register(self) -> Any:
        """The follow-up matters of the book."""
        return self.ledger.Register(self.book, self.who)

    @property
    def reviewing(self) -> Any:
        """Reviews and their locks; loaded only by commands that need them."""
        from anju_cli.ledger.reviews import steps as reviewing

        return reviewing

    @property
    def sealing(self) -> Any:
        """Seals."""
        from anju_cli.ledger.reviews import seals as sealing

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
    rows: str | None = None,
    exit_code: bool = False,
    findings: bool = False,
    dated: bool = True,
    without: Callable[[], str] | None = None,
    own: Mapping[str, str] | None = None,
    only: Mapping[str, tuple[str, ...]] | None = None,
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Make a read command of a function of an open view that returns an answer and its page.

    `rows` is what an empty list is a list of, as `module:Shape` of reports.answers. `without` is said where there is no
    database and none was named. What is not `dated` has no `--as-of`. Whatever a command of `findings` answers is
    something wrong: exit 1; it may look at a damaged file. `own` are the answer's own forms (see render.output): the
    command may return a third thing, a function of what these are made from, called only where one of them is asked
    for. `only` names, by form, the command's options that say something in that form alone.
    """

    def decorate(command: Callable[..., Any]) -> Callable[..., Any]:
        def run(**given: Any) -> None:
            where, output = _where(given), _output(given, own)
            _fitting(given, output.form, only or {})
            failing = given.pop("exit_code", findings)
            if without and not where["db"] and not locate(None).exists():
                typer.echo(without())
                return
            from anju_cli.reports.view import opened

            with opened(locate(where.pop("db")), **where, whole=not findings) as view:
                answer, page, *more = command(view, **given)
                source = more[0]() if more and output.form in output.own else None
            tell(view.notes)
            show(answer, page, output, partial(named, "reports.answers", rows) if rows else None, source)
            if failing and answer:
                raise typer.Exit(1)

        shared: dict[str, Any] = {name: kind for name, kind in options.READING.items() if dated or name != "as_of"}
        shared |= options.SHOWING | ({"exit_code": options.ExitCode} if exit_code else {})
        return _register(app, name, command, run, shared, example)

    return decorate


def writes(
    app: typer.Typer,
    name: str,
    *,
    example: str,
    shown: str = "ledger:filed",
    keeping: str | None = None,
    own: Mapping[str, str] | None = None,
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Make a write command of a function of a desk that returns what was recorded. It is shown once it is committed.

    `shown` names what was recorded as `module:name` of render.pages, which has a record and a page of it. `keeping`
    names the copy of the database that is made before. With forms of its `own` the command returns a second thing: a
    function of a view of what was committed, which gives what such a form is made from.
    """

    def decorate(command: Callable[..., Any]) -> Callable[..., Any]:
        def run(**given: Any) -> None:
            output, path, plan = _output(given, own), locate(given.pop("db")), given.pop("plan")
            who, dry_run = recorder(given.pop("by")), given.pop("dry_run")
            ledger = Tools().ledger
            made: Any = None
            with _kept(path, keeping, dry_run), ledger.opened(path, plan, dry_run=dry_run) as book:
                filed = command(Desk(book, ledger, who), **given)
                if own:
                    filed, made = filed
            tell(book.notes)
            with _recorded(not dry_run):
                if output.form in output.own:
                    if not dry_run:
                        _write_paper(path, plan, made, output)
                    output = Output()
                _show_recorded(shown, filed, dry_run, output)

        return _register(app, name, command, run, options.WRITING | options.SHOWING, example)

    return decorate


@contextmanager
def _recorded(is_so: bool) -> Iterator[None]:
    """What is recorded stays so where its answer cannot be shown: whoever entered it must not do so again."""
    try:
        yield
        sys.stdout.flush()
    except BrokenPipeError:
        raise
    except (AnjuError, OSError) as fault:
        if not is_so:
            raise
        hint = _("do not enter it again: anju ledger log shows what was recorded")
        got = f"{fault}: {fault.got}" if isinstance(fault, AnjuError) else why(fault)
        raise Unavailable(_("it is recorded, but the answer cannot be written"), got=got, hint=hint) from fault


def _write_paper(path: Path, plan: str | None, made: Callable[[Any], Any], output: Output) -> None:
    """A paper on what was just committed, as another connection sees it."""
    from anju_cli.reports.view import opened

    with opened(path, plan=plan) as view:
        source = made(view)
    show(None, lambda _none: Page(), output, source=source)


def _show_recorded(shown: str, recorded: Any, dry_run: bool, output: Output) -> None:
    record, page = (named("render.pages", f"{shown}_{what}") for what in ("record", "page"))
    show(record(recorded, dry_run), lambda _record: page(recorded, dry_run), output)


def _kept(path: Path, keeping: str | None, dry_run: bool) -> AbstractContextManager[None]:
    if keeping is None:
        return nullcontext()
    from anju_cli.store.copies import kept_before

    return kept_before(path, keeping, dry_run=dry_run)


def plain(
    app: typer.Typer,
    name: str,
    *,
    example: str,
    shared: dict[str, Any] | None = None,
    failing: Callable[[Any], bool] | None = None,
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Make a command of a function of the tools, which opens no door or its own.

    With `shared` options it returns an answer and its page, and its exit code if that may be other than 0; without,
    it has said all. An answer that is `failing` is something wrong: exit 1.
    """

    def decorate(command: Callable[..., Any]) -> Callable[..., Any]:
        def run(**given: Any) -> None:
            output = _output(given) if shared else None
            shown = command(Tools(), **given)
            if output:
                answer, page, *code = shown
                with _recorded(given.get("dry_run") is False):
                    show(answer, page, output)
                if any(code) or (failing and failing(answer)):
                    raise typer.Exit(*code or (1,))

        return _register(app, name, command, run, shared or {}, example)

    return decorate


def channel(via: str | None) -> str | None:
    """How a return came, one of the known ways."""
    if via is not None and via not in CHANNELS:
        raise Unclear(_("no such channel"), got=via, hint=", ".join(CHANNELS))
    return via


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


def _output(given: dict[str, Any], own: Mapping[str, str] | None = None) -> Output:
    asked = {name: given.pop(name, None) for name in options.SHOWING}
    output = Output(asked["json"], asked["csv"], asked["output"], bool(asked["force"]), own or {})
    output.check()
    return output


def _fitting(given: dict[str, Any], form: str, only: Mapping[str, tuple[str, ...]]) -> None:
    """Refuse an option that would say nothing in the form asked for."""
    for ending, names in only.items():
        for name in names:
            if given.get(name) and form != ending:
                said = _("this option is for a .{form} file").format(form=ending)
                raise Unclear(said, got="--" + name.replace("_", "-"), hint=f"-o FILE.{ending}")


def tell(notes: Sequence[str]) -> None:
    """Say on standard error what the person should know though nothing is wrong."""
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
