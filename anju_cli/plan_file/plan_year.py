"""When the year of a plan file begins and ends: on the first of a month, and within twelve of them."""

from datetime import date

from anju_cli.domain.quarters import DAY, Quarters, month_after, quarters_of
from anju_cli.i18n import _
from anju_cli.plan_file.parts import Parts


def plan_year(parts: Parts) -> Quarters | None:
    """The plan's year in quarters, null where the file does not tell it; every problem is noted on the way."""
    head = parts.plan
    if head is None:
        return None
    starts = quarters_of(head.year).starts
    if head.starts is not None:
        if _may_start(head.starts, head.year):
            starts = head.starts
        else:
            first = _("the first of a month, in {year} or from February of the year before on").format(year=head.year)
            parts.found(("plan", "starts"), head.starts.isoformat(), first)
    whole = quarters_of(head.year, starts)
    if head.ends is None or head.ends == whole.ends:
        return whole
    if not starts < head.ends < whole.ends or (head.ends + DAY).day != 1:
        last = _("the last of a month, from {first} to {last}")
        parts.found(
            ("plan", "ends"), head.ends.isoformat(), last.format(first=month_after(starts, 1) - DAY, last=whole.ends)
        )
        return whole
    return quarters_of(head.year, starts, head.ends)


def _may_start(day: date, year: int) -> bool:
    """A year that begins in January is that of the calendar, so it is no other's."""
    return day.day == 1 and (day.year == year or (day.year == year - 1 and day.month > 1))
