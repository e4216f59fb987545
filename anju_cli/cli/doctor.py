"""`anju doctor`."""

from typing import Any

from anju_cli.cli import options
from anju_cli.cli.doors import plain
from anju_cli.cli.root import single
from anju_cli.cli.tools import Tools
from anju_cli.render.pages.copies import doctor_page
from anju_cli.reports.checks.doctor import examine, worst
from anju_cli.store.location import locate

app = single()


@plain(app, "doctor", example="anju doctor", shared=options.SHOWING, failing=worst)
def doctor(tools: Tools, db: options.Db = None) -> Any:
    """Check the surroundings: programs, fonts, the database file, its folder and disk; exit 1 if anything is to mend.

    It reads nothing through: `anju ledger verify` does.
    """
    return examine(locate(db)), doctor_page
