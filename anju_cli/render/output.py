"""Where an answer goes and in what form: the registry of forms, each loaded only by the command that needs it."""

import os
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from anju_cli.errors import Refused, Unavailable, Unclear
from anju_cli.i18n import _, why
from anju_cli.render.page import Page

FORMS = ("csv", "json", "md")
"""The endings `-o FILE` knows."""


@dataclass(frozen=True)
class Output:
    """What the person asked for: a form, a file, or neither."""

    json: bool = False
    csv: bool = False
    file: str | None = None
    force: bool = False

    def check(self) -> None:
        """Refuse what cannot be done before anything is done."""
        if self.form != "table" and self.file not in (None, "-") and not self.force and Path(self.file or "").exists():
            raise _taken(Path(self.file or ""))

    @property
    def form(self) -> str:
        """Json | csv | md | table."""
        if self.json and self.csv:
            raise Unclear(_("--json and --csv exclude each other"))
        asked = "json" if self.json else "csv" if self.csv else None
        if self.file in (None, "-"):
            return asked or "table"
        ending = Path(self.file or "").suffix.lstrip(".").lower()
        if ending not in FORMS or asked not in (None, ending):
            known = ", ".join(f".{form}" for form in FORMS)
            raise Unclear(_("the ending of the file says its form"), got=self.file, hint=known)
        return ending


def show(answer: Any, page: Callable[[Any], Page], output: Output, row_type: type | None = None) -> None:
    """Show an answer in the form asked for, on standard output or in a file."""
    form = output.form
    if form == "table":
        from anju_cli.render.terminal import show_page

        show_page(page(answer))
        return
    content = _rendered(answer, page, form, row_type)
    if output.file in (None, "-"):
        sys.stdout.write(content)
    else:
        # Excel takes a CSV for UTF-8 only where it begins with a byte order mark.
        save(Path(output.file or ""), content.encode("utf-8-sig" if form == "csv" else "utf-8"), output.force)


def _rendered(answer: Any, page: Callable[[Any], Page], form: str, row_type: type | None) -> str:
    if form == "md":
        from anju_cli.render.markdown import as_markdown

        return as_markdown(page(answer))
    from anju_cli.render.records import as_csv, as_json

    return as_json(answer) if form == "json" else as_csv(answer, row_type)


def save(path: Path, content: bytes, force: bool) -> None:
    """Write a file whole or not at all; an existing one only with `--force`."""
    if path.exists() and not force:
        raise _taken(path)
    draft = None
    try:
        from tempfile import mkstemp  # only a command that writes a file pays for it

        handle, draft = mkstemp(dir=path.absolute().parent, prefix=".anju-")
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(draft).chmod(0o644)
        Path(draft).replace(path)
    except OSError as fault:
        if draft:
            with suppress(OSError):
                Path(draft).unlink()
        raise Unavailable(_("the file cannot be written"), got=path, hint=why(fault)) from fault


def take(folder: Path, paths: Sequence[Path], force: bool) -> None:
    """Make a folder for files, and refuse at once if any of them is there already."""
    taken = [path for path in paths if os.path.lexists(path)]
    if taken and not force:
        raise _taken(taken[0])
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as fault:
        raise Unavailable(_("the folder cannot be made"), got=folder, hint=why(fault)) from fault


def _taken(path: Path) -> Refused:
    return Refused(_("there is already a file here"), got=path, hint=_("--force replaces it"))
