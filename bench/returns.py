"""Returns against the bare libraries, each a process of its own and in turn: prints a table.

`python bench/returns.py DIRECTORY --rows 100000 -n 3`. In: a workbook of that many rows of projects is imported whole
(read, checked, matched, booked, committed), against openpyxl's read-only mode going through the same file, and the most
memory that takes; two lists of a fifth of the rows are held against each other, in processor time. Out: a form of a
tenth of the rows is written, against XlsxWriter writing the same number of bare cells.
"""

import argparse
import os
import sys
from pathlib import Path
from statistics import median

from timing import Line, compared, run, show

HEAD = (
    "序号",
    "项目编码",
    "项目名称",
    "所属街道",
    "建设单位",
    "筹建方式",
    "住房类型",
    "指标",
    "计划套数",
    "上期末累计",
)
HEAD += ("本期完成", "本期末累计", "形象进度", "原计划日期", "预计日期", "滞后原因", "佐证材料", "备注")

OPENPYXL = """
import sys, openpyxl
for sheet in openpyxl.load_workbook(sys.argv[1], read_only=True, data_only=True).worksheets:
    for row in sheet.iter_rows(values_only=True):
        pass
"""

IMPORT = """
import os, shutil, sys
from anju_cli.cli import main
shutil.copy(sys.argv[1], sys.argv[2])
sys.exit(main(["progress", "import", sys.argv[3], "-u", "tal", "-q", "Q1", "--db", sys.argv[2]]))
"""

RECONCILE = """
import sys
from anju_cli.cli import main
sys.exit(main(["reconcile", *sys.argv[1:]]) != 1)  # they differ
"""

BARE = """
import sys, xlsxwriter
book = xlsxwriter.Workbook(sys.argv[1], {"in_memory": True})
sheet = book.add_worksheet()
look = book.add_format({"border": 1})
for row in range(int(sys.argv[2])):
    for column in range(20):
        sheet.write_string(row, column, "进展", look)
book.close()
"""

FORM = """
import sys
from dataclasses import replace
from pathlib import Path
from anju_cli.render.sheets.return_form import form_book
from anju_cli.reports import returns
from anju_cli.reports.view import opened
with opened(Path(sys.argv[1])) as view:
    form = returns.form(view, "hsc", 2)
rows = tuple(row for row in form.rows if row.kind == "quantity")
Path(sys.argv[2]).write_bytes(form_book(replace(form, rows=rows * (int(sys.argv[3]) // len(rows)))))
"""


def make(path: Path, count: int) -> None:
    """The list of projects, as a body would send it."""
    import xlsxwriter

    book = xlsxwriter.Workbook(path, {"constant_memory": True})
    sheet = book.add_worksheet("项目明细")
    sheet.write_row(0, 0, HEAD)
    for row in range(1, count + 1):
        words = (row, f"P-{row:06}", f"坪山项目{row}", "坑梓街道", "某某建设公司", "建设", "人才住房", "建设筹集")
        sheet.write_row(row, 0, (*words, 200, 0, 3, 3, "主体施工", "", "", "", "", ""))
    book.close()


LIST_HEAD = ("项目编码", "项目名称", "所属街道", "建设单位", "筹建方式", "住房类型", "总套数", "竣工日期")


def make_list(path: Path, count: int, more: int) -> None:
    """A list of projects as another office keeps it; one home `more` in every hundredth row."""
    import xlsxwriter

    book = xlsxwriter.Workbook(path, {"constant_memory": True})
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, LIST_HEAD)
    for row in range(1, count + 1):
        homes = 200 + (more if row % 100 == 0 else 0)
        words = (f"P-{row:06}", f"坪山项目{row}", "坑梓街道", "某某建设公司", "建设", "人才住房", homes, "2020-06-30")
        sheet.write_row(row, 0, words)
    book.close()


def main() -> None:
    """Measure all."""
    parser = argparse.ArgumentParser()
    parser.add_argument("directory", type=Path)
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("-n", type=int, default=3)
    given = parser.parse_args()
    given.directory.mkdir(parents=True, exist_ok=True)
    source, empty, copy, made = (given.directory / name for name in ("in.xlsx", "empty.db", "copy.db", "out.xlsx"))
    make(source, given.rows)
    lists = [given.directory / f"list-{more}.xlsx" for more in range(2)]
    for more, path in enumerate(lists):
        make_list(path, given.rows // 5, more)
    env = dict(os.environ, ANJU_TODAY="2020-04-09", ANJU_BY="bench")
    empty.unlink(missing_ok=True)
    os.system(f"{sys.executable} -m anju_cli init --db {empty} >/dev/null")
    python = [sys.executable, "-c"]
    importing = [*python, IMPORT, str(empty), str(copy), str(source)]
    reconciling = [*python, RECONCILE, *map(str, lists)]
    lines = [
        compared(f"import of {given.rows:,} rows", importing, [*python, OPENPYXL, str(source)], env, given.n, 1.6),
        Line("the same, memory", max(run(importing, env).memory for _turn in range(2)), unit="MB", promise=300),
        Line(
            f"reconcile of two lists of {given.rows // 5:,} rows, processor time",
            1000 * median(run(reconciling, env).cpu for _turn in range(given.n)),
            promise=2000,
        ),
        compared(
            f"a form of {given.rows // 10:,} rows",
            [*python, FORM, str(empty), str(made), str(given.rows // 10)],
            [*python, BARE, str(made), str(given.rows // 10)],
            env, given.n,
        ),
    ]  # fmt: skip
    show("Returns, against openpyxl and XlsxWriter alone", lines)


if __name__ == "__main__":
    main()
