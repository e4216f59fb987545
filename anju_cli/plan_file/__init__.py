"""Plan files: YAML to a resolved plan, with every problem at once and its place."""

from typing import TYPE_CHECKING

from anju_cli.lazily import lazily

if TYPE_CHECKING:
    from anju_cli.plan_file.loading import EXAMPLE, Loaded, load, load_or_fail, schema, shipped
else:
    __getattr__ = lazily(
        __name__,
        {"loading": ("EXAMPLE", "Loaded", "load", "load_or_fail", "schema", "shipped")},
    )

__all__ = ["EXAMPLE", "Loaded", "load", "load_or_fail", "schema", "shipped"]
