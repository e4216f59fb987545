"""How wide a text is on a terminal: a Chinese letter takes two columns."""

from unicodedata import combining, east_asian_width


def display_width(text: str) -> int:
    """The columns a text takes."""
    if text.isascii():
        return len(text)
    return sum(0 if combining(letter) else 2 if east_asian_width(letter) in "WF" else 1 for letter in text)
