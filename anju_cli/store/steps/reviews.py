"""Reviews, what was circulated, what came after the lock, and seals."""

from anju_cli.store.steps.append_only import append_only

_REVIEW_EVENT = """
CREATE TABLE review_event (
    id INTEGER NOT NULL PRIMARY KEY,
    plan VARCHAR NOT NULL,
    quarter INTEGER NOT NULL,
    event VARCHAR NOT NULL,           -- deadline | open | lock | confirm | result | close | bulletin | reopen
    happened_on VARCHAR NOT NULL,     -- ISO date: of a close the day it ended, of a bulletin its date, of a deadline it
    unit VARCHAR,                     -- of a result the unit, of a confirmation the body; null: the whole review
    result VARCHAR,                   -- met | not_met, as people typed it; null: no result
    aspect VARCHAR,                   -- land | funds | quality | outcome: the heading of a finding; null: none given
    number VARCHAR,                   -- the bulletin's number (发文字号)
    recipients VARCHAR,               -- of a bulletin, in words
    note VARCHAR,                     -- of a confirmation the objection; null: none
    evidence VARCHAR,                 -- of a result the lines of evidence under it, frozen
    reason VARCHAR,
    document VARCHAR,                 -- number of the document that orders it
    who VARCHAR NOT NULL,
    recorded_at VARCHAR NOT NULL,     -- UTC, ISO with microseconds, strictly increasing over the file
    digest VARCHAR NOT NULL,          -- SHA-256 of all of the above
    CHECK (quarter BETWEEN 1 AND 4),
    CHECK (event IN ('deadline', 'open', 'lock', 'confirm', 'result', 'close', 'bulletin', 'reopen')),
    CHECK ((event = 'result') = (result IS NOT NULL)),
    CHECK (result IS NULL OR unit IS NOT NULL),
    CHECK (aspect IS NULL OR (aspect IN ('land', 'funds', 'quality', 'outcome') AND result IS NOT NULL)),
    CHECK (event <> 'reopen' OR (reason IS NOT NULL AND document IS NOT NULL)),
    CHECK (event NOT IN ('close', 'deadline') OR document IS NOT NULL),
    CHECK (event <> 'bulletin' OR (number IS NOT NULL AND recipients IS NOT NULL))
)"""

# Which quarter is locked: asked by every write, inside its transaction.
_EVENTS = "CREATE INDEX review_event_of_quarter ON review_event (plan, quarter, event)"

_PUBLICATION = """
CREATE TABLE publication (
    id INTEGER NOT NULL PRIMARY KEY,
    event_id INTEGER NOT NULL UNIQUE REFERENCES review_event (id),  -- the lock that froze it
    plan VARCHAR NOT NULL,
    quarter INTEGER NOT NULL,
    filing INTEGER NOT NULL,          -- the last filing then; 0 where there was none
    revision INTEGER NOT NULL,        -- the state of the plan it was made by
    as_of VARCHAR NOT NULL,           -- ISO date
    recorded_at VARCHAR NOT NULL,     -- the lock's: --known-at this moment makes the same report anew
    document_digest VARCHAR NOT NULL, -- SHA-256 of the document
    digest VARCHAR NOT NULL,          -- SHA-256 of all of the above
    document VARCHAR NOT NULL         -- the report and its lines of evidence, JSON; last, since it is long
)"""

_OF_QUARTER = "CREATE INDEX publication_of_quarter ON publication (plan, quarter, id)"

_CARRIED = """
CREATE TABLE carried (
    id INTEGER NOT NULL PRIMARY KEY,
    entry_id INTEGER NOT NULL UNIQUE REFERENCES entry (id),  -- booked in the open quarter
    plan VARCHAR NOT NULL,
    for_quarter INTEGER NOT NULL,     -- the locked quarter it is of (补报); 0 before the plan year
    for_day VARCHAR NOT NULL,         -- ISO date it happened
    settles INTEGER REFERENCES entry (id),  -- the entry it corrects or voids without touching it; null: a new report
    digest VARCHAR NOT NULL,          -- SHA-256 of all of the above
    CHECK (for_quarter BETWEEN 0 AND 4)
)"""

_CARRIED_OF_PLAN = "CREATE INDEX carried_of_plan ON carried (plan)"

_SETTLES = "CREATE INDEX carried_settles ON carried (settles) WHERE settles IS NOT NULL"

_RESTATEMENT = """
CREATE TABLE restatement (
    id INTEGER NOT NULL PRIMARY KEY,
    filing_id INTEGER NOT NULL UNIQUE REFERENCES filing (id),  -- its entries change figures already circulated
    plan VARCHAR NOT NULL,
    quarter INTEGER NOT NULL,         -- the first locked quarter whose figures it changes
    reason VARCHAR NOT NULL,
    document VARCHAR NOT NULL,        -- number of the document that orders it
    digest VARCHAR NOT NULL,          -- SHA-256 of all of the above
    CHECK (quarter BETWEEN 1 AND 4)
)"""

_SEAL = """
CREATE TABLE seal (
    id INTEGER NOT NULL PRIMARY KEY,
    previous VARCHAR,                 -- digest of the seal before; null: the first
    covers VARCHAR NOT NULL,          -- JSON: of each table the last id; what the seal before covers is left out
    filings INTEGER NOT NULL,         -- filings covered by now, those of earlier seals included
    occasion VARCHAR NOT NULL,        -- hand | lock | close | bulletin
    who VARCHAR NOT NULL,
    recorded_at VARCHAR NOT NULL,     -- UTC, ISO with microseconds, strictly increasing over the file
    digest VARCHAR NOT NULL UNIQUE    -- SHA-256 of all of the above and of every digest it covers, in order
)"""

STATEMENTS = [
    _REVIEW_EVENT,
    _EVENTS,
    _PUBLICATION,
    _OF_QUARTER,
    _CARRIED,
    _CARRIED_OF_PLAN,
    _SETTLES,
    _RESTATEMENT,
    _SEAL,
    *append_only("review_event", "id = NEW.id"),
    *append_only("publication", "id = NEW.id OR event_id = NEW.event_id"),
    *append_only("carried", "id = NEW.id OR entry_id = NEW.entry_id"),
    *append_only("restatement", "id = NEW.id OR filing_id = NEW.filing_id"),
    *append_only("seal", "id = NEW.id OR digest = NEW.digest"),
]

TABLES = ("review_event", "publication", "carried", "restatement", "seal")
"""The tables it makes, each append-only."""
