"""The English of official papers, for plans that are written in English; names as those of `papers`, its Chinese."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from anju_cli.domain.quarters import Quarters, quarter_code
from anju_cli.i18n import speaking
from anju_cli.render.wording import quarters as naming

_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]


def full(day: date) -> str:
    """30 June 2020."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def brief(day: date, beside: date | None = None) -> str:
    """30 June; with the year where it is not that of the date beside it."""
    return f"{day.day} {_MONTHS[day.month - 1]}" if beside is None or beside.year == day.year else full(day)


def quarter_of(year: Quarters, number: int) -> str:
    """A quarter of a plan's year: Q1 2020, Q1 (Jul–Sep 2019)."""
    with speaking("en"), naming.speaking_of(year):
        named = naming.quarter(quarter_code(number))
    return f"{named} {year.year}" if year.of_calendar else named


def numeral(number: int) -> str:
    """A number: 12."""
    return str(number)


def own(name: str) -> str:
    """The name of a part without the words that say it is one: of which newly built."""
    return name.removeprefix("of which: ").removeprefix("of which ")


def wide(place: str) -> str:
    """A place in a document, as it stands."""
    return place


def names(rows: Iterable[Any]) -> str:
    """The names of bodies, in the order in which they stand."""
    return ", ".join(row.name for row in rows)


def subject(title: str) -> str:
    """What a plan is about: its title, without what follows a colon."""
    return title.partition(":")[0].strip()


class EnglishNumbers:
    """The numbers of sections and of the points in them, one after the other."""

    def __init__(self) -> None:
        self._section = self._point = 0

    def section(self) -> str:
        """1. and so on; points begin anew."""
        self._section, self._point = self._section + 1, 0
        return f"{self._section}. "

    def point(self) -> str:
        """(1) and so on."""
        self._point += 1
        return f"({self._point}) "
