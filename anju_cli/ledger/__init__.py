"""Everything that writes. Each function takes an open book, checks the rules, and leaves the commit to the door."""

from anju_cli.ledger.adding import Reduction, Report, add, reduce
from anju_cli.ledger.book import Book, Filed, Manner, opened
from anju_cli.ledger.chains import correct, undo, void
from anju_cli.ledger.locks import way
from anju_cli.ledger.plans import Applied, apply, initialise
from anju_cli.ledger.settling import Later

__all__ = [
    "Applied",
    "Book",
    "Filed",
    "Later",
    "Manner",
    "Reduction",
    "Report",
    "add",
    "apply",
    "correct",
    "initialise",
    "opened",
    "reduce",
    "undo",
    "void",
    "way",
]
