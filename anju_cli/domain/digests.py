"""Digests: SHA-256 of a record's content as a canonical JSON array."""

import json
from collections.abc import Iterable, Mapping
from hashlib import sha256
from typing import Any


def _foreign(value: object) -> object:
    """What is neither text nor a number is none of ours: it has a digest too, which fits nothing that was recorded."""
    return {"not text": repr(value)}


_canonical = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=_foreign).encode

ENTRY_CONTENT = (
    *("key", "plan", "item", "unit", "project", "quarter", "happened_on", "received_on", "quantity", "stated_total"),
    *("reports", "corrects", "root", "reason", "note", "evidence"),
)
"""The columns of an entry that its digest covers, in order."""

FILING_CONTENT = ("id", "plan", "reference", "who", "via", "received_on", "recorded_at", "source", "source_sha256")
"""The columns of a filing that its digest covers, in order, before its entries' digests."""

REVISION_CONTENT = (
    *(
        "plan",
        "revision",
        "document_number",
        "effective_on",
        "spans_from",
        "spans_to",
        "who",
        "recorded_at",
        "document",
    ),
)
"""The columns of a plan revision that its digest covers, in order."""

EVENT_CONTENT = (
    *("plan", "project", "part", "subject", "field", "value", "act", "happened_on", "reason", "document", "source"),
    *("who", "recorded_at"),
)
"""The columns of a change to the project register that its digest covers, in order."""

FOLLOWUP_CONTENT = (
    *("plan", "kind", "number", "step", "event", "happened_on", "content", "reason", "document", "who", "recorded_at"),
)
"""The columns of a follow-up event that its digest covers, in order."""

RETURN_CONTENT = (
    *("plan", "unit", "quarter", "state", "problems", "filing_id", "received_on", "recorded_at", "who"),
    *("source", "source_sha256", "content_sha256"),
)
"""The columns of a return received that its digest covers, in order."""


def digest(content: Iterable[object]) -> str:
    """The digest of a record's fields, in order."""
    return sha256(_canonical(list(content)).encode("utf-8", "surrogatepass")).hexdigest()


def filing_digest(filing: Mapping[str, Any], entries: Iterable[str]) -> str:
    """The digest of a filing: its own fields and its entries' digests."""
    return digest([*(filing[name] for name in FILING_CONTENT), *entries])


def entry_digest(entry: Mapping[str, Any]) -> str:
    """The digest of an entry."""
    return digest(entry[name] for name in ENTRY_CONTENT)


def event_digest(event: Mapping[str, Any]) -> str:
    """The digest of a change to the project register."""
    return digest(event[name] for name in EVENT_CONTENT)


def revision_digest(revision: Mapping[str, Any]) -> str:
    """The digest of a recorded state of a plan."""
    return digest(revision[name] for name in REVISION_CONTENT)


def followup_digest(event: Mapping[str, Any]) -> str:
    """The digest of one event of a follow-up matter."""
    return digest(event[name] for name in FOLLOWUP_CONTENT)


def return_digest(received: Mapping[str, Any]) -> str:
    """The digest of a return received."""
    return digest(received[name] for name in RETURN_CONTENT)
