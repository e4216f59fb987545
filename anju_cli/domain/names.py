"""Finding a body, item or project by what a person types: an exact id, name or alias, or a clear part of a name."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import TypeVar

from anju_cli.alike import alike
from anju_cli.domain.items import Item
from anju_cli.domain.plan import Body, Plan
from anju_cli.errors import Unclear
from anju_cli.i18n import _

_NUMBERING = re.compile(r"^[（(]?[0-9一二三四五六七八九十]{1,3}[)）]|^[0-9]{1,3}[.、]")
_COMPANION = re.compile(r"(?:[.·・]受理|[(]受理[)]|[.,]received)$")
"""How a text that is folded says that of a case duty the cases taken in are meant."""

Named = TypeVar("Named", Body, Item)


MOST_SUGGESTED = 50
"""For so many unknown names of a file it is said what may be meant: to look that up takes long."""


class NoSuchName(Unclear):
    """A name that is not known; what it may have been meant for is looked up once, where it is shown."""

    def __init__(
        self, what: str, *, got: str, wanted: str, names: Mapping[str, list[str]], shown: Mapping[str, str]
    ) -> None:
        super().__init__(what, got=got)
        self._asked = wanted, names, shown
        self._looked_up: str | None = None

    @property
    def hint(self) -> str | None:
        """What may have been meant; null where nothing is like it."""
        if self._looked_up is None:
            wanted, names, shown = self._asked
            self._looked_up = ", ".join(f"{id} {shown[id]}" for id in alike(wanted, names))
        return _("did you mean {candidates}?").format(candidates=self._looked_up) if self._looked_up else None

    @hint.setter
    def hint(self, _none: str | None) -> None:
        """Never given: it is looked up."""

    def without_hint(self) -> None:
        """Have nothing looked up: where very many names are not known, it would take long, and much would be kept."""
        self._asked, self._looked_up = ("", {}, {}), ""
        self.with_traceback(None)


@lru_cache(maxsize=8192)
def fold(text: str) -> str:
    """`text` as it is compared: width, case, inner spaces and leading numbering such as `（4） ` do not count."""
    plain = re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)).casefold()
    return _NUMBERING.sub("", plain) or plain


def find_body(plan: Plan, text: str) -> Body:
    """The body that `text` names."""
    return _find(plan.body_by_id.values(), text, _("no such body"), _("several bodies match"))


def find_item(plan: Plan, text: str) -> Item:
    """The item that `text` names; `summary` (综合情况) is the row that all standing duties share.

    A case duty followed by `.received` or `受理` means the cases taken in. Raises Unclear where none or several match.
    """
    items, unknown, several = (*plan.items, plan.summary), _("no such item"), _("several items match")
    companion = _COMPANION.search(fold(text))
    if not companion or any(fold(text) in {item.id, *names_of(item)} for item in items):
        return _find(items, text, unknown, several)
    duty = _find(items, fold(text)[: companion.start()], unknown, several)
    if duty.id not in plan.companions:
        cases = _("only of a case duty are cases taken in counted beside those closed")
        raise Unclear(unknown, got=text, hint=cases)
    return plan.companions[duty.id]


def find_task(plan: Plan, text: str) -> Item:
    """The item as a task that somebody answers for: cases taken in (受理) are part of their duty's."""
    item = find_item(plan, text)
    return plan.by_id[item.companion_of] if item.companion_of else item


def official_name(plan: Plan, item: Item) -> str:
    """An item as a Chinese sentence names it: a part of a target (其中) with what it is part of."""
    whole = plan.by_id.get(item.within or "")
    return f"{whole.name}中{item.name.removeprefix('其中：').removeprefix('其中:')}" if whole else item.name


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
    names = {id: names_of(candidate) for id, candidate in named.items()}
    exact = [id for id, known in names.items() if wanted in known]
    partial = [id for id, known in names.items() if wanted and any(wanted in name for name in known)]
    matches = exact or partial
    if len(matches) == 1:
        return named[matches[0]]
    shown = {id: candidate.name for id, candidate in named.items()}
    if matches:
        hint = ", ".join(f"{id} {shown[id]}" for id in matches)
        raise Unclear(several, got=text, hint=_("say which: {candidates}").format(candidates=hint))
    raise NoSuchName(unknown, got=text, wanted=wanted, names=names, shown=shown)


def names_of(candidate: Body | Item) -> list[str]:
    """All names of a body or an item, as they are compared."""
    return [fold(name) for name in (candidate.name, candidate.name_en, *candidate.aliases)]
