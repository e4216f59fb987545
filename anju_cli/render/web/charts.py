"""The geometry of the curves: figures to places on the paper. The templates only draw."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from math import ceil, floor
from typing import TYPE_CHECKING, NamedTuple

from anju_cli.domain.quarters import LONGEST, Quarters, months_between, quarters_of
from anju_cli.render.wording.quarters import spoken

if TYPE_CHECKING:
    from anju_cli.reports.answers.year import TrendPoint
    from anju_cli.reports.quarter.material import Curve

Amount = int | Decimal
WIDTH, HEIGHT = 360, 230
LEFT, RIGHT, TOP, BOTTOM = 46, 44, 14, 26
TICKS = 4
LEAP = 366
"""The days that every year of twelve months is drawn with."""


class Dot(NamedTuple):
    """A point of a line."""

    x: float
    y: float
    label: str


class ChartLine(NamedTuple):
    """A line over the year: what it is, and its points; the last is labelled where `y` allows."""

    kind: str
    points: str
    dots: tuple[Dot, ...]
    last: Dot | None
    label_y: float


class Chart(NamedTuple):
    """A curve, ready to be drawn in a box of WIDTH by HEIGHT."""

    months: tuple[tuple[float, str], ...]
    grid: tuple[tuple[float, str], ...]
    lines: tuple[ChartLine, ...]
    goal: tuple[float, str] | None
    left: int = LEFT
    right: int = WIDTH - RIGHT
    bottom: int = HEIGHT - BOTTOM
    width: int = WIDTH
    height: int = HEIGHT


def curve_chart(curve: Curve) -> Chart:
    """A target over the year."""
    return _chart(
        [(point.on, point.cumulative) for point in curve.points],
        [(point.on, point.expected) for point in curve.points],
        curve.goal,
        _year(curve.points[0].on),
    )


def trend_chart(points: Sequence[TrendPoint]) -> Chart:
    """A target's trend by month."""
    return _chart(
        [(point.on, point.cumulative) for point in points],
        [(point.on, point.expected) for point in points],
        points[-1].goal,
        _year(points[0].on),
    )


def _year(first: date) -> Quarters:
    """The year of the plan that is spoken of, else that of the first point."""
    return spoken() or quarters_of(first.year)


def _chart(
    reached: Iterable[tuple[date, Amount | None]],
    expected: Iterable[tuple[date, Amount | None]],
    goal: Amount | None,
    year: Quarters,
) -> Chart:
    lines = {
        kind: [(day, value) for day, value in series if value is not None]
        for kind, series in (("expected", expected), ("reached", reached))
    }
    values = [goal or 0, 0, *(value for series in lines.values() for _day, value in series)]
    step = _step(max(values) - min(values))
    top, low = step * max(1, ceil(max(values) / step)) if max(values) else 0, step * floor(min(values) / step)
    if top == low:
        top = step

    whole = months_between(year.starts, year.ends) + 1 == LONGEST
    days = LEAP if whole else (year.ends - year.starts).days + 1

    def across(day: date) -> float:
        elapsed = (day - year.starts).days + 1 if year.starts <= day <= year.ends else 0
        return round(LEFT + (WIDTH - LEFT - RIGHT) * min(elapsed, days) / days, 1)

    def up(value: Amount) -> float:
        return round(HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * float(value - low) / (top - low), 1)

    drawn = [
        (kind, tuple(Dot(across(day), up(value), f"{day.isoformat()}: {value}") for day, value in series), series)
        for kind, series in lines.items()
        if series
    ]
    return Chart(
        months=tuple((across(day), f"{day:%m-%d}") for day in (year.end(number) for number in year.numbers)),
        grid=tuple((up(value), f"{value}") for value in range(low, top + 1, step)),
        lines=tuple(
            ChartLine(
                kind,
                " ".join(f"{dot.x},{dot.y}" for dot in dots),
                dots,
                Dot(dots[-1].x, dots[-1].y, str(series[-1][1])) if kind == "reached" else None,
                max(TOP, dots[-1].y - 7),
            )
            for kind, dots, series in drawn
        ),
        goal=(up(goal), str(goal)) if goal is not None else None,
    )


def _step(highest: Amount) -> int:
    """A round distance between the lines of the grid: 1, 2 or 5 times a power of ten."""
    wanted, power = float(highest) / TICKS, 1
    while power * 10 <= wanted:
        power *= 10
    return next((power * part for part in (1, 2, 5, 10) if power * part >= wanted), power)
