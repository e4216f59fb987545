"""Where an answer goes and in what form: the registry of forms, each loaded only by the command that needs it."""

import sys
from codecs import iterencode
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import Any

from anju_cli import outlet
from anju_cli.errors import Unclear
from anju_cli.i18n import _
from anju_cli.outlet import save
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

    def check(self, besides: Iterable[object] = ()) -> None:
        """Refuse what cannot be done before anything is done; `besides` are the other words of the command line."""
        if self.form != "table" and self.file not in (None, "-"):
            outlet.check(self.path, self.force, besides)

    @property
    def path(self) -> Path:
        """The file named."""
        return Path(self.file or "")

    @property
    def of_page(self) -> bool:
        """Whether the form is made from the answer's page, not from the answer itself."""
        return self.form not in ("json", "csv", *self.own)

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
    """Show an answer in the form asked for, on standard output or in a file; the rows of a stream as they are read.

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
        pieces = _rendered(answer, page, form, empty)
        if output.file in (None, "-"):
            sys.stdout.writelines(pieces)
        else:
            # Excel takes a CSV for UTF-8 only where it begins with a byte order mark.
            save(output.path, iterencode(pieces, "utf-8-sig" if form == "csv" else "utf-8"), output.force)


def named(package: str, place: str) -> Any:
    """What stands under `module:name` in one of our packages: loaded by the command that needs it."""
    module, name = place.split(":")
    return getattr(import_module(f"anju_cli.{package}.{module}"), name)


def _of_page(page: Page, form: str) -> bytes | Iterable[bytes]:
    if form == "xlsx":
        from anju_cli.render.sheets.page_book import page_book

        return page_book(page)
    from anju_cli.render.web.pages import page_html

    return page_html(page.held())


def _rendered(answer: Any, page: Callable[[Any], Page], form: str, empty: Callable[[], type] | None) -> Iterable[str]:
    if form == "md":
        from anju_cli.render.markdown import as_markdown

        return as_markdown(page(answer))
    from anju_cli.render.json_csv import as_csv, as_json

    return as_json(answer) if form == "json" else as_csv(answer, empty)
