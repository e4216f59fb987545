"""Lists kept by others: reading their tables, and holding them against each other and against the register."""

from anju_cli.lists.mapping import Mapping, read_mapping
from anju_cli.lists.reading import read_list
from anju_cli.lists.reconciling import Mismatch, Reconciled, Source, key_names, reconcile

__all__ = ["Mapping", "Mismatch", "Reconciled", "Source", "key_names", "read_list", "read_mapping", "reconcile"]
