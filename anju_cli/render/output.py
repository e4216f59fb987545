"""Where an answer goes and in what form: the registry of forms, each loaded only by the command that needs it."""

import os
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import Any

from anju_cli.errors import Refused, Unavailable, Unclear
from anju_cli.i18n import _, why
from anju_cli.render.page import Page

FORMS = ("csv", "json", "md", "xlsx", "html")
"""The endings of `-o FILE` that every answer can take; some answers have forms of their own besides or instead."""

Own = Mapping[str, str]
"""An answer's own forms: by ending, the function that makes one, as `module:function` under this package."""


@dataclass(frozen=True)
class Output:
    """What the person asked for: a form, a file, or neither."""

    json: bool = False
    csv: bool = False
    file: str | None = None
    force: bool = False
    own: Own = field(default_factory=dict)

    def check(self) -> None:
        """Refuse what cannot be done before anything is done."""
        if self.form == "table" or self.file in (None, "-"):
            return
        if not self.force and _is_there(self.path):
            raise _taken(self.path)
        folder = self.path.absolute().parent
        if not os.access(folder, os.W_OK):
            hint = None if folder.is_dir() else _("there is no such folder")
            raise Unavailable(_("the file cannot be written"), got=self.path, hint=hint)

    @property
    def path(self) -> Path:
        """The file named."""
        return Path(self.file or "")

    @property
    def form(self) -> str:
        """Table, or an ending: json | csv | md | xlsx | html | one of the answer's own."""
        if self.json and self.csv:
            raise Unclear(_("--json and --csv exclude each other"))
        asked = "json" if self.json else "csv" if self.csv else None
        if self.file in (None, "-"):
            return asked or "table"
        ending, known = self.path.suffix.lstrip(".").lower(), dict.fromkeys((*FORMS, *self.own))
        if ending not in known or asked not in (None, ending):
            hint = ", ".join(f".{form}" for form in known)
            raise Unclear(_("the file's ending and the requested form differ"), got=self.file, hint=hint)
        return ending


def show(
    answer: Any,
    page: Callable[[Any], Page],
    output: Output,
    empty: Callable[[], type] | None = None,
    source: Any = None,
) -> None:
    """Show an answer in the form asked for, on standard output or in a file.

    `empty` tells what an empty list is a list of. A form of the answer's own is made from `source`, which holds more
    than the answer, or else from the answer.
    """
    form = output.form
    if form == "table":
        from anju_cli.render.terminal import show_page

        show_page(page(answer))
    elif form in output.own:
        make = named("render", output.own[form])
        save(output.path, make(answer if source is None else source), output.force)
    elif form in ("xlsx", "html"):
        save(output.path, _of_page(page(answer), form), output.force)
    else:
        content = _rendered(answer, page, form, empty)
        if output.file in (None, "-"):
            sys.stdout.write(content)
        else:
            # Excel takes a CSV for UTF-8 only where it begins with a byte order mark.
            save(output.path, content.encode("utf-8-sig" if form == "csv" else "utf-8"), output.force)


def named(package: str, place: str) -> Any:
    """What stands under `module:name` in one of our packages: loaded by the command that needs it."""
    module, name = place.split(":")
    return getattr(import_module(f"anju_cli.{package}.{module}"), name)


def _of_page(page: Page, form: str) -> bytes:
    if form == "xlsx":
        from anju_cli.render.sheets.book import page_book

        return page_book(page)
    from anju_cli.render.web.pages import page_html

    return page_html(page)


def _rendered(answer: Any, page: Callable[[Any], Page], form: str, empty: Callable[[], type] | None) -> str:
    if form == "md":
        from anju_cli.render.markdown import as_markdown

        return as_markdown(page(answer))
    from anju_cli.render.records import as_csv, as_json

    return as_json(answer) if form == "json" else as_csv(answer, empty)


def save(path: Path, content: bytes, force: bool) -> None:
    """Write a file whole or not at all; an existing one only with `--force`."""
    if not force and _is_there(path):
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
        if force or not _linked(draft, path):
            Path(draft).replace(path)
        draft = None
    except OSError as fault:
        raise Unavailable(_("the file cannot be written"), got=path, hint=why(fault)) from fault
    except ValueError as fault:
        raise Unavailable(_("the file cannot be written"), got=path) from fault
    finally:
        if draft:
            with suppress(OSError):
                Path(draft).unlink()


def _linked(draft: str, path: Path) -> bool:
    """Give the draft its name where that is still free; false on a file system that has no links.

    Renaming would replace, without a word, a file that someone else has put there since it was looked for.
    """
    try:
        os.link(draft, path)
    except FileExistsError:
        raise _taken(path) from None
    except OSError:
        return False
    Path(draft).unlink()
    return True


def _is_there(path: Path) -> bool:
    """Whether the name is taken, be it by a link that leads nowhere; refused where no file can have such a name."""
    try:
        return os.path.lexists(path)
    except (OSError, ValueError) as fault:
        raise Unclear(_("no file can have such a name"), got=path) from fault


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
