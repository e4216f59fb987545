"""Number formats: what a cell with one shows of the number that it holds."""

import operator
import re
from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from functools import cached_property
from typing import Literal

from anju_cli.foreign.cells import Cell, Formatted, Percent, number_text
from anju_cli.foreign.date_formats import day_shown, shielded, time_shown, unshielded

_DAYS = (14, 15, 16, 17, 22, *range(27, 32), 36, *range(50, 59))
_TIMES = (18, 19, 20, 21, 32, 33, 34, 35, 45, 46, 47)
_BUILT_IN = {1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00", 12: "# ?/?"}
_BUILT_IN |= {13: "# ??/??", 48: "##0.0E+0"}
_BUILT_IN |= dict.fromkeys(_DAYS, "yyyy/m/d") | dict.fromkeys(_TIMES, "h:mm:ss")
"""The formats that files name by number alone; 27 to 36 and 50 to 58 are the Chinese ones."""

_TOKEN = re.compile(r'"([^"]*)"|[\\!](.)|(_.|\*.)|\[([^\]]*)\]|(.)', re.DOTALL)
_CONDITION = re.compile(r"(<=|>=|<>|<|>|=)(-?[\d.]+)")
_ELAPSED = re.compile(r"[hms]+", re.IGNORECASE)
_GENERAL = re.compile(r"g/通用格式|g/|general|@", re.IGNORECASE)
_TIME_ALONE = re.compile(r"[hms:.0\s]*[hs][hms:.0\s]*")
_EXPONENT = re.compile(r"E[+-][0#?]+", re.IGNORECASE)
_PLACES = "0#?"
_TESTS: dict[str, Callable[[float, float], bool]] = {
    "<": operator.lt, ">": operator.gt, "=": operator.eq, "<=": operator.le, ">=": operator.ge, "<>": operator.ne,
}  # fmt: skip
_REMEMBERED = 20_000
"""Numbers of a format that are kept to be used again, as most stand in many cells."""
_BEYOND = 10**15
"""Numbers from here on have lost their last digits."""
Kind = Literal["general", "date", "time", "percent", "number"]


class _Section:
    """One of the up to four parts of a format: of numbers above, below and at 0, or of those that meet a condition."""

    def __init__(self, code: str) -> None:
        self.condition: tuple[str, float] | None = None
        body: list[str] = []
        for quoted, escaped, _room, inside, plain in _TOKEN.findall(code):
            if inside:
                self._take(inside, body)
            else:
                body.append(plain or shielded(quoted or escaped))
        self.body = "".join(body)
        self.kind: Kind = _kind(self.body.lower())

    def _take(self, inside: str, body: list[str]) -> None:
        """What stands in brackets: a condition, a currency, hours beyond a day; colours and languages show nothing."""
        if match := _CONDITION.fullmatch(inside):
            self.condition = match[1], float(match[2])
        elif inside.startswith("$"):
            body.append(shielded(inside[1:].partition("-")[0]))
        elif _ELAPSED.fullmatch(inside):
            body.append(f"[{inside.lower()}]")

    def meets(self, number: float) -> bool:
        """Whether it is for a number; one without a condition is for all that are left."""
        return self.condition is None or _TESTS[self.condition[0]](number, self.condition[1])

    @cached_property
    def is_digits(self) -> bool:
        """Whether a whole number above 0 shows as its digits alone."""
        body = self.body.rstrip()
        places = body.replace(" ", "").replace(",", "")
        return self.kind == "number" and not body.endswith(",") and re.fullmatch(r"[#?]*0", places) is not None


class Format:
    """One number format."""

    def __init__(self, code: str | None, *, since_1904: bool = False) -> None:
        code = code or "General"
        self.since_1904 = since_1904
        self.sections = [_Section(part) for part in _parted(code)]
        self.conditional = any(section.condition for section in self.sections)
        first = self.sections[0]
        self.is_general = len(self.sections) == 1 and _GENERAL.fullmatch(first.body) is not None
        self.is_digits = first.is_digits and not self.conditional
        self._known: dict[int | float, Cell] = {}

    def shown(self, number: int | float) -> Cell:
        """What the format makes of a number; the number itself, where that is what is seen."""
        if self.is_digits and number.__class__ is int and 0 < number < _BEYOND:
            return number
        if number not in self._known:
            shown = self._made(number)
            if len(self._known) == _REMEMBERED:
                return shown
            self._known[number] = shown
        return self._known[number]

    def _made(self, number: int | float) -> Cell:
        section = self._section(number)
        if section is None:
            return Formatted(number, "####")
        if section.kind == "date":
            return day_shown(section.body, number, since_1904=self.since_1904)
        if section.kind == "time":
            return Formatted(number, time_shown(section.body, number))
        text = self._signed(section, number)
        if section.kind == "percent":
            return _percent(section.body, number, text)
        plain = text.replace(",", "").strip()
        return number if plain in _own_texts(number) else Formatted(number, text.strip())

    def _section(self, number: float) -> _Section | None:
        if self.conditional:
            return next((section for section in self.sections[:3] if section.meets(number)), None)
        numbers = self.sections[:3]
        if number < 0 and len(numbers) > 1:
            return numbers[1]
        return numbers[2] if number == 0 and len(numbers) > 2 else numbers[0]

    def _signed(self, section: _Section, number: int | float) -> str:
        """The text; the first section shows the sign of what is below 0, a later one only what it writes itself."""
        text = _text(section, number)
        return f"-{text}" if number < 0 and section is self.sections[0] and not self.conditional else text


def _parted(code: str) -> list[str]:
    """A format by its semicolons; those in quotation marks, or behind a backslash, are no such."""
    parts = [""]
    for match in _TOKEN.finditer(code):
        if match[0] == ";":
            parts.append("")
        else:
            parts[-1] += match[0]
    return parts


def _kind(bare: str) -> Kind:
    """What a section makes of a number, by its letters alone."""
    plain = _GENERAL.sub("", re.sub(r"[\[\]]|am/pm|a/p|上午/下午", "", bare))
    plain = "".join(filter(str.isascii, re.sub(r"e[+-]", "", plain)))
    if "%" in bare:
        return "percent"
    if (re.search(r"[ydeb]|aaa|m(?!.*[0#?])", plain)) and not _TIME_ALONE.fullmatch(plain):
        return "date"
    if re.search(r"[hs]", plain):
        return "time"
    return "general" if _GENERAL.search(bare) and not set(bare) & set("0#?") else "number"


def _own_texts(number: int | float) -> tuple[str, str]:
    """How a number is written that is seen as it is: with a sign, or in brackets where it is below 0."""
    text = number_text(number)
    return text, f"({text[1:]})" if number < 0 else text


def _percent(body: str, number: int | float, text: str) -> Cell:
    held = Decimal(f"{number:.15g}") * 100
    if not set(unshielded(body)) <= set("0#?.,% +-()"):
        return Formatted(number, text.strip())  # words beside it
    places = sum(letter in _PLACES for letter in body.partition("%")[0].partition(".")[2])
    shown = held.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP) if abs(held) < _BEYOND else held
    return Percent(held, shown)


