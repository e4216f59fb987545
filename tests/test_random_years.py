"""Random years of two plans against an independent model: locks, carried figures, restatements, cases taken in.

The model is lists and loops, written from the rules: a figure stands once; after the lock it is carried or restated;
a reference answers what is recorded; the lock is asked first, then the reference, then whether a figure stands.
"""

import os
import shutil
from dataclasses import dataclass, field
from datetime import date

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

DEEP = os.environ.get("ANJU_HYPOTHESIS") == "deep"
PLAN = """\
plan: {id: ours-YEAR, year: YEAR, region: 某区, title: 某区YEAR年度住房任务分解方案, issuer: 某区住房领导小组, issued_on: YEAR-01-02}
units:
  - {id: hsc, name: 住保中心}
  - {id: tal, name: 安居公司}
  - {id: wat, name: 水务局}
targets:
  - {id: raise, name: 筹集, lead: [hsc], assist: [tal], goal: 1000, measure: 套, due: YEAR-12-31, pace: even, allocations: {hsc: 600, tal: 400}}
duties:
  - {id: river, name: 河道审查, lead: [wat], measure: 件, reporting: case}
"""
YEARS = (2020, 2021)
PLACES = [("raise", "hsc"), ("raise", "tal"), ("river", "wat"), ("river.received", "wat")]
ENDS = {1: (3, 31), 2: (6, 30), 3: (9, 30), 4: (12, 31)}
DAYS = [
    date.fromisoformat(day)
    for day in (
        *("2020-03-20", "2020-04-08", "2020-04-22", "2020-07-08", "2020-07-22", "2020-10-08", "2020-10-22"),
        *("2021-01-08", "2021-01-22", "2021-04-08", "2021-04-22", "2021-07-22", "2021-10-22", "2022-01-22"),
    )
]
WAYS = {
    "plain": (),
    "carry": ("--carry",),
    "restate": ("--restate", "--reason", "核实", "--document", "会议纪要1号"),
}


@dataclass
class Figure:
    """A report with what corrected or voided it."""

    last: int
    item: str
    unit: str
    kept_as_of: int
    counts_in: int
    value: int
    asked: tuple[str, ...]
    ended: bool = False


@dataclass
class Year:
    """One plan's year: what stands, and the last quarter that is locked."""

    year: int
    locked: int = 0
    figures: list[Figure] = field(default_factory=list)
    frozen: dict[int, list] = field(default_factory=dict)

    def end(self, quarter):
        return date(self.year, *ENDS[quarter])

    def begun(self, today):
        starts = {1: date(self.year, 1, 1)} | {quarter + 1: self.end(quarter) for quarter in (1, 2, 3)}
        return [quarter for quarter, start in starts.items() if start < today]

    def quarter_of(self, day):
        return next((quarter for quarter in ENDS if day.year == self.year and day <= self.end(quarter)), None)

    def open_quarter(self, today):
        """Where a carried figure counts: in today's quarter; once the year is over in its last, if that is open."""
        quarter = self.quarter_of(today) or (4 if today > self.end(4) else None)
        return quarter if quarter and quarter > self.locked else None

    def sum_of(self, item, until, unit=None, since=1):
        return sum(
            figure.value
            for figure in self.figures
            if figure.item == item and unit in (None, figure.unit) and since <= figure.counts_in <= until
        )

    def place_for(self, quarter, way, today):
        """The quarter in which a figure would count; null where the lock, or the want of one, refuses it."""
        if quarter > self.locked:
            return quarter if way == "plain" else None
        return {"plain": None, "carry": self.open_quarter(today), "restate": quarter}[way]

    def stands(self, item, unit, quarter):
        return any(
            not figure.ended and (figure.item, figure.unit, figure.kept_as_of) == (item, unit, quarter)
            for figure in self.figures
        )


step = st.one_of(
    *2 * [st.tuples(st.just("add"), st.sampled_from(YEARS), st.integers(0, 3), st.sampled_from(PLACES),
                    st.integers(0, 60), st.sampled_from([*2 * ["plain"], "carry", "restate"]), st.booleans())],
    st.tuples(st.just("correct"), st.sampled_from(YEARS), st.integers(0, 30), st.integers(0, 60), st.booleans()),
    st.tuples(st.just("void"), st.sampled_from(YEARS), st.integers(0, 30), st.booleans()),
    st.tuples(st.just("again"), st.sampled_from(YEARS), st.integers(0, 30)),
    st.tuples(st.just("lock"), st.sampled_from(YEARS)),
    *2 * [st.tuples(st.just("later"))],
)  # fmt: skip


@pytest.fixture
def two_plans(anju, tmp_path):
    """A database with the plans of two years, to be copied."""
    for number, year in enumerate(YEARS):
        path = tmp_path / f"{year}.yaml"
        path.write_text(PLAN.replace("YEAR", str(year)), encoding="utf-8")
        anju(f"init --plan {path}" if not number else f"plan apply {path}", today="2020-03-20")
    return shutil.copy(os.environ["ANJU_DB"], tmp_path / "seed.db")


