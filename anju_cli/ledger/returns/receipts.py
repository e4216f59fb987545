"""Receipts of returns: what came, when, and what became of it."""

from datetime import date
from typing import NamedTuple

from sqlmodel import col, func, select

from anju_cli.domain.digests import return_digest
from anju_cli.domain.returned import Receipt
from anju_cli.ledger.book import Book
from anju_cli.ledger.drafts import Filed, Manner
from anju_cli.ledger.entries.filing import filed
from anju_cli.store.record_tables import ReturnReceipt
from anju_cli.store.tables import Entry, Filing


class _Adopted(NamedTuple):
    """A return with the same content that was adopted and still stands."""

    filing: int | None


class ReceiptBook:
    """The returns of one body for one quarter."""

    def __init__(self, book: Book, body: str, quarter: int) -> None:
        self.book, self.body, self.quarter = book, body, quarter
        self._mine = (
            ReturnReceipt.plan == book.plan.id,
            ReturnReceipt.unit == body,
            ReturnReceipt.quarter == quarter,
        )

    def receipts(self) -> list[Receipt]:
        """All that came, in order of receipt."""
        asked = select(ReturnReceipt).where(*self._mine).order_by(ReturnReceipt.received_on, col(ReturnReceipt.id))
        return [Receipt(date.fromisoformat(each.received_on), each.state) for each in self.book.session.exec(asked)]

    def adopted(self, content: str) -> bool:
        """Whether the same content was adopted, and not undone since."""
        return self._adopted(content) is not None

    def _adopted(self, content: str) -> _Adopted | None:
        asked = (
            select(ReturnReceipt.filing_id)
            .where(*self._mine, ReturnReceipt.state == "adopted", ReturnReceipt.content_sha256 == content)
            .order_by(col(ReturnReceipt.id).desc())
        )
        for filing in self.book.session.exec(asked.limit(1)):
            if filing is None or self._stands(filing):
                return _Adopted(filing)
        return None

    def _stands(self, filing: int) -> bool:
        """Whether anything that was reported in a filing still stands."""
        voided = select(Entry.root).where(Entry.reports == -1, col(Entry.root).is_not(None))
        asked = select(func.count()).where(
            Entry.filing_id == filing, Entry.reports >= 0, col(Entry.id).not_in(voided), col(Entry.root).is_(None)
        )
        return self.book.session.exec(asked).one() > 0

    def filing_of(self, content: str) -> Filed | None:
        """The filing in which the same content was adopted."""
        known = self._adopted(content)
        if known is None or known.filing is None:
            return None
        filing = self.book.session.exec(select(Filing).where(Filing.id == known.filing)).one()
        entries = self.book.session.exec(select(Entry).where(Entry.filing_id == filing.id).order_by(col(Entry.id)))
        return filed(self.book, filing, [entry.model_dump() for entry in entries], already=True)

    def reference(self, content: str) -> str:
        """What makes a retry safe: body, quarter and content; counted on where the same was undone before."""
        base = f"return:{self.body}:Q{self.quarter}:{content}"
        asked = select(func.count()).where(Filing.plan == self.book.plan.id, col(Filing.reference).startswith(base))
        times = self.book.session.exec(asked).one()
        return f"{base}#{times + 1}" if times else base

    def receive(self, manner: Manner, state: str, problems: int, content: str, filed: Filed | None) -> None:
        """Keep a receipt; the very same file again on the same day, with the same outcome, is the same receipt."""
        assert manner.received_on is not None
        last = self.book.session.exec(
            select(ReturnReceipt).where(*self._mine).order_by(col(ReturnReceipt.id).desc()).limit(1)
        ).first()
        same = last is not None and (last.source_sha256, last.state, last.received_on, last.problems) == (
            manner.source_sha256,
            state,
            manner.received_on.isoformat(),
            problems,
        )
        if same and filed is None:
            return
        latest = self.book.session.exec(select(func.max(ReturnReceipt.id))).one() or 0
        receipt = ReturnReceipt(
            id=latest + 1,
            plan=self.book.plan.id,
            unit=self.body,
            quarter=self.quarter,
            state=state,
            problems=problems,
            filing_id=filed.filing["id"] if filed else None,
            received_on=manner.received_on.isoformat(),
            recorded_at=filed.filing["recorded_at"] if filed else self.book.moment(),
            who=self.book.who,
            source=manner.source or "",
            source_sha256=manner.source_sha256 or "",
            content_sha256=content,
            digest="",
        )
        receipt.digest = return_digest(receipt.model_dump())
        self.book.session.add(receipt)
        self.book.session.flush()
