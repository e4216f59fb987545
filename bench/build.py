"""Make a synthetic database: `python bench/build.py FILE --entries 2000`. Every figure in it is made up.

The plan is the shipped one; filings of twenty entries come quarter by quarter, as in a real year: quantities, counted
cases, words, a few late, one entry in a thousand corrected. Digests of entries are dummies, so `anju ledger verify`
would object.
"""

import argparse
import random
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from anju_cli.domain.digests import FILING_CONTENT, filing_digest
from anju_cli.domain.items import Item
from anju_cli.domain.plan import Plan
from anju_cli.ledger.plans import apply, initialise
from anju_cli.plan_file import load_or_fail, shipped

TODAY = "2021-01-15"
"""A day in the span of the shipped plan, on which all four quarters are over."""

OTHER_YEAR = 2018
"""The year of all plans but one where there are many: none of them holds on TODAY."""

PER_FILING = 20
WHO = "bench"

FILING_COLUMNS = ("id", "plan", "who", "via", "received_on", "recorded_at")
FILING = "INSERT INTO filing (id, plan, who, via, received_on, recorded_at, digest) VALUES (?, ?, ?, ?, ?, ?, ?)"
ENTRY = """
INSERT INTO entry (id, key, filing_id, plan, item, unit, quarter, happened_on, received_on, quantity, reports,
                   corrects, root, reason, digest)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"""


def build(path: Path, entries: int, plans: int = 1, only: int | None = None) -> None:
    """A database of `entries` over `plans`, the first of them the shipped one; or the same plan number `only` alone."""
    first, *others = districts(plans)
    chosen = [first, *others] if only is None else [[first, *others][only]]
    initialise(path, chosen[0], WHO)
    for plan in chosen[1:]:
        apply(path, plan, WHO, document=None, effective=None)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode = OFF")
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute("PRAGMA cache_size = -500000")
        guards = connection.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND name LIKE '%replace'"
        ).fetchall()
        for name, _ in guards:  # they would only make this slower
            connection.execute(f"DROP TRIGGER {name}")
        filing = entry = 1
        for turn, plan in enumerate(chosen):
            chance = random.Random(turn if only is None else only)
            for number, rows in year(plan, entries // plans, filing, entry, chance):
                connection.execute(FILING, filing_row(plan, number, rows))
                connection.executemany(ENTRY, rows)
                filing, entry = number + 1, entry + len(rows)
        for _, sql in guards:
            connection.execute(sql)
        connection.commit()


def districts(plans: int) -> list[Plan]:
    """The shipped plan, and as many like it as are wanted, of other districts and another year."""
    plan = load_or_fail(shipped())
    return [plan, *(replace(plan, id=f"district-{number:02}", year=OTHER_YEAR) for number in range(1, plans))]


def year(plan: Plan, entries: int, filing: int, entry: int, chance: random.Random) -> Iterator[tuple[int, list]]:
    """The filings of one plan, each with its rows of `entry`."""
    may_report = reportable(plan)
    bodies, last = sorted(may_report), entry + entries
    start = entry
    while entry < last:
        quarter = 1 + 4 * (entry - start) // entries
        begins, received = plan.quarters.start(quarter), received_on(plan, quarter, chance)
        body, rows = chance.choice(bodies), []
        for line in range(min(PER_FILING, last - entry)):
            item = chance.choice(may_report[body])
            on = (begins + timedelta(chance.randrange(90))).isoformat()
            quantity = None if item.reporting == "summary" else chance.randrange(4)
            copied = (plan.id, item.id, body, quarter, on, received.isoformat())
            rows.append(row(filing, line, entry, copied, quantity))
            entry += 1
        if filing % 50 == 0 and len(rows) == PER_FILING and rows[0][9]:
            rows[-1] = row(filing, PER_FILING - 1, entry - 1, rows[0][3:9], -1, corrects=rows[0][0])
        yield filing, rows
        filing += 1


def reportable(plan: Plan) -> dict[str, list[Item]]:
    """What each body may report; milestones are left out, since their levels do not add up."""
    items = [
        item
        for item in plan.items
        if item.kind != "milestone" and item.reporting in ("quantity", "case", "summary") and not item.derived
    ]
    found: dict[str, list[Item]] = {}
    for item in items:
        if item.id not in plan.children and not item.through:
            for body in plan.may_report(item):
                found.setdefault(body, []).append(item)
    return found


def received_on(plan: Plan, quarter: int, chance: random.Random) -> date:
    """A day on which a return reached the office: mostly by the deadline."""
    return plan.quarters.after(quarter, chance.choice([3, 5, 7, 8, 8, 9, 9, 9, 9, 14]))


def filing_row(plan: Plan, filing: int, rows: list) -> tuple:
    """A filing; the clock of its recording is made up as well. Its digest is right for the dummies of its entries."""
    recorded = f"2021-01-14T00:00:00.{filing:06}Z" if filing < 10**6 else "2021-01-14T00:00:01.000000Z"
    stored = (filing, plan.id, WHO, "excel", rows[0][8], recorded)
    known = dict.fromkeys(FILING_CONTENT) | dict(zip(FILING_COLUMNS, stored, strict=True))
    return *stored, filing_digest(known, [each[-1] for each in rows])


def row(filing: int, line: int, entry: int, copied: tuple, quantity: int | None, corrects: int | None = None) -> tuple:
    """A row of `entry`: a report, or the correction of one."""
    kind = (1, None, None, None) if corrects is None else (0, corrects, corrects, "counted twice")
    return entry, f"{filing:09}-{line:06}", filing, *copied, quantity, *kind, f"{entry:064x}"


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Make a synthetic database.")
    parser.add_argument("file", type=Path)
    parser.add_argument("--entries", type=int, default=2_000)
    parser.add_argument("--plans", type=int, default=1)
    parser.add_argument("--only", type=int, help="of the many plans, this number alone, as it is among them")
    given = parser.parse_args()
    build(given.file, given.entries, given.plans, given.only)
