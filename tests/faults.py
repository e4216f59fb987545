"""Faults on purpose, counted: what `test_faults` does a little of, and `bench/faults` a lot.

Every function takes a real database, does its worst to it or to a copy, and returns what came of it in numbers.
"""

import io
import json
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from anju_cli.cli import main
from anju_cli.cli.root import root
from anju_cli.ledger import Manner, opened
from anju_cli.ledger.drafts import Draft
from anju_cli.ledger.entries.filing import file
from tests.processes import at_once, ended, fork

ROOT = Path(__file__).parents[1]
BATCH = 20
"""Entries of one imported filing."""

READS = (
    ("report", "quarter", "Q2"), ("report", "quarter", "Q3"), ("report", "year"), ("report", "unit", "hsc"),
    ("report", "trend"), ("units", "overdue"), ("units", "list"), ("plan", "show"), ("slips", "list"), ("status",),
)  # fmt: skip


@dataclass(frozen=True)
class Said:
    """What one command line said, and what time of the processor it took."""

    code: int
    out: str
    err: str
    seconds: float


def say(*line: str, db: Path | None = None) -> Said:
    """Run one command line in this process."""
    if db is not None:
        os.environ["ANJU_DB"] = str(db)
    out, err = io.StringIO(), io.StringIO()
    begun = time.process_time()
    with redirect_stdout(out), redirect_stderr(err):
        try:
            code = main(list(line))
        except BaseException as fault:
            code = 99
            err.write(f"Traceback: {fault!r}")
    return Said(code, out.getvalue(), err.getvalue(), time.process_time() - begun)


def furnish(db: Path, filings: int = 40) -> Path:
    """A database with filings, corrections, a slip and an amendment in it."""
    assert say("init", db=db).code == 0
    chance = random.Random(7)
    with opened(db, None, "tester") as book:
        for number in range(filings):
            file(book, drafts(chance, 3), Manner(reference=f"F{number}"))
    for line in (
        ("progress", "correct", "1", "5", "--reason", "typo"),
        ("progress", "void", "4", "--reason", "twice"),
        ("slips", "issue", "ms-q1-survey", "--due", "2020-07-25"),
        ("plan", "amend", "raise", "--goal", "5200", "--document", "D1", "--effective", "2020-07-01"),
        ("progress", "add", "supply", "700", "--unit", "hsc", "-q", "Q2", "--note", "last"),
    ):
        said = say(*line, db=db)
        assert said.code == 0, said.err
    return db


def drafts(chance: random.Random, count: int) -> list[Draft]:
    """Reports on `raise` by two units."""
    return [
        Draft(
            "raise",
            chance.choice(("hsc", "tal")),
            date(2020, 6, chance.randint(1, 30)),
            date(2020, 7, 8),
            chance.randint(1, 9),
        )
        for _ in range(count)
    ]


# -- many at once ----------------------------------------------------------------------------------------------------


def crowd(db: Path, size: int) -> dict[str, Any]:
    """So many processes of `progress add` at once: what was lost, locked out or booked twice."""
    line = ["progress", "add", "raise", "1", "--on", "2020-06-30", "--json", "--db", str(db)]
    begun = time.perf_counter()
    heard = at_once(
        [[*line, "--unit", ("hsc", "tal")[number % 2], "--reference", f"P{number}"] for number in range(size)]
    )
    seconds = time.perf_counter() - begun
    acknowledged = {one.json["filing"]["reference"] for one in heard if one.out}
    booked = Counter(row["reference"] for row in json.loads(say("progress", "list", "--json", db=db).out))
    return {
        "processes": size,
        "exit 0": sum(one.code == 0 for one in heard),
        "locked": sum("locked" in one.err for one in heard),
        "acknowledged and lost": len(acknowledged - set(booked)),
        "booked twice": sum(count > 1 for count in booked.values()),
        "cumulative": cumulative(db),
        "seconds": round(seconds, 1),
    }


