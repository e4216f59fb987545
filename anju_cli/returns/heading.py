"""Whose return a table is and for which quarter: the file's hidden identification, and what stands above the table."""

import re
import unicodedata
from collections.abc import Iterable
from contextlib import suppress
from typing import NamedTuple

from anju_cli.domain.grammar import parse_quarter
from anju_cli.domain.quarters import Quarters
from anju_cli.errors import Unclear
from anju_cli.foreign import Row, Sheet, text_of
from anju_cli.foreign.head_words import measure_of_all
from anju_cli.returns.column_names import is_head

IDENTIFICATION = "标识"
_OF_BODY = r"(?:填\s*报|报\s*送|上\s*报|填\s*表)\s*(?:单\s*位|主\s*体|部\s*门|机\s*构)|单位名称"
_OF_PERIOD = r"考\s*核\s*期|报\s*告\s*期|填报季度|考核季度|季\s*度"
_BODY = re.compile(
    rf"(?:{_OF_BODY}|(?<!\w)单位(?=\([^)]*章\)))(?:\s*\([^)]*\))?\s*(?::|(?<=\w)\s)(.*)|(?:reporting )?body:(.*)",
    re.IGNORECASE,
)
_OF_UNIT = re.compile(r"(?<!\w)单\s*位\s*:(.*)")
"""A label that is of a measure as well."""
_PERIOD = re.compile(rf"(?:{_OF_PERIOD})(?:\s*\([^)]*\))?\s*:(.*)|(?:period|quarter):(.*)", re.IGNORECASE)
_ALONE = re.compile(rf"(?:{_OF_BODY}|{_OF_PERIOD})(?:\s*\([^)]*\))?")
"""A label in a cell of its own, what it names in the next."""
_YEAR = re.compile(r"\d{4}年")
_QUARTER = re.compile(
    r"第?[一二三四1-4]季度|(?<![a-z])q[1-4](?!\d)|上半年|\d{1,2}月?[-—–~至]\d{1,2}月|截至(?:\d{4}年)?\d{1,2}月(?:底|末|\d{1,2}日)",
    re.IGNORECASE,
)
_MONTHS = re.compile(
    r"(?:截至)?(?:(\d{4})[年.\-/])?(?:(\d{1,2})月?[-—–~至])?(\d{1,2})(?:月(?:份|底|末|\d{1,2}日)?|[.\-/]\d{1,2})止?"
)
_SINCE_JANUARY = {"上半年": 2, "前三季度": 3, "全年": 4}
_NEXT_LABEL = re.compile(
    r"(?:考\s*核\s*期|报告期|报送截止|填报日期|填报时间|日期|填报单位|填报人|填表人|制表人|经办人|联系人|联系电话|电话|单位负责人|负责人|审核人?|单位)"
    r"(?:\([^)]*\))?\s*:|填报人|填表人|联系电话"
)
_STAMP = re.compile(r"\([^()]*章[^()]*\)")
_DATE_BESIDE = re.compile(r"\d{4}\s*[年.\-/]\s*\d{1,2}.*")


class ReturnHeading(NamedTuple):
    """What a file says of itself; null where it does not."""

    plan: str | None = None
    revision: str | None = None
    body: str | None = None
    quarter: str | None = None
    ours: bool = False
    """Whether it was made by `anju progress template`."""


def identification(sheets: Iterable[Sheet]) -> ReturnHeading:
    """What a form made by `anju progress template` says of itself on its hidden sheet."""
    for sheet in sheets:
        if sheet.name == IDENTIFICATION and sheet.hidden:
            said = {text_of(row.values[0]): text_of(row.values[1]) for row in sheet.rows[:10] if len(row.values) > 1}
            return ReturnHeading(said.get("plan"), said.get("revision"), said.get("body"), said.get("quarter"), True)
    return ReturnHeading()


class Said(NamedTuple):
    """Something that rows above a table say, and in which row."""

    text: str
    row: int


def body_above(rows: Iterable[Row]) -> Said | None:
    """The body that rows name after 填报单位, without its stamp and whoever is named beside it."""
    rows = list(rows)
    for label in (_BODY, _OF_UNIT):
        for row in rows:
            texts = [text for text in _texts(row) if label is _BODY or measure_of_all(text) is None]
            text = _DATE_BESIDE.sub("", _after(texts, label) or "").strip(" _,;")
            if text:
                return Said(text, row.number)
    return None


