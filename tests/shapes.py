"""One return, written as different people write it: the order of columns, heads, formats, encodings, containers."""

import csv
import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, NamedTuple
from xml.sax.saxutils import escape

import openpyxl
import xlsxwriter

from tests.returns import _PARTS, raw_workbook, soffice

COLUMNS = ("code", "item", "measure", "this", "total", "words", "done_on", "evidence")
OURS = {
    "code": "任务编号", "item": "工作任务", "measure": "计量单位", "this": "本期完成", "total": "本期末累计",
    "words": "进展情况", "done_on": "完成日期", "evidence": "佐证材料（名称、文号）",
}  # fmt: skip
OTHERS = {
    "code": "编号", "item": "任务名称", "measure": "单位", "this": "第二季度完成数", "total": "截至6月底累计", "words": "工作进展情况",
    "done_on": "实际完成日期", "evidence": "佐证",
}  # fmt: skip
NAMES = {"ours": OURS, "others": OTHERS}
GROUPS = {"this": "2020年", "total": "2020年"}
LETTERS: dict[str, Callable[[str], str]] = {
    "plain": str,
    "broken": lambda name: f"{name[:2]}\n{name[2:]}",
    "spaced": lambda name: f" {name[0]} {name[1:]} ",
    "hinted": lambda name: f"{name}（必填）",
    "wide": lambda name: name.translate({ord("("): "（", ord(" "): "\u3000"}) + "\u3000",
}


class Task(NamedTuple):
    """What a unit says of one task."""

    code: str
    item: str
    measure: str
    this: int | None
    total: int | None
    words: str
    done_on: date | None = None
    evidence: str = ""


class Shown(NamedTuple):
    """A number and the format in which it is shown, with what that shows."""

    number: float
    format: str
    text: str


class Computed(NamedTuple):
    """A formula, with its result or without one."""

    result: int | None


Piece = str | int | float | date | Shown | Computed | None


@dataclass(frozen=True)
class Shape:
    """How a return is written."""

    container: str = "openpyxl"
    encoding: str = "utf-8"
    order: tuple[str, ...] = COLUMNS
    names: str = "ours"
    heads: int = 1
    merged: bool = True
    figures: str = "plain"
    levels: str = "plain"
    days: str = "date"
    above: bool = True
    """Whose it is, and for when, stands above the table, not on the command line."""
    furniture: bool = False
    """A title, column numbers, sections, totals, notes."""
    last_year: bool = False
    """Columns of another year beside those of this one."""
    first: bool = False
    """Those of the other year come first."""
    letters: str = "plain"
    """How the names of columns are set."""
    apart: bool = False
    """Blank rows between, and the head once more further down."""
    totals: bool = False

    def write(self, path: Path, tasks: Sequence[Task]) -> Path:
        """The return of a body in this shape."""
        rows, merged = self._rows(tasks)
        return WRITERS[self.container](path, rows, merged if self.merged else [], self.encoding)

    # -- the table ------------------------------------------------------------------------------------------------

    def _rows(self, tasks: Sequence[Task]) -> tuple[list[list[Piece]], list[tuple[int, int, int, int]]]:
        head, merged = self._head()
        rows: list[list[Piece]] = []
        if self.furniture:
            rows += [["2020年第二季度工作进展情况表"], []]
        if self.above:
            rows.append(["填报单位（盖章）：住房保障中心", None, None, "考核期：2020年第二季度"])
        merged = [(top + len(rows), left, bottom + len(rows), right) for top, left, bottom, right in merged]
        rows += head
        width = len(head[-1])
        if self.furniture:
            rows.append([f"（{number}）" for number in range(1, width + 1)])
            rows.append(["一、目标任务", *[None] * (width - 1)])
        for task in tasks:
            cells = {name: self._piece(name, task) for name in COLUMNS}
            row: list[Piece] = [cells[name] for name in self.order]
            rows.append(self._beside(row, [111, 222]))
            if self.apart and task is tasks[1]:
                rows += [[], *head]
        if self.totals:
            cells = dict.fromkeys(COLUMNS) | {"item": "合 计", "this": 9999, "total": 9999}
            rows.append(self._beside([cells[name] for name in self.order], [333, 444]))
        if self.furniture:
            rows.append([])
            rows.append(["注：本表一式两份。"])
            rows.append(["单位负责人：", None, "填报人：张三", "联系电话：12345678"])
        return rows, merged

    def _head(self) -> tuple[list[list[Piece]], list[tuple[int, int, int, int]]]:
        """The rows of the head, and which of its cells are merged: top, left, bottom and right, from 0."""
        names = [LETTERS[self.letters](NAMES[self.names][name]) for name in self.order]
        if self.heads == 1:
            return [self._beside(names, ["上年同期完成", "上年同期累计"])], []
        groups = self._beside([GROUPS.get(name) for name in self.order], ["2019年同期"] * 2)
        names = self._beside(names, ["本期完成", "累计完成"])
        top: list[Piece] = []
        for at, group in enumerate(groups):
            top.append(None if group and at and groups[at - 1] == group else group or names[at])
        lowest: list[Piece] = [name if group else None for name, group in zip(names, groups, strict=True)]
        middle: list[list[Piece]] = [["数量" if group else None for group in groups]] if self.heads == 3 else []
        deepest = self.heads - 1
        merged = [(0, at, deepest, at) for at, group in enumerate(groups) if group is None]
        merged += [(0, first, 0, last) for first, last in _runs(groups)]
        return [top, *middle, lowest], merged

    def _beside(self, own: list[Any], others: list[Any]) -> list[Any]:
        """Cells of a row with those of the other year."""
        if not self.last_year:
            return own
        return others + own if self.first else own + others

    # -- cells ----------------------------------------------------------------------------------------------------

    def _piece(self, name: str, task: Task) -> Piece:
        value = getattr(task, name)
        if value is None or value == "":
            return None
        if name == "done_on":
            return _day(value, self.days)
        if name in ("this", "total"):
            return _level(value, self.levels) if task.measure == "%" else _figure(value, self.figures, task.measure)
        return value  # type: ignore[no-any-return]


