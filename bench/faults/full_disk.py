"""Fill a small disk: `python bench/faults/full_disk.py FOLDER`, where FOLDER is on one. Prints what came of it."""

import json
import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests import faults

if __name__ == "__main__":
    os.environ |= {"ANJU_TODAY": "2020-07-15", "ANJU_BY": "tester", "LANG": "en_US.UTF-8"}
    database = Path(sys.argv[1]) / "anju.db"
    made = faults.say("init", db=database)
    came = faults.full_disk(database, 2_000) if made.code == 0 else {"init": made.err}
    report = Path(sys.argv[1]) / "report.json"
    said = faults.say("report", "quarter", "Q2", "-o", str(report), db=database)
    came |= {"report to the full disk, exit": said.code, "half a file left": report.exists() and said.code != 0}
    print(json.dumps(came, ensure_ascii=False))