def _text(section: _Section, number: int | float) -> str:
    """A number without its sign, as a section shows it."""
    body = section.body
    exact = abs(Decimal(f"{number:.15g}"))
    if section.kind == "general":
        return unshielded(_GENERAL.sub(number_text(abs(number)), body, count=1))
    if not set(body) & set(_PLACES):
        return unshielded(body)
    if exact >= _BEYOND:
        return number_text(abs(number))
    if (power := _EXPONENT.search(body)) is not None:
        places = sum(letter in _PLACES for letter in body[: power.start()].partition(".")[2])
        return f"{exact:.{places}E}"
    if re.search(r"[0#?]\s*/\s*[0-9?#]", body):
        return number_text(abs(number)) if exact == exact.to_integral() else str(Fraction(exact).limit_denominator(999))
    return unshielded(_filled(body, exact * (100 if "%" in body else 1)))


def _filled(body: str, number: Decimal) -> str:
    """The digits of a number in the places that a section has for them; thousands are not parted."""
    whole, point, rest = body.partition(".")
    rest_places = sum(letter in _PLACES for letter in rest)
    scaled = number.scaleb(-3 * (_scaling(whole) + _scaling(rest)))
    digits, _point, decimals = f"{scaled.quantize(Decimal(1).scaleb(-rest_places), ROUND_HALF_UP):f}".partition(".")
    text = _whole_filled(whole.replace(",", ""), "" if digits == "0" else digits)
    if not point:
        return text
    least = max((place for place, letter in enumerate(filter(_PLACES.count, rest), 1) if letter == "0"), default=0)
    decimals = decimals[:least] + decimals[least:].rstrip("0")
    kept = iter(decimals)
    after = "".join(next(kept, "") if letter in _PLACES else letter for letter in rest.replace(",", ""))
    return text + (point if decimals or least else "") + after


def _scaling(part: str) -> int:
    """How many thousands a part of a section leaves away: the commas behind its last place."""
    last = max((at for at, letter in enumerate(part) if letter in _PLACES), default=None)
    behind = part if last is None else part[last + 1 :]
    return len(behind) - len(behind.lstrip(","))


def _whole_filled(whole: str, digits: str) -> str:
    places = sum(letter in _PLACES for letter in whole)
    filled: list[str] = []
    for letter in reversed(whole):
        if letter not in _PLACES:
            filled.append(letter)
            continue
        places -= 1
        taken, digits = (digits, "") if not places else (digits[-1:], digits[:-1])
        filled.append(taken or ("0" if letter == "0" else ""))
    return "".join(reversed(filled))


class Styles:
    """The formats of a workbook's cells, by the number of the style; null where a number shows as it is."""

    def __init__(self, *, since_1904: bool = False) -> None:
        self.since_1904 = since_1904
        self.codes: dict[int, str] = dict(_BUILT_IN)
        self.of_cells: list[Format | None] = []
        self._made: dict[str | None, Format | None] = {}

    def add(self, number: int) -> None:
        """Take in the next cell style, which has this number format."""
        code = self.codes.get(number)
        if code not in self._made:
            made = Format(code, since_1904=self.since_1904)
            self._made[code] = None if made.is_general else made
        self.of_cells.append(self._made[code])

    @cached_property
    def by_style(self) -> dict[str, Format]:
        """The formats that show more than digits, by the style as a cell names it."""
        return {str(number): form for number, form in enumerate(self.of_cells) if form is not None}
