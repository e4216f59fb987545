"""Version 4: returns received: adopted, sent back, or waiting."""

from anju_cli.store.steps.append_only import append_only

_RETURN = """
CREATE TABLE return_receipt (
    id INTEGER NOT NULL PRIMARY KEY,  -- in order of commit
    plan VARCHAR NOT NULL,
    unit VARCHAR NOT NULL,            -- the reporting body
    quarter INTEGER NOT NULL,         -- the quarter that the return is for
    state VARCHAR NOT NULL,           -- received: waits for a decision | returned: sent back | adopted: booked
    problems INTEGER NOT NULL,        -- how many were found in it; 0 unless it was sent back
    filing_id INTEGER REFERENCES filing (id),  -- of an adopted one; null: all of it had been recorded before
    received_on VARCHAR NOT NULL,     -- ISO date it reached the office: on time is judged by the first
    recorded_at VARCHAR NOT NULL,     -- UTC, ISO with microseconds; its filing's where it has one
    who VARCHAR NOT NULL,             -- the clerk (经办人)
    source VARCHAR NOT NULL,          -- name of the file
    source_sha256 VARCHAR NOT NULL,
    content_sha256 VARCHAR NOT NULL,  -- of what it says, however it was saved
    digest VARCHAR NOT NULL,          -- SHA-256 of all of the above but id
    CHECK (quarter BETWEEN 1 AND 4),
    CHECK (state IN ('received', 'returned', 'adopted')),
    CHECK (filing_id IS NULL OR state = 'adopted'),
    CHECK ((problems > 0) = (state = 'returned'))
)"""

# The receipts of one plan, in order: a report reads them all, for they are few.
_OF_PLAN = "CREATE INDEX return_receipt_of_plan ON return_receipt (plan, id)"

STATEMENTS: list[str] = [_RETURN, _OF_PLAN, *append_only("return_receipt", "id = NEW.id")]

TABLES: tuple[str, ...] = ("return_receipt",)
"""The tables it makes, each append-only."""
