"""Faults of returns, counted: files that are wrong anywhere, and imports that are killed. See `tests.faults`."""

import json
import random
import signal
from collections import Counter
from pathlib import Path
from typing import Any

from tests.faults import say
from tests.processes import killed_at

HEAD = ["任务编号", "工作任务", "上期末累计", "本期完成", "本期末累计", "完成率（%）", "进展情况", "备注"]
ITEMS = ["raise", "complete", "supply", "subsidy", "summary", "ms-q1-syncplan", "hsc-raise", "没有的任务", ""]
NUMBERS = (
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
        "0.5",
        "50%",
    ),
    *("99999999999999999999", "true", "一百", "2020-06-30"),
)
CELLS = (*NUMBERS, "\u202e1", "\x07", "<b>1</b>", "[/b]", '"', "'", "合计", "注：", "\ufeff3")
STATEMENTS = 20
"""About as many as the import of GOOD runs."""
GOOD = """任务编号,上期末累计,本期完成,本期末累计,进展情况
raise,0,40,40,好
supply,0,7,7,好
"""


def bad_csv(chance: random.Random) -> bytes:
    """A return that may be wrong anywhere: in its head, its cells, its quoting, its encoding; some are right."""
    rows = [["填报单位：住房保障中心", "考核期：2020年第二季度"]] if chance.random() < 0.5 else []
    head = HEAD if chance.random() < 0.5 else chance.sample(HEAD, chance.randint(1, len(HEAD)))
    rows.append(head)
    for item in chance.sample(ITEMS, chance.randint(0, len(ITEMS))):
        figure = str(chance.randint(0, 99))
        known = {"任务编号": item, "上期末累计": "0", "本期完成": figure, "本期末累计": figure, "进展情况": "好"}
        wrong = chance.sample(head, min(len(head), chance.choice([0, 0, 0, 1, 3])))
        rows.append([chance.choice(CELLS) if name in wrong else known.get(name, "") for name in head])
    comma = chance.choice([",", ",", ",", ";", "\t"])
    text = "\n".join(comma.join(row) for row in rows)
    content = text.encode(chance.choice(["utf-8", "utf-8-sig", "gb18030", "utf-16"]), "replace")
    for _ in range(chance.choice([0, 0, 0, 0, 1, 5])):
        place = chance.randrange(len(content) + 1)
        content = content[:place] + bytes([chance.randrange(256)]) + content[place:]
    return content


def bad_returns(db: Path, path: Path, count: int) -> dict[str, Any]:
    """So many files of any kind as returns of one unit: exit codes, and what should not have come."""
    chance, codes, longest, offenders = random.Random(20), Counter[str](), 0.0, []
    for _ in range(count):
        content = bad_csv(chance)
        path.write_bytes(content)
        said = say("progress", "import", str(path), "-u", "hsc", "-q", "Q2", "--dry-run", db=db)
        longest = max(longest, said.seconds)
        codes[f"exit {said.code}"] += 1
        if said.code not in (0, 1, 2, 4) or "Traceback" in said.err:
            offenders.append((content[:300].decode("utf-8", "replace"), said.code, said.err[:300]))
    return {
        "files": count,
        **dict(sorted(codes.items())),
        "longest, seconds of the processor": longest,
        "offenders": offenders,
    }


def killed_imports(folder: Path, count: int) -> dict[str, Any]:
    """Imports of a good return killed before random statements: all of it is there or nothing, and a retry adds it once."""
    chance, came = random.Random(7), Counter[str]()
    good = folder / "good.csv"
    good.write_text(GOOD, encoding="utf-8")
    for number in range(count):
        db = folder / f"killed-{number}.db"
        assert say("init", db=db).code == 0
        line = ["progress", "import", str(good), "-u", "hsc", "-q", "Q2", "--db", str(db)]
        heard = killed_at(chance.randrange(STATEMENTS), line, folder)
        acknowledged = bool(heard.out.strip())
        entries = quantities(db)
        came["killed"] += heard.code == -signal.SIGKILL
        came["acknowledged"] += acknowledged
        came["whole"] += len(entries) == 2
        came["partial"] += len(entries) == 1
        came["acknowledged and lost"] += acknowledged and not entries
        came["retries refused"] += say(*line, db=db).code != 0
        came["wrong after the retry"] += sorted(quantities(db)) != [7, 40]
        came["faults found by verify"] += len(json.loads(say("ledger", "verify", "--json", db=db).out))
        db.unlink()
    return {"imports": count, **came}


def quantities(db: Path) -> list[int]:
    """What is booked, entry by entry."""
    return [row["quantity"] for row in json.loads(say("progress", "list", "--json", db=db).out)]
