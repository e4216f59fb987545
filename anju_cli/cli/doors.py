"""How a command meets the doors: it is given an open view or ledger, and returns what to show and its page.

The writing door costs half a second of imports, so it is loaded only by a command that writes.
"""

from __future__ import annotations

import inspect
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

import typer

from anju_cli import ledger
from anju_cli.cli import options
from anju_cli.cli.beforehand import loaded
from anju_cli.cli.desk import Desk, Papered, decide, recorder
from anju_cli.cli.help import Command
from anju_cli.cli.receipts import kept_safe, show_recorded, write_paper
from anju_cli.domain.choosing import LAST_FILING, Meant
from anju_cli.domain.grammar import parse_quarter, printable
from anju_cli.errors import Unclear
from anju_cli.i18n import LANGUAGES, _
from anju_cli.render import Output, named, show
from anju_cli.render.page import Page
from anju_cli.render.wording.quarters import speaking_of
from anju_cli.store.location import locate
from anju_cli.store.reading import blaming

if TYPE_CHECKING:
    from anju_cli.domain.plan import Plan
    from anju_cli.ledger import Book
    from anju_cli.ledger.basis import Basis
    from anju_cli.reports.view import View

A = TypeVar("A")
R = TypeVar("R")


class Shown(NamedTuple):
    """An answer, its page, and what the answer's own forms are made from; see `shown`."""

    answer: Any
    page: Callable[[Any], Page]
    source: Callable[[], object] | None = None


def shown(answer: A, page: Callable[[A], Page], source: Callable[[], object] | None = None) -> Shown:
    """An answer with the page of it; `source` is called only where one of the answer's own forms is asked for."""
    return Shown(answer, page, source)


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
) -> Callable[[Callable[..., Shown]], Callable[..., Shown]]:
    """Make a read command of a function of an open view that returns an answer and its page.

    `rows` is what an empty list is a list of, as `module:Shape` of reports.answers. `without` is said where there is no
    database and none was named. What is not `dated` has no `--as-of`. Whatever a command of `findings` answers is
    something wrong: exit 1; it may look at a damaged file. `own` are the answer's own forms (see render.output), made
    from the source that the command may state. `only` names, by form, the command's options that say something in that
    form alone.
    """

    def decorate(command: Callable[..., Shown]) -> Callable[..., Shown]:
        def run(**given: Any) -> None:
            where, output = _where(given), _output(given, own)
            _fitting(given, output.form, only or {})
            failing = given.pop("exit_code", findings)
            if without and not where["db"] and not locate(None).exists():
                typer.echo(without())
                return
            from anju_cli.reports.view import opened

            path, meant = locate(where.pop("db")), _meant(given, as_of=where["as_of"])
            with opened(path, **where, whole=not findings, meant=meant) as view:
                _read_quarter(given, view)
                answer, page, made = command(view, **given)
                source = made() if made and output.form in output.own else None
                if not findings and output.of_page:
                    page = _headed(page, view)
                view.release()  # whoever reads slowly what is shown keeps nobody from writing
                tell(view.notes)
                with speaking_of(view.quarters):
                    show(answer, page, output, partial(named, "reports.answers", rows) if rows else None, source)
            if failing and answer:
                raise typer.Exit(1)

        shared: dict[str, Any] = {name: kind for name, kind in options.READING.items() if dated or name != "as_of"}
        shared |= options.SHOWING | ({"exit_code": options.ExitCode} if exit_code else {})
        return _register(app, name, command, run, shared, example)

    return decorate


def _headed(page: Callable[[Any], Page], view: View) -> Callable[[Any], Page]:
    """A page that names its plan."""
    from anju_cli.render.pages.plan_head import headed

    plan = view.latest
    return lambda answer: headed(page(answer), plan)


def writes(
    app: typer.Typer,
    name: str,
    *,
    example: str,
    shown: str = "ledger:filed",
    entries: bool = False,
    fields: Mapping[str, Any] | None = None,
    keeping: str | None = None,
    own: Mapping[str, str] | None = None,
    ahead: Callable[..., Callable[[Basis, int | None], object]] | None = None,
    then: Callable[..., int] | None = None,
    loads: Sequence[str] = (),
) -> Callable[[Callable[..., object]], Callable[..., object]]:
    """Make a write command of a function of a desk that returns what was recorded. It is shown once it is committed.

    `shown` names what was recorded as `module:name` of render.pages, which has a record and a page of it. A command
    that books `entries` takes the options that say what becomes of a locked quarter and of later totals. `fields` are
    further options, handed to the command as one mapping of those that were given. `keeping` names the copy of the
    database that is made before. With forms of its `own` the command returns a Papered.

    What a command reads of others is read `ahead` of its turn, and understood by the basis that the ledger is then and
    the quarter; that is handed to the command as `ready`. Where the basis was changed meanwhile it is understood anew,
    once. What is to be done `then`, with what was recorded and the options, gives the exit code. What it `loads` and
    what it names of the ledger is loaded before its turn.
    """
    deciding = options.DECIDING if entries else {}

    def decorate(command: Callable[..., object]) -> Callable[..., object]:
        parameters = inspect.signature(command).parameters

        def run(**given: Any) -> None:
            output, path, plan = _output(given, own), locate(given.pop("db")), given.pop("plan")
            who, dry_run = recorder(given.pop("by")), given.pop("dry_run")
            decided = {name: given[name] if name in parameters else given.pop(name) for name in deciding}
            if fields is not None:
                stated = {name: given.pop(name) for name in fields if name not in parameters}
                given["fields"] = {name: value for name, value in stated.items() if value is not None}
            meant = _meant(given, entries=entries)
            named = given.get("project", "") is not None  # or it may turn out that a project is
            loaded(command, loads, workdays=_counts_days(given, entries), register=entries and named)

            read = ahead(force=output.force, **decided | given) if ahead else None

            def in_turn() -> tuple[object, Book]:
                basis, typed = None, dict(given)
                if read is not None:
                    basis = ledger.basis.read(path, plan, meant)
                    _read_quarter(typed, basis.plan)
                    typed["ready"] = read(basis, typed.get("quarter"))
                with ledger.opened(path, plan, who, dry_run=dry_run, meant=meant, basis=basis) as book:
                    if decided:
                        decide(book, **decided)
                    if basis is None:
                        _read_quarter(typed, book.plan)
                    return command(Desk(book), **typed), book

            with blaming(path), _kept(path, keeping, dry_run):
                try:
                    filed, book = in_turn()
                except ledger.basis.Outdated:
                    filed, book = in_turn()
            filed, made = (filed.recorded, filed.made) if isinstance(filed, Papered) else (filed, None)
            tell(book.notes, book.warnings)
            with kept_safe(not dry_run), speaking_of(book.plan.quarters):
                code = then(filed, force=output.force, **given) if then else 0
                if made and output.form in output.own:
                    if not dry_run:
                        write_paper(path, book.plan.id, made, output)
                    output = Output()
                show_recorded(shown, filed, dry_run, output, book)
            if code:
                raise typer.Exit(code)

        shared = deciding | dict(fields or {}) | options.WRITING | options.SHOWING
        return _register(app, name, command, run, shared, example)

    return decorate


