"""Rows that are never all held in memory: from the database, through an answer and its page, to a file or a pipe."""

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

Row = TypeVar("Row", covariant=True)
Made = TypeVar("Made")


class Stream(Iterable[Row]):
    """Rows that are read anew, piece by piece, each time they are gone through, and are the same each time.

    Whether there are any takes reading the first piece; how many there are, nobody knows before.
    """

    def __init__(self, read: Callable[[], Iterator[Row]]) -> None:
        self._read = read

    def __iter__(self) -> Iterator[Row]:
        return self._read()

    def __bool__(self) -> bool:
        return any(True for _row in self)

    def each(self, made: Callable[[Row], Made]) -> "Stream[Made]":
        """What is made of each row."""
        return Stream(lambda: map(made, self))

    def only(self, wanted: Callable[[Row], object]) -> "Stream[Row]":
        """The rows that are wanted."""
        return Stream(lambda: filter(wanted, self))
