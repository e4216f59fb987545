"""What a cell may say, what stands above a table, and rows that meet what later returns have stated."""

import os
import pty
import subprocess
import sys
from datetime import date, datetime
from decimal import Decimal

import pytest

from anju_cli.errors import Unclear
from anju_cli.foreign import Row
from anju_cli.foreign import cell_grammar as cells
from anju_cli.returns.heading import body_above, quarter_above
from tests.conftest import ROOT
from tests.returns import HEAD, table

DAY = date(2020, 6, 30)


@pytest.mark.parametrize(
    ("value", "decimals", "figure"),
    [
        (None, 0, None), ("  ", 0, None), (5, 0, 5), (5.0, 0, 5), (5, 2, 500), (1.1, 2, 110), (0.1 + 0.2, 2, 30),
        ("1,234.5", 2, 123450), ("－７", 0, -7), ("−7", 0, -7), ("无", 2, 0), ("N/A", 0, 0), ("〇", 0, 0),
    ],
)  # fmt: skip
def test_a_figure_is_in_smallest_units(value, decimals, figure):
    assert cells.figure(value, decimals) == figure


@pytest.mark.parametrize(
    "value", [1.5, True, DAY, datetime(2020, 1, 1), float("nan"), float("inf"), 1e20, "#REF!", "1e3", "1_0"]
)
def test_what_is_no_figure_is_refused(value):
    with pytest.raises(Unclear):
        cells.figure(value)


@pytest.mark.parametrize(
    ("value", "found"),
    [
        (None, None), ("—", None), (True, None), ("about half", None), ("12.7%", (Decimal("12.7"), True)),
        ("１２％", (Decimal(12), True)), (0.5, (Decimal("0.5"), False)), ("nan", None), ("Infinity", None),
    ],
)  # fmt: skip
def test_a_percentage_is_read_with_or_without_its_sign(value, found):
    assert cells.rate(value) == found


@pytest.mark.parametrize(
    ("value", "found"),
    [
        (datetime(2020, 6, 30, 8), DAY), (DAY, DAY), (None, None), ("—", None), ("2020/6/30", DAY), ("2020.6.30", DAY),
        ("2020年6月30日", DAY),
    ],
)  # fmt: skip
def test_a_date_is_read_however_it_is_written(value, found):
    assert cells.day(value, today=DAY, not_before=date(2020, 1, 1)) == found


@pytest.mark.parametrize(
    ("value", "found"),
    [(None, None), (5.0, "5"), (datetime(2020, 6, 30), "2020-06-30"), ("a\r\n b", "a b"), (" ", None)],
)
def test_words_are_one_line(value, found):
    assert cells.words(value, "x") == found


@pytest.mark.parametrize(
    ("above", "body", "quarter"),
    [
        ([("填报单位（盖章）：", "水务局"), ("考核期：", "2020年第二季度")], "水务局", "2020年第二季度"),
        ([("填报单位：水务局  考核期：第二季度",)], "水务局", "第二季度"),
        ([("表一 填报单位：水务局 填报日期：7月9日",)], "水务局", None),
        ([("坪山区2020年度安居工程第三季度工作进展情况填报表",)], None, "2020年第三季度"),
        ([("Reporting body: wat", "Quarter: Q2")], "wat", "Q2"),
        ([("填报单位：", "考核期：第一季度")], None, "第一季度"),
        ([], None, None),
    ],
)
def test_what_stands_above_says_whose_it_is(above, body, quarter):
    rows = [Row(number, values) for number, values in enumerate(above, 1)]
    told = body_above(rows), quarter_above(rows)
    assert [said and said.text for said in told] == [body, quarter]


def imported(office, tmp_path, rows, *words, code=0):
    path = table(tmp_path / f"{len(list(tmp_path.iterdir()))}.csv", rows)
    return office("progress import --json", str(path), *words, code=code).json


def test_cases_taken_in_alone_are_skipped_when_they_come_again(office, tmp_path):
    rows = [["任务编号", "本期完成"], ["wat-river.受理", 5]]
    (first,) = imported(office, tmp_path, rows, "-u", "wat", "-q", "Q2")
    assert [(row["item"], row["quantity"]) for row in first["rows"]] == [("wat-river.received", 5)]
    (again,) = imported(
        office, tmp_path, [*rows, ["wat-works.受理", 0]], "-u", "wat", "-q", "Q2", "--correct", "--reason", "更正"
    )
    assert {row["item"]: row["action"] for row in again["rows"]} == {
        "wat-river.received": "skip",
        "wat-works.received": "add",
    }


def test_equal_figures_with_new_words_keep_the_words_alone(office, tmp_path):
    office("progress add raise 40 --unit hsc -q Q2")
    rows = [HEAD, ["raise", "", 0, 40, 40, "进展"]]
    (answer,) = imported(office, tmp_path, rows, "-u", "hsc", "-q", "Q2", "--correct", "--reason", "来文补充")
    assert [row["action"] for row in answer["rows"]] == ["words"]
    assert [(row["quantity"], row["note"]) for row in office("progress list --json").json] == [
        (40, None),
        (None, "进展"),
    ]


def test_the_same_refused_file_twice_on_one_day_is_one_receipt(office, tmp_path):
    path = table(tmp_path / "f.csv", [HEAD, ["raise", "", 0, "x", 40, "y"]])
    for _turn in range(2):
        (answer,) = office("progress import --json -u hsc -q Q2", str(path), code=1).json
    assert answer["times_returned"] == 1
    (next_day,) = office("progress import --json -u hsc -q Q2", str(path), code=1, today="2020-07-16").json
    assert next_day["times_returned"] == 2


def test_a_receipt_that_was_tampered_with_is_found(office, tmp_path):
    import sqlite3

    from anju_cli.store.schema import trigger_statements

    imported(office, tmp_path, [HEAD, ["raise", "", 0, "x", 40, "y"]], "-u", "hsc", "-q", "Q2", code=1)
    connection = sqlite3.connect(os.environ["ANJU_DB"])
    with pytest.raises(sqlite3.IntegrityError):
        connection.execute("UPDATE return_receipt SET received_on = '2020-07-01'")
    connection.execute("DROP TRIGGER return_receipt_no_update")
    connection.execute("UPDATE return_receipt SET received_on = '2020-07-01'")
    connection.execute(trigger_statements()["return_receipt_no_update"])
    connection.commit()
    connection.close()
    assert [row["check"] for row in office("ledger verify --json", code=1).json] == ["return"]


def test_on_a_terminal_a_bar_is_drawn_on_standard_error_alone(office, tmp_path):
    path = table(tmp_path / "f.csv", [HEAD, ["raise", "", 0, 40, 40, "x"]])
    ours, theirs = pty.openpty()
    line = [sys.executable, "-m", "anju_cli", "progress", "import", str(path), "-u", "hsc", "-q", "Q2", "--json"]
    done = subprocess.run(line, stdout=subprocess.PIPE, stderr=theirs, cwd=ROOT, env=os.environ | {"TERM": "xterm"})
    os.close(theirs)
    drawn = os.read(ours, 65536).decode()
    os.close(ours)
    assert done.returncode == 0 and "recording f.csv" in drawn and b"\x1b" not in done.stdout
