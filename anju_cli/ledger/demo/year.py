"""A made-up half year on the real plan: on time, late, zero, behind, over, corrected, reduced.

Every figure is invented and says so, in its note and in who recorded it.
"""

from dataclasses import replace
from datetime import date
from pathlib import Path

from anju_cli import outlet
from anju_cli.domain.plan import Plan
from anju_cli.errors import Refused
from anju_cli.i18n import _
from anju_cli.ledger.book import Book, opened
from anju_cli.ledger.demo import projects as demo_projects
from anju_cli.ledger.drafts import Manner
from anju_cli.ledger.entries.adding import Reduction, Report, add, reduce
from anju_cli.ledger.entries.chains import correct
from anju_cli.ledger.plans import issue
from anju_cli.store import entry_queries, whole_rows
from anju_cli.store.copies import drafting, publish
from anju_cli.store.writing import make as make_database
from anju_cli.store.writing import writing

TODAY = date(2020, 7, 15)
"""The day on which the demo stands: in the review of the second quarter."""

WHO = "演示 demo"
NOTE = "演示数据，非真实进度 (made-up figure)"

# item, body, quantity, day received: the returns of a quarter
Q1_FIGURES = [
    ("raise", "hsc", 860, "2020-04-09"),
    ("raise", "tal", 360, "2020-04-08"),
    ("complete", "hsc", 180, "2020-04-09"),
    ("complete-final", "hsc", 60, "2020-04-09"),
    ("supply", "hsc", 640, "2020-04-09"),
    ("subsidy", "hsc", 12, "2020-04-09"),
    ("subsidy-eligible", "hsc", 14, "2020-04-09"),
    ("drc-invest-draft", "drc", 100, "2020-04-07"),
    ("drc-invest-issue", "drc", 50, "2020-04-07"),
    ("wat-river.received", "wat", 5, "2020-04-14"),
    ("wat-river", "wat", 4, "2020-04-14"),
    ("wat-works.received", "wat", 0, "2020-04-14"),
    ("wat-works", "wat", 0, "2020-04-14"),
    ("pnr-siting.received", "pnr", 3, "2020-04-10"),
    ("pnr-siting", "pnr", 3, "2020-04-10"),
    ("pnr-preexam.received", "pnr", 3, "2020-04-10"),
    ("pnr-preexam", "pnr", 2, "2020-04-10"),
    ("pnr-permit.received", "pnr", 2, "2020-04-10"),
    ("pnr-permit", "pnr", 1, "2020-04-10"),
    ("ura-review.received", "ura", 3, "2020-04-10"),
    ("ura-review", "ura", 2, "2020-04-10"),
]
Q2_FIGURES = [
    ("raise", "hsc", 820, "2020-07-08"),
    ("raise", "tal", 336, "2020-07-09"),
    ("complete", "hsc", 60, "2020-07-08"),
    ("complete-final", "hsc", 20, "2020-07-08"),
    ("supply", "hsc", 700, "2020-07-08"),
    ("subsidy", "hsc", 6, "2020-07-08"),
    ("subsidy-eligible", "hsc", 6, "2020-07-08"),
    ("drc-invest-issue", "drc", 100, "2020-07-06"),
    ("ura-plan", "ura", 40, "2020-07-10"),
    ("wat-river.received", "wat", 3, "2020-07-09"),
    ("wat-river", "wat", 3, "2020-07-09"),
    ("wat-works.received", "wat", 2, "2020-07-09"),
    ("wat-works", "wat", 1, "2020-07-09"),
    ("wat-capacity.received", "wat", 2, "2020-07-09"),
    ("wat-capacity", "wat", 2, "2020-07-09"),
    ("wat-environment.received", "wat", 0, "2020-07-09"),
    ("wat-environment", "wat", 0, "2020-07-09"),
    ("pnr-siting.received", "pnr", 3, "2020-07-10"),
    ("pnr-siting", "pnr", 2, "2020-07-10"),
    ("pnr-preexam.received", "pnr", 2, "2020-07-10"),
    ("pnr-preexam", "pnr", 2, "2020-07-10"),
    ("pnr-permit.received", "pnr", 2, "2020-07-10"),
    ("pnr-permit", "pnr", 3, "2020-07-10"),
    ("eco-site.received", "eco", 2, "2020-07-13"),
    ("eco-site", "eco", 2, "2020-07-13"),
    ("eco-risk.received", "eco", 0, "2020-07-13"),
    ("eco-risk", "eco", 0, "2020-07-13"),
    ("ura-review.received", "ura", 1, "2020-07-10"),
    ("ura-review", "ura", 1, "2020-07-10"),
    ("cmb-judge.received", "cmb", 0, "2020-07-07"),
    ("cmb-judge", "cmb", 0, "2020-07-07"),
]
# body, day received: the summary rows; whoever is missing has not reported
Q1_WORDS = {
    **dict.fromkeys(("drc", "edu", "civ", "fin", "hcb", "hlt", "ura", "pwb", "hsc", "trc", "kda"), "2020-04-09"),
    **dict.fromkeys(("sub-pingshan", "sub-maluan", "sub-biling", "sub-shijing", "sub-kengzi"), "2020-04-10"),
    **{
        "sub-longtian": "2020-04-15",
        "wat": "2020-04-14",
        "pnr": "2020-04-10",
        "tra": "2020-04-10",
        "tal": "2020-04-08",
    },
}
Q2_WORDS = {
    **dict.fromkeys(("drc", "edu", "civ", "hcb", "wat", "hlt", "cmb", "ura", "pwb", "hsc", "pnr", "tal"), "2020-07-09"),
    **dict.fromkeys(("sub-pingshan", "sub-maluan", "sub-biling", "sub-kengzi", "sub-longtian"), "2020-07-10"),
    **{"eco": "2020-07-13", "fin": "2020-07-14"},
}
LEVELS = [
    ("ms-q1-survey", 60, "2020-02-20"),
    ("ms-q1-survey", 100, "2020-03-27"),
    ("ms-q1-syncplan", 50, "2020-03-31"),
    ("ms-q1-syncplan", 80, "2020-06-30"),
    ("backlog-review", 70, "2020-06-24"),
]


