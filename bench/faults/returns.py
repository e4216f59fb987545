"""Faults of returns: thousands of bad CSV files, and imports that are killed at random points. Prints JSON.

`python bench/faults/returns.py --files 2000 --kills 100`; nothing outside a temporary folder is written.
"""

import argparse
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from tests import faults  # noqa: E402 — run as a script, Python looks beside it alone

HEAD = ["任务编号", "工作任务", "上期末累计", "本期完成", "本期末累计", "完成率（%）", "进展情况", "备注"]
ITEMS = ["raise", "complete", "supply", "subsidy", "summary", "ms-q1-syncplan", "hsc-raise", "没有的任务", ""]
CELLS = [
    *(
        "0",
        "无",
        "—",
        "5",
        "-5",
        "4,713",
        "１２",
        "12套",
        "1e3",
        "nan",
        "1_000",
        "#REF!",
        "=1+1",
        "",
        " ",
        "99999999999999999999",
    ),
    *(
        "0.5",
        "50%",
        "true",
        "\u202e1",
        "\x07",
        "<b>1</b>",
        "[/b]",
        "2020-06-30",
        "一百",
        '"',
        "'",
        "合计",
        "注：",
        "\ufeff3",
    ),
]


def bad_csv(chance: random.Random) -> bytes:
    """A return that may be wrong anywhere: in its head, its cells, its quoting, its encoding."""
    head = chance.sample(HEAD, chance.randint(1, len(HEAD)))
    rows = [["填报单位：住房保障中心", "考核期：2020年第二季度"]] if chance.random() < 0.5 else []
    rows.append(head)
    for _ in range(chance.randint(0, 12)):
        rows.append([chance.choice(ITEMS) if name == "任务编号" else chance.choice(CELLS) for name in head])
    comma = chance.choice([",", ",", ",", ";", "\t"])
    text = "\n".join(comma.join(row) for row in rows)
    content = text.encode(chance.choice(["utf-8", "utf-8-sig", "gb18030", "utf-16"]), "replace")
    for _ in range(chance.choice([0, 0, 0, 1, 5])):
        place = chance.randrange(len(content) + 1)
        content = content[:place] + bytes([chance.randrange(256)]) + content[place:]
    return content


def bad_files(db: Path, folder: Path, count: int) -> dict[str, Any]:
    """Exit codes, tracebacks, and the longest time that any import took."""
    chance, found, longest, offenders = random.Random(20), Counter[str](), 0.0, []
    path = folder / "bad.csv"
    for _ in range(count):
        content = bad_csv(chance)
        path.write_bytes(content)
        said = faults.say("progress", "import", str(path), "-u", "hsc", "-q", "Q2", "--dry-run", db=db)
        longest = max(longest, said.seconds)
        found[f"exit {said.code}"] += 1
        if said.code not in (0, 1, 2, 4) or "Traceback" in said.err:
            offenders.append((content[:300].decode("utf-8", "replace"), said.code, said.err[:300]))
    return {
        "files": count,
        **dict(sorted(found.items())),
        "longest, seconds": round(longest, 2),
        "offenders": offenders,
    }


def killed_imports(folder: Path, count: int) -> dict[str, Any]:
    """Imports of a good return killed at random points: all of it is there or nothing, and a retry adds it once."""
    chance, found = random.Random(7), Counter[str]()
    environment = os.environ | {"ANJU_TODAY": "2020-07-09", "ANJU_BY": "bench", "PYTHONPATH": str(ROOT)}
    good = folder / "good.csv"
    rows = [
        ["任务编号", "上期末累计", "本期完成", "本期末累计", "进展情况"],
        ["raise", "0", "40", "40", "好"],
        ["supply", "0", "7", "7", "好"],
    ]
    good.write_text("\n".join(map(",".join, rows)), encoding="utf-8")
    for number in range(count):
        db = folder / f"killed-{number}.db"
        assert faults.say("init", db=db).code == 0
        line = [
            sys.executable,
            "-m",
            "anju_cli",
            "progress",
            "import",
            str(good),
            "-u",
            "hsc",
            "-q",
            "Q2",
            "--db",
            str(db),
        ]
        running = subprocess.Popen(line, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        time.sleep(chance.uniform(0.3, 0.9))
        running.send_signal(signal.SIGKILL)
        acknowledged = "Receipt" in running.communicate()[0]
        entries = json.loads(faults.say("progress", "list", "--json", db=db).out)
        found["acknowledged"] += acknowledged
        found["whole"] += len(entries) == 2
        found["nothing"] += not entries
        found["partial"] += len(entries) not in (0, 2)
        found["acknowledged and lost"] += acknowledged and not entries
        subprocess.run(line, env=environment, capture_output=True)
        again = json.loads(faults.say("progress", "list", "--json", db=db).out)
        found["wrong after the retry"] += sum(row["quantity"] or 0 for row in again) != 47
        found["faults found by verify"] += len(json.loads(faults.say("ledger", "verify", "--json", db=db).out))
        db.unlink()
    return {"kills": count, **found}


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Faults of returns, counted.")
    parser.add_argument("--files", type=int, default=2000)
    parser.add_argument("--kills", type=int, default=100)
    given = parser.parse_args()
    os.environ.update(ANJU_TODAY="2020-07-09", ANJU_BY="bench")
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        fresh = place / "a.db"
        assert faults.say("init", db=fresh).code == 0
        answer = {"bad files": bad_files(fresh, place, given.files), "kills": killed_imports(place, given.kills)}
    print(json.dumps(answer, ensure_ascii=False, indent=1))
