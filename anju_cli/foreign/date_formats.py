"""Formats of days and times: what a cell with one shows of its serial number."""

import re
from datetime import datetime, timedelta

from anju_cli.foreign.cells import Cell, Formatted, PartOfDate

_LAST_DAY = 2_958_466
_WORD = re.compile(r"\[[hms]+\]|am/pm|a/p|上午/下午|y+|e+|b+|m+|d+|a{3,}|h+|s+|.", re.IGNORECASE | re.DOTALL)
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
_WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
_CHINESE_WEEKDAYS = "一二三四五六日"


def day_shown(body: str, number: int | float, *, since_1904: bool) -> Cell:
    """The day of a serial number, with its time if that is shown; what a format leaves out of it is said to be so."""
    moment = _moment(number, since_1904=since_1904)
    if moment is None:
        return number if number >= 1 or number < 0 else Formatted(number, "0:00")  # no calendar has it
    words = [word.lower() for word in _WORD.findall(body)]
    has_year, has_month = any(word[0] in "yeb" for word in words), _has_month(words)
    has_day = any(word in ("d", "dd") for word in words)
    if not (has_year and has_month and has_day):
        return PartOfDate(moment, unshielded(_written(body, moment)).strip())
    timed = any("h" in word or "s" in word for word in words)
    return moment if timed else moment.replace(hour=0, minute=0, second=0)


def time_shown(body: str, number: int | float) -> str:
    """A time of day, or hours beyond a day."""
    if not 0 <= number < _LAST_DAY:
        return "####"
    moment = datetime(1899, 12, 31) + timedelta(seconds=round(86400 * number))
    hours = round(86400 * number) // 3600
    return unshielded(_written(body, moment, hours))


def _moment(number: int | float, *, since_1904: bool) -> datetime | None:
    if not (0 if since_1904 else 1) <= number < _LAST_DAY:
        return None
    start = datetime(1904, 1, 1) if since_1904 else datetime(1899, 12, 30 if number >= 60 else 31)
    return start + timedelta(days=int(number), seconds=round(86400 * (number % 1)))


def _has_month(words: list[str]) -> bool:
    return any(word[0] == "m" and not _is_minute(words, at) for at, word in enumerate(words))


def _is_minute(words: list[str], at: int) -> bool:
    """Whether an m is of minutes: behind hours, or before seconds."""
    letters = [(place, word) for place, word in enumerate(words) if word.strip("[]")[:1] in ("y", "m", "d", "h", "s")]
    place = next(number for number, (of, _word) in enumerate(letters) if of == at)
    before = letters[place - 1][1] if place else ""
    after = letters[place + 1][1] if place + 1 < len(letters) else ""
    return "h" in before or "s" in after


def _written(body: str, moment: datetime, hours: int = 0) -> str:
    words = [word.lower() for word in _WORD.findall(body)]
    twelve = any(word in ("am/pm", "a/p", "上午/下午") for word in words)
    return "".join(_word(words, at, moment, hours, twelve=twelve) for at in range(len(words)))


def _word(words: list[str], at: int, moment: datetime, hours: int, *, twelve: bool) -> str:
    word = words[at]
    two = len(word) > 1
    if word.startswith("[h"):
        return str(hours)
    if word.startswith("[m"):
        return str(hours * 60 + moment.minute)
    if word in ("am/pm", "a/p", "上午/下午"):
        return word.split("/")[moment.hour >= 12].upper()
    if word[0] in "yeb":
        return f"{moment.year:04d}" if len(word) > 2 or word[0] == "e" else f"{moment.year % 100:02d}"
    if word[0] == "m" and not _is_minute(words, at):
        return (
            _MONTHS[moment.month - 1][: 3 if len(word) == 3 else None] if len(word) > 2 else _padded(moment.month, two)
        )
    if word[0] == "m":
        return _padded(moment.minute, two)
    if word[0] == "d" and len(word) > 2:
        return _WEEKDAYS[moment.weekday()][: 3 if len(word) == 3 else None]
    if word.startswith("aaa"):
        return ("星期" if len(word) > 3 else "") + _CHINESE_WEEKDAYS[moment.weekday()]
    if word[0] == "h":
        return _padded((moment.hour - 1) % 12 + 1 if twelve else moment.hour, two)
    return {"d": _padded(moment.day, two), "s": _padded(moment.second, two)}.get(word[0], word)


def _padded(number: int, two: bool) -> str:
    return f"{number:02d}" if two else str(number)


_BASE = 0xF0000
"""Where characters that a format shows as they are stand while it is read: no format has any there."""


def shielded(text: str) -> str:
    """What a format shows as it is, out of the way of what it means."""
    return "".join(chr(_BASE + ord(letter)) if ord(letter) < 0x10000 else letter for letter in text)


def unshielded(text: str) -> str:
    """The same, as it is shown."""
    return "".join(chr(ord(letter) - _BASE) if _BASE <= ord(letter) < _BASE + 0x10000 else letter for letter in text)
