"""Names that look like what was typed: for suggesting only, never for choosing. Loaded where a suggestion is shown."""

from collections.abc import Mapping, Sequence

_SUGGESTED = 3
_ALIKE = 50.0


def alike(wanted: str, names: Mapping[str, Sequence[str]]) -> list[str]:
    """The keys whose names look most like what was typed, the likeliest first."""
    from rapidfuzz import fuzz, process

    flat = [(id, name) for id, known in names.items() for name in (id, *known)]
    scored = dict.fromkeys(names, 0.0)
    found = process.extract(
        wanted[:200], [name for _id, name in flat], scorer=fuzz.ratio, limit=20, score_cutoff=_ALIKE
    )
    for _name, score, place in found:
        scored[flat[place][0]] = max(scored[flat[place][0]], score)
    for id, name in flat:  # letters kept in order count as alike: 规资局 in 规划和自然资源局
        if _in_order(wanted, name):
            scored[id] = max(scored[id], 90.0)
    return sorted((id for id, score in scored.items() if score >= _ALIKE), key=lambda id: -scored[id])[:_SUGGESTED]


def _in_order(wanted: str, name: str) -> bool:
    rest = iter(name)
    return 1 < len(wanted) <= len(name) and all(letter in rest for letter in wanted)