def cumulative(db: Path) -> int:
    """What the report says of `raise`."""
    return int(
        json.loads(say("report", "year", "--json", "--as-of", "2020-12-31", db=db).out)["targets"][0]["cumulative"]
    )


def contest(db: Path, size: int) -> dict[str, Any]:
    """So many processes that correct one entry at once: one wins, the others are told."""
    assert say("progress", "add", "raise", "600", "--unit", "hsc", "--on", "2020-06-30", db=db).code == 0
    line = ["progress", "correct", "1", "--reason", "x", "--db", str(db)]
    heard = at_once([[*line, str(value)] for value in range(size)])
    codes = Counter(one.code for one in heard)
    return {
        "processes": size,
        "won": codes[0],
        "refused, naming the successor": sum("#2" in one.err or " 2" in one.err for one in heard),
        "other exit codes": size - codes[0] - codes[4],
    }


def backups(db: Path, folder: Path, times: int) -> dict[str, Any]:
    """Copies made while another process writes without pause: each is whole, and holds whole filings alone."""
    ready, told = os.pipe()

    def busy() -> None:
        for number in range(10**9):
            with opened(db, None, "tester") as book:
                file(book, drafts(random.Random(number), BATCH), Manner(reference=f"B{number}"))
            os.write(told, b".") if number == 0 else None

    child = fork(busy)
    os.read(ready, 1)
    found, longest = Counter[str](), 0.0
    for number in range(times):
        copy = folder / f"copy-{number}.db"
        begun = time.perf_counter()
        said = say("backup", str(copy), db=db)
        longest = max(longest, time.perf_counter() - begun)
        found["copies"] += said.code == 0
        found["not made"] += said.code != 0
        if said.code == 0:
            found["faulty"] += say("ledger", "verify", db=copy).code != 0
            with closing(sqlite3.connect(copy)) as connection:
                counts = connection.execute("SELECT COUNT(*) FROM entry GROUP BY filing_id").fetchall()
            found["with partial filings"] += any(count != BATCH for (count,) in counts)
            copy.unlink()
    os.kill(child, signal.SIGKILL)
    ended(child)
    return dict(found) | {"longest, seconds": round(longest, 2)}


# -- killed at random ------------------------------------------------------------------------------------------------


def kills(db: Path, trials: int, seed: int = 1) -> dict[str, Any]:
    """Writers killed at random moments of adds and imports, each followed at once by a report."""
    chance, found = random.Random(seed), Counter[str]()
    begun = time.perf_counter()
    for trial in range(trials):
        acknowledged = _killed(db, trial, chance)
        hot = db.with_name(f"{db.name}-journal").exists()
        found["killed"] += 1
        found["acknowledged"] += len(acknowledged)
        found["journal hot"] += hot
        reported = cumulative(db)  # first of all: it rolls the journal back
        with closing(sqlite3.connect(db)) as connection:
            booked = dict(
                connection.execute(
                    "SELECT reference, COUNT(*) FROM filing JOIN entry ON filing.id = filing_id GROUP BY 1"
                )
            )
            (summed,) = connection.execute("SELECT SUM(quantity) FROM entry WHERE item = 'raise'").fetchone()
            found["not whole"] += connection.execute("PRAGMA integrity_check").fetchone() != ("ok",)
        found["wrong reports"] += reported != (summed or 0)
        found["acknowledged and lost"] += len(acknowledged - set(booked))
        found["partial filings"] += sum(count != (BATCH if key.startswith("B") else 1) for key, count in booked.items())
        unsure = [key for key in _attempted(acknowledged, trial) if key not in acknowledged]
        found["durable and not acknowledged"] += len(set(unsure) & set(booked))
        for key in unsure:
            found["retries"] += 1
            _file(db, key, trial)
        with closing(sqlite3.connect(db)) as connection:
            rows = dict(connection.execute("SELECT reference, COUNT(*) FROM filing GROUP BY 1"))
        found["booked twice"] += sum(count > 1 for count in rows.values())
        found["lost in retries"] += len(set(unsure) - set(rows))
    found["faults found by verify"] = len(json.loads(say("ledger", "verify", "--json", db=db).out or "[]"))
    return dict(found) | {"seconds": round(time.perf_counter() - begun, 1)}


