"""The names of controls in a document that is filled in: what writes it and what reads it back agree on them.

A control carries the pointer of its question as its tag, and a bookmark stands around it whose name follows from the
tag: LibreOffice 7.4 loses tags and keeps bookmarks. Both follow from the definition alone, so that nothing that a
document says of itself need be believed when it comes back.
"""

from __future__ import annotations

import re
from hashlib import sha256
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

LONGEST_TAG = 64
LONGEST_TITLE = 64
"""Of a control, in Word: it cuts longer ones, or refuses them."""

BOOKMARK = "cse_"
"""How the bookmarks of controls begin. A bookmark's name has at most 40 letters, digits and underscores."""

EVERY_ROW = "*"
"""Stands in a tag for the number of a row: Word copies a tag with the row that a person adds."""

_TAG = re.compile(r"[\x21-\x7e]([\x20-\x7e]*[\x21-\x7e])?")
_OPTION = re.compile(r"[A-Za-z0-9._-]{1,40}")
_MORE = "…"


def tag_of(pointer: str, option: str | None = None) -> str:
    """Return the tag of a question's control, or of the box of one of its options.

    Args:
        pointer: the question's; `*` stands for the number of a row.
        option: the option's name, as `option_names` has it.
    """
    name = pointer if option is None else f"{pointer}#{option}"
    if len(name) <= LONGEST_TAG and _TAG.fullmatch(name):
        return name
    return f"~{sha256(name.encode('utf-8', 'surrogatepass')).hexdigest()[:40]}"


def bookmark_of(tag: str, row: int | None = None) -> str:
    """Return the name of the bookmark around a control; no two controls of a document have the same."""
    name = f"{BOOKMARK}{sha256(tag.encode()).hexdigest()[:24]}"
    return name if row is None else f"{name}_{row}"


def option_names(values: Sequence[str]) -> tuple[str, ...]:
    """Return a name for each option of a question: its value, or its place where the values are no good names.

    Word refuses a list in which a value is empty, or stands twice.
    """
    are_names = len({value.lower() for value in values}) == len(values) and all(map(_OPTION.fullmatch, values))
    return tuple(values) if are_names else tuple(f"option-{place}" for place, _ in enumerate(values, 1))


def title_of(*parts: str) -> str:
    """Return the title of a control: the question's words, after those of what it stands in.

    Where they are too long, each part gives way before the one after it: the last says best which control it is.
    """
    words = [" ".join(part.split()) for part in parts if part.strip()]
    room = LONGEST_TITLE - 2 * (len(words) - 1)
    kept: list[str] = []
    for place, part in enumerate(reversed(words)):
        left = len(words) - 1 - place
        # What stands before it keeps room for a few letters.
        kept.append(_cut(part, max(8, room - 12 * left)))
        room -= _length(kept[-1])
    return _cut(": ".join(reversed(kept)), LONGEST_TITLE)


def _cut(text: str, longest: int) -> str:
    if _length(text) <= longest:
        return text
    while _length(text) > longest - 1:
        text = text[:-1]
    return text.rstrip() + _MORE


def _length(text: str) -> int:
    """How long Word takes a text to be."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
