"""Whose return a file is and for which quarter: its hidden identification, else what stands above the table."""

import re
import unicodedata
from collections.abc import Iterable
from typing import NamedTuple

from anju_cli.foreign import Sheet
from anju_cli.returns.columns import ReturnTable

IDENTIFICATION = "标识"
_BODY = re.compile(r"(?:填报|报送)(?:单位|主体)(?:\([^)]*\))?:(.*)|(?:reporting )?body:(.*)", re.IGNORECASE)
_PERIOD = re.compile(r"(?:考核期|报告期|填报季度|季度)(?:\([^)]*\))?:(.*)|(?:period|quarter):(.*)", re.IGNORECASE)
_YEAR = re.compile(r"\d{4}年")
_QUARTER = re.compile(r"第?[一二三四1-4]季度")


class ReturnHeading(NamedTuple):
    """What a file says of itself; null where it does not."""

    plan: str | None = None
    revision: str | None = None
    body: str | None = None
    quarter: str | None = None
    ours: bool = False
    """Whether it was made by `anju progress template`."""


def heading(sheets: list[Sheet], tables: list[ReturnTable]) -> ReturnHeading:
    """What a file says of itself."""
    for sheet in sheets:
        if sheet.name == IDENTIFICATION and sheet.hidden:
            said = {str(row.values[0]): str(row.values[1]) for row in sheet.rows[:10] if len(row.values) > 1}
            return ReturnHeading(said.get("plan"), said.get("revision"), said.get("body"), said.get("quarter"), True)
    above = [str(value) for table in tables for row in table.above for value in row.values if value is not None]
    texts = [unicodedata.normalize("NFKC", text).strip() for text in above]
    quarter = _after(texts, _PERIOD) or _titled(texts)
    return ReturnHeading(body=_after(texts, _BODY), quarter=quarter)


def _after(texts: list[str], label: re.Pattern[str]) -> str | None:
    """What follows a label, in its cell or in the next."""
    for place, text in enumerate(texts):
        if match := label.match(text):
            said = next((part for part in match.groups() if part), "").strip()
            # Several labels may share a cell: 填报单位：甲  考核期：…
            said = re.split(r"\s{2,}|(?:考核期|报送截止|填报日期|填报单位)", said)[0].strip()
            if said:
                return said
            if place + 1 < len(texts) and ":" not in texts[place + 1]:
                return texts[place + 1]
    for text in texts:  # one cell with everything in it
        if (inside := re.search(label.pattern, text, re.IGNORECASE)) and inside.start():
            said = next((part for part in inside.groups() if part), "")
            said = re.split(r"\s{2,}|(?:考核期|报送截止|填报日期|填报单位)", said.strip())[0].strip()
            if said:
                return said
    return None


def _titled(texts: Iterable[str]) -> str | None:
    """The quarter that a title names: 坪山区2020年度安居工程第二季度工作进展情况填报表."""
    for text in texts:
        if quarter := _QUARTER.search(text):
            year = _YEAR.search(text)
            return f"{year[0] if year else ''}{quarter[0]}"
    return None