@settings(
    max_examples=150 if DEEP else 20, deadline=None, database=None,
    phases=list(Phase) if DEEP else [Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
)  # fmt: skip
@given(steps=st.lists(step, min_size=15, max_size=35))
def test_two_random_years_say_what_the_model_says(anju, two_plans, steps):
    shutil.copy(two_plans, os.environ["ANJU_DB"])
    years, at = {year: Year(year) for year in YEARS}, 0
    for number, (kind, *rest) in enumerate(steps):
        if kind == "later":
            at = min(at + 1, len(DAYS) - 1)
            continue
        year, today = years[rest[0]], DAYS[at]
        if year.begun(today):
            STEPS[kind](anju, year, today, number, *rest[1:])
    for year in years.values():
        check(anju, year, DAYS[at])
    anju("ledger verify", today=DAYS[at].isoformat())


def tried(anju, line, today, allowed):
    """Run a command that the model allows, or refuses with exit code 4."""
    return anju(" ".join(line), code=0 if allowed else 4, today=today.isoformat())


def add(anju, year, today, number, quarter, place, amount, way, additional):
    begun = year.begun(today)
    quarter = begun[quarter % len(begun)]
    (item, unit), counts_in = place, year.place_for(quarter, way, today)
    line = ("progress", "add", item, str(amount), "-u", unit, "-q", f"{year.year}Q{quarter}", "--json")
    line += (*WAYS[way], *(["--additional"] if additional else []), "--reference", f"r{number}")
    allowed = counts_in is not None and (additional or not year.stands(item, unit, quarter))
    heard = tried(anju, line, today, allowed)
    if allowed:
        entry = heard.json["entries"][0]["id"]
        year.figures.append(Figure(entry, item, unit, quarter, counts_in, amount, line))


def again(anju, year, today, _number, pick):
    """The same command with its reference once more: the lock is asked first, then the reference."""
    if year.figures:
        figure = year.figures[pick % len(year.figures)]
        way = next((way for way in ("carry", "restate") if f"--{way}" in figure.asked), "plain")
        allowed = year.place_for(figure.kept_as_of, way, today) is not None and not figure.ended
        tried(anju, figure.asked, today, allowed)


def correct(anju, year, today, _number, pick, amount, restate):
    if year.figures:
        figure = year.figures[pick % len(year.figures)]
        line = ("progress", "correct", str(figure.last), str(amount), "--json", "--plan", f"ours-{year.year}")
        line += WAYS["restate"] if restate else ("--reason", "核实")
        allowed = not figure.ended and amount != figure.value and restate == (figure.counts_in <= year.locked)
        heard = tried(anju, line, today, allowed)
        if allowed:
            figure.value, figure.last = amount, heard.json["entries"][0]["id"]


def void(anju, year, today, _number, pick, restate):
    if year.figures:
        figure = year.figures[pick % len(year.figures)]
        line = ("progress", "void", str(figure.last), "--plan", f"ours-{year.year}", "--json")
        line += WAYS["restate"] if restate else ("--reason", "误报")
        allowed = not figure.ended and restate == (figure.counts_in <= year.locked)
        heard = tried(anju, line, today, allowed)
        if allowed:
            figure.value, figure.ended, figure.last = 0, True, heard.json["entries"][0]["id"]


def lock(anju, year, today, _number):
    quarter = year.locked + 1
    if quarter <= 4 and year.end(quarter) < today:
        anju(f"review open Q{quarter} --plan ours-{year.year}", today=today.isoformat())
        anju(f"review lock Q{quarter} --plan ours-{year.year}", today=today.isoformat())
        year.locked = quarter
        year.frozen[quarter] = shown(anju, year, quarter, today)


STEPS = {"add": add, "again": again, "correct": correct, "void": void, "lock": lock}


def shown(anju, year, quarter, today, *how):
    """The figures of a quarter's report."""
    line = " ".join(("report", "quarter", f"{year.year}Q{quarter}", "--json", *how))
    report = anju(line, today=today.isoformat()).json
    return [(row["unit"], row["quarter_quantity"], row["cumulative"]) for row in report["targets"]] + [
        (row["unit"], row["received_cumulative"], row["cumulative"]) for row in report["cases"]
    ]


def check(anju, year, today):
    """Each quarter's report has the model's sums; of one that is locked, the one that went out has what was frozen."""
    for quarter in year.begun(today):
        expected = [
            (unit, year.sum_of("raise", quarter, unit, quarter), year.sum_of("raise", quarter, unit))
            for unit in (None, "hsc", "tal")
        ]
        now = shown(anju, year, quarter, today, *(["--now"] if quarter <= year.locked else []))
        assert now[:3] == expected, (year.year, quarter)
        received, closed = (year.sum_of(item, quarter) for item in ("river.received", "river"))
        assert [(row[1] or 0, row[2] or 0) for row in now[3:]] == [(received, closed)], (year.year, quarter)
        if quarter <= year.locked:
            assert shown(anju, year, quarter, today) == year.frozen[quarter], (year.year, quarter)
