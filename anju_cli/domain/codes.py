"""Codes: what stands in files, options and JSON for a word, and the official words a person may type in its place."""

from enum import StrEnum
from typing import Self

from anju_cli.errors import Unclear


class Code(StrEnum):
    """A code whose members know the Chinese words that are understood for them; the first is the official one."""

    words: tuple[str, ...]

    def __new__(cls, value: str, *words: str) -> Self:
        """A member: its code, then its words."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.words = words
        return member

    @classmethod
    def read(cls, text: str, refusal: str) -> Self:
        """The member that `text` names, by code or by word.

        Raises Unclear with `refusal`, and a hint that lists both, where it names none.
        """
        plain = text.strip()
        folded = plain.lower().replace("-", "_").replace(" ", "_")
        for member in cls:
            if folded == member.value or plain in member.words:
                return member
        raise Unclear(refusal, got=text, hint=cls.known())

    @classmethod
    def known(cls) -> str:
        """Every member as a person may type it: `build (建设), acquire (筹集)`."""
        return ", ".join(f"{member} ({member.words[0]})" if member.words else member.value for member in cls)
