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

IDENTIFICATION = "标识"
_BODY = re.compile(r"(?:填报|报送)(?:单位|主体)(?:\([^)]*\))?:(.*)|(?:reporting )?body:(.*)", re.IGNORECASE)
_PERIOD = re.compile(r"(?:考核期|报告期|填报季度|季度)(?:\([^)]*\))?:(.*)|(?:period|quarter):(.*)", re.IGNORECASE)
_YEAR = re.compile(r"\d{4}年")
_QUARTER = re.compile(r"第?[一二三四1-4]季度")
_MONTHS = re.compile(r"(?:\d{4}年)?(?<!\d)\d{1,2}月?[-—–~至到](?:\d{4}年|次年)?\d{1,2}月")
_NEXT_LABEL = re.compile(
    r"(?:考核期|报告期|报送截止|填报日期|填报时间|填报单位|填报人|填表人|联系人|联系电话|电话|单位负责人|负责人|审核人?|单位)(?:\([^)]*\))?:"
    r"|填报人|填表人|联系电话"
)
_STAMP = re.compile(r"\((?:盖章|公章|签章|章|加盖公章|单位公章)\)")


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
    for row in rows:
        if text := _after(_texts(row), _BODY):
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
            if quarter := _QUARTER.search(text):
                year = _YEAR.search(text)
                return Said(f"{year[0] if year else ''}{quarter[0]}", row.number)
    for row in rows:
        for text in _texts(row):
            if months := _MONTHS.search(text):
                return Said(months[0], row.number)
    return None


def quarter_number(text: str, quarters: Quarters) -> int:
    """The quarter that a file names, as a number; raises Unclear for what is none, or of another year."""
    return parse_quarter(text, quarters)


def quarter_if_any(text: str | None, quarters: Quarters) -> int | None:
    """The quarter that a file names; null where it names none of this year."""
    with suppress(Unclear):
        return quarter_number(text, quarters) if text else None
    return None


def is_label(row: Row) -> bool:
    """Whether a row of a table names whose the rows below it are, or for when."""
    first = next((value for value in row.values if value is not None), None)
    return isinstance(first, str) and first[:2] in ("填报", "报送", "考核", "报告") and bool(
        body_above([row]) or _after(_texts(row), _PERIOD)
    )  # fmt: skip


def _texts(row: Row) -> list[str]:
    texts = [text_of(value) for value in row.values if value is not None]
    return [unicodedata.normalize("NFKC", text).strip() for text in texts]


def _after(texts: list[str], label: re.Pattern[str]) -> str | None:
    """What follows a label, in its cell or in the next."""
    for place, text in enumerate(texts):
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
