"""Ceilings, levels and baselines: every figure and light against a model of its own, checked as on paper.

The model is written from the rules, in fractions; it knows nothing of the package.
"""

import math
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anju_cli.domain.items import Baseline, Item
from anju_cli.domain.rates import rate
from anju_cli.domain.tally import Tally
from anju_cli.domain.targets import standing
from anju_cli.plan_file import load_or_fail, shipped

START, DUE = date(2020, 1, 1), date(2020, 12, 31)
QUARTER_DAYS = (91, 91, 92, 92)  # of 2020
PLAN = load_or_fail(shipped())


def printed(number: Fraction) -> Decimal:
    """One decimal, half up: the floor of ten times the number and a half."""
    return Decimal(math.floor(number * 10 + Fraction(1, 2))) / 10


@dataclass
class Model:
    """A target, as the rules have it, at a day."""

    at_most: bool
    level: bool
    signed: bool
    baseline: int | None
    goal: int
    pace: str
    nodes: list[tuple[date, int]]
    day: date
    reported: int | None

    @property
    def met(self):
        return self.reported <= self.goal if self.at_most else self.reported >= self.goal

    @property
    def compared(self):
        return self.baseline is None and (self.at_most or self.signed)

    @property
    def rate(self):
        if self.reported is None and (self.level or self.at_most):
            return None
        value = self.reported or 0
        if self.baseline is not None:
            share = Fraction(value - self.baseline, self.goal - self.baseline)
        elif (self.level and (self.at_most or self.signed)) or self.goal == 0:
            return None
        else:
            share = Fraction(value, self.goal)
        shown = printed(100 * share)
        if shown == 100 and not self.met_at(value):
            return Decimal("100.1") if self.at_most and self.baseline is None else Decimal("99.9")
        return shown

    def met_at(self, value):
        return value <= self.goal if self.at_most else value >= self.goal

    @property
    def share_of_the_year(self):
        left = (self.day - START).days + 1
        share = Fraction(0)
        for length in QUARTER_DAYS:
            share += Fraction(min(left, length), length) / 4
            left = max(0, left - length)
        return share

    @property
    def expected(self):
        """The quantity that is expected; null where nothing is."""
        if self.pace == "none":
            return None
        if self.day >= DUE:
            return Fraction(self.goal)
        start = Fraction(self.baseline or 0)
        if self.pace == "even":
            return start + self.share_of_the_year * (self.goal - start)
        if self.pace == "nodes":
            come = [amount for on, amount in self.nodes if on <= self.day]
            return Fraction(come[-1]) if come else None if self.compared else start
        return None

    @property
    def expected_rate(self):
        wanted = self.expected
        if wanted is None:
            return None
        if self.baseline is not None:
            share = (wanted - self.baseline) / (self.goal - self.baseline)
        elif (self.level and (self.at_most or self.signed)) or self.goal == 0:
            return None
        else:
            share = wanted / self.goal
        shown = printed(100 * share)
        return Decimal("99.9") if shown == 100 and share < 1 and not (self.at_most and self.baseline is None) else shown

    @property
    def gap(self):
        if self.compared or self.rate is None or self.expected_rate is None:
            return None
        return self.rate - self.expected_rate

    @property
    def verdict(self):
        """Light and status."""
        silent = self.reported is None
        if silent and (self.level or self.at_most):
            return None, None
        value = self.reported or 0
        met, held, past = self.met_at(value), self.level or self.at_most, self.day > DUE
        if met and (self.day >= DUE or not held):
            return "green", "done"
        if self.compared:
            limit = self.expected if self.expected is not None else self.goal if self.at_most else None
            kept = limit is not None and (value <= limit if self.at_most else value >= limit)
            good = (met or None) if limit is None else kept
            light = {True: "green", False: "red", None: None}[good]
        elif self.baseline is not None and self.pace == "year_end" and self.day < DUE:
            light = None
        elif held and met:
            light = "green"
        else:
            gap = self.gap
            light = None if gap is None else "green" if gap >= 0 else "yellow" if gap >= -10 else "red"
        if past:
            return light, "overdue"
        return light, {"green": "on_pace", None: None}.get(light, "behind")


