"""Whole rows of the ledger as they were written, asked for within the writing transaction."""

from sqlmodel import Session, col, func, select

from anju_cli.store.tables import Entry, Filing, PlanRevision


def entry(session: Session, plan: str, number: int) -> Entry | None:
    """An entry of a plan by its number; null where there is none."""
    return session.exec(select(Entry).where(Entry.id == number, Entry.plan == plan)).one_or_none()


def entries_of(session: Session, filing: int) -> list[Entry]:
    """The entries of a filing, in order."""
    return list(session.exec(select(Entry).where(Entry.filing_id == filing).order_by(col(Entry.id))))


def filing(session: Session, number: int) -> Filing:
    """A filing by its number, which must be there."""
    return session.exec(select(Filing).where(Filing.id == number)).one()


def filing_under(session: Session, plan: str, reference: str) -> Filing | None:
    """What was filed under a reference; null where nothing was."""
    return session.exec(select(Filing).where(Filing.plan == plan, Filing.reference == reference)).one_or_none()


def filings_under(session: Session, plan: str, beginning: str) -> int:
    """How many filings have a reference that begins so."""
    asked = select(func.count()).where(Filing.plan == plan, col(Filing.reference).startswith(beginning))
    return session.exec(asked).one()


def last_filing(session: Session, plan: str) -> int | None:
    """The number of a plan's last filing; null where nothing was filed."""
    return session.exec(select(func.max(Filing.id)).where(Filing.plan == plan)).one()


def newest_revision(session: Session, plan: str) -> PlanRevision | None:
    """The last recorded state of a plan; null where it is new."""
    asked = select(PlanRevision).where(PlanRevision.plan == plan).order_by(col(PlanRevision.revision).desc())
    return session.exec(asked.limit(1)).one_or_none()


def first_revision(session: Session, plan: str) -> PlanRevision:
    """A plan as issued, which must be there."""
    return session.exec(select(PlanRevision).where(PlanRevision.plan == plan, PlanRevision.revision == 0)).one()


def by_others(session: Session, who: str) -> bool:
    """Whether anybody else filed anything or recorded a plan."""
    filed = session.exec(select(Filing.id).where(col(Filing.who) != who).limit(1)).first()
    planned = session.exec(select(PlanRevision.id).where(col(PlanRevision.who) != who).limit(1)).first()
    return filed is not None or planned is not None
