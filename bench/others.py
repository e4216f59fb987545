"""The same records for other programs: a journal for ledger and hledger, tasks for taskwarrior.

`python bench/others.py FILE DIRECTORY` writes `journal` and `tasks.json` from a database made by `build.py`.
"""

import argparse
import json
import uuid
from pathlib import Path

from anju_cli.store.reading import reading

ROWS = "SELECT id, item, unit, quarter, happened_on, COALESCE(quantity, 0) AS quantity FROM entry ORDER BY id"


def write(database: Path, directory: Path) -> None:
    """Each entry is a transaction between its item and body and where it came from; and a completed task."""
    with reading(database) as connection:
        rows = connection.execute(ROWS).fetchall()
    with (directory / "journal").open("w", encoding="utf-8") as journal:
        for row in rows:
            account = f"item:{row['item']}:{row['unit']}"
            journal.write(f"{row['happened_on']} {row['unit']}\n    {account}  {row['quantity']}\n    reported\n\n")
    tasks = [
        {
            "uuid": str(uuid.UUID(int=row["id"])),
            "status": "completed",
            "description": f"{row['quantity']} by {row['unit']}",
            "project": f"{row['item']}.{row['unit']}",
            "entry": f"{row['happened_on'].replace('-', '')}T000000Z",
            "end": f"{row['happened_on'].replace('-', '')}T000000Z",
        }
        for row in rows
    ]
    (directory / "tasks.json").write_text(json.dumps(tasks), encoding="utf-8")


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("file", type=Path)
    parser.add_argument("directory", type=Path)
    given = parser.parse_args()
    write(given.file, given.directory)
