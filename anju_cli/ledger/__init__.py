"""Everything that writes. Each function takes an open book, checks the rules, and leaves the commit to the door."""

from anju_cli.ledger import in_place, interviews, meetings, projects, slips
from anju_cli.ledger.adding import Reduction, Report, add, reduce
from anju_cli.ledger.book import Book, Filed, Manner, opened
from anju_cli.ledger.chains import correct, undo, void
from anju_cli.ledger.followup import Noted, Register
from anju_cli.ledger.locks import way
from anju_cli.ledger.plans import Amended, Applied, amend, apply, baseline, initialise
from anju_cli.ledger.project_files import COLUMNS as PROJECT_COLUMNS
from anju_cli.ledger.project_files import import_projects
from anju_cli.ledger.registering import Registered
from anju_cli.ledger.settling import Later

__all__ = [
    "PROJECT_COLUMNS",
    "Amended",
    "Applied",
    "Book",
    "Filed",
    "Later",
    "Manner",
    "Noted",
    "Reduction",
    "Register",
    "Registered",
    "Report",
    "add",
    "amend",
    "apply",
    "baseline",
    "correct",
    "import_projects",
    "in_place",
    "initialise",
    "interviews",
    "meetings",
    "opened",
    "projects",
    "reduce",
    "slips",
    "undo",
    "void",
    "way",
]
