"""Version 3, follow-up: slips, interviews, meetings, tasks and what they lead to; one table of all their events."""

from anju_cli.store.steps.append_only import append_only

_FOLLOWUP = """
CREATE TABLE followup (
    id INTEGER NOT NULL PRIMARY KEY,
    plan VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,            -- slip | interview | commitment | meeting | topic | resolution | task | record
    number INTEGER NOT NULL,          -- of its kind in its plan, from 1
    step INTEGER NOT NULL,            -- 0 opens the matter; every later event of it counts on
    event VARCHAR NOT NULL,           -- issue, acknowledge, extend, close …: domain.followup says which and when
    happened_on VARCHAR NOT NULL,     -- ISO date
    content VARCHAR NOT NULL,         -- what the event states: one JSON object, keys in order
    reason VARCHAR,
    document VARCHAR,                 -- number of the document it rests on
    who VARCHAR NOT NULL,             -- the clerk (经办人)
    recorded_at VARCHAR NOT NULL,     -- UTC, ISO with microseconds, strictly increasing over the file
    digest VARCHAR NOT NULL,          -- SHA-256 of all of the above but id
    CONSTRAINT one_event_per_step UNIQUE (plan, kind, number, step),
    CHECK (number >= 1),
    CHECK (step >= 0)
)"""

STATEMENTS = [
    _FOLLOWUP,
    *append_only(
        "followup",
        "id = NEW.id OR (plan = NEW.plan AND kind = NEW.kind AND number = NEW.number AND step = NEW.step)",
    ),
]

TABLES = ("followup",)
"""The tables it makes, each append-only."""
