"""Working days by the State Council's arrangement and the plan's overrides. The only importer of chinesecalendar."""

from collections.abc import Callable
from datetime import date
from functools import cached_property

from anju_cli.domain.plan import Settings


class WorkCalendar:
    """Whether a day is a working day: make-up weekends and the 2020 extension included, unknown years said to be so."""

    def __init__(self, settings: Settings) -> None:
        self._days_off = frozenset(settings.days_off)
        self._work_days = frozenset(settings.work_days)

    @cached_property
    def _arranged(self) -> Callable[[date], bool]:
        # Reports without a date to count never pay for the table of holidays.
        from chinese_calendar import is_workday

        return is_workday  # type: ignore[no-any-return]

    def is_working(self, day: date) -> bool | None:
        """Whether `day` is a working day; null where that year is not yet published (待国务院公布)."""
        if day in self._work_days:
            return True
        if day in self._days_off:
            return False
        try:
            return bool(self._arranged(day))
        except NotImplementedError:
            return None
