"""`anju doctor`."""

from anju_cli.cli import options
from anju_cli.cli.doors import Shown, answers, shown
from anju_cli.cli.root import single
from anju_cli.render.pages.copies import doctor_page
from anju_cli.reports.checks.doctor import examine, worst
from anju_cli.store.location import locate

app = single()


@answers(app, "doctor", example="anju doctor", failing=worst)
def doctor(db: options.Db = None) -> Shown:
    """Check the environment: programs, fonts, the database file, its folder and disk; exit 1 if anything is wrong.

    It does not read every record: `anju ledger verify` does.
    """
    return shown(examine(locate(db)), doctor_page)