def _counts_days(given: Mapping[str, object], entries: bool) -> bool:
    """Whether a write may ask for working days: of entries only one whose quarter follows from a deadline does."""
    return not entries or "files" in given or ("on" in given and given["on"] is given["quarter"] is None)


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
) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Make a command of a function that opens no door or its own, and says itself what it has to say."""

    def decorate(command: Callable[..., None]) -> Callable[..., None]:
        return _register(app, name, command, command, {}, example)

    return decorate


def answers(
    app: typer.Typer,
    name: str,
    *,
    example: str,
    shared: Mapping[str, Any] = options.SHOWING,
    failing: Callable[[Any], int] | None = None,
) -> Callable[[Callable[..., Shown]], Callable[..., Shown]]:
    """Make a command of a function that opens no door or its own, and returns an answer and its page.

    `failing` gives the exit code of an answer that is something wrong, else 0.
    """

    def decorate(command: Callable[..., Shown]) -> Callable[..., Shown]:
        def run(**given: Any) -> None:
            output = _output(given)
            if "force" in inspect.signature(command).parameters:
                given["force"] = output.force
            answer, page, _source = command(**given)
            with kept_safe(given.get("dry_run") is False):
                show(answer, page, output)
            if failing and (code := failing(answer)):
                raise typer.Exit(int(code))

        return _register(app, name, command, run, shared, example)

    return decorate


def _meant(given: Mapping[str, Any], *, as_of: str | None = None, entries: bool = False) -> Meant:
    """What a command names that says which plan is meant."""
    filing = given.get("filing") or (LAST_FILING if entries and "filing" in given else None)
    return Meant(given.get("quarter"), given.get("on") or as_of, given.get("entry"), filing, entries)


def _where(given: dict[str, Any]) -> dict[str, Any]:
    return {name: given.pop(name, None) for name in options.READING}


def _output(given: dict[str, Any], own: Mapping[str, str] | None = None) -> Output:
    asked = {name: given.pop(name, None) for name in options.SHOWING}
    output = Output(asked["json"], asked["csv"], asked["output"], bool(asked["force"]), own or {})
    if output.file is not None and "db" in given:
        locate(given["db"])  # so that it is known what is never written over
    output.check(given.values())
    return output


def _read_quarter(given: dict[str, Any], of: View | Plan) -> None:
    """Make of the quarter that was typed, if any, its number in the year of the plan."""
    if given.get("quarter") is not None:
        given["quarter"] = parse_quarter(given["quarter"], of.quarters)


def _fitting(given: dict[str, Any], form: str, only: Mapping[str, tuple[str, ...]]) -> None:
    """Refuse an option that would say nothing in the form asked for."""
    for ending, names in only.items():
        for name in names:
            if given.get(name) and form != ending:
                said = _("this option is for a .{form} file").format(form=ending)
                raise Unclear(said, got="--" + name.replace("_", "-"), hint=f"-o FILE.{ending}")


def tell(notes: Sequence[str], warnings: Sequence[str] = ()) -> None:
    """Say on standard error what the person should know though nothing is wrong, and what may well be wrong."""
    for note in notes:
        print(f"note: {printable(note)}", file=sys.stderr)
    for warning in dict.fromkeys(warnings):
        print(f"warning: {printable(warning)}", file=sys.stderr)


def _register(
    app: typer.Typer,
    name: str | None,
    command: Callable[..., R],
    run: Callable[..., None],
    shared: Mapping[str, Any],
    example: str,
) -> Callable[..., R]:
    """Give `run` the command's own parameters and the shared ones, and put it under the noun."""
    stated = inspect.signature(command).parameters.values()
    own = [parameter for parameter in stated if parameter.name not in ("desk", "view", "fields", "ready")]
    names = {parameter.name for parameter in own}
    common = {name: kind for name, kind in (dict(shared) | options.SPEAKING).items() if name not in names}
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
