"""The rows of reviews and seals that are written. `steps.reviews` says what each column means.

Kept apart from `tables`, which every `progress add` pays for.
"""

from sqlmodel import Field, SQLModel


class ReviewEvent(SQLModel, table=True):
    """A step of the assessment of one quarter."""

    __tablename__ = "review_event"

    id: int | None = Field(default=None, primary_key=True)
    plan: str
    quarter: int
    event: str
    happened_on: str
    unit: str | None = None
    result: str | None = None
    aspect: str | None = None
    number: str | None = None
    recipients: str | None = None
    note: str | None = None
    evidence: str | None = None
    reason: str | None = None
    document: str | None = None
    who: str
    recorded_at: str
    digest: str


class Publication(SQLModel, table=True):
    """The report on a quarter as it was when its data were locked."""

    id: int | None = Field(default=None, primary_key=True)
    event_id: int = Field(unique=True)
    plan: str
    quarter: int
    filing: int
    revision: int
    as_of: str
    recorded_at: str
    document_digest: str
    digest: str
    document: str


class Seal(SQLModel, table=True):
    """A digest of everything recorded since the seal before (封存)."""

    id: int | None = Field(default=None, primary_key=True)
    previous: str | None = None
    covers: str
    filings: int
    occasion: str
    who: str
    recorded_at: str
    digest: str
