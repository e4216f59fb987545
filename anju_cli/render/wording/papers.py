"""The Chinese of official papers, whatever the language in use: dates, numerals, names of states."""

import re
from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from anju_cli.domain.quarters import Quarters, quarter_code
from anju_cli.i18n import speaking
from anju_cli.render.wording import quarters as naming

MARK, STAR, NONE = "※", "＊", "—"
_DIGITS = "〇一二三四五六七八九十"
_LEADING = ("领导小组", "指挥部", "委员会")
"""Bodies that lead, and have an office that works for them."""
_KIND_OF_PLAN = re.compile(r"(任务分解|责任分解|目标责任|实施|工作)?(方案|计划)$")
_PLACES = ("区", "县", "市", "新区")


def official(words: Callable[[str], str], code: str) -> str:
    """A code in the official Chinese, whatever the language in use."""
    with speaking("zh"):
        return words(code)


def quarter_of(year: Quarters, number: int) -> str:
    """A quarter of a plan's year as papers name it."""
    with naming.speaking_of(year):
        return official(naming.quarter, quarter_code(number))


def full(day: date) -> str:
    """2020年6月30日."""
    return f"{day.year}年{day.month}月{day.day}日"


def brief(day: date, beside: date | None = None) -> str:
    """6月30日; with the year where it is not that of the date beside it."""
    return f"{day.month}月{day.day}日" if beside is None or beside.year == day.year else full(day)


def numeral(number: int) -> str:
    """A number below 100 in Chinese: 十二."""
    tens, ones = divmod(number, 10)
    if number <= 10:
        return _DIGITS[number]
    return ("" if tens == 1 else _DIGITS[tens]) + "十" + (_DIGITS[ones] if ones else "")


def own(name: str) -> str:
    """The name of a part without the words that say it is one: 其中：竣工, 各街道办事处."""
    return name.removeprefix("其中：").removeprefix("其中:").removeprefix("各")


def wide(place: str) -> str:
    """A place in a document with full-width brackets: 一（三）."""
    return place.replace("(", "（").replace(")", "）")


def names(rows: Iterable[Any]) -> str:
    """The names of bodies, in the order in which they stand."""
    return "、".join(row.name for row in rows)


def subject(title: str) -> str:
    """What a plan is about, of its title: 坪山区2020年度安居工程."""
    return _KIND_OF_PLAN.sub("", title) or title


def group(issuer: str) -> str:
    """What a paper calls whoever leads the work, once it has named them: 领导小组; else by their whole name."""
    return next((word for word in _LEADING if issuer.endswith(word)), issuer)


def office(issuer: str) -> str:
    """The office that works for whoever issues a plan: 领导小组办公室; an authority works for itself."""
    return f"{issuer}办公室" if issuer.endswith(_LEADING) else issuer


def place(region: str) -> str:
    """A district's name without its rank: 坪山."""
    ending = next((each for each in ("新区", *_PLACES) if region.endswith(each)), "")
    return region[: -len(ending)] if ending and len(region) > len(ending) + 1 else region


def plain(amount: Decimal) -> str:
    """A figure as a sentence says it, without zeros at its end: 400, not 400.00."""
    text = str(amount)
    return text.rstrip("0").rstrip(".") if "." in text else text


def said(value: object) -> str:
    """A figure or a date in a table; — for none."""
    return NONE if value is None or value == "" else str(value)


def signed(value: Any) -> str:
    """A gap with its sign."""
    return NONE if value is None else f"{value:+}"


class Numbers:
    """The numbers of sections and of the points in them, one after the other."""

    def __init__(self) -> None:
        self._section = self._point = 0

    def section(self) -> str:
        """一、 and so on; points begin anew."""
        self._section, self._point = self._section + 1, 0
        return numeral(self._section) + "、"

    def point(self) -> str:
        """（一） and so on."""
        self._point += 1
        return f"（{numeral(self._point)}）"
