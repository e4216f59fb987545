"""Pages as Markdown."""

import re
from collections.abc import Iterable, Iterator

from anju_cli.domain.grammar import printable
from anju_cli.render.page import Page, Table

_LIVE = re.compile(r"([\\`*_{}\[\]<>#|&])")


def as_markdown(page: Page) -> Iterator[str]:
    """A page as Markdown, every text inert; in pieces."""
    blocks: list[Iterable[str]] = [[f"# {_inert(page.title)}"]] if page.title else []
    blocks += [_listed(lines) for lines in (page.lines,) if lines]
    blocks += map(_table, page.tables)
    blocks += [_listed(notes) for notes in (page.notes,) if notes]
    for number, lines in enumerate(blocks):
        yield "\n" * (number > 0)
        for line in lines:
            yield line + "\n"
    yield "\n" * (not blocks)


def _listed(lines: Iterable[str]) -> Iterator[str]:
    return (f"- {_inert(line)}" for line in lines)


def _table(table: Table) -> Iterator[str]:
    if table.title:
        yield f"## {_inert(table.title)}\n"
    if not table.rows:
        yield _inert(table.empty)
        return
    kept = [place for place, column in enumerate(table.columns) if not column.drawing]
    yield _row(table.columns[place].title for place in kept)
    yield "|" + "|".join("---:" if table.columns[place].figure else "---" for place in kept) + "|"
    for row in table.rows:
        yield _row(row[place].text for place in kept)


def _row(cells: Iterable[str]) -> str:
    return "| " + " | ".join(_inert(cell) for cell in cells) + " |"


def _inert(text: str) -> str:
    return _LIVE.sub(r"\\\1", printable(text))
