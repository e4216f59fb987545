"""How each reporting body reported and what it is late with, and the sums over them."""

from collections.abc import Iterable, Sequence

from anju_cli.domain.overdue import Late
from anju_cli.domain.owed import Owed
from anju_cli.domain.plan import Body
from anju_cli.domain.rates import rate
from anju_cli.reports.answers.rows import Totals, UnitRow


def unit_rows(rows: Sequence[Owed], late: Sequence[Late], bodies: Iterable[Body]) -> list[UnitRow]:
    """One row for each reporting body, in plan order."""
    return [_row(body, [row for row in rows if row.body == body.id], late) for body in bodies]


def _row(body: Body, rows: Sequence[Owed], late: Sequence[Late]) -> UnitRow:
    mine = [each.reason for each in late if each.body == body.id]
    reported = sum(row.reported for row in rows)
    return UnitRow(
        unit=body.unit or body.id,
        member=body.member,
        name=body.name,
        name_en=body.name_en,
        items_due=len(rows),
        items_reported=reported,
        reporting_rate=rate(reported, len(rows)),
        late_returns=sum(row.late for row in rows),
        zero_reports=sum(row.zero for row in rows),
        overdue=mine.count("overdue"),
        behind=mine.count("behind"),
        unreported=sum(row.unreported for row in rows),
        returned=sum(row.returned for row in rows),
    )


def totals(rows: Sequence[UnitRow]) -> Totals:
    """The sums over the units shown."""
    due, reported = sum(row.items_due for row in rows), sum(row.items_reported for row in rows)
    return Totals(
        units=len({row.unit for row in rows}),
        bodies=len(rows),
        items_due=due,
        items_reported=reported,
        reporting_rate=rate(reported, due),
        late_returns=sum(row.late_returns for row in rows),
        zero_reports=sum(row.zero_reports for row in rows),
        overdue=sum(row.overdue for row in rows),
        behind=sum(row.behind for row in rows),
        unreported=sum(row.unreported for row in rows),
        returned=sum(row.returned for row in rows),
    )
