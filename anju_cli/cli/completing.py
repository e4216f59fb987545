"""What the shell offers at a tab: bodies, items and projects from the database, by id, described by name."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from typing import TYPE_CHECKING

import typer

from anju_cli.domain.grammar import printable
from anju_cli.domain.plan import Plan
from anju_cli.domain.quarters import quarter_code
from anju_cli.errors import AnjuError
from anju_cli.i18n import named
from anju_cli.store.location import locate

if TYPE_CHECKING:
    from anju_cli.reports.view import View


def bodies(ctx: typer.Context, incomplete: str) -> Iterator[tuple[str, str]]:
    """Bodies by id."""
    for plan in _plan(ctx):
        for body in plan.body_by_id.values():
            if body.id.startswith(incomplete):
                yield body.id, printable(named(body.name, body.name_en))


def items(ctx: typer.Context, incomplete: str) -> Iterator[tuple[str, str]]:
    """Items by id."""
    for plan in _plan(ctx):
        for item in (*plan.by_id.values(), plan.summary):
            if item.id.startswith(incomplete):
                yield item.id, printable(named(item.name, item.name_en))


def projects(ctx: typer.Context, incomplete: str) -> Iterator[tuple[str, str]]:
    """Projects of the register by code."""
    from anju_cli.reports.projects.lists import project_names

    for view in _view(ctx):
        for code, name in project_names(view).items():
            if code.startswith(incomplete):
                yield printable(code), printable(name)


def quarters(ctx: typer.Context, incomplete: str) -> Iterator[tuple[str, str]]:
    """The quarters of the plan, from Q1 on, described by their days; the usual four where no plan can be told."""
    known = {}
    for view in _view(ctx):
        known = {
            number: f"{view.quarters.start(number)} – {view.quarters.end(number)}" for number in view.quarters.numbers
        }
    for number, days in (known or dict.fromkeys((1, 2, 3, 4), "")).items():
        if (code := quarter_code(number)).startswith(incomplete.upper()):
            yield code, days


def _plan(ctx: typer.Context) -> Iterator[Plan]:
    """The plan that the command line so far means."""
    for view in _view(ctx):
        yield view.plan_at(view.today)


def _view(ctx: typer.Context) -> Iterator[View]:
    """A view of that plan; none where it cannot be told: a tab never fails."""
    from anju_cli.reports.view import opened  # a tab pays for it, `--help` and writes do not

    with suppress(AnjuError), opened(locate(ctx.params.get("db")), plan=ctx.params.get("plan"), whole=False) as view:
        yield view
