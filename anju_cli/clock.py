"""The only reader of the clock. Recording time is always real; today may be set, to replay or rehearse a year."""

import os
from datetime import UTC, date, datetime, timedelta

from anju_cli.errors import Unavailable, Unclear
from anju_cli.i18n import _

FIRST_YEAR, LAST_YEAR = 1900, 9000
"""Years from which, and before which, a clock is believed."""

LONG = timedelta(days=100)
"""More than a quarter without a filing is rare: it is said, for the clock may stand ahead."""


def today() -> date:
    """Today's date, or the one ANJU_TODAY sets for every default."""
    text = os.environ.get("ANJU_TODAY")
    try:
        day = date.fromisoformat(text) if text else date.today()
    except ValueError:
        raise Unclear(_("ANJU_TODAY is not a date such as 2020-07-15"), got=text) from None
    check_year(day.year, day)
    return day


def now() -> datetime:
    """The moment of recording, in UTC."""
    return datetime.now(UTC)


def check_year(year: int, got: object) -> None:
    """Refuse a clock in whose time nothing can be reckoned with: whatever is recorded later could not come after it.

    Raises Unavailable.
    """
    if not FIRST_YEAR <= year < LAST_YEAR:
        hint = _("set the clock of this computer, or ANJU_TODAY")
        raise Unavailable(_("the clock cannot be right"), got=got, hint=hint)
