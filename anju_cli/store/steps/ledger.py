"""Version 1, the ledger: plan revisions, filings, entries."""

from anju_cli.store.steps.append_only import append_only

_PLAN_REVISION = """
CREATE TABLE plan_revision (
    id INTEGER NOT NULL PRIMARY KEY,
    plan VARCHAR NOT NULL,            -- the plan's id
    revision INTEGER NOT NULL,        -- 0 as issued, N for the Nth adjustment (第N次调整)
    document_number VARCHAR,          -- null: as issued, or the plan itself
    effective_on VARCHAR,             -- ISO date from which it holds; null: from the beginning
    spans_from VARCHAR NOT NULL,      -- ISO date: the first day of the plan year
    spans_to VARCHAR NOT NULL,        -- ISO date: the end of its last review window
    who VARCHAR NOT NULL,
    recorded_at VARCHAR NOT NULL,     -- UTC, ISO with microseconds, strictly increasing over the file
    digest VARCHAR NOT NULL,          -- SHA-256 of all of the above but id, and of the document
    document VARCHAR NOT NULL,        -- the resolved plan, JSON; last, since it is long and seldom read
    CONSTRAINT one_state_per_revision UNIQUE (plan, revision),
    CHECK (revision >= 0)
)"""

_FILING = """
CREATE TABLE filing (
    id INTEGER NOT NULL PRIMARY KEY,  -- in order of commit: known-at is `filing_id <= N`
    plan VARCHAR NOT NULL,
    reference VARCHAR,                -- makes a retry safe; null: none given
    who VARCHAR NOT NULL,             -- the clerk (经办人)
    via VARCHAR,                      -- excel | wechat | phone | paper | oa; null: not said
    received_on VARCHAR NOT NULL,     -- ISO date the return reached the office
    recorded_at VARCHAR NOT NULL,     -- UTC, ISO with microseconds, strictly increasing over the file
    source VARCHAR,                   -- name of the file it came from; null: typed
    source_sha256 VARCHAR,
    digest VARCHAR NOT NULL,          -- SHA-256 of its fields and its entries' digests: the receipt is its beginning
    CONSTRAINT one_filing_per_reference UNIQUE (plan, reference)
)"""

_ENTRY = """
CREATE TABLE entry (
    id INTEGER NOT NULL PRIMARY KEY,
    key VARCHAR NOT NULL UNIQUE,      -- filing and line, in order
    filing_id INTEGER NOT NULL REFERENCES filing (id),
    plan VARCHAR NOT NULL,
    item VARCHAR NOT NULL,
    unit VARCHAR NOT NULL,            -- the reporting body
    project VARCHAR,                  -- null: not about one project
    quarter INTEGER NOT NULL,         -- of happened_on in the plan year; 0 before it, 5 after it
    happened_on VARCHAR NOT NULL,     -- ISO date
    received_on VARCHAR NOT NULL,     -- ISO date; a copy of the filing's, of the original's where one is corrected
    quantity INTEGER,                 -- signed, smallest unit of the measure; null: words alone
    stated_total INTEGER,             -- the cumulative the body stated; null: an increment was stated
    reports INTEGER NOT NULL,         -- +1 report, 0 correction, -1 void
    corrects INTEGER UNIQUE REFERENCES entry (id),  -- the entry it follows in its chain; null: a report
    root INTEGER REFERENCES entry (id),             -- the report its chain began with; null: it is that report
    reason VARCHAR,
    note VARCHAR,
    evidence VARCHAR,                 -- name and number of what proves it
    digest VARCHAR NOT NULL,
    CHECK (quarter BETWEEN 0 AND 5),
    CHECK (typeof(quantity) IN ('integer', 'null')),
    CHECK (typeof(stated_total) IN ('integer', 'null')),
    CHECK (reports IN (-1, 0, 1)),
    CHECK ((reports = 1) = (corrects IS NULL)),
    CHECK ((corrects IS NULL) = (root IS NULL)),
    CHECK (corrects IS NULL OR reason IS NOT NULL)
)"""

# The one index that matters: a report is one scan over it, and never touches the table. Within a body's quarter it
# is in order of receipt, so that the first receipt is found without reading the rest.
_REPORTING = """
CREATE INDEX entry_reporting ON entry
    (plan, item, unit, quarter, received_on, happened_on, filing_id, reports, quantity)"""

# A filing's entries in order (show, undo).
_OF_FILING = "CREATE INDEX entry_of_filing ON entry (filing_id)"

# A chain's sum and its last entry; reports, which are most rows, are not in it.
_CHAIN = "CREATE INDEX entry_chain ON entry (root) WHERE root IS NOT NULL"

# Stated totals that a write into the past may move; increments, which are most rows, are not in it.
_STATED = "CREATE INDEX entry_stated ON entry (plan, item, unit, happened_on) WHERE stated_total IS NOT NULL"

# The last filing of a plan.
_FILINGS = "CREATE INDEX filing_of_plan ON filing (plan, id)"


STATEMENTS = [
    _PLAN_REVISION,
    _FILING,
    _ENTRY,
    _REPORTING,
    _OF_FILING,
    _CHAIN,
    _STATED,
    _FILINGS,
    *append_only("plan_revision", "id = NEW.id OR (plan = NEW.plan AND revision = NEW.revision)"),
    *append_only("filing", "id = NEW.id OR (plan = NEW.plan AND reference = NEW.reference)"),
    *append_only("entry", "id = NEW.id OR key = NEW.key OR corrects = NEW.corrects"),
]

TABLES = ("plan_revision", "filing", "entry")
"""The tables it makes, each append-only."""
