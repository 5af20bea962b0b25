"""What may go to a terminal."""

from __future__ import annotations


def printable(text: str) -> str:
    """Keep control characters and half characters of a file from the terminal; line breaks are kept."""
    if text.replace("\n", "").isprintable():
        return text
    return "".join(sign if sign.isprintable() or sign == "\n" else "\N{REPLACEMENT CHARACTER}" for sign in text)
