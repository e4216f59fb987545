"""Names of a package that are loaded when they are asked for, so that a command pays for no more than it uses.

The one lazy mechanism: a package states the same names under `if TYPE_CHECKING`, so that a misspelt one is an error of
the type checker and not of a user.
"""

from collections.abc import Callable, Mapping
from importlib import import_module


def lazily(package: str, places: Mapping[str, tuple[str, ...]]) -> Callable[[str], object]:
    """The `__getattr__` of a package: `places` says by module which names it has; none is the module itself.

    Raises AttributeError for a name that stands in no place.
    """
    modules = {name: module for module, names in places.items() for name in names}
    whole = {module.rpartition(".")[2]: module for module, names in places.items() if not names}

    def load(name: str) -> object:
        if name in modules:
            return getattr(import_module(f"{package}.{modules[name]}"), name)
        if name in whole:
            return import_module(f"{package}.{whole[name]}")
        raise AttributeError(f"module {package!r} has no attribute {name!r}")

    return load