def _runs(groups: Sequence[str | None]) -> Iterator[tuple[int, int]]:
    first = 0
    for at in range(1, len(groups) + 1):
        if at == len(groups) or groups[at] != groups[first]:
            if groups[first] and at - first > 1:
                yield first, at - 1
            first = at


def _figure(value: int, how: str, measure: str) -> Piece:
    wide = str(value).translate({ord("0") + digit: ord("０") + digit for digit in range(10)})
    return {
        "plain": value,
        "float": float(value),
        "decimals": Shown(value, "0.00", f"{value}.00"),
        "thousands": Shown(value, "#,##0", f"{value:,}"),
        "measured": Shown(value, f'0"{measure}"', f"{value}{measure}"),
        "text": str(value),
        "wide": wide,
        "separated": f"{value:,}",
        "spaced": f" {value}\u00a0",
        "rounded": Shown(value + 0.4, "0", str(value)),
        "scaled": Shown(value, "0.0,", f"{value / 1000:.1f}千"),  # a text says it, or could not be told from 3
        "scaled up": Shown(value / 10000, '0.0000"万"', f"{value / 10000:.4f}万"),
        "percent": Shown(value / 100, "0%", f"{value}%"),
        "computed": Computed(value),
        "never computed": Computed(None),
    }[how]


def _level(value: int, how: str) -> Piece:
    return {
        "plain": value,
        "percent": Shown(value / 100, "0%", f"{value}%"),
        "signed": Shown(value, '0"%"', f"{value}%"),
        "text": f"{value}%",
        "wide": f"{value}％",
        "fraction": value / 100,
        "fraction in words": f"{value / 100:.2f}",
    }[how]


def _day(value: date, how: str) -> Piece:
    return {
        "date": value,
        "iso": value.isoformat(),
        "chinese": f"{value.year}年{value.month}月{value.day}日",
        "short": f"{value.month}月{value.day}日",
        "slashes": f"{value.year}/{value.month}/{value.day}",
        "midnight": f"{value.isoformat()} 00:00:00",
        "dotted": f"{value.year}.{value.month}.{value.day}",
        "month and day": float(f"{value.month}.{value.day}"),
        "bare serial": (value - date(1899, 12, 30)).days,
        "serial": Shown((value - date(1899, 12, 30)).days, "yyyy/m/d", f"{value.year}/{value.month}/{value.day}"),
    }[how]


# -- containers ---------------------------------------------------------------------------------------------------


def _openpyxl(path: Path, rows: list[list[Piece]], merged: list[tuple[int, int, int, int]], _encoding: str) -> Path:
    book = openpyxl.Workbook()
    for line, row in enumerate(rows, 1):
        for column, piece in enumerate(row, 1):
            cell = book.active.cell(line, column)
            cell.value = "=1+1" if isinstance(piece, Computed) else piece.number if isinstance(piece, Shown) else piece
            if isinstance(piece, Shown):
                cell.number_format = piece.format
    for top, left, bottom, right in merged:
        book.active.merge_cells(start_row=top + 1, start_column=left + 1, end_row=bottom + 1, end_column=right + 1)
    book.save(path)
    return path


def _xlsxwriter(path: Path, rows: list[list[Piece]], merged: list[tuple[int, int, int, int]], _encoding: str) -> Path:
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet("二季度")
    for area in merged:
        sheet.merge_range(*area, "")
    for line, row in enumerate(rows):
        for column, piece in enumerate(row):
            if isinstance(piece, Shown):
                sheet.write_number(line, column, piece.number, book.add_format({"num_format": piece.format}))
            elif isinstance(piece, Computed):
                sheet.write_formula(line, column, "=1+1", None, "" if piece.result is None else piece.result)
            elif isinstance(piece, date):
                moment = datetime(piece.year, piece.month, piece.day)
                sheet.write_datetime(line, column, moment, book.add_format({"num_format": "yyyy-mm-dd"}))
            elif isinstance(piece, str):
                sheet.write_string(line, column, piece)
            elif piece is not None:
                sheet.write_number(line, column, piece)
    book.close()
    return path