def _attempted(acknowledged: set[str], trial: int) -> list[str]:
    """What the writer had begun: as much as it acknowledged, and the one after."""
    return list(_keys(trial))[: len(acknowledged) + 1]


def _keys(trial: int) -> Iterator[str]:
    """The references of a trial, adds and imports in turn."""
    return (f"{'AB'[number % 2]}{trial}-{number}" for number in range(100_000))


def _file(db: Path, key: str, trial: int) -> None:
    """One add, or one filing of twenty entries, under its reference; a second time it changes nothing."""
    if key.startswith("A"):
        said = say("progress", "add", "raise", "1", "--unit", "hsc", "--on", "2020-06-30", "--reference", key, db=db)
        assert said.code == 0, said.err
        return
    with opened(db, None, "tester") as book:
        known = book.session.connection().exec_driver_sql("SELECT 1 FROM filing WHERE reference = ?", (key,)).first()
        if known is None:
            file(book, drafts(random.Random(key), BATCH), Manner(reference=key))


def _killed(db: Path, trial: int, chance: random.Random) -> set[str]:
    """Fork a writer that acknowledges through a pipe, and kill it at a random moment."""
    reading, writing = os.pipe()

    def write() -> None:
        os.close(reading)
        for key in _keys(trial):
            _file(db, key, trial)
            os.write(writing, f"{key}\n".encode())

    child = fork(write)
    os.close(writing)
    with os.fdopen(reading, encoding="ascii") as pipe:
        said = "".join(pipe.readline() for _acknowledgement in range(chance.randint(0, 4)))
        time.sleep(chance.uniform(0.0, 0.05))
        os.kill(child, signal.SIGKILL)
        ended(child)
        said += pipe.read()
    return set(said[: said.rfind("\n") + 1].split())


# -- damage ----------------------------------------------------------------------------------------------------------


def overwrites(db: Path, scratch: Path, times: int, seed: int = 2) -> dict[str, Any]:
    """Random bytes over random places: every report is right or refused."""
    chance, whole = random.Random(seed), db.read_bytes()
    before = {line: say(*line, "--json", db=db).out for line in READS}

    def spoil(number: int) -> bytes:
        spoilt = bytearray(whole)
        at = chance.randrange(len(whole))
        length = chance.choice((1, 2, 8, 64, 512, 4096))
        spoilt[at : at + length] = chance.randbytes(len(spoilt[at : at + length]))
        return bytes(spoilt)

    return _outcomes(scratch, (spoil(number) for number in range(times)), before)


def truncations(db: Path, scratch: Path, times: int, seed: int = 3) -> dict[str, Any]:
    """The file cut off anywhere: every report is refused, or right where only free space was cut."""
    chance, whole = random.Random(seed), db.read_bytes()
    before = {line: say(*line, "--json", db=db).out for line in READS}
    return _outcomes(scratch, (whole[: chance.randrange(len(whole))] for _ in range(times)), before)


def bit_flips(db: Path, scratch: Path, times: int, seed: int = 4) -> dict[str, Any]:
    """One bit of the file flipped: every report is right or refused."""
    chance, whole = random.Random(seed), db.read_bytes()
    before = {line: say(*line, "--json", db=db).out for line in READS}

    def flip() -> bytes:
        spoilt = bytearray(whole)
        spoilt[chance.randrange(len(whole))] ^= 1 << chance.randrange(8)
        return bytes(spoilt)

    return _outcomes(scratch, (flip() for _ in range(times)), before)


