"""Seals (封存): one digest of everything recorded since the seal before, and of that seal.

Whoever holds a printed seal is its witness: no later change to what it covers can be made to fit it.
"""

import json
from dataclasses import dataclass
from typing import Any

from anju_cli.domain.digests import digest
from anju_cli.domain.receipts import receipt
from anju_cli.domain.reviews import SEAL_CONTENT
from anju_cli.ledger.book import Book
from anju_cli.store import ledger_queries, sealed
from anju_cli.store.review_queries import standing_seal
from anju_cli.store.review_tables import Seal


@dataclass(frozen=True)
class Sealed:
    """A seal as stored."""

    seal: dict[str, Any]
    code: str
    """Its short form (校验码), as reports print it."""
    already: bool = False
    """Nothing was recorded since; this is the seal that stands."""


def seal(book: Book, occasion: str = "hand") -> Sealed:
    """Seal what was recorded since the last seal; where that is nothing, the last one stands."""
    last, execute = standing_seal(book.connection), book.connection.execute
    ids, before = sealed.last_ids(execute), json.loads(last.covers) if last else {}
    if last and ids == before:
        return Sealed(last._asdict(), receipt(last.digest), already=True)
    row = Seal(
        id=last.id + 1 if last else 1,
        previous=last.digest if last else None,
        covers=sealed.covers(ids),
        filings=ledger_queries.filings(book.connection),
        occasion=occasion,
        who=book.who,
        recorded_at=book.moment(),
        digest="",
    )
    content = row.model_dump()
    row.digest = digest([*(content[name] for name in SEAL_CONTENT), *sealed.digests(execute, before, ids)])
    book.session.add(row)
    book.session.flush()
    return Sealed(row.model_dump(), receipt(row.digest))
