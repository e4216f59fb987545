"""Lists kept by others: reading their tables, and holding them against each other and against the register."""

from typing import TYPE_CHECKING

from anju_cli.lazily import lazily

if TYPE_CHECKING:
    from anju_cli.lists.list_files import read_list
    from anju_cli.lists.mapping import Mapping, read_mapping
    from anju_cli.lists.reconciling import ListSource, Mismatch, Reconciled, key_names, reconcile
else:
    __getattr__ = lazily(
        __name__,
        {
            "mapping": ("Mapping", "read_mapping"),
            "list_files": ("read_list",),
            "reconciling": ("Mismatch", "Reconciled", "ListSource", "key_names", "reconcile"),
        },
    )

__all__ = ["ListSource", "Mapping", "Mismatch", "Reconciled", "key_names", "read_list", "read_mapping", "reconcile"]