def quarter_above(rows: Iterable[Row]) -> Said | None:
    """The quarter that rows name after 考核期, or else in a title, be it by its months."""
    rows = list(rows)
    for row in rows:
        if text := _after(_texts(row), _PERIOD):
            return Said(text, row.number)
    for row in rows:
        for text in _texts(row):
            if said := _quarter_in(text):
                return Said(said, row.number)
    return None


def _quarter_in(text: str) -> str | None:
    """A quarter that a title names, with its year where that stands before it."""
    found = _QUARTER.search(text)
    if found is None:
        return None
    year = _YEAR.search(text)
    return found[0] if year is None or year[0] in found[0] else f"{year[0]}{found[0]}"


def quarter_of_name(name: str, quarters: Quarters) -> str | None:
    """The quarter that a sheet is called by, or a year that is none of the plan's; null where it has another name."""
    text = unicodedata.normalize("NFKC", name)
    if (found := _quarter_in(text)) is not None:
        return found
    year = re.fullmatch(r"(\d{4})年?度?", text.strip())
    return f"{year[1]}年" if year and int(year[1]) not in quarters.calendar_years else None


def quarter_number(text: str, quarters: Quarters) -> int:
    """The quarter that a file names, as a number: 第二季度, 4-6月, 上半年, 截至6月底.

    Raises Unclear for what is none, or of another year.
    """
    plain = re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)).replace("年度", "年")
    plain = re.sub(r"(?<=季度)[末底]$", "", plain)
    try:
        return parse_quarter(f"{plain}季度" if plain in "一二三四" else plain, quarters)
    except Unclear:
        if (number := _by_months(plain, quarters)) is None:
            raise
        return number


def _by_months(text: str, quarters: Quarters) -> int | None:
    """The quarter that ends with a month, where the months begin with it or with the year; null where none does."""
    year = re.match(r"(\d{4})年", text)
    words = text[year.end() :] if year else text
    if quarters.of_calendar and words in _SINCE_JANUARY and (year is None or int(year[1]) == quarters.year):
        return _SINCE_JANUARY[words]
    match = _MONTHS.fullmatch(text)
    if match is None:
        return None
    of_year, first, last = (int(part) if part else None for part in match.groups())
    for number in quarters.numbers:
        end = quarters.end(number)
        begins = first is None or first in (quarters.start(number).month, quarters.starts.month)
        if end.month == last and begins and of_year in (None, end.year):
            return number
    return None


def quarter_if_any(text: str | None, quarters: Quarters) -> int | None:
    """The quarter that a file names; null where it names none of this year."""
    with suppress(Unclear):
        return quarter_number(text, quarters) if text else None
    return None


_FIRST_WORDS = ("填报", "报送", "上报", "填表", "考核", "报告", "季度", "单位")
_FIRST_LETTERS = frozenset(word[0] for word in _FIRST_WORDS)


def is_label(row: Row) -> bool:
    """Whether a row of a table names whose the rows below it are, or for when."""
    first = next((value for value in row.values if value is not None), None)
    if not isinstance(first, str) or first[:1] not in _FIRST_LETTERS:
        return False
    return "".join(first.split())[:2] in _FIRST_WORDS and bool(body_above([row]) or _after(_texts(row), _PERIOD))


def _texts(row: Row) -> list[str]:
    texts = [text_of(value) for value in row.values if value is not None]
    return [unicodedata.normalize("NFKC", text).strip() for text in texts]


def _after(texts: list[str], label: re.Pattern[str]) -> str | None:
    """What follows a label, in its cell or in the next."""
    for place, text in enumerate(texts):
        if _ALONE.fullmatch(text) and label.search(f"{text}:") and place + 1 < len(texts):
            following = texts[place + 1]
            if ":" not in following and not is_head(following):
                return _up_to_next(following) or None
        # Several labels may share a cell: 填报单位：甲  考核期：…
        if match := label.search(text):
            said = _up_to_next(next((part for part in match.groups() if part), ""))
            if said:
                return said
            if place + 1 < len(texts) and ":" not in texts[place + 1]:
                return _up_to_next(texts[place + 1]) or None
    return None


def _up_to_next(text: str) -> str:
    text = _STAMP.sub(" ", text)
    if (found := _NEXT_LABEL.search(text)) is not None:
        text = text[: found.start()]
    return re.sub(r"^[\s,;。]+|[\s,;。]+$", "", text)
