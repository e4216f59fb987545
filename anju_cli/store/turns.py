"""Waiting for one's turn at the database: said after a second, and fair enough that nobody waits for ever."""

import os
import sqlite3
import sys
import time
from collections.abc import Callable
from typing import TypeVar

from anju_cli.i18n import _

Done = TypeVar("Done")

SAID_AFTER = 1.0
"""Seconds of waiting after which it is said what is waited for."""

LONGEST_NAP = 0.05
"""Seconds between two tries at first; whoever has waited long tries more often than whoever has just come."""


def in_turn(attempt: Callable[[], Done], seconds: float, holding: Callable[[], str] | None = None) -> Done:
    """What an attempt gives once nobody else holds the database; its own error after so many seconds.

    `holding` says who holds it; a writer, unless told otherwise.

    The connection itself must not wait: SQLite does so in silence, and lets those who have just come go first.
    """
    begun, told = time.monotonic(), False
    while True:
        try:
            return attempt()
        except sqlite3.OperationalError as fault:
            waited = time.monotonic() - begun
            if fault.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or waited >= seconds:
                raise
        if waited >= SAID_AFTER and not told:
            told = True
            said = (holding or _a_writer)().format(n=round(seconds))
            print(f"anju: {said}", file=sys.stderr, flush=True)
        share = 0.1 + 0.9 * (1 - min(waited / seconds, 1))
        time.sleep(LONGEST_NAP * share * (0.2 + 0.8 * os.urandom(1)[0] / 255))


def _a_writer() -> str:
    return _("another program is writing to the database; waiting for it, {n} seconds at most")


def a_reader() -> str:
    """What is said where a commit waits: nobody else writes, and whoever reads keeps what was there."""
    return _("another program is reading the database; waiting for it, {n} seconds at most")


def anybody() -> str:
    """What is said where the file itself is to be replaced."""
    return _("another program is using the database; waiting for it, {n} seconds at most")