def _outcomes(scratch: Path, spoilt: Iterator[bytes], before: dict[tuple[str, ...], str]) -> dict[str, Any]:
    found = Counter[str]()
    for content in spoilt:
        found["files"] += 1
        scratch.write_bytes(content)
        for line, right in before.items():
            said = say(*line, "--json", db=scratch)
            found["reports"] += 1
            found["right"] += said.code in (0, 1) and said.out == right
            found["refused"] += said.code == 3 and not said.out
            found["wrong"] += said.code in (0, 1) and said.out != right
            found["tracebacks"] += "Traceback" in said.err
            found["other exit codes"] += said.code not in (0, 1, 3)
        said = say("progress", "add", "raise", "1", "--unit", "hsc", "-q", "Q2", "--additional", db=scratch)
        found["writes refused"] += said.code == 3
        found["other exit codes"] += said.code not in (0, 3)
        found["tracebacks"] += "Traceback" in said.err
        found["verify finds it"] += say("ledger", "verify", db=scratch).code in (1, 3)
    return dict(found)


def rewritten(db: Path, scratch: Path, rows: int, seed: int = 5) -> dict[str, Any]:
    """Every column of sampled rows changed by SQL with the triggers dropped and put back: verify names each."""
    chance, found = random.Random(seed), Counter[str]()
    missed: list[str] = []
    for table in ("plan_revision", "filing", "entry", "followup"):
        with closing(sqlite3.connect(db)) as connection:
            columns = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
            ids = [id for (id,) in connection.execute(f"SELECT id FROM {table}")]
        for id in chance.sample(ids, min(rows, len(ids))):
            for column in columns:
                shutil.copy(db, scratch)
                if not _rewrite(scratch, table, id, column, chance):
                    found["refused by the table itself"] += 1
                    continue
                found["rows rewritten"] += 1
                said = say("ledger", "verify", "--json", db=scratch)
                finds = said.code in (1, 3)
                found["found"] += finds
                found["tracebacks"] += "Traceback" in said.err
                if not finds:
                    missed.append(f"{table}.{column}")
    return dict(found) | {"missed": missed}


def _rewrite(path: Path, table: str, id: int, column: str, chance: random.Random) -> bool:
    with closing(sqlite3.connect(path)) as connection:
        triggers = connection.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = ?", (table,)
        ).fetchall()
        for name, _sql in triggers:
            connection.execute(f"DROP TRIGGER {name}")
        (value,) = connection.execute(f"SELECT {column} FROM {table} WHERE id = ?", (id,)).fetchone()
        try:
            connection.execute(f"UPDATE {table} SET {column} = ? WHERE id = ?", (_other(value, chance), id))
        except sqlite3.IntegrityError:
            return False
        for _name, sql in triggers:
            connection.execute(sql)
        connection.commit()
    return True


def _other(value: object, chance: random.Random) -> object:
    """A value with one bit or one letter changed; of none, something."""
    if value is None:
        return 1 if chance.random() < 0.5 else "x"
    if isinstance(value, int):
        return value ^ (1 << chance.randrange(12, 16))
    text = str(value)
    at = chance.randrange(len(text))
    return text[:at] + chr(ord(text[at]) ^ 1) + text[at + 1 :]


# -- no room, no right ----------------------------------------------------------------------------------------------


def full_disk(db: Path, room: int) -> dict[str, Any]:
    """Long notes until the disk (or the database) has no room: everything acknowledged before is there, and whole.

    `room` is how many notes are tried at most.
    """
    acknowledged, said = 0, Said(0, "", "", 0.0)
    for number in range(room):
        line = (
            "progress",
            "add",
            "raise",
            "1",
            "--unit",
            "hsc",
            "--on",
            "2020-06-30",
            "--note",
            f"{number} " + "长" * 1900,
        )
        said = say(*line, db=db)
        if said.code:
            break
        acknowledged += 1
    with closing(sqlite3.connect(db)) as connection:
        whole = connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        (there,) = connection.execute("SELECT COUNT(*) FROM filing WHERE who <> 'before'").fetchone()
    return {
        "exit": said.code,
        "said": said.err.splitlines()[0] if said.err else "",
        "acknowledged": acknowledged,
        "there": there,
        "whole": whole,
        "report exits": say("report", "quarter", "Q2", db=db).code,
        "verify exits": say("ledger", "verify", db=db).code,
    }


