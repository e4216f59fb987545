"""Everything that writes. Each function takes an open book, checks the rules, and leaves the commit to the door.

What is asked for is loaded then: a report typed at the counter does not pay for meetings and imports.
"""

from typing import TYPE_CHECKING

from anju_cli.lazily import lazily

if TYPE_CHECKING:
    from anju_cli.ledger import basis, demo, projects, reviews
    from anju_cli.ledger.book import Book, opened
    from anju_cli.ledger.drafts import Filed, Later, Manner
    from anju_cli.ledger.entries.adding import Reduction, Report, add, reduce
    from anju_cli.ledger.entries.chains import correct, undo, void
    from anju_cli.ledger.entries.locks import way
    from anju_cli.ledger.followup import in_place, interviews, meetings, slips
    from anju_cli.ledger.followup.matters import Noted, Register
    from anju_cli.ledger.plans import Amended, Applied, amend, apply, baseline, initialise
    from anju_cli.ledger.returns import importing
else:
    __getattr__ = lazily(
        __name__,
        {
            "basis": (),
            "book": ("Book", "opened"),
            "drafts": ("Filed", "Later", "Manner"),
            "entries.adding": ("Reduction", "Report", "add", "reduce"),
            "entries.chains": ("correct", "undo", "void"),
            "entries.locks": ("way",),
            "followup.in_place": (),
            "followup.interviews": (),
            "followup.matters": ("Noted", "Register"),
            "followup.meetings": (),
            "followup.slips": (),
            "plans": ("Amended", "Applied", "amend", "apply", "baseline", "initialise"),
            "projects": (),
            "returns.importing": (),
            "reviews": (),
            "demo": (),
        },
    )

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
    "baseline",
    "basis",
    "correct",
    "demo",
    "importing",
    "in_place",
    "initialise",
    "interviews",
    "meetings",
    "opened",
    "projects",
    "reduce",
    "reviews",
    "slips",
    "undo",
    "void",
    "way",
]
