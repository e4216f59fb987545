"""The project register as it is written."""

from typing import TYPE_CHECKING

from anju_cli.lazily import lazily

if TYPE_CHECKING:
    from anju_cli.ledger.projects.editing import (
        ProjectStatement,
        StatedGrounds,
        add,
        edit,
        facility,
        schedule,
        withdraw,
    )
    from anju_cli.ledger.projects.files import COLUMNS, ReadProjects, import_projects, read_projects
    from anju_cli.ledger.projects.register import Registered
else:
    __getattr__ = lazily(
        __name__,
        {
            "editing": ("ProjectStatement", "StatedGrounds", "add", "edit", "facility", "schedule", "withdraw"),
            "files": ("COLUMNS", "ReadProjects", "import_projects", "read_projects"),
            "register": ("Registered",),
        },
    )

__all__ = [
    "COLUMNS",
    "ProjectStatement",
    "ReadProjects",
    "Registered",
    "StatedGrounds",
    "add",
    "edit",
    "facility",
    "import_projects",
    "read_projects",
    "schedule",
    "withdraw",
]