def synced(db: Path, trace: Path) -> dict[str, Any] | None:
    """What the operating system was asked for before the acknowledgement was printed; null where it cannot be traced."""
    line = [sys.executable, "-m", "anju_cli", "progress", "add", "raise", "5", "--unit", "hsc", "--on", "2020-06-30"]
    command = ["strace", "-f", "-y", "-e", "trace=fsync,fdatasync,unlink,write", "-o", str(trace), *line]
    done = subprocess.run(command, cwd=ROOT, env=os.environ | {"ANJU_DB": str(db)}, capture_output=True, text=True)
    if done.returncode or "PTRACE" in done.stderr or "not permitted" in done.stderr:
        return None
    calls = trace.read_text(errors="replace").splitlines()
    acknowledged = next(n for n, call in enumerate(calls) if "write(1" in call and "Recorded" in call)
    before = calls[:acknowledged]
    unlinked = max(n for n, call in enumerate(before) if "unlink" in call and f"{db.name}-journal" in call)

    def syncs(calls: list[str], of: str) -> int:
        return sum("sync(" in call and of in call for call in calls)

    return {
        "journal synced before the data": syncs(before[:unlinked], f"{db.name}-journal>"),
        "data synced before the journal went": syncs(before[:unlinked], f"{db.name}>"),
        "folder synced after the journal went": syncs(before[unlinked:], f"<{db.parent}>"),
        "syncs after the acknowledgement": syncs(calls[acknowledged:], str(db.parent)),
    }


# -- bad input -------------------------------------------------------------------------------------------------------

CORPUS = (
    "", " ", "-", "--", "---", "-1", "--help", "0", "1", "-0", "1e3", "nan", "inf", "12套", "1_000", "4,713", "４７１３", "٤٧", "0x10",
    "9" * 40, "1.5", "2020-06-30", "2020-02-30", "0000-00-00", "9999-12-31", "6-30", "today", "-3d", "-9999d", "明天", "2020年6月31日",
    "Q2", "Q5", "q0", "2021Q2", "第二季度", "raise", "hsc", "ms-q1-survey", "subsidy-coverage", "summary", "坪山", "办事处", "all",
    "S1", "T1", "R9", "M1", "P1", "C1", "I1", "../../x", "./x.json", "x.csv", "x.md", "x.xyz", "a/b/c.json", ".", "..", "/", "nul",
    "'; DROP TABLE entry;--", "=1+1", "@SUM(A1)", "<script>", "[bold]x[/]", "%s%n", "{0}", "{name}", "$(id)", "\x1b[31m", "\x00", "\t", "\n",
    "\u202e", "\u200b", "\ud800", "é", "e\u0301", "😀", "中" * 3000, "x" * 5000, "blue", "red", "批示", "scheme", "post", "team",
    "2020", "pingshan-2020", "zh", "fr", "json", "keep", "2020-07-20T18:00", "2020-07-20T25:00", "hsc=5", "=", "tal=", "undated",
)  # fmt: skip
"""What hands, tables and other programs put where a word is expected."""


def commands() -> list[tuple[tuple[str, ...], list[Any]]]:
    """Every command with its parameters, except those that make new databases or talk to the shell."""
    found = []
    group = root()
    for noun in group.list_commands(None):
        command = group.get_command(None, noun)
        verbs = command.list_commands(None) if hasattr(command, "list_commands") else [None]
        for verb in verbs:
            leaf = command.get_command(None, verb) if verb else command
            if noun not in ("demo", "init", "completion"):
                found.append(((noun, verb) if verb else (noun,), leaf.params))
    return found


