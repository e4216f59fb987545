"""Number formats: what a cell with one shows of the number that it holds."""

import re
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import cached_property

from anju_cli.foreign.cells import Cell, Formatted, Percent

_DAYS = (14, 15, 16, 17, 22, *range(27, 32), 36, *range(50, 59))
_TIMES = (18, 19, 20, 21, 32, 33, 34, 35, 45, 46, 47)
_BUILT_IN = {1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00", 12: "# ?/?"}
_BUILT_IN |= dict.fromkeys(_DAYS, "yyyy/m/d") | dict.fromkeys(_TIMES, "h:mm:ss")
"""The formats that files name by number alone; 27 to 36 and 50 to 58 are the Chinese ones."""
_LITERAL = re.compile(r'"([^"]*)"|\\(.)|_.|\*.|\[[^\]]*\]')
_DIGITS = re.compile(r"[0#?][0#?,]*(?:\.[0#?]*)?(?:,*)")
_LAST_DAY = 2_958_466


class Format:
    """One number format."""

    def __init__(self, code: str | None, *, since_1904: bool = False) -> None:
        self.code = code or "General"
        self.since_1904 = since_1904
        bare = _LITERAL.sub("", self.code.split(";")[0]).lower()
        self.kind = _kind(bare)

    @cached_property
    def _sections(self) -> list[str]:
        parts = re.findall(r'(?:"[^"]*"|\\.|[^;"\\])*(?:;|$)', self.code)
        return [part.removesuffix(";") for part in parts[: self.code.count(";") + 1]]

    def shown(self, number: int | float) -> Cell:
        """What the format makes of a number."""
        if self.kind == "date":
            return _day(number, since_1904=self.since_1904)
        if self.kind == "time":
            return Formatted(number, "h:mm")
        if self.kind == "percent":
            held = Decimal(f"{number:.15g}") * 100
            places = len(re.sub(r"[^0#?]", "", self.code.split(";")[0].partition(".")[2].partition("%")[0]))
            shown = held.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP) if abs(held) < 10**15 else held
            return Percent(held, shown)
        return self._number(number)

    def _number(self, number: int | float) -> Cell:
        section = self._section(number)
        literals = _LITERAL.sub(lambda match: _shielded(match[1] or match[2] or ""), section)
        digits = _DIGITS.search(literals)
        if digits is None:
            text = _unshielded(literals).strip()
            plain = section.strip().lower() in ("general", "@", "g/通用格式")
            return number if plain else Formatted(number, text)
        pattern = digits[0]
        before, after = literals[: digits.start()], literals[digits.end() :]
        core = pattern.rstrip(",")
        scaled = Decimal(f"{number:.15g}").scaleb(-3 * (len(pattern) - len(core)))
        whole, _point, rest = core.partition(".")
        fixed, least = rest.count("0"), whole.count("0")
        if _unshielded(before + after).strip(" -()+") == "" and scaled == number and least < 2 and (
            not fixed or scaled == scaled.to_integral()
        ):  # fmt: skip
            return number  # what it shows are its digits alone
        rounded = abs(scaled).quantize(Decimal(1).scaleb(-len(rest)), ROUND_HALF_UP) if abs(scaled) < 10**15 else scaled
        left, _point, right = f"{rounded:f}".partition(".")
        right = right[:fixed] + right[fixed:].rstrip("0")
        sign = "-" if number < 0 and section is self._sections[0] else ""
        figure = left.zfill(least) + (f".{right}" if right else "")
        return Formatted(number, (sign + _unshielded(before) + figure + _unshielded(after)).strip())

    def _section(self, number: int | float) -> str:
        sections = self._sections
        if number < 0 and len(sections) > 1:
            return sections[1]
        return sections[2] if number == 0 and len(sections) > 2 else sections[0]


def _kind(bare: str) -> str:
    """plain | date | time | percent | number."""
    bare = bare.replace("g/通用格式", "general").strip()
    if bare in ("", "general", "@"):
        return "plain" if bare else "number"
    if "%" in bare:
        return "percent"
    plain = re.sub(r"general|e[+-]", "", bare)
    if re.search(r"[yde年日]|m(?!.*[0#?])", plain) and not re.fullmatch(r"[hms:.0\s]*[hs][hms:.0\s]*", plain):
        return "date"
    return "time" if re.search(r"[hs]", plain) else "number"


def _day(number: int | float, *, since_1904: bool) -> Cell:
    """The day and time of a serial number; one that no calendar has stays the number it is."""
    if not 0 <= number < _LAST_DAY:
        return number
    if number < 1:
        return Formatted(number, "0:00")
    start = datetime(1904, 1, 1) if since_1904 else datetime(1899, 12, 30 if number >= 60 else 31)
    return start + timedelta(days=int(number), seconds=round(86400 * (number % 1)))


_BASE = 0xF0000
"""Characters of a format that are to be shown as they are, moved where no format has any."""


def _shielded(text: str) -> str:
    return "".join(chr(_BASE + ord(letter)) if ord(letter) < 0x10000 else letter for letter in text)


def _unshielded(text: str) -> str:
    return "".join(chr(ord(letter) - _BASE) if _BASE <= ord(letter) < _BASE + 0x10000 else letter for letter in text)


class Styles:
    """The formats of a workbook's cells, by the number of the style; null where a number shows as it is."""

    def __init__(self, *, since_1904: bool = False) -> None:
        self.since_1904 = since_1904
        self.codes: dict[int, str] = dict(_BUILT_IN)
        self.of_cells: list[Format | None] = []
        self._made: dict[int, Format | None] = {}

    def add(self, number: int) -> None:
        """Take in the next cell style, which has this number format."""
        if number not in self._made:
            made = Format(self.codes.get(number), since_1904=self.since_1904)
            self._made[number] = None if made.kind == "plain" else made
        self.of_cells.append(self._made[number])
