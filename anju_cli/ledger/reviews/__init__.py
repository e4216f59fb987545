"""The assessment of a quarter as it is written, and seals."""

from typing import TYPE_CHECKING

from anju_cli.lazily import lazily

if TYPE_CHECKING:
    from anju_cli.ledger.reviews.seals import Sealed, seal
    from anju_cli.ledger.reviews.steps import (
        Reviewed,
        bulletin,
        close,
        confirm,
        lock,
        open_review,
        reopen,
        result,
        set_deadline,
    )
else:
    __getattr__ = lazily(
        __name__,
        {
            "seals": ("Sealed", "seal"),
            "steps": (
                "Reviewed",
                "bulletin",
                "close",
                "confirm",
                "lock",
                "open_review",
                "reopen",
                "result",
                "set_deadline",
            ),
        },
    )

__all__ = [
    "Reviewed",
    "Sealed",
    "bulletin",
    "close",
    "confirm",
    "lock",
    "open_review",
    "reopen",
    "result",
    "seal",
    "set_deadline",
]
