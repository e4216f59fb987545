"""The export of all entries to Excel against bare XlsxWriter, in one process and in turn: prints JSON.

`python bench/export.py FILE --rounds 3`; run by `bench/run.py export`. Ours is what `anju progress list -o x.xlsx`
does: it reads the ledger, words every row, and lays out a sheet with widths, formats, filters and print settings. The
bare writer is handed the same cells, already read, and writes them without any format.
"""

import argparse
import json
import time
from io import BytesIO
from pathlib import Path
from statistics import median

from xlsxwriter import Workbook

from anju_cli.render.pages.ledger import entries_page
from anju_cli.render.sheets.page_book import INERT, page_book
from anju_cli.reports.listing import entries
from anju_cli.reports.view import opened


def measured(path: Path, rounds: int) -> dict[str, float]:
    """Rows a second of each, medians; and the median of the rates' ratios."""
    takes: dict[str, list[float]] = {"ours": [], "bare": []}
    cells = table(path)
    for turn in range(rounds + 1):
        for name, seconds in takes.items():
            start = time.perf_counter()
            ours(path) if name == "ours" else bare(cells)
            if turn:  # the first is to warm up
                seconds.append(time.perf_counter() - start)
    ratio = median(b / a for a, b in zip(takes["ours"], takes["bare"], strict=True))
    return {
        **{name: len(cells) / median(seconds) for name, seconds in takes.items()},
        "rows": len(cells),
        "ratio": ratio,
    }


def table(path: Path) -> list[list[object]]:
    """The cells of the sheet: a number or a text each."""
    with opened(path) as view:
        (found,) = entries_page(entries(view)).tables
        return [[cell.text if cell.value is None else cell.value for cell in row] for row in found.rows]


def ours(path: Path) -> None:
    """All of what the command does but starting."""
    with opened(path) as view:
        for _piece in page_book(entries_page(entries(view))):
            pass


def bare(cells: list[list[object]]) -> None:
    """The same cells, and no more."""
    made = Workbook(BytesIO(), INERT | {"in_memory": True, "default_date_format": "yyyy-mm-dd"})
    sheet = made.add_worksheet()
    for number, row in enumerate(cells):
        sheet.write_row(number, 0, row)
    made.close()


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("file", type=Path)
    parser.add_argument("--rounds", type=int, default=3)
    given = parser.parse_args()
    print(json.dumps(measured(given.file, given.rounds)))
