"""Everything that writes. Each function takes an open book, checks the rules, and leaves the commit to the door."""

from anju_cli.ledger import in_place, interviews, meetings, slips
from anju_cli.ledger.adding import Reduction, Report, add, reduce
from anju_cli.ledger.book import Book, Filed, Manner, opened
from anju_cli.ledger.chains import correct, undo, void
from anju_cli.ledger.followup import Noted, Register
from anju_cli.ledger.plans import Amended, Applied, amend, apply, initialise
from anju_cli.ledger.settling import Later

__all__ = [
    "Amended",
    "Applied",
    "Book",
    "Filed",
    "Later",
    "Manner",
    "Noted",
    "Reduction",
    "Register",
    "Report",
    "add",
    "amend",
    "apply",
    "correct",
    "in_place",
    "initialise",
    "interviews",
    "meetings",
    "opened",
    "reduce",
    "slips",
    "undo",
    "void",
]