_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_STYLES = (
    f'<styleSheet xmlns="{_MAIN}"><numFmts count="{{count}}">{{formats}}</numFmts><fonts count="1"><font/></fonts>'
    '<fills count="1"><fill/></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>'
    "<cellXfs>{styles}</cellXfs></styleSheet>"
)
_STYLES_PART = (
    '<Relationship Id="r2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" '
    'Target="styles.xml"/></Relationships>'
)


def _xml(path: Path, rows: list[list[Piece]], merged: list[tuple[int, int, int, int]], _encoding: str) -> Path:
    """Hand-written: nothing but what has to be there, and cells without their references in every second row."""
    formats = ["General", "yyyy-mm-dd"]
    lines = []
    for line, row in enumerate(rows, 1):
        cells = []
        for column, piece in enumerate(row):
            value = Shown((piece - date(1899, 12, 30)).days, formats[1], "") if isinstance(piece, date) else piece
            place = f' r="{chr(ord("A") + column)}{line}"' if line % 2 else ""
            if isinstance(value, Shown):
                if value.format not in formats:
                    formats.append(value.format)
                cells.append(f'<c{place} s="{formats.index(value.format)}"><v>{value.number!r}</v></c>')
            elif isinstance(value, Computed):
                result = "" if value.result is None else f"<v>{value.result}</v>"
                cells.append(f"<c{place}><f>1+1</f>{result}</c>")
            elif isinstance(value, str):
                text = escape(value)
                cells.append(f'<c{place} t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>')
            elif value is not None:
                cells.append(f"<c{place}><v>{value!r}</v></c>")
            elif not place:
                cells.append("<c/>")
        lines.append(f'<row r="{line}">{"".join(cells)}</row>')
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    areas = "".join(
        f'<mergeCell ref="{letters[left]}{top + 1}:{letters[right]}{bottom + 1}"/>'
        for top, left, bottom, right in merged
    )
    tail = f"<mergeCells>{areas}</mergeCells>" if areas else ""
    numbered = "".join(
        f'<numFmt numFmtId="{200 + at}" formatCode="{escape(form, {chr(34): "&quot;"})}"/>'
        for at, form in enumerate(formats)
    )
    styles = '<xf numFmtId="0"/>' + "".join(
        f'<xf numFmtId="{200 + at}" applyNumberFormat="1"/>' for at in range(1, len(formats))
    )
    parts = {
        "xl/styles.xml": _STYLES.format(count=len(formats), formats=numbered, styles=styles),
        "xl/_rels/workbook.xml.rels": _PARTS["xl/_rels/workbook.xml.rels"].replace("</Relationships>", _STYLES_PART),
    }
    sheet = f'<worksheet xmlns="{_MAIN}"><sheetData>{"".join(lines)}</sheetData>{tail}</worksheet>'
    return raw_workbook(path, sheet, **parts)


def _separated(path: Path, rows: list[list[Piece]], encoding: str, separator: str) -> Path:
    out = io.StringIO()
    csv.writer(out, delimiter=separator).writerows([[_text(piece) for piece in row] for row in rows])
    path.write_bytes(out.getvalue().encode(encoding))
    return path


def _text(piece: Piece) -> str:
    if piece is None:
        return ""
    if isinstance(piece, Computed):
        return "=1+1" if piece.result is None else str(piece.result)
    return piece.text if isinstance(piece, Shown) else str(piece)


def _resaved(form: str) -> "Writer":
    def write(path: Path, rows: list[list[Piece]], merged: list[tuple[int, int, int, int]], encoding: str) -> Path:
        first = _openpyxl(path.with_suffix(".xlsx"), rows, merged, encoding)
        return soffice(first, form, path.parent / "saved")

    return write


Writer = type(_openpyxl)
WRITERS = {
    "openpyxl": _openpyxl,
    "xlsxwriter": _xlsxwriter,
    "xml": _xml,
    "csv": lambda path, rows, _merged, encoding: _separated(path, rows, encoding, ","),
    "semicolon": lambda path, rows, _merged, encoding: _separated(path, rows, encoding, ";"),
    "tsv": lambda path, rows, _merged, encoding: _separated(path, rows, encoding, "\t"),
    "libreoffice": _resaved("xlsx"),
    "libreoffice csv": _resaved("csv:Text - txt - csv (StarCalc):44,34,76,1"),  # commas, quotes, UTF-8
}
ENDINGS = {"csv": ".csv", "semicolon": ".csv", "tsv": ".tsv"}
