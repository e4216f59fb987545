"""Working days by the State Council's arrangement and the plan's overrides. The only importer of chinesecalendar."""

from collections.abc import Container
from datetime import date
from functools import cache

from anju_cli.domain.plan import Settings

SATURDAY = 5
"""`date.weekday()` of the first day of a weekend."""


@cache
def arranged() -> tuple[range, Container[date], Container[date]]:
    """The years that are published, and their days off and make-up working days."""
    # Loaded late: a command without a date to count never pays for it. Read as tables: `is_workday` looks for the first
    # and the last year of the whole table at every call, and a report asks for thousands of days.
    from chinese_calendar.constants import holidays, workdays

    return range(min(holidays).year, max(holidays).year + 1), holidays, workdays


class WorkCalendar:
    """Whether a day is a working day: make-up weekends and the 2020 extension included, unknown years said to be so."""

    def __init__(self, settings: Settings) -> None:
        self._days_off = frozenset(settings.days_off)
        self._work_days = frozenset(settings.work_days)

    def is_working(self, day: date) -> bool | None:
        """Whether `day` is a working day; null where that year is not yet published (待国务院公布)."""
        if day in self._work_days:
            return True
        if day in self._days_off:
            return False
        years, days_off, work_days = arranged()
        if day.year not in years:
            return None
        return day in work_days or (day.weekday() < SATURDAY and day not in days_off)
