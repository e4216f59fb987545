"""Answers to screens and files: tables, JSON, CSV, Markdown. No arithmetic: every figure comes as it is printed."""

from anju_cli.render.output import Output, named, show

__all__ = ["Output", "named", "show"]
