"""The rows that are written. `schema` says what each column means; a test holds the two to each other."""

from sqlmodel import Field, SQLModel


class PlanRevision(SQLModel, table=True):
    """A recorded state of a plan."""

    __tablename__ = "plan_revision"

    id: int | None = Field(default=None, primary_key=True)
    plan: str
    revision: int
    document_number: str | None = None
    effective_on: str | None = None
    spans_from: str
    spans_to: str
    who: str
    recorded_at: str
    digest: str
    document: str


class Filing(SQLModel, table=True):
    """One act of reporting (报送件)."""

    id: int | None = Field(default=None, primary_key=True)
    plan: str
    reference: str | None = None
    who: str
    via: str | None = None
    received_on: str
    recorded_at: str
    source: str | None = None
    source_sha256: str | None = None
    digest: str


class Entry(SQLModel, table=True):
    """One signed increment, or words alone (进度记录)."""

    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(unique=True)
    filing_id: int = Field(foreign_key="filing.id")
    plan: str
    item: str
    unit: str
    project: str | None = None
    quarter: int
    happened_on: str
    received_on: str
    quantity: int | None = None
    stated_total: int | None = None
    reports: int
    corrects: int | None = Field(default=None, foreign_key="entry.id", unique=True)
    root: int | None = Field(default=None, foreign_key="entry.id")
    reason: str | None = None
    note: str | None = None
    evidence: str | None = None
    digest: str
