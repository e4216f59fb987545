"""Version 2: the project register. What is known of a project is the fold of what was recorded of it."""

from anju_cli.store.steps.append_only import append_only

_PROJECT_EVENT = """
CREATE TABLE project_event (
    id INTEGER NOT NULL PRIMARY KEY,  -- in order of commit
    plan VARCHAR NOT NULL,
    project VARCHAR NOT NULL,         -- the project's code (项目编码)
    part VARCHAR NOT NULL,            -- project | target | facility | node: what of it the field belongs to
    subject VARCHAR,                  -- id of the target, kind of the facility, name of the node; null: itself
    field VARCHAR NOT NULL,
    value VARCHAR,                    -- as text: ISO dates, digits, codes, words; null: no longer known
    act VARCHAR NOT NULL,             -- add | edit | facility | schedule; rows of one act share recorded_at
    happened_on VARCHAR NOT NULL,     -- ISO date from which it is so
    reason VARCHAR,                   -- null: nothing known before was changed
    document VARCHAR,                 -- the document it rests on
    source VARCHAR,                   -- name of the file it came from; null: typed
    who VARCHAR NOT NULL,
    recorded_at VARCHAR NOT NULL,     -- UTC, ISO with microseconds, strictly increasing over the file from act to act
    digest VARCHAR NOT NULL,          -- SHA-256 of all of the above but id
    CHECK (part IN ('project', 'target', 'facility', 'node')),
    CHECK ((part = 'project') = (subject IS NULL)),
    CHECK (act IN ('add', 'edit', 'facility', 'schedule'))
)"""

# The history of one plan's register, in order: a report reads it all, for it is short.
_OF_PLAN = "CREATE INDEX project_event_of_plan ON project_event (plan, id)"

# What entries say of each project; entries that name none, which are most, are not in it.
_ENTRIES = """
CREATE INDEX entry_of_project ON entry (plan, project, item, happened_on, filing_id, quantity)
    WHERE project IS NOT NULL"""

STATEMENTS: list[str] = [_PROJECT_EVENT, _OF_PLAN, _ENTRIES, *append_only("project_event", "id = NEW.id")]

TABLES: tuple[str, ...] = ("project_event",)
"""The tables it makes, each append-only."""