def bad_lines(count: int, seed: int = 6) -> Iterator[list[str]]:
    """Command lines of real commands and options with whatever the corpus has in the places of words."""
    chance, known = random.Random(seed), commands()
    for _ in range(count):
        name, parameters = chance.choice(known)
        line = list(name)
        for parameter in parameters:
            required = parameter.required and chance.random() < 0.95
            if required or chance.random() < (0.6 if parameter.param_type_name == "argument" else 0.15):
                words = [] if parameter.param_type_name == "argument" else [chance.choice(parameter.opts)]
                if parameter.name == "debug":  # it asks for the traceback
                    continue
                if not getattr(parameter, "is_flag", False):
                    words.append(_mutated(chance))
                line += words
        if chance.random() < 0.05:
            line.insert(chance.randrange(len(line) + 1), _mutated(chance))
        yield line


def _mutated(chance: random.Random) -> str:
    word = chance.choice(CORPUS)
    if word and chance.random() < 0.2:
        at = chance.randrange(len(word))
        word = word[:at] + chance.choice(CORPUS)[:3] + word[at + chance.randrange(3) :]
    return word


def bad_files(count: int, seed: int = 7) -> Iterator[bytes]:
    """Plan files that were good before letters, lines and bytes of them were changed."""
    chance = random.Random(seed)
    good = (ROOT / "anju_cli" / "plan_file" / "example.yaml").read_bytes().split(b"\n")
    for _ in range(count):
        lines = list(good)
        for _ in range(chance.randint(1, 4)):
            at = chance.randrange(len(lines))
            lines[at] = _changed(lines[at], chance)
        yield b"\n".join(lines)


def _changed(line: bytes, chance: random.Random) -> bytes:
    """A line as a slip of the hand, a bad tool or bad will would leave it."""
    colon = chance.choice([b"", b"::", b": &a ", b": *a", b": !!python/x ", b":\t"])
    ways = [
        b"",
        chance.choice(CORPUS).encode("utf-8", "surrogatepass"),
        line * 2,
        b" " * chance.randrange(5) + line,
        line[: chance.randrange(len(line) + 1)],
        line.replace(b":", colon, 1),
        line.replace(b"{", b"[", 1),
        b"<<: *x",
        b"[" * 500,
        chance.randbytes(12),
        b"x: " + b"9" * 5000,
    ]
    return chance.choice(ways)


def inputs(db: Path, scratch: Path, lines: int, files: int, seed: int = 6) -> dict[str, Any]:
    """Bad command lines and bad plan files: exit codes, tracebacks, and the longest time any took."""
    found, longest, offenders = Counter[str](), 0.0, []
    whole = db.read_bytes()
    for number, line in enumerate(bad_lines(lines, seed)):
        if number % 100 == 0:
            scratch.write_bytes(whole)  # some of them are right, and are recorded
        said = say(*line, db=scratch)
        longest = max(longest, said.seconds)
        found[f"exit {said.code}"] += 1
        if said.code not in (0, 1, 2, 3, 4) or "Traceback" in said.err:
            offenders.append(([word[:40] for word in line], said.code, said.err[:200]))
    path = scratch.with_name("bad.yaml")
    for content in bad_files(files, seed):
        path.write_bytes(content)
        said = say("plan", "check", str(path))
        longest = max(longest, said.seconds)
        found[f"file: exit {said.code}"] += 1
        if said.code not in (0, 1, 3) or "Traceback" in said.err or (said.code == 1) != bool(said.out):
            offenders.append((content[:200], said.code, said.err[:200]))
    codes = dict(sorted(found.items()))
    return {
        "inputs": lines + files,
        **codes,
        "longest, seconds of the processor": round(longest, 2),
        "offenders": offenders,
    }
