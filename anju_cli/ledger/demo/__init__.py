"""A made-up half year, to try things on."""

from typing import TYPE_CHECKING

from anju_cli.lazily import lazily

if TYPE_CHECKING:
    from anju_cli.ledger.demo.year import TODAY, make
else:
    __getattr__ = lazily(__name__, {"year": ("TODAY", "make")})

__all__ = ["TODAY", "make"]