@st.composite
def models(draw):
    at_most, level = draw(st.booleans()), draw(st.booleans())
    signed = level and draw(st.booleans())
    lowest = -300 if signed else 0
    goal = draw(st.integers(lowest, 300).filter(lambda goal: goal or at_most or signed))
    worse = st.integers(goal + 1, 600) if at_most else st.integers(lowest, goal - 1)
    has_baseline = level and (at_most or goal > lowest) and draw(st.booleans())
    baseline = draw(worse) if has_baseline else None
    paces = ["nodes", "year_end", "none"] + (["even"] if baseline is not None or not at_most else [])
    pace = draw(st.sampled_from(paces))
    between = sorted((baseline if baseline is not None else min(0, goal), goal), reverse=goal < (baseline or 0))
    steps = sorted(draw(st.lists(st.integers(min(between), max(between)), max_size=3)), reverse=between[0] > between[1])
    days = sorted(draw(st.lists(st.integers(1, 364), min_size=len(steps), max_size=len(steps), unique=True)))
    nodes = [(START + timedelta(days=day), step) for day, step in zip(days, steps, strict=True)] + [(DUE, goal)]
    day = START + timedelta(days=draw(st.integers(0, 400)))
    near = st.sampled_from([goal, goal - 1, goal + 1, baseline if baseline is not None else goal])
    value = st.one_of(st.none(), near, st.integers(-400, 700)).map(lambda one: one if one is None else max(lowest, one))
    return Model(at_most, level, signed, baseline, goal, pace, nodes if pace == "nodes" else [], day, draw(value))


def judged(model: Model):
    item = Item(
        "x", "target", "x", "x", due=DUE, goal=model.goal, pace=model.pace, nodes=tuple(model.nodes),
        direction="at_most" if model.at_most else "at_least", level=model.level, signed=model.signed,
        baseline=None if model.baseline is None else Baseline(model.baseline, date(2015, 12, 31)),
    )  # fmt: skip
    tally = Tally() if model.reported is None else Tally(model.reported, 1, 1, START, 1)
    return standing(PLAN, item, None, model.goal, tally, tally, model.day)


@given(models())
def test_rate_expected_gap_light_and_status_are_those_of_the_rules(model):
    row = judged(model)
    assert (row.completion_rate, row.expected_rate, row.gap_points) == (model.rate, model.expected_rate, model.gap)
    assert row.expected == model.expected
    assert (row.light, row.status) == model.verdict


@given(models())
def test_a_gap_is_the_printed_rate_less_the_printed_expected_rate_and_the_light_follows_it(model):
    row = judged(model)
    if row.gap_points is None:
        return
    assert row.gap_points == row.completion_rate - row.expected_rate
    colour = "green" if row.gap_points >= 0 else "yellow" if row.gap_points >= -10 else "red"
    assert row.light == colour or (row.light == "green" and model.met) or row.light is None


@given(models())
def test_a_goal_that_is_missed_is_never_printed_as_100(model):
    row = judged(model)
    if model.reported is not None and not model.met:
        assert row.completion_rate != Decimal("100.0")


@pytest.mark.parametrize(
    ("part", "whole", "ceiling", "shown"),
    [
        pytest.param(4712, 4713, False, "99.9", id="one short of the goal"),
        pytest.param(4713, 4713, False, "100.0", id="the goal"),
        pytest.param(100001, 100000, True, "100.1", id="just above a ceiling"),
        pytest.param(99999, 100000, True, "100.0", id="just below a ceiling, which is kept"),
        pytest.param(-3, 10, False, "-30.0", id="below nothing"),
        pytest.param(-1, 2000, False, "0.0", id="a half below nothing is rounded up"),
        pytest.param(-3, 2000, False, "-0.1", id="and so is minus one and a half tenths"),
        pytest.param(1, 2000, False, "0.1", id="a half is rounded up"),
        pytest.param(13, -10, False, "-130.0", id="away from a goal that lies below the baseline"),
    ],
)
def test_rates_are_rounded_half_up_below_nothing_too(part, whole, ceiling, shown):
    assert str(rate(part, whole, ceiling=ceiling)) == shown
