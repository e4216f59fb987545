"""The rows written beside the ledger: projects, follow-up, returns received. A report typed in does not load them."""

from sqlmodel import Field, SQLModel


class ProjectEvent(SQLModel, table=True):
    """One field of a project, as it was stated or changed."""

    __tablename__ = "project_event"

    id: int | None = Field(default=None, primary_key=True)
    plan: str
    project: str
    part: str
    subject: str | None = None
    field: str
    value: str | None = None
    act: str
    happened_on: str
    reason: str | None = None
    document: str | None = None
    source: str | None = None
    who: str
    recorded_at: str
    digest: str


class Followup(SQLModel, table=True):
    """One event of a slip, an interview, a meeting, a task, or of what follows from them."""

    id: int | None = Field(default=None, primary_key=True)
    plan: str
    kind: str
    number: int
    step: int
    event: str
    happened_on: str
    content: str
    reason: str | None = None
    document: str | None = None
    who: str
    recorded_at: str
    digest: str


class ReturnReceipt(SQLModel, table=True):
    """A return that reached the office, and what became of it (已收、已退回、已采用)."""

    __tablename__ = "return_receipt"

    id: int | None = Field(default=None, primary_key=True)
    plan: str
    unit: str
    quarter: int
    state: str
    problems: int
    filing_id: int | None = Field(default=None, foreign_key="filing.id")
    received_on: str
    recorded_at: str
    who: str
    source: str
    source_sha256: str
    content_sha256: str
    digest: str
