"""Receipts of returns: what came, when, and what became of it."""

from anju_cli.domain.digests import return_digest
from anju_cli.domain.returned import Receipt
from anju_cli.ledger.book import Book
from anju_cli.ledger.drafts import Filed, Manner
from anju_cli.ledger.entries.filing import filed_before
from anju_cli.store import entry_queries, receipt_queries, whole_rows
from anju_cli.store.ledger_queries import next_number
from anju_cli.store.receipt_queries import AdoptedReturn, ReturnKey
from anju_cli.store.record_tables import ReturnReceipt


class ReceiptBook:
    """The returns of one body for one quarter."""

    def __init__(self, book: Book, body: str, quarter: int) -> None:
        self.book, self.body, self.quarter = book, body, quarter
        self._whose = ReturnKey(book.plan.id, body, quarter)

    def receipts(self) -> list[Receipt]:
        """All that came, in order of receipt."""
        return [Receipt(*received) for received in receipt_queries.received(self.book.connection, self._whose)]

    def adopted(self, content: str) -> bool:
        """Whether the same content was adopted, and not undone since."""
        return self._adopted(content) is not None

    def _adopted(self, content: str) -> AdoptedReturn | None:
        adopted = receipt_queries.adopted(self.book.connection, self._whose, content)
        if adopted is None or adopted.filing is None:
            return adopted
        return adopted if entry_queries.filing_stands(self.book.connection, adopted.filing) else None

    def filing_of(self, content: str) -> Filed | None:
        """The filing in which the same content was adopted."""
        known = self._adopted(content)
        if known is None or known.filing is None:
            return None
        return filed_before(self.book, whole_rows.filing(self.book.session, known.filing))

    def reference(self, content: str) -> str:
        """What makes a retry safe: body, quarter and content; counted on where the same was undone before."""
        base = f"return:{self.body}:Q{self.quarter}:{content}"
        times = whole_rows.filings_under(self.book.session, self.book.plan.id, base)
        return f"{base}#{times + 1}" if times else base

    def receive(self, manner: Manner, state: str, problems: int, content: str, filed: Filed | None) -> None:
        """Keep a receipt; the very same file again on the same day, with the same outcome, is the same receipt."""
        assert manner.received_on is not None
        last = receipt_queries.last_return(self.book.connection, self._whose)
        same = last is not None and last == (manner.source_sha256, state, manner.received_on, problems)
        if same and filed is None:
            return
        receipt = ReturnReceipt(
            id=next_number(self.book.connection, "return_receipt"),
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
