"""What may be said only once or only in one way: ids, names, clauses; and the settings that bind each other."""

from anju_cli.domain.names import fold
from anju_cli.domain.plan import SUMMARY
from anju_cli.i18n import _
from anju_cli.plan_file.parts import ALL, Parts
from anju_cli.plan_file.strict import Path, dotted


def check_names(parts: Parts) -> None:
    """An id, a name or an alias names one thing."""
    items = [*parts.items(), *parts.entries.get("rules", [])]
    for things in (list(parts.bodies()), items):
        taken: dict[str, Path] = {}
        for at, shape in things:
            own = set()
            for label, name in _names(shape):
                folded = fold(name)
                owner = taken.setdefault(folded, at)
                if owner != at and folded not in own:
                    other = _("one of its own; {place} has it").format(place=dotted(owner))
                    parts.found((*at, *label), repr(name), other)
                own.add(folded)
    for at, shape in items:
        for label, name in _names(shape):
            if fold(name) == SUMMARY:
                parts.found((*at, *label), repr(name), _("another one; this is the shared row of standing duties"))
                break
    for at, body in parts.bodies():
        if body.id == ALL:
            parts.found((*at, "id"), repr(ALL), _("another id; this one means every member unit"))


def _names(shape: object) -> list[tuple[Path, str]]:
    """Everything an entry is called, and where it says so."""
    name = getattr(shape, "name", None)
    named: list[tuple[Path, str]] = [(("id",), getattr(shape, "id", ""))]
    if name:
        named += [(("name", "zh"), name.zh), (("name", "en"), name.en)]
    return named + [(("aliases", number), alias) for number, alias in enumerate(getattr(shape, "aliases", ()))]


def check_clauses(parts: Parts) -> None:
    """A clause that several items rest on reads the same in all of them."""
    first: dict[str, tuple[Path, dict[str, str]]] = {}
    for at, shape in [*parts.items(), *parts.entries.get("rules", [])]:
        if not shape.clause:
            continue
        here = {"quote": shape.clause.quote, "place": shape.clause.place}
        where, there = first.setdefault(shape.clause.id, (at, here))
        for name, text in here.items():
            if text != there[name]:
                same = _("the same as in {place}: it is one clause").format(place=dotted((*where, "clause")))
                parts.found((*at, "clause", name), repr(text), same)


def check_settings(parts: Parts) -> None:
    """The windows, bounds and days that must not contradict each other."""
    settings, found = parts.settings, parts.found
    if settings is None:
        return
    if settings.review.from_day > settings.review.to_day:
        found(("settings", "review", "to_day"), str(settings.review.to_day), _("a day not before from_day"))
    if settings.lights.red_below > settings.lights.yellow_below:
        found(("settings", "lights", "red_below"), str(settings.lights.red_below), _("not above yellow_below"))
    for number, day in enumerate(settings.work_days):
        if day in settings.days_off:
            found(("settings", "work_days", number), str(day), _("a day that is not in days_off"))
