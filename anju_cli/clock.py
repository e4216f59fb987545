"""The only reader of the clock. Recording time is always real; today may be set, to replay or rehearse a year."""

import os
from datetime import UTC, date, datetime

from anju_cli.errors import Unclear
from anju_cli.i18n import _


def today() -> date:
    """Today's date, or the one ANJU_TODAY sets for every default."""
    text = os.environ.get("ANJU_TODAY")
    if not text:
        return date.today()
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Unclear(_("ANJU_TODAY is not a date such as 2020-07-15"), got=text) from None


def now() -> datetime:
    """The moment of recording, in UTC."""
    return datetime.now(UTC)
