"""Where a write is done: the open book, in whose name, and what becomes of what a lock or a later total forbids."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from anju_cli import ledger
from anju_cli.domain.grammar import clean, words
from anju_cli.domain.returned import Channel
from anju_cli.errors import Unclear
from anju_cli.i18n import _

if TYPE_CHECKING:
    from anju_cli.ledger import Book, Manner, Register
    from anju_cli.reports.view import View


@dataclass(frozen=True)
class Desk:
    """Where a write is done: the open book, and what its commands share."""

    book: Book

    def manner(self, via: str | None = None, reference: str | None = None) -> Manner:
        """How the filing came."""
        known = words(reference, "--reference") if reference is not None else None
        return ledger.Manner(via=channel(via), reference=known)

    @cached_property
    def register(self) -> Register:
        """The follow-up matters of the book."""
        return ledger.Register(self.book)


class Papered(NamedTuple):
    """What was recorded, and a function of a view of it that gives what a paper on it is made from."""

    recorded: object
    made: Callable[[View], object]


def decide(
    book: Book,
    *,
    carry: bool,
    restate: bool,
    reason: str | None,
    document: str | None,
    keep_later: bool,
    shift_later: bool,
) -> None:
    """What becomes of figures of a locked quarter, and of later stated totals, as typed."""
    if keep_later and shift_later:
        raise Unclear(_("--keep-later and --shift-later exclude each other"))
    book.way = ledger.way(carry=carry, restate=restate, reason=reason, document=document)
    book.later = ledger.Later("keep" if keep_later else "shift" if shift_later else "ask")


def channel(via: str | None) -> str | None:
    """How a return came, one of the known ways."""
    return None if via is None else Channel.read(via, _("no such channel")).value


def recorder(by: str | None) -> str:
    """Who records: `--by`, else ANJU_BY, else the login name."""
    if by is not None:
        return words(by, "--by")
    if named := clean(os.environ.get("ANJU_BY", ""), "ANJU_BY"):
        return named
    import getpass

    try:
        return clean(getpass.getuser(), "--by")
    except (OSError, KeyError):
        return "?"
