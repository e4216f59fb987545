"""CSV and other separated text: UTF-8 with or without a mark, GB18030 (GBK and GB2312 too), or as told."""

import codecs
import csv
import io
import re
from collections import Counter
from collections.abc import Callable

from anju_cli.errors import Findings, Unclear
from anju_cli.foreign.cells import Cell, seen
from anju_cli.foreign.limits import Limits
from anju_cli.foreign.sheet_rows import Row, Sheet
from anju_cli.i18n import _

_SEPARATORS = (",", "\t", ";", "，", "|")
_GUARDED = re.compile(r'="((?:[^"]|"")*)"')
_LOOKED_AT = 40
"""Lines by which the separator is known."""


def read_text(data: bytes, encoding: str | None, limits: Limits, is_head: Callable[[str], bool]) -> list[Sheet]:
    """The one table of a text file."""
    text = _decoded(data, encoding)
    told = re.match(r"sep=(.)\r?\n", text)  # what Excel writes, and obeys
    separator = told[1] if told else _separator(text, is_head)
    body = io.StringIO(text, newline="")
    reader = csv.reader(body, delimiter=separator, strict=True)
    try:
        rows = []
        cells = 0
        for number, values in enumerate(reader, 1):
            cells += len(values)
            if number > limits.rows or cells > limits.cells:
                raise Findings(_("the file is not read: {what}").format(what=_("too many rows")), got=number)
            if told and number == 1:
                continue
            kept = tuple(_unescaped(value) for value in values[: limits.columns])
            if any(value is not None for value in kept):
                rows.append(Row(number, kept))
    except csv.Error as fault:
        hint = _("look at its quotation marks, and at where they end")
        raise Findings(_("line {n} is not well-formed CSV").format(n=reader.line_num), hint=hint) from fault
    return [Sheet(None, False, rows)]


def _decoded(data: bytes, encoding: str | None) -> str:
    if encoding is not None:
        try:
            return data.decode(codecs.lookup(encoding).name).removeprefix("\ufeff")
        except LookupError:
            hint = "utf-8, gb18030, gbk, big5"
            raise Unclear(_("no such encoding"), got=encoding, hint=hint) from None
        except (UnicodeError, ValueError, AttributeError):
            raise Findings(_("the file is not in this encoding"), got=encoding) from None
    unicode_text = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))  # what Excel calls so
    guesses = ["utf-16"] if unicode_text else ["utf-8-sig", "gb18030"]
    for guess in guesses:
        try:
            text = data.decode(guess)
        except UnicodeError:
            continue
        if "\0" not in text:
            return text
    raise Findings(
        _("the file is neither UTF-8 nor GB18030"), hint=_("save it as UTF-8; progress import takes --encoding")
    )


def _separator(text: str, is_head: Callable[[str], bool]) -> str:
    """What separates outside quotation marks: what makes a head of the most known names, then an even table."""
    start = text[: 1 << 16]
    return max(_SEPARATORS, key=lambda separator: _sense(start, separator, is_head))


def _sense(text: str, separator: str, is_head: Callable[[str], bool]) -> tuple[int, int, int]:
    rows: list[list[str]] = []
    try:
        for values in csv.reader(io.StringIO(text, newline=""), delimiter=separator):
            rows.append(values)
            if len(rows) == _LOOKED_AT:
                break
    except csv.Error:
        return 0, 0, 0
    known = max((sum(is_head(value) for value in values) for values in rows), default=0)
    widths = Counter(len(values) for values in rows if len(values) > 1)
    width, even = max(widths.items(), key=lambda of: (of[1], of[0]), default=(0, 0))
    return known if known > 1 else 0, even, width


def _unescaped(value: str) -> Cell:
    """A cell; what keeps a spreadsheet from changing it, an apostrophe or ="…", is no part of it."""
    if value[:1] == "'" and value[1:2] in ("=", "+", "-", "@", "\t", "\r"):
        return value[1:]
    if value[:2] == '="' and (match := _GUARDED.fullmatch(value.strip())):
        return seen(match[1].replace('""', '"'))
    return seen(value)
