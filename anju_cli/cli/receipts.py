"""What a write shows once it is committed: it stays recorded, whatever becomes of its answer."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from anju_cli.cli.desk import receipt_page
from anju_cli.errors import AnjuError, Unavailable
from anju_cli.i18n import _, why
from anju_cli.render import Output, named, show
from anju_cli.render.page import Page

if TYPE_CHECKING:
    from anju_cli.ledger import Book
    from anju_cli.reports.view import View


@contextmanager
def kept_safe(is_so: bool) -> Iterator[None]:
    """What is recorded stays so where its answer cannot be shown: whoever entered it must not do so again."""
    try:
        yield
        sys.stdout.flush()
    except BrokenPipeError:
        raise
    except (AnjuError, OSError) as fault:
        if not is_so:
            raise
        hint = _("do not enter it again: anju ledger log shows what was recorded")
        got = f"{fault}: {fault.got}" if isinstance(fault, AnjuError) else why(fault)
        raise Unavailable(_("it is recorded, but the answer cannot be written"), got=got, hint=hint) from fault


def write_paper(path: Path, plan: str | None, made: Callable[[View], object], output: Output) -> None:
    """A paper on what was just committed, as another connection sees it."""
    from anju_cli.reports.view import opened

    with opened(path, plan=plan) as view:
        source = made(view)
        view.release()
        show(None, lambda _none: Page(), output, source=source)


def show_recorded(shown: str, recorded: object, dry_run: bool, output: Output, book: Book) -> None:
    """What was recorded, as `shown` of render.pages has it."""
    record, page = (named("render.pages", f"{shown}_{what}") for what in ("record", "page"))
    show(record(recorded, dry_run), lambda _record: receipt_page(page(recorded, dry_run), book), output)
