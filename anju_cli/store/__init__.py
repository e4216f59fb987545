"""The database: its schema, and the two doors to it. Nothing else opens the file."""

from typing import TYPE_CHECKING

from anju_cli.lazily import lazily

if TYPE_CHECKING:
    from anju_cli.store.rebuilding import rebuild
else:
    __getattr__ = lazily(__name__, {"rebuilding": ("rebuild",)})

__all__ = ["rebuild"]
