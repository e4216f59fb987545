"""What a foreign file is read by: the ledger as it is before a turn to write is taken, and whether it still is so."""

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from anju_cli import clock
from anju_cli.domain.choosing import Meant
from anju_cli.domain.names import find_project
from anju_cli.domain.plan import Plan
from anju_cli.domain.projects import fold
from anju_cli.errors import Unavailable
from anju_cli.i18n import _
from anju_cli.store import figure_queries, ledger_queries, project_queries, queries
from anju_cli.store.location import OlderVersion
from anju_cli.store.reading import reading
from anju_cli.store.writing import connection_of, writing


class Outdated(Unavailable):
    """The plan or the register was changed between the reading of a file and the turn to write."""


@dataclass(frozen=True)
class Basis:
    """A plan with its projects, as last recorded."""

    plan: Plan
    digest: str
    """Of the plan's last revision."""
    changes: int
    """How many changes the registers had."""
    projects: Mapping[str, str]
    """The names of the projects by code."""
    today: date

    def project(self, text: str) -> str:
        """The code of the project that a text names; without a register, the text.

        Raises Unclear where it names none or several.
        """
        return find_project(self.projects, text) if self.projects else text


def read(path: Path, plan: str | None, meant: Meant) -> Basis:
    """The plan that is meant, as it is now; nobody waits for it, and nobody is waited for.

    Raises Unclear where it is not clear which plan is meant.
    """
    try:
        with reading(path) as connection:
            return _basis(connection, plan, meant)
    except OlderVersion:  # seen as it will be once it is brought up to date
        with writing(path, dry_run=True) as session:
            return _basis(connection_of(session), plan, meant)


def _basis(connection: sqlite3.Connection, plan: str | None, meant: Meant) -> Basis:
    today = clock.today()
    chosen = figure_queries.plan_meant(connection, ledger_queries.spans(connection), plan, today, meant, writing=True)
    last = [revision for revision in queries.revisions(connection) if revision.plan == chosen][-1]
    projects = fold(project_queries.changes(connection, chosen))
    return Basis(
        queries.plan_document(connection, chosen, last.revision),
        last.digest,
        ledger_queries.next_number(connection, "project_event") - 1,
        {code: project.name for code, project in projects.items()},
        today,
    )


def check(basis: Basis, plan: str, digest: str, changes: int) -> None:
    """Refuse what was read of a plan or a register that was changed since: Outdated."""
    if (basis.plan.id, basis.digest, basis.changes) != (plan, digest, changes):
        hint = _("nothing was written; enter it again")
        raise Outdated(_("the plan or the project register was changed while the files were read"), hint=hint)