def make(path: Path, plan: Plan) -> None:
    """Make the scratch database, whole or not at all, in place of an earlier demo but of nothing else."""
    target = outlet.guard_new_database(path)
    if target.exists():
        _check_is_demo(target)
    with drafting(target, _("no database can be made here")) as draft:
        make_database(draft, lambda session: issue(session, draft, plan, WHO))
        with opened(draft, plan.id, WHO) as book:
            book.today = TODAY
            _tell(book)
        publish(draft, target, replacing=True)


def _check_is_demo(path: Path) -> None:
    with writing(path, dry_run=True) as session:
        others = whole_rows.by_others(session, WHO)
    if others:
        hint = _("remove it, or name another with --db")
        raise Refused(_("this database holds what is not the demo's"), got=path, hint=hint)


def _tell(book: Book) -> None:
    """File the story, in the order in which it reached the office."""
    for item, level, on in LEVELS[:3]:
        _report(book, Report(item, "hsc", str(level), on=on, received="2020-04-09"))
    for quarter, figures, words in ((1, Q1_FIGURES, Q1_WORDS), (2, Q2_FIGURES, Q2_WORDS)):
        for item, body, quantity, received in figures:
            _report(book, Report(item, body, str(quantity), quarter=quarter, received=received))
        for body, received in words.items():
            _report(book, Report("summary", body, quarter=quarter, received=received))
    for item, level, on in LEVELS[3:]:
        _report(book, Report(item, "hsc", str(level), on=on, received="2020-07-08"))
    by_phone = Manner(via="phone")
    number = entry_queries.first_entry(book.connection, book.plan.id, "raise", "tal") or 0
    correct(book, number, "演示：重复计算10套", by_phone, quantity="350", total=None)
    reduction = Reduction("raise", "tal", "36", "演示：市里未予认定", on="2020-06-28", received="2020-07-09", note=NOTE)
    reduce(book, reduction, by_phone)
    demo_projects.tell(book)


def _report(book: Book, report: Report) -> None:
    add(book, replace(report, note=NOTE), Manner(via="excel"))
