"""Text into what a page of letters can hold, and addresses that may be followed."""

from __future__ import annotations

import re
from unicodedata import category

_NEVER_SHOWN = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_BREAKS = re.compile("\r\n|[\n\r\x0b\x0c\u2028\u2029]")
_FOLLOWED = re.compile(r"(?:https?://|mailto:|tel:)[^\x00-\x20\x7f]+")

LONGEST_WORD = 24
"""Letters in a row after which a word may part anywhere: it would leave a column otherwise, and the page."""

_MORE = f"{{{LONGEST_WORD + 1},}}"
_UNBROKEN = re.compile(rf"[^\s/\u200b-]{_MORE}|[\d/-]{_MORE}")
"""Words with no place where a line may end: it may after a stroke and a hyphen, but not before a number."""
_MAY_PART = "\u200b"


def drawable(text: str) -> str:
    """Return the text as a page can show it: one kind of line break, U+FFFD for a control character."""
    text = _NEVER_SHOWN.sub("\ufffd", _BREAKS.sub("\n", text).replace("\t", "    "))
    return _UNBROKEN.sub(_parting_anywhere, text)


def _parting_anywhere(match: re.Match[str]) -> str:
    # A mark belongs to the letter before it: parted from it, thousands of them take minutes to draw.
    return "".join(letter if category(letter).startswith("M") else _MAY_PART + letter for letter in match[0])


def followed(address: str) -> str | None:
    """Return an address that may become a link: only of the web, of mail and of telephones."""
    return address if _FOLLOWED.fullmatch(address) and not _NEVER_SHOWN.search(address) else None
