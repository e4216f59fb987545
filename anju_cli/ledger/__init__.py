"""Everything that writes. Each function takes an open book, checks the rules, and leaves the commit to the door.

What is asked for is loaded then: a report typed at the counter does not pay for meetings and imports.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from anju_cli.ledger import in_place, interviews, meetings, projects, slips
    from anju_cli.ledger.adding import Reduction, Report, add, reduce
    from anju_cli.ledger.book import Book, opened
    from anju_cli.ledger.chains import correct, undo, void
    from anju_cli.ledger.drafts import Filed, Manner
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

_PLACES = {
    "adding": ("Reduction", "Report", "add", "reduce"),
    "book": ("Book", "opened"),
    "drafts": ("Filed", "Manner"),
    "chains": ("correct", "undo", "void"),
    "followup": ("Noted", "Register"),
    "locks": ("way",),
    "plans": ("Amended", "Applied", "amend", "apply", "baseline", "initialise"),
    "project_files": ("import_projects",),
    "registering": ("Registered",),
    "settling": ("Later",),
}
"""Which module has what."""


def __getattr__(name: str) -> Any:
    if name == "PROJECT_COLUMNS":
        return import_module("anju_cli.ledger.project_files").COLUMNS
    for module, names in _PLACES.items():
        if name in names:
            return getattr(import_module(f"anju_cli.ledger.{module}"), name)
    if name.startswith("_"):
        raise AttributeError(name)
    return import_module(f"anju_cli.ledger.{name}")
