"""Rates, gaps and lights. All follow the printed page, so that anyone can check them from paper."""

from decimal import Decimal
from fractions import Fraction
from math import ceil, floor

from anju_cli.domain.codes import Code
from anju_cli.domain.plan import Settings


class Light(Code):
    """The light of a target (亮灯)."""

    GREEN = "green", "绿灯"
    YELLOW = "yellow", "黄灯"
    RED = "red", "红灯"


HUNDRED = Decimal("100.0")
TENTH = Decimal("0.1")


def rate(part: int | Fraction, whole: int | None, *, ceiling: bool = False) -> Decimal | None:
    """`part` of `whole` in percent, one decimal, half up; null where `whole` is missing or 0.

    Never 100.0 where the goal is missed: 99.9 short of the whole (4712 of 4713), 100.1 above it where it is a ceiling;
    never capped.
    """
    if not whole:
        return None
    exact = Fraction(part) / whole
    printed = Decimal(half_up(exact * 1000)).scaleb(-1)
    if printed == HUNDRED and exact != 1 and (exact > 1) == ceiling:
        return HUNDRED + TENTH if ceiling else HUNDRED - TENTH
    return printed


def half_up(number: Fraction) -> int:
    """The nearest whole number; of two that are as near, the greater, below 0 too."""
    return floor(number + Fraction(1, 2))


def share_of(share: str, whole: int) -> int:
    """A share such as `70%` of a whole, rounded up: a part of a home is a home."""
    return ceil(Fraction(share.rstrip("%")) / 100 * whole)


def light(gap_points: Decimal | None, settings: Settings) -> Light | None:
    """Green | yellow | red by the printed gap, between bounds that are plan settings; null without a gap."""
    if gap_points is None:
        return None
    if gap_points >= settings.yellow_below:
        return Light.GREEN
    return Light.YELLOW if gap_points >= settings.red_below else Light.RED


def measured(quantity: int | None, decimals: int) -> int | Decimal | None:
    """A quantity in smallest units as a number in its measure: 1234550 with 2 decimals is 12345.50."""
    if quantity is None or not decimals:
        return quantity
    return Decimal(quantity).scaleb(-decimals)


def measured_fraction(quantity: Fraction | None, decimals: int) -> Decimal | None:
    """An exact expected quantity in its measure, rounded half up to two decimals more than the measure has."""
    if quantity is None:
        return None
    return Decimal(half_up(quantity * 100)).scaleb(-decimals - 2)
