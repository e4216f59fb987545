"""What a record is made of, whether a named tuple or a dataclass."""

from typing import Any


def names_of(shape: Any) -> tuple[str, ...]:
    """The field names of a record or its type: rows are named tuples, reports dataclasses; else none."""
    return getattr(shape, "_fields", ()) or tuple(getattr(shape, "__dataclass_fields__", ()))
