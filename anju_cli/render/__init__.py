"""Answers to screens and files: tables, JSON, CSV, Markdown. No arithmetic: every figure comes as it is printed."""

from typing import TYPE_CHECKING

from anju_cli.lazily import lazily
from anju_cli.render.output import Output, named, show

if TYPE_CHECKING:
    from anju_cli.render.sheets.return_form import file_name, form_book
else:
    __getattr__ = lazily(__name__, {"sheets.return_form": ("file_name", "form_book")})

__all__ = ["Output", "file_name", "form_book", "named", "show"]
