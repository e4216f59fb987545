"""Who is late: what was asked."""

from datetime import date
from typing import NamedTuple


class LateScope(NamedTuple):
    """What a list of who is late was asked for."""

    plan: str
    title: str
    title_en: str
    as_of: date
    reason: str | None
    unit: str | None
    unit_name: str
    unit_name_en: str
    quarter: str | None
    deadline_inferred: bool
    """The return deadlines are the office's own (暂定)."""
