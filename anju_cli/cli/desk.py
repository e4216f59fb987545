"""Where a write is done: the open book, in whose name, what becomes of what a lock forbids, and the receipt."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from shlex import quote
from typing import TYPE_CHECKING, NamedTuple

from anju_cli import ledger
from anju_cli.domain.grammar import clean, words
from anju_cli.domain.returned import Channel
from anju_cli.errors import Unclear
from anju_cli.i18n import _
from anju_cli.render.page import Page
from anju_cli.store.location import is_default

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


def receipt_page(page: Page, book: Book) -> Page:
    """What was recorded, with the plan it is of, and what undoes it, as it can be typed next.

    The plan is named where there are others, the database where another is meant without a name, and the way on where
    what is taken back is locked again or moves the same totals.
    """
    from anju_cli.render.wording.labels import plan_line, undo

    naming = [f"--plan {book.plan.id}"] if book.several else []
    naming += [] if is_default(book.path) else [f"--db {quote(str(book.path))}"]
    naming += ["--restate --reason TEXT --document NUMBER"] if book.way.restate else []
    naming += ["--shift-later"] if book.later is ledger.Later.SHIFT else []
    lines = [undo(" ".join([command, *naming])) for command in page.undo]
    return page._replace(lines=[*page.lines, plan_line(book.plan), *lines])


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
