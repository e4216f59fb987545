"""Finding a body, item or project by what a person types: an exact id, name or alias, or a clear part of a name."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from difflib import SequenceMatcher
from typing import TypeVar

from anju_cli.domain.plan import Body, Item, Plan
from anju_cli.errors import Unclear
from anju_cli.i18n import _

_NUMBERING = re.compile(r"^[（(]?[0-9一二三四五六七八九十]{1,3}[)）]|^[0-9]{1,3}[.、]")
_SUGGESTED = 3
_ALIKE = 0.5

Named = TypeVar("Named", Body, Item)


def fold(text: str) -> str:
    """`text` as it is compared: width, case, inner spaces and leading numbering such as `（4） ` do not count."""
    plain = re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)).casefold()
    return _NUMBERING.sub("", plain) or plain


def find_body(plan: Plan, text: str) -> Body:
    """The body that `text` names."""
    return _find(plan.body_by_id.values(), text, _("no such body"), _("several bodies match"))


def find_item(plan: Plan, text: str) -> Item:
    """The item that `text` names; `summary` (综合情况) is the row that all standing duties share."""
    return _find((*plan.items, plan.summary), text, _("no such item"), _("several items match"))


def find_project(names: Mapping[str, str], text: str) -> str:
    """The code of the project that `text` names, of names by code: a code exactly, a name, or a part of either."""
    if text in names:
        return text
    known = (Body(code, name, name, (code,)) for code, name in names.items())
    return _find(known, text, _("no such project"), _("several projects match")).id


def _find(candidates: Iterable[Named], text: str, unknown: str, several: str) -> Named:
    wanted = fold(text)
    named = {candidate.id: candidate for candidate in candidates}
    if wanted in named:
        return named[wanted]
    names = {id: _folded(candidate) for id, candidate in named.items()}
    exact = [id for id, known in names.items() if wanted in known]
    partial = [id for id, known in names.items() if wanted and any(wanted in name for name in known)]
    matches = exact or partial
    if len(matches) == 1:
        return named[matches[0]]
    shown = matches or _alike(wanted, names)
    hint = ", ".join(f"{id} {named[id].name}" for id in shown)
    if matches:
        raise Unclear(several, got=text, hint=_("say which: {candidates}").format(candidates=hint))
    raise Unclear(unknown, got=text, hint=_("did you mean {candidates}?").format(candidates=hint) if hint else None)


def _folded(candidate: Body | Item) -> list[str]:
    return [fold(name) for name in (candidate.name, candidate.name_en, *candidate.aliases)]


def _alike(wanted: str, names: dict[str, list[str]]) -> list[str]:
    """The ids whose names look most like what was typed: for suggesting only, never for choosing."""
    scored = {id: max(_likeness(wanted, name) for name in (id, *known)) for id, known in names.items()}
    likely = sorted((id for id, score in scored.items() if score >= _ALIKE), key=lambda id: -scored[id])
    return likely[:_SUGGESTED]


def _likeness(wanted: str, name: str) -> float:
    """How alike two names are, 0 to 1; letters kept in order (规资局 in 规划和自然资源局) count as alike."""
    rest = iter(name)
    if len(wanted) > 1 and all(letter in rest for letter in wanted):
        return 0.9
    return SequenceMatcher(None, wanted, name).ratio()
