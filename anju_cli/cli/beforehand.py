"""What a command will need is loaded before its turn to write, so that nobody waits for it."""

from collections.abc import Callable, Iterable, Iterator
from importlib import import_module
from types import FunctionType, ModuleType

from anju_cli import ledger
from anju_cli.cli.desk import Desk
from anju_cli.workdays import arranged


def loaded(command: Callable[..., object], others: Iterable[str], *, workdays: bool, register: bool) -> None:
    """Load what a command and its helpers name of the ledger, other modules, and what not every command pays for."""
    packages: list[ModuleType] = [ledger]
    for name in _names(command, set()):
        package = next((package for package in packages if name in package.__all__), None)
        found = getattr(package, name) if package else None
        if isinstance(found, ModuleType) and hasattr(found, "__all__"):
            packages.insert(0, found)
    for module in (*others, *(["ledger.projects.register"] if register else [])):
        import_module(f"anju_cli.{module}")
    if workdays:
        arranged()


def _names(function: object, seen: set[object]) -> Iterator[str]:
    """The names in the code of a function, of what its module and the desk call so too."""
    function = getattr(function, "func", function)
    if not isinstance(function, FunctionType) or function in seen:
        return
    seen.add(function)
    for name in function.__code__.co_names:
        yield name
        helper = function.__globals__.get(name)
        if getattr(helper, "__module__", None) == function.__module__:
            yield from _names(helper, seen)
        yield from _names(vars(Desk).get(name), seen)
