"""Everything that writes. Each function takes an open book, checks the rules, and leaves the commit to the door."""

from anju_cli.ledger import projects
from anju_cli.ledger.adding import Reduction, Report, add, reduce
from anju_cli.ledger.book import Book, Filed, Manner, opened
from anju_cli.ledger.chains import correct, undo, void
from anju_cli.ledger.plans import Applied, apply, baseline, initialise
from anju_cli.ledger.project_files import COLUMNS as PROJECT_COLUMNS
from anju_cli.ledger.project_files import import_projects
from anju_cli.ledger.registering import Registered
from anju_cli.ledger.settling import Later

__all__ = [
    "PROJECT_COLUMNS",
    "Applied",
    "Book",
    "Filed",
    "Later",
    "Manner",
    "Reduction",
    "Registered",
    "Report",
    "add",
    "apply",
    "baseline",
    "correct",
    "import_projects",
    "initialise",
    "opened",
    "projects",
    "reduce",
    "undo",
    "void",
]
