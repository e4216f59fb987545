"""Pages as Markdown."""

import re
from collections.abc import Iterable

from anju_cli.domain.grammar import printable
from anju_cli.render.page import Page, Table

_LIVE = re.compile(r"([\\`*_{}\[\]<>#|&])")


def as_markdown(page: Page) -> str:
    """A page as Markdown, every text inert."""
    blocks = [f"# {_inert(page.title)}"] if page.title else []
    blocks += ["\n".join(f"- {_inert(line)}" for line in page.lines)] if page.lines else []
    blocks += [_table(table) for table in page.tables]
    blocks += ["\n".join(f"- {_inert(note)}" for note in page.notes)] if page.notes else []
    return "\n\n".join(blocks) + "\n"


def _table(table: Table) -> str:
    title = f"## {_inert(table.title)}\n\n" if table.title else ""
    if not table.rows:
        return title + _inert(table.empty)
    kept = [place for place, column in enumerate(table.columns) if not column.drawing]
    head = _row(table.columns[place].title for place in kept)
    rule = "|" + "|".join("---:" if table.columns[place].figure else "---" for place in kept) + "|"
    return title + "\n".join([head, rule, *(_row(row[place].text for place in kept) for row in table.rows)])


def _row(cells: Iterable[str]) -> str:
    return "| " + " | ".join(_inert(cell) for cell in cells) + " |"


def _inert(text: str) -> str:
    return _LIVE.sub(r"\\\1", printable(text))
