"""Records to JSON and back: what a plan revision or a frozen report stores is read by the names of its fields.

A stored name is a storage format. A name that no field has, or a field without a stored name, is an error, unless the
record declares what became of it: a default, or a place in `Former`.
"""

from collections.abc import Callable, Mapping
from dataclasses import MISSING, dataclass, fields, is_dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from types import UnionType
from typing import Any, TypeVar, Union, cast, get_args, get_origin, get_type_hints

T = TypeVar("T")
Read = Callable[[Any], Any]
"""Makes of a stored value what it stands for."""


@dataclass(frozen=True, eq=False)
class Former:
    """What documents of earlier versions hold otherwise: by the name of a record, what became of its names."""

    renamed: Mapping[str, Mapping[str, str]]
    """The name that a field has now, by the name it is stored under."""
    later: Mapping[str, Mapping[str, Any]]
    """What a field that is newer than a document is taken to be."""


NOTHING_FORMER = Former({}, {})


def names_of(shape: Any) -> tuple[str, ...]:
    """The field names of a record or its type: rows are named tuples, reports dataclasses; else none."""
    return getattr(shape, "_fields", ()) or tuple(getattr(shape, "__dataclass_fields__", ()))


def stored(value: Any) -> Any:
    """A record as JSON holds it; decimals and dates as text, since 1178.20 is not 1178.2 on paper."""
    if isinstance(value, (date, Decimal)):
        return str(value)
    if names := names_of(value):
        return {name: stored(getattr(value, name)) for name in names}
    if isinstance(value, (tuple, list)):
        return [stored(part) for part in value]
    if isinstance(value, dict):
        return {key: stored(part) for key, part in value.items()}
    return value


def sparse(value: Any) -> Any:
    """A record as JSON holds it, without the fields that have their default: what came later changes no older record.

    Names stand in alphabetical order, so that it does not depend on where a field is declared. A default that documents
    rest on is never changed.
    """
    if names := names_of(value):
        usual = _defaults(cast("Any", type(value)))
        told = (name for name in sorted(names) if name not in usual or getattr(value, name) != usual[name])
        return {name: sparse(getattr(value, name)) for name in told}
    if isinstance(value, (tuple, list)):
        return [sparse(part) for part in value]
    if isinstance(value, dict):
        return {key: sparse(part) for key, part in value.items()}
    return stored(value)


def rebuilt(shape: type[T], value: Any, former: Former = NOTHING_FORMER) -> T:
    """What was stored, in the shape it had.

    Raises ValueError, TypeError or AttributeError where a name or a value is not one that the shape has.
    """
    read = _reader(cast("Any", shape), former) or _itself
    return read(value)  # type: ignore[no-any-return]


@cache
def _reader(shape: Any, former: Former) -> Read | None:
    """How what is stored of a shape is read; null where it stands for itself."""
    origin, inside = get_origin(shape), get_args(shape)
    if origin in (Union, UnionType):
        return _either(inside, former)
    if origin is tuple:
        return _many(inside, former)
    if origin is list:
        part = _reader(inside[0], former) or _itself
        return lambda value: [part(each) for each in value]
    if origin is dict:
        content = _reader(inside[1], former)
        return content and (lambda value: {key: content(each) for key, each in value.items()})
    if shape is date:
        return date.fromisoformat
    if shape is Decimal:
        return Decimal
    return _record(shape, former) if names_of(shape) else None


def _itself(value: Any) -> Any:
    return value


def _either(choices: tuple[Any, ...], former: Former) -> Read | None:
    """One of several shapes: a text where a decimal may be is one."""
    known = [shape for shape in choices if shape is not type(None)]
    if Decimal in known:
        return lambda value: Decimal(value) if isinstance(value, str) else value
    read = _reader(known[0], former)
    return read and (lambda value: None if value is None else read(value))


def _many(inside: tuple[Any, ...], former: Former) -> Read:
    """A tuple: of any length and one shape, or of a shape for each place."""
    if len(inside) == 2 and inside[1] is Ellipsis:
        part = _reader(inside[0], former)
        return (lambda value: tuple(map(part, value))) if part else tuple
    parts = [_reader(shape, former) or _itself for shape in inside]
    return lambda value: tuple(part(each) for part, each in zip(parts, value, strict=True))


def _record(shape: Any, former: Former) -> Read:
    """A record: every stored name is a field's, and every field is stored, has a default, or is declared newer."""
    names, hints, what = names_of(shape), get_type_hints(shape), shape.__name__
    readers = {name: part for name in names if (part := _reader(hints[name], former))}
    renamed, later = former.renamed.get(what, {}), former.later.get(what, {})
    expected = set(names)
    needed = expected - _defaults(shape).keys() - later.keys()

    def read(value: Mapping[str, Any]) -> Any:
        known = {renamed.get(name, name): part for name, part in value.items()} if renamed else dict(value)
        if not needed <= known.keys() <= expected:
            unknown, missing = sorted(known.keys() - expected), sorted(needed - known.keys())
            raise ValueError(f"{what}: unknown {unknown}, missing {missing}")
        for name, part in readers.items():
            if name in known:
                known[name] = part(known[name])
        return shape(**{**later, **known})

    return read


@cache
def _defaults(shape: Any) -> Mapping[str, Any]:
    """The fields that an older document may lack, and what they are then."""
    if not is_dataclass(shape):
        return dict(shape._field_defaults)
    made = {field.name: field.default_factory() for field in fields(shape) if field.default_factory is not MISSING}
    return made | {field.name: field.default for field in fields(shape) if field.default is not MISSING}
